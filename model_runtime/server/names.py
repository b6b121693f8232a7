"""What a request may name on a remote runtime: files that were sent, `upload:<sha256>/<file name>`, and nothing else.

The name tells readers the date, the sensor and the band, so it becomes the name of a file on our disk. It is never
used as it comes: it has to be one plain segment on every system first (RUNTIME.md section 3b, path traversal). And a
file has to begin as its name says: GDAL asks every format whether a file is its own, and some formats (VRT, Erdas
Imagine) name further files, which would let a client read ours.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import RequestError
from ..protocol import AskRequest

MAX_NAME = 200
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_JPEG = (b"\xff\xd8\xff",)
RASTERS = {
    ".tif": _TIFF,
    ".tiff": _TIFF,
    ".jp2": (b"\0\0\0\x0cjP  ",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
}
"""suffix to how such a file may begin"""
REPORTS = {".gpkg": (b"SQLite format 3\0",)}
BEGINNING = 16
"""bytes of a file that are looked at"""
_UNSEEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")  # control, format, unknown and half characters, line ends
_FORM = re.compile(r"upload:([0-9a-f]{64})/(.+)", re.DOTALL)
_FOR_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d) *(\..*)?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Upload:
    """A file that was sent, under the name that a request gives it.

    Attributes:
        sha256: of its bytes, 64 hexadecimal digits.
        name: one segment of a path, on every system; its suffix, in lower case, is in `kinds`.
        kinds: suffixes that are allowed, each with how such a file may begin.
    """

    sha256: str
    name: str
    kinds: dict[str, tuple[bytes, ...]]

    def check_beginning(self, beginning: bytes) -> None:
        """Compare the first `BEGINNING` bytes of the file with its name.

        Raises:
            RequestError: it is something else than its suffix says.
        """
        if not beginning.startswith(self.kinds[_suffix(self.name)]):
            raise RequestError(f"'{self.name}' is not what the end of its name says: save it as GeoTIFF and send that.")


def parse(text: str, kinds: dict[str, tuple[bytes, ...]]) -> Upload:
    """Read `upload:<sha256>/<file name>`.

    Raises:
        RequestError: it is a path or an address, or the name is not fit to be one of a file.
    """
    found = _FORM.fullmatch(text)
    if not found:
        raise RequestError(
            f"'{text[:80]}' is not a file that was sent: a remote runtime reads no paths, send the file first."
        )
    digest, name = found.groups()
    odd = any(letter in '/\\:*?"<>|' or unicodedata.category(letter) in _UNSEEN for letter in name)
    long = len(name) > MAX_NAME or len(name.encode("utf-8", "replace")) > 255
    if odd or long or name[0] in ". " or _FOR_WINDOWS.fullmatch(name):
        raise RequestError(
            f"A file cannot be called {ascii(name[:80])} on the runtime's machine: rename it, up to {MAX_NAME} "
            'letters, without / \\ : * ? " < > | and without a dot or a space in front.'
        )
    if _suffix(name) not in kinds:
        raise RequestError(f"'{name}' is not read by a remote runtime: its name has to end in {', '.join(kinds)}.")
    return Upload(digest, name, kinds)


def images(request: AskRequest) -> Iterator[str]:
    """Every path of a question, as it was given."""
    for date in request.dates:
        yield from (path for path in (date.optical, date.sar, date.clouds) if path)


def refuse_uploads(paths: Iterator[str]) -> None:
    """For a runtime that is not remote.

    Raises:
        RequestError: something is named as if it had been sent.
    """
    if any(path.startswith("upload:") for path in paths):
        raise RequestError("This runtime is on the machine of its files and takes none: give their paths.")


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()
