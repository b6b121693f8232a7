"""The one function that does the work: a question and a scene in, a stream of events out.

Server and command line are thin callers of `analyse`. Rooms in order: scene, model, measure, evidence.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from shapely import LineString

from . import __version__, protocol
from .errors import Cancelled, NotEnoughMemory, RequestError, SceneError
from .evidence.files import replacing
from .evidence.geopackage import layer_name, write_report
from .evidence.picture import write_picture
from .measure import claims, contact, dates, distance
from .measure.area import PixelAreas, coverage_pct
from .model.profile import ReasoningProfile
from .model.reasoner import Encoded, Finished, Said, SegStep, reason
from .model.vision import ModelImage
from .model_store.devices import ran_out
from .scene.bands import SAR_ROLES
from .scene.grid import Grid
from .scene.registration import open_beside, restrict
from .scene.scene import Scene, open_scene

if TYPE_CHECKING:
    from .model.terrascope import TerraScope

_LIBRARIES = ("torch", "transformers", "numpy", "rasterio", "pyproj", "shapely")


class Sink(Protocol):
    """Where events go, and the only word back: whether to stop."""

    def emit(self, event: protocol.Event) -> None:
        """Take one event; called on the thread that runs `analyse`."""

    def cancelled(self) -> bool:
        """Whether the user wants no result any more; asked before every token."""


def analyse(request: protocol.AskRequest, model: TerraScope, sink: Sink, warnings: Sequence[str] = ()) -> None:
    """Answer one question about one scene; the last event is `Done`.

    Args:
        request: what is asked.
        model: who answers.
        sink: where events go.
        warnings: what the user has been told before, for the report.

    Raises:
        TerraScopeError: one sentence on why there is no result; nothing has been written then. `Cancelled` when the
            sink said so; `NotEnoughMemory` when the model may still find room in a lower tier.
    """
    _check(request)
    run = _Run(request, model, sink, warnings=list(warnings))
    try:
        run.look()
        run.think()
        run.conclude()
    except (MemoryError, RuntimeError) as error:
        if not ran_out(error):
            raise
        raise NotEnoughMemory(
            "There is not enough memory for this scene; restrict the extent and ask again."
        ) from error


def _check(request: protocol.AskRequest) -> None:
    if not request.question.strip():
        raise RequestError("The question is empty; type what you want to know about the scene.")
    named = (request.optical, request.sar, request.second_date, request.out, request.picture)
    if any(path and "\0" in path for path in named):
        raise RequestError("A file name contains a null character; choose the files again.")
    inputs = {_real(path) for path in named[:3] if path}
    outputs = [(path, suffix) for path, suffix in ((request.out, ".gpkg"), (request.picture, ".png")) if path]
    for path, suffix in outputs:
        if not os.path.isdir(os.path.dirname(path) or "."):
            raise RequestError(f"The folder of {path} does not exist; choose an existing folder.")
        if Path(path).suffix.lower() != suffix or os.path.isdir(path):
            raise RequestError(f"{path} cannot be written; choose a file name that ends in {suffix}.")
        if _real(path) in inputs:
            raise RequestError(f"{path} is the scene itself; choose another file name for the result.")


def _real(path: str) -> str:
    return os.path.normcase(os.path.realpath(os.path.expanduser(path)))


def _open_scenes(request: protocol.AskRequest) -> tuple[list[Scene], Sequence[str]]:
    """The scenes on one grid, and what had to be done for that, in words."""
    first = open_scene(
        request.optical,
        extent=request.extent,
        extent_crs=request.extent_crs,
        polygon_wkt=request.polygon_wkt,
        bands=request.bands,
        sensor=request.sensor,
    )
    if not request.second_date:
        return [first], ()
    later = open_beside(
        first,
        request.second_date,
        polygon_wkt=request.polygon_wkt,
        extent_crs=request.extent_crs,
        bands=request.bands,
        sensor=request.sensor,
        on_offset=request.on_offset,
    )
    return [restrict(scene, later.footprint) for scene in (first, later.scene)], later.sentences


@dataclass
class _Run:
    """One run's state: what was found so far, and how long each stage took."""

    request: protocol.AskRequest
    model: TerraScope
    sink: Sink
    scenes: list[Scene] = field(default_factory=list)
    steps: list[protocol.Step] = field(default_factory=list)
    masks: list[np.ndarray] = field(default_factory=list)
    distances: list[protocol.Distance] = field(default_factory=list)
    lines: list[LineString | None] = field(default_factory=list)
    log_odds: list[np.ndarray | None] = field(default_factory=list)
    compared: dates.Compared = field(default_factory=dates.Compared)
    warnings: list[str] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    reasoning: str = ""
    answer: str = ""
    started: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __post_init__(self) -> None:
        asked = self.request.measured
        self.measured = self.model.config.measured_default if asked is None else asked
        self._clock = time.perf_counter()

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time of a block to a stage."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.timings[stage] = self.timings.get(stage, 0.0) + time.perf_counter() - begin

    def progress(self, stage: str, fraction: float) -> None:
        """Say where we are; the place where a cancelled run ends between tokens."""
        if self.sink.cancelled():
            raise Cancelled
        self.sink.emit(protocol.Progress(stage=stage, fraction=fraction))

    def warn(self, message: str) -> None:
        """Tell the user and keep it for the report."""
        self.warnings.append(message)
        self.sink.emit(protocol.Warning(message=message))

    def look(self) -> None:
        """Open the rasters, pass on what they have to say, and refuse or leave out a SAR image."""
        self.progress("Reading the scene", 0.0)
        with self.timed("scene"):
            self.scenes, registered = _open_scenes(self.request)
            self.areas = PixelAreas(self.scenes[0].grid)
        for message in dict.fromkeys(message for scene in self.scenes for message in scene.warnings):
            self.warn(message)
        for message in registered:
            self.warn(message)
        if self.request.sar is None:
            return
        if not Path(self.request.sar).exists():
            raise SceneError(f"There is no file {self.request.sar}; choose another SAR image or none.")
        if set(SAR_ROLES) & set(self.model.config.input_bands or ()):
            raise RequestError("SAR images cannot be read by this version yet; ask with the optical image alone.")
        self.warn("This model takes no SAR; the SAR image was left out.")

    def think(self) -> None:
        """Let the model reason; every mask is measured before the next word."""
        profile = ReasoningProfile.named(self.request.profile, measured=self.measured)
        events = reason(
            self.model,
            [model_image(scene) for scene in self.scenes],
            self.request.question,
            profile,
            measure=self._measure_in_words,
            cancelled=self.sink.cancelled,
        )
        stage = "encode"
        while True:
            with self.timed(stage):
                event = next(events, None)
            if event is None:
                break
            if isinstance(event, Encoded):
                if event.stage == "prefill":
                    self.progress("Reading the question", 0.28)
                else:
                    self.progress("Encoding the image", 0.05 + 0.2 * event.fraction)
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
                # How many masks are still to come is not known: each covers a third of the way that is left.
                self.progress("Reasoning", 0.9 - 0.6 * (2 / 3) ** event.index)
            elif isinstance(event, Finished):
                self.reasoning, self.answer = event.reasoning, event.answer
                if event.stopped_by == "length":
                    self.warn("The model did not finish within its word limit; the answer may be missing or cut.")

    def conclude(self) -> None:
        """Relate what the whole reasoning related, check the answer's figures, write, and report."""
        with self.timed("measure"):
            if claims.relates(self.request.question, self.reasoning):
                for index in range(1, len(self.steps)):
                    self._relate(index)
            self._compare()
        checked = claims.check(claims.parse_claims(self.answer), self.steps, self.distances)
        self.sink.emit(protocol.Answer(answer=self.answer, claims=checked))
        self.progress("Writing the evidence", 0.95)
        report = self._report(checked)
        scene = self.scenes[0]
        with self.timed("write"), ExitStack() as whole:
            if self.request.picture:
                # A draft until the GeoPackage is there too, which writes itself whole or not at all.
                draft = whole.enter_context(replacing(self.request.picture, ".png"))
                write_picture(draft, scene.rgb, self.masks, report, scene.grid, self.lines)
            if self.sink.cancelled():
                raise Cancelled
            if self.request.out:
                write_report(self.request.out, report, self.masks, self.lines, scene.grid, self.compared.masks)
        report = report.model_copy(update={"timings": self._rounded_timings()})
        self.sink.emit(protocol.Progress(stage="Done", fraction=1.0))
        self.sink.emit(protocol.Done(report=report, geopackage=self.request.out, picture=self.request.picture))

    def _record(self, seg: SegStep) -> None:
        """Measure one mask on the raster's grid and tell."""
        scene = self.scenes[seg.image - 1]
        mask = seg.mask & scene.valid
        step = protocol.Step(
            index=seg.index,
            phrase=seg.phrase,
            image=seg.image,
            area_ha=self.areas.area_ha(mask),
            area_uncertainty_ha=self.areas.uncertainty_ha(mask),
            coverage_pct=coverage_pct(mask, scene.valid),
            pixels=int(mask.sum()),
            score=min(1.0, max(0.0, float(seg.score))),
            layer=layer_name(seg.index, seg.phrase),
            bounds=_bounds(mask, scene.grid),
        )
        self.steps.append(step)
        self.masks.append(mask)
        self.log_odds.append(seg.logits)
        self.sink.emit(protocol.Mask(step=step, crs=scene.grid.crs_text))
        if not step.pixels:
            self.warn(f"Step {step.index} ({step.phrase}): nothing found, so no evidence entered the reasoning.")
        if claims.relates(self.request.question, self.reasoning):
            self._relate(len(self.steps) - 1)

    def _relate(self, index: int) -> protocol.Distance | None:
        """Relate a step (0-based) to its partner, once; None when there is none or one of the two is empty."""
        step, partner = self.steps[index], partner_of(self.steps, index)
        known = next((d for d in self.distances if d.to_step == step.index), None)
        if known or partner is None or not (step.pixels and partner.pixels):
            return known
        one, other, grid = self.masks[partner.index - 1], self.masks[index], self.scenes[0].grid
        edge = distance.between(one, other, grid)
        shared = contact.between(one, other, grid)
        found = protocol.Distance(
            from_step=partner.index,
            to_step=step.index,
            distance_m=edge.distance_m,
            centroid_distance_m=edge.centroid_distance_m,
            contact=shared.touches,
            contact_length_m=shared.length_m,
        )
        self.distances.append(found)
        self.lines.append(edge.line)
        self.sink.emit(protocol.Measure(distance=found))
        return found

    def _compare(self) -> None:
        """Tell what became of each region that was mapped at several dates; say where that may be noise."""
        self.compared = dates.compare(self.steps, self.log_odds, [scene.valid for scene in self.scenes], self.areas)
        for found in self.compared.changes:
            self.sink.emit(protocol.Changed(change=found))
            if not found.told:
                self.warn(dates.no_change(found))

    def _measure_in_words(self, seg: SegStep) -> str:
        """The text that enters the context after a [SEG]; `_record` has run for it."""
        step = self.steps[seg.index - 1]
        found = next((d for d in self.distances if d.to_step == seg.index), None)
        relation = found and claims.Relation(self.steps[found.from_step - 1].phrase, found.distance_m, found.contact)
        return claims.measured_text(step.area_ha, step.coverage_pct, relation)

    def _rounded_timings(self) -> dict[str, float]:
        self.timings["total"] = time.perf_counter() - self._clock
        return {stage: round(seconds, 4) for stage, seconds in self.timings.items()}

    def _report(self, checked: list[protocol.Claim]) -> protocol.Report:
        scene = self.scenes[0]
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
                path=scene.path,
                sha256=scene.sha256,
                crs=scene.grid.crs_text,
                ellipsoid=scene.grid.ellipsoid,
                width=scene.grid.width,
                height=scene.grid.height,
                pixel_size_m=scene.grid.pixel_size_m,
                bounds=scene.grid.bounds,
                bands=scene.band_index,
                sensor=scene.sensor,
                stretch=scene.stretch,
                valid_pixels=int(scene.valid.sum()),
                valid_area_ha=self.areas.total_ha(scene.valid),
            ),
            profile=self.request.profile,
            measured=self.measured,
            timings=self._rounded_timings(),
            warnings=self.warnings,
            versions=versions(),
            started=self.started.isoformat(timespec="seconds"),
            finished=datetime.now(UTC).isoformat(timespec="seconds"),
        )


