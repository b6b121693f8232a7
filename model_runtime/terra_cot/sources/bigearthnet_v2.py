"""BigEarthNet v2 (reBEN): Sentinel-2 and Sentinel-1 patches with a CORINE reference map per pixel.

The map is CORINE Land Cover 2018, level 3, on the 10 m grid. It draws nothing under 25 ha or narrower than 100 m, so
ponds, hedges, roads and single houses hide in every class: a pixel that physically cannot be what the map says is left
unlabelled, and classes that are mixtures by definition only say what a pixel may be.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import rasterio

from ...errors import RequestError
from ...scene.dates import find_date
from ..records import SPLITS, BrokenRecord, Item, Record, Source, Split
from ..scenes import LabelledScene
from ..spectra import OPTICAL_BANDS
from .common import GROUND_CLASSES, allowed_by, drop_impossible, mask_of, settled
from .patches import read_optical, read_radar
from .places import hold_out

log = logging.getLogger(__name__)

CLASS_TABLE: dict[int, tuple[str, ...]] = {
    111: ("built-up",),  # continuous urban fabric: over 80 % sealed
    112: ("built-up",),  # discontinuous: 30 to 80 % sealed; its green pixels are GARDENS
    121: ("built-up",),  # industrial or commercial units
    122: ("built-up", "grassland", "bare"),  # roads and railways with their verges
    123: ("built-up", "water", "bare"),  # ports
    124: ("built-up", "grassland"),  # airports
    131: ("bare", "water", "built-up"),  # mineral extraction
    132: ("bare", "grassland", "built-up"),  # dumps
    133: ("bare", "built-up"),  # construction
    141: ("grassland", "trees", "built-up"),  # parks
    142: ("grassland", "trees", "built-up"),  # sport and leisure
    211: ("cropland",),  # non-irrigated arable
    212: ("cropland",),  # permanently irrigated
    213: ("cropland",),  # rice
    221: ("cropland",),  # vineyards
    222: ("cropland", "trees"),  # fruit trees and berries
    223: ("cropland", "trees"),  # olives
    231: ("grassland",),  # pastures
    241: ("cropland", "trees"),  # annual with permanent crops
    242: ("cropland", "grassland", "trees", "built-up"),  # complex cultivation patterns
    243: ("cropland", "grassland", "trees"),  # agriculture with natural vegetation
    244: ("cropland", "grassland", "trees"),  # agro-forestry
    311: ("trees",),  # broad-leaved forest
    312: ("trees",),  # coniferous forest
    313: ("trees",),  # mixed forest
    321: ("grassland",),  # natural grassland
    322: ("grassland", "wetland"),  # moors and heath
    323: ("grassland", "trees"),  # sclerophyllous vegetation: maquis, garrigue
    324: ("trees", "grassland"),  # transitional woodland and shrub
    331: ("bare",),  # beaches, dunes, sands
    332: ("bare",),  # rock
    333: ("bare", "grassland"),  # sparsely vegetated
    334: ("bare", "grassland", "trees"),  # burnt
    335: ("snow and ice", "bare"),  # glaciers, with what lies bare in summer
    411: ("wetland",),  # inland marshes
    412: ("wetland",),  # peat bogs
    421: ("wetland",),  # salt marshes
    422: ("wetland", "water", "bare"),  # salines
    423: ("wetland", "water", "bare"),  # intertidal flats
    511: ("water",),  # water courses
    512: ("water",),  # water bodies
    521: ("water",),  # coastal lagoons
    522: ("water",),  # estuaries
    523: ("water",),  # sea
    999: (),  # unlabelled
}
"""CORINE level-3 code -> what a pixel of it may be."""

GARDENS: tuple[str, ...] = ("built-up", "grassland", "trees")
GARDENS_NDVI = 0.5
"""A pixel of discontinuous urban fabric that is greener than this may as well be a garden or a tree."""

BLOCK = 8
"""Patches, along columns and rows, that make a place where no split is published: 9.6 km."""

_URBAN = 112
_BITS = {code: mask_of(names) for code, names in CLASS_TABLE.items()}
_BANDS = ("B04", "B03", "B02", "B08", "B11", "B12")
_NAME = re.compile(r"(S2[A-D]_MSIL2A_\d{8}T\d{5,6}_N\d{4}_R\d{3}_(T\d{2}[A-Z]{3}))_(\d+)_(\d+)")
_RADAR = re.compile(r"S1[A-D]_IW_GRDH_1S\w\w_(\d{8})T\d+_(\w{5}_\d+_\d+)")
_SPLITS: dict[str, Split] = {"validation": "val", **{name: name for name in SPLITS}}


@dataclass(frozen=True)
class _Row:
    """What `metadata.parquet` says of a patch that may be used."""

    split: Split | None
    radar: str


def find(folder: Path) -> Sequence[Item]:
    """Patches whose folder is there; of those that `metadata.parquet` describes, only the ones without cloud or snow.

    With the metadata each patch position is a place with its published split; without, blocks of patches are places.
    """
    optical = folder / "BigEarthNet-S2"
    if not optical.is_dir():
        return []
    table = _metadata(folder)
    items = []
    for product in sorted(entry.name for entry in os.scandir(optical) if entry.is_dir()):
        for name in sorted(entry.name for entry in os.scandir(optical / product) if entry.is_dir()):
            found = _NAME.fullmatch(name)
            if found is None or (table is not None and name not in table):
                continue
            tile, column, row = found[2], int(found[3]), int(found[4])
            if table is None:
                items.append(Item(name, f"{SOURCE.name} {tile} block {column // BLOCK} {row // BLOCK}"))
            else:
                items.append(Item(name, f"{SOURCE.name} {tile} {column} {row}", table[name].split))
    return hold_out(items)


def read(folder: Path, item: Item) -> Record:
    """One patch with its reference map, and its radar patch where there is one."""
    found = _NAME.fullmatch(item.name)
    if found is None:
        raise BrokenRecord("It is not called as a patch of BigEarthNet v2 is.")
    product = found[1]
    patch = read_optical(folder / "BigEarthNet-S2" / product / item.name, _BANDS)
    with rasterio.open(folder / "Reference_Maps" / product / item.name / f"{item.name}_reference_map.tif") as source:
        cover = source.read(1)
    if cover.shape != patch.bands.shape[1:]:
        raise BrokenRecord("The reference map has another size than the bands.")
    labels, allowed = label(patch.bands, cover)
    radar = _radar_folder(folder, item.name)
    scene = LabelledScene(
        patch.bands,
        labels,
        10.0,
        (True,) * len(_BANDS),
        True,
        allowed,
        f"{SOURCE.name} {item.name}",
        names=OPTICAL_BANDS,
        sar=None if radar is None else read_radar(radar, patch),
        date=str(find_date([item.name], {}) or ""),
    )
    return Record(
        SOURCE.name, item.name, item.place, (scene,), GROUND_CLASSES, sensor="Sentinel-2 L2A", lonlat=patch.middle
    )


def label(bands: np.ndarray, cover: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Labels and allowed sets of a patch.

    Args:
        bands: float32 (6, H, W), reflectance.
        cover: CORINE codes, (H, W).

    Raises:
        BrokenRecord: A code is not a CORINE class.
    """
    allowed = allowed_by(cover, _BITS)
    red, nir = bands[0], bands[3]
    green = (nir - red) / np.maximum(nir + red, 1e-4) > GARDENS_NDVI
    allowed[(cover == _URBAN) & green] = mask_of(GARDENS)
    allowed[bands.max(axis=0) <= 0] = 0
    labels = settled(allowed)
    kept = drop_impossible(bands[:5], labels, has_swir=True)
    allowed[labels != kept] = 0
    return kept, allowed


