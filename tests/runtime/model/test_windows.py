"""A large image's masks are those that the whole image would have, however it is cut for the work."""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace
from pathlib import Path

import numpy as np
import pytest
import torch

from model_runtime.errors import Cancelled
from model_runtime.model import windows
from model_runtime.model.banks import encode_at_once
from model_runtime.model.checkpoint import load_model
from model_runtime.model.profile import PAPER
from model_runtime.model.teaching import QUESTION, marked_prompts
from model_runtime.model.terrascope import TerraScope
from model_runtime.model.vision import ModelImage
from model_runtime.model.windows import MixedWindows, Windows, WindowsMask
from model_runtime.rasters.mask_file import MaskFile
from model_runtime.rasters.values_file import ValuesFile

NANO = Path(__file__).resolve().parents[3] / "resources" / "models" / "terrascope-nano"
ROLES = ("red", "green", "blue", "nir")


@dataclass
class InMemory:
    """Pixels of an image that is in memory, read as if they were not."""

    image: ModelImage
    folder: Path
    step: int = 3
    empty_above: int = 0
    """rows without data"""
    made: int = 0
    goes_on: bool = False
    reads: int = 0

    @property
    def size(self) -> tuple[int, int]:
        return self.image.rgb.shape[:2]

    def read(self, top: int, left: int, height: int, width: int) -> ModelImage | None:
        assert top >= 0 and left >= 0 and top + height <= self.size[0] and left + width <= self.size[1]
        self.reads += 1
        if top + height <= self.empty_above:
            return None
        part = np.s_[..., top : top + height, left : left + width]
        rgb = self.image.rgb[top : top + height, left : left + width]
        return replace(self.image, rgb=rgb, bands=self.image.bands[part], pixels=None)

    def new_mask(self, key: str | None) -> MaskFile:
        self.made += not self.goes_on
        return MaskFile(self.folder / f"{(key or '')[:8]}{self.made}.mask", self.size, goes_on=self.goes_on)

    def new_values(self) -> ValuesFile:
        return ValuesFile(self.folder / f"{self.made}.values", self.size)


@pytest.fixture(scope="module")
def model() -> TerraScope:
    if not (NANO / "model.safetensors").is_file():
        pytest.skip("terrascope-nano is not in this checkout")
    return load_model(NANO)


def image(height: int, width: int) -> ModelImage:
    """Lakes in fields, with noise."""
    rng = np.random.default_rng(height)
    rows, columns = np.mgrid[0:height, 0:width]
    water = np.sin(rows / 37) + np.cos(columns / 53) > 0.9
    bands = np.where(water, 0.04, np.array([0.08, 0.1, 0.07, 0.35])[:, None, None]) + rng.normal(
        0, 0.01, (4, height, width)
    )
    bands = bands.clip(0, 1).astype(np.float32)
    rgb = (bands[:3].transpose(1, 2, 0) * 255 / 0.3).clip(0, 255).astype(np.uint8)
    return ModelImage(rgb, bands, ROLES, True, 10.0)


def water(model: TerraScope, whole: ModelImage) -> torch.Tensor:
    """The prompt of the water, as the model says it of the image."""
    (bank,) = encode_at_once(model, [whole])
    (prompt,) = marked_prompts(model, bank.views, QUESTION, ["water"], PAPER)
    return prompt


def mapped(model: TerraScope, pixels: InMemory, prompt: torch.Tensor) -> WindowsMask:
    seen = Windows(model.grounding, model.planes, replace(pixels.image, pixels=pixels))
    *shares, mask = seen.decode(prompt, lambda _: None)
    assert shares == sorted(shares) and shares[-1] == pytest.approx(1)
    return mask


@pytest.mark.parametrize("size", [(700, 500), (260, 1100), (120, 600)])
@torch.inference_mode()
def test_the_mask_is_that_of_the_whole_image(
    model: TerraScope, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "_SIDE", 2)
    whole = image(*size)
    prompt = water(model, whole)
    expected = model.grounding.decode(model.grounding.encode(whole.rgb, model.planes(whole)), prompt)
    found = mapped(model, InMemory(whole, tmp_path), prompt)
    assert 0.01 < expected.mask.mean() < 0.99
    # What is kept of windows is kept in half precision.
    assert (found.mask[:] != expected.mask).mean() < 2e-3
    assert found.signs.predicted_iou == pytest.approx(expected.score, abs=5e-3)
    assert found.signs.probability == pytest.approx(expected.signs.probability, abs=5e-3)
    assert found.signs.margin == pytest.approx(expected.signs.margin, abs=5e-3)
    np.testing.assert_array_equal(found.overview, found.mask.thinned(3) > 0.5)


@torch.inference_mode()
def test_a_second_look_is_that_of_the_whole_image(model: TerraScope, tmp_path: Path) -> None:
    whole = image(300, 400)
    prompt = water(model, whole)
    encoded = model.grounding.encode(whole.rgb, model.planes(whole))
    first = model.grounding.decode(encoded, prompt)
    expected = model.grounding.decode(encoded, prompt, first.best)
    assert (expected.mask != first.mask).any()
    seen = Windows(model.grounding, model.planes, replace(whole, pixels=InMemory(whole, tmp_path)))
    found = [*seen.decode(prompt, lambda _: None, again=True)][-1]
    assert (found.mask[:] != expected.mask).mean() < 2e-3
    assert found.signs.predicted_iou == pytest.approx(expected.score, abs=5e-3)


