"""What `models convert` takes, in small: a SAM-2 as Meta lays it out, its sizes, and an InternVL3 as its authors do."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from model_runtime.model.published import PUBLISHED_8B
from model_runtime.model.vocabulary import TERRASCOPE_MARKS
from model_runtime.model_store.synthesis import recipe_8b

SAM2 = "grounding_encoder.sam2_model."
BASE_WORDS = 389
SIZES = {
    "image_size": 256, "embed_dim": 8, "num_heads": 1, "stages": [1, 1, 2, 1], "global_att_blocks": [3], "d_model": 32,
    "window_spec": [8, 4, 8, 4], "mask_decoder": {"mlp_dim": 64},
}  # fmt: skip
SMALL = copy.deepcopy(PUBLISHED_8B)
SMALL["vision_config"] |= {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2}
SMALL["llm_config"] |= {
    "vocab_size": BASE_WORDS + 11, "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1,
    "num_attention_heads": 4, "num_key_value_heads": 2,
}  # fmt: skip
SMALL["grounding_config"] = SIZES


def write_inputs(folder: Path) -> None:
    """Write `internvl/`, `sam2.pt` and `sizes.json`, taken apart from a random model of the published layout."""
    recipe_8b("F32", SMALL).write(folder / "whole", 0, 10**9, lambda fraction: None, lambda: False)
    state = load_file(folder / "whole" / "model.safetensors")
    sam2 = {name.removeprefix(SAM2): tensor for name, tensor in state.items() if name.startswith(SAM2)}
    torch.save(
        {"model": {name.replace(".g_weight", ".gamma"): value for name, value in sam2.items()}}, folder / "sam2.pt"
    )
    (folder / "sizes.json").write_text(json.dumps(SIZES), "utf-8")

    internvl = folder / "internvl"
    internvl.mkdir()
    kept = ("vision_model.", "mlp1.", "language_model.")
    base = {name: tensor.bfloat16() for name, tensor in state.items() if name.startswith(kept)}
    for name in ("language_model.model.embed_tokens.weight", "language_model.lm_head.weight"):
        base[name] = base[name][: BASE_WORDS + 3].clone()  # InternVL's tables may have rows that no word uses
    save_file(dict(list(base.items())[:20]), internvl / "model-00001-of-00002.safetensors")
    save_file(dict(list(base.items())[20:]), internvl / "model-00002-of-00002.safetensors")
    config = {k: v for k, v in SMALL.items() if k != "grounding_config"} | {
        "model_type": "internvl_chat", "architectures": ["InternVLChatModel"], "template": "internvl2_5",
        "auto_map": {"AutoModel": "modeling_internvl_chat.InternVLChatModel"}, "system_message": None,
        "llm_config": {**SMALL["llm_config"], "vocab_size": BASE_WORDS + 3},
    }  # fmt: skip
    (internvl / "config.json").write_text(json.dumps(config), "utf-8")
    tokenizer = json.loads((folder / "whole" / "tokenizer.json").read_text("utf-8"))
    tokenizer["added_tokens"] = [t for t in tokenizer["added_tokens"] if t["content"] not in TERRASCOPE_MARKS]
    (internvl / "tokenizer.json").write_text(json.dumps(tokenizer), "utf-8")
