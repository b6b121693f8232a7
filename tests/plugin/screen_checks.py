"""What is wrong with a window as it is shown: cut texts, overlaps, what lies outside, and text that is hard to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from qgis.PyQt.QtCore import QRect, QSize, Qt
from qgis.PyQt.QtGui import (
    QColor,
    QImage,
    QPainter,
    QPalette,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
)
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QGroupBox,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QRadioButton,
    QStyle,
    QStyleOptionComboBox,
    QTextBrowser,
    QTextEdit,
    QToolButton,
    QTreeWidget,
    QWidget,
)

LEAST_CONTRAST = 4.5  # WCAG 2.1, success criterion 1.4.3
SHARPER = 3  # letters are painted so many times larger to find their colour, which thin strokes do not reach
FRAME = 4  # pixels of a button's rim, which is no text
TOLERANCE = 1  # pixel


def problems(window: QWidget, widest: int | None = None) -> list[str]:
    """Everything that is wrong, one line each.

    Args:
        window: as it is shown now.
        widest: pixels that it must do with; None: it is as wide as it likes.
    """
    found = []
    if widest is not None and window.minimumSizeHint().width() > widest:
        found.append(f"{_name(window)} needs {window.minimumSizeHint().width()} px, and has {widest}")
    picture = _Picture(window)
    for widget in (window, *window.findChildren(QWidget)):
        if not widget.isVisibleTo(window) or (widget.isWindow() and widget is not window):
            continue
        for check in (_cut, _outside, _overlapping, _scrolled_sideways):
            found += [f"{_name(widget)}: {told}" for told in check(widget)]
        found += [f"{_name(widget)}: {told}" for told in _hard_to_read(widget, picture)]
    return found


# Cut


def _cut(widget: QWidget) -> Iterator[str]:
    """A text that needs more room than there is, and that no tooltip tells in full."""
    needed = _needed(widget)
    if needed is None:
        return
    room = widget.contentsRect().size()
    if isinstance(widget, QComboBox):
        room = _text_rect(widget).size()
    elided = _plain(_text_of(widget)) in widget.toolTip()
    if needed.width() > room.width() + TOLERANCE and not elided:
        yield f"“{_text_of(widget)}” is {needed.width()} px wide in {room.width()}"
    if needed.height() > room.height() + TOLERANCE:
        yield f"“{_text_of(widget)}” is {needed.height()} px high in {room.height()}"


def _needed(widget: QWidget) -> QSize | None:
    """The room that a widget's text takes; None where it has none, or is made to scroll."""
    text = _text_of(widget)
    if not text:
        return None
    metrics = widget.fontMetrics()
    if isinstance(widget, QLabel):
        return _label_needs(widget)
    if isinstance(widget, (QCheckBox, QRadioButton)):
        return widget.sizeHint()
    size = metrics.size(Qt.TextFlag.TextShowMnemonic, text)
    if isinstance(widget, QToolButton) and not widget.icon().isNull():
        beside = widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        size.setWidth(size.width() + (widget.iconSize().width() + 4 if beside else 0))
    if isinstance(widget, QAbstractButton):
        size.setWidth(size.width() + FRAME)
    if isinstance(widget, QComboBox):
        size.setHeight(0)
    return size


def _label_needs(label: QLabel) -> QSize:
    room = label.contentsRect()
    if _is_rich(label):
        page = QTextDocument()
        page.setDefaultFont(label.font())
        page.setDocumentMargin(0)
        page.setHtml(label.text())
        page.setTextWidth(room.width() if label.wordWrap() else -1)
        return QSize(round(page.idealWidth()), round(page.size().height()))
    flags = int(Qt.TextFlag.TextShowMnemonic) | (int(Qt.TextFlag.TextWordWrap) if label.wordWrap() else 0)
    return label.fontMetrics().boundingRect(QRect(0, 0, room.width(), 100_000), flags, label.text()).size()


def _is_rich(label: QLabel) -> bool:
    if label.textFormat() == Qt.TextFormat.AutoText:
        return Qt.mightBeRichText(label.text())
    return label.textFormat() == Qt.TextFormat.RichText


