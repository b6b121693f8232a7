"""Places on several dates: what stays, what changes, and that the truth says so."""

from __future__ import annotations

import numpy as np
import pytest

from model_runtime.terra_cot.changes import CHANGES, OF_FIELDS, plan, possible
from model_runtime.terra_cot.dates import ANY, generate_dates
from model_runtime.terra_cot.scenes import LabelledScene, generate, paint
from model_runtime.terra_cot.seasons import NEXT_STAGE, aged
from model_runtime.terra_cot.spectra import CLASSES, CODE, LABEL, MATERIALS, OPTICAL_BANDS

SIZE = 96


def _seeds_for(kind: str, count: int) -> list[int]:
    can = (seed for seed in range(400) if kind in possible(paint(np.random.default_rng(seed), SIZE).canvas))
    return [next(can) for _ in range(count)]


@pytest.mark.parametrize("seed", range(8))
def test_the_first_date_is_the_scene_of_that_seed(seed: int) -> None:
    plain, first = generate(SIZE, seed), generate_dates(SIZE, seed, 2, ANY)[0]
    np.testing.assert_array_equal(first.bands[:5], plain.bands)
    np.testing.assert_array_equal(first.labels, plain.labels)
    np.testing.assert_array_equal(first.surface, plain.surface)
    assert first.names == OPTICAL_BANDS and first.bands.shape == (6, SIZE, SIZE) and first.place == plain.place


@pytest.mark.parametrize(
    ("seed", "means", "counts"),
    [
        (0, [0.07929, 0.08688, 0.06142, 0.23643, 0.16739], [64, 127, 1401, 93, 2534, 4876, 121, 0, 0, 0]),
        (4, [0.07812, 0.06989, 0.05932, 0.18557, 0.14178], [59, 2687, 293, 1047, 1464, 0, 1, 0, 3665, 0]),
        (9, [0.08373, 0.08988, 0.06122, 0.25558, 0.22553], [0, 178, 3310, 0, 4590, 555, 583, 0, 0, 0]),
        (10, [0.16112, 0.16322, 0.17225, 0.23902, 0.24506], [86, 0, 325, 1312, 4014, 2253, 1226, 0, 0, 0]),
    ],
)
def test_scenes_learnt_from_stay_what_they_were(seed: int, means: list[float], counts: list[int]) -> None:
    """Caches and measured results name scenes by their seed; another processor may round a pixel differently."""
    scene = generate(96, seed)
    np.testing.assert_allclose(scene.bands.mean((1, 2)), means, rtol=1e-3)
    np.testing.assert_allclose(np.bincount(scene.labels.ravel(), minlength=10), counts, atol=9)


@pytest.mark.parametrize("seed", [5, 2**63 - 1])
def test_same_seed_same_dates(seed: int) -> None:
    one, two = (generate_dates(SIZE, seed, 3, ANY) for _ in range(2))
    for a, b in zip(one, two, strict=True):
        np.testing.assert_array_equal(a.bands, b.bands)
        np.testing.assert_array_equal(a.sar, b.sar)
        assert (a.date, a.change) == (b.date, b.change)
    assert [scene.date for scene in one] == sorted({scene.date for scene in one})


@pytest.mark.parametrize("seed", [0, 3, 7, 12])
def test_an_unchanged_place_changes_only_its_looks(seed: int) -> None:
    first, *later = generate_dates(SIZE, seed, 4, None, 0.0)
    for scene in later:
        np.testing.assert_array_equal(scene.surface, first.surface)
        assert scene.change == "" and not scene.hidden.any() and not scene.changed.any()
        assert np.abs(scene.bands - first.bands).mean() > 1e-3
        step = np.abs(scene.sar - first.sar)
        assert step.mean() > 0.8  # new speckle
        # The same place all the same: its objects keep their order.
        assert np.corrcoef(scene.bands[4].ravel(), first.bands[4].ravel())[0, 1] > 0.3


