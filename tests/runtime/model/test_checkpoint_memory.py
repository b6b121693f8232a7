"""What loading costs: a checkpoint of several shards, in a process of its own, measured by the kernel."""

from __future__ import annotations

import copy
import json
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from model_runtime.model.checkpoint import expected_tensors
from model_runtime.model.config import TerraScopeConfig
from model_runtime.model.published import PUBLISHED_8B
from model_runtime.model.shards import INDEX, read_folder

ROOT = Path(__file__).resolve().parents[3]
MB = 1_000_000
SHARD = 100 * MB

# Loads in the type it is told, and prints what the process held before and at most.
CHILD = """
import json, sys, torch
from pathlib import Path
from model_runtime.model.checkpoint import load_model

def kernel(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) * 1024

torch.zeros(8, 8) @ torch.zeros(8, 8)
before = kernel("VmRSS")
model = load_model(Path(sys.argv[1]), dtype=getattr(torch, sys.argv[2]))
tensors = [*model.parameters(), *model.buffers()]
print(json.dumps({
    "before": before, "peak": kernel("VmHWM"), "model": sum(t.nbytes for t in tensors),
}))
"""


def sizes() -> dict:
    """The published layout at some seventy million parameters; the two largest tensors have 40 MB each in float32."""
    config = copy.deepcopy(PUBLISHED_8B)
    config["llm_config"] |= {
        "vocab_size": 10_000, "hidden_size": 1024, "intermediate_size": 4096, "num_hidden_layers": 3,
        "num_attention_heads": 16, "num_key_value_heads": 4,
    }  # fmt: skip
    config["vision_config"] |= {"hidden_size": 128, "intermediate_size": 256, "num_hidden_layers": 1}
    config["grounding_config"] = {"embed_dim": 16, "stages": [1, 1, 2, 1], "global_att_blocks": [3], "d_model": 64}
    return config


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, goldens: Path) -> Path:
    """Random float32 weights in shards of at most 100 MB, in the order of the network."""
    folder = tmp_path_factory.mktemp("large")
    (folder / "config.json").write_text(json.dumps(sizes()), "utf-8")
    shutil.copyfile(goldens / "checkpoint" / "tokenizer.json", folder / "tokenizer.json")
    shards: list[dict[str, tuple[int, ...]]] = [{}]
    room = SHARD
    for name, shape in expected_tensors(TerraScopeConfig.model_validate(sizes())).items():
        size = 4 * int(np.prod(shape))
        if size > room:
            shards.append({})
            room = SHARD
        shards[-1][name] = shape
        room -= size
    rng = np.random.default_rng(0)
    for i, shard in enumerate(shards):
        header, position = {}, 0
        for name, shape in shard.items():
            end = position + 4 * int(np.prod(shape))
            header[name] = {"dtype": "F32", "shape": list(shape), "data_offsets": [position, end]}
            position = end
        raw = json.dumps(header).encode()
        with (folder / f"m-{i}.safetensors").open("wb") as stream:
            stream.write(struct.pack("<Q", len(raw)) + raw)
            for shape in shard.values():
                stream.write(rng.standard_normal(int(np.prod(shape)), np.float32).data)
    index = {name: f"m-{i}.safetensors" for i, shard in enumerate(shards) for name in shard}
    (folder / INDEX).write_text(json.dumps({"weight_map": index}), "utf-8")
    return folder


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
@pytest.mark.parametrize(("dtype", "size"), [("float32", 4), ("bfloat16", 2)])
def test_peak_memory(folder: Path, dtype: str, size: int) -> None:
    """At most 1.15 x the largest shard beyond the model itself."""
    shards = [file.stat().st_size for file in folder.glob("*.safetensors")]
    assert len(shards) >= 3
    whole, largest = sum(shards), max(shards)
    assert whole > 250 * MB
    run = [sys.executable, "-c", CHILD, str(folder), dtype]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    numbers = sum(entry.size for entry in read_folder(folder).values())
    assert said["model"] == pytest.approx(size * numbers, rel=0.01)
    beyond = said["peak"] - said["before"] - said["model"]
    print(f"{dtype}: {beyond / MB:.0f} MB beyond the model's {said['model'] / MB:.0f}; shard {largest / MB:.0f}")
    assert beyond <= 1.15 * largest
