from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from model_runtime.errors import SceneError
from model_runtime.scene.bands import Bands, find_bands, find_sar_bands, with_level

RNG = np.random.default_rng(0)


def find(
    count: int,
    *,
    dtype: str = "uint16",
    descriptions: Sequence[str | None] | None = None,
    colours: Sequence[str] | None = None,
    hints: str = "image.tif",
    values: np.ndarray | None = None,
    wanted: dict[str, int] | None = None,
) -> Bands:
    values = RNG.normal(100, 10, (count, 500)) if values is None else values
    return find_bands(
        count,
        dtype,
        descriptions or (None,) * count,
        colours or ("gray", *["undefined"] * (count - 1)),
        hints,
        lambda indexes: values[[i - 1 for i in indexes]],
        wanted,
    )


SENTINEL = {"red": 3, "green": 2, "blue": 1, "nir": 4}


@pytest.mark.parametrize(
    ("descriptions", "hints", "expected"),
    [
        (("B02", "B03", "B04", "B08"), "x.tif", SENTINEL),
        (("B2", "B3", "B4", "B8A", "B8"), "x.tif", {**SENTINEL, "nir": 5}),
        (("B2", "B3", "B4", "B8A"), "x.tif", SENTINEL),
        (("Blue", "Green", "Red", "NIR"), "x.tif", SENTINEL),
        (("blue", "green", "red", "red edge 1", "near infrared", "SWIR 1"), "x", {**SENTINEL, "nir": 5, "swir1": 6}),
        (("SR_B2", "SR_B3", "SR_B4", "SR_B5", "SR_B6", "SR_B7"), "x", {**SENTINEL, "swir1": 5, "swir2": 6}),
        (("SR_B1", "SR_B2", "SR_B3", "SR_B4", "SR_B5", "SR_B7"), "x", {**SENTINEL, "swir1": 5, "swir2": 6}),
        (("B2", "B3", "B4", "B5"), "zion_landsat8.tif", SENTINEL),
        (("B1", "B2", "B3", "B4"), "LE07_L1TP_x.tif", SENTINEL),
        (("R", "G", "B"), "x.tif", {"red": 1, "green": 2, "blue": 3}),
    ],
)
def test_descriptions(descriptions: Sequence[str], hints: str, expected: dict[str, int]) -> None:
    found = find(len(descriptions), descriptions=descriptions, hints=hints)
    assert found.index == expected
    assert list(found.index) == [r for r in ("red", "green", "blue", "nir", "swir1", "swir2") if r in expected]
    assert not found.warnings


@pytest.mark.parametrize(
    ("count", "hints", "expected"),
    [
        (12, "x.tif", {"red": 4, "green": 3, "blue": 2, "nir": 8, "swir1": 11, "swir2": 12}),
        (10, "sen2_2021.tif", {"red": 3, "green": 2, "blue": 1, "nir": 7, "swir1": 9, "swir2": 10}),
        (8, "LE70220491999322EDC01_stack.tif", {**SENTINEL, "swir1": 5, "swir2": 6}),
        (8, "20230101_psscene_analyticms_8b.tif", {"red": 6, "green": 4, "blue": 2, "nir": 8}),
        (7, "LC08_L2SP_x.tif", {"red": 4, "green": 3, "blue": 2, "nir": 5, "swir1": 6, "swir2": 7}),
        (6, "x.tif", {**SENTINEL, "swir1": 5, "swir2": 6}),
        (4, "199U_S2B_MSIL2A_20200223T032739_10m.tif", SENTINEL),
        (4, "m_4709963_se_14_1_20090818.tif", {"red": 1, "green": 2, "blue": 3, "nir": 4}),
        (3, "x.tif", {"red": 1, "green": 2, "blue": 3}),
    ],
)
def test_customary_orders(count: int, hints: str, expected: dict[str, int]) -> None:
    found = find(count, hints=hints)
    assert found.index == expected
    assert bool(found.warnings) == (hints == "x.tif")  # an assumption is said aloud


@pytest.mark.parametrize(("cirrus", "swir1", "swir2"), [(10, 11, 12), (11, 12, 13)])
def test_thirteen_bands_in_either_order(cirrus: int, swir1: int, swir2: int) -> None:
    values = RNG.normal(1500, 100, (13, 500))
    values[cirrus - 1] = 10
    assert find(13, values=values).index == {
        "red": 4, "green": 3, "blue": 2, "nir": 8, "swir1": swir1, "swir2": swir2,
    }  # fmt: skip


def test_four_eight_bit_bands_are_rgb_and_nir_only_if_they_look_so() -> None:
    light = RNG.normal(100, 30, 500)
    rgb = np.stack([light, light + RNG.normal(0, 5, 500), light * 0.9, RNG.normal(150, 20, 500)])
    assert find(4, dtype="uint8", values=rgb).index["nir"] == 4
    with pytest.raises(SceneError, match="which band is which"):
        find(4, dtype="uint8", values=rgb[[3, 0, 1, 2]])


