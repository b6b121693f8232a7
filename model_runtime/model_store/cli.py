"""`python -m model_runtime models …`: one module per command, each adds itself."""

from __future__ import annotations

import argparse


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add `models` and its commands to the command line; `models` alone lists."""
    models = subparsers.add_parser("models", help="list, fetch, check, make and convert models")
    models.set_defaults(run=_list, json=False, folders=[])
    commands = models.add_subparsers(metavar="COMMAND")
    listing = commands.add_parser("list", help="list the models that are here or can be fetched")
    listing.add_argument("folders", nargs="*", metavar="DIR", help="folders of further models to list")
    listing.add_argument("--json", action="store_true", help="one JSON object per line")
    listing.set_defaults(run=_list)


def _list(args: argparse.Namespace) -> None:
    from .shelf import summaries

    for model in summaries(folders=args.folders):
        if args.json:
            print(model.model_dump_json(), flush=True)
            continue
        print(f"{model.id}: {model.name} ({model.state}). {model.summary}")
        if model.parameters:
            print(f"    {model.parameters:,} parameters, bands {', '.join(model.bands)}; {model.folder}")
        if model.quality:
            print(f"    {model.quality}")
