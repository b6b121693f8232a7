"""How the time of an answer grows with the image, the masks, the words, the prompt and the queue: `bench scale`.

One of them grows at a time, by doubling, the others stay. What is told of each step is the time, and its exponent: by
what power of the work the time has grown since the step before. 1 is proportional; below, something of it was fixed.
"""

from __future__ import annotations

import math
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from .. import protocol
from ..model.prompt import prompt_ids
from ..model.terrascope import TerraScope
from ..model_store.devices import pick_device
from ..model_store.keeper import Keeper
from ..pipeline import analyse
from ..server.jobs import Job, Jobs
from ..versions import versions
from .dictation import dictated, dictating
from .question import ASKED, Question, answer, stopper, write_image
from .stopwatch import Timed, now

_LONGEST = 4000
"""letters of a question, which the protocol allows"""
_LISTEN_S, _END_S = 0.2, 5.0
"""how often a wish to stop is asked for, and how long a job may take to end"""
_FEW_WORDS, _SIDE = 40, 256
"""what stays while another thing grows"""


@dataclass(frozen=True)
class Step:
    """One amount of work."""

    amount: int
    times: list[Timed]

    @property
    def wall_s(self) -> float:
        """Median."""
        return median(time.wall_s for time in self.times)

    @property
    def processor_s(self) -> float:
        """Median."""
        return median(time.processor_s for time in self.times)


@dataclass(frozen=True)
class Axis:
    """What grows."""

    name: str
    steps: list[Step]

    def exponents(self) -> list[float | None]:
        """Of each step, by what power of the work the processor's time has grown since the one before."""
        grown: list[float | None] = [None]
        for one, other in zip(self.steps, self.steps[1:], strict=False):
            grown.append(math.log(other.processor_s / one.processor_s) / math.log(other.amount / one.amount))
        return grown


AXES = {
    "megapixels": (256, 512, 1024, 2048),
    "masks": (1, 2, 4, 8, 16),
    "words": (50, 100, 200, 400),
    "prompt_tokens": (450, 900, 1800),
    "queue": (1, 2, 4, 8),
}
"""name -> sides of images, or how many"""


def measure(
    name: str,
    device: str,
    runs: int,
    axes: dict[str, Sequence[int]],
    cancelled: Callable[[], bool],
    progress: Callable[[float], None],
) -> dict[str, Any]:
    """Answer questions of growing size.

    Args:
        name: of the model.
        device: auto, cpu, cuda, ...
        runs: of each step.
        axes: as `AXES`.
        cancelled: asked before every token.
        progress: told the fraction that is done.

    Returns:
        What is written to a file: of each axis its steps, with seconds and exponents.

    Raises:
        ModelError: the model cannot be used here.
        Cancelled: `cancelled` said so.
    """
    model = Keeper(pick_device(device)).get(name)
    count, done = sum(map(len, axes.values())), 0
    found: list[Axis] = []
    with tempfile.TemporaryDirectory(prefix="bench-scale-") as folder:
        for axis, amounts in axes.items():
            steps = []
            for amount in amounts:
                step = _step(axis, amount, model, Path(folder), runs, cancelled)
                if not steps or step.amount > steps[-1].amount:  # a prompt has a least and a greatest length
                    steps.append(step)
                done += 1
                progress(done / count)
            found.append(Axis(axis, steps))
    return {
        "model": model.info()["name"],
        "device": model.info()["device"],
        "tier": model.info()["tier"],
        "runs": runs,
        "versions": versions(),
        "axes": {
            axis.name: [
                {"amount": step.amount, "wall_s": step.wall_s, "processor_s": step.processor_s, "exponent": exponent}
                for step, exponent in zip(axis.steps, axis.exponents(), strict=True)
            ]
            for axis in found
        },
    }


def _step(axis: str, amount: int, model: TerraScope, folder: Path, runs: int, cancelled: Callable[[], bool]) -> Step:
    side = amount if axis == "megapixels" else _SIDE
    question = Question(str(write_image(folder, (side, side))), side, side, _FEW_WORDS, 2)
    if axis == "masks":
        question = replace(question, masks=amount)
    elif axis == "words":
        question = replace(question, words=amount)
    elif axis == "prompt_tokens":
        question, amount = _as_long(model, question, amount)
    work = _queued if axis == "queue" else _asked
    work(model, question, 1, cancelled)  # what is done for the first time is not measured
    times = [work(model, question, amount, cancelled) for _ in range(runs)]
    return Step(side * side if axis == "megapixels" else amount, times)


def _asked(model: TerraScope, question: Question, _: int, cancelled: Callable[[], bool]) -> Timed:
    return answer(model, question, cancelled).total


def _queued(model: TerraScope, question: Question, count: int, cancelled: Callable[[], bool]) -> Timed:
    """Several questions at once, as the server takes them; each of another scene as far as it knows."""
    over, go_on = threading.Semaphore(0), stopper(cancelled)

    def heard(event: protocol.Event) -> None:
        if event.event in ("done", "error"):
            over.release()

    def work(job: Job) -> None:
        analyse(job.request, model, job)

    jobs = Jobs(work)
    try:
        with dictating(model, dictated(model, question.words, question.masks)):
            begin = now(model.device)
            for number in range(count):
                out = str(Path(question.scene).with_name(f"answer{number}.gpkg"))
                jobs.submit(Job(question.request.model_copy(update={"out": out, "picture": None}), heard))
            for _ in range(count):
                go_on()
                while not over.acquire(timeout=_LISTEN_S):
                    go_on()
            return now(model.device) - begin
    finally:
        jobs.close(_END_S)


def _as_long(model: TerraScope, question: Question, tokens: int) -> tuple[Question, int]:
    """A question with a prompt of about so many tokens, as far as a question may be long; and how many it has."""
    while True:
        length = len(prompt_ids(model.vocabulary, question.turn, [[model.config.tile_tokens**2]]))
        longer = replace(question, asked=f"{question.asked} {ASKED}")
        if length >= tokens or len(longer.asked) > _LONGEST:
            return question, length
        question = longer


def table(made: dict[str, Any]) -> Iterator[str]:
    """The figures for people."""
    yield f"{made['model']} on {made['device']} ({made['tier']}), median of {made['runs']}"
    yield f"{'':<15}{'amount':>10}{'seconds':>10}{'processor':>11}{'exponent':>10}"
    for name, steps in made["axes"].items():
        for step in steps:
            exponent = "" if step["exponent"] is None else f"{step['exponent']:.2f}"
            yield (f"{name:<15}{step['amount']:>10,}{step['wall_s']:>10.3f}{step['processor_s']:>11.3f}{exponent:>10}")
