"""Curves and pictures of a run for TensorBoard."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from torch.utils.tensorboard import SummaryWriter


class Watch:
    """Writes below `tensorboard/` of a run.

    Args:
        folder: of the run.
        step: how many steps are done; what was written of later ones, before a kill, is not shown.
    """

    def __init__(self, folder: Path, step: int) -> None:
        self._writer = SummaryWriter(str(folder / "tensorboard"), purge_step=step + 1, flush_secs=30)

    def scalars(self, step: int, values: Mapping[str, float], group: str = "training") -> None:
        """A point on each curve."""
        for name, value in values.items():
            self._writer.add_scalar(f"{group}/{name.replace(' ', '_')}", value, step)

    def panel(self, step: int, picture: np.ndarray) -> None:
        """The validation masks, uint8 (H, W, 3)."""
        self._writer.add_image("validation/masks", picture, step, dataformats="HWC")

    def close(self) -> None:
        """Write out what is left."""
        self._writer.close()
