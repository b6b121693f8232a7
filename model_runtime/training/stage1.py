"""Stage 1, grounded pretraining (paper section 3.2): the mask branch learns to segment a class when prompted.

Referring segmentation with the prompt embedding of the class standing where stage 2's [SEG] projection will be;
the towers of the language side are not involved. A place is looked at through its optical image, its radar image, or
both mixed place by place as Eq. 5 will choose; and a later date also with the mask of the earlier one as a prompt.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ..model.config import TerraScopeConfig
from ..model.grounding import best_of, blend, build_sam2, decode_levels, encode_levels
from ..model.spectral import SpectralStem, planes
from ..terra_cot.scenes import CLASSES, LabelledScene
from .anchors import class_anchors
from .data import DATES, Chip, SceneCache, augment, class_bits, real_chip
from .losses import class_targets, coverage_error, hard_iou, mask_loss
from .recipe import Recipe, seeded
from .schedule import Budget, Journal


@dataclass(frozen=True)
class Look:
    """One date of a place, through one sensor or both, with the truth that can be seen that way."""

    views: tuple[Chip, ...]
    share: np.ndarray
    """float32 (S, S), how much of the second view there is in the mixture; 0 where there is one view"""
    true: np.ndarray
    """uint16 (S, S), bit k: class k + 1 is here"""
    allowed: np.ndarray
    """uint16 (S, S), bit k: class k + 1 is possible"""
    after: int | None = None
    """place in the batch of the same place's earlier date"""


def look_at(chip: Chip, recipe: Recipe, rng: random.Random, after: int | None = None) -> Look:
    """Choose the sensors through which a chip is looked at."""
    nothing = np.zeros(chip.labels.shape, np.float32)
    dice = rng.random() if chip.has_radar else 1.0
    if not recipe.radar_share <= dice < recipe.radar_share + recipe.both_share:
        view = chip.radar() if dice < recipe.radar_share else chip.optical()
        return Look((view,), nothing, class_bits(view.labels), view.allowed, after)
    optical, radar = chip.optical(), chip.radar()
    if rng.random() < recipe.mean_share:
        # Both sensors are seen everywhere, so a cloud and the ground under it are.
        true = class_bits(optical.labels) | class_bits(radar.labels)
        return Look((optical, radar), nothing + 0.5, true, optical.allowed | radar.allowed, after)
    share = _chosen(chip.hidden, rng)
    from_radar = share > 0.5
    true = np.where(from_radar, class_bits(radar.labels), class_bits(optical.labels))
    return Look((optical, radar), share, true, np.where(from_radar, radar.allowed, optical.allowed), after)


