"""`train finetune`: a user's labels on one to a few scenes teach a copy of terrascope-nano classes or a region.

    trees    grown on the labelled pixels of the user's classes                          (trees.py)
    pixels   what they say becomes new units of the spectral stem                        (finetune_pixels.py)
    masks    the mask decoder agrees with them, and stays what it was for other classes  (finetune_masks.py)
    words    new classes become entries of the vocabulary and prompts of [SEG]           (finetune_words.py)

A known class keeps its prompt, a new one gets one of its own. First the labels that are held out judge a model that was
taught the others; the model that is kept has then been taught all of them.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..errors import ModelError, OutputError, RequestError
from ..model.checkpoint import load_model
from ..model.config import read_config
from ..model.terrascope import TerraScope
from ..model.vision import Tiles
from ..model.vocabulary import read_tokenizer
from ..model_store.shelf import CATALOGUE, folder_of, known, models_folder
from ..terra_cot.vocabulary import LAND_COVER
from .anchors import class_anchors
from .data import Chip
from .finetune_files import Figures, write_taught
from .finetune_labels import read_labels
from .finetune_masks import MaskRecipe, View, count_claims, draw, learn_masks, rehearsed_views
from .finetune_pixels import PixelRecipe, grow_forest, learn_pixels, with_head
from .finetune_words import WordRecipe, add_words, learn_words
from .lessons import Lesson, image_of, planes_of, squares
from .recipe import RECIPE
from .rehearsal import rehearsal_chips, rehearsal_ious

_REHEARSED, _JUDGED = 16, 8
"""places that are rehearsed, and that tell what has been forgotten"""
_BANKS = 6
"""images that questions are learnt with"""
_WORDS = 0.2
"""of the minutes"""
_PIXELS = 0.5
"""of the minutes that masks are taught"""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True)
class Order:
    """What is asked for; the labels are polygons with a field, or a raster."""

    scenes: tuple[Path, ...]
    name: str
    polygons: Path | None = None
    field: str = ""
    raster: Path | None = None
    names: Path | None = None
    model: str = "nano"
    out: Path | None = None
    minutes: float = 5.0


@dataclass(frozen=True)
class Taught:
    """The new model."""

    folder: Path
    size_bytes: int
    figures: Figures
    warnings: tuple[str, ...]


Tell = Callable[[str, float], None]
"""told the stage and the fraction of the whole that is done, at least between steps; raises to stop"""


def finetune(order: Order, tell: Tell) -> Taught:
    """Teach and write; nothing is left of what does not come to its end.

    Raises:
        RequestError: the order or the labels cannot be used.
        SceneError: a scene cannot be read.
        ModelError: the model is not here, or cannot be taught.
        OutputError: the folder is there already, or cannot be written.
    """
    out, base = _check(order)
    tell("Reading the labels", 0.0)
    config = read_config(base)
    labels = read_labels(
        order.scenes, order.polygons, order.field, order.raster, order.names, config.input_config,
        lambda: tell("Reading the labels", 0.01),
    )  # fmt: skip
    lessons = labels.lessons
    if not any((lesson.held_out & (lesson.codes > 0)).any() for lesson in lessons):
        raise RequestError(
            "Each class is labelled in one place only: label it in several, so that some can be held out."
        )
    tell("Loading the model", 0.02)
    model = load_model(base, dtype=torch.float32)
    before = _Prompts.of(model, labels.classes)
    tell("Looking at it as it was", 0.04)
    chips = rehearsal_chips(_REHEARSED + _JUDGED, model.config.grounding_config.image_size,
                            lambda: tell("Looking at it as it was", 0.05))  # fmt: skip
    judged = chips[_REHEARSED:]
    kept_before = _rehearsal(model, before, judged, lambda: tell("Looking at it as it was", 0.06))
    ious_before = _ious_before(model, lessons, before, _part(tell, "Looking at it as it was", 0.06, 0.08))
    rehearsed = rehearsed_views(model, chips[:_REHEARSED], before.others,
                                lambda: tell("Looking at it as it was", 0.08))  # fmt: skip

    new = [name for name in labels.classes if name not in LAND_COVER]
    minutes = order.minutes * ((1 - _WORDS) if new else 1.0) / 2
    trial = copy.deepcopy(model)
    teach(trial, lessons, before, rehearsed, minutes, _part(tell, "Learning, with labels held out", 0.1, 0.45))
    claims = count_claims(trial, lessons, before.taught, _part(tell, "Looking at the held-out labels", 0.45, 0.5),
                          held_out=True)  # fmt: skip
    ious_after = tuple(ious[k] for k, ious in enumerate(_ious(claims, lessons, held_out=True)))
    every = [replace(lesson, held_out=np.zeros_like(lesson.held_out)) for lesson in lessons]
    base_state = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    teach(model, every, before, rehearsed, minutes, _part(tell, "Learning from all labels", 0.5, 0.82))
    tokenizer = read_tokenizer(base)
    if new:
        added = add_words(model, new, tokenizer)
        banks = [_bank(model, lesson, corner) for lesson, corner in _some(every, model)]
        learn_words(
            model, new, added, torch.cat([before.known, before.fresh]), banks, order.minutes * _WORDS, WordRecipe(),
            _part(tell, "Learning the words", 0.82, 0.97),
        )  # fmt: skip
    kept_after = _rehearsal(model, before, judged, lambda: tell("Looking at what it knew before", 0.97))
    figures = Figures(labels.classes, ious_before, ious_after, kept_before, kept_after)
    tell("Writing", 0.99)
    named = order.model if known(order.model) else str(base)
    size = write_taught(out, base, named, model, base_state, tokenizer, figures, lambda: tell("Writing", 0.99))
    return Taught(out, size, figures, labels.warnings)


def _check(order: Order) -> tuple[Path, Path]:
    """The new model's folder, and that of the base; refuses what can be seen at once."""
    if not _NAME.fullmatch(order.name) or order.name in {entry.id for entry in CATALOGUE}:
        raise RequestError(f"'{order.name}' cannot be the name of a model: use letters, digits, '.', '_' and '-'.")
    if not 0 < order.minutes <= 600:
        raise RequestError(f"--minutes is between 0 and 600, not {order.minutes:g}.")
    base = folder_of(order.model)
    config = read_config(base)
    if config.taught:
        raise ModelError(f"{config.name} was itself taught: teach {config.taught.base_name} all labels together.")
    if config.input_config is None or config.grounding_config.spectral_stem is None:
        raise ModelError(f"{config.name} has no spectral stem and cannot be taught here: teach terrascope-nano.")
    parent = (order.out or models_folder()).expanduser().absolute()
    if order.out is None:
        parent.mkdir(parents=True, exist_ok=True)
    if not parent.is_dir():
        raise OutputError(f"{parent} does not exist; make it first, or choose another folder.")
    out = parent / order.name
    if out.exists():
        raise OutputError(f"{out} is there already; choose another name, or delete that model first.")
    return out, base


