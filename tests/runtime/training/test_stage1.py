"""Points beside a prompt lie where a person would set them."""

from __future__ import annotations

import torch

from model_runtime.training.stage1 import draw_clicks


def test_points_lie_inside_and_outside_of_what_is_known() -> None:
    torch.manual_seed(0)
    target, known = torch.zeros(2, 1, 16, 20), torch.ones(2, 1, 16, 20)
    target[0, 0, 3:6, 7:12] = 1
    known[0, 0, :, 15:] = 0  # there nothing may be clicked
    clicks = draw_clicks(target, known, 5)
    assert clicks.points.shape == (2, 1, 10, 2)
    assert clicks.labels[0, 0].tolist() == [1] * 5 + [0] * 5
    assert clicks.labels[1, 0].tolist() == [-1] * 5 + [0] * 5  # an empty region has no inside
    for (column, row), label in zip(clicks.points[0, 0].long().tolist(), clicks.labels[0, 0].tolist(), strict=True):
        assert target[0, 0, row, column] == label
        assert known[0, 0, row, column] == 1
