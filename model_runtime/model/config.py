"""`config.json` of a model folder, read through our own validated schema (SPEC section 1).

The published keys are read as they are. Two blocks are ours: `grounding_config` (the SAM-2 that the published
files leave implied: Hiera-L at 1024) and `input_config` (the bands a model takes; absent: 8-bit RGB).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, ValidationError, model_validator

from ..errors import ModelError

if TYPE_CHECKING:  # reading a config must not wait for torch: `build` imports what it makes
    from transformers import InternVLVisionConfig, Qwen2Config, Sam2Config

Size = Annotated[int, Field(ge=1, le=32768)]


class _Block(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class VisionConfig(_Block):
    """InternViT, in the published keys."""

    hidden_size: Size
    intermediate_size: Size
    num_hidden_layers: Size
    num_attention_heads: Size
    num_channels: Size = 3
    patch_size: Size
    image_size: Size
    layer_norm_eps: float = 1e-6
    hidden_act: Literal["gelu"] = "gelu"
    norm_type: Literal["layer_norm", "rms_norm"] = "layer_norm"
    qkv_bias: bool = True
    qk_normalization: bool = False
    initializer_factor: float = 0.1

    def build(self) -> InternVLVisionConfig:
        """The same tower in transformers' terms (SPEC 2.2); mean pooling switches its final norm off."""
        from transformers import InternVLVisionConfig

        return InternVLVisionConfig(
            hidden_size=self.hidden_size,
            intermediate_size=self.intermediate_size,
            num_hidden_layers=self.num_hidden_layers,
            num_attention_heads=self.num_attention_heads,
            num_channels=self.num_channels,
            patch_size=(self.patch_size, self.patch_size),
            image_size=(self.image_size, self.image_size),
            layer_norm_eps=self.layer_norm_eps,
            hidden_act=self.hidden_act,
            norm_type=self.norm_type,
            attention_bias=self.qkv_bias,
            use_qk_norm=self.qk_normalization,
            layer_scale_init_value=self.initializer_factor,
            use_mask_token=False,
            use_absolute_position_embeddings=True,
            use_mean_pooling=True,
        )


class LanguageConfig(_Block):
    """Qwen2, in the published keys."""

    vocab_size: Annotated[int, Field(ge=1, le=1_000_000)]
    hidden_size: Size
    intermediate_size: Annotated[int, Field(ge=1, le=262144)]
    num_hidden_layers: Size
    num_attention_heads: Size
    num_key_value_heads: Size
    max_position_embeddings: PositiveInt = 32768
    rms_norm_eps: float = 1e-6
    rope_theta: float = 1_000_000.0
    hidden_act: Literal["silu"] = "silu"

    def build(self) -> Qwen2Config:
        """Dynamic rope scaling of the published file has no effect within `max_position_embeddings`: left out."""
        from transformers import Qwen2Config

        return Qwen2Config(
            vocab_size=self.vocab_size,
            hidden_size=self.hidden_size,
            intermediate_size=self.intermediate_size,
            num_hidden_layers=self.num_hidden_layers,
            num_attention_heads=self.num_attention_heads,
            num_key_value_heads=self.num_key_value_heads,
            max_position_embeddings=self.max_position_embeddings,
            rms_norm_eps=self.rms_norm_eps,
            rope_theta=self.rope_theta,
            hidden_act=self.hidden_act,
            tie_word_embeddings=False,
            use_cache=True,
        )


class StemConfig(_Block):
    """The full-resolution spectral stem beside SAM-2's features (see `spectral.py`)."""

    width: Size
    features: Size


