"""The first answer of a new process: what `bench speed` calls cold, and where peak memory is the runtime's own.

`python -m model_runtime.bench.first_answer` reads a question and a device as JSON and prints a `FirstAnswer`.
"""

from __future__ import annotations

import json
import os
import subprocess  # nosec B404
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ModelError, TerraScopeError

if TYPE_CHECKING:
    from .question import Question

_LISTEN_S = 0.2
"""how often a wish to stop is asked for"""


@dataclass(frozen=True)
class FirstAnswer:
    """Seconds, and bytes: of a GPU what was reserved at most, else the process's largest resident size."""

    import_s: float
    load_s: float
    answer_s: float
    stages: dict[str, float]
    """of the answer"""
    peak_bytes: int
    start_s: float = 0.0
    """of the interpreter, and its end"""

    @property
    def total_s(self) -> float:
        """From the start of the process to its end."""
        return self.start_s + self.import_s + self.load_s + self.answer_s


def in_new_process(question: Question, device: str, cancelled: Callable[[], bool] = lambda: False) -> FirstAnswer:
    """Start Python, load the model and answer.

    Args:
        question: what is asked.
        device: as torch writes it.
        cancelled: asked now and then.

    Raises:
        ModelError: there was no answer; the sentence says why.
        Cancelled: `cancelled` said so.
    """
    from .question import stopper

    go_on = stopper(cancelled)
    root = str(Path(__file__).resolve().parents[2])
    paths = os.pathsep.join(path for path in (root, os.environ.get("PYTHONPATH")) if path)
    begin = time.perf_counter()
    with subprocess.Popen(  # nosec B603
        [sys.executable, "-m", __name__, json.dumps({"question": asdict(question), "device": device})],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": paths},
    ) as process:
        try:
            while True:
                go_on()
                try:
                    said, complaint = process.communicate(timeout=_LISTEN_S)
                    break
                except subprocess.TimeoutExpired:
                    continue
        except BaseException:
            process.kill()
            raise
    total_s = time.perf_counter() - begin
    if process.returncode:
        raise ModelError(f"The first answer failed: {(complaint.strip().splitlines() or ['no reason was given'])[-1]}")
    found = FirstAnswer(**json.loads(said.splitlines()[-1]))
    return FirstAnswer(**asdict(found) | {"start_s": total_s - found.total_s})


def main(argument: str) -> int:
    """Answer in this process, which has done nothing before, and print the figures."""
    begin = time.perf_counter()
    from ..model_store import libraries

    libraries.load(lambda: None)  # before anything of ours imports more of them
    from ..model_store.keeper import Keeper
    from .memory import peak_bytes, settle
    from .question import Question, answer

    asked = json.loads(argument)
    question = Question(**asked["question"])
    imported = time.perf_counter()
    try:
        model = Keeper(asked["device"]).get(question.model, question.tier)
        settle(model.device)
        loaded = time.perf_counter()
        answered = answer(model, question)
    except TerraScopeError as error:
        print(error, file=sys.stderr)
        return 2
    stages = {name: took.wall_s for name, took in answered.stages.items()}
    made = FirstAnswer(imported - begin, loaded - imported, answered.total.wall_s, stages, peak_bytes(model))
    print(json.dumps(asdict(made)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
