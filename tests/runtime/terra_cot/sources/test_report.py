"""All of a source is read whatever some of it holds; users name sources; the command tells what is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely

from model_runtime.__main__ import main
from model_runtime.errors import RequestError, SceneError
from model_runtime.terra_cot.records import SPLITS, BrokenRecord, Item, Record, Source, split_of
from model_runtime.terra_cot.sources import CAUGHT, SOURCES, Report, read_all, resolve
from model_runtime.terra_cot.sources.overview import look

PLACES = {
    "amazon_forest_s2": "amazon",
    "bigearthnet_s1s2_patches": "bigearthnet",
    "chiapas_landsat7_pair_labels": "chiapas",
    "eurosat_ms_4patches": "eurosat",
    "rsvqa_lr_s2": "rsvqa_lr",
    "terramesh_s1s2_lulc": "terramesh",
    "zion_landsat8_nlcd2011": "zion",
}
"""Folder of the shared data -> its source."""


def _failing(raised: dict[str, Callable[[], object]]) -> Source:
    """A source whose records raise what a damaged file makes libraries raise, or nothing."""

    def read(_: Path, item: Item) -> Record:
        raised[item.name]()
        return Record("failing", item.name, item.place, (), {})

    return Source("failing", "", "", "", "", lambda _: [Item(name, name) for name in raised], read)


def _say(error: Exception) -> Callable[[], object]:
    def say() -> None:
        raise error

    return say


def test_nothing_stops_half_way(tmp_path: Path) -> None:
    (tmp_path / "bad.tif").write_bytes(b"II*\0bad")
    raised = {
        "one": lambda: None,
        "told": _say(BrokenRecord("It is too small.")),
        "scene": _say(SceneError("The raster is rotated: warp it.")),
        "missing": lambda: rasterio.open(tmp_path / "none.tif"),
        "damaged": lambda: rasterio.open(tmp_path / "bad.tif"),
        "file": lambda: (tmp_path / "none.json").read_text("utf-8"),
        "json": lambda: int("no number"),
        "wkt": lambda: shapely.from_wkt("POLYGON (("),
        "told too": _say(BrokenRecord("It is too small.")),
        "last": lambda: None,
    }
    report = Report("failing")
    source = _failing(raised)
    assert [record.name for record in read_all(source, tmp_path, report)] == ["one", "last"]
    assert report.read == 2 and [broken.name for broken in report.broken] == list(raised)[1:-1]
    assert report.reasons["It is too small."] == 2 and report.reasons["A raster is missing or damaged."] == 2
    assert report.lines()[0].startswith("2 x ") and "none.tif" in report.broken[2].detail
    assert any("told, told too" in line for line in report.lines())


@pytest.mark.parametrize(
    "defect", [TypeError("ours"), AttributeError("ours"), KeyError("ours"), RequestError("theirs")]
)
def test_defects_of_ours_and_refusals_are_not_hidden(tmp_path: Path, defect: Exception) -> None:
    with pytest.raises(type(defect)):
        list(read_all(_failing({"one": _say(defect)}), tmp_path))
    assert not isinstance(defect, CAUGHT)


def test_what_the_caller_raises_is_not_taken_for_a_broken_record(tmp_path: Path) -> None:
    report = Report("failing")
    with pytest.raises(ValueError, match="mine"):
        for _ in read_all(_failing({"one": lambda: None}), tmp_path, report):
            raise ValueError("mine")
    assert not report.broken


def test_every_source_says_what_it_is() -> None:
    for name, source in SOURCES.items():
        assert source.name == name and source.title and source.licence and source.reference and source.layout


def test_an_empty_folder_is_of_no_source(tmp_path: Path) -> None:
    for source in SOURCES.values():
        assert list(source.find(tmp_path)) == []
    with pytest.raises(RequestError, match="no layout that is known"):
        resolve(str(tmp_path))


@pytest.mark.parametrize("folder", sorted(PLACES))
def test_shared_folders_are_recognised_and_keep_the_contract(shared_data: Path, folder: str) -> None:
    source, path = resolve(str(shared_data / folder))
    assert source is SOURCES[PLACES[folder]] and resolve(f"{source.name}={path}") == (source, path)
    items = source.find(path)
    assert items == source.find(path) and len({item.name for item in items}) == len(items)
    split_of_place: dict[str, str] = {}
    for item in items:
        assert split_of_place.setdefault(item.place, split_of(item)) == split_of(item)
    for record in list(read_all(source, path, items=items))[:12]:
        assert record.source == source.name and "cloud" not in record.classes
        for scene in record.dates:
            height, width = scene.labels.shape
            assert scene.bands.shape == (len(scene.names), height, width) and scene.bands.dtype == np.float32
            assert len(scene.present) == len(scene.names) and max(height, width) <= 256
            assert scene.sar is None or scene.sar.shape == (2, height, width)
            if scene.allowed is not None:
                known = scene.labels > 0
                assert ((scene.allowed[known] >> (scene.labels[known] - 1)) & 1).all()
        assert record.lonlat is not None and abs(record.lonlat[1]) < 90


def test_a_window_is_a_window_of_the_whole_scene(shared_data: Path) -> None:
    from model_runtime.terra_cot.sources import zion

    (whole,) = zion.scenes(shared_data)
    source, path = resolve(str(shared_data / "zion_landsat8_nlcd2011"))
    record = source.read(path, Item("zion_r2_c3", "zion"))
    np.testing.assert_array_equal(record.dates[0].labels, whole.labels[512:768, 768:1024])
    np.testing.assert_array_equal(record.dates[0].bands, whole.bands[:, 512:768, 768:1024])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("xbd", "Say where xbd is: xbd=FOLDER"),
        ("nonsense=/tmp", "'nonsense' is not a source"),
        ("/no/such/folder", "no folder"),
        ("xbd=/no/such/folder", "no folder"),
    ],
)
def test_a_source_that_cannot_be_told_is_refused_with_the_way_out(text: str, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        resolve(text)


def test_a_folder_of_another_source_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="holds nothing of xbd"):
        resolve(f"xbd={tmp_path}")


def test_the_command_lists_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "sources"]) == 0
    said = capsys.readouterr().out
    assert all(f"{name}: " in said for name in SOURCES) and said.count("licence: ") == len(SOURCES)


def test_the_command_tells_what_a_folder_holds(shared_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "sources", str(shared_data / "terramesh_s1s2_lulc")]) == 0
    said = capsys.readouterr().out
    assert "3 records of 3 places" in said and "with radar: 3" in said and "0 are broken" in said
    (snow_pct,) = (float(line.split()[-1]) for line in said.splitlines() if line.startswith("snow and ice"))
    counts = np.zeros(10)
    for record in read_all(*resolve(str(shared_data / "terramesh_s1s2_lulc"))):
        counts += np.bincount(record.dates[0].labels.ravel(), minlength=10)
    assert snow_pct == pytest.approx(100 * counts[7] / (3 * 224 * 224), abs=0.01)


def test_the_command_reads_so_many_records_evenly(shared_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "sources", str(shared_data / "rsvqa_lr_s2"), "--records", "4"]) == 0
    assert "4 were looked into" in capsys.readouterr().out
    assert main(["data", "sources", str(shared_data / "rsvqa_lr_s2"), "--records", "0"]) == 2


def test_looking_can_be_stopped(shared_data: Path) -> None:
    source, path = resolve(str(shared_data / "rsvqa_lr_s2"))
    done: list[float] = []
    overview = look(source, path, progress=done.append, cancelled=lambda: len(done) == 3)
    assert overview.report.read == 3 and overview.found == 80 and sum(overview.splits.values()) == 80
    assert set(overview.splits) <= set(SPLITS) and done == pytest.approx([1 / 80, 2 / 80, 3 / 80])
