"""What somebody who helps has to know of this installation, as Markdown that can be pasted anywhere."""

from __future__ import annotations

import configparser
import locale
import platform
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from qgis.core import Qgis
from qgis.PyQt.QtCore import QT_VERSION_STR

from ..errors import TerraScopeError
from .inspection import Inspected
from .redaction import redact
from .remote import parse_url
from .runtime_home import RuntimeHome, read_stamp

LOG_LINES = 60
OUTPUT_LINES = 40


@dataclass(frozen=True)
class Situation:
    """What a report is made of.

    Args:
        plugin: folder of the plugin.
        home: where the plugin installs environments.
        interpreter: the runtime's Python.
        origin: where that is from: setting, variable, profile or checkout.
        model: id of the chosen model, or a folder.
        inspected: what the interpreter is; None: it has not been looked at, or is not usable.
        failure: what went wrong last; None: nothing.
        runtime_output: the last lines of the runtime itself.
        remote_url: of the runtime on another machine that answers instead; empty: none does.
    """

    plugin: Path
    home: RuntimeHome
    interpreter: str
    origin: str
    model: str
    inspected: Inspected | None = None
    failure: TerraScopeError | None = None
    runtime_output: str = ""
    remote_url: str = ""


def report(situation: Situation) -> str:
    """The report, redacted: no home directory, user name, password or key."""
    text = "\n".join(_lines(situation))
    host = urlsplit(situation.remote_url).hostname or ""
    if host and not _is_tunnel(situation.remote_url):
        text = re.sub(re.escape(host), "<remote>", text, flags=re.IGNORECASE)
    return redact(text) + "\n"


def _lines(situation: Situation) -> Iterable[str]:
    yield "### TerraScope diagnostics"
    yield ""
    for name, value in [*_of_qgis(situation.plugin), *_of_runtime(situation)]:
        yield f"- **{name}**: {value}"
    if situation.failure is not None:
        yield from _block("Last failure", f"{situation.failure.user_message}\n{situation.failure.detail}", LOG_LINES)
    log = situation.home.log_file()
    if log.is_file():
        yield from _block("Log of the last installation", log.read_text("utf-8", "replace"), LOG_LINES)
    yield from _block("Output of the runtime", situation.runtime_output, OUTPUT_LINES)


def plugin_version(plugin: Path) -> str:
    """As the manifest in the plugin's folder says."""
    manifest = configparser.ConfigParser(interpolation=None)
    manifest.read(str(plugin / "metadata.txt"), encoding="utf-8")
    return manifest.get("general", "version", fallback="?")


def _of_qgis(plugin: Path) -> list[tuple[str, str]]:
    return [
        ("TerraScope", plugin_version(plugin)),
        ("QGIS", f"{Qgis.QGIS_VERSION}, Qt {QT_VERSION_STR}, Python {platform.python_version()}"),
        ("System", f"{platform.platform()}, {platform.machine()}, {locale.getlocale()[0] or 'C'}"),
    ]


def _of_runtime(situation: Situation) -> list[tuple[str, str]]:
    there = "" if Path(situation.interpreter).is_file() else " (not there)"
    rows = []
    if situation.remote_url:
        rows.append(("Remote runtime", "through a tunnel" if _is_tunnel(situation.remote_url) else "over HTTPS"))
    rows += [("Runtime", f"{situation.interpreter} ({situation.origin}){there}")]
    for environment in situation.home.complete():
        facts = ", ".join(f"{name} {value}" for name, value in read_stamp(environment).items())
        rows.append(("Installed", f"{environment.name} ({facts})"))
    inspected = situation.inspected
    if inspected is not None:
        versions = ", ".join(f"{name} {version}" for name, version in (inspected.versions or {}).items())
        rows.append(("Packages", versions or f"Python {inspected.python}"))
        if inspected.other:
            others = ", ".join(f"{name} {found} instead of {wanted}" for name, wanted, found in inspected.other)
            rows.append(("Other versions", others))
        device = " ".join(part for part in (inspected.device or "unknown", inspected.device_title) if part)
        rows.append(("Device", f"{device}, {inspected.free_bytes / 1e9:.1f} GB of memory free"))
        gpu = inspected.gpu
        rows.append(("NVIDIA driver", f"{gpu.driver} ({gpu.name})" if gpu is not None else "none found"))
    rows.append(("Model", situation.model))
    place = next(folder for folder in (situation.home.root, *situation.home.root.parents) if folder.is_dir())
    rows.append(("Free disk", f"{shutil.disk_usage(str(place)).free / 1e9:.1f} GB in the profile"))
    return rows


def _is_tunnel(url: str) -> bool:
    try:
        return parse_url(url).is_loopback
    except TerraScopeError:
        return False


def _block(title: str, text: str, lines: int) -> Iterable[str]:
    """The end of a longer text, folded; nothing when there is none."""
    kept = text.strip().splitlines()[-lines:]
    if kept:
        yield from ("", f"<details><summary>{title}</summary>", "", "```")
        yield from (line.replace("```", "'''") for line in kept)
        yield from ("```", "", "</details>")
