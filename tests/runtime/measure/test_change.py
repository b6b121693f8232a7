"""Change against plain per-pixel loops, the joint decision against every history, and the floor against noise."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import ndimage

from model_runtime.measure import change
from model_runtime.measure.area import PixelAreas
from model_runtime.scene.grid import Grid

from .conftest import blobs, make_grid

SHAPE = (9, 11)
SOME_PLACES = ("utm", "degrees, Paris", "pole on a corner", "a quarter of a degree")
AREAS = {name: PixelAreas(make_grid(name, SHAPE[1], SHAPE[0])) for name in SOME_PLACES}
MASKS = hnp.arrays(bool, SHAPE)
PLACE = st.sampled_from(SOME_PLACES)


def pixel_ha(areas: PixelAreas) -> np.ndarray:
    return areas.m2(0, areas.grid.height) / 10_000


def neighbours(row: int, column: int) -> list[tuple[int, int]]:
    around = [(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)]
    return [(r, c) for r, c in around if 0 <= r < SHAPE[0] and 0 <= c < SHAPE[1]]


def by_pixels(earlier: np.ndarray, later: np.ndarray, compared: np.ndarray, ha: np.ndarray) -> dict[str, float]:
    found = dict.fromkeys(("gained", "lost", "kept", "compared", "ring 1", "ring 2"), 0.0)
    for row, column in np.ndindex(*SHAPE):
        if not compared[row, column]:
            continue
        found["compared"] += ha[row, column]
        was, is_now = earlier[row, column], later[row, column]
        if was or is_now:
            found["kept" if was and is_now else "lost" if was else "gained"] += ha[row, column]
        for name, mask in (("ring 1", earlier), ("ring 2", later)):
            if mask[row, column] and any(compared[at] and not mask[at] for at in neighbours(row, column)):
                found[name] += ha[row, column]
    return found


def groups(mask: np.ndarray) -> list[set[tuple[int, int]]]:
    left, found = {tuple(at) for at in np.argwhere(mask)}, []
    while left:
        group, edge = set(), [left.pop()]
        while edge:
            at = edge.pop()
            group.add(at)
            for near in neighbours(*at):
                if near in left:
                    left.remove(near)
                    edge.append(near)
        found.append(group)
    return found


def plain_noise(mask: np.ndarray, other: np.ndarray, compared: np.ndarray, ha: np.ndarray) -> float:
    total = 0.0
    for group in groups(mask & compared):
        ring = {at for at in group if any(compared[near] and not mask[near] for near in neighbours(*at))}
        total += sum(ha[at] for at in ring) / 2
        if ring == group:  # a speck: the other half as well, where only this date has it
            total += sum(ha[at] for at in ring if not other[at]) / 2
    return total


@given(place=PLACE, earlier=MASKS, later=MASKS, compared=MASKS)
@settings(max_examples=150, deadline=None)
def test_hectares_are_those_of_a_pixel_loop(
    place: str, earlier: np.ndarray, later: np.ndarray, compared: np.ndarray
) -> None:
    areas = AREAS[place]
    ha = pixel_ha(areas)
    found, plain = change.between(earlier, later, compared, areas), by_pixels(earlier, later, compared, ha)
    assert found.gained_ha == pytest.approx(plain["gained"], rel=1e-12)
    assert found.lost_ha == pytest.approx(plain["lost"], rel=1e-12)
    assert found.kept_ha == pytest.approx(plain["kept"], rel=1e-12)
    assert found.compared_ha == pytest.approx(plain["compared"], rel=1e-12)
    assert found.earlier_ha == pytest.approx(areas.area_ha(earlier & compared), rel=1e-12)
    assert found.later_ha == pytest.approx(areas.area_ha(later & compared), rel=1e-12)
    rings = math.sqrt(plain["ring 1"] ** 2 + plain["ring 2"] ** 2)
    assert found.uncertainty_ha == pytest.approx(rings / 2, rel=1e-12)
    larger = max(plain["lost"], plain["gained"]) + plain["kept"]
    noise = plain_noise(earlier, later, compared, ha) + plain_noise(later, earlier, compared, ha)
    assert found.floor_ha == pytest.approx(max(noise, 0.04 * larger), rel=1e-12)
    if found.earlier_ha:
        assert found.gained_pct == pytest.approx(100 * plain["gained"] / (plain["lost"] + plain["kept"]))
        assert found.lost_pct == pytest.approx(100 * plain["lost"] / (plain["lost"] + plain["kept"]))
    else:
        assert found.gained_pct is None
        assert found.lost_pct is None


@given(place=PLACE, earlier=MASKS, later=MASKS, compared=MASKS)
@settings(max_examples=60, deadline=None)
def test_time_backwards_swaps_gain_and_loss(
    place: str, earlier: np.ndarray, later: np.ndarray, compared: np.ndarray
) -> None:
    areas = AREAS[place]
    there, back = (change.between(*pair, compared, areas) for pair in ((earlier, later), (later, earlier)))
    assert (there.gained_ha, there.lost_ha, there.kept_ha) == (back.lost_ha, back.gained_ha, back.kept_ha)
    assert (there.floor_ha, there.told) == (back.floor_ha, back.told)
    one, other = (change.objects(*pair, compared, areas) for pair in ((earlier, later), (later, earlier)))
    assert (one.gone, one.new, one.earlier, one.later) == (other.new, other.gone, other.later, other.earlier)


@given(
    place=PLACE,
    earlier=hnp.arrays(np.uint8, SHAPE, elements=st.integers(0, 3)),
    later=hnp.arrays(np.uint8, SHAPE, elements=st.integers(0, 3)),
    compared=MASKS,
)
@settings(max_examples=80, deadline=None)
def test_the_matrix_is_that_of_a_pixel_loop(
    place: str, earlier: np.ndarray, later: np.ndarray, compared: np.ndarray
) -> None:
    areas = AREAS[place]
    plain, ha = np.zeros((4, 4)), pixel_ha(areas)
    for at in np.argwhere(compared):
        plain[earlier[tuple(at)], later[tuple(at)]] += ha[tuple(at)]
    found = change.from_to(earlier, later, 3, compared, areas)
    assert found == pytest.approx(plain, rel=1e-12)
    assert found.sum(axis=1)[1:] == pytest.approx(areas.areas_ha(np.where(compared, earlier, 0), 3), rel=1e-12)
    assert found.sum(axis=0)[1:] == pytest.approx(areas.areas_ha(np.where(compared, later, 0), 3), rel=1e-12)
    assert found.sum() == pytest.approx(areas.total_ha(compared), rel=1e-12)


def test_many_classes_do_not_run_over() -> None:
    areas = AREAS["utm"]
    earlier = np.full(SHAPE, 20, np.uint8)
    later = np.full(SHAPE, 3, np.uint8)
    found = change.from_to(earlier, later, 20, np.ones(SHAPE, bool), areas)
    assert found[20, 3] == pytest.approx(found.sum())


@given(masks=st.lists(MASKS, min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_the_first_mask_that_holds_a_pixel_names_it(masks: list[np.ndarray]) -> None:
    found = change.classes(masks)[:]
    for at in np.ndindex(*SHAPE):
        assert found[at] == next((number for number, mask in enumerate(masks, 1) if mask[at]), 0)


@given(place=PLACE, earlier=MASKS, later=MASKS, compared=MASKS)
@settings(max_examples=100, deadline=None)
def test_objects_are_those_of_a_flood_fill(
    place: str, earlier: np.ndarray, later: np.ndarray, compared: np.ndarray
) -> None:
    areas = AREAS[place]
    ha = pixel_ha(areas)

    def uncovered(one: np.ndarray, other: np.ndarray) -> int:
        count = 0
        for group in groups(one & compared):
            whole = sum(ha[at] for at in group)
            count += sum(ha[at] for at in group if other[at]) < 0.5 * whole * (1 - 1e-6)
        return count

    found = change.objects(earlier, later, compared, areas)
    assert (found.earlier, found.later) == (len(groups(earlier & compared)), len(groups(later & compared)))
    assert (found.gone, found.new) == (uncovered(earlier, later), uncovered(later, earlier))
    assert found.kept == found.earlier - found.gone


def test_the_damage_rate_of_the_paper() -> None:
    earlier, later = np.zeros((36, 40), bool), np.zeros((36, 40), bool)
    for number in range(12):  # 12 buildings of 3 x 3; 3 are destroyed, one half of one, one of another's corners
        row, column = 2 + 8 * (number // 4), 2 + 8 * (number % 4)
        earlier[row : row + 3, column : column + 3] = True
        later[row : row + 3, column : column + 3] = number >= 3
    later[2 + 8 : 2 + 8 + 3, 2 : 2 + 2] = False  # 3 of 9 pixels of the fifth building are left
    later[2 + 8, 10] = False  # 8 of 9 pixels of the sixth
    later[30:33, 2:5] = True  # a new one
    found = change.objects(earlier, later, np.ones_like(earlier), PixelAreas(make_grid("utm")))
    assert (found.earlier, found.gone, found.kept, found.new, found.later) == (12, 4, 8, 1, 10)
    assert found.gone_pct == pytest.approx(100 * 4 / 12)
    nothing = np.zeros_like(earlier)
    assert change.objects(nothing, later, ~nothing, PixelAreas(make_grid("utm"))).gone_pct is None


def by_all_histories(odds: np.ndarray, sure: float) -> float:
    """The best score of any history of one pixel: evidence on its side, less the cost of its changes."""
    cost = math.log(sure / (1 - sure))
    return max(score(odds, states, cost) for states in itertools.product((False, True), repeat=len(odds)))


def decided_together(*odds: object, **how: float) -> list[np.ndarray]:
    return [mask[:] for mask in change.decide_together(*odds, **how)]


def score(odds: np.ndarray, states: tuple[bool, ...], cost: float) -> float:
    for_it = sum(value for value, state in zip(odds, states, strict=True) if state)
    return for_it - cost * sum(a != b for a, b in itertools.pairwise(states))


@given(
    odds=hnp.arrays(np.float32, st.tuples(st.integers(1, 6), st.integers(1, 4)),
                    elements=st.floats(-6, 6, width=32)),
    sure=st.sampled_from((0.5, 0.6, 0.75, 0.95)),
)  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_the_joint_decision_is_the_best_of_all_histories(odds: np.ndarray, sure: float) -> None:
    decided = decided_together([date[None] for date in odds], sure=sure)
    cost = math.log(sure / (1 - sure))
    for pixel in range(odds.shape[1]):
        states = tuple(bool(mask[0, pixel]) for mask in decided)
        assert score(odds[:, pixel], states, cost) == pytest.approx(by_all_histories(odds[:, pixel], sure), abs=1e-5)


@pytest.mark.parametrize(
    ("earlier", "later", "masks"),
    [
        (0.9, 0.1, (True, False)),  # both sure: a change
        (0.9, 0.4, (True, True)),  # the later date is not sure enough
        (0.6, 0.1, (False, False)),  # the earlier one is not
        (0.6, 0.45, (True, True)),
        (0.3, 0.45, (False, False)),
        (0.2, 0.8, (False, True)),
    ],
)
def test_two_dates_are_hysteresis(earlier: float, later: float, masks: tuple[bool, bool]) -> None:
    odds = [np.full((1, 1), math.log(p / (1 - p))) for p in (earlier, later)]
    assert tuple(bool(mask[0, 0]) for mask in decided_together(odds, sure=0.75)) == masks


def test_what_a_date_does_not_show_is_no_evidence() -> None:
    rng = np.random.default_rng(3)
    odds = [rng.normal(0, 3, (300, 8)) for _ in range(3)]  # more rows than are worked on at once
    valid = [rng.random((300, 8)) < 0.7 for _ in range(3)]
    whole = decided_together(odds, valid)
    for row, column in ((0, 0), (255, 3), (256, 3), (299, 7), *rng.integers(0, (300, 8), (40, 2))):
        seen = [number for number in range(3) if valid[number][row, column]]
        alone = decided_together([odds[number][row : row + 1, column : column + 1] for number in seen] or [
            np.zeros((1, 1))])  # fmt: skip
        for number in range(3):
            expected = alone[seen.index(number)][0, 0] if number in seen else False
            assert whole[number][row, column] == expected


@pytest.mark.parametrize("sure", [0.4, 1.0])
def test_how_sure_is_a_probability(sure: float) -> None:
    with pytest.raises(ValueError, match="sure is a probability"):
        change.decide_together([np.zeros((2, 2))], sure=sure)


@pytest.mark.parametrize("seed", range(4))
def test_an_unchanged_place_flips_far_less_when_its_dates_are_mapped_together(seed: int, some_grid: Grid) -> None:
    rng = np.random.default_rng(seed)
    truth = ndimage.gaussian_filter(rng.normal(size=(200, 200)), 8)
    truth = 3 * truth / truth.std()
    dates = [truth + rng.normal(0, 0.7, truth.shape) for _ in range(2)]
    alone = np.mean((dates[0] > 0) != (dates[1] > 0))
    together = decided_together(dates)
    assert 0.04 < alone < 0.12  # about as much as was measured on real pairs
    assert np.mean(together[0] != together[1]) < alone / 4
    # and it is no worse a map
    assert np.mean(together[0] != (truth > 0)) < np.mean((dates[0] > 0) != (truth > 0))


@pytest.mark.parametrize("seed", range(4))
def test_noise_is_below_the_floor_and_a_flood_is_above(seed: int) -> None:
    grid = make_grid("utm", 200, 200)
    areas = PixelAreas(grid)
    rng = np.random.default_rng(seed)
    field = ndimage.gaussian_filter(rng.normal(size=(200, 200)), 8)
    field = 3 * field / field.std()
    dates = [field + rng.normal(0, 0.7, field.shape) for _ in range(2)]
    everything = np.ones((200, 200), bool)
    assert not change.between(dates[0] > 0, dates[1] > 0, everything, areas).told
    dates[1][:, :140] = 5
    flood = change.between(*decided_together(dates), everything, areas)
    assert flood.told
    assert flood.gained_ha > flood.floor_ha > flood.lost_ha


def test_specks_are_noise_and_the_same_map_twice_is_no_change(some_grid: Grid) -> None:
    areas = PixelAreas(some_grid)
    shape = (some_grid.height, some_grid.width)
    everything, nothing = np.ones(shape, bool), np.zeros(shape, bool)
    specks = nothing.copy()
    specks[::5, ::4] = specks[::5, 1::4] = True
    assert not change.between(nothing, specks, everything, areas).told
    same = blobs(some_grid, 1)
    found = change.between(same, same, everything, areas)
    assert (found.gained_ha, found.lost_ha, found.told) == (0, 0, False)
    assert not change.between(nothing, nothing, everything, areas).told
