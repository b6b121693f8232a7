"""`train finetune`, words: a new class becomes an entry of the vocabulary that the language model reads and says.

What is learnt are the new entries' embeddings, their rows of the head, and the [SEG] projection, which has to give the
new prompts. Questions about new classes stand beside questions about those that are known, so that these stay what
they are. The language model itself is left alone.
"""

from __future__ import annotations

import math
import random
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import torch
from tokenizers import AddedToken, Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from ..model.profile import ReasoningProfile
from ..model.prompt import prompt_ids, user_turn
from ..model.terrascope import TerraScope
from ..model.vocabulary import Vocabulary
from ..terra_cot.chance import seeded
from ..terra_cot.traces import Sample
from ..terra_cot.vocabulary import LAND_COVER
from .finetune_pixels import share_done
from .questions import Sequence as Written
from .questions import collate, imagined_sample, sequence_of
from .stage2_batches import TextBatch

_MOST_ENTERING = 24
"""visual tokens that enter after a [SEG], at most"""
_AT_A_TIME = 4
"""questions of a step: a wish to end is heard between two computations, not within one"""


@dataclass(frozen=True)
class WordRecipe:
    """How words are taught.

    Attributes:
        questions: In each step.
        steps: At most.
        least_steps: However little time there is.
        about_new: How many of the classes that questions can choose are new ones.
        shown: Share of the questions that stand behind an image.
        two_dates: Share of the others that are about two dates.
        otherwise: How often a question writes a new class otherwise: in capitals, one instead of several.
        row_rate: Learning rate of the new entries at its peak.
        projection_rate: Of the [SEG] projection.
        seg_weight: Of the distance between what [SEG] says and the prompt that it should.
        seed: Of everything drawn.
    """

    questions: int = 12
    steps: int = 300
    least_steps: int = 40
    about_new: float = 0.6
    shown: float = 0.5
    two_dates: float = 0.3
    otherwise: float = 0.25
    row_rate: float = 3e-2
    projection_rate: float = 2e-3
    seg_weight: float = 2.0
    seed: int = 1


def spellings(name: str) -> tuple[str, ...]:
    """How people may write a class: as it is named, in one and in several, with a capital letter.

    >>> spellings("solar panels")
    ('solar panels', 'solar panel', 'Solar panels', 'Solar panel')
    """
    other = name[:-1] if re.search(r"[^s]s$", name) else f"{name}s"
    plain = (name, other) if other[-1].isalpha() or other[-1] == "s" else (name,)
    return tuple(dict.fromkeys([*plain, *(word[:1].upper() + word[1:] for word in plain)]))


def add_words(model: TerraScope, names: Sequence[str], tokenizer: Tokenizer) -> list[int]:
    """Give a model entries for new classes; its embeddings and its head grow by as many rows.

    A blank in front belongs to the entry, as it does to the other words of the vocabulary.

    Args:
        model: it gets the larger vocabulary, and its config says so.
        names: of the classes.
        tokenizer: of the model; it is changed.

    Returns:
        Ids of the new entries.
    """
    words = list(dict.fromkeys(word for name in names for word in spellings(name)))
    before = len(Vocabulary(tokenizer))
    tokenizer.add_tokens([AddedToken(f" {word}", normalized=False, special=False) for word in words])
    tokenizer.add_tokens([AddedToken(word, normalized=False, special=False, single_word=True) for word in words])
    model.vocabulary = Vocabulary(tokenizer)
    size = max(model.config.llm_config.vocab_size, len(model.vocabulary))
    language = model.language_model
    seen = language.get_input_embeddings().weight[:before]
    for layer in (language.get_input_embeddings(), language.lm_head):
        rows = layer.weight.new_empty(size, layer.weight.shape[1])
        rows[: len(layer.weight)] = layer.weight
        layer.weight = nn.Parameter(rows, requires_grad=False)
    generator = torch.Generator().manual_seed(len(words))
    fresh = range(before, len(model.vocabulary))
    embeddings, head = language.get_input_embeddings().weight, language.lm_head.weight
    with torch.no_grad():
        embeddings[before:] = seen.mean(0) + seen.std(0) * torch.randn(
            size - before, seen.shape[1], generator=generator
        )
        # So that none of them is said before it is learnt.
        head[before:] = head[:before].mean(0)
    language.get_input_embeddings().num_embeddings = language.lm_head.out_features = size
    language.config.vocab_size = size
    model.config = model.config.model_copy(
        update={"llm_config": model.config.llm_config.model_copy(update={"vocab_size": size})}
    )
    return list(fresh)


