"""Index rules and the random forest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model_runtime.terra_cot.scenes import CLASSES
from model_runtime.terra_cot.spectra import CODE, NUMBER, OPTICAL_BANDS, SPECTRA
from model_runtime.training.baselines import index_rules
from model_runtime.training.forest import features, random_forest
from model_runtime.training.places import Place

from .known_places import of_codes


def painted(names: list[str], materials: list[str]) -> Place:
    """Columns of plain materials, reflectance without noise."""
    here = of_codes(np.repeat([[CODE[name] for name in names]], 12, 0).repeat(12, 1))
    spectra = SPECTRA[[NUMBER[material] for material in materials]].T.astype(np.float32)
    bands = spectra[:, None].repeat(12, 1).repeat(12, 2)
    return replace(here, scene=replace(here.scene, bands=bands, names=OPTICAL_BANDS))


@pytest.fixture
def four() -> Place:
    return painted(["water", "trees", "cropland", "bare"], ["sea", "broadleaf", "crop_young", "sand"])


def test_rules_find_what_indices_can_tell(four: Place) -> None:
    masks = index_rules(four)
    for name in ("water", "trees", "cropland"):
        assert (masks[name] == (four.scene.labels == CODE[name])).all(), name


def test_every_pixel_gets_one_class_and_pixels_without_data_none(four: Place) -> None:
    bands = four.scene.bands.copy()
    bands[:, :3] = 0
    claimed = np.sum(list(index_rules(replace(four, scene=replace(four.scene, bands=bands))).values()), 0)
    assert (claimed[3:] == 1).all()
    assert (claimed[:3] == 0).all()


@pytest.mark.parametrize("reflectance", [True, False])
def test_colours_alone_are_enough_to_say_something(four: Place, reflectance: bool) -> None:
    scene = replace(four.scene, present=(True,) * 3 + (False,) * 3, reflectance=reflectance)
    masks = index_rules(replace(four, scene=scene))
    assert set(masks) == set(CLASSES)
    assert (np.sum(list(masks.values()), 0) == 1).all()


def test_a_forest_knows_what_it_was_taught(four: Place) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is an extra: model_runtime/requirements-training.txt")
    masks = random_forest([four.scene])(four)
    for name in ("water", "trees", "cropland", "bare"):
        assert (masks[name] == (four.scene.labels == CODE[name])).all(), name


def test_a_forest_takes_places_with_fewer_bands(four: Place) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is an extra: model_runtime/requirements-training.txt")
    scene = replace(four.scene, present=(True,) * 4 + (False,) * 2)
    masks = random_forest([four.scene, scene])(replace(four, scene=scene))
    assert (masks["water"] == (scene.labels == CODE["water"])).all()


def test_bands_that_are_not_there_are_missing_and_not_zero(four: Place) -> None:
    scene = replace(four.scene, present=(True,) * 3 + (False,) * 3)
    found = features(scene)
    assert np.isfinite(found[:3]).all()
    assert np.isnan(found[3:6]).all()
