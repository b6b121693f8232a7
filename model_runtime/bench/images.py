"""The images of items as files: GeoTIFFs that the runtime opens like any scene, and the published picture."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import rasterio
from PIL import Image

from ..scene.grid import Grid
from ..terra_cot.facts import Sensors
from ..terra_cot.pictures import optical_picture, sar_picture
from ..terra_cot.scene_files import REFLECTANCE_SCALE
from ..terra_cot.scenes import LabelledScene
from .items import Variant

SENSORS: dict[Variant, Sensors] = {"optical": "optical", "sar": "sar", "joint": "both", "two_date": "optical"}
"""What each variant shows of a date."""
_BRIGHTEST = 255


def can_show(scene: LabelledScene, variant: Variant) -> bool:
    """Whether a date has what a variant shows of it."""
    sensors = SENSORS[variant]
    optical = any(scene.present)
    radar = scene.sar is not None and bool(np.isfinite(scene.sar).all())
    return (optical or sensors == "sar") and (radar or sensors == "optical")


def write_image(path: Path, scene: LabelledScene, kind: Literal["optical", "sar"], grid: Grid) -> None:
    """Write what one sensor sees of a date.

    Args:
        path: the GeoTIFF: reflectance x 10,000, brightness from 0 to 255, or radar in dB, bands by their names.
        scene: the date.
        kind: which sensor.
        grid: where its pixels lie.
    """
    if kind == "sar":
        values, names, nodata = scene.sar.astype(np.float32), ("VV", "VH"), np.nan
    else:
        there = [band for band, present in enumerate(scene.present) if present]
        bands, names, nodata = scene.bands[there], tuple(scene.names[band] for band in there), 0
        # 0 is "no data": only where no band has any.
        shown = (bands != 0).any(axis=0)
        scale, dtype = (REFLECTANCE_SCALE, np.uint16) if scene.reflectance else (_BRIGHTEST, np.uint8)
        values = np.where(shown, np.clip(np.rint(bands * scale), 1, np.iinfo(dtype).max), 0).astype(dtype)
    count, height, width = values.shape
    with rasterio.open(
        path, "w", driver="GTiff", count=count, height=height, width=width, dtype=values.dtype, nodata=nodata,
        crs=rasterio.crs.CRS.from_wkt(grid.crs.to_wkt()), transform=grid.transform, compress="deflate",
        predictor=3 if kind == "sar" else 2,
    ) as file:  # fmt: skip
        file.write(values)
        file.descriptions = names
        if scene.date:
            file.update_tags(TIFFTAG_DATETIME=f"{scene.date.replace('-', ':')} 10:30:00")


def picture_of(dates: Sequence[LabelledScene], variant: Variant) -> bytes:
    """The published picture, PNG: two dates stand side by side, the earlier one on the left (paper, appendix F.2)."""
    shown = np.concatenate([_picture(scene, SENSORS[variant]) for scene in dates], axis=1)
    png = io.BytesIO()
    Image.fromarray(shown).save(png, "PNG")
    return png.getvalue()


def _picture(scene: LabelledScene, sensors: Sensors) -> np.ndarray:
    if sensors == "sar":
        return sar_picture(scene.sar)
    there = [band for band, present in enumerate(scene.present) if present]
    return optical_picture(scene.bands[there], [scene.names[band] for band in there], scene.reflectance)
