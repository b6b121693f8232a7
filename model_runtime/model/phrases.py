"""What the reasoning called a region: the noun phrase in front of a [SEG]."""

from __future__ import annotations

import re
from collections.abc import Sequence

_GENERIC = frozenset(
    "region regions areas pixel pixels zone zones part parts mask masks surface surfaces land class cover "
    "body bodies here as is are in image scene visible".split()
)
_BREAKS = frozenset(
    "the a an any all some this that these those its their of in on at to from by with for between into over under "
    "i we it is are was be me my first second next then now also so as let identify locate segment find look mark map "
    "near see shows show covers cover measure compare there where which how image date need needs check whether "
    "looking no not step look searching search outline delineate called namely larger than".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LONGEST = 4


def phrase_before_mark(text: str, taught: Sequence[str] = ()) -> str:
    """The last noun phrase of the text, at most four words, in lower case; "region" when there is none.

    Classes that a model was taught may be called anything: where the text ends with one of them, it is that.

    >>> phrase_before_mark("First I identify the water regions ")
    'water'
    >>> phrase_before_mark("and from it the nearest built-up area")
    'built-up area'
    >>> phrase_before_mark("I mark the wheat 2021 ", ["wheat 2021"])
    'wheat 2021'
    """
    ending = text.rstrip(" .:;,").lower()
    if named := [name for name in taught if re.search(rf"(?<!\w){re.escape(name.lower())}$", ending)]:
        return max(named, key=len)
    clause = re.split(r"[.:;,!?\n>\])]", text.rstrip(" .:;,"))[-1]
    words = [word.lower() for word in _WORD.findall(clause)]
    while words and words[-1] in _GENERIC:
        words.pop()
    phrase: list[str] = []
    for word in reversed(words):
        if word in _BREAKS or len(phrase) == _LONGEST:
            break
        phrase.insert(0, word)
    while phrase and phrase[0] in ("and", "or", "nearest", "closest"):
        phrase.pop(0)
    return " ".join(phrase) or "region"
