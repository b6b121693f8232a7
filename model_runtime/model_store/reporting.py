"""How the store's commands speak, to people in sentences and to programs in NDJSON, and how Ctrl+C reaches them."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread

from .. import protocol
from ..errors import TerraScopeError

_SECONDS_BETWEEN = 0.25


class Report:
    """What a command says while it works.

    Args:
        json: one event of `protocol.STORE_EVENT` per line on stdout; otherwise sentences there, and progress on stderr
            when that is a terminal.
    """

    def __init__(self, json: bool) -> None:
        self.json = json
        self._stopped = False
        self._last = ("", 0.0)
        self._line_open = False

    def event(self, event: protocol.StoreEvent) -> None:
        """One line for programs; nothing for people."""
        if self.json:
            print(event.model_dump_json(), flush=True)

    def say(self, sentence: str) -> None:
        """A sentence for people; nothing for programs."""
        self._end_line()
        if not self.json:
            print(sentence, flush=True)

    def note(self, sentence: str) -> None:
        """A sentence that both should know."""
        self.say(sentence)
        self.event(protocol.Warning(message=sentence))

    def progress(self, stage: str) -> Callable[[float], None]:
        """What is to be called with the fraction of `stage` that is done; it does not speak more than is readable."""

        def tell(fraction: float) -> None:
            now = time.monotonic()
            said, when = self._last
            if said == stage and fraction < 1 and now - when < _SECONDS_BETWEEN:
                return
            self._last = (stage, now)
            if self.json:
                self.event(protocol.Progress(stage=stage, fraction=min(1.0, max(0.0, fraction))))
            elif sys.stderr.isatty():
                print(f"\r{stage}: {fraction:4.0%} ", end="", file=sys.stderr, flush=True)
                self._line_open = True

        return tell

    def cancelled(self) -> bool:
        """Whether the user wants it to end."""
        return self._stopped

    def stop(self, *_: object) -> None:
        """Ask it to end, at once the second time."""
        self._stopped = True
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    def _end_line(self) -> None:
        if self._line_open:
            print(file=sys.stderr)
        self._line_open = False


@contextmanager
def reporting(json: bool) -> Iterator[Report]:
    """A report for one command; Ctrl+C, and a request of the system to end, make `cancelled` true.

    Raises:
        SystemExit: with `json`, instead of a refusal, which is printed as an Error event; its code is 2.
    """
    report = Report(json)
    kept = {}
    if current_thread() is main_thread():
        kept = {number: signal.signal(number, report.stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield report
    except TerraScopeError as error:
        if not json:
            raise
        report.event(protocol.Error(code=error.code, message=str(error)))
        raise SystemExit(2) from None
    finally:
        report._end_line()
        for number, handler in kept.items():
            signal.signal(number, handler)
