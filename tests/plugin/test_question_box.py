"""Templates with gaps, the history, and what is put back from it."""

from __future__ import annotations

import ast
import json
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsGeometry, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QDate, Qt

from terrascope_qgis.core.band_roles import BandMapping
from terrascope_qgis.core.choices import LAND_COVER, Choices
from terrascope_qgis.core.extents import Area
from terrascope_qgis.core.history import MOST_ENTRIES, Entry, KeptDate, keep_dates, load, put_back, remember
from terrascope_qgis.core.question_templates import COUNTED, suggestions, tasks, with_gaps
from terrascope_qgis.core.request import Acquisition
from terrascope_qgis.gui.dock import TerraScopeDock
from terrascope_qgis.gui.history_menu import HistoryMenu
from terrascope_qgis.gui.question_box import QuestionBox
from terrascope_qgis.settings import Settings

REPOSITORY = Path(__file__).resolve().parents[2]
DISTANCE = "How far is the {a} from the nearest {b}?"


def of_the_runtime(name: str) -> dict:
    """A table of the runtime's wordings."""
    source = (REPOSITORY / "model_runtime" / "terra_cot" / "templates.py").read_text("utf-8")
    for node in ast.parse(source).body:
        target = node.target if isinstance(node, ast.AnnAssign) else None
        if getattr(target, "id", "") == name:
            return ast.literal_eval(node.value)
    raise AssertionError(name)


def test_every_template_is_a_wording_that_the_model_has_learnt(qgis_app: QgsApplication) -> None:
    learnt = {wording for wordings in of_the_runtime("QUESTIONS").values() for wording in wordings}
    assert {wording for task in tasks() for wording in task.wordings} <= learnt
    counted = {several for pairs in of_the_runtime("COUNTABLE").values() for _, several in pairs}
    assert set(COUNTED) <= counted


def test_gaps_are_where_the_text_says(qgis_app: QgsApplication) -> None:
    for task in tasks():
        for wording in task.wordings:
            text, gaps = with_gaps(wording)
            assert len(gaps) == wording.count("{")
            for gap in gaps:
                name = text[gap.begin : gap.begin + gap.length]
                assert name[0] + name[-1] == "[]"
                assert suggestions(gap.kind)


@pytest.fixture
def box(qtbot: QtBot, qgis_app: QgsApplication) -> QuestionBox:
    box = QuestionBox()
    qtbot.addWidget(box)
    box.show()
    return box


def test_typing_and_tab_fill_the_gaps(box: QuestionBox, qtbot: QtBot) -> None:
    box.insert_template(DISTANCE)
    assert box.unfilled() == ["[class]", "[other class]"]
    assert box.textCursor().selectedText() == "[class]"
    qtbot.keyClicks(box, "ponds")  # no class that is known: no list
    assert not box.completer.popup().isVisible()
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert box.textCursor().selectedText() == "[other class]"
    box.completer.popup().hide()
    qtbot.keyClicks(box, "solar panels")
    assert box.toPlainText() == "How far is the ponds from the nearest solar panels?"
    assert box.unfilled() == []
    qtbot.keyClick(box, Qt.Key.Key_Backtab)
    assert box.textCursor().selectedText() == "ponds"


def test_a_word_from_the_list_goes_on_to_the_next_gap(box: QuestionBox, qtbot: QtBot) -> None:
    box.insert_template(DISTANCE)
    assert box.completer.popup().isVisible()
    assert box.completer.completionCount() == len(LAND_COVER)
    qtbot.keyClicks(box, "wa")
    assert [box.completer.popup().model().index(0, 0).data()] == ["water"]
    box.completer.activated[str].emit("water")
    assert box.textCursor().selectedText() == "[other class]"
    box.completer.activated[str].emit("trees")
    assert box.toPlainText() == "How far is the water from the nearest trees?"


def test_classes_of_the_model_are_offered(box: QuestionBox) -> None:
    box.set_classes(["vineyards", "water"])
    box.insert_template("How large is the {a}?")
    assert box._words.stringList() == ["vineyards", "water"]


def test_a_gap_that_is_left_is_told(dock: TerraScopeDock, qtbot: QtBot) -> None:
    dock.panel.templates.chosen.emit(DISTANCE)
    with qtbot.waitSignal(dock.ended) as ended:
        dock.panel.ask_button.click()
    assert "[class], [other class]" in ended.args[0].user_message


