"""What a build will hold, decided before anything is made: which shard takes how many samples from which records.

A plan follows from the options and from what lies in the sources, and from nothing else: not from the number of
workers, the time, or what has been built already.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Literal, get_args

from .. import __version__
from ..errors import RequestError
from . import generated
from .aids import Aids, Masks
from .chance import seeded
from .records import SPLITS, Item, Source, Split, split_of
from .sources import resolve

Format = Literal["json", "parquet"]
Traces = Literal["measured", "plain", "both"]
LAYOUT = 1
"""Version of what a build folder holds."""

MAX_SAMPLES = 100_000_000


@dataclass(frozen=True)
class Options:
    """What is asked for.

    Attributes:
        sources: "generated", or what `sources.resolve` takes.
        samples: In all splits together.
        seed: Of everything that is drawn.
        format: Of the shards.
        traces: As in `samples.compose_samples`.
        shard_samples: About how many go into a shard, at least 1.
        aids: A model and an endpoint that help, if any.
    """

    sources: tuple[str, ...]
    samples: int
    seed: int = 0
    format: Format = "json"
    traces: Traces = "both"
    shard_samples: int = 500
    aids: Aids = Aids()


@dataclass(frozen=True)
class Skipped:
    """A record that was left out, and why; `detail` is what a library said, where it was one."""

    source: str
    record: str
    reason: str
    detail: str = ""


@dataclass(frozen=True)
class Origin:
    """A source as a build uses it.

    Attributes:
        name: Of the source.
        folder: Where it lies, absolute; None for generated places.
        title: Its full name.
        licence: Of its data.
        reference: Where it is described.
        records: How many records of each split there are; None where there is no end of them.
        digest: Of the names, places and splits of all records; "" where there is no end of them.
    """

    name: str
    folder: str | None
    title: str
    licence: str
    reference: str
    records: dict[Split, int] | None = None
    digest: str = ""

    @property
    def spec(self) -> str:
        """What `--source` takes to mean it."""
        return self.name if self.folder is None else f"{self.name}={self.folder}"


@dataclass(frozen=True)
class Part:
    """What one source gives to one shard: so many samples from these records, or (None) from new places."""

    origin: Origin
    samples: int
    items: tuple[Item, ...] | None = None


@dataclass(frozen=True)
class Shard:
    """One file of the build, and all that its content depends on."""

    split: Split
    number: int
    seed: int
    format: Format
    traces: Traces
    aids: Aids
    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        """Unique in the build."""
        return f"{self.split}-{self.number:05}"

    @property
    def samples(self) -> int:
        """How many are asked for."""
        return sum(part.samples for part in self.parts)


@dataclass(frozen=True)
class Plan:
    """All shards of a build; `skipped` are records that no shard may use."""

    options: Options
    origins: tuple[Origin, ...]
    shards: tuple[Shard, ...]
    skipped: tuple[Skipped, ...] = field(default=())

    def fixed(self) -> dict:
        """What `build.json` holds: a build that goes on must have the same."""
        return {
            "layout": LAYOUT,
            "made_by": f"terrascope {__version__}",
            "options": asdict(self.options) | {"sources": [origin.spec for origin in self.origins]},
            "sources": [asdict(origin) for origin in self.origins],
        }


def make_plan(options: Options) -> Plan:
    """Look into the sources and deal their records to shards.

    Raises:
        RequestError: an option is out of range, or a source cannot be found or is given twice.
    """
    _check(options)
    origins, items, skipped = [], [], []
    for spec in options.sources:
        origin, by_split, left_out = _look(spec)
        if any(origin.spec == other.spec for other in origins):
            raise RequestError(f"The source {spec} is given twice: give each one once.")
        origins.append(origin)
        items.append(by_split)
        skipped += left_out
    shards = [
        shard
        for split, samples in split_samples(options.samples).items()
        for shard in _deal(options, split, samples, origins, [by_split and by_split[split] for by_split in items])
    ]
    return Plan(options, tuple(origins), tuple(shards), tuple(skipped))


def split_samples(samples: int) -> dict[Split, int]:
    """How many of the samples each split gets: a tenth for val and test, the rest for train."""
    tenth = samples // 10
    return dict(zip(SPLITS, (samples - 2 * tenth, tenth, tenth), strict=True))


def _check(options: Options) -> None:
    if not options.sources:
        raise RequestError("There is no source to build from: give one, for example --source generated.")
    if not 1 <= options.samples <= MAX_SAMPLES:
        raise RequestError(f"A dataset can have 1 to {MAX_SAMPLES:,} samples, not {options.samples:,}.")
    if options.shard_samples < 1:
        raise RequestError(f"A shard holds at least 1 sample, not {options.shard_samples}.")
    if options.seed < 0:
        raise RequestError(f"The seed must be 0 or more, not {options.seed}.")
    choices = (
        ("format", options.format, Format),
        ("kind of traces", options.traces, Traces),
        ("kind of masks", options.aids.masks, Masks),
    )
    for kind, value, known in choices:
        if value not in get_args(known):
            raise RequestError(f"There is no {kind} {value!r}: choose one of {', '.join(get_args(known))}.")


def _look(spec: str) -> tuple[Origin, dict[Split, list[Item]] | None, list[Skipped]]:
    """A source, its records by split (None without end), and the records that may not be used."""
    if spec == generated.NAME:
        return Origin(spec, None, generated.TITLE, generated.LICENCE, generated.REFERENCE), None, []
    source, folder = resolve(spec)
    found = source.find(folder)
    by_split, skipped = _by_split(source, found)
    origin = Origin(
        source.name,
        str(folder),
        source.title,
        source.licence,
        source.reference,
        {split: len(items) for split, items in by_split.items()},
        _digest(found),
    )
    return origin, by_split, skipped


def _by_split(source: Source, found: Iterable[Item]) -> tuple[dict[Split, list[Item]], list[Skipped]]:
    """The records of each split; those whose place is in another split already are left out."""
    by_split: dict[Split, list[Item]] = {split: [] for split in SPLITS}
    at: dict[str, Split] = {}
    skipped = []
    for item in found:
        split = split_of(item)
        if at.setdefault(item.place, split) == split:
            by_split[split].append(item)
        else:
            skipped.append(Skipped(source.name, item.name, f"Its place is in {at[item.place]} already."))
    return by_split, skipped


def _digest(items: Iterable[Item]) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for item in items:
        digest.update(repr((item.name, item.place, item.split)).encode())
    return digest.hexdigest()


def _deal(
    options: Options, split: Split, samples: int, origins: Sequence[Origin], items: Sequence[list[Item] | None]
) -> list[Shard]:
    """The shards of one split: every source gives the same number, spread over all shards as evenly as can be."""
    count = -(-samples // options.shard_samples)
    parts: list[list[Part]] = [[] for _ in range(count)]
    for number, (origin, records) in enumerate(zip(origins, items, strict=True)):
        asked = share(samples, len(origins), number)
        # A shard without a record of the source could have no sample of it.
        holders = count if records is None else min(count, len(records))
        dealt = None if records is None else _shuffled(records, options.seed, origin, split)
        order = {item: place for place, item in enumerate(records or ())}
        for holder in range(holders):
            quota = share(asked, holders, holder)
            if quota:
                # In the order in which they were found: windows of one raster are read together.
                own = None if dealt is None else tuple(sorted(dealt[holder::holders], key=order.__getitem__))
                parts[holder].append(Part(origin, quota, own))
    return [
        Shard(split, number, options.seed, options.format, options.traces, options.aids, tuple(of_shard))
        for number, of_shard in enumerate(filter(None, parts))
    ]


def share(total: int, parts: int, part: int) -> int:
    """The part's share of a total that is divided as evenly as whole numbers can be.

    >>> [share(10, 4, part) for part in range(4)]
    [2, 3, 2, 3]
    """
    return total * (part + 1) // parts - total * part // parts


def _shuffled(items: Sequence[Item], seed: int, origin: Origin, split: Split) -> list[Item]:
    return seeded(f"{seed} {origin.name} {split}").sample(items, len(items))
