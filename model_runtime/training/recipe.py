"""terrascope-nano: its size, its data and its schedule, read like a table."""

from __future__ import annotations

from dataclasses import dataclass, replace

NANO_CONFIG = {
    "model_type": "sa2va_chat",
    "architectures": ["Sa2VAChatModel"],
    "name": "terrascope-nano",
    "template": "qwen_chat",
    "ps_version": "v2",
    "downsample_ratio": 0.5,
    "select_layer": -1,
    "use_llm_lora": 0,
    "use_backbone_lora": 0,
    "tie_word_embeddings": False,
    "min_dynamic_patch": 1,
    # At most 2 x 2 tiles and the thumbnail: 320 visual tokens keep a laptop's prefill under a second.
    "max_dynamic_patch": 4,
    "use_thumbnail": True,
    "dynamic_image_size": True,
    "force_image_size": 256,
    "measured_default": True,
    "vision_config": {
        "model_type": "intern_vit_6b",
        "hidden_size": 160,
        "intermediate_size": 448,
        "num_hidden_layers": 4,
        "num_attention_heads": 4,
        "num_channels": 22,
        "patch_size": 16,
        "image_size": 256,
        "norm_type": "layer_norm",
        "qkv_bias": True,
        "qk_normalization": False,
        "layer_norm_eps": 1e-6,
        "initializer_factor": 1.0,
    },
    "llm_config": {
        "model_type": "qwen2",
        "architectures": ["Qwen2ForCausalLM"],
        "hidden_size": 192,
        "intermediate_size": 512,
        "num_hidden_layers": 4,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "max_position_embeddings": 4096,
        "rms_norm_eps": 1e-6,
        "rope_theta": 10000.0,
        "vocab_size": 0,
    },
    "grounding_config": {
        "image_size": 256,
        "num_channels": 22,
        "embed_dim": 32,
        "num_heads": 1,
        "stages": [1, 2, 4, 1],
        "global_att_blocks": [5],
        "window_pos_embed_bkg_spatial_size": [8, 8],
        "window_spec": [8, 4, 8, 4],
        "d_model": 64,
        "mlp_dim": 256,
        "decoder_heads": 4,
        "iou_head_hidden_dim": 64,
        "view": "windows",
        "spectral_stem": {"width": 64, "features": 24},
    },
    "input_config": {
        "bands": ["red", "green", "blue", "nir", "swir1", "swir2", "vv", "vh"],
        "optional": ["red", "green", "blue", "nir", "swir1", "swir2", "vv", "vh"],
        "pixel_size": True,
    },
}


@dataclass(frozen=True)
class Recipe:
    """How nano is trained; times are wall-clock budgets, the schedule follows their share used."""

    seed: int = 1
    places: int = 2600
    first_scene_seed: int = 1_000_000
    held_out_seed: int = 9_000_000
    vocabulary: int = 2048
    real_share: float = 0.2
    # Of the looks at real places, how many come from each source; what is not there is passed over.
    real_odds: tuple[tuple[str, float], ...] = (
        ("amazon", 0.3), ("zion", 0.25), ("terramesh", 0.2), ("bigearthnet", 0.15), ("eurosat", 0.05),
        ("chiapas", 0.05),
    )  # fmt: skip
    stage1_batch: int = 8
    # Of the looks at places that have radar: through radar alone, through both sensors; and of the latter, those that
    # see the mean of both.
    radar_share: float = 0.2
    both_share: float = 0.3
    mean_share: float = 0.25
    stage1_prompts: int = 4
    stage1_learning_rate: float = 1e-3
    stem_learning_rate: float = 3e-3
    prompt_noise: float = 0.1
    # Batches whose prompts have points beside them, and how many points at most inside and outside each region.
    clicked_share: float = 0.35
    most_clicks: int = 4
    # From this share of stage 1 on, how much of the chip a mask covers counts too: Dice alone claims too much.
    coverage_from: float = 0.7
    coverage_weight: float = 4.0
    stage2_scenes: int = 4
    stage2_questions: int = 8
    # In the first and in the second half: batches without images, and batches of images cut into several tiles.
    text_share: tuple[float, float] = (0.6, 0.15)
    tiled_share: tuple[float, float] = (0.12, 0.35)
    text_questions: int = 96
    # Of the places, how many have the tokens that enter chosen by masks which the mask branch draws, at the end of
    # stage 2; the share grows from 0.
    own_mask_share: float = 0.5
    # Images that a batch shows at most, those of a cut image counted one by one.
    stage2_images: int = 8
    stage2_learning_rate: float = 2e-3
    plain_share: float = 0.2
    weight_decay: float = 0.02
    warm_up: float = 0.03


RECIPE = Recipe()
"""on two cores"""
GPU_RECIPE = replace(
    RECIPE,
    stage1_batch=64,
    stage1_learning_rate=2e-3,
    stem_learning_rate=4e-3,
    stage2_scenes=16,
    stage2_images=48,
    text_questions=384,
    stage2_learning_rate=2.5e-3,
    text_share=(0.45, 0.15),
)
"""on a GPU: what differs, for runs that begin with weights: rates grow by less than the square root of the batch, and
reading figures has been learnt before."""
WORKER_SEEDS = 7919
"""from the seed of one process that makes batches to that of the next"""
