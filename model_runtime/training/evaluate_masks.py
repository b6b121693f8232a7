"""The mask figures of the bars, for any method; docs/evaluation.md says in words what each is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from ..model.terrascope import TerraScope
from .bars import EIGHT, Masks, Method, PlaceScore, group_score, headline, judge, mean, mean_iou, pooled_miou
from .borders import border_accuracy
from .exam import Exam
from .inputs import FUSED, OPTICAL, input_sets, optical_only, seen_through
from .methods import anchor_logits, by_anchors, one_class_each
from .places import Place, forest_chips, held_out_places
from .still import Changes, changed_pct, water_changed_pct

Figures = dict[str, float | int | None]


def fast_bars(model: TerraScope, data: Path) -> dict[str, object]:
    """How good the mask branch is on the held-out real places, without a word read or said; for those who train it.

    Args:
        model: Prompted by the class anchors of stage 1.
        data: The folder of real scenes and labels, or one that has it as `data/`.

    Returns:
        The figures of `headline` ("miou6", "miou7", "coverage_error_pct", ...), "forest_rgb_iou", "miou6_map" (each
        pixel given to one class), and "places": a row for each place by name.
    """
    logits = anchor_logits(model)
    scores, exclusive = [], []
    for place in map(optical_only, held_out_places(data)):
        found = logits(place)
        scores.append(judge(place, {name: claimed > 0 for name, claimed in found.items()}))
        exclusive.append(judge(place, one_class_each(found)))
    return {
        **headline(scores),
        "forest_rgb_iou": pooled_iou(by_anchors(model, ["trees"]), forest_chips(data), "trees"),
        "miou6_map": headline(exclusive)["miou6"],
        "places": {score.name: score.row() for score in scores},
    }


def figures_of(method: Method, changes: Changes, exam: Exam, tell: Callable[[str], None]) -> tuple[Figures, list[dict]]:
    """Every mask figure of the bars by name, and a row for each real place.

    Args:
        method: Draws masks.
        changes: Tells what differs between two dates.
        exam: The held-out places.
        tell: Told what comes next.
    """
    tell("real places")
    scores = judged(method, exam.real)
    figures: Figures = {**headline(scores), **_real_radar(method, exam.real)}
    tell("forest in 8-bit colours")
    figures["forest_rgb_iou"] = pooled_iou(method, exam.chips, "trees")
    tell("generated places")
    figures.update(_generated(method, exam.landscapes))
    tell("borders")
    figures.update(border_accuracy(method, [optical_only(place) for place in (*exam.real, *exam.landscapes)]))
    tell("floods")
    dates, unchanged = exam.prairie
    figures["flood_real_iou"] = pooled_iou(method, dates[1:], "water")
    figures["flood_generated_iou"] = pooled_iou(method, exam.floods, "water")
    figures["flood_iou"] = mean([figures["flood_real_iou"], figures["flood_generated_iou"]])
    tell("unchanged pairs")
    figures["still_changed_pct"] = changed_pct(changes, exam.pairs)
    figures["still_water_changed_pct"] = water_changed_pct(changes, dates, unchanged)
    return figures, [{"place": score.name, **score.row()} for score in scores]


def judged(method: Method, places: Sequence[Place]) -> list[PlaceScore]:
    """Places through all their optical bands."""
    seen = [optical_only(place) for place in places]
    return [judge(place, method(place)) for place in seen]


def pooled_iou(method: Method, places: Sequence[Place], name: str) -> float | None:
    """IoU of one class through the optical bands, the pixels of all places counted together."""
    seen = [optical_only(place) for place in places]
    scores = [group_score(place, method(place)[name], [name]) for place in seen]
    either = sum(score.either for score in scores)
    return sum(score.both for score in scores) / either if either else None


def remembered(method: Method) -> Method:
    """The same method, that draws the masks of a place through the same bands once."""
    kept: dict[tuple, dict[str, np.ndarray]] = {}

    def masks(place: Place) -> Masks:
        key = (place.name, place.inputs)
        if key not in kept:
            kept[key] = {name: np.packbits(mask, axis=1) for name, mask in method(place).items()}
        width = place.scene.labels.shape[1]
        return {name: np.unpackbits(bits, axis=1, count=width).view(bool) for name, bits in kept[key].items()}

    return masks


def _real_radar(method: Method, places: Sequence[Place]) -> Figures:
    """mIoU6 of the real places that have radar, without it and with it, and what it adds."""
    both = [place for place in places if FUSED in input_sets(place)]
    scores = [[mean_iou(judge(p, method(p)).merged) for p in (optical_only(place), place)] for place in both]
    without, beside = (mean(column) for column in zip(*scores, strict=True)) if scores else (None, None)
    adds = None if without is None or beside is None else beside - without
    return {"real_optical_miou6": without, "real_fused_miou6": beside, "real_radar_adds": adds}


def _generated(method: Method, places: Sequence[Place]) -> Figures:
    figures: Figures = {}
    for key, name in (("generated_optical_miou8", OPTICAL), ("generated_fused_miou8", FUSED)):
        seen = [seen_through(place, name) for place in places]
        scores = [judge(place, method(place)).classes for place in seen]
        figures[key] = pooled_miou([{one: score[one] for one in EIGHT} for score in scores])
    return figures
