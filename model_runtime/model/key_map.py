"""Published tensor names and ours, one table for both directions (SPEC 2.2 to 2.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass

import torch
from torch import Tensor

from ..errors import ModelError

_SAM2 = "grounding_encoder.sam2_model."
# Memory attention and memory encoder run in the released code but never reach a mask (SPEC 2.4): not loaded.
_UNUSED = re.compile(
    rf"{re.escape(_SAM2)}(memory_attention|memory_encoder|obj_ptr_proj|mask_downsample|maskmem_tpos_enc|"
    r"no_mem_pos_enc|no_obj_ptr)"
)
_ATTENTIONS = (
    "layers.#.self_attn", "layers.#.cross_attn_token_to_image", "layers.#.cross_attn_image_to_token",
    "final_attn_token_to_image",
)  # fmt: skip
_HEADS = ("output_hypernetworks_mlps.#", "iou_prediction_head", "pred_obj_score_head")

# (beginning of a published name, beginning of ours); # is a number. The first that fits is used, the rest of the name
# is kept.
_TABLE: tuple[tuple[str, str], ...] = (
    ("vision_model.embeddings.class_embedding", "vision_model.embeddings.cls_token"),
    ("vision_model.embeddings.position_embedding", "vision_model.embeddings.position_embeddings"),
    ("vision_model.embeddings.patch_embedding.", "vision_model.embeddings.patch_embeddings.projection."),
    ("vision_model.encoder.layers.#.attn.proj.", "vision_model.encoder.layer.#.attention.projection_layer."),
    ("vision_model.encoder.layers.#.attn.", "vision_model.encoder.layer.#.attention."),
    ("vision_model.encoder.layers.#.norm1.", "vision_model.encoder.layer.#.layernorm_before."),
    ("vision_model.encoder.layers.#.norm2.", "vision_model.encoder.layer.#.layernorm_after."),
    ("vision_model.encoder.layers.#.ls", "vision_model.encoder.layer.#.lambda_"),
    ("vision_model.encoder.layers.#.", "vision_model.encoder.layer.#."),
    (f"{_SAM2}image_encoder.trunk.patch_embed.proj.", "sam2.vision_encoder.backbone.patch_embed.projection."),
    (f"{_SAM2}image_encoder.trunk.blocks.#.norm", "sam2.vision_encoder.backbone.blocks.#.layer_norm"),
    (f"{_SAM2}image_encoder.trunk.blocks.#.mlp.layers.0.", "sam2.vision_encoder.backbone.blocks.#.mlp.proj_in."),
    (f"{_SAM2}image_encoder.trunk.blocks.#.mlp.layers.1.", "sam2.vision_encoder.backbone.blocks.#.mlp.proj_out."),
    (f"{_SAM2}image_encoder.trunk.", "sam2.vision_encoder.backbone."),
    (f"{_SAM2}image_encoder.neck.convs.#.conv.", "sam2.vision_encoder.neck.convs.#."),
    (
        f"{_SAM2}sam_prompt_encoder.pe_layer.positional_encoding_gaussian_matrix",
        "sam2.shared_image_embedding.positional_embedding",
    ),
    (f"{_SAM2}sam_prompt_encoder.mask_downscaling.0.", "sam2.prompt_encoder.mask_embed.conv1."),
    (f"{_SAM2}sam_prompt_encoder.mask_downscaling.1.", "sam2.prompt_encoder.mask_embed.layer_norm1."),
    (f"{_SAM2}sam_prompt_encoder.mask_downscaling.3.", "sam2.prompt_encoder.mask_embed.conv2."),
    (f"{_SAM2}sam_prompt_encoder.mask_downscaling.4.", "sam2.prompt_encoder.mask_embed.layer_norm2."),
    (f"{_SAM2}sam_prompt_encoder.mask_downscaling.6.", "sam2.prompt_encoder.mask_embed.conv3."),
    (f"{_SAM2}sam_prompt_encoder.", "sam2.prompt_encoder."),
    *(
        (f"{_SAM2}sam_mask_decoder.transformer.{name}.out_proj.", f"sam2.mask_decoder.transformer.{name}.o_proj.")
        for name in _ATTENTIONS
    ),
    (f"{_SAM2}sam_mask_decoder.transformer.layers.#.norm", "sam2.mask_decoder.transformer.layers.#.layer_norm"),
    *(
        (
            f"{_SAM2}sam_mask_decoder.transformer.layers.#.mlp.layers.{theirs}.",
            f"sam2.mask_decoder.transformer.layers.#.mlp.{ours}.",
        )
        for theirs, ours in (("0", "proj_in"), ("1", "proj_out"))
    ),
    (f"{_SAM2}sam_mask_decoder.transformer.norm_final_attn.", "sam2.mask_decoder.transformer.layer_norm_final_attn."),
    (f"{_SAM2}sam_mask_decoder.output_upscaling.0.", "sam2.mask_decoder.upscale_conv1."),
    (f"{_SAM2}sam_mask_decoder.output_upscaling.1.", "sam2.mask_decoder.upscale_layer_norm."),
    (f"{_SAM2}sam_mask_decoder.output_upscaling.3.", "sam2.mask_decoder.upscale_conv2."),
    *(
        (f"{_SAM2}sam_mask_decoder.{name}.layers.{theirs}.", f"sam2.mask_decoder.{name}.{ours}.")
        for name in _HEADS
        for theirs, ours in (("0", "proj_in"), ("1", "layers.0"), ("2", "proj_out"))
    ),
    (f"{_SAM2}sam_mask_decoder.", "sam2.mask_decoder."),
    (f"{_SAM2}no_mem_embed", "sam2.no_memory_embedding"),
    *((prefix, prefix) for prefix in ("mlp1.", "text_hidden_fcs.", "language_model.", "spectral_stem.")),
)  # fmt: skip


def _compile(columns: list[tuple[str, str]]) -> list[tuple[re.Pattern[str], str]]:
    compiled = []
    for pattern, replacement in columns:
        numbers = iter(range(1, 9))
        compiled.append(
            (
                re.compile(re.escape(pattern).replace(r"\#", r"(\d+)")),
                re.sub("#", lambda _: rf"\g<{next(numbers)}>", replacement),  # noqa: B023 - used at once
            )
        )
    return compiled


_TO_OURS = _compile(list(_TABLE))
_TO_PUBLISHED = _compile([(ours, theirs) for theirs, ours in _TABLE])
# SAM-2's four point embeddings are one tensor in ours.
_POINT = re.compile(re.escape(f"{_SAM2}sam_prompt_encoder.point_embeddings.") + r"(\d)\.weight")
POINT_EMBEDDINGS = "sam2.prompt_encoder.point_embed.weight"
# The positional matrix has a second name in our network, where prompts share it with images.
SHARED_POSITIONS = "sam2.prompt_encoder.shared_embedding.positional_embedding"


def _translate(name: str, rules: list[tuple[re.Pattern[str], str]]) -> str | None:
    for pattern, replacement in rules:
        if found := pattern.match(name):
            return found.expand(replacement) + name[found.end() :]
    return None


@dataclass(frozen=True)
class Place:
    """Where a published tensor, or a part of it, goes in our network."""

    name: str
    third: int | None = None
    """which third of the published tensor it is; None: all of it"""
    row: int | None = None
    """the row of ours that it fills; None: all of it"""


def placements(key: str) -> list[Place]:
    """Where a published tensor goes in our network. Empty: not needed.

    Raises:
        ModelError: no part of TerraScope has such a tensor.
    """
    if _UNUSED.match(key):
        return []
    if point := _POINT.fullmatch(key):
        return [Place(POINT_EMBEDDINGS, row=int(point[1]))]
    name = _translate(key, _TO_OURS)
    if name is None:
        raise ModelError(f"The model has a tensor that TerraScope does not know: {ascii(key[:200])}.")
    if ".attention.qkv." in name:  # q, k and v are stacked in this order (SPEC 2.2)
        return [Place(name.replace(".qkv.", f".{part}_proj."), third=i) for i, part in enumerate("qkv")]
    return [Place(name)]


def published_state(ours: dict[str, Tensor]) -> dict[str, Tensor]:
    """A network's tensors under their published names: the inverse of `placements`, without the memory modules."""
    state: dict[str, Tensor] = {}
    for name, tensor in ours.items():
        if name == POINT_EMBEDDINGS:
            for i, row in enumerate(tensor):
                state[f"{_SAM2}sam_prompt_encoder.point_embeddings.{i}.weight"] = row[None]
        elif part := re.search(r"\.attention\.([qkv])_proj\.", name):
            if part[1] == "q":
                stacked = [ours[name.replace(".q_proj.", f".{p}_proj.")] for p in "qkv"]
                state[_translate(name.replace(".q_proj.", ".qkv."), _TO_PUBLISHED)] = torch.cat(stacked)
        elif name != SHARED_POSITIONS:
            state[_translate(name, _TO_PUBLISHED)] = tensor
    return state
