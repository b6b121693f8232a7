"""An answer that is given anew: its layers in the project show the new file, or the changed one, in their places."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsDataProvider, QgsMapLayer, QgsProject, QgsVectorLayer

from ..client.protocol import Report
from .layer_groups import group_of, keep_file, present
from .layers import add_group, open_evidence


def replace_group(report: Report, geopackage: Path, before: Path, project: QgsProject) -> dict[int, QgsMapLayer]:
    """Let the layers of one file show another one, which is of the same question; main thread only.

    A layer that both files have keeps its place, its style and whether it is shown. What the new file lacks goes.
    Nothing is done where no layer of the file is in the project.

    Args:
        report: of the new file.
        geopackage: the new file.
        before: the file whose layers are in the project.
        project: that has them.

    Returns:
        The layer of each step by the step's index.
    """
    old = {_part(source): layer for source, layer in present(before, project).items()}
    if not old:
        return {}
    group = group_of(before, project)
    if group is not None:
        keep_file(group, geopackage)
    for one in open_evidence(report, geopackage):
        kept = old.pop(_part(one.layer.source()), None)
        if kept is not None:
            name, provider = one.layer.name(), one.layer.providerType()
            kept.setDataSource(one.layer.source(), name, provider, QgsDataProvider.ProviderOptions())
            kept.setName(name)
            kept.triggerRepaint()
    project.removeMapLayers([layer.id() for layer in old.values()])
    return add_group(report, geopackage, project)


def refresh_group(report: Report, geopackage: Path, project: QgsProject) -> None:
    """Let the layers of a file that was changed show what it holds now; main thread only.

    Layers that have come to have something to show are added; those that show nothing any more stay.
    """
    there = present(geopackage, project)
    if not there:
        return
    names = {one.layer.source(): one.layer.name() for one in open_evidence(report, geopackage)}
    for source, layer in there.items():
        layer.setName(names.get(source, layer.name()))
        layer.dataProvider().reloadData()
        if isinstance(layer, QgsVectorLayer):
            layer.updateExtents(True)
        layer.triggerRepaint()
    add_group(report, geopackage, project)


def _part(source: str) -> str:
    """What of its file a layer shows."""
    return source.partition("|")[2]
