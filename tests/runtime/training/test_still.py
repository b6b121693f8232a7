"""What is said to change where nothing does."""

from __future__ import annotations

import numpy as np
import pytest

from model_runtime.training.still import changed_pct, differences, water_changed_pct

from .known_places import of_codes, truth


def test_maps_that_agree_show_no_change_and_any_class_that_differs_counts_once() -> None:
    changes = differences(truth)
    same = of_codes([[1, 2, 3, 4]])
    other = of_codes([[1, 2, 3, 3]])
    assert changed_pct(changes, [(same, same)]) == 0
    assert changed_pct(changes, [(same, other)]) == 25
    assert changed_pct(changes, [(same, same), (same, other)]) == pytest.approx(12.5)


def test_clouds_that_come_and_go_are_no_change_of_the_ground() -> None:
    assert "cloud" not in differences(truth)(of_codes([[9]]), of_codes([[1]]))


def test_water_is_judged_where_it_is_known_to_have_stayed() -> None:
    dates = [of_codes([[1, 2, 2, 2]]), of_codes([[2, 1, 2, 3]])]
    assert water_changed_pct(differences(truth), dates, np.array([[True, False, True, True]])) == pytest.approx(100 / 3)
