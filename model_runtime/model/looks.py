"""How each pixel of a scene looks to the model: everything that its own branches know, brought to one place.

Input planes, their local means and spreads, the spectral stem and SAM-2's levels. Coarse maps stay coarse until a strip
of pixels is asked for, so that a large scene fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor
from torch.nn import functional as F

from .grounding import Grounding, ImageFeatures

_CELL = 16
"""pixels along the coarsest cell"""
_STRIDES = (4, 8, 16)
"""of SAM-2's levels in the windows view; in the whole view they are sampled as if they were"""
_FLAT = 1e-6
"""deviation of what says the same everywhere"""
_LEAST_SPREAD = 1e-2
_COMPONENTS = 16
"""principal components that are kept of one of SAM-2's levels"""


@dataclass(frozen=True)
class _Map:
    """Features at one stride, and how they are scaled when they are asked for."""

    stride: int
    cells: Tensor
    """(C, rows, cols), covering the image from its upper left corner"""
    mean: Tensor
    gain: Tensor
    """(C,) each; 0 for what says nothing"""

    def rows(self, top: int, bottom: int, width: int) -> Tensor:
        """(C, bottom - top, width), bilinear between cells; `top` is a multiple of the stride."""
        if self.stride == 1:
            part = self.cells[:, top:bottom, :width].float()
        else:
            first, last = top // self.stride, -(-bottom // self.stride)
            index = torch.arange(first - 1, last + 1, device=self.cells.device).clamp(0, self.cells.shape[1] - 1)
            larger = F.interpolate(
                self.cells[None, :, index].float(), scale_factor=float(self.stride), mode="bilinear",
                align_corners=False,
            )[0]  # fmt: skip
            part = larger[:, self.stride : self.stride + bottom - top, :width]
        return torch.addcmul((-self.mean * self.gain)[:, None, None], part, self.gain[:, None, None])


@dataclass(frozen=True)
class Looks:
    """How one date looks."""

    CELL: ClassVar[int] = _CELL
    maps: list[_Map]
    size: tuple[int, int]
    """height and width in pixels"""

    @property
    def device(self) -> torch.device:
        """Where the maps are."""
        return self.maps[0].cells.device

    def at(self, top: int, bottom: int) -> Tensor:
        """Features of whole rows, float32 (C, pixels), whose mean square over the scene is 1.

        Args:
            top: first row, a multiple of `CELL`.
            bottom: the row after the last.
        """
        return torch.cat([part.rows(top, bottom, self.size[1]) for part in self.maps]).flatten(1)

    def of(self, pixels: Tensor) -> Tensor:
        """Features (C, n) of single pixels, int (n, 2), row and column."""
        strips = torch.div(pixels[:, 0], _CELL, rounding_mode="floor")
        found = None
        for strip in torch.unique(strips).tolist():
            top = strip * _CELL
            rows = self.at(top, min(top + _CELL, self.size[0]))
            if found is None:
                found = rows.new_empty((len(rows), len(pixels)))
            here = strips == strip
            found[:, here] = rows[:, (pixels[here, 0] - top) * self.size[1] + pixels[here, 1]]
        return found


def look(planes: Sequence[Tensor], features: ImageFeatures, grounding: Grounding) -> Looks:
    """What the branches know of a date.

    Args:
        planes: of each sensor the input planes (C, H, W), or of a model without any its colours.
        features: what the mask decoder sees of the date.
        grounding: which made them.
    """
    x = torch.cat([plane.float() for plane in planes])
    height, width = features.size
    padded = F.pad(x[None], (0, -width % _CELL, 0, -height % _CELL), mode="replicate")
    mean, square = (F.avg_pool2d(y, 10, 2, 4, count_include_pad=False)[0] for y in (padded, padded * padded))
    maps = [
        (1, x),
        (2, F.avg_pool2d(padded, 6, 2, 2, count_include_pad=False)[0]),
        (2, (square - mean * mean).clamp_min(0).sqrt()),
    ]
    if features.stem is not None:
        maps.append((1, features.stem[0]))
    window = features.size if grounding.config.view == "whole" else (grounding.config.image_size,) * 2
    maps += [
        (stride, _components(_stitched(level.float(), features, window, stride)))
        for stride, level in zip(_STRIDES, features.levels, strict=True)
    ]
    return Looks([_scaled(stride, cells, len(maps)) for stride, cells in maps], features.size)


def _scaled(stride: int, cells: Tensor, maps: int) -> _Map:
    """Each map counts for as much as another, whatever its number of features."""
    thin = cells[:, :: max(1, 4 // stride), :: max(1, 4 // stride)].float().flatten(1)
    spread, mean = torch.std_mean(thin, 1)
    gain = torch.where(spread > _FLAT, 1 / (spread + _LEAST_SPREAD), 0.0)
    count = int((gain > 0).sum()) or 1
    return _Map(stride, cells, mean, gain / (count * maps) ** 0.5)


def _components(cells: Tensor) -> Tensor:
    """The principal components of a map (C, rows, cols), at most `_COMPONENTS`: neighbouring channels say alike."""
    flat = cells.flatten(1)
    spread, mean = torch.std_mean(flat, 1, keepdim=True)
    flat = (flat - mean) / (spread + _LEAST_SPREAD)
    _, axes = torch.linalg.eigh(flat @ flat.T)
    return (axes[:, -_COMPONENTS:].T @ flat).reshape(-1, *cells.shape[1:])


def _stitched(level: Tensor, features: ImageFeatures, window: tuple[int, int], stride: int) -> Tensor:
    """A level (windows, C, S', S') as one map of cells; where windows overlap, their weights fall off to the edges."""
    height, width = features.size
    rows, cols = (-(-side // _CELL) * (_CELL // stride) for side in (height, width))
    total, norm = level.new_zeros((level.shape[1], rows, cols)), level.new_zeros((rows, cols))
    for part, (top, left) in zip(level, features.corners, strict=True):
        down = ((torch.arange(rows, device=level.device) + 0.5) * stride - top) / window[0]
        across = ((torch.arange(cols, device=level.device) + 0.5) * stride - left) / window[1]
        # Cells beyond the image repeat the last window's edge.
        i = _covered(down, last=top + window[0] >= height)
        j = _covered(across, last=left + window[1] >= width)
        where = torch.stack(torch.meshgrid(2 * across[j] - 1, 2 * down[i] - 1, indexing="xy"), -1)
        found = F.grid_sample(part[None], where[None], mode="bilinear", padding_mode="border", align_corners=False)[0]
        weight = _ramp(down[i])[:, None] * _ramp(across[j])
        total[:, i, j] += found * weight
        norm[i, j] += weight
    return total / norm


def _covered(place: Tensor, *, last: bool) -> slice:
    """The cells whose middle, 0 to 1 along a window, lies in it; in the last also those after it."""
    inside = torch.nonzero((place >= 0) & ((place < 1) | last))[:, 0]
    return slice(int(inside[0]), int(inside[-1]) + 1)


def _ramp(place: Tensor) -> Tensor:
    return torch.minimum(place, 1 - place).clamp_min(1e-3)
