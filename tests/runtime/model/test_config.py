"""`config.json` of others: the published one is read, and each kind this runtime does not run is refused."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path

import pytest

from model_runtime.errors import ModelError
from model_runtime.model.config import GroundingConfig, TerraScopeConfig, read_config
from model_runtime.model.published import PUBLISHED_8B
from model_runtime.training.recipe import NANO_CONFIG


def write(folder: Path, config: object) -> Path:
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    return folder


def changed(where: str, value: object, config: dict = PUBLISHED_8B) -> dict:
    """A copy with one value, named by its path, replaced; None: taken away."""
    made = copy.deepcopy(config)
    *blocks, last = where.split(".")
    block = made
    for name in blocks:
        block = block[name]
    if value is None:
        del block[last]
    else:
        block[last] = value
    return made


def test_reads_the_published_config(tmp_path: Path) -> None:
    config = read_config(write(tmp_path, PUBLISHED_8B))
    assert config.tile_size == 448
    assert config.tile_tokens == 16
    assert config.grounding_config == GroundingConfig()
    assert config.llm_config.build().rope_parameters["rope_type"] == "default"
    assert config.llm_config.build().tie_word_embeddings is False
    assert config.vision_config.build().use_mean_pooling is True


def test_reads_the_golden_config(goldens: Path) -> None:
    config = read_config(goldens / "checkpoint")
    assert config.llm_config.vocab_size == 279
    assert "grounding_config" not in config.model_fields_set


@pytest.mark.parametrize("most", [6, 12, 40])
def test_published_layout_tiles_as_the_released_code_does(most: int) -> None:
    """SPEC 1: 1 to 12 tiles are written into the code; the config's own numbers are not asked."""
    assert TerraScopeConfig.model_validate(changed("max_dynamic_patch", most)).tile_limits == (1, 12)


def test_a_model_with_bands_keeps_its_own_tiling() -> None:
    nano = changed("llm_config.vocab_size", 512, NANO_CONFIG)
    assert TerraScopeConfig.model_validate(nano).tile_limits == (1, 4)


