"""Adds the layers of an answer to the project without holding up the window: one opens at each turn of its loop."""

from __future__ import annotations

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..core.layers import Opened, add_opened, opening
from .run import Run


class LayerLoader(QObject):
    """Loads the layers of one run, which is complete, and goes then.

    Signals:
        loaded: all of them are in the project, and the run knows them.
    """

    loaded = pyqtSignal()

    def __init__(self, run: Run, parent: QObject) -> None:
        super().__init__(parent)
        self._run = run
        self._opened: list[Opened] = []
        self._rest = opening(run.report, run.geopackage)
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._open_next)

    def start(self) -> None:
        """Begin; comes back at once."""
        self._turn.start()

    def stop(self) -> None:
        """Add nothing any more."""
        self._turn.stop()

    def _open_next(self) -> None:
        one = next(self._rest, None)
        if one is not None:
            self._opened.append(one)
            return
        self._turn.stop()
        added = add_opened(self._opened, self._run.report, self._run.geopackage, QgsProject.instance())
        self._run.layer_ids = {index: layer.id() for index, layer in added.items()}
        self.loaded.emit()
        self.deleteLater()
