"""Scenes as the model takes them: pixels and bands, without their place on the ground."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .model.vision import ModelImage
from .rasters.mask_file import MaskFile
from .rasters.values_file import ValuesFile
from .scene.grid import Grid
from .scene.scene import Scene
from .scene_memory import Place


def model_image(optical: Scene | None, sar: Scene | None = None, place: Place | None = None) -> ModelImage:
    """One date as the model takes it.

    Args:
        optical: the optical image; None for a date that has radar alone.
        sar: the radar image on the same grid, if there is one.
        place: where masks of large scenes may be gone on with; None: the scenes are in memory.
    """
    scene = optical or sar
    made = _image(scene, scene.grid)
    if scene.detail:
        made = replace(made, pixels=LargePixels(scene, place))
    return replace(made, sar=model_image(None, sar, place)) if optical and sar else made


@dataclass(frozen=True)
class LargePixels:
    """The pixels of a large scene, as `model.vision.Pixels` has them.

    Attributes:
        scene: with its detail.
        place: where masks may be gone on with.
    """

    scene: Scene
    place: Place

    @property
    def size(self) -> tuple[int, int]:
        """Height and width."""
        return self.scene.detail.grid.height, self.scene.detail.grid.width

    @property
    def step(self) -> int:
        """Pixels along a pixel of the overview."""
        return self.scene.detail.step

    def read(self, top: int, left: int, height: int, width: int) -> ModelImage | None:
        """A window; None where nothing of it is valid."""
        detail = self.scene.detail
        valid = detail.valid.window(top, left, height, width)
        if not valid.any():
            return None
        values = detail.read(top, left, height, width)
        return replace(_image(self.scene, detail.grid), rgb=detail.show(values, valid), bands=values)

    def new_mask(self, key: str | None) -> MaskFile:
        """A mask to be written; with a key it may be there in part."""
        return (key and self.place.unfinished.mask(key, self.size)) or self.scene.detail.new_mask()

    def new_values(self) -> ValuesFile:
        """Numbers to be written."""
        return self.scene.detail.new_values()


def _image(scene: Scene, grid: Grid) -> ModelImage:
    x, y = grid.pixel_size_m
    return ModelImage(
        rgb=scene.rgb,
        bands=scene.bands,
        roles=scene.roles,
        reflectance=scene.reflectance,
        pixel_size_m=float(np.sqrt(x * y)),
    )
