"""What stage 1 learns from: places looked at through one sensor or both, and the classes that are asked about.

Everything here is arrays in the processor's memory; `stage1` computes with them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from ..terra_cot.chance import seeded
from ..terra_cot.scenes import CLASSES, LabelledScene
from .data import DATES, Chip, SceneCache, augment, class_bits, real_chip
from .feed import Batch
from .recipe import WORKER_SEEDS, Recipe


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


@dataclass(frozen=True)
class LookBatch(Batch):
    """N looks with M views, and P classes that are asked about each."""

    bands: Tensor
    """float32 (N, B, S, S), as of `Chip`"""
    view_of: Tensor
    """int (M,), the look that a view belongs to"""
    present: Tensor
    """bool (M, B)"""
    reflectance: Tensor
    """bool (M,)"""
    pixel_size_m: Tensor
    """float32 (M,)"""
    first: Tensor
    """int (N,), the first view of each look"""
    last: Tensor
    """int (N,), its last view: the same one, or the second"""
    share: Tensor
    """float32 (N, 1, S, S), as of `Look`"""
    true: Tensor
    """int16 (N, S, S), as of `Look`"""
    allowed: Tensor
    """int16 (N, S, S), as of `Look`"""
    classes: Tensor
    """int (N, P), codes"""
    later: Tensor
    """int (K,), looks at a place that the batch has at an earlier date too"""
    earlier: Tensor
    """int (K,), the looks at that date"""

    @classmethod
    def of(cls, looks: Sequence[Look], classes: Sequence[Sequence[int]]) -> LookBatch:
        """Put looks and the classes asked about them together."""
        views = [view for look in looks for view in look.views]
        counts = np.array([len(look.views) for look in looks])
        last = counts.cumsum() - 1
        later = [number for number, look in enumerate(looks) if look.after is not None]
        return cls(
            torch.from_numpy(np.stack([look.views[0].bands for look in looks])),
            torch.from_numpy(np.arange(len(looks)).repeat(counts)),
            torch.from_numpy(np.stack([view.present for view in views])),
            torch.tensor([view.reflectance for view in views]),
            torch.tensor([view.pixel_size_m for view in views], dtype=torch.float32),
            torch.from_numpy(last - counts + 1),
            torch.from_numpy(last),
            torch.from_numpy(np.stack([look.share for look in looks]))[:, None],
            torch.from_numpy(np.stack([look.true for look in looks]).astype(np.int16)),
            torch.from_numpy(np.stack([look.allowed for look in looks]).astype(np.int16)),
            torch.tensor(classes),
            torch.tensor(later, dtype=torch.int64),
            torch.tensor([looks[number].after for number in later], dtype=torch.int64),
        )


def batches(
    cache: SceneCache, real: Sequence[LabelledScene], recipe: Recipe, size: int, seed: int, worker: int
) -> Iterator[LookBatch]:
    """Endless batches: a share of the looks at real places, half of the generated places on both their dates.

    Args:
        cache: generated places.
        real: labelled scenes of real places; may be empty.
        recipe: batch, shares.
        size: pixels along the side of a look.
        seed: of everything drawn.
        worker: draws what others do not.
    """
    rng = seeded(seed + WORKER_SEEDS * worker)
    while True:
        looks = _draw_looks(cache, real, recipe, size, rng)
        asked: list[list[int]] = []
        for look in looks:
            classes = asked_classes(look, recipe.stage1_prompts, rng)
            if look.after is not None:
                # The first prompt of a later date is about a class that its earlier date was asked for too.
                first = asked[look.after][0]
                classes = [first, *[c for c in classes if c != first]][: recipe.stage1_prompts]
            asked.append(classes)
        yield LookBatch.of(looks, asked)


def _draw_looks(
    cache: SceneCache, real: Sequence[LabelledScene], recipe: Recipe, size: int, rng: random.Random
) -> list[Look]:
    looks: list[Look] = []
    while len(looks) < recipe.stage1_batch:
        if real and rng.random() < recipe.real_share:
            looks.append(look_at(augment([real_chip(_draw_real(real, recipe, rng), size, rng)], rng)[0], recipe, rng))
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
    return looks


def _draw_real(real: Sequence[LabelledScene], recipe: Recipe, rng: random.Random) -> LabelledScene:
    """A scene of a drawn source: else the source with the most scenes would be nearly all that is seen of the world."""
    sources = {scene.place.split()[0] for scene in real}
    odds = {name: odds for name, odds in recipe.real_odds if name in sources}
    if not odds:
        return rng.choice(real)
    source = rng.choices(list(odds), list(odds.values()))[0]
    return rng.choice([scene for scene in real if scene.place.split()[0] == source])


def asked_classes(look: Look, count: int, rng: random.Random) -> list[int]:
    """Class codes to ask about: mostly ones that are there."""
    seen = int(np.bitwise_or.reduce(look.true, axis=None))
    there = [k + 1 for k in range(len(CLASSES)) if seen >> k & 1]
    rng.shuffle(there)
    chosen = there[: count - 1]
    rest = [c for c in range(1, len(CLASSES) + 1) if c not in chosen]
    return chosen + rng.sample(rest, count - len(chosen))
