"""Stage 2, instruction tuning on Terra-CoT traces (paper section 3.2): questions, reasoning with [SEG], answers.

Masks are teacher-forced: the labels choose the visual tokens that enter after each [SEG], as the paper trains.
The state at [SEG], projected, is taught the prompt embedding that stage 1 taught the mask branch to obey, so that
no mask has to be decoded here.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from scipy.ndimage import distance_transform_edt
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import DynamicCache

from ..model.profile import ReasoningProfile
from ..model.reasoner import prompt_ids, user_turn
from ..model.selection import coverage_grid, token_indices
from ..model.terrascope import TerraScope
from ..model.vision import Tiles, plane_tiles, visual_tokens
from ..model.vocabulary import Vocabulary
from ..terra_cot.scenes import CLASSES
from ..terra_cot.traces import Measured, Region, Sample, Seg, compose
from .anchors import class_anchors
from .data import Chip, SceneCache, augment
from .recipe import Recipe, seeded
from .schedule import Budget, Journal
from .stage1 import chip_planes

IGNORE = -100
# Kinds of questions and how often each is asked.
MIX = {
    "presence": 10, "coverage": 12, "area": 14, "area_coverage": 6, "larger": 20, "distance": 12, "border": 10,
    "area_distance": 12, "change": 6,
}  # fmt: skip
_TWO = ("larger", "distance", "border", "area_distance")


@dataclass(frozen=True)
class Sequence:
    """One question as the language model is trained on it: what follows the instruction and the images."""

    ids: list[int]
    labels: list[int]
    """id to predict at this position (already in place, not shifted), IGNORE where nothing is learnt"""
    sources: list[int]
    """index into the scene's visual tokens for <REGION> positions, -1 elsewhere"""
    segs: list[tuple[int, int]]
    """position of each [SEG] and the class code it must say"""


def encode_sample(
    vocabulary: Vocabulary, chips: list[Chip], tiles: list[Tiles], kind: str, rng: random.Random, *, measured: bool,
    total_ha: float, side: int, limit: int,
) -> tuple[list[int], Sequence]:  # fmt: skip
    """Ask one question of these images.

    Returns:
        Ids of the instruction and the images, the same for every question about them; and what follows them.
    """
    regions = _choose(chips, kind, total_ha, rng)
    sample = compose(kind, regions, lambda a, b: _relate(chips[0], a, b), rng, measured=measured)

    def tokens_of(region: Region) -> list[int]:
        cut, before = tiles[region.image - 1], sum(t.count for t in tiles[: region.image - 1]) * side * side
        grid = coverage_grid(chips[region.image - 1].labels == region.label, cut.rows * side, cut.cols * side)
        return (token_indices(grid > 0.5, side, limit) + before).tolist()

    profile = ReasoningProfile.named("paper", measured=measured)
    counts = [t.count * side * side for t in tiles]
    whole = prompt_ids(vocabulary, user_turn(sample.question, len(chips), profile), counts)
    cut = len(whole) - whole[::-1].index(vocabulary.context_id)
    return whole[:cut], _sequence(vocabulary, whole[cut:], sample, tokens_of)


def text_sample(vocabulary: Vocabulary, rng: random.Random) -> Sequence:
    """A question and its trace without images, with figures from nowhere: reading and copying are learnt here.

    Such sequences are a quarter as long, and it takes many to learn to find the right figure in the context.
    """
    kind = rng.choices(list(MIX), list(MIX.values()))[0]
    labels = rng.sample(range(1, len(CLASSES) + 1), 2)
    if kind == "change":
        labels[1] = labels[0]
    shares = [0.0 if rng.random() < 0.1 else 100 * rng.random() ** 3 for _ in labels]
    total_ha = 10 ** rng.uniform(1.0, 5.2)
    regions = [
        Region(label, 1 + (kind == "change" and i), share, total_ha * share / 100)
        for i, (label, share) in enumerate(zip(labels, shares, strict=True))
    ][: 2 if kind in (*_TWO, "change") else 1]
    far = 0.0 if rng.random() < 0.3 else 10 ** rng.uniform(1, 4)
    relation = (far, far == 0) if all(region.area_ha for region in regions) else None
    sample = compose(kind, regions, lambda a, b: relation, rng, measured=True)
    ids = vocabulary.encode("<|im_start|>user\n") + vocabulary.encode_plain(sample.question)
    ids += vocabulary.encode("<|im_end|>\n<|im_start|>assistant\n")
    return _sequence(vocabulary, ids, sample, lambda region: [])


