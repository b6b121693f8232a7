"""Stage 2, instruction tuning on Terra-CoT traces (paper section 3.2): questions, reasoning with [SEG], answers.

The state at [SEG], projected, is taught the prompt embedding that stage 1 taught the mask branch to obey, so that
no mask has to be decoded to learn from. What enters after a [SEG] is chosen by true masks at first, then in a growing
share of the places by those that the mask branch draws (`own_masks`). Where a date has an optical and a radar image,
the sensor each token comes from is chosen by the question (Eq. 4-5), and the choice is taught by where clouds hide the
ground that is asked about.
"""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import DynamicCache

from ..model.spectral import planes
from ..model.terrascope import TerraScope
from ..model.vision import plane_tiles, visual_tokens
from ..terra_cot.scenes import CLASSES
from .anchors import class_anchors
from .data import SceneCache
from .device import brief
from .feed import feed
from .own_masks import OwnMasks
from .questions import CLOUD
from .recipe import Recipe
from .schedule import Budget, Journal
from .stage2_batches import PlaceBatch, TextBatch, batches

# The relevances of two sensors' tokens differ little, and only which is larger counts: the choice is taught through
# a sigmoid that is this much steeper than their ratio.
_SHARPNESS = 10.0
_HIDDEN = 0.3
"""share of a cell under clouds and shadows from which on radar tells more of it"""


def train(
    model: TerraScope, cache: SceneCache, recipe: Recipe, minutes: float, out: Path, device: torch.device, workers: int,
    masks: OwnMasks | None = None,
) -> None:  # fmt: skip
    """Train ViT, projector, language model and [SEG] projection; keep writing `out` (a state dict).

    Args:
        model: nano, its mask branch unused.
        cache: generated places.
        recipe: batch, learning rate, seed.
        minutes: wall-clock budget.
        out: where the weights go; an existing file is continued from.
        device: where to compute.
        workers: processes that make batches; 0: this one.
        masks: draws those that choose tokens in a growing share of the places; None: the truth does in all.
    """
    torch.manual_seed(recipe.seed)
    seed = recipe.seed + 7 + int(out.exists())
    parts = nn.ModuleDict(
        {name: getattr(model, name) for name in ("vision_model", "mlp1", "language_model", "text_hidden_fcs")}
    )
    # Only for training: each visual token is asked which classes its cell holds, so that what is injected at [SEG]
    # says something from the start.
    parts["cell_classes"] = nn.Linear(model.config.llm_config.hidden_size, len(CLASSES))
    already = 0.0
    if out.exists():
        saved = torch.load(out, map_location="cpu", weights_only=True)
        # A finished model, from which a run may begin, has no cell classes.
        parts.load_state_dict({**parts["cell_classes"].state_dict(prefix="cell_classes."), **saved["state"]})
        already = saved["share"]
    parts.to(device).train().requires_grad_(True)
    anchors = class_anchors(model.config.grounding_config.d_model, recipe.seed).to(device)
    decay = [p for p in parts.parameters() if p.ndim > 1]
    rest = [p for p in parts.parameters() if p.ndim <= 1]
    optimizer = torch.optim.AdamW(
        [{"params": decay, "weight_decay": recipe.weight_decay}, {"params": rest, "weight_decay": 0.0}],
        lr=recipe.stage2_learning_rate,
        betas=(0.9, 0.98),
    )
    for group in optimizer.param_groups:
        group["peak"] = recipe.stage2_learning_rate
    budget = Budget(minutes, recipe.warm_up, already)
    journal = Journal(parts, budget, out)
    make = partial(batches, cache, model.vocabulary, recipe, model.config.tile_tokens, budget.used, seed, masks)
    with budget.ended_by_signals(), closing(feed(make, workers, device)) as stream:
        while not budget.over:
            batch = journal.next_of(stream)
            budget.apply(optimizer)
            found = losses(model, parts["cell_classes"], batch, anchors)
            optimizer.zero_grad()
            sum(found[name] for name in ("text", "seg", "cells", "choice") if name in found).backward()
            nn.utils.clip_grad_norm_(parts.parameters(), 1.0)
            optimizer.step()
            journal.note(found)
        journal.end()


