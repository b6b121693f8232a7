"""What a GIS user would try before a model of language, as answerers of the same questions.

- `chance`: a letter by lot.
- `majority`: one answer for each task, the most frequent of all items at hand, the asked one among them ("ZeroR"). That
  is the best that a fixed answer can do. To leave the asked item out would not be fairer: letters are balanced, so its
  own letter would then be the rarest, and the baseline always wrong.
- `indices`: thresholds on spectral indices (`training.baselines`).
- `forest`: a random forest on pixels (`training.forest`), taught on places of the training split.

The last two mark the classes that a question names and answer from them in figures, through the measures that made the
items. Which classes and which figure a question is about they are told: that a person reads off it.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from .. import __version__
from ..errors import Cancelled, ModelError, OutputError, RequestError, SceneError, TerraScopeError
from ..measure import distance
from ..measure.area import M2_PER_HA, PixelAreas, coverage_pct
from ..measure.contact import between as contact
from ..protocol import ModelInfo
from ..terra_cot.chance import seeded
from ..terra_cot.entries import decode, encode
from .answerers import BASELINE, Answerer
from .baseline_masks import Draw, Forests, by_indices, seen
from .items import LETTERS, Item
from .options import shown
from .places import counted, of_built
from .responses import DrawnMask, Response
from .suites import Question, read_suite

NAMES = ("chance", "majority", "indices", "forest")


def baseline_of(name: str, suite: str, items: Path) -> Answerer:
    """A baseline by its name.

    Args:
        name: one of `NAMES`.
        suite: a key of `suites.SUITES`.
        items: its file or folder.

    Raises:
        RequestError: there is none of that name, or the suite cannot be read.
    """
    makers: Mapping[str, Callable[[], Callable[[Question], Response]]] = {
        "chance": lambda: chance,
        "majority": lambda: majority(read_suite(suite, items)),
        "indices": lambda: measuring(by_indices),
        "forest": lambda: measuring(Forests(items)),
    }
    if name not in makers:
        raise RequestError(f"There is no baseline {name!r}: choose one of {', '.join(NAMES)}.")
    answer = makers[name]()
    info = ModelInfo(name=f"{BASELINE}{name}", revision=__version__, sha256="", parameters=0)

    def answered(question: Question, stopped: Callable[[], bool] = lambda: False) -> tuple[Response, ModelInfo | None]:
        if stopped():
            raise Cancelled
        response = answer(question)
        return response, None if response.error else info

    return answered


def chance(question: Question) -> Response:
    """A letter by lot, the same each time."""
    if question.kind != "choice":
        return Response(question.id, "letters", error="There are no options that a lot could be drawn of.")
    return Response(
        question.id, "letters", answer=seeded(f"chance {question.id}").choice(LETTERS[: len(question.candidates)])
    )


def majority(questions: Sequence[Question]) -> Callable[[Question], Response]:
    """The most frequent answer of each task: a letter, or the text where there are no letters.

    Args:
        questions: all of a suite; of answers that are as frequent the first in the alphabet counts.
    """
    counts: dict[str, Counter[str]] = {}
    for question in questions:
        counts.setdefault(question.task, Counter())[question.answer] += 1
    frequent = {
        task: min(answers, key=lambda answer, answers=answers: (-answers[answer], answer))
        for task, answers in counts.items()
    }
    return lambda question: Response(question.id, "letters", answer=frequent[question.task])


def measuring(draw: Draw) -> Callable[[Question], Response]:
    """Answer from masks.

    Args:
        draw: marks the land-cover classes of one date.
    """

    def answer(question: Question) -> Response:
        begin, taught_s = time.perf_counter(), getattr(draw, "taught_s", 0.0)
        item = question.item
        try:
            if item is None:
                raise SceneError("It marks the classes that an item of `bench build` names; this suite names none.")
            regions = regions_of(item, question.images, draw)
            text = in_words(item, [mask.mask for mask in regions])
        except (ModelError, OutputError):
            raise
        except TerraScopeError as refusal:
            return Response(question.id, "question", error=str(refusal))
        # Who teaches a forest does so once, not for each question.
        seconds = time.perf_counter() - begin - (getattr(draw, "taught_s", 0.0) - taught_s)
        return Response(question.id, "question", answer=text, masks=regions, seconds=round(seconds, 4))

    return answer


def regions_of(item: Item, images: Sequence[Path], draw: Draw) -> tuple[DrawnMask, ...]:
    """The regions that a question names, marked.

    Args:
        item: whose regions.
        images: its files, in the order of `item.images`.
        draw: marks the land-cover classes of one date.

    Raises:
        SceneError: a class is no land cover, or an image cannot be used.
        ModelError: what draws cannot be had.
    """
    shots = [seen(item, images, number) for number in sorted({image.image for image in item.images})]
    if item.task == "building_change":
        built = [draw(shot)["built-up area"] & shot.valid for shot in shots]
        found = of_built(*built)
        masks = [found.before, found.destroyed]
    else:
        of_date = {number: draw(shots[number - 1]) for number in {region.image for region in item.masks}}
        for region in item.masks:
            if region.phrase not in of_date[region.image]:
                raise SceneError(f"It knows land cover, and the item asks about '{region.phrase}'.")
        masks = [of_date[region.image][region.phrase] & shots[region.image - 1].valid for region in item.masks]
    return tuple(
        DrawnMask(region.phrase, region.image, encode(mask)) for region, mask in zip(item.masks, masks, strict=True)
    )


def in_words(item: Item, masks: Sequence[np.ndarray]) -> str:
    """The answer that masks give: a figure with its unit, the larger class, or Yes or No.

    Args:
        item: what is asked, on which grid.
        masks: bool (H, W) of each of its regions, in its order.
    """
    if item.task == "coverage_percentage":
        return f"{coverage_pct(masks[0], decode(item.valid)):.1f} %"
    if item.task == "absolute_area":
        area_ha = PixelAreas(item.grid).area_ha(masks[0])
        return f"{shown(area_ha * (M2_PER_HA if item.unit == 'm2' else 1))} {item.unit}"
    if item.task == "area_ranking":
        one, two = map(PixelAreas(item.grid).area_ha, masks)
        return item.masks[0 if one > two else 1].phrase if one != two else "They are equal."
    if item.task == "distance":
        found = distance.between(*masks, item.grid)
        return f"{shown(found.distance_m)} m" if found else "One of them was not found."
    if item.task == "boundary_detection":
        return "Yes" if contact(*masks, item.grid).touches else "No"
    before, gone = (len(counted(mask)) for mask in masks)
    if item.unit == "buildings":
        return f"{gone} buildings"
    return f"{100 * gone / before:.1f} %" if before else "No buildings were found."
