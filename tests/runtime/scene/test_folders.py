from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from affine import Affine

from model_runtime.errors import SceneError
from model_runtime.scene.folders import band_name
from model_runtime.scene.scene import open_scene

Raster = Callable[..., Path]
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
RNG = np.random.default_rng(3)


@pytest.fixture
def fill(raster: Raster, tmp_path: Path) -> Callable[..., Path]:
    """Write one-band files: `fill(folder, {name: pixel size in metres}, ...)`."""

    def write(folder: str, files: dict[str, int], low: int = 300, high: int = 3000, **options: object) -> Path:
        for name, size in files.items():
            (tmp_path / folder / name).parent.mkdir(parents=True, exist_ok=True)
            values = RNG.integers(low, high, (1, 600 // size, 1200 // size)).astype(np.uint16)
            raster(values, f"{folder}/{name}", transform=Affine(size, 0, 5e5, 0, -size, 5e6), **options)
        return tmp_path / folder

    return write


FLAT = {"B02.tif": 10, "B03.tif": 10, "B04.tif": 10, "B08.tif": 10, "B11.tif": 20, "B01.tif": 60, "SCL.tif": 20}


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("B02", "B02"),
        ("B2", "B02"),
        ("T48PYT_20200223T032739_B8A_20m", "B8A"),
        ("S2A_MSIL2A_20170617T113321_36_85_B12", "B12"),
        ("LC08_L2SP_038034_20130701_20200912_02_T1_SR_B4", "SR_B4"),
        ("LC08_L1TP_038034_20130701_20200912_02_T1_B4", "B04"),
        ("LC08_L2SP_038034_20130701_20200912_02_T1_ST_B10", None),
        ("LC08_L2SP_038034_20130701_20200912_02_T1_QA_PIXEL", None),
        ("T48PYT_20200223T032739_SCL_20m", None),
        ("T48PYT_20200223T032739_TCI_10m", None),
        ("club4", None),
        ("B99", None),
    ],
)
def test_which_band_a_name_ends_in(stem: str, name: str | None) -> None:
    assert band_name(stem) == name


def test_a_flat_folder_is_read_on_the_finest_grid(fill: Callable[..., Path]) -> None:
    scene = open_scene(fill("S2A_MSIL2A_20200223T032739_x", FLAT))
    assert scene.roles == ("red", "green", "blue", "nir", "swir1")
    assert (scene.grid.width, scene.grid.height) == (120, 60)
    assert scene.sensor == "Sentinel-2 L2A" and scene.date == date(2020, 2, 23)
    assert scene.valid.all() and scene.reflectance and not scene.warnings


@pytest.mark.parametrize(
    ("day", "low", "said"), [("20230223", 1050, True), ("20230223", 300, False), ("20200223", 1050, False)]
)
def test_bands_outside_their_product_may_be_shifted(fill: Callable[..., Path], day: str, low: int, said: bool) -> None:
    scene = open_scene(
        fill("x", {f"T48PYT_{day}T032739_{band}_10m.tif": 10 for band in ("B02", "B03", "B04")}, low=low)
    )
    assert scene.sensor == "Sentinel-2"
    assert any("sentinel-2-offset" in warning for warning in scene.warnings) == said


def test_a_coarse_band_is_interpolated_and_the_same_in_every_extent(fill: Callable[..., Path], raster: Raster) -> None:
    folder = fill("patch", FLAT)
    ramp = np.add.outer(np.zeros(30), 1000 + 20 * np.arange(60)).astype(np.uint16)[None]
    raster(ramp, "patch/B11.tif", transform=Affine(20, 0, 5e5, 0, -20, 5e6))
    whole = open_scene(folder)
    swir = whole.bands[whole.roles.index("swir1")]
    # Centres of fine pixels lie a quarter of a coarse pixel either side of its own.
    expected = (1000 + 20 * (np.arange(120) / 2 - 0.25)) / 10_000
    np.testing.assert_allclose(swir[5, 2:-2], expected[2:-2], atol=1.01e-4)
    part = open_scene(folder, extent=(500_130, 4_999_620, 500_490, 4_999_870))
    np.testing.assert_array_equal(part.bands, whole.bands[:, 13:38, 13:49])


def test_zero_is_nodata_where_all_bands_are_zero(fill: Callable[..., Path], raster: Raster) -> None:
    folder = fill("patch", {"B02.tif": 10, "B03.tif": 10, "B04.tif": 10})
    for name in ("B02", "B03", "B04"):
        values = RNG.integers(300, 3000, (1, 60, 120)).astype(np.uint16)
        values[0, 20:30, 20:30] = 0
        values[0, 5, 5] = 0 if name == "B02" else 500
        raster(values, f"patch/{name}.tif")
    scene = open_scene(folder)
    assert not scene.valid[20:30, 20:30].any() and scene.valid[5, 5]
    assert scene.valid.sum() == 60 * 120 - 100


