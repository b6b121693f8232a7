from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest

from model_runtime.errors import ModelError
from model_runtime.model_store import libraries

from ..conftest import write_rgb

ROOT = Path(__file__).resolve().parents[3]
_ANSWER = """
import gc, json, sys
from model_runtime.__main__ import main
main(["ask", "--question", "How much water is there?", "--optical", sys.argv[1], "--model", sys.argv[2],
      "--out", sys.argv[3], "--picture", sys.argv[4], "--device", "cpu"])
found = {"modules": list(sys.modules), "collects": gc.isenabled(), "frozen": gc.get_freeze_count()}

import torch
@torch.compiler.disable
def apart(x):
    return x + torch.compiler.is_compiling()
def both(x):
    return apart(x) + torch.compiler.is_compiling()
found["plain"] = both(torch.zeros(1)).item()
found["unread"] = "torch._dynamo.utils" not in sys.modules
found["compiled"] = torch.compile(both, backend="eager")(torch.zeros(1)).item()

import geopandas, pandas, torch.distributed.fsdp, torchao
found["distributed"] = torch.distributed.is_available()
found["tables"] = [pandas.__version__, len(pandas.DataFrame({"a": [1]})), len(geopandas.GeoSeries([None]))]
from transformers import AutoModelForImageTextToText
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def found(nano_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What a process says of itself that has answered one question, and then uses what the answer did without."""
    folder = tmp_path_factory.mktemp("first")
    write_rgb(folder / "scene.tif", np.random.default_rng(0).integers(0, 255, (96, 96, 3), np.uint8))
    names = [str(folder / name) for name in ("scene.tif", "report.gpkg", "picture.png")]
    done = subprocess.run(
        [sys.executable, "-c", _ANSWER, names[0], str(nano_folder), *names[1:]],
        cwd=ROOT, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert Path(names[1]).is_file()
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize(
    "name",
    [
        "torch._dynamo.utils",
        "torch._inductor",
        "torch.distributed.tensor",
        "torchao",
        "accelerate",
        "pandas.core",
        "scipy.optimize",
        "sympy",
    ],
)
def test_an_answer_does_without(name: str, found: dict) -> None:
    assert name not in found["modules"]


def test_garbage_is_collected_again_but_not_among_what_stays(found: dict) -> None:
    assert found["collects"]
    assert found["frozen"] > 100_000


def test_what_an_answer_does_without_works_when_it_is_used(found: dict) -> None:
    assert found["distributed"]
    assert found["tables"] == [version("pandas"), 1, 1]


def test_the_compiler_is_read_when_it_compiles_and_knows_what_it_was_to_leave_alone(found: dict) -> None:
    assert found["unread"]
    assert (found["plain"], found["compiled"]) == (0, 1)


@pytest.mark.parametrize(
    "error",
    [
        ImportError("libgdal.so.36: failed to map segment from shared object"),
        OSError("[WinError 1455] The paging file is too small for this operation to complete"),
        MemoryError(),
    ],
)
def test_memory_that_is_too_short_for_a_library_is_told(error: Exception) -> None:
    with pytest.raises(ModelError, match="close other programs and ask"), libraries.room_for_libraries():
        raise error


def test_a_library_that_is_missing_is_not_called_short_of_memory() -> None:
    with pytest.raises(ImportError, match="No module"), libraries.room_for_libraries():
        raise ImportError("No module named torch")
