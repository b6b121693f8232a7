"""Whether borders are told, on places whose groups do or do not meet."""

from __future__ import annotations

import numpy as np

from model_runtime.terra_cot.spectra import CODE
from model_runtime.training.borders import border_accuracy

from .known_places import of_codes, truth


def stripes(*names: str) -> np.ndarray:
    """64 pixels square, the classes side by side from left to right."""
    return np.repeat([[CODE[name] for name in names]], 64, 0).repeat(64 // len(names), 1)


def test_the_truth_is_right_about_both_kinds() -> None:
    here = of_codes(stripes("water", "bare", "trees", "built-up"))
    found = border_accuracy(truth, [here])
    assert found == {"balanced_pct": 100, "bordering": 3, "apart": 3}


def test_always_yes_is_half_right_however_many_border() -> None:
    here = of_codes(stripes("water", "bare", "trees", "built-up"))
    everywhere = np.ones((64, 64), bool)
    found = border_accuracy(lambda place: dict.fromkeys(CODE, everywhere), [here])
    assert found["balanced_pct"] == 50


def test_empty_masks_border_nothing() -> None:
    here = of_codes(stripes("water", "bare", "trees", "built-up"))
    found = border_accuracy(lambda place: dict.fromkeys(CODE, np.zeros((64, 64), bool)), [here])
    assert found["balanced_pct"] == 50


def test_near_misses_and_specks_are_not_asked_about() -> None:
    codes = stripes("water", "trees")
    codes[:, 31:33] = CODE["bare"]
    codes[0, 0] = CODE["built-up"]
    found = border_accuracy(truth, [of_codes(codes)])
    assert (found["bordering"], found["apart"]) == (2, 0)
    assert found["balanced_pct"] is None


def test_a_tile_that_is_mostly_unlabelled_is_not_asked_about() -> None:
    codes = stripes("water", "trees")
    codes[:40] = 0
    assert border_accuracy(truth, [of_codes(codes)])["bordering"] == 0
