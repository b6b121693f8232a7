"""How long the head takes that learns what is shown of a scene: `bench adaptation`."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
import torch
from scipy.ndimage import gaussian_filter

from ..model.adapt import Example, adapt
from ..model.looks import look
from ..model.teaching import planes_of
from ..model.vision import ModelImage
from ..model_store.keeper import Keeper

_BANDS = ("red", "green", "blue", "nir", "swir1", "swir2")
_PHRASES = ("water", "trees", "built-up area")
_OUTLINE_PX = 7


@dataclass(frozen=True)
class Row:
    """Seconds on the clock and of the processor; the processor's are what they would be on a machine that is idle."""

    what: str
    wall_s: float
    cpu_s: float


@torch.inference_mode()
def measure(name: str, size: int, count: int) -> list[Row]:
    """Time what is done once for a scene, and each time something is shown, on one thread.

    Args:
        name: 'nano' or a model folder.
        size: pixels along a side of the scene, which is made of smooth noise.
        count: of the examples, over three phrases.
    """
    rng = np.random.default_rng(1)
    model = Keeper("cpu").get(name)
    bands = np.stack([gaussian_filter(rng.random((size, size), np.float32), 8) for _ in _BANDS])
    image = ModelImage((bands[:3].transpose(1, 2, 0) * 255).astype(np.uint8), bands, _BANDS, reflectance=True)
    features = model.grounding.encode(image.rgb, model.planes(image))
    own = {phrase: torch.zeros(size, size) for phrase in _PHRASES}
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        rows, looks = [], None
        for what, side in (("features, once a scene", 0), ("clicks", 1), ("outlines", _OUTLINE_PX)):
            corners = rng.integers(0, size - _OUTLINE_PX, (count, 2))
            inside = np.argwhere(np.ones((side, side), bool))
            examples = [Example(_PHRASES[k % len(_PHRASES)], at + inside) for k, at in enumerate(corners)]
            begin, spent = time.perf_counter(), time.process_time()
            if looks is None:
                looks = look(planes_of(model, image), features, model.grounding)
            else:
                adapt(looks, own, examples)
            rows.append(Row(what, time.perf_counter() - begin, time.process_time() - spent))
        return rows
    finally:
        torch.set_num_threads(threads)


def run(name: str, size: int, count: int) -> None:
    """Print a table."""
    print(f"{count} examples, {size} x {size} pixels, one thread")
    print(f"{'':<26}{'seconds':>9}{'of processor':>14}")
    for row in measure(name, size, count):
        print(f"{row.what:<26}{row.wall_s:>9.2f}{row.cpu_s:>14.2f}")
