"""xBD is read in its published layout: image pairs, polygons in WKT, grades; ground beside buildings is known too."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from model_runtime.terra_cot.facts import Facts, View
from model_runtime.terra_cot.records import Record, split_of
from model_runtime.terra_cot.sources import Report, read_all, resolve
from model_runtime.terra_cot.sources import xbd as reader
from model_runtime.terra_cot.sources.common import OTHER
from model_runtime.terra_cot.vocabulary import BUILDING_CLASSES

PAIR = "hurricane-florence_00000115"
SUBTYPES = ("no-damage", "minor-damage", "major-damage", "destroyed", "un-classified")


def _degrees(shape: shapely.Geometry, width_m: float, height_m: float) -> shapely.Geometry:
    """A polygon in pixels where the image's upper left corner lies near Wilmington, North Carolina."""
    geod = pyproj.Geod(ellps="WGS84")
    lon0, lat0 = -77.9, 34.2
    east, _, _ = geod.fwd(lon0, lat0, 90, width_m)
    _, south, _ = geod.fwd(lon0, lat0, 180, height_m)
    return shapely.transform(shape, lambda xy: np.column_stack([lon0 + (east - lon0) * xy[:, 0],
                                                                lat0 + (south - lat0) * xy[:, 1]]))  # fmt: skip


