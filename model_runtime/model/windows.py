"""Masks of a large image at its full resolution: windows are read, encoded and decoded one after the other.

The windows, their weights and the stem's features are those of `Grounding.encode`, so that a mask does not depend on
how the image is cut for the work: there are no seams.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from ..rasters.rows import Rows
from .grounding import (
    Grounding,
    ImageFeatures,
    best_of,
    decode_levels,
    encode_levels,
    feather_weights,
    starts,
    upsample,
    whole_pixels,
)
from .vision import ModelImage

_SIDE = 5
"""windows along a side of a block, which is read and encoded at once"""
KEPT_BYTES = 512 << 20
"""of encoded windows, for the next mask of the same image: a whole tile of Sentinel-2"""


@dataclass(frozen=True)
class WindowsMask:
    """One prompt's mask of a large image."""

    mask: Rows
    """bool (H, W)"""
    overview: np.ndarray
    """bool, on the grid of the overview: where more than half of a pixel is inside"""
    score: float
    """the IoU the decoder predicts for its own mask, 0..1, averaged over windows by mask size"""


@dataclass(frozen=True)
class _Block:
    """Some neighbouring windows: the first and the last of them down and across."""

    rows: range
    cols: range


class Windows:
    """What is kept of a large image for its masks.

    Args:
        grounding: SAM-2 and the stem.
        planes_of: the model's input planes (C, H, W) of a part of the image; not asked of a model that sees colours.
        image: the overview, with its pixels.
    """

    def __init__(
        self, grounding: Grounding, planes_of: Callable[[ModelImage], Tensor | None], image: ModelImage
    ) -> None:
        self._grounding, self._planes_of, self._image, self._pixels = grounding, planes_of, image, image.pixels
        self._window = grounding.config.image_size
        height, width = self._pixels.size
        self._tops, self._lefts = starts(height, self._window), starts(width, self._window)
        self._kept: OrderedDict[tuple[int, int], list[Tensor]] = OrderedDict()

    @property
    def count(self) -> int:
        """How many windows there are."""
        return len(self._tops) * len(self._lefts)

    @property
    def nbytes(self) -> int:
        """What is kept."""
        return sum(level.nbytes for kept in self._kept.values() for level in kept)

    def overview(self) -> ImageFeatures:
        """The overview, encoded as if it were a small image."""
        return self._grounding.encode(self._image.rgb, self._planes_of(self._image))

    def decode(self, prompt: Tensor, begin: Callable[[float], None]) -> Iterator[float | WindowsMask]:
        """The mask of one prompt embedding (1, d_model).

        Args:
            prompt: (1, d_model).
            begin: asked before each block of windows; may raise to stop.

        Yields:
            The share of the windows that is done, and at last the mask.
        """
        target = self._pixels.new_mask()
        counts, scores = np.zeros((len(self._tops), len(self._lefts))), np.zeros((len(self._tops), len(self._lefts)))
        height = self._pixels.size[0]
        carried: _Sums | None = None
        for first in range(0, len(self._tops), _SIDE):
            rows = range(first, min(first + _SIDE, len(self._tops)))
            end = self._tops[rows.stop] if rows.stop < len(self._tops) else height
            sums = _Sums.begin(self._tops[rows[0]], min(height, self._tops[rows[-1]] + self._window), self, carried)
            for left in range(0, len(self._lefts), _SIDE):
                begin((first + left / len(self._lefts) * len(rows)) / len(self._tops))
                self._add(_Block(rows, range(left, min(left + _SIDE, len(self._lefts)))), prompt, end, sums, scores)
                yield (first + min(left + _SIDE, len(self._lefts)) / len(self._lefts) * len(rows)) / len(self._tops)
            inside = sums.inside(end)
            self._count(sums.first, inside, counts)
            target.append(inside)
            carried = sums
        weight = np.where(scores > 0, counts + 1.0, 0.0)  # where nothing was read there is no score
        overview = target.thinned(self._pixels.step) > 0.5
        yield WindowsMask(target, overview, float((scores * weight).sum() / max(weight.sum(), 1.0)))

    def _add(self, block: _Block, prompt: Tensor, end: int, sums: _Sums, scores: np.ndarray) -> None:
        """Decode the windows of a block, and add their log-odds."""
        side, stem = self._window, self._grounding.stem
        height, width = self._pixels.size
        top, left = self._tops[block.rows[0]], self._lefts[block.cols[0]]
        bottom = min(height, self._tops[block.rows[-1]] + side)
        right = min(width, self._lefts[block.cols[-1]] + side)
        key = (block.rows[0], block.cols[0])
        features, levels = None, self._kept.get(key)
        if stem is not None or levels is None:
            part = self._part(top, left, bottom, right)
            if part is None:
                return
            window_pixels, features = part
        if levels is None:
            levels = self._encode(block, top, left, window_pixels, features)
            self._keep(key, levels)
        else:
            self._kept.move_to_end(key)
        dtype = self._grounding.sam2.dtype
        count = len(block.rows) * len(block.cols)
        masks, ious = decode_levels(
            self._grounding.sam2, [level.to(dtype) for level in levels], prompt[None].expand(count, -1, -1)
        )
        low, score = best_of(masks, ious)
        windows = upsample(low.float(), (side, side))[:, 0]
        scores[np.ix_(block.rows, block.cols)] = score[:, 0].float().cpu().numpy().reshape(len(block.rows), -1)
        corners = [(self._tops[i], self._lefts[j]) for i in block.rows for j in block.cols]
        for window, corner in zip(windows.cpu(), corners, strict=True):
            sums.add(window, *corner)
        if stem is not None:
            # Each pixel once: up to where the next block begins.
            own = self._lefts[block.cols.stop] if block.cols.stop < len(self._lefts) else width
            fine = stem.logits(features[:, :, : end - top, : own - left], prompt[None].float())[0, 0]
            sums.fine[: end - top, left:own] = fine.cpu()

    def _part(self, top: int, left: int, bottom: int, right: int) -> tuple[Tensor, Tensor | None] | None:
        """What SAM-2 sees of a part (1, C, h, w), at least a window large, and the stem's features (1, F, h, w)."""
        stem, (height, width) = self._grounding.stem, self._pixels.size
        if stem is None:
            image = self._pixels.read(top, left, bottom - top, right - left)
            if image is None:
                return None
            if self._grounding.config.view == "whole":
                return self._padded(torch.from_numpy(image.rgb.copy()).permute(2, 0, 1)[None].float()), None
            return self._padded(self._planes_of(image)[None]), None
        coarsest = 2 ** len(stem.scales)
        first, begin = (max(0, edge - stem.reach) // coarsest * coarsest for edge in (top, left))
        last, stop = min(height, bottom + stem.reach), min(width, right + stem.reach)
        image = self._pixels.read(first, begin, last - first, stop - begin)
        if image is None:
            return None
        planes = self._planes_of(image)[None]
        padded = self._padded(planes)
        with torch.autocast(planes.device.type, enabled=False):
            features = stem.in_strips(padded, top - first, max(bottom - first, top - first + self._window))
        inner = np.s_[..., left - begin : max(right - begin, left - begin + self._window)]
        return padded[:, :, top - first :][:, :, : features.shape[2]][inner], features[inner]

    def _padded(self, x: Tensor) -> Tensor:
        """At least a window large."""
        down, across = (max(0, self._window - length) for length in x.shape[-2:])
        return F.pad(x, (0, across, 0, down), mode="replicate") if down or across else x

    def _encode(self, block: _Block, top: int, left: int, pixels: Tensor, features: Tensor | None) -> list[Tensor]:
        grounding, side = self._grounding, self._window
        corners = [(self._tops[i] - top, self._lefts[j] - left) for i in block.rows for j in block.cols]
        parts = []
        for number in range(0, len(corners), grounding.BATCH):
            here = corners[number : number + grounding.BATCH]
            cut = [pixels[0, :, row : row + side, col : col + side] for row, col in here]
            if grounding.config.view == "whole":
                cut = [whole_pixels(window.permute(1, 2, 0).to(torch.uint8).numpy(), side)[0] for window in cut]
            levels = encode_levels(grounding.sam2, torch.stack(cut).to(grounding.sam2.device, grounding.sam2.dtype))
            if features is not None:
                spectra = torch.stack([features[0, :, row : row + side, col : col + side] for row, col in here])
                levels = grounding.stem.enrich(levels, spectra.float())
            parts.append(levels)
        # Half precision keeps twice as many; what is decoded is what is kept, the first time too.
        return [torch.cat(level).to(torch.float16) for level in zip(*parts, strict=True)]

    def _keep(self, key: tuple[int, int], levels: list[Tensor]) -> None:
        self._kept[key] = levels
        while self.nbytes > KEPT_BYTES and len(self._kept) > 1:
            self._kept.popitem(last=False)

    def _count(self, first: int, inside: np.ndarray, counts: np.ndarray) -> None:
        """Add to each window how many pixels of some rows are inside."""
        lefts = np.array(self._lefts)
        for number, top in enumerate(self._tops):
            here = inside[max(0, top - first) : max(0, top + self._window - first)]
            if len(here):
                total = np.append(0, np.cumsum(here.sum(axis=0)))
                counts[number] += total[np.minimum(lefts + self._window, inside.shape[1])] - total[lefts]


class _Sums:
    """Log-odds of some rows of the image, as windows add to them.

    Attributes:
        first: row of the image.
        fine: what the stem says, float32 (rows, W).
    """

    def __init__(self, first: int, end: int, width: int, side: int) -> None:
        self.first = first
        self.total, self.norm = torch.zeros(end - first, width), torch.zeros(end - first, width)
        self.fine = torch.zeros(end - first, width)
        self._weight = feather_weights(side)

    @staticmethod
    def begin(first: int, end: int, windows: Windows, above: _Sums | None) -> _Sums:
        """Rows, of which the first have been added to by the windows above."""
        made = _Sums(first, end, windows._pixels.size[1], windows._window)
        if above is not None:
            for ours, theirs in ((made.total, above.total), (made.norm, above.norm)):
                rest = theirs[first - above.first :]
                ours[: len(rest)] = rest
        return made

    def add(self, window: Tensor, top: int, left: int) -> None:
        """Add one window's log-odds (S, S)."""
        rows = slice(top - self.first, min(top - self.first + len(window), len(self.total)))
        cols = slice(left, min(left + window.shape[1], self.total.shape[1]))
        inside = (slice(0, rows.stop - rows.start), slice(0, cols.stop - cols.start))
        self.total[rows, cols] += (window * self._weight)[inside]
        self.norm[rows, cols] += self._weight[inside]

    def inside(self, end: int) -> np.ndarray:
        """Which pixels of the rows up to a row of the image are inside, bool (rows, W); none where nothing was read."""
        rows = slice(0, end - self.first)
        logits = self.total[rows] / self.norm[rows].clamp_min(1e-6) + self.fine[rows]
        return ((logits > 0) & (self.norm[rows] > 0)).numpy()
