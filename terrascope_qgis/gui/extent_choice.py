"""Which part of the scene a question is about: chosen in a list, outlined on the map, its hectares stated below."""

from __future__ import annotations

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ..core.extents import Area, area_ha, asked_of, selected_in
from ..core.figures import area as area_in_words
from ..core.figures import in_hectares_too
from ..errors import AnalysisError, TerraScopeError
from ..settings import Settings
from .map_view import MapView
from .quiet_label import QuietLabel
from .raster_choice import may_shrink, tell_whole

LAYER, CANVAS, SELECTED, DRAWN, POLYGON, KEPT = "layer", "canvas", "selected", "drawn", "polygon", "kept"
CALM_MS = 150  # while the map is being moved, hectares are not worked out


class ExtentChoice(QWidget):
    """A list of extents, a button to draw again, and what is chosen in words.

    Args:
        map_view: the canvas.

    Attributes:
        combo: the list.
        told: the hectares, or why there are none.

    Signals:
        changed: the user has chosen another extent; that the canvas moved or that a selection changed is none.
        stated: the hectares were stated anew, for whatever reason.
    """

    changed = pyqtSignal()
    stated = pyqtSignal()

    def __init__(self, map_view: MapView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map = map_view
        self._scene: QgsRasterLayer | None = None
        self._kept: Area | None = None
        self.combo = QComboBox()
        for data, title in (
            (LAYER, self.tr("Whole layer")),
            (CANVAS, self.tr("Map view")),
            (SELECTED, self.tr("Selected polygons")),
            (DRAWN, self.tr("Drawn rectangle")),
            (POLYGON, self.tr("Drawn polygon")),
        ):
            self.combo.addItem(title, data)
        self.combo.setAccessibleName(self.tr("Extent"))
        may_shrink(self.combo)
        tell_whole(self.combo, self.tr("Selected polygons are those of the active polygon layer"))
        self.draw_button = QToolButton()
        self.draw_button.setText(self.tr("Draw"))
        self.draw_button.setVisible(False)
        self.draw_button.clicked.connect(self._draw)
        self.told = QuietLabel()
        line = QHBoxLayout()
        line.addWidget(self.combo, 1)
        line.addWidget(self.draw_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addLayout(line)
        layout.addWidget(self.told)
        self.setFocusProxy(self.combo)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self.tell)
        self.combo.activated.connect(self._chosen)  # by the user, also when the same entry is chosen again
        self.combo.currentIndexChanged.connect(self._shown_changed)
        map_view.drawing_ended.connect(self._drawn)
        map_view.moved.connect(lambda: self._calm.start() if self.kind() == CANVAS else None)
        map_view.selected.connect(lambda: self._calm.start() if self.kind() == SELECTED else None)

    def kind(self) -> str:
        """Which entry of the list is chosen."""
        return self.combo.currentData()

    def area(self) -> Area | None:
        """What is chosen; None: the whole layer.

        Raises:
            AnalysisError: nothing is selected or drawn, or too much.
        """
        kind = self.kind()
        if kind == CANVAS:
            return self._map.view()
        if kind == KEPT:
            return self._kept
        if kind == SELECTED:
            found = selected_in(self._map.active_layer())
            if found is None:
                raise AnalysisError(self.tr("No polygon is selected: choose a polygon layer and select some in it."))
            return found
        if kind in (DRAWN, POLYGON):
            if self._map.drawn is None or self._map.drawn.is_rectangle != (kind == DRAWN):
                raise AnalysisError(self.tr("Nothing is drawn yet: click Draw and draw on the map."))
            return self._map.drawn
        return None

    def title(self) -> str:
        """What is chosen, for the heading of an answer; empty for the whole layer."""
        return "" if self.kind() == LAYER else self.combo.currentText().lower()

    def set_scene(self, scene: QgsRasterLayer | None) -> None:
        """Say which scene the extent is of; None: it is no layer of the project."""
        self._scene = scene
        self._calm.start()

    def choose(self, kind: str) -> None:
        """Choose an entry of the list, as the user would."""
        self.combo.setCurrentIndex(self.combo.findData(kind))
        self.changed.emit()

    def keep(self, area: Area) -> None:
        """Choose the extent of an earlier question."""
        self._kept = area
        if self.combo.findData(KEPT) < 0:
            self.combo.addItem(self.tr("As asked before"), KEPT)
        self.choose(KEPT)
        self.tell()

    def tell(self) -> None:
        """Outline it on the map and state its hectares."""
        self._calm.stop()
        text, tip, fine = "", "", True
        try:
            area = self.area()
            self._map.show_area(area if self.kind() not in (LAYER, CANVAS) else None)
            asked = asked_of(area, self._layer(), QgsProject.instance().transformContext())
            if asked is not None:
                project = QgsProject.instance()
                ellipsoid = Settings.load().measured_on(project)
                asked_ha = area_ha(asked, project.transformContext(), ellipsoid)
                text, tip = area_in_words(asked_ha), in_hectares_too(asked_ha)
            elif area is not None:
                text, fine = self.tr("⚠ The scene does not reach there."), False
        except TerraScopeError as failure:
            text, fine = "⚠ " + failure.user_message, False
            self._map.show_area(None)
        self.told.tell(text, warns=not fine)
        self.told.setToolTip(tip)
        self.stated.emit()

    def _layer(self) -> QgsRasterLayer | None:
        """The scene, if it is still there and says where it is."""
        try:
            there = self._scene is not None and self._scene.isValid() and self._scene.crs().isValid()
        except RuntimeError:  # the layer was removed from the project
            there = False
        return self._scene if there else None

    def _chosen(self) -> None:
        """By the user, who may have to draw first."""
        try:
            self.area()
        except AnalysisError:
            self._draw()
        self._shown_changed()
        self.changed.emit()

    def _draw(self) -> None:
        if self.kind() == DRAWN:
            self._map.draw_rectangle()
        elif self.kind() == POLYGON:
            self._map.draw_polygon()

    def _drawn(self) -> None:
        """A drawing tool was used; without a drawing the whole layer is meant after all."""
        if self.kind() not in (DRAWN, POLYGON):
            return
        try:
            self.area()
        except AnalysisError:
            self.combo.setCurrentIndex(self.combo.findData(LAYER))
        self.tell()
        self.changed.emit()

    def _shown_changed(self) -> None:
        kind = self.kind()
        self.draw_button.setVisible(kind in (DRAWN, POLYGON))
        self.draw_button.setToolTip(
            self.tr("Draw the rectangle on the map")
            if kind == DRAWN
            else self.tr("Draw the polygon on the map: click its corners, double-click or right-click to end it")
        )
        self.tell()
