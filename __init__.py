"""The QGIS plugin's entry point; everything is imported when QGIS asks for it, not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from .terrascope_qgis.plugin import TerraScopePlugin


def classFactory(iface: QgisInterface | None) -> TerraScopePlugin:  # noqa: N802 - the name QGIS looks for
    """Make the plugin; `iface` is None in qgis_process."""
    from .terrascope_qgis.plugin import TerraScopePlugin

    return TerraScopePlugin(iface)
