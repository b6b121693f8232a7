"""Masks that the model itself draws while it learns: the mask branch of the same run, as far as it has come.

At run time the tokens that enter after a [SEG] lie under a mask that is never quite the true one. Stage 2 meets such
masks here. They are prompted by the embedding that [SEG] is taught to say, which it says nearly exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from ..model.config import TerraScopeConfig
from ..model.grounding import Grounding, ImageFeatures
from ..model.spectral import planes
from ..terra_cot.vocabulary import LAND_COVER
from .anchors import class_anchors
from .data import Chip
from .questions import Date, Draw
from .stage1 import MaskBranch


class OwnMasks:
    """Draws with the newest weights that stage 1 has written, which may be training beside; on the processor.

    Args:
        config: of the model.
        weights: the file that stage 1 keeps writing.
        seed: of the class anchors.
    """

    def __init__(self, config: TerraScopeConfig, weights: Path, seed: int) -> None:
        self._config, self._weights, self._seed = config, weights, seed
        self._written_ns = 0
        self._grounding: Grounding | None = None

    def of(self, dates: Sequence[Date]) -> Draw | None:
        """Masks of one place; None where stage 1 has written nothing yet."""
        grounding = self._newest()
        if grounding is None:
            return None
        anchors = class_anchors(self._config.grounding_config.d_model, self._seed)
        seen: dict[int, ImageFeatures] = {}

        @torch.inference_mode()
        def draw(phrase: str, image: int) -> np.ndarray:
            if image not in seen:
                seen[image] = self._seen(grounding, dates[image - 1])
            prompt = anchors[LAND_COVER.index(phrase)][None]
            return (grounding.decode(seen[image], prompt).logits > 0).numpy()

        return draw

    def _newest(self) -> Grounding | None:
        if not self._weights.exists():
            return None
        written_ns = self._weights.stat().st_mtime_ns
        if written_ns != self._written_ns:
            branch = MaskBranch(self._config)
            branch.load_state_dict(torch.load(self._weights, map_location="cpu", weights_only=True)["state"])
            branch.eval()
            self._grounding = Grounding(branch.sam2, branch.spectral_stem, self._config.grounding_config)
            self._written_ns = written_ns
        return self._grounding

    def _seen(self, grounding: Grounding, date: Date) -> ImageFeatures:
        """What the mask decoder sees of a date; of two sensors the mean."""
        found = [self._encoded(grounding, image) for image in date.images()]
        return found[0] if len(found) == 1 else grounding.mix(*found, torch.full((1, 1), 0.5))

    def _encoded(self, grounding: Grounding, image: Chip) -> ImageFeatures:
        height, width = image.labels.shape
        bands = torch.from_numpy(image.bands)[None]
        known = (
            torch.from_numpy(image.present)[None],
            torch.tensor([image.reflectance]),
            torch.tensor([image.pixel_size_m], dtype=torch.float32),
        )
        of_image = planes(bands, *known, self._config.input_config)[0]
        return grounding.encode(np.zeros((height, width, 3), np.uint8), of_image)
