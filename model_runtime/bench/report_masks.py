"""The sections of a report on masks: how good they are, how answers go with them, and what the model knows of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from . import charts
from .document import Block, Heading, Paragraph, Picture, Table
from .published import published
from .reliability import reliability
from .report_inputs import Run
from .report_tables import number, tasks_of


def masks(runs: Sequence[Run]) -> Iterator[Block]:
    """Mask quality, and how it goes with right and wrong answers (Fig. 6)."""
    drawn = [run for run in runs if run.result["masks"]]
    if not drawn:
        return
    paper = published()
    yield Heading(3, "Masks")
    heads = ("", "mean IoU (95 %)", "of [SEG]s", "astray", "right answers", "wrong answers", "Pearson r")
    rows = [
        (
            run.label,
            f"{found['mean_iou']:.3f} ({found['interval'][0]:.3f}-{found['interval'][1]:.3f})",
            number(found["mean_seg_iou"], 3),
            f"{found['astray']} of {found['segs'] + found['astray']}",
            *_fig6(found),
        )
        for run in drawn
        for found in [run.result["masks"]]
    ]
    rows.append(("the paper, Fig. 6 (other items)", "-", "-", "-", *_fig6(vars(paper))))
    yield Paragraph(
        "Mean IoU of each true region with all that was drawn for it; IoU of the [SEG]s that name a region, and how "
        "many name none; mean IoU behind right and behind wrong answers, and how both go together."
    )
    yield Table(heads, tuple(rows))
    first = drawn[0]
    scored = [one for one in first.judged if one.masks and not one.response.error]
    by_answer = [[one.masks.mean for one in scored if one.right(first.reader) == right] for right in (True, False)]
    yield Picture(
        f"{first.suite}-iou-by-answer",
        charts.iou_by_answer(*by_answer),
        f"{first.label}: mean IoU of the masks behind right and behind wrong answers, as in Fig. 6 of the paper "
        f"(Pearson r {number(first.result['masks']['pearson_r'], 2)}).",
    )
    yield Paragraph(f"{first.label}, by task:")
    of_task = first.result["masks"]["tasks"]
    yield Table(
        ("", "questions", "mean IoU", "right answers", "wrong answers", "Pearson r"),
        tuple(
            (task.replace("_", " "), str(of_task[task]["items"]), f"{of_task[task]['mean_iou']:.3f}",
             *_fig6(of_task[task]))
            for task in tasks_of([first.result]) if task in of_task
        ),
    )  # fmt: skip


def _fig6(found: dict) -> tuple[str, str, str]:
    return number(found["iou_of_correct"], 3), number(found["iou_of_wrong"], 3), number(found["pearson_r"], 2)


def scores_of_masks(runs: Sequence[Run]) -> Iterator[Block]:
    """Whether the IoU that a model expects of its masks is what they have."""
    found = [(run, held) for run in runs if (held := reliability(run.judged))]
    if not found:
        return
    yield Heading(3, "What the model expects of its masks")
    yield Paragraph(
        "Each mask has a score: the IoU that the model expects of it. The expected calibration error is the mean "
        "distance of score and IoU over ten equal parts of the scores; the bias is the mean score less the mean IoU."
    )
    yield Table(
        ("", "masks", "mean score", "mean IoU", "bias", "expected calibration error"),
        tuple(
            (run.label, str(len(held.scores)), f"{held.scores.mean():.3f}", f"{held.ious.mean():.3f}",
             f"{held.bias:+.3f}", f"{held.calibration_error:.3f}")
            for run, held in found
        ),
    )  # fmt: skip
    run, held = found[0]
    yield Picture(
        f"{run.suite}-reliability",
        charts.reliability(held),
        f"{run.label}: IoU as expected and as it is, mask by mask.",
    )
