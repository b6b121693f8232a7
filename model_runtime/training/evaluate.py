"""How good a model is, printed as tables and written as JSON.

Masks and coverage on generated scenes it never saw and on real places labelled by hand, and the form of its outputs.
Nothing here is a pass or a fail.
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import rasterio

from ..errors import SceneError
from ..measure.words import Relation, measured_text, relates
from ..model.profile import ReasoningProfile
from ..model.reasoner import Finished, SegStep, reason
from ..model.terrascope import TerraScope
from ..model.vision import ModelImage
from ..model_store.keeper import Keeper
from ..pipeline import model_image
from ..scene.scene import Scene, open_scene
from ..terra_cot.chance import seeded
from ..terra_cot.model_images import optical_image
from ..terra_cot.scenes import CLASSES, generate
from ..terra_cot.templates import QUESTIONS
from ..terra_cot.vocabulary import LAND_COVER, SYNONYMS
from .recipe import RECIPE

MEASURED = ReasoningProfile.named("paper", measured=True)
_FORM = re.compile(r"^<think>.*</think><answer>.+?</answer>(<\|im_end\|>)?$", re.DOTALL)
_CROP_OR_GRASS = 34
# Kinds of questions whose outputs are looked at.
FORMS = ("presence", "coverage", "area", "area_coverage", "larger", "distance", "border", "area_distance")
# labels_by_hand numbers its classes so; its 8 is cloud or shadow, which is no class of ours.
_BY_HAND = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7}


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


@dataclass(frozen=True)
class Asked:
    """One question and what came of it."""

    text: str
    steps: list[SegStep]
    answer: str

    def well_formed(self) -> bool:
        """Think block with at least one [SEG], then an answer block (every question here is about a region)."""
        thought = self.text.split("</think>")[0]
        return bool(_FORM.match(self.text)) and "[SEG]" in thought


def ask(model: TerraScope, images: list[ModelImage], question: str, profile: ReasoningProfile) -> Asked:
    """Ask; measures are told with a nominal pixel size, as only their wording matters to the form."""
    hectares = images[0].pixel_size_m ** 2 / 1e4
    steps: list[SegStep] = []

    def measure(step: SegStep) -> str:
        steps.append(step)
        relation = None
        if len(steps) > 1 and relates(question, "") and steps[0].mask.any():
            relation = Relation(steps[0].phrase, 100.0, False)
        return measured_text(step.mask.sum() * hectares, 100 * step.mask.mean(), relation)

    found: list[SegStep] = []
    for event in reason(model, images, question, profile, measure=measure):
        if isinstance(event, SegStep):
            found.append(event)
        elif isinstance(event, Finished):
            return Asked(event.text, found, event.answer)
    raise AssertionError("the reasoner ended without Finished")


def coverage_question(label: int, rng: random.Random) -> str:
    """How much of a class there is, in plain words."""
    return rng.choice(QUESTIONS["coverage"]).format(a=rng.choice(SYNONYMS[LAND_COVER[label - 1]][:3]))


def class_mask(model: TerraScope, image: ModelImage, label: int, rng: random.Random) -> np.ndarray | None:
    """The mask the model draws when asked for a class in plain words; None when it names another."""
    asked = ask(model, [image], coverage_question(label, rng), MEASURED)
    return asked.steps[0].mask if asked.steps and asked.steps[0].phrase == LAND_COVER[label - 1] else None


def generated(model: TerraScope, count: int) -> tuple[dict[str, dict], int]:
    """Per class on held-out generated scenes, asked by name for every class that is there and one that is not.

    Returns:
        Rows per class, and how often the model marked another class than the one asked for.
    """
    scores: dict[str, Score] = defaultdict(Score)
    strayed = 0
    rng = seeded(RECIPE.held_out_seed)
    for seed in range(RECIPE.held_out_seed, RECIPE.held_out_seed + count):
        scene = generate(rng.choice([256, 320, 400]), seed)
        image = optical_image(scene)
        there = [int(c) for c in np.unique(scene.labels) if c]
        absent = [c for c in range(1, len(CLASSES) + 1) if c not in there]
        for label in there + rng.sample(absent, min(1, len(absent))):
            mask = class_mask(model, image, label, rng)
            strayed += mask is None
            empty = np.zeros(scene.labels.shape, bool)
            scores[CLASSES[label - 1]].add(empty if mask is None else mask, scene.labels == label, scene.labels > 0)
    return {name: score.row() for name, score in scores.items()}, strayed


def hand_labelled(data: Path) -> Iterator[tuple[str, Scene, np.ndarray]]:
    """Places labelled by eye: name, scene, and label codes on the scene's grid."""
    with (data / "labels_by_hand" / "INDEX.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        source = data / row["source_files"].split(" (")[0].strip()
        label_file = data / "labels_by_hand" / f"{row['name']}.tif"
        if not source.is_file() or "change" in row["name"]:
            continue
        with rasterio.open(label_file) as labels:
            bounds, codes = labels.bounds, labels.read(1)
        try:
            scene = open_scene(str(source), extent=tuple(bounds))
        except SceneError as refusal:
            print(f"{row['name']}: left out, {refusal}")
            continue
        if scene.valid.shape != codes.shape:
            print(f"{row['name']}: left out, labels {codes.shape} and scene {scene.valid.shape} differ in size")
            continue
        yield row["name"], scene, codes


def by_place(model: TerraScope, data: Path) -> dict[str, dict[str, dict]]:
    """Per place and class on hand labels; pixels labelled "crop or grass" are known to be neither of the others."""
    places: dict[str, dict[str, dict]] = {}
    rng = seeded(1)
    for name, scene, codes in hand_labelled(data):
        image = model_image(scene)
        rows = {}
        for code, label in _BY_HAND.items():
            if not (codes == code).any():
                continue
            known = np.isin(codes, list(_BY_HAND)) & scene.valid
            if code not in (3, 4):
                known |= (codes == _CROP_OR_GRASS) & scene.valid
            mask = class_mask(model, image, label, rng)
            score = Score()
            score.add(np.zeros_like(known) if mask is None else mask, codes == code, known)
            rows[CLASSES[label - 1]] = score.row()
        places[name] = {"bands": ",".join(scene.roles), "classes": rows}
    return places


def form(model: TerraScope, scenes: list[Scene], questions: int) -> tuple[int, list[str]]:
    """How many of `questions` template questions over real scenes give well-formed output, and the bad outputs."""
    rng = seeded(2)
    good, bad = 0, []
    for number in range(questions):
        a, b = rng.sample(LAND_COVER, 2)
        kind = FORMS[number % len(FORMS)]
        question = rng.choice(QUESTIONS[kind]).format(a=rng.choice(SYNONYMS[a]), b=rng.choice(SYNONYMS[b]))
        asked = ask(model, [model_image(scenes[number % len(scenes)])], question, MEASURED)
        good += asked.well_formed()
        if not asked.well_formed():
            bad.append(f"{question} -> {asked.text}")
    return good, bad


def real_scenes(data: Path, count: int) -> list[Scene]:
    """The first `count` real scenes that open, one per folder and sensor, small windows of large ones."""
    patterns = (
        "majortom_s2l2a_scenes/*_10m.tif", "aberystwyth_s2_4class/*10band.tif", "s2_pair_paris/*_1.tif",
        "s2_pair_paris/*_2.tif", "landsat7_small_scenes/L7_ETMs.tif", "naip_northdakota_multidate/*20120731.tif",
        "zion_landsat8_nlcd2011/zion_landsat8_b2345.tif", "rufiji_s2_multidate/*.tif",
        "terramesh_s1s2_lulc/S2L2A/*.tif",
        "amazon_forest_s2/training/images/*.tif", "rsvqa_lr_s2/**/*.tif", "eurosat_ms_4patches/*.tif",
        "landsat7_small_scenes/*sanfrancisco*.tif",
    )  # fmt: skip
    scenes: list[Scene] = []
    for pattern in patterns:
        for path in sorted(data.glob(pattern))[:1]:
            try:
                scenes.append(_window(path))
            except SceneError as refusal:
                print(f"{path.name}: left out, {refusal}")
    return scenes[:count]


def _window(path: Path, size: int = 400) -> Scene:
    with rasterio.open(path) as source:
        height, width = min(size, source.height), min(size, source.width)
        top, left = (source.height - height) // 2, (source.width - width) // 2
        bounds = source.window_bounds(rasterio.windows.Window(left, top, width, height))
    return open_scene(str(path), extent=bounds)


def run(name: str, data: Path | None, count: int, out: Path | None) -> None:
    """Evaluate a model and print what was found.

    Args:
        name: 'nano' or a model folder.
        data: folder with the real scenes and `labels_by_hand`, or None.
        count: held-out generated scenes.
        out: JSON file for the figures, or None.
    """
    model = Keeper("cpu").get(name)
    rows, strayed = generated(model, count)
    errors = [row["coverage_error_pct"] for row in rows.values()]
    asked = sum(row["scenes"] for row in rows.values())
    weighted = sum(row["coverage_error_pct"] * row["scenes"] for row in rows.values()) / asked
    figures: dict = {
        "model": model.info(),
        "generated": {"classes": rows, "coverage_mae_pct": weighted, "asked": asked, "other_class_marked": strayed},
    }
    print(f"\nGenerated scenes never trained on ({count} scenes, {asked} questions)")
    _table(rows)
    print(f"mean absolute coverage error {weighted:.2f} points, worst class {max(errors):.2f}")
    print(f"another class than the one asked for was marked {strayed} times")
    if data:
        figures["places"] = by_place(model, data)
        for place, found in figures["places"].items():
            print(f"\n{place} ({found['bands']})")
            _table(found["classes"])
        scenes = real_scenes(data, 10)
        good, bad = form(model, scenes, 60)
        figures["form"] = {"scenes": len(scenes), "questions": 60, "well_formed": good, "bad": bad}
        print(f"\nWell-formed outputs: {good} of 60 questions over {len(scenes)} real scenes")
        for line in bad:
            print(f"  {line}")
    if out:
        out.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def _table(rows: dict[str, dict]) -> None:
    print(f"{'class':<14}{'IoU':>7}{'coverage error, points':>24}{'scenes':>8}")
    for name, row in rows.items():
        iou = "-" if row["iou"] is None else f"{row['iou']:.2f}"
        print(f"{name:<14}{iou:>7}{row['coverage_error_pct']:>24.2f}{row['scenes']:>8}")
