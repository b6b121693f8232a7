"""The commands themselves: killed in the middle they go on exactly, and on two processes they learn the same."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

import pytest
import torch

from model_runtime.__main__ import main
from model_runtime.model.checkpoint import load_model
from model_runtime.training.stage_recipes import PARTS, modules_of
from tests.runtime.terra_cot.datasets import ROOT, environment
from tests.runtime.training.small_training import recipe, write_dataset, write_small_model

pytest.importorskip("accelerate")
pytest.importorskip("tensorboard")
STEPS = 7


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("inputs")
    write_small_model(folder / "base")
    return folder / "base", write_dataset(folder)


def words(inputs: tuple[Path, Path], out: Path, *more: object, stage: str = "stage2") -> list[str]:
    base, data = inputs
    given = ["--model", base, "--data", data, "--out", out, "--batch", 2, "--steps", STEPS, "--cpu", *more]
    return ["train", stage, *map(str, given)]


def command(*arguments: str) -> subprocess.Popen:
    # One thread, so that sums are taken in the same order each time.
    run = [sys.executable, "-m", *arguments]
    return subprocess.Popen(run, env={**environment(), "OMP_NUM_THREADS": "1"}, stdout=subprocess.DEVNULL)


def losses(run: Path) -> list[dict]:
    return [json.loads(line) for line in (run / "losses.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.slow
def test_killed_it_goes_on_to_the_same_last_digit(inputs: tuple[Path, Path], tmp_path: Path) -> None:
    """With adapters, whose dropout is drawn, own masks and dropped bands; killed by SIGKILL at some point of step 4."""
    pytest.importorskip("peft")
    options = ("--save-every", 2, "--lora", 2, "--own-masks", 0.5, "--learning-rate", 1e-3, "--loss", "published")
    straight = command("model_runtime", *words(inputs, tmp_path / "straight", *options))
    killed = command("model_runtime", *words(inputs, tmp_path / "killed", *options))
    log = tmp_path / "killed" / "losses.jsonl"
    deadline = time.monotonic() + 120
    while not (log.is_file() and len(log.read_text("utf-8").splitlines()) >= 3) and time.monotonic() < deadline:
        assert killed.poll() is None
        time.sleep(0.02)
    killed.send_signal(signal.SIGKILL)
    assert killed.wait(60) == -signal.SIGKILL
    assert not (tmp_path / "killed" / "model").exists()
    assert straight.wait(120) == 0
    assert command("model_runtime", *words(inputs, tmp_path / "killed", *options)).wait(120) == 0
    assert losses(tmp_path / "killed") == losses(tmp_path / "straight")
    assert [line["step"] for line in losses(tmp_path / "killed")] == list(range(1, STEPS + 1))
    weights = [(tmp_path / run / "model" / "model.safetensors").read_bytes() for run in ("killed", "straight")]
    assert weights[0] == weights[1]
    load_model(tmp_path / "killed" / "model")


@pytest.mark.slow
def test_two_processes_learn_what_one_does(inputs: tuple[Path, Path], tmp_path: Path) -> None:
    alone = command("model_runtime", *words(inputs, tmp_path / "one", "--micro-batch", 1))
    launch = (
        "accelerate.commands.launch --cpu --num_processes 2 --num_machines 1 --mixed_precision no "
        "--dynamo_backend no --main_process_port 29671 -m model_runtime"
    ).split()
    assert command(*launch, *words(inputs, tmp_path / "two", "--micro-batch", 1)).wait(300) == 0
    assert alone.wait(120) == 0
    for one, two in zip(losses(tmp_path / "one"), losses(tmp_path / "two"), strict=True):
        assert two == pytest.approx(one, rel=1e-3)


def test_ctrl_c_ends_it_within_a_second_with_a_checkpoint(inputs: tuple[Path, Path], tmp_path: Path) -> None:
    run = tmp_path / "run"
    started = command("model_runtime", *words(inputs, run, "--steps", 10_000))
    while not (run / "losses.jsonl").is_file():
        assert started.poll() is None
        time.sleep(0.02)
    asked = time.monotonic()
    started.send_signal(signal.SIGINT)
    assert started.wait(30) == 2
    assert time.monotonic() - asked < 5  # the process itself takes most of it to end
    (checkpoint,) = run.glob("step-*")
    load_model(checkpoint)
    assert not list(run.glob(".*"))


def test_stage_1_learns_referring_pairs_from_the_same_dataset(inputs: tuple[Path, Path], tmp_path: Path) -> None:
    assert main(words(inputs, tmp_path / "run", "--steps", 1, stage="stage1")) == 0
    assert "iou" in losses(tmp_path / "run")[0]
    load_model(tmp_path / "run" / "model")


def test_samples_without_a_mask_are_learnt_as_themselves(inputs: tuple[Path, Path], tmp_path: Path) -> None:
    """The release puts sample 0 in their place (SPEC 9, defect 16); stage 1 has no use for them."""
    from model_runtime.training.stages import dataset_order

    folder = write_dataset(tmp_path, "json")
    (shard, *_) = sorted((folder / "train").glob("*.json"))
    lines = shard.read_text("utf-8").splitlines()
    sample = json.loads(lines[3].rstrip(","))
    sample["conversations"][1]["value"] = "<answer>A quiet place.</answer>"
    sample |= {"masks": [], "phrases": []} | ({"mask_images": []} if "mask_images" in sample else {})
    lines[3] = json.dumps(sample) + ","
    shard.write_text("\n".join(lines) + "\n", "utf-8")
    model = load_model(inputs[0])
    taught = dataset_order(model, folder, recipe("stage2"))
    found = {talk.name: talk for talk in islice(taught.from_position(0, lambda position: True), len(taught))}
    assert found[sample["id"]].pieces == ("<answer>A quiet place.</answer>",)
    assert len({talk.name for talk in found.values()}) == len(taught)
    assert len(dataset_order(model, folder, recipe("stage1"))) < len(taught)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--steps", "0"), "--steps is 1 or more, not 0."),
        (("--batch", "0"), "--batch is 1 or more, not 0."),
        (("--own-masks", "1.5"), "--own-masks is a share from 0 to 1, not 1.5."),
        (("--learning-rate", "0"), "--learning-rate lies between 0 and 1, 0.0 does not."),
        (("--lora", "-1"), "--lora is 0 or more, not -1."),
        (("--learn", "ears"), "A model has no part 'ears'"),
        (("--data", "nowhere"), "nowhere is not a dataset that `data build` made"),
        (("--model", "nowhere"), "nowhere"),
    ],
)
def test_what_cannot_be_used_is_refused_before_anything_is_written(
    inputs: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], sentence: str
) -> None:
    assert main(words(inputs, tmp_path / "run", *more)) == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_accelerate_reads_the_zero_2_file() -> None:
    config = pytest.importorskip("accelerate.commands.config.config_args")
    read = config.load_config_from_file(str(ROOT / "docs" / "accelerate-zero2.yaml"))
    assert read.distributed_type == "DEEPSPEED"
    assert read.deepspeed_config["zero_stage"] == 2
    assert read.mixed_precision == "bf16"


def test_nanos_last_phase_makes_its_dataset_and_trains_every_part(inputs: tuple[Path, Path], tmp_path: Path) -> None:
    from model_runtime.training.stages import train_together
    from model_runtime.training.trainer import Means

    finished = train_together(tmp_path, inputs[0], 12, Means(1, cpu=True))
    assert finished == tmp_path / "together" / "model"
    before, after = load_model(inputs[0]), load_model(finished)
    for part in PARTS:
        pairs = zip(modules_of(before, part), modules_of(after, part), strict=True)
        same = [torch.equal(a, b) for x, y in pairs for a, b in zip(x.parameters(), y.parameters(), strict=True)]
        # Point prompts, mask prompts and outputs that were not the best one are asked for nothing.
        assert not all(same) or part == "sam2.prompt_encoder", part


def test_nanos_last_phase_needs_the_other_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "nano", "--folder", str(tmp_path), "--phase", "together"]) == 2
    assert "train the masks and the language" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
