"""The yardstick of `bench speed`: a plain loop that answers as the released code does (SPEC 5), written anew.

It does what costs time there: SAM-2 encodes the image again at every [SEG], every step returns all hidden states and
they are kept, the prompt's logits are computed at every position, and the cache grows by copying. It is kinder than the
release in what would only flatter us: attention is the runtime's own, and no memory encoder runs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor
from transformers import DynamicCache

from ..model import selection
from ..model.profile import PUBLISHED
from ..model.prompt import prompt_embeddings, prompt_ids
from ..model.terrascope import TerraScope
from ..model.vision import ModelImage


@dataclass(frozen=True)
class Spoken:
    """What an answer came to."""

    ids: list[int]
    """all that was said, with one mark for each visual token that entered"""
    masks: list[np.ndarray]
    """bool (H, W), one for each [SEG]"""
    tokens: list[np.ndarray]
    """of each [SEG], the injected tokens' indices in the image's bank"""
    rather: list[int] = field(default_factory=list)
    """the likeliest token instead of each that was dictated"""


@torch.inference_mode()
def speak_plainly(
    model: TerraScope,
    image: ModelImage,
    turn: list[str],
    words: Sequence[int] | None = None,
    go_on: Callable[[], None] = lambda: None,
) -> Spoken:
    """Answer a question about one image with the profile `published`.

    Args:
        model: the network.
        image: what it sees.
        turn: as of `reasoner.generate`.
        words: tokens to say whatever the logits want, which are looked at all the same; None: what they want.
        go_on: asked before every token; may raise to stop.
    """
    vocabulary, tiles, planes = model.vocabulary, model.tiles(image, alone=True), model.planes(image)
    bank = model.visual_tokens(image, tiles, planes)
    ids = prompt_ids(vocabulary, turn, [[len(bank)]])
    said = Spoken([], [], [])
    dictated = None if words is None else iter(words)
    language, cache, kept = model.language_model, DynamicCache(config=model.language_model.config), []

    def feed(embeddings: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of the next token, and the state (1, hidden) behind them."""
        out = language(inputs_embeds=embeddings[None], past_key_values=cache, use_cache=True, output_hidden_states=True)
        kept.append(out.hidden_states)
        return out.logits[0, -1], out.hidden_states[-1][0, -1:]

    logits, _ = feed(prompt_embeddings(model, ids, [bank]))
    while True:
        go_on()
        token = logits.argmax().item()
        if dictated is not None:
            said.rather.append(token)
            token = next(dictated)
        vocabulary.decode([token])
        logits, state = feed(language.get_input_embeddings()(torch.tensor([token], device=model.device)))
        said.ids.append(token)
        if token in vocabulary.stop_ids or len(said.ids) >= PUBLISHED.max_new_tokens:
            return said
        if token != vocabulary.seg_id:
            continue
        features = model.grounding.encode(image.rgb, planes)
        mask = model.grounding.decode(features, model.text_hidden_fcs(state).to(model.sam2.dtype)).mask
        side = model.config.tile_tokens
        grid = selection.centre_grid(mask, tiles.rows, tiles.cols, model.config.tile_size, side)
        chosen = selection.token_indices(grid, side, PUBLISHED.max_region_tokens)
        if not chosen.size:
            chosen = np.zeros(1, int)
        logits, _ = feed(bank[torch.from_numpy(chosen).to(bank.device)])
        said.ids.extend([vocabulary.region_id] * len(chosen))
        said.masks.append(mask)
        said.tokens.append(chosen)
