"""The paper's figures as data: each row stands in the paper as it stands here, and columns name real tasks."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from model_runtime.bench.items import TASKS
from model_runtime.bench.published import published
from model_runtime.bench.suites import DISASTER_TASKS

SHARED = Path(__file__).parents[4] / "shared"
PAPER = SHARED / "paper" / "terrascope.md"
LANDSAT = SHARED / "data" / "landsat30au_questions" / "Landsat30-AU-VQA-test.csv"
AVERAGES = {"macro", "macro of these", "micro", None}


def _number(cell: str) -> float | None:
    text = re.sub(r"</?\w+>", "", cell).strip()
    return float(text) if re.fullmatch(r"\d+(\.\d+)?", text) else None


@pytest.mark.skipif(not PAPER.is_file(), reason="the paper is not there")
def test_every_row_stands_in_the_paper() -> None:
    rows = [[_number(cell) for cell in line.split("\t")] for line in PAPER.read_text("utf-8").splitlines()]
    for table in published().tables:
        assert table.rows
        for name, values in table.rows:
            assert len(values) == len(table.columns)
            wide = len(values)
            # A part of a wider table may begin at any of its columns.
            assert any(
                row[start : start + wide] == list(values) for row in rows for start in range(len(row) - wide + 1)
            ), (table.table, name)
    found = published()
    text = PAPER.read_text("utf-8")
    for value in (found.iou_of_correct, found.iou_of_wrong, found.pearson_r):
        assert f"{value:.3f}" in text


def test_all_tables_that_can_stand_beside_a_report_are_there() -> None:
    numbers = {table.table for table in published().tables}
    assert numbers == {"1", "2", "3", "D", "E", "F", "G", "H", "K"}
    named = {column.figure for table in published().of("1", suite="terrascope") for column in table.columns}
    assert named - AVERAGES == set(TASKS)
    for number, suite in (("1", "disasterm3"), ("H", "disasterm3-sar")):
        (table,) = published().of("1", "H", suite=suite)
        assert table.table == number
        assert {column.figure for column in table.columns} - AVERAGES == set(DISASTER_TASKS)


@pytest.mark.skipif(not LANDSAT.is_file(), reason="the questions of Landsat30-AU are not there")
def test_columns_of_landsat_are_named_as_its_file_names_them() -> None:
    with LANDSAT.open(encoding="utf-8-sig", newline="") as stream:
        kinds = {row["question_type"] for row in csv.DictReader(stream)}
    named = {column.figure for table in published().of("F") for column in table.columns}
    assert named - AVERAGES == kinds


def test_figures_of_a_run_stand_in_the_columns_of_the_table() -> None:
    table = next(iter(published().of("1", suite="landsat30au")))
    tasks = {
        column.figure: {"accuracy": share} for column, share in zip(table.columns, (0.5, 0.25, 0.75), strict=False)
    }
    tasks["another"] = {"accuracy": 0.0}
    assert table.of_run({"tasks": tasks, "macro_accuracy": 0.375}) == (50, 25, 75, 50)
    assert table.of_run({"tasks": {}, "macro_accuracy": 0.0}) == (None,) * 4
