"""Files that were sent: whole or not at all, each once, and not for ever."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Collection
from pathlib import Path

import pytest

from model_runtime.errors import RequestError, UploadMissing
from model_runtime.server import uploads
from model_runtime.server.names import RASTERS, Upload
from model_runtime.server.uploads import UNUSED_S, UploadError, Uploads


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(tmp_path: Path, clock: Clock) -> Uploads:
    return Uploads(tmp_path / "uploads", 1000, clock)


def put(kept: Uploads, data: bytes, size: int | None = None, digest: str = "", in_use: Collection[str] = ()) -> str:
    async def chunks() -> AsyncIterator[bytes]:
        for begin in range(0, len(data), 100):
            yield data[begin : begin + 100]

    digest = digest or hashlib.sha256(data).hexdigest()
    asyncio.run(kept.receive(digest, len(data) if size is None else size, chunks(), in_use))
    return digest


def files(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "uploads").rglob("*") if path.is_file())


def test_a_file_is_kept_once_and_is_alone_under_its_name(kept: Uploads, tmp_path: Path) -> None:
    data = b"II*\0" + b"x" * 600
    digest = put(kept, data)
    assert put(kept, data) == digest
    assert files(tmp_path) == ["data"]
    first, other = Upload(digest, "a_20170604.tif", RASTERS), Upload(digest, "b.tif", RASTERS)
    path = kept.path_of(first)
    assert kept.path_of(other) != path == kept.path_of(first)  # the same again: what is known of it stays known
    assert path.name == "a_20170604.tif" and path.read_bytes() == data
    assert list(path.parent.iterdir()) == [path]
    assert path.samefile(kept.path_of(other))  # a second name, not a second copy


def test_a_file_that_a_cleaner_took_is_asked_for_again(kept: Uploads, tmp_path: Path) -> None:
    data = b"II*\0" + b"x" * 600
    digest = put(kept, data)
    next((tmp_path / "uploads").rglob("data")).unlink()
    assert not kept.has(digest)
    assert put(kept, data) == digest
    assert kept.path_of(Upload(digest, "a.tif", RASTERS)).read_bytes() == data


@pytest.mark.parametrize(
    ("size", "digest", "status"),
    [(1001, "", 413), (299, "", 422), (301, "", 422), (300, "0" * 64, 422)],
)
def test_what_is_not_as_announced_leaves_nothing(
    kept: Uploads, tmp_path: Path, size: int, digest: str, status: int
) -> None:
    with pytest.raises(UploadError, match=r"[.]$") as refused:
        put(kept, b"x" * 300, size, digest)
    assert refused.value.status == status
    assert files(tmp_path) == []
    put(kept, b"x" * 1000)  # its room was given back


def test_a_size_that_no_disk_has_is_refused_before_a_byte_is_written(tmp_path: Path) -> None:
    kept = Uploads(tmp_path / "uploads", 10**18)
    with pytest.raises(UploadError, match="too little for this file") as refused:
        put(kept, b"x", 10**17)
    assert refused.value.status == 507


def test_a_client_that_falls_silent_is_let_go(kept: Uploads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "IDLE_S", 0.05)

    async def silent() -> AsyncIterator[bytes]:
        yield b"x"
        await asyncio.sleep(60)

    with pytest.raises(UploadError) as refused:
        asyncio.run(kept.receive("0" * 64, 10, silent(), ()))
    assert refused.value.status == 408
    assert files(tmp_path) == []


def test_a_client_that_breaks_off_leaves_nothing(kept: Uploads, tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"x" * 50
        raise ConnectionResetError

    with pytest.raises(UploadError):
        asyncio.run(kept.receive("0" * 64, 100, broken(), ()))
    assert files(tmp_path) == []


def test_the_oldest_goes_when_all_together_are_too_much_but_none_in_use(kept: Uploads, clock: Clock) -> None:
    found = []
    for letter in b"abc":
        clock.now += 1
        found.append(put(kept, bytes([letter]) * 1000))
    clock.now += 1
    assert kept.has(found[0])  # asked for: it is the youngest now
    put(kept, b"d" * 1000, in_use={found[1]})
    assert [kept.has(digest) for digest in found] == [True, True, False]
    everything = {*found, hashlib.sha256(b"d" * 1000).hexdigest()}
    with pytest.raises(UploadError, match="no room while other questions wait") as refused:
        put(kept, b"e" * 1000, in_use=everything)
    assert refused.value.status == 507


def test_what_nobody_has_used_for_a_day_goes(kept: Uploads, clock: Clock, tmp_path: Path) -> None:
    old, asked, used = (put(kept, letter * 300) for letter in (b"o", b"a", b"u"))
    clock.now += UNUSED_S - 10
    assert kept.has(asked)
    clock.now += 20
    kept.sweep({used})
    assert [kept.has(digest) for digest in (old, asked, used)] == [False, True, True]
    assert len(files(tmp_path)) == 2
    with pytest.raises(UploadMissing, match="'x.tif' is not on the runtime's machine, or not any more: send it again."):
        kept.path_of(Upload(old, "x.tif", RASTERS))


def test_a_file_that_is_no_raster_gets_no_path(kept: Uploads, tmp_path: Path) -> None:
    digest = put(kept, b"EHFA_HEADER_TAG\0 names other files")
    with pytest.raises(RequestError):
        kept.path_of(Upload(digest, "x.tif", RASTERS))
    assert files(tmp_path) == ["data"]
