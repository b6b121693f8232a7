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
_LOST = 0.01
"""share of the variance of all maps of one stride that their principal components may leave out"""
STRIP_PX = 1 << 15
"""done at a time: what is computed of so many fits a processor's cache"""


@dataclass(frozen=True)
class _Map:
    """Features at one stride, scaled as they count."""

    stride: int
    cells: Tensor
    """(C, rows, cols), covering the image from its upper left corner; at most a cell beyond its other edges"""

    def rows(self, top: int, bottom: int, width: int) -> Tensor:
        """Float32 (C, bottom - top, width), bilinear between cells; `top` is a multiple of the stride."""
        if self.stride == 1:
            return self.cells[:, top:bottom, :width].float()
        first, last = top // self.stride, -(-bottom // self.stride)
        index = torch.arange(first - 1, last + 1, device=self.cells.device).clamp(0, self.cells.shape[1] - 1)
        larger = F.interpolate(
            self.cells[None, :, index], scale_factor=float(self.stride), mode="bilinear", align_corners=False
        )[0]
        return larger[:, self.stride : self.stride + bottom - top, :width]


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
    x = torch.cat([_telling(plane) for plane in planes]).float()
    height, width = features.size
    padded = F.pad(x[None], (0, -width % _CELL, 0, -height % _CELL), mode="replicate")
    halved, squares = F.avg_pool2d(padded, 2), F.avg_pool2d(padded * padded, 2)
    mean = _around(halved, 5)
    maps = [(1, x), (2, _around(halved, 3)[0]), (2, (_around(squares, 5) - mean * mean).clamp_min(0).sqrt()[0])]
    if features.stem is not None:
        maps.append((1, features.stem[0]))
    window = features.size if grounding.config.view == "whole" else (grounding.config.image_size,) * 2
    maps += [
        (stride, _components(_stitched(level.float(), features, window, stride)))
        for stride, level in zip(_STRIDES, features.levels, strict=True)
    ]
    strides: dict[int, list[Tensor]] = {}
    for stride, cells in maps:
        strides.setdefault(stride, []).append(cells)
    return Looks([_Map(stride, _joined(cells, stride, len(maps))) for stride, cells in strides.items()], features.size)


def _telling(planes: Tensor) -> Tensor:
    """Those of the planes (C, H, W) that do not say the same everywhere; the first where all do."""
    told = planes[:, ::4, ::4].flatten(1).float().std(1, correction=0) > _FLAT
    told[0] |= ~told.any()
    return planes[told]


def _around(cells: Tensor, side: int) -> Tensor:
    """The mean over a square of cells, an odd number along a side, of those that there are."""
    for shape in ((side, 1), (1, side)):
        reach = (shape[0] // 2, shape[1] // 2)
        cells = F.avg_pool2d(cells, shape, 1, reach, count_include_pad=False)
    return cells


def _joined(maps: Sequence[Tensor], stride: int, count: int) -> Tensor:
    """Maps (C, rows, cols) of one stride as their principal components (k, rows, cols): neighbours say alike.

    Distances between pixels stay, but for a share of `_LOST`.

    Args:
        maps: each counts for as much as another, whatever its number of features.
        stride: of all of them.
        count: of maps of all strides.
    """
    step = max(1, 4 // stride)
    samples, means, gains = [], [], []
    for cells in maps:
        thin = cells[:, ::step, ::step].float().flatten(1)
        spread, mean = torch.std_mean(thin, 1, correction=0, keepdim=True)
        gain = torch.where(spread > _FLAT, 1 / (spread + _LEAST_SPREAD), 0.0)
        gain /= ((int((gain > 0).sum()) or 1) * count) ** 0.5
        samples.append((thin - mean) * gain)
        means.append(mean)
        gains.append(gain)
    sample = torch.cat(samples)
    variances, axes = torch.linalg.eigh(sample @ sample.T)
    kept = variances.cumsum(0) > _LOST * variances.sum()
    kept[-1] = True
    project = axes[:, kept].T * torch.cat(gains).T
    shift = -project @ torch.cat(means)
    rows, cols = maps[0].shape[1:]
    joined = sample.new_empty((len(project), rows, cols))
    high = max(1, STRIP_PX // cols)
    for top in range(0, rows, high):
        strip = torch.cat([cells[:, top : top + high].float() for cells in maps])
        joined[:, top : top + high] = torch.addmm(shift, project, strip.flatten(1)).reshape(-1, *strip.shape[1:])
    return joined


def _components(cells: Tensor) -> Tensor:
    """The principal components of a map (C, rows, cols), at most `_COMPONENTS`: neighbouring channels say alike."""
    flat = cells.flatten(1)
    spread, mean = torch.std_mean(flat, 1, correction=0, keepdim=True)
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
