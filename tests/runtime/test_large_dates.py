"""Large scenes of several dates or sensors: the same figures as in one piece, or a sentence on what does not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio
from rasterio.windows import Window

from model_runtime.__main__ import main
from model_runtime.errors import RequestError, SceneError
from model_runtime.model import windows
from model_runtime.model.checkpoint import load_model
from model_runtime.model.terrascope import TerraScope
from model_runtime.pipeline import analyse
from model_runtime.protocol import AskRequest, DateInput, Report
from model_runtime.scene import acquisitions, detail, scene
from model_runtime.unfinished import FOLDER_VARIABLE

from .sink import Sink

SIZE = 420


@pytest.fixture(scope="module")
def model(nano_folder: Path) -> TerraScope:
    return load_model(nano_folder)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder: `p.tif` with radar beside it (`p_sar.tif`), and `later.tif` with 144 ha of new water."""
    folder = tmp_path_factory.mktemp("place")
    main(["data", "scene", "--size", str(SIZE), "--seed", "4", "--sar", "--out", str(folder / "p.tif")])
    with rasterio.open(folder / "p.tif") as source:
        values, profile = source.read(), source.profile | {"tiled": False}
        names, tags = source.descriptions, source.tags()
    water = np.array([450, 500, 300, 150, 100, 80][: len(values)])[:, None, None]
    values[:, 60:180, 250:370] = water * np.random.default_rng(1).normal(1, 0.05, (len(values), 120, 120))
    with rasterio.open(folder / "later.tif", "w", **profile) as target:
        target.write(values)
        target.descriptions = names
        target.update_tags(**tags)
    return folder


@pytest.fixture
def make_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes scenes large from a quarter of this size on; blocks are one window."""

    def make() -> None:
        for module in (detail, scene):
            monkeypatch.setattr(module, "LARGE_PX", SIZE * SIZE // 4)
        monkeypatch.setattr(detail, "OVERVIEW_PX", SIZE * SIZE // 4)
        monkeypatch.setattr(windows, "_SIDE", 1)
        monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "unfinished"))

    return make


def asked(model: TerraScope, question: str, dates: list[DateInput], **how: object) -> Report:
    sink = Sink()
    analyse(AskRequest(question=question, dates=dates, **how), model, sink)
    return sink.report


def two_dates(place: Path, later: str = "later.tif") -> list[DateInput]:
    return [
        DateInput(optical=str(place / "p.tif"), date="2019-05-01"),
        DateInput(optical=str(place / later), date="2019-09-01"),
    ]


def test_a_change_is_that_of_the_scenes_in_one_piece(
    model: TerraScope, place: Path, tmp_path: Path, make_large: Callable[[], None]
) -> None:
    question, out, picture = "How much did the water change?", tmp_path / "run.gpkg", tmp_path / "run.png"
    whole = asked(model, question, two_dates(place))
    make_large()
    found = asked(model, question, two_dates(place), out=str(out), picture=str(picture))
    assert [(step.phrase, step.image) for step in found.steps] == [(step.phrase, step.image) for step in whole.steps]
    for one, other in zip(found.steps, whole.steps, strict=True):
        assert one.area_ha == pytest.approx(other.area_ha, rel=0.02, abs=1)
    (change,), (same,) = found.changes, whole.changes
    assert change.gained_ha == pytest.approx(same.gained_ha, rel=0.02)
    assert change.gained_ha == pytest.approx(144, rel=0.1)
    assert change.lost_ha == pytest.approx(same.lost_ha, abs=1)
    assert change.told
    assert pyogrio.read_dataframe(out, layer="change_gained").area_ha.sum() == pytest.approx(change.gained_ha, rel=1e-6)
    assert picture.stat().st_size > 10_000
    assert found.dates[1].optical.offset_m == pytest.approx(whole.dates[1].optical.offset_m, abs=1)
    assert not list((tmp_path / "unfinished").glob("*"))


def test_two_sensors_are_looked_at_together(
    model: TerraScope, place: Path, tmp_path: Path, make_large: Callable[[], None]
) -> None:
    dates = [DateInput(optical=str(place / "p.tif"), sar=str(place / "p_sar.tif"))]
    whole = asked(model, "How many hectares of water are there?", dates)
    make_large()
    out = tmp_path / "run.gpkg"
    found = asked(model, "How many hectares of water are there?", dates, out=str(out))
    assert found.fusion == "text_guided"
    assert found.steps[0].area_ha == pytest.approx(whole.steps[0].area_ha, rel=0.02, abs=1)
    assert found.steps[0].sar_share == pytest.approx(whole.steps[0].sar_share, abs=0.1)
    with rasterio.open(out, driver="GPKG", TABLE="modality", BAND_COUNT=1) as source:
        assert source.shape == (SIZE, SIZE)
        assert set(np.unique(source.read(1))) <= {0, 1, 2}
        assert (source.read(1) > 0).mean() > 0.9
    with pytest.raises(RequestError, match="Only one image"):
        asked(model, "How much water?", dates, large="per_window")


@pytest.fixture
def elsewhere(place: Path) -> Iterator[str]:
    """The later date on a grid of its own, half a pixel off."""
    path = place / "elsewhere.tif"
    with rasterio.open(place / "later.tif") as source:
        profile = source.profile
        profile["transform"] = source.transform @ source.transform.translation(0.5, 0.5)
        with rasterio.open(path, "w", **profile) as target:
            target.write(source.read())
            target.descriptions = source.descriptions
    yield path.name
    path.unlink()


def test_another_grid_is_resampled_where_there_is_memory_and_else_refused(
    model: TerraScope, place: Path, elsewhere: str, make_large: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_large()
    report = asked(model, "How much did the water change?", two_dates(place, elsewhere))
    assert any("resampled" in warning for warning in report.warnings)
    monkeypatch.setattr(acquisitions, "MAX_TOTAL_PIXELS", SIZE * SIZE)
    with pytest.raises(SceneError, match="does not lie on the pixel grid of 'p.tif'"):
        asked(model, "How much did the water change?", two_dates(place, elsewhere))


def test_a_larger_image_is_cut_to_the_first_and_an_offset_is_found(
    model: TerraScope, place: Path, tmp_path: Path, make_large: Callable[[], None]
) -> None:
    """The first date is a part of the place; the later one is shifted by five pixels, under the same grid."""
    with rasterio.open(place / "p.tif") as source:
        window = Window(10, 20, 380, 380)
        profile = source.profile | {"width": 380, "height": 380, "transform": source.window_transform(window)}
        with rasterio.open(tmp_path / "first.tif", "w", **profile) as target:
            target.write(source.read(window=window))
            target.descriptions = source.descriptions
        with rasterio.open(tmp_path / "second.tif", "w", **source.profile) as target:
            target.write(np.roll(source.read(), 5, axis=2))
            target.descriptions = source.descriptions
    days = {"first.tif": "2019-05-01", "second.tif": "2019-09-01"}
    dates = [DateInput(optical=str(tmp_path / name), date=day) for name, day in days.items()]
    make_large()
    with pytest.raises(SceneError, match=r"50 m \(5.0 pixels\) off 'first.tif', too far"):
        asked(model, "How much did the water change?", dates)
    with pytest.raises(SceneError, match="are not moved"):
        asked(model, "How much did the water change?", dates, on_offset="shift")
    report = asked(model, "How much did the water change?", dates, on_offset="allow")
    assert (report.scene.width, report.scene.height) == (380, 380)
    assert report.dates[1].optical.offset_m == pytest.approx(50, abs=2)
