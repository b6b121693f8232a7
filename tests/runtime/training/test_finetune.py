"""`train finetune` from a command line to an answer, on a generated scene with a class nano has never heard of."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import geopandas
import numpy as np
import pytest
import rasterio
import shapely
from rasterio.features import shapes

from model_runtime.__main__ import main
from model_runtime.errors import Cancelled, ModelError, OutputError, RequestError
from model_runtime.model_store.shelf import summaries
from model_runtime.terra_cot.scenes import generate
from model_runtime.training.evaluate_finetune import draw_polygons, seen_blocks
from model_runtime.training.finetune import Order, finetune
from model_runtime.training.finetune_cli import _stoppable

from ..terra_cot.sources.files import write_raster

ROOT = Path(__file__).resolve().parents[3]
NAMES = {1: "water", 2: "trees", 3: "spelt fields", 4: "grassland"}
"""by the generator's code; nano calls the third cropland"""
LINUX = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="it sends signals and reads /proc")
BANDS = ("B04", "B03", "B02", "B08", "B11", "B12")


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A scene of 256 x 256 pixels and a dozen and more polygons of four classes."""
    folder = tmp_path_factory.mktemp("given")
    scene = next(found for found in (generate(256, seed, 10.0) for seed in range(40, 90))
                 if all((found.labels == code).mean() > 0.05 for code in NAMES))  # fmt: skip
    values = (scene.bands * 10_000).clip(1, 10_000).astype(np.uint16)
    raster = write_raster(folder / "scene.tif", values, names=BANDS[: len(values)])
    rng, rows = np.random.default_rng(1), []
    with rasterio.open(raster) as source:
        transform, crs = source.transform, source.crs
    for code, name in NAMES.items():
        inside = np.argwhere(scene.labels == code)
        for row, column in inside[rng.choice(len(inside), 14, replace=False)]:
            part = np.zeros(scene.labels.shape, bool)
            part[max(0, row - 4) : row + 5, max(0, column - 4) : column + 5] = True
            part &= scene.labels == code
            outlines = [shapely.geometry.shape(s) for s, _ in shapes(part.astype(np.uint8), part, transform=transform)]
            rows.append((name, max(outlines, key=lambda outline: outline.area)))
    table = geopandas.GeoDataFrame({"class": [n for n, _ in rows]}, geometry=[s for _, s in rows], crs=crs)
    table.to_file(folder / "polygons.gpkg", driver="GPKG")
    return raster, folder / "polygons.gpkg"


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "models"
    monkeypatch.setenv("TERRASCOPE_MODELS", str(folder))
    yield folder


def _words(given: tuple[Path, Path], name: str) -> list[str]:
    scene, polygons = map(str, given)
    return ["train", "finetune", "--scene", scene, "--labels", polygons, "--field", "class", "--name", name]


def _started(given: tuple[Path, Path], out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "model_runtime", *_words(given, "spelt"), "--out", str(out), "--json-progress"]
    pipe = subprocess.PIPE
    alone = os.environ | {"OMP_NUM_THREADS": "1"}  # so that what it has used is what it took
    return subprocess.Popen(command, cwd=ROOT, env=alone, stdin=pipe, stdout=pipe, stderr=pipe)


def _used_s(process: subprocess.Popen[bytes]) -> float:
    """CPU time of a process so far (proc(5): utime and stime are the 14th and 15th field)."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _longest_deaf_s() -> Iterator[Callable[[], float]]:
    """Within, how long the main thread computes at most between two points at which it hears a signal."""
    last, longest = time.thread_time(), 0.0

    def hear(_: int, __: FrameType | None) -> None:
        nonlocal last, longest
        now = time.thread_time()
        last, longest = now, max(longest, now - last)

    before = signal.signal(signal.SIGPROF, hear)
    signal.siginterrupt(signal.SIGPROF, False)
    signal.setitimer(signal.ITIMER_PROF, 0.02, 0.02)
    try:
        yield lambda: longest
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.mark.slow
@pytest.mark.usefixtures("nano_folder")
def test_taught_listed_asked_and_deleted(
    given: tuple[Path, Path], shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with _longest_deaf_s() as deaf_s:
        assert main([*_words(given, "spelt"), "--minutes", "0.05", "--json-progress"]) == 0
    # From the labels to the last file there is no computation that a wish to end has to wait for.
    assert 0 < deaf_s() < 0.5
    *progress, last = map(json.loads, capsys.readouterr().out.splitlines())
    fractions = [line["fraction"] for line in progress]
    assert fractions == sorted(fractions) and len({line["stage"] for line in progress}) >= 6
    done = last["done"]
    assert done["folder"] == str(shelf / "spelt") and done["size_bytes"] < 5_000_000
    assert sum(file.stat().st_size for file in (shelf / "spelt").iterdir()) < 5_000_000
    for found in (done["held_out"], done["held_out"]["classes"]["spelt fields"]):
        assert found["iou_after"] > found["iou_before"] + 0.1
    # What was not taught is found as it was, but for noise.
    assert done["rehearsal"]["iou_after"] > done["rehearsal"]["iou_before"] - 0.03

    (listed,) = (model for model in summaries() if model.id == "spelt")
    assert (listed.state, listed.base) == ("here", "terrascope-nano")
    assert "spelt fields" in listed.summary and listed.held_out.iou_after == done["held_out"]["iou_after"]
    assert listed.size_bytes == done["size_bytes"] and main(["models", "verify", "spelt"]) == 0
    assert main(["models", "inspect", "spelt"]) == 0

    report = tmp_path / "answer.gpkg"
    question = "How many hectares of spelt fields are there?"
    assert (
        main(["ask", "--question", question, "--optical", str(given[0]), "--model", "spelt", "--out", str(report)]) == 0
    )
    steps = geopandas.read_file(report, layer="steps")
    assert steps["phrase"].tolist() == ["spelt fields"] and steps["area_ha"][0] > 0

    assert main(["models", "delete", "spelt", "--yes"]) == 0
    assert not (shelf / "spelt").exists()


@pytest.mark.usefixtures("nano_folder")
@LINUX
def test_a_cancelled_run_ends_within_a_second_and_leaves_nothing(given: tuple[Path, Path], tmp_path: Path) -> None:
    with _started(given, tmp_path) as process:
        for line in process.stdout:
            if json.loads(line)["fraction"] >= 0.1:
                break
        before = _used_s(process)
        process.send_signal(signal.SIGTERM)
        errors = process.stderr.read().decode()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 2 and errors.strip().splitlines()[-1] == "Cancelled."
    assert list(tmp_path.iterdir()) == []
    # Of its own time, whatever else this machine has to do: it never sleeps.
    assert used.ru_utime + used.ru_stime - before < 1


@pytest.mark.usefixtures("nano_folder")
def test_closing_stdin_cancels_too(given: tuple[Path, Path], tmp_path: Path) -> None:
    process = _started(given, tmp_path)
    process.stdout.readline()
    _, errors = process.communicate(timeout=60)  # closes stdin
    assert process.returncode == 2 and errors.decode().strip().splitlines()[-1] == "Cancelled."
    assert list(tmp_path.iterdir()) == []


@LINUX
def test_a_wish_to_end_passes_code_that_catches_every_exception() -> None:
    with pytest.raises(Cancelled), _stoppable(False) as stop:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(5)
        except Exception:  # as libraries do
            pytest.fail("It was taken for an error.")
    assert stop.is_set()
    assert signal.getsignal(signal.SIGTERM) is not signal.SIG_IGN


@pytest.mark.usefixtures("nano_folder")
@pytest.mark.parametrize(
    ("change", "error", "sentence"),
    [
        ({"name": "no/name"}, RequestError, "cannot be the name of a model"),
        ({"name": "nano"}, RequestError, "cannot be the name of a model"),
        ({"minutes": 0}, RequestError, "--minutes is between"),
        ({"model": "elsewhere"}, ModelError, "There is no model 'elsewhere'"),
        ({"out": Path("/nowhere/at/all")}, OutputError, "does not exist"),
        ({"field": "use"}, RequestError, "has no field 'use'"),
    ],
)
def test_what_cannot_be_done_is_refused_at_once(
    given: tuple[Path, Path], tmp_path: Path, change: dict, error: type[Exception], sentence: str
) -> None:
    order = {"scenes": (given[0],), "name": "mine", "polygons": given[1], "field": "class", "out": tmp_path}
    with pytest.raises(error, match=sentence):
        finetune(Order(**{**order, **change}), lambda stage, fraction: None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("nano_folder")
def test_a_folder_that_is_there_is_left_alone(given: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    with pytest.raises(OutputError, match="is there already"):
        finetune(Order((given[0],), "mine", given[1], "class", out=tmp_path), lambda stage, fraction: None)


def test_polygons_of_the_evaluation_lie_in_blocks_that_are_seen() -> None:
    codes = np.random.default_rng(1).integers(1, 5, (20, 20), np.uint8).repeat(24, 0).repeat(24, 1)
    drawn = draw_polygons(codes, 3, 1)
    assert [code for code, _ in drawn] == [1] * 3 + [2] * 3 + [3] * 3 + [4] * 3
    assert all(seen_blocks(codes.shape)[mask].all() and (codes[mask] == code).all() for code, mask in drawn)
