"""The georeference of a pixel raster, and where its pixel corners lie on the ellipsoid."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property

import affine
import numpy as np
import pyproj
from pyproj.crs import Ellipsoid
from pyproj.crs.datum import CustomEllipsoid
from pyproj.exceptions import CRSError

from ..errors import SceneError


@dataclass(frozen=True)
class Grid:
    """A north-up raster grid.

    Attributes:
        crs: coordinate reference system of the raster (geographic or projected).
        transform: pixel (column, row) of the upper left corner to CRS (x, y); no rotation.
        width: columns.
        height: rows.
        chosen_ellipsoid: to measure on: an authority code (EPSG:7030), a name as reports have it (Clarke 1866), or both
            half axes in metres as QGIS writes them (PARAMETER:6378137:6356752.3); None is the CRS's own.
    """

    crs: pyproj.CRS
    transform: affine.Affine
    width: int
    height: int
    chosen_ellipsoid: str | None = None

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Outer pixel edges as (xmin, ymin, xmax, ymax), in CRS units."""
        x0, y0 = self.transform @ (0, 0)
        x1, y1 = self.transform @ (self.width, self.height)
        return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    @cached_property
    def crs_text(self) -> str:
        """Authority code such as `EPSG:32648` where one names this CRS exactly, else WKT 2."""
        authority = self.crs.to_authority(min_confidence=90)
        if authority and pyproj.CRS.from_authority(*authority).equals(self.crs, ignore_axis_order=True):
            return ":".join(authority)
        return self.crs.to_wkt()

    @cached_property
    def _geodetic(self) -> pyproj.CRS:
        geodetic = _horizontal(self.crs).geodetic_crs
        if geodetic is None or geodetic.ellipsoid is None:
            raise SceneError(
                "The raster's coordinate system is not tied to the Earth, so nothing can be measured: "
                "assign it a geographic or projected CRS."
            )
        return geodetic.to_2d()

    @cached_property
    def _ellipsoid(self) -> Ellipsoid:
        if self.chosen_ellipsoid is None:
            return self._geodetic.ellipsoid
        half_axes = re.fullmatch(r"PARAMETER:([\d.]+):([\d.]+)", self.chosen_ellipsoid)
        try:
            if half_axes:
                major, minor = map(float, half_axes.groups())
                return CustomEllipsoid(self.chosen_ellipsoid, semi_major_axis=major, semi_minor_axis=minor)
            authority, colon, code = self.chosen_ellipsoid.partition(":")
            return Ellipsoid.from_authority(authority, code) if colon else Ellipsoid.from_name(authority)
        except (CRSError, ValueError) as error:
            raise SceneError(
                f"The ellipsoid '{self.chosen_ellipsoid[:60]}' is not known: give its EPSG code, such as EPSG:7030."
            ) from error

    @property
    def ellipsoid(self) -> str:
        """Name of the ellipsoid on which everything is measured."""
        return str(self._ellipsoid.name)

    @cached_property
    def geod(self) -> pyproj.Geod:
        """Geodesics on that ellipsoid.

        Raises:
            SceneError: the CRS has no ellipsoid, or the chosen one is not known.
        """
        return pyproj.Geod(a=self._ellipsoid.semi_major_metre, b=self._ellipsoid.semi_minor_metre)

    @cached_property
    def _to_lonlat(self) -> tuple[pyproj.Transformer, float]:
        # Degrees for pyproj.Geod whatever the angular unit of the CRS is (French maps count in grads).
        radians = self._geodetic.axis_info[0].unit_conversion_factor
        transformer = pyproj.Transformer.from_crs(_horizontal(self.crs).to_2d(), self._geodetic, always_xy=True)
        return transformer, math.degrees(radians)

    def xy(self, columns: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """CRS coordinates of pixel positions (0, 0 is the outer corner of the first pixel)."""
        t = self.transform
        columns, rows = np.asarray(columns, float), np.asarray(rows, float)
        return t.a * columns + t.c, t.e * rows + t.f

    def lonlat(self, columns: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Longitude and latitude, in degrees on the CRS's own datum, of pixel positions.

        Raises:
            SceneError: a position lies outside the domain of the CRS.
        """
        transformer, degrees = self._to_lonlat
        x, y = self.xy(columns, rows)
        lon, lat = transformer.transform(x, y)
        lon, lat = np.asarray(lon) * degrees, np.asarray(lat) * degrees
        if not (np.isfinite(lon).all() and np.isfinite(lat).all()) or np.abs(lat).max(initial=0) > 90 + 1e-9:
            raise SceneError(
                "Part of the raster lies outside the domain of its coordinate system, so it cannot be measured: "
                "restrict the extent or reproject the raster."
            )
        return lon, np.clip(lat, -90, 90)

    @cached_property
    def pixel_size_m(self) -> tuple[float, float]:
        """Ground size (x, y) of the centre pixel in metres, geodesic."""
        column, row = self.width / 2, self.height / 2
        lon, lat = self.lonlat(
            np.array([column - 0.5, column + 0.5, column, column]), np.array([row, row, row - 0.5, row + 0.5])
        )
        _, _, metres = self.geod.inv(lon[::2], lat[::2], lon[1::2], lat[1::2])
        return float(metres[0]), float(metres[1])

    def crop(self, column: int, row: int, width: int, height: int) -> Grid:
        """The grid of a window of this one."""
        transform = self.transform @ affine.Affine.translation(column, row)
        return Grid(self.crs, transform, width, height, self.chosen_ellipsoid)


def _horizontal(crs: pyproj.CRS) -> pyproj.CRS:
    # A bound CRS carries a datum shift, a compound one a height: neither belongs in a measure on the ellipsoid.
    if crs.is_bound and crs.source_crs is not None:
        return _horizontal(crs.source_crs)
    if crs.is_compound:
        return _horizontal(crs.sub_crs_list[0])
    return crs
