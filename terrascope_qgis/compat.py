"""The few names that differ between QGIS 3.22 and 4.x, and nowhere else."""

from __future__ import annotations

from qgis.core import Qgis, QgsUnitTypes

try:  # Qt 6 moved QAction
    from qgis.PyQt.QtGui import QAction
except ImportError:
    from qgis.PyQt.QtWidgets import QAction

try:  # QGIS 3.30
    HECTARES = Qgis.AreaUnit.Hectares
    METRES = Qgis.DistanceUnit.Meters
except AttributeError:
    HECTARES = QgsUnitTypes.AreaUnit.AreaHectares
    METRES = QgsUnitTypes.DistanceUnit.DistanceMeters

__all__ = ["HECTARES", "METRES", "QAction"]
