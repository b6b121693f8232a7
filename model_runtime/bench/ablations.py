"""`bench ablate`: one model asked the same items in several ways, in the shape of the paper's Tables 2, 3 and K.

The paper trains a model for each row; here one model's reasoning is changed as it runs, which shows what that model
makes of what it is given. Measures are kept out of the reasoning, as in the paper, except where a row says otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from ..errors import OutputError, RequestError
from ..evidence.files import write_whole
from .asking import Setting
from .report_tables import tasks_of
from .run import Plan, run
from .suites import read_suite


@dataclass(frozen=True)
class Row:
    """One way to reason.

    Attributes:
        name: As in the paper's table, where it stands there.
        changes: Of the `Setting`.
    """

    name: str
    changes: dict[str, object]


@dataclass(frozen=True)
class Table:
    """Some ways to reason, side by side.

    Attributes:
        title: What differs.
        paper: Number of the paper's table of this shape; "" where it has none.
        variant: Of our items, which images are shown.
        rows: From top to bottom.
    """

    title: str
    paper: str
    variant: Literal["optical", "joint"]
    rows: tuple[Row, ...]


TABLES: dict[str, Table] = {
    "cot": Table("What enters the reasoning at a [SEG]", "2", "optical", (
        Row("Textual CoT w/o Seg.", {"ablation": "textual"}),
        Row("Textual CoT with Seg.", {"ablation": "textual_masks"}),
        Row("Random-Mask CoT", {"ablation": "random_tokens"}),
        Row("Box CoT", {"ablation": "box"}),
        Row("Pixel CoT", {}),
    )),
    "measured": Table("Exact measures in the reasoning", "", "optical", (
        Row("not told", {}),
        Row("told", {"measured": True}),
    )),
    "selection": Table("Which tokens under a mask", "", "optical", (
        Row("over 50 % covered, at most 128", {}),
        Row("over 50 % covered, at most 8", {"ablation": "eight_tokens"}),
        Row("cell centre covered, at most 128", {"ablation": "centre"}),
    )),
    "fusion": Table("Whose tokens enter beside radar", "3", "joint", (
        Row("No Fusion", {"fusion": "none"}),
        Row("Concat.", {"fusion": "concat"}),
        Row("Text-guided", {"fusion": "text_guided"}),
        Row("Text-guided, as the release trains", {"fusion": "published_train"}),
    )),
    "encoding": Table("Optical and radar images in the prompt, and in the reasoning", "K", "joint", (
        Row("Optical only / Optical only", {"fusion": "none"}),
        Row("Optical only / Concat Opt+SAR", {"fusion": "concat", "ablation": "optical_prompt"}),
        Row("Optical only / Adaptive selection", {"fusion": "text_guided", "ablation": "optical_prompt"}),
        Row("Concat Opt+SAR / Optical only", {"fusion": "text_guided", "ablation": "optical_regions"}),
        Row("Concat Opt+SAR / Concat Opt+SAR", {"fusion": "concat"}),
        Row("Concat Opt+SAR / Adaptive selection", {"fusion": "text_guided"}),
    )),
}  # fmt: skip
"""Name -> what is compared."""

ABLATIONS_FILE = "ablations.json"


def ablate(
    plan: Plan,
    names: Sequence[str],
    out: Path,
    stopped: Callable[[], bool] = lambda: False,
    tell: Callable[[float], None] = lambda done: None,
) -> dict:
    """Run every row of some tables; a setting that stands in several is run once.

    Args:
        plan: Suite, items and model; its setting is what rows change, its variant is not looked at.
        names: Of `TABLES`.
        out: Folder for a run of each setting, as `run` writes it, and `ablations.json`; made where it is missing.
        stopped: See `run`.
        tell: Told the fraction that is done.

    Returns:
        What `ablations.json` holds: of each table its title and rows, and of each row its run's file and figures.

    Raises:
        RequestError: a table is not known, or the suite has no items for it.
        ModelError: as `run`.
        OutputError: as `run`.
        Cancelled: as `run`; what was answered is kept.
    """
    unknown = [name for name in names if name not in TABLES]
    if unknown:
        raise RequestError(f"There is no table {', '.join(unknown)}: choose among {', '.join(TABLES)}.")
    variants = {question.item and question.item.variant for question in read_suite(plan.suite, plan.items)}
    missing = [name for name in names if _variant(TABLES[name], variants) not in variants]
    if missing:
        raise RequestError(
            f"'{plan.items}' has no item shown as {TABLES[missing[0]].variant}, which {' and '.join(missing)} compare: "
            "choose other --tables, or build items with that variant."
        )
    plans = {
        (name, row.name): replace(plan, setting=_setting(plan, row), variant=_variant(TABLES[name], variants))
        for name in names
        for row in TABLES[name].rows
    }
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{out} cannot be made ({error}): choose another folder.") from error
    runs = {_file(one): one for one in plans.values()}
    results = {}
    for number, (file, one) in enumerate(runs.items()):
        results[file] = run(one, out / file, stopped, lambda done, number=number: tell((number + done) / len(runs)))
    found = {
        name: {
            "title": TABLES[name].title,
            "paper": TABLES[name].paper,
            "rows": [
                {"name": row.name, "run": (file := _file(plans[name, row.name])), **_figures(results[file])}
                for row in TABLES[name].rows
            ],
        }
        for name in names
    }
    made = {"model": next(iter(results.values()))["model"], "suite": plan.suite, "tables": found}
    try:
        write_whole(out / ABLATIONS_FILE, json.dumps(made, indent=1, ensure_ascii=False) + "\n")
    except OSError as error:
        raise OutputError(f"{out} cannot be written ({error}): free space or choose another folder.") from error
    return made


def _variant(table: Table, variants: set[str | None]) -> str | None:
    """How items are shown for a table; the files of others have one way, and no radar."""
    return None if variants == {None} and table.variant == "optical" else table.variant


def _setting(plan: Plan, row: Row) -> Setting:
    return replace(plan.setting, **{"measured": False, "ablation": None, "fusion": "text_guided", **row.changes})


def _file(plan: Plan) -> str:
    setting: Setting = plan.setting
    told = "measured" if setting.measured else "plain"
    return f"{plan.variant or plan.suite}-{setting.fusion}-{setting.ablation or 'whole'}-{told}.json"


def _figures(result: dict) -> dict:
    """What the tables show of a run."""
    return {
        "questions": result["questions"],
        "macro_accuracy": result["macro_accuracy"],
        "macro_interval": result["macro_interval"],
        "mean_iou": result["mean_iou"],
        "median_seconds": (result["seconds"] or {}).get("median"),
        "tasks": {task: result["tasks"][task]["accuracy"] for task in tasks_of([result])},
        "setting": result["setting"],
    }


def markdown(made: dict) -> str:
    """Tables of what `ablate` returns."""
    parts = []
    for table in made["tables"].values():
        tasks = list(table["rows"][0]["tasks"])
        heads = ["", "macro accuracy", "95 %", "mean IoU", "s", *(task.replace("_", " ") for task in tasks)]
        shape = f" (the shape of the paper's Table {table['paper']})" if table["paper"] else ""
        lines = [f"**{table['title']}**{shape}", "", _line(heads), _line(["---", *["---:"] * (len(heads) - 1)])]
        for row in table["rows"]:
            low, high = row["macro_interval"]
            iou = "" if row["mean_iou"] is None else f"{row['mean_iou']:.3f}"
            seconds = "" if row["median_seconds"] is None else f"{row['median_seconds']:.2f}"
            shares = [f"{row['tasks'][task]:.1%}" for task in tasks]
            cells = [row["name"], f"{row['macro_accuracy']:.1%}", f"{low:.1%}-{high:.1%}", iou, seconds, *shares]
            lines.append(_line(cells))
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
