"""Labelled scenes as the model takes them, for those who ask it about places with known truth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..model.vision import ModelImage
from ..scene.values import brightness
from .facts import Sensors
from .pictures import optical_picture, sar_picture
from .radar import SAR_BANDS
from .scenes import LabelledScene


def optical_image(scene: LabelledScene) -> ModelImage:
    """The optical image of a scene, without the bands it has not."""
    there = [band for band, present in enumerate(scene.present) if present]
    bands, names = scene.bands[there], tuple(scene.names[band] for band in there)
    picture = optical_picture(bands, names, scene.reflectance)
    return ModelImage(picture, bands, names, scene.reflectance, scene.pixel_size_m)


def radar_image(scene: LabelledScene) -> ModelImage:
    """The radar image of a scene that has one."""
    values = brightness(scene.sar).astype(np.float32)
    return ModelImage(sar_picture(scene.sar), values, SAR_BANDS, False, scene.pixel_size_m)


def date_image(scene: LabelledScene, sensors: Sensors) -> ModelImage:
    """One date of a place through some of its sensors."""
    if sensors == "sar":
        return radar_image(scene)
    optical = optical_image(scene)
    return replace(optical, sar=radar_image(scene)) if sensors == "both" else optical
