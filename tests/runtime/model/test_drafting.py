"""Guesses are what followed the last time, and nothing that was never said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from model_runtime.model.drafting import MOST, Drafts


def test_a_guess_is_what_followed_the_last_time() -> None:
    drafts = Drafts()
    drafts.add([1, 2, 3, 4, 5, 6, 1, 2])
    assert drafts.after(3) == [4, 5, 6, 1, 2]
    assert drafts.after(9) == []
    drafts.add([3, 7, 8, 1, 2])
    assert drafts.after(3) == [7, 8, 1, 2]


@given(st.lists(st.integers(0, 3), max_size=60), st.integers(0, 3))
def test_it_stood_there_after_the_same_tokens(said: list[int], token: int) -> None:
    drafts = Drafts()
    drafts.add(said)
    guess = drafts.after(token)
    assert len(guess) <= MOST
    if guess:
        whole = [*said[-2:], token, *guess]
        assert any(said[i : i + len(whole)] == whole for i in range(len(said)))


@given(st.lists(st.lists(st.integers(0, 3), max_size=20), max_size=6))
def test_it_is_the_same_however_the_tokens_came(pieces: list[list[int]]) -> None:
    apart, at_once = Drafts(), Drafts()
    for piece in pieces:
        apart.add(piece)
    at_once.add([token for piece in pieces for token in piece])
    assert [apart.after(token) for token in range(4)] == [at_once.after(token) for token in range(4)]


def test_only_the_latest_is_remembered() -> None:
    drafts = Drafts()
    drafts.add([1, 2, 3, 4])
    for start in range(0, 20000, 1000):
        drafts.add(range(start + 10, start + 1010))
    drafts.add([1, 2])
    assert drafts.after(3) == []
    drafts.add([20000, 20001])
    assert drafts.after(20002) == list(range(20003, 20003 + MOST))
