"""Whether a model knows how good its masks are: the IoU that it expects of each, held against the true one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .mask_scores import score
from .scoring import Judged

BINS = 10


@dataclass(frozen=True)
class Reliability:
    """Of all masks that name a region of their item and that the model gave a score.

    Attributes:
        scores: float (N,), what the model expects, 0 to 1.
        ious: float (N,), what is true.
    """

    scores: np.ndarray
    ious: np.ndarray

    @property
    def bins(self) -> list[tuple[float, float, int]]:
        """Mean score, mean IoU and number of masks of each of `BINS` equal parts of 0 to 1 that holds any."""
        part = np.minimum((self.scores * BINS).astype(int), BINS - 1)
        return [
            (float(self.scores[at].mean()), float(self.ious[at].mean()), int(at.sum()))
            for at in (part == number for number in range(BINS))
            if at.any()
        ]

    @property
    def calibration_error(self) -> float:
        """Expected calibration error (Guo et al. 2017, eq. 3), with IoU in the place of accuracy.

        The mean over masks of how far the mean IoU of their part of the scores is from its mean score.
        """
        return sum(count * abs(said - true) for said, true, count in self.bins) / len(self.scores)

    @property
    def bias(self) -> float:
        """Mean score less mean IoU: above 0 the model thinks too well of its masks."""
        return float(self.scores.mean() - self.ious.mean())


def reliability(judged: Sequence[Judged]) -> Reliability | None:
    """Of the answers of a run; None where no mask has both a score and a region to be held against."""
    pairs = [
        (mask.score, value)
        for one in judged
        if one.question.item
        for mask in one.response.masks
        if mask.score is not None
        for value in score([mask], one.question.item.masks).of_segs
    ]
    if not pairs:
        return None
    scores, ious = np.array(pairs, float).T
    return Reliability(scores.clip(0, 1), ious)
