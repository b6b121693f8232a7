"""Hectares of masks: geodesic areas of pixels on the ellipsoid of the raster's own CRS.

The area of a pixel is the area of the geodesic polygon through its four corners, so the sum over a mask is exactly
the area of the mask's pixel-edge polygons with a vertex at every pixel corner (shared edges cancel). Over a raster
the pixel area is a smooth function of the position; it is computed exactly at Chebyshev points, interpolated,
and the interpolation is checked against exact pixels before it is believed.
"""

from __future__ import annotations

import numpy as np
from numpy.polynomial.chebyshev import chebvander

from ..errors import SceneError
from ..rasters.rows import Raster, Rows, rows_of, together
from ..rasters.runs import Runs, runs_of
from ..scene.grid import Grid

M2_PER_HA = 10_000.0
_TOLERANCE = 1e-8  # relative error of an interpolated pixel; two orders below what is promised
# Projections round positions to about a nanometre: smaller pixels are probed in blocks of this size.
_PROBE_M = 10.0
# The area polynomial of geodesics is good to 0.1 m2, too coarse for small pixels near a pole. Up to this size the flat
# figure through the corners in space is used instead; it is smaller than the curved one by 1e-8 at most.
_FLAT_M = 1000.0
_DEGREES = (4, 8, 16, 32)


