"""Reads all of a source: a record that cannot be used is skipped, counted and named, and nothing stops half way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rasterio.errors import RasterioError
from shapely.errors import ShapelyError

from ...errors import SceneError
from ..records import BrokenRecord, Item, Record, Source

_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (RasterioError, "A raster is missing or damaged."),
    (FileNotFoundError, "A file is missing."),
    (OSError, "A file is damaged or cannot be read."),
    (ShapelyError, "A geometry is damaged."),
    (ValueError, "A value in a file makes no sense."),
)
"""What errors of libraries mean for a record. Errors of ours (TypeError, KeyError, ...) are not caught."""

CAUGHT: tuple[type[Exception], ...] = (BrokenRecord, SceneError, *(kind for kind, _ in _REASONS))


@dataclass(frozen=True)
class Broken:
    """A record that could not be used.

    Attributes:
        name: Of the record in its source.
        reason: One sentence, the same for records that are broken in the same way.
        detail: What the library said, where it was one; else "".
    """

    name: str
    reason: str
    detail: str = ""


@dataclass
class Report:
    """What became of the records of a source.

    Attributes:
        source: Its name.
        read: How many could be used.
        broken: Those that could not, in order.
    """

    source: str
    read: int = 0
    broken: list[Broken] = field(default_factory=list)

    @property
    def reasons(self) -> Counter[str]:
        """How many records each reason took."""
        return Counter(broken.reason for broken in self.broken)

    def lines(self, names: int = 5) -> list[str]:
        """The broken records as text: a line for each reason, most frequent first, with the first few names."""
        told = []
        for reason, count in self.reasons.most_common():
            of_it = [broken.name for broken in self.broken if broken.reason == reason]
            more = f" and {count - names} more" if count > names else ""
            told.append(f"{count} x {reason} ({', '.join(of_it[:names])}{more})")
        return told


def broken_by(name: str, error: Exception) -> Broken:
    """The record that an error of `CAUGHT` took."""
    if isinstance(error, BrokenRecord | SceneError):
        return Broken(name, str(error))
    reason = next(reason for kind, reason in _REASONS if isinstance(error, kind))
    return Broken(name, reason, str(error))


def read_all(
    source: Source, folder: Path, report: Report | None = None, items: Sequence[Item] | None = None
) -> Iterator[Record]:
    """Yield every record of a source that can be used.

    Args:
        source: The reader.
        folder: Where it is.
        report: Is told what became of each record.
        items: Which ones; all by default.

    Raises:
        RequestError: The folder as a whole cannot be used.
    """
    report = report if report is not None else Report(source.name)
    for item in source.find(folder) if items is None else items:
        try:
            record = source.read(folder, item)
        except CAUGHT as error:
            report.broken.append(broken_by(item.name, error))
            continue
        report.read += 1
        yield record