SAFE = "S2A_MSIL2A_20230223T032739_N0509_R018_T48QUE_20230224T010000.SAFE"
MTD = """<?xml version="1.0"?><n1:Level-2A_User_Product>
<PRODUCT_START_TIME>2023-02-23T03:27:39.024Z</PRODUCT_START_TIME>
<PROCESSING_BASELINE>05.09</PROCESSING_BASELINE>
<BOA_QUANTIFICATION_VALUE unit="none">10000</BOA_QUANTIFICATION_VALUE>
{}</n1:Level-2A_User_Product>"""
OFFSETS = "".join(f'<BOA_ADD_OFFSET band_id="{band}">-1000</BOA_ADD_OFFSET>' for band in range(13))


@pytest.mark.parametrize(("offsets", "least"), [(OFFSETS, -0.1), ("", 0.0)])
@pytest.mark.parametrize("inside", ["", "GRANULE/L2A_T48QUE_x/IMG_DATA", "GRANULE/L2A_T48QUE_x/IMG_DATA/R10m"])
def test_a_safe_product(fill: Callable[..., Path], inside: str, offsets: str, least: float) -> None:
    image = "GRANULE/L2A_T48QUE_x/IMG_DATA/"
    stem = "T48QUE_20230223T032739_"
    files = {f"{image}R10m/{stem}{band}_10m.tif": 10 for band in ("B02", "B03", "B04", "B08", "AOT")}
    files |= {f"{image}R20m/{stem}{band}_20m.tif": 20 for band in ("B02", "B03", "B04", "B8A", "B11", "B12", "SCL")}
    folder = fill(SAFE, files, low=1050, high=4000)
    (folder / "MTD_MSIL2A.xml").write_text(MTD.format(offsets))
    scene = open_scene(folder / inside)
    assert scene.roles[:3] == ("red", "green", "blue") and scene.grid.transform.a == 10
    assert ("swir2" in scene.roles) == (not inside.endswith("R10m"))
    assert scene.sensor == "Sentinel-2 L2A" and scene.date == date(2023, 2, 23)
    assert "MTD_MSIL2A.xml says, baseline 05.09" in scene.stretch and ("offset" in scene.stretch) == bool(offsets)
    assert scene.bands.min() == pytest.approx(0.105 + least, abs=0.002)


MTL = """GROUP = LANDSAT_METADATA_FILE
  GROUP = PRODUCT_CONTENTS
    PROCESSING_LEVEL = "{level}"
  END_GROUP = PRODUCT_CONTENTS
  GROUP = IMAGE_ATTRIBUTES
    SPACECRAFT_ID = "LANDSAT_8"
    DATE_ACQUIRED = 2013-07-01
  END_GROUP = IMAGE_ATTRIBUTES
{surface}  GROUP = LEVEL1_RADIOMETRIC_RESCALING
{first}  END_GROUP = LEVEL1_RADIOMETRIC_RESCALING
END_GROUP = LANDSAT_METADATA_FILE
"""


def factors(scale: str, offset: str) -> str:
    return "".join(
        f"    REFLECTANCE_MULT_BAND_{n} = {scale}\n    REFLECTANCE_ADD_BAND_{n} = {offset}\n" for n in range(1, 8)
    )


@pytest.mark.parametrize(
    ("level", "prefix", "scale", "offset", "name"),
    [
        ("L2SP", "SR_", 2.75e-5, -0.2, "Landsat 8-9 Level 2"),
        ("L1TP", "", 2e-5, -0.1, "Landsat 8-9 Level 1"),
    ],
)
@pytest.mark.parametrize("with_metadata", [True, False])
def test_landsat_collection_2(
    fill: Callable[..., Path], level: str, prefix: str, scale: float, offset: float, name: str, with_metadata: bool
) -> None:
    stem = f"LC08_{level}_038034_20130701_20200912_02_T1"
    files = {f"{stem}_{prefix}B{n}.TIF": 30 for n in range(1, 8)}
    files |= {f"{stem}_ST_B10.TIF": 30, f"{stem}_QA_PIXEL.TIF": 30, f"{stem}_B8.TIF": 15}
    folder = fill(stem, files, low=8000, high=20000)
    if with_metadata:
        surface = f"  GROUP = LEVEL2_SURFACE_REFLECTANCE_PARAMETERS\n{factors('2.75e-05', '-0.2').upper()}"
        surface += "  END_GROUP = LEVEL2_SURFACE_REFLECTANCE_PARAMETERS\n"
        text = MTL.format(level=level, surface=surface if prefix else "", first=factors("2.0000E-05", "-0.100000"))
        (folder / f"{stem}_MTL.txt").write_text(text)
    scene = open_scene(folder)
    assert scene.roles == ("red", "green", "blue", "nir", "swir1", "swir2")
    assert scene.sensor == name and scene.date == date(2013, 7, 1)
    assert ("MTL.txt says" in scene.stretch) == with_metadata
    assert scene.grid.transform.a == 30  # not the panchromatic band's
    assert scene.bands.min() == pytest.approx(8000 * scale + offset, abs=0.01)
    assert scene.bands.max() == pytest.approx(20000 * scale + offset, abs=0.01)


