"""Questions that were asked before, with what they were asked about: JSON lines in the profile, the latest last.

Of a layer that is no file only a digest of its source is kept: a source may hold a user's name and password.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication, QDate, Qt

from .. import log
from .capture import Raster
from .request import Acquisition

MOST_ENTRIES = 200

translate = QCoreApplication.translate


@dataclass(frozen=True)
class KeptDate:
    """One date as `Acquisition` has it: paths, or digests of sources; and the day."""

    optical: str | None = None
    sar: str | None = None
    clouds: str | None = None
    day: str | None = None


@dataclass(frozen=True)
class Entry:
    """One question.

    Args:
        question: in words.
        asked: when, UTC, ISO 8601.
        scene: in words, for the list.
        model: that was asked, for the list.
        dates: what it was asked about.
        extent: kind of extent, as the list of extents has it.
        extent_wkt: of a drawn or selected one; None: there is none, or it is wherever the canvas looks.
        extent_rectangle: it is one.
        extent_crs: authority code or WKT.
        choices: fields of `Choices`.
        bands: role to band of the optical images, where the user chose.
        sar_bands: polarisation to band.
        model_id: of that model, as the settings have it; empty: not known.
        pixel_size_m: of captures, where the user chose.
    """

    question: str
    asked: str = ""
    scene: str = ""
    model: str = ""
    dates: tuple[KeptDate, ...] = ()
    extent: str = ""
    extent_wkt: str | None = None
    extent_rectangle: bool = False
    extent_crs: str = ""
    choices: dict[str, str | None] | None = None
    bands: dict[str, int] | None = None
    sar_bands: dict[str, int] | None = None
    model_id: str = ""
    pixel_size_m: float | None = None


def default_path() -> Path:
    """In the profile."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "terrascope" / "history.jsonl"


def now() -> str:
    """As `Entry.asked` has it."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def load(path: Path) -> list[Entry]:
    """All entries, the latest first; a line that cannot be read is left out."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):  # nothing was asked yet, or the file is no history
        return []
    entries = (_entry(line) for line in reversed(lines))
    return [entry for entry in entries if entry is not None]


def remember(path: Path, entry: Entry) -> None:
    """Add an entry; the same question about the same things is kept once, and only the latest are kept.

    A profile that cannot be written to is no reason not to ask: it is told in the log.
    """
    kept = [one for one in load(path) if _subject(one) != _subject(entry)][: MOST_ENTRIES - 1]
    lines = [json.dumps(asdict(one), ensure_ascii=False) for one in (*reversed(kept), entry)]
    draft = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text("\n".join(lines) + "\n", "utf-8")
        draft.replace(path)
    except OSError as failure:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        log.warning(translate("TerraScope", "The history cannot be kept: {why}").format(why=failure))


def clear(path: Path) -> None:
    """Forget all of it."""
    try:
        path.unlink(missing_ok=True)
    except OSError as failure:
        log.warning(translate("TerraScope", "The history cannot be deleted: {why}").format(why=failure))


def keep_dates(dates: Sequence[Acquisition]) -> tuple[KeptDate, ...]:
    """What is kept of dates."""
    return tuple(
        KeptDate(
            _kept(date.optical),
            _kept(date.sar),
            _kept(date.clouds),
            None if date.day is None else date.day.toString(Qt.DateFormat.ISODate),
        )
        for date in dates
    )


def put_back(kept: Sequence[KeptDate]) -> list[Acquisition] | None:
    """The dates again, layers of the project where they are there; None when one is gone."""
    dates = []
    for one in kept:
        rasters = [_found(text) for text in (one.optical, one.sar, one.clouds)]
        if any(text and raster is None for text, raster in zip((one.optical, one.sar, one.clouds), rasters)):
            return None
        day = QDate.fromString(one.day or "", Qt.DateFormat.ISODate)
        dates.append(Acquisition(*rasters, day if day.isValid() else None))
    return dates or None


def _kept(raster: Raster | None) -> str | None:
    if raster is None or isinstance(raster, str):
        return raster
    path = raster.source().split("|")[0]
    if raster.providerType() == "gdal" and Path(path).exists():
        return raster.source()
    return "sha256:" + hashlib.sha256(f"{raster.providerType()} {raster.source()}".encode()).hexdigest()


def _found(text: str | None) -> Raster | None:
    if not text:
        return None
    layers = (layer for layer in QgsProject.instance().mapLayers().values() if isinstance(layer, QgsRasterLayer))
    layer = next((layer for layer in layers if _kept(layer) == text), None)
    if layer is not None:
        return layer
    return text if not text.startswith("sha256:") and Path(text).exists() else None


def _subject(entry: Entry) -> tuple[Any, ...]:
    return entry.question, entry.dates, entry.extent, entry.extent_wkt


def _entry(line: str) -> Entry | None:
    try:
        data = json.loads(line)
        known = {one.name for one in fields(Entry)}
        kept = {name: value for name, value in data.items() if name in known}
        kept["dates"] = tuple(KeptDate(**date) for date in kept.get("dates", ()))
        entry = Entry(**kept)
    except (ValueError, TypeError, AttributeError):  # of another version, or not whole
        return None
    return entry if isinstance(entry.question, str) and entry.question else None
