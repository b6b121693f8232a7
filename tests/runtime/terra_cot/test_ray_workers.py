"""The same build over a real, small Ray cluster on this machine."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from model_runtime.errors import Cancelled, OutputError, RequestError
from model_runtime.terra_cot.build import build
from model_runtime.terra_cot.ray_workers import on_ray, on_ray_actors
from tests.runtime.terra_cot.conftest import SMALL
from tests.runtime.terra_cot.datasets import content

ray = pytest.importorskip("ray", reason="the extra `ray` is not installed")


def fail(number: int, tell: Callable[[int], None]) -> None:
    raise OutputError("the disk is full.")


def sleep(number: int, tell: Callable[[int], None]) -> None:
    time.sleep(60)


def once_killed(job: tuple[str, Path], tell: Callable[[int], None]) -> tuple[str, int]:
    """What a worker was asked, and its process, which ends at "die" once and at "wait" takes long."""
    word, mark = job
    if word == "die" and not mark.exists():
        mark.touch()
        os._exit(9)
    if word == "wait":
        time.sleep(60)
    return word, os.getpid()


@pytest.fixture(autouse=True)
def in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ray's own processes have to find this checkout."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[3]))


def test_ray_makes_the_same_bytes_as_processes(tmp_path: Path, parquet_dataset: Path) -> None:
    build(replace(SMALL, format="parquet"), tmp_path / "dataset", workers=1, ray="local")
    assert content(tmp_path / "dataset") == content(parquet_dataset)
    assert not ray.is_initialized()


def test_an_error_of_ours_comes_back_as_itself_and_a_stop_ends_the_tasks() -> None:
    with (
        pytest.raises(OutputError, match="the disk is full"),
        closing(on_ray(fail, [1], "local", 1, lambda: False)) as results,
    ):
        list(results)
    began = time.monotonic()
    with pytest.raises(Cancelled):
        list(on_ray(sleep, [1, 2], "local", 1, lambda: ray.is_initialized()))
    assert time.monotonic() - began < 30
    assert not ray.is_initialized()


def test_actors_stay_are_replaced_when_they_end_and_stop_when_told(tmp_path: Path) -> None:
    words = ("first", "second", "die", "wait")
    said: list[tuple[str, int]] = []
    jobs = [(word, tmp_path / "mark") for word in words]
    began = time.monotonic()
    with pytest.raises(Cancelled):
        for answer in on_ray_actors(once_killed, jobs, "local", 1, lambda: len(said) == 3, gpus=False):
            said.append(answer)
    assert time.monotonic() - began < 40  # "wait" was not waited for
    assert [word for word, _ in said] == ["first", "second", "die"]
    first, second, after = (process for _, process in said)
    assert first == second != after
    assert os.getpid() not in (first, after)
    assert not ray.is_initialized()


def test_a_cluster_that_does_not_answer_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    with pytest.raises(RequestError, match="No Ray cluster answers at 'auto'"):
        list(on_ray(sleep, [1], "auto", None, lambda: False))
