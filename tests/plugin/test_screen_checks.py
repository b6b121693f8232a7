"""The checks of what is shown report what is wrong, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.PyQt.QtCore import QRect
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from .screen_checks import problems
from .screens import lengthened, settle


def told_of(qtbot: QtBot, make: Callable[[QVBoxLayout], Any], width: int = 200) -> str:
    window = QWidget()
    qtbot.addWidget(window)
    make(QVBoxLayout(window))
    window.setFixedSize(width, 300)
    window.show()
    settle()
    return "\n".join(problems(window, width))


def test_what_is_in_order_is_not_reported(qtbot: QtBot) -> None:
    def make(layout: QVBoxLayout) -> None:
        label = QLabel("a text over several lines, which has all the room that it needs")
        label.setWordWrap(True)
        layout.addWidget(label)
        layout.addWidget(QPushButton("A button"))
        layout.addWidget(QCheckBox("A box"))

    assert told_of(qtbot, make) == ""


def narrow(widget: QWidget) -> Callable[[QVBoxLayout], None]:
    def make(layout: QVBoxLayout) -> None:
        widget.setFixedWidth(40)
        layout.addWidget(widget)

    return make


@pytest.mark.parametrize("kind", [QLabel, QPushButton, QCheckBox, QToolButton])
def test_a_cut_text_is_reported(qtbot: QtBot, kind: type) -> None:
    widget = kind()
    widget.setText("much longer than forty pixels")
    assert "px wide in" in told_of(qtbot, narrow(widget))


def test_a_line_too_low_for_its_text_is_reported(qtbot: QtBot) -> None:
    label = QLabel("several lines of text in the height of one of them")
    label.setWordWrap(True)
    label.setFixedSize(100, 14)
    assert "px high in 14" in told_of(qtbot, lambda layout: layout.addWidget(label))


def test_what_lies_on_another_or_outside_is_reported(qtbot: QtBot) -> None:
    def make(layout: QVBoxLayout) -> None:
        row = QHBoxLayout()
        layout.addLayout(row)
        one, other = QLabel("one"), QLabel("other")
        row.addWidget(one)
        row.addWidget(other)
        layout.activate()
        layout.parentWidget().show()
        layout.setEnabled(False)
        other.setGeometry(QRect(one.x() + 4, one.y(), 400, 20))

    told = told_of(qtbot, make)
    assert "overlap by" in told
    assert "lie outside" in told


def test_pale_text_is_reported(qtbot: QtBot) -> None:
    plain, rich = QLabel("pale"), QLabel('<span style="color:#cccccc">pale</span>')
    plain.setStyleSheet("color: #b0b0b0")
    for label in (plain, rich):
        assert "has a contrast of" in told_of(qtbot, lambda layout, label=label: layout.addWidget(label))


def test_a_window_that_needs_more_width_is_reported(qtbot: QtBot) -> None:
    assert "and has 200" in told_of(qtbot, lambda layout: layout.addWidget(QPushButton("wide " * 20)))


def test_long_words_keep_what_is_filled_in() -> None:
    assert lengthened("{count} &and dates of <b>water</b>, TerraScope").startswith("{count} &and d")
    assert lengthened("&Ask in QGIS") != "&Ask in QGIS"
    assert lengthened("&Ask in QGIS").startswith("&Ask ") and lengthened("&Ask in QGIS").endswith(" QGIS")
    text = "How well it finds them on other places, with {bands}"
    assert 1.3 * len(text) < len(lengthened(text)) < 1.5 * len(text)
