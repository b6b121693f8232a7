"""`train finetune`, pixels: what trees say of a scene's pixels is taught to new units of the spectral stem.

Trees grown on the labelled pixels tell what the others probably are. A small network learns from them, on pixels from
all over the scene and with bands left out, and becomes a part of the stem: units that look at single pixels, and one
feature for each taught class, which only the prompts of these classes ask for. What the stem knew stays as it is.
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

from ..model.config import TerraScopeConfig
from ..model.spectral import SpectralStem, planes
from ..model.terrascope import TerraScope
from ..terra_cot.chance import seeded
from .lessons import Lesson, kept_bands
from .recipe import RECIPE
from .trees import Forest, grow

_PER_CLASS = 3000
"""labelled pixels that trees are grown on, at most"""
_TREES = 40


@dataclass(frozen=True)
class PixelRecipe:
    """How the new units are taught.

    Attributes:
        units: Hinges: each begins at a threshold that trees have found.
        pool: Pixels that are learnt from.
        batch: Pixels in each step.
        steps: At most.
        least_steps: However little time there is.
        rate: Learning rate at its peak.
        sharpness: Power that the votes are raised to: what the trees find likely becomes more so.
        band_dropout: Share of the steps in which some bands are left out.
        seed: Of everything drawn.
    """

    units: int = 128
    pool: int = 150_000
    batch: int = 4096
    steps: int = 4000
    least_steps: int = 300
    rate: float = 5e-3
    sharpness: float = 2.0
    band_dropout: float = 0.1
    seed: int = 1


class PixelHead(nn.Module):
    """Logits of the taught classes from a pixel's planes: hinges, units that combine them, a sum for each class."""

    def __init__(self, planes_count: int, units: int, classes: int) -> None:
        super().__init__()
        self.pixel = nn.Linear(planes_count, units)
        self.mix = nn.Linear(units, units)
        self.leave = nn.Linear(units, classes)

    def forward(self, pixels: Tensor) -> Tensor:
        """(n, planes) to (n, classes)."""
        return self.leave(F.relu(self.mix(F.relu(self.pixel(pixels)))))


def grow_forest(
    model: TerraScope, lessons: Sequence[Lesson], classes: int, seed: int, go_on: Callable[[], None]
) -> Forest:
    """Trees on the labels that are learnt from; their features are the planes of the bands, without the indices.

    Measured on Aberystwyth: with the indices too, trees agree 0.5 to 1 point of IoU worse with what they have not seen.
    """
    rng = np.random.default_rng(seed)
    samples, codes = [], []
    for lesson in lessons:
        learnt = lesson.codes_of(held_out=False)
        for code in range(1, classes + 1):
            at = np.flatnonzero(learnt == code)
            at = rng.choice(at, min(len(at), _PER_CLASS), replace=False)
            samples.append(band_planes_of(model.config, lesson, at))
            codes.append(np.full(len(at), code - 1))
    return grow(np.concatenate(samples), np.concatenate(codes), classes, _TREES, seed, go_on)


def pixel_planes(config: TerraScopeConfig, lesson: Lesson, at: np.ndarray, present: np.ndarray | None = None) -> Tensor:
    """Input planes of some pixels, (n, planes).

    Args:
        config: the model's.
        lesson: whose pixels.
        at: their places, counted row by row.
        present: bool (B,), bands that are shown; default: all there are.
    """
    bands = np.ascontiguousarray(lesson.bands.reshape(len(lesson.bands), -1)[:, at])
    shown = lesson.present if present is None else present
    size = torch.tensor([lesson.pixel_size_m], dtype=torch.float32)
    made = planes(
        torch.from_numpy(bands)[None, :, None],
        torch.from_numpy(shown)[None],
        torch.tensor([lesson.reflectance]),
        size,
        config.input_config,
    )
    return made[0, :, 0].T


def band_planes_of(config: TerraScopeConfig, lesson: Lesson, at: np.ndarray) -> np.ndarray:
    """The features of trees: planes of the bands alone, float32 (n, B)."""
    return pixel_planes(config, lesson, at)[:, : len(config.input_config.bands)].numpy()


