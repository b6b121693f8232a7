"""What a GPU does otherwise: bfloat16 products, a stop in between, and machines without the libraries for maps."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from model_runtime.errors import ModelError
from model_runtime.model.config import TerraScopeConfig, read_config
from model_runtime.model.vision import Tiles
from model_runtime.terra_cot.chance import seeded
from model_runtime.training import nano, stage1, stage1_batches, stage2, stage2_batches
from model_runtime.training.anchors import class_anchors
from model_runtime.training.data import SceneCache
from model_runtime.training.device import brief, training_device
from model_runtime.training.recipe import GPU_RECIPE, RECIPE
from model_runtime.training.schedule import Budget, Journal
from model_runtime.training.stage2_batches import Layout
from tests.runtime.model.small import write_small

ROOT = Path(__file__).parents[3]
SMALL = replace(RECIPE, stage1_batch=3, stage2_scenes=2, stage2_questions=2, text_questions=4)
DEVICES = [
    "cpu",
    pytest.param("cuda", marks=pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no GPU")),
]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    write_small(folder)
    SceneCache.build(folder / "places", 3, 256, first_seed=5, workers=1)
    return folder


def in_bfloat16(device: torch.device) -> torch.autocast:
    return torch.autocast(device.type, torch.bfloat16)


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("half", [False, True])
def test_both_stages_learn_in_either_precision(
    run: Path, device: str, half: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Losses and gradients are float32, and bfloat16 changes them little."""
    config: TerraScopeConfig = read_config(run)
    cache, there = SceneCache(run / "places"), torch.device(device)
    found = {}
    for precision in (in_bfloat16, lambda _: nullcontext()) if half else (brief,):
        monkeypatch.setattr(stage1, "brief", precision)
        monkeypatch.setattr(stage2, "brief", precision)
        torch.manual_seed(0)
        branch = stage1.MaskBranch(config).to(there)
        anchors = class_anchors(config.grounding_config.d_model, 1).to(there)
        batch = next(stage1_batches.batches(cache, [], SMALL, 256, 1, 0)).to(there)
        parts, _ = stage1.losses(branch, batch, anchors[batch.classes - 1], anchors, 1.0)
        model = write_small(run).to(there).requires_grad_(True)
        cells = torch.nn.Linear(config.llm_config.hidden_size, 9).to(there)
        layout = Layout(("both", "optical"), Tiles(1, 1))
        places = stage2_batches.place_batch(cache, model.vocabulary, SMALL, 8, layout, seeded(1)).to(there)
        text = stage2_batches.text_batch(model.vocabulary, SMALL, seeded(1)).to(there)
        for number, one in enumerate((parts, *(stage2.losses(model, cells, b, anchors) for b in (places, text)))):
            learnt = {name: loss for name, loss in one.items() if loss.requires_grad}
            assert all(loss.dtype == torch.float32 for loss in learnt.values())
            sum(learnt.values()).backward()
            for name, loss in learnt.items():
                found.setdefault((number, name), []).append(float(loss.detach()))
        grads = [p.grad for p in (*branch.parameters(), *model.mlp1.parameters(), *cells.parameters())]
        assert all(grad is None or (grad.dtype == torch.float32 and grad.isfinite().all()) for grad in grads)
    for name, values in found.items():
        assert values[0] == pytest.approx(values[-1], rel=0.1, abs=0.02), name


def test_a_processor_computes_in_float32_and_a_gpu_has_larger_batches() -> None:
    with brief(torch.device("cpu")):
        assert (torch.ones(2, 2) @ torch.ones(2, 2)).dtype == torch.float32
    assert training_device("cpu").type == "cpu"
    assert nano.Means(1, device="cpu").take()[1:] == (0, RECIPE)
    assert GPU_RECIPE.stage1_batch > RECIPE.stage1_batch
    if not torch.cuda.is_available():
        assert training_device("auto").type == "cpu"
        with pytest.raises(ModelError, match="no device 'cuda'"):
            training_device("cuda")


def test_what_has_diverged_is_not_kept(tmp_path: Path) -> None:
    layer = torch.nn.Linear(2, 2)
    journal = Journal(layer, Budget(1, 0.1), tmp_path / "stage.pt")
    journal.save()
    before = (tmp_path / "stage.pt").read_bytes()
    layer.weight.data[0, 0] = float("nan")
    with pytest.raises(ModelError, match="diverged"):
        journal.save()
    assert (tmp_path / "stage.pt").read_bytes() == before


_WITHOUT_MAPS = """
import runpy, sys

class Nothing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"rasterio", "geopandas", "pyproj", "shapely", "affine", "pyogrio"}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Nothing())
if __name__ == "__main__":
    sys.argv[0] = "model_runtime"
    runpy.run_module("model_runtime", run_name="__main__")
"""


def train(folder: Path, *arguments: str) -> subprocess.Popen:
    script = folder / "without_maps.py"
    script.write_text(_WITHOUT_MAPS)
    return subprocess.Popen(
        [sys.executable, str(script), "train", *arguments], cwd=folder, stdout=subprocess.PIPE, text=True,
        stderr=subprocess.STDOUT, env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
    )  # fmt: skip


def ended(process: subprocess.Popen) -> int:
    print(process.communicate()[0])
    return process.returncode


@pytest.mark.slow
def test_a_run_without_libraries_for_maps_that_is_ended_before_its_time(tmp_path: Path) -> None:
    """From the shipped weights to a model: begin, both stages at once with a process that makes batches, export."""
    run = str(tmp_path / "run")
    shipped = str(ROOT / "resources" / "models" / "terrascope-nano")
    begin = train(tmp_path, "begin", "--folder", run, "--model", shipped, "--places", "12", "--build-workers", "2")
    assert ended(begin) == 0
    stages = [
        train(
            tmp_path, "nano", "--phase", phase, "--folder", run, "--minutes", "30", "--device", "cpu", "--workers", "1"
        )
        for phase in ("masks", "language")
    ]
    told = ["", ""]
    for number, stage in enumerate(stages):
        assert stage.stdout is not None
        told[number] += stage.stdout.readline()
    time.sleep(8)
    for stage in stages:
        stage.send_signal(signal.SIGTERM)
    for number, stage in enumerate(stages):
        told[number] += stage.communicate()[0]
        assert stage.returncode == 0, told
        assert "written at" in told[number]
        saved = torch.load(tmp_path / "run" / f"stage{number + 1}.pt", weights_only=True)
        assert 0 < saved["share"] < 0.1, told
    export = train(tmp_path, "export", "--folder", run, "--out", str(tmp_path / "out"), "--revision", "0.9.9")
    assert ended(export) == 0
    assert read_config(tmp_path / "out").revision == "0.9.9"
