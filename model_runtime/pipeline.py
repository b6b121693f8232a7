"""The one function that does the work: a question and images of a place in, a stream of events out.

Server and command line are thin callers of `analyse`. Rooms in order: scene, model, measure, evidence.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from . import protocol
from .answering.run import Run
from .errors import RequestError
from .evidence.files import check_closed
from .model.language import Say, say_together
from .scene import acquisitions
from .scene_memory import SceneMemory

if TYPE_CHECKING:
    from .answering.telling import Sink
    from .model.terrascope import TerraScope


def analyse(
    request: protocol.AskRequest,
    model: TerraScope,
    sink: Sink,
    warnings: Sequence[str] = (),
    memory: SceneMemory | None = None,
    told: protocol.AskRequest | None = None,
) -> None:
    """Answer one question about one place; the last event is `Done`.

    Args:
        request: what is asked.
        model: who answers.
        sink: where events go.
        warnings: what the user has been told before, for the report.
        memory: of the place that this model was asked about last; None: nothing is known and nothing is kept.
        told: the request with the paths that record and events are to name instead of those that are read and written,
            which are nobody's business on a remote machine; None: these.

    Raises:
        TerraScopeError: one sentence on why there is no result; nothing has been written then. `Cancelled` when the
            sink said so; `NotEnoughMemory` when the model may still find room in a lower tier.
    """
    _check(request)
    memory = memory or SceneMemory(most_bytes=0)
    run = Run(request, model, sink, memory.place_of(request), told, warnings)
    steps, said = run.answering(memory), None
    while True:
        try:
            wish = steps.send(said)
        except StopIteration:
            return
        try:
            (said,) = say_together([wish])
        except Exception as error:  # noqa: BLE001 - the run says what it means
            steps.throw(error)


def analyse_together(
    requests: Sequence[protocol.AskRequest], model: TerraScope, sinks: Sequence[Sink], memory: SceneMemory
) -> list[Exception | None]:
    """Answer several questions about one place at once, word by word: a large model's weights are read once for all.

    Args:
        requests: of one place (`SceneMemory.same_place`).
        model: who answers.
        sinks: of each.
        memory: as of `analyse`.

    Returns:
        Of each why there is no result; None where there is one.
    """
    found: list[Exception | None] = [None] * len(requests)
    place = memory.place_of(requests[0])
    answering: dict[int, Generator[Say, list[int], None]] = {}
    wishes: dict[int, Say] = {}

    def go_on(number: int, said: list[int] | None, failure: Exception | None = None) -> None:
        wishes.pop(number, None)
        steps = answering[number]
        try:
            wishes[number] = steps.throw(failure) if failure else steps.send(said)
        except StopIteration:
            pass
        except Exception as error:  # noqa: BLE001 - one question's failure is not to end the others
            found[number] = error

    for number, (request, sink) in enumerate(zip(requests, sinks, strict=True)):
        try:
            _check(request)
        except RequestError as error:
            found[number] = error
            continue
        answering[number] = Run(request, model, sink, place).answering(memory)
        go_on(number, None)
    while wishes:
        asking, failure = list(wishes), None
        told: list[list[int] | None] = [None] * len(asking)
        try:
            told = list(say_together(list(wishes.values())))
        except Exception as error:  # noqa: BLE001 - each run says what it means
            failure = error
        for number, said in zip(asking, told, strict=True):
            go_on(number, said, failure)
    return found


def _check(request: protocol.AskRequest) -> None:
    if not request.question.strip():
        raise RequestError("The question is empty; type what you want to know about the scene.")
    if request.regions and len(request.dates) > 1:
        raise RequestError("A land-cover map is made of one date: leave the others out, or ask a question about them.")
    given = [path for date in request.dates for path in (date.optical, date.sar, date.clouds) if path]
    if any(path and "\0" in path for path in (*given, request.out, request.picture)):
        raise RequestError("A file name contains a null character; choose the files again.")
    inputs = {_real(path) for path in given}
    outputs = [(path, suffix) for path, suffix in ((request.out, ".gpkg"), (request.picture, ".png")) if path]
    for path, suffix in outputs:
        if not os.path.isdir(os.path.dirname(path) or "."):
            raise RequestError(f"The folder of {path} does not exist; choose an existing folder.")
        if Path(path).suffix.lower() != suffix or os.path.isdir(path):
            raise RequestError(f"{path} cannot be written; choose a file name that ends in {suffix}.")
        if _real(path) in inputs:
            raise RequestError(f"{path} is the scene itself; choose another file name for the result.")
        check_closed(Path(path))
    acquisitions.check(request.dates)


def _real(path: str) -> str:
    return os.path.normcase(os.path.realpath(os.path.expanduser(path)))
