"""Places that are kept for judging: no training sample may come from them.

The windows of `labels_by_hand` are none of what `terra_cot.sources.iter_real` reads. Of what it reads, these are held
out: every third chip of the Amazon (forest in 8-bit colours), and the TerraMesh place with the most classes (optical
and radar of one place).
"""

from __future__ import annotations

from collections.abc import Iterable

from ..terra_cot.scenes import LabelledScene

HELD_OUT = (
    "amazon Amazon_122.tiff_33",
    "amazon Amazon_1377.tiff_12",
    "amazon Amazon_1712.tiff_26",
    "amazon Amazon_404.tiff_52",
    "amazon Amazon_505.tiff_26",
    "amazon Amazon_639.tiff_49",
    "amazon Amazon_720.tiff_40",
    "amazon Amazon_819.tiff_11",
    "amazon Amazon_898.tiff_3",
    "amazon Amazon_5.tiff_50",
    "terramesh 637U_59R_1_3",
)
"""`LabelledScene.place` of each"""


def to_train_on(scenes: Iterable[LabelledScene]) -> list[LabelledScene]:
    """Those of the real labelled scenes that may be learnt from."""
    return [scene for scene in scenes if scene.place not in HELD_OUT]


def to_judge_by(scenes: Iterable[LabelledScene]) -> list[LabelledScene]:
    """Those of the real labelled scenes that are held out."""
    return [scene for scene in scenes if scene.place in HELD_OUT]
