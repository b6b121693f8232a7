"""Small datasets that were really built, one of each format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from model_runtime.terra_cot.build import build
from model_runtime.terra_cot.plan import Options

SMALL = Options(("generated",), samples=40, seed=5, shard_samples=8)


@pytest.fixture(scope="session")
def json_dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`SMALL` as JSON, made by one worker without a stop."""
    pytest.importorskip("pycocotools", reason="the extra `data` is not installed")
    folder = tmp_path_factory.mktemp("json") / "dataset"
    build(SMALL, folder, workers=1)
    return folder


@pytest.fixture(scope="session")
def parquet_dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`SMALL` as parquet, made by two workers."""
    pytest.importorskip("pyarrow", reason="the extra `data` is not installed")
    pytest.importorskip("pycocotools", reason="the extra `data` is not installed")
    folder = tmp_path_factory.mktemp("parquet") / "dataset"
    build(replace(SMALL, format="parquet"), folder, workers=2)
    return folder
