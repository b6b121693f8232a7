"""Stage 1, grounded pretraining (paper section 3.2): the mask branch learns to segment a class when prompted.

Referring segmentation with the prompt embedding of the class standing where stage 2's [SEG] projection will be;
the towers of the language side are not involved.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ..model.config import TerraScopeConfig
from ..model.grounding import build_sam2, decode_levels, encode_levels
from ..model.spectral import SpectralStem, planes
from ..terra_cot.scenes import CLASSES, LabelledScene
from .anchors import class_anchors
from .data import Chip, SceneCache, augment, real_chip
from .losses import class_targets, coverage_error, hard_iou, mask_loss
from .recipe import Recipe, seeded
from .schedule import Budget, Journal


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

    def forward(self, pixels: Tensor, prompts: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """SAM-2's low-resolution logits (N, P, 3, S/4, S/4), predicted IoU (N, P, 3), stem features (N, F, S, S)."""
        features = self.spectral_stem(pixels)
        levels = self.spectral_stem.enrich(encode_levels(self.sam2, pixels), features)
        return *decode_levels(self.sam2, levels, prompts), features


def batches(
    cache: SceneCache, real: list[LabelledScene], recipe: Recipe, size: int, rng: random.Random
) -> Iterator[list[Chip]]:
    """Endless augmented chips, a share of them from real places."""
    while True:
        chips = []
        for _ in range(recipe.stage1_batch):
            if real and rng.random() < recipe.real_share:
                chips.append(augment(real_chip(rng.choice(real), size, rng), rng))
            else:
                chips.append(augment(cache.chip(rng.randrange(len(cache))), rng))
        yield chips


def chip_planes(chips: list[Chip], config: TerraScopeConfig) -> Tensor:
    """Model input (N, C, S, S) of chips."""
    return planes(
        torch.from_numpy(np.stack([c.bands for c in chips])),
        torch.from_numpy(np.stack([c.present for c in chips])),
        torch.tensor([c.reflectance for c in chips]),
        config.input_config,
    )


def asked_classes(chip: Chip, count: int, rng: random.Random) -> list[int]:
    """Class codes to ask about: mostly ones that are there."""
    there = [int(c) for c in np.unique(chip.labels) if c]
    rng.shuffle(there)
    chosen = there[: count - 1]
    rest = [c for c in range(1, len(CLASSES) + 1) if c not in chosen]
    return chosen + rng.sample(rest, count - len(chosen))


def losses(
    branch: MaskBranch,
    pixels: Tensor,
    prompts: Tensor,
    wanted: tuple[Tensor, Tensor],
    every_prompt: Tensor,
    every_wanted: tuple[Tensor, Tensor],
    coverage_weight: float,
) -> tuple[dict[str, Tensor], Tensor]:
    """Loss terms of prompted masks, and the mean IoU of the chosen output.

    All three outputs are trained and judged at SAM-2's own resolution; the best of them also at full resolution,
    together with the stem. The stem alone, being cheap, answers every class each time.
    """
    low, ious, features = branch(pixels, prompts)
    small = [F.adaptive_avg_pool2d(x, low.shape[-2:]) for x in wanted]
    small = [(x > 0.5).float()[:, :, None].expand_as(low) for x in small]
    coarse = mask_loss(low, *small)
    stem = branch.spectral_stem.logits(features, prompts)
    together = low.detach() + F.adaptive_avg_pool2d(stem.detach(), low.shape[-2:])[:, :, None]
    quality = hard_iou(together, *small)
    chosen = coarse.argmin(-1)
    best = low.gather(2, chosen[:, :, None, None, None].expand(-1, -1, 1, *low.shape[-2:]))[:, :, 0]
    full = F.interpolate(best, pixels.shape[-2:], mode="bilinear", align_corners=False) + stem
    parts = {
        "mask": mask_loss(full, *wanted).mean(),
        "coarse": 0.4 * coarse.mean(),
        "iou": 0.5 * F.mse_loss(ious, quality),
        "coverage": coverage_weight * coverage_error(full, *wanted).mean(),
        "stem": 0.5 * mask_loss(branch.spectral_stem.logits(features, every_prompt), *every_wanted).mean(),
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
    everything = torch.arange(1, len(CLASSES) + 1)
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
        chips = next(stream)
        budget.apply(optimizer)
        pixels = chip_planes(chips, config)
        labels = torch.from_numpy(np.stack([c.labels for c in chips])).int()
        allowed = torch.from_numpy(np.stack([c.allowed for c in chips]).astype(np.int32))
        classes = torch.tensor([asked_classes(c, recipe.stage1_prompts, rng) for c in chips])
        prompts = anchors[classes - 1]
        prompts = prompts + recipe.prompt_noise * torch.randn_like(prompts)
        parts, iou = losses(
            branch,
            pixels,
            prompts,
            class_targets(allowed, labels, classes),
            anchors.expand(len(chips), -1, -1),
            class_targets(allowed, labels, everything.expand(len(chips), -1)),
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
