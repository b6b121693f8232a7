"""How sure a mask is: what it tells of itself, and what that has been worth where the truth was known.

Three signs: the IoU that the mask decoder predicts, the mean probability inside, and the margin of the boundary. A
model's `confidence_config` says what IoU such masks had on places that were kept from it (`train calibrate`). This is
the uncertainty estimate and the refinement that the paper leaves to future work (appendix J.2).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

import torch
from torch import Tensor

from .config import ConfidenceConfig

UNSURE = 0.5
"""Below it a mask is flagged: less than half of what it and the truth cover is expected to be covered by both."""
MARGIN = 1.0
"""Log-odds on either side of the boundary."""


@dataclass(frozen=True)
class Signs:
    """What a mask tells of itself.

    Attributes:
        predicted_iou: By the mask decoder, 0 to 1.
        probability: Mean of the pixels inside, 0.5 to 1; 0 of an empty mask.
        margin: IoU of the masks above `MARGIN` and above `-MARGIN`, 0 to 1: SAM's stability score, near 1 where the
            boundary is sharp.
    """

    predicted_iou: float
    probability: float
    margin: float

    @property
    def empty(self) -> bool:
        """Whether nothing is inside."""
        return self.probability == 0


@dataclass
class Tally:
    """Counts behind the signs, which a large mask adds up strip by strip."""

    inside: int = 0
    probability: float = 0.0
    above: int = 0
    below: int = 0
    """pixels over `MARGIN`, and over `-MARGIN`"""

    def add(self, log_odds: Tensor) -> None:
        """Count some pixels, of any shape."""
        inside = log_odds > 0
        self.inside += int(inside.sum())
        self.probability += float(torch.where(inside, log_odds.float().sigmoid(), 0.0).sum())
        self.above += int((log_odds > MARGIN).sum())
        self.below += int((log_odds > -MARGIN).sum())

    def signs(self, predicted_iou: float) -> Signs:
        """Of all that was counted."""
        if not self.inside:
            return Signs(predicted_iou, 0.0, 0.0)
        return Signs(predicted_iou, self.probability / self.inside, self.above / self.below)


def signs_of(log_odds: Tensor, predicted_iou: float) -> Signs:
    """The signs of a mask whose pixels are in memory.

    Args:
        log_odds: (H, W), above 0 inside.
        predicted_iou: by the mask decoder.
    """
    tally = Tally()
    tally.add(log_odds)
    return tally.signs(predicted_iou)


@dataclass(frozen=True)
class Confidence:
    """From signs to a score.

    Attributes:
        config: What was learnt where the truth was known; None: the decoder's own prediction is the score.
    """

    config: ConfidenceConfig | None = field(default=None)

    def score(self, signs: Signs) -> float:
        """The IoU that masks with such signs had on average, 0 to 1; of an empty one how often rightly so."""
        if self.config is None:
            return min(1.0, max(0.0, signs.predicted_iou))
        if signs.empty:
            return between(signs.predicted_iou, self.config.empty_knots)
        return between(self.config.raw(signs.predicted_iou, signs.probability, signs.margin), self.config.knots)


def between(x: float, knots: tuple[tuple[float, float], ...]) -> float:
    """Linear between knots (x, y) in rising order of x; the nearest one's y beyond them."""
    at = bisect_right([knot[0] for knot in knots], x)
    if at in (0, len(knots)):
        return knots[min(at, len(knots) - 1)][1]
    (x0, y0), (x1, y1) = knots[at - 1 : at + 1]
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
