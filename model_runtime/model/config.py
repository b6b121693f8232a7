"""`config.json` of a model folder, read through our own validated schema (SPEC section 1).

The published keys are read as they are. Three blocks are ours: `grounding_config` (the SAM-2 that the published
files leave implied: Hiera-L at 1024), `input_config` (the bands a model takes; absent: 8-bit RGB) and
`confidence_config` (what its scores of masks are worth).
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from ..errors import ModelError
from ..protocol import ClassQuality, HeldOut
from .json_file import read_json

if TYPE_CHECKING:  # reading a config must not wait for torch: `build` imports what it makes
    from transformers import InternVLVisionConfig, Qwen2Config, Sam2Config

# Limits a few times above the largest models of these families: a network is not even drawn up beyond them.
Size = Annotated[int, Field(strict=True, ge=1, le=32768)]
Layers = Annotated[int, Field(strict=True, ge=1, le=256)]
Pixels = Annotated[int, Field(strict=True, ge=1, le=4096)]
Epsilon = Annotated[float, Field(gt=0, le=0.1)]
Share = Annotated[float, Field(ge=0, le=1)]
Weight = Annotated[float, Field(ge=0, le=100)]
_LARGEST = 4_000_000

# index plane: its two bands, (a - b) / (a + b)
INDICES = {"ndvi": ("nir", "red"), "ndwi": ("green", "nir"), "ndsi": ("green", "swir1"), "ndbi": ("swir1", "nir")}
# Bands of a radar image: their values are backscatter, 0 to 1 over `scene.values.DB_RANGE`.
RADAR_BANDS = ("vv", "vh", "hh", "hv")


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("it is not one line of readable text")
    return text


Line = Annotated[str, Field(max_length=500), AfterValidator(_printable)]


class _Block(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


class VisionConfig(_Block):
    """InternViT, in the published keys."""

    hidden_size: Size
    intermediate_size: Size
    num_hidden_layers: Layers
    num_attention_heads: Size
    num_channels: Annotated[int, Field(strict=True, ge=1, le=256)] = 3
    patch_size: Pixels
    image_size: Pixels
    layer_norm_eps: Epsilon = 1e-6
    hidden_act: Literal["gelu"] = "gelu"
    norm_type: Literal["layer_norm", "rms_norm"] = "layer_norm"
    qkv_bias: bool = True
    qk_normalization: bool = False
    initializer_factor: float = 0.1

    @model_validator(mode="after")
    def _fits_together(self) -> VisionConfig:
        if self.hidden_size % self.num_attention_heads:
            raise ValueError("hidden_size is not a multiple of num_attention_heads")
        if self.image_size % (2 * self.patch_size):
            raise ValueError("image_size is not a multiple of twice the patch_size")
        return self

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


class RopeScaling(_Block):
    """How positions are stretched beyond the trained length; "type" is the older spelling of "rope_type"."""

    rope_type: Literal["dynamic", "default"] = "default"
    type: Literal["dynamic", "default"] = "default"


class LanguageConfig(_Block):
    """Qwen2, in the published keys."""

    model_type: Literal["qwen2"] = "qwen2"
    architectures: tuple[Literal["Qwen2ForCausalLM"]] | None = None
    vocab_size: Annotated[int, Field(strict=True, ge=1, le=1_000_000)]
    hidden_size: Size
    intermediate_size: Annotated[int, Field(strict=True, ge=1, le=262144)]
    num_hidden_layers: Layers
    num_attention_heads: Size
    num_key_value_heads: Size
    max_position_embeddings: Annotated[int, Field(strict=True, ge=1, le=10_000_000)] = 32768
    rms_norm_eps: Epsilon = 1e-6
    rope_theta: Annotated[float, Field(gt=1, le=1e12)] = 1_000_000.0
    rope_scaling: RopeScaling | None = None
    use_sliding_window: Literal[False] = False
    tie_word_embeddings: Literal[False] = False
    hidden_act: Literal["silu"] = "silu"

    @model_validator(mode="after")
    def _fits_together(self) -> LanguageConfig:
        if self.hidden_size % (2 * self.num_attention_heads):
            raise ValueError("hidden_size is not a multiple of twice num_attention_heads")
        if self.num_attention_heads % self.num_key_value_heads:
            raise ValueError("num_attention_heads is not a multiple of num_key_value_heads")
        return self

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
    coarsenings: Annotated[int, Field(strict=True, ge=1, le=8)] = Field(
        5, description="how often pixels are halved: local means and spreads reach over 2 to 2**coarsenings pixels"
    )


class GroundingConfig(_Block):
    """SAM-2: the defaults are SAM 2.0 Hiera-L at 1024 pixels (SPEC 1)."""

    image_size: Pixels = 1024
    num_channels: Annotated[int, Field(strict=True, ge=1, le=256)] = 3
    embed_dim: Annotated[int, Field(strict=True, ge=1, le=4096)] = 144
    num_heads: Size = 2
    stages: tuple[Layers, Layers, Layers, Layers] = (2, 6, 36, 4)
    global_att_blocks: Annotated[
        tuple[Annotated[int, Field(strict=True, ge=0, le=1024)], ...], Field(max_length=64)
    ] = (23, 33, 43)
    window_pos_embed_bkg_spatial_size: tuple[Pixels, Pixels] = (7, 7)
    window_spec: tuple[Pixels, Pixels, Pixels, Pixels] = (8, 4, 16, 8)
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

    @model_validator(mode="after")
    def _fits_together(self) -> GroundingConfig:
        if self.embed_dim % self.num_heads:
            raise ValueError("embed_dim is not a multiple of num_heads")
        if self.d_model % 8 or self.d_model % (2 * self.decoder_heads):
            raise ValueError("d_model is not a multiple of 8 and of twice decoder_heads")
        if self.image_size % 32 or self.image_size % (4 * self.window_spec[0]):
            raise ValueError("image_size is not a multiple of 32 and of four times the first window_spec")
        if any(window % 2 for window in self.window_spec[:3]):
            raise ValueError("window_spec has an odd window before a stage that halves it")
        firsts = {sum(self.stages[:i]) for i in (1, 2, 3)}
        if any(block in firsts or block >= sum(self.stages) for block in self.global_att_blocks):
            raise ValueError("global_att_blocks has the first block of a stage, or one that does not exist")
        return self

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
    """What a multispectral model takes: planes by band role (see `spectral.py`)."""

    bands: Annotated[tuple[Line, ...], Field(max_length=64)]
    optional: Annotated[tuple[Line, ...], Field(max_length=64)] = ()
    pixel_size: bool = Field(False, description="whether the model is told how large a pixel is on the ground")

    @model_validator(mode="after")
    def _fits_together(self) -> InputConfig:
        if len(set(self.bands)) != len(self.bands) or len(set(self.optional)) != len(self.optional):
            raise ValueError("a band stands twice")
        if not set(self.optional) <= set(self.bands):
            raise ValueError("optional has a band that is not one of bands")
        if missing := {band for pair in INDICES.values() for band in pair} - set(self.bands):
            raise ValueError(f"bands lacks {min(missing)}, which the index planes are made of")
        return self

    @property
    def plane_names(self) -> tuple[str, ...]:
        """Channels of the network's input: bands, indices, one presence flag per optional band, one for reflectance.

        Last, where the model is told, the size of a pixel.
        """
        size = ("pixel size",) if self.pixel_size else ()
        return (*self.bands, *INDICES, *(f"has {band}" for band in self.optional), "reflectance", *size)

    @property
    def plane_count(self) -> int:
        """How many channels the network's input has."""
        return len(self.plane_names)


