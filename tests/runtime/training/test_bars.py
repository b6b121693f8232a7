"""What is measured of masks, on places of a few pixels counted by hand."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model_runtime.terra_cot.scenes import CLASSES
from model_runtime.training import bars
from model_runtime.training.bars import (
    MERGED,
    STRICT,
    TIGHT,
    WIDE,
    four_options,
    group_score,
    headline,
    judge,
    larger_of_two,
    mean_iou,
    over_sites,
    pooled_miou,
    truth_of,
)

from .known_places import CROP_OR_GRASS, nothing, of_codes, place, truth

WATER, TREES, CROP, GRASS, BUILT, BARE = range(1, 7)


def test_a_pixel_that_may_be_another_class_is_not_known() -> None:
    here = place(np.array([[1 << 2, CROP_OR_GRASS, 1 << 0, 0]], np.uint16))
    inside, known = truth_of(here, ["cropland"])
    assert inside.tolist() == [[True, False, False, False]]
    assert known.tolist() == [[True, False, True, False]]
    inside, known = truth_of(here, MERGED["crop or grass"])
    assert inside.tolist() == [[True, True, False, False]]
    assert known.tolist() == [[True, True, True, False]]


def test_iou_and_coverage_by_hand() -> None:
    here = of_codes([[WATER, WATER, TREES, 0]])
    score = group_score(here, np.array([[True, False, True, True]]), ["water"])
    assert score.iou == pytest.approx(1 / 3)
    assert (score.truth_pct, score.claimed_pct) == (pytest.approx(200 / 3), pytest.approx(200 / 3))
    assert score.error_pct == 0
    assert group_score(here, np.zeros((1, 4), bool), ["snow and ice"]).iou is None


def test_crop_taken_for_grass_is_wrong_in_miou7_only() -> None:
    here = of_codes([[WATER, TREES, CROP, CROP]])
    masks = {**truth(here), "cropland": np.zeros((1, 4), bool), "grassland": np.array([[False, False, True, True]])}
    found = judge(here, masks)
    assert mean_iou(found.merged) == 1
    assert mean_iou(found.strict) == pytest.approx(2 / 3)


def test_a_claim_of_what_is_nowhere_counts_where_places_are_pooled() -> None:
    lake, wood = of_codes([[WATER, BUILT]], "lake"), of_codes([[TREES, BUILT]], "wood")
    claims_water = {**truth(wood), "water": np.array([[True, True]])}
    scores = [judge(lake, truth(lake)).merged, judge(wood, claims_water).merged]
    assert mean_iou(scores[1]) == 1
    assert pooled_miou(scores) == pytest.approx((1 / 3 + 1 + 1) / 3)


def test_windows_of_one_site_count_as_one_place() -> None:
    right = judge(of_codes([[WATER, TREES, BUILT]], "a", site="one"), truth(of_codes([[WATER, TREES, BUILT]])))
    wrong = judge(of_codes([[WATER, TREES, BUILT]], "b", site="one"), nothing(of_codes([[WATER, TREES, BUILT]])))
    alone = judge(of_codes([[WATER, TREES, BUILT]], "c"), truth(of_codes([[WATER, TREES, BUILT]])))
    assert over_sites([right, wrong, alone], lambda score: mean_iou(score.merged)) == pytest.approx(0.75)


def test_places_of_fewer_than_three_groups_are_left_out_of_the_headline() -> None:
    two, three = of_codes([[CROP, BUILT]], "two"), of_codes([[WATER, TREES, BARE]], "three")
    found = headline([judge(two, nothing(two)), judge(three, truth(three))])
    assert found["miou6"] == 1
    assert found["coverage_error_pct"] == 0


@pytest.mark.parametrize(
    ("apart", "off", "right"), [(TIGHT, 2.0, 100), (TIGHT, 40.0, 0), (TIGHT, -40.0, 0), (WIDE, 7.0, 100)]
)
def test_the_nearest_of_four_options_is_taken(apart: tuple[float, float], off: float, right: float) -> None:
    codes = np.full((10, 20), TREES)
    codes[:, :10] = WATER
    claimed = np.zeros((10, 20), bool)
    claimed.ravel()[: int(200 * (50 + off) / 100)] = True
    here = of_codes(codes)
    found = judge(here, {**nothing(here), "water": claimed, "trees": claimed})
    assert four_options(found, apart) == right


@pytest.mark.parametrize("truth_pct", [0.5, 3, 50, 98])
def test_wrong_options_lie_as_far_off_as_is_asked_for(truth_pct: float) -> None:
    rng = random.Random(1)
    for apart in (TIGHT, WIDE):
        for _ in range(50):
            options = bars._wrong(truth_pct, apart, rng)
            assert len(options) == 3
            assert all(0 <= option <= 100 and apart[0] <= abs(option - truth_pct) <= apart[1] for option in options)


def test_the_larger_of_two_is_told_by_claimed_coverage() -> None:
    here = of_codes([[WATER] * 6 + [TREES] * 3 + [BUILT] * 3])
    scores = judge(here, truth(here))
    assert larger_of_two([scores]) == 100  # trees and built-up are as large as each other and not compared
    swapped = {**truth(here), "water": truth(here)["trees"], "trees": truth(here)["water"]}
    assert larger_of_two([judge(here, swapped)]) == 0  # of water and built-up as much is claimed: not right either


@settings(max_examples=40, deadline=None)
@given(arrays(np.uint8, (6, 7), elements=st.integers(0, len(CLASSES))))
def test_the_truth_scores_full_marks_wherever_there_is_any(codes: np.ndarray) -> None:
    here = of_codes(codes)
    found = judge(here, truth(here))
    for scores in (found.merged, found.strict):
        assert mean_iou(scores) == (1 if np.isin(codes, range(1, len(STRICT) + 1)).any() else None)
        assert all(score.error_pct == 0 for score in scores.values())


@settings(max_examples=40, deadline=None)
@given(arrays(np.uint8, (5, 5), elements=st.integers(0, 9)), arrays(np.bool_, (5, 5)))
def test_scores_stay_within_their_bounds(codes: np.ndarray, mask: np.ndarray) -> None:
    here = of_codes(codes)
    for score in judge(here, dict.fromkeys(CLASSES, mask)).classes.values():
        assert score.iou is None or 0 <= score.iou <= 1
        assert 0 <= score.error_pct <= 100
        assert score.both <= score.either
