"""Correct a mask: its layer is edited with QGIS's own tools, and when it is saved the figures follow.

The runtime measures, and rewrites the layer along the pixels of the scene. Features get other numbers then, so QGIS
must not be in the middle of editing them: editing is interrupted for as long, and goes on by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsApplication, QgsProject, QgsVectorLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QMenu, QToolButton

from ..client.http_client import RuntimeClient
from ..client.protocol import Report
from ..compat import QAction
from ..core import layers
from ..core.figures import area
from ..core.layer_replace import refresh_group
from ..errors import LayerError, TerraScopeError
from .answers import Answers
from .measure_task import MeasureTask
from .messages import show_failure, show_news
from .run import Run


@dataclass
class _Mask:
    """A mask that is being corrected; `touched`: shapes were saved that are not measured yet."""

    run: Run
    index: int
    layer: QgsVectorLayer
    touched: bool = False


class CorrectMask(QObject):
    """An action with a menu of the masks of the answer that came last.

    Args:
        answers: of the dock.
        iface: of the running QGIS.
        client: of the runtime.

    Signals:
        corrected: the figures have followed; the Report, or the TerraScopeError that came instead.
    """

    corrected = pyqtSignal(object)

    def __init__(self, answers: Answers, iface: QgisInterface, client: RuntimeClient) -> None:
        super().__init__(answers.conversation)
        self._answers = answers
        self._iface = iface
        self._client = client
        self._masks: dict[str, _Mask] = {}  # by the id of their layer
        self._task: MeasureTask | None = None
        self._run: Run | None = None  # that is being measured
        self._interrupted: dict[str, bool] = {}  # its layers, and whether they were being edited
        self.action = QAction(self.tr("Correct mask"), self)
        self.action.setToolTip(self.tr("Edit a mask with QGIS's own tools: the figures follow when you save it"))
        self.action.setEnabled(False)
        self.menu = QMenu(answers.conversation)
        self.menu.aboutToShow.connect(self._fill)
        self.action.setMenu(self.menu)
        answers.actions.addAction(self.action)
        button = answers.actions.widgetForAction(self.action)
        if isinstance(button, QToolButton):
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        answers.conversation.card_written.connect(self._card_written)
        QgsProject.instance().layerWillBeRemoved[str].connect(self._removed)

    def begin(self, run: Run, index: int) -> None:
        """Open a mask for editing.

        Args:
            run: with the mask.
            index: of its step.
        """
        if self._task is not None:
            show_news(self._answers.bar, self.tr("A corrected mask is being measured: wait a moment."), warns=True)
            return
        try:
            layer = self._layer(run, index)
            if not layer.isEditable() and not layer.startEditing():
                raise LayerError(
                    self.tr("{file} cannot be edited: check its permissions.").format(file=run.geopackage.name)
                )
        except TerraScopeError as failure:
            show_failure(self._answers.bar, failure)
            return
        self._watch(_Mask(run, index, layer))
        self._iface.setActiveLayer(layer)
        how = self.tr("Edit the polygons of {mask} with QGIS's tools; its figures follow when you save the layer.")
        show_news(self._answers.bar, how.format(mask=run.steps[index].phrase))

    def leave(self) -> None:
        """Before the dock goes; what the user is editing stays as it is."""
        QgsProject.instance().layerWillBeRemoved[str].disconnect(self._removed)
        for mask in list(self._masks.values()):
            self._forget(mask)
        if self._task is not None:
            self._task.ended.disconnect(self._ended)
            self._task = None
            for layer_id in self._interrupted:
                layer = QgsProject.instance().mapLayer(layer_id)
                if layer is not None:
                    layer.setReadOnly(False)

    def _layer(self, run: Run, index: int) -> QgsVectorLayer:
        project = QgsProject.instance()
        layer = project.mapLayer(run.layer_ids.get(index, ""))
        if layer is None:
            layer = layers.add_step(run.report, run.geopackage, run.steps[index], project)
            if layer is None:
                raise LayerError(
                    self.tr("The layer of {mask} cannot be opened: its file may be gone. Ask again.").format(
                        mask=run.steps[index].phrase
                    )
                )
            run.layer_ids[index] = layer.id()
        return layer

    def _watch(self, mask: _Mask) -> None:
        known = self._masks.get(mask.layer.id())
        if known is not None:
            known.run = mask.run  # a report may be open twice
            return
        layer = mask.layer
        self._masks[layer.id()] = mask
        for signal in (layer.committedFeaturesAdded, layer.committedFeaturesRemoved, layer.committedGeometriesChanges):
            signal.connect(self._touched)
        layer.afterCommitChanges.connect(self._saved)

    def _forget(self, mask: _Mask) -> None:
        layer = mask.layer
        del self._masks[layer.id()]
        for signal in (layer.committedFeaturesAdded, layer.committedFeaturesRemoved, layer.committedGeometriesChanges):
            signal.disconnect(self._touched)
        layer.afterCommitChanges.disconnect(self._saved)

    def _removed(self, layer_id: str) -> None:
        """A layer goes, and its signals with it."""
        self._masks.pop(layer_id, None)

    def _touched(self, layer_id: str, *_: object) -> None:
        if layer_id in self._masks:
            self._masks[layer_id].touched = True

    def _saved(self) -> None:
        """QGIS is still about to end its saving: what follows waits until it has."""
        QTimer.singleShot(0, self._measure)

    def _measure(self) -> None:
        touched = [mask for mask in self._masks.values() if mask.touched and not mask.layer.isModified()]
        if self._task is not None or not touched:
            return
        run = touched[0].run
        of_run = [mask for mask in touched if mask.run is run]
        self._interrupted = {mask.layer.id(): mask.layer.isEditable() for mask in of_run}
        for mask in of_run:
            mask.touched = False
            if mask.layer.isEditable():
                mask.layer.commitChanges()
            mask.layer.setReadOnly(True)
        self._run = run
        steps = tuple(mask.index for mask in of_run)
        transforms = QgsProject.instance().transformContext()
        self._task = MeasureTask(self._client, run.geopackage, steps, transforms, run.request.ellipsoid)
        self._task.ended.connect(self._ended)
        QgsApplication.taskManager().addTask(self._task)

    def _ended(self, outcome: tuple[Report, list[str]] | TerraScopeError) -> None:
        self._task = None
        run = self._run
        for layer_id in self._interrupted:
            if layer_id in self._masks:
                self._masks[layer_id].layer.setReadOnly(False)
        if isinstance(outcome, TerraScopeError):
            show_failure(self._answers.bar, outcome)
        else:
            report, doubts = outcome
            refresh_group(report, run.geopackage, QgsProject.instance())
            self._answers.give_anew(run, report, run.geopackage, "")
            for doubt in doubts:
                show_news(self._answers.bar, doubt, warns=True)
        for layer_id, editing in self._interrupted.items():
            if editing and layer_id in self._masks:
                self._masks[layer_id].layer.startEditing()
        self.corrected.emit(outcome if isinstance(outcome, TerraScopeError) else outcome[0])
        self._measure()  # what was saved meanwhile

    def _fill(self) -> None:
        self.menu.clear()
        run = self._answers.shown()
        if run is None or run.report is None:
            return
        for step in run.report.steps:
            title = f"{step.index} {step.phrase} · {area(step.area_ha)}"
            entry = self.menu.addAction(title)
            entry.triggered.connect(lambda _checked, index=step.index: self.begin(run, index))

    def _card_written(self) -> None:
        run = self._answers.shown()
        self.action.setEnabled(run is not None and bool(run.report.steps))
