"""Multispectral input planes, and the full-resolution stem that reads them beside SAM-2.

Spectral information beats depth for small models on 10 m land cover, so index planes are computed here, inside the
model, and a per-pixel branch over multi-scale statistics keeps one-pixel rivers and field edges that stride-4
features lose.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .config import INDICES, RADAR_BANDS, InputConfig, StemConfig

# Rows of a large image done at a time, a multiple of the coarsest mean's cells.
_STRIP = 512
_FINE_STRIP = 16  # rows, an even number


def planes(bands: Tensor, present: Tensor, reflectance: Tensor, pixel_size_m: Tensor, config: InputConfig) -> Tensor:
    """The model's input from band values.

    Args:
        bands: (N, B, H, W) in the order of `config.bands`, reflectance or 8-bit / 255, and of radar bands brightness
            (`scene.values.DB_RANGE`); absent bands anything finite.
        present: bool (N, B).
        reflectance: bool (N,), False for 8-bit display values.
        pixel_size_m: float (N,); asked for by models that are told it.
        config: the declared input.

    Returns:
        (N, config.plane_count, H, W), roughly in -1..1; what a missing band would give is 0. The plane of an optional
        band's presence is 1 wherever the band is there, so that its weights in the first layers are that band's
        learned embedding.
    """
    here = present.to(bands.dtype)[:, :, None, None]
    bands = bands.clamp(0, 1.5).mul_(here)
    made = bands.new_empty(len(bands), config.plane_count, *bands.shape[-2:])
    count = len(config.bands)
    scaled, indices, flags = made[:, :count], made[:, count : count + len(INDICES)], made[:, count + len(INDICES) :]
    # The square root spreads dark surfaces (water 0.02, conifers 0.04) that a linear scale would crowd together;
    # decibels are spread already, and most of C-band's over land lie between -25 and -5.
    scaled.copy_(bands).sqrt_().mul_(2).sub_(0.8)
    for number, name in enumerate(config.bands):
        if name in RADAR_BANDS:
            scaled[:, number] = (bands[:, number] - 0.45).mul_(5)
    scaled.mul_(here)
    for number, (first, second) in enumerate(INDICES.values()):
        a, b = config.bands.index(first), config.bands.index(second)
        both = here[:, a] * here[:, b]
        indices[:, number] = (bands[:, a] - bands[:, b]) / (bands[:, a] + bands[:, b] + 1e-4) * both
    told = [present[:, config.bands.index(name)] for name in config.optional] + [reflectance]
    if config.pixel_size:
        # 2.5 to 40 m, a factor of four each way, is -1 to 1.
        told.append((pixel_size_m / 10).log2().clamp(-4, 4) / 2)
    for number, flag in enumerate(told):
        flags[:, number] = flag.to(bands.dtype)[:, None, None]
    return made


class SpectralStem(nn.Module):
    """Per-pixel features from planes and their local mean and spread, used twice.

    Pooled, they are added to SAM-2's three feature levels, so that its mask decoder knows the spectra. At full
    resolution, the dot product of a pixel's features with a vector made from the prompt embedding is added to the mask
    logits: the same idea as SAM-2's own mask heads, without their stride of 4.
    """

    def __init__(self, channels: int, prompt_size: int, config: StemConfig) -> None:
        super().__init__()
        # Linear over channels-last pixels: the same as 1 x 1 convolutions, several times faster on a CPU.
        self.pixel = nn.Linear(channels, config.width)
        self.scales = nn.ModuleList(nn.Linear(2 * channels, config.width) for _ in range(config.coarsenings))
        self.local = nn.Conv2d(config.width, config.width, 3, padding=1, groups=config.width)
        self.mix = nn.Linear(config.width, config.width)
        self.leave = nn.Linear(config.width, config.features)
        # Channels of SAM-2's levels at strides 4, 8 and 16.
        self.levels = nn.ModuleList(nn.Linear(config.features, prompt_size // part) for part in (8, 4, 1))
        self.hyper = nn.Sequential(
            nn.Linear(prompt_size, config.width), nn.GELU(), nn.Linear(config.width, config.features + 1)
        )

    def forward(self, planes: Tensor) -> Tensor:
        """(N, C, H, W) planes to (N, features, H, W)."""
        height, width = planes.shape[-2:]
        x = self._padded(planes)
        return self._fine(x, _double(self._context(x)))[..., :height, :width]

    def _padded(self, planes: Tensor) -> Tensor:
        """With whole cells of the coarsest mean."""
        height, width = planes.shape[-2:]
        coarsest = 2 ** len(self.scales)
        return F.pad(planes, (0, -width % coarsest, 0, -height % coarsest), mode="replicate")

    def _context(self, planes: Tensor) -> Tensor:
        """Mean and deviation over 2, 4, 8, ... pixels, projected where they are small, then summed up to every second.

        (N, C, H, W) to (N, width, H / 2, W / 2).
        """
        mean, square, projected = planes, planes * planes, []
        for project in self.scales:
            mean, square = F.avg_pool2d(mean, 2), F.avg_pool2d(square, 2)
            spread = (square - mean * mean).clamp_min(1e-6).sqrt()
            projected.append(_per_pixel(project, torch.cat([mean, 2 * spread], 1)))
        total = projected.pop()
        while projected:
            total = _double(total) + projected.pop()
        return total

    def _fine(self, planes: Tensor, context: Tensor) -> Tensor:
        """Features (N, features, H, W) of planes and their context (N, width, H, W); reaches a pixel far."""
        # What a layer has just made is written over, where nothing needs it any more: memory is what this waits for.
        x = _per_pixel(self.pixel, planes).add_(context).relu_()
        x = self.local(x).relu_() + x
        return _per_pixel(self.leave, _per_pixel(self.mix, x).relu_())

    @property
    def reach(self) -> int:
        """How many pixels around a part its features depend on: cells of the coarsest mean and their neighbours."""
        return 2 * 2 ** len(self.scales)

    def in_strips(self, planes: Tensor, first_row: int = 0, end_row: int | None = None) -> Tensor:
        """The features of one large image (1, C, H, W) in float16, strip by strip to keep memory small.

        What every pixel needs is done in strips within strips, which fit a processor's cache.

        Args:
            planes: of the image.
            first_row: of those that are asked for.
            end_row: the row after the last of them; None: to the end.
        """
        height, width = planes.shape[-2:]
        end_row = height if end_row is None else end_row
        made = planes.new_empty((1, self.leave.out_features, end_row - first_row, width), dtype=torch.float16)
        coarsest = 2 ** len(self.scales)
        for top in range(first_row, end_row, _STRIP):
            bottom = min(top + _STRIP, end_row)
            # From where a cell of the coarsest mean begins.
            first, last = max(0, (top - self.reach) // coarsest * coarsest), min(height, bottom + self.reach)
            x = self._padded(planes[:, :, first:last])
            context = self._context(x)
            for row in range(top, bottom, _FINE_STRIP):
                end = min(row + _FINE_STRIP, bottom)
                # Cells of the context a pixel beyond the strip, and those that they are interpolated from.
                begin, stop = max(0, row - first - 2) // 2 * 2, min(x.shape[2], end - first + 2)
                cells = slice(max(0, begin // 2 - 1), stop // 2 + 1)
                doubled = _double(context[:, :, cells])[:, :, begin - 2 * cells.start :][:, :, : stop - begin]
                fine = self._fine(x[:, :, begin:stop], doubled)
                made[:, :, row - first_row : end - first_row] = fine[:, :, row - first - begin :, :width][
                    :, :, : end - row
                ]
        return made

    def enrich(self, levels: list[Tensor], features: Tensor) -> list[Tensor]:
        """SAM-2's levels with the features of the same window (N, features, S, S) added at their strides."""
        pooled = features
        added = []
        for stride, level, layer in zip((4, 2, 2), levels, self.levels, strict=True):
            pooled = F.avg_pool2d(pooled, stride)
            added.append(level + _per_pixel(layer, pooled))
        return added

    def logits(self, features: Tensor, prompts: Tensor) -> Tensor:
        """Mask logits of every prompt on every pixel.

        Args:
            features: (N, features, H, W).
            prompts: (N, P, prompt_size).

        Returns:
            (N, P, H, W), in the type of the prompts.
        """
        hyper = self.hyper(prompts)
        strips = [
            torch.einsum("npf,nfhw->nphw", hyper[..., :-1], strip.to(hyper.dtype))
            for strip in features.split(_STRIP, dim=2)
        ]
        return torch.cat(strips, 2) + hyper[..., -1, None, None]


def _double(x: Tensor) -> Tensor:
    return F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)


def _per_pixel(layer: nn.Linear, x: Tensor) -> Tensor:
    return layer(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
