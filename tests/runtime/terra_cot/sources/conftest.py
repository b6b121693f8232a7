"""The shared data beside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[4].parent / "shared"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real rasters with labels."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the shared data folder is not beside the repository")
    return SHARED / "data"
