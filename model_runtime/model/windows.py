"""Masks of a large image at its full resolution: windows are read, encoded and decoded one after the other.

The windows, their weights and the stem's features are those of `Grounding.encode`, so that a mask does not depend on
how the image is cut for the work: there are no seams.
"""

from __future__ import annotations

import hashlib
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from ..errors import Cancelled
from ..rasters.rows import Rows
from .confidence import Signs, Tally
from .grounding import (
    Grounding,
    ImageFeatures,
    best_of,
    blend,
    decode_levels,
    encode_levels,
    feather_weights,
    starts,
    upsample,
    whole_pixels,
)
from .vision import ModelImage

_SIDE = 3
"""windows along a side of a block, which is read and encoded at once"""
_LISTEN_S = 0.2
"""how often a wish to stop is asked for"""
_NOTHING = -20.0
"""log-odds where there are no data"""
KEPT_BYTES = 256 << 20
"""of encoded windows, for the next mask of the same image: more than half of a tile of Sentinel-2"""


@dataclass(frozen=True)
class WindowsMask:
    """One prompt's mask of a large image."""

    mask: Rows
    """bool (H, W)"""
    overview: np.ndarray
    """bool, on the grid of the overview: where more than half of a pixel is inside"""
    signs: Signs
    """what it tells of how sure it is; the predicted IoU is averaged over windows by mask size"""
    log_odds: Rows | None = None
    """float16 (H, W), and"""
    best: Tensor | None = None
    """float16 (windows, 1, S/4, S/4), a mask prompt for another date, as `Decoded.best`: of one of several dates"""


@dataclass(frozen=True)
class _Block:
    """Some neighbouring windows: their numbers down and across."""

    rows: range
    cols: range


@dataclass(frozen=True)
class _Piece:
    """What the windows of a block say."""

    corners: list[tuple[int, int]]
    """top and left pixel of each window"""
    windows: Tensor
    """log-odds, (windows, S, S)"""
    best: Tensor
    """the multimask outputs that were taken, (windows, 1, S/4, S/4)"""
    scores: np.ndarray
    """predicted IoU, by rows and columns of windows"""
    fine: Tensor | None
    """what the stem says of the pixels from the first corner to where the next blocks begin, (h, w)"""


def _runs(count: int) -> list[range]:
    """So many numbers, `_SIDE` at a time."""
    return [range(first, min(first + _SIDE, count)) for first in range(0, count, _SIDE)]