def partner_of(steps: list[protocol.Step], index: int) -> protocol.Step | None:
    """The earlier step that a step (0-based) is related to.

    The latest other region of its own image, else the first step if that is another region; the same region at two
    dates is compared by its area, not by distance. The traces the model learns from follow the same rule.
    """
    step = steps[index]
    others = [earlier for earlier in steps[:index] if earlier.phrase != step.phrase]
    same_image = [earlier for earlier in others if earlier.image == step.image]
    if same_image:
        return same_image[-1]
    return steps[0] if steps[0] in others else None


def versions() -> dict[str, str]:
    """Versions of this program and of what its figures depend on."""
    found = {"terrascope": __version__, "python": platform.python_version()}
    return found | {name: metadata.version(name) for name in _LIBRARIES}


def model_image(scene: Scene) -> ModelImage:
    """A scene as the model takes it: pixels and bands, without their place on the ground."""
    x, y = scene.grid.pixel_size_m
    return ModelImage(
        rgb=scene.rgb,
        bands=scene.bands,
        roles=scene.roles,
        reflectance=scene.reflectance,
        pixel_size_m=float(np.sqrt(x * y)),
    )


def _bounds(mask: np.ndarray, grid: Grid) -> protocol.Bounds | None:
    rows, cols = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return None
    corners = [grid.transform @ (x, y) for x in (cols[0], cols[-1] + 1) for y in (rows[0], rows[-1] + 1)]
    xs, ys = zip(*corners, strict=True)
    return float(min(xs)), float(min(ys)), float(max(xs)), float(max(ys))
