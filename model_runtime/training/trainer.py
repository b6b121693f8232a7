"""The training loop of both stages, for any model, on one process or several (accelerate).

Everything drawn at random follows from the seed and the position in the samples, so a run that was killed goes on from
its last checkpoint as if nothing had happened: on a processor to the last digit.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING

import torch
from torch import nn

from ..errors import Cancelled, ModelError, RequestError
from ..model.terrascope import TerraScope
from ..terra_cot.chance import seeded
from .conversations import Conversation
from .forward import longest
from .orders import Order
from .runs import Run
from .stage_recipes import StageRecipe
from .trainee import Trainee, make_ready, training_profile
from .validation import look
from .watch import Watch

if TYPE_CHECKING:  # an extra
    from accelerate import Accelerator

TOLD = ("loss", "text", "wrong", "mask", "iou")
"""what is told of a step: `objective.losses`"""
_PRINT_EVERY_S = 10.0


@dataclass(frozen=True)
class Means:
    """How long a run is, and what it may use; nothing here changes what is learnt from but `steps`.

    Attributes:
        steps: Of the optimizer.
        micro_batch: Samples that are computed at a time on each process; the rest of a batch is accumulated.
        bf16: Whether to multiply in bfloat16.
        checkpointing: Whether to compute the language model's activations twice rather than to keep them.
        save_every: Steps between two checkpoints.
        validate_every: Steps between two looks at the validation samples.
        cpu: Whether to leave a GPU alone.
    """

    steps: int
    micro_batch: int = 1
    bf16: bool = False
    checkpointing: bool = False
    save_every: int = 200
    validate_every: int = 200
    cpu: bool = False


def train(
    model: TerraScope,
    order: Order,
    recipe: StageRecipe,
    means: Means,
    run: Run | None = None,
    validation: Sequence[Conversation] = (),
    cancelled: Callable[[], bool] = lambda: False,
    tell: Callable[[str], None] = lambda line: print(line, flush=True),
) -> None:
    """Train a model in place; with a run, from where that was left to its end.

    Args:
        model: a model from `load_model` or of one's own; afterwards it has learnt, and adapters are still apart.
        order: what is learnt from.
        recipe: how.
        means: how long, and with what.
        run: where checkpoints, curves and the finished model go; None: nothing is written.
        validation: samples that are looked at now and then, and drawn where there is a run.
        cancelled: asked between micro-batches.
        tell: takes a line of progress now and then.

    Raises:
        Cancelled: `cancelled` said so; the run has a checkpoint of the last complete step.
        RequestError: the batch cannot be shared among the processes.
        ModelError: the training has diverged; the last checkpoint stays.
    """
    _Training(model, order, recipe, means, run, validation, cancelled, tell).to_the_end()


class _Training:
    def __init__(
        self, model: TerraScope, order: Order, recipe: StageRecipe, means: Means, run: Run | None,
        validation: Sequence[Conversation], cancelled: Callable[[], bool], tell: Callable[[str], None],
    ) -> None:  # fmt: skip
        self.model, self.order, self.recipe, self.means, self.run = model, order, recipe, means, run
        self.validation, self.cancelled = validation, cancelled
        self.profile = training_profile(recipe)
        self.accelerator, self.parts = _accelerator(recipe, means)
        self.main = self.accelerator.is_main_process
        self.tell = tell if self.main else lambda line: None
        torch.manual_seed(recipe.seed)  # adapters begin at random
        learning = make_ready(model, recipe)
        if means.checkpointing:
            model.language_model.activation_checkpointing_enable({"use_reentrant": False})
        optimizer = torch.optim.AdamW(_groups(learning, recipe), recipe.learning_rate, recipe.betas)
        trainee = Trainee(model, recipe, means.bf16).train()
        self.trainee, self.optimizer = self.accelerator.prepare(trainee, optimizer)
        # Of ZeRO each process keeps a part of the optimizer's state.
        self.shared_out = self.accelerator.distributed_type.value == "DEEPSPEED"
        self.left_out = 0

    def to_the_end(self) -> None:
        step = saved = self._restored()
        watch = Watch(self.run.folder, step) if self.run and self.main else None
        self.tell(self._what(step))
        stream = self.order.from_position(step * self.recipe.batch, self._mine)
        clock = _Clock(step, self.means.steps)
        try:
            while step < self.means.steps:
                told = self._step(step, stream)
                step += 1
                clock.note(step, told, self.tell)
                if watch:
                    self.run.log(step, told)
                    watch.scalars(step, {**told, "learning rate": self._rate(step - 1)})
                last = step == self.means.steps
                if self.validation and self.main and (last or step % self.means.validate_every == 0):
                    self._validate(step, watch)
                if step % self.means.save_every == 0 and not last:
                    saved = self._save(step)
        except Cancelled:
            if step > saved:
                self._save(step)
            raise
        finally:
            if watch:
                watch.close()
            self.model.eval()
        if self.run and self.main:
            self.run.finish(self.model)
        self.accelerator.wait_for_everyone()

    def _what(self, step: int) -> str:
        learning = sum(value.numel() for value in self.model.parameters() if value.requires_grad)
        processes = self.accelerator.num_processes
        where = f"{self.accelerator.device}" + f", {processes} processes" * (processes > 1)
        return (
            f"{self.recipe.stage} on {where}, {f'after step {step}' if step else 'from the beginning'}: "
            f"{learning / 1e6:.2f} million parameters learn from {len(self.order)} samples in {self.means.steps} steps "
            f"of {self.recipe.batch}"
        )

    def _mine(self, position: int) -> bool:
        """Micro-batches are dealt to the processes in turn."""
        turn = position // self.means.micro_batch
        return turn % self.accelerator.num_processes == self.accelerator.process_index

    def _rate(self, step: int) -> float:
        return self.recipe.learning_rate * rate_factor(step, self.means.steps, self.recipe.warm_up)

    def _step(self, step: int, stream: Iterator[Conversation]) -> dict[str, float]:
        """One step of the optimizer; returns the means of what is told."""
        for group in self.optimizer.param_groups:
            group["lr"] = self._rate(step)
        totals = torch.zeros(len(TOLD), 2, device=self.accelerator.device)
        for part in range(self.parts):
            if self._stopped(part):
                self.optimizer.zero_grad()
                raise Cancelled
            talks = [talk for talk in islice(stream, self.means.micro_batch) if self._fits(talk)]
            own = [self._own(step, talk) for talk in talks]
            self._seed(step, part)
            with self.accelerator.accumulate(self.trainee):
                found = self.trainee(talks, own)
                self.accelerator.backward(found["loss"])
                if self.accelerator.sync_gradients:
                    self.accelerator.clip_grad_norm_(self.trainee.parameters(), self.recipe.clip)
                self.optimizer.step()
                self.optimizer.zero_grad()
            for row, name in enumerate(TOLD if talks else ()):
                if name in found:
                    totals[row] += torch.stack([found[name].detach().float(), torch.ones_like(totals[row, 1])])
        told = {
            name: total / count
            for name, (total, count) in zip(TOLD, self.accelerator.reduce(totals, "sum").tolist(), strict=True)
            if count
        }
        if not all(math.isfinite(value) for value in told.values()):
            raise ModelError("The training has diverged: the last checkpoint is sound; take a smaller learning rate.")
        return told

    def _fits(self, talk: Conversation) -> bool:
        room = self.model.config.llm_config.max_position_embeddings
        fits = longest(self.model, talk, self.profile) <= room
        if not fits and not self.left_out:
            self.tell(
                f"{talk.name} is left out, and so are others that can take more than the model's {room} positions."
            )
        self.left_out += not fits
        return fits

    def _own(self, step: int, talk: Conversation) -> bool:
        """Whether the model's own masks choose the tokens this time."""
        first, last = self.recipe.own_mask_share
        share = first + (last - first) * step / max(1, self.means.steps - 1)
        return seeded(f"{self.recipe.seed} {step} own masks {talk.name}").random() < share

    def _seed(self, step: int, part: int) -> None:
        """Dropout and sampled points depend on where the run is, not on what it has done before."""
        key = f"{self.recipe.seed} {step} {part} {self.accelerator.process_index}"
        torch.manual_seed(int.from_bytes(blake2b(key.encode(), digest_size=7).digest()))

    def _stopped(self, part: int) -> bool:
        if self.accelerator.num_processes == 1:
            return self.cancelled()
        # Processes wait for one another within a step: they may only stop together, between two.
        if part:
            return False
        asked = torch.tensor(float(self.cancelled()), device=self.accelerator.device)
        return bool(self.accelerator.reduce(asked, "sum") > 0)

    def _validate(self, step: int, watch: Watch | None) -> None:
        with torch.autocast(self.accelerator.device.type, torch.bfloat16, enabled=self.means.bf16):
            seen = look(self.model, self.validation, self.profile)
        if watch:
            watch.scalars(step, seen.figures, "validation")
            watch.panel(step, seen.panel)
        figures = ", ".join(f"{name} {value:.3f}" for name, value in seen.figures.items())
        self.tell(f"step {step}, {len(self.validation)} validation samples: {figures}")

    def _restored(self) -> int:
        if not self.run:
            return 0
        if not self.shared_out:
            return self.run.restore(self.model, self.optimizer.optimizer, forget=self.main)
        step, processes = self.run.processes(forget=self.main)
        if processes:
            self.accelerator.load_state(str(processes))
        return step

    def _save(self, step: int) -> int:
        """Write a checkpoint where there is a run; returns the step."""
        if self.run and self.shared_out:
            self.accelerator.save_state(str(self.run.draft_of_processes))
        if self.run and self.main:
            self.run.save(step, self.model, None if self.shared_out else self.optimizer.optimizer)
        self.accelerator.wait_for_everyone()
        return step


