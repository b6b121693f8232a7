"""Adds the layers of an answer to the project without holding up the window: one opens at each turn of its loop."""

from __future__ import annotations

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..core.layers import Opened, add_opened, opening
from ..core.report import is_readable, not_readable
from ..errors import TerraScopeError
from .run import Run

WAIT_MS = 200
LONGEST_MS = 5000


class LayerLoader(QObject):
    """Loads the layers of one run, which is complete, and goes then.

    While another program holds the file it waits for some seconds, and the window lives on.

    Signals:
        failed: the TerraScopeError on why there are none.
        loaded: what there is of them is in the project, and the run knows them.
    """

    failed = pyqtSignal(object)
    loaded = pyqtSignal()

    def __init__(self, run: Run, parent: QObject) -> None:
        super().__init__(parent)
        self._run = run
        self._opened: list[Opened] = []
        self._rest = opening(run.report, run.geopackage)
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._open_next)
        self._waited = 0

    def start(self) -> None:
        """Begin; comes back at once."""
        self._turn.start()

    def stop(self) -> None:
        """Add nothing any more."""
        self._turn.stop()

    def _open_next(self) -> None:
        if not is_readable(self._run.geopackage):
            self._wait()
            return
        self._turn.setInterval(0)
        one = next(self._rest, None)
        if one is not None:
            self._opened.append(one)
            return
        self._end()

    def _wait(self) -> None:
        self._turn.setInterval(WAIT_MS)
        self._waited += 1
        if self._waited * WAIT_MS >= LONGEST_MS:
            self.failed.emit(TerraScopeError(not_readable(self._run.geopackage)))
            self._end()

    def _end(self) -> None:
        self._turn.stop()
        added = add_opened(self._opened, self._run.report, self._run.geopackage, QgsProject.instance())
        self._run.layer_ids = {index: layer.id() for index, layer in added.items()}
        self.loaded.emit()
        self.deleteLater()
