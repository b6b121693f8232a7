"""Answers of benchmark items worked out again from their masks, slowly: by loops over pixels and pairs of pixels.

Nothing of `measure`, `bench.tasks` or `bench.options` is used here. Areas come from an equal-area projection instead of
geodesics, distances from all pairs of edge pixels, pieces from a flood fill.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

import numpy as np
import pyproj

from model_runtime.bench.items import Item


def value_of(item: Item) -> float | str:
    """The figure or the word that answers an item."""
    masks = [mask.mask for mask in item.masks]
    if item.task == "coverage_percentage":
        return 100 * count(masks[0]) / count(valid_of(item))
    if item.task == "absolute_area":
        return area_m2(masks[0], item) / (1 if item.unit == "m2" else 10_000)
    if item.task == "area_ranking":
        return item.masks[0 if count(masks[0]) > count(masks[1]) else 1].phrase
    if item.task == "distance":
        return distance_m(masks[0], masks[1], item)
    if item.task == "boundary_detection":
        return "Yes" if meets_when_grown(masks[0], masks[1]) else "No"
    total, gone = (sum(len(piece) >= 4 for piece in pieces(mask)) for mask in masks)
    return 100 * gone / total if item.unit == "%" else gone


def valid_of(item: Item) -> np.ndarray:
    from pycocotools.mask import decode

    return decode({"size": [item.valid.height, item.valid.width], "counts": item.valid.counts}).astype(bool)


def count(mask: np.ndarray) -> int:
    return sum(1 for row in mask.tolist() for value in row if value)


def figure_in(text: str) -> float:
    """The figure of an option."""
    return float(re.match(r"[\d.,]+", text)[0].replace(",", ""))


@lru_cache(maxsize=32)
def _pixel_areas(crs: str, transform: tuple[float, ...], height: int, width: int) -> np.ndarray:
    """Square metres of each pixel: the shoelace formula on its corners in an equal-area projection."""
    a, b, c, d, e, f = transform
    columns, rows = np.meshgrid(np.arange(width + 1), np.arange(height + 1))
    x, y = a * columns + b * rows + c, d * columns + e * rows + f
    source = pyproj.CRS.from_user_input(crs)
    lon, lat = pyproj.Transformer.from_crs(source, source.geodetic_crs, always_xy=True).transform(x, y)
    plane = pyproj.CRS(f"+proj=laea +lat_0={lat.mean()} +lon_0={lon.mean()} +datum=WGS84")
    east, north = pyproj.Transformer.from_crs(source, plane, always_xy=True).transform(x, y)
    areas = np.zeros((height, width))
    for dx, dy, next_dx, next_dy in ((0, 0, 1, 0), (1, 0, 1, 1), (1, 1, 0, 1), (0, 1, 0, 0)):
        here = np.s_[dy : dy + height, dx : dx + width]
        there = np.s_[next_dy : next_dy + height, next_dx : next_dx + width]
        areas += east[here] * north[there] - east[there] * north[here]
    return np.abs(areas) / 2


def area_m2(mask: np.ndarray, item: Item) -> float:
    areas = _pixel_areas(item.crs, item.transform, *mask.shape)
    return math.fsum(
        area
        for row, of_row in zip(mask.tolist(), areas.tolist(), strict=True)
        for inside, area in zip(row, of_row, strict=True)
        if inside
    )


def _edge(mask: np.ndarray) -> np.ndarray:
    """Row and column of each pixel with one of its four neighbours outside the mask."""
    height, width = mask.shape
    found = []
    for row in range(height):
        for column in range(width):
            if mask[row, column]:
                around = ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1))
                if not all(0 <= r < height and 0 <= c < width and mask[r, c] for r, c in around):
                    found.append((row, column))
    return np.array(found)


def distance_m(one: np.ndarray, other: np.ndarray, item: Item) -> float:
    """From pixel square to pixel square, over all pairs; then the geodesic between the nearest corners."""
    a, b, c, d, e, f = item.transform
    to_degrees = pyproj.Transformer.from_crs(item.crs, "EPSG:4326", always_xy=True)
    geod = pyproj.Geod(ellps="WGS84")
    edge_one, edge_other = _edge(one), _edge(other)
    nearest, pairs = None, []
    for row, column in edge_one:
        # Two squares are as far apart as the pixels between them.
        down = np.maximum(np.abs(edge_other[:, 0] - row) - 1, 0)
        right = np.maximum(np.abs(edge_other[:, 1] - column) - 1, 0)
        squared = down**2 + right**2
        least = int(squared.min())
        if nearest is None or least <= nearest:
            pairs = [] if nearest is None or least < nearest else pairs
            nearest = least
            pairs += [(row, column, *edge_other[k]) for k in np.flatnonzero(squared == least)]
    best = math.inf
    for row, column, other_row, other_column in pairs:
        ends = [], []
        for here, there in ((column, other_column), (row, other_row)):
            gap = there - here
            ends[0].append(here + (1 if gap > 0 else 0))
            ends[1].append(there + (0 if gap > 0 else 1) if gap else here)
        (x0, y0), (x1, y1) = ((a * x + b * y + c, d * x + e * y + f) for x, y in ends)
        (lon0, lon1), (lat0, lat1) = to_degrees.transform([x0, x1], [y0, y1])
        best = min(best, geod.inv(lon0, lat0, lon1, lat1)[2])
    return best


def meets_when_grown(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether the first, grown by a pixel to its four sides, holds a pixel of the second."""
    height, width = one.shape
    for row in range(height):
        for column in range(width):
            if one[row, column]:
                for r, c in ((row, column), (row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
                    if 0 <= r < height and 0 <= c < width and other[r, c]:
                        return True
    return False


def pieces(mask: np.ndarray) -> list[list[tuple[int, int]]]:
    """Pixels that hang together by their edges, by flood fill."""
    left = {(int(row), int(column)) for row, column in np.argwhere(mask)}
    found = []
    while left:
        waiting = [left.pop()]
        piece = []
        while waiting:
            row, column = waiting.pop()
            piece.append((row, column))
            for near in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
                if near in left:
                    left.remove(near)
                    waiting.append(near)
        found.append(piece)
    return found
