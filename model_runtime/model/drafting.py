"""Guesses of what is said next, from what was said before: prompt lookup, for reasoning that repeats its own phrases.

A guess costs nothing when it is wrong but the arithmetic of reading it: what a model says is decided by what it finds
likeliest after each token, and a guess is only kept as far as it is the same (`Context.say`).
"""

from __future__ import annotations

from collections.abc import Sequence

MOST = 7
"""tokens that are guessed at once"""
_ALIKE = 3
"""tokens that have to be the same before a guess"""
_MOST_KEPT = 8192


class Drafts:
    """What was said last, and after which tokens."""

    def __init__(self) -> None:
        self._said: list[int] = []
        self._after: dict[tuple[int, ...], int] = {}
        """the last place of each sequence of tokens: the index after it"""

    def add(self, ids: Sequence[int]) -> None:
        """Remember tokens that follow those before."""
        if len(self._said) + len(ids) > _MOST_KEPT:
            kept, self._said, self._after = self._said[-_MOST_KEPT // 2 :], [], {}
            self.add(kept)
        for token in ids:
            # A sequence is entered when it has been followed, so that none is its own example.
            if len(self._said) >= _ALIKE:
                self._after[tuple(self._said[-_ALIKE:])] = len(self._said)
            self._said.append(token)

    def after(self, token: int) -> list[int]:
        """At most `MOST` tokens that followed the last time when the same was said, `token` being said now."""
        alike = (*self._said[1 - _ALIKE :], token)
        start = self._after.get(alike)
        return [] if start is None else self._said[start : start + MOST]
