"""The `bench` commands."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from ..errors import RequestError

ABLATIONS = ("textual", "textual_masks", "random_tokens", "box", "eight_tokens", "centre", "optical_prompt",
             "optical_regions")  # fmt: skip
SUITE_NAMES = ("terrascope", "landsat30au", "disasterm3", "disasterm3-sar", "rsvqa-lr", "bigearthnet")


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add `bench` and its commands to the command line."""
    bench = subparsers.add_parser("bench", help="how good answers are, and what they take on this machine")
    commands = bench.add_subparsers(required=True, metavar="COMMAND")
    memory = commands.add_parser(
        "memory",
        help="load time and peak memory by tier and number of masks",
        description="Load a model in each tier and answer one question with 1, 2, 3, ... masks. What is said is "
        "dictated, so that random weights (`models synth`) take exactly the way of real ones: same prompt, same "
        "number of words, masks and injected tokens.",
    )
    memory.add_argument("--model", default="nano", metavar="nano|DIR")
    memory.add_argument("--device", default="auto", help="auto, cpu, cuda, cuda:1, ...")
    memory.add_argument("--tiers", type=_words, metavar="bf16,int8", help="default: all that the device can do")
    memory.add_argument("--masks", type=_numbers, default=[1, 2, 3], metavar="N,N", help="default: 1,2,3")
    memory.add_argument("--size", type=_size, default=(1792, 1344), metavar="WxH",
                        help="of the image; default: 1792x1344, which the published model cuts into 12 tiles and a "
                        "thumbnail")  # fmt: skip
    memory.add_argument("--words", type=int, default=120, metavar="N", help="tokens that are said; default: 120")
    memory.add_argument("--json", type=Path, metavar="OUT.json", help="write the figures here")
    memory.set_defaults(run=_memory)
    speed = commands.add_parser(
        "speed",
        help="how long an answer takes, stage by stage, beside what the device allows (docs/bench.md)",
        description="Answer a dictated question and, in the same run and in turns, do the same work in other ways: a "
        "plain loop that does what the released code does, transformers' generate(), the bare forward passes, and "
        "copies and matrix products, which tell the least possible time. Figures are ratios of these.",
    )
    weights = speed.add_mutually_exclusive_group()
    weights.add_argument("--model", default="nano", metavar="nano|DIR")
    weights.add_argument("--synth", choices=("mid", "8b"), help="random numbers in a temporary folder: 2.3 or 16.4 GB")
    speed.add_argument("--device", default="auto", help="auto, cpu, cuda, cuda:1, ...")
    speed.add_argument("--tier", choices=("auto", "fp32", "bf16", "int8", "fp8", "int4"), default="auto",
                       help="how weights are kept; default: the best that fits")  # fmt: skip
    speed.add_argument("--compile", action="store_true", help="compile the runtime's steps (NVIDIA GPU)")
    speed.add_argument("--runs", type=_count, default=5, metavar="N", help="rounds; default: 5")
    speed.add_argument("--masks", type=int, choices=range(20), default=2, metavar="N", help="default: 2")
    speed.add_argument("--words", type=_count, default=100, metavar="N", help="tokens that are said; default: 100")
    speed.add_argument("--size", type=_size, default=(512, 512), metavar="WxH", help="of the image; default: 512x512")
    speed.add_argument("--json", type=Path, metavar="OUT.json", help="write the figures here")
    speed.set_defaults(run=_speed)
    scale = commands.add_parser(
        "scale",
        help="how the time of an answer grows with the image, masks, words, the prompt and the queue (docs/bench.md)",
    )
    scale.add_argument("--model", default="nano", metavar="nano|DIR")
    scale.add_argument("--device", default="auto", help="auto, cpu, cuda, cuda:1, ...")
    scale.add_argument("--runs", type=_count, default=3, metavar="N", help="of each step; default: 3")
    scale.add_argument("--axes", type=_words, metavar="NAME,NAME",
                       help="megapixels, masks, words, prompt_tokens, queue; default: all")  # fmt: skip
    scale.add_argument("--most", type=_count, metavar="N", help="leave larger amounts out")
    scale.add_argument("--json", type=Path, metavar="OUT.json", help="write the figures here")
    scale.set_defaults(run=_scale)
    soak = commands.add_parser(
        "soak",
        help="whether a runtime that is used for long keeps its memory, its handles and its speed (docs/bench.md)",
        description="Start a runtime and ask, cancel, hang up, swap models and measure, as the seed says. Now and then "
        "it is left alone and looked at from outside. The exit code is 1 when it did not stay as it was.",
    )
    soak.add_argument("--model", default="nano", metavar="nano|DIR", help="a copy of it is the other model")
    soak.add_argument("--device", default="auto", help="auto, cpu, cuda, cuda:1, ...")
    soak.add_argument("--minutes", type=_minutes, default=20.0, metavar="N", help="default: 20")
    soak.add_argument("--seed", type=int, default=0, metavar="S", help="the same seed gives the same uses")
    soak.add_argument("--json", type=Path, metavar="OUT.json", help="write the figures here, with every look")
    soak.set_defaults(run=_soak)
    adaptation = commands.add_parser(
        "adaptation", help="time to learn what is shown of a scene and to answer again, on one thread"
    )
    adaptation.add_argument("--model", default="nano", metavar="nano|DIR")
    adaptation.add_argument("--size", type=int, default=1024, metavar="PX", help="along a side; default: 1024")
    adaptation.add_argument("--examples", type=int, default=12, metavar="N", help="default: 12")
    adaptation.set_defaults(run=_adaptation)
    build = commands.add_parser(
        "build", help="make benchmark items of the six tasks from labelled places (docs/bench.md)"
    )
    build.add_argument("--source", action="append", required=True, metavar="generated|FOLDER|NAME=FOLDER",
                       help="where places come from; once for each; `data sources` lists the names")  # fmt: skip
    build.add_argument("--items", type=int, required=True, metavar="N", help="over all tasks and sources")
    build.add_argument("--seed", type=int, default=0, metavar="S", help="the same seed gives the same bytes")
    build.add_argument("--variants", type=_words, default=["optical"], metavar="optical,sar,joint,two_date",
                       help="how each item is shown; default: optical")  # fmt: skip
    build.add_argument("--tasks", type=_words, metavar="NAME,NAME", help="default: all six")
    build.add_argument("--split", choices=("train", "val", "test", "all"), default="test",
                       help="of the places, as `data build` splits them; default: test")  # fmt: skip
    build.add_argument("--size", type=int, default=256, metavar="PX", help="of generated places; default: 256")
    build.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new or empty folder")
    build.set_defaults(run=_build)
    run = commands.add_parser(
        "run", help="put the questions of a suite to a model, and score what it says and marks (docs/bench.md)"
    )
    run.add_argument("--suite", required=True, choices=SUITE_NAMES)
    run.add_argument("--items", type=Path, required=True, metavar="PATH", help="the suite's file, or its folder")
    run.add_argument("--model", default="nano", metavar="nano|DIR|baseline:NAME|openai:URL#NAME|hf:DIR",
                     help="baselines: chance, majority, indices, forest; default: nano")  # fmt: skip
    run.add_argument("--variant", choices=("optical", "sar", "joint", "two_date"),
                     help="of items of `bench build`; default: all that are there")  # fmt: skip
    run.add_argument("--ask", choices=("auto", "question", "letters"), default="auto",
                     help="with lettered options, or the question alone, whose answer is then held against them; "
                     "auto: the question for nano, which knows no options")  # fmt: skip
    run.add_argument("--profile", choices=("paper", "published"), default="paper")
    run.add_argument("--no-measured", dest="measured", action="store_const", const=False,
                     help="do not write the exact measures into the reasoning")  # fmt: skip
    run.add_argument("--fusion", choices=("text_guided", "concat", "published_train", "none"), default="text_guided")
    run.add_argument("--ablation", choices=ABLATIONS, help="what of the reasoning is left out or done otherwise")
    run.add_argument("--limit", type=int, metavar="N", help="so many questions, by lot; default: all")
    run.add_argument("--workers", type=int, metavar="W", help="processes, each with the model; default: a plain loop")
    run.add_argument("--ray", metavar="ADDRESS", help="run on this Ray cluster: auto, local, or an address")
    run.add_argument("--device", default="auto", help="auto, cpu, cuda, cuda:1, ...")
    run.add_argument("--json", type=Path, required=True, metavar="OUT.json",
                     help="scores; OUT.responses.jsonl beside it keeps every response, and the same command goes on "
                     "from there")  # fmt: skip
    run.add_argument("--price", type=_price, metavar="IN,OUT",
                     help="of a model behind an endpoint: for a million tokens read and written")  # fmt: skip
    run.add_argument("--events", action="store_true", help="say how far it is as lines of JSON, and nothing else")
    run.set_defaults(run=_run)
    score = commands.add_parser(
        "score", help="score kept responses again without a model, such as after a reader of answers changed"
    )
    score.add_argument("run_file", type=Path, metavar="OUT.json|OUT.responses.jsonl", help="of `run`; OUT.json is "
                       "written anew")  # fmt: skip
    score.add_argument("--items", type=Path, metavar="PATH", help="the suite's file or folder, if it has moved")
    score.set_defaults(run=_score)
    ablate = commands.add_parser(
        "ablate", help="ask in several ways, in the shape of the paper's Tables 2, 3 and K (docs/bench.md)"
    )
    ablate.add_argument("--suite", default="terrascope", choices=SUITE_NAMES)
    ablate.add_argument("--items", type=Path, required=True, metavar="PATH", help="the suite's file, or its folder")
    ablate.add_argument("--model", default="nano", metavar="nano|DIR")
    ablate.add_argument("--tables", type=_words, default=["cot", "measured", "selection", "fusion", "encoding"],
                        metavar="NAME,NAME", help="cot (Table 2), measured, selection, fusion (Table 3), encoding "
                        "(Table K); default: all")  # fmt: skip
    ablate.add_argument("--ask", choices=("auto", "question", "letters"), default="auto", help="as of `run`")
    ablate.add_argument("--limit", type=int, metavar="N", help="so many questions for each row, by lot; default: all")
    ablate.add_argument("--workers", type=int, metavar="W", help="processes, each with the model")
    ablate.add_argument("--device", default="auto", help="auto, cpu, cuda, cuda:1, ...")
    ablate.add_argument("--out", type=Path, required=True, metavar="DIR",
                        help="a run of each way, and ablations.json; the same command goes on from there")  # fmt: skip
    ablate.set_defaults(run=_ablate)
    report = commands.add_parser(
        "report", help="what runs came to: tables beside the paper's, charts, and the worst answers (docs/bench.md)"
    )
    report.add_argument("runs", nargs="+", type=Path, metavar="RUN.json",
                        help="of `bench run`, the one to look at closely first; files of `bench ablate` and `bench "
                        "memory` are taken too")  # fmt: skip
    report.add_argument("--out", type=Path, required=True, metavar="REPORT.md",
                        help="Markdown; its pictures go into REPORT_files beside it")  # fmt: skip
    report.add_argument(
        "--html", type=Path, metavar="REPORT.html", help="the same as one page that needs no other file"
    )
    report.set_defaults(run=_report)


