"""`python -m model_runtime models …`: what is asked for, handed to the module that does it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import download_cli

_MODEL = "id of a model in `models list`, or the path of a model folder"


def register(subparsers: argparse._SubParsersAction) -> None:
    """Add `models` and its commands to the command line; `models` alone lists."""
    models = subparsers.add_parser("models", help="list, fetch, check, make and convert models")
    models.set_defaults(run=_list, json=False, folders=[])
    commands = models.add_subparsers(metavar="COMMAND")
    download_cli.register(commands)
    _add_convert(commands)
    _add_delete(commands)
    _add_inspect(commands)
    _add_list(commands)
    _add_replay(commands)
    _add_synth(commands)
    _add_verify(commands)


def _command(
    commands: argparse._SubParsersAction, name: str, help_line: str, description: str, example: str, json: str = ""
) -> argparse.ArgumentParser:
    epilog = f"Example: python -m model_runtime models {name} {example}"
    parser = commands.add_parser(name, help=help_line, description=description, epilog=epilog)
    if json:
        parser.add_argument("--json", action="store_true", help=json)
    return parser


def _add_convert(commands: argparse._SubParsersAction) -> None:
    parser = _command(
        commands, "convert", "make the starting point of stage 1 from SAM-2 and InternVL3",
        "Put Meta's SAM 2.0 and an InternVL3 together into a model folder in the published layout: the starting point "
        "of stage 1. TerraScope's marks are added to the tokenizer behind the existing ones, and their rows are the "
        "mean of the old rows; the [SEG] projection is new and random. Nothing in the files is executed.",
        "--sam2 sam2_hiera_large.pt --internvl InternVL3-8B --out start",
    )  # fmt: skip
    parser.add_argument("--sam2", required=True, type=Path, metavar="FILE.pt", help="Meta's sam2_hiera_*.pt (not 2.1)")
    parser.add_argument("--internvl", required=True, type=Path, metavar="DIR",
                        help="folder of an InternVL3 in its authors' layout (not -hf)")  # fmt: skip
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder to make")
    parser.add_argument("--seed", type=_from(0), default=0, metavar="N", help="of the [SEG] projection; default: 0")
    parser.add_argument("--sam2-sizes", type=Path, metavar="FILE.json",
                        help="sizes of a SAM-2 that is none of Meta's four: embed_dim, num_heads, stages, "
                        "global_att_blocks, window_spec, ...")  # fmt: skip
    parser.set_defaults(run=_convert)


def _convert(args: argparse.Namespace) -> None:
    from .conversion import convert
    from .reporting import reporting
    from .shelf import find, summary

    with reporting(json=False) as report:
        convert(
            args.sam2, args.internvl, args.out, seed=args.seed, sizes=args.sam2_sizes,
            progress=report.progress("Writing"), cancelled=report.cancelled,
        )  # fmt: skip
        made = summary(find(str(args.out)))
        report.say(f"{made.folder}: {made.parameters:,} parameters, {made.size_bytes / 1e9:.2f} GB; not trained yet.")


def _add_delete(commands: argparse._SubParsersAction) -> None:
    parser = _command(
        commands, "delete", "delete a model from the models folder",
        "Delete a model that was fetched, or that you put into the models folder, from the disk. The bundled model and "
        "folders elsewhere are left alone.",
        "terrascope-8b",
        json="one event per line; needs --yes",
    )  # fmt: skip
    parser.add_argument("model", metavar="ID", help="id of a model in `models list`")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.set_defaults(run=_delete)


def _delete(args: argparse.Namespace) -> None:
    from ..errors import Cancelled, RequestError
    from ..protocol import Stored
    from .removal import delete, removable
    from .reporting import reporting
    from .shelf import summary

    with reporting(args.json) as report:
        entry = removable(args.model)
        if not args.yes:
            if args.json or not sys.stdin.isatty():
                raise RequestError("Nobody can be asked here; add --yes to delete without asking.")
            if input(f"Delete {entry.folder}? [y/N] ").strip().lower() not in ("y", "yes"):
                raise Cancelled
        delete(entry)
        report.event(Stored(entry=summary(entry)))
        report.say(f"{entry.name} is deleted.")


def _add_inspect(commands: argparse._SubParsersAction) -> None:
    parser = _command(
        commands, "inspect", "say what a model is made of, from its headers alone",
        "Say what a model is made of: parameters per module as in the paper's Table C, types, image and token sizes, "
        "the ids of its marks, the memory it needs in each tier. Only headers, config and tokenizer are read, so it is "
        "instant for any size; `models verify` reads everything.",
        "terrascope-8b",
        json="one JSON object",
    )  # fmt: skip
    parser.add_argument("model", metavar="MODEL", help=_MODEL)
    parser.set_defaults(run=_inspect)


def _inspect(args: argparse.Namespace) -> None:
    import json
    from dataclasses import asdict

    from .inspection import describe, inspect
    from .shelf import folder_of

    found = inspect(folder_of(args.model))
    print(json.dumps(asdict(found)) if args.json else describe(found))


def _add_list(commands: argparse._SubParsersAction) -> None:
    parser = _command(
        commands, "list", "list the models that are here or can be fetched",
        "List the bundled model, those that can be fetched, and those of your own in the models folder.",
        "--json",
        json="one JSON object per line",
    )  # fmt: skip
    parser.add_argument("folders", nargs="*", metavar="DIR", help="folders of further models to list")
    parser.set_defaults(run=_list)


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


def _add_replay(commands: argparse._SubParsersAction) -> None:
    parser = _command(
        commands, "replay", "answer a recorded case again and compare",
        "Answer a recorded case as the released code does (profile published) and print, for each array that the case "
        "also holds, the largest difference. The case is an .npz with user_text and image0_uint8, image1_uint8, ...; "
        "written are generated_ids, prediction_text, prefill_last_logits and for each [SEG] its mask, token_indices, "
        "lowres_all and ious. Exit code 0: it ran, and the last line is the verdict; 2: it could not run.",
        "terrascope-8b case.npz --out again.npz",
    )  # fmt: skip
    parser.add_argument("model", metavar="MODEL", help=_MODEL)
    parser.add_argument("case", type=Path, metavar="CASE.npz")
    parser.add_argument("--out", required=True, type=Path, metavar="OUT.npz", help="what came of it, to write")
    parser.add_argument("--sam2", type=Path, metavar="SIZES.json",
                        help="sizes of SAM-2; default, if the model's config leaves them implied: the sam2*.json "
                        "beside the case or beside the model's folder")  # fmt: skip
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda, cuda:1, ...")
    parser.add_argument("--dtype", choices=("bf16", "fp32"), help="default: fp32 on a CPU, else bf16")
    parser.set_defaults(run=_replay)


def _replay(args: argparse.Namespace) -> None:
    from .reporting import reporting
    from .shelf import folder_of

    with reporting(json=False) as report:
        folder = folder_of(args.model)
        import torch

        from ..model.checkpoint import load_model
        from .devices import pick_device
        from .replay import Case, check_out, compare, replay, write
        from .sam2_sizes import config_of

        case = Case.read(args.case)
        check_out(args.out, args.case)
        config, sizes = config_of(folder, args.case.absolute().parent, args.sam2)
        if sizes:
            report.say(f"SAM-2 has the sizes in {sizes}.")
        model = load_model(
            folder,
            pick_device(args.device),
            dtype={"bf16": torch.bfloat16, "fp32": torch.float32}.get(args.dtype),
            grounding=config.grounding_config if sizes else None,
            progress=report.progress("Loading"),
            cancelled=report.cancelled,
        )
        made = replay(model, case, report.cancelled)
        write(args.out, made)
        for line in compare(made, case.recorded):
            report.say(line)


def _add_synth(commands: argparse._SubParsersAction) -> None:
    parser = _command(
        commands, "synth", "make a model of random numbers in the published layout",
        "Make a model of random numbers in the published layout. It is written tensor by tensor: memory stays small "
        "however large it is. Its answers mean nothing; it is for measuring load time, memory and speed. The same "
        "seed gives the same bytes.",
        "--like 8b --out random-8b --seed 1",
    )  # fmt: skip
    parser.add_argument("--like", required=True, metavar="8b|mid|MODEL", help="8b: the names, sizes and vocabulary of "
                        "the published model, 16.4 GB in bf16; mid: the same with a decoder of 0.6 B, 2.3 GB; "
                        "otherwise a model (id or folder) whose config, tokenizer and shapes are taken")  # fmt: skip
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder to make")
    parser.add_argument("--seed", type=_from(0), default=0, metavar="N", help="default: 0")
    parser.add_argument(
        "--dtype", choices=("bf16", "fp32"), help="default: bf16 for 8b and mid, for a model as it is there"
    )
    parser.add_argument("--shard-mb", type=_from(1), default=4000, metavar="N", help="length of a file; default: 4000")
    parser.set_defaults(run=_synth)


def _synth(args: argparse.Namespace) -> None:
    from . import synthesis
    from .reporting import reporting
    from .shelf import find, folder_of, summary

    dtype = {"bf16": "BF16", "fp32": "F32"}.get(args.dtype)
    with reporting(json=False) as report:
        if config := synthesis.SIZES.get(args.like):
            recipe = synthesis.recipe_8b(dtype or "BF16", config)
        else:
            recipe = synthesis.recipe_like(folder_of(args.like), dtype)
        recipe.write(args.out, args.seed, args.shard_mb * 1_000_000, report.progress("Writing"), report.cancelled)
        made = summary(find(str(args.out)))
        report.say(f"{made.folder}: {made.parameters:,} random numbers, {made.size_bytes / 1e9:.2f} GB.")


def _add_verify(commands: argparse._SubParsersAction) -> None:
    parser = _command(
        commands, "verify", "check a model to the last byte",
        "Check a model: config, tokenizer and its marks, every tensor's name and shape, then every byte against the "
        "manifest the model was fetched with, if it has one, and every number for NaN and infinity. Says what was "
        "checked and what could not be. Exit code 0: all is well; 2: it is not.",
        "terrascope-8b",
        json="one event per line: progress, warnings, then `stored` or `error`",
    )  # fmt: skip
    parser.add_argument("model", metavar="MODEL", help=_MODEL)
    parser.set_defaults(run=_verify)


def _verify(args: argparse.Namespace) -> None:
    from ..protocol import Stored
    from .reporting import reporting
    from .shelf import find, folder_of, summary
    from .verification import verify

    with reporting(args.json) as report:
        verify(folder_of(args.model), report)
        report.event(Stored(entry=summary(find(args.model))))


def _from(least: int):  # noqa: ANN202 - what argparse calls a type
    def integer(text: str) -> int:
        number = int(text)
        if number < least:
            raise argparse.ArgumentTypeError(f"{number} is less than {least}")
        return number

    return integer
