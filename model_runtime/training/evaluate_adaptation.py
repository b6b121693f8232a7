"""How good masks are once somebody has shown the model a few pixels of the scene itself.

Clicks are simulated from the labels of the held-out places, and the labels near them are not judged. Two ways of
clicking: somebody who knows the place clicks here and there, class by class; or looks at the masks and clicks in the
middle of what is largest among what is wrong, as interactive segmentation is judged (Xu et al. 2016, section 4.1).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from scipy.ndimage import binary_dilation, binary_erosion, distance_transform_edt, label

from ..model.adapt import Example, Lessons
from ..model.banks import encode_at_once
from ..model.profile import ReasoningProfile
from ..model.teaching import QUESTION, marked_prompts, teach
from ..model.terrascope import TerraScope
from ..model_store.keeper import Keeper
from ..terra_cot.sources.common import settled
from ..terra_cot.spectra import CODE
from ..terra_cot.vocabulary import LAND_COVER
from .bars import MERGED, MULTI_CLASS, Masks, PlaceScore, judge, mean, mean_iou, present, truth_of
from .forest import features
from .methods import image_of
from .places import Place, held_out_places

CLICKS, OUTLINES = 15, 10
"""of a scene, over all its classes"""
CORRECTED = "15 clicks where it is wrong"
"""the row that the bars are held against"""
_OUTLINE_PX = 7
_APART_PX = 5
"""labels nearer to an example than this are not judged"""
_FEWEST = 20
"""pixels of a group that is clicked"""
_TREES = 200


NOTHING = "nothing"
"""the row of the model alone, judged on the labels that the row above it is"""


@dataclass(frozen=True)
class Row:
    """One way of showing, over all places.

    Attributes:
        miou6: Mean over sites.
        coverage_error_pct: The same, in percentage points.
        places: Each time a place was judged: its name and figures, class by class.
    """

    miou6: float
    coverage_error_pct: float
    places: tuple[dict[str, object], ...] = ()


class Session:
    """A place that is encoded once and taught again and again."""

    def __init__(self, model: TerraScope, place: Place) -> None:
        self._model, self._place, self._images = model, place, [image_of(place)]
        self._profile = ReasoningProfile.named("paper", measured=True)
        self._banks = encode_at_once(model, self._images)

    @torch.inference_mode()
    def masks(self, examples: Sequence[Example]) -> Masks:
        """What the model draws after the examples, class by class; classes that nobody showed are empty."""
        lessons = Lessons(tuple(examples), str)
        taught = teach(self._model, self._images, self._banks, lessons, self._profile, lambda: None)
        drawn = {phrase: decoded.mask for phrase, decoded in taught.drawn.get(0, {}).items()}
        nothing = np.zeros(self._place.scene.labels.shape, bool)
        return {name: drawn.get(LAND_COVER[code - 1], nothing) for name, code in CODE.items()}

    @torch.inference_mode()
    def alone(self) -> Masks:
        """What the model draws of every class while nothing is shown, made to say each as `teach` makes it."""
        (bank,) = self._banks
        prompts = marked_prompts(self._model, bank.views, QUESTION, LAND_COVER, self._profile)
        features = bank.features(self._model.grounding, self._profile)
        drawn = [self._model.grounding.decode(features, prompt).mask for prompt in prompts]
        return {name: drawn[code - 1] for name, code in CODE.items()}


def groups(place: Place) -> dict[str, np.ndarray]:
    """The groups that are on the ground -> where, bool (H, W)."""
    found = {group: truth_of(place, classes)[0] for group, classes in MERGED.items()}
    return {group: where for group, where in found.items() if where.sum() >= _FEWEST}


def _example(place: Place, row: int, column: int, side: int, group: np.ndarray) -> Example:
    """A click, or the part of a square that lies in the group."""
    code = int(settled(place.scene.allowed)[row, column]) or CODE["grassland"]
    top, left = max(0, row - side // 2), max(0, column - side // 2)
    inside = np.argwhere(group[top : top + side, left : left + side]) + (top, left)
    return Example(LAND_COVER[code - 1], inside)


def draw_examples(place: Place, count: int, side: int, seed: int) -> list[Example]:
    """Examples here and there: the groups in turn, each in the interior of its labels.

    Args:
        place: with labels.
        count: of all groups together.
        side: 1: clicks; else pixels along the side of an outline.
        seed: of where they lie.
    """
    rng = np.random.default_rng([seed, count, side])
    there = list(groups(place).values())
    interiors = [binary_erosion(where, np.ones((3, 3))) for where in there]
    examples = []
    for number in range(count):
        group = there[number % len(there)]
        interior = interiors[number % len(there)]
        pool = np.argwhere(interior if interior.any() else group)
        row, column = pool[rng.integers(len(pool))]
        examples.append(_example(place, int(row), int(column), side, group))
    return examples


def click_where_wrong(place: Place, masks: Masks, examples: Sequence[Example]) -> Example | None:
    """A click in the middle of the largest part of a group that its mask misses; None where nothing is missed."""
    shown = np.zeros(place.scene.labels.shape, bool)
    for example in examples:
        shown[tuple(example.pixels.T)] = True
    best, chosen = 0.0, None
    for group, where in groups(place).items():
        missed = where & ~np.any([masks[name] for name in MERGED[group]], 0) & ~shown
        parts, count = label(missed)
        if not count:
            continue
        sizes = np.bincount(parts.ravel())[1:]
        # Of a small class all is little: what is missed counts by its share too.
        weight = sizes.max() / where.sum() ** 0.5
        if weight > best:
            depth = distance_transform_edt(np.pad(parts == sizes.argmax() + 1, 1))[1:-1, 1:-1]
            row, column = np.unravel_index(depth.argmax(), depth.shape)
            best, chosen = weight, _example(place, int(row), int(column), 1, where)
    return chosen


def correct(session: Session, place: Place, count: int) -> list[Example]:
    """Click after click where the masks so far are wrong."""
    examples: list[Example] = []
    masks: Masks = {name: np.zeros(place.scene.labels.shape, bool) for name in CODE}
    while len(examples) < count:
        click = click_where_wrong(place, masks, examples)
        if click is None:
            break
        examples.append(click)
        masks = session.masks(examples)
    return examples


def away_from(place: Place, examples: Sequence[Example]) -> Place:
    """The place without the labels near the examples."""
    near = np.zeros(place.scene.labels.shape, bool)
    for example in examples:
        near[tuple(example.pixels.T)] = True
    near = binary_dilation(near, np.ones((2 * _APART_PX + 1,) * 2))
    allowed = np.where(near, np.uint16(0), place.scene.allowed)
    return replace(place, scene=replace(place.scene, allowed=allowed, labels=settled(allowed)))


def forest_masks(place: Place, examples: Sequence[Example]) -> Masks:
    """A random forest taught the pixels of the examples, on bands, indices and what is near."""
    from sklearn.ensemble import RandomForestClassifier

    pixels = features(place.scene).reshape(-1, place.scene.labels.size).T
    width = place.scene.labels.shape[1]
    where = np.concatenate([e.pixels[:, 0] * width + e.pixels[:, 1] for e in examples])
    codes = np.concatenate([np.full(len(e.pixels), LAND_COVER.index(e.phrase) + 1) for e in examples])
    forest = RandomForestClassifier(_TREES, random_state=1, n_jobs=1).fit(pixels[where], codes)
    known = np.flatnonzero(place.scene.allowed)
    said = np.zeros(place.scene.labels.size, np.uint8)
    said[known] = forest.predict(pixels[known])
    said = said.reshape(place.scene.labels.shape)
    return {name: said == code for name, code in CODE.items()}


def evaluate(model: TerraScope, data: Path, seeds: int = 2) -> dict[str, Row]:
    """Every way of showing, at every held-out place of several classes.

    Args:
        model: That is taught.
        data: The folder of real scenes and labels.
        seeds: How often examples here and there are drawn.
    """
    scores: dict[str, list[PlaceScore]] = defaultdict(list)
    for place in held_out_places(data):
        if len(groups(place)) < MULTI_CLASS:
            continue
        session = Session(model, place)
        print(f"  {place.name}", flush=True)
        clicks = correct(session, place, CLICKS)
        judged = away_from(place, clicks)
        scores[NOTHING].append(judge(judged, session.alone()))
        scores[CORRECTED].append(judge(judged, session.masks(clicks)))
        scores[f"{CORRECTED}, random forest"].append(judge(judged, forest_masks(place, clicks)))
        for name, count, side in (("15 clicks", CLICKS, 1), ("10 outlines", OUTLINES, _OUTLINE_PX)):
            for seed in range(seeds):
                examples = draw_examples(place, count, side, seed)
                judged = away_from(place, examples)
                scores[f"{name} here and there"].append(judge(judged, session.masks(examples)))
                scores[f"{name} here and there, random forest"].append(judge(judged, forest_masks(place, examples)))
    return {name: _over_sites(found) for name, found in scores.items()}


def _over_sites(scores: Sequence[PlaceScore]) -> Row:
    sites: dict[str, list[PlaceScore]] = defaultdict(list)
    for score in scores:
        sites[score.site].append(score)

    def over(value: object) -> float:
        return float(mean([mean([value(score) for score in found]) for found in sites.values()]))

    errors = over(lambda score: mean([group.error_pct for group in present(score.merged).values()]))
    places = tuple({"name": score.name, **score.row()} for score in scores)
    return Row(over(lambda score: mean_iou(score.merged)), errors, places)


def run(name: str, data: Path, out: Path | None) -> None:
    """Print and, if wanted, write every row.

    Args:
        name: 'nano' or a model folder.
        data: the folder of real scenes and labels.
        out: JSON file for the figures, or None.
    """
    rows = evaluate(Keeper("cpu").get(name), data)
    print(f"\n{'examples of the scene itself':<48}{'mIoU6':>7}{'coverage error, points':>25}")
    for way, row in rows.items():
        print(f"{way:<48}{row.miou6:>7.2f}{row.coverage_error_pct:>25.1f}")
    print()
    for line in _place_table(rows):
        print(line)
    if out:
        out.write_text(json.dumps({way: asdict(row) for way, row in rows.items()}, indent=1) + "\n", "utf-8")


def _place_table(rows: Mapping[str, Row]) -> Iterator[str]:
    """mIoU6 / coverage error at each place, of the ways that are judged once there, and below it IoU by class."""
    ways = (NOTHING, CORRECTED)
    yield f"{'mIoU6 / coverage error, points; IoU by class':<48}" + "".join(f"{way:>30}" for way in ways)
    for one, other in zip(*(rows[way].places for way in ways), strict=True):
        yield f"{one['name']:<48}" + "".join(
            f"{place['miou6']:>23.2f} / {place['coverage_error_pct']:>4.1f}" for place in (one, other)
        )
        for name in (name for name, found in one["classes"].items() if name in MERGED and found["truth_pct"]):
            yield f"  {name:<46}" + "".join(f"{place['classes'][name]['iou']:>23.2f}       " for place in (one, other))
