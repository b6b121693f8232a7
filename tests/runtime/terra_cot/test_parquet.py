"""The parquet shards: a row for each place, its images once and as good as the data, its samples beside them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pq = pytest.importorskip("pyarrow.parquet", reason="the extra `data` is not installed")

from model_runtime.terra_cot.dates import generate_dates  # noqa: E402
from model_runtime.terra_cot.entries import Shown  # noqa: E402
from model_runtime.terra_cot.generated import make_record  # noqa: E402
from model_runtime.terra_cot.parquet import ParquetShard, read_shard, values_of  # noqa: E402
from tests.runtime.terra_cot.test_published import entry  # noqa: E402


def test_a_place_is_one_row_with_every_image_once(parquet_dataset: Path) -> None:
    places = []
    for path in parquet_dataset.glob("*/*.parquet"):
        rows = pq.read_table(path).to_pylist()
        places += [row["place"] for row in rows]
        for row in rows:
            images = [(image["number"], image["kind"]) for image in row["images"]]
            assert len(set(images)) == len(images)
            shown = {shown["number"] for sample in row["samples"] for shown in sample["shown"]}
            assert {number for number, _ in images} == shown
    assert len(set(places)) == len(places) > 5


def test_images_are_the_scenes_to_the_last_digit_kept(parquet_dataset: Path) -> None:
    path = next(parquet_dataset.glob("train/*.parquet"))
    row = pq.read_table(path).to_pylist()[0]
    scenes = make_record(int(row["record"])).dates
    for image in row["images"]:
        scene, (values, reflectance) = scenes[image["number"] - 1], values_of(image["data"])
        assert image["date"] == scene.date
        assert reflectance == (image["kind"] == "optical")
        wanted, step = (scene.bands, 1e-4) if reflectance else (scene.sar, 1e-2)
        np.testing.assert_allclose(values, wanted, atol=step / 2 + 1e-6)
        assert image["bands"] == (list(scene.names) if reflectance else ["vv", "vh"])


def test_absent_bands_8_bit_values_and_gaps_of_radar_come_back_as_such(tmp_path: Path) -> None:
    (made,) = generate_dates(64, 1)
    bands = np.round(made.bands.clip(0, 1) * 255).astype(np.float32) / np.float32(255)
    sar = made.sar.copy()
    sar[:, :9] = np.nan
    scene = replace(made, bands=bands, reflectance=False, present=(True, True, True, False, False, True), sar=sar)
    wanted = replace(entry((1,), 1), shown=(Shown(1, made.date, "both"),))
    writer = ParquetShard(tmp_path, "train-00000")
    writer.add([scene], [wanted])
    writer.close()
    (example,) = read_shard(tmp_path / "shard.parquet", lambda entry: True)
    assert example.entry == wanted
    (image,) = example.images
    assert image.bands == ("red", "green", "blue", "swir2")
    assert not image.reflectance
    np.testing.assert_allclose(image.optical, bands[[0, 1, 2, 5]], atol=1e-6)
    np.testing.assert_allclose(image.sar, sar, atol=0.0051)
    assert np.isnan(image.sar[:, :9]).all()


def test_a_sample_shows_only_its_own_sensors(tmp_path: Path) -> None:
    (scene,) = generate_dates(64, 2)
    writer = ParquetShard(tmp_path, "train-00000")
    entries = [replace(entry((), 1), shown=(Shown(1, "", sensors),)) for sensors in ("optical", "sar", "both")]
    writer.add([scene], entries)
    writer.close()
    shown = [example.images[0] for example in read_shard(tmp_path / "shard.parquet", lambda entry: True)]
    assert [(image.optical is not None, image.sar is not None) for image in shown] == [
        (True, False), (False, True), (True, True),
    ]  # fmt: skip


def test_many_rows_are_written_in_groups_that_can_be_streamed(tmp_path: Path) -> None:
    (scene,) = generate_dates(64, 3)
    writer = ParquetShard(tmp_path, "train-00000")
    for number in range(40):
        writer.add([scene], [replace(entry((), 1), id=str(number))])
    writer.close()
    assert pq.ParquetFile(tmp_path / "shard.parquet").num_row_groups == 3
    ids = [example.entry.id for example in read_shard(tmp_path / "shard.parquet", None)]
    assert ids == [str(number) for number in range(40)]
