"""ChatEarthNet is read in its released layout, with captions, and labels from each of the places they may lie in."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from model_runtime.terra_cot.records import split_of
from model_runtime.terra_cot.sources import Report, read_all, resolve
from model_runtime.terra_cot.sources import chatearthnet as reader
from model_runtime.terra_cot.sources.common import mask_of, settled
from model_runtime.terra_cot.spectra import CODE

from .files import write_raster

TILE = "3886_3141"
RNG = np.random.default_rng(5)


def _png(path: Path, values: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(values).save(path)


def _image(folder: Path, name: str) -> None:
    _png(folder / "s2_rgb_images" / "s2_images" / f"{name}.png", RNG.integers(1, 255, (256, 256, 3), np.uint8))


def _captions(folder: Path, file: str, entries: list[dict]) -> None:
    path = folder / "json_files" / f"ChatEarthNet_caps_{file}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(entries), "utf-8")


def _one(folder: Path, name: str = f"{TILE}_patch00") -> str:
    _image(folder, name)
    _captions(folder, "35_train", [{"image": f"{name}.png", "caption": "Fields  and\na river."}])
    return name


def _read(folder: Path) -> tuple[list, Report]:
    source, path = resolve(str(folder))
    assert source is reader.SOURCE
    report = Report(source.name)
    return list(read_all(source, path, report)), report


def test_captions_are_questions_brought(tmp_path: Path) -> None:
    name = _one(tmp_path)
    _captions(tmp_path, "4v_train", [{"image_id": f"{name}.png", "caption": ["A town.", "A river."]}])
    (record,), report = _read(tmp_path)
    assert not report.broken
    assert [question.answer for question in record.brought] == ["Fields and a river.", "A town.", "A river."]
    assert {question.task for question in record.brought} == {"caption"}
    # Nobody gave the land cover: nothing is said of it.
    assert record.classes == {} and not record.dates[0].labels.any() and not record.dates[0].allowed.any()
    assert record.dates[0].bands.shape == (3, 256, 256) and not record.dates[0].reflectance


@pytest.mark.parametrize(("quarter", "middle"), [("00", (0.25, 0.25)), ("11", (0.75, 0.75)), ("01", (0.5, 0.5))])
def test_a_tile_says_where_it_is_and_how_large_its_pixels_are(
    tmp_path: Path, quarter: str, middle: tuple[float, float]
) -> None:
    """By the definition of tiles at zoom 13; a quarter that may be one of two is put into the middle of the tile."""
    _one(tmp_path, f"{TILE}_patch{quarter}")
    (record,), _ = _read(tmp_path)
    column, row = 3886 + middle[0], 3141 + middle[1]
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / 8192))))
    assert record.lonlat == pytest.approx((column / 8192 * 360 - 180, lat), abs=1e-6)
    # 40,075 km of equator in 8192 tiles of 512 pixels; the Earth is flattened by a third of a percent.
    assert record.dates[0].pixel_size_m == pytest.approx(9.5546 * math.cos(math.radians(lat)), rel=4e-3)


def test_land_cover_in_the_authors_colours(tmp_path: Path) -> None:
    name = _one(tmp_path)
    colours = np.zeros((256, 256, 3), np.uint8)
    colours[:64] = (0, 0, 255)
    colours[64:128] = (0, 192, 0)
    colours[128:192] = (255, 0, 255)
    _png(tmp_path / "land_cover" / f"{name}.png", colours)
    (record,), _ = _read(tmp_path)
    labels, allowed = record.dates[0].labels, record.dates[0].allowed
    assert (labels[:64] == CODE["water"]).all() and (labels[64:128] == CODE["trees"]).all()
    assert not labels[128:].any() and (allowed[128:192] == mask_of(["wetland", "trees"])).all()
    assert not allowed[192:].any() and record.is_land_cover


def test_worldcover_in_its_own_codes(tmp_path: Path) -> None:
    name = _one(tmp_path)
    codes = np.repeat(np.array([10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 100, 0], np.uint8), 22)[:256]
    write_raster(tmp_path / "worldcover" / f"{name}.tif", np.broadcast_to(codes, (1, 256, 256)).copy())
    (record,), _ = _read(tmp_path)
    expected = ["trees", None, "grassland", "cropland", "built-up", "bare", "snow and ice", "water", "wetland"]
    found = record.dates[0].labels[0, ::22]
    # Shrub, mangroves and moss may be two of ours; 0 is no data.
    assert found.tolist() == [CODE[kind] if kind else 0 for kind in (*expected, None, None, None)]


def test_a_tile_of_satlas_labels_the_quarters_whose_place_is_sure(tmp_path: Path) -> None:
    names = [f"{TILE}_patch{quarter}" for quarter in ("00", "01", "10", "11")]
    for name in names:
        _image(tmp_path, name)
    _captions(tmp_path, "35_val", [{"image": f"{name}.png", "caption": "Land."} for name in names])
    codes = np.full((512, 512), 1, np.uint8)
    codes[256:, 256:] = 6
    codes[:256, 256:] = codes[256:, :256] = 2
    _png(tmp_path / "static" / TILE / "land_cover.png", codes)
    records, report = _read(tmp_path)
    labels = {record.name[-2:]: record.dates[0].labels for record in records}
    assert not report.broken
    assert (labels["00"] == CODE["water"]).all() and (labels["11"] == CODE["cropland"]).all()
    assert not labels["01"].any() and not labels["10"].any()


def test_a_tile_is_in_one_split_only_the_most_held_out(tmp_path: Path) -> None:
    names = {"35_train": ["8_8_patch00", "8_8_patch01", "9_8_patch00"], "35_test": ["8_8_patch11"]}
    for file, of_it in names.items():
        _captions(tmp_path, file, [{"image": f"{name}.png", "caption": "Land."} for name in of_it])
    splits = {item.name: split_of(item) for item in reader.find(tmp_path)}
    assert splits == {"8_8_patch00": "test", "8_8_patch01": "test", "8_8_patch11": "test", "9_8_patch00": "train"}


def test_broken_images_captions_and_tables_are_named(tmp_path: Path) -> None:
    good = _one(tmp_path)
    for name in ("1_1_patch00", "1_2_patch00", "1_3_patch00"):
        _image(tmp_path, name)
    images = tmp_path / "s2_rgb_images" / "s2_images"
    (images / "1_1_patch00.png").write_bytes((images / "1_1_patch00.png").read_bytes()[:900])
    _png(images / "1_2_patch00.png", np.full((256, 256, 3), 255, np.uint8))
    _png(tmp_path / "land_cover" / "1_3_patch00.png", np.full((256, 256, 3), 17, np.uint8))
    _image(tmp_path, "1_5_patch00")
    entries = [{"image": f"1_{row}_patch00.png", "caption": "Land."} for row in (1, 2, 3, 4)]
    entries += [{"image": "1_5_patch00.png", "caption": None}, {"caption": "Of what?"}]
    _captions(tmp_path, "35_val", entries)
    (tmp_path / "json_files" / "ChatEarthNet_caps_35_test.json").write_text('[{"image": "9_9_pa', "utf-8")
    records, report = _read(tmp_path)
    assert [record.name for record in records] == [good]
    reasons = {broken.name: broken.reason for broken in report.broken}
    assert reasons["1_1_patch00"] == "A file is damaged or cannot be read."
    assert "placeholder" in reasons["1_2_patch00"] and "codes" in reasons["1_3_patch00"]
    assert "not there" in reasons["1_4_patch00"] and "no text" in reasons["1_5_patch00"]
    assert "names no image" in reasons["ChatEarthNet_caps_35_val.json 5"]
    assert "damaged" in reasons["ChatEarthNet_caps_35_test.json"]


def test_the_three_tables_name_the_same_classes() -> None:
    assert set(reader.COLOURS.values()) == set(reader.WORLDCOVER.values()) == set(reader.CLASS_TABLE)


@given(st.sampled_from(sorted(reader.WORLDCOVER)))
def test_a_class_of_one_meaning_is_that_label(code: int) -> None:
    kinds = reader.CLASS_TABLE[reader.WORLDCOVER[code]]
    bits = np.array([mask_of(kinds)], np.uint16)
    assert settled(bits)[0] == (CODE[kinds[0]] if len(kinds) == 1 else 0)