def _memory(args: argparse.Namespace) -> None:
    from . import memory

    memory.run(args.model, args.device, args.tiers, args.masks, args.size, args.words, args.json)


def _measured(
    path: Path | None, stage: str, measure: Callable[[Callable[[], bool], Callable[[float], None]], dict[str, Any]]
) -> dict[str, Any]:
    """What a measurement finds, that tells how far it is and can be stopped; also as a JSON file, if one is named."""
    from ..evidence.files import replacing
    from ..model_store.reporting import reporting

    with reporting(json=False) as told, replacing(path, ".json") if path else nullcontext() as draft:
        made = measure(told.cancelled, told.progress(stage))
        if draft:
            draft.write_text(json.dumps(made, indent=1) + "\n", "utf-8")
    return made


def _speed(args: argparse.Namespace) -> None:
    from .speed import Plan, measure
    from .speed_figures import summary, table

    plan = Plan(
        args.model, args.synth, args.device, args.tier, args.runs, args.masks, args.words, args.size, args.compile
    )
    made = _measured(args.json, "Timing", lambda cancelled, progress: summary(measure(plan, cancelled, progress)))
    print(table(made))


def _scale(args: argparse.Namespace) -> None:
    from .scale import AXES, measure, table

    if unknown := set(args.axes or ()) - set(AXES):
        raise RequestError(f"There is no axis {', '.join(sorted(unknown))}: choose from {', '.join(AXES)}.")
    axes = {
        name: [amount for amount in AXES[name] if args.most is None or amount <= args.most]
        for name in args.axes or AXES
    }
    made = _measured(args.json, "Timing", partial(measure, args.model, args.device, args.runs, axes))
    print("\n".join(table(made)))


