"""Generated scenes: determinism, valid codes, plausible light, variety."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_runtime.terra_cot.canvas import Canvas
from model_runtime.terra_cot.regions import REGIONS
from model_runtime.terra_cot.scenes import BANDS, CLASSES, LabelledScene, generate
from model_runtime.terra_cot.spectra import CODE, LABEL

SIZE = 96


@pytest.fixture(scope="module")
def many() -> list[LabelledScene]:
    return [generate(SIZE, seed) for seed in range(160)]


def test_same_seed_same_scene_other_seed_other_scene() -> None:
    first, again, other = generate(SIZE, 11), generate(SIZE, 11), generate(SIZE, 12)
    np.testing.assert_array_equal(first.bands, again.bands)
    np.testing.assert_array_equal(first.labels, again.labels)
    assert first.place == again.place and first.pixel_size_m == again.pixel_size_m
    assert not np.array_equal(first.bands, other.bands)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**63), size=st.sampled_from([64, 65, 100, 129]))
def test_any_seed_and_size_gives_a_valid_scene(seed: int, size: int) -> None:
    scene = generate(size, seed)
    assert scene.bands.shape == (5, size, size) and scene.bands.dtype == np.float32
    assert scene.labels.shape == (size, size) and scene.labels.dtype == np.uint8
    assert scene.labels.max() <= len(CLASSES)
    assert np.isfinite(scene.bands).all()
    assert scene.bands.min() > 0 and scene.bands.max() < 2
    assert scene.present == (True,) * len(BANDS) and scene.reflectance
    assert 5 <= scene.pixel_size_m <= 30


@pytest.mark.parametrize("size", [0, 63, 2049])
def test_sizes_out_of_range_are_refused(size: int) -> None:
    with pytest.raises(ValueError, match="64 to 2048"):
        generate(size, 0)


@pytest.mark.parametrize("name", list(REGIONS))
def test_every_region_paints_every_pixel(name: str) -> None:
    for seed in range(4):
        canvas = Canvas(np.random.default_rng(seed), SIZE, 10.0)
        REGIONS[name](canvas)
        assert canvas.objects.max() < len(canvas.materials)
        assert LABEL[canvas.materials][canvas.objects].min() >= 1


def test_every_class_occurs_often_and_is_often_absent(many: list[LabelledScene]) -> None:
    cover = np.array([np.bincount(s.labels.ravel(), minlength=10) / s.labels.size for s in many])
    for name in CLASSES:
        present = (cover[:, CODE[name]] > 0.005).mean()
        assert 0.05 < present < 0.97, (name, present)
    assert cover[:, 0].mean() < 0.06  # hardly anything is left unlabelled
    assert (cover[:, 1:].max(axis=1) > 0.9).mean() > 0.04  # near-full coverages occur
    assert np.median((cover[:, 1:] > 0.005).sum(axis=1)) >= 3


def test_labels_agree_with_the_light(many: list[LabelledScene]) -> None:
    """Medians over many scenes of the indices that define the classes."""
    values: dict[str, list[np.ndarray]] = {name: [] for name in CLASSES}
    for scene in many:
        for name in CLASSES:
            pixels = scene.bands[:, scene.labels == CODE[name]]
            if pixels.shape[1] > 30:
                values[name].append(np.median(pixels, axis=1))
    median = {name: np.median(np.array(rows), axis=0) for name, rows in values.items()}
    red, green, _, nir, swir = range(5)

    def index(name: str, a: int, b: int) -> float:
        return float((median[name][a] - median[name][b]) / (median[name][a] + median[name][b]))

    assert index("trees", nir, red) > 0.6
    assert index("water", nir, green) < -0.1
    assert index("bare", nir, red) < 0.35
    assert index("built-up", nir, red) < 0.4
    assert index("snow and ice", green, swir) > 0.5
    assert median["cloud"][0] > 0.3
    assert median["water"][swir] < 0.05
    assert index("wetland", nir, red) > 0.2


def test_texture_differs_between_a_town_and_a_lake(many: list[LabelledScene]) -> None:
    def roughness(name: str) -> float:
        steps = []
        for scene in many:
            both = (scene.labels[:, 1:] == CODE[name]) & (scene.labels[:, :-1] == CODE[name])
            if both.sum() > 200:
                level = scene.bands[0][scene.labels == CODE[name]].mean()
                steps.append(np.abs(np.diff(scene.bands[0], axis=1))[both].mean() / level)
        return float(np.median(steps))

    assert roughness("built-up") > 2 * roughness("water")
