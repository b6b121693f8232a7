"""`train evaluate`: how good a model is, held against the bars, as tables and JSON.

Nothing here is a pass or a fail. docs/evaluation.md says what is judged on which places, and by which rules.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..errors import ModelError
from ..model.terrascope import TerraScope
from ..model_store.keeper import Keeper
from ..terra_cot.sources import iter_real
from . import bar_table, evaluate_adaptation, evaluate_answers
from .bars import Method
from .baselines import index_rules
from .class_quality import by_inputs, class_quality, pooled_classes
from .evaluate_masks import figures_of, remembered
from .exam import Exam
from .forest import random_forest
from .forms import form, real_scenes
from .held_out import to_train_on
from .methods import ByWords
from .still import Changes, differences

_FORM_SCENES, _FORM_QUESTIONS = 10, 60
_ANSWER_SCENES = 10


def run(name: str, data: Path, count: int, out: Path | None, *, quick: bool = False) -> None:
    """Evaluate a model beside index rules and a random forest, and print what was found.

    Args:
        name: 'nano' or a model folder.
        data: folder with the real scenes and `labels_by_hand`, or one that has it as `data/`.
        count: held-out generated places.
        out: JSON file for the figures, or None.
        quick: the table of bars only.

    Raises:
        RequestError: `data` is not such a folder, or the model is not to be had.
    """
    begin = time.perf_counter()
    exam = Exam(data, count)
    aside = {place.name: place.set_aside for place in exam.real}
    model = Keeper("cpu").get(name)
    words = ByWords(model)
    asking = remembered(words)
    columns: dict[str, bar_table.Figures] = {}
    places: dict[str, list[dict]] = {}
    for column, method, changes in (*_baselines(data), ("model", asking, words.changes)):
        columns[column], places[column] = figures_of(method, changes, exam, lambda part, of=column: _tell(of, part))
    if not quick:
        _tell("model", "after adaptation")
        shown = evaluate_adaptation.evaluate(model, data)
        clicked = shown[evaluate_adaptation.CORRECTED]
        columns["model"] |= {"adapted_miou6": clicked.miou6, "adapted_coverage_error_pct": clicked.coverage_error_pct}
    figures = {
        "model": model.info(),
        "generated_places": count,
        "bars": bar_table.records(columns),
        "above_baselines": bar_table.above_baselines(columns),
        "figures": columns,
        "set_aside_pixels": aside,
        "places": places,
    }
    print()
    above = ", ".join(f"{key} {'yes' if is_above else 'no'}" for key, is_above in figures["above_baselines"].items())
    heading = f"Better than every baseline: {above}"
    for line in (*bar_table.table(columns), heading, "", *_place_table(places), "", *_set_aside(aside)):
        print(line)
    if not quick:
        figures.update(_more(model, asking, exam))
    figures["classes_asked"], figures["other_class_marked"] = words.asked, words.strayed
    figures["seconds"] = round(time.perf_counter() - begin, 1)
    print(f"\nAnother class than the one asked for was marked {words.strayed} times of {words.asked}.")
    print(f"{figures['seconds']:.0f} seconds")
    if out:
        part = out.with_name(f".{out.name}.part")
        part.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
        part.replace(out)


def _baselines(data: Path) -> Iterator[tuple[str, Method, Changes]]:
    rules = remembered(index_rules)
    yield "index rules", rules, differences(rules)
    try:
        forest = remembered(random_forest(to_train_on(iter_real(data))))
    except ModelError as error:
        print(f"The random forest is left out. {error}")
        return
    yield "random forest", forest, differences(forest)


def _more(model: TerraScope, asking: Method, exam: Exam) -> dict[str, object]:
    """What is no bar: classes by input set, answers kind by kind, and the form of the outputs."""
    _tell("model", "classes by input set")
    generated = by_inputs(asking, exam.landscapes)
    quality = class_quality(by_inputs(asking, exam.real), generated)
    drawn = {name: pooled_classes(scores) for name, scores in generated.items()}
    for heading, figures in (("real and generated places", quality), ("generated places, pixels pooled", drawn)):
        print()
        for line in _class_table(heading, figures):
            print(line)
    _tell("model", "answers")
    rows = evaluate_answers.answers(model, min(exam.count, _ANSWER_SCENES))
    print("\nAnswers about generated scenes never trained on")
    for line in evaluate_answers.table(rows):
        print(line)
    scenes = real_scenes(exam.data, _FORM_SCENES)
    good, bad = form(model, scenes, _FORM_QUESTIONS)
    print(f"\nWell-formed outputs: {good} of {_FORM_QUESTIONS} questions over {len(scenes)} real scenes")
    for line in bad:
        print(f"  {line}")
    return {
        "class_quality": quality,
        "generated_classes": drawn,
        "answers": {kind: vars(row) for kind, row in rows.items()},
        "form": {"scenes": len(scenes), "questions": _FORM_QUESTIONS, "well_formed": good, "bad": bad},
    }


def _tell(column: str, part: str) -> None:
    print(f"{column}: {part} ...", flush=True)


def _place_table(places: Mapping[str, list[dict]]) -> Iterator[str]:
    """mIoU6 and coverage error of every method at each place, then the model class by class."""
    yield "Real places: mIoU6 / coverage error in points"
    yield f"{'':<34}" + "".join(f"{name:>16}" for name in places)
    for rows in zip(*places.values(), strict=True):
        shown = (f"{_two(row['miou6'])} / {row['coverage_error_pct']:.1f}" for row in rows)
        yield f"{rows[0]['place']:<34}" + "".join(f"{one:>16}" for one in shown)
    yield ""
    yield "Real places, the model class by class: IoU (share of the labelled pixels, claimed share, %)"
    for row in places["model"]:
        yield row["place"]
        for name, found in row["classes"].items():
            yield f"  {name:<16}{_two(found['iou'])} ({found['truth_pct']:.1f}, {found['claimed_pct']:.1f})"


def _set_aside(aside: Mapping[str, int]) -> Iterator[str]:
    told = ", ".join(f"{name} {count}" for name, count in aside.items() if count)
    yield f"Labelled pixels set aside because they cannot be what their label says: {told or 'none'}"


def _class_table(heading: str, figures: Mapping[str, Mapping[str, Mapping]]) -> Iterator[str]:
    yield f"IoU / coverage error in points of each class by input set, {heading}"
    yield f"{'':<14}" + "".join(f"{inputs:>20}" for inputs in figures)
    for name in dict.fromkeys(name for rows in figures.values() for name in rows):
        cells = (rows.get(name) for rows in figures.values())
        shown = ("-" if cell is None else f"{_two(cell['iou'])} / {cell['coverage_error_pct']:.1f}" for cell in cells)
        yield f"{name:<14}" + "".join(f"{one:>20}" for one in shown)


def _two(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
