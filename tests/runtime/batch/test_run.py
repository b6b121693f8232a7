"""Batches with the bundled model: what is collected, what is set aside, and what a killed batch leaves."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from model_runtime.batch import collection, run
from model_runtime.batch.plan import read_plan
from model_runtime.batch.tasks import Outcome, Task
from model_runtime.errors import Cancelled, RequestError

from .content import content
from .scenes import write_scenes

QUESTIONS = ["How much water is there?", "What is the land cover?"]
ROOT = Path(__file__).resolve().parents[3]


class Watcher:
    """Hears everything; stops at a share of the whole."""

    def __init__(self, until: float = 2.0) -> None:
        self.heard: list[tuple[str, float]] = []
        self.ends: list[tuple[str, bool, bool]] = []
        self._until = until

    def told(self, stage: str, fraction: float) -> None:
        self.heard.append((stage, fraction))

    def settled(self, task: Task, answer: str, reason: str) -> None:
        self.ends.append((task.name, bool(answer), bool(reason)))

    def cancelled(self) -> bool:
        return bool(self.heard) and self.heard[-1][1] >= self._until


@pytest.fixture(scope="module")
def one_thread() -> Iterator[None]:
    """As many threads as one worker of several has: more add up in another order, which moves a pixel of an edge."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def whole(one_thread: None, nano_folder: Path, scenes: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a batch that nothing disturbed."""
    path = tmp_path_factory.mktemp("whole") / "whole.gpkg"
    tally = run.run(read_plan(scenes, QUESTIONS), path, run.Workers(device="cpu"), Watcher())
    assert (tally.answered, tally.failed) == (6, [])
    return path


def test_every_task_has_a_run_with_its_evidence(whole: Path) -> None:
    found = content(whole)
    assert len(found["runs"]) == len(found["answers"]) == 6
    assert found["evidence"]
    assert not found["failures"]
    assert not found["attempts"]


def test_a_stopped_batch_goes_on_to_the_same_report(whole: Path, scenes: Path, tmp_path: Path) -> None:
    tasks, path = read_plan(scenes, QUESTIONS), tmp_path / "part.gpkg"
    with pytest.raises(Cancelled):
        run.run(tasks, path, run.Workers(device="cpu"), Watcher(until=0.4))
    part = content(path)
    assert 0 < len(part["runs"]) < 6
    assert not part["attempts"]
    assert [file.name for file in tmp_path.iterdir()] == ["part.gpkg"]
    with pytest.raises(RequestError, match="--resume"):
        run.run(tasks, path, run.Workers(device="cpu"), Watcher())
    tally = run.run(tasks, path, run.Workers(device="cpu"), Watcher(), resume=True)
    assert (tally.before, tally.answered) == (len(part["runs"]), 6 - len(part["runs"]))
    assert content(path) == content(whole)


def test_two_processes_give_the_same_report(whole: Path, scenes: Path, tmp_path: Path) -> None:
    path = tmp_path / "pool.gpkg"
    run.run(read_plan(scenes, QUESTIONS), path, run.Workers(2, device="cpu"), Watcher())
    assert content(path) == content(whole)


def test_what_the_runtime_refuses_is_set_aside_with_its_sentence(
    nano_folder: Path, scenes: Path, tmp_path: Path
) -> None:
    folder = write_scenes(tmp_path / "some", 1)
    (folder / "a_damaged.tif").write_bytes(b"II*\0nothing")
    path = tmp_path / "report.gpkg"
    watcher = Watcher()
    tally = run.run(read_plan(folder, QUESTIONS[:1]), path, run.Workers(device="cpu"), watcher)
    assert tally.answered == 1
    assert watcher.ends == [("a_damaged.tif", False, True), ("scene_000.tif", True, False)]
    ((_, scene, _, reason, traceback, attempts),) = content(path)["failures"]
    assert (scene, traceback, attempts) == ("a_damaged.tif", "", 1)
    assert "damaged" in reason


