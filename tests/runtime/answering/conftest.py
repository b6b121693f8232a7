"""Models and images of the tests of a run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.runtime.conftest import write_radar
from tests.runtime.script import SHAPE, Script


@pytest.fixture(scope="module")
def radar_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("radar") / "S1_20200105.tif"
    write_radar(path, np.random.default_rng(2).normal(-14, 3, (2, *SHAPE)))
    return path


@pytest.fixture
def fusing(script: Script) -> Script:
    """A model that takes radar beside optical bands."""
    script.model.config.input_bands = ("red", "green", "blue", "vv", "vh")
    return script
