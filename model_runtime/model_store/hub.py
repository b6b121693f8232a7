"""The model hub: what one commit of a repository holds, and the bytes of its files, as often as that takes.

Names, addresses, credentials and refusals are `huggingface_hub`'s business (HF_ENDPOINT names another hub). The bytes
are read here, through its connection: version 2.4 throws a half-fetched file away whenever a download fails or its
process ends, and a file of 5 GB has to go on where it stopped. No commit or checksum is written down in the plugin:
what a file ought to be is what the hub's own listing of the commit says.
"""

from __future__ import annotations

import os
import re
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, BinaryIO, TypeVar
from urllib.parse import urlsplit

from .. import __version__
from ..errors import Cancelled, ModelError

if TYPE_CHECKING:
    from httpx2 import RequestError, Response
    from huggingface_hub.errors import HfHubHTTPError
    from huggingface_hub.hf_api import ModelInfo, RepoSibling

# What a model folder needs, and what people should read. Nothing that is or may hold code: no .py, .bin, .pt, .pkl.
ALLOW_PATTERNS = (
    "config.json", "generation_config.json", "model.safetensors.index.json", "model*.safetensors",
    "tokenizer.json", "tokenizer_config.json", "vocab.json", "merges.txt", "added_tokens.json",
    "special_tokens_map.json", "LICENSE", "LICENSE.md", "LICENSE.txt", "README.md",
)  # fmt: skip
COMMIT = re.compile(r"[0-9a-f]{40}")
WAITS = (1.0, 2.0, 5.0, 10.0, 20.0)
_CONNECT_S, _SILENCE_S = 10.0, 30.0
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,199}")
_OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
_QUIET = ("HF_HUB_DISABLE_TELEMETRY", "HF_HUB_DISABLE_IMPLICIT_TOKEN", "HF_HUB_DISABLE_PROGRESS_BARS")
_NO_PROXY = (
    "The proxy (--proxy, else HTTPS_PROXY and its kin) is not one that can be used; write it as http://HOST:PORT."
)
_T = TypeVar("_T")


@dataclass(frozen=True)
class RemoteFile:
    """One file of a commit, as the hub lists it."""

    name: str
    size: int
    """bytes"""
    sha256: str | None
    """of its content; None: a small file, which git keeps itself"""
    blob: str
    """git's name of it: of a small file the sha1 of "blob", its length and its content"""


@dataclass(frozen=True)
class Listing:
    """The files of one commit that make a model."""

    repository: str
    revision: str
    files: tuple[RemoteFile, ...]


class _Trouble(Exception):  # noqa: N818 - it passes, or becomes a ModelError
    """Another attempt may get over it; a sentence without its full stop."""


class _TooMuch(Exception):  # noqa: N818 - same
    """More bytes came than were listed."""


