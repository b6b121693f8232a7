"""The options of a question: distractors close to the truth yet a margin away from it, and balanced letters.

The paper (appendix D) wants distractors "numerically close to the ground truth but clearly distinguishable"; its
example is 58 / 65 / 68 / 80 %. Here neighbouring options differ by one to `_WIDEST` margins.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable
from dataclasses import dataclass

OPTIONS = 4
"""Options of a question for a figure."""
_WIDEST = 4.0
_TRIES = 60


@dataclass(frozen=True)
class Margin:
    """How far a distractor is from the truth, at least: the larger of the two.

    Attributes:
        least: in the unit of the figure.
        share: of the truth.
    """

    least: float
    share: float = 0.0

    def of(self, truth: float) -> float:
        """For this truth."""
        return max(self.least, self.share * truth)


def figures(
    truth: float,
    margin: Margin,
    write: Callable[[float], str],
    rng: random.Random,
    below: int,
    least: float = 0.0,
    most: float = math.inf,
) -> tuple[str, ...] | None:
    """Options for a figure, the right one first.

    Args:
        truth: the figure, greater than 0.
        margin: every option but the right one is that far from the truth, and options from one another, as written.
        write: puts a figure into words, which begin with the figure itself.
        rng: what is drawn.
        below: how many distractors are smaller than the truth: dealt evenly, its rank tells nothing.
        least: no option is smaller.
        most: no option is larger.

    Returns:
        `OPTIONS` texts, no two alike; None where there is no room for them.
    """
    step = margin.of(truth)
    above = OPTIONS - 1 - below
    # Where room is short, neighbours stand closer; closer than a margin they may not.
    down = min(_WIDEST, (truth - max(least, step / 4)) / (below * step)) if below else _WIDEST
    up = min(_WIDEST, (most - truth) / (above * step)) if above else _WIDEST
    if min(down, up) < 1:
        return None
    for _ in range(_TRIES):
        smaller = [truth - step * gap for gap in itertools.accumulate(rng.uniform(1, down) for _ in range(below))]
        larger = [truth + step * gap for gap in itertools.accumulate(rng.uniform(1, up) for _ in range(above))]
        texts = (write(truth), *map(write, smaller), *map(write, larger))
        values = sorted(map(figure_of, texts[1:]))
        apart = all(abs(one - truth) >= step for one in values)
        if apart and all(b - a >= 0.75 * step for a, b in zip(values, values[1:], strict=False)):
            return texts
    return None


def figure_of(text: str) -> float:
    """The figure that an option begins with."""
    return float(text.split()[0].rstrip("%").replace(",", ""))


def shown(value: float) -> str:
    """Three significant digits, with commas: '0.04', '12.3', '1,400,000'."""
    if value == 0:
        return "0"
    decimals = max(0, 2 - math.floor(math.log10(abs(value))))
    rounded = round(value, 2 - math.floor(math.log10(abs(value))))
    text = f"{rounded:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def balanced(count: int, kinds: int, rng: random.Random) -> list[int]:
    """Numbers below `kinds` in drawn order, each as often as any other, give or take one."""
    dealt = [number % kinds for number in range(count)]
    rng.shuffle(dealt)
    return dealt


def placed(texts: tuple[str, ...], at: int, rng: random.Random) -> tuple[str, ...]:
    """The options in drawn order, the first of `texts` at position `at`."""
    others = rng.sample(texts[1:], len(texts) - 1)
    return (*others[:at], texts[0], *others[at:])