def test_the_history_is_kept_once_bounded_and_tolerant(tmp_path: Path, qgis_app: QgsApplication) -> None:
    path = tmp_path / "profile" / "history.jsonl"
    assert load(path) == []
    for number in range(MOST_ENTRIES + 5):
        remember(path, Entry(f"question {number}"))
    remember(path, Entry("question 10", model="nano"))
    path.write_text(path.read_text("utf-8") + 'no JSON\n{"question": 3}\n{"dates": 1}\n', "utf-8")
    entries = load(path)
    assert len(entries) == MOST_ENTRIES
    assert entries[0] == Entry("question 10", model="nano")
    assert [entry.question for entry in entries].count("question 10") == 1
    assert sorted(one.name for one in path.parent.iterdir()) == ["history.jsonl"]


def test_a_profile_that_cannot_be_written_does_no_harm(tmp_path: Path, qgis_app: QgsApplication) -> None:
    (tmp_path / "file").write_text("")
    remember(tmp_path / "file" / "history.jsonl", Entry("q"))
    assert load(tmp_path / "file" / "history.jsonl") == []


def test_no_secret_of_a_source_is_kept(scene: QgsRasterLayer) -> None:
    uri = "type=xyz&url=http://127.0.0.1:9/%7Bz%7D/%7Bx%7D/%7By%7D.png&username=anna&password=hush&zmax=3&zmin=0"
    tiles = QgsRasterLayer(uri, "tiles", "wms")
    QgsProject.instance().addMapLayer(tiles)
    dates = [Acquisition(tiles, clouds=scene, day=QDate(2020, 5, 1)), Acquisition(scene.source())]
    kept = keep_dates(dates)
    assert "hush" not in json.dumps([vars(one) for one in kept])
    assert put_back(kept)[0] == dates[0]
    assert put_back(kept)[1].optical == scene  # which shows that file
    QgsProject.instance().removeMapLayer(tiles)
    assert put_back(kept) is None
    assert put_back([KeptDate("/nowhere/at/all.tif")]) is None


def test_a_question_is_put_back_with_all_that_belongs_to_it(
    dock: TerraScopeDock, scene: QgsRasterLayer, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    panel = dock.panel
    panel.history = HistoryMenu(panel)
    panel.history.chosen.connect(panel._put_back)
    panel.history.path = tmp_path / "history.jsonl"
    area = Area(QgsGeometry.fromWkt("POLYGON((500500 5498000, 502000 5498000, 500500 5499500, 500500 5498000))"),
                QgsCoordinateReferenceSystem("EPSG:32633"))  # fmt: skip
    panel.area.keep(area)
    panel.more.set_choices(Choices("sentinel-2", clouds="ignore", large="per_window", minimum_area_ha=0.25))
    panel.bands.put_back(BandMapping({"red": 4, "green": 2, "blue": 1}))
    panel.capture.resolution.setValue(20)
    panel.question.setPlainText("Is there snow?")
    panel.remember()
    replace(settings, model="another", model_name="another model").save()
    panel.capture.resolution.setValue(0)
    panel.question.setPlainText("Something else")
    panel.more.set_choices(Choices())
    panel.dates.set_dates([Acquisition()])
    panel.area.choose("layer")
    panel.history.open()
    popup = panel.history.popup
    assert popup.list.count() == 1
    assert popup.list.item(0).text().startswith("Is there snow?\nlake and town · as asked before · terrascope-nano")
    popup.search.setText("nothing like it")
    assert popup.list.item(0).isHidden()
    popup.search.setText("SNOW lake")
    qtbot.keyClick(popup.search, Qt.Key.Key_Return)
    assert popup.isHidden()
    assert panel.question.toPlainText() == "Is there snow?"
    assert panel.dates.dates()[0].optical == scene
    assert panel.more.choices() == Choices("sentinel-2", clouds="ignore", large="per_window", minimum_area_ha=0.25)
    assert panel.bands.mapping() == BandMapping({"red": 4, "green": 2, "blue": 1})
    assert panel.area.area().geometry.isGeosEqual(area.geometry)
    assert panel.capture.pixel_size_m() == 20
    assert Settings.load().model == settings.model
    assert panel.model.whole() == settings.model_title()
    panel.capture.resolution.setValue(0)
    panel.history.open()
    popup.clear_button.click()
    assert popup.list.count() == 0
    assert not (tmp_path / "history.jsonl").exists()
    popup.hide()
    panel.more.set_choices(Choices())
    panel.bands.reset()
