"""A question that follows another: its scene, its extent and what was marked are kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from qgis.core import QgsProject, QgsRasterLayer, QgsRectangle
from qgis.gui import QgisInterface

from terrascope_qgis.client.protocol import AskRequest, DateInput, Example, Turn
from terrascope_qgis.core.analysis import AnalysisResult
from terrascope_qgis.core.follow_up import MOST_TURNS, following, turn_of
from terrascope_qgis.core.request import Acquisition
from terrascope_qgis.gui.dock import TerraScopeDock

Ask = Callable[[], Any]


@pytest.fixture(autouse=True)
def fresh(dock: TerraScopeDock) -> None:
    """No answer of another test is followed."""
    dock.panel.follow_up.forget()


def test_nothing_is_followed_at_first(dock: TerraScopeDock) -> None:
    assert dock.panel.follow_up.isHidden()
    request = AskRequest("q", (DateInput("s.tif"),))
    assert dock.panel.follow_up.follow(request) is request


def test_a_follow_up_knows_what_was_marked_and_keeps_the_scene(
    ask: Ask, dock: TerraScopeDock, qgis_iface: QgisInterface, scene: QgsRasterLayer
) -> None:
    canvas = qgis_iface.mapCanvas()
    canvas.setDestinationCrs(scene.crs())
    canvas.setExtent(QgsRectangle(500_300, 5_497_900, 502_300, 5_499_900))
    dock.panel.area.choose("canvas")
    first = ask().report
    assert [step.phrase for step in first.steps] == ["water"]
    box = dock.panel.follow_up
    assert not box.isHidden()
    assert box.isChecked()
    canvas.setExtent(QgsRectangle(501_000, 5_498_900, 501_300, 5_499_200))  # the user has a look at the mask
    assert box.isChecked()
    dock.panel.question.setPlainText("How far is it from the trees?")
    second = ask().report
    assert second.scene == first.scene
    assert second.question == "How far is it from the trees?"
    assert {step.phrase for step in second.steps} == {"water", "trees"}
    assert second.earlier == (Turn(first.question, first.answer, ("water",)),)
    note = next(warning for warning in second.warnings if "How far is the water from the trees?" in warning)
    assert note in dock.conversation.toPlainText()
    dock.panel.question.setPlainText("And the built-up area?")
    outcome = ask()  # two classes were named before: which of them is meant is not known
    assert isinstance(outcome, AnalysisResult), outcome.detail
    third = outcome.report
    assert [turn.question for turn in third.earlier] == [first.question, second.question]
    box.setChecked(False)
    dock.panel.question.setPlainText("How large is the water?")
    fourth = ask().report
    assert fourth.earlier == ()
    assert fourth.scene.bounds != first.scene.bounds
    assert box.isChecked()  # the next one may follow this


def test_another_scene_or_extent_is_no_follow_up(
    ask: Ask, dock: TerraScopeDock, radar: QgsRasterLayer, scene: QgsRasterLayer
) -> None:
    ask()
    box = dock.panel.follow_up
    assert box.isChecked()
    dock.panel.dates.set_dates([Acquisition(scene, radar)])
    assert not box.isChecked()
    dock.panel.dates.set_dates([Acquisition(scene)])
    assert box.isChecked()
    dock.panel.area.choose("canvas")
    assert not box.isChecked()
    dock.panel.area.choose("layer")
    assert box.isChecked()
    QgsProject.instance().removeMapLayer(radar.id())
    assert box.isChecked()


def test_at_most_eight_turns_are_brought_along(ask: Ask) -> None:
    report = ask().report
    last = AskRequest("q", (DateInput("a.tif"),), (0, 0, 1, 1), None, "EPSG:32633", notes=("captured",),
                      examples=(Example("water", "POINT(0 0)"),), model="8b")  # fmt: skip
    request = following(AskRequest("and?", (DateInput("b.tif"),), model="nano"), [(last, report)] * 10)
    assert request.dates == last.dates
    assert (request.extent, request.extent_crs, request.notes) == (last.extent, last.extent_crs, last.notes)
    assert request.examples == last.examples
    assert request.model == "nano"
    assert request.earlier == (turn_of(report),) * MOST_TURNS
