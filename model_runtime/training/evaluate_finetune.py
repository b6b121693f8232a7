"""`train evaluate-finetune`: a model taught from some polygons, on blocks of the scene that it did not see.

The polygons are parts of the class map of Aberystwyth, in every other block of a checkerboard. On the other blocks the
model is held against the map, before and after, beside random forests taught the same polygons. That map was itself
made pixel by pixel by a classifier with ten bands, which suits forests.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import geopandas
import numpy as np
import rasterio
import shapely
import torch
from rasterio.features import shapes
from scipy import ndimage

from ..errors import ModelError
from ..model.banks import encode_at_once
from ..model.checkpoint import load_model
from ..model.profile import ReasoningProfile
from ..model.reasoner import SegStep, reason
from ..model.terrascope import TerraScope
from ..model_store.shelf import folder_of
from ..scene.scene import Scene, open_scene
from ..scene_images import model_image
from ..terra_cot.vocabulary import canonical
from .baselines import ratio
from .finetune import Order, finetune
from .methods import QUESTION

NAMES = {1: "forest", 2: "grass", 3: "urban", 4: "water"}
"""of the map's values"""
FITTING = {"forest": ("trees",), "grass": ("grassland", "cropland"), "urban": ("built-up area", "bare ground"),
           "water": ("water",)}  # fmt: skip
"""What fits each among the classes that nano knows: both masks together where there are two."""
_BLOCK_PX = 116
_WINDOW_PX = 12
_LEAST_PX = 12
_INDICES = (("nir", "red"), ("green", "nir"), ("green", "swir1"), ("swir1", "nir"))


def seen_blocks(shape: tuple[int, int]) -> np.ndarray:
    """Bool (H, W): the blocks of the checkerboard that polygons may lie in."""
    rows, columns = np.indices(shape) // _BLOCK_PX
    return (rows + columns) % 2 == 0


def draw_polygons(codes: np.ndarray, count: int, seed: int) -> list[tuple[int, np.ndarray]]:
    """Parts of a map: of each class so many connected patches, each within a small window in a block that is seen.

    Args:
        codes: uint8 (H, W), 0 unknown.
        count: of each class.
        seed: of what is drawn.

    Returns:
        Class and bool (H, W) of each.
    """
    rng, seen = np.random.default_rng(seed), seen_blocks(codes.shape)
    drawn = []
    for code in NAMES:
        found = 0
        while found < count:
            top, left = (rng.integers(0, side - _WINDOW_PX) for side in codes.shape)
            window = (slice(top, top + _WINDOW_PX), slice(left, left + _WINDOW_PX))
            patches, _ = ndimage.label(codes[window] == code)
            sizes = np.bincount(patches.ravel())[1:]
            if not seen[window].all() or not len(sizes) or sizes.max() < _LEAST_PX:
                continue
            mask = np.zeros(codes.shape, bool)
            mask[window] = patches == sizes.argmax() + 1
            drawn.append((code, mask))
            found += 1
    return drawn


def write_polygons(drawn: Sequence[tuple[int, np.ndarray]], like: Path, out: Path) -> None:
    """Save them as a GeoPackage with the field `class`."""
    with rasterio.open(like) as source:
        transform, crs = source.transform, source.crs
    rows = [
        (NAMES[code], shapely.geometry.shape(next(shapes(mask.astype(np.uint8), mask, transform=transform))[0]))
        for code, mask in drawn
    ]
    table = geopandas.GeoDataFrame({"class": [name for name, _ in rows]}, geometry=[s for _, s in rows], crs=crs)
    table.to_file(out, driver="GPKG")


def masks_by_words(model: TerraScope, scene: Scene, phrases: Sequence[str]) -> dict[str, np.ndarray]:
    """The mask that a model draws when it is asked for each class; empty where it marks another or none."""
    images = [model_image(scene)]
    banks = encode_at_once(model, images)
    profile = ReasoningProfile.named("paper", measured=model.config.measured_default)
    masks = {}
    for phrase in phrases:
        asked = reason(
            model, images, QUESTION.format(phrase=phrase), profile, measure=lambda _: "0 ha; 0 %", banks=banks
        )
        first = next((event for event in asked if isinstance(event, SegStep)), None)
        right = first is not None and first.phrase == phrase
        masks[phrase] = first.mask if right else np.zeros(scene.valid.shape, bool)
    return masks


