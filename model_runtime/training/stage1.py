"""Stage 1, grounded pretraining (paper section 3.2): the mask branch learns to segment a class when prompted.

Referring segmentation with the prompt embedding of the class standing where stage 2's [SEG] projection will be;
the towers of the language side are not involved. A place is looked at through its optical image, its radar image, or
both mixed place by place as Eq. 5 will choose; and a later date also with the mask of the earlier one as a prompt.
"""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ..model.config import TerraScopeConfig
from ..model.grounding import Clicks, best_of, blend, build_sam2, decode_levels, encode_levels
from ..model.spectral import SpectralStem, planes
from ..terra_cot.chance import seeded
from ..terra_cot.scenes import CLASSES, LabelledScene
from .anchors import class_anchors
from .data import SceneCache
from .device import brief
from .feed import feed
from .losses import class_targets, coverage_error, hard_iou, mask_loss
from .recipe import Recipe
from .schedule import Budget, Journal
from .stage1_batches import LookBatch, batches


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

    def encode(self, batch: LookBatch) -> tuple[list[Tensor], Tensor]:
        """SAM-2's levels of N looks, and the stem's features (N, F, S, S); of two views, their mixture."""
        bands = batch.bands.index_select(0, batch.view_of)
        pixels = planes(bands, batch.present, batch.reflectance, batch.pixel_size_m, self.config.input_config)
        features = self.spectral_stem(pixels)
        with brief(pixels.device):
            levels = encode_levels(self.sam2, pixels)
        levels = self.spectral_stem.enrich([level.float() for level in levels], features)
        both = (*levels, features)
        first, last = ([a.index_select(0, which) for a in both] for which in (batch.first, batch.last))
        mixed = blend(first, last, batch.share)
        return mixed[:3], mixed[3]


def losses(
    branch: MaskBranch, batch: LookBatch, prompts: Tensor, every_prompt: Tensor, coverage_weight: float, clicks: int = 0
) -> tuple[dict[str, Tensor], Tensor]:
    """Loss terms of prompted masks, and the mean IoU of the chosen output.

    All three outputs are trained and judged at SAM-2's own resolution; the best of them also at full resolution,
    together with the stem. The stem alone, being cheap, answers every class each time. A later date is answered once
    more with the mask of the earlier date as a prompt.

    Args:
        branch: the network.
        batch: N looks.
        prompts: (N, P, d_model).
        every_prompt: (classes, d_model).
        coverage_weight: of the coverage term.
        clicks: points inside, and outside, each region that stand beside its prompt.
    """
    allowed, true, classes = batch.allowed.int(), batch.true.int(), batch.classes.int()
    wanted = class_targets(allowed, true, classes)
    every_class = torch.arange(1, len(CLASSES) + 1, dtype=torch.int32, device=true.device).expand(len(true), -1)
    levels, features = branch.encode(batch)
    low, ious = decode_levels(branch.sam2, levels, prompts, clicks=draw_clicks(*wanted, clicks) if clicks else None)
    stem = branch.spectral_stem.logits(features, prompts)
    parts, iou = _judged(low, ious, stem, wanted, coverage_weight)
    all_of_stem = branch.spectral_stem.logits(features, every_prompt.expand(len(true), -1, -1))
    parts["stem"] = 0.5 * mask_loss(all_of_stem, *class_targets(allowed, true, every_class)).mean()
    later = batch.later
    if len(later):
        earlier = best_of(low, ious)[0][batch.earlier, :1].detach()
        low, ious = decode_levels(branch.sam2, [level[later] for level in levels], prompts[later, :1], earlier)
        again, _ = _judged(low, ious, stem[later, :1], tuple(x[later, :1] for x in wanted), coverage_weight)
        parts |= {f"{name}_after": 0.3 * value for name, value in again.items()}
    return parts, iou


def draw_clicks(target: Tensor, known: Tensor, count: int) -> Clicks:
    """Points that a person who sees the truth might set: `count` inside each region, then as many outside.

    Args:
        target: 0 or 1, (N, P, H, W).
        known: 0 or 1, same shape.
        count: of each; there is no point where there is no such pixel.
    """
    points, labels = [], []
    for inside, of in ((1, target * known), (0, (1 - target) * known)):
        pixels = of.flatten(2)
        drawn = (pixels + 1e-9).flatten(0, 1).multinomial(count, replacement=True).view(*pixels.shape[:2], count)
        points.append(torch.stack([drawn % target.shape[-1], drawn // target.shape[-1]], -1))
        labels.append(torch.where(pixels.gather(2, drawn) > 0, inside, -1))
    return Clicks(torch.cat(points, 2).float(), torch.cat(labels, 2))


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
    config: TerraScopeConfig, cache: SceneCache, real: list[LabelledScene], recipe: Recipe, minutes: float, out: Path,
    device: torch.device, workers: int,
) -> None:  # fmt: skip
    """Train the mask branch and keep writing `out` (a state dict) as it goes.

    Args:
        config: the model's.
        cache: generated scenes.
        real: labelled scenes of real places; may be empty.
        recipe: batch, learning rate, seed.
        minutes: wall-clock budget.
        out: where the weights go; an existing file is continued from.
        device: where to compute.
        workers: processes that make batches; 0: this one.
    """
    torch.manual_seed(recipe.seed)
    seed = recipe.seed + int(out.exists())
    branch = MaskBranch(config)
    already = 0.0
    if out.exists():
        saved = torch.load(out, map_location="cpu", weights_only=True)
        branch.load_state_dict(saved["state"])
        already = saved["share"]
    branch.to(device).train()
    anchors = class_anchors(config.grounding_config.d_model, recipe.seed).to(device)
    optimizer = torch.optim.AdamW(
        [
            {"params": list(branch.sam2.parameters()), "peak": recipe.stage1_learning_rate},
            {"params": list(branch.spectral_stem.parameters()), "peak": recipe.stem_learning_rate},
        ],
        betas=(0.9, 0.98),
        weight_decay=recipe.weight_decay,
    )
    rng = seeded(seed)
    budget = Budget(minutes, recipe.warm_up, already)
    journal = Journal(branch, budget, out)
    make = partial(batches, cache, real, recipe, config.grounding_config.image_size, seed)
    with budget.ended_by_signals(), closing(feed(make, workers, device)) as stream:
        while not budget.over:
            batch = journal.next_of(stream)
            budget.apply(optimizer)
            prompts = anchors[batch.classes - 1]
            prompts = prompts + recipe.prompt_noise * torch.randn_like(prompts)
            weight = recipe.coverage_weight if budget.share > recipe.coverage_from else 0.0
            clicks = rng.randint(1, recipe.most_clicks) if rng.random() < recipe.clicked_share else 0
            parts, iou = losses(branch, batch, prompts, anchors, weight, clicks)
            optimizer.zero_grad()
            sum(parts.values()).backward()
            nn.utils.clip_grad_norm_(branch.parameters(), 1.0)
            optimizer.step()
            journal.note({**parts, "hard_iou": iou})
        journal.end()
