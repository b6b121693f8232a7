"""The table of bars, and what is said to be reached."""

from __future__ import annotations

import pytest

from model_runtime.training.bar_table import MEASURES, Measure, above_baselines, records, table

IOU = Measure("miou6", "masks", 0.68, 0.75)
ERROR = Measure("coverage_error_pct", "coverage", 6.5, 4.0, smaller=True)


@pytest.mark.parametrize(
    ("measure", "value", "reached"),
    [
        (IOU, 0.67, "below"), (IOU, 0.68, "bar"), (IOU, 0.75, "stretch"), (IOU, None, ""),
        (ERROR, 6.6, "below"), (ERROR, 6.5, "bar"), (ERROR, 3.0, "stretch"), (Measure("k", "no bar"), 1.0, ""),
    ],
)  # fmt: skip
def test_what_is_reached(measure: Measure, value: float | None, reached: str) -> None:
    assert measure.reaches(value) == reached


def test_the_model_is_held_against_the_bars_and_the_others_stand_beside_it() -> None:
    columns = {"index rules": {"miou6": 0.9}, "model": {"miou6": 0.7}}
    lines = list(table(columns))
    assert lines[0].split()[:3] == ["measure", "index", "rules"]
    assert lines[1].split()[-5:] == ["0.90", "0.70", "0.68", "0.75", "bar"]
    assert len(lines) == len(MEASURES) + 1
    first = records(columns)[0]
    assert (first["index rules"], first["model"], first["reached"]) == (0.9, 0.7, "bar")


def test_a_figure_that_is_missing_is_a_dash() -> None:
    assert list(table({"model": {}}))[1].split()[-3:] == ["-", "0.68", "0.75"]


def test_the_model_is_above_the_baselines_only_where_it_is_better_than_each() -> None:
    rules = {"miou6": 0.5, "miou7": 0.6, "coverage_error_pct": 5.0}
    forest = {"miou6": 0.4, "miou7": 0.4, "coverage_error_pct": 9.0}
    model = {"miou6": 0.6, "miou7": 0.6, "coverage_error_pct": 4.0}
    found = above_baselines({"rules": rules, "forest": forest, "model": model})
    assert found == {"miou6": True, "miou7": False, "coverage_error_pct": True}
    assert not any(above_baselines({"rules": rules, "model": {}}).values())
