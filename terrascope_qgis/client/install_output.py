"""What pip and uv say while they install, as how far they are."""

from __future__ import annotations

import re
from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication

_COLLECTING = re.compile(r"^(?:Collecting|Requirement already satisfied:) ([A-Za-z0-9][\w.-]*)")
_LOCAL = re.compile(r"^Processing (?:\S*[/\\])?([A-Za-z0-9][\w.]*)-\d\S*\.whl")
_FETCHING = re.compile(r"^\s*(?:Downloading|Using cached) (?:\S*/)?([A-Za-z0-9][\w.-]*?)(?:-\d\S*)?(?: \(([^)]+)\))?$")
_FETCHED = re.compile(r"^\s*Downloaded ([A-Za-z0-9][\w.-]*)")  # uv's, of the larger packages
_UNPACKING = re.compile(r"^(?:Installing collected packages|Prepared \d+ packages?)")
_RESOLVED = re.compile(r"^Resolved (\d+) packages?")  # uv's
_INSTALLED = re.compile(r"^Installed \d+ packages?")  # uv's, which compiles afterwards
FETCH_SHARE = 0.6  # of the time for one file, the rest is for unpacking

translate = QCoreApplication.translate


class InstallProgress:
    """How far the packages of one requirement file are.

    Args:
        count: of packages that the file names.
        site_packages: folder they get into; need not be there yet.

    Attributes:
        text: what is being done.
    """

    def __init__(self, count: int, site_packages: Path) -> None:
        self._count = max(1, count)
        self._site_packages = site_packages
        self._before = self._installed()
        self._collected: set[str] = set()  # pip's
        self._fetching: dict[str, str] = {}  # uv fetches several at once: what is told of each, by name
        self._fetched: set[str] = set()
        self._unpacking = False
        self._highest = 0.0
        self.text = translate("TerraScope", "Looking at the package index")

    def take(self, line: str) -> None:
        """Learn from a line of output."""
        if found := _COLLECTING.match(line) or _LOCAL.match(line):
            self._collected.add(found.group(1).lower())
            self._count = max(self._count, len(self._collected))
        elif found := _FETCHING.match(line):
            name, size = found.groups()
            self._fetching[name] = f"{name} ({size})" if size else name
            self._tell_fetching()
        elif found := _FETCHED.match(line):
            self._fetched.add(found.group(1))
            self._tell_fetching()
        elif found := _RESOLVED.match(line):
            self._count = max(1, int(found.group(1)))
            self.text = translate("TerraScope", "Fetching packages")
        elif _UNPACKING.match(line):
            self._unpacking = True
            self.text = translate("TerraScope", "Unpacking packages")
        elif _INSTALLED.match(line):
            self.text = translate("TerraScope", "Compiling packages, so that they start quickly")

    def fraction(self) -> float:
        """Of this file's work; never less than before."""
        unpacked = min(1.0, max(0, self._installed() - self._before) / self._count)
        fetched = min(1.0, len(self._collected) / self._count)
        if self._unpacking:
            fetched = 1.0
        elif self._fetched:
            fetched = len(self._fetched) / len(self._fetching.keys() | self._fetched)
        now = FETCH_SHARE * max(fetched, unpacked) + (1 - FETCH_SHARE) * unpacked
        self._highest = max(self._highest, now)
        return self._highest

    def counts(self) -> str:
        """So many of so many packages; empty while that is not known."""
        done = self._installed() - self._before if self._unpacking else len(self._collected)
        if done <= 0:
            return ""
        text = translate("TerraScope", "{done} of {count} packages")
        return text.format(done=min(done, self._count), count=self._count)

    def _tell_fetching(self) -> None:
        """Name what is being fetched; of several, the one that was begun first."""
        missing = [told for name, told in self._fetching.items() if name not in self._fetched]
        # pip fetches one after the other and does not say when it has one
        if missing:
            current = missing[0] if self._fetched else missing[-1]
            self.text = translate("TerraScope", "Fetching {package}").format(package=current)

    def _installed(self) -> int:
        return len(list(self._site_packages.glob("*.dist-info")))
