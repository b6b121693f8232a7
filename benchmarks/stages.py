"""A picture of what `bench speed` or `bench scale` measured.

    python benchmarks/stages.py SPEED.json [MORE.json ...] --out stages.png
    python benchmarks/stages.py SCALE.json [MORE.json ...] --out scale.png

Of `bench speed`: the stages of a question, one after the other, above their bare passes, the floor, the plain loop of
the released code and transformers' generate(). Of `bench scale`: how the time grows with the work, beside growth in
proportion. Each file has a panel of its own: seconds of two runs say little about one another.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from model_runtime.bench.charts import COLOURS, GREY, MARKERS, new_figure, plain, png_of  # noqa: E402
from model_runtime.errors import RequestError, TerraScopeError  # noqa: E402
from model_runtime.evidence.files import replacing  # noqa: E402
from model_runtime.terra_cot.extras import require  # noqa: E402

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

_FILLS = COLOURS[:-1]  # black is for what is not a stage
_HATCHES = ("", "////", "....")  # for every further turn of the colours
_NARROWEST = 0.018
"""part of the axis that the number of a stage needs"""

_ROWS = (
    ("warm", "runtime", "median_s", ""),
    ("bare_passes", "bare passes", "bare_s", "; whole question: {ratio_to_bare_passes:.2f} x this"),
    ("floor", "floor", "floor_s", "; reasoning: {ratio_to_floor:.1f} x this"),
    ("yardstick", "released code's loop", None, "; reasoning: {ratio_to_yardstick:.2f} x this"),
    ("generate", "generate()", None, "; prompt and words: {ratio_to_generate:.2f} x this"),
)
"""of a panel: its name in `seconds`, in words, where its stages stand, and what of the runtime it is held against"""


def read(path: Path) -> dict[str, Any]:
    """What `bench speed --json` or `bench scale --json` wrote.

    Raises:
        RequestError: it is not such a file.
    """
    try:
        made = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise RequestError(f"{path} cannot be read as JSON; name a file of bench speed or bench scale.") from error
    if not isinstance(made, dict) or not ({"stages", "seconds", "asked"} <= set(made) or "axes" in made):
        raise RequestError(f"{path} is not a file of bench speed or bench scale; make one with their --json.")
    return made


def draw(made: Sequence[dict[str, Any]]) -> Figure:
    """The picture of files of one kind, a panel for each.

    Raises:
        RequestError: some are of `bench speed` and some of `bench scale`.
    """
    require("data", "matplotlib")
    of_scale = ["axes" in one for one in made]
    if all(of_scale):
        return _growth(made)
    if any(of_scale):
        raise RequestError("Files of bench speed and of bench scale make two pictures; name those of one kind.")
    return _stages(made)


def _stages(made: Sequence[dict[str, Any]]) -> Figure:
    names = list(dict.fromkeys(name for one in made for name in one["stages"]))
    # The same work on the same machine may be looked at on one axis.
    alike = len({json.dumps([one["asked"] | {"runs": 0}, one["device"]["title"]], sort_keys=True) for one in made}) == 1
    figure = new_figure(9.5, 1.0 + 2.5 * len(made))
    panels = figure.subplots(len(made), squeeze=False, sharex=alike).ravel()
    width = [_longest(one) for one in made]
    for axes, one, longest in zip(panels, made, width, strict=True):
        axes.set_xlim(0, 1.4 * (max(width) if alike else longest))  # what is told beside a bar needs room
        _speed_panel(axes, one, names)
    panels[-1].set_xlabel("seconds: median of the rounds; lines below: from the fastest to the slowest round")
    legend = [_patch(number, name) for number, name in enumerate(names)]
    figure.legend(handles=legend, loc="outside lower center", ncols=6, frameon=False, fontsize=9)
    return figure


def _longest(one: dict[str, Any]) -> float:
    return max(one["seconds"][name]["high"] for name, *_ in _ROWS)


def _speed_panel(axes: Axes, one: dict[str, Any], names: Sequence[str]) -> None:
    for place, (name, _, part, beside) in enumerate(_ROWS):
        took = one["seconds"][name]
        if part is None:
            axes.barh(place, took["median"], 0.66, color="white", edgecolor="black", lw=1.0)
        else:
            _stack(axes, place, {stage: of[part] for stage, of in one["stages"].items() if of[part]}, names)
        axes.plot([took["low"], took["high"]], [place + 0.41] * 2, color="black", lw=1.2, marker="|", ms=5)
        said = f"{took['median']:.3g} s{beside.format(**one)}"
        axes.text(took["median"], place, f"  {said}", va="center", fontsize=8.5)
    axes.set_ylim(len(_ROWS) - 0.4, -0.5)
    axes.set_yticks(range(len(_ROWS)), [words for _, words, *_ in _ROWS])
    axes.set_title(_title(one), loc="left", fontsize=10)
    plain(axes, "x")


def _stack(axes: Axes, place: int, seconds: dict[str, float], names: Sequence[str]) -> None:
    """Stages one after the other; those that are wide enough have their number in them."""
    begin, room = 0.0, _NARROWEST * axes.get_xlim()[1]
    for stage, took in seconds.items():
        number = names.index(stage)
        patch = axes.barh(place, took, 0.66, begin, edgecolor="white", lw=0.6, **_style(number))
        if took > room:
            box = {"boxstyle": "circle,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.9}
            axes.bar_label(patch, [str(number + 1)], label_type="center", fontsize=7.5, bbox=box)
        begin += took


def _style(number: int) -> dict[str, str]:
    """How a stage is filled."""
    turn, colour = divmod(number, len(_FILLS))
    return {"facecolor": _FILLS[colour], "hatch": _HATCHES[turn % len(_HATCHES)]}


def _patch(number: int, name: str) -> Patch:
    from matplotlib.patches import Patch

    return Patch(edgecolor="white", label=f"{number + 1} {name.replace('_', ' ')}", **_style(number))


def _title(one: dict[str, Any]) -> str:
    asked, device = one["asked"], one["device"]
    how = [device["title"], device["tier"], *["compiled"] * bool(device.get("compiled"))]
    if device["name"] == "cpu":
        how.append(_count(device["threads"], "thread"))
    work = (
        f"{asked['width']} x {asked['height']} pixels, {asked['prompt_tokens']} tokens read, {asked['words']} said, "
        f"{_count(asked['masks'], 'mask')}"
    )
    return f"{asked['model']} on {', '.join(how)}: {work}; {_count(asked['runs'], 'round')}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' * (number != 1)}"


def _growth(made: Sequence[dict[str, Any]]) -> Figure:
    figure = new_figure(7.5, 5.2 * len(made))
    for axes, one in zip(figure.subplots(len(made), squeeze=False).ravel(), made, strict=True):
        most = 1.0
        for number, (name, steps) in enumerate(one["axes"].items()):
            first, last = steps[0], steps[-1]
            work = [step["amount"] / first["amount"] for step in steps]
            # Pixels are counted on the axis that is called megapixels.
            said = f"{name.removeprefix('mega').replace('_', ' ')}, {first['amount']:,} to {last['amount']:,}: "
            axes.plot(work, [step["processor_s"] / first["processor_s"] for step in steps], lw=1.4, ms=6,
                      color=COLOURS[number % len(COLOURS)], marker=MARKERS[number % len(MARKERS)],
                      label=f"{said}{first['processor_s']:.2f} to {last['processor_s']:.2f} s")  # fmt: skip
            most = max(most, *work)
        axes.plot([1, most], [1, most], color=GREY, lw=1.2, ls=(0, (3, 2)), label="in proportion to the work")
        axes.set_xscale("log", base=2)
        axes.set_yscale("log", base=2)
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter("{x:g}")
        axes.set(xlabel="times the smallest amount", ylabel="times its seconds of the processor")
        title = f"{one['model']} on {one['device']}, {one['tier']}; median of {one['runs']}"
        axes.set_title(title, loc="left", fontsize=10)
        axes.legend(fontsize=8.5, loc="upper left", framealpha=0.9, edgecolor="none")
        plain(axes, "both")
    return figure


def main(argv: Sequence[str] | None = None) -> int:
    """Draw the files that are named; 2 and a sentence where that cannot be done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="SPEED.json|SCALE.json", help="of one kind")
    parser.add_argument("--out", type=Path, required=True, metavar="PICTURE.png")
    args = parser.parse_args(argv)
    try:
        made = [read(path) for path in args.files]
        with replacing(args.out, ".png") as draft:
            draft.write_bytes(png_of(draw(made)))
    except TerraScopeError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
