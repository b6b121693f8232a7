"""Tables of a report that more than one section has: the paper's own, those of `bench ablate` and of `bench memory`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .document import Block, Heading, Paragraph, Table
from .items import TASKS
from .published import PublishedTable, published

OTHER_ITEMS = (
    "The paper's figures are of its own items, which are not published, of other models and of other machines. They "
    "say what is usual; they cannot be compared one to one with those of this report."
)


def percent(share: float | None, interval: Sequence[float] | None = None) -> str:
    """A share from 0 to 1 as percent, with its interval."""
    if share is None:
        return "-"
    between = f" ({100 * interval[0]:.1f}-{100 * interval[1]:.1f})" if interval else ""
    return f"{100 * share:.1f}{between}"


def number(value: float | None, digits: int) -> str:
    """A figure, or a dash."""
    return "-" if value is None else f"{value:.{digits}f}"


def tasks_of(results: Sequence[dict]) -> list[str]:
    """Every task of some runs, in the order of the paper where they are its tasks."""
    found = list(dict.fromkeys(task for result in results for task in result["tasks"]))
    return sorted(found, key=lambda task: TASKS.index(task) if task in TASKS else len(TASKS))


def paper_table(table: PublishedTable, ours: Sequence[tuple[str, Sequence[float | None]]] = ()) -> Iterator[Block]:
    """A table of the paper, with rows of ours on top.

    Args:
        table: of `published`.
        ours: name and figures, in the table's columns and unit.
    """
    yield Paragraph(f"Table {table.table} of the paper: {table.title}; {table.unit}.")
    digits = 2 if table.table in ("D", "F") else 1
    rows = [(f"{name} (this report)", values) for name, values in ours] + list(table.rows)
    yield Table(
        ("", *(column.name for column in table.columns)),
        tuple((name, *(number(value, digits) for value in values)) for name, values in rows),
    )


def ablation_tables(made: Sequence[dict]) -> Iterator[Block]:
    """What files of `bench ablate` hold, each table followed by the paper's of the same shape."""
    if not made:
        return
    yield Heading(2, "Ablations")
    yield Paragraph(
        "The paper trains a model for each of its rows; here the reasoning of one model is changed as it runs. "
        + OTHER_ITEMS
    )
    for one in made:
        for table in one["tables"].values():
            yield Heading(3, table["title"])
            name = one["model"]["name"] if one["model"] else "A model"
            yield Paragraph(f"{name}, {table['rows'][0]['questions']} questions for each row. Accuracy in %.")
            tasks = list(table["rows"][0]["tasks"])
            yield Table(
                ("", "macro accuracy (95 %)", "mean IoU", "median s", *(task.replace("_", " ") for task in tasks)),
                tuple(
                    (
                        row["name"],
                        percent(row["macro_accuracy"], row["macro_interval"]),
                        number(row["mean_iou"], 3),
                        number(row["median_seconds"], 2),
                        *(percent(row["tasks"][task]) for task in tasks),
                    )
                    for row in table["rows"]
                ),
            )
            for found in published().of(table["paper"]) if table["paper"] else ():
                yield from paper_table(found)


def memory_table(made: Sequence[list[dict]]) -> Iterator[Block]:
    """What files of `bench memory` hold, followed by the paper's Table E."""
    if not made:
        return
    yield Heading(2, "Memory")
    rows = [row for one in made for row in one]
    yield Paragraph("Peak memory of one answer: of a GPU what was reserved, else of the whole process.")
    yield Table(
        ("device", "weights", "masks", "peak GB", "load s", "answer s"),
        tuple(
            (
                row["device"], row["tier"], str(row["masks"]), f"{row['peak_bytes'] / 1e9:.2f}",
                f"{row['load_s']:.1f}", f"{row['answer_s']:.2f}",
            )
            for row in rows
        ),
    )  # fmt: skip
    for table in published().of("E"):
        yield from paper_table(table)
