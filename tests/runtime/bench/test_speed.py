"""`bench speed` on a small model: what is told fits together, and what cannot be asked is refused before any work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from model_runtime.__main__ import main
from model_runtime.bench.first_answer import in_new_process
from model_runtime.bench.question import Question, answer, write_image
from model_runtime.bench.stopwatch import STAGES
from model_runtime.errors import Cancelled, ModelError
from model_runtime.model.language import Context, likeliest
from model_runtime.model_store.keeper import Keeper
from tests.runtime.model.small import write_small

RATIOS = ("ratio_to_yardstick", "ratio_to_bare_passes", "ratio_to_floor", "ratio_to_generate", "tokens_per_s")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("speed")
    write_small(made)
    return made


def test_the_command_writes_figures_that_fit_together(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "speed.json"
    arguments = ["--model", str(folder), "--device", "cpu", "--runs", "2", "--words", "8", "--masks", "1"]
    assert main(["bench", "speed", *arguments, "--size", "160x100", "--json", str(out)]) == 0
    made = json.loads(out.read_text("utf-8"))
    assert made["same_as_yardstick"] == {"ids": True, "masks": True, "injected": True}
    for name in RATIOS:
        low, high = made["spread"][name]
        assert 0 < low <= made[name] <= high
    assert made["ratio_to_floor"] > 1
    assert made["ratio_of_follow_up"] < 1
    assert made["diverged"] == 0
    assert list(made["stages"]) == [*STAGES, "other"]
    for stage in made["stages"].values():
        assert stage["low_s"] <= stage["median_s"] <= stage["high_s"]
    low = sum(stage["low_s"] for stage in made["stages"].values())
    high = sum(stage["high_s"] for stage in made["stages"].values())
    assert low <= made["seconds"]["warm"]["high"] * 1.001
    assert made["seconds"]["warm"]["low"] <= high * 1.001
    assert made["stages"]["other"]["low_s"] > 0
    for name in STAGES:
        assert made["stages"][name]["median_s"] > 0
    for name in ("vit", "sam2_encode", "prefill", "token", "mask_decode", "select_inject"):
        assert made["stages"][name]["ratio_to_floor"] > 1
    cold = made["cold"]
    assert cold["total_s"] == pytest.approx(cold["start_s"] + cold["import_s"] + cold["load_s"] + cold["answer_s"])
    assert min(cold["start_s"], cold["import_s"], cold["load_s"]) > 0
    assert cold["answer_s"] == pytest.approx(sum(cold["stages"].values()))
    assert made["peak_memory_mb"] > 100
    assert made["asked"] | {"prompt_tokens": 0} == {
        "model": str(folder), "width": 160, "height": 100, "runs": 2, "words": 8, "masks": 1, "prompt_tokens": 0,
        "injected_tokens": made["asked"]["injected_tokens"],
    }  # fmt: skip
    assert made["device"]["name"] == "cpu"
    assert made["versions"]["torch"]
    said = capsys.readouterr().out
    assert "ids yes, masks yes, injected yes" in said
    assert all(stage in said for stage in STAGES)


def test_an_answer_can_be_stopped_and_leaves_the_model_as_it_was(folder: Path, tmp_path: Path) -> None:
    model = Keeper("cpu").get(str(folder))
    question = Question(str(write_image(tmp_path, (96, 64))), 96, 64, 8, 1, str(folder))
    with pytest.raises(Cancelled):
        answer(model, question, lambda: True)
    assert Context.choose is likeliest
    assert not list(tmp_path.glob("answer.*"))
    with pytest.raises(Cancelled):
        in_new_process(question, "cpu", lambda: True)


def test_why_there_was_no_first_answer_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"nowhere"):
        in_new_process(Question("scene.tif", 96, 64, 8, 1, str(tmp_path / "nowhere")), "cpu")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--masks", "5", "--words", "5"], "more than 5 words"),
        (["--size", "32x512"], "cannot be timed"),
        (["--size", "4000x4000"], "cannot be timed"),
        (["--json", "nowhere/speed.json"], "does not exist"),
        (["--compile"], "leave --compile away"),
        (["--json", "speed.txt"], "does not end with .json"),
    ],
)
def test_what_cannot_be_asked(options: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "speed", "--device", "cpu", *options]) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("options", [["--masks", "20"], ["--runs", "0"], ["--model", "DIR", "--synth", "mid"]])
def test_options_that_argparse_refuses(options: list[str]) -> None:
    with pytest.raises(SystemExit):
        main(["bench", "speed", *options])
