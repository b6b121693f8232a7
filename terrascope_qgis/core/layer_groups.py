"""The groups of the layer tree that hold answers: one for each file, found again by what their layers show."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsLayerTreeGroup, QgsMapLayer, QgsProject

NAME_LENGTH = 80
_FILE_PROPERTY = "terrascope/geopackage"


def group_name(question: str) -> str:
    """The question as the name of a layer-tree group, on one line and not too long."""
    line = " ".join(question.split())
    return line if len(line) <= NAME_LENGTH else line[: NAME_LENGTH - 1] + "…"


def present(geopackage: Path, project: QgsProject) -> dict[str, QgsMapLayer]:
    """The layers of a file that are in a project, by their source."""
    layers = project.mapLayers().values()
    return {layer.source(): layer for layer in layers if layer.source().partition("|")[0] == str(geopackage)}


def group_of(geopackage: Path, project: QgsProject) -> QgsLayerTreeGroup | None:
    """The group that has the layers of a file, or had them; None: there is none."""
    root = project.layerTreeRoot()
    for layer in present(geopackage, project).values():
        node = root.findLayer(layer.id())
        if node is not None and node.parent() is not root:
            return node.parent()
    return next((one for one in root.findGroups() if one.customProperty(_FILE_PROPERTY) == str(geopackage)), None)


def new_group(question: str, geopackage: Path, project: QgsProject) -> QgsLayerTreeGroup:
    """A group for the layers of a file, on top of the layer tree."""
    group = project.layerTreeRoot().insertGroup(0, group_name(question))
    keep_file(group, geopackage)
    return group


def keep_file(group: QgsLayerTreeGroup, geopackage: Path) -> None:
    """Remember which file a group is of."""
    group.setCustomProperty(_FILE_PROPERTY, str(geopackage))
