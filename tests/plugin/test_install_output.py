"""What pip and uv were seen to write, read as progress and as causes."""

from __future__ import annotations

from pathlib import Path

import pytest

from terrascope_qgis.client.install_output import InstallProgress
from terrascope_qgis.client.install_tools import uv_variables
from terrascope_qgis.client.install_trouble import cause_of, trouble

PIP = """Looking in indexes: https://packages.example/simple
Collecting affine==3.0.1
  Downloading affine-3.0.1-py3-none-any.whl (10 kB)
Processing /opt/files/annotated_types-0.8.0-py3-none-any.whl
Collecting click-plugins==1.1.1.2
  Downloading click_plugins-1.1.1.2-py2.py3-none-any.whl (11 kB)
Collecting rasterio==1.4.4
  Downloading rasterio-1.4.4-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl (35.9 MB)
Installing collected packages: affine, annotated-types, click-plugins, rasterio"""
UV = """Using Python 3.11.2 environment at: new-d9bc4b68
Resolved 61 packages in 792ms
Downloading transformers (12.7MiB)
Downloading rasterio (34.2MiB)
 Downloaded transformers
 Downloaded rasterio
Prepared 61 packages in 2.84s
Installed 61 packages in 278ms
Bytecode compiled 10594 files in 37.70s
 + affine==3.0.1"""


def told(output: str, count: int, site_packages: Path) -> list[tuple[float, str, str]]:
    progress = InstallProgress(count, site_packages)
    seen = []
    for line in output.splitlines():
        progress.take(line)
        seen.append((progress.fraction(), progress.text, progress.counts()))
    return seen


def test_pip_is_followed_package_by_package(tmp_path: Path) -> None:
    seen = told(PIP, 4, tmp_path)
    assert [counts for _, _, counts in seen] == [
        "", "1 of 4 packages", "1 of 4 packages", "2 of 4 packages", "3 of 4 packages", "3 of 4 packages",
        "4 of 4 packages", "4 of 4 packages", "",
    ]  # fmt: skip
    assert seen[2][1] == "Fetching affine (10 kB)"
    assert seen[7][1] == "Fetching rasterio (35.9 MB)"
    assert seen[8][1] == "Unpacking packages"
    assert [round(fraction, 2) for fraction, _, _ in seen] == [0, 0.15, 0.15, 0.3, 0.45, 0.45, 0.6, 0.6, 0.6]


def test_uv_is_followed_by_what_it_tells(tmp_path: Path) -> None:
    seen = told(UV, 60, tmp_path)
    assert seen[3][1] == "Fetching rasterio (34.2MiB)"
    assert (round(seen[4][0], 2), seen[4][1]) == (0.3, "Fetching rasterio (34.2MiB)")
    assert (seen[6][0], seen[6][1]) == (0.6, "Unpacking packages")
    assert seen[8][1].startswith("Compiling")


def test_what_is_unpacked_counts(tmp_path: Path) -> None:
    (tmp_path / "pip-23.0.1.dist-info").mkdir()  # there before
    progress = InstallProgress(4, tmp_path)
    progress.take("Installing collected packages: a, b, c, d")
    for name in ("a", "b"):
        (tmp_path / f"{name}-1.dist-info").mkdir()
    assert progress.counts() == "2 of 4 packages"
    assert progress.fraction() == pytest.approx(0.6 + 0.4 * 0.5)


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "no space"),
        ("error: Failed to write: There is not enough space on the disk. (os error 112)", "no space"),
        ("OSError: [WinError 32] The process cannot access the file because it is being used", "locked"),
        ("ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: 'x'", "no permission"),
        ("[Errno 30] Read-only file system: 'x'", "no permission"),
        ("ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", "ssl"),
        ("  Caused by: invalid peer certificate: UnknownIssuer", "ssl"),
        ("ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407'))", "proxy"),
        ("NewConnectionError: Failed to establish a new connection: [Errno -2] Name or service not known", "network"),
        ("error: Failed to fetch: `https://packages.example/simple/torch/`", "network"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "hash"),
        ("  x No solution found when resolving dependencies:", "no wheel"),
        ("ERROR: No matching distribution found for torch==2.13.0", "no wheel"),
        ("The virtual environment was not created successfully because ensurepip is not available.", "no venv"),
        ("ImportError: DLL load failed while importing _C", "library"),
        ("OSError: libgomp.so.1: cannot open shared object file: No such file or directory", "library"),
        ("something nobody has seen", "unknown"),
    ],
)
def test_what_went_wrong_is_seen_in_what_was_said(said: str, cause: str) -> None:
    assert cause_of("Collecting x\n" + said) == cause


def test_a_network_that_is_away_is_not_taken_for_a_package_that_is() -> None:
    said = "WARNING: Retrying after NewConnectionError: refused\nERROR: No matching distribution found for alpha"
    assert cause_of(said) == "network"


def test_a_failure_names_its_step_and_says_what_to_do() -> None:
    failure = trouble("Installing packages", "no space left on device")
    assert failure.user_message == (
        "Installing packages failed: the disk is full. Free some space and try again; what has been fetched is kept."
    )
    assert failure.detail == "no space left on device"


def test_uv_is_told_what_pip_has_been_told(tmp_path: Path) -> None:
    certificate = tmp_path / "ca.pem"
    certificate.touch()
    config = "\n".join([
        "global.index-url='https://mirror.example/simple'",
        "global.extra-index-url='https://one.example/simple https://two.example/simple'",
        "global.constraint='/not/there.txt'",
        "freeze.timeout='10'",
        "broken line",
        f":env:.cert='{certificate}'",
        ":env:.find-links='/wheels /more'",
    ])  # fmt: skip
    assert uv_variables(config, {}) == {
        "UV_DEFAULT_INDEX": "https://mirror.example/simple",
        "UV_INDEX": "https://one.example/simple https://two.example/simple",
        "SSL_CERT_FILE": str(certificate),
        "UV_FIND_LINKS": "/wheels,/more",
    }
    assert "UV_DEFAULT_INDEX" not in uv_variables(config, {"UV_DEFAULT_INDEX": "https://own.example"})