def _soak(args: argparse.Namespace) -> int:
    from .soak import Plan, soak, table

    plan = Plan(args.model, args.device, args.minutes, args.seed)
    made = _measured(args.json, "Using the runtime", partial(soak, plan))
    print("\n".join(table(made)))
    return 0 if made["met"] else 1


def _adaptation(args: argparse.Namespace) -> None:
    from . import adaptation

    adaptation.run(args.model, args.size, args.examples)


def _build(args: argparse.Namespace) -> int:
    from ..model_store.reporting import reporting
    from .build import Options, build
    from .items import TASKS

    split = None if args.split == "all" else args.split
    tasks = tuple(args.tasks or TASKS)
    options = Options(tuple(args.source), args.items, args.seed, tuple(args.variants), tasks, split, args.size)
    with reporting(json=False) as told:
        report = build(options, args.out, told.cancelled, told.progress("Building items"))
    print(f"{report['items']:,} items of {report['places']:,} places are in {args.out}.")
    for short in report["short"]:
        print(f"{short['source']} gave {short['made']} of {short['asked']} items asked for of {short['task']}.")
    if report["skipped"]:
        print(f"{len(report['skipped']):,} records were skipped; build.json names each with the reason.")
    return 0


def _run(args: argparse.Namespace) -> int:
    from ..model_store.reporting import reporting
    from .asking import Setting, way_for
    from .run import Plan, run

    setting = Setting(
        args.model, way_for(args.model, args.ask), args.profile, args.measured, args.fusion, args.ablation
    )
    plan = Plan(
        args.suite, args.items, setting, args.variant, args.limit, args.workers, args.device, args.ray, args.price
    )
    with reporting(args.events) as told:
        result = run(plan, args.json, told.cancelled, told.progress("Asking"))
    if not args.events:
        _print_scores(result, args.json)
    return 0


