"""How well drawn regions match the true ones: IoU of each [SEG] with the class that its text names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..terra_cot.vocabulary import canonical, synonyms
from .items import ReferenceMask


@dataclass(frozen=True)
class MaskScore:
    """Of one item.

    Attributes:
        of_segs: IoU of each [SEG] that names a region of the item.
        of_regions: IoU of each region of the item with all that was drawn for it; 0 where nothing was.
        astray: How many [SEG] name no region of the item.
    """

    of_segs: tuple[float, ...]
    of_regions: tuple[float, ...]
    astray: int

    @property
    def mean(self) -> float:
        """Over the regions."""
        return float(np.mean(self.of_regions))


def iou(one: np.ndarray, other: np.ndarray) -> float:
    """Intersection over union of two masks, bool (H, W); 1 where both are empty."""
    union = np.count_nonzero(one | other)
    return np.count_nonzero(one & other) / union if union else 1.0


def names(said: str, phrase: str) -> bool:
    """Whether a text names a class: by its phrase, or by a word that people use for it."""
    said, phrase = canonical(said), canonical(phrase)
    return said == phrase or said in synonyms(phrase) or phrase in synonyms(said)


def score(drawn: Sequence[ReferenceMask], true: Sequence[ReferenceMask]) -> MaskScore:
    """Hold what was drawn against what is true; masks of another date or another size match nothing."""
    regions = [(region, region.mask) for region in true]
    together = [np.zeros_like(mask) for _, mask in regions]
    found = [False] * len(regions)
    of_segs, astray = [], 0
    for seg in drawn:
        # Its own phrase first: "destroyed buildings" are buildings too.
        fitting = sorted(
            (canonical(seg.phrase) != canonical(region.phrase), number)
            for number, (region, mask) in enumerate(regions)
            if region.image == seg.image and names(seg.phrase, region.phrase)
            and (seg.rle.height, seg.rle.width) == mask.shape
        )  # fmt: skip
        if not fitting:
            astray += 1
            continue
        number, mask = fitting[0][1], seg.mask
        of_segs.append(iou(mask, regions[number][1]))
        together[number] |= mask
        found[number] = True
    of_regions = [
        iou(mask, region) if there else 0.0 for mask, (_, region), there in zip(together, regions, found, strict=True)
    ]
    return MaskScore(tuple(of_segs), tuple(of_regions), astray)
