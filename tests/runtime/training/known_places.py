"""Small places whose ground is written down, and methods that know it, for the tests of what is judged on places."""

from __future__ import annotations

import numpy as np

from model_runtime.terra_cot.scenes import CLASSES, LabelledScene
from model_runtime.terra_cot.sources.common import mask_of, only, settled
from model_runtime.terra_cot.spectra import OPTICAL_BANDS
from model_runtime.training.bars import Masks
from model_runtime.training.places import Place

CROP_OR_GRASS = mask_of(["cropland", "grassland"])


def place(allowed: np.ndarray, name: str = "here", *, sar: bool = False, site: str = "") -> Place:
    """A place of allowed sets, uint16 (H, W)."""
    shape = allowed.shape
    bands = np.full((len(OPTICAL_BANDS), *shape), 0.2, np.float32)
    scene = LabelledScene(
        bands, settled(allowed), 10.0, (True,) * len(bands), True, allowed, name, names=OPTICAL_BANDS,
        sar=np.full((2, *shape), -12.0, np.float32) if sar else None,
    )  # fmt: skip
    return Place(scene, site or name)


def of_codes(codes: list[list[int]] | np.ndarray, name: str = "here", *, sar: bool = False, site: str = "") -> Place:
    """A place of label codes."""
    return place(only(np.array(codes, np.uint8)), name, sar=sar, site=site)


def truth(here: Place) -> Masks:
    """A method that is never wrong; where crop or grass is known it says crop."""
    allowed = here.scene.allowed
    codes = settled(np.where(allowed == CROP_OR_GRASS, np.uint16(mask_of(["cropland"])), allowed))
    return {name: codes == code for code, name in enumerate(CLASSES, 1)}


def nothing(here: Place) -> Masks:
    """A method that finds nothing."""
    return dict.fromkeys(CLASSES, np.zeros(here.scene.labels.shape, bool))
