"""Windows over native pixels, and the spectral stem beside them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from model_runtime.model.config import InputConfig, StemConfig
from model_runtime.model.grounding import _feather, starts
from model_runtime.model.spectral import SpectralStem, planes
from model_runtime.model.terrascope import TerraScope
from model_runtime.model.vision import ModelImage
from tests.runtime.model.small import write_small

INPUT = InputConfig(bands=("red", "green", "blue", "nir", "swir1"), optional=("nir", "swir1"))


@given(st.integers(1, 3000), st.sampled_from([64, 256]))
def test_windows_cover_everything_and_overlap(length: int, window: int) -> None:
    found = starts(length, window)
    assert found[0] == 0
    assert max(found) + window >= length
    assert all(0 < b - a <= window * 3 // 4 for a, b in zip(found, found[1:], strict=False))
    assert length <= window or found[-1] + window == length


@settings(max_examples=20)
@given(st.integers(10, 70), st.integers(10, 70))
def test_feathering_a_constant_gives_the_constant(height: int, width: int) -> None:
    corners = [(top, left) for top in starts(height, 32) for left in starts(width, 32)]
    blended = _feather(torch.full((len(corners), 32, 32), 3.5), corners, (height, width))
    assert blended.shape == (height, width)
    torch.testing.assert_close(blended, torch.full((height, width), 3.5))


@pytest.mark.parametrize("size", [(40, 30), (256, 256), (300, 520)])
def test_masks_have_the_size_of_the_image(tmp_path: Path, size: tuple[int, int]) -> None:
    model: TerraScope = write_small(tmp_path)
    bands = np.random.default_rng(0).random((5, *size), dtype=np.float32)
    image = ModelImage(np.zeros((*size, 3), np.uint8), bands, INPUT.bands, True)
    with torch.inference_mode():
        features = model.grounding.encode(image.rgb, model.planes(image))
        decoded = model.grounding.decode(features, torch.randn(1, 32))
    assert decoded.mask.shape == size
    assert 0 <= decoded.score <= 1


def test_a_missing_band_changes_nothing_but_its_flag() -> None:
    """Whatever stands in an absent band, the planes are the same."""
    bands = torch.rand(1, 5, 8, 8)
    present = torch.tensor([[True, True, True, False, False]])
    other = bands.clone()
    other[:, 3:] = 0.9
    made = planes(bands, present, torch.tensor([True]), torch.tensor([10.0]), INPUT)
    assert made.shape == (1, INPUT.plane_count, 8, 8)
    torch.testing.assert_close(made, planes(other, present, torch.tensor([True]), torch.tensor([10.0]), INPUT))
    assert made[0, 5:9].abs().max() == 0  # every index needs infrared


def test_ndvi_and_ndwi_are_the_known_formulas() -> None:
    bands = torch.tensor([0.1, 0.2, 0.05, 0.4, 0.3]).reshape(1, 5, 1, 1)
    made = planes(bands, torch.ones(1, 5, dtype=torch.bool), torch.tensor([True]), torch.tensor([10.0]), INPUT)
    made = made[0, :, 0, 0]
    assert made[5] == pytest.approx((0.4 - 0.1) / (0.4 + 0.1), abs=1e-3)
    assert made[6] == pytest.approx((0.2 - 0.4) / (0.2 + 0.4), abs=1e-3)
    assert made[7] == pytest.approx((0.2 - 0.3) / (0.2 + 0.3), abs=1e-3)
    assert made[8] == pytest.approx((0.3 - 0.4) / (0.3 + 0.4), abs=1e-3)


@torch.inference_mode()
@pytest.mark.parametrize("size", [(16, 16), (33, 65), (511, 20), (513, 40), (1300, 40)])
def test_strips_make_no_seams(size: tuple[int, int]) -> None:
    """Nor do the strips within them: the same features to what float16 tells apart."""
    torch.manual_seed(1)
    stem = SpectralStem(3, 8, StemConfig(width=16, features=4))
    image = torch.rand(1, 3, *size)
    torch.testing.assert_close(stem.in_strips(image).float(), stem(image), atol=1e-4, rtol=1e-3)


def test_the_stem_sees_single_pixels_and_its_surroundings() -> None:
    torch.manual_seed(0)
    stem = SpectralStem(3, 8, StemConfig(width=16, features=4))
    flat = torch.full((1, 3, 50, 70), 0.5)
    spot = flat.clone()
    spot[0, :, 20, 30] = 1.0
    changed = (stem(spot) - stem(flat)).abs().amax(1)[0]
    assert stem(flat).shape == (1, 4, 50, 70)
    assert changed[19:22, 29:32].max() == changed.max()
    assert changed[20, 40] > 0  # within 16 pixels
    assert changed[20, 69] < 1e-6  # beyond


def test_the_size_of_a_pixel_is_a_plane_of_its_own() -> None:
    """10 m is 0, a factor of four each way 1; nothing else moves with it."""
    told = INPUT.model_copy(update={"pixel_size": True})
    bands, present = torch.rand(3, 5, 4, 4), torch.ones(3, 5, dtype=torch.bool)
    made = planes(bands, present, torch.ones(3, dtype=torch.bool), torch.tensor([2.5, 10.0, 40.0]), told)
    assert made.shape[1] == told.plane_count == INPUT.plane_count + 1
    assert told.plane_names[-1] == "pixel size"
    assert made[:, -1, 0, 0].tolist() == pytest.approx([-1.0, 0.0, 1.0])
    torch.testing.assert_close(
        made[:, :-1], planes(bands, present, torch.ones(3, dtype=torch.bool), torch.full((3,), 7.0), INPUT)
    )
