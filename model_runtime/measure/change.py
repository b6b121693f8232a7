"""Change between dates: hectares gained, lost and kept, a from-to matrix, objects that are gone, and what is noise.

All masks of one call lie on one grid. Only pixels that every date shows are compared: what one date does not show has
neither changed nor stayed. Hectares are sums of the geodesic pixel areas of `PixelAreas`, so gained, lost and kept add
up to the areas of the dates.

Two dates mapped alone differ without any change on the ground. Two things are done about it:

- `decide_together` maps the dates jointly: hysteresis on the probability, per pixel.
- A change has a floor: what maps of an unchanged place may differ by. What lies below cannot be told from noise.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from ..rasters.parts import Parts
from ..rasters.rows import Raster, Rows, together
from .area import PixelAreas, boundary

# Maps of two dates made alone differ in 4-9 % of the pixels of unchanged places. Made together they differ less: the
# lower end is kept for them.
NOISE_SHARE = 0.04
# How sure both dates must be (0.5 to 1) before a pixel changes sides between them; figures and price in docs/change.md.
SURE = 0.95
# An object is kept when at least this share of its area is still covered.
KEPT_SHARE = 0.5


@dataclass(frozen=True)
class Change:
    """What became of one region between two dates, on the pixels that both dates show.

    Attributes:
        earlier_ha: area at the earlier date, lost_ha + kept_ha.
        later_ha: area at the later date, gained_ha + kept_ha.
        gained_ha: only at the later date.
        lost_ha: only at the earlier date.
        kept_ha: at both.
        uncertainty_ha: of what was gained and of what was lost, see `uncertainty_ha`.
        floor_ha: the no-change floor, up to which a gain or a loss cannot be told from noise, see `between`.
        compared_ha: area that both dates show.
    """

    earlier_ha: float
    later_ha: float
    gained_ha: float
    lost_ha: float
    kept_ha: float
    uncertainty_ha: float
    floor_ha: float
    compared_ha: float

    @property
    def gained_pct(self) -> float | None:
        """Gained area in percent of the earlier area; None when there was none."""
        return 100 * self.gained_ha / self.earlier_ha if self.earlier_ha else None

    @property
    def lost_pct(self) -> float | None:
        """Lost area in percent of the earlier area; None when there was none."""
        return 100 * self.lost_ha / self.earlier_ha if self.earlier_ha else None

    @property
    def told(self) -> bool:
        """Whether the gain or the loss is larger than the maps of an unchanged place may show."""
        # Specks are their own boundary: equal but for the order in which pixels were added up.
        return max(self.gained_ha, self.lost_ha) > self.floor_ha * (1 + 1e-9)


@dataclass(frozen=True)
class Objects:
    """Separate objects at two dates (the paper's building change estimation, appendix E).

    An object is a group of pixels that hang together by their edges, as the polygons of the evidence are; two that
    meet at a corner are two.

    Attributes:
        earlier: how many at the earlier date.
        later: how many at the later date.
        gone: earlier objects of which less than half the area is covered at the later date.
        new: later objects of which less than half the area was covered at the earlier date.
    """

    earlier: int
    later: int
    gone: int
    new: int

    @property
    def kept(self) -> int:
        """Earlier objects that are still there."""
        return self.earlier - self.gone

    @property
    def gone_pct(self) -> float | None:
        """Share of the earlier objects that are gone, the damage rate R of the paper; None when there were none."""
        return 100 * self.gone / self.earlier if self.earlier else None


def between(
    earlier: Raster,
    later: Raster,
    compared: Raster,
    areas: PixelAreas,
    noise_share: float = NOISE_SHARE,
) -> Change:
    """Measure the change of one region.

    The no-change floor is the larger of two: what both dates may err by at their boundaries, `noise_ha`, summed as if
    they erred to opposite sides; and `noise_share` of the region's area at the date where it is larger.

    Args:
        earlier: bool (H, W), the region at the earlier date.
        later: the same at the later date.
        compared: bool (H, W), pixels that both dates show; the others count nowhere.
        areas: of the pixels of the masks' grid.
        noise_share: share of a region by which maps of two dates of an unchanged place differ.
    """
    earlier, later = _both(earlier, compared), _both(later, compared)
    # 1 lost, 2 gained, 3 kept
    lost, gained, kept = areas.areas_ha(together(lambda one, two: one + 2 * two.astype(np.uint8), earlier, later), 3)
    return Change(
        earlier_ha=float(lost + kept),
        later_ha=float(gained + kept),
        gained_ha=float(gained),
        lost_ha=float(lost),
        kept_ha=float(kept),
        uncertainty_ha=uncertainty_ha(earlier, later, compared, areas),
        floor_ha=max(
            noise_ha(earlier, later, compared, areas) + noise_ha(later, earlier, compared, areas),
            noise_share * float(max(lost, gained) + kept),
        ),
        compared_ha=areas.total_ha(compared),
    )


def uncertainty_ha(earlier: Raster, later: Raster, compared: Raster, areas: PixelAreas) -> float:
    """How far a change may be off because both boundaries are only known to the pixel.

    Each date's area may be off by half the area of its boundary pixels (`PixelAreas.uncertainty_ha`); the two dates
    err independently, so their squares add up. The limit of what is compared is no boundary.
    """
    return math.hypot(*(boundary_ha(mask, compared, areas) for mask in (earlier, later))) / 2


def boundary_ha(mask: Raster, compared: Raster, areas: PixelAreas) -> float:
    """Hectares of the boundary pixels of a mask; the limit of what is compared is no boundary."""
    return areas.area_ha(_ring(mask, compared))


def noise_ha(mask: Raster, other: Raster, compared: Raster, areas: PixelAreas) -> float:
    """How far the map of one date may err without anything wrong in it but its boundary.

    Half the area of its boundary pixels (the boundary is off by half a pixel, everywhere to the same side), and all
    of the specks that only this date has: groups of pixels that are nothing but boundary, so that half a pixel off
    there may be no such thing at all.

    Args:
        mask: bool (H, W), the region at this date.
        other: the same at the other date.
        compared: bool (H, W), pixels that both dates show.
        areas: of the pixels of the grid.
    """
    ring = _ring(mask, compared)
    parts = Parts(_both(mask, compared))
    solid = np.zeros(parts.count + 1, bool)
    for labels, edge in zip(parts.labels.strips(), ring.strips(), strict=True):
        solid[labels.values[~edge.values]] = True
    specks = together(lambda edge, labels, there: edge & ~solid[labels] & ~there, ring, parts.labels, other)
    return (areas.area_ha(ring) + areas.area_ha(specks)) / 2


def _ring(mask: Raster, compared: Raster) -> Rows:
    return boundary(together(lambda a, b: a | ~b, mask, compared)) & mask & compared


def _both(one: Raster, other: Raster) -> Rows:
    return together(np.logical_and, one, other)


def from_to(earlier: Raster, later: Raster, count: int, compared: Raster, areas: PixelAreas) -> np.ndarray:
    """What became of each class: hectares by class at the earlier date (rows) and at the later date (columns).

    Args:
        earlier: integers (H, W), 0 for no class and 1 to `count`.
        later: the same at the later date.
        count: how many classes.
        compared: bool (H, W), pixels that both dates show.
        areas: of the pixels of the grid.

    Returns:
        float (count + 1, count + 1); row and column 0 are the ground without a class. Rows sum to the areas at the
        earlier date, columns to those at the later, all of it to the area compared.
    """
    side = count + 1
    # 0 is "not counted" for `areas_ha`: pairs are numbered from 1.
    pairs = together(
        lambda shown, one, two: np.where(shown, one.astype(np.int64) * side + two + 1, 0), compared, earlier, later
    )
    return areas.areas_ha(pairs, side * side).reshape(side, side)


def classes(masks: Sequence[Raster]) -> Rows:
    """One class per pixel, int32 (H, W): the number from 1 of the first mask that holds it, 0 where none does.

    Args:
        masks: bool (H, W), at least one; where they overlap, the earlier in the list wins.
    """

    def first_of(*parts: np.ndarray) -> np.ndarray:
        found = np.zeros(parts[0].shape, np.int32)
        for number in range(len(parts), 0, -1):
            found[parts[number - 1]] = number
        return found

    return together(first_of, *masks)


def objects(
    earlier: Raster, later: Raster, compared: Raster, areas: PixelAreas, kept_share: float = KEPT_SHARE
) -> Objects:
    """Count separate objects at two dates, and those that are gone or new.

    Args:
        earlier: bool (H, W).
        later: bool (H, W).
        compared: bool (H, W), pixels that both dates show.
        areas: of the pixels of the grid.
        kept_share: an object stays when at least this share of its area is covered at the other date.
    """
    earlier, later = _both(earlier, compared), _both(later, compared)
    gone, before = _uncovered(earlier, later, areas, kept_share)
    new, after = _uncovered(later, earlier, areas, kept_share)
    return Objects(earlier=before, later=after, gone=gone, new=new)


def count_objects(mask: Raster) -> int:
    """How many separate objects a mask (bool, H x W) holds: groups of pixels that hang together by their edges."""
    return Parts(mask).count


def decide_together(
    log_odds: Sequence[Raster], valid: Sequence[Raster] | None = None, sure: float = SURE
) -> list[Rows]:
    """Map the dates of one region jointly: a pixel changes sides only where the dates are sure enough of it.

    The most probable history of each pixel when a change between two dates costs log(sure / (1 - sure)). With two
    dates that is hysteresis: a pixel changes only when both dates are surer than `sure`, one for and one against;
    else both dates get the side that their evidence together is on. Neither direction of time is preferred.

    Args:
        log_odds: float (H, W) of each date in order; log of the probability for over that against.
        valid: bool (H, W) of each date; where a date shows nothing its pixel is no evidence. None: all is shown.
        sure: 0.5 (each date decided alone, at 0.5) up to, but not including, 1.

    Returns:
        bool (H, W) for each date, False where the date is not valid.
    """
    if not 0.5 <= sure < 1:
        raise ValueError(f"sure is a probability from 0.5 up to 1, not {sure}")
    count = len(log_odds)
    shown = valid or [np.ones(log_odds[0].shape, bool)] * count

    def decide(date: int, *parts: np.ndarray) -> np.ndarray:
        odds, seen = parts[:count], parts[count:]
        evidence = [
            np.where(there, one.astype(np.float32), np.float32(0)) for one, there in zip(odds, seen, strict=True)
        ]
        return _most_probable(evidence, sure)[date] & seen[date]

    return [together(partial(decide, date), *log_odds, *shown) for date in range(count)]


def _most_probable(evidence: Sequence[np.ndarray], sure: float) -> list[np.ndarray]:
    """Viterbi's algorithm for two states, on the lead of "for" over "against", which a change can at most reset."""
    cost = np.float32(math.log(sure / (1 - sure)))
    leads = [evidence[0]]
    for odds in evidence[1:]:
        leads.append(odds + np.clip(leads[-1], -cost, cost))
    states = [leads[-1] > 0]
    for lead in reversed(leads[:-1]):
        # From the later state back: staying is best unless the lead for the other side exceeds the cost.
        states.append(np.where(states[-1], lead >= -cost, lead > cost))
    return states[::-1]


def _uncovered(mask: Raster, cover: Raster, areas: PixelAreas, kept_share: float) -> tuple[int, int]:
    """Objects of a mask that another mask covers by less than a share, and how many there are."""
    parts = Parts(mask)
    whole = areas.areas_ha(parts.labels, parts.count)
    covered = areas.areas_ha(
        together(lambda there, labels: np.where(there, labels, 0), cover, parts.labels), parts.count
    )
    # A hair below the share: half of an even number of pixels is half, whatever their areas round to.
    return int((covered < kept_share * whole * (1 - 1e-6)).sum()), parts.count
