"""Keeps the boxes of the cards and the layer tree in step: each shows and changes whether a mask's layer is shown."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from .conversation import Conversation
from .run import Run


class LayerSwitches(QObject):
    """Follows the project's layer tree.

    Args:
        conversation: whose cards have the boxes.
        runs: what is told there, by the number of the run.

    Signals:
        wanted: a layer that is not in the project is to be shown; number of the run and index of the step.
    """

    wanted = pyqtSignal(int, int)

    def __init__(self, conversation: Conversation, runs: Mapping[int, Run]) -> None:
        super().__init__(conversation)
        self._conversation = conversation
        self._runs = runs
        self._said: dict[tuple[int, int], bool] = {}
        self._soon = QTimer(self)  # many nodes change at once when a group does
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.follow)
        self._root = QgsProject.instance().layerTreeRoot()
        self._root.visibilityChanged.connect(self._start)
        self._root.addedChildren.connect(self._start)
        self._root.removedChildren.connect(self._start)
        conversation.links.switched.connect(self._switch)
        conversation.card_written.connect(self._written)

    def follow(self) -> None:
        """Let every box say what the layer tree says."""
        nodes = self._root.findLayers()
        shown = {node.layerId() for node in nodes if node.isVisible()}
        for number, run in self._runs.items():
            for index, layer_id in run.layer_ids.items():
                on = layer_id in shown
                if self._said.get((number, index), False) != on:
                    self._said[number, index] = on
                    self._conversation.frames.show_switch(number, index, on)

    def leave(self) -> None:
        """Stop following a tree that outlives the dock."""
        for signal in (self._root.visibilityChanged, self._root.addedChildren, self._root.removedChildren):
            signal.disconnect(self._start)
        self._soon.stop()

    def _start(self, *_: object) -> None:
        self._soon.start()

    def _written(self, number: int) -> None:
        """A new card has its boxes empty."""
        self._said = {place: on for place, on in self._said.items() if place[0] != number}
        self._soon.start()

    def _switch(self, number: int, index: int) -> None:
        run = self._runs.get(number)
        if run is None:
            return
        node = self._root.findLayer(run.layer_ids.get(index, ""))
        if node is None:
            self.wanted.emit(number, index)
        elif node.isVisible():
            node.setItemVisibilityChecked(False)
        else:
            node.setItemVisibilityCheckedParentRecursive(True)