def forest_map(samples: np.ndarray, drawn: Sequence[tuple[int, np.ndarray]]) -> np.ndarray:
    """What a random forest of scikit-learn says, taught the same polygons; uint8 (H, W).

    Args:
        samples: float32 (features, H, W).
        drawn: the polygons.

    Raises:
        ModelError: scikit-learn is not installed.
    """
    try:
        from sklearn.ensemble import RandomForestClassifier
    except ImportError:
        raise ModelError("Random forests need scikit-learn: pip install -r requirements-training.txt.") from None
    x = np.concatenate([samples[:, mask].T for _, mask in drawn])
    y = np.concatenate([np.full(mask.sum(), code, np.uint8) for code, mask in drawn])
    forest = RandomForestClassifier(200, random_state=1).fit(x, y)
    return forest.predict(samples.reshape(len(samples), -1).T).reshape(samples.shape[1:])


def ious(masks: Mapping[str, np.ndarray], codes: np.ndarray, judged: np.ndarray) -> dict[str, float]:
    """IoU of each class's mask with the map where it is judged."""
    found = {}
    for code, name in NAMES.items():
        truth, mask = (codes == code) & judged, masks[name] & judged
        found[name] = float((truth & mask).sum() / max(1, (truth | mask).sum()))
    return found


def run(name: str, data: Path, count: int, seeds: int, minutes: float, out: Path | None) -> None:
    """Draw polygons, teach, and print what came of it.

    Args:
        name: 'nano' or a model folder.
        data: folder of real scenes, or one that has it as `data/`.
        count: polygons of each class.
        seeds: how often, with other polygons.
        minutes: of teaching.
        out: JSON file for the figures, or None.
    """
    folder = (data / "data" if (data / "data").is_dir() else data) / "aberystwyth_s2_4class"
    file = folder / "sen2_20210527_aber_10band.tif"
    with rasterio.open(folder / "sen2_20210527_aber_cls.tif") as source:
        codes = source.read(1)
    with rasterio.open(file) as source:
        ten = source.read().astype(np.float32)
    scene = open_scene(str(file))
    judged = (codes > 0) & ~seen_blocks(codes.shape) & scene.valid
    bands = dict(zip(scene.roles, scene.bands, strict=True))
    indices = np.stack([ratio(bands[a], bands[b]) for a, b in _INDICES])
    base = load_model(folder_of(name), dtype=torch.float32)
    known = masks_by_words(base, scene, [phrase for fitting in FITTING.values() for phrase in fitting])
    before = ious({key: np.any([known[p] for p in fitting], 0) for key, fitting in FITTING.items()}, codes, judged)
    found = []
    for seed in range(1, seeds + 1):
        drawn = draw_polygons(codes, count, seed)
        with tempfile.TemporaryDirectory() as scratch:
            polygons = Path(scratch, "polygons.gpkg")
            write_polygons(drawn, file, polygons)
            begin = time.monotonic()
            order = Order((file,), "taught", polygons, "class", model=name, out=Path(scratch), minutes=minutes)
            taught = finetune(order, lambda stage, fraction: None)
            seconds = time.monotonic() - begin
            model = load_model(taught.folder, dtype=torch.float32, base=folder_of(name))
        asked = masks_by_words(model, scene, [canonical(one) for one in NAMES.values()])
        rows = {
            "before": before,
            "forest": _of_map(forest_map(np.concatenate([scene.bands, indices]), drawn), codes, judged),
            "forest, ten bands": _of_map(forest_map(np.concatenate([ten, indices]), drawn), codes, judged),
            "taught": ious({one: asked[canonical(one)] for one in NAMES.values()}, codes, judged),
        }
        figures = taught.figures.as_json()
        found.append({"seed": seed, "seconds": seconds, "size_bytes": taught.size_bytes, "figures": figures, **rows})
        print(f"seed {seed}: {count} polygons a class, {sum(int(m.sum()) for _, m in drawn)} pixels, {seconds:.0f} s, "
              f"{taught.size_bytes / 1e6:.2f} MB; held out {figures['held_out']['iou_before']:.3f} -> "
              f"{figures['held_out']['iou_after']:.3f}; not taught {figures['rehearsal']}")  # fmt: skip
        for method, row in rows.items():
            each = "  ".join(f"{key} {value:.3f}" for key, value in row.items())
            print(f"    {method:<20}{_mean(row):.3f}   {each}", flush=True)
    for method in ("before", "forest", "forest, ten bands", "taught"):
        print(f"mean over seeds, {method}: {np.mean([_mean(row[method]) for row in found]):.3f}")
    if out:
        out.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


def _of_map(said: np.ndarray, codes: np.ndarray, judged: np.ndarray) -> dict[str, float]:
    return ious({name: said == code for code, name in NAMES.items()}, codes, judged)


def _mean(row: Mapping[str, float]) -> float:
    return float(np.mean(list(row.values())))
