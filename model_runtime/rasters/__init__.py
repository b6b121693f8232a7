"""Rasters that need not be in memory whole: rows at a time, masks on disk, their separate parts. Pure arrays."""
