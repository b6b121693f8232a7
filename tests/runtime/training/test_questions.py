"""What the language model is trained on: what is learnt, what is only read, and whose features are injected."""

from __future__ import annotations

import random

import pytest

from model_runtime.model.vision import Tiles
from model_runtime.model.vocabulary import Vocabulary
from model_runtime.terra_cot.imagined import Imagined
from model_runtime.terra_cot.samples import KINDS, compose, needed
from model_runtime.terra_cot.traces import Region
from model_runtime.terra_cot.vocabulary import LAND_COVER
from model_runtime.training.data import Chip
from model_runtime.training.questions import (
    CAPTION,
    CLOUD,
    IGNORE,
    MIX,
    MIX_OVER_TIME,
    Date,
    Place,
    Sequence,
    collate,
    draw_kind,
    encode_sample,
    text_sample,
)

ONE = Tiles(1, 1)
LEFT = [row * 8 + col for row in range(8) for col in range(4)]


def asked(
    vocabulary: Vocabulary, dates: list[Date], kind: str, seed: int, *, measured: bool = True, concat: bool = False
) -> tuple[list[int], Sequence]:
    place = Place(dates, ONE, 1000, side=8)
    sample = place.ask(kind, random.Random(seed), measured=measured)
    assert sample is not None
    return encode_sample(vocabulary, place, sample, 128, concat)


def about(vocabulary: Vocabulary, dates: list[Date], kind: str, label: int, *, concat: bool = False) -> Sequence:
    """A question of that kind about that class."""
    made = (asked(vocabulary, dates, kind, seed, concat=concat)[1] for seed in range(200))
    return next(sequence for sequence in made if sequence.marks[0].label == label)


@pytest.mark.parametrize(
    ("kind", "dates"), [*((kind, 1) for kind in MIX), *((kind, n) for kind in MIX_OVER_TIME for n in (2, 5))]
)
@pytest.mark.parametrize("measured", [True, False])
def test_only_our_words_are_learnt(vocabulary: Vocabulary, mosaic: Chip, kind: str, dates: int, measured: bool) -> None:
    shown = [Date(mosaic, "both")] * dates
    if kind in KINDS and KINDS[kind].measured_only and not measured:
        assert Place(shown, ONE, 1000, side=8).ask(kind, random.Random(3), measured=measured) is None
        return
    prefix, made = asked(vocabulary, shown, kind, 3, measured=measured)
    assert prefix.count(vocabulary.context_id) == 2 * 64 * dates
    assert len(made.ids) == len(made.labels) == len(made.sources)
    assert all(label in (IGNORE, token) for token, label in zip(made.ids, made.labels, strict=True))
    learnt = [token for token, label in zip(made.ids, made.labels, strict=True) if label != IGNORE]
    assert learnt[0] == vocabulary.id_of("<think>")
    assert learnt[-1] == vocabulary.id_of("<|im_end|>")
    assert vocabulary.region_id not in learnt
    assert not set(vocabulary.measure_ids) & set(learnt)
    assert learnt.count(vocabulary.seg_id) == len(made.marks) >= 1
    assert (made.ids.count(vocabulary.measure_ids[0]) == len(made.marks)) is measured
    assert all(made.ids[mark.position] == vocabulary.seg_id for mark in made.marks)
    for position, source in enumerate(made.sources):
        assert (source >= 0) == (made.ids[position] == vocabulary.region_id)


@pytest.mark.parametrize(
    ("sensors", "label", "expected"),
    [
        ("optical", 1, LEFT[:16]),
        ("sar", 1, LEFT),
        ("both", 1, LEFT),
        ("optical", CLOUD, list(range(32, 64))),
        ("sar", CLOUD, []),
        ("both", CLOUD, list(range(32, 64))),
    ],
)
def test_injected_tokens_lie_where_the_sensor_can_know_the_class(
    vocabulary: Vocabulary, chip: Chip, sensors: str, label: int, expected: list[int]
) -> None:
    made = about(vocabulary, [Date(chip, sensors)], "area", label)
    assert [source for source in made.sources if source >= 0] == expected


