from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from model_runtime.errors import OutputError
from model_runtime.evidence.colours import CHANGE_COLOURS, step_colours
from model_runtime.evidence.picture import write_picture

from .conftest import Run, make_change_run, make_run


def pixels(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def near(image: np.ndarray, colour: tuple[int, int, int]) -> int:
    return int((np.abs(image.astype(int) - colour).max(axis=2) <= 2).sum())


def test_scene_masks_and_legend_are_in_the_picture(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "evidence.png"
    write_picture(path, run.rgb, run.masks, run.report, run.grid, run.lines)
    assert [entry.name for entry in tmp_path.iterdir()] == ["evidence.png"]
    image = pixels(path)
    assert image.shape[0] > 500 and image.shape[1] > 1200
    water, built, _ = step_colours([step.phrase for step in run.report.steps])
    assert near(image, water) > 2000 and near(image, built) > 2000  # outlines, and the squares of the legend
    without = tmp_path / "without.png"
    write_picture(without, run.rgb, [np.zeros_like(m) for m in run.masks], run.report, run.grid)
    assert near(pixels(without), water) < 500


def test_what_was_gained_and_lost_is_filled_and_in_the_legend(tmp_path: Path) -> None:
    run, changed = make_change_run()
    white = np.full_like(run.rgb, 255)
    write_picture(tmp_path / "e.png", white, run.masks, run.report, run.grid, (), changed)
    image = pixels(tmp_path / "e.png")
    for colour, mask in zip(CHANGE_COLOURS.values(), changed[0], strict=True):
        filled = tuple(round(0.72 * part + 0.28 * 255) for part in colour)
        drawn_px = mask.sum() * (1000 / 60) ** 2
        found = near(image, filled)
        assert 0.75 * drawn_px < found < 1.1 * drawn_px  # some of it is under the outlines
        assert near(image[:, -420:], filled) > 400  # the square of the legend
    # Masks are outlines then: where nothing changed there is no fill.
    water = step_colours(["water"])[0]
    assert near(image, tuple(round(0.38 * part + 0.62 * 255) for part in water)) == 0
    assert near(image, water) > 500


def test_a_change_that_cannot_be_told_is_not_drawn(tmp_path: Path) -> None:
    run, changed = make_change_run()
    (change,) = run.report.changes
    report = run.report.model_copy(update={"changes": [change.model_copy(update={"told": False})]})
    write_picture(tmp_path / "a.png", run.rgb, run.masks, report, run.grid, (), changed)
    write_picture(tmp_path / "b.png", run.rgb, run.masks, report, run.grid, ())
    np.testing.assert_array_equal(pixels(tmp_path / "a.png"), pixels(tmp_path / "b.png"))


def test_many_dates_keep_the_legend_short(tmp_path: Path) -> None:
    run, changed = make_change_run()
    (change,) = run.report.changes
    for count in (3, 20):
        told = [change.model_copy(update={"told": number == count - 1}) for number in range(count)]
        report = run.report.model_copy(update={"changes": told})
        write_picture(tmp_path / f"{count}.png", run.rgb, run.masks, report, run.grid, (), changed * count)
    few, many = pixels(tmp_path / "3.png"), pixels(tmp_path / "20.png")
    assert few.shape == many.shape
    gained = tuple(round(0.72 * part + 0.28 * 255) for part in CHANGE_COLOURS["gained"])
    assert near(many[:, -420:], gained) > 400  # the one that can be told is drawn and listed


def test_ground_proportions_of_a_grid_in_degrees(tmp_path: Path) -> None:
    run = make_run("EPSG:4326", (10.0, 70.0), 1e-4)  # a pixel is a third as wide as high
    write_picture(tmp_path / "e.png", np.full((50, 60, 3), 77, np.uint8), run.masks, run.report, run.grid)
    image = pixels(tmp_path / "e.png")
    rows, columns = np.nonzero((image == 77).all(axis=2))
    assert np.ptp(columns) / np.ptp(rows) == pytest.approx(60 / 50 * np.cos(np.radians(70)), rel=0.05)


def test_a_large_scene_keeps_small_ponds(tmp_path: Path) -> None:
    run = make_run()
    big = run.grid.crop(0, 0, 4200, 3500)
    mask = np.zeros((3500, 4200), bool)
    mask[1000:1003, 2000:2003] = True
    report = run.report.model_copy(update={"steps": run.report.steps[:1], "distances": []})
    write_picture(tmp_path / "e.png", np.zeros((3500, 4200, 3), np.uint8), [mask], report, big)
    image = pixels(tmp_path / "e.png")
    assert image.shape[1] < 2000
    assert near(image[:, :1430], step_colours(["water"])[0]) >= 1


def test_long_texts_and_no_steps_still_fit(tmp_path: Path) -> None:
    run = make_run()
    report = run.report.model_copy(
        update={"steps": [], "distances": [], "question": "why " * 500, "answer": "x" * 2000 + " é ± 水"}
    )
    write_picture(tmp_path / "e.png", run.rgb, [], report, run.grid)
    assert len(pixels(tmp_path / "e.png")) < 2200


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    run = make_run()
    with pytest.raises(OutputError, match="does not exist"):
        write_picture(tmp_path / "no" / "e.png", run.rgb, run.masks, run.report, run.grid)


def test_no_colour_comes_twice() -> None:
    phrases = ["water", "lake", "river", "trees", "forest", "built-up", "thing", "other thing", *["water"] * 12]
    colours = step_colours(phrases)
    assert len(set(colours)) == len(phrases)
    assert colours[0] == (30, 136, 229)
    assert step_colours(["wetland"]) != step_colours(["water"])
    assert all(0 <= part <= 255 for colour in colours for part in colour)