def _text_of(widget: QWidget) -> str:
    """What is written on a widget."""
    if isinstance(widget, QLabel):
        return "" if widget.pixmap() is not None and not widget.pixmap().isNull() else widget.text()
    if isinstance(widget, QToolButton) and widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
        return "" if not widget.icon().isNull() else widget.text()
    if isinstance(widget, QAbstractButton):
        return widget.text()
    if isinstance(widget, QGroupBox):
        return widget.title()
    if isinstance(widget, QComboBox):
        return "" if widget.isEditable() else widget.currentText()
    if isinstance(widget, QProgressBar):
        return widget.text() if widget.isTextVisible() else ""
    if isinstance(widget, QLineEdit) and widget.minimumWidth() == widget.maximumWidth():  # others are made to scroll
        return widget.text() or widget.placeholderText()
    return ""


def _plain(text: str) -> str:
    return re.sub(r"&(.)", r"\1", text)


# In its place


def _outside(widget: QWidget) -> Iterator[str]:
    """It goes beyond its parent, where nobody sees it."""
    parent = widget.parentWidget()
    if parent is None or widget.isWindow():
        return
    scrolls = isinstance(parent.parentWidget(), QAbstractScrollArea)
    beyond = widget.geometry().right() - parent.rect().right()
    below = 0 if scrolls else widget.geometry().bottom() - parent.rect().bottom()
    if beyond > TOLERANCE or below > TOLERANCE:
        yield f"{max(beyond, below)} px of it lie outside {_name(parent)}"


def _overlapping(widget: QWidget) -> Iterator[str]:
    """Two of what its layout holds lie on one another."""
    if widget.layout() is None:
        return
    shown = [one for one in _laid_out(widget.layout()) if one.isVisibleTo(widget)]
    for number, one in enumerate(shown):
        for other in shown[number + 1 :]:
            both = one.geometry().intersected(other.geometry())
            if both.width() > TOLERANCE and both.height() > TOLERANCE:
                yield f"{_name(one)} and {_name(other)} overlap by {both.width()} x {both.height()} px"


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if item.widget() is not None:
            yield item.widget()
        elif item.layout() is not None:
            yield from _laid_out(item.layout())


def _scrolled_sideways(widget: QWidget) -> Iterator[str]:
    """A part of it is only seen by scrolling sideways; logs are meant to be."""
    log = isinstance(widget, QPlainTextEdit) and widget.lineWrapMode() == QPlainTextEdit.LineWrapMode.NoWrap
    if isinstance(widget, QAbstractScrollArea) and not log and widget.horizontalScrollBar().maximum() > 0:
        yield f"scrolls sideways by {widget.horizontalScrollBar().maximum()} px"
    if isinstance(widget, QTreeWidget):
        for column in range(widget.columnCount()):
            room = widget.columnWidth(column) + TOLERANCE
            lines = [widget.topLevelItem(row) for row in range(widget.topLevelItemCount())]
            told = all(line.text(column) in line.toolTip(column) for line in lines)
            if widget.header().sectionSizeHint(column) > room or (widget.sizeHintForColumn(column) > room and not told):
                yield f"column {column} is too narrow with {room} px"


# Readable


