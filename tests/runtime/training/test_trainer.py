"""The loop: what learns and what rests, how a batch is put together, and how it ends early."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.errors import Cancelled, ModelError, RequestError
from model_runtime.model.checkpoint import load_model
from model_runtime.model.terrascope import TerraScope
from model_runtime.training.conversations import Conversation, Mark
from model_runtime.training.orders import ListOrder
from model_runtime.training.stage_recipes import PARTS, STAGE_RECIPES, TOGETHER, modules_of, with_parts
from tests.runtime.training.small_training import block, image, recipe, talk, write_small_model

pytest.importorskip("accelerate")
from model_runtime.training.runs import Run  # noqa: E402
from model_runtime.training.trainee import make_ready  # noqa: E402
from model_runtime.training.trainer import Means, rate_factor, train  # noqa: E402


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trained") / "base"
    write_small_model(folder)
    return folder


def talks() -> list[Conversation]:
    return [
        talk("one", [image(1)], Mark("water", 0, block(0, 0, 32)), measure="25 %, 4 ha"),
        talk("none", [image(2)], answer="No"),
        talk("two", [image(3), image(4)], Mark("water", 0, block(8, 8, 32)), Mark("water", 1, block(8, 8, 48))),
        talk("empty", [image(5)], Mark("trees", 0, block(0, 0, 0))),
    ]


def means(steps: int, **other: object) -> Means:
    return Means(steps, **{"cpu": True, **other})


def changed(model: TerraScope, base: Path) -> dict[str, bool]:
    """Which parts are not what they were."""
    before = load_model(base)
    return {
        part: any(
            not torch.equal(now, then)
            for mine, theirs in zip(modules_of(model, part), modules_of(before, part), strict=True)
            for now, then in zip(mine.state_dict().values(), theirs.state_dict().values(), strict=True)
        )
        for part in PARTS
    }


@pytest.mark.parametrize("stage", ["stage1", "stage2"])
def test_only_the_parts_of_the_table_learn(base: Path, stage: str) -> None:
    model = load_model(base)
    train(model, ListOrder(talks(), 1), recipe(stage), means(2, micro_batch=2), tell=lambda line: None)
    assert changed(model, base) == {part: how[stage] != "frozen" for part, how in PARTS.items()}
    assert not any(value.requires_grad for value in model.sam2.vision_encoder.parameters())


def test_parts_can_be_named(base: Path) -> None:
    parts = with_parts(STAGE_RECIPES["stage1"], ["vision_model"], ["spectral_stem"])
    model = load_model(base)
    make_ready(model, replace(STAGE_RECIPES["stage1"], parts=parts))
    assert all(value.requires_grad for value in model.vision_model.parameters())
    assert not any(value.requires_grad for value in model.spectral_stem.parameters())
    with pytest.raises(RequestError, match="no part 'vision'; the parts are vision_model, "):
        with_parts(STAGE_RECIPES["stage1"], ["vision"], [])
    with pytest.raises(RequestError, match="Every part of the model is frozen"):
        make_ready(model, replace(STAGE_RECIPES["stage1"], parts=tuple((part, "frozen") for part in PARTS)))


def test_every_part_of_a_model_is_in_the_table(base: Path) -> None:
    model = load_model(base)
    make_ready(model, TOGETHER)
    left = {name for name, value in model.named_parameters() if not value.requires_grad}
    assert left == {"sam2.no_memory_embedding"}


def test_a_batch_is_the_same_however_it_is_cut(base: Path) -> None:
    """Accumulated one by one or at once, where the samples are alike."""
    told = []
    for micro in (1, 4):
        model = load_model(base)
        same = [replace(talks()[0], name=str(number)) for number in range(4)]
        train(model, ListOrder(same, 1), recipe(batch=4), means(2, micro_batch=micro), tell=lambda line: None)
        told.append(model.text_hidden_fcs[0].weight.detach().clone())
    assert torch.allclose(*told, atol=1e-4)
    with pytest.raises(RequestError, match="A batch of 4 cannot be shared by 1 process with 3 samples at a time"):
        train(load_model(base), ListOrder(talks(), 1), recipe(batch=4), means(1, micro_batch=3))


@given(st.integers(1, 3000), st.floats(0, 0.9))
def test_the_rate_rises_to_its_peak_and_falls_to_nothing(steps: int, warm_up: float) -> None:
    factors = [rate_factor(step, steps, warm_up) for step in range(steps)]
    peak = factors.index(max(factors))
    assert 0 < max(factors) <= 1
    assert factors[: peak + 1] == sorted(factors[: peak + 1])
    assert factors[peak:] == sorted(factors[peak:], reverse=True)
    assert abs(peak - warm_up * steps) <= 1
    assert factors[-1] < 0.1 or steps * (1 - warm_up) < 8


def test_own_masks_come_in_as_the_recipe_says(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from model_runtime.training import trainee

    seen: list[list[bool]] = []
    real = trainee.forward
    monkeypatch.setattr(trainee, "forward", lambda m, t, p, own: seen.append(list(own)) or real(m, t, p, own))
    many = [replace(talks()[3], name=str(number)) for number in range(40)]
    train(
        load_model(base), ListOrder(many, 1), recipe(batch=20, own_mask_share=(0.0, 1.0)), means(3, micro_batch=20),
        tell=lambda line: None,
    )  # fmt: skip
    first, middle, last = (sum(own) for own in seen)
    assert first == 0
    assert 4 <= middle <= 16
    assert last == 20


def test_cancelled_it_keeps_the_last_whole_step_and_goes_on_from_there(base: Path, tmp_path: Path) -> None:
    straight = load_model(base)
    steps = means(4, save_every=100)
    train(straight, ListOrder(talks(), 1), recipe(), steps, tell=lambda line: None)
    run = tmp_path / "run"
    asked = count()
    with pytest.raises(Cancelled):  # in the middle of the third step: two micro-batches each
        train(
            load_model(base), ListOrder(talks(), 1), recipe(), steps, Run(run, base, {"a": 1}),
            cancelled=lambda: next(asked) == 5, tell=lambda line: None,
        )  # fmt: skip
    assert sorted(path.name for path in run.iterdir()) == ["losses.jsonl", "run.json", "step-00000002", "tensorboard"]
    load_model(run / "step-00000002")  # a whole model folder
    model = load_model(base)
    train(model, ListOrder(talks(), 1), recipe(), steps, Run(run, base, {"a": 1}), tell=lambda line: None)
    assert all(torch.equal(a, b) for a, b in zip(model.parameters(), straight.parameters(), strict=True))
    assert [json.loads(line)["step"] for line in (run / "losses.jsonl").read_text().splitlines()] == [1, 2, 3, 4]
    finished = load_model(run / "model")
    assert all(torch.equal(a, b) for a, b in zip(model.parameters(), finished.parameters(), strict=True))
    with pytest.raises(RequestError, match="is finished already"):
        Run(run, base, {"a": 1})


def test_another_runs_folder_is_refused(base: Path, tmp_path: Path) -> None:
    Run(tmp_path / "run", base, {"steps": 1, "seed": 2})
    Run(tmp_path / "run", base, {"steps": 1, "seed": 2})
    with pytest.raises(RequestError, match=r"holds a run with other options \(seed\)"):
        Run(tmp_path / "run", base, {"steps": 1, "seed": 3})


def test_a_half_written_checkpoint_does_not_count(base: Path, tmp_path: Path) -> None:
    run = Run(tmp_path / "run", base, {})
    half = tmp_path / "run" / ".step-00000009.part"
    half.mkdir()
    (half / "training.pt").write_bytes(b"half")
    model = load_model(base)
    learning = make_ready(model, recipe())
    assert run.restore(model, torch.optim.AdamW(learning)) == 0
    assert not half.exists()


def test_what_diverges_stops(base: Path) -> None:
    model = load_model(base)
    with torch.no_grad():
        model.text_hidden_fcs[2].bias.fill_(math.nan)
    with pytest.raises(ModelError, match="has diverged"):
        train(model, ListOrder(talks()[:1], 1), recipe(), means(1), tell=lambda line: None)


def test_a_sample_too_long_is_left_out_and_told(base: Path) -> None:
    model = load_model(base)
    short = model.config.llm_config.model_copy(update={"max_position_embeddings": 120})
    model.config = model.config.model_copy(update={"llm_config": short})
    told: list[str] = []
    long = talk("long", [image(6)], answer="12 " * 200)
    train(model, ListOrder([long, talks()[1]], 1), recipe(), means(1), tell=told.append)
    assert any(line.startswith("long is left out") for line in told)


def test_validation_is_drawn_and_written_where_tensorboard_finds_it(base: Path, tmp_path: Path) -> None:
    loader = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
    told: list[str] = []
    run = Run(tmp_path / "run", base, {})
    train(
        load_model(base),
        ListOrder(talks(), 1),
        recipe(),
        means(2, validate_every=1),
        run,
        talks()[:3],
        tell=told.append,
    )
    events = loader.EventAccumulator(str(tmp_path / "run" / "tensorboard"))
    events.Reload()
    wanted = {"training/loss", "training/text", "training/learning_rate", "validation/iou", "validation/own_iou"}
    assert wanted <= set(events.Tags()["scalars"])
    assert [point.step for point in events.Scalars("training/loss")] == [1, 2]
    logged = [json.loads(line)["loss"] for line in (tmp_path / "run" / "losses.jsonl").read_text().splitlines()]
    assert [point.value for point in events.Scalars("training/loss")] == pytest.approx(logged)
    (panel, _) = events.Images("validation/masks")
    assert (panel.width, panel.height) == (3 * 160, 3 * (160 + 14))  # three masks
    assert sum("validation samples" in line for line in told) == 2


def test_half_precision_and_recomputed_activations_learn_the_same_things(base: Path) -> None:
    """Also where what rests is kept in bfloat16, as on a GPU."""
    losses = {}
    for name, how in {"plain": {}, "brief": {"bf16": True, "checkpointing": True}}.items():
        told: list[str] = []
        model = load_model(base, dtype=torch.bfloat16 if how else torch.float32)
        train(model, ListOrder(talks(), 1), recipe(), means(2, **how), tell=told.append)
        assert all(value.dtype == torch.float32 for value in model.parameters() if value.requires_grad)
        losses[name] = float(told[-1].split("loss ")[1].split()[0])
    assert losses["brief"] == pytest.approx(losses["plain"], rel=0.05)
