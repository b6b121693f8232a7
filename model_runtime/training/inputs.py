"""Places as sensors with fewer bands show them: the sets of input bands that figures are given for."""

from __future__ import annotations

from dataclasses import replace

from ..terra_cot.sources.common import only
from .places import Place

_RGB = ("red", "green", "blue")
INPUT_SETS = {
    "rgb": _RGB,
    "rgb+nir": (*_RGB, "nir"),
    "rgb+nir+swir": (*_RGB, "nir", "swir1", "swir2"),
    "rgb+nir+swir+sar": (*_RGB, "nir", "swir1", "swir2", "vv", "vh"),
    "sar": ("vv", "vh"),
}
"""Name, as the dock and a model's `class_quality` have it -> bands."""
OPTICAL, FUSED, RADAR = "rgb+nir+swir", "rgb+nir+swir+sar", "sar"


def input_sets(place: Place) -> list[str]:
    """The sets that a place has the bands for; one of the two shortwave infrared bands is enough."""
    there = set(place.inputs)
    return [name for name, bands in INPUT_SETS.items() if set(bands) - {"swir2"} <= there]


def seen_through(place: Place, name: str) -> Place:
    """A place through one of the sets. Radar alone shows the ground under clouds, where that is known."""
    wanted, scene = INPUT_SETS[name], place.scene
    kept = [
        index
        for index, (band, there) in enumerate(zip(scene.names, scene.present, strict=True))
        if there and band in wanted
    ]
    ground = scene.allowed if name != RADAR or scene.surface is None else only(scene.surface)
    fewer = replace(
        scene,
        bands=scene.bands[kept],
        names=tuple(scene.names[index] for index in kept),
        present=(True,) * len(kept),
        sar=scene.sar if "vv" in wanted else None,
        allowed=ground,
    )
    return replace(place, scene=fewer)


def optical_only(place: Place) -> Place:
    """A place through all its optical bands."""
    return replace(place, scene=replace(place.scene, sar=None))
