"""Which band of a raster is red, green, blue, near infrared and short-wave infrared.

The user's mapping wins; then band descriptions, colour interpretation, and last the customary band order of a
sensor. What had to be assumed is said in a warning; what cannot be known is refused with the way to say it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ..errors import SceneError

ROLES = ("red", "green", "blue", "nir", "swir1", "swir2")
SAR_ROLES = ("vv", "vh", "hh", "hv")
# What a user may say instead of leaving the sensor to be recognised, and the product name that it stands for.
PRESETS = {
    "sentinel-2": "S2_MSIL2A_N0200",
    "sentinel-2-offset": "S2_MSIL2A_N0400 BOA_ADD_OFFSET=-1000",
    "landsat-4-7": "LE07_L2SP",
    "landsat-8-9": "LC08_L2SP",
    "landsat-8-9-l1": "LC08_L1TP",
    "naip": "naip",
    "planetscope": "PSScene_AnalyticMS_SR",
    "sentinel-1-db": "S1_decibels",
    "sentinel-1-linear": "S1_linear",
}
_HOW = 'say which band is which, for example {"red": 3, "green": 2, "blue": 1, "nir": 4}'

_SENSORS = {
    "Sentinel-2": r"msil[12][ac]|sentinel[-_ ]?2|sen2(?![a-z])|hls[._]s30|(?<![a-z0-9])s2[abc]?(?![a-z0-9])"
    r"|(?<![a-z0-9])s2[abc]_|t\d{2}[c-x][a-z]{2}_\d{8}t\d{6}",
    "Landsat 8-9": r"landsat[-_ ]?[89]|(?<![a-z0-9])l[co]0?[89](?=_|\d|\b)|hls[._]l30|(?<![a-z0-9])l[89](?![a-z0-9])",
    "Landsat 4-7": r"landsat[-_ ]?[457]|(?<![a-z0-9])l[etm]0?[457](?=_|\d|\b)|(?<![a-z0-9])l[457](?![a-z0-9])",
    "PlanetScope": r"analyticms|planetscope|psscene|superdove",
    "Sentinel-1": r"sentinel[-_ ]?1|(?<![a-z0-9])s1[abc]?(?![a-z0-9])",
    "NAIP": r"naip|(?<![a-z0-9])m_\d{7}_[ns][ew]_",
}
_LEVELS = {
    "Sentinel-2": {"L1C": r"msil1c|(?<![a-z0-9])l1c(?![a-z0-9])", "L2A": r"msil2a|(?<![a-z0-9])l2a(?![a-z0-9])"},
    "Landsat": {"Level 2": r"l2sp|l2sr|sr_b\d", "Level 1": r"l1tp|l1gt|l1gs"},
    "Sentinel-1": {"RTC": r"rtc", "GRD": r"(?<![a-z0-9])(?:iw_)?grd"},
}
_NUMBERED = {
    "Sentinel-2": {"2": "blue", "3": "green", "4": "red", "8": "nir", "8a": "nir", "11": "swir1", "12": "swir2"},
    "Landsat 8-9": {"2": "blue", "3": "green", "4": "red", "5": "nir", "6": "swir1", "7": "swir2"},
    "Landsat 4-7": {"1": "blue", "2": "green", "3": "red", "4": "nir", "5": "swir1", "7": "swir2"},
}
_WORDS = {
    "red": "red",
    "r": "red",
    "green": "green",
    "g": "green",
    "blue": "blue",
    "b": "blue",
    "nir": "nir",
    "nir1": "nir",
    "nir08": "nir",
    "infrared": "nir",
    "swir1": "swir1",
    "swir16": "swir1",
    "swir2": "swir2",
    "swir22": "swir2",
}
_NUMBER = re.compile(r"(?:^|[^a-z0-9])b0?(\d{1,2}a?)(?![a-z0-9])")
_RGB_NIR = ("red", "green", "blue", "nir")
_BGR_NIR = ("blue", "green", "red", "nir")
_SIX = ("blue", "green", "red", "nir", "swir1", "swir2")


@dataclass(frozen=True)
class Bands:
    """What each band is.

    Attributes:
        index: role to 1-based band, in the order of `ROLES`.
        sensor: best name for the instrument, "" when unknown.
        warnings: one sentence per assumption.
    """

    index: dict[str, int]
    sensor: str
    warnings: tuple[str, ...]


def find_bands(
    count: int,
    dtype: str,
    descriptions: Sequence[str | None],
    colours: Sequence[str],
    hints: str,
    sample: Callable[[Sequence[int]], np.ndarray],
    wanted: dict[str, int] | None = None,
) -> Bands:
    """Find the role of each band.

    Args:
        count: bands of the raster.
        dtype: numpy name of its values.
        descriptions: band descriptions.
        colours: GDAL colour interpretation names.
        hints: file name and tags, in which the sensor's name may stand.
        sample: reads 1-based bands of the whole raster, thinned, where it has data: (n, pixels).
        wanted: the user's mapping from role to 1-based band.

    Raises:
        SceneError: red, green and blue cannot be told, or the mapping does not fit the raster.
    """
    sensor = sensor_named(hints)
    if wanted:
        index, warnings = _mapped(wanted, count)
        return Bands(index, sensor, warnings)
    if "palette" in colours[:1]:
        raise SceneError("The raster holds classes with a colour table, not measured light: choose the image itself.")
    radar = any(_polarisation(text) for text in descriptions)
    if radar or (count <= 2 and sensor == "Sentinel-1"):
        raise SceneError("The raster is a radar image: give it as the radar (SAR) image.")
    if count < 3:
        raise SceneError(
            f"The raster has {count} band{'s' if count > 1 else ''} and red, green and blue are needed: "
            "stack the bands into one raster first."
        )
    sensor, described = _described(descriptions, sensor)
    if {"red", "green", "blue"} <= described.keys():
        return Bands(_ordered(described), sensor, ())
    coloured = _coloured(count, colours, sample)
    if coloured is None and described:
        raise SceneError(f"The bands' names tell {' and '.join(described)}, but not red, green and blue: {_HOW}.")
    index, sensor, warnings = coloured or _preset(count, dtype, sensor, sample)
    return Bands(_ordered(index), sensor, warnings)


def find_sar_bands(
    count: int,
    descriptions: Sequence[str | None],
    name: str,
    hints: str,
    wanted: dict[str, int] | None = None,
) -> Bands:
    """Find the polarisation of each band of a radar image.

    Args:
        count: bands of the raster.
        descriptions: band descriptions.
        name: file name, which may end in the one polarisation that the file holds.
        hints: names and tags, in which the sensor's name may stand.
        wanted: the user's mapping from role (vv, vh, hh, hv) to 1-based band.

    Raises:
        SceneError: no polarisation can be told, or the mapping does not fit the raster.
    """
    sensor = sensor_named(hints)
    if wanted:
        _check_mapping(wanted, count, SAR_ROLES)
        return Bands({role: wanted[role] for role in SAR_ROLES if role in wanted}, sensor, ())
    index: dict[str, int] = {}
    for band, text in enumerate(descriptions, start=1):
        role = _polarisation(text)
        if role:
            index.setdefault(role, band)
    if not index and count == 1 and _polarisation(name):
        index = {str(_polarisation(name)): 1}
    if index:
        return Bands({role: index[role] for role in SAR_ROLES if role in index}, sensor or "SAR", ())
    if count == 2:
        said = "The radar image does not name its bands; they were taken as vv 1, vh 2: map the bands if wrong."
        return Bands({"vv": 1, "vh": 2}, sensor or "SAR", (said,))
    raise SceneError(
        f"Nothing in the radar image tells what its {count} band{'s are' if count > 1 else ' is'}: "
        'say which band is which, for example {"vv": 1, "vh": 2}.'
    )


def sensor_named(hints: str) -> str:
    """The instrument that names and tags speak of, "" when none."""
    return next((name for name, pattern in _SENSORS.items() if re.search(pattern, hints.lower())), "")


def with_level(sensor: str, hints: str) -> str:
    """The instrument with its processing level, where names and tags tell it: "Sentinel-2 L2A"."""
    for name, levels in _LEVELS.items():
        if sensor.startswith(name):
            level = next((level for level, pattern in levels.items() if re.search(pattern, hints.lower())), "")
            return f"{sensor} {level}".strip()
    return sensor


def landsat_names(hints: str) -> frozenset[str]:
    """What the files of the bands that have a role are called, at Level 1 and 2, in a folder with such names."""
    old = sensor_named(hints) == "Landsat 4-7"
    numbers = _NUMBERED["Landsat 4-7" if old else "Landsat 8-9"]
    return frozenset(name for number in numbers for name in (f"B{number.zfill(2)}", f"SR_B{number}"))


def _polarisation(text: str | None) -> str | None:
    found = re.search(r"(?<![a-z])(vv|vh|hh|hv)(?![a-z])", (text or "").lower())
    return found[1] if found else None


def _check_mapping(wanted: dict[str, int], count: int, roles: Sequence[str]) -> None:
    unknown = sorted(set(wanted) - set(roles))
    if unknown:
        raise SceneError(f"'{unknown[0]}' is not a band role: use {', '.join(roles)}.")
    for role, band in wanted.items():
        if isinstance(band, bool) or not isinstance(band, int) or not 1 <= band <= count:
            raise SceneError(f"Band {band} was given as {role}, and the raster has bands 1 to {count}: correct it.")


def _mapped(wanted: dict[str, int], count: int) -> tuple[dict[str, int], tuple[str, ...]]:
    _check_mapping(wanted, count, ROLES)
    missing = [role for role in ("red", "green", "blue") if role not in wanted]
    if missing:
        raise SceneError(f"The band mapping lacks {' and '.join(missing)}: red, green and blue are all needed.")
    shared = len(set(wanted.values())) < len(wanted)
    return _ordered(wanted), ("Several roles read the same band, as the mapping says.",) if shared else ()


def _ordered(index: dict[str, int]) -> dict[str, int]:
    return {role: index[role] for role in ROLES if role in index}


def _described(descriptions: Sequence[str | None], sensor: str) -> tuple[str, dict[str, int]]:
    """Roles from words ("Red", "near infrared") and from band names ("B04", "SR_B4", "B8A")."""
    words: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for band, text in enumerate(descriptions, start=1):
        plain = (text or "").lower().replace("-", " ")
        number = _NUMBER.search(plain.replace("_", " "))
        if number:
            numbers.setdefault(number[1], band)
            continue
        if re.search(r"red ?edge|vegetation|narrow", plain):
            continue
        joined = re.sub(r"near ?infra ?red", "nir", re.sub(r"swir[ _]?(\d)", r"swir\1", plain))
        role = next((_WORDS[word] for word in re.findall(r"[a-z0-9]+", joined) if word in _WORDS), None)
        if role:
            words.setdefault(role, band)
    if not numbers or (not sensor and _counted(descriptions, numbers)):
        return sensor, words
    if sensor not in _NUMBERED:
        sensor = _sensor_of(set(numbers), [text or "" for text in descriptions])
    roles = _NUMBERED[sensor]
    found = {}
    for number, band in sorted(numbers.items()):  # "8" sorts before "8a": the wide band is preferred
        if number in roles:
            found.setdefault(roles[number], band)
    return sensor, {**found, **words}


def _counted(descriptions: Sequence[str | None], numbers: dict[str, int]) -> bool:
    """Bands called b1, b2, b3 by their place tell nothing; B01 and SR_B1 are a sensor's names."""
    by_place = all(number == str(band) for number, band in numbers.items())
    return by_place and not any(re.search(r"b0|sr_", (text or "").lower()) for text in descriptions)


