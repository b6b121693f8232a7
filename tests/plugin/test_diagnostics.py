"""The report for who helps: what is in it, and what must not be."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest
from qgis.core import Qgis, QgsApplication

from terrascope_qgis.client.diagnostics import Situation, report
from terrascope_qgis.client.graphics import Gpu
from terrascope_qgis.client.inspection import Inspected
from terrascope_qgis.client.redaction import redact
from terrascope_qgis.client.runtime_home import RuntimeHome
from terrascope_qgis.errors import InstallError

REPOSITORY = Path(__file__).resolve().parents[2]
HOME = str(Path.home())


@pytest.fixture
def text(tmp_path: Path, qgis_app: QgsApplication) -> str:  # noqa: ARG001
    home = RuntimeHome(tmp_path / "runtime")
    home.root.mkdir()
    home.log_file().write_text(f"line one\nLooking in {HOME}/wheels\n``` not an end\n", encoding="utf-8")
    environment = home.root / "env-12345678"
    (environment / "bin").mkdir(parents=True)
    (environment / "bin" / "python").touch()
    (environment / "stamp.json").write_text('{"python": "3.11.2", "tool": "uv", "seconds": 90.5}')
    inspected = Inspected(
        f"{HOME}/x/python", "3.11.2", (("torch", "2.13.0", "2.12.0"),), {"torch": "2.12.0+cpu"}, "cuda",
        "NVIDIA H100 80GB HBM3", 80_000_000_000, ("nano",), Gpu("NVIDIA H100 80GB HBM3", "580.95.05"),
    )  # fmt: skip
    failure = InstallError("It failed.", "network", "GET https://jo:secret-word@packages.example/simple refused")
    return report(
        Situation(REPOSITORY, home, f"{HOME}/x/python", "setting", "nano", inspected, failure, "key: " + "ab" * 32)
    )


def test_it_says_what_one_has_to_know(text: str) -> None:
    for expected in (
        f"QGIS**: {Qgis.QGIS_VERSION}, Qt 5",
        "Runtime**: ~/x/python (setting) (not there)",
        "env-12345678 (python 3.11.2, tool uv, seconds 90.5)",
        "Packages**: torch 2.12.0+cpu",
        "torch 2.12.0 instead of 2.13.0",
        "Device**: cuda NVIDIA H100 80GB HBM3, 80.0 GB of memory free",
        "NVIDIA driver**: 580.95.05",
        "Model**: nano",
        "GB in the profile",
        "It failed.",
        "Looking in ~/wheels",
    ):
        assert expected in text
    assert text.count("```") == 6  # three blocks, none ended by what is in it


def test_it_tells_nobody_who_and_where_one_is_or_what_one_keeps(text: str) -> None:
    assert HOME not in text
    assert "secret-word" not in text
    assert "abab" not in text
    assert "***@packages.example" in text


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (f"{HOME}/a b/c.tif", "~/a b/c.tif"),
        ("https://user:pw@host/x", "https://***@host/x"),
        ("Authorization: Bearer abc.def", "Authorization: ***"),
        ("bearer abc.def", "bearer ***"),
        ("password=hunter2 next", "password=*** next"),
        ("api_key: 12345", "api_key: ***"),
        ("key hf_abcdefghijkl end", "key <key> end"),
        ("0123456789abcdef0123456789ABCDEF", "<key>"),
        (
            "torch==2.13.0+cpu tokenizers==0.23.3 passwords are kept",
            "torch==2.13.0+cpu tokenizers==0.23.3 passwords are kept",
        ),
    ],
)
def test_what_is_taken_out(said: str, shown: str) -> None:
    assert redact(said) == shown


def test_the_name_of_who_sits_there_is_taken_out() -> None:
    name = getpass.getuser()
    assert redact(f"owned by {name}, in group {name}s") == f"owned by <user>, in group {name}s"