class Windows:
    """What is kept of a large image for its masks.

    Args:
        grounding: SAM-2 and the stem.
        planes_of: the model's input planes (C, H, W) of a part of the image; not asked of a model that sees colours.
        image: the overview, with its pixels.
        kept_bytes: of encoded windows are kept.
    """

    def __init__(
        self,
        grounding: Grounding,
        planes_of: Callable[[ModelImage], Tensor | None],
        image: ModelImage,
        kept_bytes: int = KEPT_BYTES,
    ) -> None:
        self._kept_bytes = kept_bytes
        self._grounding, self._planes_of, self._image, self._pixels = grounding, planes_of, image, image.pixels
        self._window = grounding.config.image_size
        height, width = self._pixels.size
        self._tops, self._lefts = starts(height, self._window), starts(width, self._window)
        self._kept: dict[tuple[int, int], list[Tensor]] = {}
        self._lock = threading.Lock()

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

    def decode(
        self,
        prompt: Tensor,
        begin: Callable[[float], None],
        carried: Tensor | None = None,
        *,
        of_several: bool = False,
        again: bool = False,
    ) -> Iterator[float | WindowsMask]:
        """The mask of one prompt embedding (1, d_model).

        Args:
            prompt: (1, d_model).
            begin: asked before each block of windows; may raise to stop.
            carried: `best` of the same region at another date on the same grid.
            of_several: it is one of several dates, which are mapped together: the log-odds are wanted too. What a run
                that was stopped had of it is not gone on with.
            again: each window is drawn twice, the second time with what it drew first as its mask prompt.

        Yields:
            The share of the windows that is done, and at last the mask.
        """
        target = self._pixels.new_mask(None if of_several else self._key(prompt, again))
        log_odds = self._pixels.new_values() if of_several else None
        low = self._window // 4
        best = torch.zeros(self.count, 1, low, low, dtype=torch.float16) if of_several else None
        shape = len(self._tops), len(self._lefts)
        counts, scores = np.zeros(shape), np.zeros(shape)
        groups = _runs(shape[0])
        tally = Tally()
        known = len(target.notes)
        for rows, note in zip(groups, target.notes, strict=False):
            scores[rows] = note["scores"]
            tally = Tally(**note["tally"])
            self._count(self._tops[rows[0]], target[self._tops[rows[0]] : self._end(rows)], counts)
        # The last rows that are known are worked on again for what their windows say of the next ones.
        left = groups[max(0, known - 1) :] if known < len(groups) else []
        blocks = [_Block(rows, cols) for rows in left for cols in _runs(shape[1])]
        sums: _Sums | None = None
        for number, (block, piece) in enumerate(
            zip(blocks, self._pieces(blocks, prompt, carried, again, begin), strict=True), 1
        ):
            top, rows = self._tops[block.rows[0]], block.rows
            if not block.cols[0]:
                bottom = min(self._pixels.size[0], self._tops[rows[-1]] + self._window)
                sums = _Sums(top, bottom, self._pixels.size[1], self._window, sums)
            if piece is not None:
                scores[np.ix_(rows, block.cols)] = piece.scores
                sums.add(piece)
                if best is not None:
                    best[self._numbers(block)] = piece.best
            if block.cols.stop == shape[1] and rows[0] >= known * _SIDE:
                decided = sums.log_odds(self._end(rows))
                tally.add(decided)
                inside = (decided > 0).numpy()
                self._count(top, inside, counts)
                if log_odds is None:
                    target.append(inside, {"scores": scores[rows].tolist(), "tally": asdict(tally)})
                else:
                    target.append(inside)
                    log_odds.append(decided.numpy())
            yield 1 - (len(blocks) - number) / (len(groups) * len(_runs(shape[1])))
        weight = np.where(scores > 0, counts + 1.0, 0.0)  # where nothing was read there is no score
        overview = target.thinned(self._pixels.step) > 0.5
        score = float((scores * weight).sum() / max(weight.sum(), 1.0))
        yield WindowsMask(target, overview, tally.signs(score), log_odds, best)

    def _key(self, prompt: Tensor, again: bool) -> str:
        """Of a mask: the prompt, whether it is drawn twice, and how the image is cut."""
        cut = f"{self._tops} {self._lefts} {self._window} {_SIDE} {again}".encode()
        return hashlib.sha256(cut + prompt.float().cpu().numpy().tobytes()).hexdigest()

    def _numbers(self, block: _Block) -> list[int]:
        """Of the windows of a block, counted row by row through the image."""
        return [i * len(self._lefts) + j for i in block.rows for j in block.cols]

    def _pieces(
        self,
        blocks: Sequence[_Block],
        prompt: Tensor,
        carried: Tensor | None,
        again: bool,
        begin: Callable[[float], None],
    ) -> Iterator[_Piece | None]:
        """What each block's windows say, in order; several blocks are worked on at once where there are processors."""
        # Threads that share one operation wait for each other more than they help on such small ones.
        workers = torch.get_num_threads() if prompt.device.type == "cpu" else 1
        stop = threading.Event()

        def work(block: _Block) -> _Piece | None:
            torch.set_num_threads(1)  # of this thread alone
            with torch.inference_mode():
                return self._piece(block, prompt, carried, again, stop)

        with ThreadPoolExecutor(workers, "windows") as pool:
            try:
                ahead = deque(pool.submit(work, block) for block in blocks[: workers + 1])
                for number in range(len(blocks)):
                    begin(number / len(blocks))
                    while not ahead[0].done():
                        wait([ahead[0]], _LISTEN_S)
                        begin(number / len(blocks))
                    yield ahead.popleft().result()
                    if number + workers + 1 < len(blocks):
                        ahead.append(pool.submit(work, blocks[number + workers + 1]))
            finally:
                stop.set()
                pool.shutdown(cancel_futures=True)

    def _end(self, rows: range) -> int:
        """The row of the image after the last that the windows down to some rows of them decide."""
        return self._tops[rows.stop] if rows.stop < len(self._tops) else self._pixels.size[0]

    def _piece(
        self, block: _Block, prompt: Tensor, carried: Tensor | None, again: bool, stop: threading.Event
    ) -> _Piece | None:
        """What the windows of a block say; None where nothing of it is valid."""
        side, stem = self._window, self._grounding.stem
        height, width = self._pixels.size
        top, left = self._tops[block.rows[0]], self._lefts[block.cols[0]]
        bottom = min(height, self._tops[block.rows[-1]] + side)
        right = min(width, self._lefts[block.cols[-1]] + side)
        seen = self._seen(block, top, left, bottom, right, stop)
        if seen is None:
            return None
        levels, features = seen
        dtype = self._grounding.sam2.dtype
        count = len(block.rows) * len(block.cols)
        earlier = None if carried is None else carried[self._numbers(block)].to(levels[0].device, dtype)
        levels = [level.to(dtype) for level in levels]
        for _ in range(1 + again):
            masks, ious = decode_levels(self._grounding.sam2, levels, prompt[None].expand(count, -1, -1), earlier)
            earlier, score = best_of(masks, ious)
        low = earlier
        fine = None
        if stem is not None:
            # Each pixel once: up to where the next block begins.
            own = self._lefts[block.cols.stop] if block.cols.stop < len(self._lefts) else width
            fine = stem.logits(features[:, :, : self._end(block.rows) - top, : own - left], prompt[None].float())[
                0, 0
            ].cpu()
        return _Piece(
            [(self._tops[i], self._lefts[j]) for i in block.rows for j in block.cols],
            upsample(low.float(), (side, side))[:, 0].cpu(),
            low.to("cpu", torch.float16),
            score[:, 0].float().cpu().numpy().reshape(len(block.rows), -1),
            fine,
        )

    def _seen(
        self, block: _Block, top: int, left: int, bottom: int, right: int, stop: threading.Event
    ) -> tuple[list[Tensor], Tensor | None] | None:
        """SAM-2's levels of each window of a block, float16, and the stem's features of the block (1, F, h, w).

        None where nothing of it is valid.
        """
        key = (block.rows[0], block.cols[0])
        features, levels = None, self._kept.get(key)
        if self._grounding.stem is not None or levels is None:
            part = self._part(top, left, bottom, right)
            if part is None:
                return None
            pixels, features = part
        if levels is None:
            levels = self._encode(block, top, left, pixels, features, stop)
            self._keep(key, levels)
        return levels, features

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

    def _encode(
        self, block: _Block, top: int, left: int, pixels: Tensor, features: Tensor | None, stop: threading.Event
    ) -> list[Tensor]:
        grounding, side = self._grounding, self._window
        corners = [(self._tops[i] - top, self._lefts[j] - left) for i in block.rows for j in block.cols]
        parts = []
        for number in range(0, len(corners), grounding.batch):
            if stop.is_set():
                raise Cancelled
            here = corners[number : number + grounding.batch]
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
        with self._lock:
            self._kept[key] = levels
            # Blocks are asked for in the same order each time: of those that do not fit, the last would be thrown out
            # before they are asked for again, so the first ones stay.
            if self.nbytes > self._kept_bytes and len(self._kept) > 1:
                self._kept.popitem()

    def _count(self, first: int, inside: np.ndarray, counts: np.ndarray) -> None:
        """Add to each window how many pixels of some rows are inside."""
        lefts = np.array(self._lefts)
        for number, top in enumerate(self._tops):
            here = inside[max(0, top - first) : max(0, top + self._window - first)]
            if len(here):
                total = np.append(0, np.cumsum(here.sum(axis=0)))
                counts[number] += total[np.minimum(lefts + self._window, inside.shape[1])] - total[lefts]


