"""The server lives as long as its parent: the key comes on the first line of stdin, and stdin's end is the end."""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Callable
from typing import BinaryIO

from ..errors import RequestError

_KEY = re.compile(rb"[0-9a-fA-F]{32,256}")


def read_key(stream: BinaryIO) -> str:
    """The key, from the first line.

    Raises:
        RequestError: there is none, or it is too short to protect anything.
    """
    line = stream.readline(1024).strip()
    if not _KEY.fullmatch(line):
        raise RequestError("The server needs its key, 32 or more hexadecimal digits, as the first line of its input.")
    return line.decode("ascii")


def end_with(stream: BinaryIO, last_words: Callable[[], None]) -> None:
    """End this process when `stream` ends, after `last_words()`."""
    # Past the stream's buffer: Python aborts at exit when a thread still waits inside it.
    handle = stream.fileno()

    def watch() -> None:
        while os.read(handle, 1024):
            continue
        try:
            last_words()
        finally:
            sys.stderr.flush()
            # Not sys.exit: the main thread sits in the event loop and the device thread perhaps in a kernel.
            os._exit(0)

    threading.Thread(target=watch, name="lifetime", daemon=True).start()