@torch.inference_mode()
def test_several_dates_get_log_odds_and_carry_the_mask_on(model: TerraScope, tmp_path: Path) -> None:
    first, second = image(520, 400), image(520, 401)
    second = replace(second, rgb=second.rgb[:, :400], bands=second.bands[:, :, :400])
    prompt = water(model, first)
    encoded = [model.grounding.encode(one.rgb, model.planes(one)) for one in (first, second)]
    earlier = model.grounding.decode(encoded[0], prompt)
    expected = model.grounding.decode(encoded[1], prompt, earlier.best)
    found = None
    for one in (first, second):
        pixels = InMemory(one, tmp_path)
        seen = Windows(model.grounding, model.planes, replace(one, pixels=pixels))
        carried = found and found.best
        found = [*seen.decode(prompt, lambda _: None, carried, of_several=True)][-1]
    np.testing.assert_array_equal(found.log_odds[:] > 0, found.mask[:])
    logits = expected.logits.numpy()
    assert np.abs(found.log_odds[:] - logits).mean() < 0.05 * np.abs(logits).mean()
    assert (found.mask[:] != expected.mask).mean() < 5e-3


@torch.inference_mode()
def test_two_sensors_are_mixed_as_in_one_piece(model: TerraScope, tmp_path: Path) -> None:
    one, other = image(520, 400), image(520, 401)
    other = replace(other, rgb=other.rgb[:, :400], bands=other.bands[:, :, :400])
    prompt = water(model, one)
    share = torch.rand(7, 5, generator=torch.Generator().manual_seed(1))
    features = [model.grounding.encode(sensor.rgb, model.planes(sensor)) for sensor in (one, other)]
    expected = model.grounding.decode(model.grounding.mix(*features, share), prompt)
    both = [
        Windows(model.grounding, model.planes, replace(sensor, pixels=InMemory(sensor, tmp_path)))
        for sensor in (one, other)
    ]
    found = [*MixedWindows(*both, share).decode(prompt, lambda _: None)][-1]
    assert 0.01 < expected.mask.mean() < 0.99
    assert (found.mask[:] != expected.mask).mean() < 3e-3


@torch.inference_mode()
def test_the_cut_does_not_matter_and_what_is_kept_is_used_again(
    model: TerraScope, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = image(640, 700)
    prompt = water(model, whole)
    masks = []
    for side in (1, 2, 5):
        monkeypatch.setattr(windows, "_SIDE", side)
        masks.append(mapped(model, InMemory(whole, tmp_path), prompt).mask[:])
    assert (masks[0] != masks[2]).mean() < 1e-4 and (masks[1] != masks[2]).mean() < 1e-4
    seen = Windows(model.grounding, model.planes, replace(whole, pixels=InMemory(whole, tmp_path)))
    first, again = ([*seen.decode(prompt, lambda _: None)][-1].mask[:] for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert seen.nbytes > 0
    monkeypatch.setattr(windows, "_SIDE", 2)
    small = Windows(model.grounding, model.planes, replace(whole, pixels=InMemory(whole, tmp_path)), 1)
    assert ([*small.decode(prompt, lambda _: None)][-1].mask[:] != first).mean() < 1e-4
    assert small.nbytes < seen.nbytes / 2


@torch.inference_mode()
def test_nodata_is_skipped_and_a_wish_to_stop_is_heard(
    model: TerraScope, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "_SIDE", 1)
    whole = image(1500, 300)
    prompt = water(model, whole)
    pixels = InMemory(whole, tmp_path, empty_above=1400)
    assert not mapped(model, pixels, prompt).mask[: 1400 - 2 * model.config.grounding_config.image_size].any()
    seen = Windows(model.grounding, model.planes, replace(whole, pixels=pixels))

    def stop(share: float) -> None:
        if share > 0.3:
            raise Cancelled

    with pytest.raises(Cancelled):
        [*seen.decode(prompt, stop)]


@torch.inference_mode()
def test_a_stopped_mask_goes_on_from_its_finished_rows(
    model: TerraScope, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "_SIDE", 1)
    whole = image(900, 256)  # five rows of windows
    prompt = water(model, whole)
    expected = mapped(model, InMemory(whole, tmp_path), prompt)
    pixels = InMemory(whole, tmp_path, goes_on=True)

    def stop(share: float) -> None:
        if share > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        [*Windows(model.grounding, model.planes, replace(whole, pixels=pixels)).decode(prompt, stop)]
    (path,) = (file for file in tmp_path.glob("*.mask") if file.name.endswith("0.mask"))
    with path.open("ab") as file:
        file.write(b"broken off")
    pixels.reads = 0
    *_, found = Windows(model.grounding, model.planes, replace(whole, pixels=pixels)).decode(prompt, lambda _: None)
    assert pixels.reads <= 3
    np.testing.assert_array_equal(found.mask[:], expected.mask[:])
    assert astuple(found.signs) == pytest.approx(astuple(expected.signs))
    pixels.reads = 0
    *_, again = Windows(model.grounding, model.planes, replace(whole, pixels=pixels)).decode(prompt, lambda _: None)
    assert pixels.reads == 0 and astuple(again.signs) == pytest.approx(astuple(expected.signs))
    np.testing.assert_array_equal(again.mask[:], expected.mask[:])
