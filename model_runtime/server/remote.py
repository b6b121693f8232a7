"""What a remote runtime does that a local one does not: it reads only what was sent, and keeps what is to be fetched.

No path of its disk leaves it: not in events, not in the record, not in a refusal.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from .. import protocol
from ..errors import RequestError, TerraScopeError
from ..model_store.keeper import Keeper
from ..model_store.shelf import CATALOGUE, known, models_folder
from .jobs import Job
from .names import RASTERS, REPORTS, Upload, images, parse
from .results import GEOPACKAGE, PICTURE, Results
from .uploads import Uploads

_IMAGES = ("optical", "sar", "clouds")


class Remote:
    """Files that were sent, answers that wait, and a temporary folder of both that only we can enter."""

    def __init__(self, keeper: Keeper, upload_limit_bytes: int) -> None:
        self._keeper = keeper
        self._folder = Path(tempfile.mkdtemp(prefix="terrascope-remote-")).resolve()  # mode 0700
        ours = r"(?:[/\\](?:uploads|results)(?:[/\\][0-9a-f]{8,64}(?:-\d+)?(?=[/\\]))*)?[/\\]?"
        self._places = re.compile(re.escape(str(self._folder)) + ours)
        self.uploads = Uploads(self._folder / "uploads", upload_limit_bytes)
        self.results = Results(self._folder / "results")

    def check(self, request: protocol.AskRequest) -> None:
        """Refuse what a remote runtime does not do, before a question waits.

        Raises:
            RequestError: it names a path, a model that has no name here, or files to write.
            UploadMissing: it names a file that is not here.
        """
        if request.out is not None or request.picture is not None:
            raise RequestError(
                "A remote runtime writes no files of yours: leave out 'out' and 'picture', fetch results."
            )
        if known(request.model) is None:
            raise RequestError(
                f"There is no model '{request.model[:80]}' on the runtime's machine: choose from its list."
            )
        for path in images(request):
            self.uploads.require(parse(path, RASTERS))

    def answer(self, job: Job) -> None:
        """Answer a question; see `Keeper.answer`. Its files can be fetched by the id of the job then."""
        place = self.results.begin(job.id)
        try:
            request, told = self._on_disk(job, place)
            self._keeper.answer(request, _Ready(job, self.results), told)
        except BaseException as error:
            self.results.drop(job.id)
            if isinstance(error, TerraScopeError):
                self._hide_paths(error)
            raise

    def _on_disk(self, job: Job, place: Path) -> tuple[protocol.AskRequest, protocol.AskRequest]:
        """The request with paths of our disk, and with what may be told instead."""
        read, told = [], []
        for date in job.request.dates:
            uploads = {field: parse(path, RASTERS) for field in _IMAGES if (path := getattr(date, field))}
            read.append(
                date.model_copy(update={field: str(self.uploads.path_of(file)) for field, file in uploads.items()})
            )
            told.append(date.model_copy(update={field: file.name for field, file in uploads.items()}))
        made = {"out": GEOPACKAGE, "picture": PICTURE}
        here = {field: str(place / name) for field, name in made.items()}
        there = {field: f"/v1/results/{job.id}/{name}" for field, name in made.items()}
        return (
            job.request.model_copy(update={"dates": read, **here}),
            job.request.model_copy(update={"dates": told, **there}),
        )

    def measure(self, request: protocol.MeasureRequest) -> tuple[str, protocol.Report]:
        """Measure a copy of a report that was sent; the copy can be fetched by the id that comes first.

        Raises:
            UploadMissing: it is not here.
            RequestError: it is no report, or something in it is not fit to be measured.
            OutputError: the disk is full.
        """
        from ..remeasure import remeasure

        upload: Upload = parse(request.geopackage, REPORTS)
        result = secrets.token_hex(16)
        file = self.results.begin(result) / GEOPACKAGE
        try:
            shutil.copyfile(self.uploads.path_of(upload), file)
            report = remeasure(file, request.steps)
        except BaseException as error:
            self.results.drop(result)
            if isinstance(error, TerraScopeError):
                error.args = (str(error).replace(GEOPACKAGE, upload.name),)
                self._hide_paths(error)
            raise
        self.results.finish(result)
        return result, report

    def sweep(self, requests: Collection[protocol.AskRequest]) -> None:
        """Remove what is too old or too much; of `requests`, which wait or run, everything stays."""
        self.uploads.sweep(in_use(requests))
        self.results.sweep()

    def close(self) -> None:
        """Remove everything."""
        gone = self._folder.with_name(f"{self._folder.name}-gone")
        with suppress(OSError):  # a job that has not ended yet finds no place to write to any more
            self._folder.rename(gone)
        for folder in (gone, self._folder):
            shutil.rmtree(folder, ignore_errors=True)

    def _hide_paths(self, error: TerraScopeError) -> None:
        """Leave of our paths the names in a refusal."""
        text = str(error)
        for folder in (models_folder(), *(model.folder.parent for model in CATALOGUE)):
            for path in (folder.resolve(), folder):
                text = text.replace(f"{path}{os.sep}", "")
        error.args = (self._places.sub("", text),)


class _Ready:
    """The sink of a job, which lets its files be fetched before it says that it is done."""

    def __init__(self, job: Job, results: Results) -> None:
        self._job, self._results = job, results

    def emit(self, event: protocol.Event) -> None:
        """Pass an event on."""
        if isinstance(event, protocol.Done):
            self._results.finish(self._job.id)
        self._job.emit(event)

    def cancelled(self) -> bool:
        """Whether somebody has cancelled the job."""
        return self._job.cancelled()


def in_use(requests: Collection[protocol.AskRequest]) -> set[str]:
    """The sha256 of every file that requests name; they have been checked."""
    return {parse(path, RASTERS).sha256 for request in requests for path in images(request)}
