"""Which build of PyTorch is chosen for which driver."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from terrascope_qgis.client.graphics import Gpu, build_for, explain, find_gpu, index_for, read_gpu, wants_cuda
from terrascope_qgis.client.work import Procedure, Work

NEW, MIDDLE, OLD = Gpu("NVIDIA H100 80GB HBM3", "580.95.05"), Gpu("GTX 1080", "535.54"), Gpu("GTX 680", "470.10")


@pytest.mark.parametrize(
    ("gpu", "system", "build"),
    [
        (NEW, "linux", "cu130"),
        (MIDDLE, "linux", "cu126"),
        (OLD, "linux", "cpu"),
        (Gpu("x", "526.1"), "linux", "cu126"),
        (Gpu("x", "526.1"), "win32", "cpu"),
        (NEW, "win32", "cu130"),
        (NEW, "darwin", "cpu"),
        (Gpu("x", "?"), "linux", "cpu"),
        (None, "linux", "cpu"),
    ],
)
def test_the_driver_chooses_the_build(gpu: Gpu | None, system: str, build: str) -> None:
    assert build_for(gpu, system) == build


def test_the_first_card_of_several_is_read() -> None:
    assert read_gpu("NVIDIA A10, 24GB, 550.54\nNVIDIA T4, 550.54\n") == Gpu("NVIDIA A10, 24GB", "550.54")
    assert read_gpu("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.") is None


def test_an_index_may_have_a_place_for_the_build() -> None:
    assert index_for(" https://x.example/{build} ", "cu126") == "https://x.example/cu126"
    assert index_for("https://x.example/simple", "cu126") == "https://x.example/simple"
    assert index_for("", "cpu") == ""


def test_what_will_be_fetched_is_said_as_it_is() -> None:
    assert "large CUDA build" in explain(None, "", "linux")
    assert "suits it" in explain(NEW, "", "linux")
    assert "needs 580 or newer" in explain(MIDDLE, "", "linux")
    assert "no CUDA build for Windows" in explain(NEW, "", "win32")
    assert "cu130" in explain(NEW, "", "win32")
    assert "build cu126" in explain(MIDDLE, "https://x.example/{build}", "linux")
    assert "Apple" in explain(None, "", "darwin")
    assert wants_cuda(None, "", "linux")
    assert not wants_cuda(None, "", "win32")
    assert wants_cuda(MIDDLE, "https://x.example/{build}", "linux")
    assert not wants_cuda(None, "https://x.example/{build}", "linux")


def test_the_driver_is_asked_where_it_can_be(tmp_path: Path, qtbot: QtBot) -> None:
    """A program of that name on the PATH, which says what NVIDIA's says."""
    program = tmp_path / "nvidia-smi"
    program.write_text('#!/bin/sh\necho "$1" | grep -q query-gpu && echo "NVIDIA H100 80GB HBM3, 580.95.05"\n')
    program.chmod(0o755)
    assert ask(qtbot, {"PATH": f"{tmp_path}:/usr/bin:/bin"}) == NEW
    assert ask(qtbot, {"PATH": str(tmp_path / "empty")}) is None


def ask(qtbot: QtBot, environment: dict[str, str]) -> object:
    class Search(Work):
        def procedure(self) -> Procedure:
            return (yield from find_gpu(environment))

    work = Search()
    with qtbot.waitSignal(work.ended, timeout=20_000) as ended:
        work.start()
    return ended.args[0]
