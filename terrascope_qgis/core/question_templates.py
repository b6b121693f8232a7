"""Ways of asking that the bundled model has learnt, by task; not translated, since the model reads English.

{a}, {b} and {c} stand for classes, {n} for what is counted and {m} for metres. A test holds each against the wordings
of `model_runtime/terra_cot/templates.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qgis.PyQt.QtCore import QCoreApplication

from .choices import LAND_COVER

# What is counted of the land cover, as the model has learnt to count it.
COUNTED = (
    "lakes", "water bodies", "woods", "patches of trees", "areas of cropland", "meadows", "settlements",
    "built-up areas", "bare patches", "snow fields", "marshes", "clouds",
)  # fmt: skip
REACHES_M = ("100", "200", "300", "500", "1000")
_GAP = re.compile(r"\{([abcnm])\}")

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Task:
    """A kind of question, its wordings, and whether it needs images of several dates."""

    title: str
    wordings: tuple[str, ...]
    several_dates: bool = False


@dataclass(frozen=True)
class Gap:
    """Where something is to be filled into a text.

    Args:
        begin: of what stands there for now, in letters.
        length: of that.
        kind: "class", "counted" or "metres".
    """

    begin: int
    length: int
    kind: str


def tasks() -> tuple[Task, ...]:
    """All tasks, those of one image first."""
    return (
        Task(
            translate("TerraScope", "Coverage"),
            ("What percentage of the image is covered by {a}?", "Does the scene contain {a}?"),
        ),
        Task(translate("TerraScope", "Area"), ("How many hectares of {a} are there?", "How large is the {a}?")),
        Task(translate("TerraScope", "Count"), ("How many {n} are there?",)),
        Task(
            translate("TerraScope", "Place"),
            ("Where is the {a}?", "In which direction from the {b} does the {a} lie?"),
        ),
        Task(
            translate("TerraScope", "Distance"),
            (
                "How far is the {a} from the nearest {b}?",
                "How many hectares of {a} are there, and how far is it from the nearest {b}?",
                "How much of the {a} lies within {m} m of the {b}?",
                "Which is nearer to the {c}, {a} or {b}?",
            ),
        ),
        Task(
            translate("TerraScope", "Border"),
            ("Does the {a} border the {b}?", "Which of {a} and {b} borders the {c}?", "Is the {a} surrounded by {b}?"),
        ),
        Task(
            translate("TerraScope", "Larger of two"),
            ("Which is larger, {a} or {b}?", "By how many hectares do {a} and {b} differ?"),
        ),
        Task(translate("TerraScope", "Ranking"), ("Rank {a}, {b} and {c} by area, the largest first.",)),
        Task(
            translate("TerraScope", "Judgement"),
            (
                "Is the region suitable for farming?", "Are the settlements exposed to floods?",
                "Is the {a} fragmented?", "What kind of landscape is this?",
            ),
        ),
        Task(
            translate("TerraScope", "Change"),
            (
                "How did the area of {a} change?", "Has the {a} grown or shrunk?",
                "How many hectares of {a} were lost?", "By how many hectares has {a} changed?",
                "Which grew, {a} or {b}?",
            ),
            several_dates=True,
        ),
        Task(
            translate("TerraScope", "Series"),
            (
                "How many hectares of {a} at each date?", "When was the {a} largest?",
                "What is the mean area of {a} over the dates?",
            ),
            several_dates=True,
        ),
    )  # fmt: skip


def with_gaps(wording: str) -> tuple[str, list[Gap]]:
    """A wording as it is shown before it is filled in, and its gaps from left to right.

    >>> with_gaps("Which is larger, {a} or {b}?")[0]
    'Which is larger, [class] or [other class]?'
    """
    classes = iter(("[class]", "[other class]", "[third class]"))
    others = {"n": ("[objects]", "counted"), "m": ("[metres]", "metres")}
    text, gaps, end = "", [], 0
    for match in _GAP.finditer(wording):
        text += wording[end : match.start()]
        name, kind = others[match[1]] if match[1] in others else (next(classes), "class")
        gaps.append(Gap(len(text), len(name), kind))
        text += name
        end = match.end()
    return text + wording[end:], gaps


def suggestions(kind: str, classes: Sequence[str] = LAND_COVER) -> tuple[str, ...]:
    """What may be filled into a gap of a kind.

    Args:
        kind: of a `Gap`.
        classes: that the model knows.
    """
    return {"counted": COUNTED, "metres": REACHES_M}.get(kind, tuple(classes))
