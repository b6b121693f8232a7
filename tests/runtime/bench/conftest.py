"""Benchmarks built once for all tests: small generated places, and what the tests know of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from model_runtime.bench.items import Item

SEED, SIZE_PX = 11, 96


def _need_data() -> None:
    for package in ("pyarrow", "pycocotools"):
        pytest.importorskip(package, reason="the extra `data` is not installed")


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> list[Item]:
    """Three hundred generated items as optical images show them."""
    _need_data()
    from model_runtime.bench.build import Options, build
    from model_runtime.bench.items import ITEMS_FILE, read_items

    folder = tmp_path_factory.mktemp("bench") / "many"
    build(Options(("generated",), 300, SEED, size=SIZE_PX), folder)
    return list(read_items(folder / ITEMS_FILE))


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of twelve items in all variants."""
    _need_data()
    from model_runtime.bench.build import Options, build
    from model_runtime.bench.items import VARIANTS

    folder = tmp_path_factory.mktemp("bench") / "few"
    build(Options(("generated",), 12, SEED, variants=VARIANTS, size=128), folder)
    return folder
