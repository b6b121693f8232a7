"""Steps of fixed shape over one context, which a GPU records once and replays: no launch of a kernel is waited for.

CUDA graphs need no compiler, so this works wherever CUDA does. What changes from step to step - the token, its
position, how much has been said - stands in the GPU's memory, and the next token is chosen there: several are said
before the processor looks at them (`Replay.say`), and what was said too much is forgotten (`Context.say`). On other
devices the same steps run as they are, which is how they are tested.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor
from transformers import Qwen2ForCausalLM

from .decoder import STEP, KeyValues, run_padded

Choose = Callable[[Tensor, Tensor], Tensor]

BLOCK = 4
"""tokens that are said before they are looked at: more would waste more steps at each [SEG] than waiting takes"""
LENGTHS = (8, 32, 128)
"""what is appended is padded to one of these"""
_SPANS = (1, 2, 3, 4, 6, 8, 12, 16)
"""how many times `decoder.STEP` positions are looked at: for each a step is recorded"""


class Replay:
    """Recorded steps of a model over one context's keys and values.

    Args:
        model: the network.
        memory: stays where it is as long as this does.
        compiled: whether steps are compiled before they are recorded; takes Triton and a C compiler.
    """

    def __init__(self, model: Qwen2ForCausalLM, memory: KeyValues, *, compiled: bool = False) -> None:
        self._model, self._memory = model, memory
        self._run = _compiled() if compiled else run_padded
        self._recorded: dict[tuple[object, ...], Callable[[], None]] = {}
        device, dtype, config = model.device, model.dtype, model.config
        with torch.inference_mode(False):
            numbers = {name: torch.zeros(1, dtype=torch.long, device=device) for name in ("start", "said", "slot")}
            self._start, self._said, self._slot = numbers["start"], numbers["said"], numbers["slot"]
            self._token = torch.zeros(1, dtype=torch.long, device=device)
            self._tokens = torch.zeros(BLOCK, dtype=torch.long, device=device)
            self._states = torch.zeros(BLOCK, config.hidden_size, dtype=dtype, device=device)
            self._logits = torch.zeros(BLOCK, config.vocab_size, dtype=dtype, device=device)
            self._never = torch.zeros(config.vocab_size, dtype=dtype, device=device)
            self._padded = {
                length: torch.zeros(length, config.hidden_size, dtype=dtype, device=device) for length in LENGTHS
            }
            self._read = {length: torch.zeros_like(padded) for length, padded in self._padded.items()}

    def takes(self, count: int, start: int) -> bool:
        """Whether so many embeddings can be appended at a position here."""
        return count <= LENGTHS[-1] and start + padded_length(count) <= self._memory.capacity

    @torch.no_grad()
    def read(self, embeddings: Tensor, start: int) -> Tensor:
        """As `decoder.run`, of at most as many as `takes` says."""
        length = padded_length(len(embeddings))
        padded, span = self._padded[length], self._span(start + length)

        def step() -> None:
            self._read[length].copy_(self._run(self._model, self._memory, padded, self._start, span))

        replay = self._record(("read", length, span), step, start)
        padded[: len(embeddings)] = embeddings
        self._start.fill_(start)
        replay()
        return self._read[length][: len(embeddings)].clone()

    @torch.no_grad()
    def say(
        self, first: Tensor, start: int, said: int, count: int, never: Sequence[int], choose: Choose
    ) -> tuple[list[int], Tensor, Tensor]:
        """Feed a token, then the ones that are chosen after it.

        Args:
            first: int64 (1,), the token.
            start: its position.
            said: tokens said before it.
            count: tokens that are fed, at most `BLOCK`.
            never: tokens that are not chosen.
            choose: as `Context.choose`.

        Returns:
            The tokens that were fed, and after each of them the state (count, hidden) and logits (count, vocabulary).
        """
        span = self._span(start + BLOCK)
        embed, head = self._model.get_input_embeddings(), self._model.lm_head

        def step() -> None:
            state = self._run(self._model, self._memory, embed(self._token), self._start, span)
            logits = head(state)
            self._states.index_copy_(0, self._slot, state)
            self._logits.index_copy_(0, self._slot, logits)
            self._token.copy_(choose(logits + self._never, self._said + 1))
            self._tokens.index_copy_(0, self._slot, self._token)
            for number in (self._start, self._said, self._slot):
                number.add_(1)

        replay = self._record(("say", choose, span), step, start)
        self._never.zero_()
        self._never[list(never)] = -torch.inf
        self._token.copy_(first)
        self._start.fill_(start)
        self._said.fill_(said)
        self._slot.zero_()
        for _ in range(count):
            replay()
        fed = torch.cat([first, self._tokens[: count - 1]]).tolist()
        return fed, self._states[:count].clone(), self._logits[:count].clone()

    def _span(self, end: int) -> int:
        """How many positions are looked at, for those up to `end` to be among them."""
        return next((span for n in _SPANS if end <= (span := n * STEP) <= self._memory.capacity), self._memory.capacity)

    @torch.no_grad()
    def _record(self, key: tuple[object, ...], step: Callable[[], None], start: int) -> Callable[[], None]:
        """What replays a step; recorded the first time, writing nothing before `start`."""
        if key in self._recorded:
            return self._recorded[key]
        if self._model.device.type != "cuda":
            return self._recorded.setdefault(key, step)
        # Libraries choose their kernels, and take their memory, in the first calls: those are not recorded.
        stream = torch.cuda.Stream(self._model.device)
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(2):
                self._start.fill_(start)
                self._slot.zero_()
                step()
        torch.cuda.current_stream().wait_stream(stream)
        self._slot.zero_()
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            step()
        return self._recorded.setdefault(key, graph.replay)


def _compiled() -> Callable[..., Tensor]:
    """`run_padded` for each of its shapes; there are more of them than a compiler expects."""
    from torch import _dynamo

    _dynamo.config.recompile_limit = 8 * len(LENGTHS) * len(_SPANS)
    return torch.compile(run_padded, fullgraph=True, dynamic=False)


def padded_length(count: int) -> int:
    """The smallest of `LENGTHS` that takes so many."""
    return next(length for length in LENGTHS if count <= length)
