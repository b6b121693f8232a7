"""From a [SEG] state to a mask: SAM-2's image encoder and mask decoder, prompted by an embedding (SPEC 5.4).

An image is encoded once; any number of prompts is then decoded on its features. Two views of an image: `whole`
resizes it to the encoder's size, as the published model does; `windows` runs over its native pixels window by
window and feathers the logits together, with the spectral stem's full-resolution logits added.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional as F
from transformers import Sam2Model

from .confidence import Signs, signs_of
from .config import GroundingConfig
from .hiera import without_waste
from .spectral import SpectralStem
from .streams import uploaded
from .vision import normalise

# The released code holds ImageNet's constants in bfloat16 for this branch, whatever the model's dtype (SPEC 3).
_MEAN_BF16 = (0.484375, 0.455078125, 0.40625)
_STD_BF16 = (0.228515625, 0.2236328125, 0.224609375)
MOST_POINTS = 4
"""inside, and outside, that one window's decoder is shown: as many as it learns from"""


@dataclass(frozen=True)
class ImageFeatures:
    """What is kept of an encoded image: SAM-2's three levels for each window, and the stem's features."""

    levels: list[Tensor]
    """strides 4, 8 and 16: (windows, C, S/4, S/4), ..."""
    corners: list[tuple[int, int]]
    """top and left pixel of each window."""
    size: tuple[int, int]
    """height and width of the image."""
    stem: Tensor | None
    """(1, features, H, W), float16."""


@dataclass(frozen=True)
class Clicks:
    """SAM-2's point prompts for N images and P prompts, K at most; 1 is inside the region, 0 outside, -1 no point."""

    points: Tensor
    """float (N, P, K, 2), column and row in pixels of the encoder's input"""
    labels: Tensor
    """int (N, P, K)"""


@dataclass(frozen=True)
class Point:
    """A pixel of an image of which it is known whether a region holds it."""

    row: int
    column: int
    inside: bool


@dataclass(frozen=True)
class Decoded:
    """One prompt's mask on one image."""

    logits: Tensor
    """(H, W); above 0 is inside."""
    score: float
    """the IoU the decoder predicts for its own mask, 0..1, averaged over windows by mask size."""
    best: Tensor
    """(windows, 1, S/4, S/4), the multimask output that was taken, without the stem: a mask prompt for another date."""
    low_res: Tensor
    """(windows, 3, S/4, S/4), every multimask output."""
    ious: Tensor
    """(windows, 3)."""

    @property
    def mask(self) -> np.ndarray:
        """The pixels inside: bool (H, W)."""
        return (self.logits > 0).cpu().numpy()

    @cached_property
    def signs(self) -> Signs:
        """What the mask tells of how sure it is."""
        return signs_of(self.logits, self.score)


def build_sam2(config: GroundingConfig) -> Sam2Model:
    """A SAM-2 of this size, untrained. Published files hold one positional matrix for image and prompts: so here."""
    sam2 = without_waste(Sam2Model(config.build()))
    sam2.prompt_encoder.shared_embedding = sam2.shared_image_embedding
    return sam2


def whole_pixels(rgb: np.ndarray, size: int, dtype: torch.dtype = torch.float32) -> Tensor:
    """SAM-2's input of an 8-bit image: resized without keeping the aspect ratio (SPEC 3), (1, 3, size, size).

    Args:
        rgb: uint8 (H, W, 3).
        size: of the encoder's input.
        dtype: the type that is computed in, and the result's.
    """
    resized = np.asarray(Image.fromarray(rgb).resize((size, size), Image.Resampling.BICUBIC))
    pixels = torch.from_numpy(resized.copy()).permute(2, 0, 1)[None].to(dtype) / 255
    return normalise(pixels, torch.tensor(_MEAN_BF16, dtype=dtype), torch.tensor(_STD_BF16, dtype=dtype))