def test_what_was_not_foreseen_is_tried_three_times(scenes: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.gpkg"
    collection.make(path)
    first, second = read_plan(scenes, QUESTIONS[:1])[:2]
    work = run._Work([first, second], path, Watcher())
    tried: list[Task] = []
    while work.waiting:
        tried.append(work.take())
        work.settle(tried[-1], Outcome(reason="ValueError: odd", traceback="line 1"))
    assert tried == [first, second] * 3
    assert [row[3:] for row in content(path)["failures"]] == [("ValueError: odd", "line 1", 3)] * 2
    assert not content(path)["attempts"]


def test_a_task_that_ended_its_process_comes_last_and_is_set_aside_the_fourth_time(
    scenes: Path, tmp_path: Path
) -> None:
    path = tmp_path / "report.gpkg"
    collection.make(path)
    first, second = read_plan(scenes, QUESTIONS[:1])[:2]
    for _ in range(2):
        collection.begin(path, first.key)
    assert list(run._Work([first, second], path, Watcher()).waiting) == [second, first]
    collection.begin(path, first.key)
    assert list(run._Work([first, second], path, Watcher()).waiting) == [second]
    (row,) = content(path)["failures"]
    assert "ended 3 times" in row[3]


def test_a_batch_that_is_killed_five_times_gives_the_same_report(whole: Path, scenes: Path, tmp_path: Path) -> None:
    path, chance = tmp_path / "killed.gpkg", random.Random(3)
    command = [sys.executable, "-m", "model_runtime", "batch", str(scenes), "--out", str(path), "--device", "cpu"]
    command += [word for question in QUESTIONS for word in ("--question", question)]
    counts = []
    for _ in range(5):
        process = _begun([*command, *["--resume"] * path.exists(), "--json"])
        # Only from the first question on: before it there is nothing to be broken.
        for line in process.stdout:
            if b"Scene" in line:
                break
        time.sleep(chance.uniform(0.0, 0.7))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        counts.append(len(content(path)["runs"]))
    assert counts == sorted(counts)
    subprocess.run([*command, "--resume"], check=True, env=_surroundings(), stdout=subprocess.DEVNULL)
    assert content(path) == content(whole)
    assert [file.name for file in tmp_path.iterdir()] == ["killed.gpkg"]


def test_one_batch_at_a_time_writes_a_report(scenes: Path, tmp_path: Path) -> None:
    path = tmp_path / "report[1].gpkg"
    collection.make(path)
    with run._folder_beside(path) as folder:
        with pytest.raises(RequestError, match="Another batch"):
            run.run(read_plan(scenes, QUESTIONS), path, run.Workers(device="cpu"), Watcher(), resume=True)
        assert folder.is_dir()
    left = tmp_path / ".report[1].runs.old"
    left.mkdir()
    with run._folder_beside(path):
        assert not left.exists()


def test_ctrl_c_ends_within_a_second(nano_folder: Path, tmp_path: Path) -> None:
    path, folder = tmp_path / "report.gpkg", write_scenes(tmp_path / "many", 40)
    command = [sys.executable, "-m", "model_runtime", "batch", str(folder), "--out", str(path), "--device", "cpu"]
    process = _begun([*command, "--question", QUESTIONS[0], "--json"])
    for line in process.stdout:
        if b"Scene" in line and b'"fraction":0.0}' not in line:
            break
    asked = time.monotonic()
    process.send_signal(signal.SIGINT)
    rest = process.stdout.read()
    process.wait()
    took = time.monotonic() - asked
    process.stdout.close()
    assert b'"cancelled"' in rest
    assert process.returncode == 2
    assert took < 3, "one second, and as much again for a machine that is busy and a process that ends"
    assert not content(path)["attempts"]
    assert not list(tmp_path.glob(".report.runs.*"))


def test_programs_hear_of_each_question_and_options_hold_for_all(nano_folder: Path, tmp_path: Path) -> None:
    """A scene that does not reach the extent is set aside; the others are looked at within it."""
    path, folder = tmp_path / "report.gpkg", write_scenes(tmp_path / "two", 2)
    options = ["--extent", "500000,1999680,500320,2000000", "--extent-crs", "EPSG:32648", "--fusion", "concat",
               "--on-offset", "allow", "--large", "per_window", "--no-measured", "--ignore-clouds"]  # fmt: skip
    command = [sys.executable, "-m", "model_runtime", "batch", str(folder), "--out", str(path), "--device", "cpu"]
    done = subprocess.run(
        [*command, "--question", QUESTIONS[0], "--json", *options], check=True, env=_surroundings(), capture_output=True
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    settled = [line for line in lines if line["event"] == "settled"]
    ((_, said),) = [(row[0], row[3]) for row in content(path)["answers"]]
    assert [(line["scene"], line["question"], line["answer"]) for line in settled] == [
        ("scene_000.tif", QUESTIONS[0], said), ("scene_001.tif", QUESTIONS[0], "")
    ]  # fmt: skip
    assert settled[1]["reason"].endswith(".")
    with sqlite3.connect(path) as database:
        width, height, asked = database.execute("SELECT width, height, request FROM runs").fetchone()
    assert (width, height) == (32, 32)
    asked = json.loads(asked)
    assert (asked["fusion"], asked["on_offset"], asked["large"]) == ("concat", "allow", "per_window")
    assert (asked["measured"], asked["clouds"]) == (False, "ignore")


def test_ray_actors_give_the_same_report(whole: Path, scenes: Path, tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="Ray is not installed: pip install -r model_runtime/requirements-ray.txt")
    path = tmp_path / "ray.gpkg"
    run.run(read_plan(scenes, QUESTIONS), path, run.Workers(2, "local", "cpu"), Watcher())
    assert content(path) == content(whole)


def _surroundings() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}


def _begun(command: list[str]) -> subprocess.Popen:
    return subprocess.Popen(command, stdout=subprocess.PIPE, env=_surroundings(), start_new_session=True)