@pytest.mark.parametrize(
    ("where", "value", "why"),
    [
        ("model_type", "llama", "model_type: Input should be 'sa2va_chat'"),
        ("model_type", None, "model_type: Field required"),
        ("template", "phi3_chat", "template: Input should be 'qwen_chat' (only Qwen's chat template is spoken here)"),
        ("template", None, "template: Field required"),
        ("ps_version", "v1", "ps_version: Input should be 'v2' (older files shuffle pixels in another order)"),
        ("ps_version", None, "ps_version: Field required"),
        ("use_llm_lora", 128, "use_llm_lora: Input should be 0 (merge the LoRA weights before exporting the model)"),
        ("use_backbone_lora", 8, "use_backbone_lora: Input should be 0"),
        ("select_layer", -4, "select_layer: Input should be -1"),
        ("downsample_ratio", 1.0, "downsample_ratio: Input should be 0.5"),
        ("tie_word_embeddings", True, "tie_word_embeddings: Input should be False"),
        ("llm_config.tie_word_embeddings", True, "llm_config.tie_word_embeddings: Input should be False"),
        ("llm_config.architectures", ["InternLM2ForCausalLM"], "architectures.0: Input should be 'Qwen2ForCausalLM'"),
        ("llm_config.model_type", "llama", "llm_config.model_type: Input should be 'qwen2'"),
        ("llm_config.rope_scaling", {"type": "yarn", "factor": 4.0}, "rope_scaling.type: Input should be 'dynamic'"),
        ("llm_config.rope_scaling", {"rope_type": "linear"}, "rope_scaling.rope_type: Input should be 'dynamic'"),
        ("llm_config.use_sliding_window", True, "use_sliding_window: Input should be False"),
        ("llm_config.hidden_act", "gelu", "llm_config.hidden_act: Input should be 'silu'"),
        ("llm_config.num_attention_heads", 27, "hidden_size is not a multiple of twice num_attention_heads"),
        ("llm_config.num_key_value_heads", 5, "num_attention_heads is not a multiple of num_key_value_heads"),
        ("llm_config.num_hidden_layers", 100_000, "num_hidden_layers: Input should be less than or equal to 256"),
        ("llm_config.hidden_size", 2**40, "llm_config.hidden_size: Input should be less than"),
        ("llm_config.hidden_size", -3584, "llm_config.hidden_size: Input should be greater than"),
        ("llm_config.hidden_size", "3584", "llm_config.hidden_size: Input should be a valid integer"),
        ("llm_config.hidden_size", True, "llm_config.hidden_size: Input should be a valid integer"),
        ("llm_config.vocab_size", 10**9, "llm_config.vocab_size: Input should be less than"),
        ("llm_config.rope_theta", float("nan"), "llm_config.rope_theta: Input should be a finite number"),
        ("llm_config.rms_norm_eps", float("inf"), "llm_config.rms_norm_eps: Input should be a finite number"),
        ("llm_config.rms_norm_eps", 0, "llm_config.rms_norm_eps: Input should be greater than 0"),
        ("llm_config", None, "llm_config: Field required"),
        ("llm_config", [], "llm_config: Input should be"),
        ("vision_config.num_attention_heads", 15, "hidden_size is not a multiple of num_attention_heads"),
        ("vision_config.patch_size", 15, "image_size is not a multiple of twice the patch_size"),
        ("vision_config.num_channels", 4, "vision_config.num_channels is not the 3 that the input has"),
        ("vision_config.hidden_act", "relu", "vision_config.hidden_act: Input should be 'gelu'"),
        ("force_image_size", 224, "force_image_size is not vision_config.image_size"),
        ("min_dynamic_patch", 13, "min_dynamic_patch is larger than max_dynamic_patch"),
        ("name", "two\nlines", "name: it is not one line of readable text"),
        ("name", "\ud800", "name: Input should be a valid string"),
        ("grounding_config", {"stages": [1, 2, 3]}, "grounding_config.stages.3: Field required"),
        ("grounding_config", {"embed_dim": 145}, "embed_dim is not a multiple of num_heads"),
        ("grounding_config", {"d_model": 100}, "d_model is not a multiple of 8"),
        ("grounding_config", {"image_size": 1000}, "image_size is not a multiple of 32"),
        ("grounding_config", {"window_spec": [8, 4, 7, 8]}, "window_spec has an odd window"),
        ("grounding_config", {"global_att_blocks": [8]}, "global_att_blocks has the first block of a stage"),
        ("grounding_config", {"global_att_blocks": [48]}, "global_att_blocks has the first block of a stage"),
        ("grounding_config", {"view": "windows"}, "grounding_config needs bands, but there is no input_config"),
        ("input_config", {"bands": ["red"]}, "bands lacks green, which the index planes are made of"),
        ("input_config", {"bands": ["red", "red"]}, "a band stands twice"),
        ("input_config", {"bands": ["red"], "optional": ["nir"]}, "optional has a band that is not one of bands"),
    ],
)
def test_refuses(tmp_path: Path, where: str, value: object, why: str) -> None:
    with pytest.raises(ModelError, match=re.escape(why)) as refused:
        read_config(write(tmp_path, changed(where, value)))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "not valid JSON"),
        (b'{"model_type": ', "not valid JSON"),
        (b"\xff\xfe{\x00}\x00", "no UTF-8"),
        (b'{"a":' * 100_000, "nested too deep"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not valid JSON"),
        (b" " * 4_000_001, "far too large"),
        (b"[]", "config: Input should be"),
        (b"null", "config: Input should be"),
    ],
)
def test_refuses_files_that_are_no_config(tmp_path: Path, raw: bytes, why: str) -> None:
    (tmp_path / "config.json").write_bytes(raw)
    with pytest.raises(ModelError, match=why):
        read_config(tmp_path)


def test_refuses_a_folder_without_config(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"config\.json is missing"):
        read_config(tmp_path)
    (tmp_path / "config.json").mkdir()
    with pytest.raises(ModelError, match=r"config\.json is missing"):
        read_config(tmp_path)


def test_sizes_of_a_sam2(goldens: Path) -> None:
    """The reference's own file: the mask decoder's sizes in a block, and keys that are not ours."""
    made = GroundingConfig.from_sizes(json.loads((goldens / "sam2_tiny.json").read_text("utf-8")))
    assert (made.embed_dim, made.stages, made.d_model) == (16, (1, 2, 2, 1), 64)
    assert (made.mlp_dim, made.decoder_heads, made.iou_head_hidden_dim) == (2048, 8, 256)
    assert GroundingConfig.from_sizes({"mask_decoder": {"num_heads": 4}, "num_heads": 1}).decoder_heads == 4
    for wrong in ([], {"embed_dim": "wide"}, {"mask_decoder": {"num_heads": 0}}):
        with pytest.raises(ModelError, match="These are not the sizes of a SAM-2"):
            GroundingConfig.from_sizes(wrong)
