"""Qwen2's layers over keys and values that are laid out once, for one context (SPEC 5.2).

transformers holds the weights. Its own forward pass is general: it copies all keys and values at every token, and
prepares masks and positions for as long as a small model computes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import Qwen2ForCausalLM

if TYPE_CHECKING:
    from .replay import Replay

STEP = 512
"""positions are laid out in multiples of it, so that most contexts of a model are as long as one another"""
_LEAST, _MANY = 8, 64
"""embeddings, of which a processor reads as many as a power of two between these, or a multiple of the second"""


class KeyValues:
    """Keys and values of all layers, for `capacity` positions.

    Args:
        model: whose they are.
        length: positions that are needed at least.
    """

    def __init__(self, model: Qwen2ForCausalLM, length: int) -> None:
        config = model.config
        self.capacity = -(-length // STEP) * STEP
        head = model.model.layers[0].self_attn.head_dim
        shape = (config.num_hidden_layers, 2, config.num_key_value_heads, self.capacity, head)
        with torch.inference_mode(False), torch.no_grad():  # so that whoever comes next may write into them
            # Zeros: what a mask hides is multiplied by nothing all the same.
            self.rows = torch.zeros(shape, dtype=model.dtype, device=model.device)
            positions = torch.arange(self.capacity, device=model.device)[None]
            cos, sin = model.model.rotary_emb(self.rows, positions)
            half = head // 2
            self.cos = cos[0, :, None].clone()
            self.sin = torch.cat([-sin[0, :, None, :half], sin[0, :, None, half:]], -1)
        """(capacity, 1, head), the sine with the sign that its rotated half is added with"""

        self.prompt: Tensor | None = None
        """embeddings (n, hidden) that the first positions were read from"""
        self.weights: list[tuple[int, int]] = []
        """what identified the weights when they were"""
        self.replay: Replay | None = None
        """steps that were recorded over these"""

    def fits(self, model: Qwen2ForCausalLM, length: int) -> bool:
        """Whether a model, as it is now, can write so many positions here."""
        return length <= self.capacity and (self.rows.device, self.rows.dtype) == (model.device, model.dtype)

    def copy_from(self, other: KeyValues, length: int) -> None:
        """Take over the first positions of another one of the same model."""
        self.rows[..., :length, :] = other.rows[..., :length, :]


@torch.no_grad()
def run(model: Qwen2ForCausalLM, memory: KeyValues, x: Tensor, start: int) -> Tensor:
    """Read embeddings and see everything before them.

    Args:
        model: the network.
        memory: holds the positions before `start`, and will hold these.
        x: (n, hidden).
        start: position of the first; `start + n` is at most the capacity.

    Returns:
        (n, hidden), after the final norm.
    """
    count, end, length = len(x), start + len(x), _padded_length(x)
    mask = None
    if start and count > 1:
        mask = torch.ones(count, end, dtype=torch.bool, device=x.device).tril(start)

    def attend(layer: int, turned: Sequence[Tensor]) -> Tensor:
        seen = _seen([one[:count] for one in turned], memory.rows[layer], slice(start, end), end, mask)
        return _padded(seen, length)

    x, cos, sin = (_padded(one, length) for one in (x, memory.cos[start:end], memory.sin[start:end]))
    return _layers(model, x, cos, sin, attend)[:count]


@torch.no_grad()
def run_padded(model: Qwen2ForCausalLM, memory: KeyValues, x: Tensor, start: Tensor, span: int) -> Tensor:
    """The same in fixed shapes, wherever in the context it is: what a GPU can record and replay.

    Args:
        model: the network.
        memory: as of `run`. Of padding at the end of `x` it holds what nobody sees, until it is written over.
        x: (n, hidden).
        start: int64 (1,), on the device.
        span: positions that are looked at, those after each one's own hidden; at most the capacity.
    """
    where = start + torch.arange(len(x), device=x.device)
    mask = torch.arange(span, device=x.device) <= where[:, None]
    cos, sin = memory.cos.index_select(0, where), memory.sin.index_select(0, where)

    def attend(layer: int, turned: Sequence[Tensor]) -> Tensor:
        return _seen(turned, memory.rows[layer], where, span, mask)

    return _layers(model, x, cos, sin, attend)


@torch.no_grad()
def run_rows(model: Qwen2ForCausalLM, memories: Sequence[KeyValues], x: Tensor, starts: Sequence[int]) -> Tensor:
    """One embedding of each of several contexts: the weights are read once for all of them.

    Args:
        model: the network.
        memories: of each context.
        x: (contexts, hidden).
        starts: positions.

    Returns:
        (contexts, hidden), after the final norm.
    """
    cos = torch.cat([memory.cos[start : start + 1] for memory, start in zip(memories, starts, strict=True)])
    sin = torch.cat([memory.sin[start : start + 1] for memory, start in zip(memories, starts, strict=True)])

    def attend(layer: int, turned: Sequence[Tensor]) -> Tensor:
        return torch.cat([
            _seen([one[row : row + 1] for one in turned], memory.rows[layer], slice(start, start + 1), start + 1, None)
            for row, (memory, start) in enumerate(zip(memories, starts, strict=True))
        ])  # fmt: skip

    return _layers(model, x, cos, sin, attend)


def _padded(x: Tensor, length: int) -> Tensor:
    """(length, ...), with zeros after the last."""
    return x if len(x) == length else torch.cat([x, x.new_zeros(length - len(x), *x.shape[1:])])


def _padded_length(x: Tensor) -> int:
    """How many embeddings a processor reads for these.

    Of numbers that are not float32, oneDNN compiles every product of matrices anew for each length: half a megabyte
    of code each time, and what it keeps of it would grow for hours with every question that has another length.
    """
    count = len(x)
    if count == 1 or x.device.type != "cpu" or x.dtype == torch.float32:
        return count
    if count > _MANY:
        return -(-count // _MANY) * _MANY
    return max(_LEAST, 1 << (count - 1).bit_length())


def _layers(
    model: Qwen2ForCausalLM, x: Tensor, cos: Tensor, sin: Tensor, attend: Callable[[int, Sequence[Tensor]], Tensor]
) -> Tensor:
    """All layers, one after the other: `attend(layer, turned)` is what `_seen` gives of each."""
    for number, layer in enumerate(model.model.layers):
        part = layer.self_attn
        turned = _projected(part, _normed(layer.input_layernorm, x), cos, sin)
        x = x + part.o_proj(attend(number, turned))
        x = x + layer.mlp(_normed(layer.post_attention_layernorm, x))
    return _normed(model.model.norm, x)


def _normed(norm: nn.Module, x: Tensor) -> Tensor:
    width, epsilon = x.shape[-1], norm.variance_epsilon
    if x.device.type != "cpu":
        return F.rms_norm(x, (width,), norm.weight, epsilon)
    # On a processor torch puts it together of eight operations. The layer norm of (x, -x) is one, and has no mean.
    return F.layer_norm(torch.cat([x, -x], -1), (2 * width,), eps=epsilon)[:, :width] * norm.weight


def _projected(part: nn.Module, x: Tensor, cos: Tensor, sin: Tensor) -> list[Tensor]:
    """Queries, keys and values (n, heads, head) of one layer, the former two turned to their positions.

    Args:
        part: of the layer.
        x: (n, hidden), normed.
        cos: (n, 1, head).
        sin: (n, 1, head), signed.
    """
    head = part.head_dim
    # A group of query heads shares a key head, and stands beside it.
    queries, keys, values = (project(x).view(len(x), -1, head) for project in (part.q_proj, part.k_proj, part.v_proj))
    turned = torch.cat([queries, keys], 1)
    turned = torch.addcmul(turned * cos, turned.roll(head // 2, -1), sin)
    return [*turned.split([queries.shape[1], keys.shape[1]], 1), values]


def _seen(turned: Sequence[Tensor], rows: Tensor, where: slice | Tensor, span: int, mask: Tensor | None) -> Tensor:
    """What one layer's heads make of the context, (n, heads * head).

    Args:
        turned: from `_projected`.
        rows: (2, key heads, capacity, head), keys and values.
        where: the positions of those.
        span: positions that are looked at.
        mask: bool (n, span), what each sees; None: everything up to itself.
    """
    queries, *new = turned
    count, _, head = queries.shape
    for held, one in zip(rows, new, strict=True):
        if isinstance(where, slice):
            held[:, where] = one.transpose(0, 1)
        else:
            held.index_copy_(1, where, one.transpose(0, 1))
    keys, values = rows[:, None, :, :span]
    groups = keys.shape[1]
    if isinstance(where, Tensor):
        # Of kernels that take a mask none reads a long context with more than one block of a GPU for each head, and
        # none lets a group of query heads share its keys.
        grouped = queries.transpose(0, 1).reshape(1, groups, -1, head)
        weights = (grouped @ keys.mT * head**-0.5).view(1, groups, -1, count, span).masked_fill(~mask, -torch.inf)
        weights = weights.float().softmax(-1).to(values.dtype).view(1, groups, -1, span)
        return (weights @ values).view(-1, count, head).transpose(0, 1).reshape(count, -1)
    if count == 1:
        # Its group stands where positions of a query usually do, so that each key is read once for all of it.
        return F.scaled_dot_product_attention(queries.reshape(1, groups, -1, head), keys, values).view(1, -1)
    if mask is not None and keys.is_cuda:
        # What takes both a mask and groups there writes all weights down in float32: gigabytes for a long prompt.
        keys, values = (held.repeat_interleave(queries.shape[1] // groups, 1) for held in (keys, values))
    seen = F.scaled_dot_product_attention(
        queries.transpose(0, 1)[None], keys, values, mask, is_causal=mask is None,
        enable_gqa=keys.shape[1] != queries.shape[1],
    )  # fmt: skip
    return seen[0].transpose(0, 1).reshape(count, -1)