BECOMES = {
    "flooding": ({"cropland", "grassland", "bare", "wetland"}, {"water"}),
    "drained": ({"water"}, {"bare"}),
    "deforestation": ({"trees"}, {"bare", "grassland"}),
    "construction": ({"cropland", "grassland", "bare"}, {"built-up"}),
    "destruction": ({"built-up"}, {"bare"}),
    "growth": ({"cropland", "bare", "grassland"}, {"cropland", "trees"}),
    "harvest": ({"cropland"}, {"cropland"}),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_grows_and_takes_only_its_own_ground(kind: str) -> None:
    before, after = BECOMES[kind]
    codes_before, codes_after = {0, *(CODE[n] for n in before)}, {CODE[n] for n in after}
    for seed in _seeds_for(kind, 3):
        first, *later = generate_dates(SIZE, seed, 4, kind, 0.0)
        changed = [scene.changed for scene in later]
        assert all(scene.change == kind for scene in (first, *later)) and not first.changed.any()
        assert changed[-1].any()
        for scene in later:
            labels_differ = (first.surface != scene.surface) & (first.surface > 0)
            assert not (labels_differ & ~scene.changed).any()
            if kind not in OF_FIELDS:
                assert (labels_differ | (first.surface == 0))[scene.changed].all()
        for one, next_one in zip(changed, changed[1:], strict=False):
            assert not (one & ~next_one).any()
        assert set(np.unique(first.surface[changed[-1]])) <= codes_before
        assert set(np.unique(later[-1].surface[changed[-1]])) <= codes_after
        takes = np.isin(first.surface, [CODE[n] for n in before]).sum()
        assert 0.02 * takes < changed[-1].sum() < 0.98 * takes


def _greenness(scene: LabelledScene, where: np.ndarray) -> float:
    red, nir = scene.bands[0][where], scene.bands[3][where]
    return float(np.median((nir - red) / (nir + red)))


@pytest.mark.parametrize(("kind", "sign"), [("growth", 1), ("harvest", -1)])
def test_fields_green_up_and_are_harvested_only_where_it_is_said(kind: str, sign: int) -> None:
    fields = []
    for seed in _seeds_for(kind, 6):
        first, last = generate_dates(SIZE, seed, 2, kind, 0.0)
        crops = (first.surface == CODE["cropland"]) & (last.surface == CODE["cropland"])
        gone, left = crops & last.changed, crops & ~last.changed
        if gone.sum() > 100 and left.sum() > 100:
            step = [_greenness(last, where) - _greenness(first, where) for where in (gone, left)]
            fields.append(sign * (step[0] - step[1]))
    assert len(fields) >= 4 and min(fields) > 0.1


def test_any_change_is_one_that_the_labels_tell() -> None:
    for seed in range(40):
        first, last = generate_dates(SIZE, seed, 2, ANY)
        assert first.change not in OF_FIELDS
        assert last.changed.any() == (first.surface != last.surface).any()


def test_a_change_shows_in_the_light_and_in_the_radar() -> None:
    seen = []
    for seed in _seeds_for("flooding", 4):
        first, last = generate_dates(SIZE, seed, 2, "flooding", 0.0)
        where = first.surface != last.surface
        if where.sum() > 100:
            seen.append((last.bands[3:] - first.bands[3:])[:, where].mean() < 0)
            seen.append((last.sar - first.sar)[:, where].mean() < -1)
    assert len(seen) >= 4 and np.mean(seen) >= 0.75


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 1.0])
def test_the_share_under_clouds_is_the_one_asked_for(share: float) -> None:
    for seed in range(12):
        scene = generate_dates(SIZE, seed, 1, None, share)[0]
        assert scene.hidden.mean() == pytest.approx(share, abs=0.04)
        cloud = scene.labels == CODE["cloud"]
        assert not (cloud & ~scene.hidden).any()
        # Apart from clouds and what is too thin to tell, both labels agree.
        told = (scene.labels > 0) & ~cloud
        np.testing.assert_array_equal(scene.labels[told], scene.surface[told])
        assert not (scene.surface == CODE["cloud"]).any()


def test_seasons_never_change_a_class() -> None:
    rng = np.random.default_rng(0)
    materials = np.repeat(np.arange(len(MATERIALS)), 50)
    for months in (1, 3, 6, 12, 24):
        later = aged(materials, months, rng)
        np.testing.assert_array_equal(LABEL[later], LABEL[materials])
    assert (later != materials)[LABEL[materials] == CODE["cropland"]].mean() > 0.5
    assert set(NEXT_STAGE) == {material.name for material in MATERIALS if material.label == CODE["cropland"]}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"count": 0}, "1 to 8"),
        ({"count": 9}, "1 to 8"),
        ({"cloud_share": 1.2}, "between 0 and 1"),
        ({"cloud_share": float("nan")}, "between 0 and 1"),
        ({"count": 2, "change": "melting"}, "no kind of change"),
    ],
)
def test_what_cannot_be_made_is_refused(words: dict, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        generate_dates(SIZE, 0, **words)


def test_a_change_without_its_ground_is_refused_and_any_takes_what_there_is() -> None:
    for seed in range(60):
        canvas = paint(np.random.default_rng(seed), SIZE).canvas
        can = possible(canvas)
        assert generate_dates(SIZE, seed, 2, ANY)[0].change in (set(can) - set(OF_FIELDS) or ("",))
        for kind in set(CHANGES) - set(can):
            with pytest.raises(ValueError, match="not the ground"):
                plan(kind, canvas, np.random.default_rng(0))


def test_class_names_of_this_file_exist() -> None:
    assert {name for pair in BECOMES.values() for names in pair for name in names} <= set(CLASSES)
    assert set(BECOMES) == set(CHANGES)
