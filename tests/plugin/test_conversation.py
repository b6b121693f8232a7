from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from qgis.PyQt.QtCore import QSizeF, QUrl
from qgis.PyQt.QtGui import QColor, QPalette

from terrascope_qgis.client import protocol
from terrascope_qgis.core.colours import step_colours
from terrascope_qgis.gui import ink
from terrascope_qgis.gui.chart_object import OBJECT_TYPE, ChartObject
from terrascope_qgis.gui.conversation import Conversation
from terrascope_qgis.gui.mask_chip import ink_on

GOLDEN = (Path(__file__).resolve().parents[1] / "data" / "answer.ndjson").read_bytes().splitlines()
EVENTS = [protocol.read_event(line) for line in GOLDEN]
REPORT = EVENTS[-1].report


@pytest.fixture
def told(qtbot: QtBot) -> Conversation:
    """A conversation with the golden run in it."""
    conversation = Conversation()
    qtbot.addWidget(conversation)
    tell(conversation)
    return conversation


def tell(conversation: Conversation) -> int:
    run = conversation.begin(REPORT.question, "a scene")
    for event in EVENTS:
        if isinstance(event, protocol.Text):
            conversation.add_text(event.text, event.kind)
        elif isinstance(event, protocol.Mask):
            conversation.add_mask(event.step, colour_of(event.step.phrase))
        elif isinstance(event, protocol.Warning):
            conversation.add_note(event.message)
        elif isinstance(event, protocol.Answer):
            conversation.add_answer(event.answer)
    conversation.add_report(REPORT)
    return run


def test_figures_stand_beside_claims_and_a_wrong_one_is_marked(told: Conversation) -> None:
    words = " ".join(told.toPlainText().split())
    assert "63.6 ± 1.4 ha" in words
    assert "9.7 %" in words
    assert "587 m apart" in words
    assert "Model: 63.6 ha ✓ measured 63.58 ha" in words
    assert "Model: 900 m ⚠ measured 587.3 m" in words
    assert "Model: 3 km² – not measured" in words
    assert "nothing found" in words
    assert "1 → 4 + 8.60 ha, − 2.08 ha unchanged 61.5 ha 2017-06-04 → 2018-03-30" in words


def test_dates_radar_and_clouds_are_told(told: Conversation) -> None:
    words = " ".join(told.toPlainText().split())
    assert "4 water 2018-03-30 70.3 ± 1.5 ha 10.7 % sure (0.90) 25 % of its tokens from SAR" in words
    assert "Hidden by clouds 2017-06-04 12.4 ha, 1.9 % as the cloud layer tells" in words
    assert "Decibels, -25 to 0 dB" in words


def test_one_date_is_not_named_with_every_region(qtbot: QtBot) -> None:
    conversation = Conversation()
    qtbot.addWidget(conversation)
    conversation.begin("q", "s")
    conversation.add_report(replace(REPORT, dates=REPORT.dates[:1], changes=(), steps=REPORT.steps[:1], distances=()))
    assert "2017-06-04" not in conversation.toPlainText()
    assert "Hidden by clouds" in conversation.toPlainText()


def test_the_model_is_named_with_how_good_it_is(told: Conversation) -> None:
    assert "terrascope-nano: small; look at the masks" in " ".join(told.toPlainText().split())


def test_how_the_model_ran_is_said(told: Conversation) -> None:
    assert "fp32 on cpu · 1.9 s · EPSG:32633" in told.toPlainText()


def test_a_chip_is_a_link_to_its_run_and_step(told: Conversation, qtbot: QtBot) -> None:
    second = tell(told)
    html = told.toHtml()
    assert 'href="mask:1.1"' in html
    assert f'href="mask:{second}.2"' in html
    with qtbot.waitSignal(told.links.clicked) as clicked:
        told.anchorClicked.emit(QUrl(f"mask:{second}.2"))
    assert clicked.args == [second, 2]


