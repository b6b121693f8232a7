"""Free memory goes back to the system, in a process of its own."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries are not told")

_HOLES = """
import sys
import psutil
from model_runtime.server import spare_memory

if sys.argv[1] == "told":
    spare_memory.let_go_of_large_blocks()
large = bytearray(30 << 20)
del large  # after which glibc by itself takes blocks as large as that from the heap
blocks = [bytearray(b"x") * (4 << 20) for _ in range(40)]
before = psutil.Process().memory_info().rss
del blocks[::2]
print(before - psutil.Process().memory_info().rss)
"""
_SMALL = """
import psutil
from model_runtime.server import spare_memory

blocks = [bytearray(b"x") * (64 << 10) for _ in range(2000)]
del blocks[:-1]  # the last one keeps the heap as long as it is
before = psutil.Process().memory_info().rss
spare_memory.give_back()
print(before - psutil.Process().memory_info().rss)
"""


def freed(code: str, *words: str) -> int:
    made = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    return int(made.stdout)


def test_large_blocks_go_back_as_soon_as_they_are_free() -> None:
    assert freed(_HOLES, "told") > 70 << 20
    assert freed(_HOLES, "not told") < 10 << 20  # else there is nothing to be told


def test_others_go_back_when_it_rests() -> None:
    assert freed(_SMALL) > 100 << 20
