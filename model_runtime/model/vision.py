"""Images to visual tokens: dynamic tiling, InternViT, pixel shuffle, projector (SPEC 2.2, 3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import InternVLVisionModel

from ..rasters.mask_file import MaskFile
from ..rasters.values_file import ValuesFile
from .config import TerraScopeConfig
from .spectral import planes

_IMAGENET_MEAN = (0.485, 0.456, 0.406)
_IMAGENET_STD = (0.229, 0.224, 0.225)


class Pixels(Protocol):
    """The pixels of an image that is too large to be in memory."""

    size: tuple[int, int]
    """height and width"""
    step: int
    """pixels along a pixel of the overview"""

    def read(self, top: int, left: int, height: int, width: int) -> ModelImage | None:
        """A window of the image; None where nothing of it is valid."""

    def new_mask(self, key: str | None) -> MaskFile:
        """A mask of the image, to be written from top to bottom.

        Args:
            key: of what is drawn; what was written under it by a run that was stopped may be there. None: it is new.
        """

    def new_values(self) -> ValuesFile:
        """Numbers for each pixel of the image, to be written from top to bottom."""


@dataclass(frozen=True)
class ModelImage:
    """One date of a place as the model sees it, on its own pixel grid: an optical or a radar image, or both."""

    rgb: np.ndarray
    """uint8 (H, W, 3), the display stretch."""
    bands: np.ndarray | None = None
    """float32 (B, H, W), reflectance or 8-bit / 255, of radar brightness (`scene.values.DB_RANGE`), as `roles` say."""
    roles: tuple[str, ...] = ()
    reflectance: bool = False
    pixel_size_m: float = 10.0
    sar: ModelImage | None = None
    """the radar image of the same date and grid, beside an optical one."""
    pixels: Pixels | None = None
    """of a large image, of which all the above is an overview"""

    @property
    def sensors(self) -> tuple[ModelImage, ...]:
        """The images of this date one by one, in the order in which the model reads them."""
        return (self,) if self.sar is None else (replace(self, sar=None), self.sar)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.rgb.shape[1], self.rgb.shape[0]


@dataclass(frozen=True)
class Tiles:
    """How one image was cut: `cols` x `rows` tiles, and a thumbnail when there is more than one."""

    cols: int
    rows: int

    @property
    def count(self) -> int:
        """ViT inputs, the thumbnail included."""
        return self.cols * self.rows + (self.cols * self.rows > 1)


def choose_tiles(width: int, height: int, tile: int, fewest: int, most: int) -> Tiles:
    """The tile grid whose aspect ratio is nearest the image's (SPEC 3, dynamic tiling)."""
    # Equal products stay in set-iteration order, as the released code leaves them.
    candidates = {
        (i, j)
        for n in range(fewest, most + 1)
        for i in range(1, n + 1)
        for j in range(1, n + 1)
        if fewest <= i * j <= most
    }
    best, smallest = (1, 1), float("inf")
    for cols, rows in sorted(candidates, key=lambda c: c[0] * c[1]):
        difference = abs(width / height - cols / rows)
        if difference < smallest:
            best, smallest = (cols, rows), difference
        elif difference == smallest and width * height > 0.5 * tile * tile * cols * rows:
            best = (cols, rows)
    return Tiles(*best)


def rgb_tiles(rgb: np.ndarray, tiles: Tiles, tile: int) -> Tensor:
    """Normalised ViT input of an 8-bit image: tiles row by row, thumbnail last (SPEC 3).

    Returns:
        float32 (tiles.count, 3, tile, tile).
    """
    image = Image.fromarray(rgb)
    wide = np.asarray(image.resize((tile * tiles.cols, tile * tiles.rows), Image.Resampling.BICUBIC))
    cut = [
        wide[r * tile : (r + 1) * tile, c * tile : (c + 1) * tile] for r in range(tiles.rows) for c in range(tiles.cols)
    ]
    if tiles.count > 1:
        cut.append(np.asarray(image.resize((tile, tile), Image.Resampling.BICUBIC)))
    pixels = torch.from_numpy(np.stack(cut)).permute(0, 3, 1, 2).float() / 255
    return normalise(pixels, torch.tensor(_IMAGENET_MEAN), torch.tensor(_IMAGENET_STD))


def normalise(pixels: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    """(N, 3, H, W) by per-channel mean and standard deviation."""
    return (pixels - mean[:, None, None]) / std[:, None, None]


def plane_tiles(image_planes: Tensor, tiles: Tiles, tile: int) -> Tensor:
    """ViT input of a multispectral image: the same cut, on planes (C, H, W) -> (tiles.count, C, tile, tile)."""
    x = image_planes[None]
    wide = _resize(x, (tile * tiles.rows, tile * tiles.cols))[0]
    made = wide.new_empty(tiles.count, len(image_planes), tile, tile)
    for number in range(tiles.rows * tiles.cols):
        top, left = number // tiles.cols * tile, number % tiles.cols * tile
        made[number] = wide[:, top : top + tile, left : left + tile]
    if tiles.count > 1:
        made[-1] = _resize(x, (tile, tile))[0]
    return made


def _resize(x: Tensor, size: tuple[int, int]) -> Tensor:
    return x if x.shape[-2:] == size else F.interpolate(x, size, mode="bilinear", antialias=True, align_corners=False)


def band_planes(image: ModelImage, config: TerraScopeConfig) -> Tensor:
    """The declared input planes of one image, (C, H, W)."""
    wanted = config.input_config
    height, width = image.rgb.shape[:2]
    bands = torch.zeros(1, len(wanted.bands), height, width)
    present = torch.zeros(1, len(wanted.bands), dtype=torch.bool)
    for i, role in enumerate(wanted.bands):
        if image.bands is not None and role in image.roles:
            bands[0, i] = torch.from_numpy(np.ascontiguousarray(image.bands[image.roles.index(role)]))
            present[0, i] = True
    size_m = torch.tensor([image.pixel_size_m], dtype=torch.float32)
    return planes(bands, present, torch.tensor([image.reflectance]), size_m, wanted)[0]


def pixel_shuffle(features: Tensor) -> Tensor:
    """(N, h, w, C) -> (N, h/2, w/2, 4C), version 2 of the published code (SPEC 2.2)."""
    n, w, h, c = features.shape
    x = features.view(n, w, h // 2, c * 2).permute(0, 2, 1, 3).contiguous()
    return x.view(n, h // 2, w // 2, c * 4).permute(0, 2, 1, 3).contiguous()


def visual_tokens(tower: InternVLVisionModel, projector: nn.Module, pixels: Tensor) -> Tensor:
    """Projected visual tokens: the feature bank.

    Args:
        tower: InternViT.
        projector: `mlp1`.
        pixels: (N, C, tile, tile).

    Returns:
        (N, tokens per tile, language hidden size), row-major inside a tile.
    """
    patches = tower(pixels).last_hidden_state[:, 1:]
    side = round(patches.shape[1] ** 0.5)
    return projector(pixel_shuffle(patches.reshape(len(pixels), side, side, -1)).flatten(1, 2))
