"""How well each class is found with each set of input bands: what a model's card and the lights of the dock show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..terra_cot.scenes import CLASSES
from .bars import Method, PlaceScore, judge, mean, pooled_miou
from .inputs import INPUT_SETS, input_sets, seen_through
from .places import Place

Scores = Mapping[str, list[PlaceScore]]
"""name of an input set -> the places that have its bands"""


def by_inputs(method: Method, places: Sequence[Place], go_on: Callable[[], None] = lambda: None) -> Scores:
    """Judge every place through every set of bands that it has.

    Args:
        method: Draws the masks.
        places: Held out.
        go_on: Called after each place; may raise to stop.
    """
    scores: dict[str, list[PlaceScore]] = {name: [] for name in INPUT_SETS}
    for place in places:
        for name in input_sets(place):
            seen = seen_through(place, name)
            scores[name].append(judge(seen, method(seen)))
        go_on()
    return scores


def class_quality(real: Scores, generated: Scores) -> dict[str, dict[str, dict[str, float | int | None]]]:
    """IoU and coverage error of each class by input set, over the places where the class is on the ground.

    Real and generated places have the same say however many there are: the figure is the mean of the two means, or
    the one that there is.

    Returns:
        {input set: {class: {"iou", "coverage_error_pct", "places", "real_places"}}}, without classes that were on no
        place.
    """
    figures: dict[str, dict[str, dict[str, float | int | None]]] = {}
    for inputs in INPUT_SETS:
        rows = {}
        for name in CLASSES:
            found = [
                [place.classes[name] for place in scores[inputs] if place.classes[name].truth_pct > 0]
                for scores in (real, generated)
            ]
            if any(found):
                rows[name] = {
                    "iou": mean([mean([score.iou for score in kind]) for kind in found]),
                    "coverage_error_pct": mean([mean([score.error_pct for score in kind]) for kind in found]),
                    "places": sum(map(len, found)),
                    "real_places": len(found[0]),
                }
        figures[inputs] = rows
    return figures


def pooled_classes(scores: Sequence[PlaceScore]) -> dict[str, dict[str, float | int | None]]:
    """Each class over all places: IoU of their pixels counted together, and the mean coverage error.

    Claims where the class is not count here; a class that is on no place is left out.
    """
    rows = {}
    for name in CLASSES:
        found = [place.classes[name] for place in scores]
        if any(score.truth_pct for score in found):
            rows[name] = {
                "iou": pooled_miou([{name: score} for score in found]),
                "coverage_error_pct": mean([score.error_pct for score in found]),
                "places": sum(score.truth_pct > 0 for score in found),
            }
    return rows
