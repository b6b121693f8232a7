"""Bagged classification trees on pixels, few and small enough to be grown in seconds without a library.

From a few hundred labelled pixels of a scene nothing finds thresholds in its bands as surely as trees do (Breiman 1996,
"Bagging predictors"; Breiman et al. 1984, "Classification and regression trees"). `finetune_pixels` teaches a network
what they say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

_STRIP = 1 << 17
"""samples that are looked up at a time"""


@dataclass(frozen=True)
class Tree:
    """One tree; a node is a place in the arrays.

    Attributes:
        feature: int (N,), which feature a node asks about, -1 at a leaf.
        threshold: float32 (N,), at or below it the way goes left.
        left: int (N,).
        right: int (N,).
        votes: float32 (N, K), shares of the classes at a node.
    """

    feature: np.ndarray
    threshold: np.ndarray
    left: np.ndarray
    right: np.ndarray
    votes: np.ndarray

    def leaves(self, samples: np.ndarray) -> np.ndarray:
        """The leaf (n,) that each sample (n, D) ends in."""
        at = np.zeros(len(samples), np.int64)
        on_way = np.flatnonzero(self.feature[at] >= 0)
        while len(on_way):
            here = at[on_way]
            left = samples[on_way, self.feature[here]] <= self.threshold[here]
            at[on_way] = np.where(left, self.left[here], self.right[here])
            on_way = on_way[self.feature[at[on_way]] >= 0]
        return at


@dataclass(frozen=True)
class Forest:
    """Trees that vote."""

    trees: tuple[Tree, ...]

    def shares(self, samples: np.ndarray, go_on: Callable[[], None]) -> np.ndarray:
        """Votes of the trees for each class, float32 (n, K), each row's sum 1.

        Args:
            samples: float32 (n, D).
            go_on: called between pieces of the work; raises to stop.
        """
        votes = np.zeros((len(samples), self.trees[0].votes.shape[1]), np.float32)
        for start in range(0, len(samples), _STRIP):
            for tree in self.trees:
                go_on()
                votes[start : start + _STRIP] += tree.votes[tree.leaves(samples[start : start + _STRIP])]
        return votes / len(self.trees)

    def thresholds(self) -> list[tuple[int, float]]:
        """Feature and threshold of every question that a tree asks."""
        return [
            (int(feature), float(threshold))
            for tree in self.trees
            for feature, threshold in zip(tree.feature, tree.threshold, strict=True)
            if feature >= 0
        ]


_TRIED = 0.6
"""share of the features that each node chooses from (Breiman 2001, "Random forests")"""


def grow(
    samples: np.ndarray, classes: np.ndarray, count: int, trees: int, seed: int, go_on: Callable[[], None]
) -> Forest:
    """Grow trees to their ends, each on samples drawn with replacement, of each class as many.

    Args:
        samples: float32 (n, D).
        classes: int (n,), 0-based.
        count: of classes.
        trees: how many.
        seed: of what is drawn.
        go_on: called between nodes; raises to stop.
    """
    rng = np.random.default_rng(seed)
    of = [np.flatnonzero(classes == code) for code in range(count)]
    each = -(-len(samples) // count)
    grown = []
    for _ in range(trees):
        drawn = np.concatenate([rng.choice(some, each) for some in of if len(some)])
        grown.append(_grow(samples[drawn], np.eye(count, dtype=np.float32)[classes[drawn]], rng, go_on))
    return Forest(tuple(grown))


def _grow(samples: np.ndarray, truth: np.ndarray, rng: np.random.Generator, go_on: Callable[[], None]) -> Tree:
    varying = np.flatnonzero(np.ptp(samples, 0) > 0)
    tried = max(1, round(_TRIED * len(varying)))
    nodes: list[list] = [[-1, 0.0, 0, 0, truth.mean(0)]]
    waiting = [(0, np.arange(len(samples)))]
    while waiting:
        go_on()
        node, inside = waiting.pop()
        if nodes[node][4].max() > 1 - 1e-6 or not len(varying):
            continue
        # In another order at each node, so that of features that part samples equally well none is always taken.
        some = rng.permutation(varying)[:tried]
        found = _best_split(samples[inside][:, some], truth[inside])
        if found is None:
            continue
        feature, threshold = int(some[found[0]]), found[1]
        left = samples[inside, feature] <= threshold
        children = [inside[left], inside[~left]]
        nodes[node][:4] = [feature, threshold, len(nodes), len(nodes) + 1]
        for child in children:
            waiting.append((len(nodes), child))
            nodes.append([-1, 0.0, 0, 0, truth[child].mean(0)])
    columns = list(zip(*nodes, strict=True))
    kinds = (np.int64, np.float32, np.int64, np.int64, np.float32)
    return Tree(*(np.array(column, kind) for column, kind in zip(columns, kinds, strict=True)))


def _best_split(samples: np.ndarray, truth: np.ndarray) -> tuple[int, float] | None:
    """The feature and the threshold that leave the least Gini impurity; None where all samples are alike."""
    n = len(samples)
    order = samples.argsort(0, kind="stable")
    sorted_ = np.take_along_axis(samples, order, 0)
    below = truth[order].cumsum(0)[:-1]
    above = below[-1:] + truth[order[-1]] - below
    size = np.arange(1, n, dtype=np.float32)[:, None]
    # Sum over both sides of n_side * (1 - sum of squared shares), without its constant.
    purity = (below**2).sum(-1) / size + (above**2).sum(-1) / (n - size)
    purity[sorted_[1:] <= sorted_[:-1]] = -1
    row, feature = np.unravel_index(purity.argmax(), purity.shape) if n > 1 else (0, 0)
    if n < 2 or purity[row, feature] < 0:
        return None
    low, high = sorted_[row, feature], sorted_[row + 1, feature]
    middle = np.float32((low + high) / 2)
    return int(feature), float(middle if middle < high else low)
