"""The evidence of an answer as layers of the project: one group per question, styled, with readable field names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsDateTimeRange,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from .. import log
from ..client.protocol import Report, Step
from ..settings import PLUGIN_ROOT
from .dates import begin_and_end, periods
from .example_layers import open_examples
from .figures import area, day_or_image
from .layer_groups import group_name, group_of, new_group, present
from .modality import open_modality
from .report import is_readable, not_readable, open_layer

STYLES = PLUGIN_ROOT / "resources" / "styles"
DISTANCES = "distances"

__all__ = ["add_group", "add_opened", "add_step", "evidence", "fill", "group_name", "open_evidence", "opening"]

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Evidence:
    """A layer of the GeoPackage that is worth a place in the layer tree; `step` is None unless it is a region's."""

    layer_name: str
    title: str
    step: Step | None


def evidence(report: Report) -> list[Evidence]:
    """What to show of a report: the regions that were found, what they gained and lost, and the distance lines."""
    found = [Evidence(step.layer, _title(step, report), step) for step in report.steps if step.pixels]
    if any(change.lost_ha for change in report.changes):
        found.append(Evidence("change_lost", translate("TerraScope", "change: lost"), None))
    if any(change.gained_ha for change in report.changes):
        found.append(Evidence("change_gained", translate("TerraScope", "change: gained"), None))
    if any(not distance.contact for distance in report.distances):
        found.append(Evidence(DISTANCES, translate("TerraScope", "distances"), None))
    return found


@dataclass(frozen=True)
class Opened:
    """A layer of a run on its way into a project; `step` is None unless it is a region's."""

    layer: QgsMapLayer
    step: Step | None = None
    visible: bool = True


def open_evidence(report: Report, geopackage: Path) -> list[Opened]:
    """The styled layers of a run; see `opening`."""
    return list(opening(report, geopackage))


def opening(report: Report, geopackage: Path) -> Iterator[Opened]:
    """Opens the styled layers of a run one by one, those that belong below others first.

    The rasters that tell which sensor each part was read from come hidden. Where the days of several dates are known,
    the temporal controller shows each date's regions in its time, and what changed in the time of the later date. A
    layer that cannot be opened is left out, with a line in the log.
    """
    times = periods(report.dates)
    for image, raster in open_modality(geopackage, report):
        if image in times:
            temporal = raster.temporalProperties()
            temporal.setMode(Qgis.RasterTemporalMode.FixedTemporalRange)
            temporal.setFixedTemporalRange(times[image])
            temporal.setIsActive(True)
        yield Opened(raster, visible=False)
    for item in evidence(report):
        layer = _open(geopackage, item)
        if layer is not None:
            _set_time(layer, item, times)
            yield Opened(layer, item.step)
    for layer in open_examples(geopackage, report):
        yield Opened(layer)


def _open(geopackage: Path, item: Evidence) -> QgsVectorLayer | None:
    """The styled layer with its aliases; None, and a line in the log, when it cannot be opened."""
    if not is_readable(geopackage):
        log.warning(not_readable(geopackage))
        return None
    layer = open_layer(geopackage, item.layer_name, item.title)
    if not layer.isValid():
        log.warning(translate("TerraScope", "{layer} cannot be opened.").format(layer=layer.source()))
        return None
    _style(layer, item)
    for field, alias in _aliases().items():
        index = layer.fields().indexOf(field)
        if index >= 0:
            layer.setFieldAlias(index, alias)
    return layer


def _set_time(layer: QgsVectorLayer, item: Evidence, times: Mapping[int, QgsDateTimeRange]) -> None:
    if not times or item.layer_name == DISTANCES:
        return
    temporal = layer.temporalProperties()
    if item.step is not None:
        temporal.setMode(Qgis.VectorTemporalMode.FixedTemporalRange)
        temporal.setFixedTemporalRange(times[item.step.image])
    else:
        begin, end = begin_and_end(times, "to_image")
        temporal.setMode(Qgis.VectorTemporalMode.FeatureDateTimeStartAndEndFromExpressions)
        temporal.setStartExpression(begin)
        temporal.setEndExpression(end)
    temporal.setIsActive(True)


