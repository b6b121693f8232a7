"""How masks lie in their image and to one another, against plain loops over pixels."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from model_runtime.measure import layout

masks = st.tuples(st.integers(3, 14), st.integers(3, 14)).flatmap(lambda shape: arrays.arrays(bool, shape))
sizes = st.tuples(st.sampled_from([1.0, 3.5, 10.0]), st.sampled_from([1.0, 10.0, 12.0]))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    shape = draw(st.tuples(st.integers(3, 12), st.integers(3, 12)))
    return draw(arrays.arrays(bool, shape)), draw(arrays.arrays(bool, shape))


@given(pairs(), sizes)
@settings(deadline=None)
def test_gaps_are_the_least_distance_of_pixel_squares(
    drawn: tuple[np.ndarray, np.ndarray], size_m: tuple[float, float]
) -> None:
    _, other = drawn
    if not other.any():
        return
    gaps = layout.gaps_m(other, size_m)
    there = list(zip(*np.nonzero(other), strict=True))
    for row, col in np.ndindex(other.shape):
        expected = min(
            math.hypot(max(0, abs(col - c) - 1) * size_m[0], max(0, abs(row - r) - 1) * size_m[1]) for r, c in there
        )
        assert gaps[row, col] == pytest.approx(expected, abs=1e-9)


@given(pairs(), sizes)
@settings(deadline=None)
def test_the_edge_along_another_mask(drawn: tuple[np.ndarray, np.ndarray], size_m: tuple[float, float]) -> None:
    mask, other = drawn
    total = shared = 0.0
    for row, col in np.ndindex(mask.shape):
        for down, right, length in ((0, 1, size_m[1]), (0, -1, size_m[1]), (1, 0, size_m[0]), (-1, 0, size_m[0])):
            r, c = row + down, col + right
            if mask[row, col] and 0 <= r < mask.shape[0] and 0 <= c < mask.shape[1] and not mask[r, c]:
                total += length
                shared += length * bool(other[r, c])
    assert layout.edge_pct(mask, other, size_m) == pytest.approx(100 * shared / total if total else 0)


@given(masks)
def test_parts_are_as_many_as_a_flood_fill_finds(mask: np.ndarray) -> None:
    left, found = {(int(r), int(c)) for r, c in zip(*np.nonzero(mask), strict=True)}, []
    while left:
        todo, size = [left.pop()], 0
        while todo:
            row, col = todo.pop()
            size += 1
            near = {(row + 1, col), (row - 1, col), (row, col + 1), (row, col - 1)} & left
            left -= near
            todo += near
        found.append(size)
    assert sorted(layout.part_sizes(mask)) == sorted(size for size in found if size >= layout.LEAST_PART_PX)


def placed(rows: slice, cols: slice, size: int = 90) -> np.ndarray:
    mask = np.zeros((size, size), bool)
    mask[rows, cols] = True
    return mask


@pytest.mark.parametrize(
    ("mask", "words"),
    [
        (placed(slice(0, 20), slice(0, 20)), "in the north-west"),
        (placed(slice(0, 20), slice(70, 90)), "in the north-east"),
        (placed(slice(40, 50), slice(40, 50)), "in the centre"),
        (placed(slice(70, 90), slice(35, 50)), "in the south"),
        (placed(slice(85, 90), slice(0, 90)), "along the southern edge"),
        (placed(slice(0, 90), slice(0, 10)), "along the western edge"),
        (placed(slice(0, 44), slice(0, 90)), "in the northern half"),
        (placed(slice(0, 90), slice(46, 90)), "in the eastern half"),
        (placed(slice(0, 90), slice(0, 90)), "all over the image"),
        (placed(slice(0, 20), slice(0, 20)) | placed(slice(70, 90), slice(70, 90)),
         "in the north-west and the south-east"),
        (placed(slice(0, 0), slice(0, 0)), ""),
    ],
)  # fmt: skip
def test_places_by_hand(mask: np.ndarray, words: str) -> None:
    assert layout.where(mask) == words


@given(masks)
def test_places_turn_with_the_image(mask: np.ndarray) -> None:
    """What lies in the north of an image lies in the south of its mirror image."""
    words = layout.where(mask)
    turned = words.replace("north", "NORTH").replace("south", "north").replace("NORTH", "south")
    if " and " in words:  # two cells; of three that are as full, the first two are told
        assert " and " in layout.where(mask[::-1])
    else:
        assert layout.where(mask[::-1]) == turned


@pytest.mark.parametrize("mask", [np.ones((1, 1), bool), np.ones((2, 50), bool)])
def test_an_image_without_nine_cells_has_no_places(mask: np.ndarray) -> None:
    assert layout.where(mask) == ""


@pytest.mark.parametrize(
    ("offset", "words"),
    [((-30, 0), "north"), ((30, 0), "south"), ((0, 30), "east"), ((0, -30), "west"), ((-30, 30), "north-east"),
     ((30, -30), "south-west"), ((0, 0), "")],
)  # fmt: skip
def test_directions_by_hand(offset: tuple[int, int], words: str) -> None:
    row, col = 40 + offset[0], 40 + offset[1]
    one = placed(slice(row, row + 4), slice(col, col + 4))
    assert layout.direction(one, placed(slice(40, 44), slice(40, 44))) == words


def test_directions_are_on_the_ground() -> None:
    """Pixels that are twice as wide as high lean a diagonal towards the east."""
    one, other = placed(slice(0, 2), slice(60, 62)), placed(slice(60, 62), slice(0, 2))
    assert layout.direction(one, other, (10, 10)) == "north-east"
    assert layout.direction(one, other, (100, 10)) == "east"


@given(pairs(), st.floats(0, 200))
@settings(deadline=None)
def test_the_share_within_a_reach(drawn: tuple[np.ndarray, np.ndarray], reach_m: float) -> None:
    mask, other = drawn
    if not other.any():
        return
    gaps = layout.gaps_m(other, (10.0, 10.0))
    share = layout.within_pct(gaps, mask, reach_m)
    near = sum(bool(mask[at]) and gaps[at] <= reach_m for at in np.ndindex(mask.shape))
    assert share == pytest.approx(100 * near / mask.sum() if mask.any() else 0)
    assert layout.within_pct(gaps, mask & other, reach_m) == (100 if (mask & other).any() else 0)
