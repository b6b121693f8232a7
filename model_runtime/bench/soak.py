"""Whether a runtime that is used for long stays as it was: `bench soak`.

It is used in all ways of `soak_mix`, round after round. Now and then it is left alone until it has nothing to do, is
asked a question that is always the same, rests until it has given back what it does not need, and is looked at from
outside: what it holds by then is what it keeps. What is seen while it warms up is told and not judged.
"""

from __future__ import annotations

import http.client
import random
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from ..errors import Cancelled, ModelError
from ..versions import versions
from .served import Seen, Served
from .soak_mix import KINDS, Mix

GROWTH = 0.01
"""of memory, from the end of the warm-up to the end"""
SLOWER = 0.1
"""by what share the median of the last third's times may be above that of the first's; more, where noise is more"""
ENOUGH = 15
"""looks that tell growth by a hundredth from noise"""
_WARM_UP = 0.2
"""of the time, at least"""
_LEAST_LOOKS = 3
_REST_S, _QUIET_S, _LONGEST_S = 0.1, 1.0, 120.0
"""how often and for how long it has to be seen idle"""
_NUMBERS, _REPEATS = 1_000_000, 20


@dataclass(frozen=True)
class Plan:
    """What is done."""

    model: str = "nano"
    device: str = "auto"
    minutes: float = 20.0
    seed: int = 0
    large_px: int = 2064
    """width and height of a scene that is mapped window by window"""
    warm_rounds: int = 2
    """before it is warm: of each kind of use so many"""
    uses_between_looks: int = 6
    rest_s: float = 6.0
    """before a look: by then it has given back what it does not need (`server.jobs`)"""


@dataclass(frozen=True)
class Look:
    """The runtime at a moment when it has nothing to do."""

    at_s: float
    warm: bool
    seen: Seen
    wall_s: float
    """of the question that is always the same"""
    processor_s: float
    yardstick_s: float
    """the processor's seconds of a piece of work of our own, just before and after it"""
    said: list[str]
    temporary: list[str]

    @property
    def time(self) -> float:
        """Of the question, in yardsticks: what else a machine does stretches both."""
        return self.processor_s / self.yardstick_s


@dataclass(frozen=True)
class Bar:
    """What is asked of one figure; `met` is None where there were too few looks to say."""

    name: str
    first: str
    last: str
    found: str
    limit: str
    met: bool | None


def soak(plan: Plan, cancelled: Callable[[], bool], progress: Callable[[float], None]) -> dict[str, Any]:
    """Use a runtime for so many minutes.

    Returns:
        What is written to a file: the plan, every look, the bars.

    Raises:
        ModelError: the runtime did not start, or ended by itself.
        Cancelled: `cancelled` said so.
    """
    with tempfile.TemporaryDirectory(prefix="bench-soak-") as name:
        folder = Path(name)
        served = Served(folder / "served", plan.device)
        try:
            mix = Mix(served, folder, plan.model, plan.seed, plan.large_px)
            looks, uses = _used(plan, served, mix, cancelled, progress)
            left = served.files()
            errors = [line for line in served.log.read_text("utf-8", "replace").splitlines() if " ERROR " in line]
        except (OSError, http.client.HTTPException) as error:
            lines = served.log.read_text("utf-8", "replace").strip().splitlines() or ["its log is empty"]
            raise ModelError(f"The runtime does not answer any more ({error}); its log ends: {lines[-1]}") from error
        finally:
            code = served.end()
    bars = [*_bars([look for look in looks if look.warm]), *_ends(mix.surprises + errors, left, code)]
    return {
        "plan": asdict(plan),
        "versions": versions(),
        "uses": uses,
        "surprises": mix.surprises,
        "errors": errors,
        "left": left,
        "looks": [asdict(look) | {"time": look.time} for look in looks],
        "bars": [asdict(bar) for bar in bars],
        "met": all(bar.met is not False for bar in bars),
    }


def _used(
    plan: Plan, served: Served, mix: Mix, cancelled: Callable[[], bool], progress: Callable[[float], None]
) -> tuple[list[Look], int]:
    """Use it until the time is over, and look at it now and then; the looks, and how often it was used."""
    begin, dice = time.monotonic(), random.Random(plan.seed)  # nosec B311: the same dice each time
    length_s = 60 * plan.minutes
    mix.begin()
    looks: list[Look] = []
    uses = 0
    for number, use in enumerate(_rounds(dice), 1):
        if cancelled():
            raise Cancelled
        mix.do(use)
        uses = number
        passed_s = time.monotonic() - begin
        progress(min(1.0, passed_s / length_s))
        if number % plan.uses_between_looks:
            continue
        warm = passed_s >= _WARM_UP * length_s and number >= plan.warm_rounds * sum(KINDS.values())
        looks.append(_look(served, mix, begin, warm, plan.rest_s))
        if passed_s >= length_s and sum(look.warm for look in looks) >= _LEAST_LOOKS:
            break
    mix.finish()
    _rest(served)
    return looks, uses


def _rounds(dice: random.Random) -> Iterator[Callable[[Mix], None]]:
    """All kinds of use in any order, again and again."""
    while True:
        of_round = [use for use, times in KINDS.items() for _ in range(times)]
        dice.shuffle(of_round)
        yield from of_round


def _look(served: Served, mix: Mix, begin: float, warm: bool, rest_s: float) -> Look:
    _rest(served)
    before_s, own_s = served.processor_s(), _yardstick()
    clock = time.perf_counter()
    said = mix.fixed()
    wall_s, spent_s = time.perf_counter() - clock, served.processor_s() - before_s
    own_s = (own_s + _yardstick()) / 2
    _rest(served)
    time.sleep(rest_s)
    return Look(time.monotonic() - begin, warm, served.look(), wall_s, spent_s, own_s, said, served.temporary_files())


