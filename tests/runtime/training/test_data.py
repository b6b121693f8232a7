"""Chips with both sensors: what each sees, and that augmentation keeps images, truth and dates together."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest

from model_runtime.errors import ModelError
from model_runtime.scene.values import brightness
from model_runtime.terra_cot.chance import seeded
from model_runtime.terra_cot.dates import generate_dates
from model_runtime.terra_cot.scenes import LabelledScene
from model_runtime.terra_cot.spectra import CODE
from model_runtime.training.data import BANDS, Chip, SceneCache, augment, class_bits, real_chip
from model_runtime.training.recipe import RECIPE
from model_runtime.training.stage1_batches import look_at

SIZE = 256


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> SceneCache:
    folder = tmp_path_factory.mktemp("places")
    SceneCache.build(folder, 3, SIZE, first_seed=RECIPE.first_scene_seed, workers=1)
    return SceneCache(folder)


def marked() -> list[Chip]:
    """Two dates whose labels, surface and bands all tell the pixel's own number, so that any mix-up shows."""
    code = (np.arange(SIZE)[:, None] // 32 + np.arange(SIZE) // 64) % 9 + 1
    bands = np.broadcast_to(code / 10, (len(BANDS), SIZE, SIZE)).astype(np.float32)
    labels = code.astype(np.uint8)
    chip = Chip(bands, np.ones(len(BANDS), bool), False, labels, class_bits(labels), labels, code % 2 == 0, 10.0)
    return [chip, chip]


def test_the_cache_has_what_was_generated(cache: SceneCache) -> None:
    assert len(cache) == 6
    first = generate_dates(SIZE, RECIPE.first_scene_seed)[0]
    chip = cache.chip(0)
    assert np.array_equal(chip.surface, first.surface)  # clouds and changes are drawn apart from the place
    assert first.sar is not None
    assert np.abs(chip.bands[6:] - brightness(first.sar)).max() < 0.003
    later = cache.chip(1)
    assert not np.array_equal(chip.bands[6:], later.bands[6:])


def test_processes_write_what_one_writes(cache: SceneCache, tmp_path: Path) -> None:
    SceneCache.build(tmp_path, 10, 64, first_seed=5, workers=2)
    SceneCache.build(tmp_path / "alone", 10, 64, first_seed=5, workers=1)
    for name in ("bands", "sar", "labels", "surface", "hidden"):
        shared, alone = (np.load(folder / f"{name}.npy") for folder in (tmp_path, tmp_path / "alone"))
        assert np.array_equal(shared, alone)
        assert alone[-1].any() or name == "hidden"
    assert not list(tmp_path.glob("*.part"))


def test_another_process_opens_the_same_files(cache: SceneCache) -> None:
    sent = pickle.dumps(cache)
    assert len(sent) < 1000
    assert np.array_equal(pickle.loads(sent).labels, cache.labels)  # noqa: S301


def test_without_places_the_way_to_them_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="train begin"):
        SceneCache(tmp_path)


def test_each_sensor_sees_its_own_truth(cache: SceneCache) -> None:
    cloudy = next(c for c in map(cache.chip, range(len(cache))) if (c.labels == CODE["cloud"]).any())
    cloud = cloudy.labels == CODE["cloud"]
    assert cloudy.hidden[cloud].mean() > 0.9
    radar, optical = cloudy.radar(), cloudy.optical()
    assert radar.present.tolist() == [False] * 6 + [True] * 2
    assert optical.present.tolist() == [True] * 6 + [False] * 2
    assert not (radar.labels == CODE["cloud"]).any()
    assert np.array_equal(class_bits(radar.labels)[radar.labels > 0], radar.allowed[radar.labels > 0])


