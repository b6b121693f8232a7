"""BigEarthNet v1: patches with a list of CORINE classes per image; a pixel may be any of them that its index permits.

Sentinel-1 patches name their Sentinel-2 patch in their `labels_metadata.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from ...scene.dates import find_date
from ..records import BrokenRecord, Item, Record, Source
from ..scenes import LabelledScene
from ..spectra import CLASSES, CODE
from .common import GROUND_CLASSES, mask_of, only
from .patches import Patch, read_optical, read_radar
from .places import hold_out

CLASS_TABLE: dict[str, tuple[str, ...]] = {
    "Coniferous forest": ("trees",),
    "Broad-leaved forest": ("trees",),
    "Mixed forest": ("trees",),
    "Transitional woodland/shrub": ("trees", "grassland"),
    "Pastures": ("grassland", "cropland"),
    "Non-irrigated arable land": ("cropland",),
    "Complex cultivation patterns": ("cropland", "grassland", "trees", "built-up"),
    "Land principally occupied by agriculture, with significant areas of natural vegetation": (
        "cropland",
        "grassland",
        "trees",
    ),
    "Peatbogs": ("wetland",),
}
"""CORINE class -> what a pixel of it may be. A patch with any other class is passed over."""

TEST_PLACES = ("36_85", "47_56")
"""Ends of the patch names that are kept for testing."""

BLOCK = 8
"""Patches, along columns and rows, that make a place: 9.6 km."""

_BANDS = ("B04", "B03", "B02", "B08", "B11")
_OPTICAL_FOLDERS = ("S2", "BigEarthNet-v1.0")
_RADAR_FOLDERS = ("S1", "BigEarthNet-S1-v1.0")


def scenes(data: Path) -> Iterator[LabelledScene]:
    """Yield the optical patches under `data`/bigearthnet_s1s2_patches that can be learnt from."""
    folder = data / "bigearthnet_s1s2_patches"
    for item in find(folder):
        if item.split != "test" and set(labels_of(folder, item.name)) <= CLASS_TABLE.keys():
            yield _scene(folder, item.name)[0]


def find(folder: Path) -> Sequence[Item]:
    """Patches by name; their names give no tile, so a place is a block of columns and rows in all tiles of a pass."""
    items = []
    for top in _OPTICAL_FOLDERS:
        for path in sorted((folder / top).glob("S2?_MSIL2A_*_*_*")):
            stem, column, row = path.name.rsplit("_", 2)
            if column.isdecimal() and row.isdecimal():
                place = f"{SOURCE.name} {stem} block {int(column) // BLOCK} {int(row) // BLOCK}"
                items.append(Item(path.name, place, "test" if path.name.endswith(TEST_PLACES) else None))
    return hold_out(items)


def read(folder: Path, item: Item) -> Record:
    """One patch, with the radar patch that names it."""
    unknown = set(labels_of(folder, item.name)) - CLASS_TABLE.keys()
    if unknown:
        raise BrokenRecord(f"Where the class {min(unknown)!r} lies cannot be told from a list of the image's classes.")
    scene, patch = _scene(folder, item.name)
    radar = next((_radar_of(folder / name).get(item.name) for name in _RADAR_FOLDERS if (folder / name).is_dir()), None)
    if radar is not None:
        scene = replace(scene, sar=read_radar(radar, patch))
    return Record(
        SOURCE.name, item.name, item.place, (scene,), GROUND_CLASSES, sensor="Sentinel-2 L2A", lonlat=patch.middle
    )


def patch_of(folder: Path, name: str) -> Path:
    """Folder of a patch, by its name."""
    return next((folder / top / name for top in _OPTICAL_FOLDERS if (folder / top / name).is_dir()), folder / name)


def labels_of(folder: Path, name: str) -> list[str]:
    """CORINE classes of a patch, by its name.

    Raises:
        BrokenRecord: its metadata lists none.
    """
    names = json.loads((patch_of(folder, name) / f"{name}_labels_metadata.json").read_text("utf-8")).get("labels")
    if not isinstance(names, list) or not all(isinstance(label, str) for label in names):
        raise BrokenRecord("Its labels_metadata.json has no list of labels.")
    return names


@lru_cache(maxsize=2)
def _radar_of(folder: Path) -> dict[str, Path]:
    """Name of an optical patch -> folder of its radar patch, as far as the metadata can be read."""
    found = {}
    for path in sorted(folder.glob("S1?_IW_GRDH_*/*_labels_metadata.json")):
        try:
            partner = json.loads(path.read_text("utf-8")).get("corresponding_s2_patch")
        except (OSError, ValueError):
            continue
        if isinstance(partner, str):
            found[partner] = path.parent
    return found


def _scene(folder: Path, name: str) -> tuple[LabelledScene, Patch]:
    patch = read_optical(patch_of(folder, name), _BANDS)
    allowed = _allowed(patch.bands, labels_of(folder, name))
    labels = np.zeros(allowed.shape, dtype=np.uint8)
    for label in CLASSES:
        labels[allowed == mask_of([label])] = CODE[label]
    day = find_date([name], {})
    scene = LabelledScene(
        patch.bands, labels, 10.0, (True,) * 5, True, allowed, f"{SOURCE.name} {name}", date=str(day or "")
    )
    return scene, patch


def _allowed(bands: np.ndarray, names: list[str]) -> np.ndarray:
    """Allowed sets: the classes of the image, less what the pixel cannot be; snow where the snow index says so."""
    red, green, _, nir, swir = bands
    ndvi = (nir - red) / np.maximum(nir + red, 1e-4)
    ndsi = (green - swir) / np.maximum(green + swir, 1e-4)
    possible = mask_of({kind for name in names for kind in CLASS_TABLE[name]})
    allowed = np.full(ndvi.shape, possible, dtype=np.uint16)
    leafless = np.uint16(0xFFFF & ~mask_of(["trees"]))
    paved = np.uint16(0xFFFF & ~mask_of(["built-up"]))
    allowed[(ndvi < 0.45) | (red > 0.09)] &= leafless
    allowed[ndvi > 0.65] &= paved
    # CORINE draws nothing under 25 ha: a small pond, roof or track may hide in any class, so doubt is left out.
    allowed[ndvi < (0.12 if possible & mask_of(["cropland"]) else 0.45)] = 0
    snow = (ndsi > 0.4) & (green > 0.25)
    allowed[(ndsi > 0) & (green > 0.1)] = 0
    allowed[snow] = only(np.full(int(snow.sum()), CODE["snow and ice"], dtype=np.uint8))
    return allowed


SOURCE = Source(
    name="bigearthnet",
    title="BigEarthNet v1 (Sentinel-2 patches with CORINE class lists, Sentinel-1 patches)",
    licence="CDLA-Permissive-1.0; contains modified Copernicus Sentinel data",
    reference="Sumbul et al. 2019, https://arxiv.org/abs/1902.06148; Sumbul et al. 2021, "
    "https://arxiv.org/abs/2105.07921",
    layout="S2/<patch>/<patch>_B02.tif ..., <patch>_labels_metadata.json; S1/<patch>/<patch>_VV.tif, _VH.tif, "
    "_labels_metadata.json (or BigEarthNet-v1.0/ and BigEarthNet-S1-v1.0/)",
    find=find,
    read=read,
)
