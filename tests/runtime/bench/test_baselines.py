"""The baselines: what they answer from masks is what made the items, and what each can and cannot see."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

pytest.importorskip("pyarrow", reason="the extra `data` is not installed")
pytest.importorskip("pycocotools", reason="the extra `data` is not installed")

from model_runtime.bench import baseline_masks  # noqa: E402
from model_runtime.bench.asking import Setting, way_for  # noqa: E402
from model_runtime.bench.baselines import baseline_of, chance, in_words, majority  # noqa: E402
from model_runtime.bench.build import BUILD_FILE  # noqa: E402
from model_runtime.bench.items import ITEMS_FILE, TASKS, ItemsWriter, read_items  # noqa: E402
from model_runtime.bench.mask_scores import score  # noqa: E402
from model_runtime.bench.readers import meant  # noqa: E402
from model_runtime.bench.responses import Response  # noqa: E402
from model_runtime.bench.run import Plan, run  # noqa: E402
from model_runtime.bench.suites import Question, read_suite  # noqa: E402
from model_runtime.errors import Cancelled, ModelError, RequestError  # noqa: E402
from model_runtime.terra_cot.records import Item as Place  # noqa: E402
from model_runtime.terra_cot.records import split_of  # noqa: E402

from ..terra_cot.datasets import own_labels  # noqa: E402

if TYPE_CHECKING:
    from model_runtime.bench.items import Item


def _question(item: Item) -> Question:
    return Question(item.id, item.task, item.question, "choice", item.candidates, item.answer, item=item)


def test_the_true_masks_give_the_right_answer_to_every_item(many: list[Item]) -> None:
    assert {item.task for item in many} == set(TASKS)
    for item in many:
        text = in_words(item, [mask.mask for mask in item.masks])
        assert meant(text, item.candidates) == item.answer, (item.id, text, item.candidates)


def test_where_nothing_is_found_no_figure_is_made_up(many: list[Item]) -> None:
    for item in many:
        nothing = [np.zeros_like(mask.mask) for mask in item.masks]
        text = in_words(item, nothing)
        if item.task in ("area_ranking", "distance"):
            assert meant(text, item.candidates) is None
        if item.task == "coverage_percentage":
            assert text == "0.0 %"


def test_chance_draws_every_letter_about_as_often(many: list[Item]) -> None:
    four = [_question(item) for item in many if len(item.candidates) == 4]
    drawn = Counter(chance(question).answer for question in four)
    assert set(drawn) == set("ABCD")
    # Of 200 lots of one in four, 4.9 standard deviations either side.
    assert all(abs(count - len(four) / 4) < 4.9 * (len(four) * 3 / 16) ** 0.5 for count in drawn.values())
    assert [chance(question) for question in four] == [chance(question) for question in four]
    assert "no options" in chance(Question("1", "count", "How many?", "free", (), "3")).error


def test_majority_is_the_best_fixed_letter_of_each_task(many: list[Item]) -> None:
    questions = [_question(item) for item in many]
    said = {answer(question).answer for answer in [majority(questions)] for question in questions}
    assert said <= set("ABCD")
    for task in TASKS:
        of_task = [question for question in questions if question.task == task]
        right = sum(majority(questions)(question).answer == question.answer for question in of_task)
        assert right == max(sum(question.answer == letter for question in of_task) for letter in "ABCD")


def _asked(few: Path, tmp_path: Path, name: str, variant: str) -> tuple[dict, list[Response]]:
    model = f"baseline:{name}"
    out = tmp_path / f"{name}-{variant}.json"
    result = run(Plan("terrascope", few, Setting(model, way_for(model, "auto")), variant), out)
    lines = out.with_name(f"{out.stem}.responses.jsonl").read_text("utf-8").splitlines()[1:]
    return result, [Response.of_line(json.dumps(json.loads(line)["response"])) for line in lines]


def test_indices_mark_and_answer_and_need_an_optical_image(few: Path, tmp_path: Path) -> None:
    result, responses = _asked(few, tmp_path, "indices", "optical")
    assert result["model"]["name"] == "baseline:indices"
    assert result["reader"] == "meant"
    assert result["failed"] == 0
    items = {question.id: question.item for question in read_suite("terrascope", few)}
    for response in responses:
        assert [mask.phrase for mask in response.masks] == [mask.phrase for mask in items[response.id].masks]
        assert in_words(items[response.id], [mask.mask for mask in response.masks]) == response.answer
    assert result["mean_iou"] > 0
    result, responses = _asked(few, tmp_path, "indices", "sar")
    assert result["failed"] == len(responses)
    assert {response.error for response in responses} == {
        "Spectral indices need an optical image, and this item shows radar alone."
    }


@pytest.mark.parametrize("variant", ["optical", "sar"])
def test_a_forest_marks_better_than_what_says_the_class_is_everywhere(
    few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variant: str
) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    monkeypatch.setattr(baseline_masks, "PLACES", 3)
    result, responses = _asked(few, tmp_path, "forest", variant)
    assert result["failed"] == 0
    everywhere = []
    for question in read_suite("terrascope", few):
        item = question.item
        if item.variant == variant and question.task != "building_change":
            everywhere += [mask.mask.mean() for mask in item.masks]
    of_regions = [
        value
        for question in read_suite("terrascope", few)
        for response in responses
        if response.id == question.id and question.task != "building_change"
        for value in score(response.masks, question.item.masks).of_regions
    ]
    assert np.mean(of_regions) > np.mean(everywhere)
    # The time of teaching is no question's.
    assert max(response.seconds for response in responses) < 2


def test_forests_learn_from_places_of_the_training_split_alone(few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baseline_masks, "PLACES", 4)
    seeds: list[int] = []

    def made(size: int, seed: int) -> list[str]:
        seeds.append(seed)
        return [f"{size} {seed}"]

    monkeypatch.setattr(baseline_masks, "generate_dates", made)
    assert len(list(baseline_masks.training_scenes("generated", few))) == 4
    assert {split_of(baseline_masks.generated.item_of(seed)) for seed in seeds} == {"train"}
    with pytest.raises(ModelError, match=r"learns from the training places of xbd.*put the source back"):
        list(baseline_masks.training_scenes("xbd", few))


def test_what_cannot_be_had_is_said_in_a_sentence(few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RequestError, match="no baseline 'magic': choose one of chance, majority, indices, forest"):
        baseline_of("magic", "terrascope", few)
    question = read_suite("terrascope", few)[0]
    with pytest.raises(Cancelled):
        baseline_of("chance", "terrascope", few)(question, lambda: True)
    bare = Question("1", "x", "How much?", "choice", ("1", "2"), "A")
    assert "this suite names none" in baseline_of("indices", "terrascope", few)(bare)[0].error
    monkeypatch.setitem(sys.modules, "sklearn.ensemble", None)
    monkeypatch.setattr(baseline_masks, "PLACES", 1)
    with pytest.raises(ModelError, match="needs scikit-learn"):
        baseline_of("forest", "terrascope", few)(question)


def test_forests_learn_real_places_that_no_item_asks_about(few: Path, tmp_path: Path) -> None:
    labels = own_labels(tmp_path / "labels", 8)
    places = {f"folder tile{number:02} block 0 0" for number in range(8)}
    train = {place for place in places if split_of(Place("", place)) == "train"}
    assert places - train
    asked = min(train)
    (tmp_path / BUILD_FILE).write_text(json.dumps({"options": {"sources": ["generated", str(labels)]}}))
    writer = ItemsWriter(tmp_path / ITEMS_FILE)
    writer.add(replace(next(read_items(few / ITEMS_FILE, pictures=True)), source="folder", place=asked))
    writer.close()
    found = [f"{scene.place} block 0 0" for scene in baseline_masks.training_scenes("folder", tmp_path)]
    assert sorted(found) == sorted(train - {asked})
    labels.rename(tmp_path / "moved")
    with pytest.raises(ModelError, match="put the source back where it was"):
        list(baseline_masks.training_scenes("folder", tmp_path))
