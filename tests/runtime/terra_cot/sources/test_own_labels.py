"""Folders of somebody's own: images with label rasters or polygons and a class table."""

from __future__ import annotations

import csv
import json
import random
import shutil
from pathlib import Path

import geopandas
import numpy as np
import pytest
import rasterio
import shapely
from hypothesis import given
from hypothesis import strategies as st
from rasterio.features import rasterize

from model_runtime.errors import RequestError
from model_runtime.terra_cot.facts import Facts, View
from model_runtime.terra_cot.records import BrokenRecord, Record
from model_runtime.terra_cot.samples import compose_samples
from model_runtime.terra_cot.sources import Report, folder, read_all, resolve, vector
from model_runtime.terra_cot.sources.common import OTHER, mask_of, settled
from model_runtime.terra_cot.sources.own_labels import Description, describe, table_of
from model_runtime.terra_cot.spectra import CODE
from model_runtime.terra_cot.vocabulary import LAND_COVER, SYNONYMS, canonical

from .files import write_raster

BANDS = ("B02", "B03", "B04", "B08")
RNG = np.random.default_rng(3)


def _image(path: Path, shape: tuple[int, int], **place: object) -> Path:
    return write_raster(path, RNG.integers(200, 3000, (4, *shape), np.uint16), names=BANDS, **place)


def _table(root: Path, **described: object) -> None:
    (root / "classes.json").write_text(json.dumps(described), "utf-8")


def _read(root: Path) -> tuple[list[Record], Report]:
    source, path = resolve(str(root))
    report = Report(source.name)
    return list(read_all(source, path, report)), report


def _shares(records: list[Record]) -> dict[str, float]:
    """Share of all pixels by phrase."""
    pixels = sum(scene.labels.size for record in records for scene in record.dates)
    return {
        phrase: sum(np.isin(scene.labels, codes).sum() for record in records for scene in record.dates) / pixels
        for phrase, codes in records[0].classes.items()
    }


