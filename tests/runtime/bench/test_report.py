"""`bench report` of runs of baselines: its figures are those of the runs, and it looks at the worst answers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra `data` is not installed")
pytest.importorskip("pycocotools", reason="the extra `data` is not installed")
pytest.importorskip("matplotlib", reason="the extra `data` is not installed")

from model_runtime.bench.asking import Setting, way_for  # noqa: E402
from model_runtime.bench.document import Picture, Table  # noqa: E402
from model_runtime.bench.published import published  # noqa: E402
from model_runtime.bench.readers import meant  # noqa: E402
from model_runtime.bench.report import blocks_of, write_report  # noqa: E402
from model_runtime.bench.report_inputs import Inputs, Run, read_inputs  # noqa: E402
from model_runtime.bench.report_sections import smallest_option  # noqa: E402
from model_runtime.bench.run import Plan, run  # noqa: E402
from model_runtime.bench.worst import pictures, worst  # noqa: E402
from model_runtime.errors import Cancelled, RequestError  # noqa: E402


@pytest.fixture(scope="module")
def runs(few: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Thresholds on optical images, and lots."""
    folder = tmp_path_factory.mktemp("runs")
    for name in ("indices", "chance"):
        model = f"baseline:{name}"
        run(Plan("terrascope", few, Setting(model, way_for(model, "auto")), "optical"), folder / f"{name}.json")
    return [folder / "indices.json", folder / "chance.json"]


@pytest.fixture(scope="module")
def inputs(runs: list[Path]) -> Inputs:
    return read_inputs(runs)


def _rows(blocks: list, head: str) -> dict[str, tuple[str, ...]]:
    """Rows of the first table that has a column of that name."""
    table = next(block for block in blocks if isinstance(block, Table) and head in block.heads)
    return {row[0]: row[1:] for row in table.rows}


def test_figures_are_those_of_the_runs(inputs: Inputs) -> None:
    blocks = list(blocks_of(inputs, "Title"))
    results = [one.result for one in inputs.runs]
    accuracy = _rows(blocks, "chance")
    for task, found in results[0]["tasks"].items():
        count, _, _, first, second = accuracy[task.replace("_", " ")]
        assert count == str(found["n"])
        assert first.startswith(f"{100 * found['accuracy']:.1f} (")
        assert second.startswith(f"{100 * results[1]['tasks'][task]['accuracy']:.1f} (")
    beside = _rows(blocks, "BCE")
    assert beside["baseline:indices, optical (this report)"][-1] == f"{100 * results[0]['macro_accuracy']:.1f}"
    assert beside["TerraScope 8B"] == ("73.2", "70.2", "71.8", "80.0", "65.9", "52.1", "68.9")
    masks = _rows(blocks, "astray")
    assert masks["baseline:indices, optical"][0].startswith(f"{results[0]['mean_iou']:.3f} (")
    assert list(masks) == ["baseline:indices, optical", "the paper, Fig. 6 (other items)"]


def test_what_an_answer_of_0_comes_to_is_what_the_reader_makes_of_it(inputs: Inputs) -> None:
    first = inputs.runs[0]
    units = {"%": "0 %", "ha": "0 ha", "m2": "0 m2", "m": "0 m", "buildings": "0 buildings"}
    found = smallest_option(first)
    for task in {one.question.task for one in first.judged}:
        items = [one.question.item for one in first.judged if one.question.task == task]
        right = [meant(units[item.unit], item.candidates) == item.answer for item in items if item.value is not None]
        assert found.get(task) == (sum(right) / len(right) if right else None)


def test_a_report_is_written_whole_with_every_picture_that_it_shows(runs: list[Path], tmp_path: Path) -> None:
    out, told = tmp_path / "report.md", []
    write_report(runs, out, tmp_path / "report.html", tell=told.append)
    text = out.read_text("utf-8")
    shown = re.findall(r"!\[.*?\]\((.*?)\)", text)
    assert len(shown) >= 4
    assert {f"report_files/{path.name}" for path in (tmp_path / "report_files").iterdir()} == set(shown)
    page = (tmp_path / "report.html").read_text("utf-8")
    assert page.count('src="data:image/png;base64,') == len(shown)
    assert "http" not in page.replace("http-equiv", "")
    assert "<script" not in page
    assert "cannot be compared one to one" in text
    assert published().source in text
    assert told == sorted(told)
    assert told[-1] == 1
    assert str(tmp_path) not in text


