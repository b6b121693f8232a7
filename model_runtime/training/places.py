"""The real places that models are judged on, with what is known of each pixel.

Labelled windows of `labels_by_hand`, the land-cover map of Aberystwyth, and what `held_out` keeps of the sources that
are learnt from. No training sample comes from any of them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import rasterio
from rasterio.enums import Resampling
from rasterio.windows import from_bounds

from ..errors import RequestError
from ..scene.scene import Scene, open_scene
from ..terra_cot.scenes import LabelledScene
from ..terra_cot.sources import amazon, terramesh
from ..terra_cot.sources.common import allowed_by, drop_impossible, mask_of, settled
from ..terra_cot.spectra import BANDS, CLASSES, CODE
from .held_out import to_judge_by

_CROP_OR_GRASS = mask_of(["cropland", "grassland"])
_BY_HAND = {code: 1 << (code - 1) for code in range(1, 8)} | {8: 0, 34: _CROP_OR_GRASS, 255: 0}
"""labels_by_hand's code -> allowed set; 8 is cloud or shadow, which may be either, 255 is not labelled"""
_ABERYSTWYTH = {
    0: 0, 1: mask_of(["trees"]), 2: _CROP_OR_GRASS, 3: mask_of(["built-up", "bare"]) | _CROP_OR_GRASS,
    4: mask_of(["water"]),
}  # fmt: skip
"""the map's code -> allowed set; what it calls urban also holds every field that is not bright green (its median NDVI
is 0.68, and so are all hand-labelled crops)"""
_PUCALLPA = {"swir1": 1, "nir": 2, "red": 3, "green": 4, "blue": 4}
"""as INDEX.csv says; its one other visible band stands for both colours that the runtime asks for beside red"""
_REFLECTANCE = 1e-4
"""of one number of Sentinel-2"""


@dataclass(frozen=True)
class Place:
    """A place with known ground.

    Attributes:
        scene: Its bands and, in `allowed`, what each pixel may be; 0 where nothing is known.
        site: Windows and dates of one site are not independent, and count as one place in a mean.
        set_aside: Labelled pixels that the rule against impossible labels took out.
    """

    scene: LabelledScene
    site: str
    set_aside: int = 0

    @property
    def name(self) -> str:
        """What or where it is."""
        return self.scene.place

    @property
    def inputs(self) -> tuple[str, ...]:
        """The bands it has."""
        return (*self.optical, "vv", "vh") if self.scene.sar is not None else tuple(self.optical)

    @property
    def optical(self) -> dict[str, np.ndarray]:
        """Each optical band it has, float32 (H, W), by name."""
        scene = self.scene
        return {name: band for name, band, here in zip(scene.names, scene.bands, scene.present, strict=True) if here}


def held_out_places(data: Path) -> list[Place]:
    """Every real place for judging land cover: windows labelled by hand, Aberystwyth's map, a TerraMesh place.

    The latter two are passed over where their folders are not there.

    Args:
        data: The folder that holds `labels_by_hand` and the rest, or one that has it as `data/`.

    Raises:
        RequestError: There is no such folder.
    """
    data = _data(data)
    places = [*_hand_labelled(data), *_aberystwyth(data)]
    places += [Place(scene, scene.place) for scene in to_judge_by(terramesh.scenes(data))]
    return [_without_impossible(place) for place in places]


def forest_chips(data: Path) -> list[Place]:
    """The held-out chips of the Amazon: forest or not, in 8-bit colours."""
    return [Place(scene, scene.place) for scene in to_judge_by(amazon.scenes(_data(data)))]


def dates_with_flood(data: Path) -> tuple[list[Place], np.ndarray, np.ndarray]:
    """North Dakota in 2012 and, with more open water, in 2017, and where its water changed.

    Returns:
        Both dates on the grid of 2012, and two bool (H, W): changed, unchanged; elsewhere is not known.
    """
    data = _data(data)
    rows = {row["name"]: row for row in _index(data)}
    bounds, codes = _labels(data, "naip_northdakota_2012_2017_waterchange")
    dates = []
    for name in ("naip_northdakota_20120731", "naip_northdakota_20170827"):
        scene = open_scene(str(_file(data, rows[name])), extent=bounds)
        # The grid of 2017 lies half a pixel off: windows of one extent show the same ground to within that.
        ground = np.zeros(codes.shape, np.uint16)
        dates.append(Place(_labelled(_cut(scene, codes.shape), ground, name), "naip"))
    return dates, codes == 1, codes == 0


def _data(folder: Path) -> Path:
    folder = folder / "data" if (folder / "data").is_dir() else folder
    if not (folder / "labels_by_hand" / "INDEX.csv").is_file():
        raise RequestError(f"{folder} holds no labels_by_hand/INDEX.csv: give the folder of real scenes and labels.")
    return folder


