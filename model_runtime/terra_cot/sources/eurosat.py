"""EuroSAT patches (Sentinel-2 L1C, 64 x 64), one class per patch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import rasterio

from ..records import BrokenRecord, Item, Record, Source
from ..scenes import LabelledScene
from ..spectra import CODE
from .common import GROUND_CLASSES, drop_impossible, only
from .windows import lonlat

CLASS_TABLE = {"AnnualCrop": "cropland", "Pasture": "grassland", "SeaLake": "water"}
"""Class in the file name -> ours, where nearly all of a patch is of its class."""

MIXED = (
    "Forest", "HerbaceousVegetation", "Highway", "Industrial", "PermanentCrop", "Residential", "River",
)  # fmt: skip
"""Classes that have no labels here: a highway's patch is mostly not road; the others were not looked at."""

_BANDS = (4, 3, 2, 8, 11)
"""EuroSAT order is B01..B12 with B8A last, so B11 is the eleventh."""

_COUNT = 13


def scenes(data: Path) -> Iterator[LabelledScene]:
    """Yield the patches under `data`/eurosat_ms_4patches whose class is one of ours."""
    folder = data / "eurosat_ms_4patches"
    for item in find(folder):
        if _class_of(item.name) in CLASS_TABLE:
            yield _scene(_path(folder, item.name))[0]


def find(folder: Path) -> Sequence[Item]:
    """Patches by name, in one folder or in one for each class; where a patch lies its name does not tell."""
    names = {
        path.stem
        for name in (*CLASS_TABLE, *MIXED)
        for path in (*folder.glob(f"{name}_[0-9]*.tif"), *(folder / name).glob(f"{name}_[0-9]*.tif"))
    }
    return [Item(name, f"{SOURCE.name} {name}") for name in sorted(names)]


def read(folder: Path, item: Item) -> Record:
    """One patch."""
    if _class_of(item.name) not in CLASS_TABLE:
        raise BrokenRecord(f"Its class {_class_of(item.name)} does not tell what each pixel is.")
    scene, middle = _scene(_path(folder, item.name))
    return Record(SOURCE.name, item.name, item.place, (scene,), GROUND_CLASSES, sensor="Sentinel-2 L1C", lonlat=middle)


def _class_of(name: str) -> str:
    return name.split("_")[0]


def _path(folder: Path, name: str) -> Path:
    beside = folder / f"{name}.tif"
    return beside if beside.is_file() else folder / _class_of(name) / f"{name}.tif"


def _scene(path: Path) -> tuple[LabelledScene, tuple[float, float] | None]:
    name = CLASS_TABLE[_class_of(path.stem)]
    with rasterio.open(path) as source:
        if source.count != _COUNT:
            raise BrokenRecord(f"It has {source.count} bands, not {_COUNT}.")
        bands = source.read(_BANDS).astype(np.float32) / 10_000
        middle = lonlat(source.crs, source.transform, source.height / 2, source.width / 2)
    labels = drop_impossible(bands, np.full(bands.shape[1:], CODE[name], dtype=np.uint8), has_swir=True)
    if name == "grassland":
        # A patch may also show a wood and farm buildings: only bright green pixels are surely pasture.
        labels[(bands[3] < 0.33) | (bands[0] > 0.07)] = 0
    return LabelledScene(bands, labels, 10.0, (True,) * 5, True, only(labels), f"{SOURCE.name} {path.stem}"), middle


SOURCE = Source(
    name="eurosat",
    title="EuroSAT, 13 bands: Sentinel-2 L1C patches of one class each",
    licence="MIT; contains modified Copernicus Sentinel data",
    reference="Helber et al. 2019, https://arxiv.org/abs/1709.00029; https://github.com/phelber/EuroSAT",
    layout="<Class>_<number>.tif, in one folder or below <Class>/",
    find=find,
    read=read,
)