def test_the_simplest_folder(tmp_path: Path) -> None:
    codes = RNG.integers(1, 3, (1, 300, 400)).astype(np.uint8)
    codes[0, :, :7] = 0
    _image(tmp_path / "images" / "field.tif", (300, 400))
    write_raster(tmp_path / "masks" / "field.png", codes, crs=None)
    with (tmp_path / "classes.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("code", "name"), (0, ""), (1, "Open_Water"), (2, "solar panels")])
    records, report = _read(tmp_path)
    assert not report.broken
    # 300 rows are one window and 44 that are too few; 400 columns are one and 144.
    assert [record.name for record in records] == ["field_r0_c0", "field_r0_c1"]
    assert records[0].classes == {"water": (1,), "solar panels": (2,)} and not records[0].is_land_cover
    labels = np.concatenate([record.dates[0].labels for record in records], axis=1)
    np.testing.assert_array_equal(labels, codes[0, :256])
    first = records[0].dates[0]
    assert (
        first.names[:4] == ("red", "green", "blue", "nir")
        and first.reflectance
        and first.pixel_size_m == pytest.approx(10, rel=1e-3)
    )
    assert first.allowed is not None and not first.allowed[:, :7].any()


def test_classes_that_are_land_cover_keep_its_codes(tmp_path: Path) -> None:
    _image(tmp_path / "images" / "a.tif", (64, 64))
    codes = np.repeat(np.array([1, 2, 3, 4], np.uint8), 16)
    write_raster(tmp_path / "masks" / "a.tif", np.broadcast_to(codes, (1, 64, 64)).copy())
    _table(tmp_path, classes={"1": "lakes", "2": "forest", "3": ["built-up area", "bare soil"], "4": None})
    (record,), _ = _read(tmp_path)
    assert record.is_land_cover and set(record.classes) == {"water", "trees", "built-up area", "bare ground"}
    scene = record.dates[0]
    assert scene.labels[0, ::16].tolist() == [CODE["water"], CODE["trees"], 0, 0]
    assert scene.allowed[0, ::16].tolist() == [mask_of(["water"]), mask_of(["trees"]), mask_of(["built-up", "bare"]), 0]


def test_other_is_known_to_be_none_of_the_classes(tmp_path: Path) -> None:
    _image(tmp_path / "images" / "a.tif", (64, 64))
    codes = np.zeros((1, 64, 64), np.uint8)
    codes[0, :16] = 1
    write_raster(tmp_path / "masks" / "a.tif", codes, nodata=0)
    _table(tmp_path, classes={"0": "other", "1": "solar panels"})
    (record,), _ = _read(tmp_path)
    assert (record.dates[0].allowed[16:] == OTHER).all()
    facts = Facts([View(record.dates[0], "optical", record.classes)], record.classes)
    assert facts.phrases == ("solar panels",) and facts.region("solar panels", 1).coverage_pct == 25


def test_masks_on_another_grid_are_brought_onto_the_image(tmp_path: Path) -> None:
    """A mask of twice the pixel size that covers the left half of the image and reaches beyond it."""
    _image(tmp_path / "images" / "a.tif", (128, 128))
    coarse = RNG.integers(1, 3, (1, 80, 52)).astype(np.uint8)
    write_raster(tmp_path / "masks" / "a.tif", coarse, pixel=20.0, origin=(400_000 - 400.0, 5_400_000 + 160.0))
    _table(tmp_path, classes={"1": "water", "2": "trees"})
    (record,), _ = _read(tmp_path)
    expected = coarse[0, 8:72, 20:52].repeat(2, 0).repeat(2, 1)
    np.testing.assert_array_equal(record.dates[0].labels[:, :64], expected)
    assert not record.dates[0].allowed[:, 64:].any()


def test_degrees_are_warped_to_utm_with_square_pixels(tmp_path: Path) -> None:
    """At 60 north a degree of longitude is half as long: 300 x 300 pixels become twice as high as wide."""
    place = {"crs": "EPSG:4326", "pixel": 1e-4, "origin": (9.2, 60.0)}
    image = np.full((4, 300, 300), 1000, np.uint16)
    image[:, :, 150:] = 2000
    codes = np.ones((1, 300, 300), np.uint8)
    codes[:, :, 150:] = 2
    write_raster(tmp_path / "images" / "a.tif", image, names=BANDS, **place)
    write_raster(tmp_path / "masks" / "a.tif", codes, **place)
    _table(tmp_path, classes={"1": "water", "2": "trees"})
    records, report = _read(tmp_path)
    assert not report.broken
    scene = records[0].dates[0]
    assert records[0].lonlat == pytest.approx((9.215, 59.985), abs=0.01)
    height_m, width_m = 300 * 11.14, 300 * 5.58
    seen = [record.dates[0] for record in records]
    covered_m2 = sum((one.bands != 0).any(axis=0).sum() * one.pixel_size_m**2 for one in seen)
    # Windows of 256 and the rests of at least 64 pixels cover nearly all of it.
    assert 0.85 < covered_m2 / (height_m * width_m) <= 1.01
    water = (scene.labels == CODE["water"]) & (scene.bands[0] < 0.12)
    assert water.sum() > 0.9 * (scene.labels == CODE["water"]).sum()


def test_large_rasters_are_places_block_by_block(tmp_path: Path) -> None:
    write_raster(
        tmp_path / "images" / "a.tif", np.full((3, 600, 2400), 90, np.uint8), photometric="RGB", compress="deflate"
    )
    codes = np.zeros((1, 600, 2400), np.uint8)
    codes[0] = np.arange(2400) // 256 % 2 + 1
    write_raster(tmp_path / "masks" / "a.tif", codes)
    _table(tmp_path, classes={"1": "water", "2": "trees"})
    items = folder.find(tmp_path)
    assert [item.name for item in items][:3] == ["a_r0_c0", "a_r0_c1", "a_r0_c2"]
    assert len(items) == 3 * 10 and len({item.place for item in items}) == 3
    for item in items[::7]:
        column = int(item.name.rsplit("c", 1)[1])
        scene = folder.read(tmp_path, item).dates[0]
        assert set(np.unique(scene.labels)) == {CODE["trees" if column % 2 else "water"]}
    with pytest.raises(BrokenRecord, match="no window"):
        folder.read(tmp_path, type(items[0])("a_r9_c9", ""))


def test_broken_images_and_masks_are_named(tmp_path: Path) -> None:
    for name in ("cut", "good", "nowhere", "unknown", "unmasked", "wide"):
        _image(tmp_path / "images" / f"{name}.tif", (64, 64), crs=None if name == "nowhere" else "EPSG:32633")
        write_raster(tmp_path / "masks" / f"{name}.tif", np.ones((1, 64, 64), np.uint8))
    (tmp_path / "images" / "cut.tif").write_bytes((tmp_path / "images" / "cut.tif").read_bytes()[:300])
    write_raster(tmp_path / "masks" / "unknown.tif", np.full((1, 64, 64), 7, np.uint8))
    (tmp_path / "masks" / "unmasked.tif").unlink()
    (tmp_path / "masks" / "wide.tif").unlink()
    write_raster(tmp_path / "masks" / "wide.png", np.ones((1, 64, 67), np.uint8), crs=None)
    _table(tmp_path, classes={"1": "water"})
    records, report = _read(tmp_path)
    assert [record.name for record in records] == ["good_r0_c0"]
    reasons = {broken.name.split("_")[0]: broken.reason for broken in report.broken}
    assert set(reasons) == {"cut", "nowhere", "unknown", "unmasked", "wide"}
    assert "does not say where it lies" in reasons["nowhere"] and ": 7." in reasons["unknown"]
    assert "no mask" in reasons["unmasked"] and "another size" in reasons["wide"]


@pytest.mark.parametrize(
    ("described", "said"),
    [
        ({"classes": {"1": "water"}, "colour": 1}, "colour"),
        ({"classes": {"one": "water"}}, "whole numbers"),
        ({"classes": {"1": None}}, "names no class"),
        ({"classes": {"1": ["other", "water"]}}, "name only what it is"),
        ({"classes": {str(code): f"class {code}" for code in range(16)}}, "at most 15"),
        ({"classes": {"1": "water"}, "images": "../*.tif"}, "below the folder"),
        ({"classes": {"1": "water"}, "images": "images/a.tif"}, 'exactly one "\\*"'),
        ({"classes": {"1": "water"}, "images": "pictures/*.tif"}, "no image called"),
        ({}, 'add "classes"'),
    ],
)
def test_a_description_that_cannot_be_used_is_refused_in_one_sentence(
    tmp_path: Path,
    described: dict,
    said: str,
) -> None:
    _image(tmp_path / "images" / "a.tif", (64, 64))
    _table(tmp_path, **described)
    with pytest.raises(RequestError, match=said):
        resolve(str(tmp_path))


def test_a_damaged_description_is_refused(tmp_path: Path) -> None:
    (tmp_path / "classes.json").write_text("{", "utf-8")
    with pytest.raises(RequestError, match="damaged or no JSON"):
        describe(tmp_path)
    (tmp_path / "classes.json").unlink()
    (tmp_path / "classes.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(RequestError, match="code and name"):
        describe(tmp_path)


NAMES = st.sampled_from([word for words in SYNONYMS.values() for word in words]) | st.text(
    "abcdefgh ", min_size=1, max_size=12
).filter(str.strip)


@given(st.dictionaries(st.integers(0, 255).map(str), NAMES, min_size=1, max_size=15))
def test_every_value_of_a_table_is_a_known_phrase_with_a_code(classes: dict[str, str]) -> None:
    table = table_of(dict(classes), Path("here"))
    assert set(table.classes) == {canonical(name) for name in classes.values()}
    assert len(set(table.classes.values())) == len(table.classes)
    if set(table.classes) <= set(LAND_COVER):
        assert all(codes == (LAND_COVER.index(phrase) + 1,) for phrase, codes in table.classes.items())
    for value, name in classes.items():
        label = int(settled(np.array([table.bits(value)], np.uint16))[0])
        assert (label,) == table.classes[canonical(name)]


def test_aberystwyth_through_the_folder_reader(shared_data: Path, tmp_path: Path) -> None:
    """Class shares equal those of the map itself; the code whose class is mixed gives no labels."""
    for path in (shared_data / "aberystwyth_s2_4class").glob("*.tif"):
        (tmp_path / path.name).symlink_to(path)
    classes = {"1": "forest", "2": "grass", "3": ["urban area", "bare soil"], "4": "water"}
    _table(tmp_path, classes=classes, images="*_10band.tif", masks="*_cls.tif", nodata=0)
    records, report = _read(tmp_path)
    assert not report.broken and len(records) == 16 and {record.dates[0].date for record in records} == {"2021-05-27"}
    with rasterio.open(tmp_path / "sen2_20210527_aber_cls.tif") as source:
        whole = source.read(1)  # 947 x 931: three windows and rests of 179 and 163 pixels, all of it
    shares = np.bincount(whole.ravel()) / whole.size
    found = _shares(records)
    # Column 0 of the image is empty, so its labels are left out.
    assert found["trees"] == pytest.approx(shares[1], abs=2e-3)
    assert found["grassland"] == pytest.approx(shares[2], abs=2e-3)
    assert found["water"] == pytest.approx(shares[4], abs=2e-3)
    assert found["built-up area"] == found["bare ground"] == 0
    assert all(record.lonlat == pytest.approx((-4.0, 52.4), abs=0.15) for record in records)


def test_zion_through_the_folder_reader(shared_data: Path, tmp_path: Path) -> None:
    """Another grid and projection for the map, seven classes of NLCD's own."""
    zion = shared_data / "zion_landsat8_nlcd2011"
    (tmp_path / "zion_LC08.tif").symlink_to(zion / "zion_landsat8_b2345.tif")
    (tmp_path / "zion_nlcd.tif").symlink_to(zion / "nlcd2011.tif")
    forest = {str(code): "forest" for code in (41, 42, 43)}
    rest = {str(code): "other" for code in (0, 11, 12, 21, 22, 23, 24, 31, 52, 71, 81, 82, 90, 95)}
    _table(tmp_path, classes=forest | rest, images="*_LC08.tif", masks="*_nlcd.tif", sensor="landsat-8-9-l1")
    records, report = _read(tmp_path)
    assert not report.broken and len(records) == 30
    with rasterio.open(zion / "nlcd2011.tif") as source:
        expected = np.isin(source.read(1), (41, 42, 43)).mean()
    assert _shares(records)["trees"] == pytest.approx(expected, abs=0.01)


@pytest.fixture
def parcels(tmp_path: Path) -> geopandas.GeoDataFrame:
    """An image of 100 x 100 pixels with polygons of two classes, one that overlaps and one that crosses itself."""
    _image(tmp_path / "scene.tif", (100, 100))
    x, y = 400_000, 5_400_000

    def box(left: float, top: float, right: float, bottom: float) -> shapely.Polygon:
        return shapely.box(x + 10 * left, y - 10 * bottom, x + 10 * right, y - 10 * top)

    bow_tie = shapely.Polygon([(x + 10 * c, y - 10 * r) for c, r in ((60, 60), (80, 80), (80, 60), (60, 80))])
    shapes = [box(0, 0, 20, 20), box(10, 0, 30, 20), box(50, 0, 60, 10), bow_tie, box(0, 90, 5, 95)]
    uses = ["lake", "solar panels", "lake", "solar panels", None]
    return geopandas.GeoDataFrame({"class": uses, "number": [1, 2, 1, 2, 3]}, geometry=shapes, crs="EPSG:32633")


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".shp"])
def test_polygons_with_a_class_field(tmp_path: Path, parcels: geopandas.GeoDataFrame, suffix: str) -> None:
    parcels.to_crs("EPSG:4326").to_file(tmp_path / f"parcels{suffix}")
    (record,), report = _read(tmp_path)
    scene = record.dates[0]
    assert record.source == "vector" and not report.broken
    assert record.classes == {"water": (1,), "solar panels": (2,)}
    labels = scene.labels
    assert (labels[:20, :10] == 1).all() and (labels[:20, 20:30] == 2).all() and (labels[:10, 50:60] == 1).all()
    assert not labels[:20, 10:20].any() and (scene.allowed[:20, 10:20] == 0b11).all()  # both, so neither is sure
    assert 0 < (labels[60:80, 60:80] == 2).sum() <= 220  # the bow tie: two triangles of 100 pixels
    assert not labels[90:95, :5].any() and not scene.allowed[30:55].any()


