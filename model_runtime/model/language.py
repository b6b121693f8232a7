"""A context of the language model: read a prompt, say what is likeliest, append, forget, last state, next logits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

import torch
from torch import Tensor
from transformers import Qwen2ForCausalLM

from . import decoder
from .decoder import KeyValues
from .replay import BLOCK, Replay

if TYPE_CHECKING:
    from .terrascope import TerraScope

_ROOM = 512
"""positions that are laid out beyond what is read first"""


def likeliest(logits: Tensor, _: int) -> Tensor:
    """The next token after each of (n, vocabulary) logits: (n,); of how many were said before it, nothing depends."""
    return logits.argmax(-1)


class Context:
    """One growing context of the decoder; nothing in it is ever computed twice.

    Used with `with`, it leaves what it read to the next one of the same model.

    Args:
        model: whose.
    """

    choose: ClassVar = staticmethod(likeliest)
    """(logits (n, vocabulary), tokens said before the first of them) -> (n,)"""
    REPLAYS: ClassVar[bool] = False
    """whether steps have fixed shapes where nothing is recorded either, as it is on a GPU"""
    DRAFT_FROM_BYTES: ClassVar[int] = 100_000_000
    """of a decoder that guesses are read along with. What reads more than fits a processor's cache is as fast with
    eight tokens as with one; a small one is not, and says the same to the last bit whatever was said before."""

    def __init__(self, model: TerraScope) -> None:
        self._model, self._language = model, model.language_model
        self._memory: KeyValues | None = None
        self._logits: Tensor | None = None
        self._said = 0
        self.is_dear = is_large(model, self.DRAFT_FROM_BYTES)
        """whether a token costs as much as several: guesses are read along with it"""
        self.length = 0
        self.last_state: Tensor | None = None
        """(1, hidden), after the final norm, at the last position (SPEC 5.2)."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._model.spare, self._memory = self._memory, None

    def read(self, prompt: Tensor, cuts: Sequence[int] = ()) -> None:
        """Feed the embeddings that a context begins with; pieces that the last one began with are there.

        Whether they are or not, each piece is fed by itself: so both ways give the same to the last bit.

        Args:
            prompt: (n, hidden).
            cuts: where its pieces begin after the first, ascending.
        """
        weights = _weights(self._language)
        memory, self._model.spare = self._model.spare, None
        if memory is None or not memory.fits(self._language, len(prompt) + _ROOM):
            memory = KeyValues(self._language, len(prompt) + _ROOM)
        self._memory = memory
        known, alike = memory, _alike(memory, prompt, weights)
        if self._model.reading is not None and (more := _alike(self._model.reading, prompt, weights)) > alike:
            known, alike = self._model.reading, more
        self.forget_after(max((cut for cut in cuts if cut <= alike), default=0))
        if known is not memory:
            memory.copy_from(known, self.length)
        for cut in (*(cut for cut in cuts if self.length < cut < len(prompt)), len(prompt)):
            self.append_embeddings(prompt[self.length : cut])
        memory.prompt, memory.weights = prompt, weights
        self._model.reading = memory

    def append_tokens(self, ids: Sequence[int]) -> None:
        """Feed token ids."""
        self.append_embeddings(self._embedded(ids))
        self._model.drafts.add(ids)

    def append_embeddings(self, embeddings: Tensor) -> None:
        """Feed embeddings (n, hidden). No attention mask: every position sees the whole cache (SPEC 5.2)."""
        self.last_state = self._read(embeddings)[-1:]

    def forget_after(self, length: int) -> None:
        """Go back to an earlier `length`, to go on from there in another way; `last_state` is not what it was."""
        self.length, self._logits = length, None
        if self._memory is not None and self._memory.prompt is not None:
            self._memory.prompt = self._memory.prompt[:length]

    def next_logits(self) -> Tensor:
        """(vocabulary,) logits of the next token, at the last position only."""
        if self._logits is None:
            self._logits = self._language.lm_head(self.last_state)
        return self._logits[0]

    def say(self, most: int, ends: Collection[int], never: Sequence[int] = ()) -> list[int]:
        """Say the likeliest next tokens, and feed them: one, or as many as were guessed rightly.

        Args:
            most: tokens that are said.
            ends: tokens after which no other is said.
            never: tokens that are not said, however likely.

        Returns:
            At least one token.
        """
        self.next_logits()
        first = self._choose(self._logits, never, 0)
        said = [int(first[0])]
        if self.is_dear and said[0] not in ends:
            said += until(self._model.drafts.after(said[0])[: max(0, most - 1)], ends)
        if len(said) == 1 and self._replay:
            return self._say_block(first, 1 if said[0] in ends else max(1, min(BLOCK, most)), ends, never)
        states = self._read(self._embedded(said))
        if len(said) > 1:
            logits = self._language.lm_head(states)
            likely = self._choose(logits, never, 1).tolist()
            right = 1 + next((i for i, guess in enumerate(said[1:]) if guess != likely[i]), len(said) - 1)
            self.length -= len(said) - right
            said, states, self._logits = said[:right], states[:right], logits[right - 1 : right]
        return self._keep(said, states, self._logits)

    def _say_block(self, first: Tensor, count: int, ends: Collection[int], never: Sequence[int]) -> list[int]:
        """Say a few tokens before they are looked at, and forget those after an end."""
        if self._memory.capacity < self.length + BLOCK:
            self._make_room(self.length + BLOCK)
        fed, states, logits = self._replay.say(first, self.length, self._said, count, never, self.choose)
        said = until(fed, ends)
        self.length += len(said)
        return self._keep(said, states, logits[len(said) - 1 : len(said)])

    def _keep(self, said: list[int], states: Tensor, logits: Tensor | None) -> list[int]:
        """Stand after what was said, with the states of its tokens and the logits after the last of them."""
        self.last_state, self._logits = states[len(said) - 1 : len(said)], logits
        self._said += len(said)
        self._model.drafts.add(said)
        return said

    @classmethod
    def say_one_each(cls, contexts: Sequence[Context], never: Sequence[Sequence[int]]) -> list[list[int]]:
        """The likeliest next token of each of several contexts, fed to all at once; not before the first state.

        Args:
            contexts: of one model.
            never: of each, as of `say`.
        """
        for context in contexts:
            context.next_logits()
            if context.length == context._memory.capacity:
                context._make_room(context.length + 1)
        said = [int(one._choose(one._logits, not_said, 0)[0]) for one, not_said in zip(contexts, never, strict=True)]
        language = contexts[0]._language
        states = decoder.run_rows(
            language, [context._memory for context in contexts], contexts[0]._embedded(said),
            [context.length for context in contexts],
        )  # fmt: skip
        logits = language.lm_head(states)
        for row, context in enumerate(contexts):
            context.last_state, context._logits = states[row : row + 1], logits[row : row + 1]
            context.length += 1
            context._said += 1
        return [[token] for token in said]

    @property
    def _replay(self) -> Replay | None:
        """What replays steps over this context; None where each is run anew."""
        if not self.REPLAYS and self._model.device.type != "cuda":
            return None
        if self._memory.replay is None:
            self._memory.replay = Replay(self._language, self._memory, compiled=self._model.compiled)
        return self._memory.replay

    def _choose(self, logits: Tensor, never: Sequence[int], ahead: int) -> Tensor:
        if never:
            logits = logits.clone()
            logits[:, list(never)] = -torch.inf
        return self.choose(logits, self._said + ahead)

    def _embedded(self, ids: Sequence[int]) -> Tensor:
        return self._language.get_input_embeddings()(torch.tensor(ids, dtype=torch.long, device=self._model.device))

    def _read(self, embeddings: Tensor) -> Tensor:
        """The states (n, hidden) of what is appended."""
        end = self.length + len(embeddings)
        if self._memory is None or end > self._memory.capacity:
            self._make_room(end)
        if self._replay and self._replay.takes(len(embeddings), self.length):
            states = self._replay.read(embeddings, self.length)
        else:
            states = decoder.run(self._language, self._memory, embeddings, self.length)
        self.length, self._logits = end, None
        return states

    def _make_room(self, length: int) -> None:
        larger = KeyValues(self._language, length + _ROOM)
        if self._memory is not None:
            larger.copy_from(self._memory, self.length)
            larger.prompt, larger.weights = self._memory.prompt, self._memory.weights
            if self._model.reading is self._memory:
                self._model.reading = larger
        self._memory = larger


