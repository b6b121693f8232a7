"""What two dates of one place tell: noise where nothing happened, and the change where something did.

Asked of generated places the model never saw, whose change is known to the pixel. The masks of both dates are decided
together, as the program does. Nothing here is a pass or a fail.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from ..measure.change import decide_together
from ..model.terrascope import TerraScope
from ..model.vision import ModelImage
from ..model_store.keeper import Keeper
from ..terra_cot.chance import seeded
from ..terra_cot.changes import CHANGES
from ..terra_cot.dates import ANY, generate_dates
from ..terra_cot.model_images import optical_image, radar_image
from ..terra_cot.scenes import LabelledScene
from ..terra_cot.vocabulary import LAND_COVER
from .asking import MEASURED, ask
from .recipe import RECIPE

_SIZE = 256


def _images(scene: LabelledScene) -> dict[str, ModelImage]:
    optical, radar = optical_image(scene), radar_image(scene)
    return {"optical": optical, "SAR": radar, "both": replace(optical, sar=radar)}


@dataclass
class Row:
    """One way of looking, over all pairs."""

    noise: list[float] = field(default_factory=list)
    """share of an unchanged place's pixels whose class is said to differ"""
    both: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """of each kind of change: pixels that changed and were found"""
    either: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """pixels that changed or were said to have"""
    unasked: int = 0
    """pairs of which the class was not marked at both dates"""

    def add(self, told: np.ndarray, pair: list[LabelledScene], label: int) -> None:
        """Where the class is said to have changed, held against where it did."""
        happened = (pair[0].surface == label) != (pair[1].surface == label)
        kind = pair[0].change
        if not kind:
            self.noise.append(float((told & ~happened).mean()))
            return
        self.both[kind] += int((told & happened).sum())
        self.either[kind] += int((told | happened).sum())

    def figures(self) -> dict[str, object]:
        """Shares and IoU; None where nothing was compared."""
        either = sum(self.either.values())
        return {
            "unchanged_differ_pct": 100 * float(np.mean(self.noise)) if self.noise else None,
            "unchanged_worst_pct": 100 * max(self.noise) if self.noise else None,
            "unchanged_pairs": len(self.noise),
            "change_iou": sum(self.both.values()) / either if either else None,
            "change_iou_of": {kind: self.both[kind] / self.either[kind] for kind in CHANGES if self.either[kind]},
            "not_marked_at_both": self.unasked,
        }


def compare(model: TerraScope, count: int) -> dict[str, Row]:
    """Ask how a class changed, of `count` places on which nothing happened and of as many on which something did.

    The skies are clear: what clouds hide is another question (`evaluate_fusion`).
    """
    rows: dict[str, Row] = defaultdict(Row)
    rng = seeded(RECIPE.held_out_seed)
    for seed in range(RECIPE.held_out_seed, RECIPE.held_out_seed + count):
        for change in (None, ANY):
            pair = generate_dates(_SIZE, seed, 2, change, cloud_share=0.0)
            if change and not pair[0].change:
                continue  # this place has ground for no change
            if change:
                label = _most_changed(pair)
            else:
                label = rng.choice([int(c) for c in np.unique(pair[0].surface) if c])
            for way in _images(pair[0]):
                _judge(model, rows[way], [_images(scene)[way] for scene in pair], pair, label)
        done = seed - RECIPE.held_out_seed + 1
        if done % 10 == 0:
            print(f"{done} of {count} places", flush=True)
    return rows


def _most_changed(pair: list[LabelledScene]) -> int:
    earlier, later = (scene.surface for scene in pair)
    counts = np.bincount(np.concatenate([earlier[earlier != later], later[earlier != later]]), minlength=2)
    return int(counts[1:].argmax()) + 1


def _judge(model: TerraScope, row: Row, images: list[ModelImage], pair: list[LabelledScene], label: int) -> None:
    phrase = LAND_COVER[label - 1]
    steps = ask(model, images, f"How did the {phrase} change?", MEASURED).steps
    at = {step.image: step.logits for step in steps if step.phrase == phrase}
    if set(at) != {1, 2}:
        row.unasked += 1
        return
    earlier, later = (mask[:] for mask in decide_together([at[1], at[2]]))
    row.add(earlier != later, pair, label)


def run(name: str, count: int, out: Path | None) -> None:
    """Compare and print what was found.

    Args:
        name: 'nano' or a model folder.
        count: held-out generated places, each with and without a change.
        out: JSON file for the figures, or None.
    """
    model = Keeper("cpu").get(name)
    figures = {way: row.figures() for way, row in compare(model, count).items()}
    print(f"\nPairs of dates of generated places never trained on ({count} places)")
    print(f"{'':<10}{'unchanged: differ, %':>22}{'worst, %':>10}{'changed: IoU':>14}{'not marked at both':>20}")
    for way, found in figures.items():
        shown = [
            "-" if found[name] is None else f"{found[name]:.2f}"
            for name in ("unchanged_differ_pct", "unchanged_worst_pct", "change_iou")
        ]
        print(f"{way:<10}{shown[0]:>22}{shown[1]:>10}{shown[2]:>14}{found['not_marked_at_both']:>20}")
    if out:
        out.write_text(json.dumps({"model": model.info(), "places": count, "dates": figures}, indent=1) + "\n", "utf-8")
