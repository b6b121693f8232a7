"""What is true of the images of a labelled place: the masks of its classes, and everything that traces say of them.

Each figure is computed once, when it is first asked for. Planar, on square pixels: areas are pixels x pixel size
squared, distances run from pixel edge to pixel edge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Literal

import numpy as np

from ..measure import layout
from .scenes import LabelledScene
from .traces import Region
from .vocabulary import Classes

Sensors = Literal["optical", "sar", "both"]
"""which images of a date the model is shown"""

KNOWN_PCT = 90.0
"""Of an image; where less is known of a class, it is not asked about."""

CLOUD = "cloud"
_M2_PER_HA = 10_000.0


class View:
    """One date of a place through some sensors: which codes its pixels have.

    Args:
        scene: the date.
        sensors: what it is seen through. The optical image shows clouds; radar shows the ground below.
        classes: phrase -> codes.
        masks: phrase -> bool (H, W), where masks are known that no labels give.
    """

    def __init__(
        self,
        scene: LabelledScene,
        sensors: Sensors,
        classes: Classes,
        masks: Mapping[str, np.ndarray] | None = None,
    ) -> None:
        self.scene, self.sensors, self.classes = scene, sensors, classes
        self._masks = dict(masks or {})
        self._gaps: dict[str, np.ndarray] = {}

    def codes(self, phrase: str) -> np.ndarray:
        """The label raster, uint8 (H, W), that tells of a phrase as these sensors see the place."""
        scene = self.scene
        if self.sensors == "optical" or scene.surface is None or (self.sensors == "both" and phrase == CLOUD):
            return scene.labels
        return scene.surface

    def mask(self, phrase: str) -> np.ndarray:
        """Where a phrase is, bool (H, W)."""
        if phrase not in self._masks:
            self._masks[phrase] = np.isin(self.codes(phrase), self.classes[phrase])
        return self._masks[phrase]

    def gaps_m(self, phrase: str) -> np.ndarray:
        """Metres from each pixel to the nearest of a phrase, which must be there; float64 (H, W)."""
        if phrase not in self._gaps:
            size_m = self.scene.pixel_size_m
            self._gaps[phrase] = layout.gaps_m(self.mask(phrase), (size_m, size_m))
        return self._gaps[phrase]

    def known_pct(self, phrase: str) -> float:
        """Share of the image where it is known whether it is a phrase or not, in percent."""
        codes = self.codes(phrase)
        unknown = codes == 0
        if self.scene.allowed is not None:
            bits = np.uint16(sum(1 << (code - 1) for code in self.classes[phrase]))
            # Where nothing is allowed nothing is known; elsewhere it is known not to be what is not allowed.
            unknown &= (self.scene.allowed == 0) | ((self.scene.allowed & bits) != 0)
        unknown &= self.valid
        return 100 * (1 - np.count_nonzero(unknown) / max(1, self.valid_px))

    @cached_property
    def valid(self) -> np.ndarray:
        """Where the image has data, bool (H, W)."""
        scene = self.scene
        valid = (scene.bands[: len(scene.present)] != 0).any(axis=0)
        if self.sensors == "sar" and scene.sar is not None:
            valid = np.isfinite(scene.sar).all(axis=0)
        return valid

    @cached_property
    def valid_px(self) -> int:
        """How many pixels have data."""
        return int(np.count_nonzero(self.valid))


class Facts:
    """The images a question is about, and how their regions lie (`traces.Ground`).

    Args:
        views: one per date, all on one grid.
        classes: phrase -> codes of their labels.
        known_pct: a class is only asked about where at least so much of each image is known to be it or not; with 0
            every class is.
    """

    def __init__(self, views: Sequence[View], classes: Classes, known_pct: float = KNOWN_PCT) -> None:
        self.views, self.classes, self.known_pct = tuple(views), classes, known_pct
        self._regions: dict[tuple[str, int], Region] = {}
        self._relations: dict[tuple[str, str, int, int], tuple[float, bool]] = {}

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """What can be asked about: phrases that are known for nearly every pixel of every image.

        Radar alone cannot tell clouds.
        """
        if not self.known_pct:
            return tuple(self.classes)
        blind = any(view.sensors == "sar" for view in self.views)
        return tuple(
            phrase
            for phrase in self.classes
            if not (blind and phrase == CLOUD) and all(view.known_pct(phrase) >= self.known_pct for view in self.views)
        )

    def region(self, phrase: str, image: int) -> Region:
        """A class of one image (1-based)."""
        key = (phrase, image)
        if key not in self._regions:
            view = self.views[image - 1]
            pixels = int(np.count_nonzero(self.mask(phrase, image)))
            area_ha = pixels * view.scene.pixel_size_m**2 / _M2_PER_HA
            self._regions[key] = Region(phrase, image, 100 * pixels / max(1, view.valid_px), area_ha)
        return self._regions[key]

    def mask(self, phrase: str, image: int) -> np.ndarray:
        """Where a class is in one image (1-based), bool (H, W)."""
        return self.views[image - 1].mask(phrase)

    def relate(self, a: Region, b: Region) -> tuple[float, bool] | None:
        """Distance in metres from pixel edge to pixel edge, and whether they share a pixel or a pixel edge."""
        if not a.area_ha or not b.area_ha:
            return None
        if (b.phrase, b.image) < (a.phrase, a.image):
            a, b = b, a
        key = (a.phrase, b.phrase, a.image, b.image)
        if key not in self._relations:
            one, other = self.mask(a.phrase, a.image), self.mask(b.phrase, b.image)
            touch = _touch(one, other)
            far = 0.0 if touch else float(self.views[b.image - 1].gaps_m(b.phrase)[one].min())
            self._relations[key] = far, touch
        return self._relations[key]

    def parts(self, region: Region) -> int:
        """Separate parts of at least `layout.LEAST_PART_PX` pixels."""
        return len(layout.part_sizes(self.mask(region.phrase, region.image)))

    def where(self, region: Region) -> str:
        """In which part of the image; "" for an empty region."""
        return layout.where(self.mask(region.phrase, region.image))

    def edge_pct(self, region: Region, other: Region) -> float:
        """Share of the region's edge along the other one, in percent."""
        return layout.edge_pct(self.mask(region.phrase, region.image), self.mask(other.phrase, other.image))

    def within_pct(self, region: Region, other: Region, reach_m: float) -> float:
        """Share of the region no further than `reach_m` from the other one, in percent."""
        if not other.area_ha:
            return 0.0
        gaps = self.views[other.image - 1].gaps_m(other.phrase)
        return layout.within_pct(gaps, self.mask(region.phrase, region.image), reach_m)

    def direction(self, region: Region, other: Region) -> str:
        """In which of eight directions the region lies from the other one."""
        return layout.direction(self.mask(region.phrase, region.image), self.mask(other.phrase, other.image))


def _touch(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two masks share a pixel or a pixel edge."""
    return bool(
        (one & other).any()
        or (one[:, 1:] & other[:, :-1]).any()
        or (one[:, :-1] & other[:, 1:]).any()
        or (one[1:] & other[:-1]).any()
        or (one[:-1] & other[1:]).any()
    )
