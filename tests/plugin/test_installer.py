"""Making environments, from nothing: a package index of our own, small wheels, and everything that can go wrong."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsApplication, QgsNetworkAccessManager, QgsSettings
from qgis.PyQt.QtCore import QLockFile

from terrascope_qgis.client import pythons
from terrascope_qgis.client.install_trouble import NO_PYTHON
from terrascope_qgis.client.installer import BASE, Installation, Installed, Order
from terrascope_qgis.client.runtime_home import Requirements, RuntimeHome, interpreter_in, read_stamp
from terrascope_qgis.errors import CancelledError, InstallError, TerraScopeError
from tests.plugin.package_index import Index, write_requirements, write_wheel

REPOSITORY = Path(__file__).resolve().parents[2]
LIMIT_MS = 120_000
SAYS_WHAT_IT_GOT = ("-c", "import alpha, beta, json, os; print(json.dumps({'versions': dict(os.environ)}))")

Install = Callable[..., object]


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """A folder with the wheels alpha and beta."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for name in ("alpha", "beta"):
        write_wheel(folder, name)
    return folder


@pytest.fixture
def requirements(tmp_path: Path, wheels: Path) -> Requirements:
    """Alpha with its hash, then beta without, as the runtime has its packages and torch."""
    lock = write_requirements(tmp_path / "lock.txt", wheels / "alpha-1.0-py3-none-any.whl", hashed=True)
    return Requirements(
        (lock, write_requirements(tmp_path / "more.txt", wheels / "beta-1.0-py3-none-any.whl")), (lock,)
    )


