"""Our grounding beside SAM-2's original modules (the package sam2, an extra) on the same random weights.

Features have to be the same to the bit; mask logits and predicted IoUs to within 1e-5 (SPEC 2.4, 2.5, 5.4).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn
from transformers import Sam2Model

from model_runtime.errors import ModelError
from model_runtime.model.checkpoint import load_model
from model_runtime.model.config import GroundingConfig
from model_runtime.model.grounding import build_sam2, decode_levels, encode_levels
from model_runtime.model.key_map import POINT_EMBEDDINGS, SHARED_POSITIONS, placements, published_state
from model_runtime.model_store.conversion import convert, sam2_sizes
from model_runtime.model_store.meta_sam2 import read_meta_sam2
from tests.runtime.model_store.conversion_inputs import write_inputs

PUBLISHED = "grounding_encoder.sam2_model."
CONFIG = "configs/sam2/sam2_hiera_l.yaml"
TOLERANCE = 1e-5

# A small SAM-2 of the same make: 2.0 million parameters, and a small memory. Its global block is not the first of a
# stage: the original cannot do otherwise.
SMALL = GroundingConfig(
    image_size=256, embed_dim=24, num_heads=1, stages=(1, 2, 3, 2), global_att_blocks=(4,), window_spec=(8, 4, 8, 4),
    d_model=64,
)  # fmt: skip
SMALL_MEMORY = (
    "memory_attention.num_layers=1",
    "memory_attention.d_model=64",
    "memory_attention.layer.d_model=64",
    "memory_attention.layer.dim_feedforward=64",
    "memory_attention.layer.self_attention.embedding_dim=64",
    "memory_attention.layer.cross_attention.embedding_dim=64",
    "memory_attention.layer.cross_attention.kv_in_dim=16",
    "memory_encoder.in_dim=64",
    "memory_encoder.out_dim=16",
    "memory_encoder.position_encoding.num_pos_feats=16",
    "memory_encoder.mask_downsampler.embed_dim=64",
    "memory_encoder.fuser.layer.dim=64",
)


@dataclass(frozen=True)
class Masks:
    """What comes of a picture and its prompts."""

    levels: list[Tensor]
    """strides 4, 8 and 16, as the mask decoder takes them: (N, C, ...)."""
    logits: Tensor
    """(N, P, 3, S/4, S/4)."""
    ious: Tensor
    """(N, P, 3)."""


def builder() -> Callable[..., nn.Module]:
    """sam2's own way to build a model. Without sam2 the test is skipped, but fails where all tests have to run."""
    try:
        from sam2.build_sam import build_sam2
    except ImportError as problem:
        if os.environ.get("CI", "").lower() in ("1", "true"):
            raise
        pytest.skip(f"the package sam2 cannot be imported ({problem}); `python3 dev.py test` installs it")
    return build_sam2


def original(config: GroundingConfig, *further: str, weights: Path | None = None, seed: int = 0) -> nn.Module:
    """sam2's own model, built from its own Hiera-L configuration with other sizes.

    Every tensor is random, also those that training begins with zeros or ones: none can be mistaken for another.

    Args:
        config: the sizes.
        further: more settings of sam2's, as hydra writes them.
        weights: a `.pt` that sam2's own loader reads instead.
        seed: of the random numbers.
    """
    trunk = ("embed_dim", "num_heads", "stages", "global_att_blocks", "window_spec")
    sizes = {
        "image_size": config.image_size,
        "image_encoder.neck.d_model": config.d_model,
        "image_encoder.neck.position_encoding.num_pos_feats": config.d_model,
        "image_encoder.neck.backbone_channel_list": [config.embed_dim * 2**i for i in (3, 2, 1, 0)],
        **{f"image_encoder.trunk.{name}": getattr(config, name) for name in trunk},
    }
    settings = [f"{name}={list(value) if isinstance(value, tuple) else value}" for name, value in sizes.items()]
    torch.manual_seed(seed)
    model = builder()(
        CONFIG,
        weights and str(weights),
        device="cpu",
        hydra_overrides_extra=[f"++model.{setting}" for setting in (*settings, *further)],
        apply_postprocessing=False,
    )
    if weights is None:
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.add_(torch.randn_like(parameter), alpha=0.02)
    return model.requires_grad_(False)


