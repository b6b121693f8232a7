"""What radar adds under clouds: the same questions through the optical image, the radar image, and both.

On generated places it never saw, whose clouds are known, the masks are held against the ground under the clouds.
Nothing here is a pass or a fail.
"""

from __future__ import annotations

import json
import random
import time
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from ..model.banks import DateBank, encode_at_once
from ..model.profile import ReasoningProfile
from ..model.reasoner import SegStep, reason
from ..model.terrascope import TerraScope
from ..model.vision import ModelImage
from ..model_store.keeper import Keeper
from ..terra_cot.chance import seeded
from ..terra_cot.dates import generate_dates
from ..terra_cot.model_images import optical_image, radar_image
from ..terra_cot.scenes import CLASSES, LabelledScene
from ..terra_cot.vocabulary import LAND_COVER
from .asking import coverage_question
from .questions import CLOUD
from .recipe import RECIPE

_SIZE = 256
_CLOUDS = (0.2, 0.7)
"""share of the optical image that is hidden, from and to"""
# The first mask is judged; an output that has none after so many words will not have one.
_GUIDED = replace(ReasoningProfile.named("paper", measured=True), max_new_tokens=200)


def _images(scene: LabelledScene) -> dict[str, tuple[ModelImage, ReasoningProfile]]:
    """The ways of looking at one scene."""
    optical, radar = optical_image(scene), radar_image(scene)
    both = replace(optical, sar=radar)
    return {
        "optical only": (optical, _GUIDED),
        "SAR only": (radar, _GUIDED),
        "concat": (both, replace(_GUIDED, fusion="concat")),
        "text_guided": (both, _GUIDED),
        "masks see what Eq. 5 chose": (both, replace(_GUIDED, masks_see="chosen")),
        "masks see the mean": (both, replace(_GUIDED, masks_see="mean")),
        "masks see optical": (both, replace(_GUIDED, masks_see="optical")),
    }


@dataclass
class Score:
    """Pixel counts of one class, summed over scenes, and the coverage error of each scene."""

    both: int = 0
    either: int = 0
    errors: list[float] = field(default_factory=list)

    def add(self, mask: np.ndarray, truth: np.ndarray, known: np.ndarray) -> None:
        """One scene's mask against its truth where it is known."""
        self.both += int((mask & truth & known).sum())
        self.either += int(((mask | truth) & known).sum())
        total = max(1, int(known.sum()))
        self.errors.append(100 * abs(int((mask & known).sum()) - int((truth & known).sum())) / total)

    def row(self) -> dict[str, float | int | None]:
        """IoU, mean absolute coverage error in percentage points, scenes."""
        iou = self.both / self.either if self.either else None
        return {"iou": iou, "coverage_error_pct": float(np.mean(self.errors)), "scenes": len(self.errors)}


@dataclass
class Row:
    """One way of looking, over all questions."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    hidden: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    """the same, but only where clouds or their shadows hide the ground"""
    injected: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    strayed: int = 0
    """questions of which another class was marked, or none"""

    def add(self, mask: np.ndarray | None, scene: LabelledScene, label: int) -> None:
        """The mask of one class, held against the ground; None when another was marked, which counts as no mask."""
        truth, known, name = scene.surface == label, scene.surface > 0, CLASSES[label - 1]
        self.strayed += mask is None
        found = np.zeros_like(truth) if mask is None else mask
        self.scores[name].add(found, truth, known)
        self.hidden[name].add(found, truth, known & scene.hidden)

    def figures(self) -> dict[str, object]:
        """Means over the classes (IoU) and over the questions (all else)."""
        classes = {name: score.row() for name, score in self.scores.items()}
        return {
            "miou": _mean([row["iou"] for row in classes.values()]),
            "miou_hidden": _mean([score.row()["iou"] for score in self.hidden.values()]),
            "coverage_error_pct": _mean([error for score in self.scores.values() for error in score.errors]),
            "injected_tokens": _mean(self.injected),
            "seconds_to_mask": _mean(self.seconds),
            "other_class_marked": self.strayed,
            "classes": classes,
        }


def _mean(values: list) -> float | None:
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else None


def compare(model: TerraScope, count: int) -> tuple[dict[str, Row], int]:
    """Ask every class that is on the ground, and one that is not, of `count` clouded places.

    Returns:
        A row per way of looking, and the number of questions.
    """
    rows: dict[str, Row] = defaultdict(Row)
    rng = seeded(RECIPE.held_out_seed)
    questions = 0
    for seed in range(RECIPE.held_out_seed, RECIPE.held_out_seed + count):
        (scene,) = generate_dates(_SIZE, seed, cloud_share=rng.uniform(*_CLOUDS))
        asked = [(label, coverage_question(label, rng)) for label in _asked(scene, rng)]
        questions += len(asked)
        for name, (image, profile) in _images(scene).items():
            begin = time.perf_counter()
            banks = encode_at_once(model, [image])
            encoding = time.perf_counter() - begin
            for label, question in asked:
                begin = time.perf_counter()
                step = _first_step(model, image, question, profile, banks)
                rows[name].seconds.append(encoding + time.perf_counter() - begin)
                rows[name].injected.append(step.injected if step else 0)
                found = step is not None and step.phrase == LAND_COVER[label - 1]
                rows[name].add(step.mask if found else None, scene, label)
        done = seed - RECIPE.held_out_seed + 1
        if done % 10 == 0:
            print(f"{done} of {count} places", flush=True)
    return rows, questions


def _asked(scene: LabelledScene, rng: random.Random) -> list[int]:
    there = [int(c) for c in np.unique(scene.surface) if c]
    absent = [c for c in range(1, len(CLASSES) + 1) if c not in there and c != CLOUD]
    return there + rng.sample(absent, min(1, len(absent)))


def _first_step(
    model: TerraScope, image: ModelImage, question: str, profile: ReasoningProfile, banks: list[DateBank]
) -> SegStep | None:
    events = reason(model, [image], question, profile, banks=banks)
    return next((event for event in events if isinstance(event, SegStep)), None)


def run(name: str, count: int, out: Path | None) -> None:
    """Compare and print what was found.

    Args:
        name: 'nano' or a model folder.
        count: held-out generated places.
        out: JSON file for the figures, or None.
    """
    model = Keeper("cpu").get(name)
    rows, questions = compare(model, count)
    figures = {way: row.figures() for way, row in rows.items()}
    print(f"\nClouded generated places never trained on ({count} places, {questions} questions)")
    columns = ("miou", "miou_hidden", "coverage_error_pct", "injected_tokens", "seconds_to_mask", "other_class_marked")
    print(f"{'':<32}" + "".join(f"{column:>20}" for column in columns))
    for way, found in figures.items():
        print(f"{way:<32}" + "".join(f"{'-' if found[c] is None else format(found[c], '.3f'):>20}" for c in columns))
    if out:
        report = {"model": model.info(), "places": count, "questions": questions, "fusion": figures}
        out.write_text(json.dumps(report, indent=1) + "\n", "utf-8")
