"""A chip and a small vocabulary, shared by the tests of what is trained on."""

from __future__ import annotations

import numpy as np
import pytest

from model_runtime.model.vocabulary import Vocabulary
from model_runtime.training.data import BANDS, Chip
from model_runtime.training.recipe import RECIPE
from model_runtime.training.tokenizer import train_tokenizer


@pytest.fixture(scope="session")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    folder = tmp_path_factory.mktemp("tokenizer")
    train_tokenizer(RECIPE, folder, texts=500)
    return Vocabulary.read(folder)


@pytest.fixture
def chip() -> Chip:
    """Water on the left, trees on the right; the lower half is under a cloud."""
    surface = np.full((256, 256), 2, np.uint8)
    surface[:, :128] = 1
    hidden = np.zeros((256, 256), bool)
    hidden[128:] = True
    return seen(surface, np.where(hidden, 9, surface).astype(np.uint8), hidden)


@pytest.fixture
def mosaic() -> Chip:
    """Every class but cloud, in stripes of different width; no cloud hides anything."""
    edges = np.cumsum([10, 60, 50, 40, 30, 26, 22])
    surface = np.broadcast_to(np.searchsorted(edges, np.arange(256), "right").astype(np.uint8) + 1, (256, 256)).copy()
    return seen(surface, surface, np.zeros((256, 256), bool))


def seen(surface: np.ndarray, labels: np.ndarray, hidden: np.ndarray) -> Chip:
    return Chip(
        np.full((len(BANDS), 256, 256), 0.2, np.float32),
        np.ones(len(BANDS), bool),
        True,
        labels,
        np.left_shift(1, labels.astype(np.uint16) - 1).astype(np.uint16),
        surface,
        hidden,
        10.0,
    )