def _rest(served: Served) -> None:
    """Wait until nothing is asked, and the last connections are closed.

    Raises:
        ModelError: it goes on and on.
    """
    deadline, handles, still = time.monotonic() + _LONGEST_S, -1, 0
    while still * _REST_S < _QUIET_S:
        if time.monotonic() > deadline:
            raise ModelError("The runtime has jobs that nobody waits for any more, and they do not end.")
        idle = served.request("GET", "/v1/health")[1]["jobs"] == 0
        time.sleep(_REST_S)  # on a busy machine it takes a while until it has closed that connection
        now = served.handles()
        still = still + 1 if idle and now == handles else 0
        handles = now


def _yardstick() -> float:
    """The processor's seconds of sorting some numbers."""
    numbers = np.random.default_rng(0).random(_NUMBERS)
    begin = time.process_time()
    for _ in range(_REPEATS):
        np.sort(numbers)
    return time.process_time() - begin


def growth(times: Sequence[float], values: Sequence[float]) -> float:
    """By what share of its median a value grew from the first time to the last, by the Theil-Sen line through it.

    Its slope is the median of the slopes between all pairs: a few values that stand out do not move it.
    """
    slopes = [(b - a) / (t - s) for (s, a), (t, b) in combinations(zip(times, values, strict=True), 2)]
    return median(slopes) * (times[-1] - times[0]) / median(values)


def noise(groups: Iterable[Sequence[float]]) -> float:
    """Standard error of the ratio of two groups' medians, as far as values differ within a group.

    By the median absolute deviation (1.4826 of it is a standard deviation), and 1.2533 for a median instead of a mean.
    """
    squares = []
    for values in groups:
        middle = median(values)
        deviation = 1.4826 * median(abs(value - middle) for value in values) / middle
        squares.append((1.2533 * deviation) ** 2 / len(values))
    return sum(squares) ** 0.5


def _bars(looks: Sequence[Look]) -> Iterator[Bar]:
    """What is asked of the looks at a runtime that is warm."""
    third = max(1, len(looks) // 3)
    first, last = looks[:third], looks[-third:]
    times = [look.at_s for look in looks]

    def middle(some: Sequence[Look], of: Callable[[Look], float]) -> float:
        return median(map(of, some))

    for name, of in (
        ("memory of its own, MB", lambda look: look.seen.own_bytes / 1e6),
        ("memory in all, MB", lambda look: look.seen.resident_bytes / 1e6),
    ):
        grown = growth(times, [of(look) for look in looks])
        ends = (f"{middle(some, of):,.1f}" for some in (first, last))
        met = grown < GROWTH if len(looks) >= ENOUGH else None
        yield Bar(name, *ends, f"{100 * grown:+.2f} %", f"+{100 * GROWTH:.0f} %", met)
    for name in ("handles", "threads", "children"):
        counts = [getattr(look.seen, name) for look in looks]
        least, most = min(counts), max(counts)
        yield Bar(name, str(counts[0]), str(counts[-1]), f"{least} to {most}", "the same", least == most)
    ends = [middle(some, lambda look: look.time) for some in (first, last)]
    ratio, limit = ends[1] / ends[0], 1 + max(SLOWER, 2 * noise([look.time for look in some] for some in (first, last)))
    yield Bar(
        "time of the same question, in yardsticks", *(f"{end:.3f}" for end in ends), f"{ratio:.3f} times",
        f"{limit:.2f} times", ratio < limit if len(looks) >= ENOUGH else None,
    )  # fmt: skip
    seconds = (f"{middle(some, lambda look: look.processor_s):.2f}" for some in (first, last))
    yield Bar("the same in the processor's seconds", *seconds, "", "", None)
    said = {tuple(look.said) for look in looks}
    yield Bar("answers to it", "", "", f"{len(said)}", "1", len(said) == 1)
    most = max(len(look.temporary) for look in looks)
    yield Bar("temporary files", "", "", f"{most}", "0", most == 0)


def _ends(surprises: Sequence[str], left: Sequence[str], code: int) -> Iterator[Bar]:
    """What is asked of the whole time, the warm-up with it."""
    yield Bar("uses that ended as they should not", "", "", f"{len(surprises)}", "0", not surprises)
    yield Bar("files left at the end", "", "", f"{len(left)}", "0", not left)
    yield Bar("exit code", "", "", f"{code}", "0", code == 0)


def table(made: dict[str, Any]) -> Iterator[str]:
    """The figures for people."""
    plan, looks = made["plan"], made["looks"]
    warm = sum(look["warm"] for look in looks)
    yield (
        f"{plan['model']}, {looks[-1]['at_s'] / 60:.1f} minutes, seed {plan['seed']}: {made['uses']:,} uses, looked at "
        f"{len(looks)} times, {warm} of them when it was warm"
    )
    yield f"{'':<42}{'first third':>12}{'last third':>12}{'found':>14}{'allowed':>12}"
    for bar in made["bars"]:
        word = {True: "", False: "  MISSED", None: "  not judged" if bar["limit"] else ""}[bar["met"]]
        yield (f"{bar['name']:<42}{bar['first']:>12}{bar['last']:>12}{bar['found']:>14}{bar['limit']:>12}{word}")
    yield from made["surprises"]
    yield from made["errors"]
    yield from made["left"]
