"""Fetching what a remote runtime made: under another name until it is whole, then put where it was wanted."""

from __future__ import annotations

import http.client
import os
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication

from ..errors import ProtocolError, TerraScopeError
from . import protocol
from .address import Address
from .errand import Errand, refused
from .uploads import CHUNK_BYTES, STALL_LIMIT_S

GEOPACKAGE = "answer.gpkg"
PICTURE = "picture.png"
_RESULT = re.compile(r"[0-9a-f]{32}")

translate = QCoreApplication.translate


def draft_of(target: Path) -> Path:
    """Where a file is written until it is whole."""
    return target.with_name(target.stem + ".part" + target.suffix)


def fetch(
    errand: Errand, address: Address, result: str, wanted: Sequence[tuple[str, Path]]
) -> Iterator[protocol.Progress]:
    """Fetch files of a result to their drafts; work for an errand.

    Args:
        errand: in whose thread this runs.
        address: of the runtime.
        result: its id.
        wanted: the name of each file there, and the file it is to become.

    Raises:
        TerraScopeError: a file cannot be written.
        RefusedError: the runtime has it no more.
        OSError: the connection broke.
    """
    if not _RESULT.fullmatch(result):
        raise ProtocolError(translate("TerraScope", "The remote runtime gave its answer no name: update it."))
    with closing(errand.connect(address, STALL_LIMIT_S)) as connection:
        for name, target in wanted:
            stage = translate("TerraScope", "Fetching {name}").format(name=target.name)
            yield protocol.Progress(stage, 1.0)
            connection.request("GET", f"/v1/results/{result}/{name}", headers=address.headers())
            with connection.getresponse() as response:
                if response.status != http.client.OK:
                    raise refused(response, response.read())
                _write(errand, response, draft_of(target))


def put_in_place(targets: Sequence[Path]) -> None:
    """Let drafts be the files they are to become.

    Raises:
        TerraScopeError: one cannot be replaced.
    """
    for target in targets:
        try:
            os.replace(str(draft_of(target)), str(target))
        except OSError as failure:
            raise _unwritten(target, failure) from failure


def remove_drafts(targets: Sequence[Path]) -> None:
    """Leave nothing behind."""
    for target in targets:
        with suppress(OSError):
            draft_of(target).unlink()


def forget(address: Address, result: str) -> None:
    """Have the runtime delete a result, for which nobody waits: it does so by itself within an hour."""
    threading.Thread(target=_delete, args=(address, result), name="terrascope-forget", daemon=True).start()


def _delete(address: Address, result: str) -> None:
    with suppress(OSError, http.client.HTTPException), closing(address.connect(STALL_LIMIT_S)) as connection:
        connection.request("DELETE", "/v1/results/" + result, headers=address.headers())
        connection.getresponse().read()


def _write(errand: Errand, response: http.client.HTTPResponse, draft: Path) -> None:
    expected = int(response.headers.get("Content-Length", "-1"))
    done = 0
    try:
        file = open(str(draft), "wb")
    except OSError as failure:
        raise _unwritten(draft, failure) from failure
    with file:
        while chunk := response.read(CHUNK_BYTES):
            errand.check()
            try:
                file.write(chunk)
            except OSError as failure:
                raise _unwritten(draft, failure) from failure
            done += len(chunk)
    if expected not in (-1, done):
        raise EOFError(f"{done} of {expected} bytes came")


def _unwritten(target: Path, failure: OSError) -> TerraScopeError:
    return TerraScopeError(
        translate("TerraScope", "{name} cannot be written to {folder}: check the disk and its permissions.").format(
            name=target.name, folder=target.parent
        ),
        detail=str(failure),
    )
