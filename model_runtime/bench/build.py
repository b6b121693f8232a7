"""`bench build`: items of the six tasks from labelled places, in a folder that is there whole or not at all.

The folder holds `items.parquet`, `images/` with the images as GeoTIFFs, each once, and `build.json`: what was asked for
and what was found.
"""

from __future__ import annotations

import json
import os
import random
import re
import secrets
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .. import __version__
from ..errors import Cancelled, OutputError, RequestError
from ..terra_cot import generated
from ..terra_cot.chance import seeded
from ..terra_cot.entries import encode
from ..terra_cot.extras import require
from ..terra_cot.plan import share
from ..terra_cot.records import Split
from ..terra_cot.scenes import MAX_SIZE_PX, MIN_SIZE_PX, LabelledScene
from ..terra_cot.sources import resolve
from . import places
from .images import SENSORS, can_show, picture_of, write_image
from .items import ITEMS_FILE, LETTERS, TASKS, VARIANTS, ImageFile, Item, ItemsWriter, ReferenceMask, Variant
from .options import OPTIONS, balanced, placed
from .places import Site
from .tasks import DRAWS, OPTIONS_OF, Draft
from .wording import in_first_image

BUILD_FILE = "build.json"
MOST_IDLE = 3000
"""So many generated places without a new item, and there are none to be had."""
OF_A_PLACE = 3
"""Items of one task about a labelled place, at most."""
_YES_NO = ("Yes", "No")


@dataclass(frozen=True)
class Options:
    """What is asked for.

    Attributes:
        sources: "generated", or what `sources.resolve` takes.
        items: How many, over all sources and tasks; each in all its variants counts once.
        seed: Of everything that is drawn.
        variants: How items are shown.
        tasks: Which of `TASKS`.
        split: Of the places; None: all.
        size: Pixels along a side of generated places.
    """

    sources: tuple[str, ...]
    items: int
    seed: int = 0
    variants: tuple[Variant, ...] = ("optical",)
    tasks: tuple[str, ...] = TASKS
    split: Split | None = "test"
    size: int = generated.SIZE_PX


@dataclass
class _Task:
    """What is still to be found of one task, and what is dealt to its items."""

    name: str
    wanted: int
    letters: list[int]
    below: list[int]
    found: int = 0
    answers: Counter = field(default_factory=Counter)

    @classmethod
    def dealt(cls, name: str, wanted: int, rng: random.Random) -> _Task:
        """With balanced letters, and the truth as often smallest as largest among the options."""
        return cls(name, wanted, balanced(wanted, OPTIONS_OF[name], rng), balanced(wanted, OPTIONS, rng))

    @property
    def is_open(self) -> bool:
        """Whether more items are wanted."""
        return self.found < self.wanted

    def wants(self, answer: str) -> bool:
        """Whether another item with this answer may come: of "Yes" and "No" there are to be as many."""
        return self.name != "boundary_detection" or self.answers[answer] < share(self.wanted, 2, answer == "Yes")

    def answer(self) -> str:
        """The answer that is wanted; "" for any."""
        wanted = [answer for answer in _YES_NO if self.wants(answer)]
        return wanted[0] if len(wanted) == 1 else ""

    def draw(self, site: Site, rng: random.Random, ahead: int) -> _Drawn | None:
        """A question about a site, where there is one; `ahead` is how many of the site may come before it."""
        # What has no room here is left for another place.
        for below in dict.fromkeys((*self.below[ahead:], *self.below[:ahead])):
            draft = DRAWS[self.name](site, rng, below, self.answer())
            if draft is not None:
                return _Drawn(self, draft, below)
        return None


@dataclass(frozen=True)
class _Drawn:
    """A question of a task, and which of what was dealt it takes."""

    task: _Task
    draft: Draft
    below: int


