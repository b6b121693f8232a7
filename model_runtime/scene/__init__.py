"""Rasters in: one grid, what each band is, values a model can use."""
