"""Simulated clicks lie where they say, and what is near them is not judged."""

from __future__ import annotations

import numpy as np
import pytest

from model_runtime.terra_cot.scenes import CLASSES, LabelledScene
from model_runtime.terra_cot.sources.common import only
from model_runtime.terra_cot.vocabulary import LAND_COVER
from model_runtime.training.evaluate_adaptation import away_from, click_where_wrong, draw_examples
from model_runtime.training.places import Place


@pytest.fixture
def place() -> Place:
    """Water to the left, trees in the middle, a little built-up to the right."""
    labels = np.zeros((60, 90), np.uint8)
    labels[:, :40], labels[:, 40:80], labels[20:30, 80:] = 1, 2, 5
    scene = LabelledScene(np.zeros((5, 60, 90), np.float32), labels, 10.0, (True,) * 5, True, only(labels), "a place")
    return Place(scene, "a site")


@pytest.mark.parametrize(("count", "side"), [(15, 1), (10, 7)])
def test_examples_are_of_what_they_show(place: Place, count: int, side: int) -> None:
    examples = draw_examples(place, count, side, seed=3)
    assert len(examples) == count
    assert {example.phrase for example in examples} == {"water", "trees", "built-up area"}
    for example in examples:
        assert 1 <= len(example.pixels) <= side**2
        assert set(place.scene.labels[tuple(example.pixels.T)]) == {LAND_COVER.index(example.phrase) + 1}


def test_the_click_is_in_the_middle_of_what_is_missed(place: Place) -> None:
    right = {name: place.scene.labels == code for code, name in enumerate(CLASSES, 1)}
    assert click_where_wrong(place, right, []) is None
    missed = {**right, "trees": right["trees"] & (np.arange(60)[:, None] < 20)}
    click = click_where_wrong(place, missed, [])
    assert click is not None
    assert click.phrase == "trees"
    ((row, column),) = click.pixels.tolist()
    assert 35 <= row <= 45
    assert 55 <= column <= 65


def test_labels_near_an_example_are_not_judged(place: Place) -> None:
    examples = draw_examples(place, 3, 1, seed=1)
    left = away_from(place, examples).scene
    for example in examples:
        row, column = example.pixels[0]
        assert not left.allowed[max(0, row - 5) : row + 6, max(0, column - 5) : column + 6].any()
    far = np.argwhere((left.allowed == 0) & (place.scene.allowed > 0))
    nearest = np.abs(far[:, None] - np.concatenate([e.pixels for e in examples])[None]).max(-1).min(-1)
    assert nearest.max() <= 5
