"""Words that a model says whatever it finds likely, so that random weights take exactly the way of real ones."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from unittest.mock import patch

import torch
from torch import Tensor

from ..errors import RequestError
from ..model.drafting import Drafts
from ..model.language import Context
from ..model.terrascope import TerraScope


def dictated(model: TerraScope, words: int, masks: int) -> list[int]:
    """`words` tokens with `masks` marks spread over them, and the end: letters by lot, which nobody can guess.

    Raises:
        RequestError: there are not enough words for so many masks.
    """
    if words <= masks:
        raise RequestError(f"{masks} masks need more than {words} words; give --words more.")
    vocabulary = model.vocabulary
    letters = random.Random(0).choices(string.ascii_lowercase, k=words - 1)  # nosec B311
    tokens = [vocabulary.encode(letter)[0] for letter in letters] + [min(vocabulary.stop_ids)]
    for k in range(masks):
        tokens[(k + 1) * (words - 1) // (masks + 1)] = vocabulary.seg_id
    return tokens


@contextmanager
def dictating(model: TerraScope, words: Sequence[int]) -> Iterator[Tensor]:
    """Let a model say these words; what it said before helps no guess.

    Yields:
        What it would rather have said, (words,), when all is said.
    """
    speaker = _speaker(tuple(words), model.device)
    model.drafts = Drafts()
    try:
        with patch.object(Context, "choose", speaker):
            yield speaker.rather
    finally:
        model.drafts = Drafts()


class _Speaker:
    """Chooses the words; what a GPU records of it is all in its own memory."""

    def __init__(self, words: Sequence[int], device: torch.device) -> None:
        with torch.inference_mode(False):
            self.words = torch.tensor(words, device=device)
            self.rather = torch.zeros_like(self.words)

    def __call__(self, logits: Tensor, said: int | Tensor) -> Tensor:
        numbers = (torch.arange(len(logits), device=logits.device) + said).clamp_max(len(self.words) - 1)
        likely, word = logits.argmax(-1), self.words[numbers]
        self.rather.index_copy_(0, numbers, likely)
        allowed = logits.gather(1, word[:, None])[:, 0] > -torch.inf
        return torch.where(allowed, word, likely)


@lru_cache(maxsize=4)
def _speaker(words: tuple[int, ...], device: torch.device) -> _Speaker:
    """The same for the same words: what was recorded of it is replayed in the next answer."""
    return _Speaker(words, device)
