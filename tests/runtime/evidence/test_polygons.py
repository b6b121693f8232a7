from __future__ import annotations

import numpy as np
import pyproj
import pytest
import shapely
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from rasterio.features import rasterize
from scipy import ndimage

from model_runtime.errors import OutputError
from model_runtime.evidence import polygons as module
from model_runtime.evidence.polygons import mask_polygons
from model_runtime.measure.area import PixelAreas
from model_runtime.scene.grid import Grid

from .conftest import geodesic_ha

GRIDS = [
    Grid(pyproj.CRS("EPSG:32648"), Affine(10, 0, 362_612, 0, -10, 1_987_088), 14, 12),
    Grid(pyproj.CRS("EPSG:4326"), Affine(0.25, 0, -60, 0, -0.25, 30), 14, 12),
]


@given(mask=hnp.arrays(bool, (12, 14)), grid=st.sampled_from(GRIDS))
@settings(max_examples=80, deadline=None)
def test_polygons_are_the_mask(mask: np.ndarray, grid: Grid) -> None:
    polygons = mask_polygons(mask, grid)
    assert len(polygons) == ndimage.label(mask)[1]
    assert all(polygon.geom_type == "Polygon" and polygon.is_valid for polygon in polygons)
    if polygons:
        back = rasterize(polygons, mask.shape, transform=grid.transform).astype(bool)
        np.testing.assert_array_equal(back, mask)
    assert geodesic_ha(polygons, grid) == pytest.approx(PixelAreas(grid).area_ha(mask), rel=1e-6)


def test_holes_stay_and_every_pixel_corner_is_a_vertex() -> None:
    grid = GRIDS[0]
    mask = np.zeros((12, 14), bool)
    mask[1:9, 2:10] = True
    mask[4:6, 4:7] = False
    (polygon,) = mask_polygons(mask, grid)
    assert len(polygon.exterior.coords) == 33 and [len(hole.coords) for hole in polygon.interiors] == [11]
    sides = shapely.get_coordinates(polygon.exterior)
    assert (np.hypot(*np.diff(sides, axis=0).T) == 10).all()


def test_outlines_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    board = np.indices((12, 14)).sum(axis=0) % 2 == 0  # the most outlines that so many pixels can have
    monkeypatch.setattr(module, "MOST_SIDES", 4 * int(board.sum()))
    assert len(mask_polygons(board, GRIDS[0])) == board.sum()
    monkeypatch.setattr(module, "MOST_SIDES", 4 * int(board.sum()) - 1)
    with pytest.raises(OutputError, match="set a minimum mapping unit, or restrict the extent"):
        mask_polygons(board, GRIDS[0])


def test_nothing_gives_no_polygon() -> None:
    assert mask_polygons(np.zeros((12, 14), bool), GRIDS[0]) == []
