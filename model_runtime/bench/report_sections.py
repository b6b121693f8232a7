"""The sections of a report on the runs of one suite; the first run is looked at closely, the others stand beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..measure.area import M2_PER_HA
from . import charts
from .answerers import BASELINE, ENDPOINT, LOCAL
from .document import Block, Heading, Listing, Paragraph, Picture, Table
from .items import LETTERS
from .options import figure_of as option_figure
from .published import published
from .readers import block, figure_of
from .report_inputs import Run
from .report_tables import OTHER_ITEMS, number, paper_table, percent, tasks_of

_UNITS = {"%": ("%", 1.0), "ha": ("hectares", 1.0), "m2": ("hectares", 1 / M2_PER_HA), "m": ("metres", 1.0),
          "buildings": ("buildings", 1.0)}  # fmt: skip


def what_was_run(runs: Sequence[Run]) -> Iterator[Block]:
    """Models, settings, machines and dates."""
    yield Heading(3, "What was run")
    rows = {
        "version": lambda run: (run.result["model"] or {}).get("revision", "") or "-",
        "SHA-256 of the weights": lambda run: (run.result["model"] or {}).get("sha256", "")[:12] or "-",
        "questions": lambda run: f"{run.result['questions']:,}",
        "SHA-256 of the questions": lambda run: run.result["questions_sha256"][:12],
        "shown as": lambda run: run.result["variant"] or "all that there is",
        "asked": lambda run: {"question": "the question alone", "letters": "with lettered options"}[_way(run)],
        "answers read as": lambda run: run.reader,
        "reasoning": lambda run: _reasoning(run),
        "without an answer": lambda run: str(run.result["failed"]),
        "tokens read / written": lambda run: _tokens(run.result.get("usage")),
        "cost": lambda run: _cost(run.result.get("usage")),
        "refusals": lambda run: str(run.result["usage"]["refusals"]) if "usage" in run.result else "-",
        "made by": lambda run: run.result["made_by"],
        "machine": lambda run: run.result["machine"],
        "date": lambda run: run.result["date"],
    }
    told = {name: [of(run) for run in runs] for name, of in rows.items()}
    told = {name: values for name, values in told.items() if set(values) != {"-"}}
    alike = [name for name, values in told.items() if len(set(values)) == 1]
    yield Paragraph("Model: " + runs[0].label if len(runs) == 1 else "Alike for all:")
    yield Listing(tuple(f"{name}: {told[name][0]}" for name in alike))
    if len(runs) > 1:
        differing = tuple((name, *values) for name, values in told.items() if name not in alike)
        yield Table(("", *(run.label for run in runs)), differing)


def _tokens(usage: dict | None) -> str:
    return f"{usage['prompt_tokens']:,} / {usage['completion_tokens']:,}" if usage else "-"


def _cost(usage: dict | None) -> str:
    return "-" if usage is None or usage["cost"] is None else f"{usage['cost']:.2f}"


def _way(run: Run) -> str:
    return run.judged[0].response.way


def _reasoning(run: Run) -> str:
    setting = run.result["setting"]
    if setting["model"].startswith((BASELINE, ENDPOINT, LOCAL)):
        return "-"
    told = {None: "measures as the model likes", True: "measures told", False: "no measures told"}
    parts = [setting["profile"], told[setting["measured"]], f"fusion {setting['fusion']}", setting.get("ablation")]
    return ", ".join(filter(None, parts))


def accuracy(runs: Sequence[Run]) -> Iterator[Block]:
    """By task, with chance; by each reader where there are several; what two suites count beside that."""
    yield Heading(3, "Accuracy")
    tasks = tasks_of([run.result for run in runs])
    of_task = {task: next(run.result["tasks"][task] for run in runs if task in run.result["tasks"]) for task in tasks}
    chance = {task: of_task[task]["chance"] for task in tasks}
    smallest = smallest_option(runs[0])
    shares = {
        run.label: {task: (found["accuracy"], *found["interval"]) for task, found in run.result["tasks"].items()}
        for run in runs
    }
    yield Picture(
        f"{runs[0].suite}-accuracy", charts.accuracy(shares, chance), "Right answers by task, with 95 % intervals."
    )
    rows = [
        (
            task.replace("_", " "), str(of_task[task]["n"]), percent(chance[task]), percent(smallest.get(task)),
            *(_accuracy(run.result["tasks"].get(task)) for run in runs),
        )
        for task in tasks
    ]  # fmt: skip
    for name, words in (("macro", "mean of the tasks"), ("micro", "all questions")):
        known = [value for value in chance.values() if value is not None]
        mean = sum(known) / len(tasks) if name == "macro" and len(known) == len(tasks) else None
        rows.append(
            (words, str(runs[0].result["questions"]), percent(mean), "-",
             *(percent(run.result[f"{name}_accuracy"], run.result[f"{name}_interval"]) for run in runs))
        )  # fmt: skip
    yield Paragraph("The same in %:")
    yield Table(("", "n", "chance", "always the smallest", *(run.label for run in runs)), tuple(rows))
    if smallest:
        yield Paragraph("Always the smallest: what an answer of 0 comes to where it is held against the options.")
    several = [run for run in runs if len(run.result["readers"]) > 1]
    if several:
        yield Paragraph("Mean of the tasks in %, by who reads the letters.")
        names = list(several[0].result["readers"])
        yield Table(
            ("", *names),
            tuple((run.label, *(_macro(run.result["readers"].get(name)) for name in names)) for run in several),
        )
    for run in runs:
        if run.result["ranges"]:
            yield Paragraph(f"{run.label}: counts in the right range {percent(run.result['ranges']['accuracy'])} %.")
        if run.result["labels"]:
            yield Paragraph(f"{run.label}: F1 over all labels {run.result['labels']['micro_f1']:.3f}.")


def smallest_option(run: Run) -> dict[str, float]:
    """Task of ours -> how often the smallest option is right, 0 to 1; only tasks whose options are figures."""
    hits: dict[str, list[bool]] = {}
    for one in run.judged:
        question = one.question
        if question.item and question.item.value is not None:
            options = [option_figure(text) for text in question.candidates]
            hits.setdefault(question.task, []).append(LETTERS[options.index(min(options))] == question.answer)
    return {task: sum(found) / len(found) for task, found in hits.items()}


def _accuracy(found: dict | None) -> str:
    return percent(found["accuracy"], found["interval"]) if found else "-"


def _macro(found: dict | None) -> str:
    return percent(found["macro_accuracy"], found["macro_interval"]) if found else "-"


def beside_the_paper(runs: Sequence[Run]) -> Iterator[Block]:
    """Tables 1, F, G and H, where a run has any figure of theirs."""
    tables = [
        (table, [(run.label, table.of_run(run.result)) for run in runs])
        for table in published().of("1", "F", "G", "H", suite=runs[0].suite)
    ]
    known = [(table, rows) for table, rows in tables if any(value is not None for _, row in rows for value in row)]
    if not known:
        return
    yield Heading(3, "Beside the paper")
    yield Paragraph(f"{OTHER_ITEMS} Source: {published().source}.")
    for table, rows in known:
        yield from paper_table(table, rows)


def figures(runs: Sequence[Run]) -> Iterator[Block]:
    """How far figures are off that were said without options to choose from."""
    told = [run for run in runs if run.result["figures"]]
    if not told:
        return
    yield Heading(3, "Figures")
    yield Paragraph(
        "Error of the model's own figures, where it was asked without options: median (mean), and how many."
    )
    kinds = dict.fromkeys(
        (task, kind) for run in told for task in tasks_of([run.result]) if task in run.result["figures"]
        for kind in run.result["figures"][task]["errors"]
    )  # fmt: skip
    rows = [
        (f"{task.replace('_', ' ')}, {kind}", *(_error(run.result["figures"].get(task), kind) for run in told))
        for task, kind in kinds
    ]
    silent = ("answers without a figure", *(_silent(run) for run in told))
    yield Table(("", *(run.label for run in told)), (*rows, silent))
    pairs: dict[str, tuple[list[float], list[float]]] = {}
    for one in told[0].judged:
        item = one.question.item
        if item and item.value is not None and one.response.way == "question":
            said = figure_of(block(one.response.text), item.unit)
            if said is not None:
                unit, factor = _UNITS[item.unit]
                into = pairs.setdefault(unit, ([], []))
                into[0].append(factor * said)
                into[1].append(factor * item.value)
    if pairs:
        yield Picture(
            f"{told[0].suite}-figures", charts.said_against_true(pairs),
            f"{told[0].label}: figures as said and as they are; on the dashed line both are equal.",
        )  # fmt: skip


def _error(of_task: dict | None, kind: str) -> str:
    found = of_task and of_task["errors"].get(kind)
    if not found:
        return "-"
    if kind.startswith("share"):
        return f"{found['median']:.1%} ({found['mean']:.1%}), {found['n']}"
    return f"{found['median']:.3g} ({found['mean']:.3g}), {found['n']}"


def _silent(run: Run) -> str:
    return str(sum(of_task["without_figure"] for of_task in run.result["figures"].values()))


def claims(runs: Sequence[Run]) -> Iterator[Block]:
    """How many of the figures that a model wrote its own masks do not bear out."""
    wrote = [run for run in runs if any(found["numbers"] for found in run.result["claims"].values())]
    if not wrote:
        return
    yield Heading(3, "Figures held against the model's own masks")
    yield Paragraph(
        "Hallucinated are figures that no measure of the masks bears out; measures told to it are not its own."
    )
    yield Table(
        ("", *(f"{where}: {what}" for where in ("reasoning", "answer") for what in ("figures", "hallucinated of 100"))),
        tuple(
            (run.label, *(
                text for where in ("reasoning", "answer") for found in [run.result["claims"][where]]
                for text in (str(found["numbers"]), number(found["hallucinated_per_100"], 1))
            ))
            for run in wrote
        ),
    )  # fmt: skip


def time(runs: Sequence[Run]) -> Iterator[Block]:
    """Seconds from question to answer, beside Table D."""
    timed = [run for run in runs if run.result["seconds"]]
    if not timed:
        return
    yield Heading(3, "Time per question")
    yield Table(
        ("", "mean s", "median s", "all together s"),
        tuple(
            (run.label, *(f"{run.result['seconds'][name]:.{digits}f}" for name, digits in _SECONDS)) for run in timed
        ),
    )
    for table in published().of("D", suite=runs[0].suite):
        yield from paper_table(table)


_SECONDS = (("mean", 3), ("median", 3), ("total", 1))
