"""The same build over a real, small Ray cluster on this machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from model_runtime.errors import Cancelled, OutputError, RequestError
from model_runtime.terra_cot.build import build
from model_runtime.terra_cot.ray_workers import on_ray
from tests.runtime.terra_cot.conftest import SMALL
from tests.runtime.terra_cot.datasets import content

ray = pytest.importorskip("ray", reason="the extra `ray` is not installed")


def fail(number: int, tell: Callable[[int], None]) -> None:
    raise OutputError("the disk is full.")


def sleep(number: int, tell: Callable[[int], None]) -> None:
    time.sleep(60)


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


def test_a_cluster_that_does_not_answer_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    with pytest.raises(RequestError, match="No Ray cluster answers at 'auto'"):
        list(on_ray(sleep, [1], "auto", None, lambda: False))