def test_outside_may_be_known_to_be_none_of_the_classes(tmp_path: Path, parcels: geopandas.GeoDataFrame) -> None:
    parcels.to_file(tmp_path / "parcels.gpkg", layer="2021")
    classes = {"1": "lake", "2": "solar panels", "3": None}
    _table(tmp_path, labels="parcels.gpkg", layer="2021", field="number", classes=classes, outside="other")
    (record,), _ = _read(tmp_path)
    allowed = record.dates[0].allowed
    assert (allowed[30:55] == OTHER).all() and not allowed[90:95, :5].any() and (allowed[:20, :10] == 1).all()


def test_where_a_polygon_without_class_lies_nothing_is_known(tmp_path: Path, parcels: geopandas.GeoDataFrame) -> None:
    parcels.loc[parcels.index[1], "class"] = None
    parcels.to_file(tmp_path / "parcels.gpkg")
    (record,), _ = _read(tmp_path)
    scene = record.dates[0]
    assert not scene.labels[:20, 10:30].any() and not scene.allowed[:20, 10:30].any()
    assert (scene.labels[:20, :10] == CODE["water"]).all()


def test_what_is_wrong_with_polygons_is_said(tmp_path: Path, parcels: geopandas.GeoDataFrame) -> None:
    parcels.to_file(tmp_path / "parcels.gpkg")
    _table(tmp_path, labels="parcels.gpkg", field="use", classes={"lake": "lake"})
    with pytest.raises(RequestError, match="no field 'use'"):
        resolve(str(tmp_path))
    _table(tmp_path, labels="parcels.gpkg", classes={"lake": "lake"})
    _, report = _read(tmp_path)
    assert "'solar panels'" in report.broken[0].reason
    (tmp_path / "parcels.gpkg").write_bytes(b"SQLite format 3\0")
    with pytest.raises(RequestError, match="cannot be read"):
        vector.find(tmp_path)


