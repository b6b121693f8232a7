"""Dictated answers: any model draws as many masks as are asked for, and the head is itself again afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from model_runtime.__main__ import main
from model_runtime.bench.dictation import dictated
from model_runtime.bench.memory import measure
from model_runtime.model_store.keeper import Keeper
from tests.runtime.model.small import write_small


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "small"
    made.mkdir()
    write_small(made)
    return made


def test_as_many_masks_as_dictated(folder: Path) -> None:
    keeper = Keeper("cpu")
    head = keeper.get(str(folder), "fp32").language_model.lm_head
    rows = measure(keeper, str(folder), "fp32", [0, 1, 3], (300, 200), 12)
    assert [row.masks for row in rows] == [0, 1, 3]
    assert [row.generated >= 12 for row in rows] == [True] * 3
    assert rows[0].generated < rows[1].generated < rows[2].generated  # each mask puts tokens into the context
    assert all(row.peak_bytes >= row.loaded_bytes > 0 and row.answer_s > 0 for row in rows)
    assert keeper.get(str(folder), "fp32").language_model.lm_head is head


def test_words_and_marks(folder: Path) -> None:
    model = Keeper("cpu").get(str(folder))
    tokens = dictated(model, 20, 3)
    assert len(tokens) == 20
    assert tokens.count(model.vocabulary.seg_id) == 3
    assert tokens[-1] in model.vocabulary.stop_ids
    assert not torch.isinf(model.language_model.lm_head(torch.zeros(1, 32))).any()


def test_command_writes_what_it_prints(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "rows.json"
    arguments = ["--model", str(folder), "--device", "cpu", "--tiers", "fp32,bf16", "--masks", "1", "--words", "8"]
    assert main(["bench", "memory", *arguments, "--size", "64x64", "--json", str(out)]) == 0
    rows = json.loads(out.read_text("utf-8"))
    assert [(row["tier"], row["masks"]) for row in rows] == [("fp32", 1), ("bf16", 1)]
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_more_masks_than_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "memory", "--model", str(folder), "--device", "cpu", "--masks", "9", "--words", "4"]) == 2
    assert "more than 4 words" in capsys.readouterr().err
