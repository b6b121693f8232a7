"""The `data` commands: scenes to learn from and to try things on."""

from __future__ import annotations

import argparse

from ..errors import RequestError
from . import build_cli, scene_cli


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add `data` and its commands to the command line."""
    data = subparsers.add_parser(
        "data", help="make scenes with known truth, and datasets to train and test models with"
    )
    commands = data.add_subparsers(required=True, metavar="COMMAND")
    scene_cli.register(commands)
    sources = commands.add_parser("sources", help="list the labelled data sets that can be read, or look into one")
    sources.add_argument("path", nargs="?", metavar="PATH|NAME=PATH", help="a folder to look into")
    sources.add_argument("--records", type=int, metavar="N", help="read so many of its records; default: all")
    sources.set_defaults(run=_sources)
    build_cli.register(commands)


def _sources(args: argparse.Namespace) -> int:
    from ..model_store.reporting import reporting
    from .sources import SOURCES, resolve
    from .sources.overview import look

    if args.path is None:
        for source in SOURCES.values():
            print(f"{source.name}: {source.title}\n  licence: {source.licence}\n  layout: {source.layout}")
        return 0
    if args.records is not None and args.records < 1:
        raise RequestError(f"At least 1 record must be looked into, not {args.records}.")
    source, folder = resolve(args.path)
    with reporting(json=False) as told:
        overview = look(source, folder, args.records, told.progress("reading"), told.cancelled)
        for line in overview.lines():
            told.say(line)
    return 0
