"""The evaluations: their figures on masks of a few pixels counted by hand, and the whole command on few places."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from model_runtime.errors import RequestError
from model_runtime.terra_cot.dates import generate_dates
from model_runtime.terra_cot.facts import Facts, View
from model_runtime.terra_cot.model_images import optical_image, radar_image
from model_runtime.terra_cot.scenes import LabelledScene
from model_runtime.training import evaluate, evaluate_answers, evaluate_dates, evaluate_fusion
from model_runtime.training.bar_table import MEASURES
from model_runtime.training.evaluate_masks import fast_bars

SHARED = Path(__file__).parents[4] / "shared" / "data"
SMALL = ("bigearthnet_20170617_36_85", "naip_northdakota")
"""Windows of labels_by_hand that are read and looked at in a second or two."""
CHIPS = ("Amazon_5.tiff_50", "Amazon_58.tiff_41")
"""one that is held out, one that is learnt from"""


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


@pytest.fixture
def few_places(tmp_path: Path) -> Path:
    """The shared data with few of its places."""
    if not SHARED.is_dir():
        pytest.skip("../shared/data is not here")
    data = tmp_path / "data"
    (data / "labels_by_hand").mkdir(parents=True)
    rows = (SHARED / "labels_by_hand" / "INDEX.csv").read_text("utf-8").splitlines(keepends=True)
    kept = [rows[0], *(row for row in rows if row.startswith(SMALL))]
    (data / "labels_by_hand" / "INDEX.csv").write_text("".join(kept), "utf-8")
    for row in kept[1:]:
        name = f"{row.split(',')[0]}.tif"
        (data / "labels_by_hand" / name).symlink_to(SHARED / "labels_by_hand" / name)
    for name in ("bigearthnet_s1s2_patches", "naip_northdakota_multidate", "eurosat_ms_4patches"):
        (data / name).symlink_to(SHARED / name)
    for kind, suffix in (("images", "tif"), ("masks", "png")):
        folder = Path("amazon_forest_s2", "training", kind)
        (data / folder).mkdir(parents=True)
        for chip in CHIPS:
            (data / folder / f"{chip}.{suffix}").symlink_to(SHARED / folder / f"{chip}.{suffix}")
    return tmp_path


@pytest.mark.slow
def test_one_table_holds_the_model_against_the_bars(
    nano_folder: Path, few_places: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole command on few places; the same masks as `fast_bars` finds by anchors, or close."""
    pytest.importorskip("sklearn", reason="scikit-learn is an extra: model_runtime/requirements-training.txt")
    evaluate.run(str(nano_folder), few_places, 1, few_places / "found.json", quick=True)
    found = json.loads((few_places / "found.json").read_text("utf-8"))
    assert [row["key"] for row in found["bars"]] == [measure.key for measure in MEASURES]
    assert {"index rules", "random forest", "model"} == found["figures"].keys()
    assert [row["place"] for row in found["places"]["model"]] == [
        "naip_northdakota_20120731", "naip_northdakota_20170827", "bigearthnet_20170617_36_85",
    ]  # fmt: skip
    printed = capsys.readouterr().out
    for measure in MEASURES:
        assert measure.words in printed
    assert not list(few_places.glob(".*.part"))
    fast = fast_bars(evaluate.Keeper("cpu").get(str(nano_folder)), few_places)
    (row,) = (row for row in found["bars"] if row["key"] == "miou6")
    assert fast["miou6"] == pytest.approx(row["model"], abs=0.05)
    assert fast["forest_rgb_iou"] == pytest.approx(found["figures"]["model"]["forest_rgb_iou"], abs=0.05)


def test_a_folder_without_places_is_refused_before_any_work(tmp_path: Path, nano_folder: Path) -> None:
    with pytest.raises(RequestError, match="give the folder of real scenes and labels"):
        evaluate.run(str(nano_folder), tmp_path, 1, None)
