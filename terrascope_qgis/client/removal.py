"""Deletes environments without keeping QGIS waiting: a rename at once, the thousands of files in a thread."""

from __future__ import annotations

import shutil
import threading
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal

from ..errors import TerraScopeError
from .install_trouble import trouble

OURS = ("env-*", "new-*", "cache", "tools", "python", "tmp")

translate = QCoreApplication.translate


class Removal(QObject):
    """Ends the runtime, then removes environments; in a thread from the first to the last.

    Args:
        root: folder of environments.
        stop_runtime: ends the runtime and waits until it is gone; a running program cannot be removed everywhere.
        folders: what to remove; None: everything that was installed or fetched.

    Signals:
        ended: None, or the TerraScopeError.
    """

    ended = pyqtSignal(object)

    def __init__(self, root: Path, stop_runtime: Callable[[], None], folders: Iterable[Path] | None = None) -> None:
        super().__init__()
        self._root = root
        self._stop_runtime = stop_runtime
        self._folders = folders

    def start(self) -> None:
        """Begin."""
        threading.Thread(target=self._run, name="terrascope-removal", daemon=True).start()

    def _run(self) -> None:
        outcome: TerraScopeError | None = None
        try:
            self._stop_runtime()
            folders = self._folders
            if folders is None:
                folders = [folder for name in OURS for folder in self._root.glob(name)]
            for folder in folders:
                _remove(_aside(folder, self._root))
        except OSError as failure:
            outcome = trouble(translate("TerraScope", "Removing"), str(failure))
        try:
            self.ended.emit(outcome)
        except RuntimeError:  # QGIS has gone meanwhile; what has been moved aside goes the next time
            return


def throw_away(folder: Path, root: Path) -> None:
    """Have a folder be gone at once, and its files a little later; nothing happens when it is not there.

    Args:
        folder: it.
        root: where it is moved to under another name meanwhile; on the same disk.

    Raises:
        OSError: it cannot be moved, as when a program in it runs on Windows.
    """
    if folder.exists():
        _remove_later([_aside(folder, root)])


def empty_trash(root: Path) -> None:
    """Go on with what an earlier QGIS had no time to delete."""
    _remove_later(list(root.glob("trash-*")))


def _aside(folder: Path, root: Path) -> Path:
    trash = root / ("trash-" + uuid.uuid4().hex[:8])
    folder.rename(trash)
    return trash


def _remove_later(folders: list[Path]) -> None:
    if folders:
        # a daemon: QGIS may end meanwhile
        threading.Thread(target=lambda: [_remove(one) for one in folders], name="terrascope-trash", daemon=True).start()


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
