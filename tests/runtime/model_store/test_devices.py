"""Which device there is: what torch says, and what is seen without it."""
# ruff: noqa: N802 - NVIDIA's own names

from __future__ import annotations

import ctypes
from collections.abc import Callable

import pytest
import torch

from model_runtime.errors import ModelError
from model_runtime.model_store import devices
from model_runtime.model_store.devices import Device, examine, glance, pick_device, ran_out

HAS_GPU = torch.cuda.is_available() or torch.backends.mps.is_available()


@pytest.mark.skipif(HAS_GPU, reason="there is a GPU on this machine")
def test_without_a_gpu_the_processor_is_taken() -> None:
    assert pick_device("auto") == "cpu"
    assert glance("auto").name == "cpu"


@pytest.mark.skipif(HAS_GPU, reason="there is a GPU on this machine")
@pytest.mark.parametrize("wanted", ["cuda", "cuda:1", "mps", "tpu", "", "cpu:x", "cuda:-1"])
def test_a_device_that_is_not_there_is_refused_in_one_sentence(wanted: str) -> None:
    with pytest.raises(ModelError, match=f"There is no device '{wanted}'"):
        pick_device(wanted)


def test_the_processors_memory_is_that_of_the_machine() -> None:
    device, seen = examine("cpu"), glance("cpu")
    assert device.tiers == seen.tiers == ("fp32", "bf16", "int8")
    assert 2**26 < device.free < 2**50
    assert abs(device.free - seen.free) < 2**31
    assert device.with_more(10).free == device.free + 10


class Nvml:
    """NVIDIA's management library with two GPUs: 24 GB free of 80, and an older one with 3 of 8."""

    def __init__(self) -> None:
        self.open = 0
        self.asked = -1

    def nvmlInit_v2(self) -> int:
        self.open += 1
        return 0

    def nvmlShutdown(self) -> int:
        self.open -= 1
        return 0

    def nvmlDeviceGetHandleByIndex_v2(self, index: int, _: object) -> int:
        self.asked = index
        return 0 if index < 2 else 2

    def nvmlDeviceGetMemoryInfo(self, _: object, memory: ctypes.Array) -> int:
        memory[:] = [(80, 24, 56), (8, 3, 5)][self.asked]
        return 0

    def nvmlDeviceGetCudaComputeCapability(self, _: object, major: object, minor: object) -> int:
        major._obj.value, minor._obj.value = [(9, 0), (7, 5)][self.asked]
        return 0


@pytest.fixture
def nvml(monkeypatch: pytest.MonkeyPatch) -> Nvml:
    library = Nvml()
    monkeypatch.setattr(devices.ctypes, "CDLL", lambda _: library)
    monkeypatch.setattr(devices, "_torch_has_cuda", lambda: True)
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    return library


def test_a_gpu_is_seen_through_the_driver(nvml: Nvml, monkeypatch: pytest.MonkeyPatch) -> None:
    assert glance("auto") == Device("cuda", 24, ("bf16", "int8", "int4"), ("fp8",))
    # The second has no kernels for 4 bits, and knows no floats of 8.
    assert glance("cuda:1") == Device("cuda:1", 3, ("bf16", "int8"))
    assert glance("cpu").name == "cpu"
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "1,0")
    assert glance("auto").free == 3
    assert nvml.open == 0


@pytest.mark.parametrize("change", ["hidden", "no such gpu", "no library", "old library", "no cuda in torch"])
def test_no_gpu_is_seen_where_torch_would_not_find_one(
    nvml: Nvml, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    def missing(_: str) -> None:
        raise OSError

    act: dict[str, Callable[[], None]] = {
        "hidden": lambda: monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "-1"),
        "no such gpu": lambda: monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "7"),
        "no library": lambda: monkeypatch.setattr(devices.ctypes, "CDLL", missing),
        "old library": lambda: monkeypatch.setattr(devices.ctypes, "CDLL", lambda _: object()),
        "no cuda in torch": lambda: monkeypatch.setattr(devices, "_torch_has_cuda", lambda: False),
    }
    act[change]()
    assert glance("auto").name != "cuda"
    assert nvml.open == 0


def test_the_installed_torch_is_recognised() -> None:
    assert devices._torch_has_cuda() == (torch.version.cuda is not None)


def test_running_out_of_memory_is_recognised() -> None:
    with pytest.raises(RuntimeError) as processor:
        torch.empty(10**14)
    assert ran_out(processor.value)
    assert ran_out(torch.OutOfMemoryError())
    assert ran_out(MemoryError())
    assert ran_out(RuntimeError("MPS backend out of memory (MPS allocated: 18.0 GB)"))
    assert ran_out(RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"))
    assert ran_out(RuntimeError("could not create a primitive"))
    assert not ran_out(RuntimeError("shape '[2]' is invalid for input of size 3"))
    assert not ran_out(ValueError("out of memory"))
