"""Real labelled scenes are read with the right classes, and the rule against impossible labels works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_runtime.terra_cot.scenes import LabelledScene
from model_runtime.terra_cot.sources import READERS, iter_real
from model_runtime.terra_cot.sources.common import drop_impossible, mask_of, only, recode
from model_runtime.terra_cot.spectra import CLASSES, CODE, LABEL, MEAN

SHARED = Path(__file__).parents[4].parent / "shared"


@pytest.fixture(scope="module")
def real() -> Iterator[list[LabelledScene]]:
    if not (SHARED / "data").is_dir():
        pytest.skip("the shared data folder is not beside the repository")
    yield list(iter_real(SHARED))


def _bands(red: float, green: float, blue: float, nir: float, swir: float) -> np.ndarray:
    return np.array([red, green, blue, nir, swir], dtype=np.float32)[:, None, None]


@pytest.mark.parametrize(
    ("name", "pixel"),
    [
        ("water", _bands(0.03, 0.05, 0.03, 0.35, 0.18)),  # a meadow
        ("trees", _bands(0.30, 0.25, 0.20, 0.35, 0.40)),  # sand
        ("snow and ice", _bands(0.50, 0.50, 0.50, 0.55, 0.55)),  # a bright roof
        ("bare", _bands(0.03, 0.05, 0.03, 0.35, 0.18)),
        ("cloud", _bands(0.03, 0.05, 0.03, 0.01, 0.01)),
        ("cropland", _bands(0.02, 0.05, 0.06, 0.01, 0.01)),  # open water
    ],
)
def test_impossible_labels_are_dropped(name: str, pixel: np.ndarray) -> None:
    labels = np.full((1, 1), CODE[name], dtype=np.uint8)
    assert drop_impossible(pixel, labels, has_swir=True)[0, 0] == 0
    assert labels[0, 0] == CODE[name]  # the caller's array is left alone


def test_the_table_of_materials_passes_the_rule() -> None:
    """What we hold for typical of a class must not be called impossible."""
    rows = LABEL > 0
    labels = LABEL[rows][None, :]
    kept = drop_impossible(np.ascontiguousarray(MEAN[rows].T)[:, None, :], labels, has_swir=True)
    np.testing.assert_array_equal(kept, labels)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=20))
def test_only_allows_exactly_the_label(codes: list[int]) -> None:
    allowed = only(np.array(codes, dtype=np.uint8))
    for code, bits in zip(codes, allowed, strict=True):
        assert int(bits) == (0 if code == 0 else mask_of([CLASSES[code - 1]]))


def test_recode_leaves_unknown_codes_unlabelled() -> None:
    found = recode(np.array([[1, 2], [3, 99]]), {1: "water", 2: None, 3: "trees"})
    assert found.tolist() == [[CODE["water"], 0], [CODE["trees"], 0]]


def test_absent_sources_are_passed_over(tmp_path: Path) -> None:
    assert list(iter_real(tmp_path)) == []


def test_every_source_yields_valid_scenes(real: list[LabelledScene]) -> None:
    assert {scene.place.split()[0] for scene in real} == set(READERS)
    for scene in real:
        assert scene.bands.dtype == np.float32 and scene.bands.shape[1:] == scene.labels.shape
        assert scene.labels.max() <= len(CLASSES) and scene.bands.min() >= 0
        assert scene.allowed is not None and scene.allowed.max() < 1 << len(CLASSES)
        labelled = scene.labels > 0
        # A known label is always among the allowed classes.
        assert ((scene.allowed[labelled] >> (scene.labels[labelled] - 1)) & 1).all()
        for number, present in enumerate(scene.present):
            assert present == bool(scene.bands[number].any())


def test_test_places_are_never_read(real: list[LabelledScene]) -> None:
    for scene in real:
        for kept_for_testing in ("36_85", "47_56", "aberystwyth", "majortom", "paris", "naip", "pucallpa", "olinda"):
            assert kept_for_testing not in scene.place.lower()


def test_known_ground_has_its_class(real: list[LabelledScene]) -> None:
    """Read off the pictures: snow all over 609U_541L, fields in 637U_59R, forest in the Zion highlands."""
    cover = {scene.place: np.bincount(scene.labels.ravel(), minlength=10)[1:] / scene.labels.size for scene in real}
    assert cover["terramesh 609U_541L_3_0"][CODE["snow and ice"] - 1] > 0.95
    assert cover["terramesh 637U_59R_1_3"][CODE["cropland"] - 1] > 0.8
    assert 0.4 < cover["zion landsat 8"][CODE["trees"] - 1] < 0.6
