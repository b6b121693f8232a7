"""Answers worked out backwards: from the kind of question, its words and the marked masks, by loops over pixels.

Nothing of the code that writes questions and traces is used here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np


@dataclass(frozen=True)
class Marked:
    """A [SEG]: what the trace calls it, at which date, and its mask."""

    phrase: str
    image: int
    mask: np.ndarray


class Answerer:
    """Works out the answer of one question.

    Args:
        question: its words.
        marks: in the order of the trace.
        measured: whether figures are exact.
        pixel_size_m: of the square pixels.
    """

    def __init__(self, question: str, marks: Sequence[Marked], measured: bool, pixel_size_m: float) -> None:
        self.question, self.marks, self.measured, self.pixel_size_m = question, marks, measured, pixel_size_m

    # figures
    def count(self, mask: np.ndarray) -> int:
        return sum(1 for row in mask.tolist() for value in row if value)

    def coverage(self, mark: Marked) -> float:
        return 100 * self.count(mark.mask) / mark.mask.size

    def figure(self, value: float) -> str:
        if value == 0:
            return "0"
        if value >= 100:
            return f"{value:.0f}"
        if value >= 1:
            return f"{value:.1f}".removesuffix(".0")
        text = f"{max(value, 0.01):.2f}"
        return text.rstrip("0").rstrip(".")

    def share(self, value: float) -> str:
        if self.measured:
            return f"{self.figure(value)} %"
        if value and round(value) == 0:
            return "less than 1 %"
        return f"about {round(value)} %"

    def pct(self, mark: Marked) -> str:
        return self.share(self.coverage(mark))

    def hectares(self, mark: Marked) -> float:
        return self.count(mark.mask) * self.pixel_size_m**2 / 10_000

    def ha(self, mark: Marked) -> str:
        return f"{self.figure(self.hectares(mark))} ha" if self.measured else self.pct(mark)

    def value(self, text: str) -> Fraction:
        if text.startswith("less than"):
            return Fraction(1, 2)
        return Fraction(re.search(r"\d+(?:\.\d+)?", text)[0])

    def apart(self, one: str, other: str) -> str:
        """The difference of two figures, with as many decimals as the finer of them."""
        if self.value(one) == self.value(other):
            return "0"
        decimals = max(len(text.split()[0].partition(".")[2]) for text in (one, other))
        return f"{float(abs(self.value(one) - self.value(other))):.{decimals}f}"

    # geometry
    def pixels(self, mask: np.ndarray) -> list[tuple[int, int]]:
        return [(r, c) for r, row in enumerate(mask.tolist()) for c, value in enumerate(row) if value]

    def gaps(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """Metres from each pixel of one mask to the nearest pixel square of the other."""
        a, b = np.array(self.pixels(one)), np.array(self.pixels(other))
        apart = np.maximum(np.abs(a[:, None] - b[None]) - 1, 0) * self.pixel_size_m
        return np.sqrt((apart**2).sum(-1)).min(1)

    def touch(self, one: np.ndarray, other: np.ndarray) -> bool:
        there = set(self.pixels(other))
        return any(
            at in there for r, c in self.pixels(one) for at in ((r, c), (r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1))
        )

    def parts(self, mask: np.ndarray) -> int:
        left, count = set(self.pixels(mask)), 0
        while left:
            todo, size = [left.pop()], 0
            while todo:
                r, c = todo.pop()
                size += 1
                for at in ((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)):
                    if at in left:
                        left.remove(at)
                        todo.append(at)
            count += size >= 4
        return count

    def edge_share(self, mask: np.ndarray, other: np.ndarray) -> float:
        inside, beyond = set(self.pixels(mask)), set(self.pixels(other))
        height, width = mask.shape
        edges = [
            (r + i, c + j)
            for r, c in inside
            for i, j in ((0, 1), (0, -1), (1, 0), (-1, 0))
            if (r + i, c + j) not in inside and 0 <= r + i < height and 0 <= c + j < width
        ]
        return 100 * sum(at in beyond for at in edges) / len(edges) if edges else 0.0

    def direction(self, one: np.ndarray, other: np.ndarray) -> str:
        a, b = self.pixels(one), self.pixels(other)
        north = sum(r for r, _ in b) / len(b) - sum(r for r, _ in a) / len(a)
        east = sum(c for _, c in a) / len(a) - sum(c for _, c in b) / len(b)
        if math.hypot(north, east) < 0.5:
            return ""
        degrees = math.degrees(math.atan2(east, north)) % 360  # clockwise from north
        names = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west", "north"]
        return names[int((degrees + 22.5) // 45)]

    def where(self, mask: np.ndarray) -> str:
        height, width = mask.shape
        top, left = round(height / 3), round(width / 3)
        cells: dict[tuple[int, int], int] = {(i, j): 0 for i in range(3) for j in range(3)}
        for r, c in self.pixels(mask):
            cells[(r >= top) + (r >= height - top), (c >= left) + (c >= width - left)] += 1
        total = sum(cells.values())
        if not total:
            return ""
        names = {(i, j): ("north", "", "south")[i] + ("west", "", "east")[j] for i in range(3) for j in range(3)}
        names = {at: re.sub("(north|south)(east|west)", r"\1-\2", name) or "centre" for at, name in names.items()}
        full = sorted(cells, key=lambda at: (-cells[at], at))
        if cells[full[0]] >= 0.6 * total:
            return f"in the {names[full[0]]}"
        for name, side in (
            ("northern", [(0, j) for j in range(3)]), ("southern", [(2, j) for j in range(3)]),
            ("western", [(i, 0) for i in range(3)]), ("eastern", [(i, 2) for i in range(3)]),
        ):  # fmt: skip
            held = [cells[at] for at in side]
            if sum(held) >= 0.75 * total and min(held) >= 0.12 * total:
                return f"along the {name} edge"
        there = self.pixels(mask)
        for name, inside in (
            ("northern", lambda r, _: r < height // 2), ("southern", lambda r, _: r >= height - height // 2),
            ("western", lambda _, c: c < width // 2), ("eastern", lambda _, c: c >= width - width // 2),
        ):  # fmt: skip
            if sum(inside(r, c) for r, c in there) >= 0.75 * total:
                return f"in the {name} half"
        if cells[full[0]] / total + cells[full[1]] / total >= 0.6:
            return f"in the {names[full[0]]} and the {names[full[1]]}"
        return "all over the image" if min(cells.values()) >= 0.04 * total else "in several places"

    def gap(self, one: Marked, other: Marked) -> str:
        touch = self.touch(one.mask, other.mask)
        far = 0.0 if touch else float(self.gaps(one.mask, other.mask).min())
        if self.measured:
            return "0 m" if far == 0 else f"{max(1, round(far))} m"
        return "0 m" if touch else "not known without measuring"

    def reach(self) -> float:
        found = re.search(r"(\d+) (?:m|metres)\b", self.question)
        return float(found[1])

    def within(self, one: Marked, other: Marked) -> float:
        if not self.count(one.mask) or not self.count(other.mask):
            return 0.0
        gaps = self.gaps(one.mask, other.mask)
        return 100 * int((gaps <= self.reach()).sum()) / len(gaps)

    def growth(self, first: Marked, last: Marked) -> int:
        if self.ha(first) == self.ha(last):
            return 0
        return 1 if self.count(last.mask) > self.count(first.mask) else -1

    def empty(self, *marks: Marked) -> str | None:
        return next((f"no {mark.phrase}" for mark in marks if not self.count(mark.mask)), None)

    def answer(self, kind: str) -> str:
        return ANSWERS[kind](self, *self.marks)


def _border(x: Answerer, a: Marked, b: Marked) -> str:
    return "Yes" if x.touch(a.mask, b.mask) else "No"


def _balance(word: str, sign: int, none: str) -> Callable[..., str]:
    def work(x: Answerer, a: Marked, b: Marked) -> str:
        return f"{word if x.growth(a, b) == sign else none}, from {x.ha(a)} to {x.ha(b)}"

    return work


def _extreme(sign: int) -> Callable[..., str]:
    def work(x: Answerer, *marks: Marked) -> str:
        best = marks[0]
        for mark in marks[1:]:
            best = mark if x.growth(best, mark) == sign else best
        if not any(x.count(mark.mask) for mark in marks):
            return f"no {best.phrase}"
        return f"image {best.image} with {x.ha(best)}"

    return work


def _difference(x: Answerer, a: Marked, b: Marked) -> str:
    first, second = x.value(x.pct(a)), x.value(x.pct(b))
    if first == second:
        return "no difference"
    points = f"{float(abs(first - second)):.2f}"
    decimals = max(len(x.pct(m).split(" ")[-2].partition(".")[2]) for m in (a, b))
    if any(x.pct(m).startswith("less") for m in (a, b)):
        decimals = 1
    return f"{(a if first > second else b).phrase} by {float(points):.{decimals}f} points"


def _larger_by(x: Answerer, a: Marked, b: Marked) -> str:
    if x.ha(a) == x.ha(b):
        return "no difference"
    return f"{max(a, b, key=lambda m: x.value(x.ha(m))).phrase} by {x.apart(x.ha(a), x.ha(b))} ha"


def _change_by(x: Answerer, a: Marked, b: Marked) -> str:
    if x.ha(a) == x.ha(b):
        return "no change"
    word = "more" if x.value(x.ha(b)) > x.value(x.ha(a)) else "less"
    return f"{x.apart(x.ha(a), x.ha(b))} ha {word}"


def _mean(x: Answerer, figures: Sequence[str], unit: str) -> str:
    total = sum((x.value(text) for text in figures), Fraction(0))
    return f"{x.figure(float(total / len(figures)))} {unit} on average"


def _side(side: str) -> Callable[..., str]:
    return lambda x, b, a: "Yes" if side in x.direction(a.mask, b.mask).split("-") else "No"


def _grew(x: Answerer, a: Marked, later_a: Marked, b: Marked, later_b: Marked) -> str:
    grown = [one.phrase for one, other in ((a, later_a), (b, later_b)) if x.growth(one, other) == 1]
    return grown[0] if len(grown) == 1 else "both" if grown else "neither"


def _which_borders(x: Answerer, a: Marked, c: Marked, b: Marked) -> str:
    touching = [mark.phrase for mark in (a, b) if x.touch(mark.mask, c.mask)]
    return touching[0] if len(touching) == 1 else "both" if touching else "neither"


def _nearer(x: Answerer, a: Marked, c: Marked, b: Marked) -> str:
    if x.gap(a, c) == x.gap(b, c):
        return "equally near"
    return (a if x.gaps(a.mask, c.mask).min() < x.gaps(b.mask, c.mask).min() else b).phrase


def _area_distance(x: Answerer, a: Marked, b: Marked) -> str:
    gone = x.empty(a, b)
    if gone:
        return f"{x.ha(a)}, {gone}" if x.count(a.mask) else gone
    return f"{x.ha(a)}, {x.gap(a, b)}"


def _flood(x: Answerer, water: Marked, built: Marked) -> str:
    if x.empty(water, built):
        return "No"
    return f"{'Yes' if x.value(x.gap(water, built)) <= 100 else 'No'}, {x.gap(water, built)}"


def _fragmentation(x: Answerer, a: Marked) -> str:
    parts = x.parts(a.mask)
    if not parts:
        return f"no {a.phrase}"
    return "Yes" if Fraction(x.figure(float(x.value(x.ha(a)) / parts))) < 10 else "No"


def _green(x: Answerer, trees: Marked, built: Marked) -> str:
    if x.empty(trees, built):
        return "not at all"
    x.question = "within 300 m"
    share = x.share(x.within(built, trees))
    return f"{share} of it, {'well' if x.value(share) >= 50 else 'badly'} served"


def _urban(x: Answerer, built: Marked) -> str:
    share = x.value(x.pct(built))
    return "continuous urban fabric" if share >= 80 else "discontinuous urban fabric" if share >= 30 else "not urban"


def _landscape(x: Answerer, *marks: Marked) -> str:
    best = max(marks, key=x.coverage)
    return f"dominated by {best.phrase}" if x.value(x.pct(best)) >= 50 else "mixed"


def _within(x: Answerer, b: Marked, a: Marked) -> str:
    share = x.within(a, b)
    return f"Yes, {x.share(share)} of it" if share and x.value(x.share(share)) else "No"


def _deforestation(x: Answerer, first: Marked, last: Marked) -> str:
    before, after = x.value(x.ha(first)), x.value(x.ha(last))
    return "Yes" if before > 0 and after <= before * Fraction(95, 100) else "No"


def _flooding(x: Answerer, first: Marked, last: Marked) -> str:
    there = float(x.figure(x.coverage(last))) >= 0.1
    return "Yes" if there and x.value(x.ha(last)) >= Fraction(3, 2) * x.value(x.ha(first)) else "No"


def _damage_rate(x: Answerer, buildings: Marked, destroyed: Marked) -> str:
    total = x.parts(buildings.mask)
    return f"{x.figure(100 * x.parts(destroyed.mask) / total)} %" if total else "no buildings"


ANSWERS: dict[str, Callable[..., str]] = {
    "presence": lambda x, a: "Yes" if float(x.figure(x.coverage(a))) >= 0.1 else "No",
    "count": lambda x, a: str(x.parts(a.mask)),
    "location": lambda x, a: x.where(a.mask) or f"no {a.phrase}",
    "coverage": lambda x, a: x.pct(a),
    "area": lambda x, a: x.ha(a),
    "area_m2": lambda x, a: f"{round(x.count(a.mask) * x.pixel_size_m**2)} m2" if x.measured else x.pct(a),
    "area_coverage": lambda x, a: f"{x.ha(a)}, {x.pct(a)}" if x.measured else x.pct(a),
    "border": _border,
    "distance": lambda x, a, b: x.empty(a, b) or x.gap(a, b),
    "change": lambda x, a, b: f"from {x.ha(a)} to {x.ha(b)}",
    "grown": lambda x, a, b: f"{('not changed', 'grown', 'shrunk')[x.growth(a, b)]}, from {x.ha(a)} to {x.ha(b)}",
    "lost": _balance("less", -1, "no loss"),
    "gained": _balance("more", 1, "no gain"),
    "series": lambda x, *marks: ", ".join(f"image {m.image}: {x.ha(m)}" for m in marks),
    "series_coverage": lambda x, *marks: ", ".join(f"image {m.image}: {x.pct(m)}" for m in marks),
    "most": _extreme(1),
    "least": _extreme(-1),
    "larger": lambda x, a, b: (
        "equal" if x.pct(a) == x.pct(b) else (a if x.count(a.mask) > x.count(b.mask) else b).phrase
    ),
    "difference": _difference,
    "difference_area": _larger_by,
    "change_by": _change_by,
    "mean": lambda x, *marks: _mean(x, [x.ha(m) for m in marks], "ha"),
    "mean_coverage": lambda x, *marks: _mean(x, [x.pct(m) for m in marks], "%"),
    "area_distance": _area_distance,
    "rank": lambda x, *marks: ", ".join(m.phrase for m in sorted(marks, key=lambda m: -x.count(m.mask))),
    "which_borders": _which_borders,
    "nearer": _nearer,
    "direction": lambda x, b, a: x.direction(a.mask, b.mask) or "none",
    "north_of": _side("north"),
    "south_of": _side("south"),
    "east_of": _side("east"),
    "west_of": _side("west"),
    "within": _within,
    "within_share": lambda x, b, a: x.share(x.within(a, b)),
    "enclosed": lambda x, b, a: "Yes" if x.value(x.share(x.edge_share(a.mask, b.mask))) >= 95 else "No",
    "edge_share": lambda x, b, a: x.share(x.edge_share(a.mask, b.mask)),
    "grew": _grew,
    "farming": lambda x, a, b: "Yes" if x.value(x.pct(a)) + x.value(x.pct(b)) >= 50 else "No",
    "flood_exposure": _flood,
    "fragmentation": _fragmentation,
    "green_space": _green,
    "urban_fabric": _urban,
    "forest_land": lambda x, a: "Yes" if x.value(x.pct(a)) > 10 and x.value(x.ha(a)) > Fraction(1, 2) else "No",
    "buffer_strip": lambda x, a, b: "No" if x.touch(a.mask, b.mask) else "Yes",
    "canopy": lambda x, a: "Yes" if x.value(x.pct(a)) >= 30 else "No",
    "landscape": _landscape,
    "deforestation": _deforestation,
    "urban_growth": lambda x, a, b: "Yes" if x.growth(a, b) == 1 else "No",
    "flooding": _flooding,
    "damage_count": lambda x, a, b: f"{x.parts(b.mask)} of {x.parts(a.mask)}",
    "damage_rate": _damage_rate,
}
