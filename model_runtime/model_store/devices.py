"""Which device there is, how much of its memory is free, and in which tiers it can hold a model.

`examine` asks torch. `glance` asks the drivers without importing torch, for lists that have to come at once: what it
says of a GPU is a good guess, and nothing is decided by it.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from ..errors import ModelError
from ..protocol import Tier
from ..room import free_bytes

# Best first. A CPU computes in float32 faster than in bfloat16; int8 is for when neither fits, because each layer is
# widened again for every word. Apple's GPUs have no 4-bit kernels that torchao could use.
_CUDA: tuple[Tier, ...] = ("bf16", "int8", "int4")
_MPS: tuple[Tier, ...] = ("bf16", "int8")
_CPU: tuple[Tier, ...] = ("fp32", "bf16", "int8")
# Tensor cores that 4-bit kernels need, and those that know 8-bit floats.
_INT4_CAPABILITY, _FP8_CAPABILITY = (8, 0), (8, 9)


@dataclass(frozen=True)
class Device:
    """Where a model runs."""

    name: str
    """as torch writes it: cpu, cuda, cuda:1, mps"""
    free: int
    """bytes that a model may take"""
    tiers: tuple[Tier, ...]
    """the best that fits is taken, in this order"""
    wished: tuple[Tier, ...] = ()
    """that are there for whoever wishes them"""

    @property
    def kind(self) -> str:
        """cpu, cuda or mps."""
        return self.name.partition(":")[0]

    def with_more(self, free: int) -> Device:
        """The same when so many more bytes are given back."""
        return replace(self, free=self.free + free)


def pick_device(wanted: str) -> str:
    """'auto' is the first GPU that works, CUDA's before Apple's, else the processor.

    Raises:
        ModelError: the wanted device is not there.
    """
    if wanted == "auto":
        return next((name for name in ("cuda", "mps") if _works(name)), "cpu")
    if wanted.partition(":")[0] not in ("cpu", "cuda", "mps") or not _works(wanted):
        raise ModelError(f"There is no device '{wanted}' that PyTorch can use here; leave it at auto, or say cpu.")
    return wanted


def _works(name: str) -> bool:
    """Whether torch can compute there in bfloat16 (Apple's older systems cannot)."""
    import torch

    try:
        return float(torch.ones(2, dtype=torch.bfloat16, device=name).sum()) == 2
    except (RuntimeError, AssertionError, TypeError):  # what torch raises differs between devices
        return False


def examine(name: str) -> Device:
    """A device that `pick_device` has named, as it is now."""
    import torch

    if name.startswith("cuda"):
        # AMD's GPUs answer to the same name, but their 4-bit kernels are others.
        capability = (0, 0) if torch.version.cuda is None else torch.cuda.get_device_capability(name)
        return _gpu(name, torch.cuda.mem_get_info(name)[0], capability)
    if name.startswith("mps"):
        unused = torch.mps.recommended_max_memory() - torch.mps.driver_allocated_memory()
        return Device(name, max(0, min(unused, free_bytes())), _MPS)
    return Device(name, free_bytes(), _CPU)


def title(name: str) -> str:
    """What people call a device that `pick_device` has named: the GPU's product name, else empty."""
    import torch

    return torch.cuda.get_device_name(name) if name.startswith("cuda") else ""


def glance(wanted: str = "auto") -> Device:
    """What `pick_device` and `examine` would say, without torch."""
    kind, _, index = wanted.partition(":")
    if kind in ("auto", "cuda") and _torch_has_cuda() and (gpu := _nvidia(int(index) if index.isdigit() else 0)):
        free, capability = gpu
        name = "cuda" if kind == "auto" else wanted
        return _gpu(name, free, capability)
    if kind == "cuda":  # one that NVIDIA's driver does not know; torch will say
        return Device(wanted, 0, _CUDA)
    if kind == "mps" or (kind == "auto" and sys.platform == "darwin" and platform.machine() == "arm64"):
        return Device("mps", free_bytes(), _MPS)
    return Device("cpu", free_bytes(), _CPU)


def _gpu(name: str, free: int, capability: tuple[int, int]) -> Device:
    """NVIDIA's, or one that answers to the same name."""
    tiers = _CUDA if capability >= _INT4_CAPABILITY else _CUDA[:-1]
    return Device(name, free, tiers, ("fp8",) if capability >= _FP8_CAPABILITY else ())


def ran_out(error: Exception) -> bool:
    """Whether an error says that memory ran out: numpy's, or one of those torch has for its devices."""
    import torch

    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    words = ("out of memory", "can't allocate memory", "ALLOC_FAILED", "could not create a primitive")
    # Apple's, the CPU's, CUDA's libraries', oneDNN's
    return isinstance(error, RuntimeError) and any(part in str(error) for part in words)


def _torch_has_cuda() -> bool:
    """Whether the installed torch is a build with CUDA; looks for its library and imports nothing."""
    spec = find_spec("torch")
    if spec is None or spec.origin is None:
        return False
    libraries = Path(spec.origin).parent / "lib"
    return any((libraries / name).is_file() for name in ("libtorch_cuda.so", "torch_cuda.dll"))


def _nvidia(index: int) -> tuple[int, tuple[int, int]] | None:
    """Free bytes and compute capability of a GPU, from NVIDIA's management library; None when there is no such GPU."""
    visible = os.environ.get("CUDA_VISIBLE_DEVICES", "").split(",")
    if visible != [""] and index < len(visible) and visible[index].strip().lstrip("-").isdigit():
        index = int(visible[index])
    try:
        nvml = ctypes.CDLL("nvml.dll" if sys.platform == "win32" else "libnvidia-ml.so.1")
        if index < 0 or nvml.nvmlInit_v2() != 0:
            return None
    except (OSError, AttributeError):
        return None
    gpu, memory = ctypes.c_void_p(), (ctypes.c_ulonglong * 3)()  # total, free, used
    major, minor = ctypes.c_int(), ctypes.c_int()
    try:
        failed = (
            nvml.nvmlDeviceGetHandleByIndex_v2(index, ctypes.byref(gpu))
            or nvml.nvmlDeviceGetMemoryInfo(gpu, memory)
            or nvml.nvmlDeviceGetCudaComputeCapability(gpu, ctypes.byref(major), ctypes.byref(minor))
        )
    finally:
        nvml.nvmlShutdown()
    return None if failed else (memory[1], (major.value, minor.value))