def encode_levels(sam2: Sam2Model, pixels: Tensor) -> list[Tensor]:
    """SAM-2 features at strides 4, 8 and 16, ready for the mask decoder; gradients flow.

    Args:
        sam2: the network.
        pixels: (N, C, S, S).
    """
    return decoder_levels(sam2, sam2.vision_encoder(pixels).fpn_hidden_states)


def decoder_levels(sam2: Sam2Model, maps: Sequence[Tensor]) -> list[Tensor]:
    """The image encoder's maps at strides 4, 8 and 16 as the mask decoder takes them."""
    coarse = maps[2] + sam2.no_memory_embedding.transpose(1, 2)[..., None]
    return [sam2.mask_decoder.conv_s0(maps[0]), sam2.mask_decoder.conv_s1(maps[1]), coarse]


def blend(one: list[Tensor], other: list[Tensor], share: Tensor) -> list[Tensor]:
    """Feature maps of the same place as two sensors see it, mixed place by place.

    Args:
        one: maps (N, C, h, w), each at its own stride.
        other: the same of the other sensor.
        share: (N, 1, S, S) of the other sensor, 0 to 1; S a multiple of every map's size.
    """
    shares = [F.adaptive_avg_pool2d(share, a.shape[-2:]).to(a.dtype) for a in one]
    return [torch.lerp(a, b, weight.expand_as(a)) for a, b, weight in zip(one, other, shares, strict=True)]


def decode_levels(
    sam2: Sam2Model,
    levels: list[Tensor],
    prompts: Tensor,
    earlier: Tensor | None = None,
    clicks: Clicks | None = None,
) -> tuple[Tensor, Tensor]:
    """Mask logits of language prompts (SPEC 5.4): two not-a-point tokens, then the prompt; object score ignored.

    Points, where there are any, stand before those three.

    Args:
        sam2: the network.
        levels: from `encode_levels`, N images.
        prompts: (N, P, d_model).
        earlier: (N, 1, S/4, S/4), mask logits of the same region at another date, as SAM-2's mask prompt; P is 1 then.
        clicks: points inside and outside the regions.

    Returns:
        logits (N, P, 3, S/4, S/4) and predicted IoU (N, P, 3).
    """
    n, p, _ = prompts.shape
    not_a_point = sam2.prompt_encoder.not_a_point_embed.weight.expand(n, p, 2, -1)
    if earlier is None:
        dense = sam2.prompt_encoder.no_mask_embed.weight[:, :, None, None].expand(n, -1, *levels[2].shape[-2:])
    else:
        dense = sam2.prompt_encoder.mask_embed(earlier.to(levels[2].dtype))
    sparse = torch.cat([not_a_point, prompts[:, :, None]], 2)
    if clicks is not None:
        points, _ = sam2.prompt_encoder(clicks.points, clicks.labels, None, None)
        # The last of SAM-2's own padding is one not-a-point, which is there already.
        sparse = torch.cat([points[:, :, :-1].to(sparse.dtype), sparse], 2)
    masks, ious, _, _ = sam2.mask_decoder(
        image_embeddings=levels[2],
        image_positional_embeddings=sam2.get_image_wide_positional_embeddings().expand(n, -1, -1, -1),
        sparse_prompt_embeddings=sparse,
        dense_prompt_embeddings=dense,
        multimask_output=True,
        high_resolution_features=levels[:2],
    )
    return masks, ious


def best_of(masks: Tensor, ious: Tensor) -> tuple[Tensor, Tensor]:
    """The multimask output with the largest predicted IoU: (N, P, S/4, S/4) and (N, P)."""
    score, index = ious.max(-1)
    return masks.gather(2, index[:, :, None, None, None].expand(-1, -1, 1, *masks.shape[-2:]))[:, :, 0], score


