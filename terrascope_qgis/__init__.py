"""Everything that runs inside QGIS: standard library, PyQGIS and nothing else."""
