"""`data stats`: what a dataset holds, as JSON, as tables, and as plots."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..errors import OutputError
from ..evidence.files import write_whole
from ..model.marks import MEASURE_MARKS
from .entries import Entry
from .export import read_samples
from .extras import require
from .records import SPLITS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COUNTED = ("split", "source", "level", "task", "phrase", "sensors", "dates")
"""What is counted: samples, except for `phrase`, whose count is of [SEG]s."""
LENGTHS = ("question_words", "trace_words", "segs")
_BARS_SHOWN = 24
_PLOT_DPI = 110
_BLUE, _FAINT = "#1e88e5", "#6c757d"


class Statistics:
    """Counts and lengths of samples, taken in one by one."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter] = {name: Counter() for name in COUNTED}
        self.lengths: dict[str, Counter] = {name: Counter() for name in LENGTHS}
        self.places: dict[str, tuple[str, tuple[float, float] | None]] = {}

    def add(self, entry: Entry) -> None:
        """Take in one sample."""
        place = entry.place
        sensors = {shown.sensors for shown in entry.shown}
        seen = sensors.pop() if len(sensors) == 1 else "mixed"
        values = (place.split, place.source, entry.level, entry.task, seen, len(entry.shown))
        for name, value in zip(("split", "source", "level", "task", "sensors", "dates"), values, strict=True):
            self.counts[name][value] += 1
        self.counts["phrase"].update(entry.phrases)
        self.lengths["question_words"][len(entry.question.split())] += 1
        self.lengths["trace_words"][trace_words(entry.text)] += 1
        self.lengths["segs"][len(entry.masks)] += 1
        self.places[place.place] = (place.split, place.lonlat)

    def as_dict(self) -> dict:
        """The statistics as they are written: `samples`, `places`, `counts`, `lengths`, `located`."""
        located = [
            {"place": name, "split": split, "lonlat": list(lonlat)}
            for name, (split, lonlat) in sorted(self.places.items())
            if lonlat is not None
        ]
        return {
            "samples": self.counts["split"].total(),
            "places": {"all": len(self.places), **Counter(split for split, _ in self.places.values())},
            "counts": {name: dict(_ordered(name, counts)) for name, counts in self.counts.items()},
            "lengths": {name: summary(counts) for name, counts in self.lengths.items()},
            "located": located,
        }


def trace_words(text: str) -> int:
    """Words of a trace that are to be learnt: measures between their marks are not."""
    opening, closing = MEASURE_MARKS
    spoken = "".join(part.rpartition(closing)[2] for part in text.split(opening))
    return len(spoken.split())


def summary(counts: Counter[int]) -> dict[str, float]:
    """Least, median, mean, 95th percentile and most of values that are given as value -> how often."""
    if not counts:
        return {}
    values = np.repeat(list(counts), list(counts.values()))
    return {
        "least": int(values.min()),
        "median": float(np.median(values)),
        "mean": round(float(values.mean()), 2),
        "p95": float(np.percentile(values, 95)),
        "most": int(values.max()),
    }


