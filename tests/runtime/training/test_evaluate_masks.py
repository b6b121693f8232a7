"""All mask figures together: of a method that is never wrong, of one that finds nothing, and of the bundled model."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from model_runtime.model_store.keeper import Keeper
from model_runtime.terra_cot.spectra import CODE
from model_runtime.training.bar_table import MEASURES
from model_runtime.training.bars import Method
from model_runtime.training.evaluate_masks import figures_of, pooled_iou, remembered
from model_runtime.training.generated_places import landscapes, still_pairs
from model_runtime.training.methods import ByWords, anchor_logits, by_anchors, one_class_each
from model_runtime.training.places import Place
from model_runtime.training.still import differences

from .known_places import nothing, of_codes, truth


def stripes(name: str, *, sar: bool = False) -> Place:
    kinds = ("water", "bare", "trees", "built-up", "cropland", "grassland", "snow and ice", "cloud")
    codes = np.repeat([[CODE[kind] for kind in kinds]], 64, 0).repeat((20, 4, 8, 6, 10, 6, 4, 6), 1)
    return of_codes(codes, name, sar=sar)


@pytest.fixture
def exam() -> SimpleNamespace:
    """What `Exam` offers, of a few pixels."""
    warm = stripes("two")
    codes = np.where(warm.scene.labels == CODE["snow and ice"], np.uint8(CODE["water"]), warm.scene.labels)
    real, dates = [stripes("one", sar=True), of_codes(codes, "two")], [stripes("before"), stripes("after")]
    return SimpleNamespace(
        real=real, chips=[stripes("chip")], landscapes=[stripes("landscape", sar=True)], floods=[stripes("flood")],
        pairs=[(stripes("a"), stripes("b"))], prairie=(dates, np.ones((64, 64), bool)),
    )  # fmt: skip


def all_figures(method: Method, exam: SimpleNamespace) -> dict[str, float | int | None]:
    figures, rows = figures_of(method, differences(method), exam, lambda part: None)
    assert [row["place"] for row in rows] == ["one", "two"]
    return figures


def test_the_truth_reaches_every_stretch(exam: SimpleNamespace) -> None:
    figures = all_figures(truth, exam)
    below = [row.key for row in MEASURES if row.reaches(figures.get(row.key)) not in ("stretch", "")]
    assert below == ["real_radar_adds"]  # radar adds nothing to what is perfect without it
    assert {row.key for row in MEASURES if figures.get(row.key) is None} == {
        "adapted_miou6",
        "adapted_coverage_error_pct",
    }


def test_finding_nothing_reaches_no_bar_of_masks(exam: SimpleNamespace) -> None:
    figures = all_figures(nothing, exam)
    reached = {row.key for row in MEASURES if row.reaches(figures.get(row.key)) in ("bar", "stretch")}
    # Nothing changes, radar takes nothing away, and small groups are told from large ones by saying 0 %.
    unearned = {"still_changed_pct", "still_water_changed_pct", "real_radar_adds", "four_options_wide_pct"}
    assert reached == unearned


def test_masks_are_drawn_once_for_each_place_and_its_bands() -> None:
    drawn = []
    method = remembered(lambda place: (drawn.append(place.name), truth(place))[1])
    here = stripes("here", sar=True)
    first, again = method(here), method(here)
    assert all((first[name] == again[name]).all() and again[name].dtype == bool for name in first)
    method(replace(here, scene=replace(here.scene, sar=None)))
    method(stripes("there"))
    assert drawn == ["here", "here", "there"]
    assert all((first[name] == mask).all() for name, mask in truth(here).items())


def test_chips_are_pooled() -> None:
    small, large = of_codes([[2]], "small"), of_codes([[2, 2, 2]], "large")
    assert pooled_iou(
        lambda place: truth(place) if place.name == "large" else nothing(place), [small, large], "trees"
    ) == (pytest.approx(0.75))


@pytest.fixture(scope="module")
def nano() -> object:
    return Keeper("cpu").get("nano")


def test_words_and_anchors_ask_the_same_mask_branch(nano: object) -> None:
    """The bundled model names what it is asked for, and its masks by words are close to those by anchors."""
    (place,) = landscapes(1)
    here = replace(place, scene=replace(place.scene, sar=None))
    words = ByWords(nano)
    said, prompted = words(here), by_anchors(nano)(here)
    assert words.asked == 9
    assert words.strayed <= 1
    agree = np.mean([(said[name] == prompted[name]).mean() for name in said])
    assert agree > 0.9
    one_each = one_class_each(anchor_logits(nano)(here))
    assert (np.sum(list(one_each.values()), 0) == 1).all()
    assert (by_anchors(nano, ["trees"])(here)["trees"] == prompted["trees"]).all()


def test_changes_are_asked_for_by_class(nano: object) -> None:
    (pair,) = still_pairs(1)
    without_radar = [replace(date, scene=replace(date.scene, sar=None)) for date in pair]
    told = ByWords(nano).changes(*without_radar)
    assert "cloud" not in told
    assert all(mask.shape == (256, 256) and mask.dtype == bool for mask in told.values())
