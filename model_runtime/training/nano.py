"""terrascope-nano from an empty folder to the shipped files: places, tokenizer, both stages side by side, export."""

from __future__ import annotations

import json
import multiprocessing
import os
from pathlib import Path

import torch

from ..errors import ModelError
from ..model.checkpoint import save_model
from ..model.config import TerraScopeConfig, read_config
from ..model.terrascope import TerraScope
from ..model.vocabulary import Vocabulary
from ..terra_cot.sources import iter_real
from . import stage1, stage2
from .data import SceneCache
from .recipe import NANO_CONFIG, RECIPE
from .tokenizer import train_tokenizer

# Large short-lived tensors otherwise go back to the system after every step, and page faults take half the time.
_KEEP_MEMORY = {"MALLOC_MMAP_THRESHOLD_": "8589934592", "MALLOC_TRIM_THRESHOLD_": "17179869184"}


def train_nano(run: Path, real_data: Path | None, minutes: float, threads: int) -> None:
    """Everything, both stages at the same time in processes of their own; a run that was stopped goes on.

    Args:
        run: folder of the run; places, tokenizer, both stages' weights and the exported model end up here.
        real_data: folder that holds `data/` with labelled scenes of real places, or None.
        minutes: wall-clock budget of the two stages.
        threads: of each stage.
    """
    run.mkdir(parents=True, exist_ok=True)
    if not (run / "places" / "labels.npy").exists():
        SceneCache.build(
            run / "places",
            RECIPE.places,
            NANO_CONFIG["vision_config"]["image_size"],
            RECIPE.first_scene_seed,
            os.cpu_count() or 1,
        )
    if not (run / "tokenizer.json").exists():
        train_tokenizer(RECIPE, run)
    os.environ.update(_KEEP_MEMORY)  # read by the C library when a process starts: it is for the two below
    spawn = multiprocessing.get_context("spawn")
    stages = [
        spawn.Process(target=run_stage1, args=(run, real_data, minutes, threads)),
        spawn.Process(target=run_stage2, args=(run, minutes, threads)),
    ]
    for stage in stages:
        stage.start()
    for stage in stages:
        stage.join()
    if any(stage.exitcode for stage in stages):
        raise ModelError("A training stage failed; its message is above. Run the same command again to go on.")
    export(run, run / "terrascope-nano")


def nano_config(run: Path) -> dict:
    """config.json of a run's model, its vocabulary size filled in."""
    size = -(-len(Vocabulary.read(run)) // 8) * 8
    return {**NANO_CONFIG, "llm_config": {**NANO_CONFIG["llm_config"], "vocab_size": size}}


def run_stage1(run: Path, real_data: Path | None, minutes: float, threads: int) -> None:
    """Stage 1 alone."""
    torch.set_num_threads(threads)
    config = TerraScopeConfig.model_validate(nano_config(run))
    real = list(iter_real(real_data)) if real_data else []
    print(f"stage 1: {len(real)} real scenes", flush=True)
    stage1.train(config, SceneCache(run / "places"), real, RECIPE, minutes, run / "stage1.pt")


def run_stage2(run: Path, minutes: float, threads: int) -> None:
    """Stage 2 alone."""
    torch.set_num_threads(threads)
    torch.manual_seed(RECIPE.seed)
    model = TerraScope(TerraScopeConfig.model_validate(nano_config(run)), Vocabulary.read(run))
    stage2.train(model, SceneCache(run / "places"), RECIPE, minutes, run / "stage2.pt")


def export(run: Path, out: Path, revision: str = "0.1.0", quality: str = "") -> None:
    """Put both stages' weights together and write a model folder in the published layout, float16.

    Raises:
        ModelError: a stage has not been trained, or its weights are of another network.
    """
    out.mkdir(parents=True, exist_ok=True)
    config = {**nano_config(run), "revision": revision, "quality": quality}
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n", "utf-8")
    (out / "tokenizer.json").write_bytes((run / "tokenizer.json").read_bytes())
    model = TerraScope(read_config(out), Vocabulary.read(out))
    for stage in ("stage1", "stage2"):
        path = run / f"{stage}.pt"
        if not path.is_file():
            raise ModelError(f"{path} is missing: run `train {stage}` first.")
        state = torch.load(path, weights_only=True)["state"]
        unknown = model.load_state_dict(
            {k: v for k, v in state.items() if not k.startswith("cell_classes.")}, strict=False
        ).unexpected_keys
        if unknown:
            raise ModelError(f"{path} is of another network ({unknown[0]}); train it again.")
    save_model(model, out)
