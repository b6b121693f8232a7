"""A model that draws masks and an endpoint that words captions, inside a real build."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from model_runtime.errors import ModelError, RequestError
from model_runtime.terra_cot.aids import KEY_VARIABLE, Aids
from model_runtime.terra_cot.build import build
from model_runtime.terra_cot.export import read_samples
from model_runtime.terra_cot.plan import Options

from .endpoints import endpoint


def built(folder: Path, aids: Aids, samples: int = 12) -> dict:
    return build(Options(("generated",), samples, seed=3, shard_samples=samples, aids=aids), folder, workers=1)


def test_captions_of_an_endpoint_are_counted_and_kept_where_they_are_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "sesame")
    asked_before = 0

    def words(prompt: str) -> tuple[int, object]:
        """The test question, then a right and a wrong text in turn."""
        nonlocal asked_before
        asked_before += 1
        text = prompt.partition("Text:\n")[2]
        content = (
            text.replace("<caption>", "<caption>Put otherwise: ") if asked_before % 2 else text.replace("[SEG]", "")
        )
        return 200, {"choices": [{"message": {"content": content}}]}

    with endpoint(words) as (where, asked):
        report = built(tmp_path / "set", Aids(endpoint_url=where.url, endpoint_model="writer"), 40)
    assert report["captions"]["reworded"] >= 1
    kept = sum(count for what, count in report["captions"].items() if what.startswith("kept: "))
    assert kept >= 1
    captions = [json.loads(line.rstrip(",")) for path in (tmp_path / "set").rglob("*/0*.json")
                for line in path.read_text("utf-8").splitlines()[1:-1]]  # fmt: skip
    texts = [row["conversations"][1]["value"] for row in captions if row["level"] == "caption"]
    assert sum("Put otherwise: " in text for text in texts) == report["captions"]["reworded"]
    assert all(request["key"] == "Bearer sesame" for request in asked)
    everything = b"".join(path.read_bytes() for path in (tmp_path / "set").rglob("*") if path.is_file())
    assert b"sesame" not in everything
    assert "writer" in (tmp_path / "set" / "DATASHEET.md").read_text("utf-8")


def test_an_endpoint_that_is_not_there_is_told_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="cannot be used"):
        built(tmp_path / "set", Aids(endpoint_url="http://127.0.0.1:9", endpoint_model="writer"))
    with pytest.raises(RequestError, match="name of its model"):
        built(tmp_path / "set", Aids(endpoint_url="http://127.0.0.1:9"))
    assert not (tmp_path / "set").exists()


def test_a_model_that_is_not_there_is_told_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        built(tmp_path / "set", Aids("model", str(tmp_path / "nothing")))
    assert not (tmp_path / "set").exists()


def test_masks_of_the_bundled_model_make_samples(nano_folder: Path, tmp_path: Path) -> None:
    report = built(tmp_path / "set", Aids("model", str(nano_folder)), 10)
    assert report["samples"] == 10
    samples = list(read_samples(tmp_path / "set", "train"))
    assert samples and all(len(sample.masks) == sample.entry.text.count("[SEG]") for sample in samples)
    assert "drew them" in (tmp_path / "set" / "DATASHEET.md").read_text("utf-8")
