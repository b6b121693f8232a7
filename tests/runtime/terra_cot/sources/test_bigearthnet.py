"""BigEarthNet v1 is read with the radar patch that names it; test places stay test places."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import rasterio

from model_runtime.terra_cot.records import BrokenRecord, split_of
from model_runtime.terra_cot.sources import Report, read_all, resolve
from model_runtime.terra_cot.sources import bigearthnet as reader


@pytest.fixture(scope="module")
def folder(shared_data: Path) -> Path:
    return shared_data / "bigearthnet_s1s2_patches"


def test_radar_patches_find_their_optical_ones(folder: Path) -> None:
    source, path = resolve(str(folder))
    report = Report(source.name)
    records = {record.name: record for record in read_all(source, path, report)}
    assert source is reader.SOURCE and len(records) == 11 and not report.broken
    partners = {
        meta["corresponding_s2_patch"]: meta_path.parent
        for meta_path in folder.glob("S1/*/*.json")
        if (meta := json.loads(meta_path.read_text("utf-8")))["corresponding_s2_patch"] in records
    }
    assert len(partners) == 3
    assert {name for name, record in records.items() if record.dates[0].sar is not None} == set(partners)
    for name, radar in partners.items():
        with rasterio.open(radar / f"{radar.name}_VV.tif") as file:
            np.testing.assert_array_equal(records[name].dates[0].sar[0], file.read(1))
    assert records["S2A_MSIL2A_20170617T113321_4_55"].dates[0].date == "2017-06-17"


def test_places_for_testing_are_in_the_test_part(folder: Path) -> None:
    for item in reader.find(folder):
        if item.name.endswith(reader.TEST_PLACES):
            assert split_of(item) == "test"


def test_broken_patches_are_named(folder: Path, tmp_path: Path) -> None:
    names = sorted(path.name for path in (folder / "S2").iterdir())[:4]
    for name in names:
        shutil.copytree(folder / "S2" / name, tmp_path / "S2" / name, copy_function=shutil.copyfile)
        (tmp_path / "S2" / name).chmod(0o755)
    band = tmp_path / "S2" / names[0] / f"{names[0]}_B04.tif"
    band.write_bytes(band.read_bytes()[:2000])
    (tmp_path / "S2" / names[1] / f"{names[1]}_labels_metadata.json").write_text('{"labels": ["Sea and ocean"]}')
    (tmp_path / "S2" / names[2] / f"{names[2]}_labels_metadata.json").write_text("{")
    source, path = resolve(str(tmp_path))
    report = Report(source.name)
    assert [record.name for record in read_all(source, path, report)] == [names[3]]
    assert [broken.name for broken in report.broken] == names[:3]
    assert "Sea and ocean" in report.broken[1].reason


def test_labels_that_are_no_list_are_refused(folder: Path, tmp_path: Path) -> None:
    name = min(path.name for path in (folder / "S2").iterdir())
    (tmp_path / "S2" / name).mkdir(parents=True)
    (tmp_path / "S2" / name / f"{name}_labels_metadata.json").write_text('{"labels": "Pastures"}')
    with pytest.raises(BrokenRecord, match="no list of labels"):
        reader.read(tmp_path, reader.find(tmp_path)[0])
