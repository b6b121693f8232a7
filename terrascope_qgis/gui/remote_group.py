"""The part of the options that says which runtime on another machine answers, if one does."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.gui import QgsAuthConfigSelect
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QGroupBox, QLineEdit, QPushButton, QWidget

from ..client.http_client import RuntimeClient
from ..client.remote import parse_url, remote_at
from ..errors import TerraScopeError
from ..settings import Settings
from .health_task import HealthTask, Healthy
from .quiet_label import QuietLabel


class RemoteGroup(QGroupBox):
    """Its address, the sign-in with its key, and a button that tries both.

    Args:
        settings: to begin with.
    """

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Runtime on another machine"))
        self._task: HealthTask | None = None
        self._tried = ("", "")  # by that task
        self.url = QLineEdit(settings.remote_url)
        self.url.setPlaceholderText(self.tr("None: this machine computes"))
        self.url.setToolTip(
            self.tr("https://host:port, or http://127.0.0.1:port at this end of an SSH tunnel. Scenes are sent there.")
        )
        self.url.setClearButtonEnabled(True)
        self.sign_in = QgsAuthConfigSelect(self)
        self.sign_in.setConfigId(settings.remote_sign_in)
        self.sign_in.setToolTip(self.tr("A “Basic” entry with the runtime's key as its password"))
        for part in (self.sign_in, *self.sign_in.findChildren(QComboBox)):
            part.setAccessibleName(self.tr("Sign-in"))
        self.test_button = QPushButton(self.tr("&Test connection"))
        self.test_button.clicked.connect(self.test)
        self.told = QuietLabel()
        form = QFormLayout(self)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(self.tr("Add&ress"), self.url)
        form.addRow(self.tr("Sign-&in"), self.sign_in)
        form.addRow("", self.test_button)
        form.addRow(self.told)
        self.url.setAccessibleName(self.tr("Address of the remote runtime"))
        self.url.textChanged.connect(self._changed)
        self.sign_in.selectedConfigIdChanged.connect(self._changed)
        self._changed()

    def wrong(self) -> str:
        """One sentence on what cannot be kept; empty where all can."""
        if self._address():
            try:
                parse_url(self._address())
            except TerraScopeError as failure:
                return failure.user_message
            if not self.sign_in.configId():
                return self.tr("Choose the sign-in with the remote runtime's key, or leave its address empty.")
        return ""

    def keep(self, settings: Settings) -> None:
        """Put what is chosen into settings."""
        settings.remote_url, settings.remote_sign_in = self._address(), self.sign_in.configId()

    def test(self) -> None:
        """Try what is chosen, without keeping it."""
        wrong = self.wrong()
        if wrong:
            self.told.tell("⚠ " + wrong, warns=True)
            return
        url, sign_in = self._address(), self.sign_in.configId()
        try:
            client = RuntimeClient(remote_at(url, sign_in))
        except TerraScopeError as failure:
            self.told.tell("⚠ " + failure.user_message, warns=True)
            return
        self.told.tell(self.tr("Connecting…"))
        self.test_button.setEnabled(False)
        self._task = HealthTask(client)
        self._tried = url, sign_in
        self._task.ended.connect(self._ended)
        QgsApplication.taskManager().addTask(self._task)

    def _ended(self, outcome: Healthy | TerraScopeError) -> None:
        self._task = None
        self._changed()
        if self._tried != (self._address(), self.sign_in.configId()):
            return  # it says nothing of what is chosen now
        if isinstance(outcome, Healthy):
            self.told.tell("✓ " + outcome.told())
        else:
            self.told.tell("⚠ " + outcome.user_message, warns=True)

    def _changed(self) -> None:
        self.told.tell("")
        self.test_button.setEnabled(bool(self._address()) and self._task is None)

    def _address(self) -> str:
        return self.url.text().strip()
