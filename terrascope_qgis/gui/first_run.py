"""The page of what TerraScope needs: the runtime's environment, a device, a model; each can be seen to from here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ..client.diagnostics import Situation, report
from ..client.http_client import RuntimeClient
from ..client.inspection import PROOF, Inspected, Inspection
from ..client.install_trouble import NO_PYTHON
from ..client.installer import Installation, Installed, Order
from ..client.redaction import redact, unsaid
from ..client.removal import Removal, empty_trash
from ..client.runtime_home import Requirements, RuntimeHome, profile_home, runtime_requirements
from ..client.work import Work
from ..errors import CancelledError, TerraScopeError
from ..settings import PLUGIN_ROOT, Settings
from .health_task import HealthTask, Healthy
from .help_button import HelpButton
from .install_view import InstallView
from .install_ways import InstallWays
from .messages import ask
from .needs import IDLE, INSTALLING, LOOKING, Needs
from .remote_needs import show_remote


class FirstRunPage(QWidget):
    """Says what is there and what is missing, and installs, updates and removes the runtime's environment.

    Args:
        stop_runtime: ends the runtime, wherever it is called from; the next question starts it again.
        runtime_output: the last lines of the runtime.
        home: where environments are made; by default in the QGIS profile.
        requirements: of an environment; by default the runtime's.
        proof: arguments that show that an environment works.
        client: that leads to the remote runtime, if one is to answer.

    Signals:
        changed: another interpreter is the runtime's from now on.
        left: the user wants to ask.
        models_wanted: the user wants to see the models.
        idle: a piece of work has ended, and no other has followed.
    """

    changed = pyqtSignal()
    left = pyqtSignal()
    models_wanted = pyqtSignal()
    idle = pyqtSignal()

    def __init__(
        self,
        stop_runtime: Callable[[], None],
        runtime_output: Callable[[], str],
        home: RuntimeHome | None = None,
        requirements: Requirements | None = None,
        proof: tuple[str, ...] = PROOF,
        client: RuntimeClient | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("TerraScopeFirstRun")
        self._stop_runtime = stop_runtime
        self._runtime_output = runtime_output
        self._home = home or profile_home()
        self._requirements = requirements or runtime_requirements(PLUGIN_ROOT)
        self._proof = proof
        self._client = client
        self._look: HealthTask | None = None
        self._remote: Healthy | TerraScopeError | None = None
        self._work: Work | Removal | None = None
        self._then: Callable[[object], None] | None = None
        self._failure: TerraScopeError | None = None
        self.inspected: Inspected | None = None
        self.needs = Needs()
        self.view = InstallView()
        self.ways = InstallWays()
        self.help_button = HelpButton("install", self.tr("What is this?"))
        self.ask_button = QPushButton(self.tr("&Ask a question"))
        self.diagnostics_button = QPushButton(self.tr("Copy &diagnostics"))
        self.remove_button = QPushButton(self.tr("&Remove…"))
        self._lay_out()
        self.needs.runtime.clicked.connect(self._runtime_clicked)
        self.needs.device.clicked.connect(self.look)
        self.needs.model.clicked.connect(self.models_wanted)
        self.view.cancelled.connect(self.cancel)
        self.ways.interpreter_chosen.connect(self.use_interpreter)
        self.ask_button.clicked.connect(self.left)
        self.diagnostics_button.clicked.connect(self.copy_diagnostics)
        self.remove_button.clicked.connect(self._ask_to_remove)
        empty_trash(self._home.root)
        self.show_state()

    def is_needed(self) -> bool:
        """Whether nothing can be asked before something is done here, or the environment is of an earlier version."""
        if Settings.load().remote_url:
            return False
        interpreter, origin = Settings.load().interpreter_and_origin()
        return not Path(interpreter).is_file() or (origin == "profile" and self._is_outdated())

    def look(self) -> None:
        """Look at the runtime: what its interpreter has, and on which device it computes; or at the remote one."""
        if Settings.load().remote_url:
            self._look_there()
            return
        interpreter, _ = Settings.load().interpreter_and_origin()
        if self._work is None and Path(interpreter).is_file():
            self._start(Inspection(interpreter, self._requirements, PLUGIN_ROOT, self._proof), self._looked)

    def install(self, fetch_python: bool = False) -> None:
        """Make the environment for these requirement files, or go on with one that was begun.

        Args:
            fetch_python: fetch a Python as well when none that suits is here.
        """
        settings = Settings.load()
        order = Order(
            self._home,
            self._requirements,
            PLUGIN_ROOT,
            wheels=settings.wheels_folder,
            index=settings.torch_index,
            fetch_python=fetch_python,
            proof=self._proof,
        )
        if self._start(Installation(order), self._installed):
            self.view.begin(self.tr("Beginning"))

    def use_interpreter(self, interpreter: str) -> None:
        """Look at an interpreter, and make it the runtime's when it has everything."""
        if self._start(Inspection(interpreter, self._requirements, PLUGIN_ROOT, self._proof), self._accepted):
            self.view.begin(self.tr("Looking at {path}").format(path=interpreter))

    def remove(self) -> None:
        """End the runtime, then remove every environment of ours and what was fetched for it."""
        if self._start(Removal(self._home.root, self._stop_runtime), self._removed):
            self.view.begin(self.tr("Removing"))

    def cancel(self) -> None:
        """Stop the work that is going on."""
        if isinstance(self._work, Work):
            self._work.cancel()

    def copy_diagnostics(self) -> str:
        """Put the report into the clipboard; also returned."""
        settings = Settings.load()
        interpreter, origin = settings.interpreter_and_origin()
        last = self._remote if settings.remote_url else self._failure
        text = report(
            Situation(
                PLUGIN_ROOT,
                self._home,
                interpreter,
                origin,
                settings.model,
                self.inspected,
                last if isinstance(last, TerraScopeError) else None,
                self._runtime_output(),
                settings.remote_url,
            )
        )
        QGuiApplication.clipboard().setText(text)
        self.diagnostics_button.setText(self.tr("Copied"))
        return text

    def close_down(self) -> None:
        """Before the plugin goes: no work going on; an installation goes on the next time from where it was."""
        if isinstance(self._work, Work):
            self._work.close_down()
        self._work = None
        if self._look is not None:
            self._look.ended.disconnect(self._looked_there)
            self._look.cancel()
            self._look = None

    # One piece of work at a time

    def _start(self, work: Work | Removal, then: Callable[[object], None]) -> bool:
        if self._work is not None:
            return False
        self._work, self._then, self._failure = work, then, None
        if isinstance(work, Work):
            work.said.connect(self.view.add_line)
            work.progressed.connect(self.view.tell)
        work.ended.connect(self._ended)
        work.start()
        self.show_state()
        return True

    def _ended(self, outcome: object) -> None:
        work, then = self._work, self._then
        self._work = self._then = None
        work.deleteLater()
        if isinstance(outcome, CancelledError):
            self.view.add_line(self.tr("Cancelled; what has been fetched is kept."))
        elif isinstance(outcome, TerraScopeError):
            self._failure = outcome
            for line in [*unsaid(outcome, self.view.log.toPlainText().splitlines()), redact(outcome.user_message)]:
                self.view.add_line(line)
        self.view.end(isinstance(outcome, TerraScopeError) and not isinstance(outcome, CancelledError))
        then(outcome)
        self.show_state()
        if self._work is None:
            self.idle.emit()

    def settings_changed(self) -> None:
        """Another runtime may be the one to look at."""
        self._remote = None
        self.show_state()
        if self.isVisible():
            self.look()

    def _look_there(self) -> None:
        if self._client is not None and self._look is None:
            self._look = HealthTask(self._client)
            self._look.ended.connect(self._looked_there)
            QgsApplication.taskManager().addTask(self._look)
            self.show_state()

    def _looked_there(self, outcome: Healthy | TerraScopeError) -> None:
        self._look, self._remote = None, outcome
        self.show_state()
        self.idle.emit()

    def _looked(self, outcome: object) -> None:
        self.inspected = outcome if isinstance(outcome, Inspected) else None

    def _installed(self, outcome: object) -> None:
        """From now on the new environment answers; those for other requirement files go."""
        if not isinstance(outcome, Installed):
            return
        self.inspected = outcome.inspected
        settings = Settings.load()
        settings.runtime_python = ""  # one chosen by hand would hide it
        settings.save()
        self.changed.emit()
        self._start(
            Removal(self._home.root, self._stop_runtime, self._home.outdated(self._requirements)), lambda _: None
        )

    def _accepted(self, outcome: object) -> None:
        if isinstance(outcome, Inspected):
            self.inspected = outcome
            settings = Settings.load()
            settings.runtime_python = outcome.interpreter
            settings.save()
            self.changed.emit()

    def _removed(self, _outcome: object) -> None:
        self.inspected = None
        self.changed.emit()

    def _ask_to_remove(self) -> None:
        ask(
            self,
            self.tr("Remove the runtime?"),
            self.tr("The environment and the packages that were fetched for it go. They can be installed again."),
            self.tr("Remove"),
            self.remove,
        )

    # What is shown

    def show_state(self) -> None:
        """Show how everything is now."""
        settings = Settings.load()
        elsewhere = bool(settings.remote_url)
        for part in (self.ways, self.remove_button):
            part.setVisible(not elsewhere)
        if elsewhere:
            show_remote(self.needs, settings, self._remote, self._look is not None)
            self.ask_button.setEnabled(True)
            return
        interpreter, origin = settings.interpreter_and_origin()
        there, busy = Path(interpreter).is_file(), self._work is not None
        activity = IDLE
        if isinstance(self._work, Installation):
            activity = INSTALLING
        elif isinstance(self._work, Inspection):
            activity = LOOKING
        self.needs.show_runtime(interpreter, origin, self._is_outdated(), activity, self.inspected, self._failure)
        self.needs.show_device(there, activity, self.inspected, settings.torch_index)
        self.needs.show_model(settings, there, self.inspected)
        self.needs.set_busy(busy)
        self.ways.setEnabled(not busy)
        self.ask_button.setEnabled(there)
        self.remove_button.setEnabled(not busy and any(self._home.root.glob("[ent]*-*")))

    def _runtime_clicked(self) -> None:
        if Settings.load().remote_url:
            self.look()
            return
        self.install(fetch_python=getattr(self._failure, "cause", "") == NO_PYTHON)

    def _is_outdated(self) -> bool:
        """Whether what is installed is for other requirement files; whether it is what is used is another matter."""
        return bool(self._home.complete()) and not self._home.is_current(self._requirements)

    def _lay_out(self) -> None:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        heading = QLabel(self.tr("What TerraScope needs"))
        heading.setWordWrap(True)
        font = heading.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        heading.setFont(font)
        heading.setWordWrap(True)
        layout.addWidget(heading)
        layout.addWidget(self.help_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.needs)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.ways)
        layout.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(heading.text())
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        buttons = QHBoxLayout()
        buttons.addWidget(self.diagnostics_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(6, 6, 6, 6)
        outer.addWidget(area, 1)
        outer.addLayout(buttons)
        outer.addWidget(self.ask_button, 0, Qt.AlignmentFlag.AlignRight)  # three in a row would keep the dock wide
