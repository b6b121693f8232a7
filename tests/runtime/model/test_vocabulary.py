"""Tokenizers in both forms they are published in, and marks that are missing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers, trainers

from model_runtime.errors import ModelError
from model_runtime.model.vocabulary import INTERNVL_MARKS, TERRASCOPE_MARKS, Vocabulary

PARTS = ("vocab.json", "merges.txt", "added_tokens.json")
TEXTS = (
    "<|im_start|>user\n<img><IMG_CONTEXT><IMG_CONTEXT></img>\nHow much is forest?<|im_end|>\n",
    "The lake [SEG]<REGION><REGION> covers 12.5 %.\r\n\r\n  Its shore's long.</think><answer>B</answer><|im_end|>",
    "é e\u0301 ﬁ 北京市 \u200b🛰  \t two  spaces 1234567",
    "",
)


@pytest.fixture
def parts(goldens: Path, tmp_path: Path) -> Path:
    """The golden checkpoint's tokenizer without tokenizer.json."""
    for name in (*PARTS, "tokenizer_config.json"):
        shutil.copyfile(goldens / "checkpoint" / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def trained(goldens: Path, tmp_path: Path) -> Path:
    """A tokenizer of the same make that has merges, in both forms: `one` file, and its `parts`."""
    published = json.loads((goldens / "checkpoint" / "tokenizer.json").read_text("utf-8"))
    tokenizer = Tokenizer.from_str(json.dumps(published | {"added_tokens": []}))
    trainer = trainers.BpeTrainer(
        vocab_size=330, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    tokenizer.train_from_iterator([*TEXTS, "the forest of the forester's forests"] * 3, trainer)
    marks = (*INTERNVL_MARKS, *TERRASCOPE_MARKS)
    for name in ("one", "parts"):
        (tmp_path / name).mkdir()
    tokenizer.model.save(str(tmp_path / "parts"))
    tokenizer.add_special_tokens([AddedToken(mark, special=True, normalized=False) for mark in marks])
    tokenizer.save(str(tmp_path / "one" / "tokenizer.json"))
    added = {mark: tokenizer.token_to_id(mark) for mark in reversed(marks)}
    (tmp_path / "parts" / "added_tokens.json").write_text(json.dumps(added), "utf-8")
    return tmp_path


def assert_same(one: Vocabulary, other: Vocabulary) -> None:
    for text in TEXTS:
        ids = one.encode(text)
        assert other.encode(text) == ids
        assert other.encode_plain(text) == one.encode_plain(text)
        assert other.decode(ids) == one.decode(ids)
    for name in ("seg_id", "region_id", "context_id", "think_end_id", "answer_id", "stop_ids", "measure_ids"):
        assert getattr(other, name) == getattr(one, name)
    assert len(other) == len(one)


def test_parts_say_the_same_as_one_file(goldens: Path, parts: Path) -> None:
    assert_same(Vocabulary.read(goldens / "checkpoint"), Vocabulary.read(parts))


def test_merges_say_the_same_as_one_file(trained: Path) -> None:
    one, other = Vocabulary.read(trained / "one"), Vocabulary.read(trained / "parts")
    assert len(one.encode("forest")) < len("forest")
    assert_same(one, other)


def test_ids_come_from_names(goldens: Path) -> None:
    vocabulary = Vocabulary.read(goldens / "checkpoint")
    assert (vocabulary.seg_id, vocabulary.region_id, vocabulary.context_id) == (272, 273, 261)
    assert vocabulary.stop_ids == {256, 258, 278}


def test_a_users_text_stays_text(goldens: Path) -> None:
    vocabulary = Vocabulary.read(goldens / "checkpoint")
    assert vocabulary.seg_id in vocabulary.encode("[SEG]")
    assert vocabulary.encode_plain("[SEG]") == [vocabulary.encode(c)[0] for c in "[SEG]"]


@pytest.mark.parametrize("said", ["</answer>", {"content": "</answer>", "lstrip": False}])
def test_an_answer_stops_at_the_declared_end_too(parts: Path, said: object) -> None:
    (parts / "tokenizer_config.json").write_text(json.dumps({"eos_token": said}), "utf-8")
    vocabulary = Vocabulary.read(parts)
    assert vocabulary.stop_ids == {256, 258, 278, vocabulary.id_of("</answer>")}
    (parts / "tokenizer_config.json").unlink()
    assert Vocabulary.read(parts).stop_ids == {256, 258, 278}


def test_refuses_an_end_that_is_no_mark(parts: Path) -> None:
    (parts / "tokenizer_config.json").write_text('{"eos_token": "</s>"}', "utf-8")
    with pytest.raises(ModelError, match="has no </s> mark"):
        Vocabulary.read(parts)


@pytest.mark.parametrize("mark", ["[SEG]", "<REGION>", "<IMG_CONTEXT>", "<|end|>", "<|im_end|>", "</think>", "<img>"])
@pytest.mark.parametrize("form", ["one", "parts"])
def test_refuses_a_missing_mark(goldens: Path, parts: Path, mark: str, form: str) -> None:
    if form == "one":
        whole = (goldens / "checkpoint" / "tokenizer.json").read_text("utf-8")
        (parts / "tokenizer.json").write_text(whole.replace(f'"{mark}"', '"~~"'), "utf-8")
    else:
        path = parts / "added_tokens.json"
        path.write_text(path.read_text("utf-8").replace(f'"{mark}"', '"~~"'), "utf-8")
    with pytest.raises(ModelError, match=f"has no {mark.replace('[', '.').replace('|', '.')} mark"):
        Vocabulary.read(parts)


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("harm", ["missing", "cut", "other"])
def test_refuses_damaged_parts(parts: Path, name: str, harm: str) -> None:
    path = parts / name
    raw = path.read_bytes()
    path.unlink()
    if harm == "cut":
        path.write_bytes(raw[: len(raw) // 2] + b"\xff")
    elif harm == "other":
        path.write_bytes({"vocab.json": b'{"a": 0}', "merges.txt": b"a b\na b c\n", "added_tokens.json": b"[1]"}[name])
    with pytest.raises(ModelError, match="again"):
        Vocabulary.read(parts)


def test_refuses_ids_that_do_not_follow_the_vocabulary(parts: Path) -> None:
    path = parts / "added_tokens.json"
    path.write_text(path.read_text("utf-8").replace("272", "572"), "utf-8")
    with pytest.raises(ModelError, match="do not fit together"):
        Vocabulary.read(parts)


def test_refuses_a_damaged_file(parts: Path) -> None:
    (parts / "tokenizer.json").write_text('{"version": "1.0"', "utf-8")
    with pytest.raises(ModelError, match="not a readable tokenizer"):
        Vocabulary.read(parts)


def test_counts_up_to_the_largest_id(tmp_path: Path) -> None:
    """A vocabulary may leave ids out; every id must still have a row in the model."""
    letters = {c: i for i, c in enumerate(sorted(pre_tokenizers.ByteLevel.alphabet()))} | {"zz": 900}
    tokenizer = Tokenizer(models.BPE(vocab=letters, merges=[]))
    tokenizer.add_special_tokens([*INTERNVL_MARKS, *TERRASCOPE_MARKS])
    assert len(Vocabulary(tokenizer)) == max(tokenizer.get_vocab().values()) + 1 > tokenizer.get_vocab_size()