class Hub:
    """One user's way to the hub.

    Args:
        token: what the hub knows the user by; None: nobody. It goes to the hub, never to where the hub sends us on.
        proxy: URL of an HTTP proxy; None: what HTTPS_PROXY and its kin, or the system's settings, say.
        cancelled: asked while bytes arrive and while waiting.
        warn: told in a sentence of every attempt that is made again.
        waits: seconds before each further attempt; one that got new bytes starts the row again.

    Raises:
        ModelError: HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE asks to stay offline, or the addresses are none.
    """

    def __init__(
        self,
        token: str | None,
        proxy: str | None,
        cancelled: Callable[[], bool],
        warn: Callable[[str], None],
        waits: Sequence[float] = WAITS,
    ) -> None:
        for name in _OFFLINE:
            if os.environ.get(name, "").upper() in ("1", "ON", "YES", "TRUE"):
                raise ModelError(f"{name} is set to stay offline; unset it to fetch models.")
        if proxy is not None and not _host_of(proxy):
            raise ModelError(_NO_PROXY)
        # The library reads them when it is first imported: no reports on the user, no token that nobody gave, no bars.
        os.environ.update(dict.fromkeys(_QUIET, "1"))
        import httpx2
        from huggingface_hub import constants, get_session, logging, set_client_factory

        logging.set_verbosity_error()
        limits = httpx2.Timeout(_SILENCE_S, connect=_CONNECT_S)
        # Made anew for each Hub: the library would keep to an earlier one's proxy.
        set_client_factory(lambda: httpx2.Client(follow_redirects=True, timeout=limits, proxy=proxy))
        try:
            get_session()
        except (ValueError, ImportError, httpx2.InvalidURL):  # ImportError: SOCKS
            raise ModelError(_NO_PROXY) from None
        self._endpoint = (os.environ.get("HF_ENDPOINT") or constants.ENDPOINT).rstrip("/")
        self._host = _host_of(self._endpoint)
        if not self._host:
            raise ModelError("HF_ENDPOINT is not the address of a model hub; unset it, or write it as https://HOST.")
        self._token = token
        self._cancelled = cancelled
        self._warn = warn
        self._waits = waits
        self._reached = False

    def listing(self, repository: str, revision: str | None) -> Listing:
        """What a commit holds of what a model needs: `config.json` first, then the small before the large.

        Args:
            repository: OWNER/NAME.
            revision: the commit, 40 hexadecimal digits; None: the one that `main` is at now.

        Raises:
            ModelError: the hub cannot be reached, does not let us in, has no such commit, or lists something that is
                not a model in safetensors or has a name that leads out of a folder.
            Cancelled: the user did.
        """
        from huggingface_hub import HfApi
        from huggingface_hub.errors import HFValidationError
        from huggingface_hub.utils import validate_repo_id

        try:
            validate_repo_id(repository)
        except HFValidationError:
            raise ModelError(f"{repository} cannot be the name of a repository; write OWNER/NAME.") from None
        api = HfApi(self._endpoint, token=self._token or False, library_name="terrascope", library_version=__version__)

        def ask() -> ModelInfo:
            return api.model_info(repository, revision=revision or "main", timeout=_SILENCE_S, files_metadata=True)

        try:
            info = self._patiently(ask, lambda: False, repository, revision)
            siblings = {sibling.rfilename: sibling for sibling in info.siblings}
            commit = COMMIT.fullmatch(info.sha).group()
        except (ValueError, TypeError, KeyError, AttributeError):
            raise ModelError(
                f"What answers at {self._host} is not a model hub; check HF_ENDPOINT, the proxy, and whether this "
                "network wants you to sign in first."
            ) from None
        if revision not in (None, commit):
            raise ModelError(f"{self._host} answers for commit {commit} when asked for {revision}; do not use it.")
        self._reached = True
        return Listing(repository, commit, _model_files(repository, siblings))

    def fetch(self, listing: Listing, file: RemoteFile, part: Path, progress: Callable[[int], None]) -> None:
        """Bring `part` to the length of `file`, from where it is.

        Args:
            listing: of the commit.
            file: one of its files.
            part: may hold the file's first bytes already.
            progress: told how many bytes `part` has.

        Raises:
            ModelError: the hub does not give the file, gives too much or, again and again, too little; or the disk
                does not take it. What has arrived stays, unless it was too much.
            Cancelled: the user did; what has arrived stays.
        """
        try:
            with part.open("ab") as stream:
                furthest = stream.tell()

                def gained() -> bool:
                    nonlocal furthest
                    before, furthest = furthest, max(furthest, stream.tell())
                    return furthest > before

                self._patiently(
                    lambda: self._read(listing, file, stream, progress), gained, listing.repository, listing.revision
                )
                stream.flush()
                os.fsync(stream.fileno())
        except _TooMuch:
            part.unlink()
            raise ModelError(
                f"The hub has more of {file.name} than the {file.size} bytes it lists; what came was removed, try "
                "again later."
            ) from None
        except OSError as error:
            raise ModelError(
                f"{part.parent} takes no more ({error.strerror}); make room, then run the same command again: it goes "
                "on where it stopped."
            ) from None

    def _read(self, listing: Listing, file: RemoteFile, stream: BinaryIO, progress: Callable[[int], None]) -> None:
        """Ask once for what `stream` lacks of `file`."""
        from huggingface_hub import get_session, hf_hub_url, hf_raise_for_status
        from huggingface_hub.utils import build_hf_headers

        length = stream.tell()
        if length > file.size:
            length = _emptied(stream)
        if length == file.size:
            return
        url = hf_hub_url(listing.repository, file.name, revision=listing.revision, endpoint=self._endpoint)
        headers = build_hf_headers(
            token=self._token or False,
            library_name="terrascope",
            library_version=__version__,
            headers={"Accept-Encoding": "identity"} | ({"Range": f"bytes={length}-"} if length else {}),
        )
        with get_session().stream("GET", url, headers=headers) as response:
            if response.status_code != 416:  # "nothing there beyond what you have": too little
                hf_raise_for_status(response)
                if length and not _goes_on(response, length):
                    length = _emptied(stream)
                for chunk in response.iter_bytes():
                    if self._cancelled():
                        raise Cancelled
                    length += len(chunk)
                    if length > file.size:
                        raise _TooMuch
                    stream.write(chunk)
                    progress(length)
        if length < file.size:
            raise _Trouble(f"The hub sent only {length} of the {file.size} bytes of {file.name}")

    def _patiently(
        self, attempt: Callable[[], _T], gained: Callable[[], bool], repository: str, revision: str | None
    ) -> _T:
        """The attempt's result, after as many attempts as there are waits without any gain."""
        import httpx2
        from huggingface_hub.errors import HfHubHTTPError

        waits = iter(self._waits)
        while True:
            try:
                return attempt()
            except _Trouble as error:
                trouble = str(error)
            except HfHubHTTPError as error:
                trouble = self._refused(error, repository, revision)
            except httpx2.RequestError as error:
                trouble = self._failed(error)
            if gained():
                waits = iter(self._waits)
            wait = next(waits, None)
            if wait is None:
                raise ModelError(f"{trouble}; run the same command again later, it goes on where it stopped.")
            self._warn(f"{trouble}; trying again.")
            until = time.monotonic() + wait
            while time.monotonic() < until:
                if self._cancelled():
                    raise Cancelled
                time.sleep(0.05)

    def _refused(self, error: HfHubHTTPError, repository: str, revision: str | None) -> str:
        """What an HTTP status means, when another attempt may help.

        Raises:
            ModelError: it will not.
        """
        from huggingface_hub.errors import EntryNotFoundError, GatedRepoError, RevisionNotFoundError

        status = error.response.status_code
        if status >= 500 or status in (408, 429):
            return f"The hub at {self._host} is {'too busy' if status == 429 else 'in trouble'} (HTTP {status})"
        if isinstance(error, GatedRepoError) or status == 403:
            said = (
                f"{repository} is only for those who accepted its conditions (HTTP {status}); accept them on its page "
                "at the hub and give a token of that account (--token-stdin)"
            )
        elif status == 401 and self._token:
            said = f"The hub does not accept the token for {repository} (HTTP 401); make a new one that may read it"
        elif status == 401:
            said = (
                f"{repository} is private, or is not at {self._host} (HTTP 401); check the name, or give a token "
                "(--token-stdin)"
            )
        elif isinstance(error, RevisionNotFoundError):
            said = f"{repository} has no commit {revision or 'on main'} (HTTP 404); check --revision, or leave it out"
        elif isinstance(error, EntryNotFoundError):
            said = f"The hub lists a file of {repository} that it does not have (HTTP 404); try again later"
        elif status == 404:
            said = f"There is no {repository} at {self._host} (HTTP 404); check the name"
        else:
            said = f"The hub at {self._host} refuses {repository} (HTTP {status}); try again later"
        raise ModelError(f"{said}.")

    def _failed(self, error: RequestError) -> str:
        """What a broken connection means, when another attempt may help.

        Raises:
            ModelError: it will not: the certificate is wrong, or there was no connection to begin with.
        """
        import httpx2

        causes, cause = [], error
        while cause is not None and len(causes) < 10:
            causes.append(type(cause))
            cause = cause.__cause__ or cause.__context__
        if ssl.SSLCertVerificationError in causes:
            raise ModelError(
                f"The certificate of {self._host} is not trusted on this machine; if your network inspects what passes "
                "through it, have its certificate installed, or name its file in SSL_CERT_FILE."
            )
        if isinstance(error, httpx2.ProxyError):
            said = "The proxy does not let us through; check its address, name and password"
        elif socket.gaierror in causes:
            said = f"{self._host}, or the proxy to it, cannot be found; check the network connection"
        elif isinstance(error, (httpx2.ConnectError, httpx2.ConnectTimeout)):
            said = f"{self._host}, or the proxy to it, cannot be reached; check the network connection"
        elif isinstance(error, httpx2.TimeoutException):
            return f"{self._host} has fallen silent"
        else:
            return f"The connection to {self._host} was cut"
        if not self._reached:
            raise ModelError(f"{said}.")
        return said