@pytest.mark.parametrize("seed", range(12))
def test_augmentation_moves_everything_alike(seed: int) -> None:
    one, other = augment(marked(), seeded(seed))
    assert one.labels.shape == (SIZE, SIZE)
    # Radar brightness is shifted as a whole: what is left is the pixel's own number, but on coarser pixels their mean.
    coded = (one.bands[6] - np.median(one.bands[6] - one.labels / 10)) * 10
    assert np.mean(np.abs(coded - one.labels) < 0.3) > 0.8
    assert np.array_equal(one.labels, other.labels)
    assert np.array_equal(one.surface, one.labels)
    assert np.array_equal(one.hidden, one.labels % 2 == 0)
    assert np.array_equal(one.present, other.present)


def test_every_band_is_missing_now_and_then() -> None:
    chips = [augment([replace_reflectance(marked()[0])], seeded(seed))[0] for seed in range(400)]
    missing = 1 - np.mean([chip.present for chip in chips], 0)
    assert (missing > 0.005).all()
    assert missing[:3].max() < 0.1
    assert all(chip.present.any() for chip in chips)


def replace_reflectance(chip: Chip) -> Chip:
    return Chip(chip.bands, chip.present, True, chip.labels, chip.allowed, chip.surface, chip.hidden, chip.pixel_size_m)


@pytest.mark.parametrize("seed", range(20))
def test_a_look_at_both_sensors_is_true_to_what_each_shows(cache: SceneCache, seed: int) -> None:
    rng = seeded(seed)
    cloudy = next(c for c in map(cache.chip, range(len(cache))) if (c.labels == CODE["cloud"]).any())
    look = look_at(cloudy, RECIPE, rng)
    seen = [view.labels for view in look.views]
    if len(seen) == 1:
        assert np.array_equal(look.true, class_bits(seen[0]))
    elif look.share.max() == look.share.min() == 0.5:
        assert np.array_equal(look.true, class_bits(cloudy.labels) | class_bits(cloudy.surface))
    else:
        assert set(np.unique(look.share)) <= {0.0, 1.0}
        assert np.array_equal(look.true, class_bits(np.where(look.share > 0, cloudy.surface, cloudy.labels)))
    assert not (look.true & ~look.allowed).any()


def test_a_real_scene_of_few_bands_fills_their_places() -> None:
    bands = np.full((3, 40, 50), 0.2, np.float32)
    labels = np.full((40, 50), CODE["water"], np.uint8)
    scene = LabelledScene(
        bands, labels, 10.0, (True, True, False), True, None, "somewhere", names=("red", "green", "swir2"),
        sar=np.full((2, 40, 50), -12.5, np.float32),
    )  # fmt: skip
    chip = real_chip(scene, 64, seeded(1))
    assert [name for name, here in zip(BANDS, chip.present, strict=True) if here] == ["red", "green", "vv", "vh"]
    assert chip.bands.shape == (len(BANDS), 64, 64)
    assert chip.bands[6].mean() == pytest.approx(0.5)
    assert chip.has_radar


def test_no_set_is_empty_where_a_label_is_known() -> None:
    labels = np.arange(10, dtype=np.uint8)
    assert class_bits(labels).tolist() == [0, *(1 << k for k in range(9))]


@pytest.mark.parametrize("seed", range(12))
def test_the_size_of_a_pixel_follows_the_zoom(seed: int) -> None:
    """A ramp of metres: what lies between two pixels of the augmented chip is the size of a pixel it tells."""
    ramp = np.broadcast_to(np.arange(SIZE, dtype=np.float32) * 10, (len(BANDS), SIZE, SIZE)).copy()
    labels = np.ones((SIZE, SIZE), np.uint8)
    chip = Chip(ramp, np.ones(len(BANDS), bool), False, labels, class_bits(labels), labels, labels > 1, 10.0)
    made = augment([chip], seeded(seed))[0]
    near = made.bands[0, :100, :100]
    steps = [abs(float(near[50, 99] - near[50, 0])), abs(float(near[99, 50] - near[0, 50]))]
    assert max(steps) / 99 == pytest.approx(made.pixel_size_m, rel=0.03)