class TaughtConfig(_Block):
    """What a model that `train finetune` made was taught, and the model whose weights its own stand beside."""

    base: Line = Field(description="id of the base, or the path of its folder")
    base_name: Line
    base_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="of the base, as its reports say it")]
    classes: Annotated[tuple[Line, ...], Field(max_length=64, description="phrases, in the order they were taught")]
    held_out: HeldOut | None = None


Curve = Annotated[
    tuple[tuple[Annotated[float, Field(ge=-100, le=100)], Share], ...], Field(min_length=1, max_length=64)
]


class ConfidenceConfig(_Block):
    """What the signs of a mask were worth where the truth was known (`train calibrate`)."""

    weights: tuple[Weight, Weight, Weight] = Field(
        description="of predicted IoU, probability inside and margin: their sum and the bias go through the knots"
    )
    bias: Annotated[float, Field(ge=-100, le=100)]
    knots: Curve = Field(description="that sum, and the mean IoU of masks with it; both rise")
    empty_knots: Curve = Field(description="predicted IoU of an empty mask, and how often it was right; both rise")
    calibrated_on: Line = ""

    @model_validator(mode="after")
    def _rises(self) -> ConfidenceConfig:
        for curve in (self.knots, self.empty_knots):
            if any(x1 <= x0 or y1 < y0 for (x0, y0), (x1, y1) in pairwise(curve)):
                raise ValueError("the knots do not rise")
        return self

    def raw(self, predicted_iou: float, probability: float, margin: float) -> float:
        """The weighted sum of the signs."""
        signs = (predicted_iou, probability, margin)
        return self.bias + sum(weight * sign for weight, sign in zip(self.weights, signs, strict=True))


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
    tie_word_embeddings: Literal[False] = False
    force_image_size: Pixels | None = None
    min_dynamic_patch: Annotated[int, Field(strict=True, ge=1, le=64)] = 1
    max_dynamic_patch: Annotated[int, Field(strict=True, ge=1, le=64)] = 12
    grounding_config: GroundingConfig = GroundingConfig()
    input_config: InputConfig | None = None
    name: Line = "TerraScope"
    revision: Line = ""
    quality: Line = ""
    class_quality: Annotated[
        dict[Line, Annotated[dict[Line, ClassQuality], Field(max_length=256)]], Field(max_length=16)
    ] = Field({}, description="by input set (rgb, rgb+nir, rgb+nir+swir, rgb+nir+swir+sar, sar) and class")
    measured_default: bool = False
    confidence_config: ConfidenceConfig | None = Field(
        None, description="None: a mask's score is the IoU that the mask decoder predicts, which nobody has checked"
    )
    multi_turn: bool | None = Field(
        None, description="whether it was trained on conversations; None: as the published model, of 8-bit RGB"
    )
    taught: TaughtConfig | None = Field(None, description="None: the folder has all the weights")

    @model_validator(mode="after")
    def _fits_together(self) -> TerraScopeConfig:
        vision, grounding, bands = self.vision_config, self.grounding_config, self.input_config
        if self.force_image_size not in (None, vision.image_size):
            raise ValueError("force_image_size is not vision_config.image_size")
        if self.min_dynamic_patch > self.max_dynamic_patch:
            raise ValueError("min_dynamic_patch is larger than max_dynamic_patch")
        channels = bands.plane_count if bands else 3
        if vision.num_channels != channels:
            raise ValueError(f"vision_config.num_channels is not the {channels} that the input has")
        if grounding.num_channels != (channels if grounding.view == "windows" else 3):
            raise ValueError("grounding_config.num_channels is not what the input has")
        if not bands and (grounding.view == "windows" or grounding.spectral_stem):
            raise ValueError("grounding_config needs bands, but there is no input_config")
        return self

    @property
    def takes_turns(self) -> bool:
        """Whether earlier turns may stand in the prompt. The released model takes them (SPEC 4: `past_text`)."""
        return self.input_config is None if self.multi_turn is None else self.multi_turn

    @property
    def tile_limits(self) -> tuple[int, int]:
        """Fewest and most tiles of an image. The released code has its own, whatever its configs say (SPEC 1)."""
        return (self.min_dynamic_patch, self.max_dynamic_patch) if self.input_config else (1, 12)

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
        raw = read_json(path, _LARGEST)
    except FileNotFoundError:
        raise ModelError(f"There is no model in {folder}: config.json is missing or unreadable.") from None
    return validated(raw, path)


