"""The plugin offers what the runtime takes."""

from __future__ import annotations

import ast
import json
from pathlib import Path

from terrascope_qgis.core.choices import CLOUDS, LARGE, ON_OFFSET, OPTICAL_SENSORS, SAR_SENSORS, Choices

REPOSITORY = Path(__file__).resolve().parents[2]
REQUEST = json.loads((REPOSITORY / "resources" / "protocol.schema.json").read_text("utf-8"))["ask"]["properties"]


def test_sensors_are_those_the_runtime_knows() -> None:
    source = (REPOSITORY / "model_runtime" / "scene" / "bands.py").read_text("utf-8")
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "PRESETS":
            presets = ast.literal_eval(node.value)
    assert (*OPTICAL_SENSORS, *SAR_SENSORS) == tuple(presets)


def test_ways_are_those_of_the_runtime() -> None:
    assert set(ON_OFFSET) == set(REQUEST["on_offset"]["enum"])
    assert set(CLOUDS) == set(REQUEST["clouds"]["enum"])
    assert set(LARGE) == set(REQUEST["large"]["enum"])


def test_what_is_not_chosen_is_the_runtime_s_default() -> None:
    choices = Choices()
    for name in ("sensor", "sar_sensor", "on_offset", "fusion", "clouds", "large", "minimum_area_ha"):
        assert getattr(choices, name) == REQUEST[name]["default"]
