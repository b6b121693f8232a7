"""A land-cover map: regions named beforehand, each pixel one's, in memory and window by window alike."""

from __future__ import annotations

from pathlib import Path

import pyogrio
import pytest
import shapely

from model_runtime.errors import RequestError
from model_runtime.model import windows
from model_runtime.model.checkpoint import load_model
from model_runtime.model.terrascope import TerraScope
from model_runtime.pipeline import analyse
from model_runtime.protocol import AskRequest, DateInput, Report
from model_runtime.scene import detail, scene
from model_runtime.terra_cot.scene_files import write_scene
from model_runtime.unfinished import FOLDER_VARIABLE

from .sink import Sink

REGIONS = ["forest", "water", "grassland", "cropland"]


@pytest.fixture(scope="module")
def model(nano_folder: Path) -> TerraScope:
    return load_model(nano_folder)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("place") / "S2_place.tif"
    write_scene(path, 400, 4, 10.0, lambda _: None)
    return path


def mapped(model: TerraScope, place: Path, regions: list[str], **how: object) -> Report:
    request = AskRequest(question="Land cover", dates=[DateInput(optical=str(place))], regions=regions, **how)
    sink = Sink()
    analyse(request, model, sink)
    return sink.report


def test_regions_share_the_ground_out_among_them(model: TerraScope, place: Path, tmp_path: Path) -> None:
    report = mapped(model, place, REGIONS, out=str(tmp_path / "map.gpkg"))
    assert [step.phrase for step in report.steps] == ["trees", "water", "grassland", "cropland"]
    assert "forest is mapped as trees." in report.warnings
    assert not report.claims
    assert sum(step.coverage_pct for step in report.steps) <= 100
    parts = [
        shapely.union_all(pyogrio.read_dataframe(tmp_path / "map.gpkg", layer=step.layer).geometry.to_numpy())
        for step in report.steps
    ]
    assert sum(bool(part.area) for part in parts) >= 2
    for number, part in enumerate(parts):
        for other in parts[:number]:
            assert shapely.intersection(part, other).area == 0
    alone = {step.phrase: step for phrase in REGIONS for step in mapped(model, place, [phrase]).steps}
    assert sum(step.area_ha for step in alone.values()) > sum(step.area_ha for step in report.steps)
    best = max(report.steps, key=lambda step: step.score)
    assert alone[best.phrase].pixels == best.pixels


def test_a_large_scene_gives_the_same_map(
    model: TerraScope, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = mapped(model, place, REGIONS)
    for module in (detail, scene):
        monkeypatch.setattr(module, "LARGE_PX", 200 * 200)
    monkeypatch.setattr(windows, "_SIDE", 1)
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "unfinished"))
    report = mapped(model, place, REGIONS, out=str(tmp_path / "map.gpkg"))
    assert any("overview" in warning for warning in report.warnings)
    for step, same in zip(report.steps, whole.steps, strict=True):
        assert step.phrase == same.phrase
        assert step.coverage_pct == pytest.approx(same.coverage_pct, abs=0.2)
    assert sum(step.coverage_pct for step in report.steps) <= 100
    assert not list((tmp_path / "unfinished").glob("*/*.mask"))


@pytest.mark.parametrize(
    ("regions", "dates", "sentence"),
    [(["water", "solar panels"], 1, "cannot mark 'solar panels': it knows bare ground"), (["water"], 2, "one date")],
)
def test_what_cannot_be_mapped(model: TerraScope, place: Path, regions: list[str], dates: int, sentence: str) -> None:
    request = AskRequest(question="Map", dates=[DateInput(optical=str(place))] * dates, regions=regions)
    with pytest.raises(RequestError, match=sentence):
        analyse(request, model, Sink())
