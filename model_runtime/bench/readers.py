"""Which option a response chooses, read in several ways; None where it chooses none.

- `strict`: ours. An answer is one letter or the exact text of an option, and nothing else: "A lake" is not option A.
- `published` and `published_disasterm3`: the regular expressions that the release scores with (SPEC section 8), with
  their defects, so that figures compare with the paper's.
- `meant`: for a model that is asked the question without options: the one that its own figure or words come nearest to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ..measure.claims import parse_claims
from ..terra_cot.vocabulary import canonical, synonyms
from .items import LETTERS

Reader = Callable[[str, Sequence[str]], str | None]
"""Response and option texts, A first -> letter, or None."""

_BLOCK = re.compile(r"<answer>\s*(.*?)\s*</answer>", re.DOTALL | re.IGNORECASE)
_LETTER_ALONE = re.compile(r"\(?([A-Za-z])\)?[.:)]?")
_LETTER_AND_TEXT = re.compile(r"\(?([A-Za-z])(?:\)|[.:)])\s*(.+)", re.DOTALL)
_STOP = re.compile(r"<\|[a-z_]+\|>")


def block(response: str) -> str:
    """What stands in the first answer block; the whole response where there is none, as the release takes it."""
    found = _BLOCK.search(response)
    return found[1] if found else response


def strict(response: str, candidates: Sequence[str]) -> str | None:
    """The option that the answer block names by its letter, by its text, or by both where they agree.

    A response without any answer block is an answer as a whole. Blocks that say different things, and one that is not
    closed, are no answer.
    """
    blocks = {_plain(text) for text in _BLOCK.findall(response)}
    if not blocks and not re.search(r"</?answer>", response, re.IGNORECASE):
        blocks = {_plain(_STOP.sub("", response.rpartition("</think>")[2]))}
    if len(blocks) != 1:
        return None
    (text,) = blocks
    letters = LETTERS[: len(candidates)]
    by_text = [letter for letter, option in zip(letters, candidates, strict=True) if _plain(option) == text]
    if by_text:
        return by_text[0] if len(by_text) == 1 else None
    alone = _LETTER_ALONE.fullmatch(text)
    if alone:
        return alone[1].upper() if alone[1].upper() in letters else None
    both = _LETTER_AND_TEXT.fullmatch(text)
    if both and both[1].upper() in letters:
        letter = both[1].upper()
        return letter if _plain(candidates[letters.index(letter)]) == _plain(both[2]) else None
    return None


def _plain(text: str) -> str:
    """Without emphasis, doubled blanks, a last full stop, and case."""
    return " ".join(text.replace("*", "").split()).removesuffix(".").strip().lower()


def published(response: str, candidates: Sequence[str] = ()) -> str | None:
    """As infer_terrascope_bench.py and eval_terrascope_bench.py read: whatever begins with a letter from a to d."""
    raw = block(response).strip()
    found = re.match(r"^\s*([A-Da-d])[\.\)]?\s*", raw)
    predicted = found[1].upper() if found else raw
    again = re.match(r"\s*([A-D])\b", predicted)
    return again[1] if again else None


def published_disasterm3(response: str, candidates: Sequence[str] = ()) -> str | None:
    """As infer_disaster.py reads: the first A to E anywhere in the block, else the first word A to E of the output."""
    blocked = _BLOCK.search(response)
    found = re.search(r"[A-E]", blocked[1]) if blocked else None
    found = found or re.search(r"\b([A-E])\b", response.upper())
    return found[0] if found else None


def paper(response: str, candidates: Sequence[str] = ()) -> str | None:
    r"""As the paper reads other models (appendix F.2): the first occurrence of \\b[A-D]\\b."""
    found = re.search(r"\b[A-D]\b", response)
    return found[0] if found else None


def meant(answer: str, candidates: Sequence[str]) -> str | None:
    """The option that an answer in figures or words comes nearest to.

    Args:
        answer: the model's own, such as "12.3 %", "grassland" or "Yes, 34 % of it".
        candidates: option texts; all of them figures of one unit, or all of them words.

    Returns:
        Its letter; None where the answer has no figure of that kind, or names no option or several, or two are as near.
    """
    options = [_figure(text) for text in candidates]
    if all(option is not None for option in options):
        value = _answered(answer, options[0][1])
        if value is None:
            return None
        gaps = [abs(option[0] - value) for option in options]
        return LETTERS[gaps.index(min(gaps))] if gaps.count(min(gaps)) == 1 else None
    named = [letter for letter, text in zip(LETTERS, candidates, strict=False) if _names(answer, text, candidates)]
    return named[0] if len(named) == 1 else None


_TO_BASE = {
    "ha": ("m2", 1e4),
    "km2": ("m2", 1e6),
    "m2": ("m2", 1.0),
    "km": ("m", 1e3),
    "m": ("m", 1.0),
    "%": ("%", 1.0),
}
_COUNT = re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+)(?![\w.,]*\d)")
_OF = re.compile(r"(?<![\w.,])(\d+) (?:out )?of (?:the |all )?(\d+)")


def _figure(text: str) -> tuple[float, str] | None:
    """The figure of an option in base units: square metres, metres, percent, or a count of things."""
    claims = parse_claims(text)
    if len(claims) == 1:
        base, factor = _TO_BASE[claims[0].unit]
        return claims[0].value * factor, base
    counted = re.fullmatch(r"\s*(\d[\d,]*)(?: [a-z ]+)?\s*", text)
    return (float(counted[1].replace(",", "")), "count") if counted and not claims else None


def figure_of(answer: str, unit: str) -> float | None:
    """The first figure of a unit in a free-form answer.

    Args:
        answer: in words.
        unit: "ha", "m2", "km2", "m", "km", "%", or the name of what is counted.
    """
    base, factor = _TO_BASE.get(unit, ("count", 1.0))
    value = _answered(answer, base)
    return None if value is None else value / factor


def _answered(answer: str, base: str) -> float | None:
    of = _OF.search(answer)
    if base == "count":
        found = of or _COUNT.search(answer)
        return float(found[1].replace(",", "")) if found else None
    for claim in parse_claims(answer):
        kind, factor = _TO_BASE[claim.unit]
        if kind == base and not claim.points:
            return claim.value * factor
    return 100 * int(of[1]) / int(of[2]) if of and base == "%" and int(of[2]) else None


def _names(answer: str, option: str, options: Sequence[str]) -> bool:
    """Whether an answer says a word option: by itself, by another word for it, or as the only option that it holds."""
    said = _plain(answer)
    first = re.split(r"[,;.]", said)[0].strip()
    if first == _plain(option) or canonical(first) == canonical(option):
        return True
    others = {canonical(other) for other in options} - {canonical(option)}
    words = [word for word in synonyms(canonical(option)) if word not in others]
    return any(re.search(rf"\b{re.escape(word)}\b", said) for word in words) and not any(
        re.search(rf"\b{re.escape(word)}\b", said) for other in others for word in synonyms(other)
    )
