"""No telemetry, no network: a whole question is answered where there is none, and nobody even tries.

Python's audit hook sees every connection and every name that Python code asks for. What libraries do in C is seen by
a network namespace without an interface, in which nothing can be reached: whatever needed the network would fail there.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from .conftest import write_rgb

ROOT = Path(__file__).resolve().parents[2]

WATCHED = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request",
           "http.client.connect", "ftplib.connect", "smtplib.connect")  # fmt: skip
PROGRAM = f"""
import json, sys
tried = []
sys.addaudithook(lambda name, about: tried.append([name, repr(about)]) if name in {WATCHED!r} else None)
from model_runtime.__main__ import main
code = main(sys.argv[1:])
print(json.dumps({{"code": code, "tried": tried}}))
"""


def cut_off() -> list[str]:
    """What runs a program without any network, where the system lets a user do that."""
    unshare = shutil.which("unshare")
    if unshare and not subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode:
        return [unshare, "-rn"]
    return []


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("privacy") / "scene.tif"
    write_rgb(path, np.random.default_rng(0).integers(0, 255, (96, 96, 3), dtype=np.uint8))
    return path


def told(arguments: list[str], before: list[str]) -> dict:
    # Without the switches that the plugin sets: the program itself asks nobody.
    quiet = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "TRANSFORMERS_"))}
    ran = subprocess.run(
        [*before, sys.executable, "-c", PROGRAM, *arguments],
        cwd=ROOT, env=quiet, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


def test_a_whole_question_needs_no_network_and_asks_for_none(scene: Path, tmp_path: Path) -> None:
    out, picture = tmp_path / "run.gpkg", tmp_path / "run.png"
    arguments = ["ask", "--optical", str(scene), "--question", "How many hectares of water are there?"]
    arguments += ["--device", "cpu", "--out", str(out), "--picture", str(picture)]
    assert told(arguments, cut_off()) == {"code": 0, "tried": []}
    assert out.is_file()
    assert picture.is_file()


def test_what_is_watched_is_seen() -> None:
    """Else the test above could not fail."""
    attempt = "import socket\ntry:\n    socket.create_connection(('127.0.0.1', 9), 1)\nexcept OSError:\n    code = 0"
    program = PROGRAM.replace("code = main(sys.argv[1:])", attempt)
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    seen = {name for name, _ in json.loads(ran.stdout.splitlines()[-1])["tried"]}
    assert {"socket.getaddrinfo", "socket.connect"} <= seen


@pytest.mark.skipif(not cut_off(), reason="no network namespaces for users here (unshare -rn)")
def test_where_it_runs_nothing_can_be_reached() -> None:
    program = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    ran = subprocess.run([*cut_off(), sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "Network is unreachable" in ran.stderr
