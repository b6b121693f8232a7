"""The sheet that goes with a dataset: what it is, where it comes from, what it may be used for.

The headings are those of T. Gebru et al., Datasheets for Datasets, Communications of the ACM 64(12), 2021, in brief.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable

from .. import __version__
from .plan import Options, Plan
from .records import SPLITS

_SKIPPED_SHOWN = 20


def datasheet(plan: Plan, report: dict) -> str:
    """The sheet as Markdown.

    Args:
        plan: of the build.
        report: what `build.summary` says of it.
    """
    options = plan.options
    sections = [
        ("Motivation", _MOTIVATION),
        ("Composition", _composition(plan, report)),
        ("Collection", _collection(plan, report)),
        ("Labelling", _labelling(options)),
        ("Splits", _SPLITS),
        ("Uses", _USES),
        ("Known weaknesses", _WEAKNESSES),
        ("Distribution and licences", _licences(plan)),
        ("Maintenance", f"Made by terrascope {__version__} with the command\n\n    {command(plan)}\n{_AGAIN}"),
    ]
    return "# Datasheet\n\n" + "\n".join(f"## {heading}\n\n{text.strip()}\n" for heading, text in sections)


def command(plan: Plan) -> str:
    """The command that builds this dataset anew."""
    options = plan.options
    words = ["python", "-m", "model_runtime", "data", "build"]
    for origin in plan.origins:
        words += ["--source", origin.spec]
    words += ["--samples", str(options.samples), "--seed", str(options.seed), "--format", options.format]
    words += ["--traces", options.traces, "--shard-samples", str(options.shard_samples)]
    aids = options.aids
    if aids.masks != "labels":
        words += ["--masks", aids.masks, "--model", aids.model]
    if aids.endpoint_url:
        words += ["--endpoint", aids.endpoint_url, "--endpoint-model", aids.endpoint_model]
    words += ["--out", "DIR"]
    return shlex.join(words)


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    names = list(head)
    lines = [f"| {' | '.join(map(_cell, row))} |" for row in (names, *rows)]
    return "\n".join([lines[0], "|---" * len(names) + "|", *lines[1:]])


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value).replace("|", "\\|").replace("\n", " ")


def _composition(plan: Plan, report: dict) -> str:
    records = sum(counts["records"] for counts in report["splits"].values())
    text = (
        f"{report['samples']:,} samples about {records:,} records of places; {report['asked']:,} were asked for. A "
        "sample is a question about one to eight images of one place, a reasoning trace with a mask behind each "
        "[SEG], and an answer.\n\n"
    )
    rows = [
        (name, split, counts["samples"], counts["records"], counts["asked"])
        for name, by_split in report["sources"].items()
        for split in SPLITS
        if (counts := by_split.get(split))
    ]
    text += table(("source", "split", "samples", "records", "asked for"), rows)
    text += "\n\n" + table(("level", "samples"), report["levels"].items())
    return text


def _collection(plan: Plan, report: dict) -> str:
    text = "\n".join(
        f"- **{source.name}**: {source.title}. Described in: {source.reference}." for source in plan.origins
    )
    skipped = report["skipped"]
    if skipped:
        text += f"\n\n{len(skipped):,} records were left out because they cannot be used"
        text += f"; the first {_SKIPPED_SHOWN} (all are in report.json)" if len(skipped) > _SKIPPED_SHOWN else ""
        rows = [(record["source"], record["record"], record["reason"]) for record in skipped[:_SKIPPED_SHOWN]]
        text += ":\n\n" + table(("source", "record", "reason"), rows)
    return text


def _labelling(options: Options) -> str:
    measured = {"measured": "every trace", "plain": "no trace", "both": "about half of the traces"}[options.traces]
    text = f"{_RULES.rstrip()}\n\nExact measures stand behind each [SEG] in {measured}."
    aids = options.aids
    if aids.masks == "model":
        text += f"\n\nThe masks were not labelled: the model {aids.model} drew them, and is wrong where it is wrong."
    elif aids.masks == "both":
        text += f"\n\nOnly land cover that the model {aids.model} sees too counts as known."
    if aids.endpoint_url:
        text += (
            f"\n\nThe model {aids.endpoint_model} put captions in other words; its text was taken only where every "
            "mark and every number in it agreed with the masks."
        )
    return text


def _licences(plan: Plan) -> str:
    rows = [(origin.name, origin.licence, origin.reference) for origin in plan.origins]
    return _LICENCES.rstrip() + "\n\n" + table(("source", "licence", "reference"), rows)


_MOTIVATION = """
Made to teach and to test vision-language models that answer questions about Earth observation scenes with
pixel-accurate masks inside their reasoning (Terra-CoT of the TerraScope paper, section 3.3 and appendix E).
"""
_RULES = """
Nobody wrote or checked the texts one by one. Questions, traces and answers are written by rules from the label
rasters of the sources (`model_runtime/terra_cot/captions.py`, `l1.py`, `l2.py`, each rule with its source); every
figure in them is measured on the mask that stands beside it. Class names of the sources are mapped to one vocabulary
by explicit tables.
"""
_SPLITS = """
By place: 80, 10 and 10 in a hundred places are train, val and test, drawn by a hash of the place's name alone, or as
the source itself splits them. No place is in two splits, and a place is in the same split in every build.
"""
_USES = """
For training and evaluating grounded question answering at 5 to 30 m. Not for deciding anything about the places
shown, and not for judging a model on ground, sensors or questions that are not in it.
"""
_WEAKNESSES = """
- The texts come from a grammar: their variety is that of the grammar, and models learn its turns of phrase.
- Labels are as good as their sources: land-cover maps of 10 m are wrong at edges and for mixed pixels, and older or
  newer than the images; every answer inherits that.
- Generated landscapes look like satellite images but are none. Their spectra follow a table of class means, their
  shapes a few rules, and their places have no position on Earth.
- Areas and distances are planar, on square pixels.
- Shares of classes, tasks and places follow from sources and rules; they are not those of the Earth.
"""
_LICENCES = """
Each sample names the licence of its source, and may be passed on under that licence only. The texts and masks made
from a source's labels are derived from it.
"""
_AGAIN = """
The same command with the same version and sources gives the same shards, byte for byte, whatever the number of
workers (masks of a model: on the same kind of device; captions of an endpoint: never surely).
`report.json` counts what is there and names what was left out.
"""
