"""How large each separate part of a mask is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from ..rasters.parts import Seams
from ..rasters.rows import Raster, rows_of
from ..rasters.runs import runs_of
from .area import M2_PER_HA, PixelAreas, boundary


@dataclass(frozen=True)
class PartSizes:
    """Figures of each part of a mask, in the order of `Parts`; all of shape (parts,)."""

    pixels: np.ndarray
    """int64"""
    area_ha: np.ndarray
    uncertainty_ha: np.ndarray
    """see `PixelAreas.uncertainty_ha`"""


def part_sizes(mask: Raster, areas: PixelAreas) -> PartSizes:
    """Measure each part of a mask, bool (H, W), on the grid of `areas`: one pass over its pixels."""
    seams, pixels, area, edge = Seams(), [], [], []
    for strip, rim in zip(rows_of(mask).strips(), boundary(mask).strips(), strict=True):
        labels, count = ndimage.label(strip.values, output=np.int32)
        seams.add(labels, count)
        inside, around = runs_of(labels), runs_of(rim.values)
        for found, number, weights in (
            (pixels, inside.value, inside.pixels),
            (area, inside.value, areas.runs_m2(inside, strip.first)),
            (edge, labels[around.row, around.first], areas.runs_m2(around, strip.first)),
        ):
            found.append(np.bincount(number, weights=weights, minlength=count + 1)[1:])
    return PartSizes(
        seams.summed(pixels).astype(np.int64),
        seams.summed(area) / M2_PER_HA,
        seams.summed(edge) / M2_PER_HA / 2,
    )
