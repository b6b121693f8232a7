"""The TerraScope runtime: everything that runs outside QGIS."""

__version__ = "0.9.0"