def test_each_date_reads_its_own_images(vocabulary: Vocabulary, chip: Chip) -> None:
    dates = [Date(chip, "sar"), Date(chip, "both"), Date(chip, "optical")]
    made = about(vocabulary, dates, "series", 1)
    expected = [*LEFT, *(64 + token for token in LEFT), *(3 * 64 + token for token in LEFT[:16])]
    assert [source for source in made.sources if source >= 0] == expected
    assert [mark.date for mark in made.marks] == [1, 2, 3]


def test_concat_injects_optical_before_sar(vocabulary: Vocabulary, chip: Chip) -> None:
    made = about(vocabulary, [Date(chip, "both")], "area", 1, concat=True)
    assert [source for source in made.sources if source >= 0] == [*LEFT, *(64 + token for token in LEFT)]


def test_every_sample_of_a_batch_reads_its_own_image(vocabulary: Vocabulary, chip: Chip) -> None:
    """The released code reads sample 0's image for all (SPEC 7.1)."""
    made = [about(vocabulary, [Date(chip, "optical")], "area", 1) for _ in range(2)]
    _, _, sources = collate(made, [0, 1], [0, 64], 0)
    first, second = (row[row >= 0] for row in sources)
    assert len(first)
    assert (second == first + 64).all()


def test_what_nano_learnt_first_keeps_three_fifths_and_the_rest_is_all_that_land_cover_can_answer() -> None:
    first = {"presence", "coverage", "area", "area_coverage", "larger", "distance", "border", "area_distance"}
    over_time = {"change", "grown", "lost", "gained", "grew", "series", "series_coverage", "most", "least"}
    for mix, old in ((MIX, first), (MIX_OVER_TIME, first | over_time)):
        assert sum(mix[kind] for kind in old) / sum(mix.values()) == pytest.approx(0.6, abs=0.02)
    known = {kind for kind in KINDS if not kind.startswith("damage")} | {CAPTION}
    assert set(MIX) | set(MIX_OVER_TIME) == known
    assert not any(KINDS[kind].over_time for kind in MIX if kind != CAPTION)


def test_a_place_is_not_asked_what_it_has_nothing_for(chip: Chip) -> None:
    place = Place([Date(chip, "sar")], ONE, 1000, side=8)
    for kind in ("farming", "buffer_strip", "urban_fabric"):
        assert place.ask(kind, random.Random(1), measured=True) is None


def test_captions_inject_few_tokens(vocabulary: Vocabulary, mosaic: Chip) -> None:
    _, made = asked(vocabulary, [Date(mosaic, "optical")], CAPTION, 1)
    assert len(made.marks) == 6
    assert 6 <= sum(source >= 0 for source in made.sources) <= 6 * 16


@pytest.mark.parametrize("dates", [1, 2, 8])
def test_text_samples_have_no_images(vocabulary: Vocabulary, dates: int) -> None:
    for seed in range(300):
        made = text_sample(vocabulary, random.Random(seed), dates)
        assert vocabulary.context_id not in made.ids
        assert max(made.sources) == -1
        assert made.marks
        assert max(mark.date for mark in made.marks) <= dates


@pytest.mark.parametrize("dates", [1, 2])
def test_every_kind_is_drawn(dates: int) -> None:
    rng = random.Random(0)
    mix = MIX if dates == 1 else MIX_OVER_TIME
    assert {draw_kind(dates, rng, captioned=True) for _ in range(5000)} == set(mix)
    assert {draw_kind(dates, rng, captioned=False) for _ in range(5000)} == set(mix) - {CAPTION}


@pytest.mark.parametrize("dates", [1, 2, 8])
def test_what_is_written_can_be_read_back(vocabulary: Vocabulary, dates: int) -> None:
    """Also words that the vocabulary was not made from are spelt from its pieces."""
    for kind in set(MIX if dates == 1 else MIX_OVER_TIME) - {CAPTION}:
        for seed in range(5):
            rng = random.Random(seed)
            phrases = KINDS[kind].phrases or LAND_COVER
            regions = [Region(phrases[which], date, 12.3, 140.2) for which, date in needed(kind, dates, rng)]
            made = compose(kind, regions, Imagined(rng), rng, measured=True, dates=dates, radar=True)
            written = [made.question, *(piece for piece in made.trace if isinstance(piece, str))]
            assert [vocabulary.decode(vocabulary.encode(text)) for text in written] == written
