"""One date of a place in the dock: its scene and its day, and what comes with it when it is wanted."""

from __future__ import annotations

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QDate, QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QLabel, QToolButton, QWidget

from ..core.capture import Raster
from ..core.dates import day_of
from ..core.radar import is_radar
from ..core.request import Acquisition
from .day_edit import DayEdit
from .raster_choice import RasterChoice

INDENT = 8  # pixels


class DateRow(QObject):
    """The widgets of one date; whoever makes it lays them out.

    Args:
        parent: of the widgets.
        optional: no scene may be chosen yet.

    Attributes:
        scene: the optical image, or the radar image where `radar` is ticked.
        radar: an action: the scene is a radar image.
        sar: radar image beside the scene; None until it is wanted.
        clouds: layer that tells clouds; None until it is wanted.
        day: of the scene; may be empty.

    Signals:
        changed: something else is chosen.
        shape_changed: there are more widgets, or fewer.
        removed: the user wants the date no more.
    """

    changed = pyqtSignal()
    shape_changed = pyqtSignal()
    removed = pyqtSignal()

    def __init__(self, parent: QWidget, optional: bool) -> None:
        super().__init__(parent)
        self._widget = parent
        self._own_day = False  # the user has set it
        self.label, self.sar_label, self.clouds_label = (QLabel(parent) for _ in range(3))
        self.scene = RasterChoice(self.tr("Scene"), optional, parent)
        self.sar: RasterChoice | None = None
        self.clouds: RasterChoice | None = None
        self.scene.menu.addSeparator()
        self.radar = self.scene.menu.addAction(self.tr("This is a radar image (SAR)"))
        self.radar.setCheckable(True)
        self.radar.toggled.connect(self._radar_chosen)
        self._add_sar = self.scene.menu.addAction(self.tr("Add SAR…"))
        self._add_sar.triggered.connect(lambda: self.add_sar())
        self._add_clouds = self.scene.menu.addAction(self.tr("Add a cloud layer…"))
        self._add_clouds.triggered.connect(lambda: self.add_clouds())
        self.day = DayEdit(parent)
        self.day.chosen.connect(self._day_chosen)
        self.remove_button, self._remove_sar, self._remove_clouds = (self._remover() for _ in range(3))
        self.remove_button.clicked.connect(self.removed)
        self._remove_sar.clicked.connect(self._drop_sar)
        self._remove_clouds.clicked.connect(self._drop_clouds)
        self.scene.changed.connect(self._scene_chosen)
        self._scene_chosen()

    def date(self) -> Acquisition:
        """What is chosen."""
        scene, sar = self.scene.raster(), self.sar.raster() if self.sar is not None else None
        if self.radar.isChecked():
            scene, sar = None, scene
        return Acquisition(scene, sar, self.clouds.raster() if self.clouds is not None else None, self.day.day())

    def set_date(self, date: Acquisition) -> None:
        """Choose all of it, and nothing of what was chosen before; the day is looked for where it is not given."""
        self._own_day = False
        for choice, drop in ((self.sar, self._drop_sar), (self.clouds, self._drop_clouds)):
            if choice is not None:
                drop()
        self.scene.set_raster(date.first)
        self._scene_chosen()  # also when it is the one that was chosen already
        if date.optical is None and date.sar is not None:
            self.radar.setChecked(True)
        if date.optical is not None and date.sar is not None:
            self.add_sar(date.sar)
        if date.clouds is not None:
            self.add_clouds(date.clouds)
        if date.day is not None:
            self.set_day(date.day)

    def set_day(self, day: QDate) -> None:
        """As the user would; another scene does not change it then."""
        self.day.set_day(day)
        self._own_day = True
        self.changed.emit()

    def may_have_sar(self) -> bool:
        """Whether a radar image can be added beside the scene."""
        return self.sar is None and not self.radar.isChecked()

    def add_sar(self, raster: Raster | None = None) -> None:
        """Reveal the radar image beside the scene; a radar layer of the project is offered."""
        if self.sar is None:
            self.sar = RasterChoice(self.tr("SAR"), True, self._widget)
            self.sar.set_raster(raster or self._free_radar())
            self.sar.changed.connect(self.changed)
            self._reshape()
        self.sar.setFocus()

    def add_clouds(self, raster: Raster | None = None) -> None:
        """Reveal the layer that tells clouds."""
        if self.clouds is None:
            self.clouds = RasterChoice(self.tr("Cloud layer"), True, self._widget)
            self.clouds.set_raster(raster)
            self.clouds.changed.connect(self.changed)
            self._reshape()
        self.clouds.setFocus()

    def rows(self, title: str, several: bool) -> list[tuple[QWidget, ...]]:
        """What stands side by side, row by row: label, raster, and a button that removes it.

        Args:
            title: of the scene.
            several: there are other dates; the day stands in place of the label then, and the date can be removed.
        """
        self.label.setText(title)
        self.label.setBuddy(self.scene)
        self.scene.set_name(title)
        self.day.setAccessibleName(self.tr("Day of {scene}").format(scene=title))
        self.remove_button.setAccessibleName(self.tr("Remove {scene}").format(scene=title))
        self.remove_button.setToolTip(self.remove_button.accessibleName())
        beside: list[tuple[QWidget, ...]] = []
        pairs = (
            (self.sar, self.sar_label, self.tr("SAR"), self._remove_sar),
            (self.clouds, self.clouds_label, self.tr("Clouds"), self._remove_clouds),
        )
        for choice, label, text, remover in pairs:
            if choice is not None:
                label.setText(text)
                label.setBuddy(choice)
                label.setIndent(INDENT if several else 0)
                remover.setAccessibleName(self.tr("Remove {scene}").format(scene=text))
                remover.setToolTip(remover.accessibleName())
                beside.append((label, choice, remover))
        first = (self.day, self.scene, self.remove_button) if several else (self.label, self.scene)
        return [first, *beside]

    def focus_order(self, several: bool) -> list[QWidget]:
        """What the Tab key visits, in the order in which it stands there."""
        visited = [*([self.day] if several else []), *self.scene.focus_order()]
        visited += [self.remove_button] if several else []
        for choice, remover in ((self.sar, self._remove_sar), (self.clouds, self._remove_clouds)):
            visited += [*choice.focus_order(), remover] if choice is not None else []
        return visited

    def widgets(self) -> list[QWidget]:
        """All there are, seen or not."""
        there = [self.label, self.scene, self.day, self.remove_button]
        there += [self.sar_label, self._remove_sar, self.clouds_label, self._remove_clouds]
        return there + [choice for choice in (self.sar, self.clouds) if choice is not None]

    def _scene_chosen(self) -> None:
        raster = self.scene.raster()
        self.radar.blockSignals(True)
        self.radar.setChecked(raster is not None and is_radar(raster))
        self.radar.blockSignals(False)
        if not self._own_day:
            self.day.set_day(day_of(raster) if raster is not None else None)
        self._radar_chosen()

    def _radar_chosen(self) -> None:
        if self.radar.isChecked() and self.sar is not None:
            self._drop_sar()
        self._reshape()

    def _drop_sar(self) -> None:
        self.sar.deleteLater()
        self.sar = None
        self._reshape()

    def _drop_clouds(self) -> None:
        self.clouds.deleteLater()
        self.clouds = None
        self._reshape()

    def _reshape(self) -> None:
        self._add_sar.setEnabled(self.may_have_sar())
        self._add_clouds.setEnabled(self.clouds is None)
        self.shape_changed.emit()

    def _day_chosen(self) -> None:
        self._own_day = self.day.day() is not None
        self.changed.emit()

    def _free_radar(self) -> QgsRasterLayer | None:
        """The first radar layer of the project, for a start."""
        layers = (layer for layer in QgsProject.instance().mapLayers().values() if isinstance(layer, QgsRasterLayer))
        return next((layer for layer in layers if is_radar(layer) and layer is not self.scene.raster()), None)

    def _remover(self) -> QToolButton:
        button = QToolButton(self._widget)
        button.setText("×")
        button.setFixedWidth(button.fontMetrics().horizontalAdvance("×") + 12)
        button.setAutoRaise(True)
        return button
