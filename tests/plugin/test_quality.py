"""Which light a class has, and how it is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terrascope_qgis.client.protocol import ClassQuality, HeldOut, ModelSummary
from terrascope_qgis.core.choices import LAND_COVER
from terrascope_qgis.core.quality import FAIR, GOOD, POOR, UNMEASURED, class_lights, light_of, taught_words

FIGURES = {
    "rgb": {"water": ClassQuality(0.4, 9.0)},
    "rgb+nir": {"water": ClassQuality(0.86, 1.94), "heath": ClassQuality(0.5, 4.0)},
}


@pytest.mark.parametrize(
    ("iou", "light"), [(1.0, GOOD), (0.75, GOOD), (0.7499, FAIR), (0.5, FAIR), (0.4999, POOR), (0.0, POOR)]
)
def test_a_light_changes_at_its_bound(iou: float, light: str) -> None:
    assert light_of("water", ClassQuality(iou, 1.0)).light == light


def test_every_class_has_a_light_and_what_was_not_measured_is_grey() -> None:
    lights = class_lights(FIGURES, "rgb+nir")
    assert [one.name for one in lights] == [*LAND_COVER, "heath"]
    assert {one.name: one.light for one in lights if one.quality} == {"water": GOOD, "heath": FAIR}
    assert {one.light for one in lights if one.quality is None} == {UNMEASURED}
    assert {one.light for one in class_lights(FIGURES, "sar")} == {UNMEASURED}


def test_the_classes_may_be_named_and_none_stands_twice() -> None:
    lights = class_lights(FIGURES, "rgb", ["water", "moss", "water"])
    assert [(one.name, one.light) for one in lights] == [("water", POOR), ("moss", UNMEASURED)]


def test_a_model_without_figures_has_no_lights() -> None:
    assert class_lights({}, "rgb", ["water"]) == []


@given(st.one_of(st.none(), st.builds(ClassQuality, st.floats(0, 1), st.floats(0, 100))))
def test_no_light_is_told_by_its_colour_alone(quality: ClassQuality | None) -> None:
    light = light_of("water", quality)
    others = [light_of("water", one) for one in (None, *(ClassQuality(iou, 1.0) for iou in (0.9, 0.6, 0.1)))]
    for other in others:
        same = other.light == light.light
        assert (other.sign() == light.sign()) == (other.word() == light.word()) == same
    assert light.sentence().startswith(f"water: {light.word()}")


def test_a_light_is_said_with_its_figures() -> None:
    assert light_of("water", ClassQuality(0.86, 1.94)).sentence() == "water: good, IoU 0.86, coverage ± 1.9 points"
    assert light_of("water", None).sentence() == "water: not measured"


def test_what_a_model_was_taught_from() -> None:
    def model(base: str, held_out: HeldOut | None) -> ModelSummary:
        return ModelSummary("m", "m", "", "/m", "here", False, base=base, held_out=held_out)

    assert taught_words(model("", None)) == ""
    assert taught_words(model("terrascope-nano", None)) == "taught from terrascope-nano"
    told = taught_words(model("terrascope-nano", HeldOut(0.414, 0.627)))
    assert told == "taught from terrascope-nano; IoU on held-out ground 0.41 → 0.63"
