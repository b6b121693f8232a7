"""An answer is kept: its layers added once, exported as a GeoPackage and a page, and opened again as it was."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal
from pytestqt.qtbot import QtBot
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemScaleBar,
    QgsProject,
    QgsRasterLayer,
)
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtGui import QColor, QImage

from terrascope_qgis.client import protocol
from terrascope_qgis.core import analysis
from terrascope_qgis.core.fit_text import fit
from terrascope_qgis.core.layer_groups import group_of, present
from terrascope_qgis.core.layers import add_group
from terrascope_qgis.core.open_report import open_report
from terrascope_qgis.core.report import check_areas, copy_geopackage
from terrascope_qgis.core.report_map import opening_map
from terrascope_qgis.core.report_page import PAGE_HEIGHT, PAGE_WIDTH, ReportPage
from terrascope_qgis.errors import TerraScopeError
from terrascope_qgis.gui.dock import TerraScopeDock
from terrascope_qgis.numerals import moment
from terrascope_qgis.plugin import TerraScopePlugin
from terrascope_qgis.settings import METRIC, US, Settings

QUESTION = "How many hectares of water are there, and how far is it from the nearest built-up area?"


class Quiet:
    """Feedback of `analysis.run` that nobody listens to."""

    def isCanceled(self) -> bool:  # noqa: N802 - as QgsFeedback names it
        return False

    def tell(self, event: protocol.Event) -> None:
        pass


@pytest.fixture(scope="module")
def answer(
    plugin: TerraScopePlugin,
    scene_path: Path,
    runtime_python: str,
    model_name: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> analysis.AnalysisResult:
    """One answer of the real runtime, for all tests of this file."""
    before = Settings.load()
    Settings(runtime_python=runtime_python).save()
    out = tmp_path_factory.mktemp("runs") / "answer.gpkg"
    request = protocol.AskRequest(
        QUESTION, (protocol.DateInput(str(scene_path)),), model=model_name, out=str(out), notes=("A note.",)
    )
    result = analysis.run(request, plugin.client, Quiet(), QgsProject.instance().transformContext())
    before.save()
    return result


def open_and_wait(dock: TerraScopeDock, geopackage: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dock.keeping.opened, timeout=20_000):
        dock.keeping.open(geopackage)


def add_and_wait(dock: TerraScopeDock, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dock.keeping.added, timeout=20_000):
        dock.keeping.add_action.trigger()


def done(steps: Generator[None, None, Any]) -> Any:  # noqa: ANN401
    """What work in steps comes to."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def words(text: str) -> str:
    return " ".join(text.split())


def test_a_report_opens_as_it_was(answer: analysis.AnalysisResult, dock: TerraScopeDock, qtbot: QtBot) -> None:
    report = answer.report
    open_and_wait(dock, answer.geopackage, qtbot)
    run = dock.run_shown()
    assert run.report == replace(report, timings=run.report.timings)  # writing itself was timed after it was written
    assert run.request.notes == ("A note.",)
    assert run.request.dates[0].optical
    told = words(dock.conversation.toPlainText())
    assert QUESTION in told
    assert report.answer in told
    assert "⚠ A note." in told
    assert "opened from answer.gpkg" in told
    for step in report.steps:
        assert f"mask:{max(dock.runs)}.{step.index}" in dock.conversation.toHtml()
    group = group_of(answer.geopackage, QgsProject.instance())
    assert {node.layerId() for node in group.findLayers()} >= set(run.layer_ids.values())
    assert dock.conversation.frames.switches(max(dock.runs)).keys() >= {s.index for s in report.steps if s.pixels}


def test_layers_come_once(
    answer: analysis.AnalysisResult, dock: TerraScopeDock, settings: Settings, qtbot: QtBot
) -> None:
    settings.add_layers = False
    settings.save()
    project = QgsProject.instance()
    open_and_wait(dock, answer.geopackage, qtbot)
    assert present(answer.geopackage, project) == {}
    add_and_wait(dock, qtbot)
    names = [node.name() for node in group_of(answer.geopackage, project).findLayers()]
    assert names
    add_and_wait(dock, qtbot)
    open_and_wait(dock, answer.geopackage, qtbot)
    add_and_wait(dock, qtbot)
    assert [node.name() for node in group_of(answer.geopackage, project).findLayers()] == names
    # one that the user took away comes back to its group
    gone = present(answer.geopackage, project).popitem()[1]
    project.removeMapLayer(gone.id())
    add_and_wait(dock, qtbot)
    assert sorted(node.name() for node in group_of(answer.geopackage, project).findLayers()) == sorted(names)


