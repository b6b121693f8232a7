"""TerraMesh patches: Sentinel-2 L2A and Sentinel-1 RTC with the 10 m annual land cover of Esri (coarse)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import rasterio
from rasterio.io import DatasetReader

from ..records import BrokenRecord, Item, Record, Source
from ..scenes import LabelledScene
from ..spectra import OPTICAL_BANDS
from .common import GROUND_CLASSES, drop_impossible, mask_of, only, recode
from .windows import lonlat

CLASS_TABLE = {
    1: "water",
    2: "trees",
    3: "wetland",
    4: "cropland",
    5: "built-up",
    6: "bare",
    7: "snow and ice",
    8: "cloud",
}
RANGELAND = 9
"""Grass, shrub and sparse cover: grassland, or bare where it is sparse."""

_BANDS = ("B04", "B03", "B02", "B08", "B11", "B12")
_CELL = re.compile(r"(\d+[UD]_\d+[LR])_\d+_\d+")


def scenes(data: Path) -> Iterator[LabelledScene]:
    """Yield the patches under `data`/terramesh_s1s2_lulc."""
    folder = data / "terramesh_s1s2_lulc"
    for item in find(folder):
        yield _scene(folder, item.name)[0]


def find(folder: Path) -> Sequence[Item]:
    """Patches by name; the Major-TOM cell that several may be cut from is the place."""
    items = []
    for path in sorted((folder / "S2L2A").glob("*.tif")):
        cell = _CELL.fullmatch(path.stem)
        items.append(Item(path.stem, f"{SOURCE.name} {cell[1] if cell else path.stem}"))
    return items


def read(folder: Path, item: Item) -> Record:
    """One patch."""
    scene, middle = _scene(folder, item.name)
    return Record(SOURCE.name, item.name, item.place, (scene,), GROUND_CLASSES, sensor="Sentinel-2 L2A", lonlat=middle)


def _scene(folder: Path, name: str) -> tuple[LabelledScene, tuple[float, float] | None]:
    file = f"{name}.tif"
    with rasterio.open(folder / "S2L2A" / file) as source:
        bands = source.read(_order(source, _BANDS)).astype(np.float32) / 10_000
        middle = lonlat(source.crs, source.transform, source.height / 2, source.width / 2)
    with rasterio.open(folder / "LULC" / file) as source:
        cover = source.read(1)
    unknown = set(np.unique(cover).tolist()) - {0, RANGELAND, *CLASS_TABLE}
    if unknown or cover.shape != bands.shape[1:]:
        raise BrokenRecord("The land cover has another size than the bands, or codes that are not its classes.")
    sar = None
    if (folder / "S1RTC" / file).is_file():
        with rasterio.open(folder / "S1RTC" / file) as source:
            sar = source.read(_order(source, ("VV_dB", "VH_dB"))).astype(np.float32)
    labels = drop_impossible(bands[:5], recode(cover, {**CLASS_TABLE, RANGELAND: "grassland"}), has_swir=True)
    allowed = only(labels)
    allowed[(cover == RANGELAND) & (labels > 0)] = mask_of(["grassland", "bare"])
    place = f"{SOURCE.name} {name}"
    scene = LabelledScene(bands, labels, 10.0, (True,) * 6, True, allowed, place, names=OPTICAL_BANDS, sar=sar)
    return scene, middle


def _order(source: DatasetReader, names: Sequence[str]) -> list[int]:
    missing = [name for name in names if name not in source.descriptions]
    if missing:
        raise BrokenRecord(f"Band {missing[0]} is not there.")
    return [source.descriptions.index(name) + 1 for name in names]


SOURCE = Source(
    name="terramesh",
    title="TerraMesh-style patches: Sentinel-2 L2A, Sentinel-1 RTC and land cover",
    licence="CC BY-SA 4.0; contains modified Copernicus Sentinel data; land cover by Esri and Impact Observatory",
    reference="Blumenstiel et al. 2025, https://arxiv.org/abs/2504.11172",
    layout="S2L2A/<patch>.tif (bands named B01 ... B12), S1RTC/<patch>.tif (VV_dB, VH_dB), LULC/<patch>.tif (1 water, "
    "2 trees, 3 flooded vegetation, 4 crops, 5 built, 6 bare, 7 snow, 8 cloud, 9 rangeland)",
    find=find,
    read=read,
)
