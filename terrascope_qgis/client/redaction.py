"""Takes out of a text what is nobody else's business: names of people and folders, passwords, keys."""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Collection
from pathlib import Path

from ..errors import TerraScopeError

_CREDENTIALS = re.compile(r"(?<=://)[^/\s@]+@")
_KEYS = re.compile(r"\b(?:hf|gh[pousr]|glpat|sk)[_-][A-Za-z0-9_-]{8,}|\b[0-9a-fA-F]{32,}\b")
_NAMED = re.compile(
    r"(?i)\b(authorization\s*[:=]\s*)[^\r\n]+|\b(bearer\s+|(?:api[_-]?key|passw(?:or)?d|token)\s*[:=](?!=)\s*)\S+"
)
SHORTEST_NAME = 3


def redact(text: str) -> str:
    """A text without home directory, user name, credentials in addresses, or keys."""
    text = _CREDENTIALS.sub("***@", text)
    text = _NAMED.sub(lambda found: (found.group(1) or found.group(2)) + "***", text)
    text = _KEYS.sub("<key>", text)
    for home in _homes():
        text = re.sub(re.escape(home) + r"(?![\w.-])", "~", text, flags=re.IGNORECASE if os.name == "nt" else 0)
    name = _user()
    if len(name) >= SHORTEST_NAME:
        text = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", "<user>", text)
    return text


def unsaid(failure: TerraScopeError, lines: Collection[str]) -> list[str]:
    """What a failure knows and a log does not say yet, for the log.

    Args:
        failure: whose detail is the end of a command's output; for most commands the log has had that line by line.
        lines: of the log.
    """
    detail = [redact(line.rstrip()) for line in failure.detail.splitlines() if line.strip()]
    return [] if detail and detail[-1] in lines else detail


def _homes() -> list[str]:
    """Spellings of the home directory, the longest first; the system's own root is none."""
    home = Path.home()
    spellings = {str(home), home.as_posix(), str(home.resolve()), str(home).replace("\\", "\\\\")}
    return sorted((spelling for spelling in spellings if len(spelling) > 1), key=len, reverse=True)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        return ""