def add_group(report: Report, geopackage: Path, project: QgsProject) -> dict[int, QgsMapLayer]:
    """Add the evidence on top of the layer tree in a group named after the question; main thread only.

    What of the file is in the project already is not added again.

    Returns:
        The layer of each step by the step's index.
    """
    return add_opened(open_evidence(report, geopackage), report, geopackage, project)


def add_opened(
    opened: Sequence[Opened], report: Report, geopackage: Path, project: QgsProject
) -> dict[int, QgsMapLayer]:
    """Add layers that are open already, as `add_group` does."""
    there = present(geopackage, project)
    fresh = [one for one in opened if one.layer.source() not in there]
    if fresh:
        project.addMapLayers([one.layer for one in fresh], False)
        group = group_of(geopackage, project) or new_group(report.question, geopackage, project)
        fill(group, fresh)
        # The layer panel shut the group when it arrived empty, and only listens to a change.
        group.setExpanded(False)
        group.setExpanded(True)
    return {one.step.index: there.get(one.layer.source(), one.layer) for one in opened if one.step is not None}


def add_step(report: Report, geopackage: Path, step: Step, project: QgsProject) -> QgsMapLayer | None:
    """Add the layer of one region to the group of its question, which is made if it is not there; main thread only.

    Returns:
        The layer; None, with a line in the log, when it cannot be opened.
    """
    item = Evidence(step.layer, _title(step, report), step)
    layer = _open(geopackage, item)
    if layer is not None:
        _set_time(layer, item, periods(report.dates))
        group = group_of(geopackage, project) or new_group(report.question, geopackage, project)
        project.addMapLayer(layer, False)
        fill(group, [Opened(layer, step)])
    return layer


def fill(group: QgsLayerTreeGroup, opened: Iterable[Opened]) -> None:
    """Put layers that the project already owns into a group: small regions above large ones, lines on top."""
    for one in opened:
        node = group.insertLayer(0, one.layer)
        node.setExpanded(False)
        node.setItemVisibilityChecked(one.visible)


def _title(step: Step, report: Report) -> str:
    """Its number, what it is, its day where there are several dates, and its area."""
    when = [day_or_image(step.image, report.dates)] if len(report.dates) > 1 else []
    return " · ".join([f"{step.index} {step.phrase}", *when, area(step.area_ha)])


def _style(layer: QgsVectorLayer, item: Evidence) -> None:
    """The GeoPackage brings its own styles; a file without them gets those of the plugin."""
    _, stored = layer.loadDefaultStyle()
    if stored:
        return
    path = STYLES / ("distances.qml" if item.layer_name == DISTANCES else "mask.qml")
    message, loaded = layer.loadNamedStyle(str(path))
    if not loaded:
        log.warning(translate("TerraScope", "No style for {layer}: {why}").format(layer=item.layer_name, why=message))


def _aliases() -> dict[str, str]:
    return {
        "step": translate("TerraScope", "Step"),
        "phrase": translate("TerraScope", "Region"),
        "image": translate("TerraScope", "Image"),
        "area_ha": translate("TerraScope", "Area (ha)"),
        "area_uncertainty_ha": translate("TerraScope", "Boundary uncertainty (± ha)"),
        "coverage_pct": translate("TerraScope", "Share of the scene (%)"),
        "pixels": translate("TerraScope", "Pixels"),
        "score": translate("TerraScope", "Mask score (0-1)"),
        "unsure": translate("TerraScope", "Unsure"),
        "refined": translate("TerraScope", "Looked at twice"),
        "tokens": translate("TerraScope", "Visual tokens"),
        "sar_share": translate("TerraScope", "Share of tokens from SAR (0-1)"),
        "from_image": translate("TerraScope", "From image"),
        "to_image": translate("TerraScope", "To image"),
        "told": translate("TerraScope", "Above the no-change floor"),
        "from_step": translate("TerraScope", "From step"),
        "to_step": translate("TerraScope", "To step"),
        "distance_m": translate("TerraScope", "Distance, edge to edge (m)"),
        "centroid_distance_m": translate("TerraScope", "Distance, centroids (m)"),
        "contact": translate("TerraScope", "Touching"),
        "contact_length_m": translate("TerraScope", "Shared edge (m)"),
    }
