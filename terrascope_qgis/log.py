"""The plugin's tab in the Log Messages panel."""

from __future__ import annotations

from qgis.core import Qgis, QgsMessageLog

from .errors import TerraScopeError

TAB = "TerraScope"


def info(text: str) -> None:
    """Write a line nobody needs to be told about."""
    QgsMessageLog.logMessage(text, TAB, Qgis.MessageLevel.Info, notifyUser=False)


def warning(text: str) -> None:
    """Write a line that QGIS marks in its status bar."""
    QgsMessageLog.logMessage(text, TAB, Qgis.MessageLevel.Warning)


def error(failure: TerraScopeError) -> None:
    """Write a failure with its detail; the message bar already tells the user."""
    text = failure.user_message + ("\n" + failure.detail if failure.detail else "")
    QgsMessageLog.logMessage(text, TAB, Qgis.MessageLevel.Critical, notifyUser=False)
