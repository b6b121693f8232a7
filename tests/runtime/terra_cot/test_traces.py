"""Traces: every figure follows from the regions, every region is marked, and the answer from the trace."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.measure.claims import metres, number, parse_claims
from model_runtime.model.phrases import phrase_before_mark
from model_runtime.terra_cot.scenes import CLASSES
from model_runtime.terra_cot.templates import PHRASES, QUESTIONS, SYNONYMS
from model_runtime.terra_cot.traces import Measured, Region, Sample, Seg, compose

ONE = ("presence", "coverage", "area", "area_coverage")
SHARES = st.one_of(st.just(0.0), st.floats(0.001, 100))


@st.composite
def samples(
    draw: st.DrawFn, kinds: tuple[str, ...] = tuple(QUESTIONS), *, measured: bool = True
) -> tuple[Sample, list[Region]]:
    kind = draw(st.sampled_from(kinds))
    labels = draw(st.lists(st.integers(1, len(CLASSES)), min_size=2, max_size=2, unique=True))
    total_ha = draw(st.floats(1, 1e5))
    regions = []
    for i, label in enumerate(labels[: 1 if kind in ONE else 2]):
        share = draw(SHARES)
        change = kind == "change"
        regions.append(Region(labels[0] if change else label, 1 + (change and i), share, total_ha * share / 100))
    relation = None
    if all(region.area_ha for region in regions):
        relation = draw(st.sampled_from([(0.0, True), (0.0, False), (37.5, False), (2210.0, False)]))
    rng = random.Random(draw(st.integers(0, 10**6)))
    return compose(kind, regions, lambda a, b: relation, rng, measured=measured), regions


def spoken(sample: Sample) -> str:
    return "".join(piece for piece in sample.trace if isinstance(piece, str))


@given(samples())
def test_every_region_is_marked_and_named_before_its_mark(drawn: tuple[Sample, list[Region]]) -> None:
    sample, regions = drawn
    marked = [piece.region for piece in sample.trace if isinstance(piece, Seg)]
    assert marked == regions
    for before, piece in zip(sample.trace, sample.trace[1:], strict=False):
        if isinstance(piece, Seg):
            assert phrase_before_mark(before) == piece.region.phrase


@given(samples())
def test_every_mark_is_followed_by_its_measure(drawn: tuple[Sample, list[Region]]) -> None:
    sample, _ = drawn
    for piece, after in zip(sample.trace, sample.trace[1:], strict=False):
        if isinstance(piece, Seg):
            assert isinstance(after, Measured)
            assert after.text.startswith(f"{number(piece.region.coverage_pct)} %, {number(piece.region.area_ha)} ha")


@given(samples())
def test_no_figure_comes_from_nowhere(drawn: tuple[Sample, list[Region]]) -> None:
    """Every figure that is said stands in a measure before it."""
    sample, _ = drawn
    measured = " ".join(piece.text for piece in sample.trace if isinstance(piece, Measured))
    known = {claim.text for claim in parse_claims(measured)}
    assert {claim.text for claim in parse_claims(spoken(sample))} <= known


@given(samples())
def test_the_output_has_the_published_form(drawn: tuple[Sample, list[Region]]) -> None:
    sample, _ = drawn
    text = spoken(sample)
    assert text.startswith("<think>")
    assert text.endswith(f"</think><answer>{sample.answer}</answer>")


@given(samples(("larger",)))
def test_the_larger_one_is_larger(drawn: tuple[Sample, list[Region]]) -> None:
    sample, (a, b) = drawn
    shown = [number(region.coverage_pct) for region in (a, b)]
    expected = "equal" if shown[0] == shown[1] else (a if a.coverage_pct > b.coverage_pct else b).phrase
    assert sample.answer == expected


@given(samples(measured=False))
def test_without_measures_nothing_exact_is_claimed(drawn: tuple[Sample, list[Region]]) -> None:
    sample, _ = drawn
    assert not any(isinstance(piece, Measured) for piece in sample.trace)
    assert all(claim.unit == "%" or claim.text == "0 m" for claim in parse_claims(spoken(sample)))


@pytest.mark.parametrize(
    ("kind", "relation", "answer"),
    [
        ("presence", None, "Yes"),
        ("coverage", None, "12.3 %"),
        ("area", None, "140 ha"),
        ("area_coverage", None, "140 ha, 12.3 %"),
        ("distance", (230.4, False), "230 m"),
        ("border", (0.0, True), "Yes"),
        ("border", (230.4, False), "No"),
        ("area_distance", (230.4, False), "140 ha, 230 m"),
        ("larger", (0.0, True), "water"),
    ],
)
def test_answers_by_hand(kind: str, relation: tuple[float, bool] | None, answer: str) -> None:
    regions = [Region(1, 1, 12.34, 140.2), Region(5, 1, 3.0, 34.1)][: 1 if kind in ONE else 2]
    assert compose(kind, regions, lambda a, b: relation, random.Random(0), measured=True).answer == answer


def test_every_class_has_a_phrase_and_words_for_it() -> None:
    assert len(PHRASES) == len(CLASSES)
    assert set(SYNONYMS) == set(PHRASES)
    assert metres(0.4) == "1"
