"""`bench ablate` with the bundled model: rows of the paper's tables from runs that are made once."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

pytest.importorskip("pyarrow", reason="the extra `data` is not installed")
pytest.importorskip("pycocotools", reason="the extra `data` is not installed")

from model_runtime import protocol  # noqa: E402
from model_runtime.bench import cli  # noqa: E402
from model_runtime.bench.ablations import ABLATIONS_FILE, TABLES, ablate, markdown  # noqa: E402
from model_runtime.bench.asking import Setting  # noqa: E402
from model_runtime.bench.run import Plan  # noqa: E402
from model_runtime.bench.suites import SUITES, Question  # noqa: E402
from model_runtime.errors import RequestError  # noqa: E402


@pytest.fixture(scope="module")
def plan(few: Path, nano_folder: Path) -> Plan:
    return Plan("terrascope", few, Setting("nano", "question"), limit=1, device="cpu")


@pytest.fixture(scope="module")
def made(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    out = tmp_path_factory.mktemp("ablations") / "new"
    return out, ablate(plan, ["cot", "measured", "encoding"], out)


def _masks(path: Path) -> int:
    lines = path.with_name(f"{path.stem}.responses.jsonl").read_text("utf-8").splitlines()[1:]
    return sum(len(json.loads(line)["response"]["masks"]) for line in lines)


def test_every_setting_is_run_once_and_every_row_is_there(made: tuple[Path, dict]) -> None:
    out, result = made
    assert json.loads((out / ABLATIONS_FILE).read_text("utf-8")) == json.loads(json.dumps(result))
    rows = [row for table in result["tables"].values() for row in table["rows"]]
    assert [row["name"] for row in rows] == [
        r.name for name in ("cot", "measured", "encoding") for r in TABLES[name].rows
    ]
    assert len(rows) == 13
    assert len({row["run"] for row in rows}) == 12  # Pixel CoT and "not told" are one
    assert {path.name for path in out.glob("*.json")} == {row["run"] for row in rows} | {ABLATIONS_FILE}
    runs = [json.loads((out / row["run"]).read_text("utf-8")) for row in rows]
    assert len({json.dumps([one["setting"], one["variant"]]) for one in runs}) == 12


def test_what_is_left_out_is_left_out(made: tuple[Path, dict]) -> None:
    out, result = made
    cot = {row["name"]: out / row["run"] for row in result["tables"]["cot"]["rows"]}
    assert _masks(cot["Textual CoT w/o Seg."]) == 0
    assert all(_masks(path) > 0 for name, path in cot.items() if name != "Textual CoT w/o Seg.")
    radar = {row["setting"]["fusion"] for row in result["tables"]["encoding"]["rows"]}
    assert radar == {"none", "concat", "text_guided"}


def test_the_command_line_names_what_the_protocol_knows() -> None:
    assert get_args(protocol.Ablation) == cli.ABLATIONS
    assert tuple(SUITES) == cli.SUITE_NAMES


def test_tables_are_markdown(made: tuple[Path, dict]) -> None:
    text = markdown(made[1])
    assert "the shape of the paper's Table 2" in text
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert len(lines) == 13 + 2 * 3
    assert all(line.count("|") == lines[0].count("|") for line in lines[:7])


def test_it_goes_on_where_it_was(plan: Plan, made: tuple[Path, dict], monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object) -> None:
        raise AssertionError("asked again")

    monkeypatch.setattr("model_runtime.bench.run.answerer_of", nobody)
    assert ablate(plan, ["cot", "measured", "encoding"], made[0]) == made[1]


def test_what_cannot_be_compared_is_said_before_anything_is_asked(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RequestError, match="no table colour: choose among cot"):
        ablate(plan, ["colour"], tmp_path / "out")
    shown = replace(plan, limit=None).questions()
    optical: list[Question] = [one for one in shown if one.item and one.item.variant == "optical"]
    monkeypatch.setattr("model_runtime.bench.ablations.read_suite", lambda *_: optical)
    with pytest.raises(RequestError, match="no item shown as joint, which fusion and encoding compare"):
        ablate(plan, ["cot", "fusion", "encoding"], tmp_path / "out")
    assert not (tmp_path / "out").exists()
