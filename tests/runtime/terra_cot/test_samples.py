"""What is asked of a place: the right mix, and every answer found again from the masks by another way."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from model_runtime.measure.claims import check, parse_claims
from model_runtime.measure.words import Asked, asked
from model_runtime.model.phrases import phrase_before_mark
from model_runtime.protocol import Distance, Step
from model_runtime.terra_cot.l1 import L1, TASKS
from model_runtime.terra_cot.l2 import L2, RULES
from model_runtime.terra_cot.records import BroughtQuestion, Record
from model_runtime.terra_cot.samples import KINDS, Composed, compose_samples
from model_runtime.terra_cot.scenes import CLASSES, LabelledScene
from model_runtime.terra_cot.templates import QUESTIONS
from model_runtime.terra_cot.traces import Measured, Seg
from model_runtime.terra_cot.vocabulary import BUILDING_CLASSES, LAND_COVER_CLASSES, synonyms

from .recompute import ANSWERS, Answerer, Marked

SIZE = 20


def random_labels(rng: np.random.Generator, codes: int) -> np.ndarray:
    """Patches of a few classes with ragged borders, specks and empty ground; uint8 (SIZE, SIZE)."""
    count = int(rng.integers(1, 7))
    seeds = rng.uniform(0, SIZE, (count, 2))
    owner = rng.integers(1, codes + 1, count).astype(np.uint8)
    rows, cols = np.mgrid[:SIZE, :SIZE]
    far = [(rows - r + rng.normal(0, 1)) ** 2 + (cols - c) ** 2 + rng.normal(0, 3, (SIZE, SIZE)) for r, c in seeds]
    labels = owner[np.argmin(far, axis=0)]
    if rng.random() < 0.4:
        at = rng.random((SIZE, SIZE)) < 0.03
        labels[at] = rng.integers(1, codes + 1, int(at.sum()))
    return labels


def random_record(seed: int) -> Record:
    """A place on one to four dates, of land cover or of buildings, with or without radar."""
    rng = np.random.default_rng(seed)
    dates = int(rng.choice([1, 1, 2, 4]))
    buildings = dates > 1 and rng.random() < 0.2
    pixel_size_m = float(rng.choice([10.0, 20.0, 2.0, 30.0]))
    radar = not buildings and rng.random() < 0.5
    scenes = []
    for _ in range(dates):
        labels = random_labels(rng, 4 if buildings else len(CLASSES))
        if buildings:
            labels[rng.random(labels.shape) < 0.4] = 5  # ground without buildings
        scenes.append(
            LabelledScene(
                rng.uniform(0.01, 1, (3, SIZE, SIZE)).astype(np.float32), labels, pixel_size_m, (True,) * 3, True, None,
                "somewhere", names=("red", "green", "blue"),
                surface=np.where(labels == len(CLASSES), 1, labels).astype(np.uint8) if radar else None,
                sar=rng.normal(-10, 3, (2, SIZE, SIZE)).astype(np.float32) if radar else None,
            )
        )  # fmt: skip
    return Record("test", str(seed), "x", tuple(scenes), BUILDING_CLASSES if buildings else LAND_COVER_CLASSES)


def marks(made: Composed) -> list[Marked]:
    return [
        Marked(region.phrase, region.image, mask) for region, mask in zip(made.sample.regions, made.masks, strict=True)
    ]


@pytest.fixture(scope="module")
def many() -> list[tuple[Record, list[Composed]]]:
    """Two thousand random places and all that is asked of them."""
    records = [random_record(seed) for seed in range(2000)]
    return [(record, compose_samples(record, random.Random(int(record.name)))) for record in records]


def test_every_answer_is_found_again_from_the_masks(many: list[tuple[Record, list[Composed]]]) -> None:
    checked: Counter[str] = Counter()
    for record, samples in many:
        for made in samples:
            sample = made.sample
            if sample.level == "caption":
                continue
            found = Answerer(sample.question, marks(made), sample.measured, record.dates[0].pixel_size_m)
            answer = sample.answer
            if sample.kind == "count":
                answer, noun = answer.split(" ", 1)
                assert answer == "1" or noun in sample.question.lower()
            assert found.answer(sample.kind) == answer, (record.name, sample)
            checked[sample.kind] += 1
    assert set(checked) == set(KINDS) == set(ANSWERS)
    assert min(checked.values()) >= 10
    assert sum(checked.values()) > 9000


def test_every_measure_in_a_trace_is_that_of_its_mask(many: list[tuple[Record, list[Composed]]]) -> None:
    """All that stands behind a [SEG], word by word."""
    told: Counter[str] = Counter()
    for record, samples in many[:700]:
        for made in samples:
            seen: list[Marked] = []
            pieces = list(made.sample.trace)
            for before, piece in zip(pieces, pieces[1:], strict=False):
                if not isinstance(piece, Measured):
                    continue
                assert isinstance(before, Seg)
                mark = marks(made)[len(seen)]
                x = Answerer(made.sample.question, [mark], True, record.dates[0].pixel_size_m)
                share, *rest = piece.text.split("; ")
                square = f", {x.answer('area_m2')}" if made.sample.kind == "area_m2" else ""
                assert share == f"{x.pct(mark)}, {x.ha(mark)}{square}"
                for text in rest:
                    told[_retell_compared(x, text, mark, seen) or _retell(x, text, mark, seen)] += 1
                seen.append(mark)
    assert set(told) == {
        "parts", "part size", "where", "relation", "edge", "within", "direction",
        "difference", "change", "ranking", "mean",
    }  # fmt: skip


def _retell_compared(x: Answerer, text: str, mark: Marked, seen: list[Marked]) -> str | None:
    """Check what regions come to together; returns what was told, None where it was nothing of the kind."""
    if found := re.fullmatch(r"(\d+) parts? of ([\d.]+) ha on average", text):
        assert int(found[1]) == x.parts(mark.mask)
        assert found[2] == x.figure(float(x.value(x.ha(mark)) / int(found[1])))
        return "part size"
    if found := re.fullmatch(r"([\d.]+) (ha|points) (more|less) than (?:in image (\d+)|([a-z -]+))", text):
        if found[4]:
            other = next(m for m in seen if m.phrase == mark.phrase and m.image == int(found[4]))
            assert other == next(m for m in seen if m.phrase == mark.phrase)
        else:
            other = next(m for m in reversed(seen) if m.image == mark.image and m.phrase != mark.phrase)
            assert other.phrase == found[5]
        now, then = (x.ha(m) if found[2] == "ha" else x.pct(m) for m in (mark, other))
        assert found[1] == x.apart(now, then)
        assert found[3] == ("less" if x.value(now) < x.value(then) else "more")
        return "change" if found[4] else "difference"
    if text.startswith("from the largest: "):
        ranked = [next(m for m in (*seen, mark) if m.phrase == name) for name in text[18:].split(", ")]
        assert {m.phrase for m in ranked} == {m.phrase for m in (*seen, mark)}
        counts = [x.count(m.mask) for m in ranked]
        assert counts == sorted(counts, reverse=True)
        return "ranking"
    if found := re.fullmatch(r"mean of (\d+) images ([\d.]+) (ha|%)", text):
        dates = [m for m in (*seen, mark) if m.phrase == mark.phrase]
        assert len(dates) == int(found[1])
        values = [x.value(x.ha(m) if found[3] == "ha" else x.pct(m)) for m in dates]
        assert found[2] == x.figure(float(sum(values) / len(values)))
        return "mean"
    return None


def _retell(x: Answerer, text: str, mark: Marked, seen: list[Marked]) -> str:
    """Check one part of a measure; returns what it told."""
    if re.fullmatch(r"(\d+|no) parts?", text):
        assert int(text.split()[0].replace("no", "0")) == x.parts(mark.mask)
        return "parts"
    found = re.fullmatch(
        r"(?P<far>\d+) m from (?P<phrase>[a-z -]+), (?P<contact>(?:no )?contact)(?:, (?P<edge>[\d.]+) % of its edge)?"
        r"(?:, (?P<within>[\d.]+) % within (?P<reach>\d+) m)?(?:, (?P<direction>[a-z-]+) of it)?",
        text,
    )
    if not found:
        assert text == x.where(mark.mask)
        return "where"
    others = [m for m in seen if m.phrase != mark.phrase]
    other = next((m for m in reversed(others) if m.image == mark.image), seen[0])
    assert other.phrase == found["phrase"]
    assert f"{found['far']} m" == x.gap(mark, other)
    assert (found["contact"] == "contact") == x.touch(mark.mask, other.mask)
    if found["edge"]:
        assert found["edge"] == x.figure(x.edge_share(mark.mask, other.mask))
        return "edge"
    if found["within"]:
        x.question = f"within {found['reach']} m"
        assert found["within"] == x.figure(x.within(mark, other))
        return "within"
    if found["direction"]:
        assert found["direction"] == x.direction(mark.mask, other.mask)
        return "direction"
    return "relation"


def test_every_mark_has_its_mask_and_its_name_before_it(many: list[tuple[Record, list[Composed]]]) -> None:
    for record, samples in many:
        for made in samples:
            sample = made.sample
            assert sample.text.count("[SEG]") == len(made.masks) == len(sample.regions) >= 1
            for region, mask in zip(sample.regions, made.masks, strict=True):
                date, sensors = made.shown[region.image - 1]
                scene = record.dates[date]
                below = sensors == "sar" or (sensors == "both" and region.phrase != "cloud")
                codes = scene.surface if below and scene.surface is not None else scene.labels
                np.testing.assert_array_equal(mask, np.isin(codes, record.classes[region.phrase]))
            for before, piece in zip(sample.trace, sample.trace[1:], strict=False):
                if isinstance(piece, Seg):
                    assert phrase_before_mark(re.sub(r"Image:\s*\d+", " ", before)) == piece.region.phrase
                    told = re.findall(r"Image: (\d+)", before)
                    assert told == ([str(piece.region.image)] if len(made.shown) > 1 else [])


def test_captions_say_what_the_masks_say(many: list[tuple[Record, list[Composed]]]) -> None:
    """Every percentage is that of a region, every place and every contact holds."""
    looked = 0
    for record, samples in many:
        for made in samples:
            if made.sample.level != "caption":
                continue
            x = Answerer("", [], made.sample.measured, record.dates[0].pixel_size_m)
            shares = {x.pct(mark) for mark in marks(made)}
            told = re.findall(r"(?:about |less than )?[\d.]+ %", made.sample.answer)
            assert set(told) <= shares
            if len(made.shown) == 1:
                by_phrase = {mark.phrase: mark for mark in marks(made)}
                for one, other in re.findall(r"The ([a-z -]+?) borders? the ([a-z -]+)\.", made.sample.answer):
                    assert x.touch(by_phrase[one].mask, by_phrase[other].mask)
                for mark in marks(made):
                    assert x.where(mark.mask) in made.sample.text
            looked += 1
    assert looked > 1500


def test_each_place_is_asked_two_to_four_tasks_one_of_which_needs_pixels(
    many: list[tuple[Record, list[Composed]]],
) -> None:
    seen: Counter[str] = Counter()
    for _, samples in many:
        levels = Counter(made.sample.level for made in samples)
        tasks = [L1[made.sample.kind].task for made in samples if made.sample.level == "L1"]
        assert 2 <= len(tasks) <= 4 and len(set(tasks)) == len(tasks)
        assert any(task != "existence" for task in tasks)
        assert levels["L2-Spatial"] + levels["L2-Semantic"] <= 3
        seen.update(tasks)
    assert set(seen) == {*TASKS, "change"}


def test_the_same_stream_asks_the_same(many: list[tuple[Record, list[Composed]]]) -> None:
    for record, samples in many[:50]:
        again = compose_samples(record, random.Random(int(record.name)))
        assert [made.sample for made in again] == [made.sample for made in samples]
    first, second = ([m.sample.question for m in compose_samples(many[0][0], random.Random(seed))] for seed in (0, 1))
    assert first != second


@pytest.mark.parametrize("traces", ["measured", "plain"])
def test_traces_are_of_the_form_that_is_asked_for(traces: str) -> None:
    for seed in range(100):
        for made in compose_samples(random_record(seed), random.Random(seed), traces):
            assert made.sample.measured is (traces == "measured")
            assert any(isinstance(piece, Measured) for piece in made.sample.trace) is (traces == "measured")


FACTS = {
    "area_m2": {"area_m2": True},
    "difference": {"difference": "points"}, "difference_area": {"difference": "ha"},
    "change_by": {"difference": "ha"}, "mean": {"mean": "ha"}, "mean_coverage": {"mean": "points"},
    "rank": {"ranking": True},
    "count": {"parts": True}, "fragmentation": {"parts": True, "part_size": True}, "damage_count": {"parts": True},
    "damage_rate": {"parts": True}, "location": {"where": True}, "direction": {"direction": True},
    "north_of": {"direction": True}, "south_of": {"direction": True}, "east_of": {"direction": True},
    "west_of": {"direction": True}, "within": {"within_m": 200.0}, "within_share": {"within_m": 200.0},
    "green_space": {"within_m": 300.0}, "enclosed": {"edge": True}, "edge_share": {"edge": True},
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_asks_for_what_its_trace_tells(kind: str) -> None:
    """By its words alone, as the runtime reads them, whatever the classes are called."""
    wanted = replace(Asked(), **FACTS.get(kind, {}))
    for wording in QUESTIONS[kind]:
        for phrase in LAND_COVER_CLASSES:
            for word in synonyms(phrase):
                question = wording.format(a=word, b=word, c=word, n=f"patches of {word}", m=200, s="4 pixels or more")
                assert asked(question) == wanted, question


def test_twenty_wordings_a_task() -> None:
    for task in TASKS:
        wordings = {text for kind, rule in L1.items() if rule.task == task for text in QUESTIONS[kind]}
        assert len(wordings) >= 20, task


def test_every_semantic_kind_has_its_rule_and_its_source() -> None:
    assert set(RULES) == {kind for kind, rule in L2.items() if rule.level == "L2-Semantic"}
    assert all(rule.says and rule.source for rule in RULES.values())


def test_the_runtime_agrees_with_the_figures_of_the_answers(many: list[tuple[Record, list[Composed]]]) -> None:
    """What a model that learnt these answers claims is held against the masks without complaint."""
    looked = 0
    for record, samples in many:
        for made in samples:
            sample = made.sample
            if not sample.measured or len(made.shown) > 1 or sample.kind not in ("area", "coverage", "area_m2"):
                continue
            (mark,) = marks(made)
            x = Answerer("", [mark], True, record.dates[0].pixel_size_m)
            step = Step(
                index=1, phrase=mark.phrase, image=1, area_ha=x.hectares(mark), area_uncertainty_ha=0,
                coverage_pct=x.coverage(mark), pixels=1, score=1, tokens=1, layer="",
            )  # fmt: skip
            none: list[Distance] = []
            (claim,) = check(parse_claims(sample.answer), [step], none)
            assert claim.agrees, sample.answer
            looked += 1
    assert looked > 100


def test_nothing_is_asked_of_a_class_that_is_not_known_everywhere() -> None:
    record = random_record(3)
    scene = record.dates[0]
    known = np.full(scene.labels.shape, 1 << (3 - 1), np.uint16)
    known[:, :10] = (1 << (3 - 1)) | (1 << (4 - 1))  # half of it is cropland or grassland, nobody knows which
    labels = np.where(np.arange(SIZE)[None] < 10, 0, 3).astype(np.uint8) * np.ones((SIZE, 1), np.uint8)
    weak = replace(record, dates=(replace(scene, labels=labels, allowed=known, surface=None, sar=None),))
    weak = replace(weak, classes=LAND_COVER_CLASSES)
    phrases = {
        r.phrase for seed in range(40) for m in compose_samples(weak, random.Random(seed)) for r in m.sample.regions
    }
    assert phrases and not phrases & {"cropland", "grassland"}


def test_a_place_without_labels_has_only_the_questions_it_brings() -> None:
    record = random_record(0)
    blank = replace(record.dates[0], labels=np.zeros((SIZE, SIZE), np.uint8), surface=None, sar=None)
    brought = (BroughtQuestion("How many roads are there?", "3", "count"),)
    (made,) = compose_samples(replace(record, dates=(blank,), classes={}, brought=brought), random.Random(0))
    assert (made.sample.question, made.sample.answer, made.sample.level) == ("How many roads are there?", "3", "source")
    assert made.masks == () and made.sample.text == "<answer>3</answer>"
