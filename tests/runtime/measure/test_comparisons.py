"""What regions come to together, in words."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.measure.comparisons import compared_text, difference, rival_of
from model_runtime.measure.words import Asked, Unit


@dataclass(frozen=True)
class Region:
    phrase: str
    image: int
    coverage_pct: float
    area_ha: float


WATER, TREES, CROPS = Region("water", 1, 8.06, 93.1), Region("trees", 1, 12.34, 140.4), Region("cropland", 1, 30, 341)
LATER, LAST = Region("water", 2, 4, 46.2), Region("water", 3, 0, 0)
NOTHING, DIFFERENCE = Asked(), Asked(difference="points")


@pytest.mark.parametrize(
    ("asked", "marked", "text"),
    [
        (NOTHING, [WATER, TREES], ""),
        (DIFFERENCE, [WATER], ""),
        (DIFFERENCE, [WATER, TREES], "; 4.2 points more than water"),
        (Asked(difference="ha"), [TREES, WATER], "; 46.9 ha less than trees"),
        (DIFFERENCE, [WATER, WATER], ""),
        (Asked(difference="ha"), [WATER, LATER, LAST], "; 93.1 ha less than in image 1"),
        (DIFFERENCE, [WATER, LATER, TREES], "; 4.2 points more than water"),
        (Asked(ranking=True), [WATER], ""),
        (Asked(ranking=True), [WATER, TREES, CROPS], "; from the largest: cropland, trees, water"),
        (Asked(ranking=True), [WATER, LATER], ""),
        (Asked(mean="ha"), [WATER], ""),
        (Asked(mean="ha"), [WATER, TREES], ""),
        (Asked(mean="ha"), [WATER, LATER, LAST], "; mean of 3 images 46.4 ha"),
        (Asked(mean="points"), [WATER, LATER], "; mean of 2 images 6 %"),
    ],
)
def test_by_hand(asked: Asked, marked: list[Region], text: str) -> None:
    assert compared_text(asked, marked) == text


regions = st.builds(
    Region, st.sampled_from(["water", "trees"]), st.integers(1, 3), st.floats(0, 100), st.floats(0, 1e6)
)
units = st.sampled_from(["ha", "points"])


@given(regions, regions, units)
def test_a_difference_is_that_of_the_figures_as_shown(a: Region, b: Region, unit: Unit) -> None:
    there, back = difference(a, b, unit), difference(b, a, unit)
    assert there.split()[0] == back.split()[0]
    words = {there.split()[2], back.split()[2]}
    assert words == ({"more"} if there.startswith("0 ") else {"more", "less"})


@given(st.lists(regions, min_size=1, max_size=6))
def test_a_region_is_held_against_another_one_or_itself_at_another_date(marked: list[Region]) -> None:
    rival, last = rival_of(marked), marked[-1]
    assert rival is None or (rival.phrase == last.phrase) != (rival.image == last.image)
