"""Masks of a report that were edited by hand are measured again, and whatever follows from them is worked out anew.

Edited polygons need not follow pixels. A pixel belongs to a mask when its centre lies in one of the polygons, and when
its date shows it: the same grid, the same code and the same figures as for the model's own masks. The layer is then
rewritten along the pixels, so that any GIS measures what the report says.

The words of the answer stay the model's.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import affine
import numpy as np
import pyproj
import rasterio.features
import shapely

from .errors import RequestError
from .evidence import columns
from .evidence.report_file import ReportFile, opened
from .evidence.seen import read_seen
from .measure import claims, dates, layout, words
from .measure.area import PixelAreas, coverage_pct
from .measure.mask_bounds import mask_bounds
from .measure.relations import is_cloud, partner_of, related
from .protocol import Change, Claim, Distance, Report, SceneInfo, SeriesPoint, Step
from .scene.grid import Grid
from .scene.scene import MAX_PIXELS

_SAME = 1e-9  # relative; the same pixels added up in another order
_CERTAIN = 1e3  # log-odds of a mask that was drawn by hand


def remeasure(path: str | os.PathLike[str], edited: Sequence[int] = ()) -> Report:
    """Let the figures of a report follow its masks, in its GeoPackage and as the record that is returned.

    Args:
        path: of the GeoPackage; it may be open in QGIS.
        edited: 1-based steps whose masks were edited; none: those whose masks are not as they were measured.

    Raises:
        RequestError: it is no report, a step is not in it, or a layer is missing or holds what is no polygon.
        OutputError: the file cannot be written. It is as it was then.
    """
    with opened(path) as file:
        report = file.report()
        _check_size(report.scene, Path(path).name)
        unknown = sorted(set(edited) - {step.index for step in report.steps})
        if unknown:
            raise RequestError(f"The report has no step {unknown[0]}: it has {len(report.steps)}.")
        again = _Again(Path(os.path.expanduser(path)), file, report)
        changed = again.changed(edited)
        if not changed:
            return report
        report = again.measured(changed)
        again.write(report, changed)
    return report


def _check_size(scene: SceneInfo, name: str) -> None:
    """Refuse a report before memory is taken for masks of a size that no scene here has; it may come from anywhere."""
    if not (scene.width > 0 and scene.height > 0 and scene.width * scene.height <= MAX_PIXELS):
        raise RequestError(
            f"'{name}' says that its scene has {scene.width} x {scene.height} pixels, which no report here has: "
            "choose a GeoPackage of an answer."
        )


def grid_of(scene: SceneInfo) -> Grid:
    """The grid that a report was measured on."""
    x0, y0, x1, y1 = scene.bounds
    transform = affine.Affine((x1 - x0) / scene.width, 0, x0, 0, (y0 - y1) / scene.height, y1)
    grid = Grid(pyproj.CRS.from_user_input(scene.crs), transform, scene.width, scene.height)
    if grid.ellipsoid == scene.ellipsoid:
        return grid
    return Grid(grid.crs, transform, scene.width, scene.height, scene.ellipsoid)


@dataclass
class _Related:
    """What was found of the pairs of regions."""

    distances: list[Distance]
    lines: list[shapely.LineString | None]
    shares_pct: list[float]


class _Again:
    """One report, and the masks that its file holds now."""

    def __init__(self, path: Path, file: ReportFile, report: Report) -> None:
        self.file, self.report = file, report
        self.grid = grid_of(report.scene)
        self.areas = PixelAreas(self.grid)
        self.seen, self.valid = read_seen(path, len(report.dates), self.grid)
        shown = np.logical_and.reduce(self.valid)
        if int(shown.sum()) != report.scene.valid_pixels:
            raise RequestError(
                f"'{path.name}' does not say where its scene has data, as reports of older versions do not: ask again."
            )
        self.masks = [self._mask(step) for step in report.steps]

    def _shows(self, step: Step) -> np.ndarray:
        return (self.valid if is_cloud(step.phrase) else self.seen)[step.image - 1]

    def _mask(self, step: Step) -> np.ndarray:
        shapes = self.file.polygons(step.layer)
        grid = self.grid
        if not shapes:
            return np.zeros((grid.height, grid.width), bool)
        inside = rasterio.features.geometry_mask(shapes, (grid.height, grid.width), grid.transform, invert=True)
        return inside & self._shows(step)

    def changed(self, edited: Sequence[int]) -> dict[int, Step]:
        """By their index the steps whose masks are others, measured."""
        found = {}
        for step, mask in zip(self.report.steps, self.masks, strict=True):
            now = self._measured(step, mask)
            if step.index in edited or (not edited and not _same(step, now)):
                found[step.index] = now
        return found

    def _measured(self, step: Step, mask: np.ndarray) -> Step:
        figures = {
            "area_ha": self.areas.area_ha(mask),
            "area_uncertainty_ha": self.areas.uncertainty_ha(mask),
            "coverage_pct": coverage_pct(mask, self._shows(step)),
            "pixels": int(mask.sum()),
            "bounds": mask_bounds(mask, self.grid),
            "unsure": False,  # how sure the model was of another mask says nothing of this one
            "edited": True,
        }
        return step.model_copy(update=figures)

    def measured(self, changed: dict[int, Step]) -> Report:
        """The record as it follows from the masks."""
        report = self.report
        steps = [changed.get(step.index, step) for step in report.steps]
        self.related = self._related(steps)
        self.compared = self._compared(steps)
        # A region that was not edited has been compared as the model saw it, pixel by pixel: that stays.
        self.phrases = {step.phrase for step in changed.values()}
        changes = _merged(report.changes, self.compared.changes, self.phrases)
        series = _merged(report.series, self.compared.series, self.phrases)
        compared = {point.phrase for point in (*report.series, *series)}
        transitions = self.compared.transitions if self.phrases & compared else report.transitions
        return report.model_copy(
            update={
                "steps": steps,
                "distances": self.related.distances,
                "changes": changes,
                "series": series,
                "transitions": transitions,
                "claims": self._claims(steps, changes),
                "warnings": self._warnings(changes, changed),
                "edited": datetime.now(UTC).isoformat(timespec="seconds"),
            }
        )

    def _related(self, steps: list[Step]) -> _Related:
        report, wanted = self.report, words.asked(self.report.question)
        found = _Related([], [], [])
        if not (report.distances or words.relates(report.question, report.reasoning)):
            return found
        for index, step in enumerate(steps):
            partner = partner_of(steps, index)
            if partner is None or not (step.pixels and partner.pixels):
                continue
            mask, other = self.masks[index], self.masks[partner.index - 1]
            distance, line = related(partner, step, other, mask, self.grid)
            found.distances.append(distance)
            found.lines.append(line)
            if report.measured:
                found.shares_pct += _shares_pct(wanted, mask, other, self.grid)
        return found

    def _compared(self, steps: list[Step]) -> dates.Compared:
        certain = [np.where(mask, _CERTAIN, -_CERTAIN).astype(np.float32) for mask in self.masks]
        ground = [step for step in steps if not is_cloud(step.phrase)]
        return dates.compare(ground, certain, self.seen, self.areas)

    def _claims(self, steps: list[Step], changes: list[Change]) -> list[Claim]:
        parsed = claims.parse_claims(self.report.answer)
        return claims.check(parsed, steps, self.related.distances, changes, self.related.shares_pct)

    def _warnings(self, changes: list[Change], changed: dict[int, Step]) -> list[str]:
        stale = {dates.no_change(change) for change in self.report.changes if change.phrase in self.phrases}
        kept = [warning for warning in self.report.warnings if warning not in stale]
        kept += [dates.no_change(change) for change in changes if change.phrase in self.phrases and not change.told]
        kept += [
            f"The mask of {step.phrase} (step {step.index}) was corrected by hand, and its figures follow it."
            for step in changed.values()
        ]
        return list(dict.fromkeys(kept))

    def write(self, report: Report, changed: dict[int, Step]) -> None:
        """Put it all into the file."""
        file = self.file
        for step in changed.values():
            parts, values = columns.step_parts(step, self.masks[step.index - 1], self.areas, report.scene.valid_pixels)
            file.replace_layer(step.layer, parts, values)
        file.replace_layer("distances", self.related.lines, columns.distance_columns(report.distances))
        file.replace_rows("steps", columns.step_columns(report.steps))
        if file.has("changes"):
            self._write_changes(report)
        file.keep(report, json.dumps(report.warnings, ensure_ascii=False))

    def _write_changes(self, report: Report) -> None:
        for phrase in self.phrases:
            pairs = [
                (change, masks)
                for change, masks in zip(self.compared.changes, self.compared.masks, strict=True)
                if change.phrase == phrase
            ]
            for side, layer in enumerate(("change_gained", "change_lost")):
                found = columns.change_parts([pair[0] for pair in pairs], [pair[1][side] for pair in pairs], self.areas)
                self.file.replace_layer(layer, *found, of_phrase=phrase)
        self.file.replace_rows("changes", columns.message_columns(report.changes, Change))
        self.file.replace_rows("series", columns.message_columns(report.series, SeriesPoint))
        if self.file.has("from_to"):
            self.file.replace_rows("from_to", columns.transition_columns(report.transitions))


def _shares_pct(wanted: words.Asked, mask: np.ndarray, other: np.ndarray, grid: Grid) -> list[float]:
    """What a question asks for of a region and its partner: the share within a reach, and of its edge."""
    found = []
    if wanted.within_m:
        found.append(layout.within_reach_pct(mask, other, wanted.within_m, grid.pixel_size_m))
    if wanted.edge:
        found.append(layout.edge_pct(mask, other, grid.pixel_size_m))
    return found


def _same(step: Step, now: Step) -> bool:
    near = abs(step.area_ha - now.area_ha) <= _SAME * abs(step.area_ha)
    return near and (step.pixels, step.bounds) == (now.pixels, now.bounds)


def _merged(before: Sequence, now: Sequence, phrases: set[str]) -> list:
    """What there is of some phrases as it is now, of all others as it was."""
    return [one for one in before if one.phrase not in phrases] + [one for one in now if one.phrase in phrases]
