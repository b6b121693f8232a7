"""The `bench` commands."""

from __future__ import annotations

import argparse
from pathlib import Path


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add `bench` and its commands to the command line."""
    bench = subparsers.add_parser("bench", help="measure time and memory on this machine")
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
    adaptation = commands.add_parser(
        "adaptation", help="time to learn what is shown of a scene and to answer again, on one thread"
    )
    adaptation.add_argument("--model", default="nano", metavar="nano|DIR")
    adaptation.add_argument("--size", type=int, default=1024, metavar="PX", help="along a side; default: 1024")
    adaptation.add_argument("--examples", type=int, default=12, metavar="N", help="default: 12")
    adaptation.set_defaults(run=_adaptation)


def _memory(args: argparse.Namespace) -> None:
    from . import memory

    memory.run(args.model, args.device, args.tiers, args.masks, args.size, args.words, args.json)


def _adaptation(args: argparse.Namespace) -> None:
    from . import adaptation

    adaptation.run(args.model, args.size, args.examples)


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",")]


def _numbers(text: str) -> list[int]:
    numbers = [int(word) for word in text.split(",")]
    if min(numbers) < 0:
        raise argparse.ArgumentTypeError("a number of masks cannot be negative")
    return numbers


def _size(text: str) -> tuple[int, int]:
    width, height = (int(side) for side in text.lower().split("x"))
    if min(width, height) < 1:
        raise argparse.ArgumentTypeError("an image has at least one pixel")
    return width, height
