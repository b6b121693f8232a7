"""Layers that whoever runs an algorithm gets when it is done; a window adds them to its project."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qgis.core import (
    QgsLayerTree,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProject,
)

from ..core.layers import Opened

if TYPE_CHECKING:
    from .provider import TerraScopeProvider


def load_on_completion(
    opened: Iterable[Opened], title: str, output: str, context: QgsProcessingContext, provider: TerraScopeProvider
) -> None:
    """Hand layers to whoever runs the algorithm: into one group of the layer tree, the last on top.

    Args:
        opened: the layers.
        title: of the group.
        output: name of the output that they belong to.
        context: of the run; without a project, as in qgis_process, nobody wants them.
        provider: keeps what QGIS calls after the algorithm is gone.
    """
    project = context.project()
    if project is None:
        return
    group = _Group(title)
    for one in opened:
        # One for each layer: the context deletes those of all its layers, one that two share it would delete twice.
        grouping = _IntoGroup(group, one.visible)
        provider.keep(grouping)
        context.temporaryLayerStore().addMapLayer(one.layer)
        details = QgsProcessingContext.LayerDetails(one.layer.name(), project, output)
        details.forceName = True
        details.setPostProcessor(grouping)
        context.addLayerToLoadOnCompletion(one.layer.id(), details)


class _Group:
    """A group of the layer tree that is made when its first layer comes."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._group: QgsLayerTreeGroup | None = None

    def take(self, layer: QgsMapLayer, root: QgsLayerTree, visible: bool) -> None:
        """Move a loaded layer to the top of the group, shown or hidden."""
        node = root.findLayer(layer.id())
        if node is None:
            return
        if self._group is None:
            self._group = root.insertGroup(0, self._name)
        moved = node.clone()
        moved.setItemVisibilityChecked(visible)
        self._group.insertChildNode(0, moved)
        node.parent().removeChildNode(node)


class _IntoGroup(QgsProcessingLayerPostProcessorInterface):
    """Moves a loaded layer into the group of its question."""

    def __init__(self, group: _Group, visible: bool) -> None:
        super().__init__()
        self._group = group
        self._visible = visible

    def postProcessLayer(
        self,
        layer: QgsMapLayer,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,  # noqa: ARG002
    ) -> None:
        """Called on the main thread for each layer."""
        self._group.take(layer, (context.project() or QgsProject.instance()).layerTreeRoot(), self._visible)