def test_the_worst_are_wrong_and_have_the_worst_masks(inputs: Inputs) -> None:
    first: Run = inputs.runs[0]
    chosen = worst(first.judged, first.reader, 4)
    wrong = [one for one in first.judged if not one.right(first.reader)]
    assert len(chosen) == min(4, len(wrong))
    assert all(one in wrong for one in chosen)
    left = [one for one in wrong if one not in chosen]
    assert max(one.masks.mean for one in chosen) <= min((one.masks.mean for one in left), default=1.0)
    for one, png in pictures(chosen[:2], first.items):
        assert one.question.item
        assert png.startswith(b"\x89PNG")


def test_runs_of_one_model_are_told_apart(runs: list[Path], tmp_path: Path) -> None:
    for name in ("one", "two"):
        for suffix in (".json", ".responses.jsonl"):
            (tmp_path / f"{name}{suffix}").write_bytes(runs[1].with_name(f"chance{suffix}").read_bytes())
    found = read_inputs([tmp_path / "one.json", tmp_path / "two.json"])
    assert [one.label for one in found.runs] == ["baseline:chance, optical (one)", "baseline:chance, optical (two)"]


def test_ablations_and_memory_stand_beside_the_tables_of_their_shape(runs: list[Path], tmp_path: Path) -> None:
    row = {
        "name": "Box CoT", "questions": 12, "macro_accuracy": 0.5, "macro_interval": [0.25, 0.75], "mean_iou": 0.5,
        "median_seconds": 0.1, "tasks": {"distance": 0.5},
    }  # fmt: skip
    made = {"model": {"name": "nano"}, "tables": {"cot": {"title": "What enters", "paper": "2", "rows": [row]}}}
    (tmp_path / "ablations.json").write_text(json.dumps(made))
    used = {"device": "cpu", "tier": "fp32", "masks": 1, "load_s": 1.0, "answer_s": 2.0, "peak_bytes": 3e9}
    (tmp_path / "memory.json").write_text(json.dumps([used]))
    blocks = list(blocks_of(read_inputs([*runs[1:], tmp_path / "ablations.json", tmp_path / "memory.json"]), "Title"))
    assert _rows(blocks, "macro accuracy (95 %)")["Box CoT"] == ("50.0 (25.0-75.0)", "0.500", "0.10", "50.0")
    assert _rows(blocks, "Landsat30-AU")["Box CoT"] == ("62.8", "70.5", "43.9")
    assert _rows(blocks, "peak GB")["cpu"] == ("fp32", "1", "3.00", "1.0", "2.00")
    assert _rows(blocks, "3+ masks")["TerraScope-8B"] == ("22.4", "23.1", "24.2")
    # Lots draw no masks: nothing is said of any.
    assert not [block for block in blocks if isinstance(block, Picture) and "iou" in block.name]


def test_what_does_not_fit_together_is_said_before_anything_is_written(runs: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "report.md"
    result = json.loads(runs[0].read_text("utf-8"))
    book = runs[0].with_name("indices.responses.jsonl").read_text("utf-8")

    def refused(sentence: str, changes: dict, responses: str | None = book) -> None:
        path = tmp_path / "run.json"
        path.write_text(json.dumps({**result, **changes}))
        kept = path.with_name("run.responses.jsonl")
        kept.unlink(missing_ok=True)
        if responses is not None:
            kept.write_text(responses, "utf-8")
        with pytest.raises(RequestError, match=sentence):
            write_report([path], out)

    refused("not where they were: say where they are with `bench score", {"items": str(tmp_path / "none")})
    refused("scored in another way than now", {"micro_accuracy": result["micro_accuracy"] / 2 + 0.01})
    refused("scored in another way than now", {}, book.rsplit("\n", 2)[0])
    refused("cannot be read, which has the responses", {}, None)
    refused("holds other items", {}, book.replace('"response": {"id": "', '"response": {"id": "x', 1))
    (tmp_path / "other.json").write_text("{}")
    with pytest.raises(RequestError, match="was not written by"):
        write_report([tmp_path / "other.json"], out)
    with pytest.raises(RequestError, match="is no JSON file"):
        write_report([runs[0].with_name("indices.responses.jsonl")], out)
    with pytest.raises(Cancelled):
        write_report(runs, out, stopped=lambda: True)
    assert not out.exists()
    assert not list(tmp_path.glob("*_files"))