def test_landsat_5_has_its_own_band_numbers(fill: Callable[..., Path]) -> None:
    stem = "LT05_L2SP_006066_19900810_20200915_02_T1"
    scene = open_scene(fill(stem, {f"{stem}_SR_B{n}.TIF": 30 for n in (1, 2, 3, 4, 5, 7)}, low=8000, high=20000))
    assert scene.band_index == {"red": 3, "green": 2, "blue": 1, "nir": 4, "swir1": 5, "swir2": 6}
    assert scene.sensor == "Landsat 4-7 Level 2"


@pytest.mark.parametrize("names", [("VV.tif", "VH.tif"), ("s1a-iw-grd-vv-20200607t010800-x.tiff", "s1a_x_vh_y.tiff")])
def test_radar_folders(raster: Raster, tmp_path: Path, names: tuple[str, str]) -> None:
    (tmp_path / "S1A_x").mkdir()
    for name, mean in zip(names, (-10.0, -17.0), strict=True):
        raster(RNG.normal(mean, 2, (1, 40, 50)).astype(np.float32), f"S1A_x/{name}")
    with pytest.raises(SceneError, match="is a radar image"):
        open_scene(tmp_path / "S1A_x")
    scene = open_scene(tmp_path / "S1A_x", sar=True)
    assert scene.roles == ("vv", "vh") and scene.sensor.startswith("Sentinel-1") and not scene.reflectance
    np.testing.assert_allclose(scene.bands.mean(axis=(1, 2)) * 55 - 40, (-10, -17), atol=0.2)


def test_a_radar_file_beside_optical_bands(fill: Callable[..., Path], raster: Raster) -> None:
    folder = fill("both", FLAT)
    raster(RNG.normal(-10, 2, (1, 40, 50)).astype(np.float32), "both/VV.tif")
    assert "red" in open_scene(folder).roles
    assert open_scene(folder, sar=True).roles == ("vv",)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "no band files that are known"),
        ({"picture.tif": 10}, "no band files that are known"),
        ({"a_B04.tif": 10, "b_B04.tif": 10, "B03.tif": 10, "B02.tif": 10}, "several images"),
        ({"B04.tif": 10, "B03.tif": 10}, "holds only B03 and B04: add"),
        ({"B04.tif": 10, "B03.tif": 10, "B08.tif": 10}, "not red, green and blue"),
    ],
)
def test_folders_that_are_no_scene(fill: Callable[..., Path], tmp_path: Path, files: dict, message: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(SceneError, match=message):
        open_scene(fill("folder", files))
    with pytest.raises(SceneError, match="no VV or VH file"):
        open_scene(tmp_path / "folder", sar=True)


def test_files_that_cannot_be_stacked(fill: Callable[..., Path], raster: Raster) -> None:
    folder = fill("patch", FLAT)
    raster(np.ones((2, 40, 50), np.uint16), "patch/B04.tif")
    with pytest.raises(SceneError, match="has 2 bands, not one"):
        open_scene(folder)
    (folder / "B04.tif").write_bytes(b"II*\0 cut short")
    with pytest.raises(SceneError, match=r"'B04.tif' is damaged"):
        open_scene(folder)
    (folder / "B04.tif").unlink()
    raster(np.ones((1, 40, 50), np.uint16), "patch/B04.tif", crs=None)
    with pytest.raises(SceneError, match="no coordinate system"):
        open_scene(folder)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not beside this checkout")
@pytest.mark.parametrize(
    ("pattern", "sar", "day", "sensor"),
    [
        ("bigearthnet*/S2/S2A_MSIL2A_20170617T113321_36_85", False, date(2017, 6, 17), "Sentinel-2 L2A"),
        ("bigearthnet*/S2/S2A_MSIL2A_20180510T94033_19_86", False, date(2018, 5, 10), "Sentinel-2 L2A"),
        ("bigearthnet*/S1/*36_85", True, date(2017, 6, 17), "Sentinel-1 GRD"),
        ("ssl4eo*/s2a/*/20200604*", False, date(2020, 6, 4), "Sentinel-2"),
        ("ssl4eo*/s2c/*/20200823*", False, date(2020, 8, 23), "Sentinel-2"),
        ("ssl4eo*/s1/*/*20200903*", True, date(2020, 9, 3), "Sentinel-1 GRD"),
    ],
)
def test_real_folders(pattern: str, sar: bool, day: date, sensor: str) -> None:
    folder = next(iter(sorted(SHARED.glob(pattern))), None)
    if folder is None:
        pytest.skip(f"{pattern} is not in the shared data")
    scene = open_scene(folder, sar=sar)
    assert (scene.date, scene.sensor) == (day, sensor)
    assert len(scene.roles) == (2 if sar else 6) and scene.valid.mean() > 0.95