def learn_pixels(
    model: TerraScope, lessons: Sequence[Lesson], forest: Forest, minutes: float, recipe: PixelRecipe,
    tell: Callable[[float], None],
) -> PixelHead:  # fmt: skip
    """Teach a head what trees say of pixels from all over the scenes.

    Args:
        model: whose input planes are looked at; it stays as it is.
        lessons: labelled parts of scenes.
        forest: trees on them.
        minutes: wall-clock budget.
        recipe: how.
        tell: told the fraction that is done between steps; raises to stop.
    """
    torch.manual_seed(recipe.seed)
    rng, draws = seeded(recipe.seed), np.random.default_rng(recipe.seed)
    pools = []
    begin = time.monotonic()
    for lesson in lessons:
        at = np.flatnonzero(lesson.valid)
        at = draws.choice(at, min(len(at), recipe.pool // len(lessons)), replace=False)
        votes = forest.shares(band_planes_of(model.config, lesson, at), lambda: tell(0.0)) ** recipe.sharpness
        pools.append((lesson, at, torch.from_numpy(votes / votes.sum(1, keepdims=True))))
    head = PixelHead(model.config.input_config.plane_count, recipe.units, forest.trees[0].votes.shape[1])
    _begin_at(head, forest, draws)
    optimizer = torch.optim.AdamW(head.parameters(), lr=recipe.rate, betas=(0.9, 0.98), weight_decay=1e-3)
    for step in range(recipe.steps):
        share = share_done(step, recipe.steps, recipe.least_steps, begin, minutes)
        if share >= 1:
            break
        tell(share)
        optimizer.param_groups[0]["lr"] = recipe.rate * min(share / 0.1 + 0.02, 0.5 + 0.5 * math.cos(math.pi * share))
        lesson, at, wanted = rng.choice(pools)
        some = draws.integers(0, len(at), recipe.batch)
        shown = kept_bands(lesson.present, rng) if rng.random() < recipe.band_dropout else lesson.present
        logits = head(pixel_planes(model.config, lesson, at[some], shown))
        truth = wanted[some]
        # A class by itself is asked for, and which of the classes it is.
        loss = F.cross_entropy(logits, truth) + F.binary_cross_entropy_with_logits(logits, truth)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return head.eval().requires_grad_(False)


def share_done(step: int, steps: int, least: int, begin: float, minutes: float) -> float:
    """How much of some learning is done: by its steps or by the clock, but 1 only after the least steps there must be.

    Args:
        step: how many have been made.
        steps: at most.
        least: at least.
        begin: when it began, on the monotonic clock.
        minutes: that it may take.
    """
    used = (time.monotonic() - begin) / (60 * minutes)
    return max(step / steps, min(used, step / least))


def _begin_at(head: PixelHead, forest: Forest, draws: np.random.Generator) -> None:
    """Let the hinges begin where trees part the pixels: as many for a plane as it has thresholds, from all of them."""
    asked = forest.thresholds()
    chosen = [asked[k] for k in np.sort(draws.integers(0, len(asked), head.pixel.out_features))]
    with torch.no_grad():
        head.pixel.weight.zero_()
        for unit, (plane, threshold) in enumerate(chosen):
            slope = 10.0 if unit % 2 else -10.0
            head.pixel.weight[unit, plane] = slope
            head.pixel.bias[unit] = -slope * threshold


def with_head(model: TerraScope, head: PixelHead, prompts: Tensor, others: Tensor) -> None:
    """Make a head a part of a model's stem; the stem grows by its units and by one feature for each taught class.

    Prompts of taught classes ask for their feature and for nothing else of the stem; what the others ask for stays.

    Args:
        model: it gets a wider stem, and its config says so.
        head: taught.
        prompts: (classes, d_model), of the taught classes.
        others: (n, d_model), prompts of classes that were known and are not taught.
    """
    old, config = model.spectral_stem, model.config
    width, features = old.pixel.out_features, old.leave.out_features
    sizes = config.grounding_config.spectral_stem.model_copy(
        update={"width": width + head.pixel.out_features, "features": features + head.leave.out_features}
    )
    grounding = config.grounding_config.model_copy(update={"spectral_stem": sizes})
    stem = SpectralStem(config.input_config.plane_count, grounding.d_model, sizes)
    with torch.no_grad():
        for name, parameter in stem.named_parameters():
            before = old.get_parameter(name)
            parameter.zero_()
            if name.startswith("hyper.2"):  # its last row is the constant, behind the features
                parameter[:features][(..., *(slice(0, n) for n in before.shape[1:]))] = before[:-1]
                parameter[-1:][(..., *(slice(0, n) for n in before.shape[1:]))] = before[-1:]
            else:
                parameter[tuple(slice(0, n) for n in before.shape)] = before
        stem.pixel.weight[width:], stem.pixel.bias[width:] = head.pixel.weight, head.pixel.bias
        stem.mix.weight[width:, width:], stem.mix.bias[width:] = head.mix.weight, head.mix.bias
        stem.leave.weight[features:, width:], stem.leave.bias[features:] = head.leave.weight, head.leave.bias
        _ask(stem, prompts, others, features)
    model.spectral_stem = stem.eval().requires_grad_(False)
    model.config = config.model_copy(update={"grounding_config": grounding})


def _ask(stem: SpectralStem, prompts: Tensor, others: Tensor, features: int) -> None:
    """Least change of what prompts ask for: taught ones for their own feature alone, others for what they did.

    Prompts as [SEG] says them differ a little from those that are meant: a cloud around each is held to the same.
    """
    generator = torch.Generator().manual_seed(1)
    every = torch.cat([prompts, others])
    around = [every + RECIPE.prompt_noise * torch.randn(every.shape, generator=generator) for _ in range(8)]
    hidden = stem.hyper[1](stem.hyper[0](torch.cat([every, *around])))
    hidden = torch.cat([hidden, torch.ones(len(hidden), 1)], 1)
    now = stem.hyper[2](hidden[:, :-1])
    wanted = now.clone()
    for copy in range(len(around) + 1):
        for number in range(len(prompts)):
            row = copy * len(every) + number
            wanted[row] = 0.0
            wanted[row, features + number] = 1.0
    kernel = hidden @ hidden.T + 1e-3 * torch.eye(len(hidden))
    change = hidden.T @ torch.linalg.solve(kernel, wanted - now)
    stem.hyper[2].weight += change[:-1].T
    stem.hyper[2].bias += change[-1]
