"""Settings that another version, or somebody's editor, has written are read as what they have to be."""

from __future__ import annotations

import random
from dataclasses import fields

import pytest
from qgis.core import QgsApplication, QgsSettings

from terrascope_qgis.settings import GROUP, Settings
from tests.plugin.fuzz.test_frames import seeds

STRANGE = (
    "",
    "x",
    "true",
    "-1",
    "1e400",
    "\0",
    "/nowhere/at/all",
    "..",
    "nan",
    5,
    -7,
    2.5,
    True,
    [],
    ["a", "b"],
    {"a": 1},
    None,
)


@pytest.mark.parametrize("seed", seeds(30))
def test_they_are_read_and_written(seed: int, settings: Settings, qgis_app: QgsApplication) -> None:  # noqa: ARG001
    dice, store = random.Random(seed), QgsSettings()
    for field in fields(Settings):
        if dice.random() < 0.4:
            store.setValue(f"{GROUP}/{field.name}", dice.choice(STRANGE))
    read = Settings.load()
    for field in fields(Settings):
        assert isinstance(getattr(read, field.name), type(field.default)), field.name
    read.interpreter()
    read.model_id()
    read.own_folders()
    read.runs()
    read.save()
    assert Settings.load() == read
