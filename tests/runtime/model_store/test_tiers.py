"""Memory by arithmetic: what the 8B needs, what a real model takes, and which tier is chosen."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from model_runtime.errors import ModelError
from model_runtime.model.checkpoint import load_model
from model_runtime.model.config import TerraScopeConfig, read_config
from model_runtime.model.published import PARAMETERS_8B, PUBLISHED_8B
from model_runtime.model.quantize import dtype_of, quantiser
from model_runtime.model.shards import read_folder
from model_runtime.model_store import tiers
from model_runtime.model_store.devices import Device
from model_runtime.model_store.shelf import summaries
from tests.runtime.model.small import write_small

ROOT = Path(__file__).resolve().parents[3]
GB = 10**9
CONFIG_8B = TerraScopeConfig.model_validate(PUBLISHED_8B)
NEEDS_8B = tiers.needs(CONFIG_8B, PARAMETERS_8B)


def gpu(free_gb: float) -> Device:
    return Device("cuda", int(free_gb * GB), ("bf16", "int8", "int4"))


def cpu(free_gb: float) -> Device:
    return Device("cpu", int(free_gb * GB), ("fp32", "bf16", "int8"))


def test_the_8b_stays_under_the_aims() -> None:
    assert NEEDS_8B["bf16"] < 19 * GB
    assert NEEDS_8B["int8"] < 12 * GB
    assert NEEDS_8B["int4"] < 9 * GB


def test_the_8bs_weights_are_as_the_quantisers_docstring_says() -> None:
    made = {tier: tiers.weights(tier, CONFIG_8B, PARAMETERS_8B) / GB for tier in tiers.TIERS}
    assert made == {
        "fp32": pytest.approx(32.73, abs=0.005),
        "bf16": pytest.approx(16.37, abs=0.005),
        "int8": pytest.approx(9.85, abs=0.005),
        "fp8": pytest.approx(9.85, abs=0.005),
        "int4": pytest.approx(7.16, abs=0.005),
    }


def test_the_published_sizes_are_the_manifests() -> None:
    path = ROOT.parent / "shared" / "reference" / "goldens" / "expected_manifest_8b.json"
    if not path.is_file():
        pytest.skip(f"the list of the 8B's tensors is not at {path}")
    listed = json.loads(path.read_text("utf-8"))
    shapes = listed.get("tensors", listed).values()
    assert PARAMETERS_8B == sum(torch.Size(shape).numel() for shape in shapes)


@pytest.mark.parametrize("tier", ["fp32", "bf16", "int8"])
def test_weights_take_what_was_reckoned(tmp_path: Path, tier: str) -> None:
    write_small(tmp_path)
    parameters = sum(entry.size for entry in read_folder(tmp_path).values())
    model = load_model(tmp_path, dtype=dtype_of(tier), on_linear=quantiser(tier))
    stem = sum(p.numel() for p in model.spectral_stem.parameters())
    taken = 0
    for name, tensor in model.state_dict().items():
        if name.endswith("shared_embedding.positional_embedding"):
            continue  # a second name of the image's
        parts = [tensor.qdata, tensor.scale, tensor.zero_point] if hasattr(tensor, "qdata") else [tensor]
        taken += sum(part.nbytes for part in parts)
    # The stem, which nobody would notice in the memory of a real model, is float32 in every tier.
    extra = 0 if tier == "fp32" else 2 * stem
    assert taken == tiers.weights(tier, read_config(tmp_path), parameters) + extra


def test_every_tier_takes_less_than_the_one_before() -> None:
    sizes = [NEEDS_8B[tier] for tier in tiers.TIERS]
    assert sizes == sorted(sizes, reverse=True)
    assert all(NEEDS_8B[tier] > tiers.weights(tier, CONFIG_8B, PARAMETERS_8B) + 10**9 for tier in tiers.TIERS)


@pytest.mark.parametrize(
    ("device", "chosen"),
    [(gpu(80), "bf16"), (gpu(18), "bf16"), (gpu(16), "int8"), (gpu(10), "int4"),
     (cpu(64), "fp32"), (cpu(24), "bf16"), (cpu(16), "int8")],
)  # fmt: skip
def test_the_best_tier_that_fits_is_chosen(device: Device, chosen: str) -> None:
    assert tiers.choose(device, tiers.needs(CONFIG_8B, PARAMETERS_8B, device.kind)) == chosen


def test_a_wanted_tier_is_taken_when_it_fits() -> None:
    assert tiers.choose(gpu(80), NEEDS_8B, "int4") == "int4"
    assert tiers.choose(gpu(80), NEEDS_8B, "fp32") == "fp32"  # never by itself, but it can be had
    knows_floats = Device("cuda", 24 * GB, ("bf16", "int8", "int4"), ("fp8",))
    assert tiers.choose(knows_floats, NEEDS_8B, "fp8") == "fp8"
    assert tiers.choose(knows_floats, NEEDS_8B) == "bf16"
    assert tiers.lower(knows_floats, "fp8", NEEDS_8B) == "int4"
    with pytest.raises(ModelError, match="fp8"):
        tiers.choose(gpu(24), NEEDS_8B, "fp8")
    assert tiers.choose(cpu(80), NEEDS_8B, "int8") == "int8"


@pytest.mark.parametrize(
    ("device", "wanted", "says"),
    [
        (gpu(6), "auto", "needs about 8.7 GB in int4, but cuda has only 6.0 GB of memory free; close other programs"),
        (gpu(16), "bf16", "needs about 17.8 GB in bf16, but cuda has only 16.0 GB of memory free; choose int8 or int4"),
        (cpu(64), "int4", "cpu cannot run a model in int4; choose fp32 or bf16 or int8"),
        (cpu(4), "auto", "in int8, but cpu has only 4.0 GB"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_numbers(device: Device, wanted: str, says: str) -> None:
    with pytest.raises(ModelError) as refused:
        tiers.choose(device, NEEDS_8B, wanted)
    assert says in str(refused.value)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


def test_after_each_tier_comes_the_best_smaller_one() -> None:
    assert tiers.lower(gpu(80), "fp32", NEEDS_8B) == "bf16"
    assert tiers.lower(gpu(80), "bf16", NEEDS_8B) == "int8"
    assert tiers.lower(gpu(80), "int8", NEEDS_8B) == "int4"
    assert tiers.lower(gpu(80), "int4", NEEDS_8B) is None
    assert tiers.lower(cpu(80), "int8", NEEDS_8B) is None


def test_lists_tell_what_the_8b_would_need_before_it_is_fetched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TERRASCOPE_MODELS", str(tmp_path))
    nano, big = summaries(device=gpu(12))
    assert big.state == "absent"
    assert [(need.tier, need.fits) for need in big.memory] == [("bf16", False), ("int8", True), ("int4", True)]
    assert {need.tier: need.bytes for need in big.memory} == {t: NEEDS_8B[t] for t in ("bf16", "int8", "int4")}
    assert [need.fits for need in nano.memory] == [True, True, True]
    assert nano.memory[0].bytes < GB


def test_lists_come_without_torch() -> None:
    code = (
        "import sys, time; from model_runtime.model_store.shelf import summaries\n"
        "begin = time.perf_counter(); found = summaries(); spent = time.perf_counter() - begin\n"
        "assert all(model.memory for model in found), found\n"
        "assert not {'torch', 'transformers', 'torchao'} & set(sys.modules)\n"
        "print(spent)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) < 1
