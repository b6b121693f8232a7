"""How each land-cover class looks: surface reflectance of its common sub-types in five bands and a sixth.

One row is one material. `bright` and `shape` are log standard deviations between objects of the same material: the
first is shared by all bands (illumination, moisture), the second drawn per band (pigment, mineralogy). `partner`
is the material that shows through inside a pixel (soil under a crop, shade in a canopy), on average `mix` of it,
varying by `grain` from pixel to pixel.

Sources of the rows, named in `source`:
    terramesh: means of Sentinel-2 pixels of that label, rounded: crops and rangeland in Denmark (patch 637U_59R, the
        wet and northern rows; fields by clusters) and in Tanzania (38D_378R, the dry rows), snow in Canada
        (609U_541L: its mean and its highest and lowest tenth).
    bigearthnet, eurosat, zion, chiapas: chosen within the range of real pixels of such ground, after removing haze
        where the data is top-of-atmosphere. None of these are places kept for testing.
        `fitted_spectra.json` has the means and spreads of all these pixels, and a test holds these rows against it.
    known: set from general knowledge of Sentinel-2 surface reflectance, not measured here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

CLASSES = ("water", "trees", "cropland", "grassland", "built-up", "bare", "snow and ice", "wetland", "cloud")
"""Label codes 1..9 in this order; 0 is unlabelled."""

BANDS = ("red", "green", "blue", "nir", "swir1")
"""Bands of `scenes.generate`."""

OPTICAL_BANDS = (*BANDS, "swir2")
"""Bands of `dates.generate_dates`."""

CODE = {name: code for code, name in enumerate(CLASSES, start=1)}


@dataclass(frozen=True)
class Material:
    """One row of the table; `label` is 0 for a material that only ever shows through another."""

    name: str
    label: int
    mean: tuple[float, float, float, float, float]
    bright: float
    shape: float
    partner: str
    mix: float
    grain: float
    source: str


def _rows(label: int, rows: list[tuple]) -> list[Material]:
    return [Material(row[0], label, row[1], *row[2:]) for row in rows]


MATERIALS: tuple[Material, ...] = tuple(
    _rows(
        0,
        [
            ("shade", (0.010, 0.012, 0.010, 0.060, 0.030), 0.2, 0.1, "shade", 0.0, 0.0, "known"),
            ("soil", (0.150, 0.115, 0.085, 0.220, 0.290), 0.25, 0.08, "soil", 0.0, 0.0, "known"),
            ("green", (0.045, 0.070, 0.040, 0.360, 0.190), 0.2, 0.1, "green", 0.0, 0.0, "known"),
            ("pool", (0.020, 0.026, 0.024, 0.018, 0.008), 0.3, 0.1, "pool", 0.0, 0.0, "known"),
        ],
    )
    + _rows(
        CODE["water"],
        [
            ("deep", (0.012, 0.022, 0.032, 0.008, 0.004), 0.35, 0.15, "deep", 0.0, 0.0, "known"),
            ("sea", (0.024, 0.046, 0.066, 0.014, 0.005), 0.30, 0.15, "sea", 0.0, 0.0, "eurosat SeaLake, haze removed"),
            ("humic", (0.009, 0.011, 0.009, 0.008, 0.004), 0.40, 0.15, "humic", 0.0, 0.0, "known"),
            ("turbid", (0.075, 0.085, 0.058, 0.040, 0.012), 0.30, 0.15, "turbid", 0.0, 0.0, "known"),
            ("brown", (0.130, 0.112, 0.075, 0.070, 0.016), 0.25, 0.12, "brown", 0.0, 0.0, "known"),
            ("silt", (0.175, 0.135, 0.085, 0.105, 0.022), 0.22, 0.12, "silt", 0.0, 0.0, "known"),
            ("eutrophic", (0.038, 0.062, 0.034, 0.055, 0.013), 0.30, 0.20, "eutrophic", 0.0, 0.0, "known"),
            ("shallow", (0.060, 0.095, 0.090, 0.032, 0.010), 0.30, 0.15, "sea", 0.20, 0.15, "known"),
            ("glacial", (0.110, 0.155, 0.155, 0.050, 0.007), 0.25, 0.12, "glacial", 0.0, 0.0, "known"),
            ("glint", (0.065, 0.070, 0.075, 0.066, 0.045), 0.30, 0.08, "sea", 0.15, 0.10, "known"),
        ],
    )
    + _rows(
        CODE["trees"],
        [
            ("conifer", (0.022, 0.031, 0.022, 0.190, 0.088), 0.18, 0.12, "shade", 0.15, 0.22, "bigearthnet"),
            ("broadleaf", (0.024, 0.042, 0.023, 0.330, 0.160), 0.16, 0.12, "shade", 0.12, 0.18, "bigearthnet"),
            ("mixed_forest", (0.025, 0.037, 0.022, 0.230, 0.115), 0.18, 0.12, "shade", 0.14, 0.22, "bigearthnet mixed"),
            ("tropical", (0.021, 0.038, 0.021, 0.290, 0.125), 0.14, 0.10, "shade", 0.12, 0.20, "known"),
            ("regrowth", (0.030, 0.056, 0.028, 0.370, 0.170), 0.15, 0.10, "green", 0.20, 0.25, "known"),
            ("autumn", (0.070, 0.065, 0.035, 0.240, 0.160), 0.20, 0.15, "shade", 0.12, 0.20, "known"),
            ("leafless", (0.055, 0.052, 0.038, 0.175, 0.150), 0.18, 0.10, "shade", 0.10, 0.18, "known"),
            ("woodland", (0.045, 0.052, 0.034, 0.220, 0.165), 0.20, 0.12, "soil", 0.12, 0.22, "known"),
            ("oak_savanna", (0.034, 0.032, 0.013, 0.188, 0.145), 0.22, 0.12, "soil", 0.12, 0.25, "bigearthnet 56_35"),
            ("mangrove", (0.024, 0.040, 0.024, 0.250, 0.085), 0.16, 0.10, "pool", 0.10, 0.15, "known"),
            ("orchard", (0.038, 0.055, 0.033, 0.280, 0.165), 0.18, 0.10, "soil", 0.15, 0.15, "known"),
            ("juniper", (0.046, 0.049, 0.034, 0.200, 0.140), 0.20, 0.10, "soil", 0.18, 0.22, "zion, haze removed"),
        ],
    )
    + _rows(
        CODE["cropland"],
        [
            ("crop_dense", (0.030, 0.060, 0.030, 0.450, 0.185), 0.14, 0.12, "soil", 0.03, 0.09, "bigearthnet arable"),
            ("crop_medium", (0.052, 0.068, 0.042, 0.335, 0.200), 0.16, 0.12, "soil", 0.08, 0.14, "bigearthnet arable"),
            ("crop_young", (0.095, 0.088, 0.063, 0.250, 0.240), 0.16, 0.10, "soil", 0.10, 0.17, "bigearthnet arable"),
            ("crop_nordic", (0.029, 0.048, 0.011, 0.345, 0.186), 0.16, 0.12, "soil", 0.03, 0.07, "terramesh"),
            ("crop_sparse", (0.073, 0.058, 0.028, 0.209, 0.198), 0.18, 0.12, "crop_dense", 0.06, 0.10, "terramesh"),
            ("peat_field", (0.038, 0.030, 0.011, 0.138, 0.140), 0.22, 0.12, "crop_dense", 0.05, 0.08, "terramesh"),
            ("crop_dry", (0.165, 0.120, 0.085, 0.268, 0.374), 0.15, 0.10, "woodland", 0.06, 0.17, "terramesh"),
            ("ripe", (0.165, 0.130, 0.085, 0.295, 0.310), 0.14, 0.10, "soil", 0.05, 0.10, "known"),
            ("stubble", (0.185, 0.145, 0.103, 0.275, 0.345), 0.15, 0.08, "soil", 0.10, 0.14, "bigearthnet arable"),
            ("tilled_brown", (0.120, 0.097, 0.072, 0.178, 0.245), 0.20, 0.10, "green", 0.03, 0.07, "known"),
            ("tilled_dark", (0.070, 0.060, 0.048, 0.110, 0.160), 0.22, 0.10, "green", 0.03, 0.07, "known"),
            ("tilled_red", (0.185, 0.110, 0.075, 0.250, 0.325), 0.18, 0.10, "green", 0.03, 0.07, "known"),
            ("tilled_light", (0.230, 0.185, 0.140, 0.300, 0.370), 0.16, 0.08, "green", 0.03, 0.07, "known"),
            ("rapeseed", (0.120, 0.145, 0.045, 0.420, 0.200), 0.14, 0.10, "green", 0.10, 0.10, "known"),
            ("paddy_green", (0.034, 0.062, 0.034, 0.350, 0.130), 0.16, 0.12, "pool", 0.05, 0.10, "known"),
            ("paddy_wet", (0.065, 0.072, 0.055, 0.140, 0.085), 0.22, 0.15, "pool", 0.10, 0.17, "known"),
        ],
    )
    + _rows(
        CODE["grassland"],
        [
            ("lush", (0.038, 0.074, 0.036, 0.470, 0.230), 0.14, 0.10, "green", 0.15, 0.19, "bigearthnet pastures"),
            ("pasture", (0.064, 0.086, 0.045, 0.400, 0.260), 0.15, 0.10, "soil", 0.06, 0.10, "bigearthnet pastures"),
            ("rangeland_wet", (0.034, 0.047, 0.014, 0.315, 0.183), 0.16, 0.12, "soil", 0.05, 0.10, "terramesh"),
            ("rangeland_dry", (0.152, 0.113, 0.080, 0.262, 0.368), 0.15, 0.10, "woodland", 0.10, 0.18, "terramesh"),
            ("steppe", (0.165, 0.130, 0.092, 0.255, 0.345), 0.15, 0.10, "soil", 0.15, 0.15, "known"),
            ("savanna", (0.110, 0.095, 0.065, 0.250, 0.310), 0.16, 0.10, "woodland", 0.15, 0.22, "known"),
            ("alpine", (0.070, 0.078, 0.045, 0.290, 0.240), 0.18, 0.12, "rock", 0.10, 0.18, "known"),
            ("heath", (0.058, 0.054, 0.035, 0.190, 0.170), 0.18, 0.12, "green", 0.12, 0.18, "known"),
            ("arid_shrub", (0.125, 0.105, 0.078, 0.215, 0.270), 0.18, 0.10, "juniper", 0.20, 0.30, "known"),
            ("scrub", (0.060, 0.065, 0.042, 0.270, 0.215), 0.18, 0.12, "woodland", 0.25, 0.30, "known"),
        ],
    )
    + _rows(
        CODE["built-up"],
        [
            ("dense", (0.140, 0.130, 0.115, 0.195, 0.190), 0.16, 0.08, "asphalt", 0.35, 0.35, "known"),
            ("concrete", (0.215, 0.205, 0.190, 0.265, 0.260), 0.18, 0.08, "asphalt", 0.30, 0.35, "known"),
            ("red_roof", (0.175, 0.135, 0.108, 0.230, 0.235), 0.15, 0.08, "green", 0.22, 0.30, "known"),
            ("metal", (0.400, 0.400, 0.400, 0.440, 0.380), 0.22, 0.06, "asphalt", 0.15, 0.25, "known"),
            ("blue_roof", (0.170, 0.210, 0.270, 0.300, 0.270), 0.18, 0.08, "asphalt", 0.15, 0.25, "known"),
            ("slate", (0.085, 0.085, 0.083, 0.125, 0.125), 0.16, 0.06, "green", 0.22, 0.28, "known"),
            ("asphalt", (0.100, 0.098, 0.094, 0.140, 0.150), 0.16, 0.06, "green", 0.08, 0.10, "known"),
            ("suburb", (0.155, 0.140, 0.120, 0.225, 0.215), 0.16, 0.08, "green", 0.42, 0.32, "known"),
            ("town_tropical", (0.170, 0.140, 0.112, 0.240, 0.255), 0.16, 0.08, "green", 0.30, 0.32, "known"),
            (
                "town_dirt",
                (0.160, 0.122, 0.090, 0.265, 0.335),
                0.16,
                0.08,
                "green",
                0.18,
                0.25,
                "chiapas urban polygons",
            ),
            ("town_dry", (0.215, 0.180, 0.140, 0.285, 0.320), 0.16, 0.08, "soil", 0.25, 0.30, "known"),
        ],
    )
    + _rows(
        CODE["bare"],
        [
            ("sand", (0.350, 0.300, 0.225, 0.430, 0.500), 0.16, 0.08, "sand", 0.0, 0.0, "known"),
            ("dune", (0.360, 0.250, 0.155, 0.430, 0.530), 0.14, 0.08, "sand", 0.20, 0.15, "known"),
            ("soil_grey", (0.215, 0.185, 0.150, 0.270, 0.330), 0.20, 0.08, "rock", 0.15, 0.15, "known"),
            ("soil_red", (0.215, 0.125, 0.080, 0.275, 0.345), 0.18, 0.10, "soil", 0.20, 0.15, "known"),
            ("cleared", (0.170, 0.125, 0.088, 0.250, 0.320), 0.18, 0.10, "green", 0.08, 0.12, "known"),
            ("rock", (0.160, 0.145, 0.125, 0.200, 0.230), 0.20, 0.08, "shade", 0.10, 0.15, "known"),
            ("rock_red", (0.270, 0.170, 0.115, 0.330, 0.370), 0.20, 0.10, "juniper", 0.08, 0.14, "zion barren"),
            ("basalt", (0.075, 0.070, 0.065, 0.095, 0.115), 0.22, 0.08, "shade", 0.08, 0.10, "known"),
            ("salt", (0.520, 0.510, 0.480, 0.530, 0.320), 0.18, 0.06, "soil_grey", 0.15, 0.15, "known"),
            ("mud", (0.130, 0.115, 0.092, 0.150, 0.120), 0.20, 0.08, "pool", 0.15, 0.15, "known"),
            ("gravel", (0.240, 0.220, 0.180, 0.290, 0.300), 0.18, 0.08, "pool", 0.06, 0.08, "known"),
            ("quarry", (0.340, 0.320, 0.285, 0.390, 0.400), 0.18, 0.06, "rock", 0.20, 0.25, "known"),
        ],
    )
    + _rows(
        CODE["snow and ice"],
        [
            ("snow_fresh", (0.850, 0.860, 0.880, 0.820, 0.090), 0.07, 0.03, "snow_shaded", 0.04, 0.08, "terramesh"),
            ("snow_old", (0.580, 0.570, 0.630, 0.620, 0.096), 0.18, 0.05, "snow_shaded", 0.15, 0.18, "terramesh"),
            ("snow_shaded", (0.180, 0.196, 0.243, 0.240, 0.036), 0.25, 0.06, "shade", 0.08, 0.10, "terramesh"),
            ("snow_thin", (0.480, 0.480, 0.490, 0.450, 0.100), 0.15, 0.06, "soil", 0.15, 0.14, "known"),
            ("ice", (0.380, 0.430, 0.470, 0.320, 0.035), 0.18, 0.06, "pool", 0.10, 0.12, "known"),
        ],
    )
    + _rows(
        CODE["wetland"],
        [
            ("reed", (0.065, 0.068, 0.045, 0.215, 0.150), 0.18, 0.10, "pool", 0.22, 0.17, "known"),
            ("marsh", (0.045, 0.062, 0.036, 0.280, 0.140), 0.18, 0.10, "pool", 0.25, 0.19, "known"),
            ("flooded", (0.035, 0.048, 0.030, 0.200, 0.085), 0.20, 0.12, "pool", 0.38, 0.21, "known"),
            ("bog", (0.065, 0.060, 0.038, 0.185, 0.130), 0.18, 0.10, "pool", 0.18, 0.15, "bigearthnet"),
            ("saltmarsh", (0.078, 0.076, 0.055, 0.195, 0.120), 0.18, 0.10, "mud", 0.25, 0.19, "known"),
            ("papyrus", (0.036, 0.066, 0.034, 0.360, 0.150), 0.16, 0.10, "pool", 0.15, 0.15, "known"),
        ],
    )
    + _rows(
        CODE["cloud"],
        [
            ("cloud_thick", (0.720, 0.710, 0.730, 0.740, 0.520), 0.14, 0.03, "cloud_thick", 0.0, 0.0, "known"),
            ("cloud_low", (0.480, 0.480, 0.500, 0.520, 0.360), 0.18, 0.03, "cloud_low", 0.0, 0.0, "known"),
            ("cirrus", (0.360, 0.370, 0.400, 0.400, 0.220), 0.18, 0.04, "cirrus", 0.0, 0.0, "known"),
        ],
    )
)
"""The whole table; a material's number is its place here."""

