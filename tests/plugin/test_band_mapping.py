"""Which band is which: guessed from names, changed by the user, shown as a small picture."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsApplication, QgsRasterLayer

from terrascope_qgis.core.band_roles import ROLES, SAR_ROLES, BandMapping, optical_roles, sar_roles
from terrascope_qgis.core.request import Acquisition
from terrascope_qgis.errors import AnalysisError
from terrascope_qgis.gui.band_mapping import BandGroup
from terrascope_qgis.gui.dock import TerraScopeDock

REPOSITORY = Path(__file__).resolve().parents[2]


def test_roles_are_those_the_runtime_knows() -> None:
    source = (REPOSITORY / "model_runtime" / "scene" / "bands.py").read_text("utf-8")
    told = {node.targets[0].id: node.value for node in ast.parse(source).body if isinstance(node, ast.Assign)}
    assert ast.literal_eval(told["ROLES"]) == ROLES
    assert ast.literal_eval(told["SAR_ROLES"]) == SAR_ROLES


@pytest.mark.parametrize(
    ("name", "bands", "expected"),
    [
        ("scene", ("B02", "B03", "B04", "B08"), {"red": 3, "green": 2, "blue": 1, "nir": 4}),
        ("scene", ("Red", "Green", "Blue"), {"red": 1, "green": 2, "blue": 3}),
        ("LC08_scene", ("SR_B2", "SR_B3", "SR_B4", "SR_B5", "SR_B6", "SR_B7"),
         {"red": 3, "green": 2, "blue": 1, "nir": 4, "swir1": 5, "swir2": 6}),
        ("LE07_scene", ("B1", "B2", "B3", "B4", "B5", "B7"),
         {"red": 3, "green": 2, "blue": 1, "nir": 4, "swir1": 5, "swir2": 6}),
        ("s2", ("B8A", "B8", "B4", "B3", "B2"), {"red": 3, "green": 4, "blue": 5, "nir": 2}),
        ("x", ("near infrared", "swir 1", "red", "green", "blue"),
         {"red": 3, "green": 4, "blue": 5, "nir": 1, "swir1": 2}),
        ("x", ("",) * 6, {"red": 3, "green": 2, "blue": 1, "nir": 4, "swir1": 5, "swir2": 6}),
        ("x", ("",) * 2, {}),
    ],
)  # fmt: skip
def test_names_tell_the_roles(
    name: str,
    bands: tuple[str, ...],
    expected: dict[str, int],
    tmp_path: Path,
    write_raster: Callable[..., None],
    qgis_app: QgsApplication,
) -> None:
    path = tmp_path / f"{name}.tif"
    write_raster(path, np.ones((len(bands), 8, 8), np.uint16), bands, epsg=32633)
    assert optical_roles(QgsRasterLayer(str(path), name)) == expected


def test_radar_bands_are_told(radar: QgsRasterLayer) -> None:
    assert sar_roles(radar) == {"vv": 1, "vh": 2}


@pytest.fixture
def group(qtbot: QtBot, scene: QgsRasterLayer) -> Iterator[BandGroup]:
    group = BandGroup()
    qtbot.addWidget(group)
    group.show()
    group.show_dates([Acquisition(scene)])
    yield group
    group.leave()


def choose(group: BandGroup, role: str, band: int) -> None:
    combo = group.combos[role]
    combo.setCurrentIndex(combo.findData(band))
    combo.activated.emit(combo.currentIndex())


def test_what_the_user_leaves_alone_is_the_runtime_s(group: BandGroup) -> None:
    assert group.combos["red"].currentText() == "Band 3: B04"
    assert group.mapping() == BandMapping()
    choose(group, "red", 4)
    assert group.mapping() == BandMapping({"red": 4, "green": 2, "blue": 1, "nir": 4})
    choose(group, "green", 0)
    with pytest.raises(AnalysisError, match="all needed"):
        group.mapping()
    group.reset_button.click()
    assert group.mapping() == BandMapping()


def test_radar_beside_it_has_its_own_bands(group: BandGroup, scene: QgsRasterLayer, radar: QgsRasterLayer) -> None:
    assert group.combos["vv"].isHidden()
    group.show_dates([Acquisition(scene, radar)])
    choose(group, "vv", 2)
    choose(group, "vh", 1)
    assert group.mapping() == BandMapping({}, {"vv": 2, "vh": 1})
    group.show_dates([Acquisition(None, radar)])
    assert group.combos["red"].isHidden()
    assert group.mapping() == BandMapping()


def test_a_folder_has_no_bands_to_choose(group: BandGroup, tmp_path: Path) -> None:
    group.show_dates([Acquisition(str(tmp_path))])
    assert group.isHidden()


def test_the_picture_comes_by_itself_in_the_chosen_bands(group: BandGroup, qtbot: QtBot) -> None:
    assert group.swatch.pixmap() is None or group.swatch.pixmap().isNull()  # folded: nothing is read
    group.setCollapsed(False)
    with qtbot.waitSignal(group.swatch._task.ended, timeout=20_000) as ended:
        pass
    image = ended.args[0]
    water, forest = image.pixelColor(52, 34), image.pixelColor(10, 70)
    assert water.blue() > 0
    assert max(forest.red(), forest.green(), forest.blue()) < 128  # dark in the visible bands
    choose(group, "red", 4)
    with qtbot.waitSignal(group.swatch._task.ended, timeout=20_000) as ended:
        pass
    infrared = ended.args[0]
    assert infrared.pixelColor(10, 70).red() > 128  # and bright in the infrared
    assert infrared.pixelColor(52, 34).red() < 64
    assert not group.swatch.pixmap().isNull()


def test_the_runtime_reads_the_bands_that_were_chosen(
    dock: TerraScopeDock, ask: Callable[[], Any], qtbot: QtBot
) -> None:
    choose(dock.panel.bands, "red", 1)
    choose(dock.panel.bands, "blue", 3)
    report = ask().report
    assert report.dates[0].optical.bands == {"red": 1, "green": 2, "blue": 3, "nir": 4}
    dock.panel.bands.reset()
