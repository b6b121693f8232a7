"""The evidence of an answer as layers of the project: one group per question, styled, with readable field names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qgis.core import Qgis, QgsDateTimeRange, QgsLayerTreeGroup, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from .. import log
from ..client.protocol import Report, Step
from ..settings import PLUGIN_ROOT
from .figures import hectares
from .report import open_layer

STYLES = PLUGIN_ROOT / "resources" / "styles"
GROUP_NAME_LENGTH = 80
DISTANCES = "distances"

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Evidence:
    """A layer of the GeoPackage that is worth a place in the layer tree; `step` is None unless it is a region's."""

    layer_name: str
    title: str
    step: Step | None


def evidence(report: Report) -> list[Evidence]:
    """What to show of a report: the regions that were found, what they gained and lost, and the distance lines."""
    found = [Evidence(step.layer, _title(step), step) for step in report.steps if step.pixels]
    if any(change.lost_ha for change in report.changes):
        found.append(Evidence("change_lost", translate("TerraScope", "change: lost"), None))
    if any(change.gained_ha for change in report.changes):
        found.append(Evidence("change_gained", translate("TerraScope", "change: gained"), None))
    if any(not distance.contact for distance in report.distances):
        found.append(Evidence(DISTANCES, translate("TerraScope", "distances"), None))
    return found


def open_evidence(geopackage: Path, item: Evidence, periods: Sequence[QgsDateTimeRange] = ()) -> QgsVectorLayer | None:
    """The styled layer with its aliases; None, and a line in the log, when it cannot be opened.

    Args:
        geopackage: of the run.
        item: what to open.
        periods: the time each image stands for, in which the temporal controller shows its regions.
    """
    layer = open_layer(geopackage, item.layer_name, item.title)
    if not layer.isValid():
        log.warning(translate("TerraScope", "{layer} cannot be opened.").format(layer=layer.source()))
        return None
    _style(layer, item)
    for field, alias in _aliases().items():
        index = layer.fields().indexOf(field)
        if index >= 0:
            layer.setFieldAlias(index, alias)
    if periods and item.step is not None:
        temporal = layer.temporalProperties()
        temporal.setMode(Qgis.VectorTemporalMode.FixedTemporalRange)
        temporal.setFixedTemporalRange(periods[item.step.image - 1])
        temporal.setIsActive(True)
    return layer


def group_name(question: str) -> str:
    """The question as the name of a layer-tree group, on one line and not too long."""
    line = " ".join(question.split())
    return line if len(line) <= GROUP_NAME_LENGTH else line[: GROUP_NAME_LENGTH - 1] + "…"


def add_group(
    report: Report, geopackage: Path, project: QgsProject, periods: Sequence[QgsDateTimeRange] = ()
) -> dict[int, QgsVectorLayer]:
    """Add the evidence on top of the layer tree in a group named after the question; main thread only.

    Returns:
        The layer of each step by the step's index.
    """
    shown = [(item, open_evidence(geopackage, item, periods)) for item in evidence(report)]
    layers = [layer for _, layer in shown if layer is not None]
    if layers:
        project.addMapLayers(layers, False)
        group = project.layerTreeRoot().insertGroup(0, group_name(report.question))
        fill(group, layers)
        # The layer panel shut the group when it arrived empty, and only listens to a change.
        group.setExpanded(False)
        group.setExpanded(True)
    return {item.step.index: layer for item, layer in shown if layer is not None and item.step is not None}


def fill(group: QgsLayerTreeGroup, layers: Iterable[QgsVectorLayer]) -> None:
    """Put layers that the project already owns into a group: small regions above large ones, lines on top."""
    for layer in layers:
        group.insertLayer(0, layer).setExpanded(False)


def _title(step: Step) -> str:
    return f"{step.index} {step.phrase} · {hectares(step.area_ha)}"


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
