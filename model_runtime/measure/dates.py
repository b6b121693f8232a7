"""The regions of a reasoning that were mapped at several dates, compared: what `change` measures, as messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise

import numpy as np

from .. import protocol
from ..rasters.rows import Raster, Rows, rows_of, together
from . import change
from .area import PixelAreas
from .words import number


@dataclass
class Compared:
    """What was found.

    Attributes:
        changes: of each region between each two dates that follow one another.
        transitions: between such dates, of the regions together; empty when fewer than two were mapped at both.
        series: of each region over all its dates.
        masks: of each of the changes, what was gained and what was lost, bool (H, W) each.
        unseen: one sentence per region and pair of dates that show no ground together, and so have no change.
    """

    changes: list[protocol.Change] = field(default_factory=list)
    transitions: list[protocol.Transitions] = field(default_factory=list)
    series: list[protocol.SeriesPoint] = field(default_factory=list)
    masks: list[tuple[Raster, Raster]] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)


def compare(
    steps: Sequence[protocol.Step],
    log_odds: Sequence[Raster | None],
    valid: Sequence[Raster],
    areas: PixelAreas,
    keep: Callable[[Rows], Raster] = lambda rows: rows[:],
    generalised: Callable[[Raster], Raster] = lambda mask: mask,
) -> Compared:
    """Compare every region that was mapped at more than one date.

    Args:
        steps: of the reasoning; a phrase that was mapped twice at one date counts as it was mapped last.
        log_odds: float (H, W) of each step, for "this pixel is the region"; not needed where there is one date.
        valid: bool (H, W) of each image.
        areas: of the pixels of the grid that all images share.
        keep: where a mask that was computed is put; in memory, unless told otherwise.
        generalised: what is compared of a region's map; all of it, unless told otherwise.
    """
    found = Compared()
    regions: dict[str, dict[int, Raster]] = {}
    for phrase in dict.fromkeys(step.phrase for step in steps):
        # A date that clouds hide wholly stands between none of the others.
        at = {step.image: step for step in steps if step.phrase == phrase and rows_of(valid[step.image - 1]).any()}
        if len(at) < 2:
            continue
        images = sorted(at)
        masks = change.decide_together([log_odds[at[i].index - 1] for i in images], [valid[i - 1] for i in images])
        regions[phrase] = {image: generalised(keep(mask)) for image, mask in zip(images, masks, strict=True)}
        for pair in pairwise(images):
            earlier, later = (regions[phrase][image] for image in pair)
            both = _shown(valid, pair)
            if not both.any():
                found.unseen.append(
                    f"{phrase}, image {pair[0]} to {pair[1]}: there is no ground that both show; nothing was compared."
                )
                continue
            found.changes.append(_change(at[pair[0]], at[pair[1]], earlier, later, both, areas))
            found.masks.append((keep(_only(later, earlier, both)), keep(_only(earlier, later, both))))
        shown = _shown(valid, images)
        found.series += [_point(at[image], regions[phrase][image], shown, areas) for image in images]
    if len(regions) > 1:
        for pair in pairwise(sorted(set.intersection(*(set(masks) for masks in regions.values())))):
            classes = [change.classes([masks[image] for masks in regions.values()]) for image in pair]
            hectares = change.from_to(*classes, len(regions), _shown(valid, pair), areas)
            found.transitions.append(
                protocol.Transitions(
                    from_image=pair[0], to_image=pair[1], phrases=["", *regions], hectares=hectares.tolist()
                )
            )
    return found


def no_change(found: protocol.Change) -> str:
    """The sentence for a change that is below the floor."""
    return (
        f"{found.phrase or 'region'}, image {found.from_image} to {found.to_image}: no change that can be told from "
        f"noise (gained {number(found.gained_ha)} ha, lost {number(found.lost_ha)} ha; maps of an unchanged place may "
        f"differ by {number(found.floor_ha)} ha)."
    )


def _shown(valid: Sequence[Raster], images: Sequence[int]) -> Rows:
    """Pixels that all of some images (1-based) show."""
    return together(lambda *parts: np.logical_and.reduce(parts), *(valid[image - 1] for image in images))


def _only(one: Raster, other: Raster, both: Raster) -> Rows:
    """Pixels of a mask that another lacks, of those that both show."""
    return together(lambda a, b, shown: a & ~b & shown, one, other, both)


def _change(
    one: protocol.Step,
    other: protocol.Step,
    earlier: Raster,
    later: Raster,
    compared: Raster,
    areas: PixelAreas,
) -> protocol.Change:
    found = change.between(earlier, later, compared, areas)
    objects = change.objects(earlier, later, compared, areas)
    return protocol.Change(
        phrase=one.phrase,
        from_step=one.index,
        to_step=other.index,
        from_image=one.image,
        to_image=other.image,
        **asdict(found),
        gained_pct=found.gained_pct,
        lost_pct=found.lost_pct,
        told=found.told,
        objects_earlier=objects.earlier,
        objects_later=objects.later,
        objects_gone=objects.gone,
        objects_new=objects.new,
        gone_pct=objects.gone_pct,
    )


def _point(step: protocol.Step, mask: Raster, shown: Rows, areas: PixelAreas) -> protocol.SeriesPoint:
    mask = shown & mask
    return protocol.SeriesPoint(
        phrase=step.phrase,
        image=step.image,
        step=step.index,
        area_ha=areas.area_ha(mask),
        area_uncertainty_ha=change.boundary_ha(mask, shown, areas) / 2,
        objects=change.count_objects(mask),
    )