class Grounding:
    """SAM-2 and the stem behind two calls: encode an image once, decode a prompt on it."""

    def __init__(self, sam2: Sam2Model, stem: SpectralStem | None, config: GroundingConfig) -> None:
        self.sam2, self.stem, self.config = sam2, stem, config

    @property
    def batch(self) -> int:
        """Windows that are encoded at once: on a processor few, whose numbers fit its cache."""
        return 2 if self.sam2.device.type == "cpu" else 8

    def encode(
        self,
        rgb: np.ndarray,
        image_planes: Tensor | None,
        progress: Callable[[float], None] | None = None,
        *,
        alone: bool = True,
    ) -> ImageFeatures:
        """Encode one image.

        Args:
            rgb: uint8 (H, W, 3); used in the `whole` view.
            image_planes: float32 (C, H, W); used in the `windows` view.
            progress: told the fraction done after each batch of windows; may raise to stop.
            alone: whether it is the only image of the question.
        """
        height, width = rgb.shape[:2]
        device, dtype = self.sam2.device, self.sam2.dtype
        if self.config.view == "whole":
            # The release scales a single image in the model's own type, but one of several in float32 (SPEC 3).
            pixels = whole_pixels(rgb, self.config.image_size, dtype if alone else torch.float32)
            pixels = uploaded(pixels, device, dtype)
            return ImageFeatures(encode_levels(self.sam2, pixels), [(0, 0)], (height, width), None)
        size = self.config.image_size
        x = image_planes[None].to(device)
        corners = [(top, left) for top in starts(height, size) for left in starts(width, size)]
        padded = F.pad(x, (0, max(0, size - width), 0, max(0, size - height)), mode="replicate")
        stem = None
        if self.stem:
            # Strips kept in half precision hold a large scene; what is learnt from has to be exact.
            with torch.autocast(device.type, enabled=False):
                stem = self.stem(padded) if torch.is_grad_enabled() else self.stem.in_strips(padded)
        parts: list[list[Tensor]] = []
        for start in range(0, len(corners), self.batch):
            batch = [
                padded[0, :, top : top + size, left : left + size] for top, left in corners[start : start + self.batch]
            ]
            levels = encode_levels(self.sam2, torch.stack(batch).to(dtype))
            if stem is not None:
                spectra = [
                    stem[0, :, top : top + size, left : left + size]
                    for top, left in corners[start : start + self.batch]
                ]
                levels = [level.to(dtype) for level in self.stem.enrich(levels, torch.stack(spectra).float())]
            parts.append(levels)
            if progress:
                progress((start + len(batch)) / len(corners))
        levels = [torch.cat(level) for level in zip(*parts, strict=True)]
        kept = None if stem is None else stem[..., :height, :width]
        return ImageFeatures(levels, corners, (height, width), kept)

    def mix(self, one: ImageFeatures, other: ImageFeatures, share: Tensor) -> ImageFeatures:
        """Two sensors' features of the same place as one, cell by cell.

        Args:
            one: encoded image.
            other: encoded image of another sensor on the same pixel grid.
            share: (rows, cols) of cells that cover the image, how much of `other` each gets, 0 to 1.
        """
        height, width = one.size
        size = self.config.image_size
        cells = share[None, None].to(one.levels[0].device, torch.float32)
        if self.config.view == "whole":
            return ImageFeatures(
                blend(one.levels, other.levels, _nearest(cells, (size, size))), one.corners, one.size, None
            )
        pixels = _nearest(cells, (height, width))
        padded = F.pad(pixels, (0, max(0, size - width), 0, max(0, size - height)), mode="replicate")
        windows = torch.cat([padded[..., top : top + size, left : left + size] for top, left in one.corners])
        stem = None
        if one.stem is not None and other.stem is not None:
            stem = torch.lerp(one.stem, other.stem, pixels.to(one.stem.dtype).expand_as(one.stem))
        return ImageFeatures(blend(one.levels, other.levels, windows), one.corners, one.size, stem)

    def decode(
        self,
        features: ImageFeatures,
        prompt: Tensor,
        earlier: Tensor | None = None,
        points: Sequence[Point] = (),
    ) -> Decoded:
        """The mask of one prompt embedding (1, d_model) on an encoded image.

        Args:
            features: the encoded image.
            prompt: (1, d_model).
            earlier: `Decoded.best` of the same region at another date on the same pixel grid.
            points: pixels that the region holds, or does not; each window sees its own.
        """
        prompts = prompt[None].expand(len(features.corners), -1, -1)
        clicks = self._clicks(features, points) if points else None
        masks, ious = decode_levels(self.sam2, features.levels, prompts, earlier, clicks)
        low, score = best_of(masks, ious)
        if self.config.view == "whole":
            logits = upsample(upsample(low.float(), (self.config.image_size,) * 2), features.size)[0, 0]
            return Decoded(logits, float(score[0, 0].detach()), low, masks[:, 0], ious[:, 0])
        window = upsample(low.float(), (self.config.image_size,) * 2)[:, 0]
        logits = _feather(window, features.corners, features.size)
        if features.stem is not None:
            logits = logits + self.stem.logits(features.stem, prompt[None].float())[0, 0]
        side = self.config.image_size
        inside = [(logits[top : top + side, left : left + side] > 0).sum() for top, left in features.corners]
        weight = torch.stack(inside) + 1.0
        overall = float((score[:, 0].detach() * weight).sum() / weight.sum())
        return Decoded(logits, overall, low, masks[:, 0], ious[:, 0])

    def _clicks(self, features: ImageFeatures, points: Sequence[Point]) -> Clicks:
        """Points of an image as each of its windows sees them: at the centre of their pixel, in the encoder's input."""
        side, device = self.config.image_size, features.levels[0].device
        tall, wide = features.size if self.config.view == "whole" else (side, side)
        seen: list[list[tuple[float, float, int]]] = []
        for top, left in features.corners:
            here = [p for p in points if top <= p.row < top + tall and left <= p.column < left + wide]
            kept = [p for inside in (True, False) for p in [q for q in here if q.inside is inside][:MOST_POINTS]]
            # SAM-2 counts pixels from their centre, and adds the half itself.
            seen.append(
                [
                    ((p.column - left + 0.5) * side / wide - 0.5, (p.row - top + 0.5) * side / tall - 0.5, p.inside)
                    for p in kept
                ]
            )
        longest = max(1, *(len(window) for window in seen))
        padded = torch.tensor([[*window, *[(0.0, 0.0, -1)] * (longest - len(window))] for window in seen])
        return Clicks(padded[:, None, :, :2].to(device), padded[:, None, :, 2].int().to(device))


