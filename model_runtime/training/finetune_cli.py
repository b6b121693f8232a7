"""The commands `train finetune` and `train evaluate-finetune`."""

from __future__ import annotations

import _thread
import argparse
import json
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from ..errors import Cancelled, RequestError

_SECONDS_BETWEEN = 0.25
_ENDING = (signal.SIGTERM, signal.SIGINT)


def register(parts: argparse._SubParsersAction) -> None:
    """Add the commands to those of `train`."""
    part = parts.add_parser("finetune", help="teach a copy of nano classes or a region from your own labels")
    part.add_argument("--scene", type=Path, action="append", required=True, metavar="RASTER", dest="scenes",
                      help="that the labels lie on; once for each, up to 8")  # fmt: skip
    labels = part.add_mutually_exclusive_group(required=True)
    labels.add_argument("--labels", type=Path, metavar="POLYGONS", help="a vector file, 10 to 20 polygons a class")
    labels.add_argument("--label-raster", type=Path, metavar="RASTER",
                        help="whole numbers on the grid of the scene; 0 and nodata are not labelled")  # fmt: skip
    part.add_argument("--field", default="class", help="of the polygons, with their classes; default: class")
    part.add_argument("--classes", type=Path, metavar="NAMES.json",
                      help='names of their values, like {"1": "water", "2": "heath"}; needed for a raster')  # fmt: skip
    part.add_argument("--name", required=True, help="of the new model")
    part.add_argument("--model", default="nano", metavar="nano|DIR", help="that learns; it stays as it is")
    part.add_argument("--out", type=Path, metavar="FOLDER",
                      help="where the folder NAME is made; default: with the other models")  # fmt: skip
    part.add_argument("--minutes", type=float, default=5.0, help="of learning, at most; looking takes some more")
    part.add_argument("--json-progress", action="store_true", help="one JSON object per line; a pipe on stdin ends it "
                      "by closing")  # fmt: skip
    part.set_defaults(run=_finetune)
    part = parts.add_parser("evaluate-finetune", help="a model taught from polygons, where it saw none")
    part.add_argument("--model", default="nano", help="'nano' or a model folder")
    part.add_argument("--data", type=Path, required=True, help="folder with real scenes")
    part.add_argument("--polygons", type=int, default=15, help="of each class")
    part.add_argument("--seeds", type=int, default=3, help="how often, with other polygons")
    part.add_argument("--minutes", type=float, default=5.0, help="of learning, at most")
    part.add_argument("--json", type=Path, help="write the figures here")
    part.set_defaults(run=_evaluate)


def _evaluate(arguments: argparse.Namespace) -> None:
    from .evaluate_finetune import run

    run(arguments.model, arguments.data, arguments.polygons, arguments.seeds, arguments.minutes, arguments.json)


def _finetune(arguments: argparse.Namespace) -> None:
    with _stoppable(arguments.json_progress) as go_on:
        from .finetune import Order, finetune

        order = Order(
            tuple(arguments.scenes), arguments.name, arguments.labels, arguments.field, arguments.label_raster,
            arguments.classes, arguments.model, arguments.out, arguments.minutes,
        )  # fmt: skip
        teller = _Teller(arguments.json_progress, go_on)
        taught = finetune(order, teller)
    figures = taught.figures.as_json()
    if arguments.json_progress:
        done = {"name": order.name, "folder": str(taught.folder), "size_bytes": taught.size_bytes, **figures}
        print(json.dumps({"done": {**done, "warnings": list(taught.warnings)}}), flush=True)
        return
    for warning in taught.warnings:
        print(warning)
    print((taught.folder / "MODEL_CARD.md").read_text("utf-8"))
    print(f"{taught.folder} is complete; ask it with --model {_as_asked(taught.folder)}.")


def _as_asked(folder: Path) -> str:
    from ..model_store.shelf import known

    found = known(folder.name)
    return folder.name if found and found.folder.resolve() == folder.resolve() else str(folder)


class _Teller:
    """Says how far it is: to programs four times a second, to people when a stage begins."""

    def __init__(self, json_lines: bool, go_on: threading.Event) -> None:
        self._json, self._stop = json_lines, go_on
        self._stage, self._fraction, self._when = "", 0.0, 0.0

    def __call__(self, stage: str, fraction: float) -> None:
        if self._stop.is_set():
            raise Cancelled
        self._fraction = max(self._fraction, fraction)
        now = time.monotonic()
        if stage == self._stage and (not self._json or now - self._when < _SECONDS_BETWEEN):
            return
        self._stage, self._when = stage, now
        if self._json:
            print(json.dumps({"stage": stage, "fraction": round(self._fraction, 4)}), flush=True)
        else:
            print(f"{self._fraction:4.0%} {stage}", file=sys.stderr, flush=True)


@contextmanager
def _stoppable(watch_stdin: bool) -> Iterator[threading.Event]:
    """Within, SIGTERM, Ctrl+C and, for programs, the end of stdin raise `Cancelled` wherever the work is.

    Raises:
        RequestError: this is not the main thread, which alone hears signals.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RequestError("Teaching can be started from the main thread only.")
    stop = threading.Event()

    def end(_: int, __: FrameType | None) -> None:
        stop.set()
        for each in _ENDING:
            signal.signal(each, signal.SIG_IGN)
        # Libraries catch any `Exception` here and there, while they are imported for instance; this one they let pass.
        raise KeyboardInterrupt

    before = {number: signal.signal(number, end) for number in _ENDING}
    if watch_stdin:
        from ..model_store.download_cli import when_stdin_closes

        when_stdin_closes(lambda: _thread.interrupt_main(signal.SIGTERM))
    try:
        yield stop
    except KeyboardInterrupt:
        raise Cancelled from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
