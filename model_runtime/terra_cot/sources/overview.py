"""What a source holds, counted by reading its records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ..records import SPLITS, Item, Record, Source, split_of
from .common import OTHER
from .report import Report, read_all


@dataclass
class Overview:
    """Counts of the records of a source.

    Attributes:
        source: The reader.
        folder: Where it is.
        found: How many records there are.
        places: How many places they are of.
        splits: How many records each split has.
        report: What became of those that were read.
        sensors: Sensor -> records.
        dates: Images in a record -> records.
        with_radar: How many records have a radar image.
        days: First and last day of an image, "" where no day is known.
        questions: Task -> questions that the source brings.
        pixels: Of all images.
        of_class: Phrase -> pixels labelled as it.
        of_several: Pixels that may be of one of several classes.
        not_of_any: Pixels known to be of no class.
    """

    source: Source
    folder: Path
    found: int
    places: int
    splits: Counter[str]
    report: Report
    sensors: Counter[str] = field(default_factory=Counter)
    dates: Counter[int] = field(default_factory=Counter)
    with_radar: int = 0
    days: tuple[str, str] = ("", "")
    questions: Counter[str] = field(default_factory=Counter)
    pixels: int = 0
    of_class: Counter[str] = field(default_factory=Counter)
    of_several: int = 0
    not_of_any: int = 0

    def add(self, record: Record) -> None:
        """Count one more record."""
        self.sensors[record.sensor or "unknown sensor"] += 1
        self.dates[len(record.dates)] += 1
        self.with_radar += any(scene.sar is not None for scene in record.dates)
        self.questions.update(question.task for question in record.brought)
        for scene in record.dates:
            if scene.date:
                self.days = (min(self.days[0] or scene.date, scene.date), max(self.days[1], scene.date))
            counts = np.bincount(scene.labels.ravel(), minlength=256)
            self.pixels += scene.labels.size
            for phrase, codes in record.classes.items():
                self.of_class[phrase] += int(counts[list(codes)].sum())
            if scene.allowed is not None:
                self.not_of_any += int(np.count_nonzero(scene.allowed == OTHER))
                unsettled = (scene.labels == 0) & (scene.allowed != 0) & (scene.allowed != OTHER)
                self.of_several += int(np.count_nonzero(unsettled))

    def lines(self) -> Iterator[str]:
        """The counts as text."""
        report = self.report
        yield f"{self.source.name}: {self.source.title}"
        yield f"licence: {self.source.licence}"
        yield f"{_count(self.found, 'record')} of {_count(self.places, 'place')} in {self.folder}"
        yield "splits: " + ", ".join(f"{split} {self.splits[split]:,}" for split in SPLITS)
        tried = report.read + len(report.broken)
        yield f"{tried:,} were looked into: {report.read:,} can be used, {len(report.broken):,} are broken"
        yield from (f"  {line}" for line in report.lines())
        if not report.read:
            return
        yield "sensors: " + ", ".join(f"{name} ({count:,})" for name, count in self.sensors.most_common())
        series = ", ".join(f"{dates} ({count:,})" for dates, count in sorted(self.dates.items()))
        yield f"images in a record: {series}; with radar: {self.with_radar:,}"
        if self.days[0]:
            yield f"days: {self.days[0]} to {self.days[1]}"
        if self.questions:
            yield "questions it brings: " + ", ".join(f"{task} {n:,}" for task, n in self.questions.most_common())
        if self.of_class:
            yield f"{'class':<24}{'% of pixels':>12}"
            for phrase, count in self.of_class.most_common():
                yield f"{phrase:<24}{100 * count / self.pixels:>12.2f}"
            rests = {"one of several": self.of_several, "none of these": self.not_of_any}
            for words, count in rests.items():
                if count:
                    yield f"{words:<24}{100 * count / self.pixels:>12.2f}"


def look(
    source: Source,
    folder: Path,
    most: int | None = None,
    progress: Callable[[float], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Overview:
    """Read the records of a source and count what they hold.

    Args:
        source: The reader.
        folder: Where it is.
        most: So many records are read, spread evenly; all by default.
        progress: Is told the fraction that is done.
        cancelled: Asked after each record; what has been counted until then is returned.
    """
    items = source.find(folder)
    chosen = _spread(items, most)
    report = Report(source.name)
    splits = Counter(split_of(item) for item in items)
    overview = Overview(source, folder, len(items), len({item.place for item in items}), splits, report)
    for record in read_all(source, folder, report, chosen):
        overview.add(record)
        progress((report.read + len(report.broken)) / len(chosen))
        if cancelled():
            break
    return overview


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _spread(items: Sequence[Item], most: int | None) -> Sequence[Item]:
    if most is None or most >= len(items):
        return items
    return [items[len(items) * index // most] for index in range(most)]
