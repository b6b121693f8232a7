"""Asking a remote runtime: scenes are sent first, and the answer's files are fetched; paths stay on this machine."""

from __future__ import annotations

import http.client
import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication

from ..errors import AnalysisError, ProtocolError, RuntimeLostError
from . import own_paths, protocol, results, uploads
from .address import Address
from .errand import Errand, RefusedError, answer_of, exchange
from .remote import Remote

MISSING = "upload_missing"
MEASURE_LIMIT_S = 300.0

translate = QCoreApplication.translate
_Cancelled = Callable[[], bool]
_Ask = Callable[[Address, protocol.AskRequest, _Cancelled], Iterator[protocol.Event]]


def ask(
    remote: Remote, sender: uploads.Sender, request: protocol.AskRequest, ask_there: _Ask, cancelled: _Cancelled
) -> Iterator[protocol.Event]:
    """Ask, and yield the events as they come; the last one is `Done`, with files and paths of this machine.

    Args:
        remote: the runtime.
        sender: of files.
        request: with paths of this machine.
        ask_there: asks at an address.
        cancelled: nobody waits any more.
    """
    paths = uploads.paths_of(request)
    _check_request(request, paths)
    yield protocol.Progress(translate("TerraScope", "Connecting to the remote runtime"), 0.0)
    address = remote.address()
    for limit_bytes in Errand(lambda _: iter([_upload_limit(remote, address)])).items(cancelled):
        uploads.check_sizes(paths, limit_bytes)
    sent: list[uploads.Upload] = []
    for again in (False, True):
        sent.clear()
        yield from Errand(lambda errand: _bring(sender, errand, address, paths, sent)).items(cancelled)
        try:
            yield from _answered(
                address, request, ask_there(address, uploads.as_sent(request, sent), cancelled), cancelled
            )
            return
        except AnalysisError as failure:
            if failure.code != MISSING or again:
                raise


def measure(remote: Remote, sender: uploads.Sender, request: protocol.MeasureRequest) -> protocol.Report:
    """Have a copy of a report measured there, and let the report be that."""
    geopackage = Path(request.geopackage)
    address = remote.address()
    with tempfile.TemporaryDirectory(prefix="terrascope-") as folder:
        copy, measured = Path(folder) / geopackage.name, Path(folder) / "measured.gpkg"
        kept = own_paths.sent_copy(geopackage, copy)
        answer: list[protocol.Report] = []

        def work(errand: Errand) -> Iterator[protocol.Progress]:
            uploads.check_sizes([str(copy)], _upload_limit(remote, address))
            for again in (False, True):
                sent: list[uploads.Upload] = []
                yield from _bring(sender, errand, address, [str(copy)], sent)
                try:
                    result, report = _measured(errand, address, replace(request, geopackage=sent[0].reference))
                    break
                except RefusedError as refusal:
                    if refusal.status != http.client.NOT_FOUND or again:
                        raise
            answer.append(report)
            yield from results.fetch(errand, address, result, [(results.GEOPACKAGE, measured)])
            results.put_in_place([measured])
            results.forget(address, result)

        for _ in Errand(work).items(lambda: False):
            pass
        own_paths.back_into(measured, kept, geopackage)
    return own_paths.in_report(answer[0], own_paths.dates_of(kept))


def health(remote: Remote, address: Address) -> protocol.Health:
    """How the runtime is; blocks.

    Raises:
        RuntimeStartError: it is none that this plugin can talk to.
        ProtocolError: what answers is no runtime.
    """
    try:
        _, said = exchange(address, "/v1/health")
    except ConnectionResetError as failure:  # at the first word: a tunnel that leads nowhere
        raise http.client.RemoteDisconnected(str(failure)) from failure
    try:
        found = protocol.read(protocol.Health, json.loads(said))
    except ValueError as failure:
        raise ProtocolError("", detail=str(failure)) from failure
    remote.check(found)
    return found


def _measured(errand: Errand, address: Address, request: protocol.MeasureRequest) -> tuple[str, protocol.Report]:
    """The id of the measured file, and its report."""
    body = json.dumps(protocol.write(request)).encode("utf-8")
    with closing(errand.connect(address, MEASURE_LIMIT_S)) as connection:
        headers = {**address.headers(), "Content-Type": "application/json"}
        connection.request("POST", "/v1/measure", body=body, headers=headers)
        response, said = answer_of(connection)
    return response.headers.get("Terrascope-Result", ""), protocol.read(protocol.Report, json.loads(said))


def _upload_limit(remote: Remote, address: Address) -> int:
    return health(remote, address).upload_limit_bytes


def _check_request(request: protocol.AskRequest, paths: list[str]) -> None:
    """Refuse what cannot be asked of another machine, before anything is sent."""
    uploads.check_kinds(paths)
    if Path(request.model).is_absolute():
        raise AnalysisError(
            translate(
                "TerraScope",
                "The model {name} is in a folder of this machine: choose one that the remote runtime has.",
            ).format(name=Path(request.model).name),
            "model",
        )


def _bring(
    sender: uploads.Sender,
    errand: Errand,
    address: Address,
    paths: list[str],
    sent: list[uploads.Upload],
) -> Iterator[protocol.Progress]:
    yield from sender.hashed(errand, paths, sent)
    yield from sender.send(errand, address, sent)


def _answered(
    address: Address, request: protocol.AskRequest, events: Iterator[protocol.Event], cancelled: _Cancelled
) -> Iterator[protocol.Event]:
    """The events, with the last one's files fetched."""
    job = ""
    for event in events:
        if isinstance(event, protocol.Queued):
            job = event.job
        if isinstance(event, protocol.Done):
            yield from _fetched(address, request, job, cancelled)
            report = own_paths.in_report(event.report, request.dates)
            event = replace(event, report=report, geopackage=request.out, picture=request.picture)
        yield event


def _fetched(
    address: Address, request: protocol.AskRequest, job: str, cancelled: _Cancelled
) -> Iterator[protocol.Progress]:
    names = ((results.GEOPACKAGE, request.out), (results.PICTURE, request.picture))
    wanted = [(name, Path(path)) for name, path in names if path]
    targets = [target for _, target in wanted]

    def work(errand: Errand) -> Iterator[protocol.Progress]:
        yield from results.fetch(errand, address, job, wanted)
        if request.out:
            own_paths.put_into(results.draft_of(Path(request.out)), request)

    try:
        yield from Errand(work).items(cancelled)
        results.put_in_place(targets)
    except (sqlite3.Error, LookupError, TypeError, ValueError) as failure:
        raise RuntimeLostError(
            translate("TerraScope", "The answer could not be kept in {folder}: see Details, and ask again.").format(
                folder=Path(request.out).parent
            ),
            detail=f"{type(failure).__name__}: {failure}",
        ) from failure
    finally:
        results.remove_drafts(targets)
    results.forget(address, job)