def _sequence(
    vocabulary: Vocabulary, ids: list[int], sample: Sample, tokens_of: Callable[[Region], list[int]]
) -> Sequence:
    """A question's ids followed by its trace; `tokens_of` gives the visual tokens a region injects."""
    labels = [IGNORE] * len(ids)
    sources = [-1] * len(ids)
    segs: list[tuple[int, int]] = []

    def add(new: list[int], learn: bool, where: list[int] | None = None) -> None:
        ids.extend(new)
        labels.extend(new if learn else [IGNORE] * len(new))
        sources.extend(where or [-1] * len(new))

    opening, closing = vocabulary.measure_ids
    for piece in sample.trace:
        if isinstance(piece, str):
            add(vocabulary.encode(piece), True)
        elif isinstance(piece, Measured):
            add([opening, *vocabulary.encode(piece.text), closing], False)
        elif isinstance(piece, Seg):
            add([vocabulary.seg_id], True)
            segs.append((len(ids) - 1, piece.region.label))
            chosen = tokens_of(piece.region)
            add([vocabulary.region_id] * len(chosen), False, chosen)
    add([vocabulary.id_of("<|im_end|>")], True)
    return Sequence(ids, labels, sources, segs)


def _choose(chips: list[Chip], kind: str, total_ha: float, rng: random.Random) -> list[Region]:
    """The class or classes a question is about: mostly ones that are there."""

    def region(label: int, image: int) -> Region:
        labels = chips[image].labels
        share = float((labels == label).sum()) / labels.size
        return Region(label, image + 1, 100 * share, total_ha * share)

    there = [int(c) for c in np.unique(chips[0].labels) if c]
    everything = list(range(1, len(CLASSES) + 1))
    first = rng.choice(there) if there and rng.random() < 0.8 else rng.choice(everything)
    if kind == "change":
        return [region(first, 0), region(first, 1)]
    if kind not in _TWO:
        return [region(first, 0)]
    others = [c for c in there if c != first]
    second = rng.choice(others) if others and rng.random() < 0.85 else rng.choice([c for c in everything if c != first])
    return [region(first, 0), region(second, 0)]


def _relate(chip: Chip, a: Region, b: Region) -> tuple[float, bool] | None:
    """Distance and contact on the chip's pixels; the figures are only read, so a round pixel size will do."""
    one, other = chip.labels == a.label, chip.labels == b.label
    if not one.any() or not other.any():
        return None
    nearest = float(distance_transform_edt(~other)[one].min())
    return max(0.0, nearest - 1) * 10, nearest <= 1


def collate(
    sequences: list[Sequence], owner: list[int], bank_offsets: list[int], pad: int
) -> tuple[Tensor, Tensor, Tensor, list[tuple[int, int, int]]]:
    """Pad on the right; visual sources become indices into the batch's bank, each sample into its own image's.

    Returns:
        ids (N, L), labels (N, L), sources (N, L), and (row, position, class) of every [SEG].
    """
    length = max(len(s.ids) for s in sequences)
    ids = torch.full((len(sequences), length), pad)
    labels = torch.full((len(sequences), length), IGNORE)
    sources = torch.full((len(sequences), length), -1)
    segs = []
    for row, s in enumerate(sequences):
        n = len(s.ids)
        ids[row, :n], labels[row, :n] = torch.tensor(s.ids), torch.tensor(s.labels)
        own = torch.tensor(s.sources)
        sources[row, :n] = torch.where(own >= 0, own + bank_offsets[owner[row]], own)
        segs += [(row, position, label) for position, label in s.segs]
    return ids, labels, sources, segs


def train(model: TerraScope, cache: SceneCache, recipe: Recipe, minutes: float, out: Path) -> None:
    """Train ViT, projector, language model and [SEG] projection; keep writing `out` (a state dict).

    Args:
        model: nano, its mask branch unused.
        cache: generated scenes.
        recipe: batch, learning rate, seed.
        minutes: wall-clock budget.
        out: where the weights go; an existing file is continued from.
    """
    torch.manual_seed(recipe.seed)
    rng = seeded(recipe.seed + 7 + int(out.exists()))
    parts = nn.ModuleDict(
        {name: getattr(model, name) for name in ("vision_model", "mlp1", "language_model", "text_hidden_fcs")}
    )
    # Only for training: each visual token is asked which classes its cell holds, so that what is injected at [SEG]
    # says something from the start.
    parts["cell_classes"] = nn.Linear(model.config.llm_config.hidden_size, len(CLASSES))
    already = 0.0
    if out.exists():
        saved = torch.load(out, weights_only=True)
        parts.load_state_dict(saved["state"])
        already = saved["share"]
    parts.train().requires_grad_(True)
    anchors = class_anchors(model.config.grounding_config.d_model, recipe.seed)
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
    while budget.share < 1:
        budget.apply(optimizer)
        half = int(budget.share > 0.5)
        if rng.random() < recipe.text_share[half]:
            losses = _text_step(model, recipe, anchors, rng)
        else:
            losses = _step(model, parts, cache, recipe, anchors, rng, recipe.tiled_share[half])
        optimizer.zero_grad()
        sum(losses[name] for name in ("text", "seg", "cells") if name in losses).backward()
        torch.nn.utils.clip_grad_norm_(parts.parameters(), 1.0)
        optimizer.step()
        journal.note(losses)
    journal.save()