@dataclass(frozen=True)
class _Prompts:
    """Prompts that [SEG] says, (n, d_model) each."""

    known: Tensor
    """of land cover"""
    fresh: Tensor
    """of new classes"""
    taught: Tensor
    """of the taught classes, in their order"""
    others: Tensor
    """of land cover that is not taught"""
    classes: tuple[str, ...]

    @classmethod
    def of(cls, model: TerraScope, classes: tuple[str, ...]) -> _Prompts:
        """Known classes keep theirs; new ones get directions that no class has yet, as long as the others."""
        known_ = class_anchors(model.config.grounding_config.d_model, RECIPE.seed)
        new = [name for name in classes if name not in LAND_COVER]
        generator = torch.Generator().manual_seed(RECIPE.seed + 1)
        random = torch.randn(known_.shape[1], len(new), generator=generator)
        fresh = torch.linalg.qr(torch.cat([known_.T, random], 1))[0].T[len(known_) :] * known_[0].norm()
        every = dict(zip((*LAND_COVER, *new), torch.cat([known_, fresh]), strict=True))
        others = known_[[name not in classes for name in LAND_COVER]]
        return cls(known_, fresh, torch.stack([every[name] for name in classes]), others, classes)


def teach(
    model: TerraScope, lessons: Sequence[Lesson], prompts: _Prompts, kept: Sequence[View], minutes: float,
    tell: Callable[[float], None],
) -> None:  # fmt: skip
    """Teach a model the masks of some classes, from the labels that are not held out.

    Args:
        model: of our own training.
        lessons: labelled parts of scenes.
        prompts: of the classes.
        kept: places of the rehearsal as it saw them before it was taught anything.
        minutes: wall-clock budget.
        tell: told the fraction that is done; raises to stop.
    """
    forest = grow_forest(model, lessons, len(prompts.classes), RECIPE.seed, lambda: tell(0.0))
    head = learn_pixels(
        model, lessons, forest, minutes * _PIXELS, PixelRecipe(), lambda share: tell(0.05 + (_PIXELS - 0.05) * share)
    )
    with_head(model, head, prompts.taught, prompts.others)
    learn_masks(
        model, lessons, head, prompts.taught, prompts.others, kept, minutes * (1 - _PIXELS), MaskRecipe(),
        lambda share: tell(_PIXELS + (1 - _PIXELS) * share),
    )  # fmt: skip


