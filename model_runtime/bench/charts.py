"""The charts of a report, each a PNG: readable in grey and by the colour-blind (the colours of Okabe and Ito 2008)."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from .reliability import BINS, Reliability

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
GREY, RULE = "#4d4d4d", "#d5d5d5"
_DPI = 110
_IOU_BINS = np.linspace(0, 1, 21)

Shares = Mapping[str, tuple[float, float, float]]
"""Task -> accuracy and both ends of its interval, 0 to 1."""


def png_of(figure: Figure) -> bytes:
    """A figure as a file; it says nothing of when and by what it was made, so that the same figure is the same file."""
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=_DPI, metadata={"Software": None})
    return file.getvalue()


def new_figure(width_in: float, height_in: float) -> Figure:
    """An empty one, of a size in inches; no window belongs to it."""
    from matplotlib.figure import Figure

    return Figure((width_in, height_in), layout="constrained")


def accuracy(runs: Mapping[str, Shares], chance: Mapping[str, float | None]) -> bytes:
    """Accuracy of several runs by task, with intervals and with what chance would reach.

    Args:
        runs: name of a run -> its shares.
        chance: task -> share of right answers by chance, 0 to 1; None where there is no such thing.
    """
    tasks = list(chance)
    step = 0.8 / max(1, len(runs))
    figure = new_figure(8.5, 1.3 + len(tasks) * max(0.45, 0.2 * len(runs)))
    axes = figure.subplots()
    for place, task in enumerate(tasks):
        if chance[task] is not None:
            axes.plot([100 * chance[task]] * 2, [place - 0.42, place + 0.42], color=GREY, lw=1.2, ls=(0, (3, 2)),
                      label="chance" if place == 0 else None)  # fmt: skip
    for number, (name, shares) in enumerate(runs.items()):
        at = [place for place, task in enumerate(tasks) if task in shares]
        found = 100 * np.array([shares[tasks[place]] for place in at])
        where = np.array(at) + (number - (len(runs) - 1) / 2) * step
        # An accuracy lies outside its own interval only by rounding.
        spread = np.clip([found[:, 0] - found[:, 1], found[:, 2] - found[:, 0]], 0, None)
        axes.errorbar(found[:, 0], where, xerr=spread, fmt=MARKERS[number % len(MARKERS)], ms=5.5, capsize=2.5,
                      lw=1.2, color=COLOURS[number % len(COLOURS)], label=name)  # fmt: skip
    axes.set(xlim=(-2, 102), ylim=(len(tasks) - 0.5, -0.5), xlabel="right answers, % (with 95 % interval)")
    axes.set_yticks(range(len(tasks)), [task.replace("_", " ") for task in tasks])
    for place in range(1, len(tasks)):
        axes.axhline(place - 0.5, color=RULE, lw=0.8)
    plain(axes, "x")
    figure.legend(loc="outside upper left", ncols=3, frameon=False, fontsize=9)
    return png_of(figure)


def iou_by_answer(right: Sequence[float], wrong: Sequence[float]) -> bytes:
    """How well the masks behind right and behind wrong answers match the ground (as Fig. 6 of the paper).

    Args:
        right: mean IoU of each question with a right answer, 0 to 1.
        wrong: of each with a wrong one.
    """
    figure = new_figure(8.5, 4.2)
    panels = figure.subplots(2, sharex=True)
    for axes, values, name, colour in zip(panels, (right, wrong), ("right", "wrong"), COLOURS, strict=False):
        axes.hist(values, _IOU_BINS, color=colour, edgecolor="white", lw=0.6)
        said = f"{name} answers: {len(values)}"
        if len(values):
            mean = float(np.mean(values))
            axes.axvline(mean, color="black", lw=1.4, ls=(0, (4, 2)))
            said += f", mean IoU {mean:.3f} (dashed)"
        axes.set_title(said, loc="left", fontsize=10)
        axes.set(xlim=(0, 1), ylabel="questions")
        axes.yaxis.get_major_locator().set_params(integer=True)
        plain(axes, "y")
    panels[1].set_xlabel("mean IoU of the masks of a question, 0 to 1")
    return png_of(figure)


def reliability(found: Reliability) -> bytes:
    """The IoU that the model expects of its masks against the true one, and how many masks there are of each."""
    figure = new_figure(6.2, 6.0)
    upper, lower = figure.subplots(2, sharex=True, height_ratios=(3, 1))
    upper.plot([0, 1], [0, 1], color=GREY, lw=1.2, ls=(0, (3, 2)), label="as good as expected")
    upper.scatter(found.scores, found.ious, s=9, color=COLOURS[5], alpha=0.45, linewidths=0, label="one mask")
    said, true, _ = np.array(found.bins).T
    upper.plot(said, true, "o-", color=COLOURS[0], ms=6, label=f"mean of each of {BINS} parts")
    upper.set(xlim=(0, 1), ylim=(-0.02, 1.02), ylabel="true IoU, 0 to 1")
    title = f"{len(found.scores)} masks; expected calibration error {found.calibration_error:.3f}"
    upper.set_title(title, loc="left", fontsize=10)
    upper.legend(fontsize=9, loc="lower right", framealpha=0.9, edgecolor="none")
    lower.hist(found.scores, np.linspace(0, 1, BINS + 1), color=COLOURS[0], edgecolor="white", lw=0.6)
    lower.set(xlabel="IoU that the model expects, 0 to 1", ylabel="masks")
    lower.yaxis.get_major_locator().set_params(integer=True)
    plain(upper, "both")
    plain(lower, "y")
    return png_of(figure)


def said_against_true(figures: Mapping[str, tuple[Sequence[float], Sequence[float]]]) -> bytes:
    """What was said against what is true, a panel for each unit.

    Args:
        figures: unit in words -> figures as said, and the true ones in the same order, which are greater than 0; at
            least one each. All but shares are drawn on logarithmic axes, linear below the smallest true one.
    """
    figure = new_figure(4.2 * min(2, len(figures)), 3.9 * -(-len(figures) // 2))
    panels = figure.subplots(-(-len(figures) // 2), min(2, len(figures)), squeeze=False).ravel()
    for axes in panels[len(figures) :]:
        axes.set_visible(False)
    for axes, (unit, (said, true)) in zip(panels, figures.items(), strict=False):
        most = float(max(*said, *true))
        if unit != "%":
            # Areas, distances and counts span powers of ten; what is said may be 0, which has no logarithm.
            for set_scale in (axes.set_xscale, axes.set_yscale):
                set_scale("symlog", linthresh=min(true))
        # Both axes are scaled alike: the line is straight, if it has points enough.
        line = np.append(0, np.geomspace(min(true) / 100, most, 200))
        axes.plot(line, line, color=GREY, lw=1.2, ls=(0, (3, 2)))
        axes.scatter(true, said, s=16, color=COLOURS[0], alpha=0.6, linewidths=0)
        axes.set(xlabel=f"true, {unit}", ylabel=f"said, {unit}")
        axes.set_title(f"{len(said)} figures in {unit}", loc="left", fontsize=10)
        plain(axes, "both")
    return png_of(figure)


def plain(axes: Axes, grid: str) -> None:
    """Axes with no more lines than are read: two spines, and a grid along `grid` (x, y, both)."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis=grid, color=RULE, lw=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=9)
