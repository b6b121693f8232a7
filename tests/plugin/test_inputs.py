"""Which input set bands belong to: as the runtime tells their roles, and as names and numbers let guess them before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsRasterLayer

from terrascope_qgis.client.protocol import DateInfo, ImageInfo
from terrascope_qgis.core.inputs import INPUT_SETS, USUAL, in_words, input_set, of_choice, of_report
from terrascope_qgis.core.request import Acquisition

RGB = ("red", "green", "blue")


@pytest.mark.parametrize(
    ("roles", "radar", "expected"),
    [
        (RGB, False, "rgb"),
        (RGB, True, "rgb"),
        ((*RGB, "swir1"), False, "rgb"),
        ((*RGB, "nir"), False, "rgb+nir"),
        ((*RGB, "nir"), True, "rgb+nir"),
        ((*RGB, "nir", "swir2"), False, "rgb+nir+swir"),
        ((*RGB, "nir", "swir1", "swir2"), True, "rgb+nir+swir+sar"),
        ((), True, "sar"),
    ],
)
def test_roles_tell_the_set(roles: tuple[str, ...], radar: bool, expected: str) -> None:
    assert input_set(roles, radar) == expected
    assert expected in INPUT_SETS


def test_a_set_is_said_in_words() -> None:
    assert in_words("rgb+nir+swir+sar") == "RGB + NIR + SWIR + SAR"


def image(*roles: str) -> ImageInfo:
    return ImageInfo("p", "0", {role: number for number, role in enumerate(roles, start=1)}, "", "")


def test_of_several_dates_the_poorest_counts() -> None:
    rich = DateInfo(1, None, image(*RGB, "nir", "swir1"), None)
    poor = DateInfo(2, None, image(*RGB), None)
    assert of_report([rich]) == "rgb+nir+swir"
    assert of_report([rich, poor]) == "rgb"
    assert of_report([rich, DateInfo(2, None, None, image("vv", "vh"))]) == "sar"
    assert of_report([DateInfo(1, None, image(*RGB, "nir", "swir1"), image("vv"))]) == "rgb+nir+swir+sar"


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        (("B04", "B03", "B02"), "rgb"),
        (("", "", ""), "rgb"),
        (("B02", "B03", "B04", "B08"), "rgb+nir"),
        (("", "", "", ""), "rgb+nir"),
        (("B02", "B03", "B04", "B8A", "B11", "B12"), "rgb+nir+swir"),
        (("SR_B2", "SR_B3", "SR_B4", "SR_B5", "SR_B6"), "rgb+nir+swir"),
        (("B02", "B03", "B04", "B05", "B06", "B07", "B08"), "rgb+nir"),
        (("coastal", "blue", "green1", "green", "yellow", "red", "edge", "nir"), "rgb+nir"),
        (("",) * 10, "rgb+nir+swir"),
    ],
)
def test_names_and_numbers_of_bands_tell(
    write_raster: Callable[..., None], tmp_path: Path, qgis_app: object, bands: tuple[str, ...], expected: str
) -> None:
    path = tmp_path / "scene.tif"
    write_raster(path, np.ones((len(bands), 8, 8), np.uint16), bands, epsg=32633)
    assert of_choice([Acquisition(QgsRasterLayer(str(path), "a layer"))]) == expected
    assert of_choice([Acquisition(str(path))]) == expected


def test_an_alpha_band_is_no_band(write_raster: Callable[..., None], tmp_path: Path, qgis_app: object) -> None:
    path = tmp_path / "photo.tif"
    write_raster(path, np.ones((4, 8, 8), np.uint16), ("", "", "", ""), epsg=32633)
    opened = gdal.Open(str(path), gdal.GA_Update)
    opened.GetRasterBand(4).SetColorInterpretation(gdal.GCI_AlphaBand)
    opened = None  # noqa: F841 - closes the file
    assert of_choice([Acquisition(str(path))]) == "rgb"


@pytest.mark.parametrize(
    ("folder", "names", "expected"),
    [
        ("S2A_MSIL2A_20170613T101031.SAFE", (), "rgb+nir+swir"),
        ("LC08_L2SP_170066_20200106_20200823_02_T1", ("x_MTL.txt",), "rgb+nir+swir"),
        ("patch", ("P_B02.tif", "P_B03.tif", "P_B04.tif"), "rgb"),
        ("patch", ("P_B02.tif", "P_B03.tif", "P_B04.tif", "P_B08.tif", "P_B11.tif"), "rgb+nir+swir"),
    ],
)
def test_a_folder_tells_by_its_name_or_its_files(
    tmp_path: Path, folder: str, names: tuple[str, ...], expected: str
) -> None:
    (tmp_path / folder).mkdir()
    for name in names:
        (tmp_path / folder / name).touch()
    assert of_choice([Acquisition(str(tmp_path / folder))]) == expected


def test_what_is_not_there_or_not_chosen_is_taken_for_the_usual(tmp_path: Path, qgis_app: object) -> None:
    assert of_choice([]) == of_choice([Acquisition()]) == of_choice([Acquisition(str(tmp_path / "gone.tif"))]) == USUAL


def test_radar_alone_and_beside_a_scene(
    scene: QgsRasterLayer, radar: QgsRasterLayer, write_raster: Callable[..., None], tmp_path: Path
) -> None:
    write_raster(tmp_path / "ten.tif", np.ones((10, 8, 8), np.uint16), ("",) * 10, epsg=32633)
    assert of_choice([Acquisition(None, radar)]) == "sar"
    assert of_choice([Acquisition(scene, radar)]) == "rgb+nir"
    assert of_choice([Acquisition(str(tmp_path / "ten.tif"), radar)]) == "rgb+nir+swir+sar"
