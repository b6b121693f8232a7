"""Options, and how the benchmark asks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.bench.options import Margin, balanced, figure_of, figures, placed, shown
from model_runtime.bench.wording import WORDINGS, ask, in_first_image
from model_runtime.terra_cot.chance import seeded
from model_runtime.terra_cot.templates import QUESTIONS


@given(st.floats(0.02, 5e7), st.integers(0, 3), st.integers(0, 1000))
def test_distractors_of_an_area_keep_their_margin(truth: float, below: int, seed: int) -> None:
    options = figures(truth, Margin(0.0, 0.08), lambda area: f"{shown(area)} ha", seeded(seed), below)
    if options is None:
        assert truth < 0.1  # written with three digits, and no room for one more
        return
    assert len(set(options)) == 4
    assert figure_of(options[0]) == pytest.approx(truth, rel=0.006, abs=0.006)
    assert all(abs(figure_of(text) - truth) >= 0.08 * truth for text in options[1:])
    assert all(abs(figure_of(text) - truth) <= 3 * 4 * 0.085 * truth + 0.02 for text in options[1:])
    assert sum(figure_of(text) < figure_of(options[0]) for text in options[1:]) == below


@given(st.floats(1, 95), st.integers(0, 3), st.integers(0, 1000))
def test_distractors_of_a_share_stay_shares(truth: float, below: int, seed: int) -> None:
    options = figures(truth, Margin(3.0), lambda pct: f"{round(pct)}%", seeded(seed), below, least=0.5, most=99.0)
    if options is None:
        assert truth < 0.5 + 3 * below + 1 or truth > 99 - 3 * (3 - below) - 1  # no room, or none between round figures
        return
    assert all(0 <= figure_of(text) <= 99 for text in options)
    assert all(abs(figure_of(text) - truth) >= 3 for text in options[1:])
    assert sum(figure_of(text) < truth for text in options[1:]) == below


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (0.0412, "0.0412"), (12.345, "12.3"), (1403.2, "1,400"), (14_032_000, "14,000,000")]
)
def test_figures_have_three_digits(value: float, text: str) -> None:
    assert shown(value) == text


@given(st.integers(0, 200), st.integers(1, 5), st.integers(0, 100))
def test_balanced(count: int, kinds: int, seed: int) -> None:
    dealt = balanced(count, kinds, seeded(seed))
    counts = [dealt.count(kind) for kind in range(kinds)]
    assert sum(counts) == count
    assert max(counts) - min(counts) <= 1


@given(st.integers(0, 3), st.integers(0, 100))
def test_the_right_option_goes_where_it_is_put(at: int, seed: int) -> None:
    texts = ("right", "x", "y", "z")
    order = placed(texts, at, seeded(seed))
    assert order[at] == "right"
    assert sorted(order) == sorted(texts)


def test_every_wording_is_one_of_terra_cot() -> None:
    for kind, wordings in WORDINGS.items():
        assert set(wordings) <= set(QUESTIONS[kind])


def test_names_and_verbs_agree() -> None:
    assert {ask("border", ("crops", "water"), seeded(seed)) for seed in range(20)} >= {"Do crops border water?"}


def test_the_first_image_is_named_where_there_are_two() -> None:
    question = "What percentage of the image is covered by water?"
    assert in_first_image(question) == "What percentage of the image is covered by water in the first image?"
