"""TerraScope = InternVL3 + SAM-2 + the [SEG] bridge between them (paper section 3.2)."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from transformers import InternVLVisionModel, Qwen2ForCausalLM

from .confidence import Confidence
from .config import TerraScopeConfig
from .decoder import KeyValues
from .drafting import Drafts
from .grounding import Grounding, build_sam2
from .spectral import SpectralStem
from .streams import uploaded
from .vision import ModelImage, Tiles, band_planes, choose_tiles, plane_tiles, rgb_tiles, visual_tokens
from .vocabulary import Vocabulary


class TerraScope(nn.Module):
    """The network at any size a config describes. Attribute names follow the published key prefixes.

    Without a vocabulary it has all its tensors but cannot speak.
    """

    def __init__(self, config: TerraScopeConfig, vocabulary: Vocabulary | None) -> None:
        super().__init__()
        self.config, self.vocabulary = config, vocabulary
        vision, hidden = config.vision_config.hidden_size * 4, config.llm_config.hidden_size
        self.vision_model = InternVLVisionModel(config.vision_config.build())
        self.mlp1 = nn.Sequential(nn.LayerNorm(vision), nn.Linear(vision, hidden), nn.GELU(), nn.Linear(hidden, hidden))
        self.language_model = Qwen2ForCausalLM(config.llm_config.build())
        self.sam2 = build_sam2(config.grounding_config)
        self.text_hidden_fcs = nn.Sequential(
            nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, config.grounding_config.d_model)
        )
        stem = config.grounding_config.spectral_stem
        self.spectral_stem = (
            SpectralStem(config.input_config.plane_count, config.grounding_config.d_model, stem) if stem else None
        )
        self.identity: dict[str, Any] = {}
        """name, revision, sha256, parameters, quality, class_quality, calibrated_on: filled by the loader."""
        self.compiled = False
        """whether steps of the language model are compiled on a GPU"""
        self.drafts = Drafts()
        self.spare: KeyValues | None = None
        """of the last context, with what it read"""
        self.reading: KeyValues | None = None
        """of the context that read a prompt last; another one may be in use while this one is"""

    @property
    def grounding(self) -> Grounding:
        """SAM-2 and the stem behind encode and decode."""
        return Grounding(self.sam2, self.spectral_stem, self.config.grounding_config)

    @property
    def confidence(self) -> Confidence:
        """What its masks' signs are worth."""
        return Confidence(self.config.confidence_config)

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return self.language_model.device

    def forget(self) -> None:
        """Forget what was said and read before, as if a model had just been loaded."""
        self.drafts, self.reading = Drafts(), None
        if self.spare is not None:
            self.spare.prompt = None

    def set_type(self, dtype: torch.dtype) -> None:
        """Give everything this type but the stem, whose small differences of squares only float32 resolves."""
        self.to(dtype)
        if self.spectral_stem is not None:
            self.spectral_stem.float()

    def tiles(self, image: ModelImage, *, alone: bool) -> Tiles:
        """How an image is cut: dynamic tiling when it is the only one, of whatever sensor, else one tile (SPEC 3)."""
        if not alone:
            return Tiles(1, 1)
        return choose_tiles(*image.size, self.config.tile_size, *self.config.tile_limits)

    def planes(self, image: ModelImage) -> Tensor | None:
        """Declared input planes (C, H, W) of a multispectral model; None for an RGB one."""
        return uploaded(band_planes(image, self.config), self.device) if self.config.input_config else None

    def visual_tokens(self, image: ModelImage, tiles: Tiles, image_planes: Tensor | None) -> Tensor:
        """The feature bank of one image: (tiles.count * tokens per tile, hidden)."""
        size = self.config.tile_size
        if image_planes is None:
            pixels = uploaded(rgb_tiles(image.rgb, tiles, size), self.device, self.vision_model.dtype)
        else:
            pixels = plane_tiles(image_planes, tiles, size).to(self.vision_model.dtype)
        return visual_tokens(self.vision_model, self.mlp1, pixels).flatten(0, 1)

    def info(self) -> dict[str, Any]:
        """The fields of `protocol.ModelInfo`: name, revision, sha256, parameters, and what the card says of quality."""
        return dict(self.identity)
