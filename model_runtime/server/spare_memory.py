"""Memory that is free goes back to the system, for QGIS and others: Linux's usual C library, glibc, is told so.

By itself it keeps what a large scene took for a next one that may never come. And it takes ever larger blocks, up to
32 MB, from one heap, where they leave holes that the next do not fit: what a runtime holds would grow for hours.
"""

from __future__ import annotations

import ctypes
import sys

_MMAP_THRESHOLD = -3  # M_MMAP_THRESHOLD of malloc.h
_LARGE_BYTES = 2 << 20


def let_go_of_large_blocks() -> None:
    """From now on blocks of 2 MB and more are the system's own, and go back as soon as they are free."""
    if mallopt := _of_the_c_library("mallopt"):
        mallopt(_MMAP_THRESHOLD, _LARGE_BYTES)


def give_back() -> None:
    """Give back what is free of the others; takes some hundredths of a second."""
    if trim := _of_the_c_library("malloc_trim"):
        trim(0)


def _of_the_c_library(name: str) -> ctypes._CFuncPtr | None:
    """None where there is another one than glibc."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
