"""The server never outlives its parent, and never starts without a key."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from .conftest import KEY, ROOT, Server

PARENT = """
import json, os, subprocess, sys
command = [sys.executable, "-m", "model_runtime", "serve"]
child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
child.stdin.write(sys.argv[1].encode() + b"\\n"); child.stdin.flush()
print(json.loads(child.stdout.readline())["pid"], flush=True)
sys.stdin.readline()
os._exit(9)
"""


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_it_announces_itself_within_seconds(own_server: Server) -> None:
    assert own_server.announced == {"port": own_server.port, "pid": own_server.process.pid, "protocol": 1}
    assert own_server.start_s < 5  # 0.6 s on a quiet machine: torch is not imported yet


def test_what_a_first_answer_needs_is_imported_while_nobody_asks(own_server: Server) -> None:
    process, deadline = psutil.Process(own_server.process.pid), time.perf_counter() + 120
    without_torch = process.memory_info().rss
    while process.memory_info().rss < without_torch + 150_000_000:
        assert own_server.health()["status"] == "ready"
        assert time.perf_counter() < deadline, "nothing is imported"
        time.sleep(0.05)


def test_it_ends_when_its_input_ends(own_server: Server) -> None:
    begin = time.perf_counter()
    assert own_server.stop() == 0
    assert time.perf_counter() - begin < 2


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_it_ends_when_its_parent_is_gone() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, KEY], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    pid = int(parent.stdout.readline())
    assert _alive(pid)
    parent.communicate(b"\n", timeout=10)
    assert parent.returncode == 9
    deadline = time.perf_counter() + 5
    while _alive(pid) and time.perf_counter() < deadline:
        time.sleep(0.01)
    assert not _alive(pid)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_polite_signal_ends_it_without_a_crash(own_server: Server) -> None:
    own_server.process.send_signal(signal.SIGTERM)
    assert own_server.process.wait(10) in (0, -signal.SIGTERM)
    assert "Fatal Python error" not in own_server.log.read_text()


@pytest.mark.parametrize("key", [b"", b"\n", b"short\n", b"g" * 64 + b"\n"])
def test_no_key_no_server(key: bytes) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "model_runtime", "serve"], cwd=ROOT, input=key, capture_output=True, timeout=30
    )
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode().strip().count("\n") == 0
    assert "key" in done.stderr.decode()


@pytest.mark.skipif(sys.platform != "linux", reason="limits the memory of a process that runs")
def test_without_memory_for_its_libraries_it_says_so_and_ends(own_server: Server) -> None:
    """What was loaded by half cannot be loaded again: whoever asks next needs another process."""
    process = psutil.Process(own_server.process.pid)
    process.rlimit(psutil.RLIMIT_AS, (process.memory_info().vms + 100_000_000, psutil.RLIM_INFINITY))
    with own_server.ask(question="How many hectares of water are there?", dates=[{"optical": "x.tif"}]) as events:
        last = list(events)[-1]
    assert last["event"] == "error"
    assert "not enough memory to load" in last["message"]
    assert own_server.process.wait(20) == 0