def _sensor_of(numbers: set[str], descriptions: list[str]) -> str:
    if numbers & {"8", "8a", "11", "12"}:
        return "Sentinel-2"
    if "7" in numbers and "1" in numbers and "6" not in numbers:
        return "Landsat 4-7"
    if "5" in numbers or any("sr_b" in text.lower() for text in descriptions):
        return "Landsat 8-9"
    return "Sentinel-2"  # B2, B3, B4: blue, green and red on Sentinel-2 and Landsat 8-9 alike


def _coloured(
    count: int, colours: Sequence[str], sample: Callable[[Sequence[int]], np.ndarray]
) -> tuple[dict[str, int], str, tuple[str, ...]] | None:
    index = {colour: colours.index(colour) + 1 for colour in ("red", "green", "blue", "nir") if colour in colours}
    if not {"red", "green", "blue"} <= index.keys():
        return None
    if "nir" not in index and count == 4 and colours[3] in ("undefined", "gray"):
        values = sample([4])[0]
        if len(np.unique(values[np.isfinite(values)])) > 2:  # else it is a mask that nobody declared
            index["nir"] = 4
            return index, "", ("The fourth band is taken for near infrared: map the bands if it is not.",)
    return index, "", ()


def _preset(
    count: int, dtype: str, sensor: str, sample: Callable[[Sequence[int]], np.ndarray]
) -> tuple[dict[str, int], str, tuple[str, ...]]:
    """The customary band orders, for rasters that say nothing about their bands."""
    order: Sequence[str] | None = None
    known = bool(sensor)
    landsat = sensor.startswith("Landsat")
    if count == 13 and not landsat:
        # B10 sees only high cloud and is all but black; EuroSAT puts B8A last, products put it before B09.
        tenth, eleventh = np.nanmedian(sample([10, 11]), axis=1)
        order = (
            [*_numbers(1, 9), "10", "11", "12", "8a"] if tenth < eleventh else [*_numbers(1, 8), "8a", *_numbers(9, 12)]
        )
        sensor = "Sentinel-2"
    elif count == 12 and not landsat:
        order, sensor = [*_numbers(1, 8), "8a", "9", "11", "12"], "Sentinel-2"
    elif count == 10 and not landsat:
        order, sensor = [*_numbers(2, 8), "8a", "11", "12"], "Sentinel-2"
    elif count == 8 and sensor == "Landsat 4-7":
        order = ["1", "2", "3", "4", "5", "7"]
    elif count == 8 and sensor == "PlanetScope":
        order = ("coastal", "blue", "green1", "green", "yellow", "red", "edge", "nir")
    elif count == 7 and landsat:
        order = _numbers(1, 7)
    elif count == 6 and not sensor.startswith(("PlanetScope", "NAIP", "Sentinel")):
        order, sensor = _SIX, sensor or "Landsat order"
    elif count == 4 and sensor in ("Sentinel-2", "PlanetScope", "Landsat 8-9", "Landsat 4-7"):
        order = _BGR_NIR
    elif count == 4 and (sensor == "NAIP" or dtype == "uint8"):
        order = _RGB_NIR
        if not known and not _alike(sample([1, 2, 3])):
            order = None
    elif count == 3:
        order = ("red", "green", "blue")
        known = False
    if order is None:
        raise SceneError(f"Nothing in the raster tells what its {count} bands are: {_HOW}.")
    roles = {**{role: role for role in ROLES}, **_NUMBERED.get(sensor, {})}
    index: dict[str, int] = {}
    for band, name in enumerate(order, start=1):
        role = roles.get(name)
        if role:
            index.setdefault(role, band)
    told = ", ".join(f"{role} {band}" for role, band in _ordered(index).items())
    warnings = () if known else (f"The raster does not name its bands; they were taken as {told}: map them if wrong.",)
    return index, sensor, warnings


def _numbers(first: int, last: int) -> list[str]:
    return [str(number) for number in range(first, last + 1)]


def _alike(rgb: np.ndarray) -> bool:
    """Visible bands rise and fall together (r > 0.8 on NAIP); false colour composites do not."""
    rgb = rgb[:, np.isfinite(rgb).all(axis=0)]
    if rgb.shape[1] < 2 or (rgb.std(axis=1) == 0).any():
        return True
    return bool(np.corrcoef(rgb).min() > 0.6)
