"""The page of models: which there are, which answers, what each needs; fetch, check and delete them."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from qgis.gui import QgsMessageBar
from qgis.PyQt.QtCore import QEvent, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..client import protocol
from ..client.model_store import ModelStore, StoreCommand
from ..core.folder_times import folder_times
from ..errors import CancelledError, ModelStoreError, TerraScopeError
from ..numerals import data_size
from ..settings import Settings
from .help_button import HelpButton
from .messages import ask, show_failure, show_news
from .model_details import ModelDetails, table
from .model_settings import ModelSettings
from .model_table import READY, ModelTable
from .store_progress import StoreProgress

_Then = Callable[[Any], None]


class ModelsDialog(QDialog):
    """Everything about models; work goes on while it is closed, and is then reported in QGIS's own message bar.

    Args:
        store: makes the runtime's commands.
        elsewhere: the message bar for when the dialog is closed.

    Signals:
        chosen: another model is to answer.
        idle: a piece of work has ended, and no other has followed.
    """

    chosen = pyqtSignal()
    idle = pyqtSignal()

    def __init__(self, store: ModelStore, elsewhere: QgsMessageBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("TerraScopeModels")
        self.setWindowTitle(self.tr("TerraScope models"))
        self._store = store
        self._elsewhere = elsewhere
        self._command: StoreCommand | None = None
        self._look_again = False
        self._times: dict[str, int] = {}  # of the models' folders when they were listed
        self.bar = QgsMessageBar()
        self.table = ModelTable()
        self.details = ModelDetails()
        self.progress = StoreProgress()
        self.use_button = self._button(self.tr("&Use"), self.use)
        self.download_button = self._button(self.tr("&Download…"), self.plan)
        self.verify_button = self._button(self.tr("&Verify"), self.verify)
        self.delete_button = self._button(self.tr("De&lete…"), self.delete)
        self.add_button = self._button(self.tr("&Add folder…"), self._choose_folder)
        self.settings = ModelSettings()
        self.help_button = HelpButton("models")
        self._lay_out()
        self.table.currentItemChanged.connect(self._show_selected)
        self.table.itemActivated.connect(self.use)
        self.progress.cancelled.connect(self.cancel)
        self._show_selected()

    def open_page(self) -> None:
        """Show the dialog, with what is on the disk now."""
        self.show()
        self.raise_()
        self.activateWindow()
        if self._command is None:
            self.refresh()

    def refresh(self) -> None:
        """Look again which models there are; after the work that is going on, if there is any."""
        self._look_again = self._command is not None
        if self._look_again:
            return
        self._start(self._store.listing(Settings.load().own_folders()), self._listed, self.tr("Looking for models"))

    def use(self) -> None:
        """Answer with the selected model from now on."""
        model = self.table.selected()
        if model is not None and model.state in READY:
            self._choose(model.id, model.name)

    def plan(self) -> None:
        """Ask what a download of the selected model would fetch, then ask the user."""
        model = self.table.selected()
        self._start(
            self._store.plan(model.id, Settings.load().sign_in),
            lambda said: self._offer(model, said[-1]),
            self.tr("Asking what there is to fetch"),
        )

    def download(self, model: protocol.ModelSummary, plan: protocol.Plan) -> None:
        """Fetch a model as planned."""
        self._start(
            self._store.download(model.id, plan.revision, Settings.load().sign_in),
            lambda said: self._verified(said[-1].entry),
            self.tr("Fetching {name}").format(name=model.name),
            total_bytes=plan.total_bytes,
            changes=True,
        )

    def verify(self) -> None:
        """Compare every file of the selected model with what was published."""
        model = self.table.selected()
        self._start(
            self._store.verify(model.id),
            lambda said: self._verified(said[-1].entry),
            self.tr("Checking {name}").format(name=model.name),
            total_bytes=model.size_bytes,
            changes=True,
        )

    def delete(self) -> None:
        """Ask, then delete the selected model; of a folder of the user's own only the line goes."""
        model = self.table.selected()
        if _is_own(model):
            Settings.load().forget_folder(model.id)
            self._give_up(model.id)
            self.refresh()
            return
        if model.repository is None:
            text = self.tr("Its files in {folder} go for good.")
        else:
            text = self.tr("Its files in {folder} go; they can be fetched again.")
        ask(
            self,
            self.tr("Delete {name}?").format(name=model.name),
            escape(text.format(folder=model.folder)),
            self.tr("Delete"),
            lambda: self._start(
                self._store.delete(model.id),
                lambda _said: self._deleted(model),
                self.tr("Deleting {name}").format(name=model.name),
                changes=True,
            ),
        )

    def add_folder(self, folder: str) -> None:
        """Add a folder of the user's own to the list, if there is a model in it."""
        folder = str(Path(folder).resolve())
        self._start(
            self._store.listing([*Settings.load().own_folders(), folder]),
            lambda said: self._added(folder, said),
            self.tr("Looking into the folder"),
        )

    def cancel(self) -> None:
        """Stop the work that is going on."""
        if self._command is not None:
            self._command.cancel()

    def close_down(self) -> None:
        """Before the plugin goes: no work going on. What a download has fetched is kept for the next one."""
        if self._command is not None:
            self._command.close_down()
            self._command = None
        self.close()

    # One command at a time

    def _start(
        self, command: StoreCommand, then: _Then, stage: str, total_bytes: int = 0, changes: bool = False
    ) -> None:
        """Run a command.

        Args:
            command: as the store made it.
            then: called with what it said, if it went well.
            stage: what to show until it speaks.
            total_bytes: of which it tells the fraction.
            changes: look at the models again afterwards, however it ended.
        """
        if self._command is not None:
            return
        self._command = command
        self.progress.begin(stage, total_bytes)
        self._update_buttons()
        command.happened.connect(self._happened)
        command.ended.connect(lambda outcome: self._ended(outcome, then, changes))
        command.start()

    def _happened(self, event: protocol.Event) -> None:
        if isinstance(event, protocol.Progress):
            self.progress.tell(event)
        elif isinstance(event, protocol.Warning):
            self._tell(event.message, warns=True)

    def _ended(self, outcome: tuple | TerraScopeError, then: _Then, changes: bool) -> None:
        self._command.deleteLater()
        self._command = None
        self.progress.end()
        if isinstance(outcome, CancelledError):
            self._tell(self.tr("Cancelled; what has been fetched is kept."))
        elif isinstance(outcome, TerraScopeError):
            self._tell_failure(outcome)
        else:
            then(outcome)
        if changes or self._look_again:
            self.refresh()
        self._update_buttons()
        if self._command is None:
            self.idle.emit()

    # What follows a command

    def _listed(self, models: tuple[protocol.ModelSummary, ...]) -> None:
        self.table.show_models(models, Settings.load().model_id())
        if Settings.load().remote_url:
            self._tell(
                self.tr("These are the models of the remote runtime; they are fetched and taught on its machine.")
            )
        self._times = self._times_now()

    def _offer(self, model: protocol.ModelSummary, plan: protocol.Plan) -> None:
        """Say what a download means, and ask whether to go on; not somebody who has closed the dialog since."""
        if not self.isVisible():
            return
        missing = plan.total_bytes - plan.present_bytes
        if missing == 0 and model.verified:
            self._verified(model)
            return
        amount = self.tr("{missing} of {total}").format(missing=data_size(missing), total=data_size(plan.total_bytes))
        rows = (
            (self.tr("To fetch"), escape(amount)),
            (self.tr("Free there"), data_size(plan.free_bytes)),
            (self.tr("Into"), escape(plan.folder)),
            (self.tr("From"), escape(plan.repository)),
            (self.tr("Commit"), escape(plan.revision)),
        )
        title = self.tr("Download {name}?").format(name=model.name)
        ask(self, title, table(rows, self.palette()), self.tr("Download"), lambda: self.download(model, plan))

    def _verified(self, model: protocol.ModelSummary) -> None:
        if model.verified:
            text = self.tr("{name} is complete, and every file is as it was published.")
        else:
            text = self.tr("{name} is complete and can be read; nothing is known to compare its files with.")
        self._tell(text.format(name=model.name))

    def _added(self, folder: str, models: tuple[protocol.ModelSummary, ...]) -> None:
        if not any(model.id == folder and model.state in READY for model in models):
            text = self.tr("There is no complete model in {folder}: choose one with config.json and *.safetensors.")
            self._tell_failure(ModelStoreError(text.format(folder=folder), "no model"))
            return
        Settings.load().add_folder(folder)
        self._listed(models)
        self.table.select(folder)

    def _deleted(self, model: protocol.ModelSummary) -> None:
        self._tell(self.tr("{name} was deleted.").format(name=model.name))
        self._give_up(model.id)

    def _give_up(self, model: str) -> None:
        """Answer with the bundled model if this one did."""
        if Settings.load().model_id() == model:
            self._choose(Settings().model, Settings().model_name)

    def _choose(self, model: str, name: str) -> None:
        settings = Settings.load()
        settings.model, settings.model_name = model, name
        settings.save()
        self.table.mark(model)
        self._update_buttons()
        self.chosen.emit()

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder of a model"))
        if folder:
            self.add_folder(folder)

    def _tell(self, text: str, warns: bool = False) -> None:
        if self.isVisible():
            self.bar.clearWidgets()
            show_news(self.bar, text, warns, wrapped=True)
        else:
            show_news(self._elsewhere, text, warns)

    def _tell_failure(self, failure: TerraScopeError) -> None:
        if self.isVisible():
            self.bar.clearWidgets()
            show_failure(self.bar, failure, wrapped=True)
        else:
            show_failure(self._elsewhere, failure)

    # The widgets

    def event(self, event: QEvent) -> bool:
        """Look again when the user comes back to the page and folders have changed: there may be another model."""
        if event.type() == QEvent.Type.WindowActivate and self._command is None and self._times != self._times_now():
            self.refresh()
        return super().event(event)

    def _times_now(self) -> dict[str, int]:
        return folder_times([*(model.folder for model in self.table.models()), *Settings.load().own_folders()])

    def _show_selected(self) -> None:
        model = self.table.selected()
        if model is None:
            self.details.clear()
        else:
            self.details.show_model(model)
        self._update_buttons()

    def _update_buttons(self) -> None:
        """What can be done with the selected model now."""
        model = self.table.selected()
        free = model is not None and self._command is None
        ready = model is not None and model.state in READY
        own = model is not None and _is_own(model)
        here = not Settings.load().remote_url
        free = free and here
        self.use_button.setEnabled(ready and model.id != Settings.load().model_id())  # also while another is fetched
        self.download_button.setEnabled(free and model.repository is not None)
        self.verify_button.setEnabled(free and ready)
        self.delete_button.setEnabled(free and model.state not in ("bundled", "absent"))
        self.delete_button.setText(self.tr("&Remove from list") if own else self.tr("De&lete…"))
        self.add_button.setEnabled(self._command is None and here)
        for button in (self.download_button, self.verify_button, self.delete_button, self.add_button):
            button.setToolTip("" if here else self.tr("Models of a remote runtime are seen to on its machine"))

    def _button(self, text: str, action: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: action())
        return button

    def _lay_out(self) -> None:
        actions = QVBoxLayout()  # in two rows: five in one would keep the window wide
        for buttons in (
            (self.use_button, self.download_button, self.verify_button),
            (self.delete_button, self.add_button),
        ):
            row = QHBoxLayout()
            for button in buttons:
                row.addWidget(button)
            row.addStretch()
            actions.addLayout(row)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        bottom = QHBoxLayout()
        bottom.addWidget(self.progress, 1)
        bottom.addWidget(self.help_button)
        bottom.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.bar)
        layout.addWidget(self.table)
        layout.addLayout(actions)
        layout.addSpacing(6)
        layout.addWidget(self.details, 1)
        layout.addWidget(self.settings)
        layout.addSpacing(6)
        layout.addLayout(bottom)
        self.resize(self.fontMetrics().averageCharWidth() * 115, self.fontMetrics().height() * 36)


def _is_own(model: protocol.ModelSummary) -> bool:
    """Whether it lies in a folder of the user's own, which is not ours to delete."""
    return model.id in Settings.load().own_folders()
