"""terrascope-nano's own byte-level BPE, trained on the questions and traces it will read and write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

from ..model.profile import PAPER_INSTRUCTION, PUBLISHED_INSTRUCTION
from ..model.vocabulary import INTERNVL_MARKS, MEASURE_MARKS, TERRASCOPE_MARKS
from ..terra_cot.scenes import CLASSES
from ..terra_cot.templates import QUESTIONS
from ..terra_cot.traces import Measured, Region, compose
from .recipe import Recipe, seeded


def corpus(count: int, seed: int) -> Iterator[str]:
    """Question and trace texts with arbitrary figures."""
    rng = seeded(seed)
    yield PAPER_INSTRUCTION
    yield PUBLISHED_INSTRUCTION
    kinds = list(QUESTIONS)
    for _ in range(count):
        labels = rng.sample(range(1, len(CLASSES) + 1), 2)
        regions = [Region(label, 1, 100 * rng.random() ** 3, 10 ** rng.uniform(-1, 5)) for label in labels]
        sample = compose(
            rng.choice(kinds), regions, lambda a, b: (float(rng.randrange(5000)), rng.random() < 0.5), rng,
            measured=rng.random() < 0.7,
        )  # fmt: skip
        yield sample.question
        yield "".join(p.text if isinstance(p, Measured) else p for p in sample.trace if isinstance(p, (str, Measured)))


def train_tokenizer(recipe: Recipe, folder: Path, texts: int = 20_000) -> Tokenizer:
    """Train it and write `folder/tokenizer.json`; digits are single entries so that figures can be copied."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=recipe.vocabulary, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    tokenizer.train_from_iterator(corpus(texts, recipe.seed), trainer)
    tokenizer.add_special_tokens(
        [
            AddedToken(mark, special=True, normalized=False)
            for mark in (*INTERNVL_MARKS, *TERRASCOPE_MARKS, *MEASURE_MARKS)
        ]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    return tokenizer
