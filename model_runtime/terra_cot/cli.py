"""The `data` commands: scenes to learn from and to try things on."""

from __future__ import annotations

import argparse
from pathlib import Path


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add `data` and its commands to the command line."""
    data = subparsers.add_parser("data", help="make scenes with known truth")
    commands = data.add_subparsers(required=True, metavar="COMMAND")
    scene = commands.add_parser("scene", help="write one generated scene, its labels and its truth")
    scene.add_argument("--size", type=int, default=512, metavar="PIXELS", help="width and height, 64 to 2048")
    scene.add_argument("--seed", type=int, default=0, metavar="S", help="the same seed gives the same scene")
    scene.add_argument("--out", type=Path, required=True, metavar="FILE.tif")
    scene.set_defaults(run=_scene)


def _scene(args: argparse.Namespace) -> int:
    from .scene_files import write_scene

    truth = write_scene(args.out, args.size, args.seed)
    print(f"{'class':<14}{'hectares':>14}{'coverage %':>12}")
    for name, figures in truth.items():
        print(f"{name:<14}{figures['hectares']:>14.2f}{figures['coverage_pct']:>12.2f}")
    labelled_pct = sum(figures["coverage_pct"] for figures in truth.values())
    print(f"{'unlabelled':<14}{'':>14}{100 - labelled_pct:>12.2f}")
    return 0