def write_stats(folder: Path, out: Path) -> dict:
    """Count a dataset; write stats.json, counts.png, lengths.png and places.png.

    Args:
        folder: of the dataset.
        out: a folder, made if it is not there.

    Returns:
        What stats.json holds: `Statistics.as_dict`.

    Raises:
        RequestError: the folder is no dataset, or a package is missing.
        OutputError: the files cannot be written.
    """
    require("data", "matplotlib")
    import matplotlib

    matplotlib.use("Agg")
    statistics = Statistics()
    for example in read_samples(folder, images=False):
        statistics.add(example.entry)
    figures = statistics.as_dict()
    try:
        out.mkdir(parents=True, exist_ok=True)
        _plot(out / "counts.png", len(COUNTED), 2, lambda axes: _draw_counts(axes, statistics.counts))
        _plot(out / "lengths.png", len(LENGTHS), 3, lambda axes: _draw_lengths(axes, statistics.lengths))
        _plot(out / "places.png", 1, 1, lambda axes: _draw_places(axes[0], statistics.places))
        write_whole(out / "stats.json", json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    except OSError as error:
        raise OutputError(f"{out} cannot be written to ({error}): choose another folder.") from error
    return figures


def tables(figures: dict) -> str:
    """The statistics as text."""
    places = figures["places"]
    lines = [f"{figures['samples']:,} samples of {places['all']:,} places"]
    for name, counts in figures["counts"].items():
        total = sum(counts.values()) or 1
        lines += ["", f"{name:<44}{'[SEG]s' if name == 'phrase' else 'samples':>10}{'share':>9}"]
        lines += [f"  {key!s:<42}{count:>10,}{100 * count / total:>8.1f}%" for key, count in counts.items()]
    lines += ["", f"{'length':<20}" + "".join(f"{name:>10}" for name in ("least", "median", "mean", "p95", "most"))]
    for name, values in figures["lengths"].items():
        lines.append(f"  {name.replace('_', ' '):<18}" + "".join(f"{value:>10,.6g}" for value in values.values()))
    return "\n".join(lines)


def _ordered(name: str, counts: Counter) -> list[tuple]:
    """Splits and numbers in their own order, all else the most frequent first."""
    if name == "dates":
        return sorted(counts.items())
    if name == "split":
        return sorted(counts.items(), key=lambda item: SPLITS.index(item[0]))
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _plot(path: Path, count: int, columns: int, draw: Callable[[list[Axes]], None]) -> None:
    from matplotlib import pyplot

    rows = -(-count // columns)
    size = (11, 6) if count == 1 else (5.2 * columns, (4.6 if columns == 2 else 3.6) * rows)
    figure, grid = pyplot.subplots(rows, columns, figsize=size, squeeze=False, layout="constrained")
    try:
        axes = list(grid.flat)
        for unused in axes[count:]:
            unused.set_visible(False)
        draw(axes)
        draft = path.with_name(f".{path.name}.part")
        figure.savefig(draft, format="png", dpi=_PLOT_DPI)
        os.replace(draft, path)
    finally:
        pyplot.close(figure)


def _draw_counts(axes: Sequence[Axes], counts: dict[str, Counter]) -> None:
    for axis, (name, of_name) in zip(axes, counts.items(), strict=False):
        ordered = _ordered(name, of_name)
        shown = ordered[:_BARS_SHOWN]
        more = f", the {_BARS_SHOWN} most frequent of {len(ordered)}" if len(ordered) > _BARS_SHOWN else ""
        names, values = [str(key) for key, _ in shown], [value for _, value in shown]
        bars = axis.barh(names, values, color=_BLUE)
        axis.bar_label(bars, [f"{value:,}" for value in values], padding=3, fontsize=7, color=_FAINT)
        axis.set_ylim(max(len(shown), _BARS_SHOWN // 3) - 0.4, -0.6)
        axis.margins(x=0.12)
        axis.tick_params(labelsize=7)
        axis.set_title(f"{'[SEG]s' if name == 'phrase' else 'samples'} by {name}{more}", fontsize=9, loc="left")
        axis.spines[["top", "right"]].set_visible(False)


def _draw_lengths(axes: Sequence[Axes], lengths: dict[str, Counter]) -> None:
    for axis, (name, counts) in zip(axes, lengths.items(), strict=False):
        most = max(counts, default=1)
        bins = np.arange(-0.5, most + 1.5) if most <= 40 else 40
        axis.hist(list(counts), bins=bins, weights=list(counts.values()), color=_BLUE)
        axis.set_title(f"{name.replace('_', ' ')} of a sample", fontsize=9, loc="left")
        axis.tick_params(labelsize=7)
        axis.spines[["top", "right"]].set_visible(False)


def _draw_places(axis: Axes, places: dict[str, tuple[str, tuple[float, float] | None]]) -> None:
    """Dots on longitude and latitude; there is no coast line, so that nothing has to be fetched."""
    located = [(split, lonlat) for split, lonlat in places.values() if lonlat is not None]
    for split, colour in (("train", _BLUE), ("val", "#f9a825"), ("test", "#d81b60")):
        points = np.array([lonlat for of_split, lonlat in located if of_split == split]).reshape(-1, 2)
        if len(points):
            axis.scatter(points[:, 0], points[:, 1], s=14, color=colour, alpha=0.7, label=split, linewidths=0)
    axis.set(xlim=(-180, 180), ylim=(-90, 90), aspect="equal", xlabel="longitude", ylabel="latitude")
    axis.set_xticks(range(-180, 181, 30))
    axis.set_yticks(range(-90, 91, 30))
    axis.grid(color="#dee2e6", linewidth=0.6)
    axis.axhline(0, color=_FAINT, linewidth=0.8)
    axis.axvline(0, color=_FAINT, linewidth=0.8)
    without = len(places) - len(located)
    title = f"{len(located):,} places" + (f"; {without:,} more have no known position" if without else "")
    axis.set_title(title, fontsize=10, loc="left")
    if located:
        axis.legend(fontsize=8, loc="lower left")
