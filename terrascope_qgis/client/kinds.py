"""Whether a value is of the kind that a field of a message is declared to be.

Messages come from a runtime, which may be another one than ours, and out of files that anybody may have written. What
is shown and calculated with has to be what it is taken for. Declarations are read as they are written: Python 3.9
cannot evaluate all of them.
"""

from __future__ import annotations

from typing import Any

_PLAIN = {
    "str": str, "bool": bool, "int": int, "float": (int, float), "tuple": tuple, "list": list, "dict": dict,
    "None": type(None),
}  # fmt: skip
_ALSO = {"Bounds": "tuple[float, float, float, float]", "ByInputs": "dict"}
_LARGEST, _MOST = 2**63, 1e18  # beyond, neither a count nor a measure means anything


def fits(kind: str, value: Any) -> bool:  # noqa: ANN401 - whatever json.loads gave
    """Whether a value is what a declaration says; numbers have to be finite, and messages made already.

    >>> fits("tuple[float, ...] | None", (1, 2.5)), fits("dict[str, int]", {"a": "b"}), fits("float", float("nan"))
    (True, False, False)
    """
    choices = _parts(_ALSO.get(kind, kind), " | ")
    if len(choices) > 1:
        return any(fits(choice, value) for choice in choices)
    head, _, inner = choices[0].partition("[")
    plain = _PLAIN.get(head)
    if plain is None:
        return type(value).__name__ == head
    if not isinstance(value, plain):
        return False
    if head in ("int", "float"):
        most = _LARGEST if head == "int" else _MOST
        return not isinstance(value, bool) and abs(value) < most
    of = _parts(inner[:-1], ", ") if inner else []
    if head == "dict" and of:
        return all(fits(of[0], key) and fits(of[1], held) for key, held in value.items())
    if head == "list" or of[-1:] == ["..."]:
        return all(fits(of[0], held) for held in value)
    if head == "tuple":
        return len(of) == len(value) and all(fits(one, held) for one, held in zip(of, value))
    return True


def _parts(kind: str, by: str) -> list[str]:
    """What stands between separators that no bracket holds."""
    parts, depth, begin = [], 0, 0
    for at, letter in enumerate(kind):
        depth += (letter == "[") - (letter == "]")
        if not depth and kind.startswith(by, at):
            parts.append(kind[begin:at])
            begin = at + len(by)
    return [*parts, kind[begin:]]