def _host_of(url: str) -> str:
    """Empty when it is not an address on the web."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in ("http", "https") else ""


def _goes_on(response: Response, begin: int) -> bool:
    """Whether the answer is what follows the first `begin` bytes, and not the whole file anew."""
    return response.status_code == 206 and response.headers.get("Content-Range", "").startswith(f"bytes {begin}-")


def _emptied(stream: BinaryIO) -> int:
    stream.seek(0)
    return stream.truncate()


def _model_files(repository: str, siblings: dict[str, RepoSibling]) -> tuple[RemoteFile, ...]:
    """Those of a listing that make a model, checked.

    Raises:
        ModelError: a name leads out of the folder, a size or checksum is missing, or there is no model in safetensors.
    """
    from huggingface_hub.utils import filter_repo_objects

    for name in siblings:
        if _leads_out(name):
            raise ModelError(
                f"{repository} has a file named {name[:80]!r}, which leads out of its folder; do not use it."
            )
    top = [name for name in siblings if "/" not in name]
    wanted = list(filter_repo_objects(top, allow_patterns=list(ALLOW_PATTERNS)))
    if not any(name.endswith(".safetensors") for name in wanted):
        raise ModelError(
            f"{repository} has no model*.safetensors weights; other formats can run code and are not fetched."
        )
    if "config.json" not in wanted:
        raise ModelError(f"{repository} has no config.json, so it holds no TerraScope model.")
    files = [_file(repository, siblings[name]) for name in wanted]
    return tuple(sorted(files, key=lambda file: (file.name != "config.json", file.size, file.name)))


def _file(repository: str, sibling: RepoSibling) -> RemoteFile:
    size, sha256 = (sibling.lfs.size, sibling.lfs.sha256) if sibling.lfs else (sibling.size, None)
    whole = (
        _PLAIN_NAME.fullmatch(sibling.rfilename)
        and type(size) is int
        and 0 <= size < 2**48
        and COMMIT.fullmatch(sibling.blob_id or "")
        and (sha256 is None or _SHA256.fullmatch(sha256))
    )
    if not whole:
        raise ModelError(
            f"The hub's listing of {repository} has no proper name, size or checksum for {sibling.rfilename[:80]!r}; "
            "what cannot be checked is not fetched."
        )
    return RemoteFile(sibling.rfilename, size, sha256, sibling.blob_id)


def _leads_out(name: str) -> bool:
    windows = PureWindowsPath(name)
    return (
        "\\" in name
        or bool(windows.drive)
        or PurePosixPath(name).is_absolute()
        or ".." in name.split("/")
        or not name.isprintable()
    )
