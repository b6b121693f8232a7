"""The server lives as long as its parent: the key comes on the first line of stdin, and stdin's end is the end.

A remote runtime has no parent: its key comes from a file, and a signal is its end.
"""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Callable
from typing import BinaryIO, NoReturn

from ..errors import RequestError

_KEY = re.compile(rb"[0-9a-fA-F]{32,256}")


def read_key(stream: BinaryIO, where: str = "its input") -> str:
    """The key, from the first line.

    Raises:
        RequestError: there is none, or it is too short to protect anything.
    """
    line = stream.readline(1024).strip()
    if not _KEY.fullmatch(line):
        raise RequestError(f"The server needs its key, 32 or more hexadecimal digits, as the first line of {where}.")
    return line.decode("ascii")


def read_key_file(path: str) -> str:
    """The key of a remote runtime, from the first line of a file that nobody else may read; of our input for "-".

    Raises:
        RequestError: as `read_key`; or the file cannot be read, or by others too.
    """
    if path == "-":
        return read_key(sys.stdin.buffer)
    try:
        with open(path, "rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            if os.name == "posix" and mode & 0o077:
                raise RequestError(f"Others on this machine may read {path}: run chmod 600 on it, or make a new key.")
            return read_key(stream, path)
    except OSError as error:
        raise RequestError(f"The key file {path} cannot be read ({error.strerror}).") from None


def end_with(stream: BinaryIO, last_words: Callable[[], None]) -> None:
    """End this process when `stream` ends, after `last_words()`."""
    # Past the stream's buffer: Python aborts at exit when a thread still waits inside it.
    handle = stream.fileno()

    def watch() -> None:
        while os.read(handle, 1024):
            continue
        end(0, last_words)

    threading.Thread(target=watch, name="lifetime", daemon=True).start()


def end(code: int, last_words: Callable[[], None]) -> NoReturn:
    """End this process at once, after `last_words()`; whatever they meet, as an error output that nobody reads."""
    try:
        last_words()
        sys.stderr.flush()
    finally:
        # Not sys.exit: the main thread sits in the event loop and the device thread perhaps in a kernel.
        os._exit(code)
