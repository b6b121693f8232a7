from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

from terrascope_qgis.client import protocol
from terrascope_qgis.core.answer_csv import COLUMNS, as_csv
from terrascope_qgis.core.answer_text import as_markdown, as_text
from terrascope_qgis.core.confidence import is_low, sureness
from terrascope_qgis.core.unseen import unseen

GOLDEN = (Path(__file__).resolve().parents[1] / "data" / "answer.ndjson").read_bytes().splitlines()
REPORT = protocol.read_event(GOLDEN[-1]).report


def test_text_has_question_answer_figures_and_where_they_come_from() -> None:
    lines = as_text(REPORT).splitlines()
    assert lines[0] == REPORT.question
    assert lines[2] == REPORT.answer
    assert "  1 water, 2017-06-04: 63.6 ± 1.4 ha, 9.7 %, sure (0.91)" in lines
    assert "  3 snow and ice, 2017-06-04: nothing found, ⚠ unsure (0.04)" in lines
    assert "  1 water ↔ 2 built-up: 587 m apart" in lines
    assert "  900 m: ⚠ measured 587.3 m" in lines
    assert "  water, 2018-03-30: 70.1 ± 1.5 ha" in lines
    assert "  Hidden by clouds, 2017-06-04: 12.4 ha, 1.9 %, as the cloud layer tells" in lines
    assert any("ellipsoid WGS 84" in line for line in lines)
    assert any(line.startswith("terrascope-nano") for line in lines)
    assert any("not calibrated" in line for line in lines)
    calibrated = replace(REPORT, model=replace(REPORT.model, calibrated_on="90 masks of 9 places"))
    told = [line for line in as_text(calibrated).splitlines() if "Sure or not" in line]
    assert len(told) == 1
    assert "90 masks of 9 places" in told[0]
    assert "not calibrated" not in told[0]


def test_markdown_keeps_what_was_written_as_text() -> None:
    step = replace(REPORT.steps[0], phrase="a|b *c* <i>")
    said = as_markdown(replace(REPORT, question="How *much*\n| water?", steps=(step,), distances=(), changes=()))
    assert said.splitlines()[0] == r"**How \*much\* \| water?**"
    row = next(line for line in said.splitlines() if "63.6" in line and line.startswith("| 1 "))
    assert row.replace(r"\|", "").count("|") == 3  # two cells
    assert r"\<i\>" in row


def test_csv_has_every_figure_unrounded_and_reads_back() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(REPORT))))
    assert tuple(rows[0]) == COLUMNS
    area = next(row for row in rows if row["measure"] == "area" and row["step"] == "4")
    assert (area["region"], area["image"], area["date"], area["unit"]) == ("water", "2", "2018-03-30", "ha")
    assert float(area["value"]) == REPORT.steps[3].area_ha
    assert float(area["uncertainty"]) == REPORT.steps[3].area_uncertainty_ha
    distance = next(row for row in rows if row["measure"] == "distance")
    assert (distance["step"], distance["other_step"], distance["value"]) == ("1", "2", "587.3")
    series = [float(row["value"]) for row in rows if row["measure"] == "series area"]
    assert series == [point.area_ha for point in REPORT.series]
    assert [row["value"] for row in rows if row["measure"] == "claimed by the model"] == ["63.6", "900.0", "3.0"]
    assert [row["value"] for row in rows if row["measure"] == "measured for that claim"] == ["63.58", "587.3", ""]
    hidden = next(row for row in rows if row["measure"] == "hidden by clouds")
    assert (hidden["image"], hidden["value"]) == ("1", "12.4")


def test_csv_marks_what_was_corrected_by_hand() -> None:
    first, *others = REPORT.steps
    rows = csv.DictReader(io.StringIO(as_csv(replace(REPORT, steps=(replace(first, edited=True), *others)))))
    marked = {(row["measure"], row["step"]) for row in rows if row["edited"] == "yes"}
    assert {("area", "1"), ("coverage", "1"), ("distance", "1")} <= marked
    assert not any(step == "2" and measure == "area" for measure, step in marked)
    assert "yes" not in as_csv(REPORT)


def test_a_spreadsheet_takes_no_phrase_for_a_formula() -> None:
    step = replace(REPORT.steps[0], phrase='=HYPERLINK("http://127.0.0.1")')
    rows = csv.reader(io.StringIO(as_csv(replace(REPORT, steps=(step,), distances=(), changes=(), series=()))))
    cells = [cell for row in rows for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not any(cell.startswith("=") for cell in cells)


def test_what_was_not_seen_is_told_in_hectares_and_as_a_share() -> None:
    gap, clouds = unseen(REPORT)
    assert gap.area_ha == REPORT.scene.asked_area_ha - REPORT.scene.valid_area_ha
    assert gap.figures() == "5.62 ha, 0.8 %"
    assert (clouds.image, clouds.when, clouds.figures()) == (1, "2017-06-04", "12.4 ha, 1.9 %")


def test_nothing_is_said_to_be_unseen_where_all_was_seen() -> None:
    dates = tuple(replace(date, hidden_ha=0.0) for date in REPORT.dates)
    rounded = REPORT.scene.valid_area_ha * (1 + 1e-9)
    scene = replace(REPORT.scene, asked_area_ha=rounded)
    assert unseen(replace(REPORT, dates=dates, scene=scene)) == []


def test_an_older_report_tells_clouds_without_their_share() -> None:
    found = unseen(replace(REPORT, scene=replace(REPORT.scene, asked_area_ha=None)))
    assert [one.figures() for one in found] == ["12.4 ha"]


def test_sureness_in_words_and_the_low_one_is_known() -> None:
    assert [sureness(score) for score in (0.31, 0.5, 0.74, 0.75)] == [
        "unsure (0.31)",
        "fairly sure (0.50)",
        "fairly sure (0.74)",
        "sure (0.75)",
    ]
    assert [is_low(score) for score in (0.49, 0.5)] == [True, False]
