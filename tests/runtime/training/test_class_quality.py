"""The figures of classes by input set."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from model_runtime.training.class_quality import by_inputs, class_quality, pooled_classes
from model_runtime.training.figures import read_class_quality
from model_runtime.training.inputs import INPUT_SETS

from .known_places import nothing, of_codes, truth


def test_real_and_generated_places_have_the_same_say() -> None:
    real = by_inputs(truth, [of_codes([[1, 2]], "real")])
    generated = by_inputs(nothing, [of_codes([[1, 1]], str(number)) for number in range(5)])
    water = class_quality(real, generated)["rgb"]["water"]
    assert water == {"iou": 0.5, "coverage_error_pct": 50.0, "places": 6, "real_places": 1}


def test_a_class_that_is_nowhere_and_a_sensor_that_no_place_has_give_no_figure() -> None:
    scores = by_inputs(truth, [of_codes([[1, 2]])])
    found = class_quality(scores, by_inputs(truth, []))
    assert set(found) == set(INPUT_SETS)
    assert set(found["rgb+nir"]) == {"water", "trees"}
    assert found["sar"] == {}


def test_each_place_is_seen_through_each_set_of_its_bands() -> None:
    seen = []
    by_inputs(lambda place: (seen.append(place.inputs), truth(place))[1], [of_codes([[1, 2]], sar=True)])
    assert seen == list(INPUT_SETS.values())


def test_an_export_takes_the_figures(tmp_path: Path) -> None:
    figures = class_quality(by_inputs(truth, [of_codes([[1, 5]])]), by_inputs(truth, []))
    file = tmp_path / "figures.json"
    file.write_text(json.dumps({"class_quality": figures}), "utf-8")
    assert read_class_quality(file)["rgb"]["built-up area"]["iou"] == pytest.approx(1)


def test_pooled_figures_count_claims_where_a_class_is_not() -> None:
    lake, wood = of_codes([[1, 2]], "lake"), of_codes([[2, 2]], "wood")
    everywhere = by_inputs(lambda place: {**nothing(place), "water": np.ones((1, 2), bool)}, [lake, wood])
    assert pooled_classes(everywhere["rgb"]) == {
        "water": {"iou": 0.25, "coverage_error_pct": 75.0, "places": 1},
        "trees": {"iou": 0.0, "coverage_error_pct": 75.0, "places": 2},
    }
