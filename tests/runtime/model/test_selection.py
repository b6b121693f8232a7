"""Token selection against the released code's own answers and against brute force."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from model_runtime.model.selection import (
    box,
    centre_grid,
    choose_modality,
    coverage_grid,
    relevance,
    shuffled,
    token_indices,
    tokens_from_sar,
    uniform_sample,
)
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


def _log(*values: float) -> list[float]:
    return [math.log(value) for value in values]


def test_relevance_by_hand() -> None:
    """D = 4, so scores are halved; the embeddings are twice the logarithms of small whole numbers."""
    question = torch.tensor([[2.0, 0, 0, 0], [0, 2.0, 0, 0]])
    visual = torch.tensor([[*_log(1, 3), 9.0, -9.0], [*_log(2, 3), 0, 0], [*_log(5, 2), 1.0, 1.0]])
    # First question token: softmax of log 1, 2, 5 = 1/8, 2/8, 5/8; second: of log 3, 3, 2 = 3/8, 3/8, 2/8.
    found = relevance(question, visual)
    torch.testing.assert_close(found, torch.tensor([4 / 16, 5 / 16, 7 / 16]))
    assert relevance(question.bfloat16(), visual.bfloat16()).dtype == torch.float32


@given(st.integers(1, 5), st.integers(1, 7), st.integers(1, 6), st.integers(0, 9))
def test_relevance_is_the_formula(length: int, count: int, width: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    question, visual = rng.normal(size=(length, width)), rng.normal(size=(count, width))
    expected = np.zeros(count)
    for q in question:
        powers = [math.exp(float(v @ q) / math.sqrt(width)) for v in visual]
        expected += np.array(powers) / sum(powers) / length
    found = relevance(torch.tensor(question), torch.tensor(visual))
    np.testing.assert_allclose(found.numpy(), expected, rtol=1e-5)
    assert float(found.sum()) == pytest.approx(1)


def test_ties_go_to_sar_in_the_paper_and_to_optical_in_the_release() -> None:
    optical, sar = torch.tensor([0.5, 0.25, 0.25]), torch.tensor([0.25, 0.25, 0.5])
    assert choose_modality(optical, sar).tolist() == [False, True, True]
    assert choose_modality(optical, sar, ties_to_sar=False).tolist() == [False, False, True]


def test_paper_and_release_differ_in_the_tokens_of_the_softmax() -> None:
    """One question token of width 1: scores are the tokens. The unselected third token decides the paper's choice."""
    question = torch.ones(1, 1)
    optical = torch.tensor([_log(4, 2, 10)]).T  # over all: 4, 2, 10 of 16; over the first two: 4, 2 of 6
    sar = torch.tensor([_log(3, 3, 2)]).T  # over all: 3, 3, 2 of 8; over the first two: 3, 3 of 6
    selected = torch.tensor([0, 1])
    assert tokens_from_sar(question, optical, sar, selected).tolist() == [True, True]
    assert tokens_from_sar(question, optical, sar, selected, published=True).tolist() == [False, True]
    assert tokens_from_sar(question, optical, optical, selected).tolist() == [True, True]
    assert tokens_from_sar(question, optical, optical, selected, published=True).tolist() == [False, False]
    assert tokens_from_sar(question, optical, sar, selected[:0]).tolist() == []


def test_relevance_needs_rows_of_one_width() -> None:
    with pytest.raises(ValueError, match="width"):
        relevance(torch.ones(2, 3), torch.ones(2, 4))
    with pytest.raises(ValueError, match="nothing"):
        relevance(torch.ones(0, 3), torch.ones(2, 3))
    with pytest.raises(ValueError, match="position"):
        choose_modality(torch.ones(2), torch.ones(3))


@given(MASKS)
def test_a_box_is_the_smallest_rectangle_around_a_mask(mask: np.ndarray) -> None:
    around = box(mask)
    assert not (mask & ~around).any()
    rows, cols = np.nonzero(mask)
    side = (rows.max() - rows.min() + 1) * (cols.max() - cols.min() + 1) if len(rows) else 0
    assert around.sum() == side


def test_as_many_cells_by_lot_and_always_the_same() -> None:
    grid = np.zeros((16, 16), bool)
    grid[:4, :4] = True
    found = shuffled(grid)
    assert found.sum() == 16
    assert 0 <= (found & grid).sum() < 8
    assert np.array_equal(found, shuffled(grid))