def test_colour_interpretation_and_a_fourth_band() -> None:
    colours = ("red", "green", "blue")
    assert find(3, colours=colours).index == {"red": 1, "green": 2, "blue": 3}
    assert "nir" not in find(4, colours=(*colours, "alpha")).index
    assert find(4, colours=(*colours, "undefined")).index["nir"] == 4
    mask = np.vstack([RNG.normal(100, 10, (3, 500)), np.full((1, 500), 255.0)])
    assert "nir" not in find(4, colours=(*colours, "undefined"), values=mask).index


def test_mapping_wins_over_descriptions() -> None:
    wanted = {"nir": 1, "red": 2, "green": 3, "blue": 4}
    assert find(4, descriptions=("B02", "B03", "B04", "B08"), wanted=wanted).index == wanted


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"red": 5, "green": 2, "blue": 1}, "bands 1 to 4"),
        ({"red": 0, "green": 2, "blue": 1}, "bands 1 to 4"),
        ({"red": 3, "green": 2}, "lacks blue"),
        ({"red": 3, "green": 2, "blue": 1, "thermal": 4}, "'thermal' is not a band role"),
    ],
)
def test_mappings_that_do_not_fit(wanted: dict[str, int], message: str) -> None:
    with pytest.raises(SceneError, match=message):
        find(4, wanted=wanted)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"count": 1}, "has 1 band"),
        ({"count": 2, "descriptions": ("VV_dB", "VH_dB")}, "radar"),
        ({"count": 1, "colours": ("palette",)}, "colour table"),
        ({"count": 4}, "which band is which"),
        ({"count": 5}, "which band is which"),
        ({"count": 3, "hints": "Sentinel-2", "descriptions": ("B11", "B12", "B8A")}, "not red, green and blue"),
    ],
)
def test_refusals(options: dict, message: str) -> None:
    with pytest.raises(SceneError, match=message):
        find(**options)


def test_names_that_only_count_tell_nothing() -> None:
    assert find(3, descriptions=("b1", "b2", "b3")).index == {"red": 1, "green": 2, "blue": 3}
    with pytest.raises(SceneError, match="which band is which"):
        find(4, descriptions=("b1", "b2", "b3", "b4"))


# Radar


@pytest.mark.parametrize(
    ("count", "descriptions", "name", "expected"),
    [
        (2, ("VV_dB", "VH_dB"), "x", {"vv": 1, "vh": 2}),
        (2, ("VH", "VV"), "x", {"vv": 2, "vh": 1}),
        (3, ("HH", "HV", "angle"), "x", {"hh": 1, "hv": 2}),
        (1, (None,), "S1A_IW_GRDH_x_VH", {"vh": 1}),
    ],
)
def test_polarisations(count: int, descriptions: Sequence[str | None], name: str, expected: dict[str, int]) -> None:
    found = find_sar_bands(count, descriptions, name, "S1A_IW_GRDH_x.tif")
    assert found.index == expected and found.sensor == "Sentinel-1" and not found.warnings


def test_polarisations_that_are_assumed_mapped_or_unknown() -> None:
    assumed = find_sar_bands(2, (None, None), "x", "x.tif")
    assert assumed.index == {"vv": 1, "vh": 2} and "taken as vv 1, vh 2" in assumed.warnings[0]
    assert find_sar_bands(3, (None,) * 3, "x", "x.tif", {"vh": 3, "vv": 2}).index == {"vv": 2, "vh": 3}
    with pytest.raises(SceneError, match="its 1 band is: say which"):
        find_sar_bands(1, (None,), "x", "x.tif")
    with pytest.raises(SceneError, match="'red' is not a band role: use vv, vh, hh, hv"):
        find_sar_bands(1, (None,), "x", "x.tif", {"red": 1})


@pytest.mark.parametrize(
    ("sensor", "hints", "expected"),
    [
        ("Sentinel-2", "S2A_MSIL1C_20200101", "Sentinel-2 L1C"),
        ("Sentinel-2", "S2A_MSIL2A_20200101", "Sentinel-2 L2A"),
        ("Sentinel-2", "sen2_2020", "Sentinel-2"),
        ("Landsat 8-9", "LC09_L2SP_x", "Landsat 8-9 Level 2"),
        ("Landsat 8-9", "LC08_L1TP_x", "Landsat 8-9 Level 1"),
        ("Sentinel-1", "S1A_IW_GRDH_1SDV", "Sentinel-1 GRD"),
        ("Sentinel-1", "S1A_IW_20200101_RTC", "Sentinel-1 RTC"),
        ("NAIP", "m_4709963", "NAIP"),
        ("", "x", ""),
    ],
)
def test_levels(sensor: str, hints: str, expected: str) -> None:
    assert with_level(sensor, hints) == expected
