"""From a map layer, or a path that was chosen, to a file or folder the runtime can read."""

from __future__ import annotations

from pathlib import Path
from typing import Union

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication

from ..errors import LayerError

Raster = Union[QgsRasterLayer, str]  # a layer, or the path of a file or folder

translate = QCoreApplication.translate


def local_path(raster: Raster) -> str:
    """The path of a layer's file, or of a file or folder that is there.

    Raises:
        LayerError: as `local_file` does, or nothing is at the path.
    """
    if isinstance(raster, QgsRasterLayer):
        return local_file(raster)
    if not Path(raster).exists():
        raise LayerError(
            translate("TerraScope", "There is nothing at {path}: choose the file or folder again.").format(path=raster)
        )
    return str(Path(raster).resolve())


def local_file(layer: QgsRasterLayer) -> str:
    """The path of the layer's file.

    Raises:
        LayerError: the layer is not a whole raster file of this machine, or QGIS places it elsewhere than its file
            says (masks would then not lie on it).
    """
    name = layer.name()
    if not layer.isValid():
        raise LayerError(
            translate("TerraScope", "The layer “{name}” is broken: repair its source or remove it.").format(name=name)
        )
    if layer.providerType() != "gdal":
        raise LayerError(
            translate(
                "TerraScope",
                "The layer “{name}” is not a local raster file ({kind}): save it as a GeoTIFF "
                "(Export > Save As) and ask about that.",
            ).format(name=name, kind=layer.providerType())
        )
    path = Path(layer.source().split("|")[0])  # what may follow the bar are options for opening
    if not path.is_file():  # a sub-dataset, a file inside an archive, an address
        raise LayerError(
            translate(
                "TerraScope",
                "The layer “{name}” is not a plain file on this computer ({source}): save it as a GeoTIFF "
                "(Export > Save As) and ask about that.",
            ).format(name=name, source=layer.source())
        )
    if not layer.crs().isValid():
        raise LayerError(
            translate(
                "TerraScope",
                "The layer “{name}” has no coordinate reference system: assign one to the file "
                "(Raster > Projections > Assign Projection).",
            ).format(name=name)
        )
    no_crs = translate("TerraScope", "none")
    in_file = layer.dataProvider().crs()
    if layer.crs() != in_file:
        raise LayerError(
            translate(
                "TerraScope",
                "The CRS of the layer “{name}” was changed to {here}, its file says {there}: assign the right one "
                "to the file (Raster > Projections > Assign Projection).",
            ).format(name=name, here=layer.crs().authid() or "?", there=in_file.authid() or no_crs)
        )
    return str(path.resolve())
