"""Qwen2 and its KV cache behind its methods: append tokens or embeddings, forget them, last state, next logits."""

from __future__ import annotations

import torch
from torch import Tensor
from transformers import DynamicCache, Qwen2ForCausalLM


class Context:
    """One growing context of the decoder; nothing in it is ever computed twice."""

    def __init__(self, model: Qwen2ForCausalLM) -> None:
        self._model = model
        self._cache = DynamicCache(config=model.config)
        self.length = 0
        self.last_state: Tensor | None = None
        """(1, hidden), after the final norm, at the last position (SPEC 5.2)."""

    def append_tokens(self, ids: list[int]) -> None:
        """Feed token ids."""
        self.append_embeddings(self._model.get_input_embeddings()(torch.tensor(ids, device=self._model.device)))

    def append_embeddings(self, embeddings: Tensor) -> None:
        """Feed embeddings (n, hidden). No attention mask: every position sees the whole cache (SPEC 5.2)."""
        out = self._model.model(inputs_embeds=embeddings[None], past_key_values=self._cache, use_cache=True)
        self.last_state = out.last_hidden_state[:, -1]
        self.length += len(embeddings)

    def forget_after(self, length: int) -> None:
        """Go back to an earlier `length`, to go on from there in another way; `last_state` is not what it was."""
        self._cache.crop(length - self.length)  # negative: how many to forget
        self.length = length

    def next_logits(self) -> Tensor:
        """(vocabulary,) logits of the next token, at the last position only."""
        return self._model.lm_head(self.last_state)[0]