def losses(model: TerraScope, cell_classes: nn.Linear, batch: TextBatch, anchors: Tensor) -> dict[str, Tensor]:
    """Losses of a batch, with images or without; the common prefix of a place's questions is run once."""
    language = model.language_model.model
    embed = model.language_model.get_input_embeddings()
    if not isinstance(batch, PlaceBatch):
        with brief(batch.ids.device):
            hidden = language(input_ids=batch.ids, use_cache=False).last_hidden_state
        found = _text_losses(model, hidden.float(), batch, anchors)
        return {f"{name}_only" if name == "wrong" else name: value for name, value in found.items()}
    bank = _bank(model, batch)
    found = {"cells": 0.3 * F.binary_cross_entropy_with_logits(cell_classes(bank), batch.cells)}
    kv = DynamicCache(config=model.language_model.config)
    prefix = _filled(embed(batch.prefix), batch.context, bank)
    with brief(bank.device):
        language(inputs_embeds=prefix, past_key_values=kv)
    questions = len(batch.ids) // len(batch.prefix)
    for layer in kv.layers:
        layer.keys = layer.keys.repeat_interleave(questions, 0)
        layer.values = layer.values.repeat_interleave(questions, 0)
    sources = batch.sources
    if len(batch.choices):
        from_sar, found["choice"] = choose_sensors(
            embed(batch.words)[batch.choices],
            batch.said[batch.choices],
            bank[batch.optical],
            bank[batch.optical + batch.per_image],
            batch.hidden,
            batch.ground,
        )
        there = batch.chosen_by >= 0
        taken = from_sar[batch.chosen_by.clamp_min(0), batch.chosen_at] & there
        cloud = (batch.cells[sources, CLOUD - 1] > 0.5) & there
        # Of the tokens that were chosen between, and of those that are cloud, the share taken from SAR.
        found["sar_share"], found["sar_cloud"] = taken.sum() / there.sum(), (taken & cloud).sum() / cloud.sum()
        sources = sources + batch.per_image * taken
    embeddings = _filled(embed(batch.ids), batch.injected, bank[sources])
    with brief(bank.device):
        hidden = language(inputs_embeds=embeddings, past_key_values=kv).last_hidden_state
    return found | _text_losses(model, hidden.float(), batch, anchors)


def _bank(model: TerraScope, batch: PlaceBatch) -> Tensor:
    """Visual tokens of all images, float32 (V, hidden)."""
    bands = batch.bands.index_select(0, batch.date_of)
    images = planes(bands, batch.present, batch.reflectance, batch.pixel_size_m, model.config.input_config)
    pixels = torch.cat([plane_tiles(image, batch.cut, model.config.tile_size) for image in images])
    with brief(pixels.device):
        return visual_tokens(model.vision_model, model.mlp1, pixels).flatten(0, 1).float()


def _filled(embeddings: Tensor, positions: Tensor, tokens: Tensor) -> Tensor:
    """Embeddings (N, L, D) with visual tokens at some positions, which count through the rows."""
    return embeddings.flatten(0, 1).index_copy(0, positions, tokens).view_as(embeddings)


def choose_sensors(
    words: Tensor, said: Tensor, optical: Tensor, sar: Tensor, hidden: Tensor, ground: Tensor
) -> tuple[Tensor, Tensor]:
    """From which sensor each visual token of a date with both is taken (Eq. 4-5), and what the choice costs.

    The choice is hard and has no gradient. What is taught is the ratio of the two relevances: the radar token is to
    matter more where clouds or their shadows hide the ground, unless it is the clouds that are asked about.

    Args:
        words: (C, Q, D) embeddings of each question's words.
        said: bool (C, Q), which of them are words and no padding.
        optical: (C, n, D) the date's optical tokens.
        sar: (C, n, D) its radar tokens.
        hidden: (C, n) share of each token's cell that clouds and shadows hide.
        ground: bool (C,), whether it is not the clouds that are asked about.

    Returns:
        bool (C, n), where an optical token gives way to that of SAR; and the cross-entropy of the choice.
    """
    of_optical, of_sar = (_relevances(words, said, tokens) for tokens in (optical, sar))
    ratio = of_sar.clamp_min(1e-12).log() - of_optical.clamp_min(1e-12).log()
    wanted = (hidden > _HIDDEN).float() * ground[:, None]
    return of_sar >= of_optical, F.binary_cross_entropy_with_logits(_SHARPNESS * ratio, wanted)


def _relevances(words: Tensor, said: Tensor, tokens: Tensor) -> Tensor:
    """`selection.relevance` of many questions at once: (C, n)."""
    scores = tokens @ words.transpose(1, 2) / tokens.shape[-1] ** 0.5
    told = said[:, None].to(scores.dtype)
    return (scores.softmax(1) * told).sum(2) / told.sum(2)


def _text_losses(model: TerraScope, hidden: Tensor, batch: TextBatch, anchors: Tensor) -> dict[str, Tensor]:
    """Cross-entropy of what is learnt, distance of each [SEG]'s projection from its anchor, share of wrong words."""
    states = hidden.flatten(0, 1)
    logits = model.language_model.lm_head(states[batch.learnt])
    said = model.text_hidden_fcs(states[batch.marks])
    return {
        "text": F.cross_entropy(logits, batch.targets),
        "seg": F.mse_loss(said, anchors[batch.classes - 1]),
        "wrong": (logits.argmax(-1) != batch.targets).float().mean(),
    }