def test_only_our_own_links_do_anything(told: Conversation, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(told.links.clicked):
        for address in ("https://example.org/", "mask:x.y", "mask:1", "file:///etc/passwd"):
            told.anchorClicked.emit(QUrl(address))


def test_what_a_model_writes_is_text_and_never_markup(told: Conversation) -> None:
    told.begin("<b>bold?</b>", "<i>scene</i>")
    told.add_text('<a href="mask:1.1">click</a> <img src="http://127.0.0.1:9/x.png">', "reasoning")
    assert '<img src="http://127.0.0.1:9/x.png">' in told.toPlainText()
    assert "<b>bold?</b>" in told.toPlainText()


def test_streamed_pieces_keep_their_blanks(told: Conversation) -> None:
    told.begin("q", "s")
    for piece in (" The", " lake", " is", "\u00a0large", "."):
        told.add_text(piece, "reasoning")
    assert told.toPlainText().splitlines()[-1].replace("\u00a0", " ") == "The lake is large."


def test_words_after_a_note_begin_a_new_line_and_the_answer_comes_once(told: Conversation) -> None:
    told.clear()
    told.begin("q", "s")
    told.add_text("The lake", "reasoning")
    told.add_note("Careful.")
    told.add_text(" is large.", "reasoning")
    told.add_text("Large", "answer")
    told.add_note("The model did not finish.")
    told.add_answer("Large")
    lines = [line for line in told.toPlainText().splitlines() if line.strip()]
    assert lines[-5:] == ["The lake", "⚠ Careful.", "is large.", "Large", "⚠ The model did not finish."]


def test_someone_reading_above_is_left_there(told: Conversation) -> None:
    told.resize(300, 120)
    told.show()
    told.verticalScrollBar().setValue(0)
    tell(told)
    assert told.verticalScrollBar().value() == 0
    told.verticalScrollBar().setValue(told.verticalScrollBar().maximum())
    tell(told)
    assert told.verticalScrollBar().value() == told.verticalScrollBar().maximum()


def test_appending_does_not_lay_out_what_stands_above(told: Conversation, qtbot: QtBot) -> None:
    class Counting(ChartObject):
        """Is asked by Qt for the size of a chart each time that it is laid out."""

        asked = 0

        def intrinsicSize(self, *arguments: object) -> QSizeF:  # noqa: N802 - Qt names it
            self.asked += 1
            return super().intrinsicSize(*arguments)

    told.resize(348, 600)
    told.show()
    charts = Counting(told, told)
    told.frames.charts = charts
    told.document().documentLayout().registerHandler(OBJECT_TYPE, charts)
    counts = []
    for _ in range(100):
        charts.asked = 0
        tell(told)
        counts.append(charts.asked)
    assert min(counts) >= 1  # each has a chart
    assert max(counts[-10:]) <= max(counts[:10])  # the hundredth answer costs what the first did
    assert told.frames.switches(90)


def test_a_card_is_written_anew_where_it_stands(told: Conversation) -> None:
    tell(told)
    before = told.toPlainText()
    told.add_report(replace(REPORT, answer="There are 70 hectares."), 1)
    after = told.toPlainText()
    assert after.index("There are 70 hectares.") == before.index("There are 63.6 hectares")
    assert after.count("There are 63.6 hectares") == before.count("There are 63.6 hectares") - 1
    assert after.count("Measured on the ellipsoid") == 2


def test_another_theme_tells_all_of_it_again_in_its_colours(told: Conversation) -> None:
    told.begin("And now?", "the same scene")
    told.add_text("Nothing", "reasoning")
    words = told.toPlainText()
    palette = QPalette(told.palette())
    palette.setColor(QPalette.ColorRole.Base, QColor("#1e1e1e"))
    palette.setColor(QPalette.ColorRole.Text, QColor("#e8e8e8"))
    told.setPalette(palette)
    assert told.toPlainText() == words
    assert ink.warm(palette) in told.toHtml()
    assert ink.warm(QPalette()) not in told.toHtml()
    assert 'href="mask:1.1"' in told.toHtml()
    assert told.begin("q", "s") == 3


def test_numbers_of_runs_go_on_after_the_window_was_emptied(told: Conversation) -> None:
    told.clear()
    assert told.begin("q", "s") == 2
    tell(told)
    palette = QPalette(told.palette())
    palette.setColor(QPalette.ColorRole.Base, QColor("#1e1e1e"))
    told.setPalette(palette)
    assert 'href="mask:3.1"' in told.toHtml()
    assert 'href="mask:1.1"' not in told.toHtml()


@pytest.mark.parametrize("base", ["#ffffff", "#1e1e1e"])
def test_text_of_ours_is_readable_in_light_and_dark(base: str) -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor(base))
    palette.setColor(QPalette.ColorRole.Text, QColor("#000000" if base == "#ffffff" else "#e8e8e8"))
    for colour in (ink.dim(palette), ink.warm(palette), ink.good(palette)):
        assert contrast(QColor(colour), QColor(ink.tint(palette, 0.13))) >= 4.5


def test_every_chip_is_readable() -> None:
    classes = [
        "water",
        "trees",
        "cropland",
        "grassland",
        "built-up",
        "bare",
        "snow and ice",
        "wetland",
        "cloud",
        "thing",
    ]
    for red, green, blue in step_colours(classes * 3):
        back = QColor(red, green, blue)
        assert contrast(ink_on(back), back) >= 4.5, back.name()


def colour_of(phrase: str) -> QColor:
    return QColor(*step_colours([phrase])[0])


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of WCAG 2."""

    def luminance(colour: QColor) -> float:
        parts = [colour.redF(), colour.greenF(), colour.blueF()]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