NUMBER = {material.name: number for number, material in enumerate(MATERIALS)}
MEAN = np.array([material.mean for material in MATERIALS], dtype=np.float32)
LABEL = np.array([material.label for material in MATERIALS], dtype=np.uint8)
BRIGHT = np.array([material.bright for material in MATERIALS], dtype=np.float32)
SHAPE = np.array([material.shape for material in MATERIALS], dtype=np.float32)
PARTNER = np.array([NUMBER[material.partner] for material in MATERIALS], dtype=np.intp)
MIX = np.array([material.mix for material in MATERIALS], dtype=np.float32)
GRAIN = np.array([material.grain for material in MATERIALS], dtype=np.float32)

# swir2 as a share of swir1. Measured in the terramesh patches: trees 0.57, crops and rangeland in Denmark 0.53 to 0.66
# (the lower the greener), in Tanzania 0.66 to 0.78, built-up 0.6 to 0.8, snow 1.06. The others are set from general
# knowledge of Sentinel-2: liquid water in leaves and wet soil absorbs more at 2.2 than at 1.6 um, so does clay.
_SWIR2_SHARES: dict[float, tuple[str, ...]] = {
    0.50: ("green", "pool", "deep", "sea", "humic", "crop_dense", "lush", "papyrus", "tropical", "mangrove"),
    0.55: ("shade", "paddy_green", "broadleaf", "regrowth", "crop_nordic", "rangeland_wet", "rapeseed", "marsh"),
    0.58: ("conifer", "flooded", "mixed_forest", "crop_sparse", "turbid", "shallow", "glacial", "orchard", "pasture"),
    0.62: ("brown", "paddy_wet", "silt", "crop_medium", "alpine", "reed", "bog", "salt", "ice", "mud", "eutrophic"),
    0.68: ("autumn", "oak_savanna", "juniper", "crop_young", "peat_field", "scrub", "heath", "saltmarsh", "suburb"),
    0.72: ("leafless", "woodland", "tilled_dark", "red_roof", "town_tropical", "cloud_low", "cloud_thick", "cirrus"),
    0.78: ("crop_dry", "ripe", "rangeland_dry", "savanna", "arid_shrub", "tilled_brown", "soil", "cleared", "glint"),
    0.82: ("stubble", "steppe", "tilled_red", "tilled_light", "town_dirt", "town_dry", "soil_red", "dense", "slate"),
    0.88: ("concrete", "blue_roof", "asphalt", "sand", "dune", "soil_grey", "rock", "rock_red", "gravel", "quarry"),
    0.95: ("metal", "basalt", "snow_thin", "snow_old"),
    1.05: ("snow_fresh", "snow_shaded"),
}  # fmt: skip
_SHARE_OF = {name: share for share, names in _SWIR2_SHARES.items() for name in names}
SPECTRA = np.column_stack([MEAN, MEAN[:, -1] * np.array([_SHARE_OF[m.name] for m in MATERIALS], dtype=np.float32)])
"""Mean reflectance of each material in `OPTICAL_BANDS`."""
