"""What is written is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyogrio
import pytest

from model_runtime.answering import concluding
from model_runtime.errors import OutputError
from tests.runtime.conftest import write_rgb
from tests.runtime.script import SHAPE, TOWN, WATER, Script, ask, seg


def test_what_has_no_data_was_asked_about_all_the_same(script: Script, tmp_path: Path) -> None:
    rgb = np.full((*SHAPE, 3), 90, np.uint8)
    rgb[:, 60:] = 0
    write_rgb(tmp_path / "gap.tif", rgb)
    script.pieces = ["Water ", seg(1, "water", WATER)]
    area = ask(script, tmp_path / "gap.tif", "How much water?").report.scene
    assert area.asked_area_ha == pytest.approx(area.valid_area_ha * 80 / 60, rel=1e-4)


@pytest.mark.parametrize("failing", ["geopackage", "picture"])
def test_a_failed_write_leaves_the_old_results(
    script: Script, scene_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def full(path: Path, *_: object) -> None:
        Path(path).write_bytes(b"half")
        raise OSError(28, "No space left on device")

    names = {"a.gpkg", "a.png"}
    if failing == "picture":
        monkeypatch.setattr(concluding, "write_picture", full)
    else:
        names.add("a.gpkg-wal")  # as when another program has it open
    script.pieces = ["Water ", seg(1, "water", WATER)]
    for name in names:
        (tmp_path / name).write_bytes(b"old")
    with pytest.raises(OutputError):
        ask(script, scene_path, "Water?", out=str(tmp_path / "a.gpkg"), picture=str(tmp_path / "a.png"))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(names, b"old")


def test_an_older_result_is_replaced(script: Script, scene_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "run.gpkg"
    script.pieces = ["Water ", seg(1, "water", WATER)]
    ask(script, scene_path, "Water?", out=str(out))
    script.pieces = ["Town ", seg(1, "built-up", TOWN)]
    ask(script, scene_path, "Town?", out=str(out))
    layers = {name for name, _ in pyogrio.list_layers(out)}
    assert "step_01_built_up" in layers
    assert "step_01_water" not in layers
