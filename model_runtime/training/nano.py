"""terrascope-nano from an empty folder to the shipped files: places, tokenizer, both stages side by side, export."""

from __future__ import annotations

import json
import multiprocessing
import os
from dataclasses import dataclass
from pathlib import Path

import torch

from ..errors import ModelError
from ..model.checkpoint import save_model
from ..model.config import TerraScopeConfig, read_config
from ..model.terrascope import TerraScope
from ..model.vocabulary import Vocabulary
from ..terra_cot.workers import cores
from . import stage1, stage2
from .data import SceneCache
from .device import training_device
from .own_masks import OwnMasks
from .real import read_real
from .recipe import GPU_RECIPE, NANO_CONFIG, RECIPE, Recipe
from .tokenizer import train_tokenizer

# Large short-lived tensors otherwise go back to the system after every step, and page faults take half the time.
_KEEP_MEMORY = {"MALLOC_MMAP_THRESHOLD_": "8589934592", "MALLOC_TRIM_THRESHOLD_": "17179869184"}


@dataclass(frozen=True)
class Means:
    """What a stage may use.

    Attributes:
        minutes: wall-clock budget.
        threads: of the processor, for computing.
        device: auto, cpu, cuda or one of several such as cuda:1.
        workers: processes that make batches; None: none beside a processor that computes, and with a GPU a third of the
            cores, so that two stages have room beside one another.
    """

    minutes: float
    threads: int = 1
    device: str = "cpu"
    workers: int | None = None

    def take(self) -> tuple[torch.device, int, Recipe]:
        """The device, the workers, and the recipe for them.

        Raises:
            ModelError: the device is not there.
        """
        torch.set_num_threads(self.threads)
        device = training_device(self.device)
        gpu = device.type == "cuda"
        workers = self.workers if self.workers is not None else max(1, cores() // 3) if gpu else 0
        return device, workers, GPU_RECIPE if gpu else RECIPE


def build_places(run: Path, places: int | None = None, workers: int | None = None) -> None:
    """Generate a run's places where there are none yet.

    Args:
        run: folder of the run.
        places: how many; None: as the recipe says.
        workers: processes that generate them; None: one for each core.
    """
    if (run / "places" / "labels.npy").exists():
        return
    size = NANO_CONFIG["vision_config"]["image_size"]
    SceneCache.build(run / "places", places or RECIPE.places, size, RECIPE.first_scene_seed, workers or cores())


def train_nano(run: Path, real_data: Path | None, means: Means, build_workers: int | None = None) -> None:
    """Everything, both stages at the same time in processes of their own; a run that was stopped goes on.

    Args:
        run: folder of the run; places, tokenizer, both stages' weights and the exported model end up here.
        real_data: what `read_real` takes, or None.
        means: of each stage.
        build_workers: processes that generate the places; None: one for each core.
    """
    run.mkdir(parents=True, exist_ok=True)
    build_places(run, workers=build_workers)
    if not (run / "tokenizer.json").exists():
        train_tokenizer(RECIPE, run)
    os.environ.update(_KEEP_MEMORY)  # read by the C library when a process starts: it is for the two below
    spawn = multiprocessing.get_context("spawn")
    stages = [
        spawn.Process(target=run_stage1, args=(run, real_data, means)),
        spawn.Process(target=run_stage2, args=(run, means)),
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


def run_stage1(run: Path, real_data: Path | None, means: Means) -> None:
    """Stage 1 alone."""
    device, workers, recipe = means.take()
    config = TerraScopeConfig.model_validate(nano_config(run))
    real = read_real(real_data)
    print(f"stage 1 on {device}, {workers} workers, {len(real)} real scenes", flush=True)
    cache = SceneCache(run / "places")
    stage1.train(config, cache, real, recipe, means.minutes, run / "stage1.pt", device, workers)


def run_stage2(run: Path, means: Means) -> None:
    """Stage 2 alone; the mask branch as it stands in `stage1.pt`, where that is there, draws the model's own masks."""
    device, workers, recipe = means.take()
    torch.manual_seed(recipe.seed)
    model = TerraScope(TerraScopeConfig.model_validate(nano_config(run)), Vocabulary.read(run))
    print(f"stage 2 on {device}, {workers} workers", flush=True)
    masks = OwnMasks(model.config, run / "stage1.pt", recipe.seed)
    stage2.train(model, SceneCache(run / "places"), recipe, means.minutes, run / "stage2.pt", device, workers, masks)


def export(run: Path, out: Path, revision: str = "0.1.0", quality: str = "", class_quality: dict | None = None) -> None:
    """Put both stages' weights together and write a model folder in the published layout, float16.

    Args:
        run: folder of the run.
        out: folder to write.
        revision: of the model.
        quality: one line on how good it is.
        class_quality: how good class by class, from `figures.read_class_quality`; None: not measured.

    Raises:
        ModelError: a stage has not been trained, or its weights are of another network.
    """
    out.mkdir(parents=True, exist_ok=True)
    config = {**nano_config(run), "revision": revision, "quality": quality, "class_quality": class_quality or {}}
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n", "utf-8")
    (out / "tokenizer.json").write_bytes((run / "tokenizer.json").read_bytes())
    model = TerraScope(read_config(out), Vocabulary.read(out))
    for stage, phase in (("stage1", "masks"), ("stage2", "language")):
        path = run / f"{stage}.pt"
        if not path.is_file():
            raise ModelError(f"{path} is missing: run `train nano --phase {phase}` first.")
        state = torch.load(path, weights_only=True)["state"]
        unknown = model.load_state_dict(
            {k: v for k, v in state.items() if not k.startswith("cell_classes.")}, strict=False
        ).unexpected_keys
        if unknown:
            raise ModelError(f"{path} is of another network ({unknown[0]}); train it again.")
    save_model(model, out)
