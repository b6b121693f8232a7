"""What is shown of a scene, learnt: near an example the mask is what was shown, whatever the model thought."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model_runtime.model.adapt import Example, adapt
from model_runtime.model.looks import Looks, look
from model_runtime.model.teaching import planes_of, points_of
from model_runtime.model.terrascope import TerraScope
from model_runtime.model.vision import ModelImage
from tests.runtime.model.small import write_small

SIZE = (70, 90)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> TerraScope:
    return write_small(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def looks(model: TerraScope) -> Looks:
    """Two fields, dark to the left and bright to the right, with noise."""
    rng = np.random.default_rng(0)
    bands = rng.normal(0.1, 0.01, (3, *SIZE)).astype(np.float32)
    bands[:, :, 45:] += 0.3
    image = ModelImage(np.zeros((*SIZE, 3), np.uint8), bands, ("red", "green", "blue"), True)
    with torch.inference_mode():
        features = model.grounding.encode(image.rgb, model.planes(image))
        return look(planes_of(model, image), features, model.grounding)


def click(row: int, column: int, phrase: str = "field", inside: bool = True) -> Example:
    return Example(phrase, np.array([[row, column]]), inside)


def test_one_click_on_each_field_tells_them_apart(looks: Looks) -> None:
    own = {"dark": torch.zeros(SIZE), "bright": torch.zeros(SIZE)}
    found = adapt(looks, own, [click(30, 20, "dark"), click(40, 70, "bright")])
    dark, bright = ((found[name] > 0).numpy() for name in ("dark", "bright"))
    assert not (dark & bright).any()
    assert dark[:, :40].mean() > 0.95
    assert bright[:, 50:].mean() > 0.95
    assert dark[:, 50:].mean() < 0.05


def test_a_click_outside_takes_away_what_looks_alike(looks: Looks) -> None:
    own = {"field": torch.full(SIZE, 2.0)}
    found = adapt(looks, own, [click(30, 20), click(40, 70, inside=False)])["field"]
    assert (found[:, :40] > 0).float().mean() > 0.95
    assert (found[:, 50:] > 0).float().mean() < 0.05


@given(st.lists(st.tuples(st.integers(0, 69), st.integers(0, 39), st.booleans()), min_size=1, max_size=6,
                unique_by=lambda c: (c[0] // 24, c[1] // 20)), st.floats(-6, 6))  # fmt: skip
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_scores_are_finite_and_the_same_each_time(
    looks: Looks, clicks: list[tuple[int, int, bool]], prior: float
) -> None:
    examples = [click(row, column, inside=inside) for row, column, inside in clicks]
    own = {"field": torch.full(SIZE, prior)}
    found = adapt(looks, own, examples)["field"]
    assert found.shape == SIZE
    assert found.isfinite().all()
    assert torch.equal(found, adapt(looks, own, examples)["field"])


def test_strips_make_no_seams(looks: Looks, monkeypatch: pytest.MonkeyPatch) -> None:
    own = {"field": torch.zeros(SIZE)}
    examples = [click(10, 10), click(60, 80, inside=False)]
    whole = adapt(looks, own, examples)["field"]
    monkeypatch.setattr("model_runtime.model.adapt.STRIP_PX", 1)
    torch.testing.assert_close(adapt(looks, own, examples)["field"], whole, atol=1e-4, rtol=1e-4)


def test_an_outline_weighs_as_much_as_a_click(looks: Looks) -> None:
    """Many pixels of one outline are one thing that was said."""
    outline = Example("field", np.argwhere(np.ones((9, 9), bool)) + (25, 15))
    own = {"field": torch.zeros(SIZE)}
    large, small = (
        adapt(looks, own, [shown, click(40, 70, inside=False)])["field"] for shown in (outline, click(29, 19))
    )
    assert abs(float(large[29, 19] - small[29, 19])) < 1.0


def test_what_is_shown_of_others_is_shown_not_to_be_this() -> None:
    examples = [click(3, 4, "trees"), click(8, 9, "water"), replace(click(1, 1, "water"), inside=False)]
    points = {(p.row, p.column): p.inside for p in points_of(examples, "trees")}
    assert points == {(3, 4): True, (8, 9): False}


def test_a_model_without_bands_can_be_taught_too(golden_model: TerraScope) -> None:
    rng = np.random.default_rng(1)
    rgb = rng.integers(0, 40, (64, 64, 3), dtype=np.uint8)
    rgb[:, 32:] += 150
    image = ModelImage(rgb)
    with torch.inference_mode():
        features = golden_model.grounding.encode(image.rgb, None)
        seen = look(planes_of(golden_model, image), features, golden_model.grounding)
    found = adapt(seen, {"a": torch.zeros(64, 64), "b": torch.zeros(64, 64)}, [click(9, 9, "a"), click(9, 50, "b")])
    assert (found["a"][:, :28] > 0).float().mean() > 0.9
    assert (found["b"][:, 36:] > 0).float().mean() > 0.9


def test_cancelling_ends_it(looks: Looks) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        adapt(looks, {"field": torch.zeros(SIZE)}, [click(1, 1)], stop)
