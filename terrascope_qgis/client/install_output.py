"""What pip and uv say while they install, as how far they are."""

from __future__ import annotations

import re
from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication

_COLLECTING = re.compile(r"^(?:Collecting|Requirement already satisfied:) ([A-Za-z0-9][\w.-]*)")
_LOCAL = re.compile(r"^Processing (?:\S*[/\\])?([A-Za-z0-9][\w.]*)-\d\S*\.whl")
_FETCHING = re.compile(r"^\s*(?:Downloading|Using cached) (?:\S*/)?([A-Za-z0-9][\w.-]*?)(?:-\d\S*)?(?: \(([^)]+)\))?$")
_INSTALLING = re.compile(r"^(?:Installing collected packages|Prepared \d+ packages?)")
_RESOLVED = re.compile(r"^(?:Resolved|Audited) (\d+) packages?")
FETCH_SHARE = 0.6  # of the time for one file, the rest is for unpacking

translate = QCoreApplication.translate


class InstallProgress:
    """How far the packages of one requirement file are.

    Args:
        count: of packages that the file names.
        site_packages: folder they get into; need not be there yet.
    """

    def __init__(self, count: int, site_packages: Path | None) -> None:
        self._count = max(1, count)
        self._site_packages = site_packages
        self._before = self._installed()
        self._seen: set[str] = set()
        self._unpacking = False
        self.text = translate("TerraScope", "Looking at the package index")

    def take(self, line: str) -> None:
        """Learn from a line of output."""
        if found := _COLLECTING.match(line) or _LOCAL.match(line):
            self._seen.add(found.group(1).lower())
            self._count = max(self._count, len(self._seen))
        elif found := _FETCHING.match(line):
            size = f" ({found.group(2)})" if found.group(2) else ""
            self.text = translate("TerraScope", "Fetching {package}").format(package=found.group(1) + size)
        elif found := _RESOLVED.match(line):
            self._count = max(1, int(found.group(1)))
            self.text = translate("TerraScope", "Fetching packages")
        elif _INSTALLING.match(line):
            self._unpacking = True
            self.text = translate("TerraScope", "Unpacking packages")

    def fraction(self) -> float:
        """Of this file's work."""
        unpacked = min(1.0, max(0, self._installed() - self._before) / self._count)
        fetched = 1.0 if self._unpacking else min(1.0, len(self._seen) / self._count)
        return FETCH_SHARE * max(fetched, unpacked) + (1 - FETCH_SHARE) * unpacked

    def counts(self) -> str:
        """So many of so many packages, fetched or installed."""
        done = self._installed() - self._before if self._unpacking else len(self._seen)
        return translate("TerraScope", "{done} of {count} packages").format(
            done=min(max(0, done), self._count), count=self._count
        )

    def _installed(self) -> int:
        return len(list(self._site_packages.glob("*.dist-info"))) if self._site_packages else 0
