"""Sending files to a remote runtime: what they are called there, and what is not sent at all."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import unicodedata
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terrascope_qgis.client import own_paths, protocol, uploads
from terrascope_qgis.client.errand import Errand
from terrascope_qgis.errors import CancelledError, LayerError, TerraScopeError


def hashed(sender: uploads.Sender, *paths: Path) -> list[uploads.Upload]:
    told: list[uploads.Upload] = []
    for _ in Errand(lambda errand: sender.hashed(errand, [str(path) for path in paths], told)).items(lambda: False):
        pass
    return told


@given(st.text(min_size=1, max_size=260).filter(lambda name: "\0" not in name and "/" not in name))
def test_every_name_is_fit_for_the_runtime_s_machine(stem: str) -> None:
    name = uploads.name_there(f"/home/jo/{stem}.TIF")
    assert name.endswith(".TIF")
    assert 1 <= len(name) <= 200
    assert len(name.encode("utf-8", "surrogatepass")) <= 255
    assert name[0] not in ". "
    assert not any(one in '/\\:*?"<>|' or unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp") for one in name)


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("S2_20170604.tif", "S2_20170604.tif"),
        ("été 2017.tiff", "été 2017.tiff"),
        (".hidden.tif", "_.hidden.tif"),
        ("NUL.tif", "_NUL.tif"),
        ("com1.tif", "_com1.tif"),
        ("a:b*c.tif", "a_b_c.tif"),
        ("x" * 300 + ".tif", "x" * 196 + ".tif"),
    ],
)
def test_a_name_changes_only_where_it_must(name: str, there: str) -> None:
    assert uploads.name_there("/data/" + name) == there


def test_a_file_is_hashed_again_only_when_it_has_changed(tmp_path: Path) -> None:
    file = tmp_path / "S2.tif"
    file.write_bytes(b"one" * 1_000_000)
    sender = uploads.Sender()
    (first,) = hashed(sender, file)
    assert first.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert first.reference == f"upload:{first.sha256}/S2.tif"
    times = file.stat()
    file.write_bytes(b"six" * 1_000_000)
    os.utime(str(file), ns=(times.st_atime_ns, times.st_mtime_ns))
    assert hashed(sender, file) == [first]  # it was not read
    file.write_bytes(b"two" * 1_000_000)
    assert hashed(sender, file)[0].sha256 == hashlib.sha256(file.read_bytes()).hexdigest() != first.sha256


def test_hashing_is_cancelled(tmp_path: Path) -> None:
    file = tmp_path / "S2.tif"
    file.write_bytes(bytes(50_000_000))
    told: list[uploads.Upload] = []
    with pytest.raises(CancelledError):
        list(Errand(lambda errand: uploads.Sender().hashed(errand, [str(file)], told)).items(lambda: True))
    assert told == []


def test_a_file_that_is_gone_or_too_large_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LayerError, match="cannot be read"):
        hashed(uploads.Sender(), tmp_path / "gone.tif")
    file = tmp_path / "S2.tif"
    file.write_bytes(bytes(2_000_000))
    uploads.check_sizes([str(file)], 2_000_000)
    with pytest.raises(LayerError, match=r"S2.tif has 2.0 MB, and the remote runtime takes files of up to 1.0 MB"):
        uploads.check_sizes([str(file)], 1_000_000)
    with pytest.raises(LayerError, match="check that it is there"):
        uploads.check_kinds([str(tmp_path / "gone.tif")])
    with pytest.raises(LayerError, match="not one raster file"):
        uploads.check_kinds([str(tmp_path)])


def test_a_request_is_sent_without_paths(tmp_path: Path) -> None:
    same = [tmp_path / folder / "scene.tif" for folder in ("2017", "2018")]
    for number, path in enumerate(same):
        path.parent.mkdir()
        path.write_bytes(bytes([number]))
    request = protocol.AskRequest(
        "?",
        (protocol.DateInput(str(same[0]), clouds=str(same[1])), protocol.DateInput(sar=str(same[1]))),
        out=str(tmp_path / "answer.gpkg"),
        picture=str(tmp_path / "picture.png"),
    )
    assert uploads.paths_of(request) == [str(path) for path in same]
    sent = uploads.as_sent(request, hashed(uploads.Sender(), *same))
    assert str(tmp_path) not in json.dumps(protocol.write(sent))
    assert sent.dates[0].clouds == sent.dates[1].sar != sent.dates[0].optical
    assert sent.out is None and sent.picture is None


@pytest.fixture
def report_of(tmp_path: Path) -> Callable[[], Path]:
    """A file with the tables that hold paths."""

    def make() -> Path:
        file = tmp_path / "answer.gpkg"
        image = {"path": "/home/jo/2017/scene.tif", "sha256": "0"}
        asked = {
            "dates": [{"optical": "/home/jo/2017/scene.tif", "clouds": "C:\\jo\\clouds.tif", "date": "2017-06-04"}],
            "out": "/home/jo/answer.gpkg",
            "picture": None,
            "model": "/home/jo/models/mine",
        }
        with closing(sqlite3.connect(str(file))) as database, database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("CREATE TABLE run (report TEXT, request TEXT)")
            database.execute("CREATE TABLE dates (image INTEGER, optical_path TEXT, sar_path TEXT)")
            report = {"dates": [{"image": 1, "optical": image, "sar": None}], "answer": "10 ha"}
            database.execute("INSERT INTO run VALUES (?, ?)", (json.dumps(report), json.dumps(asked)))
            database.execute("INSERT INTO dates VALUES (1, '/home/jo/2017/scene.tif', NULL)")
        return file

    return make


def content(file: Path) -> tuple[Any, Any, Any]:
    with closing(sqlite3.connect(str(file))) as database:
        report, asked = database.execute("SELECT report, request FROM run").fetchone()
        return json.loads(report), json.loads(asked), database.execute("SELECT * FROM dates").fetchall()


def test_a_report_is_sent_without_paths_and_gets_them_back(report_of: Callable[[], Path], tmp_path: Path) -> None:
    file, copy = report_of(), tmp_path / "copy.gpkg"
    before = content(file)
    kept = own_paths.sent_copy(file, copy)
    assert content(file) == before
    assert b"jo" not in copy.read_bytes()
    assert not copy.with_name("copy.gpkg-wal").exists()
    report, asked, dates = content(copy)
    assert report["dates"][0]["optical"]["path"] == "scene.tif"
    assert asked["dates"][0] == {"optical": "scene.tif", "clouds": "clouds.tif", "date": "2017-06-04"}
    assert dates == [(1, "scene.tif", None)]
    with closing(sqlite3.connect(str(copy))) as measured, measured:
        measured.execute("UPDATE run SET report = replace(report, '10 ha', '11 ha')")
    with closing(sqlite3.connect(str(file))) as open_in_qgis:
        open_in_qgis.execute("SELECT * FROM run").fetchall()
        own_paths.back_into(copy, kept, file)
        assert "11 ha" in open_in_qgis.execute("SELECT report FROM run").fetchone()[0]
    report, asked, dates = content(file)
    assert report == {**before[0], "answer": "11 ha"}
    assert (asked, dates) == before[1:]


def test_a_report_that_is_being_written_stays_what_it_was(
    report_of: Callable[[], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_paths, "BUSY_S", 0.3)
    file, copy = report_of(), tmp_path / "copy.gpkg"
    before = content(file)
    kept = own_paths.sent_copy(file, copy)
    with closing(sqlite3.connect(str(file), isolation_level=None)) as writing:
        writing.execute("BEGIN IMMEDIATE")
        with pytest.raises(TerraScopeError, match="cannot be written now"):
            own_paths.back_into(copy, kept, file)
        writing.execute("ROLLBACK")
    assert content(file) == before
    with pytest.raises(TerraScopeError, match="no report"):
        own_paths.sent_copy(tmp_path / "gone.gpkg", tmp_path / "other.gpkg")
