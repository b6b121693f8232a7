"""Rehearsal against forgetting: generated places with the classes a model knows already, made anew from fixed seeds.

Some are learnt from beside what is new; the others only tell how much has been forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from ..terra_cot.chance import seeded
from ..terra_cot.dates import generate_dates
from ..terra_cot.scenes import CLASSES
from ..terra_cot.vocabulary import LAND_COVER
from .data import Chip, augment, class_bits, real_chip
from .losses import class_targets
from .recipe import RECIPE
from .stage1_batches import Look, LookBatch, asked_classes

_FIRST_SEED = 7_000_000
"""far from the seeds of what nano learnt from, and of what models are judged on"""
_CLOUDY = 0.2


def rehearsal_chips(count: int, size: int, go_on: Callable[[], None]) -> list[Chip]:
    """The first so many places, with optical bands and radar.

    Args:
        count: how many.
        size: pixels along a side.
        go_on: called before each; raises to stop.
    """
    chips = []
    for seed in range(_FIRST_SEED, _FIRST_SEED + count):
        go_on()
        rng = seeded(seed)
        scene = generate_dates(size, seed, 1, None, rng.random() if rng.random() < _CLOUDY else 0.0)[0]
        chips.append(replace(real_chip(scene, size, rng), surface=scene.surface, hidden=scene.hidden))
    return chips


def rehearsed_look(chips: Sequence[Chip], size: int, seed: int | str) -> LookBatch:
    """Places in another light, through one of their sensors and some of its bands, and classes to ask about.

    Args:
        chips: of `rehearsal_chips`.
        size: pixels along a side; smaller ones are a part of the place.
        seed: of everything drawn.
    """
    rng = seeded(seed)
    looks = []
    for chip in augment(list(chips), rng):
        seen = chip.radar() if rng.random() < RECIPE.radar_share else chip.optical()
        top, left = (rng.randint(0, seen.labels.shape[0] - size) for _ in range(2))
        part = (..., slice(top, top + size), slice(left, left + size))
        whole = {name: np.ascontiguousarray(getattr(seen, name)[part]) for name in ("bands", "labels", "allowed")}
        looks.append(_look(replace(seen, **whole)))
    return LookBatch.of(looks, [asked_classes(look, RECIPE.stage1_prompts, rng) for look in looks])


def _look(chip: Chip) -> Look:
    return Look((chip,), np.zeros(chip.labels.shape, np.float32), class_bits(chip.labels), chip.allowed)


@torch.inference_mode()
def rehearsal_ious(
    draw: Callable[[LookBatch], Tensor], chips: Sequence[Chip], go_on: Callable[[], None]
) -> dict[str, float]:
    """IoU of each phrase whose class is there, over all places, through all optical bands.

    Args:
        draw: gives the logits of every class of `CLASSES`, (N, classes, S, S).
        chips: the places.
        go_on: called before each; raises to stop.
    """
    every = list(range(1, len(CLASSES) + 1))
    both, either, there = (torch.zeros(len(CLASSES)) for _ in range(3))
    for chip in chips:
        go_on()
        batch = LookBatch.of([_look(chip.optical())], [every])
        target, known = class_targets(batch.allowed.int(), batch.true.int(), batch.classes.int())
        inside = (draw(batch) > 0) & (known > 0)
        truth = (target > 0) & (known > 0)
        both += (inside & truth).sum((0, 2, 3))
        either += (inside | truth).sum((0, 2, 3))
        there += truth.sum((0, 2, 3))
    seen = there > 0
    return {name: float(both[k] / either[k]) for k, name in enumerate(LAND_COVER) if seen[k]}