class MixedWindows(Windows):
    """Two sensors' windows of one place as one, as `Grounding.mix` mixes features.

    Args:
        one: of a sensor.
        other: of another one, on the same grid.
        share: (rows, cols) of cells that cover the image, how much of `other` each gets, 0 to 1.
    """

    def __init__(self, one: Windows, other: Windows, share: Tensor) -> None:
        super().__init__(one._grounding, one._planes_of, one._image)
        self._both, self._share = (one, other), share.float()

    @property
    def nbytes(self) -> int:
        """Nothing: each of the two keeps its own."""
        return 0

    def _key(self, prompt: Tensor, again: bool) -> str:
        mixed = self._share.numpy().tobytes() + super()._key(prompt, again).encode()
        return hashlib.sha256(mixed).hexdigest()

    def _seen(
        self, block: _Block, top: int, left: int, bottom: int, right: int, stop: threading.Event
    ) -> tuple[list[Tensor], Tensor | None] | None:
        found = [windows._seen(block, top, left, bottom, right, stop) for windows in self._both]
        if None in found:
            return found[0] or found[1]
        (levels, features), (other_levels, other_features) = found
        cells = self._cells(top, left, max(bottom - top, self._window), max(right - left, self._window))
        corners = [(self._tops[i] - top, self._lefts[j] - left) for i in block.rows for j in block.cols]
        side = self._window
        share = torch.stack([cells[None, row : row + side, col : col + side] for row, col in corners])
        if features is not None:
            features = torch.lerp(features, other_features, cells.to(features.dtype).expand_as(features))
        return blend(levels, other_levels, share.to(levels[0].device)), features

    def _cells(self, top: int, left: int, height: int, width: int) -> Tensor:
        """The share of each pixel from a corner on, (height, width)."""
        places = []
        for first, length, size, cells in zip(
            (top, left), (height, width), self._pixels.size, self._share.shape, strict=True
        ):
            at = (torch.arange(first, first + length) + 0.5) * cells / size
            places.append(at.long().clamp_max(cells - 1))
        return self._share[places[0]][:, places[1]]


