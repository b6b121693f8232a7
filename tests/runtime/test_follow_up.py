"""Follow-up questions for a model that knows no conversation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.follow_up import read
from model_runtime.protocol import Turn
from model_runtime.terra_cot.templates import QUESTIONS, agree, countable
from model_runtime.terra_cot.vocabulary import LAND_COVER, is_plural

WATER = Turn(question="How many hectares of water are there?", answer="63.6 ha", phrases=["water"])
BOTH = Turn(question="How far is the water from the trees?", answer="40 m", phrases=["water", "trees"])
NOTHING = Turn(question="Is there snow?", answer="No", phrases=[])


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How far is it from the trees?", "How far is the water from the trees?"),
        ("how large is it", "How large is the water"),
        ("It borders what?", "The water borders what?"),
        ("What is its area?", "What is the area of the water?"),
        ("What share of the scene is that?", "What share of the scene is the water?"),
        ("Does that border the trees?", "Does the water border the trees?"),
        ("How many hectares are there?", "How many hectares of water are there?"),
        ("How many hectares does it cover?", "How many hectares does the water cover?"),
        ("How much is there?", "How much water is there?"),
        ("How far from there are the trees?", "How far from the water are the trees?"),
        ("And the trees?", "How many hectares of trees are there?"),
        ("What about cropland?", "How many hectares of cropland are there?"),
    ],
)
def test_what_points_back_is_what_was_marked_last(question: str, expected: str) -> None:
    reading = read(question, [WATER])
    assert reading.question == expected
    assert expected in reading.note


def test_verbs_agree_with_what_is_filled_in() -> None:
    assert read("How large is it?", [BOTH]).question == "How large are the trees?"
    assert read("Is it in the north?", [BOTH]).question == "Are the trees in the north?"


@pytest.mark.parametrize(
    "question",
    [
        "Is it true that there is water?",
        "Is there any water, and how large is it?",  # the question itself says what
        "How far is it from water to trees?",
        "What is there?",
        "Which share is covered by that which is green?",
        "And the answer?",
    ],
)
def test_what_points_nowhere_stays(question: str) -> None:
    assert read(question, [WATER]).question == question
    assert read(question, [WATER]).note == ""


def test_without_a_mark_before_nothing_is_filled_in() -> None:
    assert read("How large is it?", []).question == "How large is it?"
    assert read("How large is it?", [NOTHING]).question == "How large is it?"
    assert read("How large is it?", [WATER, NOTHING]).question == "How large is the water?"


def test_another_class_of_a_question_that_was_itself_read() -> None:
    chain = [WATER, Turn(question="And the trees?", answer="7 ha", phrases=["trees"])]
    assert read("And the wetland?", chain).question == "How many hectares of wetland are there?"
    assert read("And the wetland?", [BOTH]).question == "And the wetland?"  # in place of which of the two?


def test_classes_of_a_taught_model_are_names_too() -> None:
    panels = Turn(question="How many hectares of solar panels are there?", answer="1 ha", phrases=["solar panels"])
    assert read("And the vineyards?", [panels], ["vineyards"]).question == "How many hectares of vineyards are there?"
    assert read("And the vineyards?", [panels]).question == "And the vineyards?"


@pytest.mark.parametrize("before", [WATER, BOTH])
@pytest.mark.parametrize("wordings", QUESTIONS.values(), ids=QUESTIONS)
def test_a_whole_question_is_never_changed(wordings: tuple[str, ...], before: Turn) -> None:
    for wording in wordings:
        for a, b, c in (LAND_COVER[:3], LAND_COVER[3:6]):
            question = wording.format(a=a, b=b, c=c, n=countable(a)[0][1], s=a, m=200)
            question = agree(question, [name for name in (a, b, c) if is_plural(name)])
            assert read(question, [before]).question == question


@given(st.text(max_size=80), st.lists(st.sampled_from([WATER, BOTH, NOTHING]), max_size=3))
def test_any_text_is_read(question: str, before: list[Turn]) -> None:
    reading = read(question, before)
    assert bool(reading.note) == (reading.question != question)
