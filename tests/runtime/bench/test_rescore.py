"""`bench score`: what a run has kept gives the same scores again, without a model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra `data` is not installed")
pytest.importorskip("pycocotools", reason="the extra `data` is not installed")

from model_runtime.__main__ import main  # noqa: E402
from model_runtime.bench.asking import Setting  # noqa: E402
from model_runtime.bench.rescore import rescore  # noqa: E402
from model_runtime.bench.run import Plan, run  # noqa: E402
from model_runtime.errors import RequestError  # noqa: E402


@pytest.fixture
def scored(few: Path, tmp_path: Path) -> tuple[Path, dict]:
    """A run of half the items, its folder holding nothing else."""
    out = tmp_path / "run" / "out.json"
    out.parent.mkdir()
    result = run(Plan("terrascope", few, Setting("baseline:indices", "question"), "optical", limit=6), out)
    return out, json.loads(json.dumps(result))


def test_scores_that_were_changed_come_back_as_they_were(scored: tuple[Path, dict]) -> None:
    out, result = scored
    out.write_text(
        json.dumps(result | {"micro_accuracy": 2.0, "tasks": {}, "machine": "Another", "date": "2001-01-01"})
    )
    place, again = rescore(out)
    assert place == out
    assert json.loads(out.read_text("utf-8")) == again == result | {"machine": "Another", "date": "2001-01-01"}
    assert sorted(path.name for path in out.parent.iterdir()) == ["out.json", "out.responses.jsonl"]


def test_an_answer_that_was_changed_is_scored_as_it_is_now(scored: tuple[Path, dict]) -> None:
    """As another reader would do: nothing of it is remembered."""
    out, result = scored
    assert result["micro_accuracy"] > 0
    book = out.with_name("out.responses.jsonl")
    first, *lines = book.read_text("utf-8").splitlines()
    spoilt = [json.loads(line) for line in lines]
    for line in spoilt:
        line["response"]["answer"] = "I cannot tell."
    book.write_text("\n".join([first, *map(json.dumps, spoilt)]) + "\n", "utf-8")
    _, again = rescore(out)
    assert again["micro_accuracy"] == 0
    assert again["mean_iou"] == result["mean_iou"]


def test_responses_alone_are_enough(scored: tuple[Path, dict], few: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, result = scored
    out.unlink()
    book = str(out.with_name("out.responses.jsonl"))
    with pytest.raises(RequestError, match="say it with --items"):
        rescore(Path(book))
    assert main(["bench", "score", book, "--items", str(few)]) == 0
    assert f"{result['micro_accuracy']:.1%}" in capsys.readouterr().out
    again = json.loads(out.read_text("utf-8"))
    assert again == result | {"machine": "not known", "date": "not known"}


def test_what_cannot_be_scored_is_refused_and_left_alone(scored: tuple[Path, dict], few: Path, tmp_path: Path) -> None:
    out, _ = scored
    before = out.read_bytes()
    book = out.with_name("out.responses.jsonl")
    kept = book.read_text("utf-8")

    def refused(words: str, path: Path = out, items: Path | None = None) -> None:
        with pytest.raises(RequestError, match=words):
            rescore(path, items)

    refused("does not exist", items=tmp_path / "nowhere")
    refused("cannot be read", tmp_path / "none.json")
    refused("was not written by", tmp_path / "none.txt")
    book.write_text(kept.rsplit("\n", 2)[0], "utf-8")
    refused("1 of its questions have no response yet")
    book.write_text(kept.replace('"questions_sha256": "', '"questions_sha256": "0'), "utf-8")
    refused("holds other items than were asked")
    book.write_text("{}", "utf-8")
    refused("holds no responses")
    assert out.read_bytes() == before
