"""The table of issue and card: each measure, what every method reaches, and the bar it is held against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Figures = Mapping[str, float | int | None]


@dataclass(frozen=True)
class Measure:
    """One row.

    Attributes:
        key: Of the figure.
        words: What it is.
        bar: To be reached; None where there is none.
        stretch: Better than asked for.
        smaller: Smaller is better.
        digits: Behind the point.
    """

    key: str
    words: str
    bar: float | None = None
    stretch: float | None = None
    smaller: bool = False
    digits: int = 2

    def reaches(self, value: float | None) -> str:
        """Say "stretch", "bar" or "below"; "" where there is nothing to compare."""
        if value is None or self.bar is None:
            return ""
        sign = -1 if self.smaller else 1
        if self.stretch is not None and sign * value >= sign * self.stretch:
            return "stretch"
        return "bar" if sign * value >= sign * self.bar else "below"


MEASURES = (
    Measure("miou6", "mIoU6, real multi-class places", 0.68, 0.75),
    Measure("miou7", "mIoU7, crop and grass apart", 0.52, 0.60),
    Measure("miou6_pooled", "mIoU6, pixels of all places pooled"),
    Measure("coverage_error_pct", "coverage error, points", 6.5, 4.0, smaller=True, digits=1),
    Measure("absent_claimed_pct", "absent classes: claimed, %", smaller=True, digits=1),
    Measure("four_options_tight_pct", "four options, tight, % right", 42, 52, digits=0),
    Measure("four_options_wide_pct", "four options, wide, % right", 58, 68, digits=0),
    Measure("larger_of_two_pct", "larger of two, % right", 92, 96, digits=0),
    Measure("balanced_pct", "border, balanced, % right", 70, 80, digits=0),
    Measure("flood_iou", "flood water IoU, mean of the next two", 0.78, 0.85),
    Measure("flood_real_iou", "  North Dakota 2017"),
    Measure("flood_generated_iou", "  generated floods"),
    Measure("forest_rgb_iou", "forest IoU, 8-bit RGB", 0.85, 0.90),
    Measure("generated_optical_miou8", "generated, optical, mIoU8", 0.78, 0.85),
    Measure("generated_fused_miou8", "generated, optical + SAR, mIoU8", 0.85, 0.90),
    Measure("real_radar_adds", "real optical + SAR less optical, mIoU6", 0.0, 0.01),
    Measure("adapted_miou6", "after 15 clicks where it is wrong: mIoU6", 0.80, 0.85),
    Measure("adapted_coverage_error_pct", "  coverage error, points", 3.0, 1.5, smaller=True, digits=1),
    Measure("still_changed_pct", "unchanged pairs: pixels changed, %", 2, 1, smaller=True, digits=1),
    Measure("still_water_changed_pct", "  North Dakota, water, %", 2, 1, smaller=True, digits=1),
)
"""In the order of the table. What no method gave a figure for is a dash: adaptation is measured by itself."""
_JUDGED = "model"


def table(columns: Mapping[str, Figures]) -> Iterator[str]:
    """Lines of the table.

    Args:
        columns: Name of a method -> its figures; that of "model" is held against the bars.
    """
    yield f"{'measure':<42}" + "".join(f"{name:>15}" for name in columns) + f"{'bar':>8}{'stretch':>9}  reached"
    for row in MEASURES:
        shown = "".join(f"{_number(figures.get(row.key), row.digits):>15}" for figures in columns.values())
        bars = f"{_number(row.bar, row.digits):>8}{_number(row.stretch, row.digits):>9}"
        yield f"{row.words:<42}{shown}{bars}  {row.reaches(columns.get(_JUDGED, {}).get(row.key))}".rstrip()


def records(columns: Mapping[str, Figures]) -> list[dict[str, object]]:
    """The same for JSON."""
    return [
        {
            "key": row.key,
            "measure": row.words.strip(),
            **{name: figures.get(row.key) for name, figures in columns.items()},
            "bar": row.bar,
            "stretch": row.stretch,
            "reached": row.reaches(columns.get(_JUDGED, {}).get(row.key)),
        }
        for row in MEASURES
    ]


def above_baselines(columns: Mapping[str, Figures]) -> dict[str, bool]:
    """Whether the model is better than every baseline in mean class IoU and in coverage error, by key."""
    others = [figures for name, figures in columns.items() if name != _JUDGED]
    found = {}
    for row in MEASURES:
        if row.key in ("miou6", "miou7", "coverage_error_pct"):
            sign = -1 if row.smaller else 1
            values = [figures.get(row.key) for figures in (columns[_JUDGED], *others)]
            model, *theirs = (float("-inf") if value is None else sign * value for value in values)
            found[row.key] = all(model > value for value in theirs)
    return found


def _number(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}"
