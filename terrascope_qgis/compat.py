"""The few names that differ between QGIS 3.22 and 4.x, and nowhere else."""

from __future__ import annotations

from qgis.core import Qgis, QgsUnitTypes
from qgis.PyQt.QtCore import QMetaType, QVariant

try:  # Qt 6 moved QAction
    from qgis.PyQt.QtGui import QAction
except ImportError:
    from qgis.PyQt.QtWidgets import QAction

# `Qgis.AreaUnit` and `Qgis.DistanceUnit` begin with QGIS 3.30; the old names work everywhere.
HECTARES, ACRES = QgsUnitTypes.AreaUnit.AreaHectares, QgsUnitTypes.AreaUnit.AreaAcres
METRES, FEET = QgsUnitTypes.DistanceUnit.DistanceMeters, QgsUnitTypes.DistanceUnit.DistanceFeet
MILES = QgsUnitTypes.DistanceUnit.DistanceMiles
# Types of fields: QGIS takes them by the new names from 3.38 on, and warns of the old ones.
_NEW_TYPES = Qgis.QGIS_VERSION_INT >= 33800
TEXT = QMetaType.Type.QString if _NEW_TYPES else QVariant.String
WHOLE = QMetaType.Type.Int if _NEW_TYPES else QVariant.Int
REAL = QMetaType.Type.Double if _NEW_TYPES else QVariant.Double

__all__ = ["ACRES", "FEET", "HECTARES", "METRES", "MILES", "REAL", "TEXT", "WHOLE", "QAction"]
