"""The folder of a run: its options, the losses of every step, checkpoints to go on from, and the finished model.

    run.json          the options; another command does not go on in this folder
    losses.jsonl      one line a step
    tensorboard/      the same as curves, and pictures of validation masks
    step-00000200/    a whole model folder in the published layout, and beside it what is needed to go on exactly
    model/            the finished model

Everything appears under its name only when it is complete.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import torch
from torch.optim import Optimizer

from ..errors import OutputError, RequestError
from ..evidence.files import write_whole
from ..model.checkpoint import FLOATS, save_state
from ..model.shards import read_folder
from ..model.terrascope import TerraScope
from .lora import merged_state

_OPTIONS, _LOSSES, _STATE, _MODEL = "run.json", "losses.jsonl", "training.pt", "model"
_PROCESSES = "processes"
# What a model folder has beside its weights.
_BESIDE = (
    "config.json", "tokenizer.json", "tokenizer_config.json", "vocab.json", "merges.txt", "added_tokens.json",
    "special_tokens_map.json",
)  # fmt: skip
_KEPT = 2


class Run:
    """A run's folder.

    Args:
        folder: where; made if it is not there.
        base: the model folder that is trained.
        options: everything the result depends on; plain values.

    Raises:
        RequestError: the folder holds a run with other options, or a finished one.
        OutputError: it cannot be written to.
    """

    def __init__(self, folder: Path, base: Path, options: dict) -> None:
        self.folder, self._base = folder, base
        self._dtype = FLOATS[next(iter(read_folder(base).values())).dtype]
        if self.model_folder.is_dir():
            raise RequestError(f"{self.model_folder} is finished already: choose another folder for a new run.")
        options = json.loads(json.dumps(options))
        path = folder / _OPTIONS
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not path.is_file():
                write_whole(path, json.dumps(options, indent=1) + "\n")
            before = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise OutputError(f"{folder} is of no use for a run ({error}): choose another folder.") from error
        if before != options:
            other = [name for name in {**before, **options} if before.get(name) != options.get(name)]
            raise RequestError(
                f"{folder} holds a run with other options ({', '.join(sorted(other))}): give the same ones to go on, "
                "or choose another folder."
            )

    @property
    def model_folder(self) -> Path:
        """Where the finished model is, or will be."""
        return self.folder / _MODEL

    def checkpoints(self) -> list[Path]:
        """Complete ones, the newest last."""
        return sorted(path for path in self.folder.glob("step-*") if (path / _STATE).is_file())

    def restore(self, model: TerraScope, optimizer: Optimizer, *, forget: bool = True) -> int:
        """Put the newest checkpoint's numbers in place.

        Args:
            model: what is trained, in the state of `trainer.make_ready`.
            optimizer: of the same parameters.
            forget: whether to drop what was logged after it, as those steps will be done again, and half checkpoints.

        Returns:
            How many steps the numbers have behind them.
        """
        found = self.checkpoints()
        step = 0
        if found:
            saved = torch.load(found[-1] / _STATE, map_location="cpu", weights_only=True)
            parameters = dict(model.named_parameters())
            with torch.no_grad():
                for name, value in saved["trained"].items():
                    parameters[name].copy_(value)
            optimizer.load_state_dict(saved["optimizer"])
            step = saved["step"]
        if forget:
            self._forget_after(step)
        return step

    def processes(self, *, forget: bool) -> tuple[int, Path | None]:
        """Where the processes of a run that is shared out left their parts: the step and the folder, None at first."""
        found = self.checkpoints()
        step = torch.load(found[-1] / _STATE, weights_only=True)["step"] if found else 0
        if forget:
            self._forget_after(step)
        return step, found[-1] / _PROCESSES if found else None

    @property
    def draft_of_processes(self) -> Path:
        """Where processes leave their parts before `save` takes them along."""
        return self.folder / f".{_PROCESSES}.part"

    def save(self, step: int, model: TerraScope, optimizer: Optimizer | None) -> None:
        """Write a checkpoint; older ones than the one before it go.

        Args:
            step: how many are done.
            model: what is trained.
            optimizer: of its parameters; None where the processes have left their parts.

        Raises:
            OutputError: it cannot be written.
        """
        target = self.folder / f"step-{step:08}"
        if (target / _STATE).is_file():
            return
        state: dict = {"step": step}
        if optimizer is not None:
            trained = {name: value.detach() for name, value in model.named_parameters() if value.requires_grad}
            state |= {"trained": trained, "optimizer": optimizer.state_dict()}
        self._publish(target, model, state)
        for old in self.checkpoints()[:-_KEPT]:
            shutil.rmtree(old)

    def finish(self, model: TerraScope) -> None:
        """Write the finished model's folder.

        Raises:
            OutputError: it cannot be written.
        """
        self._publish(self.model_folder, model, None)

    def _publish(self, target: Path, model: TerraScope, state: dict | None) -> None:
        draft = self.folder / f".{target.name}.part"
        try:
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            for name in _BESIDE:
                if (self._base / name).is_file():
                    shutil.copyfile(self._base / name, draft / name)
            save_state(merged_state(model), draft, self._dtype)
            if state:
                torch.save(state, draft / _STATE)
            if state and self.draft_of_processes.is_dir():
                os.replace(self.draft_of_processes, draft / _PROCESSES)
            os.replace(draft, target)
        except OSError as error:
            raise OutputError(f"{target} cannot be written ({error}): free space and run it again.") from error

    def log(self, step: int, values: dict[str, float]) -> None:
        """Note what a step cost, every digit."""
        with (self.folder / _LOSSES).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"step": step, **values}) + "\n")

    def _forget_after(self, step: int) -> None:
        for half in self.folder.glob(".*.part"):
            shutil.rmtree(half)
        path = self.folder / _LOSSES
        if path.is_file():
            # The last line may be half: the process was killed.
            lines = [line for line in path.read_text("utf-8").splitlines(keepends=True) if line.endswith("}\n")]
            write_whole(path, "".join(line for line in lines if json.loads(line)["step"] <= step))
