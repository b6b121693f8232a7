"""The teacher-forced forward pass of any TerraScope: what the reasoning loop does, with the words given.

A conversation is written out as the loop would have written it: prompt, text, after each [SEG] the visual tokens under
its mask. The masks are the true ones (paper section 3.2, "Training") or those that the model draws itself at that
point. Then one pass of the language model over all positions gives the words, and each [SEG]'s state its mask. Images,
tokens and masks go through the same code as at run time, each conversation with a bank of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from ..model.banks import DateBank, encode_dates
from ..model.clouds import CLOUD, find_clouds
from ..model.grounding import Decoded, ImageFeatures
from ..model.language import Context
from ..model.profile import ReasoningProfile
from ..model.prompt import prompt_embeddings, prompt_ids
from ..model.terrascope import TerraScope
from ..model.vocabulary import Vocabulary
from .conversations import Conversation, Mark, Piece

Features = dict[tuple[int, str], ImageFeatures]
"""date (0-based) and phrase of a mask -> what the mask decoder sees for it"""
_AROUND = 12
"""positions around an image's tokens and the two turns, at most"""


@dataclass(frozen=True)
class Outcome:
    """What the model makes of some conversations.

    Attributes:
        logits: (T, vocabulary), of every word that is learnt, all conversations one after the other.
        targets: int (T,), the words themselves.
        marks: every [SEG] of all conversations, in order.
        decoded: its mask, one for each of `marks`.
        owners: which of the conversations each of `marks` is in.
        injected: of each of `marks`, the tokens that entered after it, indices in its own conversation's visual tokens.
    """

    logits: Tensor
    targets: Tensor
    marks: list[Mark]
    decoded: list[Decoded]
    owners: list[int]
    injected: list[np.ndarray]

    @property
    def pairs(self) -> list[tuple[Mark, Decoded]]:
        """Each [SEG] with its mask."""
        return list(zip(self.marks, self.decoded, strict=True))


def forward(
    model: TerraScope, talks: Sequence[Conversation], profile: ReasoningProfile, own: Sequence[bool] = ()
) -> Outcome:
    """Words and masks of some conversations; gradients flow into whatever part of the model asks for them.

    Args:
        model: the network.
        talks: at least one.
        profile: how masks become tokens.
        own: of each conversation, whether the model's own masks choose the tokens; by default the true ones do.
    """
    written = [write(model, talk, profile, flag) for talk, flag in zip(talks, own or [False] * len(talks), strict=True)]
    # Padding stands to the right, where causal attention never looks: no mask is needed (SPEC 5.2).
    embeddings = pad_sequence([text.embeddings for text in written], batch_first=True)
    states = model.language_model.model(inputs_embeds=embeddings, use_cache=False).last_hidden_state
    # A word is foretold at the position before it, be that text or the last token that entered.
    learnt = [(row, position - 1) for row, text in enumerate(written) for position in text.learnt]
    rows, positions = torch.tensor(learnt, device=states.device).view(-1, 2).unbind(1)
    logits = model.language_model.lm_head(states[rows, positions]).float()
    targets = torch.tensor([text.ids[p] for text in written for p in text.learnt], device=states.device)
    outcome = Outcome(logits, targets, [], [], [], [])
    for row, (talk, text) in enumerate(zip(talks, written, strict=True)):
        drawing = Drawing(model, text.features, profile)
        for mark, position in zip(talk.marks, text.marked, strict=True):
            outcome.decoded.append(drawing.mask(mark, states[row, position][None]))
            outcome.marks.append(mark)
            outcome.owners.append(row)
        outcome.injected.extend(text.injected)
    return outcome


def longest(model: TerraScope, talk: Conversation, profile: ReasoningProfile) -> int:
    """Positions that a conversation can take at most, whatever its masks turn out to be."""
    alone = sum(len(image.sensors) for image in talk.images) == 1
    cell = model.config.tile_tokens**2
    visual = [model.tiles(image, alone=alone).count * cell for image in talk.images for _ in image.sensors]
    words = sum(len(model.vocabulary.encode(text)) for text in talk.turn)
    words += sum(len(spoken(model.vocabulary, piece)[0]) for piece in talk.pieces)
    entering = 2 * min(profile.max_region_tokens, max(visual)) * len(talk.marks)
    return sum(visual) + words + entering + _AROUND * len(visual)


class Drawing:
    """The masks of one conversation, one after the other, as the reasoning loop draws them.

    Args:
        model: the network.
        features: what the mask decoder sees.
        profile: how to reason.
    """

    def __init__(self, model: TerraScope, features: Features, profile: ReasoningProfile) -> None:
        self._model, self._features, self._profile = model, features, profile
        self._drawn: dict[str, tuple[int, Tensor]] = {}

    def mask(self, mark: Mark, state: Tensor) -> Decoded:
        """The mask of a [SEG] whose state is (1, hidden); a region seen before at another date begins with that."""
        prompt = self._model.text_hidden_fcs(state)
        last, earlier = self._drawn.get(mark.phrase, (mark.image, None))
        carried = earlier if self._profile.image_choice == "indicator" and last != mark.image else None
        decoded = self._model.grounding.decode(
            self._features[mark.image, mark.phrase], prompt.to(self._model.sam2.dtype), carried
        )
        self._drawn[mark.phrase] = (mark.image, decoded.best.detach())
        return decoded


