"""What a follow-up question means to a model that knows no conversation: the words that point back are filled in.

Such a model is given one question and nothing of what was asked before. "How far is it from the trees?" is read as
"How far is the water from the trees?" where water was marked last, and "And the trees?" as the question before with
another class. Models that were trained on conversations are given the earlier turns instead (`model.prompt`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .protocol import Turn
from .terra_cot.templates import COUNTABLE, agree, sentence
from .terra_cot.vocabulary import SYNONYMS, is_plural

_BEFORE = "of|from|to|than|is|are|was|were|do|does|did|has|have|with|near|beside|between|about|in|for|within"
_AFTER = r"from|to|in|on|than|by|is|are|was|were|has|have|near|within|and|or|cover|border|touch|lie|change|grow|shrink"
# "Is it true that there is water?" and "Locate it: where is the water?" do not point back.
_ONWARD = r"(?! (?:true|possible|likely|the case)\b|\s*:)"
_ITS = re.compile(
    r"\b(its|their) ((?:\w+ )??(?:area|size|share|coverage|extent|location|edge|distance|loss|gain))\b", re.I
)
_PERSONAL = re.compile(rf"\b(it|they|them)\b{_ONWARD}", re.I)
_POINTING = re.compile(rf"\b(?P<before>{_BEFORE}) (that|these|those)(?= (?:{_AFTER})\b|\s*[?.,!]|\s*$)", re.I)
_PLACE = re.compile(r"\b(?P<before>from|near|to|of) (there)\b", re.I)
_HOW_MUCH = re.compile(r"\b(how many hectares|how much)(?= (?:is|are|was|were) there\b)", re.I)
_INSTEAD = re.compile(
    r"^\s*(?:and|(?:and )?what about|(?:and )?how about)(?: of| for)?(?: the| any)? (.+?)\s*[?.!]*\s*$", re.I
)


@dataclass(frozen=True)
class Reading:
    """A question as the model is asked it.

    Attributes:
        question: with names where words pointed back.
        note: one sentence for the user; empty where nothing was filled in.
    """

    question: str
    note: str = ""


def read(question: str, earlier: Sequence[Turn], own_classes: Iterable[str] = ()) -> Reading:
    """Fill in what a follow-up leaves to the turns before it.

    A word that points back ("it", "they", "them", "its", "their", "that", "these", "those", and "there" in "from
    there" or "how much is there") is what was marked last, unless the question itself names a class before the word,
    or two classes. "And the trees?" is the question before, about another class, where that one names one class.

    Args:
        question: as it was asked.
        earlier: turns of the conversation, the latest last.
        own_classes: what the model was taught to mark beyond the usual classes.
    """
    marked = next((turn.phrases[-1] for turn in reversed(earlier) if turn.phrases), None)
    named = _class_words([*own_classes, *(phrase for turn in earlier for phrase in turn.phrases)])
    filled = _other_class(question, earlier, named, own_classes)
    if filled is None and marked is not None and len(named.findall(question)) < 2:
        filled = _filled_in(question, marked, named)
    if filled is None or filled == question:
        return Reading(question)
    return Reading(
        filled,
        f'The question was read as "{filled}", from what was asked and marked before: name the region if another '
        "one was meant.",
    )


def _class_words(others: Iterable[str]) -> re.Pattern[str]:
    """Finds whatever names a class."""
    counted = (word for pairs in COUNTABLE.values() for pair in pairs for word in pair)
    words = {word.lower() for words in SYNONYMS.values() for word in words} | set(counted)
    words |= {other.lower() for other in others}
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + r")(?!\w)", re.I)


def _other_class(
    question: str, earlier: Sequence[Turn], named: re.Pattern[str], own_classes: Iterable[str]
) -> str | None:
    """The question before about the class that this one names; None when this is no such question."""
    instead = _INSTEAD.match(question)
    if instead is None or not earlier or not named.fullmatch(instead[1]):
        return None
    before = read(earlier[-1].question, earlier[:-1], own_classes).question
    if len(named.findall(before)) != 1:
        return None
    return _agreeing(named.sub(lambda _: instead[1], before), instead[1])


def _filled_in(question: str, marked: str, named: re.Pattern[str]) -> str:
    """The question with what was marked in place of the words that point to it."""
    first = named.search(question)
    begin = first.start() if first else len(question)
    head, tail = question[:begin], question[begin:]
    name = f"the {marked}"
    if first is None:
        head = _HOW_MUCH.sub(lambda match: f"{match[1]}{' of' * match[1].endswith('hectares')} {marked}", head)
    head = _ITS.sub(lambda match: f"the {match[2]} of {name}", head)
    head = _PERSONAL.sub(name, head)
    for pattern in (_POINTING, _PLACE):
        head = pattern.sub(lambda match: f"{match['before']} {name}", head)
    return question if head + tail == question else sentence(_agreeing(head + tail, marked))


def _agreeing(question: str, name: str) -> str:
    return agree(question, [name]) if is_plural(name) else question
