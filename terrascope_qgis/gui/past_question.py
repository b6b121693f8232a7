"""What the history keeps of the panel, and how it is put back into it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry
from qgis.PyQt.QtCore import QCoreApplication

from ..core.band_roles import BandMapping
from ..core.capture import Raster
from ..core.choices import Choices
from ..core.extents import Area
from ..core.history import Entry, keep_dates, now
from ..core.history import put_back as dates_again
from ..core.request import Acquisition, crs_text
from ..errors import AnalysisError
from ..settings import Settings
from .extent_choice import CANVAS, LAYER, ExtentChoice

if TYPE_CHECKING:
    from .ask_panel import AskPanel

translate = QCoreApplication.translate


def scene_key(dates: Sequence[Acquisition], extent: ExtentChoice) -> Hashable:
    """The same as long as the same ground is asked about; what the canvas looks at does not count."""
    try:
        area = extent.area() if extent.kind() not in (LAYER, CANVAS) else None
    except AnalysisError:
        area = None
    chosen = tuple(
        (_name(date.optical), _name(date.sar), _name(date.clouds), date.day and date.day.toJulianDay())
        for date in dates
    )
    return chosen, extent.kind(), "" if area is None else area.geometry.asWkt(3)


def entry_of(panel: AskPanel, settings: Settings) -> Entry:
    """All of a question."""
    dates, mapping = panel.dates.dates(), panel.bands.mapping()
    area = panel.area.area() if panel.area.kind() not in (LAYER, CANVAS) else None
    return Entry(
        question=panel.question.toPlainText().strip(),
        asked=now(),
        scene=panel.scene_name(),
        model=settings.model_title(),
        dates=keep_dates(dates),
        extent=panel.area.kind(),
        extent_wkt=None if area is None else area.geometry.asWkt(),
        extent_rectangle=area is not None and area.is_rectangle,
        extent_crs="" if area is None or not area.crs.isValid() else crs_text(area.crs),
        choices=asdict(panel.more.choices()),
        bands=mapping.optical or None,
        sar_bands=mapping.sar or None,
        model_id=settings.model,
        pixel_size_m=panel.capture.pixel_size_m(),
    )


def put_back(panel: AskPanel, entry: Entry) -> str:
    """Put a question back into the panel with what it was asked about; nothing is asked.

    Returns:
        A sentence on what could not be put back; empty where all of it was.
    """
    panel.question.set_text(entry.question)
    panel.question.setFocus()
    known = {field.name for field in fields(Choices)}
    panel.more.set_choices(Choices(**{name: value for name, value in (entry.choices or {}).items() if name in known}))
    if _put_model_back(entry):
        panel.model_put_back.emit()
    panel.capture.resolution.setValue(entry.pixel_size_m or 0.0)
    dates = dates_again(entry.dates)
    if dates is None:
        return translate(
            "TerraScope", "The scene that this was asked about ({scene}) is not there any more: choose another."
        ).format(scene=entry.scene)
    panel.dates.set_dates(dates)
    panel.bands.put_back(BandMapping(entry.bands or {}, entry.sar_bands or {}))
    if entry.extent_wkt is not None:
        crs = QgsCoordinateReferenceSystem()
        crs.createFromUserInput(entry.extent_crs)
        panel.area.keep(Area(QgsGeometry.fromWkt(entry.extent_wkt), crs, entry.extent_rectangle))
    else:
        panel.area.choose(CANVAS if entry.extent == CANVAS else LAYER)
    return ""


def _put_model_back(entry: Entry) -> bool:
    """Choose the model that was asked, unless it is chosen already or its folder is gone; whether it was."""
    settings, wanted = Settings.load(), entry.model_id
    if not wanted or wanted == settings.model or (Path(wanted).is_absolute() and not Path(wanted).is_dir()):
        return False
    settings.model = wanted
    settings.model_name = settings.model_name if Path(wanted).is_absolute() else entry.model
    settings.save()
    return True


def _name(raster: Raster | None) -> str:
    return "" if raster is None else raster if isinstance(raster, str) else raster.id()