def learn_words(
    model: TerraScope, names: Sequence[str], added: Sequence[int], prompts: Tensor, banks: Sequence[Tensor],
    minutes: float, recipe: WordRecipe, tell: Callable[[float], None],
) -> None:  # fmt: skip
    """Teach a model to read and say new classes.

    Args:
        model: whose vocabulary has them (`add_words`).
        names: of the new classes.
        added: ids of their entries.
        prompts: (classes, d_model), what [SEG] has to say: of land cover, then of the new classes.
        banks: visual tokens (n, hidden) of some images, each in one tile.
        minutes: wall-clock budget.
        recipe: how.
        tell: told the fraction that is done between steps; raises to stop.
    """
    torch.manual_seed(recipe.seed)
    language = model.language_model
    weights = (language.get_input_embeddings().weight, language.lm_head.weight)
    rows = [nn.Parameter(weight[list(added)].clone()) for weight in weights]
    places = torch.tensor(added)
    projection = list(model.text_hidden_fcs.requires_grad_(True).parameters())
    groups = [{"params": rows, "peak": recipe.row_rate}, {"params": projection, "peak": recipe.projection_rate}]
    optimizer = torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.98), weight_decay=0.0)
    draw = questions(model, names, banks, recipe)
    begin = time.monotonic()
    for step in range(recipe.steps):
        share = share_done(step, recipe.steps, recipe.least_steps, begin, minutes)
        if share >= 1:
            break
        tell(share)
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * min(share / 0.05 + 0.02, 0.505 + 0.495 * math.cos(math.pi * share))
        optimizer.zero_grad()
        for first in range(0, recipe.questions, _AT_A_TIME):
            count = min(_AT_A_TIME, recipe.questions - first)
            whole = [weight.index_copy(0, places, fresh) for weight, fresh in zip(weights, rows, strict=True)]
            found = word_losses(model, *draw(count), prompts, *whole)
            (count / recipe.questions * (found["text"] + recipe.seg_weight * found["seg"])).backward()
        nn.utils.clip_grad_norm_([*rows, *projection], 1.0)
        optimizer.step()
    with torch.no_grad():
        for weight, fresh in zip(weights, rows, strict=True):
            weight[places] = fresh
    model.text_hidden_fcs.requires_grad_(False)


def word_losses(
    model: TerraScope,
    batch: TextBatch,
    bank: Tensor,
    sources: Tensor,
    prompts: Tensor,
    embeddings: Tensor,
    head: Tensor,
) -> dict[str, Tensor]:
    """Cross-entropy of the words that are learnt, distance of each [SEG]'s prompt from the right one, wrong words.

    Args:
        model: the network.
        batch: questions with their traces.
        bank: visual tokens (V, hidden).
        sources: int (N, L), which of them stands at a position, -1 for a word.
        prompts: (classes, d_model).
        embeddings: (vocabulary, hidden).
        head: (vocabulary, hidden).
    """
    filled = F.embedding(batch.ids, embeddings)
    filled = torch.where((sources >= 0)[..., None], bank[sources.clamp_min(0)], filled)
    states = model.language_model.model(inputs_embeds=filled, use_cache=False).last_hidden_state.flatten(0, 1)
    logits = F.linear(states[batch.learnt], head)
    return {
        "text": F.cross_entropy(logits, batch.targets),
        "seg": F.mse_loss(model.text_hidden_fcs(states[batch.marks]), prompts[batch.classes - 1]),
        "wrong": (logits.argmax(-1) != batch.targets).float().mean(),
    }


def questions(
    model: TerraScope, names: Sequence[str], banks: Sequence[Tensor], recipe: WordRecipe
) -> Callable[[int], tuple[TextBatch, Tensor, Tensor]]:
    """What draws so many questions: the batch, the visual tokens in it, and where they stand (see `word_losses`)."""
    rng = seeded(recipe.seed)
    phrases = (*LAND_COVER, *names)
    vocabulary = model.vocabulary

    def draw_phrases(count: int) -> list[str]:
        chosen: list[str] = []
        while len(chosen) < count:
            of = names if rng.random() < recipe.about_new else LAND_COVER
            chosen += [word for word in [rng.choice(list(of))] if word not in chosen]
        return chosen

    def one(shown: bool, bank: Tensor) -> Written:
        dates = 1 if shown or rng.random() >= recipe.two_dates else 2
        sample = _otherwise(imagined_sample(rng, dates, draw_phrases), names, recipe.otherwise, rng)
        turn = user_turn(sample.question, dates, ReasoningProfile.named("paper", measured=True))
        ids = prompt_ids(vocabulary, turn, [[len(bank) if shown else 0]] * dates)
        limit = _MOST_ENTERING if shown else 0

        def entering(_: object) -> list[int]:
            first = rng.randrange(len(bank))
            return list(range(first, min(len(bank), first + rng.randint(0, limit))))

        written = sequence_of(vocabulary, ids, sample, entering, phrases=phrases)
        seen = iter(range(len(bank)))
        sources = [
            next(seen) if number == vocabulary.context_id else source
            for number, source in zip(written.ids, written.sources, strict=True)
        ]
        return replace(written, sources=sources)

    def draw(count: int) -> tuple[TextBatch, Tensor, Tensor]:
        shown = bool(banks) and rng.random() < recipe.shown
        bank = rng.choice(banks) if shown else torch.zeros(1, model.config.llm_config.hidden_size)
        written = [one(shown, bank) for _ in range(count)]
        ids, labels, sources = collate(written, [0] * count, [0], vocabulary.id_of("<|endoftext|>"))
        return TextBatch(**TextBatch.fields_of(ids, labels, written)), bank, sources

    return draw


def _otherwise(sample: Sample, names: Sequence[str], share: float, rng: random.Random) -> Sample:
    """The same question, a new class in it written otherwise now and then."""
    text = sample.question
    for name in names:
        if rng.random() < share:
            text = re.sub(rf"\b{re.escape(name)}\b", rng.choice(spellings(name)), text)
    return replace(sample, question=text)