@dataclass(frozen=True)
class Say:
    """What a context is to say next: the arguments of `Context.say`, for whoever decides when."""

    context: Context
    most: int
    ends: Collection[int]
    never: Sequence[int] = ()


@torch.inference_mode()
def say_together(wishes: Sequence[Say]) -> list[list[int]]:
    """What each of several contexts of one model says next, the weights being read once for all of them.

    One by one where that is no faster: of one wish, and of a model that is small.

    Returns:
        Of each at least one token.
    """
    contexts = [wish.context for wish in wishes]
    if len(wishes) == 1 or not all(context.is_dear for context in contexts):
        return [wish.context.say(wish.most, wish.ends, wish.never) for wish in wishes]
    return Context.say_one_each(contexts, [wish.never for wish in wishes])


def is_large(model: TerraScope, least_bytes: int = Context.DRAFT_FROM_BYTES) -> bool:
    """Whether reading the decoder's weights takes longer than computing with them."""
    return sum(weight.nbytes for weight in model.language_model.parameters()) >= least_bytes


def _weights(model: Qwen2ForCausalLM) -> list[tuple[int, int]]:
    """What changes when a model's weights do: each one's identity and how often it was written."""
    return [(id(weight), weight._version) for weight in model.parameters()]


def _alike(kept: KeyValues, prompt: Tensor, weights: list[tuple[int, int]]) -> int:
    """How many of a prompt's first embeddings were read into these keys and values, with the same weights."""
    known = kept.prompt
    if known is None or kept.weights != weights or (known.device, known.dtype) != (prompt.device, prompt.dtype):
        return 0
    shorter = min(len(known), len(prompt))
    equal = (known[:shorter] == prompt[:shorter]).all(-1)
    return int(equal.cumprod(0).sum())


def until(tokens: Sequence[int], ends: Collection[int]) -> list[int]:
    """The tokens up to the first that ends them, with it."""
    for number, token in enumerate(tokens):
        if token in ends:
            return list(tokens[: number + 1])
    return list(tokens)
