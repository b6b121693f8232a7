"""A tiny InternVL as transformers writes it: its eyes are random, and what it says is known."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import InternVLConfig, InternVLForConditionalGeneration, PreTrainedTokenizerFast
from transformers.models.got_ocr2.image_processing_pil_got_ocr2 import GotOcr2ImageProcessorPil

SAID = "B"
TILE_PX, MOST_TILES = 28, 2
_SPECIAL = ["<pad>", "<|im_start|>", "<|im_end|>", "<img>", "</img>", "<IMG_CONTEXT>", "<video>"]
_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n"
    "{% for part in message['content'] %}{% if part['type'] == 'image' %}<IMG_CONTEXT>\n"
    "{% else %}{{ part['text'] }}\n{% endif %}{% endfor %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def write_tiny_internvl(folder: Path) -> None:
    """Write one that says `SAID` to whatever it is asked, and nothing more.

    Its language layers pass each token on as it is, and its head then knows the next one: after the line break that
    ends a prompt comes `SAID`, after that the end.
    """
    words = _SPECIAL + sorted(pre_tokenizers.ByteLevel.alphabet())
    letters = Tokenizer(models.BPE({word: number for number, word in enumerate(words)}, []))
    letters.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    letters.decoder = decoders.ByteLevel()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=letters, pad_token=_SPECIAL[0], eos_token=_SPECIAL[2],
        extra_special_tokens={
            "start_image_token": "<img>", "end_image_token": "</img>", "context_image_token": "<IMG_CONTEXT>",
            "video_token": "<video>",
        },
    )  # fmt: skip
    tokenizer.add_special_tokens({"additional_special_tokens": ["<|im_start|>"]}, replace_extra_special_tokens=False)
    end, hidden = words.index("<|im_end|>"), len(words) + len(words) % 2
    config = InternVLConfig(
        vision_config={
            "hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32,
            "image_size": [TILE_PX, TILE_PX], "patch_size": [14, 14],
        },
        text_config={
            "model_type": "qwen2", "vocab_size": len(words), "hidden_size": hidden, "intermediate_size": 32,
            "num_hidden_layers": 1, "num_attention_heads": 1, "num_key_value_heads": 1, "max_position_embeddings": 8192,
            "bos_token_id": None, "eos_token_id": end, "pad_token_id": 0,
        },
        image_token_id=words.index("<IMG_CONTEXT>"), image_seq_length=1, downsample_ratio=0.5,
        tie_word_embeddings=False,
    )  # fmt: skip
    torch.manual_seed(0)
    model = InternVLForConditionalGeneration(config)
    layer = model.model.language_model.layers[0]
    follows = {tokenizer.encode("\n")[0]: tokenizer.encode(SAID)[0], tokenizer.encode(SAID)[0]: end}
    with torch.no_grad():
        layer.self_attn.o_proj.weight.zero_()
        layer.mlp.down_proj.weight.zero_()
        model.model.language_model.embed_tokens.weight.copy_(torch.eye(len(words), hidden))
        model.lm_head.weight.zero_()
        for before, after in follows.items():
            model.lm_head.weight[after, before] = 1
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    size = {"height": TILE_PX, "width": TILE_PX}
    GotOcr2ImageProcessorPil(size=size, max_patches=MOST_TILES).save_pretrained(folder)
    (folder / "chat_template.jinja").write_text(_TEMPLATE, "utf-8")
    facts = {"processor_class": "InternVLProcessor", "image_seq_length": 1}
    (folder / "processor_config.json").write_text(json.dumps(facts), "utf-8")