def test_chiapas_through_the_vector_reader(shared_data: Path) -> None:
    """The polygons drawn by an independent call cover the same pixels."""
    chiapas = shared_data / "chiapas_landsat7_pair_labels"
    report = Report("vector")
    source, path = resolve(f"vector={chiapas}")
    records = {record.name: record for record in read_all(source, path, report)}
    assert [broken.name for broken in report.broken] == ["training_data_r0_c0"]  # their raster, no image
    record = records["LE70220491999322EDC01_stack_r0_c0"]
    polygons = geopandas.read_file(chiapas / "training_data.shp")
    with rasterio.open(chiapas / "LE70220491999322EDC01_stack.tif") as file:
        shape, transform, crs = file.shape, file.transform, file.crs
    for name, of_it in polygons.to_crs(crs).groupby("class"):
        drawn = rasterize(list(of_it.geometry), out_shape=shape, transform=transform) > 0
        np.testing.assert_array_equal(np.isin(record.dates[0].labels, record.classes[canonical(name)]), drawn)


def test_a_folder_without_labels_is_neither(tmp_path: Path) -> None:
    _image(tmp_path / "images" / "a.tif", (64, 64))
    assert folder.find(tmp_path) == [] and vector.find(tmp_path) == []
    assert describe(tmp_path) is None and Description().outside == "unknown"
    shutil.rmtree(tmp_path / "images")
    with pytest.raises(RequestError, match=r"classes\.json"):
        resolve(str(tmp_path))


def test_images_without_labels_are_read_for_annotation(tmp_path: Path) -> None:
    _image(tmp_path / "scene.tif", (300, 700))
    source, _ = resolve(str(tmp_path))
    assert source.name == "images"
    records, report = _read(tmp_path)
    assert [record.name for record in records] == ["scene_r0_c0", "scene_r0_c1", "scene_r0_c2"]
    assert all(record.classes == {} and not record.dates[0].labels.any() for record in records)
    assert not report.broken
    assert compose_samples(records[0], random.Random(0)) == []
