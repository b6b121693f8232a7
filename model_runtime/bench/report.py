"""`bench report`: what runs of the benchmark came to, as Markdown with pictures beside it and as one HTML page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ..errors import Cancelled
from ..terra_cot.extras import require
from . import report_masks
from . import report_sections as sections
from .document import Block, Heading, Listing, Paragraph, Picture, check_places, write
from .items import LETTERS
from .report_inputs import Inputs, Run, read_inputs
from .report_tables import ablation_tables, memory_table
from .scoring import Judged
from .worst import pictures, worst

SUITE_TITLES = {
    "terrascope": "TerraScope-Bench",
    "landsat30au": "Landsat30-AU",
    "disasterm3": "DisasterM3",
    "disasterm3-sar": "DisasterM3, radar after optical",
    "rsvqa-lr": "RSVQA-LR",
    "bigearthnet": "BigEarthNet",
}


def write_report(
    paths: Sequence[Path],
    out: Path,
    page_out: Path | None = None,
    stopped: Callable[[], bool] = lambda: False,
    tell: Callable[[float], None] = lambda done: None,
) -> None:
    """Write a report of some runs.

    Args:
        paths: files of `bench run`, and of `bench ablate` and `bench memory` if there are any; the first run of a suite
            is looked at closely, the others stand beside it.
        out: Markdown file; pictures go into a folder beside it.
        page_out: HTML page that holds everything; None for none.
        stopped: asked between pieces of the work whether to end.
        tell: told the fraction that is done.

    Raises:
        RequestError: a file is missing or of another kind, or a name does not fit.
        OutputError: something cannot be written.
        Cancelled: `stopped` was true; nothing is written.
    """
    require("data", "matplotlib", "pycocotools", "pyarrow")
    check_places(out, page_out)
    inputs = read_inputs(paths, stopped)
    title = f"Benchmark report: {inputs.runs[0].label}"
    blocks: list[Block] = []
    for number, block in enumerate(blocks_of(inputs, title)):
        if stopped():
            raise Cancelled
        blocks.append(block)
        tell(1 - 0.98**number)  # how many there will be is not known
    write(blocks, title, out, page_out)
    tell(1.0)


def blocks_of(inputs: Inputs, title: str) -> Iterator[Block]:
    """The report, piece by piece."""
    yield Heading(1, title)
    yield Paragraph(
        "Intervals are of 95 %, by bootstrap over places. docs/bench.md says how items are made, how models are asked, "
        "how answers are read and how masks are scored."
    )
    for suite in dict.fromkeys(run.suite for run in inputs.runs):
        runs = [run for run in inputs.runs if run.suite == suite]
        yield Heading(2, SUITE_TITLES[suite])
        yield from sections.what_was_run(runs)
        yield from sections.accuracy(runs)
        yield from sections.beside_the_paper(runs)
        yield from report_masks.masks(runs)
        yield from report_masks.scores_of_masks(runs)
        yield from sections.figures(runs)
        yield from sections.claims(runs)
        yield from sections.time(runs)
        yield from _worst(runs[0])
    yield from ablation_tables(inputs.ablations)
    yield from memory_table(inputs.memory)


def _worst(run: Run) -> Iterator[Block]:
    chosen = worst(run.judged, run.reader)
    if not chosen:
        return
    yield Heading(3, "The worst answers")
    with_masks = any(one.masks for one in chosen)
    order = "those with the worst masks first" if with_masks else "in the order of the questions"
    yield Paragraph(f"{len(chosen)} wrong answers of {run.label}, {order}.")
    for number, (one, png) in enumerate(pictures(chosen, run.items), start=1):
        yield Heading(4, f"{number}. {one.question.id}")
        if png:
            yield Picture(f"{run.suite}-worst-{number:02}", png, _seen(one))
        yield Listing(tuple(_told(one, run.reader)))


def _seen(one: Judged) -> str:
    if not one.question.item:
        return "What was asked about."
    drawn = f"mean IoU {one.masks.mean:.3f}" if one.response.masks else "nothing was drawn"
    return f"The image, where the regions truly are, and what was drawn: {drawn}."


def _told(one: Judged, reader: str) -> Iterator[str]:
    question, response = one.question, one.response
    yield f"Asked ({question.task.replace('_', ' ')}): {question.text}"
    if question.kind == "choice":
        lettered = zip(LETTERS, question.candidates, strict=False)
        yield f"Options: {'; '.join(f'{letter} {text}' for letter, text in lettered)}"
        exact = f" ({question.item.value:.4g} {question.item.unit})" if question.item and question.item.value else ""
        yield f"Right: {question.answer}{exact}"
    else:
        yield f"Right: {question.answer}"
    yield f"Said: {_shortened(response.error or response.text)}"
    yield f"Read as: {one.chosen[reader] or 'nothing'}"


def _shortened(text: str, most: int = 600) -> str:
    return text if len(text) <= most else f"{text[:most]} ..."
