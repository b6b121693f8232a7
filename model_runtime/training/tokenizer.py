"""terrascope-nano's own byte-level BPE, trained on the questions and traces it will read and write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

from ..model.marks import MEASURE_MARKS
from ..model.profile import PAPER_INSTRUCTION, PUBLISHED_INSTRUCTION
from ..model.vocabulary import INTERNVL_MARKS, TERRASCOPE_MARKS
from ..terra_cot.chance import seeded
from ..terra_cot.dates import MAX_DATES
from ..terra_cot.imagined import Imagined
from ..terra_cot.samples import KINDS, compose, needed
from ..terra_cot.traces import Measured, Region
from ..terra_cot.vocabulary import SYNONYMS
from .recipe import Recipe


def corpus(count: int, seed: int) -> Iterator[str]:
    """Question and trace texts with arbitrary figures."""
    rng = seeded(seed)
    yield PAPER_INSTRUCTION
    yield PUBLISHED_INSTRUCTION
    kinds = list(KINDS)
    for _ in range(count):
        kind = rng.choice(kinds)
        rule = KINDS[kind]
        dates = rng.randint(2, MAX_DATES) if rule.over_time or rng.random() < 0.2 else 1
        phrases = rule.phrases or rng.sample(list(SYNONYMS), rule.classes)
        regions = [
            Region(phrases[which], date, 100 * rng.random() ** 3, 10 ** rng.uniform(-1, 5))
            for which, date in needed(kind, dates, rng)
        ]
        measured = rule.measured_only or rng.random() < 0.7
        sample = compose(kind, regions, Imagined(rng), rng, measured=measured, dates=dates)
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
