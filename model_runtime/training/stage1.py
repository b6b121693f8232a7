"""Stage 1, grounded pretraining (paper section 3.2): the mask branch learns to segment a class when prompted.

Referring segmentation with the prompt embedding of the class standing where stage 2's [SEG] projection will be;
the towers of the language side are not involved.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F
from transformers import Sam2Model

from ..model.config import TerraScopeConfig
from ..model.grounding import decode_levels, encode_levels
from ..model.spectral import SpectralStem, plane_count, planes
from ..terra_cot.scenes import CLASSES, LabelledScene
from .anchors import class_anchors
from .data import Chip, SceneCache, augment, real_chip
from .losses import class_targets, hard_iou, mask_loss
from .recipe import Recipe
from .schedule import Budget


class MaskBranch(torch.nn.Module):
    """The parts of TerraScope that stage 1 trains, under the names they have there."""

    def __init__(self, config: TerraScopeConfig) -> None:
        super().__init__()
        grounding = config.grounding_config
        self.config = config
        self.sam2 = Sam2Model(grounding.build())
        self.spectral_stem = SpectralStem(plane_count(config.input_config), grounding.d_model, grounding.spectral_stem)

    def forward(self, pixels: Tensor, prompts: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Full-size logits of every multimask output, the low-resolution ones, predicted IoU, stem features."""
        low, ious = decode_levels(self.sam2, encode_levels(self.sam2, pixels), prompts)
        features = self.spectral_stem(pixels)
        size = pixels.shape[-2:]
        up = F.interpolate(low.flatten(1, 2), size, mode="bilinear", align_corners=False).unflatten(1, low.shape[1:3])
        return up + self.spectral_stem.logits(features, prompts)[:, :, None], low, ious, features


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


def train(config: TerraScopeConfig, cache: SceneCache, real: list[LabelledScene], recipe: Recipe, minutes: float, out: Path) -> None:
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
    rng = random.Random(recipe.seed + int(out.exists()))
    branch = MaskBranch(config)
    already = 0.0
    if out.exists():
        saved = torch.load(out, weights_only=True)
        branch.load_state_dict(saved["state"])
        already = saved["share"]
    branch.train()
    anchors = class_anchors(config.grounding_config.d_model, recipe.seed)
    everything = torch.arange(1, len(CLASSES) + 1)
    optimizer = torch.optim.AdamW(branch.parameters(), lr=1e-3, betas=(0.9, 0.98), weight_decay=recipe.weight_decay)
    budget = Budget(minutes, recipe.warm_up, already)
    kept: dict[str, float] = {}
    last_save = last_print = time.monotonic()
    stream = batches(cache, real, recipe, config.grounding_config.image_size, rng)
    step = 0
    while budget.share < 1:
        chips = next(stream)
        budget.apply(optimizer, recipe.stage1_learning_rate)
        pixels = chip_planes(chips, config)
        labels = torch.from_numpy(np.stack([c.labels for c in chips])).int()
        allowed = torch.from_numpy(np.stack([c.allowed for c in chips]).astype(np.int32))
        classes = torch.tensor([asked_classes(c, recipe.stage1_prompts, rng) for c in chips])
        prompts = anchors[classes - 1]
        prompts = prompts + recipe.prompt_noise * torch.randn_like(prompts)
        logits, low, ious, features = branch(pixels, prompts)
        target, known = class_targets(allowed, labels, classes)
        spread = [x[:, :, None].expand_as(logits) for x in (target, known)]
        each = mask_loss(logits, *spread)  # (N, P, 3)
        quality = hard_iou(logits.detach(), *spread)
        coarse = mask_loss(low, *(F.adaptive_avg_pool2d(x, low.shape[-2:])[:, :, None].expand_as(low) for x in (target, known)))
        stem_target, stem_known = class_targets(allowed, labels, everything.expand(len(chips), -1))
        stem = mask_loss(
            branch.spectral_stem.logits(features, anchors.expand(len(chips), -1, -1)), stem_target, stem_known
        )
        # The best of the three outputs carries most weight, as SAM-2 trains them; the rest keep all three usable.
        parts = {
            "mask": 0.6 * each.min(-1).values.mean() + 0.4 * each.mean(),
            "coarse": 0.3 * coarse.mean(),
            "stem": 0.5 * stem.mean(),
            "iou": 0.5 * F.mse_loss(ious, quality),
        }
        loss = sum(parts.values())
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(branch.parameters(), 1.0)
        optimizer.step()
        step += 1
        parts["hard_iou"] = quality.mean()
        for name, value in parts.items():
            kept[name] = 0.97 * kept.get(name, float(value.detach())) + 0.03 * float(value.detach())
        now = time.monotonic()
        if now - last_print > 30:
            print(f"step {step} {budget.share:.0%} " + " ".join(f"{k} {v:.3f}" for k, v in kept.items()), flush=True)
            last_print = now
        if now - last_save > 240 or budget.share >= 1:
            part = out.with_suffix(".part")
            torch.save({"state": branch.state_dict(), "share": budget.share}, part)
            part.replace(out)
            last_save = now
