"""A random network of terrascope-nano's kind, small enough to build in a blink."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import torch
from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers
from tokenizers.decoders import ByteLevel

from model_runtime.model.checkpoint import save_model
from model_runtime.model.config import read_config
from model_runtime.model.terrascope import TerraScope
from model_runtime.model.vocabulary import INTERNVL_MARKS, MEASURE_MARKS, TERRASCOPE_MARKS, Vocabulary
from model_runtime.training.recipe import NANO_CONFIG


def write_small(folder: Path, *, seed: int = 0) -> TerraScope:
    """Write a complete model folder with random weights and return the network."""
    tokenizer = Tokenizer(
        models.BPE(vocab={c: i for i, c in enumerate(sorted(pre_tokenizers.ByteLevel.alphabet()))}, merges=[])
    )
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = ByteLevel()
    marks = (*INTERNVL_MARKS, *TERRASCOPE_MARKS, *MEASURE_MARKS)
    tokenizer.add_special_tokens([AddedToken(mark, special=True, normalized=False) for mark in marks])
    tokenizer.save(str(folder / "tokenizer.json"))
    config = copy.deepcopy(NANO_CONFIG)
    config["vision_config"] |= {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1}
    config["llm_config"] |= {
        "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "vocab_size": tokenizer.get_vocab_size(),
    }  # fmt: skip
    config["grounding_config"] |= {"embed_dim": 8, "stages": [1, 1, 2, 1], "global_att_blocks": [3], "d_model": 32}
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    torch.manual_seed(seed)
    model = TerraScope(read_config(folder), Vocabulary.read(folder)).eval().requires_grad_(False)
    save_model(model, folder, torch.float32)
    return model