def _score(args: argparse.Namespace) -> int:
    from .rescore import rescore

    out, result = rescore(args.run_file, args.items)
    _print_scores(result, out)
    return 0


def _print_scores(result: dict, out: Path) -> None:
    print(f"{'task':<36}{'n':>6}{'accuracy':>10}{'95 %':>16}{'chance':>9}")
    for task, found in result["tasks"].items():
        chance = "" if found["chance"] is None else f"{found['chance']:.1%}"
        print(f"{task:<36}{found['n']:>6}{found['accuracy']:>10.1%}{_between(found['interval']):>16}{chance:>9}")
    for name in ("macro", "micro"):
        print(f"{name:<42}{result[f'{name}_accuracy']:>10.1%}{_between(result[f'{name}_interval']):>16}")
    if result["mean_iou"] is not None:
        print(f"mean IoU {result['mean_iou']:.3f}")
    if "usage" in result:
        used = result["usage"]
        cost = "" if used["cost"] is None else f", cost {used['cost']:.4f}"
        told = f"{used['prompt_tokens']:,} tokens read, {used['completion_tokens']:,} written{cost}"
        print(f"{told}; {used['refusals']} refusals.")
    if result["failed"]:
        print(f"{result['failed']} questions have no answer; {out.stem}.responses.jsonl says why.")


def _ablate(args: argparse.Namespace) -> int:
    from ..model_store.reporting import reporting
    from .ablations import ablate, markdown
    from .asking import Setting, way_for
    from .run import Plan

    setting = Setting(args.model, way_for(args.model, args.ask))
    plan = Plan(args.suite, args.items, setting, None, args.limit, args.workers, args.device)
    with reporting(json=False) as told:
        made = ablate(plan, args.tables, args.out, told.cancelled, told.progress("Asking"))
    print(markdown(made), end="")
    return 0


def _report(args: argparse.Namespace) -> int:
    from ..model_store.reporting import reporting
    from .report import write_report

    with reporting(json=False) as told:
        write_report(args.runs, args.out, args.html, told.cancelled, told.progress("Writing"))
    print(f"The report is in {args.out}{f' and in {args.html}' if args.html else ''}.")
    return 0


def _between(bounds: list[float]) -> str:
    return f"{bounds[0]:.1%}-{bounds[1]:.1%}"


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",")]


def _price(text: str) -> tuple[float, float]:
    read, written = (float(word) for word in text.split(","))
    if min(read, written) < 0:
        raise argparse.ArgumentTypeError("a price cannot be negative")
    return read, written


def _numbers(text: str) -> list[int]:
    numbers = [int(word) for word in text.split(",")]
    if min(numbers) < 0:
        raise argparse.ArgumentTypeError("a number of masks cannot be negative")
    return numbers


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _minutes(text: str) -> float:
    minutes = float(text)
    if not 0 < minutes <= 10_000:
        raise argparse.ArgumentTypeError("more than 0, and at most a week")
    return minutes


def _size(text: str) -> tuple[int, int]:
    width, height = (int(side) for side in text.lower().split("x"))
    if min(width, height) < 1:
        raise argparse.ArgumentTypeError("an image has at least one pixel")
    return width, height
