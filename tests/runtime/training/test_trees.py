"""Trees on pixels: what they find, and that their votes are shares."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_runtime.errors import Cancelled
from model_runtime.training.trees import Forest, grow


def _go_on() -> None:
    """Nobody stops."""


def _blocks(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Three classes that thresholds in two of four features tell apart."""
    samples = np.random.default_rng(seed).random((count, 4), np.float32)
    return samples, np.where(samples[:, 1] > 0.6, 2, np.where(samples[:, 3] > 0.3, 1, 0))


@pytest.fixture(scope="module")
def forest() -> Forest:
    return grow(*_blocks(400, 1), 3, 10, 1, _go_on)


def test_thresholds_are_found_that_hold_for_other_pixels(forest: Forest) -> None:
    samples, classes = _blocks(2000, 2)
    assert (forest.shares(samples, _go_on).argmax(1) == classes).mean() > 0.97


def test_votes_are_shares(forest: Forest) -> None:
    votes = forest.shares(np.random.default_rng(3).normal(size=(100, 4)).astype(np.float32), _go_on)
    np.testing.assert_allclose(votes.sum(1), 1, atol=1e-5)
    assert (votes >= 0).all()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 40))
def test_a_tree_is_never_wrong_about_all_pixels_it_grew_on(seed: int, count: int) -> None:
    """Where every sample differs in some feature, a bag of trees has each of them right in most trees."""
    rng = np.random.default_rng(seed)
    samples = rng.permutation(np.arange(count * 2, dtype=np.float32)).reshape(count, 2)
    classes = (samples[:, 0] > np.median(samples[:, 0])).astype(int)
    if len(np.unique(classes)) < 2:
        return
    said = grow(samples, classes, 2, 15, seed, _go_on).shares(samples, _go_on).argmax(1)
    assert (said == classes).mean() > 0.5


def test_pixels_that_are_all_alike_end_in_one_leaf() -> None:
    forest = grow(np.ones((6, 2), np.float32), np.array([0, 0, 0, 1, 1, 1]), 2, 3, 1, _go_on)
    np.testing.assert_allclose(forest.shares(np.ones((1, 2), np.float32), _go_on), [[0.5, 0.5]])
    assert forest.thresholds() == []


def test_the_same_seed_grows_the_same_trees() -> None:
    first, again = (grow(*_blocks(200, 1), 3, 3, 7, _go_on) for _ in range(2))
    assert first.thresholds() == again.thresholds()


def test_growing_can_be_stopped() -> None:
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        grow(*_blocks(100, 1), 3, 3, 1, stop)
