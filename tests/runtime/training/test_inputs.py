"""Places seen through fewer bands."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from model_runtime.terra_cot.spectra import CODE
from model_runtime.training.inputs import INPUT_SETS, input_sets, optical_only, seen_through

from .known_places import of_codes


def test_a_place_has_the_sets_that_its_bands_make() -> None:
    both = of_codes([[1, 2]], sar=True)
    assert input_sets(both) == list(INPUT_SETS)
    assert input_sets(optical_only(both)) == ["rgb", "rgb+nir", "rgb+nir+swir"]
    colours = replace(both, scene=replace(both.scene, present=(True,) * 3 + (False,) * 3, sar=None))
    assert input_sets(colours) == ["rgb"]


def test_only_the_bands_of_a_set_are_left() -> None:
    both = of_codes([[1, 2]], sar=True)
    for name, bands in INPUT_SETS.items():
        seen = seen_through(both, name)
        assert seen.inputs == bands
        assert len(seen.scene.bands) == len(set(bands) - {"vv", "vh"})
    assert both.inputs == INPUT_SETS["rgb+nir+swir+sar"]  # the place itself is as it was


def test_radar_alone_is_held_against_the_ground_under_clouds() -> None:
    here = of_codes([[CODE["cloud"], CODE["water"]]], sar=True)
    here = replace(here, scene=replace(here.scene, surface=np.array([[CODE["trees"], CODE["water"]]], np.uint8)))
    assert seen_through(here, "sar").scene.allowed.tolist() == [[1 << (CODE["trees"] - 1), 1]]
    assert seen_through(here, "rgb").scene.allowed.tolist() == [[1 << (CODE["cloud"] - 1), 1]]
