"""xBD (xView2): true-colour images of 1024 x 1024 pixels before and after a disaster, with graded building polygons.

Polygons are WKT in pixels ("xy") and in degrees ("lng_lat"), the same vertices; before the disaster they have no
grade. The ground size of a pixel follows from the two; where an image has no building, from `pan_resolution`, which
is what pan-sharpened images have (`gsd` is that of the colour bands, four times coarser). Pixels that are not square
on the ground are made so: what is measured on a window would be wrong else.

Verified against public text and code that reads the data (xView2 baseline, its forks); not against real files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import affine
import numpy as np
import pyproj
import shapely
from PIL import Image
from rasterio.features import rasterize

from ...scene.dates import find_date
from ..records import BrokenRecord, Item, Record, Source, Split
from ..scenes import LabelledScene
from ..spectra import BANDS
from ..vocabulary import BUILDING_CLASSES
from .common import OTHER, only
from .windows import WINDOW_PX, slices, window_name, window_of, windows

GRADES = {"no-damage": 1, "minor-damage": 2, "major-damage": 3, "destroyed": 4, "un-classified": 0}
"""Subtype of a polygon after the disaster -> label code; of an un-classified one nothing is known."""

PARTS: dict[str, Split] = {"train": "train", "tier3": "train", "hold": "val", "test": "test"}
"""Folder of the release -> part of a dataset."""

SIDE_PX = 1024
SQUARE = 0.02
"""Pixels whose sides differ by less than this share count as square."""

_NAME = re.compile(r"(.+_\d{8})_pre_disaster\.png")
_UNKNOWN = 255
_WGS84 = pyproj.Geod(ellps="WGS84")


@dataclass(frozen=True)
class _Label:
    """What a label file says.

    Attributes:
        polygons: In pixels, each with its subtype ("" before the disaster).
        to_degrees: Longitude and latitude as linear functions of 1, column and row: (3, 2); None without buildings.
        metadata: Of the image.
    """

    polygons: list[tuple[shapely.Geometry, str]]
    to_degrees: np.ndarray | None
    metadata: dict[str, Any]


def find(folder: Path) -> Sequence[Item]:
    """Windows of each pair of images; a pair is a place.

    Pairs of one disaster lie beside each other, and the release puts them into different parts: its split is kept.
    """
    items = []
    for part, split in PARTS.items():
        for path in sorted((folder / part / "images").glob("*_pre_disaster.png")):
            found = _NAME.fullmatch(path.name)
            if found:
                pair = found[1]
                place = f"{SOURCE.name} {part} {pair}"
                items += [Item(window_name(f"{part}/{pair}", *at), place, split) for at in windows(SIDE_PX, SIDE_PX)]
    return items


def read(folder: Path, item: Item) -> Record:
    """One window: before the disaster, where every building stands, and after it."""
    pair, row, column = window_of(item.name)
    part, _, name = pair.partition("/")
    labels = [_label(_stamp(folder / part / "labels" / f"{name}_{when}_disaster.json")) for when in ("pre", "post")]
    images = [_image(_stamp(folder / part / "images" / f"{name}_{when}_disaster.png")) for when in ("pre", "post")]
    to_degrees = next((label.to_degrees for label in labels if label.to_degrees is not None), None)
    width_m, height_m = _pixel_m(labels[0], to_degrees)
    size_m = max(width_m, height_m)
    if abs(width_m - height_m) < SQUARE * size_m:
        width_m = height_m = size_m = (width_m + height_m) / 2
    shape = round(WINDOW_PX * height_m / size_m), round(WINDOW_PX * width_m / size_m)
    corner = row * WINDOW_PX, column * WINDOW_PX
    scenes = []
    for label, image, graded in zip(labels, images, (False, True), strict=True):
        codes, allowed = _draw(label.polygons, graded, corner, shape)
        bands = _resampled(image[slices(row, column)], shape)
        dark = bands.max(axis=0) <= 0
        codes[dark], allowed[dark] = 0, 0
        day = find_date([], {"ACQUISITION_DATE": str(label.metadata.get("capture_date", ""))})
        scenes.append(
            LabelledScene(
                bands,
                codes,
                size_m,
                (True,) * 3,
                False,
                allowed,
                f"{SOURCE.name} {name}",
                names=BANDS[:3],
                date=str(day or ""),
            )
        )
    middle = None
    if to_degrees is not None:
        lon, lat = np.array([1, corner[1] + WINDOW_PX / 2, corner[0] + WINDOW_PX / 2]) @ to_degrees
        middle = (float(lon), float(lat))
    sensor = f"{labels[1].metadata.get('sensor', '')} true colour".strip()
    return Record(SOURCE.name, item.name, item.place, tuple(scenes), BUILDING_CLASSES, sensor, middle)


def _stamp(path: Path) -> tuple[Path, int]:
    return path, path.stat().st_mtime_ns


@lru_cache(maxsize=4)
def _image(file: tuple[Path, int]) -> np.ndarray:
    with Image.open(file[0]) as image:
        if image.size != (SIDE_PX, SIDE_PX):
            raise BrokenRecord(f"An image has {image.width} x {image.height} pixels, not {SIDE_PX} a side.")
        return np.asarray(image.convert("RGB"))


@lru_cache(maxsize=4)
def _label(file: tuple[Path, int]) -> _Label:
    try:
        content = json.loads(file[0].read_text("utf-8"))
        metadata, features = content["metadata"], content["features"]
        in_pixels, in_degrees = features["xy"], features["lng_lat"]
        polygons = [(_polygon(entry["wkt"]), str(entry["properties"].get("subtype", ""))) for entry in in_pixels]
        degrees = {entry["properties"].get("uid"): entry["wkt"] for entry in in_degrees}
        pairs = [(entry["wkt"], degrees.get(entry["properties"].get("uid"))) for entry in in_pixels]
    except ValueError as error:
        raise BrokenRecord("A label file is damaged or no JSON.") from error
    except (KeyError, TypeError, AttributeError) as error:  # the shape of the file, not of our code
        raise BrokenRecord("A label file does not have the parts that one of xBD has.") from error
    return _Label(polygons, _fit(pairs), metadata)


def _polygon(wkt: str) -> shapely.Geometry:
    try:
        geometry = shapely.from_wkt(wkt)
    except shapely.errors.ShapelyError as error:
        raise BrokenRecord("A polygon of a label file is no WKT.") from error
    return geometry if geometry.is_valid else shapely.make_valid(geometry)


def _fit(pairs: Sequence[tuple[str, str | None]]) -> np.ndarray | None:
    """Degrees as linear functions of 1, column and row, (3, 2), from polygons written both ways; None without any."""
    xy, lonlat = [], []
    for pixels, degrees in pairs:
        if degrees is None:
            continue
        here = shapely.get_coordinates(shapely.from_wkt(pixels))
        there = shapely.get_coordinates(shapely.from_wkt(degrees, on_invalid="ignore"))
        if here.shape == there.shape:
            xy.append(here)
            lonlat.append(there)
    if not xy:
        return None
    columns_rows = np.concatenate(xy)
    # Columns and rows of over a thousand beside ones: centred, the equations are well conditioned.
    middle = columns_rows.mean(axis=0)
    known = np.column_stack([np.ones(len(columns_rows)), columns_rows - middle])
    fitted, _, rank, _ = np.linalg.lstsq(known, np.concatenate(lonlat), rcond=None)
    if rank < known.shape[1]:
        return None
    fitted[0] -= middle @ fitted[1:]
    return fitted


def _pixel_m(label: _Label, to_degrees: np.ndarray | None) -> tuple[float, float]:
    """Ground width and height of a pixel in metres."""
    if to_degrees is None:
        told = label.metadata.get("pan_resolution") or label.metadata.get("gsd")
        if not isinstance(told, int | float) or not told > 0:
            raise BrokenRecord("Nothing tells the ground size of its pixels.")
        return float(told), float(told)
    half = SIDE_PX / 2
    # A hundred pixels to either side of the middle.
    ends = np.array([[1, half - 100, half], [1, half + 100, half], [1, half, half - 100], [1, half, half + 100]])
    lon, lat = (ends @ to_degrees).T
    if np.abs(lat).max() > 90:
        raise BrokenRecord("Its polygons in degrees do not lie on the Earth.")
    _, _, metres = _WGS84.inv(lon[::2], lat[::2], lon[1::2], lat[1::2])
    if min(metres) <= 0:
        raise BrokenRecord("Nothing tells the ground size of its pixels.")
    return float(metres[0] / 200), float(metres[1] / 200)


def _draw(
    polygons: Sequence[tuple[shapely.Geometry, str]], graded: bool, corner: tuple[int, int], shape: tuple[int, int]
) -> tuple[np.ndarray, np.ndarray]:
    """Label codes and allowed sets of a window; where polygons overlap the worse grade counts.

    Args:
        polygons: In pixels, with their subtypes.
        graded: Whether the subtypes count; before the disaster every building stands.
        corner: Row and column of the window's first pixel.
        shape: Rows and columns of the window once its pixels are square.
    """
    unknown = {subtype for _, subtype in polygons} - GRADES.keys()
    if graded and unknown:
        raise BrokenRecord(f"A building has the grade {min(unknown)!r}, which is none of xBD's.")
    graded_polygons = [(polygon, (GRADES[subtype] or _UNKNOWN) if graded else 1) for polygon, subtype in polygons]
    in_order = sorted((pair for pair in graded_polygons if not pair[0].is_empty), key=lambda pair: pair[1])
    to_pixels = affine.Affine(WINDOW_PX / shape[1], 0, corner[1], 0, WINDOW_PX / shape[0], corner[0])
    drawn = np.zeros(shape, dtype=np.uint8)
    if in_order:
        rasterize(in_order, out=drawn, transform=to_pixels)
    codes = np.where(drawn == _UNKNOWN, 0, drawn).astype(np.uint8)
    allowed = only(codes)
    allowed[drawn == 0] = OTHER
    return codes, allowed


def _resampled(colours: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Brightness, float32 (3, rows, columns), of a window of an image, uint8 (H, W, 3)."""
    if colours.shape[:2] != shape:
        colours = np.asarray(Image.fromarray(colours).resize(shape[::-1], Image.Resampling.BILINEAR))
    return colours.transpose(2, 0, 1).astype(np.float32) / 255


SOURCE = Source(
    name="xbd",
    title="xBD (xView2): building damage before and after disasters",
    licence="CC BY-NC-SA 4.0 (not for commercial use); imagery by Maxar",
    reference="Gupta et al. 2019, https://arxiv.org/abs/1911.09296; https://xview2.org",
    layout="<train|tier3|hold|test>/images/<disaster>_<8 digits>_<pre|post>_disaster.png and "
    "<train|tier3|hold|test>/labels/<the same>.json",
    find=find,
    read=read,
)
