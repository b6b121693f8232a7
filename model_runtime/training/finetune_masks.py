"""`train finetune`, masks: the mask decoder learns to agree with what the stem has learnt of a user's classes.

Everything in front of the decoder stays as it is, so each window is encoded once and a step costs next to nothing.
Where the ground is not labelled, the stem's new units say what it probably is. What the decoder said of classes that
are not taught it is held to, on the same windows and on places of the rehearsal.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from ..model.grounding import best_of, decode_levels, encode_levels
from ..model.terrascope import TerraScope
from ..terra_cot.chance import seeded
from .data import Chip
from .finetune_pixels import PixelHead, pixel_planes, share_done
from .lessons import Lesson, look_batch, planes_of, squares
from .losses import class_targets, hard_iou, mask_loss
from .recipe import RECIPE
from .rehearsal import rehearsed_look
from .stage1_batches import LookBatch

_SURE = 0.6
"""how probable a class must be at an unlabelled pixel that is learnt from"""


@dataclass(frozen=True)
class MaskRecipe:
    """How the decoder is taught.

    Attributes:
        most_views: Windows with labels, at most.
        batch: Of them, in each step; beside them are as many of the rehearsal.
        steps: At most.
        least_steps: However little time there is.
        rate: Learning rate at its peak.
        rehearsal_weight: Of what keeps classes that are not taught as they were.
        averaged: How much of the mean of the weights is kept at each step; the mean is what is used.
        seed: Of everything drawn.
    """

    most_views: int = 16
    batch: int = 2
    steps: int = 800
    least_steps: int = 80
    rate: float = 1e-3
    rehearsal_weight: float = 1.0
    averaged: float = 0.98
    seed: int = 1


@dataclass(frozen=True)
class View:
    """A window in front of the decoder.

    Attributes:
        levels: (C, S/4, S/4), ..., as `decode_levels` takes them.
        masks: (Q, 3, S/4, S/4), what the decoder said of Q classes that are not taught.
        ious: (Q, 3), how good it took that for.
        stem: (P, S, S), the stem's logits of the taught classes.
        target: (P, S, S), 1 inside.
        known: (P, S, S), 1 where it is known.
    """

    levels: tuple[Tensor, ...]
    masks: Tensor
    ious: Tensor
    stem: Tensor
    target: Tensor
    known: Tensor


@torch.no_grad()
def view(model: TerraScope, batch: LookBatch, prompts: Tensor, others: Tensor) -> View:
    """One look through one sensor, at the taught classes and at others."""
    pixels = planes_of(model, batch)
    features = model.spectral_stem(pixels)
    levels = model.spectral_stem.enrich(encode_levels(model.sam2, pixels), features)
    if len(others):
        masks, ious = decode_levels(model.sam2, levels, others[None])
    else:  # the decoder cannot be asked about nothing
        masks = ious = levels[0].new_zeros(1, 0, 3)
    stem = model.spectral_stem.logits(features, prompts[None])[0]
    target, known = class_targets(batch.allowed.int(), batch.true.int(), batch.classes.int())
    return View(tuple(level[0] for level in levels), masks[0], ious[0], stem, target[0], known[0])


def rehearsed_views(model: TerraScope, chips: Sequence[Chip], others: Tensor, go_on: Callable[[], None]) -> list[View]:
    """Places of the rehearsal in front of the decoder as it was; what is taught later changes nothing in them.

    Args:
        model: not taught yet.
        chips: the places.
        others: (Q, d_model), of classes that are known and not taught.
        go_on: called before each; raises to stop.
    """
    views = []
    for number, chip in enumerate(chips):
        go_on()
        look = rehearsed_look([chip], model.config.grounding_config.image_size, number)
        views.append(view(model, look, others[:0], others))
    return views


def probable(model: TerraScope, lesson: Lesson, head: PixelHead) -> Lesson:
    """A part of a scene labelled all over: by the head, where it is sure, and as it was where it was."""
    at = np.flatnonzero(lesson.valid)
    shares = head(pixel_planes(model.config, lesson, at)).softmax(1).numpy()
    codes = np.zeros(lesson.codes.size, np.uint8)
    codes[at] = np.where(shares.max(1) > _SURE, shares.argmax(1) + 1, 0)
    labelled = lesson.codes_of(held_out=False)
    every = np.where(labelled > 0, labelled, codes.reshape(labelled.shape))
    return Lesson(lesson.bands, lesson.present, lesson.reflectance, lesson.pixel_size_m, every,
                  np.zeros_like(lesson.held_out), lesson.valid)  # fmt: skip


def learn_masks(
    model: TerraScope, lessons: Sequence[Lesson], head: PixelHead, prompts: Tensor,
    others: Tensor, kept: Sequence[View], minutes: float, recipe: MaskRecipe, tell: Callable[[float], None],
) -> None:  # fmt: skip
    """Teach the mask decoder; its weights become the mean of those of the last steps.

    Args:
        model: whose stem knows the taught classes (`finetune_pixels.with_head`).
        lessons: with labels that are learnt from.
        head: that knows the taught classes.
        prompts: (P, d_model), of the taught classes.
        others: (Q, d_model), of classes that are known and not taught; Q may be 0.
        kept: of `rehearsed_views`.
        minutes: wall-clock budget.
        recipe: how.
        tell: told the fraction that is done between steps; raises to stop.
    """
    torch.manual_seed(recipe.seed)
    rng = seeded(recipe.seed)
    begin = time.monotonic()
    views = _views(model, lessons, head, prompts, others, recipe, lambda: tell(0.0))
    decoder = model.sam2.mask_decoder.train().requires_grad_(True)
    decoder.conv_s0.requires_grad_(False)
    decoder.conv_s1.requires_grad_(False)
    parameters = [parameter for parameter in decoder.parameters() if parameter.requires_grad]
    means = [parameter.detach().clone() for parameter in parameters]
    optimizer = torch.optim.AdamW(parameters, lr=0.0, betas=(0.9, 0.98), weight_decay=0.01)
    for step in range(recipe.steps):
        share = share_done(step, recipe.steps, recipe.least_steps, begin, minutes)
        if share >= 1:
            break
        tell(share)
        rate = recipe.rate * min(share / 0.1 + 0.02, 0.505 + 0.495 * math.cos(math.pi * share))
        optimizer.param_groups[0]["lr"] = rate
        optimizer.zero_grad()
        some = rng.choices(views, k=recipe.batch)
        view_loss(model, some, _around(prompts), step % 3).backward()
        if len(others):
            old = rng.choices(kept, k=recipe.batch) + some[:1]
            (recipe.rehearsal_weight * kept_loss(model, old, _around(others))).backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        share = min(recipe.averaged, (step + 1) / (step + 11))
        for parameter, mean in zip(parameters, means, strict=True):
            mean.lerp_(parameter.detach(), 1 - share)
    with torch.no_grad():
        for parameter, mean in zip(parameters, means, strict=True):
            parameter.copy_(mean)
    decoder.eval().requires_grad_(False)


def _around(prompts: Tensor) -> Tensor:
    """As [SEG] says them, they differ a little from what they should be."""
    return prompts + RECIPE.prompt_noise * torch.randn_like(prompts)


def _views(
    model: TerraScope, lessons: Sequence[Lesson], head: PixelHead, prompts: Tensor, others: Tensor, recipe: MaskRecipe,
    go_on: Callable[[], None],
) -> list[View]:  # fmt: skip
    rng, size = seeded(recipe.seed), model.config.grounding_config.image_size
    every = [
        (number, corner) for number, lesson in enumerate(lessons) for corner in squares(lesson, size, held_out=False)
    ]
    views = []
    for number, corner in rng.sample(every, min(len(every), recipe.most_views)):
        window = lessons[number].window(*corner, size)
        go_on()
        chip = probable(model, window, head).chip(0, 0, size)
        views.append(view(model, look_batch([chip], len(prompts)), prompts, others))
    return views


def view_loss(model: TerraScope, views: Sequence[View], prompts: Tensor, output: int) -> Tensor:
    """Cross-entropy and Dice of each taught class on the image's own pixels, and of what the decoder expects of it.

    One of the decoder's three outputs is trained at a time, together with the stem: which one is taken when the model
    is asked does not matter then.

    Args:
        model: the network.
        views: windows.
        prompts: (P, d_model).
        output: which of the three.
    """
    levels = [torch.stack(level) for level in zip(*(v.levels for v in views), strict=True)]
    low, ious = decode_levels(model.sam2, levels, prompts.expand(len(views), -1, -1))
    stem, target, known = (torch.stack([getattr(v, name) for v in views]) for name in ("stem", "target", "known"))
    full = upsampled(low[:, :, output], stem) + stem
    quality = hard_iou(full, target, known)
    return mask_loss(full, target, known).mean() + 0.5 * F.mse_loss(ious[:, :, output], quality)


def kept_loss(model: TerraScope, views: Sequence[View], prompts: Tensor) -> Tensor:
    """How far what the decoder says of other classes is from what it said: the mean square of logits and of IoUs.

    Args:
        model: the network.
        views: windows.
        prompts: (Q, d_model).
    """
    levels = [torch.stack(level) for level in zip(*(v.levels for v in views), strict=True)]
    low, ious = decode_levels(model.sam2, levels, prompts.expand(len(views), -1, -1))
    said = torch.stack([v.masks for v in views])
    return F.mse_loss(low / 4, said / 4) + F.mse_loss(ious, torch.stack([v.ious for v in views]))


def upsampled(low: Tensor, like: Tensor) -> Tensor:
    """Logits at the size of others."""
    return F.interpolate(low, like.shape[-2:], mode="bilinear", align_corners=False)


@torch.inference_mode()
def draw(model: TerraScope, pixels: Tensor, prompts: Tensor) -> Tensor:
    """Logits (N, P, S, S) of prompts (P, d_model) on windows of planes (N, C, S, S), as the model answers."""
    features = model.spectral_stem(pixels)
    levels = model.spectral_stem.enrich(encode_levels(model.sam2, pixels), features)
    asked = prompts.expand(len(pixels), -1, -1)
    stem = model.spectral_stem.logits(features, asked)
    return upsampled(best_of(*decode_levels(model.sam2, levels, asked))[0], stem) + stem


def count_claims(
    model: TerraScope, lessons: Sequence[Lesson], prompts: Tensor, tell: Callable[[float], None], *, held_out: bool
) -> np.ndarray:
    """How many labelled pixels of each class the mask of each prompt claims.

    Args:
        model: the network.
        lessons: with labels.
        prompts: (P, d_model).
        tell: told the fraction that is done; raises to stop.
        held_out: which of the labels.

    Returns:
        int (P, K), by prompt and by 0-based class, all lessons together.
    """
    size = model.config.grounding_config.image_size
    classes = max(int(lesson.codes.max()) for lesson in lessons)
    claimed = np.zeros((len(prompts), classes + 1), np.int64)
    every = [
        (number, corner) for number, lesson in enumerate(lessons) for corner in squares(lesson, size, held_out=held_out)
    ]
    counted = [np.zeros(lesson.codes.shape, bool) for lesson in lessons]
    for done, (number, corner) in enumerate(every):
        tell(done / len(every))
        chip = lessons[number].chip(*corner, size, held_out=held_out)
        inside = draw(model, planes_of(model, look_batch([chip], 1)), prompts)[0].numpy() > 0
        # The last squares overlap those before them: a pixel counts once.
        here = tuple(slice(first, first + size) for first in corner)
        seen = counted[number][here]
        own = tuple(slice(0, side) for side in seen.shape)
        codes = np.where(seen, 0, chip.labels[own])
        seen[:] = True
        for prompt, mask in enumerate(inside):
            claimed[prompt] += np.bincount(codes[mask[own]], minlength=classes + 1)
    return claimed[:, 1:]