@dataclass
class Written:
    """A conversation as the language model reads it."""

    ids: list[int]
    chunks: list[Tensor]
    """embeddings (n, hidden) of successive parts"""
    features: Features
    learnt: list[int] = field(default_factory=list)
    """positions of the words that are learnt"""
    marked: list[int] = field(default_factory=list)
    """positions of [SEG]"""
    injected: list[np.ndarray] = field(default_factory=list)
    """after each [SEG], the visual tokens that entered"""

    @property
    def embeddings(self) -> Tensor:
        """What stands at every position, (L, hidden)."""
        return torch.cat(self.chunks)

    def add(self, ids: list[int], embeddings: Tensor, *, learn: bool = False) -> None:
        """Go on with ids and what stands for them."""
        if learn:
            self.learnt.extend(range(len(self.ids), len(self.ids) + len(ids)))
        self.ids.extend(ids)
        self.chunks.append(embeddings)


def write(model: TerraScope, talk: Conversation, profile: ReasoningProfile, own: bool = False) -> Written:
    """Encode the images and write the conversation out, visual tokens in their places.

    Args:
        model: the network.
        talk: what is said.
        profile: how masks become tokens.
        own: whether the model's own masks choose them.
    """
    vocabulary, dtype = model.vocabulary, model.language_model.dtype
    banks = _encoded(model, talk)
    ids = prompt_ids(vocabulary, list(talk.turn), [[len(view.tokens) for view in bank.views] for bank in banks])
    asked = None if profile.fusion == "published_train" else _embed(model, vocabulary.encode_plain(talk.turn[-1]))
    for bank in banks:
        bank.choose(asked)
    prompt = prompt_embeddings(model, ids, [view.tokens for bank in banks for view in bank.views])
    features = {(m.image, m.phrase): _seen(model, banks[m.image], m.phrase, profile) for m in talk.marks}
    text = Written(list(ids), [prompt], features)
    with _own_masks(model, text, profile) if own else _true_masks() as mask_of:
        for piece in talk.pieces:
            new, learn = spoken(model.vocabulary, piece)
            if isinstance(piece, Mark):
                text.marked.append(len(text.ids))
            text.add(new, _embed(model, new), learn=learn)
            if isinstance(piece, Mark):
                region = banks[piece.image].region(
                    mask_of(piece), profile, model.config.tile_size, lambda: _embed(model, _words(model, text.ids))
                )
                text.add([vocabulary.region_id] * len(region.tokens), region.tokens.to(dtype))
                text.injected.append(region.indices)
        end = vocabulary.encode("<|im_end|>")
        text.add(end, _embed(model, end), learn=True)
    return text


def _encoded(model: TerraScope, talk: Conversation) -> list[DateBank]:
    """The banks of every date; the mask decoder's features only of those that have a mask."""
    steps = encode_dates(model, list(talk.images), lambda: None, {mark.image for mark in talk.marks})
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def _seen(model: TerraScope, bank: DateBank, phrase: str, profile: ReasoningProfile) -> ImageFeatures:
    """What the mask decoder sees of a date; of two sensors radar where the model itself finds clouds."""
    if profile.masks_see == "through_clouds" and len(bank.views) > 1:
        if phrase == CLOUD:  # only the optical image shows them
            return bank.views[0].features
        if bank.clouds is None:
            with torch.no_grad(), _as_asked(model):
                find_clouds(model, bank, profile)
    return bank.features(model.grounding, profile)


def spoken(vocabulary: Vocabulary, piece: Piece) -> tuple[list[int], bool]:
    """Ids of a piece, and whether they are learnt; a measure stands as the reasoning loop writes it."""
    if isinstance(piece, str):
        return vocabulary.encode(piece), True
    if isinstance(piece, Mark):
        return [vocabulary.seg_id], True
    opening, closing = vocabulary.measure_ids
    if opening is None or closing is None:
        return vocabulary.encode(f" ({piece.text})"), False
    return [opening, *vocabulary.encode(piece.text), closing], False


def _embed(model: TerraScope, ids: list[int]) -> Tensor:
    return model.language_model.get_input_embeddings()(torch.tensor(ids, dtype=torch.long, device=model.device))


def _words(model: TerraScope, ids: list[int]) -> list[int]:
    visual = (model.vocabulary.context_id, model.vocabulary.region_id)
    return [i for i in ids if i not in visual]


@contextmanager
def _true_masks() -> Iterator[Callable[[Mark], np.ndarray]]:
    yield lambda mark: mark.mask


@contextmanager
def _own_masks(model: TerraScope, text: Written, profile: ReasoningProfile) -> Iterator[Callable[[Mark], np.ndarray]]:
    """Within, the mask that the model draws at a [SEG] after what has been written so far; without gradients."""
    context = Context(model)
    drawing = Drawing(model, text.features, profile)
    read = 0

    @torch.no_grad()
    def mask_of(mark: Mark) -> np.ndarray:
        nonlocal read
        context.append_embeddings(torch.cat(text.chunks[read:]).detach())
        read = len(text.chunks)
        return drawing.mask(mark, context.last_state).mask

    with _as_asked(model):
        yield mask_of


@contextmanager
def _as_asked(model: TerraScope) -> Iterator[None]:
    """Within, the language model is as at run time: no dropout, and a cache instead of recomputed activations."""
    language = model.language_model
    training = language.training
    language.eval()
    try:
        yield
    finally:
        language.train(training)