def published(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """sam2's tensors under their names in the published checkpoint (SPEC 2.4)."""
    return {f"{PUBLISHED}{name.replace('.gamma', '.g_weight')}": tensor for name, tensor in state.items()}


def ours(state: dict[str, Tensor], config: GroundingConfig) -> Sam2Model:
    """Our network, filled from published tensors through the key map; each is used, and each place filled, once."""
    filled: dict[str, Tensor] = {}
    points: dict[int, Tensor] = {}
    for key, tensor in state.items():
        for place in placements(key):
            target, slot = (filled, place.name) if place.row is None else (points, place.row)
            assert slot not in target
            target[slot] = tensor
    filled[POINT_EMBEDDINGS] = torch.cat([points[row] for row in range(4)])
    filled[SHARED_POSITIONS] = filled["sam2.shared_image_embedding.positional_embedding"]
    with torch.device("meta"):
        sam2 = build_sam2(config)
    sam2.load_state_dict({name.removeprefix("sam2."): tensor for name, tensor in filled.items()}, assign=True)
    return sam2.eval()


@torch.inference_mode()
def masks_of_original(model: nn.Module, pixels: Tensor, prompts: Tensor) -> Masks:
    """The path that SPEC 5.4 describes, through sam2's own code; only the language prompt is put in by hand."""
    features = model.forward_image(pixels)
    _, flat, positions, sizes = model._prepare_backbone_features(features)
    coarse = model._prepare_memory_conditioned_features(
        frame_idx=0,
        is_init_cond_frame=True,
        current_vision_feats=flat[-1:],
        current_vision_pos_embeds=positions[-1:],
        feat_sizes=sizes[-1:],
        output_dict={},
        num_frames=1,
    )
    levels = [*features["backbone_fpn"][:2], coarse]
    n = len(pixels)
    no_click = (torch.zeros(n, 1, 2), -torch.ones(n, 1, dtype=torch.int32))
    sparse, dense = model.sam_prompt_encoder(points=no_click, boxes=None, masks=None)
    decoded = [
        model.sam_mask_decoder(
            image_embeddings=coarse,
            image_pe=model.sam_prompt_encoder.get_dense_pe(),
            sparse_prompt_embeddings=torch.cat([sparse, prompt[:, None]], 1),
            dense_prompt_embeddings=dense,
            multimask_output=True,
            repeat_image=False,
            high_res_features=levels[:2],
        )[:2]
        for prompt in prompts.unbind(1)
    ]
    return Masks(levels, *(torch.stack(parts, 1) for parts in zip(*decoded, strict=True)))


@torch.inference_mode()
def masks_of_ours(sam2: Sam2Model, pixels: Tensor, prompts: Tensor) -> Masks:
    levels = encode_levels(sam2, pixels)
    return Masks(levels, *decode_levels(sam2, levels, prompts))


def assert_same(theirs: Masks, ours: Masks) -> None:
    """Features to the bit, logits and IoUs within the tolerance; and that these say something."""
    assert len(theirs.levels) == len(ours.levels) == 3
    for wanted, got in zip(theirs.levels, ours.levels, strict=True):
        assert wanted.std() > 0.01
        assert torch.equal(wanted, got), f"the largest difference is {(wanted - got).abs().max():.2e}"
    assert theirs.logits.std() > 0.05
    assert ours.logits.shape == theirs.logits.shape
    torch.testing.assert_close(ours.logits, theirs.logits, atol=TOLERANCE, rtol=0)
    torch.testing.assert_close(ours.ious, theirs.ious, atol=TOLERANCE, rtol=0)


def inputs(config: GroundingConfig, images: int, prompts: int) -> tuple[Tensor, Tensor]:
    """Random pictures (N, 3, S, S) and prompts (N, P, d_model)."""
    made = torch.Generator().manual_seed(7)
    side = config.image_size
    return (
        torch.randn(images, 3, side, side, generator=made),
        torch.randn(images, prompts, config.d_model, generator=made),
    )


@pytest.mark.parametrize(
    "windows", [(8, 4, 8, 4), (8, 4, 14, 7)], ids=["windows that fit", "windows that need padding"]
)
def test_features_are_identical_and_masks_within_tolerance(windows: tuple[int, int, int, int]) -> None:
    config = SMALL.model_copy(update={"window_spec": windows})
    model = original(config, *SMALL_MEMORY)
    pixels, prompts = inputs(config, 2, 3)
    theirs = masks_of_original(model, pixels, prompts)
    assert_same(theirs, masks_of_ours(ours(published(model.state_dict()), config), pixels, prompts))


@pytest.mark.slow
def test_the_same_holds_at_the_size_of_hiera_l() -> None:
    """All 224 million parameters, on a small picture."""
    config = GroundingConfig(image_size=256)
    model = original(config)
    assert sum(parameter.numel() for parameter in model.parameters()) == 224_430_130  # sam2_hiera_large.pt
    pixels, prompts = inputs(config, 1, 2)
    theirs = masks_of_original(model, pixels, prompts)
    assert_same(theirs, masks_of_ours(ours(published(model.state_dict()), config), pixels, prompts))


def test_every_tensor_has_one_name_and_keeps_its_value() -> None:
    """From sam2's names to ours and back; what gives no mask is left out, and nothing else."""
    state = published(original(SMALL, *SMALL_MEMORY).state_dict())
    network = {f"sam2.{name}": tensor for name, tensor in ours(state, SMALL).state_dict().items()}
    back = published_state(network)
    memory = ("memory_", "maskmem_", "mask_downsample", "obj_ptr_proj", "no_obj_ptr", "no_mem_pos_enc")
    left_out = {name.removeprefix(PUBLISHED) for name in state.keys() - back.keys()}
    assert left_out
    assert all(name.startswith(memory) for name in left_out)
    assert back.keys() <= state.keys()
    assert all(torch.equal(back[name], state[name]) for name in back)


def test_a_file_as_meta_publishes_it_gives_the_same_masks_when_converted(tmp_path: Path) -> None:
    """One `.pt`, read by sam2's own loader, which wants every tensor, and by `models convert` and our loader."""
    write_inputs(tmp_path)
    path, sizes = tmp_path / "sam2_hiera_small.pt", tmp_path / "small.json"
    torch.save({"model": original(SMALL, *SMALL_MEMORY, seed=1).state_dict()}, path)
    theirs = original(SMALL, *SMALL_MEMORY, weights=path, seed=2)
    assert read_meta_sam2(path).keys() == published(theirs.state_dict()).keys()

    sizes.write_text(SMALL.model_dump_json(), "utf-8")
    convert(
        path, tmp_path / "internvl", tmp_path / "made", seed=0, sizes=sizes,
        progress=lambda fraction: None, cancelled=lambda: False,
    )  # fmt: skip
    converted = load_model(tmp_path / "made").grounding
    assert converted.config == SMALL
    pixels, prompts = inputs(SMALL, 1, 2)
    assert_same(masks_of_original(theirs, pixels, prompts), masks_of_ours(converted.sam2, pixels, prompts))


@pytest.mark.parametrize("name", ["t", "s", "b+", "l"])
def test_metas_four_sizes_are_built_as_sam2_builds_them(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What no tensor's shape tells: which blocks look at everything, the others' windows, the heads."""
    build, linspace = builder(), torch.linspace
    monkeypatch.setattr(torch, "linspace", partial(linspace, device="cpu"))  # whose numbers are read while it is built
    with torch.device("meta"):
        theirs = build(f"configs/sam2/sam2_hiera_{name}.yaml", device="meta", apply_postprocessing=False)
        shapes = {key: tuple(tensor.shape) for key, tensor in published(theirs.state_dict()).items()}
        sam2 = build_sam2(sam2_sizes(shapes, f"sam2_hiera_{name}.pt"))
    wanted = [(b.window_size, b.attn.num_heads, b.dim, b.dim_out) for b in theirs.image_encoder.trunk.blocks]
    blocks = sam2.vision_encoder.backbone.blocks
    assert [(b.window_size, b.attn.num_attention_heads, b.dim, b.dim_out) for b in blocks] == wanted
    needed = {place.name: shapes[key] for key in shapes for place in placements(key) if place.row is None}
    network = {f"sam2.{key}": tuple(tensor.shape) for key, tensor in sam2.state_dict().items()}
    assert network.keys() - needed.keys() == {POINT_EMBEDDINGS, SHARED_POSITIONS}
    assert needed.items() <= network.items()


def test_sam2s_own_2_1_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sam2.1_hiera_small.pt"
    extra = ("no_obj_embed_spatial=true", "add_tpos_enc_to_obj_ptrs=true", "proj_tpos_enc_in_obj_ptrs=true")
    torch.save({"model": original(SMALL, *SMALL_MEMORY, *extra).state_dict()}, path)
    with pytest.raises(ModelError, match=r"is SAM 2\.1"):
        read_meta_sam2(path)