@pytest.fixture
def index(wheels: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    """The package index that pip knows, and no other; it has no uv."""
    for name in [name for name in os.environ if name.startswith(("PIP_", "UV_"))]:
        monkeypatch.delenv(name)
    server = Index(wheels)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", server.url)
    monkeypatch.setenv("PIP_TRUSTED_HOST", "127.0.0.1")  # pip caches nothing from others over plain HTTP
    monkeypatch.setenv("PIP_RETRIES", "0")
    yield server
    server.close()


@pytest.fixture(autouse=True)
def system(monkeypatch: pytest.MonkeyPatch, qgis_app: QgsApplication) -> None:  # noqa: ARG001
    """A system with its own programs only."""
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    if not Path("/usr/bin/python3").exists():
        pytest.skip("there is no /usr/bin/python3")


@pytest.fixture(scope="module")
def empty_environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with nothing but pip, as the installer makes it: making one takes longer than most tests."""
    folder = tmp_path_factory.mktemp("begun") / "environment"
    subprocess.run(["/usr/bin/python3", "-m", "venv", str(folder)], check=True, env={"PATH": "/usr/bin:/bin"})
    return folder


@pytest.fixture
def order(tmp_path: Path, requirements: Requirements) -> Order:
    """An order for an empty profile."""
    return Order(
        RuntimeHome(tmp_path / "home"), requirements, REPOSITORY, proof=SAYS_WHAT_IT_GOT, needed_bytes=1_000_000
    )


@pytest.fixture
def install(qtbot: QtBot) -> Install:
    """Install, wait, and return how it ended, with what was told in a list beside it."""

    def install_and_wait(order: Order, lines: list[str] | None = None, steps: list | None = None) -> object:
        work = Installation(order)
        work.said.connect(lambda line: lines is not None and lines.append(line))
        work.progressed.connect(lambda fraction, text: steps is not None and steps.append((fraction, text)))
        with qtbot.waitSignal(work.ended, timeout=LIMIT_MS) as ended:
            work.start()
        return ended.args[0]

    return install_and_wait


@pytest.fixture
def begin(empty_environment: Path) -> Callable[[Order], None]:
    """Have an environment be begun already, for tests of what comes after that."""

    def copy(order: Order) -> None:
        folder = order.home.begun(order.requirements)
        shutil.copytree(empty_environment, folder, symlinks=True)
        (folder / BASE).write_text(os.path.realpath("/usr/bin/python3"), "utf-8")

    return copy


def changed(order: Order, **fields: object) -> Order:
    return Order(**{**vars(order), **fields})


def test_from_nothing_to_an_environment_that_works(
    order: Order, index: Index, install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"PYTHONHOME": "/nowhere", "PYTHONPATH": "/nowhere", "PROJ_LIB": "/nowhere"}.items():
        monkeypatch.setenv(name, value)  # as QGIS does, and what no other Python survives
    lines, steps = [], []
    outcome = install(order, lines, steps)
    assert isinstance(outcome, Installed), getattr(outcome, "detail", outcome)
    environment = order.home.environment(order.requirements)
    assert outcome.inspected.interpreter == str(interpreter_in(environment))
    assert outcome.tool == "pip"  # the index has no uv
    assert order.home.is_current(order.requirements)
    assert order.home.interpreter(order.requirements) == interpreter_in(environment)
    assert read_stamp(environment)["tool"] == "pip"
    assert sorted(path.name for path in order.home.root.iterdir()) == ["cache", environment.name, "install.log"]
    seen = outcome.inspected.versions
    assert not {"PYTHONHOME", "PYTHONPATH", "PROJ_LIB"} & set(seen)
    run = subprocess.run([outcome.inspected.interpreter, "-c", "import alpha; print(alpha.VERSION)"],
                         capture_output=True, text=True, check=True, env={"PATH": ""})  # fmt: skip
    assert run.stdout == "1.0\n"
    fractions = [fraction for fraction, _ in steps]
    assert fractions == sorted(fractions)
    assert fractions[-1] >= 0.9
    assert any("1 packages" in text for _, text in steps)
    assert any("uv cannot be had" in line for line in lines)
    assert order.home.log_file().read_text("utf-8").splitlines() == lines


def test_a_folder_of_wheels_needs_no_index(
    order: Order, index: Index, wheels: Path, install: Install, begin: Callable[[Order], None]
) -> None:
    begin(order)
    outcome = install(changed(order, wheels=str(wheels)))
    assert isinstance(outcome, Installed), getattr(outcome, "detail", outcome)
    assert index.asked == []


def test_what_a_folder_of_wheels_lacks_is_told(
    order: Order, index: Index, wheels: Path, install: Install, begin: Callable[[Order], None]
) -> None:
    begin(order)
    (wheels / "beta-1.0-py3-none-any.whl").unlink()
    outcome = install(changed(order, wheels=str(wheels)))
    assert isinstance(outcome, InstallError)
    assert outcome.cause == "no wheel"
    assert outcome.user_message.startswith("Installing packages failed: a package has no file for this system")
    assert "beta" in outcome.detail
    assert order.home.complete() == []


def test_a_folder_without_wheels_is_refused_at_once(order: Order, tmp_path: Path, install: Install) -> None:
    outcome = install(changed(order, wheels=str(tmp_path)))
    assert isinstance(outcome, InstallError)
    assert outcome.user_message == f"There are no wheels (*.whl) in {tmp_path}."
    assert not order.home.begun(order.requirements).exists()


def test_it_goes_through_qgis_proxy_and_tells_nobody_its_password(
    order: Order, index: Index, install: Install, monkeypatch: pytest.MonkeyPatch, begin: Callable[[Order], None]
) -> None:
    begin(order)
    index.wanted = "Basic " + base64.b64encode(b"jo:pass-word-9").decode()
    monkeypatch.setenv("PIP_INDEX_URL", "http://packages.invalid/simple")  # there is no way to it but the proxy
    monkeypatch.setenv("PIP_TRUSTED_HOST", "packages.invalid")
    values = {"Enabled": True, "Type": "HttpProxy", "Host": "127.0.0.1", "Port": str(index.server_port), "User": "jo"}
    for name, value in {**values, "Password": "pass-word-9"}.items():
        QgsSettings().setValue("proxy/proxy" + name, value)
    QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()
    lines = []
    try:
        outcome = install(order, lines)
    finally:
        QgsSettings().remove("proxy")
        QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()
    assert isinstance(outcome, Installed), getattr(outcome, "detail", outcome)
    assert index.fetched("alpha") == index.fetched("beta") == 1
    assert set(index.hosts) == {"packages.invalid"}
    assert "pass-word-9" not in "\n".join(lines) + order.home.log_file().read_text("utf-8")


def test_a_proxy_that_wants_another_password_is_told(
    order: Order, index: Index, install: Install, monkeypatch: pytest.MonkeyPatch, begin: Callable[[Order], None]
) -> None:
    begin(order)
    index.wanted = "Basic nobody-knows"
    monkeypatch.setenv("PIP_INDEX_URL", "https://packages.invalid/simple")
    monkeypatch.setenv("PIP_RETRIES", "1")  # with none pip does not tell why
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{index.server_port}")
    outcome = install(order)
    assert isinstance(outcome, InstallError)
    assert outcome.cause == "proxy", outcome.detail
    assert "packages.invalid:443" in index.asked
    assert order.home.complete() == []


def test_without_a_network_it_says_so(
    monkeypatch: pytest.MonkeyPatch, order: Order, index: Index, install: Install, begin: Callable[[Order], None]
) -> None:
    begin(order)
    monkeypatch.setenv("PIP_RETRIES", "1")  # with none pip does not tell why
    index.close()
    outcome = install(order)
    assert isinstance(outcome, InstallError)
    assert outcome.cause == "network", outcome.detail
    assert "the package index could not be reached" in outcome.user_message
    assert "folder of wheels" in outcome.user_message


def test_cancelled_within_a_second_and_resumed_without_fetching_again(
    order: Order, index: Index, wheels: Path, tmp_path: Path, qtbot: QtBot, install: Install
) -> None:
    gamma = write_wheel(wheels, "gamma", payload=os.urandom(300_000))
    more = write_requirements(tmp_path / "more.txt", wheels / "beta-1.0-py3-none-any.whl", gamma)
    order = changed(order, requirements=Requirements((order.requirements.files[0], more), order.requirements.hashed))
    index.stalled = gamma.name
    work = Installation(order)
    with qtbot.waitSignal(work.ended, timeout=LIMIT_MS) as ended:
        work.start()
        qtbot.waitUntil(index.reached.is_set, timeout=LIMIT_MS)
        begun = time.monotonic()
        work.cancel()
    assert time.monotonic() - begun < 1
    assert isinstance(ended.args[0], CancelledError)
    folder = order.home.begun(order.requirements)
    assert str(folder) not in subprocess.run(["/bin/ps", "axww"], capture_output=True, text=True, check=True).stdout
    assert order.home.complete() == []
    made = (folder / "pyvenv.cfg").stat().st_mtime_ns

    index.stalled = ""
    index.released.set()
    outcome = install(order)
    assert isinstance(outcome, Installed), getattr(outcome, "detail", outcome)
    assert (order.home.environment(order.requirements) / "pyvenv.cfg").stat().st_mtime_ns == made
    assert (index.fetched("alpha"), index.fetched("beta"), index.fetched("gamma")) == (1, 1, 2)


def test_a_package_that_was_cut_off_is_installed_again(
    order: Order, index: Index, install: Install, begin: Callable[[Order], None]
) -> None:
    begin(order)
    assert isinstance(install(changed(order, proof=("-c", "raise SystemExit('no')"))), InstallError)
    folder = order.home.begun(order.requirements)
    info = next(folder.glob("lib/python3*/site-packages/alpha-1.0.dist-info"))
    (info / "INSTALLER").unlink()  # which is written last
    (info.parent / "alpha" / "__init__.py").unlink()
    lines = []
    outcome = install(order, lines)
    assert isinstance(outcome, Installed), getattr(outcome, "detail", outcome)
    assert any("alpha-1.0.dist-info" in line for line in lines)


def test_what_does_not_work_gets_no_name(
    order: Order, index: Index, install: Install, begin: Callable[[Order], None]
) -> None:
    begin(order)
    outcome = install(changed(order, proof=("-c", "raise SystemExit('DLL load failed while importing _C')")))
    assert isinstance(outcome, InstallError)
    assert outcome.cause == "library"
    assert "Visual C++" in outcome.user_message
    assert order.home.complete() == []
    assert order.home.interpreter(order.requirements) is None


def test_a_changed_package_is_refused(
    order: Order, index: Index, wheels: Path, install: Install, begin: Callable[[Order], None]
) -> None:
    begin(order)
    write_wheel(wheels, "alpha", payload=b"somebody else's")
    outcome = install(order)
    assert isinstance(outcome, InstallError)
    assert outcome.cause == "hash", outcome.detail


def test_too_little_space_is_told_before_anything_is_made(order: Order, install: Install) -> None:
    outcome = install(changed(order, needed_bytes=10**18))
    assert isinstance(outcome, InstallError)
    assert outcome.cause == "no space"
    assert "1000000000 GB are needed" in outcome.user_message
    assert not order.home.begun(order.requirements).exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A disk of its own in memory, with mount options to be chosen."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = []

    def mount(options: str) -> Path:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode != 0:
            pytest.skip("a disk in memory can be mounted by root only")
        mounted.append(place)
        return place

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def test_a_disk_that_runs_full_is_told_and_nothing_is_called_complete(
    order: Order, index: Index, wheels: Path, tmp_path: Path, small_disk: Callable[[str], Path], install: Install
) -> None:
    big = write_wheel(wheels, "big", payload=bytes(60_000_000))  # which is next to nothing as a wheel
    more = write_requirements(tmp_path / "more.txt", big)
    home = RuntimeHome(small_disk("size=50m") / "home")
    order = changed(order, home=home, requirements=Requirements((order.requirements.files[0], more)))
    outcome = install(order)
    assert isinstance(outcome, InstallError)
    assert outcome.cause == "no space", outcome.detail
    assert "Free some space" in outcome.user_message
    assert home.complete() == []


def test_a_folder_that_may_not_be_written_is_told(
    order: Order, small_disk: Callable[[str], Path], install: Install
) -> None:
    outcome = install(changed(order, home=RuntimeHome(small_disk("size=1m,ro") / "home")))
    assert isinstance(outcome, InstallError)
    assert outcome.cause == "no permission"
    assert outcome.user_message.startswith("Looking at this computer failed: files may not be written there.")


def test_two_at_once_do_not_get_into_one_another(order: Order, install: Install) -> None:
    order.home.root.mkdir(parents=True)
    lock = QLockFile(str(order.home.root / "installing.lock"))
    assert lock.tryLock(0)
    outcome = install(order)
    lock.unlock()
    assert isinstance(outcome, InstallError)
    assert "Another QGIS is installing" in outcome.user_message


def test_without_a_python_that_suits_it_says_which(
    order: Order, install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pythons, "LOWEST", (3, 90))
    monkeypatch.setattr(pythons, "HIGHEST", (3, 99))
    outcome = install(order)
    assert isinstance(outcome, InstallError)
    assert outcome.cause == NO_PYTHON
    assert "3.11, 3.12 or 3.13" in outcome.user_message


def test_a_proxy_of_another_kind_is_refused(order: Order, install: Install) -> None:
    QgsSettings().setValue("proxy/proxyEnabled", True)
    QgsSettings().setValue("proxy/proxyType", "Socks5Proxy")
    QgsSettings().setValue("proxy/proxyHost", "proxy.example")
    QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()
    try:
        outcome = install(order)
    finally:
        QgsSettings().remove("proxy")
        QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()
    assert isinstance(outcome, TerraScopeError)
    assert "proxy.example is not an HTTP proxy" in outcome.user_message


def test_the_address_of_another_index_is_in_no_command_line(
    order: Order,
    index: Index,
    wheels: Path,
    tmp_path: Path,
    install: Install,
    monkeypatch: pytest.MonkeyPatch,
    begin: Callable[[Order], None],
) -> None:
    """An index of PyTorch builds may need a password of its own, and everybody can read a command's words."""
    begin(order)
    own = tmp_path / "own"
    own.mkdir()
    (wheels / "beta-1.0-py3-none-any.whl").rename(own / "beta-1.0-py3-none-any.whl")
    second = Index(own)
    address = f"http://jo:pass-word-9@127.0.0.1:{second.server_port}/simple"
    monkeypatch.setenv("PIP_TRUSTED_HOST", "127.0.0.1")
    lines = []
    outcome = install(changed(order, index=address), lines)
    second.close()
    assert isinstance(outcome, Installed), getattr(outcome, "detail", outcome)
    assert second.fetched("beta") == 1
    assert "pass-word-9" not in "\n".join(lines)
    assert not list(order.home.environment(order.requirements).glob("index.txt"))


def test_the_stamp_says_how_it_was_made(
    order: Order, index: Index, wheels: Path, install: Install, begin: Callable[[Order], None]
) -> None:
    begin(order)
    install(changed(order, wheels=str(wheels)))
    stamp = json.loads((order.home.environment(order.requirements) / "stamp.json").read_text("utf-8"))
    assert set(stamp) == {"python", "tool", "seconds"}
