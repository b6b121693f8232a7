"""Whether what a model says has the form that is asked for, whatever it says."""

from __future__ import annotations

from pathlib import Path

import rasterio

from ..errors import SceneError
from ..model.terrascope import TerraScope
from ..scene.scene import Scene, open_scene
from ..scene_images import model_image
from ..terra_cot.chance import seeded
from ..terra_cot.templates import QUESTIONS
from ..terra_cot.vocabulary import LAND_COVER, SYNONYMS
from .asking import MEASURED, ask

FORMS = ("presence", "coverage", "area", "area_coverage", "larger", "distance", "border", "area_distance")
"""Kinds of questions whose outputs are looked at."""


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
    data = data / "data" if (data / "data").is_dir() else data
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
