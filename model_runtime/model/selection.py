"""From a mask to the visual tokens that go back into the context; pure array arithmetic.

Paper section 3.2 (more than 50 % of a token's cell; Eq. 4-5, which sensor each token comes from) and appendix C
(spatial uniform sampling); the published weights' behaviour is SPEC 5.5 (sample at the cell centre) and, in training
only, SPEC 5.6 (the sensor).
"""

from __future__ import annotations

import math

import numpy as np
import torch


def coverage_grid(mask: np.ndarray, rows: int, cols: int) -> np.ndarray:
    """Share of each token cell that the mask covers.

    Args:
        mask: bool (H, W).
        rows: cells down.
        cols: cells across.

    Returns:
        float64 (rows, cols) in 0..1, exact also where cell edges cut through pixels.
    """
    height, width = mask.shape
    table = np.zeros((height + 1, width + 1))
    table[1:, 1:] = mask.cumsum(0, dtype=np.float64).cumsum(1)
    at_rows = _interpolate(table, np.linspace(0, height, rows + 1))
    at_both = _interpolate(at_rows.T, np.linspace(0, width, cols + 1)).T
    inside = at_both[1:, 1:] - at_both[:-1, 1:] - at_both[1:, :-1] + at_both[:-1, :-1]
    return inside / (height / rows * width / cols)


def _interpolate(table: np.ndarray, positions: np.ndarray) -> np.ndarray:
    """Rows of a summed-area table at fractional positions (linear is exact: pixels are constant inside)."""
    low = np.minimum(positions.astype(int), table.shape[0] - 2)
    part = (positions - low)[:, None]
    return table[low] * (1 - part) + table[low + 1] * part


def centre_grid(mask: np.ndarray, tile_rows: int, tile_cols: int, tile: int, side: int) -> np.ndarray:
    """The published rule: nearest-neighbour resize to the tiles' pixels, then to the tokens (SPEC 5.5).

    Returns:
        bool (tile_rows * side, tile_cols * side).
    """
    height, width = mask.shape
    rows = _nearest(tile_rows * tile, tile_rows * side)
    cols = _nearest(tile_cols * tile, tile_cols * side)
    return mask[np.ix_(_nearest(height, tile_rows * tile)[rows], _nearest(width, tile_cols * tile)[cols])]


def _nearest(source: int, target: int) -> np.ndarray:
    """Source index of each target pixel, as PIL's NEAREST resize picks it."""
    # PIL adds the step up instead of multiplying, and its rounding decides where a sample falls between two pixels.
    step = source / target
    position = np.cumsum(np.r_[0.5 * step, np.full(target - 1, step)])
    return np.minimum(position.astype(int), source - 1)


def box(mask: np.ndarray) -> np.ndarray:
    """The smallest rectangle around a mask, bool (H, W): the Box CoT of the paper's Table 2."""
    around = np.zeros_like(mask)
    rows, cols = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if len(rows):
        around[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1] = True
    return around


def shuffled(grid: np.ndarray) -> np.ndarray:
    """As many cells by lot, always the same ones for the same number: the Random-Mask CoT of the paper's Table 2."""
    count = int(grid.sum())
    return np.random.default_rng(count).permutation(grid.ravel()).reshape(grid.shape)


def uniform_sample(positions: np.ndarray, limit: int) -> np.ndarray:
    """At most `limit` of the positions, spread over the region (paper appendix C; SPEC 5.5).

    The region's bounding box is cut into ceil(sqrt(limit))^2 cells, scanned row by row; each gives the token
    nearest its centre.

    Args:
        positions: int (n, 2), row and column of each selected token.
        limit: most tokens to keep.

    Returns:
        Indices into `positions`, in scan order.
    """
    if len(positions) <= limit:
        return np.arange(len(positions))
    side = math.ceil(math.sqrt(limit))
    top, left = positions.min(0)
    bottom, right = positions.max(0) + 1
    step_y = max(1.0, (bottom - top) / side)
    step_x = max(1.0, (right - left) / side)
    chosen: list[int] = []
    for i in range(side):
        for j in range(side):
            # Both edges and the centre from them, in this order of arithmetic: the released code's rounding.
            y0, y1 = top + i * step_y, top + (i + 1) * step_y
            x0, x1 = left + j * step_x, left + (j + 1) * step_x
            rows, cols = positions[:, 0], positions[:, 1]
            inside = np.flatnonzero((rows >= y0) & (rows < y1) & (cols >= x0) & (cols < x1))
            if inside.size == 0:
                continue
            offset = positions[inside] - ((y0 + y1) / 2, (x0 + x1) / 2)
            chosen.append(int(inside[np.argmin((offset**2).sum(1))]))
            if len(chosen) == limit:
                return np.asarray(chosen)
    return np.asarray(chosen, dtype=int)


