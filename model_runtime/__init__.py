"""The TerraScope runtime: everything that runs outside QGIS."""
