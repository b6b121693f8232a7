"""Memory that is free goes back to the system while nobody asks anything.

The C library keeps what a large scene took, for a next one that may never come: hundreds of megabytes that QGIS and
others could use. Linux's usual one, glibc, gives them back when it is told to; others cannot be told.
"""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Take some hundredths of a second to do so."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # there are other C libraries on Linux
        if trim is not None:
            trim(0)
