"""The plugin's one way to an answer, with the real runtime."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsCoordinateTransformContext

from terrascope_qgis.client import protocol
from terrascope_qgis.client.http_client import RuntimeClient
from terrascope_qgis.client.launcher import Launcher
from terrascope_qgis.core.analysis import run
from terrascope_qgis.errors import CancelledError

REPOSITORY = Path(__file__).resolve().parents[2]


class TooLate:
    """Cancels when the evidence has been written and only the answer's last line is missing."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self.written = False

    def isCanceled(self) -> bool:  # noqa: N802 - as QGIS names it
        return self.written

    def tell(self, event: protocol.Event) -> None:
        if isinstance(event, protocol.Progress) and event.stage == "Done":
            assert self._out.is_file()
            self.written = True


def test_cancelled_at_the_last_moment_leaves_nothing(
    runtime_python: str,
    qgis_app: QgsApplication,  # noqa: ARG001 - translates
    model_name: str,
    scene_path: Path,
    tmp_path: Path,
) -> None:
    launcher = Launcher(lambda: runtime_python, REPOSITORY)
    out = tmp_path / "run.gpkg"
    dates = [protocol.DateInput(str(scene_path))]
    request = protocol.AskRequest("How much water is there?", dates, model=model_name, out=str(out))
    feedback = TooLate(out)
    try:
        with pytest.raises(CancelledError):
            run(request, RuntimeClient(launcher), feedback, QgsCoordinateTransformContext())
        assert feedback.written
        assert list(tmp_path.iterdir()) == []
    finally:
        launcher.stop()