def _chosen(hidden: np.ndarray, rng: random.Random) -> np.ndarray:
    """A choice of sensors cell by cell such as Eq. 5 may make: radar under clouds, elsewhere now and then."""
    size = hidden.shape[0]
    cell = size // rng.choice([4, 8, 8, 16])
    clouded = hidden.reshape(size // cell, cell, size // cell, cell).mean((1, 3))
    elsewhere = rng.choice([0.0, 0.1, 0.3, 0.6])
    dice = np.array([[rng.random() for _ in row] for row in clouded])
    chosen = np.where(clouded > rng.uniform(0.1, 0.5), dice < 0.93, dice < elsewhere)
    return chosen.repeat(cell, 0).repeat(cell, 1).astype(np.float32)


class MaskBranch(nn.Module):
    """The parts of TerraScope that stage 1 trains, under the names they have there."""

    def __init__(self, config: TerraScopeConfig) -> None:
        super().__init__()
        grounding = config.grounding_config
        self.config = config
        self.sam2 = build_sam2(grounding)
        self.spectral_stem = SpectralStem(config.input_config.plane_count, grounding.d_model, grounding.spectral_stem)

        # transformers starts every layer at 0.02, a value for wide networks; at widths of 32 to 64 signals die out.
        for module in self.sam2.modules():
            if isinstance(module, nn.Linear | nn.Conv2d | nn.ConvTranspose2d):
                module.reset_parameters()

    def encode(self, looks: list[Look]) -> tuple[list[Tensor], Tensor]:
        """SAM-2's levels of N looks, and the stem's features (N, F, S, S); of two views, their mixture."""
        pixels = chip_planes([view for look in looks for view in look.views], self.config)
        features = self.spectral_stem(pixels)
        levels = self.spectral_stem.enrich(encode_levels(self.sam2, pixels), features)
        last = torch.tensor([len(look.views) for look in looks]).cumsum(0) - 1
        first = torch.tensor([int(end) - len(look.views) + 1 for end, look in zip(last, looks, strict=True)])
        share = torch.from_numpy(np.stack([look.share for look in looks]))[:, None]
        mixed = blend([a[first] for a in (*levels, features)], [a[last] for a in (*levels, features)], share)
        return mixed[:3], mixed[3]


def batches(
    cache: SceneCache, real: list[LabelledScene], recipe: Recipe, size: int, rng: random.Random
) -> Iterator[list[Look]]:
    """Endless augmented looks, a share of them at real places, half of the generated places on both their dates."""
    while True:
        looks: list[Look] = []
        while len(looks) < recipe.stage1_batch:
            if real and rng.random() < recipe.real_share:
                looks.append(look_at(augment([real_chip(rng.choice(real), size, rng)], rng)[0], recipe, rng))
                continue
            rows = rng.randrange(len(cache) // DATES) * DATES
            chips = augment([cache.chip(rows + date) for date in range(DATES)], rng)
            if rng.random() < 0.5 or len(looks) + DATES > recipe.stage1_batch:
                looks.append(look_at(rng.choice(chips), recipe, rng))
                continue
            if rng.random() < 0.5:
                chips.reverse()
            looks.append(look_at(chips[0], recipe, rng))
            looks.append(look_at(chips[1], recipe, rng, after=len(looks) - 1))
        yield looks


def chip_planes(chips: list[Chip], config: TerraScopeConfig) -> Tensor:
    """Model input (N, C, S, S) of chips."""
    return planes(
        torch.from_numpy(np.stack([c.bands for c in chips])),
        torch.from_numpy(np.stack([c.present for c in chips])),
        torch.tensor([c.reflectance for c in chips]),
        config.input_config,
    )


def asked_classes(look: Look, count: int, rng: random.Random) -> list[int]:
    """Class codes to ask about: mostly ones that are there."""
    seen = int(np.bitwise_or.reduce(look.true, axis=None))
    there = [k + 1 for k in range(len(CLASSES)) if seen >> k & 1]
    rng.shuffle(there)
    chosen = there[: count - 1]
    rest = [c for c in range(1, len(CLASSES) + 1) if c not in chosen]
    return chosen + rng.sample(rest, count - len(chosen))


def losses(
    branch: MaskBranch,
    looks: list[Look],
    classes: Tensor,
    prompts: Tensor,
    every_prompt: Tensor,
    coverage_weight: float,
) -> tuple[dict[str, Tensor], Tensor]:
    """Loss terms of prompted masks, and the mean IoU of the chosen output.

    All three outputs are trained and judged at SAM-2's own resolution; the best of them also at full resolution,
    together with the stem. The stem alone, being cheap, answers every class each time. A later date is answered once
    more with the mask of the earlier date as a prompt.

    Args:
        branch: the network.
        looks: N of them.
        classes: int (N, P), codes asked about.
        prompts: (N, P, d_model).
        every_prompt: (classes, d_model).
        coverage_weight: of the coverage term.
    """
    allowed = torch.from_numpy(np.stack([look.allowed for look in looks]).astype(np.int32))
    true = torch.from_numpy(np.stack([look.true for look in looks]).astype(np.int32))
    wanted = class_targets(allowed, true, classes)
    every_class = torch.arange(1, len(CLASSES) + 1).expand(len(looks), -1)
    levels, features = branch.encode(looks)
    low, ious = decode_levels(branch.sam2, levels, prompts)
    stem = branch.spectral_stem.logits(features, prompts)
    parts, iou = _judged(low, ious, stem, wanted, coverage_weight)
    all_of_stem = branch.spectral_stem.logits(features, every_prompt.expand(len(looks), -1, -1))
    parts["stem"] = 0.5 * mask_loss(all_of_stem, *class_targets(allowed, true, every_class)).mean()
    later = [i for i, look in enumerate(looks) if look.after is not None]
    if later:
        # The first prompt of a later date is about a class that its earlier date was asked for too.
        earlier = best_of(low, ious)[0][[looks[i].after for i in later], :1].detach()
        low, ious = decode_levels(branch.sam2, [level[later] for level in levels], prompts[later, :1], earlier)
        again, _ = _judged(low, ious, stem[later, :1], tuple(x[later, :1] for x in wanted), coverage_weight)
        parts |= {f"{name}_after": 0.3 * value for name, value in again.items()}
    return parts, iou


def _judged(
    low: Tensor, ious: Tensor, stem: Tensor, wanted: tuple[Tensor, Tensor], coverage_weight: float
) -> tuple[dict[str, Tensor], Tensor]:
    small = [F.adaptive_avg_pool2d(x, low.shape[-2:]) for x in wanted]
    small = [(x > 0.5).float()[:, :, None].expand_as(low) for x in small]
    coarse = mask_loss(low, *small)
    together = low.detach() + F.adaptive_avg_pool2d(stem.detach(), low.shape[-2:])[:, :, None]
    quality = hard_iou(together, *small)
    chosen = coarse.argmin(-1)
    best = low.gather(2, chosen[:, :, None, None, None].expand(-1, -1, 1, *low.shape[-2:]))[:, :, 0]
    full = F.interpolate(best, stem.shape[-2:], mode="bilinear", align_corners=False) + stem
    parts = {
        "mask": mask_loss(full, *wanted).mean(),
        "coarse": 0.4 * coarse.mean(),
        "iou": 0.5 * F.mse_loss(ious, quality),
        "coverage": coverage_weight * coverage_error(full, *wanted).mean(),
    }
    return parts, quality.gather(2, chosen[..., None]).mean()


def train(
    config: TerraScopeConfig, cache: SceneCache, real: list[LabelledScene], recipe: Recipe, minutes: float, out: Path
) -> None:
    """Train the mask branch and keep writing `out` (a state dict) as it goes.

    Args:
        config: the model's.
        cache: generated scenes.
        real: labelled scenes of real places; may be empty.
        recipe: batch, learning rate, seed.
        minutes: wall-clock budget.
        out: where the weights go; an existing file is continued from.
    """
    torch.manual_seed(recipe.seed)
    rng = seeded(recipe.seed + int(out.exists()))
    branch = MaskBranch(config)
    already = 0.0
    if out.exists():
        saved = torch.load(out, weights_only=True)
        branch.load_state_dict(saved["state"])
        already = saved["share"]
    branch.train()
    anchors = class_anchors(config.grounding_config.d_model, recipe.seed)
    optimizer = torch.optim.AdamW(
        [
            {"params": list(branch.sam2.parameters()), "peak": recipe.stage1_learning_rate},
            {"params": list(branch.spectral_stem.parameters()), "peak": recipe.stem_learning_rate},
        ],
        betas=(0.9, 0.98),
        weight_decay=recipe.weight_decay,
    )
    budget = Budget(minutes, recipe.warm_up, already)
    journal = Journal(branch, budget, out)
    stream = batches(cache, real, recipe, config.grounding_config.image_size, rng)
    while budget.share < 1:
        looks = next(stream)
        budget.apply(optimizer)
        asked: list[list[int]] = []
        for look in looks:
            classes = asked_classes(look, recipe.stage1_prompts, rng)
            if look.after is not None:
                first = asked[look.after][0]
                classes = [first, *[c for c in classes if c != first]][: recipe.stage1_prompts]
            asked.append(classes)
        classes = torch.tensor(asked)
        prompts = anchors[classes - 1]
        prompts = prompts + recipe.prompt_noise * torch.randn_like(prompts)
        parts, iou = losses(
            branch,
            looks,
            classes,
            prompts,
            anchors,
            recipe.coverage_weight if budget.share > recipe.coverage_from else 0.0,
        )
        loss = sum(parts.values())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(branch.parameters(), 1.0)
        optimizer.step()
        parts["hard_iou"] = iou
        journal.note(parts)
    journal.save()
