"""Writing a planned capture in the background: whole or not at all, and removed when the dock goes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from osgeo import gdal
from qgis.core import (
    QgsCoordinateTransformContext,
    QgsProject,
    QgsRasterBlockFeedback,
    QgsRasterFileWriter,
    QgsRasterLayer,
    QgsRasterPipe,
    QgsRasterProjector,
)
from qgis.PyQt.QtCore import QCoreApplication, QThread

from .. import log
from ..errors import CancelledError, LayerError
from ..settings import Settings
from .capture import Raster, local_path
from .captures import Plan, is_captured, plan
from .elsewhere import is_sent_whole
from .extents import Area

FOLDER = "captured"
OLD_S = 86_400  # a file of a QGIS that ended without cleaning up
ALPHA_BAND = 4
_COLOURS = {
    "red": gdal.GCI_RedBand,
    "green": gdal.GCI_GreenBand,
    "blue": gdal.GCI_BlueBand,
    "alpha": gdal.GCI_AlphaBand,
}

translate = QCoreApplication.translate


class Capturing:
    """One capture that is to be written; made on the main thread, written in another.

    Args:
        plan: of the layer.
        layer: its provider is cloned.
        transforms: of the project.
    """

    def __init__(self, plan: Plan, layer: QgsRasterLayer, transforms: QgsCoordinateTransformContext) -> None:
        self.plan = plan
        self._transforms = transforms
        self._feedback = QgsRasterBlockFeedback()
        self._pipe = QgsRasterPipe()
        self._pipe.set(layer.dataProvider().clone())
        if layer.crs() != plan.crs:
            projector = QgsRasterProjector()
            projector.setCrs(layer.crs(), plan.crs, transforms)
            self._pipe.insert(1, projector)
        if hasattr(self._pipe, "moveToThread"):  # from QGIS 3.34 on it belongs to a thread
            self._pipe.moveToThread(None)

    def cancel(self) -> None:
        """Stop writing; may be called from any thread."""
        self._feedback.cancel()

    def write(self, tell: Callable[[float], None]) -> None:
        """Write the file, unless it is there already.

        Args:
            tell: called with the share that is done.

        Raises:
            CancelledError: `cancel` was called; nothing is left.
            LayerError: the layer gave nothing, or the file cannot be written.
        """
        path = self.plan.path
        if path.is_file():
            return
        draft = path.with_name(path.stem + ".part.tif")
        self._feedback.progressChanged.connect(lambda percent: tell(percent / 100))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if hasattr(self._pipe, "moveToThread"):
                self._pipe.moveToThread(QThread.currentThread())
            self._fill(draft)
            if self._feedback.isCanceled():
                raise CancelledError(translate("TerraScope", "Cancelled."))
            self._describe(draft)
            draft.replace(path)
        except (OSError, RuntimeError) as failure:
            raise self._failure(str(failure)) from failure
        finally:
            self._pipe = None
            remove(draft)

    def _fill(self, draft: Path) -> None:
        writer = QgsRasterFileWriter(str(draft))
        writer.setOutputProviderKey("gdal")
        writer.setOutputFormat("GTiff")
        writer.setCreateOptions(["COMPRESS=DEFLATE", "TILED=YES", "BIGTIFF=IF_SAFER"])
        made = self.plan
        code = writer.writeRaster(
            self._pipe, made.width, made.height, made.bounds, made.crs, self._transforms, self._feedback
        )
        errors = "\n".join(self._feedback.errors())
        if not self._feedback.isCanceled() and (getattr(code, "value", code) != 0 or not draft.is_file()):
            raise self._failure(errors or f"code {code}")
        if errors:
            log.warning(f"{made.title}: {errors}")

    def _describe(self, draft: Path) -> None:
        """Write what bands are called, and refuse a picture of which nothing came."""
        opened = gdal.Open(str(draft), gdal.GA_Update)
        if opened is None:
            raise self._failure(gdal.GetLastErrorMsg())
        band = None
        for number, (name, colour) in enumerate(zip(self.plan.bands, self.plan.colours), start=1):
            band = opened.GetRasterBand(number)
            if name:
                band.SetDescription(name)
            if colour:
                band.SetColorInterpretation(_COLOURS[colour])
        empty = False
        if self.plan.is_picture and opened.RasterCount >= ALPHA_BAND:
            counts = opened.GetRasterBand(ALPHA_BAND).GetHistogram(-0.5, 255.5, 256, False, False)
            empty = not any(counts[1:])
        opened = band = None  # closed: else GDAL writes beside a file that is removed already
        if empty:
            raise self._failure("\n".join(self._feedback.errors()) or "every pixel is transparent")

    def _failure(self, detail: str) -> LayerError:
        return LayerError(
            translate(
                "TerraScope", "Nothing could be captured of the layer “{name}”: check that QGIS shows it there."
            ).format(name=self.plan.title),
            detail=detail,
        )


class Captures:
    """The captures of a session: they are kept for follow-up questions, and removed when the dock goes."""

    def __init__(self) -> None:
        self._made: set[Path] = set()

    def gather(self, area: Area | None, pixel_size_m: float | None, view_pixel_m: float, runs: Path) -> Gathering:
        """Begin to find the files of a question; the arguments are those of `plan`, and the folder of runs."""
        if not self._made:
            _remove_old(runs / FOLDER)
        return Gathering(area, pixel_size_m, view_pixel_m, runs / FOLDER, self._made)

    def leave(self) -> None:
        """Remove them."""
        for path in self._made:
            remove(path)
        folders = {path.parent for path in self._made}
        self._made.clear()
        for folder in folders:
            try:
                folder.rmdir()
            except OSError:  # another QGIS has its captures there
                continue


class Gathering:
    """The files of one question.

    Attributes:
        captures: what has to be written before it is asked, by path.
    """

    def __init__(
        self, area: Area | None, pixel_size_m: float | None, view_pixel_m: float, folder: Path, made: set[Path]
    ) -> None:
        self._how = (area, pixel_size_m, view_pixel_m, folder, QgsProject.instance().transformContext())
        self._made = made
        self.captures: dict[str, Capturing] = {}

    def path_of(self, raster: Raster) -> str:
        """The path that the runtime will read a raster from.

        Raises:
            LayerError: it cannot be read or captured.
        """
        if isinstance(raster, str) and Settings.load().remote_url and not is_sent_whole(raster):
            raster = _layer_of(raster)
        if not is_captured(raster):
            return local_path(raster)
        planned = plan(raster, *self._how)
        self._made.add(planned.path)
        self.captures[str(planned.path)] = Capturing(planned, raster, self._how[-1])
        return str(planned.path)

    def notes(self) -> tuple[str, ...]:
        """What the report says of the captures."""
        return tuple(capture.plan.note() for capture in self.captures.values())


def _layer_of(path: str) -> QgsRasterLayer:
    """What is at a path that cannot be sent as it is, for a capture.

    Raises:
        LayerError: it is no raster that QGIS opens, as the folder of a product is none.
    """
    local_path(path)
    layer = QgsRasterLayer(path, Path(path).stem)
    if Path(path).is_dir() or not layer.isValid():
        raise LayerError(
            translate(
                "TerraScope",
                "{name} is not one raster file, and a remote runtime is sent nothing else: build one file of its bands "
                "(Raster > Miscellaneous) and ask about that.",
            ).format(name=Path(path).name)
        )
    return layer


def remove(path: Path) -> None:
    """Remove a raster and what GDAL put beside it; one that is still read somewhere stays for the next session."""
    for file in (path, path.with_name(path.name + ".aux.xml")):
        try:
            file.unlink(missing_ok=True)
        except OSError as failure:
            log.warning(f"{file}: {failure}")


def _remove_old(folder: Path) -> None:
    try:
        files = [file for file in folder.iterdir() if time.time() - file.stat().st_mtime > OLD_S]
    except OSError:  # there is no such folder yet
        return
    for file in files:
        remove(file)


def write_all(captures: Sequence[Capturing], tell: Callable[[str, float], None]) -> None:
    """Write captures one after the other.

    Args:
        captures: in order.
        tell: called with what is being done and the share of all that is done.

    Raises:
        TerraScopeError: as `Capturing.write`.
    """
    for number, capture in enumerate(captures):
        stage = translate("TerraScope", "Capturing {name}").format(name=capture.plan.title)
        tell(stage, number / len(captures))
        capture.write(lambda share, number=number, stage=stage: tell(stage, (number + share) / len(captures)))
