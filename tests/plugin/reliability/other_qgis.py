"""A QGIS of its own that asks one question: `python -m tests.plugin.reliability.other_qgis`.

Reads a line of JSON: `question`, `scene`, `model`, `out`, `python` of the runtime, `stage`. Where the stage begins it
writes a line (the runtime's process id) and waits for one; at the end it writes how many layers it has loaded.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path

from qgis.core import QgsApplication, QgsCoordinateTransformContext, QgsProject

from terrascope_qgis.client import protocol
from terrascope_qgis.client.http_client import RuntimeClient
from terrascope_qgis.client.launcher import Launcher
from terrascope_qgis.core.analysis import run
from terrascope_qgis.core.layers import add_opened, opening
from tests.plugin.reliability.stages import START, stage_of

ROOT = Path(__file__).resolve().parents[3]


class Told:
    """Events, as the dock's task has them."""

    def __init__(self, stage: str, launcher: Launcher) -> None:
        self._stage, self._launcher, self._waited = stage, launcher, False

    def isCanceled(self) -> bool:  # noqa: N802 - as QgsFeedback names it
        return False

    def tell(self, event: protocol.Event) -> None:
        if self._waited or stage_of(event) != self._stage:
            return
        self._waited = True
        if self._stage == START:
            threading.Thread(target=self._wait_for_process, daemon=True).start()
        else:
            self._wait()

    def _wait_for_process(self) -> None:
        while self._launcher.pid is None:
            time.sleep(0.001)
        self._wait()

    def _wait(self) -> None:
        print(self._launcher.pid, flush=True)
        sys.stdin.readline()


def main() -> None:
    given = json.loads(sys.stdin.readline())
    application = QgsApplication([], True)
    application.initQgis()
    launcher = Launcher(lambda: given["python"], ROOT)
    dates = (protocol.DateInput(optical=given["scene"]),)
    request = protocol.AskRequest(given["question"], dates, model=given["model"], out=given["out"])
    told = Told(given["stage"], launcher)
    result = run(request, RuntimeClient(launcher), told, QgsCoordinateTransformContext())
    opened = list(opening(result.report, result.geopackage))
    added = add_opened(opened, result.report, result.geopackage, QgsProject.instance())
    print(len(added), flush=True)
    launcher.stop()


if __name__ == "__main__":
    main()
