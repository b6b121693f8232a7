"""Which layers of a report come into the project, and how a change is put in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from terrascope_qgis.client import protocol
from terrascope_qgis.core.figures import change_figures
from terrascope_qgis.core.layers import evidence

GOLDEN = (Path(__file__).resolve().parents[1] / "data" / "answer.ndjson").read_bytes().splitlines()
REPORT = protocol.read_event(GOLDEN[-1]).report


def test_what_was_found_and_what_changed_come_and_what_is_empty_does_not() -> None:
    names = [item.layer_name for item in evidence(REPORT)]
    assert names == [
        "step_01_water",
        "step_02_built_up",
        "step_04_water",
        "change_lost",
        "change_gained",
        "distances",
    ]
    (change,) = REPORT.changes
    grown = replace(REPORT, changes=(replace(change, lost_ha=0.0),))
    assert "change_lost" not in [item.layer_name for item in evidence(grown)]
    assert not [item for item in evidence(replace(REPORT, changes=())) if item.layer_name.startswith("change")]


def test_noise_is_called_noise() -> None:
    (change,) = REPORT.changes
    assert change_figures(change) == "+ 8.60 ha, − 2.08 ha"
    quiet = replace(change, told=False)
    assert change_figures(quiet) == "+ 8.60 ha, − 2.08 ha: no change that can be told from noise"