def write_pair(
    root: Path,
    buildings: list[tuple[shapely.Geometry | str, str]],
    part: str = "train",
    pair: str = PAIR,
    pixel_m: tuple[float, float] = (0.5, 0.5),
    size: int = 1024,
) -> None:
    """Both images and labels of a pair as the release has them."""
    for when in ("pre", "post"):
        name = f"{pair}_{when}_disaster"
        images, labels = root / part / "images", root / part / "labels"
        images.mkdir(parents=True, exist_ok=True)
        labels.mkdir(parents=True, exist_ok=True)
        columns = np.arange(size, dtype=np.uint16)
        rgb = np.stack([np.broadcast_to(columns // 5 + 1, (size, size))] * 3, axis=-1).astype(np.uint8)
        Image.fromarray(rgb).save(images / f"{name}.png", compress_level=1)
        features: dict[str, list[dict]] = {"lng_lat": [], "xy": []}
        for number, (shape, subtype) in enumerate(buildings):
            graded = {"subtype": subtype} if when == "post" else {}
            properties = {"feature_type": "building", "uid": f"uid-{number}", **graded}
            in_pixels = shape if isinstance(shape, str) else shape.wkt
            in_degrees = shape if isinstance(shape, str) else _degrees(shape, *pixel_m).wkt
            features["xy"].append({"properties": properties, "wkt": in_pixels})
            features["lng_lat"].append({"properties": properties, "wkt": in_degrees})
        metadata = {
            "sensor": "GEOEYE01", "provider_asset_type": "GEOEYE01", "gsd": 2.0916247, "pan_resolution": 0.52290618,
            "capture_date": "2018-09-20T16:04:41.000Z" if when == "post" else "2018-05-20T15:00:00.000Z",
            "disaster": "hurricane-florence", "disaster_type": "flooding", "width": size, "height": size,
            "img_name": f"{name}.png",
        }  # fmt: skip
        (labels / f"{name}.json").write_text(json.dumps({"features": features, "metadata": metadata}), "utf-8")


def _read(root: Path) -> tuple[dict[str, Record], Report]:
    source, path = resolve(f"xbd={root}")
    report = Report(source.name)
    return {record.name: record for record in read_all(source, path, report)}, report


def test_grades_before_and_after(tmp_path: Path) -> None:
    boxes = [shapely.box(20 + 40 * number, 30, 40 + 40 * number, 60) for number in range(5)]
    write_pair(tmp_path, list(zip(boxes, SUBTYPES, strict=True)))
    records, report = _read(tmp_path)
    assert len(records) == 16 and not report.broken
    record = records[f"train/{PAIR}_r0_c0"]
    before, after = record.dates
    assert (before.date, after.date) == ("2018-05-20", "2018-09-20")
    assert record.classes is BUILDING_CLASSES and record.sensor == "GEOEYE01 true colour"
    assert np.bincount(before.labels.ravel()).tolist() == [65536 - 5 * 600, 5 * 600]
    assert np.bincount(after.labels.ravel()).tolist() == [65536 - 4 * 600, 600, 600, 600, 600]
    unclassified = (slice(30, 60), slice(180, 200))
    assert (before.labels[unclassified] == 1).all() and not after.labels[unclassified].any()
    assert not after.allowed[unclassified].any()
    # Beside buildings it is known that there is none, so a question about them can be answered "no".
    assert (after.allowed[100:] == OTHER).all() and (before.allowed == OTHER).sum() == 65536 - 5 * 600
    assert after.pixel_size_m == pytest.approx(0.5, rel=1e-3)
    assert record.lonlat == pytest.approx((-77.9 + 64 / 92_000, 34.2 - 64 / 111_000), abs=1e-4)


def test_a_window_without_buildings_knows_that_there_are_none(tmp_path: Path) -> None:
    write_pair(tmp_path, [(shapely.box(10, 10, 40, 40), "destroyed")])
    records, _ = _read(tmp_path)
    record = records[f"train/{PAIR}_r3_c3"]
    facts = Facts([View(scene, "optical", record.classes) for scene in record.dates], record.classes)
    assert set(facts.phrases) == set(BUILDING_CLASSES)
    assert facts.region("buildings", 2).coverage_pct == 0


def test_a_building_lies_in_its_own_window(tmp_path: Path) -> None:
    """Columns 700 to 720 and rows 300 to 310 are in row 1, column 2 of the windows."""
    write_pair(tmp_path, [(shapely.box(700, 300, 720, 310), "destroyed")])
    records, _ = _read(tmp_path)
    found = {name.removeprefix(f"train/{PAIR}_"): record.dates[1].labels for name, record in records.items()}
    assert {at for at, labels in found.items() if labels.any()} == {"r1_c2"}
    rows, columns = np.nonzero(found["r1_c2"])
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (300 - 256, 309 - 256, 700 - 512, 719 - 512)


def test_pixels_that_are_not_square_on_the_ground_are_made_so(tmp_path: Path) -> None:
    """Degrees of equal size are 0.42 m wide and 0.5 m high here: 100 x 100 pixels are 42 x 50 m."""
    write_pair(tmp_path, [(shapely.box(300, 300, 400, 400), "destroyed")], pixel_m=(0.42, 0.5))
    records, _ = _read(tmp_path)
    after = records[f"train/{PAIR}_r1_c1"].dates[1]
    assert after.labels.shape == (256, 215) and after.bands.shape == (3, 256, 215)
    assert after.pixel_size_m == pytest.approx(0.5, rel=2e-3)
    assert (after.labels == 4).sum() * after.pixel_size_m**2 == pytest.approx(42 * 50, rel=0.02)
    # The image went with it: its brightness grows by one in five columns from column 256 on.
    assert after.bands[0, 0, 214] * 255 == pytest.approx(511 // 5 + 1, abs=1)


def test_without_buildings_the_pan_sharpened_resolution_is_taken(tmp_path: Path) -> None:
    write_pair(tmp_path, [])
    records, _ = _read(tmp_path)
    record = records[f"train/{PAIR}_r2_c0"]
    assert record.dates[0].pixel_size_m == pytest.approx(0.5229, abs=1e-4) and record.lonlat is None
    assert not record.dates[1].labels.any()


@pytest.mark.parametrize(("part", "split"), [("train", "train"), ("tier3", "train"), ("hold", "val"), ("test", "test")])
def test_the_published_parts_are_the_splits(tmp_path: Path, part: str, split: str) -> None:
    write_pair(tmp_path, [], part)
    items = reader.find(tmp_path)
    assert len(items) == 16 and {split_of(item) for item in items} == {split}
    assert len({item.place for item in items}) == 1


def test_a_polygon_that_crosses_itself_is_mended(tmp_path: Path) -> None:
    bow_tie = shapely.from_wkt("POLYGON ((50 50, 90 90, 90 50, 50 90, 50 50))")
    write_pair(tmp_path, [(shapely.box(10, 10, 40, 40), "no-damage"), (bow_tie, "destroyed")])
    records, report = _read(tmp_path)
    assert not report.broken
    after = records[f"train/{PAIR}_r0_c0"].dates[1].labels
    assert (after == 4).sum() == pytest.approx(800, abs=45)  # two triangles of 20 x 40 / 2
    assert after[70, 52] == 0 or after[52, 70] == 0


def test_broken_pairs_are_named_window_by_window(tmp_path: Path) -> None:
    box = shapely.box(10, 10, 40, 40)
    pairs = {number: f"palu-tsunami_{number:08}" for number in range(6)}
    for pair in pairs.values():
        write_pair(tmp_path, [(box, "destroyed")], pair=pair)
    write_pair(tmp_path, [("POLYGON ((1 1, 2", "destroyed")], pair=pairs[0])
    write_pair(tmp_path, [(box, "flattened")], pair=pairs[1])
    labels, images = tmp_path / "train" / "labels", tmp_path / "train" / "images"
    (labels / f"{pairs[2]}_post_disaster.json").write_text('{"features": {"xy": [', "utf-8")
    (images / f"{pairs[3]}_post_disaster.png").unlink()
    (labels / f"{pairs[4]}_pre_disaster.json").write_text('{"metadata": {}}', "utf-8")
    records, report = _read(tmp_path)
    assert len(records) == 16 and all(pairs[5] in name for name in records)
    assert sorted(report.reasons.values()) == [16] * 5
    said = " ".join(report.reasons)
    assert "no WKT" in said and "flattened" in said and "no JSON" in said and "missing" in said and "parts" in said


def test_an_image_of_another_size_is_refused(tmp_path: Path) -> None:
    write_pair(tmp_path, [], size=512)
    records, report = _read(tmp_path)
    assert not records and "512 x 512" in report.broken[0].reason


@settings(max_examples=40, deadline=None)
@given(
    st.tuples(st.floats(0.3, 0.8), st.floats(0.3, 0.8)),
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), min_size=1, max_size=4),
)
def test_the_ground_size_follows_from_the_polygons(
    pixel_m: tuple[float, float], corners: list[tuple[int, int]]
) -> None:
    boxes = [shapely.box(x, y, x + 30, y + 20) for x, y in corners]
    to_degrees = reader._fit([(box.wkt, _degrees(box, *pixel_m).wkt) for box in boxes])
    assert to_degrees is not None
    label = reader._Label([], to_degrees, {})
    # Half a kilometre from the corner where the degrees were made from metres: a few parts in ten thousand.
    assert reader._pixel_m(label, to_degrees) == pytest.approx(pixel_m, rel=2e-3)
