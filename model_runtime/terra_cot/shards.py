"""One shard of a build: its records read or generated, its samples composed, its file put in place when complete.

The content follows from the `Shard` alone, so any worker may make it, at any time, and again.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path

from ..errors import OutputError
from .aids import Wording
from .chance import seeded
from .entries import entries_of, place_of
from .generated import item_of, make_record
from .plan import Part, Shard, Skipped, Traces
from .records import Item, Record, split_of
from .samples import Composed, compose_samples
from .sources import SOURCES, Report, read_all

MOST_ROUNDS = 20
"""How often a record is asked anew, at most; each round gives five to nine samples."""
_IDLE_ROUNDS = 3
"""So many rounds without a new question, and there is nothing more to ask."""


def shard_path(folder: Path, shard: Shard) -> Path:
    """Where the finished shard lies."""
    return folder / shard.split / f"{shard.number:05}.{shard.format}"


def report_path(folder: Path, shard: Shard) -> Path:
    """Where the report on the shard lies."""
    return folder / "reports" / f"{shard.name}.json"


def drafts_folder(folder: Path) -> Path:
    """Where shards lie that are not finished."""
    return folder / ".drafts"


def build_shard(folder: Path, shard: Shard, tell: Callable[[int], None]) -> dict:
    """Make a shard: its images, its report, and last of all the shard itself appear under their names.

    Args:
        folder: of the build.
        shard: what to make.
        tell: called with the number of new samples, after each record.

    Returns:
        The report: `samples`, `records`, by source and level, and the records that were skipped.

    Raises:
        OutputError: the folder cannot be written to.
    """
    draft = drafts_folder(folder) / shard.name
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        report = _write(draft, shard, tell)
        _publish(folder, draft, shard, report)
    except OSError as error:
        raise OutputError(f"{folder} cannot be written to ({error}): free space or choose another folder.") from error
    return report


def _write(draft: Path, shard: Shard, tell: Callable[[int], None]) -> dict:
    writer = _writer(shard, draft)
    sources = {part.origin.name: Counter(samples=0, records=0) for part in shard.parts}
    levels: Counter[str] = Counter()
    skipped: list[Skipped] = []
    wording = Wording(shard.aids, Counter())
    made = 0
    for part, record, composed in _interleaved(shard, skipped, wording):
        ids = [f"{shard.name}-{made + number:06}" for number in range(len(composed))]
        entries = entries_of(record, place_of(record, shard.split, part.origin.licence), composed, ids)
        writer.add(record.dates, entries)
        made += len(entries)
        sources[part.origin.name].update(samples=len(entries), records=1)
        levels.update(entry.level for entry in entries)
        tell(len(entries))
    writer.close()
    return {
        "split": shard.split,
        "samples": made,
        "records": sum(counts["records"] for counts in sources.values()),
        "sources": {name: dict(counts) for name, counts in sources.items()},
        "levels": dict(sorted(levels.items())),
        "captions": dict(sorted(wording.told.items())),
        "skipped": [vars(record) for record in skipped],
    }


def _writer(shard: Shard, draft: Path):  # noqa: ANN202  (JsonShard | ParquetShard; parquet is an extra)
    if shard.format == "json":
        from .published import JsonShard as Writer
    else:
        from .parquet import ParquetShard as Writer
    return Writer(draft, shard.name)


def _publish(folder: Path, draft: Path, shard: Shard, report: dict) -> None:
    """Images first, the shard last: what has its name is complete."""
    for images in sorted(path for path in draft.iterdir() if path.is_dir() and any(path.iterdir())):
        target = folder / "images" / images.name / shard.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        os.replace(images, target)
    for path in (report_path(folder, shard), shard_path(folder, shard)):
        path.parent.mkdir(parents=True, exist_ok=True)
    (draft / "report.json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")
    os.replace(draft / "report.json", report_path(folder, shard))
    os.replace(draft / f"shard.{shard.format}", shard_path(folder, shard))
    shutil.rmtree(draft)


def _interleaved(
    shard: Shard, skipped: list[Skipped], wording: Wording
) -> Iterator[tuple[Part, Record, list[Composed]]]:
    """Records of all parts, mixed: next comes always the part that is furthest behind."""
    running = [(part, _of_part(shard, part, skipped, wording)) for part in shard.parts]
    made = Counter()
    while running:
        part, records = min(running, key=lambda pair: made[pair[0].origin.spec] / pair[0].samples)
        following = next(records, None)
        if following is None:
            running.remove((part, records))
            continue
        record, composed = following
        made[part.origin.spec] += len(composed)
        yield part, record, composed


def _of_part(
    shard: Shard, part: Part, skipped: list[Skipped], wording: Wording
) -> Iterator[tuple[Record, list[Composed]]]:
    """Records with their samples, until there are as many as asked for or no more can be had."""
    left = part.samples
    for item, still in _items(shard, part):
        record = _read(part, item, skipped)
        if record is None:
            continue
        # Each record takes its share of what is left; at least one whole round, so that no image is kept for little.
        composed = ask(shard.aids.prepared(record), -(-left // still), shard.seed, shard.traces, wording)[:left]
        left -= len(composed)
        if composed:
            yield record, composed
        if not left:
            return


def _items(shard: Shard, part: Part) -> Iterator[tuple[Item, int]]:
    """The part's records, each with how many are still to come, itself included."""
    if part.items is not None:
        for index, item in enumerate(part.items):
            yield item, len(part.items) - index
        return
    number = 0
    while True:
        item = item_of(_seed(shard, number))
        if split_of(item) == shard.split:
            yield item, part.samples
        number += 1


def _seed(shard: Shard, number: int) -> int:
    """A seed of 63 bits that no other shard has: generated places never repeat, nor are they known evaluation seeds."""
    digest = blake2b(f"{shard.seed} {shard.name} {number}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) >> 1


def _read(part: Part, item: Item, skipped: list[Skipped]) -> Record | None:
    """Read a record, or make it where the source is generated; None where it cannot be used."""
    origin = part.origin
    if origin.folder is None:
        return make_record(int(item.name))
    told = Report(origin.name)
    record = next(read_all(SOURCES[origin.name], Path(origin.folder), told, [item]), None)
    skipped += [Skipped(origin.name, broken.name, broken.reason, broken.detail) for broken in told.broken]
    return record


def ask(record: Record, wanted: int, seed: int, traces: Traces, wording: Wording | None = None) -> list[Composed]:
    """Samples of one record: one whole round, and further ones until there are enough; no question comes twice."""
    asked: set[tuple] = set()
    samples: list[Composed] = []
    idle = 0
    for number in range(MOST_ROUNDS):
        if number and (len(samples) >= wanted or idle == _IDLE_ROUNDS):
            break
        before = len(samples)
        rng = seeded(f"{seed} {record.source} {record.name} {number}")
        for composed in compose_samples(record, rng, traces, wording):
            question = (composed.sample.question, composed.shown)
            if question not in asked:
                asked.add(question)
                samples.append(composed)
        idle = idle + 1 if len(samples) == before else 0
    return samples
