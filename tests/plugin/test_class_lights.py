"""The lights of classes as they are seen, read out and pointed at; what the dock shows of the chosen model."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QApplication

from terrascope_qgis.client.protocol import ClassQuality, HeldOut, ModelSummary
from terrascope_qgis.core.analysis import AnalysisResult
from terrascope_qgis.core.request import Acquisition
from terrascope_qgis.gui.class_lights import ClassLights
from terrascope_qgis.gui.dock import TerraScopeDock
from terrascope_qgis.gui.model_quality import LONGEST, ModelQuality
from terrascope_qgis.settings import Settings

REPOSITORY = Path(__file__).resolve().parents[2]
NANO = REPOSITORY / "resources" / "models" / "terrascope-nano"
LIMIT_MS = 120_000
FIGURES = {
    "rgb": {"water": ClassQuality(0.4, 9.0)},
    "rgb+nir": {"water": ClassQuality(0.86, 1.9), "trees": ClassQuality(0.6, 4.0)},
}


@pytest.fixture
def lights(qtbot: QtBot) -> ClassLights:
    lights = ClassLights()
    qtbot.addWidget(lights)
    return lights


@pytest.fixture
def measured(tmp_path: Path, settings: Settings) -> Path:
    """A copy of the bundled model whose config tells figures by class, chosen to answer."""
    folder = tmp_path / "measured"
    shutil.copytree(NANO, folder)
    config = json.loads((folder / "config.json").read_text("utf-8"))
    config["quality"] = "Fair on lakes."
    rows = {"rgb+nir": {"water": {"iou": 0.86, "coverage_error_pct": 1.9}}, "sar": {}}
    (folder / "config.json").write_text(json.dumps({**config, "class_quality": rows}), "utf-8")
    settings.model = str(folder)
    settings.save()
    return folder


def plain(label: ClassLights) -> str:
    return re.sub("<[^>]*>", "", label.text().replace("&nbsp;", " ").replace("&#32;", "")).replace("\u2011", "-")


def test_each_class_has_its_mark_and_its_figures_on_pointing(lights: ClassLights) -> None:
    lights.show_figures(FIGURES, "rgb+nir")
    shown = " ".join(plain(lights).split())
    assert shown.startswith("With RGB + NIR: ✓ water ≈ trees ? cropland")
    assert "? built-up area" in shown
    tip = lights.toolTip().replace("&nbsp;", " ")
    assert "IoU 0.86, coverage ± 1.9 points" in tip
    assert "not measured" in tip
    assert not lights.isHidden()


def test_a_screen_reader_hears_all_of_it(lights: ClassLights) -> None:
    lights.show_figures(FIGURES, "rgb")
    assert lights.accessibleName()
    said = lights.accessibleDescription()
    assert said.startswith("With RGB: water: poor, IoU 0.40, coverage ± 9.0 points; trees: not measured; ")
    assert "<" not in said


def test_without_figures_there_is_nothing(lights: ClassLights) -> None:
    lights.show_figures(FIGURES, "rgb")
    lights.show_figures({}, "rgb")
    assert lights.isHidden()
    assert (lights.text(), lights.toolTip()) == ("", "")


def test_names_of_classes_are_no_markup(lights: ClassLights) -> None:
    lights.show_figures({"rgb": {"<b>x": ClassQuality(0.9, 1.0)}}, "rgb")
    assert "&lt;b&gt;x" in lights.text()
    assert "&lt;b&gt;x" in lights.toolTip()


def test_the_colours_read_on_both_themes(lights: ClassLights) -> None:
    """The lights keep their colours; the words beside them follow the theme."""
    lights.show_figures(FIGURES, "rgb+nir")
    before = lights.text()
    pairs = re.findall(r"background-color:(#\w+); color:(#\w+)", before)
    assert pairs
    assert all(contrast(QColor(back), QColor(fore)) >= 4.5 for back, fore in pairs)
    dark = QPalette(lights.palette())
    for role, name in ((QPalette.ColorRole.Base, "#232629"), (QPalette.ColorRole.Text, "#eff0f1")):
        dark.setColor(role, QColor(name))
    lights.setPalette(dark)
    QApplication.processEvents()
    assert lights.text() != before
    assert re.findall(r"background-color:(#\w+); color:(#\w+)", lights.text()) == pairs


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.1's contrast ratio."""

    def luminance(colour: QColor) -> float:
        parts = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (colour.redF(), colour.greenF(), colour.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_line_is_cut_and_its_tip_has_all_of_it(qtbot: QtBot) -> None:
    quality = ModelQuality()
    qtbot.addWidget(quality)
    assert quality.isHidden()
    long = "word " * 80
    quality.show_model(ModelSummary("m", "M", "", "/m", "here", False, quality="<i>" + long), "rgb")
    assert not quality.isHidden()
    assert len(quality.line.text()) <= LONGEST
    assert quality.line.toolTip().startswith("<p>&lt;i&gt;word")
    taught = ModelSummary("m", "M", "", "/m", "here", False, base="nano", held_out=HeldOut(0.4, 0.6))
    quality.show_model(taught, "rgb")
    assert quality.line.text() == "taught from nano; IoU on held-out ground 0.40 → 0.60"
    quality.show_model(None, "rgb")
    assert quality.isHidden()


def test_the_dock_shows_the_chosen_model_s_lights_for_the_chosen_layers(
    measured: Path, dock: TerraScopeDock, settings: Settings, radar: QgsRasterLayer, scene: QgsRasterLayer, qtbot: QtBot
) -> None:  # fmt: skip
    settings.model = str(measured)
    settings.save()
    quality = dock.panel.quality
    dock.show_model()
    qtbot.waitUntil(lambda: not quality.lights.isHidden(), timeout=LIMIT_MS)
    assert quality.line.text() == "Fair on lakes."
    assert "With RGB + NIR: ✓ water" in " ".join(plain(quality.lights).split())
    dock.panel.dates.set_dates([Acquisition(None, radar)])
    assert "With SAR: ? water" in " ".join(plain(quality.lights).split())
    dock.panel.dates.set_dates([Acquisition(scene)])
    assert "With RGB + NIR: ✓ water" in " ".join(plain(quality.lights).split())
    assert dock.minimumSizeHint().width() <= 360


def test_an_answer_s_card_has_the_lights_of_its_regions_for_the_bands_the_runtime_found(
    measured: Path, dock: TerraScopeDock, settings: Settings, ask: Callable[[], Any]
) -> None:
    settings.model = str(measured)
    settings.save()
    result = ask()
    assert isinstance(result, AnalysisResult), result
    assert result.report.model.class_quality["rgb+nir"]["water"] == ClassQuality(0.86, 1.9)
    shown = dock.conversation.toPlainText().replace("\u00a0", " ")
    assert "on other places, with RGB + NIR" in shown
    assert "✓ water IoU 0.86, coverage ± 1.9 points" in " ".join(shown.split())
    QgsProject.instance().removeAllMapLayers()
