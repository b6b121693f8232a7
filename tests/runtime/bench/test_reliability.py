"""The IoU that a model expects of its masks against the true one."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("pyarrow", reason="the extra `data` is not installed")
pytest.importorskip("pycocotools", reason="the extra `data` is not installed")

from model_runtime.bench.mask_scores import iou  # noqa: E402
from model_runtime.bench.reliability import Reliability, reliability  # noqa: E402
from model_runtime.bench.responses import DrawnMask, Response  # noqa: E402
from model_runtime.bench.scoring import judge  # noqa: E402
from model_runtime.bench.suites import Question  # noqa: E402
from model_runtime.terra_cot.entries import encode  # noqa: E402

if TYPE_CHECKING:
    from model_runtime.bench.items import Item

SHARES = st.floats(0, 1)


def test_the_error_is_that_of_the_formula_by_hand() -> None:
    found = Reliability(np.array([0.1, 0.12, 0.95, 1.0]), np.array([0.3, 0.5, 0.9, 0.8]))
    assert [count for _, _, count in found.bins] == [2, 2]
    assert found.calibration_error == pytest.approx((2 * (0.4 - 0.11) + 2 * (0.975 - 0.85)) / 4)
    assert found.bias == pytest.approx(0.5425 - 0.625)


@given(st.lists(st.tuples(SHARES, SHARES), min_size=1, max_size=40))
def test_it_lies_between_the_bias_and_the_mean_distance(pairs: list[tuple[float, float]]) -> None:
    scores, ious = np.array(pairs).T
    found = Reliability(scores, ious)
    assert sum(count for _, _, count in found.bins) == len(pairs)
    assert abs(found.bias) - 1e-9 <= found.calibration_error <= np.abs(scores - ious).mean() + 1e-9


def test_each_mask_is_held_against_the_region_that_it_names(many: list[Item]) -> None:
    item = next(item for item in many if item.task == "area_ranking")
    region, other = item.masks
    half = region.mask.copy()
    half[: len(half) // 2] = False
    masks = (
        DrawnMask(region.phrase, 1, encode(half), 0.7),
        DrawnMask(other.phrase, 1, other.rle, 0.9),
        DrawnMask("solar panels", 1, region.rle, 0.8),
        DrawnMask(region.phrase, 1, region.rle),
    )
    question = Question(item.id, item.task, item.question, "choice", item.candidates, item.answer, item=item)
    response = Response(item.id, "question", masks=masks)
    (judged,) = judge("terrascope", [question], [response])
    found = reliability([judged])
    assert found.scores.tolist() == [0.7, 0.9]
    assert found.ious.tolist() == [iou(half, region.mask), 1.0]
    assert reliability([replace(judged, response=replace(response, masks=masks[2:]))]) is None


def test_responses_of_earlier_versions_have_masks_without_a_score(many: list[Item]) -> None:
    rle = many[0].masks[0].rle
    response = Response("1", "question", masks=(DrawnMask("water", 1, rle, 0.5),))
    assert Response.of_line(response.line()) == response
    fields = json.loads(response.line())
    del fields["masks"][0]["score"]
    assert Response.of_line(json.dumps(fields)).masks == (DrawnMask("water", 1, rle, None),)