def build(
    options: Options,
    folder: Path,
    stopped: Callable[[], bool] = lambda: False,
    tell: Callable[[float], None] = lambda done: None,
) -> dict:
    """Make a benchmark.

    Args:
        options: what to build.
        folder: where; must not exist, or be empty.
        stopped: asked at every place whether to end.
        tell: told the fraction that is done.

    Returns:
        What `build.json` holds.

    Raises:
        RequestError: an option or a source cannot be used, or the folder holds something.
        OutputError: the folder cannot be written to.
        Cancelled: `stopped` was true; nothing is left.
    """
    require("data", "pycocotools", "pyarrow")
    _check(options)
    with _draft(folder) as draft:
        (draft / "images").mkdir()
        writer = ItemsWriter(draft / ITEMS_FILE)
        maker = _Maker(options, draft, writer)
        try:
            for number, spec in enumerate(options.sources):
                maker.take(spec, share(options.items, len(options.sources), number), stopped, tell)
        finally:
            writer.close()
        report = maker.report()
        (draft / BUILD_FILE).write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return report


def _check(options: Options) -> None:
    if not options.sources:
        raise RequestError("There is no source to build from: give one, for example --source generated.")
    if len(set(options.sources)) < len(options.sources):
        raise RequestError("A source is given twice: give each one once.")
    if options.items < 1:
        raise RequestError(f"A benchmark has at least 1 item, not {options.items}.")
    if options.seed < 0:
        raise RequestError(f"The seed must be 0 or more, not {options.seed}.")
    if not MIN_SIZE_PX <= options.size <= MAX_SIZE_PX:
        raise RequestError(f"Generated places are {MIN_SIZE_PX} to {MAX_SIZE_PX} pixels wide, not {options.size}.")
    for kind, given, known in (("task", options.tasks, TASKS), ("variant", options.variants, VARIANTS)):
        unknown = [name for name in given if name not in known]
        if unknown or not given:
            raise RequestError(f"There is no {kind} {(unknown or [''])[0]!r}: choose among {', '.join(known)}.")
    for spec in options.sources:
        if spec != generated.NAME:
            resolve(spec)


@contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """A folder beside the one that is wanted, which takes its name when all went well."""
    folder = folder.expanduser().absolute()
    if folder.is_file():
        raise RequestError(f"{folder} is a file: choose a folder for the items.")
    if folder.is_dir() and any(folder.iterdir()):
        raise RequestError(f"{folder} holds files: choose a new or empty folder for the items.")
    draft = folder.with_name(f".{folder.name[:80]}.{secrets.token_hex(4)}.part")
    try:
        draft.mkdir(parents=True)
        yield draft
        if folder.is_dir():
            folder.rmdir()
        os.replace(draft, folder)
    except OSError as error:
        raise OutputError(f"{folder} cannot be written to ({error}): free space or choose another folder.") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