def _part(tell: Tell, stage: str, begin: float, end: float) -> Callable[[float], None]:
    return lambda share: tell(stage, begin + (end - begin) * min(1.0, max(0.0, share)))


def _ious(claims: np.ndarray, lessons: Sequence[Lesson], *, held_out: bool) -> list[list[float | None]]:
    """IoU of the mask of each prompt with each class; None where no label of the class is among these."""
    codes = [lesson.codes_of(held_out=held_out).ravel() for lesson in lessons]
    total = sum(np.bincount(c, minlength=claims.shape[1] + 1) for c in codes)[1:]
    return [
        [float(row[k] / (total[k] + row.sum() - row[k])) if total[k] else None for k in range(len(total))]
        for row in claims
    ]


def _ious_before(
    model: TerraScope, lessons: Sequence[Lesson], prompts: _Prompts, tell: Callable[[float], None]
) -> tuple[float | None, ...]:
    """IoU of each class on held-out labels before it is taught.

    A new class cannot be asked for yet: the best that can be is the known class that fits its other labels best.
    """
    learnt = _ious(count_claims(model, lessons, prompts.known, tell, held_out=False), lessons, held_out=False)
    held = _ious(count_claims(model, lessons, prompts.known, tell, held_out=True), lessons, held_out=True)
    asked = [
        LAND_COVER.index(name) if name in LAND_COVER else max(range(len(learnt)), key=lambda p, k=k: learnt[p][k])
        for k, name in enumerate(prompts.classes)
    ]
    return tuple(held[prompt][k] for k, prompt in enumerate(asked))


def _rehearsal(
    model: TerraScope, prompts: _Prompts, chips: Sequence[Chip], go_on: Callable[[], None]
) -> dict[str, float]:
    return rehearsal_ious(lambda batch: draw(model, planes_of(model, batch), prompts.known), chips, go_on)


def _some(lessons: Sequence[Lesson], model: TerraScope) -> list[tuple[Lesson, tuple[int, int]]]:
    size = model.config.tile_size
    every = [(lesson, corner) for lesson in lessons for corner in squares(lesson, size, held_out=False)]
    return every[:: max(1, len(every) // _BANKS)][:_BANKS]


@torch.no_grad()
def _bank(model: TerraScope, lesson: Lesson, corner: tuple[int, int]) -> Tensor:
    """Visual tokens of a window."""
    image = image_of(model, lesson.window(*corner, model.config.tile_size))
    return model.visual_tokens(image, Tiles(1, 1), model.planes(image)).float()
