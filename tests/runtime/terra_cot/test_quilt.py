"""Large scenes: tiles that fill the plane, what runs through all of them, and a truth that holds across seams."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_runtime.terra_cot import quilt
from model_runtime.terra_cot.changes import CHANGES, OF_FIELDS
from model_runtime.terra_cot.country import Country
from model_runtime.terra_cot.dates import ANY
from model_runtime.terra_cot.noise import EndlessLumps
from model_runtime.terra_cot.quilt import Quilt
from model_runtime.terra_cot.spectra import CODE

SIZE = 250


@pytest.fixture(autouse=True)
def small_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quilt, "TILE_PX", 96)


def _quilt(seed: int, count: int = 1, change: str | None = None, cloud_share: float | None = 0.0) -> Quilt:
    return Quilt(SIZE, seed, 10.0, count, change, cloud_share)


def _sewn(made: Quilt) -> list[dict[str, np.ndarray]]:
    """The whole scene of each date."""
    whole: list[dict[str, np.ndarray]] = [{} for _ in range(made.count)]
    for piece in made.pieces():
        for name in ("bands", "labels", "surface", "hidden", "sar", "changed"):
            values = getattr(piece.scene, name)
            plane = whole[piece.date].setdefault(name, np.zeros((*values.shape[:-2], SIZE, SIZE), values.dtype))
            height, width = piece.mine.shape
            plane[..., piece.row : piece.row + height, piece.column : piece.column + width][..., piece.mine] = values[
                ..., piece.mine
            ]
    return whole


@pytest.mark.parametrize("size", [193, 250, 301])
def test_every_pixel_is_of_one_tile(size: int) -> None:
    made = Quilt(size, 3, 10.0, 1, None, None)
    owners = np.zeros((size, size), dtype=int)
    done = []
    for piece in made.pieces():
        height, width = piece.mine.shape
        assert piece.scene.bands.shape == (6, height, width) and piece.scene.sar.shape == (2, height, width)
        owners[piece.row : piece.row + height, piece.column : piece.column + width] += piece.mine
        done.append(piece.done)
    assert (owners == 1).all()
    assert done == sorted(done) and done[-1] == 1


def test_borders_of_tiles_are_not_straight() -> None:
    pieces = list(_quilt(4).pieces())
    middle = next(piece for piece in pieces if not piece.mine[0].any() and not piece.mine[:, 0].any())
    first = np.argmax(middle.mine, axis=1)[middle.mine.any(axis=1)]
    assert first.std() > 2


def test_same_seed_same_scene_other_seed_other_scene() -> None:
    one, two, other = (_sewn(_quilt(seed, 2, ANY, None)) for seed in (5, 5, 6))
    for a, b, c in zip(one, two, other, strict=True):
        for name in a:
            np.testing.assert_array_equal(a[name], b[name])
        assert not np.array_equal(a["bands"], c["bands"])


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 2**63),
    top=st.integers(0, 10**6),
    left=st.integers(0, 10**6),
    cut=st.integers(1, 39),
)
def test_endless_fields_and_lines_are_the_same_from_any_part(seed: int, top: int, left: int, cut: int) -> None:
    rng = np.random.default_rng(seed)
    lumps = EndlessLumps(rng, [70.0, 9.0, 2.0], [1.0, 0.5, 0.3])
    rows, columns = top + np.arange(40), left + np.arange(40)
    whole = lumps.at(rows, columns)
    assert np.isfinite(whole).all() and np.abs(whole).max() < 6
    np.testing.assert_allclose(lumps.at(rows[cut:], columns[:cut]), whole[cut:, :cut], rtol=0, atol=1e-12)


def test_rivers_roads_and_coasts_are_the_same_from_any_part() -> None:
    country = Country(22, 3000, 10.0, 1, None)
    rows, columns = np.arange(300, 700), np.arange(1000, 1400)
    for lines in (country.rivers, country.roads):
        whole, part = lines(rows, columns), lines(rows[100:], columns[:300])
        for a, b in zip(whole, part, strict=True):
            np.testing.assert_allclose(b[1:, :-1], a[101:, :299], atol=0.01)


def test_a_coast_is_one_line_and_the_sea_alike_in_all_tiles() -> None:
    seed = next(s for s in range(100) if Country(s, SIZE, 10.0, 1, 0.0)._coast is not None)
    made = _quilt(seed)
    (sewn,) = _sewn(made)
    line, _ = made.country._coast.at(np.arange(SIZE), np.arange(SIZE))
    sea = line < -30
    assert 0.02 < sea.mean() < 0.98
    assert (sewn["surface"][sea] == CODE["water"]).all()
    means = []
    for piece in made.pieces():
        height, width = piece.mine.shape
        here = sea[piece.row : piece.row + height, piece.column : piece.column + width] & piece.mine
        if here.sum() > 200:
            means.append(piece.scene.bands[:, here].mean(axis=1))
    assert len(means) >= 2
    assert (np.ptp(means, axis=0) < 0.05 * np.mean(means, axis=0) + 0.001).all()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.8])
def test_the_share_under_clouds_is_the_one_asked_for(share: float) -> None:
    hidden = [_sewn(_quilt(seed, cloud_share=share))[0]["hidden"].mean() for seed in range(3)]
    assert hidden == pytest.approx([share] * 3, abs=0.06)


@pytest.mark.parametrize("pixel_size_m", [5.0, 8.0, 30.0])
def test_pixels_of_other_sizes(pixel_size_m: float) -> None:
    for seed in range(4):
        for piece in Quilt(200, seed, pixel_size_m, 1, None, 0.4).pieces():
            assert piece.scene.pixel_size_m == pixel_size_m
            assert np.isfinite(piece.scene.bands).all() and np.isfinite(piece.scene.sar).all()


def test_clouds_run_on_across_seams() -> None:
    (sewn,) = _sewn(_quilt(1, cloud_share=0.5))
    made = _quilt(1, cloud_share=0.5)
    clouds = made.country.days[0].conditions.shot.clouds
    field = made.country.days[0].cloud_fields[0].at(np.arange(SIZE), np.arange(SIZE))
    thick = field > clouds.edge + clouds.softness
    assert thick.any() and (sewn["labels"][thick] == CODE["cloud"]).mean() > 0.9


@pytest.mark.parametrize("kind", ["flooding", "deforestation", "harvest"])
def test_what_changes_is_known_to_the_pixel(kind: str) -> None:
    found = 0
    for seed in range(12):
        try:
            made = _quilt(seed, 3, kind)
        except ValueError as error:
            assert "not the ground" in str(error)
            continue
        first, middle, last = _sewn(made)
        found += 1
        assert not first["changed"].any() and last["changed"].any()
        assert not (middle["changed"] & ~last["changed"]).any()
        differ = (first["surface"] != last["surface"]) & (first["surface"] > 0)
        assert not (differ & ~last["changed"]).any()
        if kind not in OF_FIELDS:
            assert (differ | (first["surface"] == 0))[last["changed"]].all()
        if found == 2:
            return
    pytest.fail("no country has the ground for it")


def test_a_change_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no kind of change"):
        _quilt(0, 2, "melting")
    assert _quilt(0, 2, ANY).change in (*CHANGES, None)
    assert _quilt(0, 1, ANY).change is None