class _Maker:
    """Turns sites into items."""

    def __init__(self, options: Options, folder: Path, writer: ItemsWriter) -> None:
        self.options, self.folder, self.writer = options, folder, writer
        self.made = 0
        self.short: list[dict] = []
        self.skipped: list[dict] = []
        self.counts: dict[str, Counter] = {task: Counter() for task in options.tasks}
        self.places = 0

    def take(self, spec: str, wanted: int, stopped: Callable[[], bool], tell: Callable[[float], None]) -> None:
        """Draw so many items from one source."""
        rng = seeded(f"{self.options.seed} {spec} deal")
        tasks = [
            _Task.dealt(name, share(wanted, len(self.options.tasks), number), rng)
            for number, name in enumerate(self.options.tasks)
        ]
        idle = 0
        for site in self._sites(spec, tasks):
            if stopped():
                raise Cancelled
            found = self._items(site, tasks) if site else 0
            self.made += found
            idle = 0 if found else idle + bool(site)
            tell(self.made / self.options.items)
            if not any(task.is_open for task in tasks) or (spec == generated.NAME and idle > MOST_IDLE):
                break
        self.short += [
            {"source": spec, "task": task.name, "asked": task.wanted, "made": task.found}
            for task in tasks
            if task.is_open
        ]

    def _sites(self, spec: str, tasks: Sequence[_Task]) -> Iterator[Site | None]:
        options = self.options
        if spec == generated.NAME:
            building = [task for task in tasks if task.name == "building_change"]
            wants = lambda: any(task.is_open for task in building)  # noqa: E731
            return places.generate(options.seed, options.size, options.split, wants)
        source, folder = resolve(spec)
        return places.of_source(source.name, folder, options.split, options.seed, self.skipped)

    def _items(self, site: Site, tasks: Sequence[_Task]) -> int:
        """Write the items of a site; returns how many."""
        rng = seeded(f"{self.options.seed} {site.source} {site.record}")
        drafts = self._drafts(site, tasks, rng)
        if not drafts:
            return 0
        second = "two_date" in self.options.variants or any(drawn.draft.two_dates for drawn in drafts)
        dates = site.dates(second)
        written = 0
        files: dict[tuple[int, str], ImageFile] = {}
        for drawn in drafts:
            task, draft = drawn.task, drawn.draft
            variants = [variant for variant in self.options.variants if _fits(draft, variant, dates)]
            if not variants or not task.wants(draft.options[0]) or drawn.below not in task.below:
                continue
            task.below.remove(drawn.below)
            texts = placed(draft.options, task.letters[task.found], rng)
            base = f"{task.name}-{self.counts[task.name]['items']:05}"
            for variant in variants:
                self.writer.add(self._item(site, draft, task, base, variant, texts, dates, files))
            task.found += 1
            task.answers[draft.options[0]] += 1
            self.counts[task.name].update(["items", f"answer {LETTERS[texts.index(draft.options[0])]}", *variants])
            written += 1
        self.places += bool(written)
        return written

    def _drafts(self, site: Site, tasks: Sequence[_Task], rng: random.Random) -> list[_Drawn]:
        """Questions about a site: one of a task where there is no end of places, else several, of other regions."""
        rounds = 1 if site.source == generated.NAME else OF_A_PLACE
        found: dict[tuple[str, frozenset[str]], _Drawn] = {}
        for task in tasks:
            for ahead in range(min(rounds, task.wanted - task.found)):
                drawn = task.draw(site, rng, ahead)
                if drawn:
                    found.setdefault((task.name, frozenset(mark.phrase for mark in drawn.draft.marks)), drawn)
        return list(found.values())

    def _item(
        self, site: Site, draft: Draft, task: _Task, base: str, variant: Variant, texts: tuple[str, ...],
        dates: Sequence[LabelledScene], files: dict[tuple[int, str], ImageFile],
    ) -> Item:  # fmt: skip
        both = draft.two_dates or variant == "two_date"
        shown = dates if both else dates[:1]
        kinds = ("optical", "sar") if SENSORS[variant] == "both" else (SENSORS[variant],)
        images = []
        for number, scene in enumerate(shown, start=1):
            for kind in kinds:
                if (number, kind) not in files:
                    name = f"images/{self.places:05}_{_plain(site.source)}_{number}_{kind}.tif"
                    write_image(self.folder / name, scene, kind, site.grid)
                    files[number, kind] = ImageFile(number, kind, scene.date, name)
                images.append(files[number, kind])
        grid = site.grid
        return Item(
            id=f"{base}-{variant}",
            base=base,
            variant=variant,
            task=task.name,
            question=draft.question if draft.two_dates or not both else in_first_image(draft.question),
            candidates=texts,
            answer=LETTERS[texts.index(draft.options[0])],
            value=draft.value,
            unit=draft.unit,
            masks=tuple(ReferenceMask(mark.phrase, mark.image, encode(mark.mask)) for mark in draft.marks),
            valid=encode(site.valid),
            images=tuple(images),
            crs=grid.crs_text,
            transform=tuple(grid.transform)[:6],
            source=site.source,
            place=site.place,
            record=site.record,
            licence=site.licence,
            lonlat=site.lonlat,
            picture=picture_of(shown, variant),
        )

    def report(self) -> dict:
        """What was made."""
        return {
            "made_by": f"terrascope {__version__}",
            "options": asdict(self.options),
            "items": self.made,
            "places": self.places,
            "tasks": {task: dict(sorted(counts.items())) for task, counts in self.counts.items()},
            "short": self.short,
            "skipped": self.skipped,
        }


def _fits(draft: Draft, variant: Variant, dates: Sequence[LabelledScene]) -> bool:
    """Whether an item can be shown so; a question about two dates shows both of them in every variant."""
    if draft.two_dates:
        return variant != "two_date" and len(dates) > 1 and all(can_show(scene, variant) for scene in dates)
    if variant == "two_date":
        return len(dates) > 1 and all(can_show(scene, variant) for scene in dates)
    return can_show(dates[0], variant)


def _plain(name: str) -> str:
    return re.sub(r"\W+", "-", name)