def _step(
    model: TerraScope,
    parts: nn.ModuleDict,
    cache: SceneCache,
    recipe: Recipe,
    anchors: Tensor,
    rng: random.Random,
    tiled_share: float,
) -> dict[str, Tensor]:
    """Losses of one batch: a few scenes of the same cut, several questions each, their common prefix run once."""
    size, side, vocabulary = model.config.tile_size, model.config.tile_tokens, model.vocabulary
    pair = rng.random() < 0.08
    # A part of the batches has images cut into several tiles, as larger scenes are.
    cut = (
        Tiles(*rng.choice([(2, 2), (2, 1), (1, 2), (3, 1), (1, 3)]))
        if not pair and rng.random() < tiled_share
        else Tiles(1, 1)
    )
    scenes = recipe.stage2_scenes if cut.count == 1 else 1
    pixels, cells, prefixes, sequences, offsets, owner = [], [], [], [], [], []
    for number in range(scenes):
        chips = [augment(cache.chip(rng.randrange(len(cache))), rng) for _ in range(1 + pair)]
        for chip, image in zip(chips, chip_planes(chips, model.config), strict=True):
            pixels.append(plane_tiles(image, cut, size))
            cells.append(_cell_targets(chip, cut, side))
        total_ha = 10 ** rng.uniform(1.0, 5.2)
        for kind in rng.choices(list(MIX), list(MIX.values()), k=recipe.stage2_questions):
            prefix, sequence = encode_sample(
                vocabulary, chips, [cut] * len(chips), "change" if pair else kind if kind != "change" else "coverage",
                rng, measured=rng.random() >= recipe.plain_share, total_ha=total_ha, side=side,
                limit=rng.choice([8, 24, 128]),
            )  # fmt: skip
            sequences.append(sequence)
            owner.append(number)
        prefixes.append(prefix)
        offsets.append(number * cut.count * side * side * (1 + pair))
    bank = visual_tokens(model.vision_model, model.mlp1, torch.cat(pixels)).flatten(0, 1)
    embed = model.language_model.get_input_embeddings()
    prefix_ids = torch.tensor(prefixes)
    context = (prefix_ids == vocabulary.context_id)[..., None]
    kv = DynamicCache(config=model.language_model.config)
    model.language_model.model(inputs_embeds=embed(prefix_ids).masked_scatter(context, bank), past_key_values=kv)
    for layer in kv.layers:
        layer.keys = layer.keys.repeat_interleave(recipe.stage2_questions, 0)
        layer.values = layer.values.repeat_interleave(recipe.stage2_questions, 0)
    ids, labels, sources, segs = collate(sequences, owner, offsets, vocabulary.id_of("<|endoftext|>"))
    regions = sources >= 0
    embeddings = embed(ids).masked_scatter(regions[..., None], bank[sources[regions]])
    hidden = model.language_model.model(inputs_embeds=embeddings, past_key_values=kv).last_hidden_state
    return _text_losses(model, hidden, labels, segs, anchors) | {
        "cells": 0.3 * F.binary_cross_entropy_with_logits(parts["cell_classes"](bank), torch.cat(cells))
    }


def _text_step(model: TerraScope, recipe: Recipe, anchors: Tensor, rng: random.Random) -> dict[str, Tensor]:
    """Losses of one batch without images."""
    sequences = [text_sample(model.vocabulary, rng) for _ in range(recipe.text_questions)]
    ids, labels, _, segs = collate(sequences, [0] * len(sequences), [0], model.vocabulary.id_of("<|endoftext|>"))
    hidden = model.language_model.model(input_ids=ids, use_cache=False).last_hidden_state
    return {
        f"{name}_only" if name == "wrong" else name: value
        for name, value in _text_losses(model, hidden, labels, segs, anchors).items()
    }


def _text_losses(
    model: TerraScope, hidden: Tensor, labels: Tensor, segs: list[tuple[int, int, int]], anchors: Tensor
) -> dict[str, Tensor]:
    """Cross-entropy of what is learnt, distance of each [SEG]'s projection from its anchor, share of wrong words."""
    learnt = labels[:, 1:] != IGNORE
    logits = model.language_model.lm_head(hidden[:, :-1][learnt])
    target = labels[:, 1:][learnt]
    rows, positions, classes = (torch.tensor(x) for x in zip(*segs, strict=True))
    said = model.text_hidden_fcs(hidden[rows, positions])
    return {
        "text": F.cross_entropy(logits, target),
        "seg": F.mse_loss(said, anchors[classes - 1]),
        "wrong": (logits.argmax(-1) != target).float().mean(),
    }


def _cell_targets(chip: Chip, cut: Tiles, side: int) -> Tensor:
    """Class shares of every visual token, tile by tile, thumbnail last: (tokens, classes)."""
    classes = range(1, len(CLASSES) + 1)
    grids = np.stack([coverage_grid(chip.labels == c, cut.rows * side, cut.cols * side) for c in classes])
    tiled = (
        grids.reshape(len(CLASSES), cut.rows, side, cut.cols, side).transpose(1, 3, 2, 4, 0).reshape(-1, len(CLASSES))
    )
    if cut.count > 1:
        small = np.stack([coverage_grid(chip.labels == c, side, side) for c in classes])
        tiled = np.concatenate([tiled, small.transpose(1, 2, 0).reshape(-1, len(CLASSES))])
    return torch.from_numpy(tiled).float()
