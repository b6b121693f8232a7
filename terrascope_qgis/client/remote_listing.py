"""The models of a remote runtime, asked for in the background as the commands on this machine's models are."""

from __future__ import annotations

import threading

from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal

from ..errors import CancelledError, TerraScopeError
from .http_client import RuntimeClient

translate = QCoreApplication.translate


class RemoteListing(QObject):
    """One look; lives on the main thread, and stands where a `StoreCommand` does.

    Args:
        client: that is prepared.

    Signals:
        happened: never; a command tells of its progress with it.
        ended: once, after `start`: a tuple of one ModelSummary for each, or the TerraScopeError that came instead.
    """

    happened = pyqtSignal(object)
    ended = pyqtSignal(object)
    _came = pyqtSignal(object)  # from the thread

    def __init__(self, client: RuntimeClient) -> None:
        super().__init__()
        self._client = client
        self._over = False
        self._came.connect(self._end)

    def start(self) -> None:
        """Begin."""
        threading.Thread(target=self._work, name="terrascope-models", daemon=True).start()

    def cancel(self) -> None:
        """Wait for it no more."""
        self._came.emit(CancelledError(translate("TerraScope", "Cancelled.")))

    def close_down(self) -> None:
        """Nothing is heard of it any more."""
        self._over = True

    def _work(self) -> None:
        try:
            outcome: tuple | TerraScopeError = tuple(self._client.models())
        except TerraScopeError as failure:
            outcome = failure
        try:
            self._came.emit(outcome)
        except RuntimeError:  # whoever asked is gone
            return

    def _end(self, outcome: tuple | TerraScopeError) -> None:
        if not self._over:
            self._over = True
            self.ended.emit(outcome)
