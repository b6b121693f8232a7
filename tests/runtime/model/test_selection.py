"""Token selection against the released code's own answers and against brute force."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from model_runtime.model.selection import centre_grid, coverage_grid, token_indices, uniform_sample
from model_runtime.model.vision import choose_tiles

MASKS = arrays(bool, st.tuples(st.integers(1, 40), st.integers(1, 40)))


def test_tiling_as_released(units: dict[str, np.ndarray]) -> None:
    for width, height, cols, rows, count in units["tiling_w_h_cols_rows_ntiles"].tolist():
        tiles = choose_tiles(width, height, 448, 1, 12)
        assert (tiles.cols, tiles.rows, tiles.count) == (cols, rows, count)


@pytest.mark.parametrize("cap", [8, 64, 128])
@pytest.mark.parametrize("path", ["accurate", "simple"])
def test_published_selection_as_released(units: dict[str, np.ndarray], path: str, cap: int) -> None:
    """`accurate` is the tiled path, `simple` the one-tile path of several images; an empty mask gives token 0 there."""
    for i in range(
        len(str(units["mask_cases"]).split("', '")) if units["mask_cases"].ndim == 0 else len(units["mask_cases"])
    ):
        height, width = units[f"mask{i}_hw"]
        mask = np.unpackbits(units[f"mask{i}"], axis=1)[:, :width].astype(bool)
        tiles = choose_tiles(int(width), int(height), 448, 1, 12)
        rows, cols = (tiles.rows, tiles.cols) if path == "accurate" else (1, 1)
        made = token_indices(centre_grid(mask, rows, cols, 448, 16), 16, cap)
        assert (made.tolist() or [0]) == units[f"mask{i}_{path}_cap{cap}"].tolist()


@pytest.mark.parametrize("side", [7, 224, 448, 600, 896, 1000, 1042, 1344, 1792, 2047, 2688, 4928])
@pytest.mark.parametrize("tiles", [1, 3, 5, 7, 11])
def test_samples_where_pil_does(side: int, tiles: int) -> None:
    """Every pixel has a value of its own bit pattern, so a sample one pixel off shows."""
    numbers = np.arange(side) + 1
    for bit in range(13):
        mask = (numbers >> bit & 1).astype(bool)[:, None] & np.ones(9, bool)
        image = Image.fromarray(mask.astype(np.uint8) * 255)
        for size in ((448, 448 * tiles), (16, 16 * tiles)):
            image = image.resize(size, Image.Resampling.NEAREST)
        np.testing.assert_array_equal(centre_grid(mask, tiles, 1, 448, 16), np.asarray(image) > 127)
        np.testing.assert_array_equal(centre_grid(mask.T, 1, tiles, 448, 16).T, np.asarray(image) > 127)


@given(MASKS, st.integers(1, 9), st.integers(1, 9))
def test_coverage_is_the_exact_share_of_each_cell(mask: np.ndarray, rows: int, cols: int) -> None:
    height, width = mask.shape
    fine = np.kron(mask, np.ones((rows, cols)))  # every cell now holds whole pixels: height x width of them
    expected = fine.reshape(rows, height, cols, width).mean((1, 3))
    np.testing.assert_allclose(coverage_grid(mask, rows, cols), expected, atol=1e-9)


@given(MASKS.filter(lambda mask: mask.any()), st.integers(1, 30))
def test_sample_is_a_subset_within_the_limit(mask: np.ndarray, limit: int) -> None:
    positions = np.argwhere(mask)
    chosen = uniform_sample(positions, limit)
    assert 1 <= len(chosen) <= limit
    assert len(set(chosen.tolist())) == len(chosen)
    assert len(positions) > limit or len(chosen) == len(positions)


@given(st.integers(1, 3), st.integers(1, 3))
def test_indices_run_tile_by_tile(rows: int, cols: int) -> None:
    grid = np.ones((rows * 4, cols * 4), bool)
    assert token_indices(grid, 4, 10_000).tolist() == list(range(rows * cols * 16))


def test_half_covered_is_not_selected() -> None:
    """The paper asks for more than 50 %."""
    mask = np.zeros((4, 4), bool)
    mask[:2] = True
    assert token_indices(coverage_grid(mask, 1, 1) > 0.5, 1, 8).size == 0
    mask[2, 0] = True
    assert token_indices(coverage_grid(mask, 1, 1) > 0.5, 1, 8).tolist() == [0]
