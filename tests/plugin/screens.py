"""Looks that the dock is shown in: palettes, sizes of letters, a language of long words; and sheets of pictures."""

from __future__ import annotations

import ast
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QTranslator
from qgis.PyQt.QtGui import QColor, QFont, QImage, QPainter, QPalette
from qgis.PyQt.QtWidgets import QApplication

from i18n import texts

PLUGIN = Path(__file__).resolve().parents[2] / "terrascope_qgis"
LONG_WORDS, LONGER = "long words", 1.4
NAMES = "TerraScope|QGIS|PyTorch|Python"  # that no language translates
WIDTH = 360  # pixels of a dock at 100 %
POINTS = 10.0  # size of letters at 100 %
VOWELS = "aeiou"
COLOURS, COMMONEST = 256, 160  # of a picture
GAP = 12  # pixels between the pictures of a sheet

LIGHT = {
    "Window": "#efefef", "WindowText": "#000000", "Base": "#ffffff", "AlternateBase": "#f7f7f7", "Text": "#000000",
    "Button": "#efefef", "ButtonText": "#000000", "Link": "#0057ae", "Highlight": "#308cc6",
    "HighlightedText": "#ffffff", "ToolTipBase": "#ffffdc", "ToolTipText": "#000000",
}  # fmt: skip
DARK = {
    "Window": "#323232", "WindowText": "#e6e6e6", "Base": "#232323", "AlternateBase": "#2b2b2b", "Text": "#e6e6e6",
    "Button": "#3c3c3c", "ButtonText": "#e6e6e6", "Link": "#6ab0ff", "Highlight": "#2f65ad",
    "HighlightedText": "#ffffff", "ToolTipBase": "#3c3c3c", "ToolTipText": "#e6e6e6",
}  # fmt: skip
PALE = {"light": "#9a9a9a", "dark": "#7f7f7f"}


@dataclass(frozen=True)
class Look:
    """How the dock is shown.

    Args:
        name: for people.
        scale: of the letters; 2 is what QGIS does on a screen with 192 dots an inch.
        language: "" is English, LONG_WORDS is English of longer words, others are those of `i18n`.
        themes: it is shown in; it is made in the first, and switched to the others.
    """

    name: str
    scale: float
    language: str
    themes: tuple[str, ...]

    @property
    def width(self) -> int:
        """Pixels the dock has."""
        return round(WIDTH * self.scale)


@contextmanager
def looking(look: Look) -> Iterator[None]:
    """What is made now is made like this."""
    app = QApplication.instance()
    palette, before = app.palette(), app.font()
    font = QFont(before)
    font.setPointSizeF(look.scale * POINTS)
    translator = translator_to(look.language)
    QCoreApplication.installTranslator(translator)
    app.setFont(font)
    show_theme("light")
    try:
        yield
    finally:
        app.setPalette(palette)
        app.setFont(before)
        QCoreApplication.removeTranslator(translator)
        settle()


def show_theme(name: str) -> None:
    """Switch to the light or to the dark palette, as a system or QGIS does while it runs."""
    palette = QPalette()
    for role, colour in (DARK if name == "dark" else LIGHT).items():
        palette.setColor(getattr(QPalette.ColorRole, role), QColor(colour))
    for role in ("WindowText", "Text", "ButtonText"):
        palette.setColor(QPalette.ColorGroup.Disabled, getattr(QPalette.ColorRole, role), QColor(PALE[name]))
    QApplication.instance().setPalette(palette)
    settle()


def settle() -> None:
    """Let layouts, palettes and deletions come through."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


def translator_to(language: str) -> QTranslator:
    """What translates the plugin's texts into the language of a look; of English, nothing."""
    if language == LONG_WORDS:
        return LongWords()
    if language:
        return translator_with(texts.read(texts.FOLDER / f"terrascope_qgis_{language}.ts"))
    return QTranslator()