class GroundingConfig(_Block):
    """SAM-2: the defaults are SAM 2.0 Hiera-L at 1024 pixels (SPEC 1)."""

    image_size: Size = 1024
    num_channels: Size = 3
    embed_dim: Size = 144
    num_heads: Size = 2
    stages: tuple[Size, Size, Size, Size] = (2, 6, 36, 4)
    global_att_blocks: tuple[int, ...] = (23, 33, 43)
    window_pos_embed_bkg_spatial_size: tuple[Size, Size] = (7, 7)
    window_spec: tuple[Size, Size, Size, Size] = (8, 4, 16, 8)
    d_model: Size = 256
    mlp_dim: Size = 2048
    decoder_heads: Size = 8
    iou_head_hidden_dim: Size = 256
    view: Literal["whole", "windows"] = Field(
        "whole", description="whole: the image resized to image_size; windows: native pixels, window by window"
    )
    spectral_stem: StemConfig | None = None

    @model_validator(mode="before")
    @classmethod
    def _flatten(cls, sizes: object) -> object:
        """SAM-2's own configs keep the mask decoder's sizes in a block of their own."""
        if not isinstance(sizes, dict) or not isinstance(sizes.get("mask_decoder"), dict):
            return sizes
        names = {"mlp_dim": "mlp_dim", "num_heads": "decoder_heads", "iou_head_hidden_dim": "iou_head_hidden_dim"}
        decoder = sizes["mask_decoder"]
        return {ours: decoder[theirs] for theirs, ours in names.items() if theirs in decoder} | sizes

    @classmethod
    def from_sizes(cls, sizes: object) -> GroundingConfig:
        """SAM-2's sizes from a parsed JSON object, the mask decoder's beside the others or in a block `mask_decoder`.

        Raises:
            ModelError: they are not the sizes of a SAM-2.
        """
        try:
            return cls.model_validate(sizes)
        except ValidationError as error:
            raise ModelError(f"These are not the sizes of a SAM-2: {_first(error)}.") from None

    def build(self) -> Sam2Config:
        """The same network in transformers' terms (SPEC 2.5)."""
        from transformers import Sam2Config

        dims = [self.embed_dim * 2**i for i in range(4)]
        size = self.image_size
        return Sam2Config(
            vision_config={
                "model_type": "sam2_vision_model",
                "backbone_config": {
                    "model_type": "sam2_hiera_det_model",
                    "hidden_size": self.embed_dim,
                    "num_attention_heads": self.num_heads,
                    "num_channels": self.num_channels,
                    "image_size": [size, size],
                    "blocks_per_stage": list(self.stages),
                    "embed_dim_per_stage": dims,
                    "num_attention_heads_per_stage": [self.num_heads * 2**i for i in range(4)],
                    "window_size_per_stage": list(self.window_spec),
                    "global_attention_blocks": list(self.global_att_blocks),
                    "window_positional_embedding_background_size": list(self.window_pos_embed_bkg_spatial_size),
                },
                "backbone_channel_list": dims[::-1],
                "backbone_feature_sizes": [[size // s, size // s] for s in (4, 8, 16)],
                "fpn_hidden_size": self.d_model,
            },
            prompt_encoder_config={"hidden_size": self.d_model, "image_size": size, "patch_size": 16},
            mask_decoder_config={
                "hidden_size": self.d_model,
                "mlp_dim": self.mlp_dim,
                "num_attention_heads": self.decoder_heads,
                "iou_head_hidden_dim": self.iou_head_hidden_dim,
            },
        )


class InputConfig(_Block):
    """What a multispectral model takes: reflectance or 8-bit planes by band role (see `spectral.py`)."""

    bands: tuple[str, ...]
    optional: tuple[str, ...] = ()


class TerraScopeConfig(_Block):
    """A whole model folder's `config.json`."""

    model_type: Literal["sa2va_chat"]
    vision_config: VisionConfig
    llm_config: LanguageConfig
    template: Literal["qwen_chat"]
    ps_version: Literal["v2"]
    downsample_ratio: Literal[0.5] = 0.5
    select_layer: Literal[-1] = -1
    use_llm_lora: Literal[0] = 0
    use_backbone_lora: Literal[0] = 0
    min_dynamic_patch: Size = 1
    max_dynamic_patch: Size = 12
    grounding_config: GroundingConfig = GroundingConfig()
    input_config: InputConfig | None = None
    name: str = "TerraScope"
    revision: str = ""
    quality: str = ""
    measured_default: bool = False

    @model_validator(mode="after")
    def _fits_together(self) -> TerraScopeConfig:
        if self.vision_config.image_size % (2 * self.vision_config.patch_size):
            raise ValueError("vision_config.image_size is not a multiple of twice the patch size")
        return self

    @property
    def tile_size(self) -> int:
        """Pixels along a side of one ViT tile."""
        return self.vision_config.image_size

    @property
    def tile_tokens(self) -> int:
        """Visual tokens along a side of one tile, after pixel shuffle (16 in the paper)."""
        return self.vision_config.image_size // self.vision_config.patch_size // 2

    @property
    def input_bands(self) -> tuple[str, ...] | None:
        """Band roles the model takes; None: 8-bit RGB."""
        return self.input_config.bands if self.input_config else None


def read_config(folder: Path) -> TerraScopeConfig:
    """Read and validate `folder/config.json`.

    Raises:
        ModelError: there is no readable config, or it describes a model this runtime does not run.
    """
    path = folder / "config.json"
    try:
        if path.stat().st_size > 4_000_000:
            raise ModelError(f"{path} is far too large for a model configuration; fetch the model again.")
        raw = json.loads(path.read_text("utf-8"))
    except OSError:
        raise ModelError(f"There is no model in {folder}: config.json is missing or unreadable.") from None
    except (ValueError, RecursionError):
        raise ModelError(f"{path} is not valid JSON; fetch the model again.") from None
    try:
        return TerraScopeConfig.model_validate(raw)
    except ValidationError as error:
        raise ModelError(f"{path} is not a TerraScope model this runtime runs: {_first(error)}.") from None


def _first(error: ValidationError) -> str:
    """The first thing that is wrong, and where."""
    first = error.errors()[0]
    where = ".".join(str(part)[:80] for part in first["loc"]) or "config"
    return f"{where}: {first['msg']}"