def _metadata(folder: Path) -> dict[str, _Row] | None:
    path = folder / "metadata.parquet"
    if not path.is_file():
        return None
    if find_spec("pyarrow") is None:
        log.warning("pyarrow is not installed: the published split and the list of cloudy patches are not used.")
        return None
    return _rows(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _rows(path: Path, _changed_ns: int) -> dict[str, _Row]:
    import pyarrow.parquet

    flags = ["contains_seasonal_snow", "contains_cloud_or_shadow"]
    wanted = ["patch_id", "split", "s1_name", *flags]
    try:
        there = pyarrow.parquet.read_schema(path).names
        columns = pyarrow.parquet.read_table(path, columns=[name for name in wanted if name in there]).to_pydict()
        patches = columns["patch_id"]
    except (OSError, ValueError, KeyError) as error:  # pyarrow's ArrowInvalid is a ValueError
        raise RequestError(f"{path} is damaged or not of BigEarthNet v2: download it again or move it away.") from error
    nothing: list[None] = [None] * len(patches)
    splits, radars = columns.get("split", nothing), columns.get("s1_name", nothing)
    hidden = [columns.get(name, nothing) for name in flags]
    return {
        patch: _Row(_SPLITS.get(split or ""), radar or "")
        for patch, split, radar, *unusable in zip(patches, splits, radars, *hidden, strict=True)
        if not any(unusable)
    }


def _radar_folder(folder: Path, name: str) -> Path | None:
    """Where the radar patch lies: as the metadata say, else the one of the same tile, column and row."""
    top = folder / "BigEarthNet-S1"
    if not top.is_dir():
        return None
    row = (_metadata(folder) or {}).get(name)
    if row is not None and row.radar:
        path = top / row.radar.rsplit("_", 3)[0] / row.radar
        return path if path.is_dir() else None
    found = _NAME.fullmatch(name)
    return _radar_by_position(top).get(f"{found[2][1:]}_{found[3]}_{found[4]}") if found else None


@lru_cache(maxsize=1)
def _radar_by_position(top: Path) -> dict[str, Path]:
    """Tile, column and row as in 33UUP_26_57 -> radar patch; positions with several are left out."""
    found: dict[str, list[Path]] = {}
    for path in top.glob("*/S1*"):
        named = _RADAR.fullmatch(path.name)
        if named:
            found.setdefault(named[2], []).append(path)
    return {position: paths[0] for position, paths in found.items() if len(paths) == 1}


SOURCE = Source(
    name="bigearthnet_v2",
    title="BigEarthNet v2 (reBEN): Sentinel-2, Sentinel-1 and CORINE 2018 reference maps",
    licence="CDLA-Permissive-1.0; contains modified Copernicus Sentinel data and Corine Land Cover 2018 (EEA)",
    reference="Clasen et al. 2024, https://arxiv.org/abs/2407.03653; https://bigearth.net",
    layout="BigEarthNet-S2/<product>/<patch>/<patch>_B02.tif ..., BigEarthNet-S1/<product>/<patch>/<patch>_VV.tif, "
    "_VH.tif, Reference_Maps/<product>/<patch>/<patch>_reference_map.tif, metadata.parquet",
    find=find,
    read=read,
)