def _index(data: Path) -> list[dict[str, str]]:
    with (data / "labels_by_hand" / "INDEX.csv").open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def _file(data: Path, row: dict[str, str]) -> Path:
    return data / row["source_files"].split(" (")[0].strip()


def _labels(data: Path, name: str) -> tuple[tuple[float, ...], np.ndarray]:
    with rasterio.open(data / "labels_by_hand" / f"{name}.tif") as labels:
        return tuple(labels.bounds), labels.read(1)


def _hand_labelled(data: Path) -> Iterator[Place]:
    for row in _index(data):
        name = row["name"]
        if name.endswith("change"):
            continue
        bounds, codes = _labels(data, name)
        roles = _PUCALLPA if "pucallpa" in name else None
        scene = open_scene(str(_file(data, row)), extent=bounds, bands=roles)
        labelled = _labelled(_cut(scene, codes.shape), allowed_by(codes, _BY_HAND), name)
        if "majortom" in name:
            labelled = _with_swir(labelled, _file(data, row), bounds)
        if "36_85" in name:
            labelled = replace(labelled, sar=_radar(data, codes.shape))
        yield Place(labelled, name if name.startswith("bigearthnet") else name.split("_")[0])


def _aberystwyth(data: Path) -> Iterator[Place]:
    folder = data / "aberystwyth_s2_4class"
    if not folder.is_dir():
        return
    with rasterio.open(folder / "sen2_20210527_aber_cls.tif") as source:
        codes = source.read(1)
    scene = open_scene(str(folder / "sen2_20210527_aber_10band.tif"))
    labelled = _labelled(_cut(scene, codes.shape), allowed_by(codes, _ABERYSTWYTH), "aberystwyth map")
    yield Place(labelled, "aberystwyth")


def _cut(scene: Scene, shape: tuple[int, int]) -> Scene:
    if scene.valid.shape != shape:
        raise RequestError(f"{scene.path}: the labels are {shape} and the scene {scene.valid.shape} pixels in size.")
    return scene


def _labelled(scene: Scene, allowed: np.ndarray, name: str) -> LabelledScene:
    allowed = np.where(scene.valid, allowed, np.uint16(0))
    x, y = scene.grid.pixel_size_m
    roles = tuple(scene.roles)
    return LabelledScene(
        np.where(scene.valid, scene.bands, np.float32(0)),
        settled(allowed),
        float(np.sqrt(x * y)),
        (True,) * len(roles),
        scene.reflectance,
        allowed,
        name,
        names=roles,
    )


def _with_swir(scene: LabelledScene, file: Path, bounds: tuple[float, ...]) -> LabelledScene:
    """Its 20 m band B11 lies in a file of its own."""
    with rasterio.open(file.with_name(file.name.replace("_10m.tif", "_B11_20m.tif"))) as source:
        window = from_bounds(*bounds, transform=source.transform)
        swir = source.read(1, window=window, out_shape=scene.labels.shape, resampling=Resampling.bilinear)
    bands = np.concatenate([scene.bands, swir[None].astype(np.float32) * np.float32(_REFLECTANCE)])
    return replace(scene, bands=bands, names=(*scene.names, "swir1"), present=(*scene.present, True))


def _radar(data: Path, shape: tuple[int, int]) -> np.ndarray:
    (folder,) = (data / "bigearthnet_s1s2_patches" / "S1").glob("*_36_85")
    planes = []
    for name in ("VV", "VH"):
        with rasterio.open(folder / f"{folder.name}_{name}.tif") as source:
            planes.append(source.read(1).astype(np.float32))
    sar = np.stack(planes)
    if sar.shape[1:] != shape:
        raise RequestError(f"{folder}: the radar patch does not lie on the grid of its optical patch.")
    return sar


def _without_impossible(place: Place) -> Place:
    """Set aside labelled pixels that can be none of what their label allows (rules of `drop_impossible`).

    The rules are about reflectance and need near infrared: elsewhere nothing is set aside. Blue is asked for by the
    rule about clouds only, which no place here has.
    """
    scene = place.scene
    bands = place.optical
    if not scene.reflectance or not {"red", "green", "nir"} <= bands.keys():
        return place
    zero = np.zeros_like(bands["red"])
    five = np.stack([bands.get(name, zero) for name in BANDS])
    possible = np.zeros_like(scene.allowed)
    for name in CLASSES:
        everywhere = np.full(scene.labels.shape, CODE[name], np.uint8)
        kept = drop_impossible(five, everywhere, "swir1" in bands) > 0
        possible |= np.where(kept, np.uint16(mask_of([name])), np.uint16(0))
    out = (scene.allowed > 0) & (scene.allowed & possible == 0)
    allowed = np.where(out, np.uint16(0), scene.allowed)
    return replace(place, scene=replace(scene, allowed=allowed, labels=settled(allowed)), set_aside=int(out.sum()))
