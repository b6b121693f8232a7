"""STAC items of local files as scenes: their bands by role, their scale, their day, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rasterio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasterio.transform import from_origin

from model_runtime.errors import SceneError
from model_runtime.scene.scene import open_scene
from model_runtime.scene.stac import kinds, read_items

_VALUES = {"red": 900, "green": 1200, "blue": 700, "nir": 3000, "swir16": 2000, "swir22": 1500}
_COARSE = ("swir16", "swir22")


def _band(path: Path, value: float, pixel_m: int, dtype: str = "uint16") -> None:
    side = 640 // pixel_m
    values = np.full((1, side, side), value, dtype)
    values[0, : side // 2] = value + (40 if dtype == "uint16" else -2)
    with rasterio.open(
        path, "w", driver="GTiff", width=side, height=side, count=1, dtype=dtype, crs="EPSG:32648",
        transform=from_origin(500_000, 2_000_000, pixel_m, pixel_m), nodata=0,
    ) as target:  # fmt: skip
        target.write(values)


@pytest.fixture
def item(tmp_path: Path) -> dict:
    """A Sentinel-2 item whose files lie in a folder beside it, under names that tell nothing."""
    (tmp_path / "files").mkdir()
    assets = {}
    for number, (role, value) in enumerate(_VALUES.items()):
        _band(tmp_path / "files" / f"f{number}.tif", value, 20 if role in _COARSE else 10)
        assets[f"asset{number}"] = {
            "href": f"./files/f{number}.tif",
            "eo:bands": [{"name": f"x{number}", "common_name": role}],
            "raster:bands": [{"scale": 0.0001, "offset": -0.01}],
        }
    properties = {"datetime": "2022-05-06T03:15:00Z", "platform": "sentinel-2b"}
    return {"type": "Feature", "id": "S2B_X", "assets": assets, "properties": properties}


def _written(tmp_path: Path, content: object) -> Path:
    path = tmp_path / "item.json"
    path.write_text(json.dumps(content), "utf-8")
    return path


def test_bands_are_told_by_common_name_and_have_the_scale_of_the_item(tmp_path: Path, item: dict) -> None:
    scene = open_scene(_written(tmp_path, item))
    assert scene.roles == ("red", "green", "blue", "nir", "swir1", "swir2")
    assert scene.reflectance
    assert scene.sensor.startswith("Sentinel-2")
    assert str(scene.date) == "2022-05-06"
    assert (scene.grid.width, scene.grid.height) == (64, 64)
    expected = [value * 0.0001 - 0.01 for value in _VALUES.values()]
    assert scene.bands[:, 50, 30] == pytest.approx(expected, abs=1e-5)


def test_an_offset_that_was_taken_off_is_not_taken_off_again(tmp_path: Path, item: dict) -> None:
    item["properties"]["earthsearch:boa_offset_applied"] = True
    scene = open_scene(_written(tmp_path, item))
    assert scene.bands[0, 50, 30] == pytest.approx(0.09, abs=1e-5)


def test_one_of_a_collection_is_named_by_its_id(tmp_path: Path, item: dict) -> None:
    other = item | {"id": "S2B_Y", "properties": item["properties"] | {"datetime": "2023-01-02T00:00:00Z"}}
    path = _written(tmp_path, {"type": "FeatureCollection", "features": [item, other]})
    assert [str(open_scene(found.path).date) for found in read_items(path)] == ["2022-05-06", "2023-01-02"]
    with pytest.raises(SceneError, match="names 2 items"):
        open_scene(path)
    with pytest.raises(SceneError, match="names 0 items"):
        open_scene(f"{path}#S2B_Z")


def test_an_item_in_a_geojson_is_named_by_its_id(tmp_path: Path, item: dict) -> None:
    path = _written(tmp_path, item).rename(tmp_path / "item.geojson")
    (found,) = read_items(path)
    assert found.path.name == "item.geojson#S2B_X"
    assert str(open_scene(found.path).date) == "2022-05-06"
    with pytest.raises(SceneError, match="vector"):
        open_scene(path)


def test_radar_is_told_by_the_keys_of_its_assets(tmp_path: Path) -> None:
    for number, value in enumerate((-9.0, -16.0)):
        _band(tmp_path / f"f{number}.tif", value, 10, "float32")
    assets = {"vv": {"href": "f0.tif"}, "vh": {"href": "f1.tif"}}
    path = _written(tmp_path, {"type": "Feature", "id": "S1", "assets": assets, "properties": {}})
    (found,) = read_items(path)
    assert kinds(found) == (False, True, None)
    assert open_scene(path, sar=True).roles == ("vv", "vh")
    with pytest.raises(SceneError, match="no red, green and blue"):
        open_scene(path)


@pytest.mark.parametrize("href", ["https://x.org/a.tif", "s3://bucket/a.tif", "/vsicurl/https://x.org/a.tif", ""])
def test_what_is_not_here_is_refused_in_words(tmp_path: Path, item: dict, href: str) -> None:
    item["assets"]["asset0"]["href"] = href
    (found,) = read_items(_written(tmp_path, item))
    with pytest.raises(SceneError, match="The red of 'S2B_X'"):
        kinds(found)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "features", "id", "assets", "properties", "red", "href"]), inner)
    ),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(_JSON)
def test_any_json_is_read_or_refused_in_words(tmp_path: Path, content: object) -> None:
    try:
        found = read_items(_written(tmp_path, content))
        for one in found:
            kinds(one)
    except SceneError as refusal:
        assert str(refusal)
    else:
        assert found
