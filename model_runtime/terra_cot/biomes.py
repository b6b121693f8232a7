"""Which materials occur together: the kinds of country that generated scenes show."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Biome:
    """Which materials grow and are built together."""

    trees: tuple[str, ...]
    crops: tuple[str, ...]
    grass: tuple[str, ...]
    built: tuple[str, ...]
    bare: tuple[str, ...]
    water: tuple[str, ...]
    wetland: tuple[str, ...]


TEMPERATE = Biome(
    ("broadleaf", "mixed_forest", "conifer"),
    (
        "crop_dense",
        "crop_medium",
        "crop_young",
        "ripe",
        "stubble",
        "tilled_brown",
        "tilled_dark",
        "tilled_light",
        "rapeseed",
        "crop_nordic",
        "crop_sparse",
        "peat_field",
    ),
    ("lush", "pasture", "pasture", "scrub", "heath"),
    ("red_roof", "suburb", "slate", "concrete", "dense", "suburb"),
    ("soil_grey", "quarry", "gravel", "cleared"),
    ("deep", "humic", "turbid", "eutrophic", "shallow"),
    ("reed", "marsh", "bog"),
)
WINTER = Biome(
    ("leafless", "conifer", "mixed_forest"),
    ("crop_young", "crop_medium", "tilled_brown", "tilled_dark", "stubble", "crop_nordic", "crop_sparse", "peat_field"),
    ("pasture", "rangeland_wet", "heath"),
    TEMPERATE.built,
    TEMPERATE.bare,
    TEMPERATE.water,
    ("reed", "bog", "flooded"),
)
NORDIC = Biome(
    ("conifer", "mixed_forest", "broadleaf", "autumn"),
    ("crop_nordic", "crop_sparse", "peat_field", "crop_dense", "crop_medium", "ripe", "tilled_brown", "stubble"),
    ("rangeland_wet", "pasture", "heath", "scrub"),
    ("slate", "suburb", "red_roof", "suburb", "asphalt"),
    ("rock", "gravel", "quarry", "cleared"),
    ("humic", "deep", "humic", "sea"),
    ("bog", "bog", "reed", "marsh"),
)
DRY = Biome(
    ("woodland", "oak_savanna", "juniper", "orchard"),
    (
        "crop_dry",
        "tilled_red",
        "tilled_light",
        "tilled_brown",
        "stubble",
        "ripe",
        "crop_medium",
        "crop_young",
        "crop_dense",
    ),
    ("steppe", "rangeland_dry", "savanna", "arid_shrub", "scrub"),
    ("town_dry", "town_dirt", "red_roof", "concrete", "dense"),
    ("soil_grey", "soil_red", "rock", "gravel", "quarry", "cleared"),
    ("turbid", "brown", "deep", "eutrophic"),
    ("reed", "marsh", "saltmarsh"),
)
TROPICAL = Biome(
    ("tropical", "tropical", "regrowth", "broadleaf", "mangrove"),
    ("crop_medium", "crop_dense", "crop_young", "tilled_red", "tilled_brown", "paddy_green", "stubble"),
    ("pasture", "savanna", "scrub", "lush"),
    ("town_tropical", "town_dirt", "dense", "red_roof", "suburb"),
    ("cleared", "soil_red", "gravel", "soil_red"),
    ("brown", "silt", "turbid", "eutrophic", "humic"),
    ("flooded", "papyrus", "marsh"),
)
DESERT = Biome(
    ("juniper", "orchard", "woodland"),
    ("crop_dense", "crop_medium", "stubble", "tilled_light", "crop_young"),
    ("arid_shrub", "steppe", "rangeland_dry"),
    ("town_dry", "town_dry", "concrete", "asphalt"),
    ("sand", "dune", "soil_grey", "rock", "rock_red", "basalt", "salt", "soil_red"),
    ("turbid", "deep", "shallow", "sea"),
    ("saltmarsh", "reed"),
)
ALPINE = Biome(
    ("conifer", "mixed_forest", "conifer", "juniper"),
    ("crop_medium", "crop_young", "tilled_brown", "ripe"),
    ("alpine", "pasture", "heath", "alpine"),
    ("red_roof", "suburb", "slate"),
    ("rock", "gravel", "rock", "soil_grey"),
    ("glacial", "deep", "humic", "shallow"),
    ("bog", "marsh"),
)

CANYON = Biome(
    ("juniper", "juniper", "conifer", "oak_savanna"),
    DRY.crops,
    ("arid_shrub", "arid_shrub", "steppe", "heath"),
    DRY.built,
    ("rock_red", "rock_red", "rock", "soil_red", "sand"),
    ("turbid", "brown", "deep"),
    ("reed", "marsh"),
)
