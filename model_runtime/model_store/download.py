"""Downloads: a model from the hub, at one commit, checked before it gets its name, resumed after any end.

There is no list of checksums in the plugin. The manifest of a download is made from the hub's own listing of the commit
(a commit's content cannot change) and what arrived is compared with it: the sha256 of each large file, and git's blob
id, the sha1 of length and content, of each small one, whose sha256 is then taken. So a manifest shows that the bytes
are those of that commit, and later that they still are; that the commit is the one to trust is for the user to know
and to pin with `--revision`. Without it the commit that `main` is at is shown, and used.

Files arrive one after another in a folder beside the model's own whose name begins with a dot. It keeps whole files and
the beginning of the one that was under way, and gets the model's name in one step when everything has been checked:
nothing that is not complete ever looks like a model.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import Cancelled, ModelError

if TYPE_CHECKING:
    from ..protocol import ModelSummary, Plan, StoreEvent
    from .hub import Hub, Listing, RemoteFile
    from .shelf import Known

_MARGIN = 1_000_000_000
"""bytes that are to stay free on the disk"""
_COMMIT_FILE = ".commit"
"""in the folder of a download: the commit that its whole files are known to be of"""
_BETWEEN_S = 0.1
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*/[A-Za-z0-9][A-Za-z0-9_.-]*")


def download(
    reference: str,
    *,
    emit: Callable[[StoreEvent], None],
    cancelled: Callable[[], bool],
    revision: str | None = None,
    plan_only: bool = False,
    token: str | None = None,
    proxy: str | None = None,
    waits: Sequence[float] | None = None,
) -> ModelSummary | None:
    """Fetch a model, or what is missing of it.

    Args:
        reference: id in the catalogue, or OWNER/NAME on the hub.
        emit: gets a Plan before the first byte, then Progress at most ten times a second, whose fraction never goes
            back within a stage, and a Warning whenever something is tried again.
        cancelled: asked while bytes arrive, are checked, or are waited for between two attempts.
        revision: commit, 40 hexadecimal digits; None: the one that is here, else the one that `main` is at.
        plan_only: end after the plan.
        token: of the hub.
        proxy: URL of an HTTP proxy; None: the environment's.
        waits: seconds before further attempts; None: those of `hub`.

    Returns:
        The model, complete and checked; None after `plan_only`.

    Raises:
        ModelError: it cannot be fetched, there is no room, or what came is not what the hub lists. What arrived whole
            stays for the next call.
        Cancelled: `cancelled` said so; what arrived stays.
    """
    from .. import protocol
    from .hub import COMMIT, WAITS, Hub
    from .manifest import Manifest, is_verified
    from .shelf import summary

    entry = _entry(reference)
    revision = revision and revision.lower()
    if revision is not None and not COMMIT.fullmatch(revision):
        raise ModelError("--revision has to be a whole commit, 40 digits 0-9 and a-f: a branch does not stay the same.")
    if entry.folder.exists():
        revision = _commit_here(entry, revision)
        if is_verified(entry.folder):
            manifest = Manifest.read(entry.folder)
            sizes = {entry.folder / name: facts.size for name, facts in manifest.files.items()}
            emit(_plan(entry, manifest.repository, manifest.revision, sizes))
            return None if plan_only else summary(entry)

    def warn(sentence: str) -> None:
        emit(protocol.Warning(message=sentence))

    hub = Hub(token, proxy, cancelled, warn, WAITS if waits is None else waits)
    work = _Download(entry, hub, hub.listing(entry.repository, revision), emit, cancelled)
    plan = work.plan()
    emit(plan)
    if plan_only:
        return None
    missing = plan.total_bytes - plan.present_bytes
    if plan.free_bytes < missing + _MARGIN:
        raise ModelError(
            f"{amount(missing)} are to be fetched and {amount(_MARGIN)} to stay free, but the disk of {plan.folder} "
            f"has only {amount(plan.free_bytes)}; make room, or set TERRASCOPE_MODELS to a folder on another disk."
        )
    work.run()
    return summary(entry)


class _Download:
    """One commit's files on their way into the folder of a model."""

    def __init__(
        self,
        entry: Known,
        hub: Hub,
        listing: Listing,
        emit: Callable[[StoreEvent], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._entry = entry
        self._hub = hub
        self._listing = listing
        self._emit = emit
        self._cancelled = cancelled
        self._part = entry.folder.with_name(f".{entry.id}.part")
        self._total = sum(file.size for file in listing.files)
        self._told = ("", 0.0, 0.0)

    def plan(self) -> Plan:
        """What there is to do; touches nothing."""
        # What has to be mended is in the model's own folder still.
        folder = self._entry.folder if self._entry.folder.exists() else self._part
        sizes = {}
        for file in self._listing.files:
            whole = folder / file.name
            sizes[whole if whole.exists() else self._partial(file)] = file.size
        return _plan(self._entry, self._listing.repository, self._listing.revision, sizes)

    def run(self) -> None:
        """Fetch everything, check it, and give it its name."""
        from filelock import FileLock, Timeout

        folder = self._entry.folder
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(folder.with_name(f".{self._entry.id}.lock"), timeout=0):
                self._take_up()
                self._fetch()
                self._check()
                self._part.rename(folder)
        except Timeout:
            raise ModelError(f"{self._entry.name} is being fetched already; wait for that, or end it.") from None
        except OSError as error:
            raise ModelError(
                f"{folder} cannot be written ({error.strerror or error}); check who may write there, and that no "
                "program uses it."
            ) from None

    def _take_up(self) -> None:
        """Make the folder of the download, or take what has to be mended for it; drop what is not of this commit."""
        from .manifest import sha256_of

        if self._entry.folder.exists():
            shutil.rmtree(self._part, ignore_errors=True)
            self._entry.folder.rename(self._part)
        self._part.mkdir(exist_ok=True)
        note, looked_at = self._part / _COMMIT_FILE, 0
        known = note.is_file() and note.read_text("utf-8") == self._listing.revision

        def step(count: int) -> None:
            nonlocal looked_at
            looked_at += count
            self._progress("Looking at what is here", looked_at)

        for file in self._listing.files:
            path = self._part / file.name
            if not path.is_file():
                continue
            right = path.stat().st_size == file.size
            if right and not known:
                found = sha256_of(path, step) if file.sha256 else _git_blob(path)
                right = found == (file.sha256 or file.blob)
            if not right:
                path.unlink()
        note.write_text(self._listing.revision, "utf-8")

    def _partial(self, file: RemoteFile) -> Path:
        """Where the file's beginning is kept: under the name of its content, so that two commits cannot mix."""
        return self._part / f"{file.sha256 or file.blob}.partial"

    def _fetch(self) -> None:
        from ..model.config import read_config

        before = 0
        for file in self._listing.files:
            path, partial = self._part / file.name, self._partial(file)
            if not path.is_file():

                def progress(count: int, before: int = before) -> None:
                    self._progress("Fetching", before + count)

                self._hub.fetch(self._listing, file, partial, progress)
                partial.replace(path)
            before += file.size
            self._progress("Fetching", before)
            if file.name == "config.json":  # the first: 17 GB of something else need not be fetched to be refused
                try:
                    read_config(self._part)
                except ModelError:
                    if {path.name for path in self._part.iterdir()} == {_COMMIT_FILE, file.name}:
                        shutil.rmtree(self._part)
                    raise

    def _check(self) -> None:
        """Compare everything with the listing, leave the manifest and its stamp, remove what is wrong or too much.

        Raises:
            ModelError: something is wrong; it has been removed.
            Cancelled: the user did.
        """
        from .manifest import MANIFEST, STAMP, FileFacts, Manifest, sha256_of

        def step(_: int) -> None:
            if self._cancelled():
                raise Cancelled

        paths = {file.name: self._part / file.name for file in self._listing.files}
        small = [file for file in self._listing.files if file.sha256 is None]
        wrong = [file.name for file in small if _git_blob(paths[file.name]) != file.blob]
        if not wrong:
            files = {
                file.name: FileFacts(size=file.size, sha256=file.sha256 or sha256_of(paths[file.name], step))
                for file in self._listing.files
            }
            manifest = Manifest(repository=self._listing.repository, revision=self._listing.revision, files=files)
            manifest.write(self._part)
            try:
                manifest.check(
                    self._part, lambda share: self._progress("Checking", share * self._total), self._cancelled
                )
            except ModelError:
                wrong = [name for name, facts in files.items() if sha256_of(paths[name], step) != facts.sha256]
                if not wrong:
                    raise
        if wrong:
            for name in wrong:
                paths[name].unlink()
            raise ModelError(
                f"{' and '.join(wrong)} did not arrive as published and was removed; run the same command again, it "
                "fetches only what is missing."
            )
        for path in self._part.iterdir():
            if path.name not in {MANIFEST, STAMP, *files}:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def _progress(self, stage: str, count: int | float) -> None:
        """Tell how many bytes of all are done, if that is new and the last time was not just now.

        Raises:
            Cancelled: the user did.
        """
        from .. import protocol

        if self._cancelled():
            raise Cancelled
        last, reached, when = self._told
        now, fraction = time.monotonic(), min(1.0, count / (self._total or 1))
        if stage == last:
            if fraction <= reached or (fraction < 1 and now - when < _BETWEEN_S):
                return
        self._told = (stage, fraction, now)
        self._emit(protocol.Progress(stage=stage, fraction=fraction))


def _entry(reference: str) -> Known:
    """The model of that id or repository.

    Raises:
        ModelError: it is neither, or there is nothing to fetch.
    """
    from .shelf import CATALOGUE, Known, known

    entry = next((model for model in CATALOGUE if model.repository == reference), None) or known(reference)
    if entry is None and _REPOSITORY.fullmatch(reference):
        entry = Known(reference.replace("/", "--"), reference, reference, "Fetched from the hub by its name.")
    if entry is None:
        ids = ", ".join(model.id for model in CATALOGUE if model.repository)
        raise ModelError(f"There is no model '{reference}' to fetch; use {ids}, or OWNER/NAME of a repository.")
    if entry.repository is None:
        origin = "came with the plugin" if entry.bundled else "is a model of your own"
        raise ModelError(f"{entry.name} {origin}; there is nothing to fetch.")
    return entry


def _commit_here(entry: Known, revision: str | None) -> str | None:
    """The commit of what is in the model's folder, which is to be mended; None: its manifest cannot be read.

    Raises:
        ModelError: what is there was not fetched, or is of another commit than `revision`.
    """
    from .manifest import Manifest

    try:
        manifest = Manifest.read(entry.folder)
    except ModelError:
        return revision
    if manifest is None:
        raise ModelError(f"{entry.folder} was not fetched by this command; move it away, then run this again.")
    if revision not in (None, manifest.revision):
        raise ModelError(
            f"{entry.name} is here at commit {manifest.revision}; delete it first (`models delete {entry.id}`) to "
            "fetch another."
        )
    return manifest.revision


def _plan(entry: Known, repository: str, revision: str, sizes: Mapping[Path, int]) -> Plan:
    """What a download would do, with the files that hold, or will hold, so many bytes."""
    from .. import protocol

    present = 0
    for path, size in sizes.items():
        if path.is_file():
            present += min(size, path.stat().st_size)
    disk = entry.folder.absolute()
    while not disk.exists():
        disk = disk.parent
    return protocol.Plan(
        repository=repository,
        revision=revision,
        files=len(sizes),
        total_bytes=sum(sizes.values()),
        present_bytes=present,
        free_bytes=shutil.disk_usage(disk).free,
        folder=str(entry.folder),
    )


def _git_blob(path: Path) -> str:
    """Git's name of a small file's content."""
    data = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def amount(count: int) -> str:
    """So many bytes, as people say it."""
    for unit, size in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} bytes"
