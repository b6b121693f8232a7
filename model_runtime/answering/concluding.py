"""What a run has come to: its answer's figures are checked, its report is put together, its files are written."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from .. import protocol
from ..evidence.files import replacing
from ..evidence.geopackage import write_report
from ..evidence.picture import write_picture
from ..measure import claims
from ..rasters.rows import Rows, together
from ..scene.grid import Grid
from ..scene.scene import Scene, inside_polygon
from ..versions import versions

if TYPE_CHECKING:
    from .run import Run


def conclude(run: Run) -> None:
    """Relate what the whole reasoning related, check the answer's figures, write, and report."""
    findings, tell = run.findings, run.tell
    for sentence in run.taught.sentences():
        tell.warn(sentence)
    with tell.timed("measure"):
        if run.relates:
            for index in range(1, len(findings.steps)):
                findings.relate(index)
        findings.compare()
    # An answer that was put together from the measures claims nothing.
    parsed = [] if run.answer == findings.areas_in_words() else claims.parse_claims(run.answer)
    checked = claims.check(parsed, findings.steps, findings.distances, findings.compared.changes, findings.shares_pct)
    tell.emit(protocol.Answer(answer=run.answer, claims=checked))
    tell.progress("Writing the evidence", 0.95)
    report = _report(run, checked)
    with tell.timed("write"):
        write(run, report)
    report = report.model_copy(update={"timings": tell.timings()})
    tell.emit(protocol.Progress(stage="Done", fraction=1.0))
    made = run.told or run.request
    tell.emit(protocol.Done(report=report, geopackage=made.out, picture=made.picture))


def write(run: Run, report: protocol.Report) -> None:
    """Write GeoPackage and picture, both or none.

    Raises:
        OutputError: they cannot be written.
        Cancelled: the run has been.
    """
    request, ground, findings = run.request, run.ground, run.findings
    with ExitStack() as whole:
        drawn = _drawing(run, whole, report) if request.picture else None

        def check() -> None:
            """Nothing is in place before all is written."""
            if drawn:
                drawn.result()
            run.tell.check()

        if not request.out:
            check()
        else:
            write_report(
                request.out,
                report,
                findings.masks,
                findings.lines,
                ground.grid,
                findings.compared.masks,
                findings.modalities(),
                run.told or request,
                [(seen, date.valid) for seen, date in zip(ground.seen, ground.dates, strict=True)],
                check,
            )


def _drawing(run: Run, whole: ExitStack, report: protocol.Report) -> Future[None]:
    """The picture as a draft, being drawn beside what comes next.

    Args:
        run: what was found.
        whole: puts the draft in its place if all goes well.
        report: of the run.
    """
    draft = whole.enter_context(replacing(run.request.picture, ".png"))
    scene, keeping, findings = run.ground.dates[0].scene, run.ground.keeping, run.findings
    # Read here: masks of a large scene are files, which two threads may not read at once.
    masks = [keeping.on_overview(mask) for mask in findings.masks]
    changed = [tuple(map(keeping.on_overview, pair)) for pair in findings.compared.masks]
    beside = whole.enter_context(ThreadPoolExecutor(1))
    return beside.submit(write_picture, draft, scene.rgb, masks, report, scene.grid, findings.lines, changed)


def _report(run: Run, checked: list[protocol.Claim]) -> protocol.Report:
    request, findings, compared = run.request, run.findings, run.findings.compared
    return protocol.Report(
        question=request.question,
        answer=run.answer,
        reasoning=run.reasoning,
        steps=findings.steps,
        distances=findings.distances,
        changes=compared.changes,
        transitions=compared.transitions,
        series=compared.series,
        claims=checked,
        model=protocol.ModelInfo(**run.model.info()),
        scene=_scene_info(run),
        dates=[_date_info(run, image) for image in range(1, len(run.ground.dates) + 1)],
        fusion=_fusion(run),
        examples=request.examples,
        examples_crs=request.examples_crs,
        earlier=request.earlier,
        taught=run.taught.counts(),
        minimum_area_ha=request.minimum_area_ha,
        profile=request.profile,
        measured=run.measured,
        timings=run.tell.timings(),
        warnings=run.tell.warnings,
        versions=versions(),
        started=run.started.isoformat(timespec="seconds"),
        finished=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _scene_info(run: Run) -> protocol.SceneInfo:
    grid, areas = run.ground.grid, run.ground.areas
    shown = together(lambda *parts: np.logical_and.reduce(parts), *(date.valid for date in run.ground.dates))
    return protocol.SceneInfo(
        crs=grid.crs_text,
        ellipsoid=grid.ellipsoid,
        width=grid.width,
        height=grid.height,
        pixel_size_m=grid.pixel_size_m,
        bounds=grid.bounds,
        valid_pixels=shown.count(),
        valid_area_ha=areas.total_ha(shown),
        asked_area_ha=areas.total_ha(_asked_about(run.request, grid)),
    )


def _asked_about(request: protocol.AskRequest, grid: Grid) -> Rows:
    """Bool (H, W): the place of the question, whether it has data or not."""

    def read(first: int, end: int) -> np.ndarray:
        if request.polygon_wkt is None:
            return np.ones((end - first, grid.width), bool)
        return inside_polygon(request.polygon_wkt, request.extent_crs, grid.crop(0, first, grid.width, end - first))

    return Rows((grid.height, grid.width), read)


def _date_info(run: Run, image: int) -> protocol.DateInfo:
    date, told = run.ground.dates[image - 1], run.told and run.told.dates[image - 1]
    return protocol.DateInfo(
        image=image,
        date=date.date.isoformat() if date.date else None,
        optical=_image_info(date.optical, date.optical_offset_m, told and told.optical),
        sar=_image_info(date.sar, date.sar_offset_m, told and told.sar),
        hidden_ha=run.ground.hidden_ha[image - 1],
        hidden_by=run.ground.hidden_by[image - 1],
    )


def _image_info(scene: Scene | None, offset_m: float | None, told: str | None) -> protocol.ImageInfo | None:
    return scene and protocol.ImageInfo(
        path=told or scene.path,
        sha256=scene.sha256,
        bands=scene.band_index,
        sensor=scene.sensor,
        stretch=scene.stretch,
        offset_m=offset_m,
    )


def _fusion(run: Run) -> protocol.Fusion | None:
    """What was done where a date had both sensors; "none" also where the model could not take one of them."""
    if any(date.optical and date.sar for date in run.ground.dates):
        return run.request.fusion
    return "none" if any(date.optical and date.sar for date in run.request.dates) else None
