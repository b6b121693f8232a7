"""New classes as words: what the vocabulary makes of them, and questions about them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.model.checkpoint import load_model
from model_runtime.model.phrases import phrase_before_mark
from model_runtime.model.terrascope import TerraScope
from model_runtime.model.vocabulary import read_tokenizer
from model_runtime.terra_cot.vocabulary import LAND_COVER
from model_runtime.training.anchors import class_anchors
from model_runtime.training.finetune_words import (
    WordRecipe,
    add_words,
    learn_words,
    questions,
    spellings,
    word_losses,
)
from model_runtime.training.recipe import RECIPE

NAMES = ["heath", "solar panels"]


@pytest.fixture
def model(nano_folder: Path) -> TerraScope:
    return load_model(nano_folder, dtype=torch.float32)


def test_old_texts_keep_their_ids_and_new_words_are_one_each(model: TerraScope, nano_folder: Path) -> None:
    old = "How many hectares of water and built-up area are there? I mark the trees "
    before = model.vocabulary.encode(old)
    added = add_words(model, NAMES, read_tokenizer(nano_folder))
    assert model.vocabulary.encode(old) == before
    for word in ("heath", "Heath", "heaths", "solar panels", "Solar panel"):
        ids = model.vocabulary.encode(f"I mark the {word} ")
        assert len(set(ids) & set(added)) == 1
        assert model.vocabulary.decode(ids) == f"I mark the {word} "
    assert not set(model.vocabulary.encode("the sheathing")) & set(added)


def test_what_was_known_is_said_as_before(model: TerraScope, nano_folder: Path) -> None:
    ids = torch.tensor([model.vocabulary.encode("<|im_start|>user\nIs there water?<|im_end|>\n")])
    with torch.no_grad():
        before = model.language_model(ids).logits
        rows = before.shape[-1]
        add_words(model, NAMES, read_tokenizer(nano_folder))
        torch.testing.assert_close(model.language_model(ids).logits[..., :rows][..., :800], before[..., :800])


@given(st.from_regex(re.compile(r"[a-z][a-z0-9]{1,12}( [a-z0-9]{1,8})?", re.ASCII), fullmatch=True))
def test_any_name_that_can_be_taught_is_read_back_as_the_phrase(name: str) -> None:
    assert phrase_before_mark(f"First I mark the {name} ", [name, "other"]) == name
    assert spellings(name)[0] == name and len(set(spellings(name))) == len(spellings(name))


def test_questions_tell_which_class_every_mark_is_of(model: TerraScope, nano_folder: Path) -> None:
    add_words(model, NAMES, read_tokenizer(nano_folder))
    bank = torch.randn(9, model.config.llm_config.hidden_size)
    draw = questions(model, NAMES, [bank], WordRecipe(shown=0.5))
    asked = set()
    for _ in range(12):
        batch, seen, sources = draw(4)
        asked |= set(batch.classes.tolist())
        assert (batch.ids.flatten()[batch.marks] == model.vocabulary.seg_id).all()
        inside = sources >= 0
        visual = (batch.ids == model.vocabulary.context_id) | (batch.ids == model.vocabulary.region_id)
        assert torch.equal(inside, visual) and sources.max() < len(seen)
    assert {len(LAND_COVER) + 1, len(LAND_COVER) + 2} <= asked and min(asked) <= len(LAND_COVER)


def test_a_few_steps_bring_words_and_prompts_nearer(model: TerraScope, nano_folder: Path) -> None:
    added = add_words(model, NAMES, read_tokenizer(nano_folder))
    known = class_anchors(model.config.grounding_config.d_model, RECIPE.seed)
    prompts = torch.cat([known, torch.randn(2, known.shape[1]) * known.std()])
    judge = questions(model, NAMES, [], WordRecipe(seed=5, shown=0.0))(6)

    def now() -> dict[str, float]:
        weights = (model.language_model.get_input_embeddings().weight, model.language_model.lm_head.weight)
        with torch.no_grad():
            return {name: float(value) for name, value in word_losses(model, *judge, prompts, *weights).items()}

    before = now()
    untouched = model.language_model.model.layers[0].mlp.up_proj.weight.clone()
    recipe = WordRecipe(questions=4, steps=12, shown=0.0)
    learn_words(model, NAMES, added, prompts, [], 2.0, recipe, lambda share: None)
    after = now()
    assert after["text"] < 0.7 * before["text"] and after["seg"] < before["seg"]
    assert torch.equal(model.language_model.model.layers[0].mlp.up_proj.weight, untouched)