def upsample(x: Tensor, size: tuple[int, int]) -> Tensor:
    """Bilinear, to a size."""
    return F.interpolate(x, size, mode="bilinear", align_corners=False)


def _nearest(x: Tensor, size: tuple[int, int]) -> Tensor:
    return F.interpolate(x, size, mode="nearest-exact")


def starts(length: int, window: int) -> list[int]:
    """First pixels of windows that cover `length`, evenly spaced, overlapping by at least a quarter."""
    if length <= window:
        return [0]
    count = -(-(length - window) // (window * 3 // 4)) + 1
    return [round(i * (length - window) / (count - 1)) for i in range(count)]


def feather_weights(side: int) -> Tensor:
    """How much each pixel of a window counts where windows overlap: float32 (side, side), least at the edges."""
    ramp = torch.minimum(torch.arange(1, side + 1), torch.arange(side, 0, -1)).float()
    return torch.minimum(ramp[:, None], ramp[None])


def _feather(windows: Tensor, corners: list[tuple[int, int]], size: tuple[int, int]) -> Tensor:
    """Blend overlapping windows (n, S, S) into one (H, W); weights fall off linearly towards window edges."""
    if len(corners) == 1:
        return windows[0, : size[0], : size[1]]
    side = windows.shape[-1]
    weight = feather_weights(side).to(windows)
    total, norm = windows.new_zeros(size), windows.new_zeros(size)
    for window, (top, left) in zip(windows, corners, strict=True):
        part = (slice(top, min(top + side, size[0])), slice(left, min(left + side, size[1])))
        inside = (slice(0, part[0].stop - top), slice(0, part[1].stop - left))
        total[part] += (window * weight)[inside]
        norm[part] += weight[inside]
    return total / norm
