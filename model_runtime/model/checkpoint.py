"""Model folders in the published layout: safetensors shards in, safetensors out, key names mapped (SPEC 2)."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from ..errors import ModelError
from .config import GroundingConfig, read_config
from .terrascope import TerraScope
from .vocabulary import Vocabulary

# Memory attention and memory encoder run in the released code but never reach a mask (SPEC 2.4): not loaded.
_UNUSED = re.compile(
    r"grounding_encoder\.sam2_model\.(memory_attention|memory_encoder|obj_ptr_proj|mask_downsample|maskmem_tpos_enc|"
    r"no_mem_pos_enc|no_obj_ptr)"
)
_MLP3 = {"0": "proj_in", "1": "layers.0", "2": "proj_out"}
_UPSCALE = {"0": "upscale_conv1", "1": "upscale_layer_norm", "3": "upscale_conv2"}
_MASK_EMBED = {"0": "conv1", "1": "layer_norm1", "3": "conv2", "4": "layer_norm2", "6": "conv3"}

_VISION: list[tuple[str, str | Callable[[re.Match[str]], str]]] = [
    (r"embeddings\.class_embedding", "embeddings.cls_token"),
    (r"embeddings\.position_embedding", "embeddings.position_embeddings"),
    (r"embeddings\.patch_embedding\.", "embeddings.patch_embeddings.projection."),
    (r"encoder\.layers\.", "encoder.layer."),
    (r"\.attn\.proj\.", ".attention.projection_layer."),
    (r"\.attn\.", ".attention."),
    (r"\.norm1\.", ".layernorm_before."),
    (r"\.norm2\.", ".layernorm_after."),
    (r"\.ls([12])$", r".lambda_\1"),
]
_SAM2: list[tuple[str, str | Callable[[re.Match[str]], str]]] = [
    (r"^image_encoder\.trunk\.patch_embed\.proj\.", "vision_encoder.backbone.patch_embed.projection."),
    (r"^image_encoder\.trunk\.", "vision_encoder.backbone."),
    (r"(backbone\.blocks\.\d+)\.norm([12])", r"\1.layer_norm\2"),
    (r"(backbone\.blocks\.\d+\.mlp)\.layers\.0", r"\1.proj_in"),
    (r"(backbone\.blocks\.\d+\.mlp)\.layers\.1", r"\1.proj_out"),
    (r"^image_encoder\.neck\.convs\.(\d)\.conv\.", r"vision_encoder.neck.convs.\1."),
    (r"^sam_prompt_encoder\.mask_downscaling\.(\d)", lambda m: f"prompt_encoder.mask_embed.{_MASK_EMBED[m[1]]}"),
    (r"^sam_prompt_encoder\.", "prompt_encoder."),
    (r"^sam_mask_decoder\.", "mask_decoder."),
    (r"\.out_proj\.", ".o_proj."),
    (r"(transformer\.layers\.\d)\.norm(\d)", r"\1.layer_norm\2"),
    (r"(transformer\.layers\.\d\.mlp)\.layers\.0", r"\1.proj_in"),
    (r"(transformer\.layers\.\d\.mlp)\.layers\.1", r"\1.proj_out"),
    (r"transformer\.norm_final_attn", "transformer.layer_norm_final_attn"),
    (r"output_upscaling\.(\d)", lambda m: _UPSCALE[m[1]]),
    (
        r"(output_hypernetworks_mlps\.\d|iou_prediction_head|pred_obj_score_head)\.layers\.(\d)",
        lambda m: f"{m[1]}.{_MLP3[m[2]]}",
    ),
    (r"^no_mem_embed$", "no_memory_embedding"),
]


def _rewrite(key: str, rules: list[tuple[str, str | Callable[[re.Match[str]], str]]]) -> str:
    for pattern, replacement in rules:
        key = re.sub(pattern, replacement, key)
    return key


def placements(key: str) -> list[tuple[str, Callable[[Tensor], Tensor] | None]]:
    """Where a published tensor goes in our module: (name, part of it or None for all). Empty: not needed.

    Raises:
        ModelError: no part of TerraScope has such a tensor.
    """
    if _UNUSED.match(key):
        return []
    prefix, _, rest = key.partition(".")
    if prefix in ("mlp1", "text_hidden_fcs", "language_model", "spectral_stem"):
        return [(key, None)]
    if prefix == "vision_model":
        name = f"vision_model.{_rewrite(rest, _VISION)}"
        if ".attention.qkv." in name:  # q, k and v are stacked in this order (SPEC 2.2)
            return [
                (name.replace(".qkv.", f".{part}_proj."), lambda whole, i=i: whole.chunk(3)[i])
                for i, part in enumerate("qkv")
            ]
        return [(name, None)]
    if key.startswith("grounding_encoder.sam2_model."):
        rest = key.removeprefix("grounding_encoder.sam2_model.")
        if rest == "sam_prompt_encoder.pe_layer.positional_encoding_gaussian_matrix":
            return [
                ("sam2.shared_image_embedding.positional_embedding", None),
                ("sam2.prompt_encoder.shared_embedding.positional_embedding", None),
            ]
        if point := re.fullmatch(r"sam_prompt_encoder\.point_embeddings\.([0-3])\.weight", rest):
            return [(f"sam2.prompt_encoder.point_embed.weight[{point[1]}]", None)]
        return [(f"sam2.{_rewrite(rest, _SAM2)}", None)]
    raise ModelError(f"The model has a tensor that TerraScope does not know: {key}.")


def load_model(
    folder: Path, device: str = "cpu", *, dtype: torch.dtype | None = None, grounding: GroundingConfig | None = None
) -> TerraScope:
    """Load a model folder. Nothing in it is executed.

    Args:
        folder: config.json, tokenizer.json and one or more .safetensors files in the published layout.
        device: where to put it.
        dtype: None: float32 on a CPU, bfloat16 elsewhere.
        grounding: SAM-2's size, for folders whose config leaves it implied and is not the usual one.

    Raises:
        ModelError: the folder is not a complete TerraScope model.
    """
    folder = Path(folder)
    config = read_config(folder)
    if grounding:
        config = config.model_copy(update={"grounding_config": grounding})
    vocabulary = Vocabulary.read(folder)
    if len(vocabulary) > config.llm_config.vocab_size:
        raise ModelError(f"{folder}: the tokenizer has more entries than the model; the files do not belong together.")
    dtype = dtype or (torch.float32 if device == "cpu" else torch.bfloat16)
    with torch.device("meta"):
        model = TerraScope(config, vocabulary)
    model.to_empty(device=device).to(dtype)
    _restore_computed_buffers(model, device)
    files = _weight_files(folder)
    _fill(model, files)
    model.eval().requires_grad_(False)
    model.identity = {
        "name": config.name,
        "revision": config.revision,
        "sha256": _digest(files),
        "parameters": sum(p.numel() for p in model.parameters()),
        "quality": config.quality,
    }
    return model


def _restore_computed_buffers(model: TerraScope, device: str) -> None:
    """Rotary frequencies are computed, not stored; building on the meta device left them empty."""
    rotary = model.language_model.model.rotary_emb
    model.language_model.model.rotary_emb = type(rotary)(config=model.language_model.config).to(device)


def _weight_files(folder: Path) -> list[Path]:
    index = folder / "model.safetensors.index.json"
    if index.is_file():
        try:
            names = sorted(set(json.loads(index.read_text("utf-8"))["weight_map"].values()))
        except (OSError, ValueError, KeyError, AttributeError):
            raise ModelError(f"{index} is damaged; fetch the model again.") from None
        if any(os.path.basename(name) != name or not name.endswith(".safetensors") for name in names):
            raise ModelError(f"{index} points outside its own folder; do not use this model.")
        files = [folder / name for name in names]
    else:
        files = sorted(folder.glob("*.safetensors"))
    missing = [file.name for file in files if not file.is_file()]
    if missing or not files:
        raise ModelError(f"{folder} has no complete .safetensors weights ({', '.join(missing) or 'none found'}).")
    return files


def _tensors(files: list[Path]) -> Iterator[tuple[str, Tensor]]:
    for file in files:
        try:
            with safe_open(file, framework="pt") as shard:
                for key in shard.keys():  # noqa: SIM118 - not a dict
                    yield key, shard.get_tensor(key)
        except SafetensorError as error:
            raise ModelError(f"{file} is damaged ({error}); fetch the model again.") from None


def _fill(model: TerraScope, files: list[Path]) -> None:
    """Copy every tensor to its place, one at a time; each place must be filled exactly once."""
    state = model.state_dict(keep_vars=True)
    point_rows = state.pop("sam2.prompt_encoder.point_embed.weight")
    places = dict(state) | {
        f"sam2.prompt_encoder.point_embed.weight[{i}]": point_rows.data[i : i + 1] for i in range(len(point_rows))
    }
    for key, tensor in _tensors(files):
        for name, part in placements(key):
            target = places.pop(name, None)
            value = part(tensor) if part else tensor
            if target is None:
                raise ModelError(f"The model's tensor {key} has no place in the network its config describes.")
            if target.shape != value.shape:
                raise ModelError(
                    f"The model's tensor {key} is {tuple(tensor.shape)}, but its config makes it {tuple(target.shape)}."
                )
            with torch.no_grad():
                target.copy_(value)
    if places:
        raise ModelError(f"The model lacks {len(places)} tensors, the first is {min(places)}; fetch it again.")


def _digest(files: list[Path]) -> str:
    """sha256 over the weight files' sha256, in name order."""
    whole = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            whole.update(hashlib.file_digest(stream, "sha256").digest())
    return whole.hexdigest()


