"""What a user shows of a scene, learnt in a moment: a light head on the model's own features, for this scene alone.

Labels from elsewhere transfer badly and a few from the scene itself are worth more than all of them (NANO_STUDY.md).
The head is a Gaussian process: a part of the model's own logit is its prior mean, and near an example, in looks and on
the ground, what was shown counts instead (Rasmussen and Williams 2006, section 2.7, with fixed hyperparameters). Its
few equations are solved at once; nothing of the model changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from .looks import STRIP_PX, Looks

# Found on the places of `train evaluate-adaptation`; benchmarks/NANO.md tells what else was tried.
_ALIKE = 0.7
"""length scale of the kernel over features, whose mean square difference from the scene's average is 1"""
_NEARBY_PX = 40.0
"""length over which what an example shows fades on the ground"""
_GROUND = 0.6
"""share of the kernel that is for pixels both alike and nearby; the rest is for those alike anywhere"""
_NOISE = 0.1
"""variance of one example, where that of the kernel is 1"""
_TRUST, _LARGEST_LOGIT = 0.2, 6.0
"""how much of the model's own logit is the prior mean, and where that logit is cut off"""
_SHOWN = 2.0
"""the log-odds that an example stands for"""
_SHARES, _LEAST_SHARE = 0.6, 0.02
"""how much a phrase's share of the scene weighs: examples are spread over phrases more evenly than the ground is"""
_PER_EXAMPLE, _AT_MOST = 5, 1000
"""pixels of an outline that are learnt from, together as much as one click; and of all outlines, if there are many"""


@dataclass(frozen=True)
class Example:
    """Ground of which somebody says that it is a region of a phrase, or that it is not.

    Attributes:
        phrase: what the region is called.
        pixels: int (n, 2), row and column, at least one.
        inside: False: it is no such region.
        image: 0-based date on which it was seen.
    """

    phrase: str
    pixels: np.ndarray
    inside: bool = True
    image: int = 0


@dataclass(frozen=True)
class Lessons:
    """What is shown of a place, and how to know a phrase again.

    Attributes:
        examples: of all dates.
        phrase_of: the phrase of the examples that a phrase of the reasoning means: "forest" may be "trees".
    """

    examples: tuple[Example, ...]
    phrase_of: Callable[[str], str]

    def of_date(self, image: int) -> list[Example]:
        """Those of one date, 0-based."""
        return [example for example in self.examples if example.image == image]


def phrases(examples: Sequence[Example]) -> list[str]:
    """What is shown, each phrase once, in the order in which it comes first."""
    return list(dict.fromkeys(example.phrase for example in examples))


