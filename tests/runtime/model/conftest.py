"""The tiny checkpoint in the published layout, and what the released code computed with it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from model_runtime.model.checkpoint import load_model
from model_runtime.model.config import GroundingConfig
from model_runtime.model.terrascope import TerraScope


@pytest.fixture(scope="session")
def golden_grounding(goldens: Path) -> GroundingConfig:
    return GroundingConfig.from_sizes(json.loads((goldens / "sam2_tiny.json").read_text("utf-8")))


@pytest.fixture(scope="session")
def golden_model(goldens: Path, golden_grounding: GroundingConfig) -> TerraScope:
    return load_model(goldens / "checkpoint", grounding=golden_grounding)


@pytest.fixture(scope="session")
def units(goldens: Path) -> dict[str, np.ndarray]:
    return dict(np.load(goldens / "units.npz"))
