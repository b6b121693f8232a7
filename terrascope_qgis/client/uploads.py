"""Sending files to a remote runtime, which knows them by their SHA-256: one that is there already is not sent again."""

from __future__ import annotations

import hashlib
import http.client
import os
import re
import threading
import time
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication

from ..errors import LayerError
from ..numerals import number
from . import protocol
from .address import Address
from .errand import Errand, RefusedError, answer_of

SUFFIXES = (".tif", ".tiff", ".jp2", ".png", ".jpg", ".jpeg")
IMAGES = ("optical", "sar", "clouds")  # the fields of a date that name files
MAX_NAME = 200  # characters
MAX_NAME_BYTES = 255
CHUNK_BYTES = 256 * 1024
_MB = 1e6
STALL_LIMIT_S = 60.0
REFUSAL_LIMIT_S = 2.0
TELL_S = 0.1

_UNFIT = '/\\:*?"<>|'
_UNSEEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")
_FOR_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d) *(\..*)?", re.IGNORECASE)

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Upload:
    """A file to be sent.

    Args:
        path: of this machine.
        name: that the runtime gets to see; day, sensor and band roles are told by it.
        size: bytes.
        sha256: of its bytes.
    """

    path: str
    name: str
    size: int
    sha256: str

    @property
    def reference(self) -> str:
        """What a request names it by."""
        return f"upload:{self.sha256}/{self.name}"


def can_be_sent(path: str) -> bool:
    """Whether a path is one raster file of a kind that a remote runtime takes."""
    return Path(path).suffix.lower() in SUFFIXES and Path(path).is_file()


def name_there(path: str) -> str:
    """What a file is called on the runtime's machine: its own name, `_` where a letter is not fit for that."""
    whole = Path(path).name
    fit = "".join("_" if one in _UNFIT or unicodedata.category(one) in _UNSEEN else one for one in whole)
    if fit[:1] in ("", ".", " ") or _FOR_WINDOWS.fullmatch(fit):
        fit = "_" + fit
    stem, dot, suffix = fit.rpartition(".")
    while len(stem + dot + suffix) > MAX_NAME or len((stem + dot + suffix).encode("utf-8")) > MAX_NAME_BYTES:
        stem = stem[:-1]
    return stem + dot + suffix


def paths_of(request: protocol.AskRequest) -> list[str]:
    """Every file of a question, once."""
    named = (getattr(date, field) for date in request.dates for field in IMAGES)
    return list(dict.fromkeys(path for path in named if path))


def as_sent(request: protocol.AskRequest, uploads: Sequence[Upload]) -> protocol.AskRequest:
    """The question as it goes to a remote runtime: files that were sent in the place of paths, none to write."""
    there = {upload.path: upload.reference for upload in uploads}
    dates = tuple(
        replace(date, **{field: there[path] for field in IMAGES if (path := getattr(date, field))})
        for date in request.dates
    )
    return replace(request, dates=dates, out=None, picture=None)


def check_kinds(paths: Sequence[str]) -> None:
    """Refuse what is not there, or no single raster file.

    Raises:
        LayerError: one sentence.
    """
    for path in paths:
        _size_and_time(path)
        if not can_be_sent(path):
            raise LayerError(
                translate(
                    "TerraScope",
                    "{name} is not one raster file, and a remote runtime is sent nothing else: save it as a GeoTIFF "
                    "(Export > Save As) and ask about that.",
                ).format(name=Path(path).name)
            )


def check_sizes(paths: Sequence[str], limit_bytes: int) -> None:
    """Refuse what the runtime would refuse, before anything is sent.

    Raises:
        LayerError: one sentence.
    """
    for path in paths:
        size = _size_and_time(path)[0]
        if size > limit_bytes:
            raise LayerError(
                translate(
                    "TerraScope",
                    "{name} has {size}, and the remote runtime takes files of up to {limit}: save the part you ask "
                    "about as a GeoTIFF (Export > Save As).",
                ).format(name=Path(path).name, size=in_mb(size), limit=in_mb(limit_bytes))
            )


