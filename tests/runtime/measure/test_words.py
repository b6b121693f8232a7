"""Measures in words, and which measures a question asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.measure.words import (
    Asked,
    Relation,
    asked,
    measured_text,
    metres,
    number,
    parts_text,
    relates,
    square_metres,
)

quantities = st.floats(0, 1e9, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (1e-9, "0.01"), (0.004, "0.01"), (0.04, "0.04"), (0.5, "0.5"), (0.999, "1"), (1, "1"), (9.96, "10"),
        (12, "12"), (12.34, "12.3"), (99.96, "100"), (100, "100"), (1403.2, "1403"), (1e6, "1000000"),
    ],
)  # fmt: skip
def test_number(value: float, text: str) -> None:
    assert number(value) == text


@given(quantities)
def test_square_metres_are_whole_and_zero_only_for_nothing(area_ha: float) -> None:
    assert int(square_metres(area_ha)) == pytest.approx(area_ha * 1e4, abs=1)
    assert (square_metres(area_ha) == "0") == (area_ha == 0)


@pytest.mark.parametrize(("parts", "text"), [(0, "no part"), (1, "1 part"), (15, "15 parts")])
def test_parts(parts: int, text: str) -> None:
    assert parts_text(parts) == text


def test_all_that_can_be_told_of_a_mask() -> None:
    relation = Relation("water", 230.4, False, edge_pct=12.0, within_pct=34.56, within_m=500, direction="north-east")
    everything = Asked(area_m2=True, part_size=True)
    assert measured_text(1403.2, 12.34, relation, 15, "in the north", everything) == (
        "12.3 %, 1403 ha, 14032000 m2; 15 parts of 93.5 ha on average; in the north; 230 m from water, "
        "no contact, 12 % of its edge, 34.6 % within 500 m, north-east of it"
    )
    assert measured_text(1403.2, 12.34, Relation("water", 0.0, True)) == "12.3 %, 1403 ha; 0 m from water, contact"
    assert measured_text(0, 0, relation, 0, "", everything) == "0 %, 0 ha, 0 m2; no part"


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How many hectares of water are there, and how far is it from the nearest built-up area?", Asked()),
        ("How many percent is forest?", Asked()),
        ("How many m2 of forest are there?", Asked(area_m2=True)),
        ("Does this count as forest?", Asked()),
        ("How many metres are between water and trees?", Asked()),
        ("Which part of the scene does water cover?", Asked()),
        ("Is there more water than before?", Asked()),
        ("How many lakes are there?", Asked(parts=True)),
        ("how many buildings?", Asked(parts=True)),
        ("Is the forest fragmented?", Asked(parts=True, part_size=True)),
        ("By how many percentage points do water and trees differ?", Asked(difference="points")),
        ("How much larger is the lake than the town?", Asked(difference="ha")),
        ("How much more of the image is forest than water?", Asked(difference="points")),
        ("Is there more forest or more water?", Asked()),
        ("What is different in the last image?", Asked()),
        ("Rank water, trees and cropland by area.", Asked(ranking=True)),
        ("List water, trees and cropland, the largest first.", Asked(ranking=True)),
        ("Which is the largest, water or trees?", Asked()),
        ("Mark the water in order to measure it.", Asked()),
        ("What is the average area of water?", Asked(mean="ha")),
        ("What does this mean for the forest?", Asked()),
        ("Where is the water?", Asked(where=True)),
        ("In which part of the image is the town located?", Asked(where=True)),
        ("Is the lake surrounded by forest?", Asked(edge=True)),
        ("Is the forest north of the lake?", Asked(direction=True)),
        ("Is the forest north-west of the lake?", Asked(direction=True)),
        ("How much farmland is within 2.5 km of the river?", Asked(within_m=2500)),
        ("Do houses stand no further than 300 metres from the water?", Asked(within_m=300)),
        ("How many lakes lie within 2 km of the town, and where?", Asked(parts=True, where=True, within_m=2000)),
    ],
)
def test_what_a_question_asks_for(question: str, wanted: Asked) -> None:
    assert asked(question) == wanted
    # Whatever needs a partner makes the pipeline look for one.
    assert not (wanted.edge or wanted.direction or wanted.within_m) or relates(question, "")


@given(quantities)
def test_metres_are_zero_only_for_what_touches(distance_m: float) -> None:
    assert (metres(distance_m) == "0") == (distance_m == 0)
