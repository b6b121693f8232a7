"""How pixels look to the model: what is joined keeps the distances between them."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn import functional as F

from model_runtime.model import looks
from model_runtime.model.teaching import planes_of
from model_runtime.model.terrascope import TerraScope
from model_runtime.model.vision import ModelImage
from tests.runtime.model.small import write_small


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> TerraScope:
    return write_small(tmp_path_factory.mktemp("small"))


def _apart(features: Tensor) -> Tensor:
    return torch.cdist(features.T.double(), features.T.double()).square()


@given(st.integers(0, 1000), st.integers(1, 12), st.integers(1, 12))
@settings(max_examples=30, deadline=None)
def test_joined_maps_keep_distances_but_for_what_may_be_lost(seed: int, one: int, other: int) -> None:
    """Against the distances of the same maps scaled by hand, each counting for as much as the other."""
    rng = torch.Generator().manual_seed(seed)
    mixed = torch.randn(one + other, 4, generator=rng) @ torch.randn(4, 24 * 20, generator=rng)
    maps = [(3 * mixed[:one] + 5).reshape(one, 24, 20), mixed[one:].reshape(other, 24, 20)]
    joined = looks._joined(maps, 4, 3).flatten(1)
    by_hand = torch.cat(
        [(m - m.mean()) / (m.std(correction=0) + 0.01) / (len(group) * 3) ** 0.5 for group in maps for m in group]
    ).reshape(one + other, -1)
    mean, lost = _apart(by_hand).mean(), (_apart(by_hand) - _apart(joined)).mean()
    assert len(joined) <= 4
    assert -1e-5 <= lost <= looks._LOST * mean + 1e-5


@pytest.mark.parametrize("side", [3, 5])
def test_means_around_are_those_of_all_pixels_around(side: int) -> None:
    """Over cells of two by two pixels they are the means over the pixels, at the edges too."""
    x = torch.rand(1, 2, 32, 48, generator=torch.Generator().manual_seed(1))
    found = looks._around(F.avg_pool2d(x, 2), side)
    torch.testing.assert_close(found, F.avg_pool2d(x, 2 * side, 2, side - 1, count_include_pad=False))


@pytest.mark.parametrize("size", [(16, 16), (70, 90), (130, 33)])
def test_single_pixels_look_as_their_rows_do(model: TerraScope, size: tuple[int, int]) -> None:
    rng = np.random.default_rng(2)
    image = ModelImage(np.zeros((*size, 3), np.uint8), rng.random((3, *size), np.float32), ("red", "green", "blue"))
    with torch.inference_mode():
        features = model.grounding.encode(image.rgb, model.planes(image))
        seen = looks.look(planes_of(model, image), features, model.grounding)
        pixels = torch.from_numpy(rng.integers(0, size, (9, 2)))
        rows = torch.cat([seen.at(top, min(top + 16, size[0])) for top in range(0, size[0], 16)], 1)
    assert rows.shape[1] == size[0] * size[1]
    assert torch.equal(seen.of(pixels), rows[:, pixels[:, 0] * size[1] + pixels[:, 1]])


def test_a_scene_without_any_difference_looks_the_same_everywhere(model: TerraScope) -> None:
    image = ModelImage(np.full((40, 40, 3), 90, np.uint8))
    with torch.inference_mode():
        features = model.grounding.encode(image.rgb, model.planes(image))
        flat = looks.look([torch.full((3, 40, 40), 0.5)], features, model.grounding).at(0, 40)
    assert flat.isfinite().all()
