"""The one function that does the work: a question and images of a place in, a stream of events out.

Server and command line are thin callers of `analyse`. Rooms in order: scene, model, measure, evidence.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np
from shapely import LineString

from . import __version__, follow_up, protocol, unfinished
from .errors import Cancelled, NotEnoughMemory, RequestError
from .evidence.files import check_closed, replacing
from .evidence.geopackage import layer_name, write_report
from .evidence.picture import write_picture
from .mask_keeping import MaskKeeping
from .measure import claims, comparisons, dates, layout, words
from .measure.area import PixelAreas, coverage_pct
from .measure.exclusive import shared_out
from .measure.mask_bounds import mask_bounds
from .measure.relations import is_cloud, partner_of, related
from .model.adapt import Example, Lessons
from .model.apart import reason_apart
from .model.confidence import UNSURE
from .model.language import Say, say_together
from .model.marking import mark_regions
from .model.profile import ReasoningProfile
from .model.reasoner import Clouds, Encoded, Finished, Noted, Said, SegStep, reason
from .model_store.devices import ran_out
from .rasters.rows import Raster, Rows, enlarged, rows_of, together
from .region_names import to_map, usual
from .scene import acquisitions
from .scene.acquisitions import Acquisition
from .scene.bands import SAR_ROLES
from .scene.detail import LARGE_PX
from .scene.examples import pixels_shown
from .scene.scene import Scene, inside_polygon
from .scene_images import model_image
from .scene_memory import Place, SceneMemory
from .unfinished import Unfinished

if TYPE_CHECKING:
    from .model.terrascope import TerraScope

# Looking for itself the model sees clouds on up to 0.2 % of clear aerial scenes: roofs, which are to be measured.
_LEAST_CLOUDS_PCT = 1.0
_LEAST_ROOM = 1 << 26
_LIBRARIES = ("torch", "transformers", "numpy", "rasterio", "pyproj", "shapely")


class Sink(Protocol):
    """Where events go, and the only word back: whether to stop."""

    def emit(self, event: protocol.Event) -> None:
        """Take one event; called on the thread that runs `analyse`."""

    def cancelled(self) -> bool:
        """Whether the user wants no result any more; asked before every token."""


def analyse(
    request: protocol.AskRequest,
    model: TerraScope,
    sink: Sink,
    warnings: Sequence[str] = (),
    memory: SceneMemory | None = None,
    told: protocol.AskRequest | None = None,
) -> None:
    """Answer one question about one place; the last event is `Done`.

    Args:
        request: what is asked.
        model: who answers.
        sink: where events go.
        warnings: what the user has been told before, for the report.
        memory: of the place that this model was asked about last; None: nothing is known and nothing is kept.
        told: the request with the paths that record and events are to name instead of those that are read and written,
            which are nobody's business on a remote machine; None: these.

    Raises:
        TerraScopeError: one sentence on why there is no result; nothing has been written then. `Cancelled` when the
            sink said so; `NotEnoughMemory` when the model may still find room in a lower tier.
    """
    _check(request)
    memory = memory or SceneMemory(most_bytes=0)
    run = _Run(request, model, sink, memory.place_of(request), told, warnings=list(warnings))
    steps, said = run.answering(memory), None
    while True:
        try:
            wish = steps.send(said)
        except StopIteration:
            return
        try:
            (said,) = say_together([wish])
        except Exception as error:  # noqa: BLE001 - the run says what it means
            steps.throw(error)


def analyse_together(
    requests: Sequence[protocol.AskRequest], model: TerraScope, sinks: Sequence[Sink], memory: SceneMemory
) -> list[Exception | None]:
    """Answer several questions about one place at once, word by word: a large model's weights are read once for all.

    Args:
        requests: of one place (`SceneMemory.same_place`).
        model: who answers.
        sinks: of each.
        memory: as of `analyse`.

    Returns:
        Of each why there is no result; None where there is one.
    """
    found: list[Exception | None] = [None] * len(requests)
    place = memory.place_of(requests[0])
    answering: dict[int, Generator[Say, list[int], None]] = {}
    wishes: dict[int, Say] = {}

    def go_on(number: int, said: list[int] | None, failure: Exception | None = None) -> None:
        wishes.pop(number, None)
        steps = answering[number]
        try:
            wishes[number] = steps.throw(failure) if failure else steps.send(said)
        except StopIteration:
            pass
        except Exception as error:  # noqa: BLE001 - one question's failure is not to end the others
            found[number] = error

    for number, (request, sink) in enumerate(zip(requests, sinks, strict=True)):
        try:
            _check(request)
        except RequestError as error:
            found[number] = error
            continue
        answering[number] = _Run(request, model, sink, place).answering(memory)
        go_on(number, None)
    while wishes:
        asking, failure = list(wishes), None
        told: list[list[int] | None] = [None] * len(asking)
        try:
            told = list(say_together(list(wishes.values())))
        except Exception as error:  # noqa: BLE001 - each run says what it means
            failure = error
        for number, said in zip(asking, told, strict=True):
            go_on(number, said, failure)
    return found


def _check(request: protocol.AskRequest) -> None:
    if not request.question.strip():
        raise RequestError("The question is empty; type what you want to know about the scene.")
    if request.regions and len(request.dates) > 1:
        raise RequestError("A land-cover map is made of one date: leave the others out, or ask a question about them.")
    given = [path for date in request.dates for path in (date.optical, date.sar, date.clouds) if path]
    if any(path and "\0" in path for path in (*given, request.out, request.picture)):
        raise RequestError("A file name contains a null character; choose the files again.")
    inputs = {_real(path) for path in given}
    outputs = [(path, suffix) for path, suffix in ((request.out, ".gpkg"), (request.picture, ".png")) if path]
    for path, suffix in outputs:
        if not os.path.isdir(os.path.dirname(path) or "."):
            raise RequestError(f"The folder of {path} does not exist; choose an existing folder.")
        if Path(path).suffix.lower() != suffix or os.path.isdir(path):
            raise RequestError(f"{path} cannot be written; choose a file name that ends in {suffix}.")
        if _real(path) in inputs:
            raise RequestError(f"{path} is the scene itself; choose another file name for the result.")
        check_closed(Path(path))
    acquisitions.check(request.dates)


def _stopper(sink: Sink) -> Callable[[], None]:
    """What raises `Cancelled` when a sink says so; it knows no run, whose masks and pixels go as soon as it ends."""

    def check() -> None:
        if sink.cancelled():
            raise Cancelled

    return check


def _real(path: str) -> str:
    return os.path.normcase(os.path.realpath(os.path.expanduser(path)))


@dataclass
class _Run:
    """One run's state: what was found so far, and how long each stage took."""

    request: protocol.AskRequest
    model: TerraScope
    sink: Sink
    place: Place
    told: protocol.AskRequest | None = None
    acquired: list[Acquisition] = field(default_factory=list)
    seen: list[Raster] = field(default_factory=list)
    """Of each date, bool (H, W): where it has data that no cloud hides."""
    hidden_ha: list[float] = field(default_factory=list)
    hidden_by: list[Literal["", "layer", "model"]] = field(default_factory=list)
    steps: list[protocol.Step] = field(default_factory=list)
    masks: list[Raster] = field(default_factory=list)
    distances: list[protocol.Distance] = field(default_factory=list)
    lines: list[LineString | None] = field(default_factory=list)
    log_odds: list[Raster | None] = field(default_factory=list)
    chosen: dict[int, np.ndarray] = field(default_factory=dict)
    """Of each image with two sensors, uint8 (rows, cols) of its token grid: 1 where optical, 2 where SAR evidence is
    relied on, 0 neither."""
    shares_pct: list[float] = field(default_factory=list)
    """Of each related region what the question asks for: its share within a reach, or of its edge."""
    compared: dates.Compared = field(default_factory=dates.Compared)
    lessons: Lessons | None = None
    """What the user's examples show; None without any."""
    taught: dict[str, dict[int, int]] = field(default_factory=dict)
    """Phrase of each mask that examples drew -> its images -> how many examples of it each has."""
    warnings: list[str] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    reasoning: str = ""
    answer: str = ""
    started: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __post_init__(self) -> None:
        asked = self.request.measured
        self.measured = self.model.config.measured_default if asked is None else asked
        self._read_question()
        self.asked = words.asked(self.question)
        self._clock = time.perf_counter()

    def _read_question(self) -> None:
        """Decide what the model is asked, and which earlier turns it is shown."""
        request, config = self.request, self.model.config
        self.question, self.turns, self.reading_note = request.question, [], ""
        if request.earlier and config.takes_turns:
            self.turns = [(turn.question, turn.answer) for turn in request.earlier]
        elif request.earlier:
            own = config.taught.classes if config.taught else ()
            reading = follow_up.read(request.question, request.earlier, own)
            self.question, self.reading_note = reading.question, reading.note

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time of a block to a stage."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.timings[stage] = self.timings.get(stage, 0.0) + time.perf_counter() - begin

    def check(self) -> None:
        """End the run here when it has been cancelled.

        Raises:
            Cancelled: it has.
        """
        if self.sink.cancelled():
            raise Cancelled

    def progress(self, stage: str, fraction: float) -> None:
        """Say where we are; the place where a cancelled run ends between tokens."""
        self.check()
        self.sink.emit(protocol.Progress(stage=stage, fraction=fraction))

    def warn(self, message: str) -> None:
        """Tell the user and keep it for the report."""
        self.warnings.append(message)
        self.sink.emit(protocol.Warning(message=message))

    def answering(self, memory: SceneMemory) -> Generator[Say, list[int], None]:
        """From the request to `Done`; what the model is to say next is a wish, answered by what it says.

        Args:
            memory: keeps the place.
        """
        try:
            self.look()
            with self.taken_up() as kept:
                try:
                    yield from self.think()
                finally:
                    memory.keep(self.place)
                self.conclude()
                kept.complete()
        except (Cancelled, RequestError, NotEnoughMemory):
            raise
        except Exception as error:
            # A library that finds no room often says something else: PROJ that it knows no coordinate system.
            if not ran_out(error) and _has_room():
                raise
            raise NotEnoughMemory(
                "There is not enough memory for this scene; restrict the extent and ask again."
            ) from error

    def look(self) -> None:
        """Open the images on one grid, and pass on what they have to say."""
        self.progress("Reading the scene", 0.0)
        request = self.request.model_copy(update={"dates": self._readable()})
        with self.timed("scene"):
            if not self.place.acquired:
                self.place.acquired, self.place.sentences = acquisitions.open_acquisitions(
                    request, lambda fraction: self.progress("Reading the scene", 0.05 * fraction)
                )
            self.acquired = self.place.acquired
            self.grid = self.acquired[0].grid
            self.areas = PixelAreas(self.grid)
            detail = self.acquired[0].scene.detail
            self.keeping = MaskKeeping(detail, self.areas, request.minimum_area_ha, _stopper(self.sink))
        for message in (*self.request.notes, *self.place.sentences):
            self.warn(message)
        if self.reading_note:
            self.warn(self.reading_note)
        self._tell_of_overview()
        if request.minimum_area_ha:
            unit = words.number(request.minimum_area_ha)
            self.warn(f"Parts smaller than {unit} ha (the minimum mapping unit) were left out of the masks.")
        self._check_polarisations()
        self.lessons = self._learn() if self.request.examples else None
        self.seen = [date.valid for date in self.acquired]
        self.hidden_ha, self.hidden_by = [0.0] * len(self.acquired), [""] * len(self.acquired)
        for image, date in enumerate(self.acquired, 1):
            if date.hidden is not None:
                self._hide(image, date.hidden.mask, "layer", date.hidden.how)

    @contextmanager
    def taken_up(self) -> Iterator[Unfinished]:
        """What an earlier run of the same kind had not finished of the masks of a large scene."""
        place = self.place
        if self.acquired[0].scene.detail is None or place.files is None:
            yield Unfinished(None)
            return
        model = self.model.info()
        with unfinished.taken_up(place.settings, repr(place.files), str(model.get("sha256")), __version__) as found:
            place.unfinished = found
            try:
                yield found
            finally:
                place.unfinished = Unfinished(None)

    def _tell_of_overview(self) -> None:
        """Of a large scene, say what was looked at how; its examples cannot be learnt from."""
        detail = self.acquired[0].scene.detail
        if detail is None:
            return
        if self.request.examples:
            raise RequestError(
                f"Examples can be shown on a scene of at most {LARGE_PX / 1e6:.0f} million pixels, and this one has "
                f"{self.grid.width * self.grid.height / 1e6:.0f}: restrict the extent to where they are."
            )
        if self.request.large == "per_window":
            if len(self.acquired) > 1 or (self.acquired[0].optical and self.acquired[0].sar):
                raise RequestError("Only one image can be reasoned about window by window: ask with an overview.")
            return
        size_m = max(detail.overview.pixel_size_m)
        self.warn(
            f"The scene has {self.grid.width * self.grid.height / 1e6:.0f} million pixels: the reasoning looked at an "
            f"overview of it (pixels of {words.number(size_m)} m), its masks were drawn on every pixel."
        )

    def _readable(self) -> list[protocol.DateInput]:
        """The dates without radar images that the model cannot take, or that the user wants left out.

        Raises:
            RequestError: nothing is left of a date.
        """
        dates, roles = self.request.dates, self.model.config.input_bands
        takes_sar = roles is None or bool(set(SAR_ROLES) & set(roles))  # without roles: pictures, also of radar
        if not takes_sar and any(date.sar for date in dates):
            alone = next((image for image, date in enumerate(dates, 1) if not date.optical), None)
            if alone:
                raise RequestError(
                    f"This model takes no SAR, and image {alone} is nothing else; give an optical image of that date "
                    "or choose a model that takes SAR."
                )
            left_out = sum(bool(date.sar) for date in dates)
            self.warn(f"This model takes no SAR; the SAR image{'s were' if left_out > 1 else ' was'} left out.")
        if takes_sar and self.request.fusion != "none":
            return dates
        return [date.model_copy(update={"sar": None}) if date.optical else date for date in dates]

    def _learn(self) -> Lessons:
        """The examples on the scene's grid, where there is data.

        Raises:
            RequestError: one is of a date that there is not, or none lies on the scene.
        """
        given, count = self.request.examples, len(self.acquired)
        found: list[Example] = []
        for example, pixels in zip(given, pixels_shown(given, self.request.examples_crs, self.grid), strict=True):
            image = example.image or 1
            if image > count:
                raise RequestError(
                    f"An example of {example.phrase} is of image {image}, but there {'are' if count > 1 else 'is'} "
                    f"{count}; mark it on one of the images that are asked about."
                )
            here = pixels[self.acquired[image - 1].valid[pixels[:, 0], pixels[:, 1]]]
            if len(here):
                found.append(Example(usual(example.phrase), here, example.inside, image - 1))
        if not found:
            raise RequestError("None of the examples lies on the scene's data; mark them where it has some.")
        if len(found) < len(given):
            self.warn(f"{len(given) - len(found)} of {len(given)} examples lie beyond the scene's data: left out.")
        return Lessons(tuple(found), usual)

    def _check_polarisations(self) -> None:
        known = set(self.model.config.input_bands or SAR_ROLES)
        for date in self.acquired:
            if date.sar is not None and not known & set(date.sar.roles):
                wanted = " and ".join(role for role in SAR_ROLES if role in known)
                raise RequestError(
                    f"'{Path(date.sar.path).name}' holds {' and '.join(date.sar.roles)}, and this model reads "
                    f"{wanted}; choose another SAR image or another model."
                )

    def _hide(self, image: int, mask: Raster, by: Literal["layer", "model"], how: str) -> None:
        """Take what clouds hide out of what is measured, and tell."""
        valid = self.acquired[image - 1].valid
        hidden = mask & valid
        hectares = self.areas.area_ha(hidden)
        self.hidden_ha[image - 1], self.hidden_by[image - 1] = hectares, by
        if not hectares:
            return
        self.seen[image - 1] = valid & ~hidden
        share = coverage_pct(hidden, valid)
        if not rows_of(self.seen[image - 1]).any():
            self.warn(
                f"Image {image} is wholly hidden by clouds ({how}), so nothing can be measured in it: choose another "
                "day, or add a radar image of it."
            )
        else:
            self.warn(
                f"Image {image}: {words.number(hectares)} ha ({share:.1f} %) are hidden by clouds ({how}) and were "
                "not measured."
            )

    def think(self) -> Generator[Say, list[int], None]:
        """Let the model reason; every mask is measured before the next word."""
        request = self.request
        profile = ReasoningProfile.named(
            request.profile, measured=self.measured, fusion=request.fusion, ablation=request.ablation
        )
        self.measured = profile.measured
        # The release knows no clouds, and its profile is there to behave as it does.
        looks_for_clouds = self.request.clouds == "exclude" and profile.name == "paper"
        if self.request.regions:
            self._map(profile, looks_for_clouds)
            return
        if self.request.large == "per_window" and self.acquired[0].scene.detail:
            self._think_apart(profile)
            return
        events = reason(
            self.model,
            [model_image(date.optical, date.sar, self.place) for date in self.acquired],
            self.question,
            profile,
            clouds_of=[
                image
                for image, date in enumerate(self.acquired, 1)
                if looks_for_clouds and date.sar is None and date.hidden is None
            ],
            measure=self._measure_in_words,
            cancelled=self.sink.cancelled,
            banks=self.place.banks,
            lessons=self.lessons,
            earlier=self.turns,
            wishes=True,
        )
        stage, said = "encode", None
        while True:
            with self.timed(stage):
                try:
                    event = events.send(said)
                except StopIteration:
                    break
            said = None
            if isinstance(event, Say):
                with self.timed("reason"):
                    said = yield event
                continue
            if isinstance(event, Encoded):
                if event.stage == "prefill":
                    self.progress("Reading the question", 0.28)
                elif event.stage in ("windows", "refining"):
                    self.progress("Mapping the scene", self._reached(_drawn(event)))
                elif event.stage == "examples":
                    self.progress("Learning from the examples", 0.26)
                else:
                    self.progress("Encoding the image", 0.05 + 0.2 * event.fraction)
                continue
            if isinstance(event, Clouds):
                self._hide_clouds(event)
                continue
            if isinstance(event, Noted):
                self.warn(event.message)
                continue
            if stage == "encode":
                stage = "reason"
                self.progress("Reasoning", 0.3)
            if isinstance(event, Said):
                if event.kind == "reasoning":
                    self.reasoning += event.text
                self.sink.emit(protocol.Text(text=event.text, kind=event.kind))
            elif isinstance(event, SegStep):
                with self.timed("measure"):
                    self._record(event)
                self.progress("Reasoning", self._reached(0.0))
            elif isinstance(event, Finished):
                self.reasoning, self.answer = event.reasoning, event.answer
                if event.stopped_by == "length":
                    self.warn("The model did not finish within its word limit; the answer may be missing or cut.")

    def _think_apart(self, profile: ReasoningProfile) -> None:
        """Let the model reason in each window of a large scene; the answer is what was measured of all of them."""
        detail = self.acquired[0].scene.detail
        pixel_ha = float(np.prod(detail.grid.pixel_size_m)) / 1e4

        def measure(step: SegStep) -> str:
            return words.measured_text(step.mask.sum() * pixel_ha, 100 * float(step.mask.mean()), None)

        image = model_image(self.acquired[0].optical, self.acquired[0].sar, self.place)
        with self.timed("reason"):
            for event in reason_apart(self.model, image, self.question, profile, measure, self.sink.cancelled):
                if isinstance(event, Encoded):
                    self.progress("Reasoning in windows", 0.05 + 0.85 * event.fraction)
                elif isinstance(event, SegStep):
                    self._record(event)
        self.answer = self._areas_in_words() or "Nothing was marked in any window."
        self.reasoning = "Each window was reasoned about by itself; regions of one name were put together."

    def _areas_in_words(self) -> str:
        return "; ".join(f"{step.phrase}: {words.number(step.area_ha)} ha" for step in self.steps)

    def _map(self, profile: ReasoningProfile, looks_for_clouds: bool) -> None:
        """Make a land-cover map of the regions that are asked for; nothing is reasoned about."""
        named, (date,) = to_map(self.request.regions, self.model.config), self.acquired
        for region, phrase in named.items():
            if region != phrase:
                self.warn(f"{region} is mapped as {phrase}.")
        phrases = list(dict.fromkeys(named.values()))
        found: list[SegStep] = []
        with self.timed("reason"):
            for event in mark_regions(
                self.model,
                model_image(date.optical, date.sar, self.place),
                phrases,
                profile,
                looks_for_clouds=looks_for_clouds and date.sar is None and date.hidden is None,
                cancelled=self.sink.cancelled,
                banks=self.place.banks,
                lessons=self.lessons,
            ):
                if isinstance(event, Clouds):
                    self._hide_clouds(event)
                    continue
                if isinstance(event, SegStep):
                    found.append(event)
                within = _drawn(event) if isinstance(event, Encoded) else 0.0
                self.progress("Mapping the scene", 0.1 + 0.75 * (len(found) + within) / len(phrases))
            detail = date.scene.detail
            masks = shared_out(
                [step.mask for step in found],
                [step.score for step in found],
                None if detail is None else lambda _: detail.new_mask(),
            )
        with self.timed("measure"):
            for step, mask in zip(found, masks, strict=True):
                self._record(replace(step, mask=mask))
        self.answer = self._areas_in_words()
        self.reasoning = (
            "The regions were marked one by one; where masks overlap, the ground belongs to the one with the higher "
            "score."
        )

    def _reached(self, share: float) -> float:
        """How far the reasoning is when a share of the next mask is drawn.

        How many masks are still to come is not known: each covers a third of the way that is left.
        """
        return 0.9 - 0.6 * (2 / 3) ** (len(self.steps) + share)

    def _hide_clouds(self, event: Clouds) -> None:
        """Take what the model sees of clouds out of what is measured, where it is enough to be believed."""
        date = self.acquired[event.image - 1]
        if coverage_pct(event.mask, date.scene.valid) < _LEAST_CLOUDS_PCT:
            self.hidden_by[event.image - 1] = "model"
            return
        detail = date.scene.detail
        mask = event.mask if detail is None else enlarged(event.mask, detail.step, detail.valid.shape)
        self._hide(event.image, mask, "model", "as the model itself sees them")

    def conclude(self) -> None:
        """Relate what the whole reasoning related, check the answer's figures, write, and report."""
        self._tell_what_was_taught()
        with self.timed("measure"):
            if words.relates(self.question, self.reasoning):
                for index in range(1, len(self.steps)):
                    self._relate(index)
            self._compare()
        # An answer that was put together from the measures claims nothing.
        parsed = [] if self.answer == self._areas_in_words() else claims.parse_claims(self.answer)
        checked = claims.check(parsed, self.steps, self.distances, self.compared.changes, self.shares_pct)
        self.sink.emit(protocol.Answer(answer=self.answer, claims=checked))
        self.progress("Writing the evidence", 0.95)
        report = self._report(checked)
        with self.timed("write"):
            self._write(report)
        report = report.model_copy(update={"timings": self._rounded_timings()})
        self.sink.emit(protocol.Progress(stage="Done", fraction=1.0))
        made = self.told or self.request
        self.sink.emit(protocol.Done(report=report, geopackage=made.out, picture=made.picture))

    def _write(self, report: protocol.Report) -> None:
        """GeoPackage and picture, both or none."""
        with ExitStack() as whole:
            drawn = self._drawing(whole, report) if self.request.picture else None

            def check() -> None:
                """Nothing is in place before all is written."""
                if drawn:
                    drawn.result()
                self.check()

            if not self.request.out:
                check()
            else:
                write_report(
                    self.request.out,
                    report,
                    self.masks,
                    self.lines,
                    self.grid,
                    self.compared.masks,
                    [(image, self._modality(image)) for image in sorted(self.chosen)],
                    self.told or self.request,
                    [(seen, date.valid) for seen, date in zip(self.seen, self.acquired, strict=True)],
                    check,
                )

    def _drawing(self, whole: ExitStack, report: protocol.Report) -> Future[None]:
        """The picture as a draft, being drawn beside what comes next.

        Args:
            whole: puts the draft in its place if all goes well.
            report: the run.
        """
        draft = whole.enter_context(replacing(self.request.picture, ".png"))
        scene = self.acquired[0].scene
        # Read here: masks of a large scene are files, which two threads may not read at once.
        masks = [self.keeping.on_overview(mask) for mask in self.masks]
        changed = [tuple(map(self.keeping.on_overview, pair)) for pair in self.compared.masks]
        beside = whole.enter_context(ThreadPoolExecutor(1))
        return beside.submit(write_picture, draft, scene.rgb, masks, report, scene.grid, self.lines, changed)

    def _taught_counts(self) -> dict[str, int]:
        return {phrase: sum(counts.values()) for phrase, counts in self.taught.items()}

    def _tell_what_was_taught(self) -> None:
        if self.lessons is None:
            return
        for phrase, count in self._taught_counts().items():
            self.warn(f"The mask of {phrase} follows {count} example{'s' * (count != 1)} given for this place.")
        said = {usual(phrase) for phrase in self.taught}
        for phrase in dict.fromkeys(example.phrase for example in self.lessons.examples):
            if phrase not in said:
                self.warn(f"The examples of {phrase} taught no mask of its own: the reasoning did not mark any.")

    def _record(self, seg: SegStep) -> None:
        """Measure one mask on the raster's grid and tell."""
        # Clouds themselves are seen where they hide the ground.
        valid = self.acquired[seg.image - 1].valid if is_cloud(seg.phrase) else self.seen[seg.image - 1]
        mask = self.keeping.generalised(seg.mask & valid)
        step = protocol.Step(
            index=seg.index,
            phrase=seg.phrase,
            image=seg.image,
            area_ha=self.areas.area_ha(mask),
            area_uncertainty_ha=self.areas.uncertainty_ha(mask),
            coverage_pct=coverage_pct(mask, valid),
            pixels=rows_of(mask).count(),
            score=seg.score,
            unsure=seg.score < UNSURE,
            refined=seg.refined,
            tokens=seg.injected,
            sar_share=seg.sar_share,
            layer=layer_name(seg.index, seg.phrase),
            bounds=mask_bounds(mask, self.grid),
        )
        if seg.taught_by and self.lessons:
            shown = self.lessons.of_date(seg.image - 1)
            count = sum(example.phrase == seg.taught_by for example in shown)
            self.taught.setdefault(step.phrase, {})[seg.image] = count
        self.steps.append(step)
        self.masks.append(mask)
        self.log_odds.append(seg.logits)
        if seg.modality is not None:
            before = self.chosen.get(seg.image, np.zeros_like(seg.modality))
            self.chosen[seg.image] = np.where(seg.modality > 0, seg.modality, before)
        self.sink.emit(protocol.Mask(step=step, crs=self.grid.crs_text))
        if not rows_of(seg.mask).any():
            doubt = f"; the model is unsure of that ({step.score:.2f})" if step.unsure else ""
            self.warn(f"Step {step.index} ({step.phrase}): nothing found, so no evidence entered the reasoning{doubt}.")
        elif not step.pixels:
            self.warn(
                f"Step {step.index} ({step.phrase}): found only where image {step.image} has no data or is hidden by "
                "clouds, so nothing was measured."
            )
        elif step.unsure:
            self.warn(
                f"Step {step.index} ({step.phrase}): the mask is unsure ({step.score:.2f}); look at it before you use "
                "its figures."
            )
        if words.relates(self.question, self.reasoning):
            self._relate(len(self.steps) - 1)

    def _modality(self, image: int) -> Rows:
        """Which sensor was looked at, uint8 (H, W): the token grid covers the image."""
        tokens, valid = self.chosen[image], self.acquired[image - 1].valid
        height, width = valid.shape
        columns = (2 * np.arange(width) + 1) * tokens.shape[1] // (2 * width)

        def read(first: int, end: int) -> np.ndarray:
            rows = (2 * np.arange(first, end) + 1) * tokens.shape[0] // (2 * height)
            return tokens[np.ix_(rows, columns)] * valid[first:end]

        return Rows(valid.shape, read)

    def _relate(self, index: int) -> protocol.Distance | None:
        """Relate a step (0-based) to its partner, once; None when there is none or one of the two is empty."""
        step, partner = self.steps[index], partner_of(self.steps, index)
        known = next((d for d in self.distances if d.to_step == step.index), None)
        if known or partner is None or not (step.pixels and partner.pixels):
            return known
        found, line = related(partner, step, self.masks[partner.index - 1], self.masks[index], self.grid)
        self.distances.append(found)
        self.lines.append(line)
        self.sink.emit(protocol.Measure(distance=found))
        return found

    def _compare(self) -> None:
        """Tell what became of each region that was mapped at several dates; say where that may be noise."""
        ground = [step for step in self.steps if not is_cloud(step.phrase)]  # that clouds move is no change
        self.compared = dates.compare(
            ground, self.log_odds, self.seen, self.areas, self.keeping.kept, self.keeping.generalised
        )
        for found in self.compared.changes:
            self.sink.emit(protocol.Changed(change=found))
            if not found.told:
                self.warn(dates.no_change(found))
        for message in self.compared.unseen:
            self.warn(message)

    def _measure_in_words(self, seg: SegStep) -> str:
        """The text that enters the context after a [SEG]; `_record` has run for it."""
        step, mask, wanted = self.steps[seg.index - 1], self.masks[seg.index - 1], self.asked
        found = next((d for d in self.distances if d.to_step == seg.index), None)
        return words.measured_text(
            step.area_ha,
            step.coverage_pct,
            found and self._relation(found, mask, self.masks[found.from_step - 1]),
            len(layout.part_sizes(mask)) if wanted.parts else None,
            layout.where(mask) if wanted.where else "",
            wanted,
        ) + comparisons.compared_text(wanted, self.steps[: seg.index])

    def _relation(self, found: protocol.Distance, mask: Raster, partner: Raster) -> words.Relation:
        """A distance with whatever else the question asks of the two regions."""
        wanted, size_m = self.asked, self.grid.pixel_size_m
        edge = layout.edge_pct(mask, partner, size_m) if wanted.edge else None
        within = wanted.within_m and layout.within_reach_pct(mask, partner, wanted.within_m, size_m)
        self.shares_pct += [share for share in (within, edge) if share is not None]
        return words.Relation(
            self.steps[found.from_step - 1].phrase,
            found.distance_m,
            found.contact,
            edge_pct=edge,
            within_pct=within,
            within_m=wanted.within_m or 0.0,
            direction=layout.direction(mask, partner, size_m) if wanted.direction else "",
        )

    def _rounded_timings(self) -> dict[str, float]:
        self.timings["total"] = time.perf_counter() - self._clock
        return {stage: round(seconds, 4) for stage, seconds in self.timings.items()}

    def _report(self, checked: list[protocol.Claim]) -> protocol.Report:
        shown = together(lambda *parts: np.logical_and.reduce(parts), *(date.valid for date in self.acquired))
        grid = self.grid
        return protocol.Report(
            question=self.request.question,
            answer=self.answer,
            reasoning=self.reasoning,
            steps=self.steps,
            distances=self.distances,
            changes=self.compared.changes,
            transitions=self.compared.transitions,
            series=self.compared.series,
            claims=checked,
            model=protocol.ModelInfo(**self.model.info()),
            scene=protocol.SceneInfo(
                crs=grid.crs_text,
                ellipsoid=grid.ellipsoid,
                width=grid.width,
                height=grid.height,
                pixel_size_m=grid.pixel_size_m,
                bounds=grid.bounds,
                valid_pixels=shown.count(),
                valid_area_ha=self.areas.total_ha(shown),
                asked_area_ha=self.areas.total_ha(self._asked()),
            ),
            dates=[self._date_info(image) for image in range(1, len(self.acquired) + 1)],
            fusion=self._fusion(),
            examples=self.request.examples,
            examples_crs=self.request.examples_crs,
            earlier=self.request.earlier,
            taught=self._taught_counts(),
            minimum_area_ha=self.request.minimum_area_ha,
            profile=self.request.profile,
            measured=self.measured,
            timings=self._rounded_timings(),
            warnings=self.warnings,
            versions=versions(),
            started=self.started.isoformat(timespec="seconds"),
            finished=datetime.now(UTC).isoformat(timespec="seconds"),
        )

    def _asked(self) -> Rows:
        """Bool (H, W): what was asked about, whether it has data or not."""
        request, grid = self.request, self.grid

        def read(first: int, end: int) -> np.ndarray:
            if request.polygon_wkt is None:
                return np.ones((end - first, grid.width), bool)
            return inside_polygon(request.polygon_wkt, request.extent_crs, grid.crop(0, first, grid.width, end - first))

        return Rows((grid.height, grid.width), read)

    def _date_info(self, image: int) -> protocol.DateInfo:
        date, told = self.acquired[image - 1], self.told and self.told.dates[image - 1]
        return protocol.DateInfo(
            image=image,
            date=date.date.isoformat() if date.date else None,
            optical=_image_info(date.optical, date.optical_offset_m, told and told.optical),
            sar=_image_info(date.sar, date.sar_offset_m, told and told.sar),
            hidden_ha=self.hidden_ha[image - 1],
            hidden_by=self.hidden_by[image - 1],
        )

    def _fusion(self) -> protocol.Fusion | None:
        """What was done where a date had both sensors; "none" also where the model could not take one of them."""
        if any(date.optical and date.sar for date in self.acquired):
            return self.request.fusion
        return "none" if any(date.optical and date.sar for date in self.request.dates) else None


def _has_room() -> bool:
    """Whether there is memory for anything at all."""
    try:
        np.empty(_LEAST_ROOM, np.uint8)
    except MemoryError:
        return False
    return True


def versions() -> dict[str, str]:
    """Versions of this program and of what its figures depend on."""
    found = {"terrascope": __version__, "python": platform.python_version()}
    return found | {name: _version(name) for name in _LIBRARIES}


@cache
def _version(library: str) -> str:
    """Looked up once: files are searched and read for it."""
    return metadata.version(library)


def _image_info(scene: Scene | None, offset_m: float | None, told: str | None) -> protocol.ImageInfo | None:
    return scene and protocol.ImageInfo(
        path=told or scene.path,
        sha256=scene.sha256,
        bands=scene.band_index,
        sensor=scene.sensor,
        stretch=scene.stretch,
        offset_m=offset_m,
    )


def _drawn(event: Encoded) -> float:
    """How far a mask of a large image is; an unsure one is drawn twice, which is not known before."""
    return {"windows": 0.6 * event.fraction, "refining": 0.6 + 0.4 * event.fraction}.get(event.stage, 0.0)
