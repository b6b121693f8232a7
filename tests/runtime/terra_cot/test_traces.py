"""Traces: every figure follows from the regions, every region is marked, and the answer from the trace."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.answering.findings import partner_of
from model_runtime.measure.claims import parse_claims
from model_runtime.measure.words import asked, metres, number
from model_runtime.model.phrases import phrase_before_mark
from model_runtime.protocol import Step
from model_runtime.terra_cot.dates import MAX_DATES
from model_runtime.terra_cot.imagined import Imagined
from model_runtime.terra_cot.samples import KINDS, compose, needed
from model_runtime.terra_cot.scenes import CLASSES
from model_runtime.terra_cot.templates import QUESTIONS, agree, moments
from model_runtime.terra_cot.traces import Measured, Region, Sample, Seg, partner
from model_runtime.terra_cot.vocabulary import LAND_COVER, SYNONYMS, canonical, is_plural

SHARES = st.one_of(st.just(0.0), st.floats(0.001, 100))


# Kinds whose figures are those of measures and nothing else, and those that work further figures out of them.
DERIVED = {"difference", "farming", "fragmentation", "green_space", "flood_exposure", "urban_fabric", "forest_land",
           "canopy", "deforestation", "damage_count", "damage_rate"}  # fmt: skip


class Placed(Imagined):
    """How regions lie where a test says how far they are apart."""

    def __init__(self, rng: random.Random, relation: tuple[float, bool] | None) -> None:
        super().__init__(rng)
        self.relation = relation

    def relate(self, a: Region, b: Region) -> tuple[float, bool] | None:
        return self.relation if a.area_ha and b.area_ha else None


@st.composite
def samples(
    draw: st.DrawFn, kinds: tuple[str, ...] = tuple(KINDS), *, measured: bool = True
) -> tuple[Sample, list[Region], int]:
    """A sample, what it is about, and how many dates there are."""
    kind = draw(st.sampled_from([kind for kind in kinds if measured or not KINDS[kind].measured_only]))
    rule = KINDS[kind]
    dates = draw(st.integers(2 if rule.over_time else 1, MAX_DATES))
    phrases = rule.phrases or draw(
        st.lists(st.sampled_from(LAND_COVER), min_size=rule.classes, max_size=rule.classes, unique=True)
    )
    total_ha = draw(st.floats(1, 1e5))
    rng = random.Random(draw(st.integers(0, 10**6)))
    regions = []
    for which, date in needed(kind, dates, rng):
        share = draw(st.floats(0.001, 100) if rule.present else SHARES)
        regions.append(Region(phrases[which], date, share, total_ha * share / 100))
    relation = draw(st.sampled_from([(0.0, True), (0.0, False), (37.5, False), (2210.0, False)]))
    return compose(kind, regions, Placed(rng, relation), rng, measured=measured, dates=dates), regions, dates


def spoken(sample: Sample) -> str:
    return "".join(piece for piece in sample.trace if isinstance(piece, str))


@given(samples())
def test_every_region_is_marked_and_named_before_its_mark(drawn: tuple[Sample, list[Region], int]) -> None:
    sample, regions, dates = drawn
    assert sorted(map(repr, sample.regions)) == sorted(map(repr, regions))
    for before, piece in zip(sample.trace, sample.trace[1:], strict=False):
        if isinstance(piece, Seg):
            assert phrase_before_mark(re.sub(r"Image:\s*\d+", " ", before)) == piece.region.phrase
            # The paper's indicator, by which the runtime knows whose mask is meant.
            assert re.findall(r"Image: (\d+)", before) == ([str(piece.region.image)] if dates > 1 else [])


@given(samples())
def test_every_mark_is_followed_by_its_measure(drawn: tuple[Sample, list[Region], int]) -> None:
    sample, *_ = drawn
    for piece, after in zip(sample.trace, sample.trace[1:], strict=False):
        if isinstance(piece, Seg):
            assert isinstance(after, Measured)
            assert after.text.startswith(f"{number(piece.region.coverage_pct)} %, {number(piece.region.area_ha)} ha")


@given(samples(tuple(kind for kind in KINDS if kind not in DERIVED)))
def test_no_figure_comes_from_nowhere(drawn: tuple[Sample, list[Region], int]) -> None:
    """Every figure that is said stands in a measure before it."""
    sample, *_ = drawn
    measured = " ".join(piece.text for piece in sample.trace if isinstance(piece, Measured))
    known = {claim.text for claim in parse_claims(measured)}
    if sample.kind == "area_m2":
        assert asked(sample.question).area_m2
    assert {claim.text for claim in parse_claims(spoken(sample))} <= known


@given(samples())
def test_the_output_has_the_published_form(drawn: tuple[Sample, list[Region], int]) -> None:
    sample, *_ = drawn
    text = spoken(sample)
    assert text.startswith("<think>")
    assert text.endswith(f"</think><answer>{sample.answer}</answer>")


@given(samples(measured=False))
def test_without_measures_nothing_exact_is_claimed(drawn: tuple[Sample, list[Region], int]) -> None:
    sample, *_ = drawn
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
    regions = [Region("water", 1, 12.34, 140.2), Region("built-up area", 1, 3.0, 34.1)][: KINDS[kind].classes]
    rng = random.Random(0)
    assert compose(kind, regions, Placed(rng, relation), rng, measured=True).answer == answer


@pytest.mark.parametrize(
    ("kind", "areas", "answer"),
    [
        ("change", [12, 30, 9], "from 12 ha to 9 ha"),
        ("grown", [12, 30, 9], "shrunk, from 12 ha to 9 ha"),
        ("grown", [12, 30], "grown, from 12 ha to 30 ha"),
        ("grown", [12, 12.01], "not changed, from 12 ha to 12 ha"),
        ("lost", [12, 9], "less, from 12 ha to 9 ha"),
        ("lost", [12, 30], "no loss, from 12 ha to 30 ha"),
        ("gained", [12, 30], "more, from 12 ha to 30 ha"),
        ("gained", [12, 9], "no gain, from 12 ha to 9 ha"),
        ("series", [12, 30, 0], "image 1: 12 ha, image 2: 30 ha, image 3: 0 ha"),
        ("series_coverage", [12, 30], "image 1: 1.2 %, image 2: 3 %"),
        ("most", [12, 30, 9], "image 2 with 30 ha"),
        ("most", [12, 12], "image 1 with 12 ha"),
        ("least", [12, 30, 9], "image 3 with 9 ha"),
        ("least", [0, 0], "no water"),
    ],
)
def test_answers_about_several_dates_by_hand(kind: str, areas: list[float], answer: str) -> None:
    rng = random.Random(0)
    regions = [
        Region("water", date, areas[date - 1] / 10, areas[date - 1]) for _, date in needed(kind, len(areas), rng)
    ]
    made = compose(kind, regions, Placed(rng, None), rng, measured=True, dates=len(areas))
    assert made.answer == answer


@pytest.mark.parametrize(
    ("water", "trees", "answer"),
    [((1, 2), (3, 2), "water"), ((2, 1), (3, 4), "trees"), ((1, 2), (3, 4), "both"), ((1, 1), (3, 2), "neither")],
)
def test_which_of_two_grew(water: tuple[int, int], trees: tuple[int, int], answer: str) -> None:
    regions = [
        Region(name, 1 + i, area, area)
        for name, areas in (("water", water), ("trees", trees))
        for i, area in enumerate(areas)
    ]
    rng = random.Random(0)
    assert compose("grew", regions, Placed(rng, None), rng, measured=True, dates=2).answer == answer


def test_a_question_about_one_of_several_dates_names_it() -> None:
    """All but the newest date are named; how large a class is, is asked of a named date only."""
    for seed in range(300):
        rng = random.Random(seed)
        kind = rng.choice([kind for kind, rule in KINDS.items() if not rule.over_time])
        phrases = KINDS[kind].phrases or ("water", "trees", "cropland")
        regions = [Region(phrases[which], date, 5.0, 5.0) for which, date in needed(kind, 3, rng)]
        date = regions[0].image
        question = compose(kind, regions, Placed(rng, (1.0, True)), rng, measured=True, dates=3).question.lower()
        named = any(name.lower() in question for name in moments(date, 3))
        assert named or (date == 3 and kind not in ("coverage", "area"))


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=6))
def test_the_partner_is_the_one_the_pipeline_takes(marked: list[tuple[int, int]]) -> None:
    regions = [Region(LAND_COVER[label], image, 1.0, 1.0) for label, image in marked]
    steps = [
        Step.model_construct(index=i + 1, phrase=region.phrase, image=region.image) for i, region in enumerate(regions)
    ]
    expected = partner_of(steps, len(steps) - 1)
    found = partner(regions[:-1], regions[-1])
    assert (found and found.phrase) == (expected and expected.phrase)
    assert (found and found.image) == (expected and expected.image)


def test_every_class_has_a_phrase_and_words_for_it() -> None:
    assert len(LAND_COVER) == len(CLASSES)
    assert all(words[0] == phrase for phrase, words in SYNONYMS.items())
    assert metres(0.4) == "1"


def test_every_kind_has_its_wordings() -> None:
    assert set(KINDS) == set(QUESTIONS)


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("Open_Water", "water"),
        ("buildings", "buildings"),
        ("Town", "built-up area"),
        (" Solar  panels ", "solar panels"),
    ],
)
def test_names_of_other_schemes_find_our_phrase(name: str, phrase: str) -> None:
    assert canonical(name) == phrase


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("Is there any trees?", "Are there any trees?"),
        ("Does the trees touch the water?", "Do the trees touch the water?"),
        ("The area of trees is large.", "The area of trees is large."), ("Trees covers 5 %.", "Trees cover 5 %."),
        ("About 5 % of the trees lies here.", "About 5 % of the trees lie here."),
        ("It has no trees.", "It has no trees."),
    ],
)  # fmt: skip
def test_verbs_agree_with_plural_names(text: str, agreed: str) -> None:
    assert agree(text, [word for word in ("trees", "water") if is_plural(word)]) == agreed
