"""Regions of a reasoning compared over three dates: which steps belong together, and on which pixels."""

from __future__ import annotations

import numpy as np
import pytest

from model_runtime import protocol
from model_runtime.measure import dates
from model_runtime.measure.area import PixelAreas

from .conftest import make_grid

AREAS = PixelAreas(make_grid("utm"))
SHAPE = (36, 40)


def step(index: int, phrase: str, image: int) -> protocol.Step:
    return protocol.Step(
        index=index, phrase=phrase, image=image, area_ha=0, area_uncertainty_ha=0, coverage_pct=0, pixels=0, score=1,
        tokens=0, layer=f"step_{index:02d}",
    )  # fmt: skip


def odds(rows: int) -> np.ndarray:
    """Sure that the first rows are the region."""
    return np.where(np.arange(36)[:, None] < rows, 9.0, -9.0) * np.ones(SHAPE)


def test_three_dates_in_any_order_are_followed() -> None:
    everything, clouded = np.ones(SHAPE, bool), np.ones(SHAPE, bool)
    clouded[:, 30:] = False
    steps = [step(1, "water", 3), step(2, "town", 1), step(3, "water", 1), step(4, "water", 2), step(5, "water", 1)]
    log_odds = [odds(30), odds(5), odds(3), odds(20), odds(10)]
    found = dates.compare(steps, log_odds, [everything, everything, clouded], AREAS)
    assert [(c.phrase, c.from_step, c.to_step) for c in found.changes] == [("water", 5, 4), ("water", 4, 1)]
    pixel = AREAS.area_ha(everything) / everything.size
    assert [c.gained_ha / pixel for c in found.changes] == pytest.approx([10 * 40, 10 * 30], rel=1e-3)
    assert [c.compared_ha / pixel for c in found.changes] == pytest.approx([36 * 40, 36 * 30], rel=1e-3)
    # the whole series on what all three dates show
    assert [p.area_ha / pixel for p in found.series] == pytest.approx([10 * 30, 20 * 30, 30 * 30], rel=1e-3)
    assert [p.step for p in found.series] == [5, 4, 1]
    assert found.transitions == []  # the town was mapped once
    for change, (gained, lost) in zip(found.changes, found.masks, strict=True):
        assert AREAS.area_ha(gained) == pytest.approx(change.gained_ha)
        assert AREAS.area_ha(lost) == pytest.approx(change.lost_ha) == 0


def test_a_doubtful_later_date_changes_nothing_but_the_steps_stay_as_they_were() -> None:
    everything = np.ones(SHAPE, bool)
    doubtful = np.where(np.arange(36)[:, None] < 8, 0.3, -0.3) * np.ones(SHAPE)  # two rows less, hardly
    found = dates.compare([step(1, "water", 1), step(2, "water", 2)], [odds(10), doubtful], [everything] * 2, AREAS)
    assert (found.changes[0].gained_ha, found.changes[0].lost_ha) == (0, 0)
    assert dates.no_change(found.changes[0]).startswith("water, image 1 to 2: no change that can be told from noise")


def test_a_date_that_shows_nothing_is_passed_over() -> None:
    everything, nothing = np.ones(SHAPE, bool), np.zeros(SHAPE, bool)
    steps = [step(i, "water", i) for i in (1, 2, 3)]
    found = dates.compare(steps, [odds(3), odds(20), odds(10)], [everything, nothing, everything], AREAS)
    assert [(c.from_image, c.to_image) for c in found.changes] == [(1, 3)]
    assert found.changes[0].gained_ha > 0
    assert [point.image for point in found.series] == [1, 3]


def test_dates_that_show_no_ground_together_have_no_change() -> None:
    left = np.zeros(SHAPE, bool)
    left[:, :20] = True
    found = dates.compare([step(1, "water", 1), step(2, "water", 2)], [odds(3), odds(20)], [left, ~left], AREAS)
    assert (found.changes, found.masks) == ([], [])
    assert found.unseen == ["water, image 1 to 2: there is no ground that both show; nothing was compared."]


def test_one_date_compares_nothing() -> None:
    assert dates.compare([step(1, "water", 1)], [None], [np.ones(SHAPE, bool)], AREAS) == dates.Compared()
