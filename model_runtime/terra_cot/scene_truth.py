"""What is true of a generated scene, in hectares and shares, added up piece by piece."""

from __future__ import annotations

import numpy as np

from ..measure.area import PixelAreas
from ..scene.grid import Grid
from .quilt import Piece
from .spectra import CLASSES

Truth = dict[str, dict[str, float]]
"""Class name -> {"hectares", "coverage_pct"}."""

_COUNT = len(CLASSES)


class Tally:
    """Areas of the classes of a scene on each date, and from the first date to each later one.

    Args:
        count: Number of dates.
    """

    def __init__(self, count: int) -> None:
        self.pixels = 0
        self._seen, self._ground = np.zeros((2, count, 2, _COUNT))  # hectares and pixels
        self._hidden, self._changed = np.zeros((2, count), dtype=np.int64)
        self._from_to_ha, self._changed_ha = np.zeros((2, count, _COUNT, _COUNT))
        self._first = np.zeros((0, 0), dtype=np.uint8)

    def add(self, piece: Piece, grid: Grid) -> None:
        """Count a piece, which lies on its own grid; its first date before the others."""
        areas, mine, scene, date = PixelAreas(grid), piece.mine, piece.scene, piece.date
        for figures, labels in ((self._seen, scene.labels), (self._ground, scene.surface)):
            labels = labels * mine
            figures[date] += areas.areas_ha(labels, _COUNT), np.bincount(labels.ravel(), minlength=_COUNT + 1)[1:]
        self._hidden[date] += np.count_nonzero(scene.hidden & mine)
        if date == 0:
            self.pixels += int(np.count_nonzero(mine))
            self._first = scene.surface
            return
        known = mine & (self._first > 0) & (scene.surface > 0)
        pairs = np.where(known, (self._first.astype(np.intp) - 1) * _COUNT + scene.surface, 0)
        changed = scene.changed & mine
        self._changed[date] += np.count_nonzero(changed)
        for hectares, where in ((self._from_to_ha, pairs), (self._changed_ha, pairs * changed)):
            hectares[date] += areas.areas_ha(where, _COUNT**2).reshape(_COUNT, _COUNT)

    def seen(self, date: int) -> Truth:
        """What the optical image of a date shows; unlabelled pixels count as ground."""
        return self._truth(*self._seen[date])

    def ground(self, date: int) -> Truth:
        """What the ground is on a date, under clouds too."""
        return self._truth(*self._ground[date])

    def hidden_pct(self, date: int) -> float:
        """Share of an optical image that clouds and their shadows hide, in percent."""
        return 100 * float(self._hidden[date]) / self.pixels

    def changed_pct(self, date: int) -> float:
        """Share of the place where the change has happened by a date, in percent."""
        return 100 * float(self._changed[date]) / self.pixels

    def from_to_ha(self, date: int) -> dict[str, dict[str, float]]:
        """Hectares by class on the first date and class on this one, of pixels labelled on both; pairs that occur."""
        return _pairs(self._from_to_ha[date])

    def changed_ha(self, date: int) -> dict[str, dict[str, float]]:
        """The same, only where the change has happened."""
        return _pairs(self._changed_ha[date])

    def _truth(self, hectares: np.ndarray, pixels: np.ndarray) -> Truth:
        return {
            name: {"hectares": _told(area_ha), "coverage_pct": 100 * float(count) / self.pixels}
            for name, area_ha, count in zip(CLASSES, hectares, pixels, strict=True)
        }


def _told(area_ha: float) -> float:
    """To the square centimetre, so that the same scene has the same figures however a processor adds them up."""
    return round(float(area_ha), 8)


def _pairs(hectares: np.ndarray) -> dict[str, dict[str, float]]:
    return {
        old: {new: _told(area_ha) for new, area_ha in zip(CLASSES, row, strict=True) if area_ha > 0}
        for old, row in zip(CLASSES, hectares, strict=True)
        if row.any()
    }
