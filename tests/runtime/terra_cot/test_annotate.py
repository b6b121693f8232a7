"""Masks drawn by the bundled model, for scenes without labels and to hold labels against."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from model_runtime.model_store.keeper import Keeper
from model_runtime.terra_cot.annotate import Draw, annotated, drawing_with, intersected
from model_runtime.terra_cot.dates import generate_dates
from model_runtime.terra_cot.facts import Facts, View
from model_runtime.terra_cot.records import BroughtQuestion, Record
from model_runtime.terra_cot.samples import compose_samples
from model_runtime.terra_cot.sources.common import OTHER
from model_runtime.terra_cot.vocabulary import BUILDING_CLASSES, LAND_COVER_CLASSES


@pytest.fixture(scope="module")
def draw(nano_folder: Path) -> Draw:
    return drawing_with(Keeper("cpu").get(str(nano_folder)))


@pytest.fixture(scope="module")
def record() -> Record:
    (scene,) = generate_dates(128, 9_000_003)
    scene = replace(scene, labels=scene.surface, sar=None)
    brought = (BroughtQuestion("Is it rural?", "yes", "rural"),)
    return Record("test", "1", "somewhere", (scene,), LAND_COVER_CLASSES, brought=brought)


@pytest.fixture(scope="module")
def drawn(draw: Draw, record: Record) -> np.ndarray:
    return draw(record.dates[0])


def test_the_model_draws_land_cover(drawn: np.ndarray, record: Record) -> None:
    truth = record.dates[0].labels
    assert drawn.shape == truth.shape and drawn.dtype == np.uint8
    agree = (drawn == truth)[truth > 0].mean()
    assert agree > 0.5  # nine classes: chance is far below


def test_a_scene_without_labels_gets_captions_and_masks(drawn: np.ndarray, record: Record) -> None:
    blank = replace(record.dates[0], labels=np.zeros_like(drawn), surface=None)
    found = annotated(replace(record, dates=(blank,), classes={}), lambda _: drawn)
    samples = compose_samples(found, random.Random(0))
    assert samples[0].sample.question == "Is it rural?"
    assert {made.sample.level for made in samples} >= {"caption", "L1", "L2-Spatial"}
    for made in samples:
        for region, mask in zip(made.sample.regions, made.masks, strict=True):
            np.testing.assert_array_equal(mask, np.isin(drawn, LAND_COVER_CLASSES[region.phrase]))


def test_where_the_model_draws_nothing_it_sees_none_of_the_classes(record: Record) -> None:
    nothing = annotated(record, lambda scene: np.zeros_like(scene.labels))
    assert (nothing.dates[0].allowed == OTHER).all()
    facts = Facts([View(nothing.dates[0], "optical", nothing.classes)], nothing.classes)
    assert facts.phrases == tuple(LAND_COVER_CLASSES)
    assert facts.region("water", 1).area_ha == 0


def test_labels_the_model_does_not_see_are_not_known(drawn: np.ndarray, record: Record) -> None:
    found = intersected(record, lambda _: drawn).dates[0]
    truth = record.dates[0].labels
    same = drawn == truth
    np.testing.assert_array_equal(found.labels, np.where(same, truth, 0))
    both = (drawn != truth) & (drawn > 0) & (truth > 0)
    row, col = np.argwhere(both)[0]
    assert found.allowed[row, col] == (1 << (truth[row, col] - 1)) | (1 << (drawn[row, col] - 1))


def test_labels_that_are_no_land_cover_are_left_alone(record: Record) -> None:
    buildings = replace(record, classes=BUILDING_CLASSES)

    def never(_: object) -> np.ndarray:
        raise AssertionError("the model was asked")

    assert intersected(buildings, never) is buildings