def token_indices(grid: np.ndarray, side: int, limit: int) -> np.ndarray:
    """Indices of the selected tokens in the image's feature bank, tile by tile, row by row.

    Args:
        grid: bool (tile_rows * side, tile_cols * side), the selected cells.
        side: tokens along one side of a tile.
        limit: most tokens to keep.

    Returns:
        int64 (k,), k <= limit; empty when nothing is selected.
    """
    rows, cols = np.nonzero(grid)
    tile_cols = grid.shape[1] // side
    index = (rows // side * tile_cols + cols // side) * side * side + rows % side * side + cols % side
    order = np.argsort(index, kind="stable")
    positions = np.stack([rows, cols], 1)[order]
    return index[order][uniform_sample(positions, limit)]


def relevance(question: torch.Tensor, visual: torch.Tensor) -> torch.Tensor:
    """How much each visual token of one modality matters to the question: beta of the paper's Eq. 4.

    Per question token a softmax over the visual tokens, then the mean over the question tokens; so the result is a
    distribution over the visual tokens, and those of two modalities with as many tokens each can be compared.

    Args:
        question: (L, D) embeddings of the question's text tokens.
        visual: (n, D) visual tokens of one modality, after the projector.

    Returns:
        float32 (n,), not negative, sum 1.

    Raises:
        ValueError: one of them is empty, or they are not rows of the same width.
    """
    if question.ndim != 2 or visual.ndim != 2 or question.shape[1] != visual.shape[1]:
        raise ValueError(f"Not rows of one width: question {tuple(question.shape)}, visual {tuple(visual.shape)}.")
    if not len(question) or not len(visual):
        raise ValueError("The relevance of nothing, or to nothing, was asked for.")
    # In half precision many scores would tie, and ties decide Eq. 5.
    scores = visual.float() @ question.float().T / math.sqrt(visual.shape[1])
    return scores.softmax(dim=0).mean(dim=1)


def choose_modality(optical: torch.Tensor, sar: torch.Tensor, ties_to_sar: bool = True) -> torch.Tensor:
    """Which sensor each token comes from, by the higher relevance: the paper's Eq. 5.

    Args:
        optical: (n,) relevance of the optical tokens.
        sar: (n,) relevance of the SAR tokens at the same positions.
        ties_to_sar: as in the paper ("otherwise"); the released training gives ties to optical (SPEC 6, row 7).

    Returns:
        bool (n,), True where the token is taken from SAR.

    Raises:
        ValueError: the two have not one value for each of the same positions.
    """
    if optical.ndim != 1 or optical.shape != sar.shape:
        raise ValueError(f"Not one relevance per position: optical {tuple(optical.shape)}, SAR {tuple(sar.shape)}.")
    return sar >= optical if ties_to_sar else sar > optical


def tokens_from_sar(
    question: torch.Tensor, optical: torch.Tensor, sar: torch.Tensor, selected: torch.Tensor, published: bool = False
) -> torch.Tensor:
    """Which of the tokens under a mask are taken from SAR; the others are taken from the optical image.

    Args:
        question: (L, D) text embeddings: the question's (paper), or those of all positions that hold no visual token
            (the released training; SPEC 5.6).
        optical: (n, D) all optical tokens.
        sar: (n, D) all SAR tokens, at the same positions.
        selected: int64 (k,) positions under the mask.
        published: as the released training does it: softmax over the selected tokens only, ties to optical (SPEC 6,
            rows 6-7). Otherwise as the paper does: softmax over all tokens, ties to SAR.

    Returns:
        bool (k,), True where the token is taken from SAR.

    Raises:
        ValueError: as `relevance` and `choose_modality`.
    """
    if not len(selected):
        return torch.zeros(0, dtype=torch.bool, device=selected.device)
    if published:
        return choose_modality(relevance(question, optical[selected]), relevance(question, sar[selected]), False)
    return choose_modality(relevance(question, optical), relevance(question, sar))[selected]
