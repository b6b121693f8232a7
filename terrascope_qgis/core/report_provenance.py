"""What the figures of a printed report rest on, in a few lines: files, model, grid, times, versions."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication

from ..client.protocol import DateInfo, ImageInfo, Report
from ..numerals import day, moment, number, significant
from .answer_text import measured_how
from .confidence import caution
from .figures import ran_as
from .fit_text import fit

MOST_FILES = 8

translate = QCoreApplication.translate


def provenance_lines(report: Report, width_mm: float, size_pt: float) -> list[str]:
    """Lines that fit; what is too long ends with an ellipsis."""
    lines = [measured_how(report), caution(report.model), *_files(report)[:MOST_FILES], _model(report), _grid(report)]
    versions = ", ".join(f"{name} {version}" for name, version in report.versions.items())
    lines.append(
        translate("TerraScope", "Answered {time} with {versions}").format(
            time=moment(report.finished), versions=versions
        )
    )
    if report.edited:
        told = translate("TerraScope", "Masks corrected by hand, and their figures measured again, {time}")
        lines.append(told.format(time=moment(report.edited)))
    return [part for line in lines for part in fit(line, width_mm, 2, size_pt)]


def _files(report: Report) -> list[str]:
    def told(date: DateInfo, image: ImageInfo) -> str:
        when = day(date.date) if date.date else ""
        return " · ".join(filter(None, (Path(image.path).name, when, image.sensor, f"sha256 {image.sha256}")))

    return [told(date, image) for date in report.dates for image in (date.optical, date.sar) if image is not None]


def _model(report: Report) -> str:
    model = report.model
    parts = (model.name, model.revision, f"sha256 {model.sha256}", ran_as(model), model.quality)
    return " · ".join(part for part in parts if part)


def _grid(report: Report) -> str:
    scene = report.scene
    crs = scene.crs if len(scene.crs) < 40 else translate("TerraScope", "CRS as in the GeoPackage")
    x, y = scene.pixel_size_m
    pixel = translate("TerraScope", "{columns} × {rows} pixels of {x} × {y} m").format(
        columns=number(scene.width), rows=number(scene.height), x=significant(x), y=significant(y)
    )
    return " · ".join((crs, translate("TerraScope", "ellipsoid {name}").format(name=scene.ellipsoid), pixel))