class _Picture:
    """A window painted large."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        image = QImage(window.size() * SHARPER, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(SHARPER)
        painter = QPainter(image)
        window.render(painter)
        painter.end()
        data = image.constBits()
        data.setsize(image.sizeInBytes())
        self._pixels = np.frombuffer(data, np.uint32).reshape(image.height(), image.width()).copy()

    def contrast(self, widget: QWidget, rect: QRect) -> float | None:
        """Between the commonest colour of a part of a widget and the one that stands out most; None: out of view."""
        corner = widget.mapTo(self._window, rect.topLeft())
        seen = QRect(corner, rect.size()).intersected(self._window.rect())
        left, top = SHARPER * seen.left(), SHARPER * seen.top()
        part = self._pixels[top : top + SHARPER * seen.height(), left : left + SHARPER * seen.width()]
        if part.size == 0:
            return None
        colours, counts = np.unique(part, return_counts=True)
        back = QColor(int(colours[counts.argmax()]))
        return max((contrast(QColor(int(colour)), back) for colour in colours[counts >= 2 * SHARPER]), default=1.0)


def contrast(one: QColor, other: QColor) -> float:
    """The ratio of WCAG 2.1: 1 for the same colour, 21 for black on white."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _hard_to_read(widget: QWidget, picture: _Picture) -> Iterator[str]:
    """Text and what is behind it are too much alike; what cannot be used now may be pale."""
    palette = widget.palette()
    if isinstance(widget, (QTextBrowser, QTextEdit)):
        yield from _pale_words(widget.document(), palette, palette.color(QPalette.ColorRole.Base))
    elif isinstance(widget, QLabel) and _is_rich(widget) and _text_of(widget):
        page = QTextDocument()
        page.setHtml(widget.text())
        yield from _pale_words(page, palette, palette.color(QPalette.ColorRole.Window))
    elif isinstance(widget, (QLabel, QAbstractButton, QComboBox, QLineEdit, QGroupBox)) and widget.isEnabled():
        text = widget.text() if isinstance(widget, QLineEdit) else _text_of(widget)
        seen = widget.visibleRegion().boundingRect().contains(_text_rect(widget))  # not scrolled out of view
        ratio = picture.contrast(widget, _text_rect(widget)) if seen and text.strip() else None
        if ratio is not None and ratio < LEAST_CONTRAST:
            yield f"“{text}” has a contrast of {ratio:.1f}"


def _text_rect(widget: QWidget) -> QRect:
    style = widget.style()
    if isinstance(widget, QComboBox):
        option = QStyleOptionComboBox()
        option.initFrom(widget)
        option.editable, option.frame = widget.isEditable(), widget.hasFrame()
        part = QStyle.SubControl.SC_ComboBoxEditField
        return style.subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, widget)
    if isinstance(widget, (QCheckBox, QRadioButton)):
        return widget.rect().adjusted(style.pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth) + FRAME, 0, 0, 0)
    if isinstance(widget, QGroupBox):
        return QRect(0, 0, widget.width(), widget.fontMetrics().height())
    if isinstance(widget, QToolButton) and not widget.icon().isNull():
        return widget.rect().adjusted(widget.iconSize().width() + 2 * FRAME, FRAME, -FRAME, -FRAME)
    rim = 0 if isinstance(widget, QLabel) else FRAME
    return widget.contentsRect().adjusted(rim, rim, -rim, -rim)


def _pale_words(page: QTextDocument, palette: QPalette, paper: QColor) -> Iterator[str]:
    for block, piece in _pieces(page):
        words, shape = piece.text().replace("\ufffc", "").strip(), piece.charFormat()
        ink = palette.color(QPalette.ColorRole.Text)
        if shape.foreground().style() != Qt.BrushStyle.NoBrush:
            ink = shape.foreground().color()
        ratio = contrast(ink, _behind(block, shape, paper))
        if words and ratio < LEAST_CONTRAST:
            yield f"“{words}” has a contrast of {ratio:.1f}"


def _pieces(page: QTextDocument) -> Iterator[tuple[QTextBlock, QTextFragment]]:
    block = page.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            yield block, pieces.fragment()
            pieces += 1
        block = block.next()


def _behind(block: QTextBlock, shape: QTextFormat, paper: QColor) -> QColor:
    """The nearest background: of the words, their paragraph, their cell, or the frames around."""
    cursor = QTextCursor(block)
    shapes, table, frame = [shape, block.blockFormat()], cursor.currentTable(), cursor.currentFrame()
    if table is not None:
        shapes.append(table.cellAt(cursor).format())
    while frame is not None:
        shapes.append(frame.frameFormat())
        frame = frame.parentFrame()
    painted = (one.background() for one in shapes)
    return next((one.color() for one in painted if one.style() != Qt.BrushStyle.NoBrush), paper)


def _name(widget: QWidget) -> str:
    told = widget.objectName() or widget.accessibleName() or _text_of(widget)
    return type(widget).__name__ + (f" ({told[:40]})" if told else "")
