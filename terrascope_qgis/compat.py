"""The few names that differ between QGIS 3.22 and 4.x, and nowhere else."""

from __future__ import annotations

from qgis.core import QgsUnitTypes

try:  # Qt 6 moved QAction
    from qgis.PyQt.QtGui import QAction
except ImportError:
    from qgis.PyQt.QtWidgets import QAction

HECTARES = QgsUnitTypes.AreaUnit.AreaHectares  # `Qgis.AreaUnit` begins with QGIS 3.30; the old name works everywhere

__all__ = ["HECTARES", "QAction"]
