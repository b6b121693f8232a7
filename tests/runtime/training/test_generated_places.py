"""Generated places for judging."""

from __future__ import annotations

import numpy as np

from model_runtime.terra_cot.spectra import CODE
from model_runtime.training.generated_places import floods, landscapes, still_pairs
from model_runtime.training.inputs import INPUT_SETS, input_sets
from model_runtime.training.recipe import RECIPE


def test_landscapes_have_every_sensor_and_known_ground_from_seeds_that_are_not_learnt_from() -> None:
    (here,) = landscapes(1)
    assert input_sets(here) == list(INPUT_SETS)
    assert f"seed {RECIPE.held_out_seed}" in here.name
    assert RECIPE.held_out_seed > RECIPE.first_scene_seed + 10 * RECIPE.places
    assert (here.scene.allowed > 0).mean() > 0.5  # soft edges of clouds and narrow roads are of no class


def test_a_flood_has_brought_water_and_a_still_pair_has_not_changed() -> None:
    flooded = floods(6)
    assert flooded
    for place in flooded:
        assert (place.scene.labels == CODE["water"])[place.scene.changed].mean() > 0.9
    (pair,) = still_pairs(1)
    assert not pair[1].scene.changed.any()
    assert not np.array_equal(pair[0].scene.bands, pair[1].scene.bands)


def test_no_two_places_share_a_name() -> None:
    made = [*landscapes(2), *floods(2), *(date for pair in still_pairs(2) for date in pair)]
    assert len({place.name for place in made}) == len(made)
