"""Stage 2, instruction tuning on Terra-CoT traces (paper section 3.2): questions, reasoning with [SEG], answers.

The state at [SEG], projected, is taught the prompt embedding that stage 1 taught the mask branch to obey, so that
no mask has to be decoded here. Where a date has an optical and a radar image, the sensor each token comes from is
chosen by the question (Eq. 4-5), and the choice is taught by where clouds hide the ground that is asked about.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import DynamicCache

from ..model.selection import choose_modality, coverage_grid, relevance
from ..model.terrascope import TerraScope
from ..model.vision import Tiles, plane_tiles, visual_tokens
from ..terra_cot.scenes import CLASSES
from .anchors import class_anchors
from .data import DATES, Chip, SceneCache, augment
from .questions import CLOUD, IGNORE, Date, Sensors, Sequence, collate, encode_sample, first_tokens, kinds, text_sample
from .recipe import Recipe, seeded
from .schedule import Budget, Journal
from .stage1 import chip_planes

# What a batch of images shows: one date, seen by one sensor or both, or several dates.
_SHOWN = {"optical": 30, "sar": 10, "both": 35, "dates": 25}
_HOW_MANY = {2: 45, 3: 20, 4: 13, 5: 7, 6: 5, 7: 5, 8: 5}
_RADAR_AT_SOME = 1 / 3
"""of the batches with several dates"""
_CONCAT = 0.15
"""of the questions about dates with both sensors"""
_IMAGES_AT_ONCE = 8
# The relevances of two sensors' tokens differ little, and only which is larger counts: the choice is taught through
# a sigmoid that is this much steeper than their ratio.
_SHARPNESS = 10.0
_HIDDEN = 0.3
"""share of a cell under clouds and shadows from which on radar tells more of it"""


@dataclass(frozen=True)
class Layout:
    """What every scene of a batch shows, so that their prompts are of one length."""

    sensors: tuple[Sensors, ...]
    """of each date"""
    cut: Tiles
    """of each image; several tiles only where there is one image, as when the model is asked"""

    @property
    def images(self) -> int:
        """Of one scene."""
        return sum(1 + (sensors == "both") for sensors in self.sensors)


def draw_layout(rng: random.Random, tiled_share: float) -> Layout:
    """What the next batch shows; `tiled_share` of those with a single image have it cut as larger scenes are."""
    shown = rng.choices(list(_SHOWN), list(_SHOWN.values()))[0]
    whole = Tiles(1, 1)
    if shown == "dates":
        count = rng.choices(list(_HOW_MANY), list(_HOW_MANY.values()))[0]
        some = rng.random() < _RADAR_AT_SOME
        return Layout(tuple(rng.choice(("optical", "sar", "both")) if some else "optical" for _ in range(count)), whole)
    if shown == "both":
        return Layout(("both",), whole)
    cut = Tiles(*rng.choice([(2, 2), (2, 1), (1, 2), (3, 1), (1, 3)])) if rng.random() < tiled_share else whole
    return Layout((shown,), cut)


def draw_place(cache: SceneCache, layout: Layout, rng: random.Random) -> list[Date]:
    """A place of the cache on as many dates as the layout has.

    Dates beyond those of the cache are one of its own in another light, or another place, where all has changed.
    """
    place = DATES * rng.randrange(len(cache) // DATES)
    rows = [place + date for date in range(DATES)]
    while len(rows) < len(layout.sensors):
        rows.append(rng.choice([place, place + 1, rng.randrange(len(cache))]))
    rng.shuffle(rows)
    chips = augment([cache.chip(row) for row in rows[: len(layout.sensors)]], rng)
    return [Date(chip, sensors) for chip, sensors in zip(chips, layout.sensors, strict=True)]


def train(model: TerraScope, cache: SceneCache, recipe: Recipe, minutes: float, out: Path) -> None:
    """Train ViT, projector, language model and [SEG] projection; keep writing `out` (a state dict).

    Args:
        model: nano, its mask branch unused.
        cache: generated places.
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
        # A finished model, from which a run may begin, has no cell classes.
        parts.load_state_dict({**parts["cell_classes"].state_dict(prefix="cell_classes."), **saved["state"]})
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
            losses = _step(model, parts, cache, recipe, anchors, rng, draw_layout(rng, recipe.tiled_share[half]))
        optimizer.zero_grad()
        sum(losses[name] for name in ("text", "seg", "cells", "choice") if name in losses).backward()
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
    layout: Layout,
) -> dict[str, Tensor]:
    """Losses of one batch: a few scenes of one layout, several questions each, their common prefix run once."""
    size, side, vocabulary, cut = model.config.tile_size, model.config.tile_tokens, model.vocabulary, layout.cut
    scenes = min(recipe.stage2_scenes, max(1, _IMAGES_AT_ONCE // (layout.images * cut.count)))
    per_image = cut.count * side * side
    per_scene = layout.images * per_image
    pixels, cells, hidden, prefixes, sequences, owner = [], [], [], [], [], []
    for number in range(scenes):
        dates = draw_place(cache, layout, rng)
        chips = [image for date in dates for image in date.images()]
        for chip, image in zip(chips, chip_planes(chips, model.config), strict=True):
            pixels.append(plane_tiles(image, cut, size))
            cells.append(_cell_targets(chip, cut, side))
            hidden.append(torch.from_numpy(coverage_grid(chip.hidden, side, side).ravel()).float())
        total_ha = 10 ** rng.uniform(1.0, 5.2)
        for kind in kinds(len(dates), recipe.stage2_questions, rng):
            prefix, sequence = encode_sample(
                vocabulary, dates, cut, kind, rng, measured=rng.random() >= recipe.plain_share, total_ha=total_ha,
                # Many dates have many regions; with all of their tokens one question would be as long as a batch.
                side=side, limit=rng.choice([8, 24, 128] if len(dates) < 4 else [8, 8, 24, 64]),
                concat="both" in layout.sensors and rng.random() < _CONCAT,
            )  # fmt: skip
            sequences.append(sequence)
            owner.append(number)
        prefixes.append(prefix)
    starts = first_tokens(dates, cut, side)
    bank = visual_tokens(model.vision_model, model.mlp1, torch.cat(pixels)).flatten(0, 1)
    embed = model.language_model.get_input_embeddings()
    prefix_ids = torch.tensor(prefixes)
    context = (prefix_ids == vocabulary.context_id)[..., None]
    kv = DynamicCache(config=model.language_model.config)
    model.language_model.model(inputs_embeds=embed(prefix_ids).masked_scatter(context, bank), past_key_values=kv)
    for layer in kv.layers:
        layer.keys = layer.keys.repeat_interleave(recipe.stage2_questions, 0)
        layer.values = layer.values.repeat_interleave(recipe.stage2_questions, 0)
    offsets = [number * per_scene for number in range(scenes)]
    ids, labels, sources = collate(sequences, owner, offsets, vocabulary.id_of("<|endoftext|>"))
    targets = torch.cat(cells)
    losses = {"cells": 0.3 * F.binary_cross_entropy_with_logits(parts["cell_classes"](bank), targets)}
    both = {t: start for t, (start, seen) in enumerate(zip(starts, layout.sensors, strict=True), 1) if seen == "both"}
    if both:
        from_sar, losses["choice"] = choose_sensors(
            sequences,
            [embed(torch.tensor(s.question)) for s in sequences],
            bank.view(scenes, per_scene, -1)[owner],
            torch.cat(hidden).view(scenes, per_scene)[owner],
            both,
            per_image,
        )
        losses |= _sar_shares(sequences, sources, from_sar, targets, both, per_image)
        sources = sources + per_image * (_at(from_sar, sources) & (sources >= 0))
    regions = sources >= 0
    embeddings = embed(ids).masked_scatter(regions[..., None], bank[sources[regions]])
    hidden = model.language_model.model(inputs_embeds=embeddings, past_key_values=kv).last_hidden_state
    return losses | _text_losses(model, hidden, labels, sequences, anchors)


def choose_sensors(
    sequences: list[Sequence],
    questions: list[Tensor],
    tokens: Tensor,
    hidden: Tensor,
    both: dict[int, int],
    per_image: int,
) -> tuple[Tensor, Tensor]:
    """From which sensor each visual token of the dates with both is taken (Eq. 4-5), and what the choice costs.

    The choice is hard and has no gradient. What is taught is the ratio of the two relevances: the radar token is to
    matter more where clouds or their shadows hide the ground, unless it is the clouds that are asked about.

    Args:
        sequences: N questions; of those with `concat`, nothing is chosen.
        questions: of each, the embeddings of its words (words, D).
        tokens: (N, T, D) visual tokens of each question's scene.
        hidden: (N, T) share of each token's cell that clouds and shadows hide.
        both: of each date that has both sensors, where its tokens begin; those of SAR follow the optical ones.
        per_image: visual tokens of one image.

    Returns:
        bool (N, T), where an optical token gives way to that of SAR; and the cross-entropy of the choice.
    """
    from_sar = torch.zeros(tokens.shape[:2], dtype=torch.bool)
    costs = []
    for row, sequence in enumerate(sequences):
        for date in {mark.date for mark in sequence.marks} & set(both):
            optical, sar = (slice(both[date] + i * per_image, both[date] + (i + 1) * per_image) for i in (0, 1))
            seen = [relevance(questions[row], tokens[row, part]) for part in (optical, sar)]
            ratio = seen[1].clamp_min(1e-12).log() - seen[0].clamp_min(1e-12).log()
            if not sequence.concat:
                from_sar[row, optical] = choose_modality(*(beta.detach() for beta in seen))
            about_ground = any(mark.label != CLOUD for mark in sequence.marks if mark.date == date)
            wanted = (hidden[row, optical] > _HIDDEN).float() * about_ground
            costs.append(F.binary_cross_entropy_with_logits(_SHARPNESS * ratio, wanted))
    return from_sar, torch.stack(costs).mean() if costs else tokens.new_zeros(())


def _at(values: Tensor, sources: Tensor) -> Tensor:
    """Of (N, T) values of each question's own visual tokens those at its <REGION> positions; elsewhere anything."""
    return values.gather(1, sources.clamp_min(0) % values.shape[1])


def _sar_shares(
    sequences: list[Sequence], sources: Tensor, from_sar: Tensor, targets: Tensor, both: dict[int, int], per_image: int
) -> dict[str, Tensor]:
    """Share of the injected tokens taken from SAR where there was a choice; and of those that are cloud."""
    choice = torch.zeros_like(from_sar)
    rows = torch.tensor([not s.concat for s in sequences])
    for start in both.values():
        choice[:, start : start + per_image] = rows[:, None]
    there = (sources >= 0) & _at(choice, sources)
    cloud = (targets[:, CLOUD - 1] > 0.5)[sources.clamp_min(0)] & there
    taken = _at(from_sar, sources)
    return {
        name: taken[where].float().mean() for name, where in (("sar_share", there), ("sar_cloud", cloud)) if where.any()
    }


def _text_step(model: TerraScope, recipe: Recipe, anchors: Tensor, rng: random.Random) -> dict[str, Tensor]:
    """Losses of one batch without images."""
    # Half of them about one date; of several, as many questions as make about as many words.
    dates = 1 if rng.random() < 0.5 else rng.choices(list(_HOW_MANY), list(_HOW_MANY.values()))[0]
    count = max(1, recipe.text_questions // (1 if dates == 1 else dates))
    sequences = [text_sample(model.vocabulary, rng, dates) for _ in range(count)]
    ids, labels, _ = collate(sequences, [0] * count, [0], model.vocabulary.id_of("<|endoftext|>"))
    hidden = model.language_model.model(input_ids=ids, use_cache=False).last_hidden_state
    return {
        f"{name}_only" if name == "wrong" else name: value
        for name, value in _text_losses(model, hidden, labels, sequences, anchors).items()
    }


def _text_losses(
    model: TerraScope, hidden: Tensor, labels: Tensor, sequences: list[Sequence], anchors: Tensor
) -> dict[str, Tensor]:
    """Cross-entropy of what is learnt, distance of each [SEG]'s projection from its anchor, share of wrong words."""
    learnt = labels[:, 1:] != IGNORE
    logits = model.language_model.lm_head(hidden[:, :-1][learnt])
    target = labels[:, 1:][learnt]
    marks = [(row, mark.position, mark.label) for row, s in enumerate(sequences) for mark in s.marks]
    rows, positions, classes = (torch.tensor(x) for x in zip(*marks, strict=True))
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
