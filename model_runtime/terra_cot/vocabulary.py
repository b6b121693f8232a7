"""The one vocabulary of Terra-CoT: what regions are called, in our words and in people's.

A phrase is how reasoning names a region in front of its [SEG]. Every source maps its own classes to these by an
explicit table; a class of somebody's own labels that is none of these keeps its own name.
"""

from __future__ import annotations

from collections.abc import Mapping

LAND_COVER = (
    "water", "trees", "cropland", "grassland", "built-up area", "bare ground", "snow and ice", "wetland", "cloud",
)  # fmt: skip
"""Phrase of each land-cover class: index k is label code k + 1 (`spectra.CLASSES`)."""

Classes = Mapping[str, tuple[int, ...]]
"""What a label raster can tell: phrase -> the codes that are it. Two phrases may share codes (buildings, destroyed)."""

LAND_COVER_CLASSES: Classes = {phrase: (code,) for code, phrase in enumerate(LAND_COVER, start=1)}

BUILDING_CLASSES: Classes = {
    "buildings": (1, 2, 3, 4),
    "intact buildings": (1,),
    "damaged buildings": (2, 3),
    "destroyed buildings": (4,),
}
"""Codes of a damage map: 1 no damage, 2 minor, 3 major, 4 destroyed (xBD's four grades)."""

SYNONYMS: dict[str, tuple[str, ...]] = {
    "water": ("water", "open water", "surface water", "water bodies", "lakes and rivers", "rivers", "lakes", "ponds",
              "flood water", "flooded area", "flooded land", "flooding", "reservoirs", "sea", "river", "lake"),
    "trees": ("trees", "forest", "forests", "woodland", "tree cover", "woods", "forested area", "forested land"),
    "cropland": ("cropland", "crops", "farmland", "fields", "agricultural land", "arable land", "farm fields",
                 "agriculture", "crop fields"),
    "grassland": ("grassland", "grass", "pasture", "meadows", "rangeland", "pastures", "shrubland", "grazing land"),
    "built-up area": ("built-up area", "built-up areas", "built-up land", "buildings", "urban area", "urban land",
                      "settlements", "settlement", "village", "villages", "town", "city", "houses", "built-up"),
    "bare ground": ("bare ground", "bare soil", "bare land", "barren land", "sand", "rock", "bare", "bare rock",
                    "exposed soil", "beach"),
    "snow and ice": ("snow and ice", "snow", "ice", "snow cover", "glaciers", "glacier"),
    "wetland": ("wetland", "wetlands", "marsh", "swamp", "marshes", "flooded vegetation", "mangroves"),
    "cloud": ("cloud", "clouds", "cloud cover"),
    "buildings": ("buildings", "houses", "structures"),
    "intact buildings": ("intact buildings", "undamaged buildings", "buildings without damage"),
    "damaged buildings": ("damaged buildings", "buildings with damage that still stand"),
    "destroyed buildings": ("destroyed buildings", "ruined buildings", "collapsed buildings"),
}  # fmt: skip
"""What people call a region of each phrase; the phrase itself comes first."""

SINGULAR = frozenset(
    ("river", "lake", "sea", "village", "town", "city", "settlement", "glacier", "marsh", "swamp", "beach")
)
"""Words that need an article: "the river", never "how much river"."""

_PLURAL_LOOK = frozenset(("grass",))


def is_plural(name: str) -> bool:
    """Whether a name takes a plural verb, "trees" and "lakes and rivers", but not "grass"."""
    if name == "snow and ice":
        return False
    head = name.split(" with ")[0].split(" that ")[0]
    return head.endswith("s") and head not in _PLURAL_LOOK


def synonyms(phrase: str) -> tuple[str, ...]:
    """What people call it; a class of somebody's own has only its own name."""
    return SYNONYMS.get(phrase, (phrase,))


def canonical(name: str) -> str:
    """The phrase for a class name: ours when the name is a phrase of ours or a word for one, else the name itself.

    Lower case, underscores and repeated blanks made single blanks. A word that stands for two of our phrases
    ("buildings") is the phrase that is spelt so.

    >>> canonical("Open_Water")
    'water'
    >>> canonical("solar panels")
    'solar panels'
    """
    word = " ".join(name.replace("_", " ").lower().split())
    if word in SYNONYMS:
        return word
    return next((phrase for phrase, words in SYNONYMS.items() if word in words), word)
