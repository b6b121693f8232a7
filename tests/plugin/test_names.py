"""What the plugin takes from QGIS by name is there in this QGIS, and values are named with their group.

The same is asked of PyQt6 in tests/qt6.
"""

from __future__ import annotations

import importlib

import pytest

from tests.qt6.names import REPOSITORY, SOURCES, trouble, uses

# The one place that looks which QGIS this is.
COMPAT = REPOSITORY / "terrascope_qgis" / "compat.py"


def troubles(source: str) -> list[str]:
    """What is not in this QGIS, or is not named with its group."""
    return [found for use in uses(source) if (found := trouble(use, importlib.import_module(use.module)))]


def test_every_name_that_the_plugin_takes_from_qgis_is_in_this_one() -> None:
    found = {path.name: troubles(path.read_text("utf-8")) for path in SOURCES if path != COMPAT}
    assert {name: some for name, some in found.items() if some} == {}


@pytest.mark.parametrize(
    "source",
    [
        "from qgis.core import QgsTask\nkind = QgsTask.CanCancel",
        "from qgis.core import Qgis\nlevel = Qgis.Warning",
        "from qgis.core import QgsUnitTypes\nunit = QgsUnitTypes.AreaHectares",
        "from qgis.core import QgsProcessing\nkind = QgsProcessing.TypeVectorPolygon",
        "from qgis.core import QgsProcessingParameterDefinition as Parameter\nflag = Parameter.FlagAdvanced",
        "from qgis.core import QgsWkbTypes\nkind = QgsWkbTypes.MultiPolygon",
        "from qgis.gui import QgsRubberBand\nicon = QgsRubberBand.ICON_CIRCLE",
        "from qgis.PyQt.QtCore import Qt\nside = Qt.RightDockWidgetArea",
        "from qgis.PyQt.QtWidgets import QFrame\nshape = QFrame.StyledPanel",
        "from qgis.core import QgsRasterLayer\nQgsRasterLayer.there_is_no_such_thing",
        "from qgis.core import QgsNothing",
    ],
)
def test_what_is_not_there_or_has_no_group_is_found(source: str) -> None:
    assert len(troubles(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "from qgis.core import QgsTask\nkind = QgsTask.Flag.CanCancel",
        "from qgis.core import Qgis\nlevel = Qgis.MessageLevel.Warning\nversion = Qgis.QGIS_VERSION_INT",
        "from qgis.core import QgsUnitTypes\nunit = QgsUnitTypes.AreaUnit.AreaHectares",
        "from qgis.core import QgsProcessing\nfile = QgsProcessing.TEMPORARY_OUTPUT",
        "from qgis.core import QgsProject\nlayers = QgsProject.instance().mapLayers()",
        "from qgis.PyQt.QtCore import Qt\nside = Qt.DockWidgetArea.RightDockWidgetArea",
    ],
)
def test_what_is_there_is_let_through(source: str) -> None:
    assert troubles(source) == []