def adapt(
    looks: Looks, own: Mapping[str, Tensor], examples: Sequence[Example], go_on: Callable[[], None] = lambda: None
) -> dict[str, Tensor]:
    """Masks of the phrases that are shown, as somebody who knows the place would draw them.

    What is shown of one phrase is shown not to be the others. A pixel is of the phrase with the largest score, if
    that is above the level of what nothing is known of.

    Args:
        looks: of the date.
        own: phrase -> (H, W), the model's own logits, of each phrase that is shown.
        examples: of this date, at least one.
        go_on: asked between strips; may raise to stop.

    Returns:
        phrase -> float32 (H, W), log-odds; above 0 is inside. Phrases exclude one another.
    """
    shown = phrases(examples)
    pixels, example_of, noise = _drawn(examples)
    pixels, noise = pixels.to(looks.device), noise.to(looks.device)
    seen = looks.of(pixels)
    kernel = _alike(seen, seen) * _near(*(_fade(line, line) for line in pixels.T))
    scores = torch.stack([_TRUST * own[name].float().clamp(-_LARGEST_LOGIT, _LARGEST_LOGIT) for name in shown])
    weights = torch.zeros((len(shown), len(pixels)), device=looks.device)
    for row, name in enumerate(shown):
        said = torch.tensor([_target(examples[index], name) for index in example_of], device=looks.device)
        used = said != 0
        mean = scores[row, pixels[used, 0], pixels[used, 1]]
        system = kernel[used][:, used] + torch.diag(noise[used])
        weights[row, used] = torch.linalg.solve(system, _SHOWN * said[used] - mean)
    height, width = looks.size
    rows = max(1, STRIP_PX // (width * looks.CELL)) * looks.CELL
    across = torch.arange(width, device=looks.device)
    for top in range(0, height, rows):
        go_on()
        bottom = min(top + rows, height)
        down = torch.arange(top, bottom, device=looks.device)
        near = _near(_fade(pixels[:, 0], down)[:, :, None], _fade(pixels[:, 1], across)[:, None])
        learnt = weights @ _alike(seen, looks.at(top, bottom)).mul_(near.flatten(1))
        scores[:, top:bottom] += learnt.reshape(len(shown), bottom - top, width)
    return dict(zip(shown, _log_odds(scores, examples, shown), strict=True))


def _target(example: Example, phrase: str) -> float:
    """1 inside, -1 outside, 0 where the example says nothing about a phrase."""
    if example.phrase == phrase:
        return 1.0 if example.inside else -1.0
    return -1.0 if example.inside else 0.0


def _drawn(examples: Sequence[Example]) -> tuple[Tensor, list[int], Tensor]:
    """The pixels that are learnt from (n, 2), which example each is of, and the variance of each."""
    most = max(1, min(_PER_EXAMPLE, _AT_MOST // len(examples)))
    chosen, example_of, noise = [], [], []
    for index, example in enumerate(examples):
        # Spread over the outline in the order of its rows, the same each time.
        count = min(most, len(example.pixels))
        picked = example.pixels[(2 * np.arange(count) + 1) * len(example.pixels) // (2 * count)]
        chosen.append(picked)
        example_of += [index] * count
        noise += [_NOISE * count] * count
    return torch.from_numpy(np.concatenate(chosen).astype(np.int64)), example_of, torch.tensor(noise)


def _alike(seen: Tensor, features: Tensor) -> Tensor:
    """The part of the covariance (n, m) that features make, (C, n) and (C, m)."""
    apart = torch.addmm(features.square().sum(0)[None], seen.T, features, alpha=-2).add_(seen.square().sum(0)[:, None])
    return apart.clamp_min_(0).mul_(-0.5 / _ALIKE**2).exp_()


def _fade(one: Tensor, other: Tensor) -> Tensor:
    """How much (n, m) is left along one axis of the ground between positions (n,) and (m,)."""
    return torch.exp((one[:, None] - other).abs() / -_NEARBY_PX)


def _near(down: Tensor, across: Tensor) -> Tensor:
    """The part of the covariance that distance on the ground makes, of what is left along both axes."""
    return (down * across).mul_(_GROUND).add_(1 - _GROUND)


def _log_odds(scores: Tensor, examples: Sequence[Example], shown: Sequence[str]) -> list[Tensor]:
    """Each phrase's score (phrases, H, W) over the best of the others and of what nothing is known of."""
    positive = torch.tensor([any(e.inside and e.phrase == name for e in examples) for name in shown])
    count = int(positive.sum())
    if count > 1:
        # One step of Saerens et al. (2002): from the phrases' even shares of the examples to those of the scene.
        here = positive.nonzero()[:, 0].to(scores.device)
        shares = scores[here].softmax(0).flatten(1).mean(1)
        scores[here] += _SHARES * (count * shares + _LEAST_SHARE).log()[:, None, None]
    level = _level(count, any(not example.inside for example in examples))
    found = []
    for row in range(len(shown)):
        rest = torch.cat([scores[:row], scores[row + 1 :]])
        found.append(scores[row] - (rest.amax(0).clamp_min(level) if len(rest) else level))
    return found


def _level(positive: int, negatives: bool) -> float:
    """The score of a pixel of which nothing is known.

    Of several phrases that are shown evenly, each is shown to be elsewhere more often than here: the level is the mean
    of what is shown. One phrase without anything beside it is shown nowhere not to be, so the level is above 0.
    """
    if positive == 0 or (positive == 1 and negatives):
        return 0.0
    return _SHOWN / 4 if positive == 1 else 2 * _SHOWN / positive - _SHOWN