def translator_with(translations: dict[texts.Text, str]) -> QTranslator:
    """What Qt makes of translations that it reads from a file, as QGIS does."""
    translator = QTranslator()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "translations.qm"
        file.write_bytes(texts.compiled(translations))
        assert translator.load(str(file))
    return translator


class LongWords(QTranslator):
    """Translates all texts of the plugin into English of longer words: vowels are doubled until it is long enough."""

    def __init__(self) -> None:
        super().__init__()
        self._contexts = {"TerraScope", *_class_names()}

    def isEmpty(self) -> bool:  # noqa: N802 - as Qt calls it
        """Qt asks before it installs a translator."""
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, count: int = -1) -> str | None:  # noqa: ARG002
        """Called by Qt; None: it is not ours, and Qt has the text translated elsewhere."""
        return lengthened(source) if context in self._contexts else None


def lengthened(text: str) -> str:
    """A text of 1.4 times the letters; placeholders, tags, mnemonics and names stay as they are."""
    kept = re.compile(rf"(\{{[^}}]*\}}|<[^>]*>|&\w|{NAMES})")
    pieces = kept.split(text)
    count = sum(letter in VOWELS for piece in pieces[::2] for letter in piece)
    missing, share = round((LONGER - 1) * len(text)), 0.0
    for number in range(0, len(pieces), 2):
        made = ""
        for letter in pieces[number]:
            share += missing / count if letter in VOWELS else 0.0
            made += letter + letter * int(share)
            share -= int(share)
        pieces[number] = made
    return "".join(pieces)


def _class_names() -> Iterator[str]:
    """Names of the plugin's classes: those are the contexts of `tr`."""
    for path in PLUGIN.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                yield node.name


def sheet(pictures: Sequence[QImage]) -> QImage:
    """Pictures beside one another, in few enough colours for small files."""
    wide = sum(picture.width() for picture in pictures) + GAP * (len(pictures) + 1)
    whole = QImage(wide, max(picture.height() for picture in pictures) + 2 * GAP, QImage.Format.Format_RGB32)
    whole.fill(QColor("#808080"))
    painter, left = QPainter(whole), GAP
    for picture in pictures:
        painter.drawImage(left, GAP, picture)
        left += picture.width() + GAP
    painter.end()
    return with_few_colours(whole)


def with_few_colours(picture: QImage) -> QImage:
    """The same in its commonest colours, and in those that are least like them; the others become the nearest of these.

    Qt's own way takes colours without looking at the picture.
    """
    data = picture.convertToFormat(QImage.Format.Format_RGB32)
    bits = data.constBits()
    bits.setsize(data.sizeInBytes())
    pixels = np.frombuffer(bits, np.uint32).reshape(picture.height(), -1) | 0xFF000000
    kinds, place, counts = np.unique(pixels & 0xFFF8F8F8, return_inverse=True, return_counts=True)
    kinds, where = kinds[np.argsort(-counts)], np.argsort(np.argsort(-counts))
    parts = np.stack([kinds >> shift & 255 for shift in (0, 8, 16)], -1).astype(float)
    nearest, distance = np.zeros(len(kinds), np.uint8), np.full(len(kinds), np.inf)
    table: list[int] = []
    for number in range(min(COLOURS, len(kinds))):
        chosen = number if number < COMMONEST else int(distance.argmax())
        away = ((parts - parts[chosen]) ** 2).sum(-1)
        nearest[away < distance] = number
        distance = np.minimum(distance, away)
        table.append(int(kinds[chosen]))
    lines = np.zeros((picture.height(), (picture.width() + 3) // 4 * 4), np.uint8)  # Qt wants lines of whole words
    lines[:, : picture.width()] = nearest[where[place]].reshape(pixels.shape)
    made = QImage(lines.data, picture.width(), picture.height(), lines.shape[1], QImage.Format.Format_Indexed8)
    made.setColorTable(table)
    return made.copy()