def test_masks_are_labelled_in_hectares(answer: analysis.AnalysisResult, qgis_new_project: None) -> None:
    layers = add_group(answer.report, answer.geopackage, QgsProject.instance())
    layer = next(iter(layers.values()))
    assert layer.labelsEnabled()
    settings = layer.labeling().settings()
    assert settings.isExpression
    assert settings.fitInPolygonOnly
    assert settings.format().buffer().enabled()
    expression, context = QgsExpression(settings.fieldName), QgsExpressionContext()
    feature = next(layer.getFeatures())
    context.setFeature(feature)
    context.setFields(layer.fields())
    text = expression.evaluate(context)
    assert text.endswith(" ha")
    assert float(text[:-3].replace(",", "")) == pytest.approx(feature["area_ha"], abs=0.06)


def test_everything_is_exported(
    answer: analysis.AnalysisResult, dock: TerraScopeDock, tmp_path: Path, qtbot: QtBot, message_bar: QgsMessageBar
) -> None:
    open_and_wait(dock, answer.geopackage, qtbot)
    target = tmp_path / "for the office.gpkg"
    with qtbot.waitSignal(dock.keeping.exported, timeout=60_000) as exported:
        dock.keeping.export(target)
        assert not dock.keeping.export_action.isEnabled()
    assert exported.args[0] == (target, target.with_suffix(".pdf"))
    assert "for the office.pdf" in message_bar.currentItem().text()
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == [
        "for the office.gpkg",
        "for the office.pdf",
    ]
    # what was exported is a whole report by itself
    kept = open_report(target).report
    assert check_areas(kept, target, QgsProject.instance().transformContext()) == []
    with closing(sqlite3.connect(target)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        styled = {row[0] for row in database.execute("SELECT f_table_name FROM layer_styles")}
    assert {step.layer for step in kept.steps} <= styled
    pdf = target.with_suffix(".pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/Type /Page\n") == 1


def test_an_export_that_cannot_be_written_leaves_nothing(
    answer: analysis.AnalysisResult, dock: TerraScopeDock, tmp_path: Path, qtbot: QtBot, message_bar: QgsMessageBar
) -> None:
    open_and_wait(dock, answer.geopackage, qtbot)
    (tmp_path / "a.pdf").write_text("somebody's")
    with qtbot.waitSignal(dock.keeping.exported) as exported:
        dock.keeping.export(tmp_path / "a.gpkg")
    assert isinstance(exported.args[0], TerraScopeError)
    assert "a.pdf is there already" in message_bar.currentItem().text()
    with qtbot.waitSignal(dock.keeping.exported, timeout=10_000) as exported:
        dock.keeping.export(tmp_path / "no folder" / "b.gpkg")
    assert isinstance(exported.args[0], TerraScopeError)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["a.pdf"]
    assert (tmp_path / "a.pdf").read_text() == "somebody's"


def test_a_file_that_is_open_elsewhere_is_not_replaced(answer: analysis.AnalysisResult, tmp_path: Path) -> None:
    target = tmp_path / "open.gpkg"
    copy_geopackage(answer.geopackage, target)
    with closing(sqlite3.connect(target)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE mine (x)")
        with pytest.raises(TerraScopeError, match="is open in QGIS"):
            copy_geopackage(answer.geopackage, target)
        # and what such a file holds is copied whole
        copy_geopackage(target, tmp_path / "copy.gpkg")
    with closing(sqlite3.connect(tmp_path / "copy.gpkg")) as database:
        assert database.execute("SELECT count(*) FROM mine").fetchone() == (0,)


@pytest.mark.parametrize("kind", ["absent", "text", "foreign", "no row", "no json", "half a record", "wrong kind"])
def test_what_is_no_report_gets_one_sentence(
    answer: analysis.AnalysisResult, dock: TerraScopeDock, tmp_path: Path, message_bar: QgsMessageBar, kind: str
) -> None:
    path = tmp_path / "x.gpkg"
    if kind == "text":
        path.write_text("nothing of the kind")
    elif kind == "foreign":
        gdal.GetDriverByName("GPKG").Create(str(path), 0, 0, 0, gdal.GDT_Unknown).CreateLayer("places")
    elif kind != "absent":
        copy_geopackage(answer.geopackage, path)
        record = json.loads(json.dumps(protocol.write(answer.report)))
        del record["scene"]
        texts = {"no json": "{", "half a record": json.dumps(record), "wrong kind": '{"steps": 3}'}
        with closing(sqlite3.connect(path)) as database:
            if kind == "no row":
                database.execute("DELETE FROM run")
            else:
                database.execute("UPDATE run SET report = ?", (texts[kind],))
            database.commit()
    before = dict(dock.runs)
    dock.keeping.open(path)
    assert dock.runs == before
    assert dock.conversation.toPlainText() == ""
    told = message_bar.currentItem().text()
    assert told.startswith("x.gpkg is not there" if kind == "absent" else "x.gpkg is no report")


def page_of(report: protocol.Report, geopackage: Path, tmp_path: Path) -> ReportPage:
    page = ReportPage(report, done(opening_map(report, geopackage, QgsProject.instance())))
    picture = tmp_path / "map.png"
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(QColor("#88aa88"))
    assert image.save(str(picture))
    page.layout = done(page.composing(picture))
    return page


def test_the_page_has_its_parts(answer: analysis.AnalysisResult, scene: QgsRasterLayer, tmp_path: Path) -> None:
    report = answer.report
    page = page_of(report, answer.geopackage, tmp_path)
    items = page.layout.items()
    text = words(" ".join(item.text() for item in items if isinstance(item, QgsLayoutItemLabel)))
    for part in (QUESTION, report.answer, report.dates[0].optical.sha256, report.model.sha256, report.scene.crs,
                 report.scene.ellipsoid, moment(report.finished), f"torch {report.versions['torch']}"):  # fmt: skip
        assert words(part) in text
    (frame,) = (item for item in items if isinstance(item, QgsLayoutItemMap))
    assert frame.extent().contains(done(opening_map(report, answer.geopackage, QgsProject.instance())).extent)
    (bar,) = (item for item in items if isinstance(item, QgsLayoutItemScaleBar))
    assert bar.unitsPerSegment() > 0
    (legend,) = (item for item in items if isinstance(item, QgsLayoutItemLegend))
    named = [node.customProperty("legend/title-label") for node in legend.model().rootGroup().findLayers()]
    assert any("water" in name for name in named)
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = 40
    assert QgsLayoutExporter(page.layout).exportToImage(str(tmp_path / "page.png"), settings) == 0


def test_the_page_is_in_the_users_units(
    answer: analysis.AnalysisResult, scene: QgsRasterLayer, settings: Settings, tmp_path: Path
) -> None:
    for units, shown, hidden, foot in ((METRIC, " ha", " ac", False), (US, " ac", " ha", True)):
        replace(settings, units=units).save()
        page = page_of(answer.report, answer.geopackage, tmp_path)
        items = page.layout.items()
        cells = [item.text() for item in items if isinstance(item, QgsLayoutItemLabel) if "±" in item.text()]
        cells = [cell for cell in cells if "WGS 84" not in cell]
        assert cells
        assert all(shown in cell and hidden not in cell for cell in cells)
        (bar,) = (item for item in items if isinstance(item, QgsLayoutItemScaleBar))
        assert (bar.unitLabel() in ("ft", "mi")) is foot, bar.unitLabel()


def test_long_texts_stay_on_the_page(answer: analysis.AnalysisResult, scene: QgsRasterLayer, tmp_path: Path) -> None:
    report = answer.report
    long = replace(
        report,
        question=report.question * 20,
        answer="Donaudampfschifffahrtsgesellschaft" * 100,
        reasoning=report.reasoning * 60,
        warnings=("so it is " * 100,) * 60,
        dates=report.dates * 8,
        steps=tuple(replace(step, phrase=step.phrase * 30) for step in report.steps),
    )
    page = page_of(long, answer.geopackage, tmp_path)
    labels = [item for item in page.layout.items() if isinstance(item, QgsLayoutItemLabel)]
    for item in labels:
        box = item.mapRectToScene(item.rect())
        assert box.left() >= 0
        assert box.right() <= PAGE_WIDTH
        assert box.bottom() <= PAGE_HEIGHT
        needed = item.sizeForText()
        assert needed.width() <= box.width() + 0.5
        assert needed.height() <= box.height() + 1.0
    boxes = sorted((item.pos().y(), item.pos().y() + item.rect().height()) for item in labels)
    assert all(later[0] >= one[0] for one, later in zip(boxes, boxes[1:]))
    assert any("more, in the GeoPackage" in item.text() for item in labels)


def test_text_is_cut_with_an_ellipsis(qgis_app: object) -> None:
    assert fit("one two", 100, 2, 10) == ["one two"]
    lines = fit("a word " * 100, 50, 3, 10)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert fit("", 50, 3, 10) == [""]
    assert len(fit("x" * 400, 30, 4, 10)) == 4
