"""The figures of the evaluations, on masks of a few pixels counted by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from model_runtime.terra_cot.dates import generate_dates
from model_runtime.terra_cot.facts import Facts, View
from model_runtime.terra_cot.model_images import optical_image, radar_image
from model_runtime.terra_cot.scenes import LabelledScene
from model_runtime.training import evaluate_answers, evaluate_dates, evaluate_fusion


def scene(surface: list[list[int]], hidden: list[list[int]], change: str = "") -> LabelledScene:
    ground = np.array(surface, np.uint8)
    return LabelledScene(
        np.zeros((5, *ground.shape), np.float32), ground, 10.0, (True,) * 5, True, None, "", surface=ground,
        hidden=np.array(hidden, bool), change=change,
    )  # fmt: skip


def test_masks_are_held_against_the_ground_under_the_clouds() -> None:
    row = evaluate_fusion.Row()
    place = scene([[1, 1, 1, 2]], [[0, 1, 1, 1]])
    row.add(np.array([[True, True, False, False]]), place, 1)
    row.add(None, place, 2)
    found = row.figures()
    assert found["classes"]["water"]["iou"] == pytest.approx(2 / 3)
    assert found["classes"]["trees"]["iou"] == 0
    assert found["miou"] == pytest.approx(1 / 3)
    assert found["miou_hidden"] == pytest.approx((1 / 2 + 0) / 2)
    assert found["coverage_error_pct"] == pytest.approx(25)
    assert found["other_class_marked"] == 1


def test_differences_are_noise_where_nothing_happened_and_else_are_held_against_the_change() -> None:
    row = evaluate_dates.Row()
    told = np.array([[True, True, False, False]])
    still = scene([[1, 2, 2, 2]], [[0] * 4])
    row.add(told, [still, still], 1)
    grown = [scene([[1, 2, 2, 2]], [[0] * 4], "flood"), scene([[1, 1, 1, 2]], [[0] * 4], "flood")]
    row.add(told, grown, 1)
    found = row.figures()
    assert found["unchanged_differ_pct"] == pytest.approx(50)
    assert found["change_iou"] == pytest.approx(1 / 3)


def test_both_images_of_a_generated_place_are_on_one_grid() -> None:
    (place,) = generate_dates(64, 3)
    optical, radar = optical_image(place), radar_image(place)
    assert optical.size == radar.size == (64, 64)
    assert radar.roles == ("vv", "vh")
    assert not radar.reflectance
    assert radar.bands is not None
    assert radar.bands.min() >= 0
    assert radar.bands.max() <= 1
    assert optical.bands is not None
    assert len(optical.roles) == len(optical.bands)


def test_answers_are_held_against_the_masks_that_were_drawn(
    nano_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(evaluate_answers, "ASKED", ("presence", "area"))
    evaluate_answers.run(str(nano_folder), 2, tmp_path / "found.json")
    found = json.loads((tmp_path / "found.json").read_text("utf-8"))
    for kind in ("presence", "area"):
        row = found[kind]
        assert row["asked"] == 2
        assert row["follows"] <= row["marked"] <= 2
        assert row["marked"] >= 1  # what the bundled model has been taught most
    assert capsys.readouterr().out.splitlines()[-1].split()[:2] == ["all", "4"]


def test_a_mask_that_is_not_there_has_no_answer() -> None:
    place = scene([[1, 1, 2, 2]], [[0] * 4])
    masks = {"water": np.array([[True, True, False, False]]), "trees": np.zeros((1, 4), bool)}
    drawn = Facts([View(place, "optical", dict.fromkeys(masks, ()), masks)], dict.fromkeys(masks, ()), known_pct=0)
    question = "Does water or grass touch the trees?"
    assert evaluate_answers._again("direction", question, drawn, ["water", "trees"]) is None
    assert evaluate_answers._again("larger", question, drawn, ["water", "trees"]) == "water"