def validated(raw: object, path: Path) -> TerraScopeConfig:
    """The parsed content of a `config.json`.

    Raises:
        ModelError: it describes a model this runtime does not run; the sentence names `path`.
    """
    try:
        return TerraScopeConfig.model_validate(raw)
    except ValidationError as error:
        raise ModelError(f"{path} is not a TerraScope model this runtime runs: {_first(error)}.") from None


# What to say beside pydantic's words, where they alone do not help.
_WHY = {
    "ps_version": "older files shuffle pixels in another order",
    "use_llm_lora": "merge the LoRA weights before exporting the model",
    "use_backbone_lora": "merge the LoRA weights before exporting the model",
    "template": "only Qwen's chat template is spoken here",
    "tie_word_embeddings": "lm_head must be a tensor of its own",
    "rope_scaling": "positions scaled in another way would shift every word",
    "use_sliding_window": "attention must see the whole context",
}


def _first(error: ValidationError) -> str:
    """The first thing that is wrong, and where."""
    first = error.errors(include_url=False, include_input=False)[0]
    where = [str(part)[:80] for part in first["loc"]]
    why = next((f" ({_WHY[part]})" for part in where if part in _WHY), "")
    return f"{'.'.join(where) or 'config'}: {first['msg'].removeprefix('Value error, ')}{why}"
