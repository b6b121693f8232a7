"""Figures in words: what the model reads, and what is found again in what it writes."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from model_runtime.measure import change as measured_change
from model_runtime.measure.claims import check, parse_claims
from model_runtime.measure.comparisons import difference, mean, shown
from model_runtime.measure.words import Relation, Unit, measured_text, metres, number, relates
from model_runtime.protocol import Change, Distance, Step

quantities = st.floats(0, 1e9, allow_nan=False)


def a_step(index: int, phrase: str, area_ha: float, coverage_pct: float = 10, image: int = 1) -> Step:
    return Step(
        index=index, phrase=phrase, image=image, area_ha=area_ha, area_uncertainty_ha=0, coverage_pct=coverage_pct,
        pixels=1, score=1, tokens=1, layer="",
    )  # fmt: skip


def a_distance(from_step: int, to_step: int, distance_m: float) -> Distance:
    return Distance(
        from_step=from_step, to_step=to_step, distance_m=distance_m, centroid_distance_m=0, contact=False,
        contact_length_m=0,
    )  # fmt: skip


STEPS = [a_step(1, "water", 1403.2, 12.34), a_step(2, "built-up", 35, 0.31), a_step(3, "snow and ice", 7.25, 0.06)]
DISTANCES = [a_distance(1, 2, 230.4), a_distance(2, 3, 12_000)]


@given(quantities)
def test_a_number_reads_back_to_its_printed_precision(value: float) -> None:
    text = number(value)
    assert set(text) <= set("0123456789.")
    assert not text.endswith(".")
    assert (text == "0") == (value == 0)
    step = 1 if value >= 100 else 0.1 if value >= 1 else 0.01
    assert abs(float(text) - value) <= max(step / 2 * (1 + 1e-9), 0.01 if value < 0.01 else 0)


@pytest.mark.parametrize("value", [-1.0, float("nan"), float("inf")])
def test_what_is_no_measure_has_no_number(value: float) -> None:
    with pytest.raises(ValueError, match="not a measure"):
        number(value)


@given(st.floats(1e-6, 2e7, allow_nan=False))
def test_only_touching_regions_are_zero_metres_apart(distance_m: float) -> None:
    assert metres(0) == "0"
    assert int(metres(distance_m)) == max(1, round(distance_m))


def test_measured_text_is_the_wording_the_model_is_trained_on() -> None:
    assert measured_text(1403.2, 12.34, None) == "12.3 %, 1403 ha"
    assert measured_text(35, 0.31, Relation("water", 230.4, False)) == "0.31 %, 35 ha; 230 m from water, no contact"
    assert measured_text(35, 0.31, Relation("water", 0, True)) == "0.31 %, 35 ha; 0 m from water, contact"
    assert measured_text(0, 0, Relation("water", 0, True)) == "0 %, 0 ha"


@given(quantities, st.floats(0, 100), st.floats(0, 2e7), st.booleans())
def test_measured_text_is_parsed_back(area_ha: float, coverage_pct: float, distance_m: float, contact: bool) -> None:
    claims = parse_claims(measured_text(area_ha, coverage_pct, Relation("trees", distance_m, contact)))
    units = ["%", "ha", "m"] if area_ha else ["%", "ha"]
    assert [claim.unit for claim in claims] == units
    assert claims[0].value == float(number(coverage_pct))
    assert claims[1].value == float(number(area_ha))
    # What the model was told and repeats is never called a disagreement.
    checked = check(claims, [a_step(1, "trees", area_ha, coverage_pct)], [a_distance(1, 2, distance_m)])
    assert all(claim.agrees for claim in checked)


@given(quantities, st.sampled_from(["ha", "hectares", "km2", "km\u00b2", "m2", "m\u00b2", "%", "percent", "m", "km",
                                    "metres", "meters", "square kilometres", "square meters"]),
       st.sampled_from(["", " ", "\u00a0"]))  # fmt: skip
def test_every_unit_is_read(value: float, unit: str, gap: str) -> None:
    (claim,) = parse_claims(f"It is {number(value)}{gap}{unit}, I think.")
    meant = {"hectares": "ha", "km\u00b2": "km2", "square kilometres": "km2", "m\u00b2": "m2", "square meters": "m2",
             "percent": "%", "metres": "m", "meters": "m"}  # fmt: skip
    assert claim.value == float(number(value))
    assert claim.unit == meant.get(unit, unit)


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    for claim in check(parse_claims(text), STEPS, DISTANCES):
        assert claim.text in text


@pytest.mark.parametrize(
    "text", ["", "Yes", "B", "in 2019", "3 masks", "Sentinel-2", "5 minutes", "ha ha", "10m2s", "B12", "12 hats"]
)
def test_what_is_no_figure_with_a_unit_is_left_alone(text: str) -> None:
    assert parse_claims(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,403.2 ha", [1403.2]),
        ("1,234,567 m2", [1234567]),
        ("10-20 ha", [20]),
        ("-3 %", [-3]),
        ("\u22123 %", [-3]),
        ("12 ha, 230 m", [12, 230]),
        ("12 ha.", [12]),
    ],
)
def test_how_figures_are_written(text: str, values: list[float]) -> None:
    assert [claim.value for claim in parse_claims(text)] == values


@pytest.mark.parametrize(
    ("answer", "measured", "agrees"),
    [
        ("1403 ha", [1403.2], [True]),  # no region named: the first mask
        ("1400 ha", [1403.2], [True]),  # within one percent
        ("1300 ha", [1403.2], [False]),
        ("14.03 km2", [14.032], [True]),
        ("14032000 m2", [14032000], [True]),
        ("12 %", [12.34], [True]),
        ("12.0 %", [12.34], [False]),  # a printed decimal is a claimed decimal
        ("35 ha of built-up", [35], [True]),
        ("35 ha", [1403.2], [False]),  # the closest measure is not picked
        ("Water covers 1403 ha, built-up 35 ha", [1403.2, 35], [True, True]),
        ("Water covers 1403 ha and built-up 36 ha", [1403.2, 35], [True, False]),
        ("7.2 ha of snow and ice", [7.25], [True]),
        ("1403 ha of water, and 230 m to built-up", [1403.2, 230.4], [True, True]),
        ("230 m", [230.4], [True]),
        ("0.23 km", [0.2304], [True]),
        ("the snow and ice is 12 km away", [12], [True]),
        ("Water: 1403 ha; BUILT-UP: 35 ha", [1403.2, 35], [True, True]),
    ],
)
def test_claims_beside_measures(answer: str, measured: list[float], agrees: list[bool]) -> None:
    checked = check(parse_claims(answer), STEPS, DISTANCES)
    assert [claim.measured for claim in checked] == pytest.approx(measured)
    assert [claim.agrees for claim in checked] == agrees


def test_two_dates_are_told_apart() -> None:
    steps = [a_step(1, "water", 100), a_step(2, "water", 50, image=2)]
    checked = check(parse_claims("100 ha of water on the first date, 50 ha of water on the second"), steps, [])
    assert [claim.measured for claim in checked] == [100, 50]


def test_from_and_to_are_the_two_dates() -> None:
    """What nano writes about a change names no region."""
    steps = [a_step(1, "trees", 1.5, 0.1, image=1), a_step(2, "trees", 69.4, 4.4, image=2)]
    both = check(parse_claims("from 1.5 ha to 69.4 ha"), steps, [])
    assert [(claim.measured, claim.agrees) for claim in both] == [(1.5, True), (69.4, True)]
    swapped = check(parse_claims("from 69.4 ha to 1.5 ha"), steps, [])
    assert [claim.agrees for claim in swapped] == [False, False]


def a_change(
    phrase: str,
    kept: float,
    lost: float,
    gained: float,
    steps: tuple[int, int] = (1, 2),
    images: tuple[int, int] = (1, 2),
    objects: tuple[int, int, int, int] = (5, 4, 2, 1),
) -> Change:
    found = measured_change.Change(kept + lost, kept + gained, gained, lost, kept, 0.1, 0.1, 100)
    counted = measured_change.Objects(*objects)
    return Change(
        phrase=phrase, from_step=steps[0], to_step=steps[1], from_image=images[0], to_image=images[1],
        earlier_ha=found.earlier_ha, later_ha=found.later_ha, gained_ha=gained, lost_ha=lost, kept_ha=kept,
        gained_pct=found.gained_pct, lost_pct=found.lost_pct, uncertainty_ha=0.1, floor_ha=0.1, told=True,
        compared_ha=100, objects_earlier=counted.earlier, objects_later=counted.later, objects_gone=counted.gone,
        objects_new=counted.new, gone_pct=counted.gone_pct,
    )  # fmt: skip


# Water from 12 ha to 30 ha (mapped alone 13 and 32), buildings from 40 ha to 20 ha.
DATED = [
    a_step(1, "water", 13, 1.3), a_step(2, "water", 32, 3.2, image=2),
    a_step(3, "buildings", 40, 4), a_step(4, "buildings", 20, 2, image=2),
]  # fmt: skip
CHANGES = [a_change("water", 9, 3, 21), a_change("buildings", 15, 25, 5, steps=(3, 4))]


@pytest.mark.parametrize(
    ("answer", "measured", "agrees"),
    [
        ("from 12 ha to 30 ha", [12, 30], [True, True]),  # as the dates were mapped together
        ("from 13 ha to 32 ha", [13, 32], [True, True]),  # as each was mapped alone
        ("from 30 ha to 12 ha", [13, 32], [False, False]),
        ("from 0.12 km2 to 0.32 km2", [0.12, 0.32], [True, True]),
        ("Water grew by 18 ha.", [18], [True]),
        ("Water grew by 19 ha.", [19], [True]),
        ("Water grew by 21 ha.", [18], [False]),  # gained, but 3 ha were lost
        ("Water grew from 12 ha to 30 ha, a growth of 18 ha.", [12, 30, 18], [True] * 3),
        ("Water: +150 %", [150], [True]),
        ("+18 ha", [18], [True]),
        ("Water shrank by 18 ha.", [-18], [False]),
        ("Water lost 3 ha and gained 21 ha.", [3, 21], [True, True]),
        ("3 ha of water were lost, 21 ha gained", [3, 21], [True, True]),
        ("There are 21 ha of new water.", [21], [True]),
        ("Water lost 3 ha of its 12 ha.", [3, 12], [True, True]),
        ("Water lost 25 % and kept 9 ha.", [25, 9], [True, True]),
        ("9 ha of water stayed, and 21 ha are new.", [9, 21], [True, True]),
        ("18 ha more water than before", [18], [True]),
        ("More than 32 ha of water on the second date.", [32], [True]),
        ("The buildings decreased by 20 ha (50 %).", [20, 50], [True, True]),
        ("The buildings decreased by 20 ha, a change of \u221250 %.", [20, -50], [True, True]),
        ("The buildings fell to 20 ha.", [20], [True]),
        ("Buildings: 20 ha less; water: 18 ha more.", [20, 18], [True, True]),
        ("Of the buildings, 40 % are gone.", [40], [True]),  # of the objects
        ("62.5 % of the area of the buildings is gone.", [62.5], [True]),
        ("2 of 5 buildings are gone", [40], [True]),
        ("2 of the 5 buildings were destroyed.", [40], [True]),
        ("4 of 10 buildings are gone", [40], [False]),  # the same share, other counts
        ("3 of 5 buildings are still there, and 1 of 4 is new.", [60, 25], [True, True]),
        ("In image 2 water covers 32 ha, in image 1 13 ha.", [32, 13], [True, True]),
        ("Water covers 3.2 % on the second date.", [3.2], [True]),
    ],
)  # fmt: skip
def test_figures_of_a_change(answer: str, measured: list[float], agrees: list[bool]) -> None:
    checked = check(parse_claims(answer), DATED, [], CHANGES)
    assert [claim.measured for claim in checked] == pytest.approx(measured)
    assert [claim.agrees for claim in checked] == agrees


def test_a_change_of_a_region_that_was_not_compared_is_not_measured() -> None:
    steps = [*DATED, a_step(5, "trees", 8)]
    for answer in ("Trees lost 3 ha.", "Trees grew by 18 ha.", "2 of 5 trees are gone."):
        assert [(c.measured, c.agrees) for c in check(parse_claims(answer), steps, [], CHANGES)] == [(None, None)]
    # One date alone tells of no change.
    assert check(parse_claims("lost 3 ha"), steps[:1], [])[0].measured is None
    assert check(parse_claims("13 ha of water remain"), steps[:1], [])[0].agrees


def test_a_region_named_like_a_change_is_still_a_region() -> None:
    assert check(parse_claims("New buildings cover 7 ha"), [a_step(1, "new buildings", 7)], [])[0].agrees


def test_of_many_dates_only_growth_is_over_all() -> None:
    steps = [a_step(i, "water", area, image=i) for i, area in ((1, 10), (2, 16), (3, 30))]
    changes = [a_change("water", 9, 1, 7), a_change("water", 15, 1, 15, steps=(2, 3), images=(2, 3))]
    checked = check(parse_claims("from 10 ha to 30 ha, grew by 20 ha, lost 1 ha"), steps, [], changes)
    assert [claim.measured for claim in checked] == [10, 30, 20, None]
    (lost,) = check(parse_claims("From image 2 to image 3 water gained 15 ha"), steps, [], changes)
    assert lost.agrees


areas_ha = st.floats(0.02, 1e6)


@given(areas_ha, areas_ha, areas_ha)
def test_a_change_told_as_it_was_measured_agrees(kept: float, lost: float, gained: float) -> None:
    assume(gained == lost or abs(gained - lost) > 1e-6)  # areas of pixels that differ, differ by more than rounding
    change = a_change("water", kept, lost, gained)
    steps = [a_step(1, "water", change.earlier_ha), a_step(2, "water", change.later_ha, image=2)]
    text = (
        f"Water goes from {number(change.earlier_ha)} ha to {number(change.later_ha)} ha; "
        f"it lost {number(lost)} ha ({number(change.lost_pct or 0)} %) and gained {number(gained)} ha. "
        f"It {'grew' if gained > lost else 'shrank'} by {number(abs(gained - lost))} ha."
    )
    checked = check(parse_claims(text), steps, [], [change])
    assert len(checked) == 6 and all(claim.agrees for claim in checked)


@given(areas_ha, areas_ha, areas_ha, st.floats(1.05, 50))
def test_a_change_told_too_large_disagrees(kept: float, lost: float, gained: float, factor: float) -> None:
    change = a_change("water", kept, lost, gained)
    steps = [a_step(1, "water", change.earlier_ha), a_step(2, "water", change.later_ha, image=2)]
    text = f"Water lost {lost * factor:.6f} ha, gained {gained * factor:.6f} ha"
    assert [claim.agrees for claim in check(parse_claims(text), steps, [], [change])] == [False, False]


@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 50), st.integers(1, 50))
def test_counts_agree_only_as_they_were_counted(gone: int, before: int, said: int, said_before: int) -> None:
    gone = min(gone, before)
    change = a_change("houses", 1, 1, 1, objects=(before, before, gone, 0))
    steps = [a_step(1, "houses", 2), a_step(2, "houses", 2, image=2)]
    (claim,) = check(parse_claims(f"{said} of {said_before} houses are gone"), steps, [], [change])
    assert claim.measured == pytest.approx(100 * gone / before)
    assert claim.agrees == ((said, said_before) == (gone, before))


@given(st.text(alphabet=st.sampled_from("0123456789.,-+%() habygrewlostofinto"), max_size=60))
def test_any_text_about_changes_can_be_read(text: str) -> None:
    for claim in check(parse_claims(text), DATED, [], CHANGES):
        assert claim.text in text and (claim.agrees is None) == (claim.measured is None)


def test_what_no_mask_measures_is_neither_right_nor_wrong() -> None:
    checked = check(parse_claims("12 ha, 230 m"), [], [])
    assert [(claim.measured, claim.agrees) for claim in checked] == [(None, None)] * 2


@pytest.mark.parametrize(
    "question",
    [
        "How far is it from the nearest town?", "Does water border trees?", "What is the distance to the road?",
        "Is the forest NEXT TO the river?", "Do they touch?", "Which is closest?", "Which fields neighbour it?",
    ],
)  # fmt: skip
def test_questions_that_relate(question: str) -> None:
    assert relates(question, "")
    assert relates("", question)


@pytest.mark.parametrize("question", ["How much water is there?", "Is there farmland?", "Which covers more, a or b?"])
def test_questions_that_do_not(question: str) -> None:
    assert not relates(question, "I mark the water ")


def test_a_reach_is_no_claim_and_its_share_is_held_against_what_was_asked_for() -> None:
    (claim,) = check(parse_claims("34 % of it lies within 300 m of the water"), STEPS, DISTANCES, shares_pct=[80, 34.2])
    assert (claim.text, claim.measured, claim.agrees) == ("34 %", 34.2, True)
    (claim,) = check(parse_claims("12.3 % of the image"), STEPS, DISTANCES, shares_pct=[34.2])
    assert claim.agrees
    (claim,) = check(parse_claims("No further than 2 km from it: 80 %"), STEPS, DISTANCES, shares_pct=[34.2])
    assert not claim.agrees


def test_estimates_of_two_dates_are_held_each_against_its_own() -> None:
    steps = [a_step(1, "trees", 97, 97.2), a_step(2, "trees", 72, 71.9, image=2)]
    right = check(parse_claims("Trees have shrunk from about 97 % to about 72 %."), steps, [])
    assert [claim.agrees for claim in right] == [True, True]
    swapped = check(parse_claims("Trees have shrunk from about 72 % to roughly 97 %."), steps, [])
    assert [claim.agrees for claim in swapped] == [False, False]


PAIR = [a_step(1, "trees", 475.2, 12.34), a_step(2, "snow and ice", 35.04, 3.96)]
THREE = [*PAIR, a_step(3, "water", 60, 5)]


@pytest.mark.parametrize(
    ("answer", "steps", "measured", "agrees"),
    [
        ("trees by 8.3 points", PAIR, 8.3, True),  # 12.3 - 4 as shown, where 8.38 is exact
        ("trees by 8.4 points", PAIR, 8.3, False),
        ("snow and ice by 8.3 points", PAIR, -8.3, False),
        ("8.3 percentage points", PAIR, 8.3, True),
        ("trees by 440 ha", PAIR, 440, True),
        ("Trees are larger, by 400 ha.", PAIR, 440, False),
        ("There are 440 ha more trees than snow and ice.", PAIR, 440, True),
        ("440 ha less than the trees", PAIR, 440, True),
        ("Snow and ice cover 440 ha less than trees.", PAIR, 440, True),
        ("Snow and ice cover 440 ha more than trees.", PAIR, -440, False),
        ("The trees cover 415 ha more than the water.", THREE, 415, True),
        ("415 ha more than the water", THREE, None, None),  # of what, of two others
        ("The trees cover 475 ha.", THREE, 475.2, True),
        ("440 ha more", PAIR, 440, True),
        ("440 ha less.", PAIR, 440, True),
        ("4400 ha more", PAIR, 440, False),
        ("440 ha more", THREE, None, None),
    ],
)
def test_a_difference_of_two_regions(
    answer: str, steps: list[Step], measured: float | None, agrees: bool | None
) -> None:
    (claim,) = check(parse_claims(answer), steps, [])
    assert claim.agrees is agrees
    assert claim.measured == (measured if measured is None else pytest.approx(measured))


@given(st.lists(st.tuples(quantities, st.floats(0, 100)), min_size=2, max_size=4), st.sampled_from(["ha", "points"]))
def test_what_the_runtime_works_out_is_agreed_with(sizes: list[tuple[float, float]], unit: Unit) -> None:
    """A model that repeats what stands behind its marks is never contradicted."""
    pair = [a_step(i + 1, name, *sizes[i]) for i, name in enumerate(("trees", "water"))]
    winner, other = sorted(pair, key=lambda step: -shown(step, unit))
    by = difference(other, winner, unit).removesuffix(" more")
    (claim,) = check(parse_claims(f"{winner.phrase} by {by}"), pair, [])
    assert claim.agrees
    dates = [a_step(i + 1, "water", *size, image=i + 1) for i, size in enumerate(sizes)]
    (claim,) = check(parse_claims(f"{mean(dates, unit)} on average"), dates, [])
    assert claim.agrees
