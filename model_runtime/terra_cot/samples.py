"""From a labelled place to its samples: which images are shown, what is asked of them, and the traces that answer.

For each image two to four of the six tasks of level 1, at least one of which needs pixels; two or three questions of
level 2; a caption (paper appendix E.2). What is drawn follows from the random stream alone.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ..measure.words import PARTS_SIZE, number
from .captions import caption, largest
from .facts import Facts, Sensors, View
from .l1 import L1, TASKS, Kind
from .l2 import L2
from .records import Record
from .templates import IN_RADAR, QUESTIONS, agree, countable, moments, sentence
from .traces import Ground, Region, Sample, Trace
from .vocabulary import SINGULAR, is_plural, synonyms

KINDS: dict[str, Kind] = {**L1, **L2}
"""Every kind of question with its writer."""
REACHES_M = (50, 100, 200, 300, 500, 1000, 2000)
"""Distances that are asked about."""

# How places with both sensors are shown; and how many of the places with several dates are shown through radar too.
_SENSORS = {"optical": 45, "sar": 15, "both": 40}
_RADAR_AT_SOME = 1 / 3
# How often an existence question is about something that is not there, and any question about a class that is.
_ABSENT, _THERE = 0.35, 0.9
_TRIES = 6


@dataclass(frozen=True)
class Composed:
    """A sample with what it is about.

    Attributes:
        sample: question, trace, answer.
        shown: of each date of the question its place in `record.dates` and its sensors; `Region.image` counts these.
        masks: bool (H, W), one per [SEG], in order.
    """

    sample: Sample
    shown: tuple[tuple[int, Sensors], ...]
    masks: tuple[np.ndarray, ...]


def needed(kind: str, dates: int, rng: random.Random) -> list[tuple[int, int]]:
    """What a question of one kind is about, in the order in which its writer takes it.

    Args:
        kind: a key of `KINDS`; several dates are needed for those over time.
        dates: how many there are.
        rng: chooses the date of a question about one date.

    Returns:
        Which class (0 is the first that is asked about) at which 1-based date.
    """
    rule = KINDS[kind]
    if rule.dates == "across":
        return [(0, 1), (1, dates)]
    if rule.dates == "one":
        at = [rng.randint(1, dates)]
    else:
        at = [1, dates] if rule.dates == "ends" else list(range(1, dates + 1))
    return [(which, date) for which in range(rule.classes) for date in at]


def compose(
    kind: str, regions: Sequence[Region], ground: Ground, rng: random.Random, *, measured: bool, dates: int = 1,
    radar: bool = False,
) -> Sample:  # fmt: skip
    """Question, trace and answer of one kind.

    Args:
        kind: a key of `KINDS`.
        regions: what it is about, as `needed` lists it.
        ground: how regions lie to one another.
        rng: source of all variation.
        measured: whether exact measures stand behind each [SEG]; without them figures are rounded estimates.
        dates: how many dates there are; when several, the trace says before each [SEG] at which one it looks.
        radar: whether the only image is a radar image; now and then the question says so.
    """
    rule = KINDS[kind]
    question = _ask(kind, list(dict.fromkeys(region.phrase for region in regions)), regions[0].image, rng, dates, radar)
    trace = Trace(question, measured, dates, ground)
    answer = rule.write(trace, *regions)
    return Sample(rule.level, kind, question, trace.finish(answer), answer, measured)


def _ask(kind: str, phrases: Sequence[str], date: int, rng: random.Random, dates: int, radar: bool) -> str:
    """One wording of a question."""
    wording = rng.choice(QUESTIONS[kind])
    words = {}
    for letter, phrase in zip("abc", phrases, strict=False):
        bare = re.search(rf"(?<!the )(?<!nearest )\{{{letter}\}}", wording)
        words[letter] = rng.choice([word for word in synonyms(phrase) if not (bare and word in SINGULAR)])
    counted = rng.choice(countable(phrases[0]))[1] if "{n}" in wording else ""
    text = wording.format(**words, n=counted, m=rng.choice(REACHES_M) if "{m}" in wording else "", s=PARTS_SIZE)
    text = agree(text, filter(is_plural, words.values()))
    if dates > 1 and not KINDS[kind].over_time:
        # Where one date is meant and none is named, it is the newest; how large a class is, is then told of each.
        silent = date == dates and kind not in ("coverage", "area") and rng.random() < 0.3
        text = text if silent else _placed(text, rng.choice(moments(date, dates)), rng)
    elif dates == 1 and radar and rng.random() < 0.08:
        text = _placed(text, rng.choice(IN_RADAR), rng)
    dice = rng.random()
    if dice < 0.1:
        return text.lower()
    return text.rstrip("?.") if dice < 0.2 else text


def _placed(question: str, where: str, rng: random.Random) -> str:
    """A question that says at its end or its beginning which image it is about."""
    text, end = re.sub(r" in (?:the|this) (?:image|scene)(?=[?.]$)", "", question), question[-1]
    if rng.random() < 0.3:
        return f"{sentence(where)}, {text[:1].lower()}{text[1:]}"
    return f"{text.removesuffix(end)} {where}{end}"


def compose_samples(
    record: Record,
    rng: random.Random,
    traces: Literal["measured", "plain", "both"] = "both",
    reword: Callable[[Sample, Facts], Sample] | None = None,
) -> list[Composed]:
    """Everything that is asked of a place in one round.

    Args:
        record: the place.
        rng: what is drawn; another stream asks other things of the same images.
        traces: whether exact measures stand behind each [SEG], or of which half of the questions.
        reword: puts a caption in other words.

    Returns:
        The source's own questions, a caption, questions of level 1 and of level 2, in this order. Only the first where
        its labels tell nothing for certain.
    """
    shown = draw_shown(record, rng)
    brought = [
        Composed(
            Sample("source", asked.task, asked.question, (f"<answer>{asked.answer}</answer>",), asked.answer, False),
            ((0, "optical"),),
            (),
        )
        for asked in record.brought
    ]
    facts = Facts([View(record.dates[date], sensors, record.classes) for date, sensors in shown], record.classes)
    if not facts.phrases:
        return brought

    def measured() -> bool:
        return rng.random() < 0.5 if traces == "both" else traces == "measured"

    samples = [caption(facts, rng, measured=measured())] if largest(facts, [1, len(shown)]) else []
    samples = [reword(sample, facts) for sample in samples] if reword else samples
    samples += _level(_draw_l1(len(shown), rng), rng.randint(2, 4), facts, shown, rng, measured)
    spatial = _shuffled([kind for kind, rule in L2.items() if rule.level == "L2-Spatial"], rng)
    semantic = _shuffled([kind for kind, rule in L2.items() if rule.level == "L2-Semantic"], rng)
    samples += _level(spatial, rng.randint(1, 2), facts, shown, rng, measured)
    samples += _level(semantic, 1, facts, shown, rng, measured)
    return brought + [
        Composed(sample, shown, tuple(facts.mask(region.phrase, region.image) for region in sample.regions))
        for sample in samples
    ]


def draw_shown(record: Record, rng: random.Random) -> tuple[tuple[int, Sensors], ...]:
    """Which dates of a place are shown through which sensors."""
    there = [
        (any(scene.present), scene.sar is not None and bool(np.isfinite(scene.sar).any())) for scene in record.dates
    ]
    some = len(there) == 1 or rng.random() < _RADAR_AT_SOME
    shown = []
    for date, (optical, radar) in enumerate(there):
        drawn = rng.choices(list(_SENSORS), list(_SENSORS.values()))[0] if some else "optical"
        shown.append((date, drawn if optical and radar else "optical" if optical else "sar"))
    return tuple(shown)


def present(facts: Facts) -> list[str]:
    """Phrases that some of the images have enough of to speak of."""
    return [p for p in facts.phrases if any(facts.region(p, k + 1).present for k in range(len(facts.views)))]


def _shuffled(kinds: Sequence[str], rng: random.Random) -> list[str]:
    return rng.sample(list(kinds), len(kinds))


def _draw_l1(dates: int, rng: random.Random) -> list[str]:
    """One kind of each task, in drawn order; the first needs pixels: change where it can be seen, never existence."""
    tasks = _shuffled(TASKS, rng)
    if dates > 1:
        tasks.insert(0, "change")
    elif tasks[0] == "existence":
        tasks[0], tasks[1] = tasks[1], tasks[0]
    return [rng.choice([kind for kind, rule in L1.items() if rule.task == task]) for task in tasks]


def _level(
    kinds: Sequence[str],
    count: int,
    facts: Facts,
    shown: Sequence[tuple[int, Sensors]],
    rng: random.Random,
    measured: Callable[[], bool],
) -> list[Sample]:
    """The first `count` of some kinds that the place has something for."""
    samples: list[Sample] = []
    for kind in kinds:
        if len(samples) == count:
            break
        mode = measured()
        regions = choose(kind, facts, rng, mode)
        if regions is not None:
            alone = [sensors for _, sensors in shown] == ["sar"]
            samples.append(compose(kind, regions, facts, rng, measured=mode, dates=len(facts.views), radar=alone))
    return samples


def choose(kind: str, facts: Facts, rng: random.Random, measured: bool) -> list[Region] | None:
    """The regions of a question, mostly of classes that are there; None where the place has nothing for it.

    Args:
        kind: a key of `KINDS`.
        facts: of the place.
        rng: source of all variation.
        measured: whether the trace will have measures.
    """
    rule, dates = KINDS[kind], len(facts.views)
    if (rule.over_time and dates < 2) or (rule.measured_only and not measured) or rule.classes > len(facts.phrases):
        return None
    if not set(rule.phrases) <= set(facts.phrases):
        return None
    there = present(facts)
    for _ in range(_TRIES):
        phrases = list(rule.phrases) or _phrases(kind, rule.classes, facts, there, rng)
        regions = [facts.region(phrases[which], date) for which, date in needed(kind, dates, rng)]
        if rule.present and not all(region.area_ha for region in regions):
            continue
        # A rule about classes of its own needs at least one of them to be there.
        if rule.phrases and not any(region.present for region in regions):
            continue
        figures = {number(region.coverage_pct) if measured else round(region.coverage_pct) for region in regions}
        if rule.distinct and len(figures) < len(regions):
            continue
        return regions
    return None


def _phrases(kind: str, count: int, facts: Facts, there: list[str], rng: random.Random) -> list[str]:
    """So many different classes: of those that are there, most of the time."""
    absent = [phrase for phrase in facts.phrases if phrase not in there]
    if kind == "presence":
        pool = absent if absent and (not there or rng.random() < _ABSENT) else there
        return [rng.choice(pool)]
    chosen: list[str] = []
    for _ in range(count):
        left = [phrase for phrase in there if phrase not in chosen]
        other = [phrase for phrase in absent if phrase not in chosen]
        pool = left if left and (not other or rng.random() < _THERE) else other or left
        chosen.append(rng.choice(pool))
    return chosen
