"""What the paper reports, as data: `resources/published_results.json`, with the tables that the figures stand in.

The paper's figures are of other items, which are not published, and of other machines: they say what is usual, and
cannot be compared one to one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

import numpy as np

from ..resource_files import RESOURCES

_FILE = RESOURCES / "published_results.json"


@dataclass(frozen=True)
class Column:
    """One column of a published table.

    Attributes:
        name: As in the paper.
        figure: Which of a run is of the same kind: the name of a task, "macro", "macro of these" (the tasks of this
            table) or "micro"; None for none.
    """

    name: str
    figure: str | None


@dataclass(frozen=True)
class PublishedTable:
    """One table of the paper, or what it has of one suite.

    Attributes:
        table: Its number there.
        title: What it is about.
        unit: Of all figures.
        suite: That ours have to be of; "" for none.
        columns: From left to right.
        rows: Name of a model or a way to reason, and a figure for each column, None where the paper has none.
    """

    table: str
    title: str
    unit: str
    suite: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, tuple[float | None, ...]], ...]

    def of_run(self, result: dict) -> tuple[float | None, ...]:
        """The same accuracies of a run, in percent; None where it has none.

        Args:
            result: what `bench run` wrote.
        """
        found = [_accuracy(column.figure, self.columns, result) for column in self.columns]
        return tuple(None if value is None else 100 * value for value in found)


@dataclass(frozen=True)
class Published:
    """All of it.

    Attributes:
        source: The paper.
        iou_of_correct: Mean IoU of its Fig. 6, 0 to 1.
        iou_of_wrong: The same of wrong answers.
        pearson_r: Between both.
        tables: In its order.
    """

    source: str
    iou_of_correct: float
    iou_of_wrong: float
    pearson_r: float
    tables: tuple[PublishedTable, ...]

    def of(self, *numbers: str, suite: str = "") -> list[PublishedTable]:
        """Tables of these numbers, of one suite if that is named."""
        return [found for found in self.tables if found.table in numbers and suite in ("", found.suite)]


@cache
def published() -> Published:
    """Read the file."""
    found = json.loads(_FILE.read_text("utf-8"))
    tables = tuple(
        PublishedTable(
            **{name: table[name] for name in ("table", "title", "unit", "suite")},
            columns=tuple(Column(**column) for column in table["columns"]),
            rows=tuple((row["name"], tuple(row["values"])) for row in table["rows"]),
        )
        for table in found["tables"]
    )
    return Published(found["source"], **found["figure_6"], tables=tables)


def _accuracy(name: str | None, columns: tuple[Column, ...], result: dict) -> float | None:
    tasks = result["tasks"]
    if name in ("macro", "micro"):
        return result[f"{name}_accuracy"]
    if name == "macro of these":
        of_these = [tasks[column.figure]["accuracy"] for column in columns if column.figure in tasks]
        return float(np.mean(of_these)) if of_these else None
    return tasks[name]["accuracy"] if name in tasks else None
