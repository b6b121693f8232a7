"""BigEarthNet v2 is read in its published layout: bands, radar, reference map, metadata."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest
import rasterio

from model_runtime.errors import RequestError
from model_runtime.terra_cot.records import BrokenRecord, Record, split_of
from model_runtime.terra_cot.sources import Report, read_all, resolve
from model_runtime.terra_cot.sources import bigearthnet_v2 as reader
from model_runtime.terra_cot.sources.common import mask_of, only
from model_runtime.terra_cot.sources.patches import read_optical
from model_runtime.terra_cot.spectra import CODE

from .files import write_raster

PRODUCT = "S2A_MSIL2A_20170613T101031_N9999_R022_T33UUP"
RADAR = "S1A_IW_GRDH_1SDV_20170613T165043"
FOREST, FIELD, LAKE, ROOF = 0, 1, 2, 3
REFLECTANCE = {  # red, green, blue, nir, swir1, swir2
    FOREST: (0.02, 0.04, 0.02, 0.30, 0.14, 0.07),
    FIELD: (0.05, 0.07, 0.04, 0.35, 0.20, 0.12),
    LAKE: (0.02, 0.04, 0.05, 0.01, 0.01, 0.01),
    ROOF: (0.20, 0.19, 0.18, 0.24, 0.25, 0.22),
}
BANDS = ("B04", "B03", "B02", "B08", "B11", "B12")


def write_patch(root: Path, at: tuple[int, int], ground: np.ndarray, codes: np.ndarray, radar: bool = True) -> str:
    """Write a patch and return its name.

    Args:
        root: The data set.
        at: Column and row of the patch.
        ground: What lies where, (120, 120), keys of `REFLECTANCE`.
        codes: CORINE codes, (120, 120).
        radar: Whether it has a radar patch.
    """
    name = f"{PRODUCT}_{at[0]}_{at[1]}"
    place = {"crs": "EPSG:32633", "origin": (300_000 + 1200.0 * at[0], 5_400_000 - 1200.0 * at[1])}
    folder = root / "BigEarthNet-S2" / PRODUCT / name
    table = np.array([REFLECTANCE[kind] for kind in sorted(REFLECTANCE)])
    for number, band in enumerate(BANDS):
        values = (table[ground, number] * 10_000).astype(np.uint16)
        coarse = band in ("B11", "B12")
        plane = values[::2, ::2] if coarse else values
        write_raster(folder / f"{name}_{band}.tif", plane[None], pixel=20.0 if coarse else 10.0, **place)
    maps = root / "Reference_Maps" / PRODUCT / name / f"{name}_reference_map.tif"
    write_raster(maps, codes[None].astype(np.uint16), **place)
    s1 = f"{RADAR}_33UUP_{at[0]}_{at[1]}"
    for band, level in (("VV", -8.0), ("VH", -14.0)) if radar else ():
        path = root / "BigEarthNet-S1" / RADAR / s1 / f"{s1}_{band}.tif"
        write_raster(path, np.full((1, 120, 120), level, np.float32), **place)
    return name


def _whole(value: int) -> np.ndarray:
    return np.full((120, 120), value)


def _metadata(folder: Path, rows: list[dict]) -> None:
    usual = {"labels": ["Arable land"], "country": "Austria", "s1_name": "", "s2v1_name": "",
             "contains_seasonal_snow": False, "contains_cloud_or_shadow": False}  # fmt: skip
    pyarrow.parquet.write_table(pa.Table.from_pylist([usual | row for row in rows]), folder / "metadata.parquet")


def _read(folder: Path) -> tuple[list[Record], Report]:
    source, path = resolve(str(folder))
    assert source is reader.SOURCE
    report = Report(source.name)
    return list(read_all(source, path, report)), report


def test_a_patch_has_bands_radar_labels_date_and_place(tmp_path: Path) -> None:
    ground, codes = _whole(FOREST), _whole(311)
    ground[60:], codes[60:] = FIELD, 211
    codes[:10] = 999
    name = write_patch(tmp_path, (26, 57), ground, codes)
    (record,), report = _read(tmp_path)
    scene = record.dates[0]
    assert (record.name, report.read, report.broken) == (name, 1, [])
    assert record.is_land_cover and record.sensor == "Sentinel-2 L2A" and "cloud" not in record.classes
    assert scene.date == "2017-06-13" and scene.pixel_size_m == 10 and scene.reflectance
    np.testing.assert_allclose(scene.bands[:, 30, 30], REFLECTANCE[FOREST], atol=1e-4)
    np.testing.assert_allclose(scene.sar[:, 5, 5], (-8.0, -14.0))
    assert np.bincount(scene.labels.ravel(), minlength=10)[[0, CODE["trees"], CODE["cropland"]]].tolist() == [
        10 * 120,
        50 * 120,
        60 * 120,
    ]
    np.testing.assert_array_equal(scene.allowed, only(scene.labels))
    # EPSG:32633 has 15 degrees east at x = 500 km; the patch lies west of it, near 48.7 north.
    assert 12 < record.lonlat[0] < 14 and 48 < record.lonlat[1] < 49


def test_mixtures_say_only_what_a_pixel_may_be(tmp_path: Path) -> None:
    codes = _whole(242)
    codes[:, :40] = 324
    write_patch(tmp_path, (1, 1), _whole(FIELD), codes)
    (record,), _ = _read(tmp_path)
    scene = record.dates[0]
    assert not scene.labels.any()
    assert set(np.unique(scene.allowed[:, :40])) == {mask_of(["trees", "grassland"])}
    assert set(np.unique(scene.allowed[:, 40:])) == {mask_of(["cropland", "grassland", "trees", "built-up"])}


def test_what_cannot_be_is_left_unlabelled(tmp_path: Path) -> None:
    """CORINE draws nothing under 25 ha: a pond in a forest, gardens in a town."""
    ground, codes = _whole(FOREST), _whole(311)
    ground[50:70, 50:70] = LAKE
    ground[:, 90:], codes[:, 90:] = ROOF, 112
    ground[:30, 90:] = FOREST
    write_patch(tmp_path, (2, 2), ground, codes)
    (record,), _ = _read(tmp_path)
    labels, allowed = record.dates[0].labels, record.dates[0].allowed
    assert not labels[50:70, 50:70].any() and not allowed[50:70, 50:70].any()
    assert (labels[:30, :90] == CODE["trees"]).all()
    assert (labels[30:, 90:] == CODE["built-up"]).all()
    assert not labels[:30, 90:].any() and (allowed[:30, 90:] == mask_of(reader.GARDENS)).all()


def test_without_metadata_blocks_of_patches_are_places(tmp_path: Path) -> None:
    for at in ((0, 0), (7, 7), (8, 0), (15, 7), (0, 8)):
        write_patch(tmp_path, at, _whole(FIELD), _whole(211), radar=False)
    items = reader.find(tmp_path)
    places = {item.name.removeprefix(f"{PRODUCT}_"): item.place for item in items}
    assert places["0_0"] == places["7_7"] and places["8_0"] == places["15_7"]
    assert len(set(places.values())) == 3 and all(item.split is None for item in items)


def test_metadata_bring_the_split_the_radar_and_leave_clouds_out(tmp_path: Path) -> None:
    names = [write_patch(tmp_path, (column, 0), _whole(FIELD), _whole(211)) for column in range(5)]
    other = f"{RADAR}_33UUP_0_0"
    _metadata(
        tmp_path,
        [
            {"patch_id": names[0], "split": "train", "s1_name": other},
            {"patch_id": names[1], "split": "validation", "s1_name": other},
            {"patch_id": names[2], "split": "test", "s1_name": f"{RADAR}_33UUP_9_9"},
            {"patch_id": names[3], "split": "train", "contains_cloud_or_shadow": True},
            {"patch_id": names[4], "split": "train", "contains_seasonal_snow": True},
        ],
    )
    items = reader.find(tmp_path)
    assert [(item.name, split_of(item)) for item in items] == [
        (names[0], "train"), (names[1], "val"), (names[2], "test"),
    ]  # fmt: skip
    assert reader.read(tmp_path, items[0]).dates[0].sar is not None
    assert reader.read(tmp_path, items[2]).dates[0].sar is None  # that radar patch was not unpacked
    with pytest.raises(BrokenRecord, match="does not lie on the grid"):  # it is of the patch beside
        reader.read(tmp_path, items[1])


def test_without_pyarrow_the_folders_are_enough_and_it_says_so(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    name = write_patch(tmp_path, (0, 0), _whole(FIELD), _whole(211))
    _metadata(tmp_path, [{"patch_id": name, "split": "test"}])
    monkeypatch.setattr(reader, "find_spec", lambda _: None)
    with caplog.at_level(logging.WARNING):
        (item,) = reader.find(tmp_path)
    assert item.split is None and "pyarrow is not installed" in caplog.text


def test_damaged_metadata_are_refused(tmp_path: Path) -> None:
    write_patch(tmp_path, (0, 0), _whole(FIELD), _whole(211))
    (tmp_path / "metadata.parquet").write_bytes(b"PAR1")
    with pytest.raises(RequestError, match="damaged or not of BigEarthNet v2"):
        resolve(str(tmp_path))


def test_broken_patches_are_named_with_the_reason(tmp_path: Path) -> None:
    names = [write_patch(tmp_path, (column, 0), _whole(FIELD), _whole(211)) for column in range(5)]
    root = tmp_path / "BigEarthNet-S2" / PRODUCT
    (root / names[0] / f"{names[0]}_B08.tif").unlink()
    cut = root / names[1] / f"{names[1]}_B04.tif"
    cut.write_bytes(cut.read_bytes()[:4000])
    unknown = _whole(211)
    unknown[3, 3] = 777
    write_patch(tmp_path, (2, 0), _whole(FIELD), unknown)
    (tmp_path / "Reference_Maps" / PRODUCT / names[3] / f"{names[3]}_reference_map.tif").unlink()
    records, report = _read(tmp_path)
    assert [record.name for record in records] == [names[4]]
    assert [broken.name for broken in report.broken] == names[:4]
    assert report.reasons["A raster is missing or damaged."] == 3
    assert "777" in report.broken[2].reason


def test_a_damaged_radar_patch_is_no_reason_to_stop(tmp_path: Path) -> None:
    write_patch(tmp_path, (0, 0), _whole(FIELD), _whole(211))
    for path in tmp_path.glob("BigEarthNet-S1/*/*/*_VH.tif"):
        path.write_bytes(b"no raster")
    records, report = _read(tmp_path)
    assert not records and len(report.broken) == 1


def test_a_real_reference_map_and_real_bands(shared_data: Path) -> None:
    """The one real map and the real bands are of different patches, so only the rule is tried on them."""
    v2 = shared_data / "bigearthnet_s1s2_patches" / "v2"
    with rasterio.open(next(v2.glob("*/*_reference_map.tif"))) as source:
        codes = source.read(1)
    assert set(np.unique(codes)) <= set(reader.CLASS_TABLE)
    patch = read_optical(next(v2.glob("S2*_75_43")), reader._BANDS)
    assert patch.bands.shape == (6, 120, 120) and 0 < patch.bands.mean() < 0.5
    labels, allowed = reader.label(patch.bands, codes)
    # By another way: of the pixels that the map calls forest those stay that are green and not too bright.
    red, nir = patch.bands[0], patch.bands[3]
    forest = np.isin(codes, (311, 312, 313))
    stays = forest & ((nir - red) / (nir + red) >= 0.2) & (nir <= 0.65)
    np.testing.assert_array_equal(labels == CODE["trees"], stays)
    assert not allowed[forest & ~stays].any()
