"""From a map layer to a file the runtime can read."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication

from ..errors import LayerError

translate = QCoreApplication.translate


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