def rate_factor(step: int, steps: int, warm_up: float) -> float:
    """Of the peak learning rate at a step (0-based): a line up to it, then a cosine down to 0 (paper, Table B)."""
    rising = warm_up * steps
    if step < rising:
        return (step + 1) / math.ceil(rising)
    return 0.5 * (1 + math.cos(math.pi * (step - rising) / max(1.0, steps - rising)))


def _groups(learning: Sequence[nn.Parameter], recipe: StageRecipe) -> list[dict]:
    """Matrices decay, biases and scales do not."""
    return [
        {"params": [value for value in learning if value.ndim > 1], "weight_decay": recipe.weight_decay},
        {"params": [value for value in learning if value.ndim <= 1], "weight_decay": 0.0},
    ]


def _accelerator(recipe: StageRecipe, means: Means) -> tuple[Accelerator, int]:
    """The processes that compute, and in how many parts each of them takes its share of a batch.

    Raises:
        RequestError: the batch cannot be shared among them.
    """
    from accelerate import Accelerator, DistributedDataParallelKwargs, PartialState

    processes = PartialState(cpu=means.cpu).num_processes
    together = means.micro_batch * processes
    if recipe.batch % together:
        raise RequestError(
            f"A batch of {recipe.batch} cannot be shared by {processes} process{'es' * (processes > 1)} with "
            f"{means.micro_batch} samples at a time: choose numbers that divide it."
        )
    # A batch without a [SEG] leaves the mask decoder alone.
    uneven = DistributedDataParallelKwargs(find_unused_parameters=True)
    parts = recipe.batch // together
    accelerator = Accelerator(gradient_accumulation_steps=parts, cpu=means.cpu, kwargs_handlers=[uneven])
    plugin = accelerator.state.deepspeed_plugin
    if plugin is not None:
        plugin.deepspeed_config["train_micro_batch_size_per_gpu"] = means.micro_batch
    return accelerator, parts


class _Clock:
    """Prints a line of progress now and then."""

    def __init__(self, done: int, steps: int) -> None:
        self._done, self._steps = done, steps
        self._start = self._told = time.monotonic()

    def note(self, step: int, told: dict[str, float], tell: Callable[[str], None]) -> None:
        now = time.monotonic()
        if now - self._told < _PRINT_EVERY_S and step < self._steps:
            return
        self._told = now
        each = (now - self._start) / (step - self._done)
        figures = " ".join(f"{name} {value:.3f}" for name, value in told.items())
        left = (self._steps - step) * each / 60
        done = f"step {step} of {self._steps} ({step / self._steps:.0%})"
        tell(f"{done}: {figures}; {each:.2f} s a step, {left:.0f} min left")
