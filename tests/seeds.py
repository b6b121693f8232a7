"""How many cases there are: `python3 dev.py fuzz` asks for more of them than the suite does."""

from __future__ import annotations

import os


def seeds(count: int) -> range:
    """Seeds of so many cases in the suite, and of as many times more as TERRASCOPE_FUZZ says."""
    return range(count * int(os.environ.get("TERRASCOPE_FUZZ", "1")))
