"""What a region is called, from the words before its mark."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.model.phrases import phrase_before_mark
from model_runtime.terra_cot.vocabulary import LAND_COVER


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("To answer this I first identify the water regions ", "water"),
        ("Next I mark the built-up area ", "built-up area"),
        ("Let me segment the forest", "forest"),
        (" (12.3 %, 140 ha) Next I mark the snow and ice ", "snow and ice"),
        ("the nearest village", "village"),
        ("", "region"),
        ("The [", "region"),
    ],
)
def test_known_wordings(text: str, phrase: str) -> None:
    assert phrase_before_mark(text) == phrase


@pytest.mark.parametrize("phrase", LAND_COVER)
def test_every_class_is_called_by_its_name(phrase: str) -> None:
    assert phrase_before_mark(f"First I mark the {phrase} ") == phrase


@given(st.text(max_size=200))
def test_any_text_gives_a_short_phrase(text: str) -> None:
    phrase = phrase_before_mark(text)
    assert phrase
    assert len(phrase.split()) <= 4
