"""`bench run` with the bundled model: a plain loop, processes, going on, and official files without a place."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pa = pytest.importorskip("pyarrow", reason="the extra `data` is not installed")
pytest.importorskip("pycocotools", reason="the extra `data` is not installed")

import pyarrow.parquet as pq  # noqa: E402

from model_runtime import protocol  # noqa: E402
from model_runtime.bench.asking import Setting, stated, way_for  # noqa: E402
from model_runtime.bench.document import Table  # noqa: E402
from model_runtime.bench.items import ITEMS_FILE, TASKS, read_items  # noqa: E402
from model_runtime.bench.pictures import pictures_of  # noqa: E402
from model_runtime.bench.report_inputs import read_inputs  # noqa: E402
from model_runtime.bench.report_sections import beside_the_paper  # noqa: E402
from model_runtime.bench.responses import Response  # noqa: E402
from model_runtime.bench.run import Plan, run  # noqa: E402
from model_runtime.bench.suites import read_suite  # noqa: E402
from model_runtime.errors import Cancelled, ModelError, RequestError  # noqa: E402

from ..terra_cot.datasets import environment  # noqa: E402

ASKED = Setting("nano", "question")
FAR = Setting("openai:http://localhost:1/v1#seer", "letters")


def _responses(out: Path) -> list[Response]:
    lines = out.with_name(f"{out.stem}.responses.jsonl").read_text("utf-8").splitlines()
    return [Response.of_line(json.dumps(json.loads(line)["response"])) for line in lines[1:]]


def _words(response: Response) -> Response:
    """What does not depend on how long it took; of scores six digits: two processes once differed in the eighth."""
    masks = tuple(replace(mask, score=round(mask.score, 6)) for mask in response.masks)
    return replace(response, masks=masks, seconds=0.0)


@pytest.fixture(scope="module")
def ran(few: Path, nano_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Path, dict]:
    """Six items, whichever way they are shown, asked one after the other."""
    out = tmp_path_factory.mktemp("ran") / "scores.json"
    plan = Plan("terrascope", few, ASKED, limit=6, device="cpu")
    return plan, out, run(plan, out)


def test_scores_are_those_of_the_file_and_have_all_that_is_promised(ran: tuple[Plan, Path, dict]) -> None:
    _, out, result = ran
    assert json.loads(out.read_text("utf-8")) == json.loads(json.dumps(result))
    assert result["suite"] == "terrascope"
    assert set(result["tasks"]) <= set(TASKS)
    assert all({"n", "accuracy", "interval"} <= set(task) for task in result["tasks"].values())
    assert sum(task["n"] for task in result["tasks"].values()) == 6
    assert 0 <= result["macro_accuracy"] <= 1
    assert 0 <= result["mean_iou"] <= 1
    assert result["failed"] == 0
    assert result["model"]["name"] == "terrascope-nano"
    assert result["reader"] == "meant"


def test_responses_keep_words_masks_and_time(ran: tuple[Plan, Path, dict], few: Path) -> None:
    _, out, _ = ran
    items = {item.id: item for item in read_items(few / ITEMS_FILE)}
    for response in _responses(out):
        assert response.answer
        assert response.seconds > 0
        assert response.masks
        for mask in response.masks:
            assert mask.mask.shape == items[response.id].masks[0].mask.shape
        assert response.reasoning.count("[SEG]") == len(response.masks)


def test_processes_give_the_same_as_the_loop(ran: tuple[Plan, Path, dict], tmp_path: Path) -> None:
    plan, out, result = ran
    again = run(replace(plan, workers=2), tmp_path / "scores.json")
    by_id = {response.id: _words(response) for response in _responses(tmp_path / "scores.json")}
    assert by_id == {response.id: _words(response) for response in _responses(out)}
    changing = ("seconds", "machine")
    assert {k: v for k, v in again.items() if k not in changing} == {
        k: v for k, v in result.items() if k not in changing
    }


def test_a_ray_cluster_gives_the_same_as_the_loop(
    ran: tuple[Plan, Path, dict], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ray = pytest.importorskip("ray", reason="the extra `ray` is not installed")
    # Ray's own processes have to find this checkout.
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[3]))
    plan, out, result = ran
    again = run(replace(plan, workers=2, ray="local"), tmp_path / "scores.json")
    by_id = {response.id: _words(response) for response in _responses(tmp_path / "scores.json")}
    assert by_id == {response.id: _words(response) for response in _responses(out)}
    assert again["tasks"] == result["tasks"]
    assert again["model"] == result["model"]
    assert not ray.is_initialized()


def test_a_stopped_run_goes_on_where_it_was(ran: tuple[Plan, Path, dict], tmp_path: Path) -> None:
    plan, out, result = ran
    path = tmp_path / "scores.json"
    told: list[float] = []
    with pytest.raises(Cancelled):
        run(plan, path, lambda: len(told) >= 3, told.append)
    assert not path.exists()
    assert len(_responses(path)) == 3
    book = path.with_name("scores.responses.jsonl")
    kept = book.read_text("utf-8")
    book.write_text(kept + '{"model": null, "response": {"id": "cut', "utf-8")
    told.clear()
    again = run(plan, path, tell=told.append)
    assert told[0] == 4 / 6
    assert book.read_text("utf-8").startswith(kept)
    assert len(_responses(path)) == 6
    assert again["tasks"] == result["tasks"]
    assert [_words(response) for response in _responses(path)] == [_words(response) for response in _responses(out)]


def test_responses_of_another_run_are_not_mixed_in(ran: tuple[Plan, Path, dict]) -> None:
    plan, out, _ = ran
    before = out.with_name("scores.responses.jsonl").read_bytes()
    for other in (replace(plan, limit=5), replace(plan, setting=replace(ASKED, measured=False))):
        with pytest.raises(RequestError, match="another suite, model or setting"):
            run(other, out)
    assert out.with_name("scores.responses.jsonl").read_bytes() == before


def test_every_variant_can_be_asked(few: Path, nano_folder: Path, tmp_path: Path) -> None:
    for variant in ("sar", "joint", "two_date"):
        plan = Plan("terrascope", few, ASKED, variant=variant, limit=1, device="cpu")
        assert run(plan, tmp_path / f"{variant}.json")["failed"] == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"workers": 0}, "At least 1 worker"),
        ({"ray": "auto", "setting": FAR}, "needs no cluster"),
        ({"items": Path("nowhere")}, "does not exist"),
        ({"suite": "x"}, "suite"),
    ],
)
def test_what_cannot_be_run_is_refused(
    ran: tuple[Plan, Path, dict], change: dict, sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(RequestError, match=sentence):
        run(replace(ran[0], **change), tmp_path / "scores.json")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("model", "workers"), [("nowhere", None), ("hf:nowhere", None), ("baseline:nobody", None), ("openai:nowhere", 2)]
)
def test_a_model_that_is_not_there_leaves_nothing_behind(
    ran: tuple[Plan, Path, dict], model: str, workers: int | None, tmp_path: Path
) -> None:
    with pytest.raises((ModelError, RequestError), match="no"):
        run(replace(ran[0], setting=Setting(model, "letters"), workers=workers), tmp_path / "scores.json")
    assert list(tmp_path.iterdir()) == []


def test_scores_go_into_a_json_file(ran: tuple[Plan, Path, dict], tmp_path: Path) -> None:
    for out in (tmp_path / "scores.txt", tmp_path / "no" / "scores.json"):
        with pytest.raises(RequestError, match="cannot be written"):
            run(ran[0], out)


def _png() -> bytes:
    file = io.BytesIO()
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8)).save(file, "PNG")
    return file.getvalue()


def test_the_published_file_is_asked_with_letters_and_read_both_ways(golden_folder: Path, tmp_path: Path) -> None:
    """Random words of a tiny published checkpoint: whatever they are, they are read and scored."""
    row = {
        "image": {"bytes": _png(), "path": "1.png"}, "question": "What share is water?", "task_type": "coverage",
        "candidates": json.dumps({"A": "58%", "B": "80%", "C": "68%", "D": "65%"}), "answer": "C",
    }  # fmt: skip
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "bench.parquet")
    setting = Setting(str(golden_folder), way_for(str(golden_folder), "auto"), "published")
    result = run(Plan("terrascope", tmp_path / "bench.parquet", setting, device="cpu"), tmp_path / "out.json")
    assert set(result["readers"]) == {"strict", "published"}
    assert result["mean_iou"] is None
    assert result["failed"] == 0


def test_images_that_are_not_there_are_told_one_by_one(nano_folder: Path, tmp_path: Path) -> None:
    with (tmp_path / "L-VQA.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["qa_id", "image_path", "question", "question_type", "options", "answer"])
        writer.writerow(["1", "there.png", "Is it water?", "MOP", "['Yes', 'No']", "Yes"])
        writer.writerow(["2", "missing.png", "Is it water?", "MOP", "['Yes', 'No']", "Yes"])
    (tmp_path / "there.png").write_bytes(_png())
    result = run(Plan("landsat30au", tmp_path, ASKED, device="cpu"), tmp_path / "out.json")
    assert result["failed"] == 1
    first, second = _responses(tmp_path / "out.json")
    assert first.error == ""
    assert "missing.png" in second.error


def test_radar_after_optical_is_asked_and_stands_beside_table_h(nano_folder: Path, tmp_path: Path) -> None:
    entry = {
        "pre_image_path": "images\\pre.png", "post_image_path": "images\\post.png", "prompts": "How many?",
        "options_str": "A. 12\nB. 15", "ground_truth_option": "B", "task": "Building Damage Counting",
        "post_image_type": "SAR",
    }  # fmt: skip
    (tmp_path / "benchmark_release.json").write_text(json.dumps([entry, entry | {"post_image_type": "Optical"}]))
    (tmp_path / "images").mkdir()
    (tmp_path / "images/pre.png").write_bytes(_png())
    speckle = np.random.default_rng(1).rayleigh(60, (64, 64)).clip(0, 255).astype(np.uint8)
    Image.fromarray(speckle).save(tmp_path / "images/post.png")
    out = tmp_path / "out.json"
    result = run(Plan("disasterm3-sar", tmp_path, ASKED, device="cpu"), out)
    assert [(response.id, response.error) for response in _responses(out)] == [("00000", "")]
    (question,) = read_suite("disasterm3-sar", tmp_path)
    optical, radar = pictures_of(question)
    assert (optical.about, radar.about) == ("Image 1 (optical)", "Image 2 (radar)")
    assert np.array_equal(np.asarray(radar.image)[..., 0], speckle)
    blocks = list(beside_the_paper(read_inputs([out]).runs))
    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert "TerraScope" in [row[0] for row in table.rows]
    assert table.rows[0][1] == f"{100 * result['micro_accuracy']:.1f}"
    assert ("TerraScope", "50.4", "32.6", "41.5") in table.rows


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_ctrl_c_keeps_what_there_is(few: Path, nano_folder: Path, tmp_path: Path) -> None:
    words = ["bench", "run", "--suite", "terrascope", "--items", str(few), "--json", str(tmp_path / "s.json")]
    book = tmp_path / "s.responses.jsonl"
    with subprocess.Popen(
        [sys.executable, "-m", "model_runtime", *words, "--device", "cpu"], env=environment(),
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
    ) as command:  # fmt: skip
        begin = time.monotonic()
        while not (book.exists() and len(book.read_text("utf-8").splitlines()) > 2):
            assert time.monotonic() - begin < 90, "it asks nothing"
            time.sleep(0.05)
        command.send_signal(signal.SIGINT)
        begin = time.monotonic()
        _, told = command.communicate(timeout=30)
    assert command.returncode == 2
    assert told.strip().endswith("Cancelled.")
    assert time.monotonic() - begin < 5
    assert [path.name for path in tmp_path.iterdir()] == [book.name]


def test_a_figure_that_no_mask_bears_out_is_hallucinated(ran: tuple[Plan, Path, dict]) -> None:
    def step(index: int, phrase: str, area_ha: float, coverage_pct: float) -> protocol.Step:
        return protocol.Step(
            index=index, phrase=phrase, image=1, area_ha=area_ha, area_uncertainty_ha=0, coverage_pct=coverage_pct,
            pixels=1, score=1, tokens=1, layer="", bounds=None,
        )  # fmt: skip

    class Said:
        """What `stated` reads of a report."""

        steps = (step(1, "water", 54.0, 3.7), step(2, "trees", 210.0, 32.0))
        distances = ()
        changes = ()
        claims = (protocol.Claim(text="40 %", value=40, unit="%", measured=32, agrees=False),)

    words = "I mark the water . I mark the trees . 3.7 % is less than 32 %, so trees are larger. It has 99 ha."
    found = [(figure.where, figure.text, figure.agrees) for figure in stated(words, Said())]
    assert found == [
        ("reasoning", "3.7 %", True), ("reasoning", "32 %", True), ("reasoning", "99 ha", False),
        ("answer", "40 %", False),
    ]  # fmt: skip
