"""What is read of the published 8B model's `config.json` (SPEC 1). It does not name its SAM-2, which is Hiera-L.

And the same of a model in between, of which there is none: ViT and SAM-2 of the 8B with the decoder of Qwen2.5-0.5B.
"""

from __future__ import annotations

PARAMETERS_8B = 8_182_649_394
PUBLISHED_8B = {
    "model_type": "sa2va_chat",
    "architectures": ["Sa2VAChatModel"],
    "template": "qwen_chat",
    "ps_version": "v2",
    "downsample_ratio": 0.5,
    "select_layer": -1,
    "use_llm_lora": 0,
    "use_backbone_lora": 0,
    "tie_word_embeddings": False,
    "force_image_size": 448,
    "dynamic_image_size": True,
    "use_thumbnail": True,
    "pad2square": False,
    "min_dynamic_patch": 1,
    "max_dynamic_patch": 12,
    "hidden_size": 3584,
    "torch_dtype": "bfloat16",
    "vision_config": {
        "model_type": "intern_vit_6b",
        "architectures": ["InternVisionModel"],
        "hidden_size": 1024,
        "intermediate_size": 4096,
        "num_hidden_layers": 24,
        "num_attention_heads": 16,
        "num_channels": 3,
        "patch_size": 14,
        "image_size": 448,
        "hidden_act": "gelu",
        "norm_type": "layer_norm",
        "layer_norm_eps": 1e-6,
        "qkv_bias": True,
        "qk_normalization": False,
        "initializer_factor": 0.1,
    },
    "llm_config": {
        "model_type": "qwen2",
        "architectures": ["Qwen2ForCausalLM"],
        "vocab_size": 151685,
        "hidden_size": 3584,
        "intermediate_size": 18944,
        "num_hidden_layers": 28,
        "num_attention_heads": 28,
        "num_key_value_heads": 4,
        "max_position_embeddings": 32768,
        "rms_norm_eps": 1e-6,
        "rope_theta": 1000000.0,
        "rope_scaling": {"type": "dynamic", "rope_type": "dynamic", "factor": 2.0},
        "hidden_act": "silu",
        "tie_word_embeddings": False,
    },
}
MID = PUBLISHED_8B | {
    "hidden_size": 896,
    "llm_config": PUBLISHED_8B["llm_config"]
    | {
        "hidden_size": 896,
        "intermediate_size": 4864,
        "num_hidden_layers": 24,
        "num_attention_heads": 14,
        "num_key_value_heads": 2,
    },
}
