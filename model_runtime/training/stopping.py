"""Ending long work by a signal, after the piece under way."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def ended_by_signals() -> Iterator[Callable[[], bool]]:
    """Within, SIGTERM and Ctrl+C do not end the process: the function that is given says that one has come.

    The second time they end it at once. In a thread that cannot listen to signals the function never says so.
    """
    ended = False

    def end(number: int, _: FrameType | None) -> None:
        nonlocal ended
        ended = True
        signal.signal(number, signal.SIG_DFL)

    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield lambda: ended
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
