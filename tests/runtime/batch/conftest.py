"""Small scenes, for batches that a test can wait for."""

from __future__ import annotations

from pathlib import Path

import pytest

from .scenes import write_scenes


@pytest.fixture(scope="session")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of three scenes."""
    return write_scenes(tmp_path_factory.mktemp("batch") / "scenes", 3)
