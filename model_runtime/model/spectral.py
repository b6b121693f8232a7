"""Multispectral input planes, and the full-resolution stem that reads them beside SAM-2.

Spectral information beats depth for small models on 10 m land cover, so index planes are computed here, inside the
model, and a per-pixel branch over multi-scale statistics keeps one-pixel rivers and field edges that stride-4
features lose.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .config import InputConfig, StemConfig

# index name: its two bands, (a - b) / (a + b)
INDICES = {"ndvi": ("nir", "red"), "ndwi": ("green", "nir"), "ndsi": ("green", "swir1"), "ndbi": ("swir1", "nir")}
_SCALES = (1, 2, 4, 8, 16)


def plane_count(config: InputConfig) -> int:
    """Channels `planes` makes: bands, indices, one presence flag per optional band, one for reflectance."""
    return len(config.bands) + len(INDICES) + len(config.optional) + 1


def planes(bands: Tensor, present: Tensor, reflectance: Tensor, config: InputConfig) -> Tensor:
    """The model's input from band values.

    Args:
        bands: (N, B, H, W) in the order of `config.bands`, reflectance or 8-bit / 255; absent bands anything finite.
        present: bool (N, B).
        reflectance: bool (N,), False for 8-bit display values.
        config: the declared input.

    Returns:
        (N, plane_count, H, W), roughly in -1..1; what a missing band would give is 0.
    """
    here = present.to(bands.dtype)[:, :, None, None]
    bands = bands.clamp(0, 1.5) * here
    # The square root spreads dark surfaces (water 0.02, conifers 0.04) that a linear scale would crowd together.
    made = [(2 * bands.sqrt() - 0.8) * here]
    for first, second in INDICES.values():
        a, b = config.bands.index(first), config.bands.index(second)
        both = here[:, a] * here[:, b]
        made.append(((bands[:, a] - bands[:, b]) / (bands[:, a] + bands[:, b] + 1e-4) * both)[:, None])
    height, width = bands.shape[-2:]
    flags = [present[:, config.bands.index(name)] for name in config.optional] + [reflectance]
    made += [flag.to(bands.dtype)[:, None, None, None].expand(-1, 1, height, width) for flag in flags]
    return torch.cat(made, 1)


class SpectralStem(nn.Module):
    """Per-pixel features from planes and their local mean and spread, and masks from them by a hyper-network.

    The mask logit of a pixel is the dot product of its features with a vector made from the prompt embedding, the
    same idea as SAM-2's own mask heads, at full resolution.
    """

    def __init__(self, channels: int, prompt_size: int, config: StemConfig) -> None:
        super().__init__()
        statistics = channels * (1 + 2 * (len(_SCALES) - 1))
        self.enter = nn.Conv2d(statistics, config.width, 1)
        self.local = nn.Conv2d(config.width, config.width, 3, padding=1, groups=config.width)
        self.mix = nn.Conv2d(config.width, config.width, 1)
        self.leave = nn.Conv2d(config.width, config.features, 1)
        self.hyper = nn.Sequential(
            nn.Linear(prompt_size, config.width), nn.GELU(), nn.Linear(config.width, config.features + 1)
        )

    def forward(self, planes: Tensor) -> Tensor:
        """(N, C, H, W) planes to (N, features, H, W)."""
        x = F.gelu(self.enter(_statistics(planes)))
        x = x + F.gelu(self.local(x))
        return self.leave(x + F.gelu(self.mix(x)))

    def logits(self, features: Tensor, prompts: Tensor) -> Tensor:
        """Mask logits of every prompt on every pixel.

        Args:
            features: (N, features, H, W).
            prompts: (N, P, prompt_size).

        Returns:
            (N, P, H, W).
        """
        hyper = self.hyper(prompts)
        return torch.einsum("npf,nfhw->nphw", hyper[..., :-1], features) + hyper[..., -1, None, None]


def _statistics(planes: Tensor) -> Tensor:
    """Planes beside their mean and standard deviation over 2, 4, 8 and 16 pixels, at full resolution."""
    height, width = planes.shape[-2:]
    coarsest = _SCALES[-1]
    x = F.pad(planes, (0, -width % coarsest, 0, -height % coarsest), mode="replicate")
    size = x.shape[-2:]
    mean, square = x, x * x
    made = [x]
    for _ in _SCALES[1:]:
        mean, square = F.avg_pool2d(mean, 2), F.avg_pool2d(square, 2)
        spread = (square - mean * mean).clamp_min(1e-8).sqrt()
        made.append(F.interpolate(torch.cat([mean, 2 * spread], 1), size, mode="bilinear", align_corners=False))
    return torch.cat(made, 1)[..., :height, :width]
