"""What real labelled pixels look like, class by class: the table against which rows of `spectra.MATERIALS` are held.

`data spectra --data DIR` fits it; `fitted_spectra.json` is what it gave. Places kept for testing are not read. A class
of a source is split into sub-types by the colours of its pixels: fields at one stage are alike, a whole class is not.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import rasterio
from scipy.cluster.vq import kmeans2

from ..errors import RequestError
from .radar import SAR_BANDS
from .sources import SOURCES, read_all
from .sources.patches import read_optical
from .spectra import CLASSES, CODE, OPTICAL_BANDS

TABLE = Path(__file__).with_name("fitted_spectra.json")

FOLDERS = {
    "terramesh": "terramesh_s1s2_lulc",
    "bigearthnet": "bigearthnet_s1s2_patches",
    "eurosat": "eurosat_ms_4patches",
    "chiapas": "chiapas_landsat7_pair_labels",
    "zion": "zion_landsat8_nlcd2011",
}
"""Sources that are fitted -> their folder in the shared data. Aberystwyth and the rest are kept for testing."""

TOP_OF_ATMOSPHERE = ("eurosat", "zion")
"""Sources whose reflectance has the air's own light in it; the others are corrected for it."""

_LISTED = ("bigearthnet",)
_VARIED = 0.15
_MOST_SUBTYPES = 6
_PIXELS_A_SUBTYPE = 1000
_FEWEST_PIXELS = 30
_DARKEST = 0.002


@dataclass(frozen=True)
class Row:
    """Real pixels of a class.

    Attributes:
        source: Of the pixels, one of `FOLDERS`.
        name: Class, one of `spectra.CLASSES`.
        certain: Whether the labels say that it is this class; where they are a list for the whole image, it may be.
        sub_type: Number of the sub-type from 1, the greenest last; 0 for all of them together.
        pixels: How many.
        mean: Reflectance in each band that the source has, at the level at which it comes.
        log_std: Standard deviation of its logarithm from pixel to pixel.
        bright: Of that what all bands share, as `Material.bright`.
        shape: What is left in each band, as `Material.shape`.
        vv_db: Mean backscatter, of linear power; None where there is no radar.
        vh_db: As `vv_db`.
    """

    source: str
    name: str
    certain: bool
    sub_type: int
    pixels: int
    mean: dict[str, float]
    log_std: dict[str, float]
    bright: float
    shape: float
    vv_db: float | None
    vh_db: float | None


def fit(data: Path) -> list[Row]:
    """Fit the table.

    Args:
        data: The folder with the data sets, or the shared folder that has it as `data`.

    Returns:
        The rows, source by source and class by class; sources that are not there are passed over.

    Raises:
        RequestError: None of them is there.
    """
    data = data / "data" if (data / "data").is_dir() else data
    rows = []
    for source, folder in FOLDERS.items():
        for (name, certain), pixels in _pixels(source, data / folder).items():
            if len(pixels) >= _FEWEST_PIXELS:
                rows += _rows(source, name, certain, pixels)
    if not rows:
        raise RequestError(f"{data} holds none of {', '.join(FOLDERS.values())}: give the shared data folder.")
    return rows


def load() -> list[Row]:
    """The table as it was fitted."""
    return [Row(**row) for row in json.loads(TABLE.read_text("utf-8"))]


def as_json(rows: list[Row]) -> str:
    """The table as text, one row a line."""
    return "[\n" + ",\n".join(json.dumps(asdict(row)) for row in rows) + "\n]\n"


def _rows(source: str, name: str, certain: bool, pixels: np.ndarray) -> list[Row]:
    """All pixels together, and each sub-type; `pixels` are (pixels, optical bands and radar), NaN where not known."""
    seen = np.flatnonzero(np.isfinite(pixels[0, : len(OPTICAL_BANDS)]))
    logs = np.log(np.maximum(pixels[:, seen], _DARKEST))
    count = min(_MOST_SUBTYPES, 1 + len(pixels) // _PIXELS_A_SUBTYPE) if logs.std(axis=0).mean() > _VARIED else 1
    _, kinds = kmeans2(logs, count, minit="++", rng=0) if count > 1 else (None, np.zeros(len(pixels), dtype=int))
    greenness = logs[:, list(seen).index(3)] - logs[:, list(seen).index(0)]
    kinds = [where for where in (kinds == kind for kind in range(count)) if where.sum() >= _FEWEST_PIXELS]
    kinds.sort(key=lambda where: greenness[where].mean())
    whole = np.ones(len(pixels), dtype=bool)
    return [
        _row(source, name, certain, number, pixels[where], logs[where], seen)
        for number, where in enumerate([whole, *(kinds if len(kinds) > 1 else [])])
    ]


def _row(
    source: str, name: str, certain: bool, sub_type: int, pixels: np.ndarray, logs: np.ndarray, seen: np.ndarray
) -> Row:
    off = logs - logs.mean(axis=0)
    shared = off.mean(axis=1)
    bands = [OPTICAL_BANDS[band] for band in seen]
    radar = pixels[np.isfinite(pixels[:, -1]), len(OPTICAL_BANDS) :]
    vv_db, vh_db = (
        np.round(10 * np.log10((10 ** (radar / 10)).mean(axis=0)), 2).tolist() if len(radar) else (None, None)
    )
    return Row(
        source,
        name,
        certain,
        sub_type,
        len(pixels),
        dict(zip(bands, pixels[:, seen].mean(axis=0).round(4).tolist(), strict=True)),
        dict(zip(bands, logs.std(axis=0).round(3).tolist(), strict=True)),
        round(float(shared.std()), 3),
        round(float((off - shared[:, None]).std()), 3),
        vv_db,
        vh_db,
    )


def _pixels(source: str, folder: Path) -> dict[tuple[str, bool], np.ndarray]:
    """Class and whether it is certain -> its pixels, (pixels, optical bands and radar)."""
    found: dict[tuple[str, bool], list[np.ndarray]] = {
        (name, certain): [] for name in CLASSES for certain in (True, *([False] if source in _LISTED else []))
    }
    items = [item for item in SOURCES[source].find(folder) if item.split != "test"] if folder.is_dir() else []
    for record in read_all(SOURCES[source], folder, items=items):
        (scene,) = record.dates
        values = np.full((len(OPTICAL_BANDS) + len(SAR_BANDS), *scene.labels.shape), np.nan)
        optical, radar = values[: len(OPTICAL_BANDS)], values[len(OPTICAL_BANDS) :]
        for band, plane, here in zip(scene.names, scene.bands, scene.present, strict=True):
            if here:
                optical[OPTICAL_BANDS.index(band)] = plane
        swir2 = _swir2(source, folder, record.name)
        if swir2 is not None:
            optical[-1] = swir2
        if scene.sar is not None:
            radar[:] = scene.sar
        for (name, certain), parts in found.items():
            code = CODE[name]
            may_be = scene.allowed & np.uint16(1 << (code - 1)) > 0
            where = scene.labels == code if certain else may_be & (scene.labels != code)
            parts.append(values[:, where].T)
    return {key: np.concatenate(parts) for key, parts in found.items() if parts}


def _swir2(source: str, folder: Path, name: str) -> np.ndarray | None:
    """The sixth band, of sources whose readers leave it out."""
    if source == "bigearthnet":
        return read_optical(folder / "S2" / name, ("B04", "B12")).bands[1]
    path, band = {"eurosat": (f"{name}.tif", 12), "chiapas": (f"{name}_stack.tif", 6)}.get(source, ("", 0))
    if not path:
        return None
    with rasterio.open(folder / path) as file:
        return file.read(band).astype(np.float32) / 10_000
