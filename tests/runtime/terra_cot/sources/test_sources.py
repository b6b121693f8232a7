"""Real labelled scenes are read with the right classes, and the rule against impossible labels works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_runtime.terra_cot.records import BrokenRecord
from model_runtime.terra_cot.scenes import LabelledScene
from model_runtime.terra_cot.sources import (
    READERS,
    amazon,
    bigearthnet,
    bigearthnet_v2,
    chatearthnet,
    chiapas,
    eurosat,
    iter_real,
    terramesh,
    xbd,
    zion,
)
from model_runtime.terra_cot.sources.common import (
    MAX_CLASSES,
    OTHER,
    allowed_by,
    drop_impossible,
    mask_of,
    only,
    recode,
    settled,
)
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


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(0, 999), st.integers(0, (1 << 16) - 1), min_size=1, max_size=20), st.data())
def test_allowed_sets_follow_the_table(table: dict[int, int], data: st.DataObject) -> None:
    codes = np.array(data.draw(st.lists(st.sampled_from(sorted(table)), min_size=4, max_size=4))).reshape(2, 2)
    allowed = allowed_by(codes, table)
    labels = settled(allowed)
    for code, bits, label in zip(codes.ravel(), allowed.ravel(), labels.ravel(), strict=True):
        assert bits == table[int(code)]
        one = int(bits).bit_count() == 1 and bits != OTHER
        assert label == (int(bits).bit_length() if one else 0) and label <= MAX_CLASSES


def test_codes_that_are_not_in_the_table_are_named() -> None:
    with pytest.raises(BrokenRecord, match="does not name: 3, 9"):
        allowed_by(np.array([1, 9, 3]), {1: 1})


TABLES: dict[str, list[tuple[str, ...]]] = {
    "amazon": [("trees",)],
    "bigearthnet": list(bigearthnet.CLASS_TABLE.values()),
    "bigearthnet_v2": [*bigearthnet_v2.CLASS_TABLE.values(), bigearthnet_v2.GARDENS],
    "chatearthnet": list(chatearthnet.CLASS_TABLE.values()),
    "chiapas": [(name,) for name in chiapas.CLASS_TABLE.values()],
    "eurosat": [(name,) for name in eurosat.CLASS_TABLE.values()],
    "terramesh": [(name,) for name in terramesh.CLASS_TABLE.values()],
    "zion": [(name,) for name in zion.CLASS_TABLE.values() if name],
}


@pytest.mark.parametrize("source", sorted(TABLES))
def test_every_class_of_a_source_is_one_of_ours(source: str) -> None:
    for names in TABLES[source]:
        assert set(names) <= set(CLASSES) and len(set(names)) == len(names)


def test_the_corine_table_is_whole() -> None:
    """Level 3 has 44 classes in five groups, and 999 stands for none."""
    codes = sorted(bigearthnet_v2.CLASS_TABLE)
    assert len(codes) == 45 and [sum(code // 100 == group for code in codes) for group in (1, 2, 3, 4, 5, 9)] == [
        11, 11, 12, 5, 5, 1,
    ]  # fmt: skip
    assert max(xbd.GRADES.values()) == 4 and (amazon.FOREST, amazon.NOT_FOREST) == (1, 2)


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
