"""Plans: what is read of tables, folders and STAC items, and what is refused in one sentence."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.batch.plan import COLUMNS, read_plan, read_rows
from model_runtime.errors import RequestError, TerraScopeError

CELLS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12).map(str.strip)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3).filter(any), max_size=6), st.sampled_from(",;"))
def test_a_table_that_was_written_is_read_back(rows: list[list[str]], separator: str) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator).writerows([["scene", "question", "name"], *rows])
    read = [[row["scene"], row["question"], row["name"]] for _, row in read_rows(stream.getvalue(), "plan.csv")]
    assert read == rows


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        rows = read_rows(text, "plan.csv")
    except RequestError as refusal:
        assert "plan.csv" in str(refusal)
    else:
        assert all(set(row) == set(COLUMNS) for _, row in rows)


def test_the_tasks_of_a_folder_are_in_the_order_of_names(scenes: Path) -> None:
    tasks = read_plan(scenes, ["Water?", "Forest?"], "*.tif")
    assert [(task.name, task.request.question) for task in tasks[:3]] == [
        ("scene_000.tif", "Water?"),
        ("scene_000.tif", "Forest?"),
        ("scene_001.tif", "Water?"),
    ]
    assert len({task.key for task in tasks}) == 6


def test_a_table_names_dates_and_questions(scenes: Path) -> None:
    table = scenes / "plan.csv"
    try:
        table.write_text(
            "scene,dates,question,name\n"
            "scene_000.tif;scene_001.tif,2017-06-04;2019-06-10,What changed?,both\n"
            '\nscene_002.tif,,"Water, how much?",\n',
            "utf-8",
        )
        both, single, asked = read_plan(table, ["Trees?"])[0], *read_plan(table, ["Trees?"])[2:]
    finally:
        table.unlink()
    assert [(Path(date.optical).name, date.date) for date in both.request.dates] == [
        ("scene_000.tif", "2017-06-04"),
        ("scene_001.tif", "2019-06-10"),
    ]
    assert (both.name, both.request.question) == ("both", "What changed?")
    assert [task.request.question for task in (single, asked)] == ["Water, how much?", "Trees?"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("scene,colour\na.tif,red\n", "'colour'"),
        ("question\nWater?\n", "no column 'scene'"),
        ("scene,question\nhere.tif,Water?\nmissing.tif,Water?\n", "Line 3"),
        ("scene,question\n\nhttps://x.org/a.tif,Water?\n", "Line 3"),
        ("scene,question\nhere.tif,Water?,more\n", "Line 2"),
        ("scene\nhere.tif\n", "no question"),
        ("scene,question\n", "no line"),
        ("scene,dates,question\nhere.tif,2017-01-01;2018-01-01,Water?\n", "2 parts for 1 date"),
        ("scene,dates,question\nhere.tif,yesterday,Water?\n", "Line 2"),
    ],
)
def test_what_cannot_be_asked_is_told_before_work(tmp_path: Path, scenes: Path, text: str, says: str) -> None:
    shutil.copy(scenes / "scene_000.tif", tmp_path / "here.tif")
    (tmp_path / "plan.csv").write_text(text, "utf-8")
    with pytest.raises(TerraScopeError, match=says):
        read_plan(tmp_path / "plan.csv")


def test_items_are_scenes_with_their_clouds_and_day(tmp_path: Path, scenes: Path) -> None:
    shutil.copy(scenes / "scene_000.tif", tmp_path / "tci.tif")
    shutil.copy(scenes / "scene_001.tif", tmp_path / "scl.tif")
    shutil.copy(scenes / "scene_002.tif", tmp_path / "vv.tif")
    optical = {"visual": {"href": "./tci.tif"}, "scl": {"href": "scl.tif"}}
    items = [
        {"id": "a", "assets": optical, "properties": {"datetime": "2021-07-01T10:00:00Z"}},
        {"id": "b", "assets": {"VV": {"href": "vv.tif"}}, "properties": {}},
    ]
    (tmp_path / "items.json").write_text(json.dumps({"type": "FeatureCollection", "features": items}), "utf-8")
    first, second = (task.request.dates[0] for task in read_plan(tmp_path / "items.json", ["Water?"]))
    assert (Path(first.optical).name, Path(first.clouds).name, first.date) == ("items.json#a", "scl.tif", "2021-07-01")
    assert (second.optical, Path(second.sar).name) == (None, "items.json#b")


def test_a_folder_without_scenes_and_a_pattern_for_a_table_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="No scene"):
        read_plan(tmp_path, ["Water?"])
    with pytest.raises(RequestError, match="does not exist"):
        read_plan(tmp_path / "gone.csv", ["Water?"])