class PixelAreas:
    """Areas of the pixels of one grid.

    Raises:
        SceneError: the grid leaves the domain of its CRS, or its pixels are too small to be told from none.
    """

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self._rows_part: np.ndarray | None = None
        self._pixels: np.ndarray | None = None
        self._from_left: dict[int, np.ndarray] = {}
        if not max(grid.pixel_size_m) > 0:
            raise SceneError("The raster's pixels have no size on the ground: check its geotransform and its CRS.")
        self._probe_px = max(1.0, _PROBE_M / max(grid.pixel_size_m))
        rng = np.random.default_rng(0)
        columns = np.concatenate([[0, grid.width - 1, 0, grid.width - 1], rng.integers(0, grid.width, 28)]) + 0.5
        rows = np.concatenate([[0, 0, grid.height - 1, grid.height - 1], rng.integers(0, grid.height, 28)]) + 0.5
        exact = self._exact(columns, rows)
        for degree in _DEGREES:
            node_columns, node_rows = _chebyshev(grid.width, degree), _chebyshev(grid.height, degree)
            mesh = np.meshgrid(node_columns, node_rows)
            nodes = self._exact(mesh[0].ravel(), mesh[1].ravel()).reshape(mesh[0].shape)
            to_columns, to_rows = _weights(node_columns, columns), _weights(node_rows, rows)
            found = np.einsum("pi,ij,pj->p", to_rows, nodes, to_columns)
            if np.abs(found - exact).max() <= _TOLERANCE * exact.min():
                # The area of a pixel is the product of what its row and its column say.
                self._rows_part = _weights(node_rows, np.arange(grid.height) + 0.5) @ nodes
                self._columns_part = _weights(node_columns, np.arange(grid.width) + 0.5)
                return

    def m2(self, first_row: int, end_row: int) -> np.ndarray:
        """Square metres of the pixels of some rows, shape (end_row - first_row, width)."""
        if self._rows_part is not None:
            return self._rows_part[first_row:end_row] @ self._columns_part.T
        if self._pixels is None:
            # A CRS that is not smooth over the grid (an interrupted projection): every pixel by itself, once.
            columns, rows = np.meshgrid(np.arange(self.grid.width) + 0.5, np.arange(self.grid.height) + 0.5)
            self._pixels = self._exact(columns.ravel(), rows.ravel()).reshape(columns.shape)
        return self._pixels[first_row:end_row]

    def area_ha(self, mask: Raster) -> float:
        """Hectares of a mask, bool (H, W)."""
        return float(self.areas_ha(mask, 1)[0])

    def runs_m2(self, runs: Runs, first_row: int) -> np.ndarray:
        """Square metres of each of the runs of some rows, (runs,).

        Args:
            runs: of the rows of a raster on the grid.
            first_row: of the raster, which is row 0 of the runs.
        """
        return self._summed(runs, first_row, 0)

    def _summed(self, runs: Runs, first_row: int, power: int) -> np.ndarray:
        """Areas of the pixels of each run, times a power of their columns, added up: (runs,)."""
        at = (np.arange(self.grid.width) + 0.5) ** power
        if self._rows_part is not None:
            # What columns say, added up from the left: a run is a difference.
            if power not in self._from_left:
                weighed = self._columns_part * at[:, None]
                self._from_left[power] = np.concatenate([np.zeros((1, weighed.shape[1])), weighed.cumsum(axis=0)])
            along = self._from_left[power][runs.end] - self._from_left[power][runs.first]
            return (self._rows_part[first_row + runs.row] * along).sum(axis=1)
        if not len(runs.row):
            return np.zeros(0)
        rows = self.m2(first_row, first_row + int(runs.row[-1]) + 1) * at
        from_left = np.concatenate([np.zeros((len(rows), 1)), rows.cumsum(axis=1)], axis=1)
        return from_left[runs.row, runs.end] - from_left[runs.row, runs.first]

    def areas_ha(self, labels: Raster, count: int) -> np.ndarray:
        """Hectares of each of the labels 1 to `count` of a raster (H, W), integer or bool; shape (count,)."""
        self._check(labels)
        total = np.zeros(count + 1)
        for strip in rows_of(labels).strips():
            runs = runs_of(strip.values)
            total += np.bincount(runs.value, weights=self.runs_m2(runs, strip.first), minlength=count + 1)
        return total[1:] / M2_PER_HA

    def total_ha(self, valid: Raster) -> float:
        """Hectares of the valid pixels, bool (H, W)."""
        return self.area_ha(valid)

    def uncertainty_ha(self, mask: Raster) -> float:
        """How far `area_ha` may be off because a boundary is only known to the pixel.

        Half the area of the mask's boundary pixels: those with a neighbour (of four) that is not in the mask. The
        mask shrinks by about that much when its boundary moves inwards by half a pixel, and grows by about as much
        outwards. The limit of the raster is no boundary: nothing is known beyond it, nothing is claimed beyond it.
        """
        return self.area_ha(boundary(mask)) / 2

    def centroid(self, mask: Raster) -> tuple[float, float] | None:
        """Area-weighted mean pixel position (column, row) of a mask in the plane of the grid; None when empty."""
        self._check(mask)
        weight = columns = rows = 0.0
        for strip in rows_of(mask).strips():
            runs = runs_of(strip.values)
            areas = self.runs_m2(runs, strip.first)
            weight += areas.sum()
            columns += self._summed(runs, strip.first, 1).sum()
            rows += areas @ (strip.first + runs.row + 0.5)
        return (float(columns / weight), float(rows / weight)) if weight else None

    def _check(self, mask: Raster) -> None:
        if mask.shape != (self.grid.height, self.grid.width):
            raise ValueError(f"mask {mask.shape} is not on the grid ({self.grid.height}, {self.grid.width})")

    def _exact(self, columns: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Square metres of the pixels whose centres lie at the positions (fractions allowed)."""
        corners = np.array([[-0.5, -0.5], [-0.5, 0.5], [0.5, 0.5], [0.5, -0.5]]) * self._probe_px
        lon, lat = self.grid.lonlat(columns[:, None] + corners[:, 0], rows[:, None] + corners[:, 1])
        if self._probe_px * max(self.grid.pixel_size_m) <= _FLAT_M:
            space = geocentric(lon, lat, self.grid)
            normal = np.cross(space[:, 2] - space[:, 0], space[:, 3] - space[:, 1])
            area = np.sqrt((normal**2).sum(axis=1)) / 2
        else:
            geodesic = self.grid.geod.polygon_area_perimeter
            area = np.array([abs(geodesic(x, y)[0]) for x, y in zip(lon, lat, strict=True)])
        return area / self._probe_px**2


def coverage_pct(mask: Raster, valid: Raster) -> float:
    """Share of the valid pixels that are in the mask, in percent; 0 when nothing is valid."""
    total = rows_of(valid).count()
    return 100.0 * together(np.logical_and, mask, valid).count() / total if total else 0.0


def geocentric(lon: np.ndarray, lat: np.ndarray, grid: Grid) -> np.ndarray:
    """Metres from the Earth's centre (..., 3) of longitudes and latitudes in degrees, on the grid's ellipsoid."""
    lon, lat = np.radians(lon), np.radians(lat)
    normal = grid.geod.a / np.sqrt(1 - grid.geod.es * np.sin(lat) ** 2)
    x, y = normal * np.cos(lat) * np.cos(lon), normal * np.cos(lat) * np.sin(lon)
    return np.stack([x, y, normal * (1 - grid.geod.es) * np.sin(lat)], axis=-1)


def boundary(mask: Raster) -> Rows:
    """Pixels of a mask with one of their four neighbours outside it; the raster's limit does not count."""
    rows = rows_of(mask)
    height = rows.shape[0]

    def read(first: int, end: int) -> np.ndarray:
        begin = max(0, first - 1)
        part = rows[begin : min(height, end + 1)]
        # By hand: scipy's erosion takes three times as long.
        inner = part.copy()
        inner[1:] &= part[:-1]
        inner[:-1] &= part[1:]
        inner[:, 1:] &= part[:, :-1]
        inner[:, :-1] &= part[:, 1:]
        return (part & ~inner)[first - begin :][: end - first]

    return Rows(rows.shape, read)


def _chebyshev(size: int, degree: int) -> np.ndarray:
    """Chebyshev points between the first and the last pixel centre of an axis."""
    points = np.cos(np.pi * (np.arange(degree + 1)) / degree)
    return size / 2 + points * max(size - 1, 1) / 2


def _weights(nodes: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Matrix (positions, nodes) that interpolates values at the nodes, Chebyshev points, to the positions."""
    # Not by scipy.interpolate, which brings 180 modules that nothing else of an answer needs.
    middle, half, degree = (nodes[0] + nodes[-1]) / 2, (nodes[0] - nodes[-1]) / 2, len(nodes) - 1
    at_nodes, at_positions = (chebvander((positions - middle) / half, degree) for positions in (nodes, at))
    return np.linalg.solve(at_nodes.T, at_positions.T).T