class Sender:
    """Sends files; remembers the SHA-256 of those that have not changed since. Safe to use from any thread."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, int], str] = {}
        self._lock = threading.Lock()

    def hashed(self, errand: Errand, paths: Sequence[str], told: list[Upload]) -> Iterator[protocol.Progress]:
        """Find out what each file is; work for an errand.

        Args:
            errand: in whose thread this runs.
            paths: of files.
            told: gets one Upload for each.

        Raises:
            LayerError: a file cannot be read.
        """
        for path in paths:
            size, changed = _size_and_time(path)
            digest = self._known.get((path, size, changed))
            if digest is None:
                hashing, done = hashlib.sha256(), 0
                stage = translate("TerraScope", "Reading {name}: {percent} %")
                for chunk in _chunks(path):
                    errand.check()
                    hashing.update(chunk[0])
                    done += len(chunk[0])
                    if chunk[1]:
                        share = done / max(size, 1)
                        yield protocol.Progress(stage.format(name=Path(path).name, percent=int(100 * share)), share)
                digest = hashing.hexdigest()
                with self._lock:
                    self._known[path, size, changed] = digest
            told.append(Upload(path, name_there(path), size, digest))

    def send(self, errand: Errand, address: Address, uploads: Sequence[Upload]) -> Iterator[protocol.Progress]:
        """Send what is not there yet, one after the other; work for an errand.

        Raises:
            RefusedError: the runtime says why it does not take a file.
            LayerError: a file cannot be read, or changes while it is sent.
            OSError: the connection broke; nothing is left on the other machine then.
        """
        with closing(errand.connect(address, STALL_LIMIT_S)) as connection:
            for upload in {upload.sha256: upload for upload in uploads}.values():
                if not _is_there(connection, address, upload):
                    yield from self._put(errand, connection, address, upload)

    def _put(
        self, errand: Errand, connection: http.client.HTTPConnection, address: Address, upload: Upload
    ) -> Iterator[protocol.Progress]:
        stage = translate("TerraScope", "Sending {name}: {percent} %, {done} of {total} MB")
        connection.putrequest("PUT", _place(upload))
        for name, value in address.headers().items():
            connection.putheader(name, value)
        connection.putheader("Content-Type", "application/octet-stream")
        connection.putheader("Content-Length", str(upload.size))
        try:
            connection.endheaders()
            done = 0
            for chunk, is_time in _chunks(upload.path):
                errand.check()
                done += len(chunk)
                if done > upload.size:
                    raise self._changed(upload)
                connection.send(chunk)
                if is_time:
                    share = done / max(upload.size, 1)
                    words = stage.format(
                        name=Path(upload.path).name,
                        percent=int(100 * share),
                        done=_number(done),
                        total=_number(upload.size),
                    )
                    yield protocol.Progress(words, share)
            if done < upload.size:
                raise self._changed(upload)
        except OSError:
            with suppress(OSError, http.client.HTTPException):  # a refusal may come before all is sent
                connection.sock.settimeout(REFUSAL_LIMIT_S)
                answer_of(connection)
            raise
        try:
            answer_of(connection)
        except RefusedError as refusal:
            if refusal.status == http.client.UNPROCESSABLE_ENTITY:
                raise self._changed(upload) from refusal
            raise

    def _changed(self, upload: Upload) -> LayerError:
        with self._lock:
            self._known = {known: digest for known, digest in self._known.items() if known[0] != upload.path}
        words = translate("TerraScope", "{name} changed while it was sent: wait until it is written, and ask again.")
        return LayerError(words.format(name=Path(upload.path).name))


def _is_there(connection: http.client.HTTPConnection, address: Address, upload: Upload) -> bool:
    connection.request("HEAD", _place(upload), headers=address.headers())
    try:
        answer_of(connection)
    except RefusedError as refusal:
        if refusal.status == http.client.NOT_FOUND:
            return False
        raise
    return True


def _place(upload: Upload) -> str:
    return "/v1/uploads/" + upload.sha256


def _chunks(path: str) -> Iterator[tuple[bytes, bool]]:
    """A file piece by piece, each with whether it is time to tell of it."""
    told = 0.0
    try:
        with open(path, "rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                now = time.monotonic()
                is_time = now - told >= TELL_S
                told = now if is_time else told
                yield chunk, is_time
    except OSError as failure:
        raise _unreadable(path, failure) from failure


def _size_and_time(path: str) -> tuple[int, int]:
    try:
        found = os.stat(path)
    except OSError as failure:
        raise _unreadable(path, failure) from failure
    return found.st_size, found.st_mtime_ns


def _unreadable(path: str, failure: OSError) -> LayerError:
    return LayerError(
        translate("TerraScope", "{name} cannot be read: check that it is there and that you may read it.").format(
            name=Path(path).name
        ),
        detail=str(failure),
    )


def in_mb(size: int) -> str:
    """`12 MB`, `0.4 MB`."""
    return _number(size) + " MB"


def _number(size: int) -> str:
    """Of megabytes."""
    return number(size / _MB, 0 if size >= 10 * _MB else 1)
