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
    labels = np.where(hidden, 9, surface).astype(np.uint8)
    return Chip(
        np.full((len(BANDS), 256, 256), 0.2, np.float32),
        np.ones(len(BANDS), bool),
        True,
        labels,
        np.left_shift(1, labels.astype(np.uint16) - 1).astype(np.uint16),
        surface,
        hidden,
    )
