"""A large scene: an overview of it in memory, its own pixels window by window from where they are.

Made in one pass over the file from top to bottom, which needs as much memory as some rows of it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from rasterio.windows import Window

from ..errors import OutputError
from ..rasters.mask_file import MaskFile
from ..rasters.rows import PIXELS_AT_ONCE, Rows, together
from ..rasters.values_file import ValuesFile
from .files import Source, changed, state_of
from .grid import Grid
from .opening import opened
from .reading import at_border, find_declared, read_numbers
from .values import Backscatter, Scaling

LARGE_PX = 2048 * 2048
"""Scenes of more pixels are read window by window."""
OVERVIEW_PX = 1536 * 1536
"""about as many as the largest number of a model's tiles shows"""
MOST_PX = 1 << 30


class MaskFolder:
    """A temporary folder for masks, which goes with this."""

    def __init__(self) -> None:
        self._path = Path(tempfile.mkdtemp(prefix="terrascope-"))
        weakref.finalize(self, shutil.rmtree, self._path, ignore_errors=True)

    def new_mask(self, grid: Grid) -> MaskFile:
        """An empty mask of a grid, to be written from top to bottom.

        Raises:
            OSError: the disk is full.
        """
        return MaskFile(self._new_file(".mask"), (grid.height, grid.width))

    def new_values(self, grid: Grid) -> ValuesFile:
        """An empty raster of numbers on a grid, to be written from top to bottom.

        Raises:
            OSError: the disk is full.
        """
        return ValuesFile(self._new_file(".values"), (grid.height, grid.width))

    def _new_file(self, suffix: str) -> Path:
        handle, name = tempfile.mkstemp(suffix, dir=self._path)
        os.close(handle)
        return Path(name)


@dataclass(frozen=True)
class Bands:
    """Which numbers of a file are read, and what they mean.

    Attributes:
        indexes: 1-based bands, in the order of the scene's roles.
        scaling: from numbers to values.
        column: of the scene's first pixel in the file.
        row: of the same.
    """

    indexes: Sequence[int]
    scaling: Scaling | Backscatter
    column: int
    row: int


@dataclass(frozen=True)
class Detail:
    """The pixels of a large scene.

    Attributes:
        path: of the file or folder.
        sar: it is a radar image.
        grid: of all pixels.
        state: of the files when they were looked over, as `files.state_of` has it.
        step: pixels along a pixel of the overview.
        bands: what is read.
        valid: bool (H, W), not nodata and inside the polygon.
        folder: where masks of the scene are kept; gone when the scene is.
        show: values (C, H, W) and where they are valid as the picture of the scene has them, uint8 (H, W, 3).
    """

    path: Path
    sar: bool
    grid: Grid
    state: tuple[tuple[int, int], ...]
    step: int
    bands: Bands
    valid: Rows
    folder: MaskFolder = field(repr=False)
    show: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = field(default=None, repr=False)

    @property
    def overview(self) -> Grid:
        """The grid of the overview; its last row and column may reach beyond the scene."""
        return overview_grid(self.grid, self.step)

    def read(self, top: int, left: int, height: int, width: int) -> np.ndarray:
        """Values of a window, float32 (C, height, width), 0 where not valid, as `Scene.bands` has them.

        Raises:
            SceneError: the file is damaged, or gone, or another one by now.
        """
        window = Window(self.bands.column + left, self.bands.row + top, width, height)
        with opened(self.path, self.sar) as source:
            if state_of(source.files) != self.state:
                raise changed(self.path)
            numbers = read_numbers(source.reader, self.bands.indexes, window)
        valid = self.valid.window(top, left, height, width)
        numbers[:, ~valid] = 0
        return self.bands.scaling.apply(numbers) * valid

    def new_mask(self) -> MaskFile:
        """An empty mask of the scene, to be written from top to bottom."""
        return self.folder.new_mask(self.grid)

    def new_values(self) -> ValuesFile:
        """An empty raster of numbers on the scene's pixels, to be written from top to bottom."""
        return self.folder.new_values(self.grid)


def overview_grid(grid: Grid, step: int) -> Grid:
    """The grid whose pixels are `step` x `step` pixels of another one."""
    whole = grid.crop(0, 0, -(-grid.width // step), -(-grid.height // step))
    return Grid(grid.crs, grid.transform @ grid.transform.scale(step), whole.width, whole.height, grid.chosen_ellipsoid)


def look_over(
    source: Source,
    sar: bool,
    grid: Grid,
    bands: Bands,
    inside: Callable[[Grid], np.ndarray] | None,
    begin: Callable[[float], None],
) -> tuple[Detail, np.ndarray, np.ndarray]:
    """Read a large scene once.

    Args:
        source: opened.
        sar: it is a radar image.
        grid: of the part that is asked for.
        bands: what is read.
        inside: of some rows of the grid, which of their pixels lie in the polygon that was asked for, bool (n, W).
        begin: told the share that is read; may raise to stop.

    Returns:
        The detail; and of the overview the values, float32 (C, h, w), and where more than half of a pixel is valid.

    Raises:
        SceneError: the file is damaged.
        OutputError: the disk is full.
    """
    step = _step(grid)
    state = state_of(source.files)
    folder = MaskFolder()
    valid, black = folder.new_mask(grid), folder.new_mask(grid)
    declared, sums = False, []
    columns = np.arange(0, grid.width, step)
    for first, end in _strips(grid, step):
        begin(first / grid.height)
        window = Window(bands.column, bands.row + first, grid.width, end - first)
        numbers = read_numbers(source.reader, bands.indexes, window)
        here, declared = find_declared(source.reader, bands.indexes, numbers, window)
        dark = here & (numbers == 0).all(axis=0)
        if inside is not None:
            here &= inside(grid.crop(0, first, grid.width, end - first))
        numbers[:, ~here] = 0
        values = bands.scaling.apply(numbers) * (here & (declared | ~dark))
        cells = np.add.reduceat(values, columns, axis=2)
        sums.append(np.add.reduceat(cells, np.arange(0, end - first, step), axis=1))
        try:
            valid.append(here)
            black.append(dark)
        except OSError as error:
            raise OutputError(
                f"There is no room on the disk for the masks of a scene of this size ({tempfile.gettempdir()}): "
                "free some, or restrict the extent."
            ) from error
    shown: Rows = valid
    if not declared and black.any():
        # Written down, because what hangs together with the border is asked for again and again.
        shown = folder.new_mask(grid)
        for strip in together(lambda a, b: a & ~b, valid, at_border(black)).strips():
            shown.append(strip.values)
    share = shown.thinned(step)
    count = share * (step * step)
    cells = [np.minimum(step, size - np.arange(0, size, step)) / step for size in (grid.height, grid.width)]
    count *= cells[0][:, None] * cells[1][None]
    overview = np.concatenate(sums, axis=1) / np.maximum(count, 1)
    enough = share >= 0.5
    detail = Detail(source.path, sar, grid, state, step, bands, shown, folder)
    return detail, (overview * enough).astype(np.float32), enough


def most_at_once(grid: Grid) -> int:
    """Pixels of the largest strip that a scene is read in."""
    return grid.width * max(end - first for first, end in _strips(grid, _step(grid)))


def _step(grid: Grid) -> int:
    return int(np.ceil(np.sqrt(grid.width * grid.height / OVERVIEW_PX)))


def _strips(grid: Grid, step: int) -> Iterator[tuple[int, int]]:
    """First row and row after the last of strips of whole pixels of the overview."""
    high = step * max(1, PIXELS_AT_ONCE // (grid.width * step))
    for first in range(0, grid.height, high):
        yield first, min(first + high, grid.height)
