"""The one page of a report: map, legend, scale bar, north arrow, question, answer, reasoning, table, provenance."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qgis.core import (
    QgsLayerTree,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLegendStyle,
    QgsPrintLayout,
    QgsProject,
    QgsTextFormat,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QColor

from ..client.protocol import Report
from ..compat import FEET, METRES
from ..numerals import number
from ..settings import PLUGIN_ROOT
from .answer_text import sections
from .fit_text import fit, fit_column, font, height_mm
from .open_report import SEG_MARK
from .report_map import ReportMap, legend_layers
from .report_provenance import provenance_lines
from .units import is_us

PAGE_WIDTH, PAGE_HEIGHT, EDGE, GAP = 210.0, 297.0, 14.0, 3.0  # mm, A4 upright
WIDTH = PAGE_WIDTH - 2 * EDGE
LEGEND_WIDTH = 52.0
LEAST_MAP, MOST_MAP = 72.0, 128.0  # mm high
WHAT_WIDTH = 74.0  # of the table's first column
MOST_LEGEND = 12
_NORTH = PLUGIN_ROOT / "resources" / "icons" / "north.svg"
_DARK, _DIM = "#111111", "#555555"

translate = QCoreApplication.translate


@dataclass(frozen=True)
class _Block:
    """Lines of one look, with the space above them."""

    lines: Sequence[str]
    size_pt: float
    bold: bool = False
    colour: str = _DARK
    above: float = 0.0

    @property
    def height(self) -> float:
        return self.above + height_mm(len(self.lines), self.size_pt)


class ReportPage:
    """Composes the page; keep it for as long as its layout is used.

    Args:
        report: of the run.
        shown: what the map shows.
    """

    def __init__(self, report: Report, shown: ReportMap) -> None:
        self._shown = shown
        self._head = _head(report)
        self._rows = _rows(report)
        self._foot = _Block(provenance_lines(report, WIDTH, 6.5), 6.5, colour=_DIM, above=GAP)
        texts = sum(block.height for block in (*self._head, self._foot))
        table = sum(block.height for block, _ in self._rows)
        left = PAGE_HEIGHT - 2 * EDGE - texts - table - 2 * GAP
        if left < LEAST_MAP:  # what cannot be told on the page is told in the GeoPackage
            left = self._shorten(left)
        self.map_width, self.map_height = WIDTH - LEGEND_WIDTH - GAP, min(left, MOST_MAP)

    def _shorten(self, left: float) -> float:
        """Leave out the last rows, and say how many; returns how high the map can be then."""
        count = 0
        while self._rows and left < LEAST_MAP + height_mm(1, 8):
            left += self._rows.pop()[0].height
            count += 1
        more = translate("TerraScope", "… and {count} more, in the GeoPackage").format(count=number(count))
        self._rows.append((_Block([more], 8, colour=_DIM), _Block([""], 8)))
        return left - height_mm(1, 8)

    def composing(self, picture: Path) -> Generator[None, None, QgsPrintLayout]:
        """Lay the page out, a part at each step; returns the layout.

        Args:
            picture: the map, drawn at `map_width` and `map_height`.
        """
        # A project of its own: what is loaded in QGIS is none of the map's business.
        self._project = QgsProject()
        self._project.setCrs(self._shown.crs, True)
        layout = self._layout = QgsPrintLayout(self._project)
        layout.initializeDefaults()
        layout.pageCollection().page(0).setPageSize(QgsLayoutSize(PAGE_WIDTH, PAGE_HEIGHT))
        y = EDGE
        for block in self._head:
            y = self._write(block, EDGE, y, WIDTH)
            yield
        y += GAP
        yield from self._adding_map(picture, y)
        y += self.map_height + GAP
        for what, figures in self._rows:
            self._write(what, EDGE, y, WIDTH if not any(figures.lines) else WHAT_WIDTH)
            y = self._write(figures, EDGE + WHAT_WIDTH, y, WIDTH - WHAT_WIDTH)
        yield
        self._write(self._foot, EDGE, PAGE_HEIGHT - EDGE - self._foot.height, WIDTH)
        return layout

    def _write(self, block: _Block, x: float, y: float, width: float) -> float:
        """Put a block on the page; returns where the next one goes."""
        if any(block.lines):
            label = QgsLayoutItemLabel(self._layout)
            label.setText("\n".join(block.lines))
            _look(label, block)
            label.setMarginX(0)
            label.setMarginY(0)
            self._place(label, x, y + block.above, width, block.height - block.above)
        return y + block.height

    def _adding_map(self, picture: Path, y: float) -> Generator[None, None, None]:
        drawn = QgsLayoutItemPicture(self._layout)
        drawn.setPicturePath(str(picture))
        drawn.setResizeMode(QgsLayoutItemPicture.ResizeMode.Stretch)
        self._place(drawn, EDGE, y, self.map_width, self.map_height)
        yield
        frame = QgsLayoutItemMap(self._layout)  # empty: it tells the scale and where north is, and draws the frame
        self._place(frame, EDGE, y, self.map_width, self.map_height)
        frame.setCrs(self._shown.crs)
        drawn_at = self._shown.settings(self.map_width, self.map_height, self._project)
        frame.setExtent(drawn_at.visibleExtent())
        frame.attemptResize(QgsLayoutSize(self.map_width, self.map_height))
        frame.setBackgroundEnabled(False)
        frame.setFrameEnabled(True)
        yield
        x = EDGE + self.map_width + GAP
        north = QgsLayoutItemPicture(self._layout)
        north.setPicturePath(str(_NORTH))
        self._place(north, x, y, 9, 13)
        north.setNorthMode(QgsLayoutItemPicture.NorthMode.TrueNorth)
        north.setLinkedMap(frame)
        bar = QgsLayoutItemScaleBar(self._layout)
        self._layout.addLayoutItem(bar)
        bar.setStyle("Single Box")
        bar.setLinkedMap(frame)
        bar.applyDefaultSize(FEET if is_us() else METRES)
        bar.setTextFormat(QgsTextFormat.fromQFont(font(7)))
        bar.setHeight(1.6)
        bar.attemptMove(QgsLayoutPoint(x + 12, y + 2))
        yield
        self._add_legend(x, y + 17)

    def _add_legend(self, x: float, y: float) -> None:
        named = legend_layers(self._shown, MOST_LEGEND)
        self._tree = QgsLayerTree()
        for layer, title in zip(named, fit_column([layer.name() for layer in named], LEGEND_WIDTH - 10, 7)):
            self._tree.addLayer(layer).setCustomProperty("legend/title-label", title)
        legend = QgsLayoutItemLegend(self._layout)
        legend.setAutoUpdateModel(False)
        legend.model().setRootGroup(self._tree)
        for style in (QgsLegendStyle.Style.Subgroup, QgsLegendStyle.Style.SymbolLabel):
            if hasattr(QgsLegendStyle, "setTextFormat"):  # QGIS 3.30
                legend.rstyle(style).setTextFormat(QgsTextFormat.fromQFont(font(7)))
            else:
                legend.setStyleFont(style, font(7))
        legend.setSymbolWidth(5)
        legend.setSymbolHeight(3)
        legend.setBoxSpace(0)
        self._layout.addLayoutItem(legend)
        legend.attemptMove(QgsLayoutPoint(x, y))

    def _place(self, item: QgsLayoutItem, x: float, y: float, width: float, height: float) -> None:
        self._layout.addLayoutItem(item)
        item.attemptResize(QgsLayoutSize(width, height))  # first: a map without a size loses its extent when moved
        item.attemptMove(QgsLayoutPoint(x, y))


def _head(report: Report) -> list[_Block]:
    """Question, answer and reasoning."""
    answer = report.answer or translate("TerraScope", "The model gave no answer.")
    blocks = [
        _Block(fit(report.question, WIDTH, 3, 13, bold=True), 13, bold=True),
        _Block(fit(answer, WIDTH, 5, 10.5), 10.5, above=1.5),
    ]
    reasoning = _with_numbers(report)
    if reasoning.strip():
        blocks.append(_Block(fit(reasoning, WIDTH, 8, 8), 8, colour=_DIM, above=1.5))
    return blocks


def _with_numbers(report: Report) -> str:
    """The reasoning, with the numbers that the legend and the table name the regions by."""
    first, *rest = report.reasoning.split(SEG_MARK)
    return first + "".join(f"[{index}]{words}" for index, words in enumerate(rest, start=1))


def _rows(report: Report) -> list[tuple[_Block, _Block]]:
    """The table: what something is, and its figures; headings have none."""
    rows = []
    for section in sections(report):
        rows.append((_Block([section.heading], 8, bold=True, above=1.2), _Block([""], 8, above=1.2)))
        rows += [_row(what, figures) for what, figures in section.rows]
    return rows


def _row(what: str, figures: str) -> tuple[_Block, _Block]:
    """Two cells of the same height; a sign alone stands before its words."""
    if len(what) == 1:
        cells = fit(f"{what} {figures}", WIDTH, 2, 8), [""]
    else:
        cells = fit(what, WHAT_WIDTH - 2, 2, 8), fit(figures, WIDTH - WHAT_WIDTH, 2, 8)
    high = max(map(len, cells))
    first, second = ([*cell, *[""] * (high - len(cell))] for cell in cells)
    return _Block(first, 8), _Block(second, 8)


def _look(label: QgsLayoutItemLabel, block: _Block) -> None:
    made = font(block.size_pt, block.bold)
    if hasattr(label, "setTextFormat"):  # QGIS 3.24
        text = QgsTextFormat.fromQFont(made)
        text.setColor(QColor(block.colour))
        label.setTextFormat(text)
    else:
        label.setFont(made)
        label.setFontColor(QColor(block.colour))
