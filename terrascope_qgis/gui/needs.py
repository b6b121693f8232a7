"""The three things that TerraScope needs, how each is, and what can be done about it."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ..client.graphics import explain
from ..client.inspection import Inspected
from ..client.install_trouble import NO_PYTHON
from ..errors import TerraScopeError
from ..numerals import data_size
from ..settings import PLUGIN_ROOT, Settings
from .state_row import MISSING, READY, UNKNOWN, WARNING, WORKING, StateRow

BUNDLED = "nano"
IDLE, INSTALLING, LOOKING = "idle", "installing", "looking"
_Inspected = Optional[Inspected]


class Needs(QWidget):
    """Three rows; what their buttons do is the owner's business."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runtime = StateRow(self.tr("Runtime"))
        self.device = StateRow(self.tr("Device"))
        self.model = StateRow(self.tr("Model"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for row in (self.runtime, self.device, self.model):
            layout.addWidget(row)

    def set_busy(self, busy: bool) -> None:
        """While work is going on no other begins; models are seen to elsewhere."""
        self.runtime.button.setEnabled(not busy)
        self.device.button.setEnabled(not busy)

    def show_runtime(
        self,
        interpreter: str,
        origin: str,
        outdated: bool,
        activity: str,
        inspected: _Inspected,
        failure: TerraScopeError | None,
    ) -> None:
        """Show the environment.

        Args:
            interpreter: the runtime's Python.
            origin: where that is from: setting, variable, profile or checkout.
            outdated: what is installed in the profile is for other requirement files.
            activity: IDLE, INSTALLING or LOOKING.
            inspected: what the interpreter is, if that is known.
            failure: what went wrong last.
        """
        row, there = self.runtime, Path(interpreter).is_file()
        row.button.setToolTip("")
        if activity == INSTALLING:
            row.show_state(WORKING, self.tr("Being installed; QGIS can be used meanwhile."))
        elif failure is not None:
            no_python = getattr(failure, "cause", "") == NO_PYTHON
            button = self.tr("&Fetch Python, install") if no_python else self.tr("&Try again")
            row.show_state(MISSING, failure.user_message, button)
        elif not there and origin in ("setting", "variable"):
            text = self.tr("There is no Python at {path}, which was chosen by hand.")
            row.show_state(MISSING, text.format(path=interpreter), self.tr("&Install"))
        elif not there:
            text = self.tr(
                "Not installed yet. A Python environment of its own in your QGIS profile (about 1 GB, several with "
                "CUDA); nothing of QGIS is changed."
            )
            row.show_state(MISSING, text, self.tr("&Install"))
        elif origin == "profile" and outdated:
            text = self.tr("TerraScope was updated, and the environment is for an earlier version.")
            row.show_state(WARNING, text, self.tr("&Update"))
        else:
            button = "" if origin == "profile" else self.tr("&Install")
            row.show_state(READY, self._ready_line(interpreter, origin, inspected), button)
            row.button.setToolTip(self.tr("Make an environment in the QGIS profile and use that instead"))

    def show_device(self, there: bool, activity: str, inspected: _Inspected, index: str) -> None:
        """Show what the runtime computes on.

        Args:
            there: there is an interpreter to ask.
            activity: IDLE, INSTALLING or LOOKING.
            inspected: what it has said.
            index: address of an index of PyTorch builds that the user has named.
        """
        row = self.device
        if activity != IDLE:
            row.show_state(WORKING, self.tr("Being looked at…"))
        elif inspected is None:
            text = self.tr("Not looked at yet.") if there else self.tr("Known when the environment is there.")
            row.show_state(UNKNOWN, text, self.tr("&Look") if there else "")
        else:
            processor = inspected.device in ("", "cpu")
            name = inspected.device_title or (self.tr("Processor") if processor else inspected.device.upper())
            line = self.tr("{name}, {memory} of memory free").format(name=name, memory=data_size(inspected.free_bytes))
            unused = inspected.device == "cpu" and inspected.gpu is not None
            if unused:
                line += ". " + explain(inspected.gpu, index)
            row.show_state(WARNING if unused else READY, line, self.tr("&Look again"))

    def show_model(self, settings: Settings, there: bool, inspected: _Inspected) -> None:
        """Show the chosen model; the page of models can be opened as soon as there is an interpreter."""
        button = self.tr("&Models…") if there else ""
        if settings.model == BUNDLED:
            here = any((PLUGIN_ROOT / "resources" / "models").glob("terrascope-nano/*.safetensors"))
            line = self.tr("{name}, comes with the plugin") if here else self.tr("{name} is missing: install again")
        elif Path(settings.model).is_absolute():
            here = Path(settings.model).is_dir()
            line = self.tr("{name}, in a folder of yours") if here else self.tr("The folder of {name} is gone")
        elif inspected is None:
            self.model.show_state(UNKNOWN, settings.model_title(), button)
            return
        else:
            here = settings.model in inspected.models
            line = self.tr("{name}, fetched") if here else self.tr("{name} has not been fetched yet")
        self.model.show_state(READY if here else MISSING, line.format(name=settings.model_title()), button)

    def _ready_line(self, interpreter: str, origin: str, inspected: _Inspected) -> str:
        places = {
            "setting": self.tr("Chosen by hand: {path}"),
            "variable": self.tr("Named by TERRASCOPE_RUNTIME_PYTHON: {path}"),
            "profile": self.tr("Installed in the QGIS profile"),
            "checkout": self.tr("Of the plugin's own folder: {path}"),
        }
        parts = [places[origin].format(path=interpreter)]
        if inspected is not None:
            torch = (inspected.versions or {}).get("torch")
            parts.append(f"Python {inspected.python}" + (f", PyTorch {torch}" if torch else ""))
            if inspected.other:
                names = ", ".join(name for name, _, _ in inspected.other)
                parts.append(self.tr("other versions than were tested: {names}").format(names=names))
        return " · ".join(parts)
