"""The mask figures of the bars, for one method: of held-out places, and of forest in 8-bit colours."""

from __future__ import annotations

from pathlib import Path

from ..model.terrascope import TerraScope
from .bars import Method, group_score, headline, judge
from .methods import by_anchors
from .places import Place, forest_chips, held_out_places


def fast_bars(model: TerraScope, data: Path) -> dict[str, object]:
    """How good the mask branch is on the held-out real places, without a word read or said; for those who train it.

    Args:
        model: Prompted by the class anchors of stage 1.
        data: The folder of real scenes and labels, or one that has it as `data/`.

    Returns:
        The figures of `headline` ("miou6", "miou7", "coverage_error_pct", ...), "forest_rgb_iou", and "places": a row
        for each place by name.
    """
    return mask_figures(by_anchors(model), held_out_places(data), forest_chips(data))


def mask_figures(method: Method, places: list[Place], chips: list[Place]) -> dict[str, object]:
    """The same for any method at given places."""
    scores = [judge(place, method(place)) for place in places]
    rows = {score.name: score.row() for score in scores}
    return {**headline(scores), "forest_rgb_iou": forest_iou(method, chips), "places": rows}


def forest_iou(method: Method, chips: list[Place]) -> float | None:
    """IoU of trees, the pixels of all chips counted together."""
    scores = [group_score(chip, method(chip)["trees"], ["trees"]) for chip in chips]
    either = sum(score.either for score in scores)
    return sum(score.both for score in scores) / either if either else None
