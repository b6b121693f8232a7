"""What people call regions, and what a model calls them."""

from __future__ import annotations

from collections.abc import Sequence

from .errors import RequestError
from .model.config import TerraScopeConfig
from .terra_cot.vocabulary import SYNONYMS

_USUAL = {other: phrase for phrase, others in reversed(SYNONYMS.items()) for other in others}


def usual(phrase: str) -> str:
    """A phrase as the reasoning names it, where that is known.

    >>> usual("Forest")
    'trees'
    >>> usual("solar  panels")
    'solar panels'
    """
    plain = " ".join(phrase.lower().split())
    return _USUAL.get(plain, plain)


def to_map(regions: Sequence[str], config: TerraScopeConfig) -> dict[str, str]:
    """The regions of a land-cover map, in lower case, each with what the model calls it.

    A model whose card names classes knows no others; one without says whatever it is asked for.

    Args:
        regions: as they were asked for.
        config: of the model.

    Raises:
        RequestError: the model knows classes, and one of the regions is none of them.
    """
    known = {name for classes in config.class_quality.values() for name in classes}
    known.update(config.taught.classes if known and config.taught else ())
    named: dict[str, str] = {}
    for region in regions:
        plain = " ".join(region.lower().split())
        named[plain] = usual(plain) if known and plain not in known else plain
        if known and named[plain] not in known:
            raise RequestError(f"This model cannot mark '{plain}': it knows {', '.join(sorted(known))}.")
    return named
