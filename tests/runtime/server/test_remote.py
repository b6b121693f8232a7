"""A remote runtime, through a tunnel: a real second process, nano, and no word of its disk."""

from __future__ import annotations

import hashlib
import json
import socket
import sqlite3
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model_runtime import protocol
from model_runtime.errors import ModelError
from model_runtime.evidence.geopackage import write_report
from model_runtime.model_store.keeper import Keeper
from model_runtime.server.jobs import Job
from model_runtime.server.remote import Remote

from ..conftest import write_rgb
from ..evidence.conftest import make_run
from .conftest import KEY, RemoteServer, Server

QUESTION = "How much water is there?"
NAME = "S2 überflug_20170604.tif"
# What two answers to one question may differ in: when they were given, where the images lay, and where it was written.
_MAY_DIFFER = {
    "run": ("report", "request", "timings", "started", "finished"),
    "dates": ("optical_path",),
    "gpkg_contents": ("last_change",),
    "layer_styles": ("update_time",),
}


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Something dark beside something bright, 100 x 80 pixels."""
    path = tmp_path_factory.mktemp("scene") / NAME
    rng = np.random.default_rng(7)
    rgb = rng.integers(90, 140, (80, 100, 3), np.uint8)
    rgb[20:60, 30:70] = rng.integers(5, 25, (40, 40, 3), np.uint8)
    write_rgb(path, rgb)
    return path


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def results(remote: RemoteServer) -> list[Path]:
    """Answers that wait there, or are being made."""
    return sorted(remote.temporary.glob("*/results/*"))


def asked(server: Server, **fields: object) -> list[dict]:
    with server.ask(**{"question": QUESTION} | fields) as events:
        return list(events)


def tables(path: Path) -> dict[str, list[dict]]:
    """Every row of every table of a GeoPackage, without what may differ."""
    database = sqlite3.connect(path)
    database.row_factory = sqlite3.Row
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    found = {name: [dict(row) for row in database.execute(f'SELECT * FROM "{name}"')] for name in names}  # noqa: S608
    database.close()
    for name, columns in _MAY_DIFFER.items():
        for row in found[name]:
            for column in columns:
                row.pop(column)
    return found


def test_health_tells_that_it_is_remote(remote: RemoteServer, server: Server) -> None:
    health = protocol.Health.model_validate(remote.health())
    assert (health.remote, health.upload_limit_bytes) == (True, 4_000_000)
    health = protocol.Health.model_validate(server.health())
    assert (health.remote, health.upload_limit_bytes) == (False, 0)


def test_models_are_listed_without_their_folders(remote: RemoteServer) -> None:
    models = json.loads(remote.request("GET", "/v1/models")[1])
    assert models[0]["id"] == "nano"
    assert {model["folder"] for model in models} == {""}


def test_an_answer_is_the_one_a_local_runtime_gives_and_tells_no_path(
    remote: RemoteServer, server: Server, nano_folder: Path, scene: Path, tmp_path: Path
) -> None:
    local = asked(server, dates=[{"optical": str(scene)}], out=str(tmp_path / "local.gpkg"))[-1]
    assert local["event"] == "done", local
    events = asked(remote, dates=[{"optical": remote.send(scene.read_bytes(), NAME)}])
    done = events[-1]
    assert done["event"] == "done", done
    job = events[0]["job"]
    assert done["geopackage"] == f"/v1/results/{job}/answer.gpkg"
    assert done["picture"] == f"/v1/results/{job}/picture.png"

    status, geopackage, headers = remote.request("GET", done["geopackage"])
    assert (status, int(headers["Content-Length"])) == (200, len(geopackage))
    (tmp_path / "remote.gpkg").write_bytes(geopackage)
    assert tables(tmp_path / "remote.gpkg") == tables(tmp_path / "local.gpkg")
    status, picture, headers = remote.request("GET", done["picture"])
    assert (status, picture[:8], int(headers["Content-Length"])) == (200, b"\x89PNG\r\n\x1a\n", len(picture))

    assert done["report"]["dates"][0]["optical"]["path"] == NAME
    for name in ("timings", "started", "finished"):
        del done["report"][name], local["report"][name]
    local["report"]["dates"][0]["optical"]["path"] = NAME
    assert done["report"] == local["report"]
    assert done["report"]["dates"][0]["date"] == "2017-06-04"

    told = json.dumps(events, ensure_ascii=False).encode() + geopackage + picture
    for path in (remote.temporary, nano_folder, Path("/tmp")):  # noqa: S108 - what must not be told
        assert str(path).encode() not in told
    assert b"terrascope-remote" not in told
    database = sqlite3.connect(tmp_path / "remote.gpkg")
    request = json.loads(database.execute("SELECT request FROM run").fetchone()[0])
    database.close()
    assert request["dates"][0]["optical"] == NAME

    assert remote.request("DELETE", f"/v1/results/{job}")[0] == 200
    assert remote.request("DELETE", f"/v1/results/{job}")[0] == 404
    assert remote.request("GET", done["geopackage"])[0] == 404
    assert results(remote) == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": f"Bearer {KEY[:-1]}0"}, 401),
        ({"Authorization": ""}, 401),
        ({"Host": "evil.example"}, 421),
        ({"Host": "evil.example:{port}"}, 421),
        ({"Host": "localhost.evil.example"}, 421),
        ({"Host": "[::2]"}, 421),
        ({"Host": ""}, 421),
        ({"Origin": "http://localhost"}, 403),
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/v1/health"), ("PUT", f"/v1/uploads/{sha256(b'x')}"), ("GET", f"/v1/results/{'0' * 32}/answer.gpkg")],
)
def test_strangers_are_refused_everywhere(
    remote: RemoteServer, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    headers = {name: value.replace("{port}", str(remote.port)) for name, value in headers.items()}
    got, body, _ = remote.request(method, path, b"x" if method == "PUT" else None, headers)
    assert got == status
    assert KEY not in body.decode()
    assert not remote.request("GET", f"/v1/uploads/{sha256(b'x')}")[0] == 200


@pytest.mark.parametrize("host", ["localhost:9000", "127.0.0.1:1", "LOCALHOST", "[::1]:9000"])
def test_the_other_end_of_a_tunnel_may_have_another_port(remote: RemoteServer, host: str) -> None:
    assert remote.request("GET", "/v1/health", headers={"Host": host})[0] == 200


def test_a_file_is_there_once_it_was_sent_and_once_only(remote: RemoteServer) -> None:
    data = b"II*\0" + b"once" * 500_000
    url = f"/v1/uploads/{sha256(data)}"
    assert remote.request("HEAD", url)[:2] == (404, b"")
    for _ in range(2):
        assert remote.request("PUT", url, data)[0] == 201
        assert remote.request("HEAD", url)[:2] == (200, b"")
        assert remote.request("GET", url)[0] == 200
    assert [path.read_bytes() == data for path in remote.files() if sha256(data) in path.parts] == [True]


def test_uploads_that_are_refused_leave_nothing(remote: RemoteServer) -> None:
    before = remote.files()
    url = f"/v1/uploads/{sha256(b'never')}"
    large = b"x" * 4_000_001
    for body, status in ((large, 413), (b"nevex", 422)):
        got, answer, _ = remote.request("PUT", url, body)
        assert got == status, answer
        assert json.loads(answer)["detail"].endswith(".")
    connection = remote.connect()
    connection.request("PUT", url, iter([b"never"]), {"Authorization": f"Bearer {KEY}"}, encode_chunked=True)
    assert connection.getresponse().status == 411
    connection.close()
    for digest in ("..%2f..%2fetc", "0" * 63, "A" * 64, "0" * 64 + "%00", "0" * 64 + "/x"):
        assert remote.request("PUT", f"/v1/uploads/{digest}", b"x")[0] in (404, 405, 422)
    assert remote.files() == before
    assert remote.request("GET", url)[0] == 404


def test_an_upload_that_breaks_off_leaves_nothing(remote: RemoteServer) -> None:
    before = remote.files()
    with socket.create_connection(("127.0.0.1", remote.port), timeout=10) as raw:
        head = f"PUT /v1/uploads/{'0' * 64} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {KEY}\r\n"
        raw.sendall(f"{head}Content-Length: 3000000\r\n\r\n".encode() + b"x" * 1_000_000)
        _until(lambda: len(remote.files()) > len(before))  # it has begun
    _until(lambda: remote.files() == before)
    assert "Traceback" not in remote.log.read_text()


def _until(happened: object, timeout_s: float = 5) -> None:
    deadline = time.perf_counter() + timeout_s
    while not happened():
        assert time.perf_counter() < deadline
        time.sleep(0.01)


def test_a_body_of_another_route_is_still_limited(remote: RemoteServer) -> None:
    body = b'{"question": "' + b"x" * 1_000_100 + b'", "dates": [{"optical": "x.tif"}]}'
    assert remote.request("POST", "/v1/ask", body, {"Content-Type": "application/json"})[0] == 413


@pytest.mark.parametrize(
    ("fields", "code", "says"),
    [
        ({"dates": [{"optical": "{scene}"}]}, "request", "not a file that was sent"),
        ({"dates": [{"optical": "{sent}", "clouds": "{scene}"}]}, "request", "not a file that was sent"),
        ({"dates": [{"sar": "/etc/passwd"}]}, "request", "not a file that was sent"),
        ({"dates": [{"optical": "upload:" + "0" * 64 + "/a.tif"}]}, "upload_missing", "'a.tif' .* send it again"),
        ({"dates": [{"optical": "{sent}/../../a.tif"}]}, "request", "cannot be called"),
        ({"dates": [{"optical": "{sent}"}], "out": "/home/a.gpkg"}, "request", "leave out 'out'"),
        ({"dates": [{"optical": "{sent}"}], "picture": "a.png"}, "request", "leave out 'out'"),
        ({"dates": [{"optical": "{sent}"}], "model": "{model}"}, "request", "no model"),
        ({"dates": [{"optical": "{sent}"}], "model": "../models/nano"}, "request", "no model"),
        ({"dates": [{"optical": "{sent}"}, {"optical": "{sent}"}]}, "request", "is given as the optical"),
        ({"dates": [{}]}, "request", "neither"),
        ({"dates": [{"optical": "{sent}"}], "extent": [0, 0, 1, 1]}, "scene", "overlap"),
    ],
)
def test_what_a_remote_runtime_does_not_do_is_refused_in_a_sentence_without_paths(
    remote: RemoteServer, nano_folder: Path, scene: Path, fields: dict, code: str, says: str
) -> None:
    before = results(remote)
    text = json.dumps(fields).replace("{sent}", remote.send(scene.read_bytes(), "s.tif"))
    text = text.replace("{scene}", str(scene)).replace("{model}", str(nano_folder))
    error = asked(remote, **json.loads(text))[-1]
    assert (error["event"], error["code"]) == ("error", code)
    assert str(remote.temporary) not in error["message"] and "uploads" not in error["message"]
    with pytest.raises(AssertionError, match=says):
        raise AssertionError(error["message"])
    assert results(remote) == before


@pytest.mark.parametrize("beginning", [b"<VRTDataset rasterXSize='20'>", b"EHFA_HEADER_TAG\0", b"ENVI\n"])
def test_a_file_that_could_name_others_is_not_opened(remote: RemoteServer, beginning: bytes) -> None:
    error = asked(remote, dates=[{"optical": remote.send(beginning + b" " * 100, "a.tif")}])[-1]
    assert (error["code"], "is not what the end of its name says" in error["message"]) == ("request", True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(alphabet=st.sampled_from("./\\:a~%\0 tif"), max_size=20).map(lambda text: text + ".tif"))
def test_no_name_makes_a_file_anywhere_else(remote: RemoteServer, name: str) -> None:
    sent = remote.send(b"II*\0 is no raster", "")
    assert asked(remote, dates=[{"optical": sent + name}])[-1]["event"] == "error"
    (folder,) = remote.folders()
    assert {path.name for path in folder.iterdir()} == {"uploads", "results"}
    assert all(set(path.name) <= set("0123456789abcdef") for path in folder.glob("*/*"))


def test_a_local_runtime_takes_no_uploads(server: Server) -> None:
    error = asked(server, dates=[{"optical": f"upload:{'0' * 64}/a.tif"}])[-1]
    assert (error["event"], error["code"]) == ("error", "request")
    for method in ("GET", "HEAD", "PUT"):
        assert server.request(method, f"/v1/uploads/{'0' * 64}")[0] == 404
    assert server.request("GET", f"/v1/results/{'0' * 32}/answer.gpkg")[0] == 404
    status, answer, _ = server.request("POST", "/v1/measure", {"geopackage": f"upload:{'0' * 64}/a.gpkg"})
    assert (status, "give their paths" in json.loads(answer)["detail"]) == (422, True)


def test_a_report_that_was_sent_is_measured_as_a_copy(remote: RemoteServer, tmp_path: Path) -> None:
    run = make_run()
    path = tmp_path / "run.gpkg"
    write_report(path, run.report, run.masks, run.lines, run.grid)
    sent = remote.send(path.read_bytes(), "mine.gpkg")
    status, answer, headers = remote.request("POST", "/v1/measure", {"geopackage": sent, "steps": [2]})
    assert status == 200, answer
    report = protocol.Report.model_validate_json(answer)
    assert [step.edited for step in report.steps] == [False, True, False]
    status, measured, _ = remote.request("GET", f"/v1/results/{headers['Terrascope-Result']}/answer.gpkg")
    assert status == 200
    (tmp_path / "measured.gpkg").write_bytes(measured)
    database = sqlite3.connect(tmp_path / "measured.gpkg")
    assert protocol.Report.model_validate_json(database.execute("SELECT report FROM run").fetchone()[0]) == report
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    # The file that was sent is as it was.
    status, answer, _ = remote.request("POST", "/v1/measure", {"geopackage": sent, "steps": [1]})
    assert [step.edited for step in protocol.Report.model_validate_json(answer).steps] == [True, False, False]


def test_a_report_that_claims_a_giant_scene_is_refused_before_memory_is_taken(
    remote: RemoteServer, tmp_path: Path
) -> None:
    run = make_run()
    path = tmp_path / "run.gpkg"
    scene = run.report.scene.model_copy(update={"width": 10**6, "height": 10**6})
    write_report(path, run.report.model_copy(update={"scene": scene}), run.masks, run.lines, run.grid)
    status, answer, _ = remote.request("POST", "/v1/measure", {"geopackage": remote.send(path.read_bytes(), "g.gpkg")})
    assert (status, "'g.gpkg' says that its scene has 1000000 x 1000000" in json.loads(answer)["detail"]) == (422, True)


@pytest.mark.parametrize(
    ("content", "status", "says"),
    [
        (b"SQLite format 3\0 is no database", 422, "'mine.gpkg' is no GeoPackage"),
        (b"no database", 422, "is not what the end of its name says"),
        (None, 404, "'mine.gpkg' .* send it again"),
    ],
)
def test_what_cannot_be_measured_is_told(remote: RemoteServer, content: bytes | None, status: int, says: str) -> None:
    before = results(remote)
    name = f"upload:{'0' * 64}/mine.gpkg" if content is None else remote.send(content, "mine.gpkg")
    for path, want in ((name, status), ("/etc/passwd", 422)):
        got, answer, _ = remote.request("POST", "/v1/measure", {"geopackage": path})
        assert got == want
        assert str(remote.temporary) not in answer.decode()
    with pytest.raises(AssertionError, match=says):
        raise AssertionError(json.loads(remote.request("POST", "/v1/measure", {"geopackage": name})[1])["detail"])
    assert results(remote) == before


def test_a_cancelled_question_leaves_no_result(remote: RemoteServer, scene: Path) -> None:
    remote.settle()
    with remote.ask(question=QUESTION, dates=[{"optical": remote.send(scene.read_bytes(), NAME)}]) as events:
        job = next(events)["job"]
        next(event for event in events if event["event"] == "text")
        assert remote.request("GET", f"/v1/results/{job}/answer.gpkg")[0] == 404
        assert remote.request("POST", f"/v1/jobs/{job}/cancel")[0] == 200
        assert list(events)[-1]["code"] == "cancelled"
    remote.settle()
    assert list(remote.temporary.rglob(f"{job}*")) == []


def test_what_a_question_waits_for_stays_whatever_else_is_sent(remote: RemoteServer, scene: Path) -> None:
    remote.settle()
    first = remote.send(scene.read_bytes(), NAME)
    write_rgb(scene.parent / "other.tif", np.full((80, 100, 3), 99, np.uint8))
    second = remote.send((scene.parent / "other.tif").read_bytes(), "other.tif")
    with (
        remote.ask(question=QUESTION, dates=[{"optical": first}]) as running,
        remote.ask(question=QUESTION, dates=[{"optical": second}]) as waiting,
    ):
        next(running), next(waiting)
        rest = [remote.send(bytes([number]) * 3_900_000, "x") for number in range(5)]
        assert remote.health()["jobs"]  # else this showed nothing

        def here(name: str) -> bool:
            return remote.request("HEAD", f"/v1/uploads/{name.removeprefix('upload:')[:64]}")[0] == 200

        assert [here(name) for name in rest] == [False, False, True, True, True]
        assert here(second)
        assert list(waiting)[-1]["event"] == "done"


def test_a_follow_up_about_what_was_sent_reads_nothing_again(remote: RemoteServer, scene: Path) -> None:
    sent = remote.send(scene.read_bytes(), NAME)
    seconds = [
        asked(remote, question=question, dates=[{"optical": sent}])[-1]["report"]["timings"]["encode"]
        for question in ("Is there water?", QUESTION)
    ]
    assert seconds[1] < seconds[0] / 2


def test_a_damaged_model_is_told_by_its_name_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "models" / "mine").mkdir(parents=True)
    (tmp_path / "models" / "mine" / "config.json").write_text("{")
    monkeypatch.setenv("TERRASCOPE_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    remote = Remote(Keeper("cpu"), 1000)
    request = protocol.AskRequest(question="?", dates=[protocol.DateInput()], model="mine")
    job = Job(request, lambda _: None)
    with pytest.raises(ModelError) as refused:
        remote.answer(job)
    assert str(refused.value).startswith("mine/config.json is not valid JSON")
    remote.close()
    assert [path.name for path in tmp_path.iterdir()] == ["models"]


def test_a_report_as_qgis_leaves_it_comes_back_whole(remote: RemoteServer, tmp_path: Path) -> None:
    run = make_run()
    path = tmp_path / "run.gpkg"
    write_report(path, run.report, run.masks, run.lines, run.grid)
    database = sqlite3.connect(path)
    assert database.execute("PRAGMA journal_mode = wal").fetchone() == ("wal",)  # as QGIS edits
    database.close()
    request = {"geopackage": remote.send(path.read_bytes(), "run.gpkg"), "steps": [1]}
    status, answer, headers = remote.request("POST", "/v1/measure", request)
    assert status == 200, answer
    (tmp_path / "back.gpkg").write_bytes(
        remote.request("GET", f"/v1/results/{headers['Terrascope-Result']}/answer.gpkg")[1]
    )
    database = sqlite3.connect(tmp_path / "back.gpkg")
    assert '"edited":true' in database.execute("SELECT report FROM run").fetchone()[0]
    database.close()


def test_the_key_and_the_names_are_in_no_log(remote: RemoteServer) -> None:
    remote.request("GET", "/v1/health", headers={"Authorization": "Bearer wrong"})
    assert KEY not in remote.log.read_text()
    assert f"Listening on http://127.0.0.1:{remote.port}" in remote.log.read_text()