class _Sums:
    """Log-odds of some rows of the image, as windows add to them.

    Args:
        first: row of the image.
        end: the row after the last.
        width: of the image.
        side: of a window.
        above: of the rows above, whose last ones may be the first of these.
    """

    def __init__(self, first: int, end: int, width: int, side: int, above: _Sums | None) -> None:
        self._first = first
        self._total, self._norm, self._fine = (torch.zeros(end - first, width) for _ in range(3))
        self._weight = feather_weights(side)
        if above is not None:
            rest = slice(first - above._first, None)
            self._total[: len(above._total[rest])] = above._total[rest]
            self._norm[: len(above._norm[rest])] = above._norm[rest]

    def add(self, piece: _Piece) -> None:
        """Add what the windows of a block say."""
        for window, (top, left) in zip(piece.windows, piece.corners, strict=True):
            rows = slice(top - self._first, min(top - self._first + len(window), len(self._total)))
            cols = slice(left, min(left + window.shape[1], self._total.shape[1]))
            inside = (slice(0, rows.stop - rows.start), slice(0, cols.stop - cols.start))
            self._total[rows, cols] += (window * self._weight)[inside]
            self._norm[rows, cols] += self._weight[inside]
        if piece.fine is not None:
            left = piece.corners[0][1]
            self._fine[: piece.fine.shape[0], left : left + piece.fine.shape[1]] = piece.fine

    def log_odds(self, end: int) -> Tensor:
        """Of the rows up to a row of the image, float32 (rows, W); far below zero where nothing was read."""
        rows = slice(0, end - self._first)
        logits = self._total[rows] / self._norm[rows].clamp_min(1e-6) + self._fine[rows]
        return torch.where(self._norm[rows] > 0, logits, _NOTHING)
