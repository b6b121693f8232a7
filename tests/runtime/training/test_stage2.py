"""What the language model is trained on: what is learnt, what is only read, and whose features are injected."""

from __future__ import annotations

import random

import numpy as np
import pytest

from model_runtime.model.vision import Tiles
from model_runtime.model.vocabulary import Vocabulary
from model_runtime.training.data import ALL_ALLOWED, Chip, augment
from model_runtime.training.recipe import RECIPE
from model_runtime.training.stage2 import IGNORE, MIX, collate, encode_sample, text_sample
from model_runtime.training.tokenizer import train_tokenizer


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    folder = tmp_path_factory.mktemp("tokenizer")
    train_tokenizer(RECIPE, folder, texts=500)
    return Vocabulary.read(folder)


@pytest.fixture
def chip() -> Chip:
    labels = np.full((256, 256), 2, np.uint8)
    labels[:, :128] = 1
    return Chip(
        np.full((5, 256, 256), 0.2, np.float32),
        np.ones(5, bool),
        True,
        labels,
        np.left_shift(1, labels - 1).astype(np.uint16),
    )


@pytest.mark.parametrize("kind", list(MIX))
@pytest.mark.parametrize("measured", [True, False])
def test_only_our_words_are_learnt(vocabulary: Vocabulary, chip: Chip, kind: str, measured: bool) -> None:
    chips = [chip, chip] if kind == "change" else [chip]
    tiles = [Tiles(1, 1)] * len(chips)
    prefix, made = encode_sample(
        vocabulary, chips, tiles, kind, random.Random(3), measured=measured, total_ha=1000, side=8, limit=128
    )
    assert prefix.count(vocabulary.context_id) == 64 * len(chips)
    assert len(made.ids) == len(made.labels) == len(made.sources)
    assert all(label in (IGNORE, token) for token, label in zip(made.ids, made.labels, strict=True))
    learnt = [token for token, label in zip(made.ids, made.labels, strict=True) if label != IGNORE]
    assert learnt[0] == vocabulary.id_of("<think>")
    assert learnt[-1] == vocabulary.id_of("<|im_end|>")
    assert vocabulary.region_id not in learnt
    assert not set(vocabulary.measure_ids) & set(learnt)
    assert learnt.count(vocabulary.seg_id) == len(made.segs) >= 1
    assert (made.ids.count(vocabulary.measure_ids[0]) == len(made.segs)) is measured
    for position, source in enumerate(made.sources):
        assert (source >= 0) == (made.ids[position] == vocabulary.region_id)


def test_injected_tokens_lie_under_the_mask_of_their_own_image(vocabulary: Vocabulary, chip: Chip) -> None:
    """Water is the left half: token columns 0 to 3 of 8, of the second image for the second mark."""
    for seed in range(40):
        _, made = encode_sample(
            vocabulary, [chip, chip], [Tiles(1, 1)] * 2, "change", random.Random(seed), measured=True,
            total_ha=1000, side=8,
            limit=128,
        )  # fmt: skip
        if [label for _, label in made.segs] == [1, 1]:
            break
    sources = [source for source in made.sources if source >= 0]
    assert sources[:32] == [row * 8 + col for row in range(8) for col in range(4)]
    assert sources[32:] == [64 + row * 8 + col for row in range(8) for col in range(4)]


def test_every_sample_of_a_batch_reads_its_own_image(vocabulary: Vocabulary, chip: Chip) -> None:
    """The released code reads sample 0's image for all (SPEC 7.1)."""
    made = [
        encode_sample(
            vocabulary, [chip], [Tiles(1, 1)], "area", random.Random(5), measured=True, total_ha=10, side=8, limit=8
        )[1]
        for _ in range(2)
    ]
    _, _, sources, segs = collate(made, [0, 1], [0, 64], 0)
    first, second = (row[row >= 0] for row in sources)
    assert len(first)
    assert (second == first + 64).all()
    assert [row for row, _, _ in segs] == [0, 1]


def test_text_samples_have_no_images(vocabulary: Vocabulary) -> None:
    for seed in range(50):
        made = text_sample(vocabulary, random.Random(seed))
        assert vocabulary.context_id not in made.ids
        assert max(made.sources) == -1
        assert made.segs


def test_augmented_chips_stay_whole(chip: Chip) -> None:
    for seed in range(60):
        made = augment(chip, random.Random(seed))
        assert made.bands.shape == (5, 256, 256)
        assert made.bands.dtype == np.float32
        assert made.present[:3].all()
        assert set(np.unique(made.labels)) <= {1, 2}
        assert (made.allowed <= ALL_ALLOWED).all()
        assert made.bands.min() >= 0