def published_state(model: TerraScope) -> dict[str, Tensor]:
    """The network's tensors under their published names (the inverse of `placements`, inference subset)."""
    ours = model.state_dict()
    forward = {name: (key, part) for key in published_names(model) for name, part in placements(key)}
    state: dict[str, Tensor] = {}
    for name, tensor in ours.items():
        if name == "sam2.prompt_encoder.point_embed.weight":
            for i, row in enumerate(tensor):
                state[f"grounding_encoder.sam2_model.sam_prompt_encoder.point_embeddings.{i}.weight"] = row[None]
            continue
        key, part = forward[name]
        if part is None:
            state[key] = tensor
        else:
            stacked = [ours[re.sub(r"\.[qkv]_proj\.", f".{p}_proj.", name)] for p in "qkv"]
            state[key] = torch.cat(stacked)
    return state


def published_names(model: TerraScope) -> list[str]:
    """Published key of every tensor of a network."""
    inverse_vision = [
        (r"embeddings\.cls_token", "embeddings.class_embedding"),
        (r"embeddings\.position_embeddings", "embeddings.position_embedding"),
        (r"embeddings\.patch_embeddings\.projection\.", "embeddings.patch_embedding."),
        (r"encoder\.layer\.", "encoder.layers."),
        (r"\.attention\.projection_layer\.", ".attn.proj."),
        (r"\.attention\.[qkv]_proj\.", ".attn.qkv."),
        (r"\.attention\.", ".attn."),
        (r"\.layernorm_before\.", ".norm1."),
        (r"\.layernorm_after\.", ".norm2."),
        (r"\.lambda_([12])$", r".ls\1"),
    ]
    mlp3 = {ours: number for number, ours in _MLP3.items()}
    upscale = {ours: number for number, ours in _UPSCALE.items()}
    mask_embed = {ours: number for number, ours in _MASK_EMBED.items()}
    inverse_sam2 = [
        (r"^shared_image_embedding\.positional_embedding$|^prompt_encoder\.shared_embedding\.positional_embedding$",
         "sam_prompt_encoder.pe_layer.positional_encoding_gaussian_matrix"),
        (r"^vision_encoder\.backbone\.patch_embed\.projection\.", "image_encoder.trunk.patch_embed.proj."),
        (r"(backbone\.blocks\.\d+)\.layer_norm([12])", r"\1.norm\2"),
        (r"(backbone\.blocks\.\d+\.mlp)\.proj_in", r"\1.layers.0"),
        (r"(backbone\.blocks\.\d+\.mlp)\.proj_out", r"\1.layers.1"),
        (r"^vision_encoder\.backbone\.", "image_encoder.trunk."),
        (r"^vision_encoder\.neck\.convs\.(\d)\.", r"image_encoder.neck.convs.\1.conv."),
        (r"^prompt_encoder\.mask_embed\.(\w+?)\.", lambda m: f"prompt_encoder.mask_downscaling.{mask_embed[m[1]]}."),
        (r"^prompt_encoder\.", "sam_prompt_encoder."),
        (r"^mask_decoder\.", "sam_mask_decoder."),
        (r"\.o_proj\.", ".out_proj."),
        (r"(transformer\.layers\.\d)\.layer_norm(\d)", r"\1.norm\2"),
        (r"(transformer\.layers\.\d\.mlp)\.proj_in", r"\1.layers.0"),
        (r"(transformer\.layers\.\d\.mlp)\.proj_out", r"\1.layers.1"),
        (r"transformer\.layer_norm_final_attn", "transformer.norm_final_attn"),
        (r"(upscale_conv1|upscale_layer_norm|upscale_conv2)", lambda m: f"output_upscaling.{upscale[m[1]]}"),
        (r"(output_hypernetworks_mlps\.\d|iou_prediction_head|pred_obj_score_head)\.(proj_in|layers\.0|proj_out)",
         lambda m: f"{m[1]}.layers.{mlp3[m[2]]}"),
        (r"^no_memory_embedding$", "no_mem_embed"),
    ]  # fmt: skip
    names = []
    for name in model.state_dict():
        prefix, _, rest = name.partition(".")
        if prefix == "vision_model":
            names.append(f"vision_model.{_rewrite(rest, inverse_vision)}")
        elif prefix == "sam2":
            names.append(f"grounding_encoder.sam2_model.{_rewrite(rest, inverse_sam2)}")
        else:
            names.append(name)
    return [name for name in dict.fromkeys(names) if not name.endswith(".point_embed.weight")]


def save_model(model: TerraScope, folder: Path, dtype: torch.dtype = torch.float16) -> None:
    """Write `model.safetensors` in the published layout, under a temporary name first."""
    temporary = folder / ".model.safetensors.part"
    state = {key: value.to(dtype).contiguous().clone() for key, value in published_state(model).items()}
    save_file(state, temporary)
    temporary.replace(folder / "model.safetensors")
