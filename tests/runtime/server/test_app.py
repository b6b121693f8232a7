"""The HTTP interface, as the plugin uses it: real process, real sockets, a real model."""

from __future__ import annotations

import json
import statistics
import time
from pathlib import Path

import pytest

from model_runtime import protocol
from model_runtime.evidence.geopackage import write_report

from ..conftest import GOLDEN_QUESTION
from ..evidence.conftest import make_run
from .conftest import KEY, Server


def test_health_answers_before_any_model_is_loaded(own_server: Server) -> None:
    health = protocol.Health.model_validate(own_server.health())
    assert health.status == "ready"
    assert health.jobs == 0
    assert health.pid == own_server.process.pid


def test_a_round_trip_is_not_delayed(server: Server) -> None:
    # Without TCP_NODELAY every answer would wait 40 ms for the client's delayed acknowledgement.
    connection, times = server.connect(), []
    for _ in range(30):
        begin = time.perf_counter()
        connection.request("GET", "/v1/health", headers={"Authorization": f"Bearer {KEY}"})
        connection.getresponse().read()
        times.append(time.perf_counter() - begin)
    connection.close()
    assert statistics.median(times) < 0.02


def test_models_are_listed(server: Server) -> None:
    status, body, _ = server.request("GET", "/v1/models")
    assert status == 200
    for line in json.loads(body):
        summary = protocol.ModelSummary.model_validate(line)
        if summary.state in ("bundled", "here"):
            assert summary.parameters > 0
            assert {"red", "green", "blue"} <= set(summary.bands)
            assert [need.tier for need in summary.memory] == ["fp32", "bf16", "int8"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"[" * 900_000,
        b'{"\\ud800": 1}',
        b'{"question": "?", "dates": [{"optical": "x.tif"}], "measured": 1}',
        b'{"question": "?", "dates": [{"optical": "x.tif"}], "bands": {"red": "3"}}',
        b"null",
        b'"question"',
        b'{"question": "?"}',
        b'{"question": "", "dates": [{"optical": "x.tif"}]}',
        b'{"question": "?", "dates": [{"optical": "x.tif"}], "unknown": 1}',
        b'{"question": "?", "dates": [{"optical": "x.tif"}], "extent": [1, 2, 3]}',
        b'{"question": "?", "dates": [{"optical": "x.tif"}], "profile": "fast"}',
        b'{"question": "?", "dates": [{"optical": 7}]}',
        b'{"question": "?", "dates": []}',
        b'{"question": "?", "dates": [{"optical": "x.tif", "radar": "y.tif"}]}',
        json.dumps({"question": "?", "dates": [{"optical": "x.tif"}] * 9}).encode(),
        b'{"question": "\xff", "dates": [{"optical": "x.tif"}]}',
        json.dumps({"question": "x" * 4001, "dates": [{"optical": "x.tif"}]}).encode(),
    ],
)
def test_a_malformed_request_is_told_why(server: Server, body: bytes) -> None:
    status, answer, _ = server.request("POST", "/v1/ask", body, {"Content-Type": "application/json"})
    assert status in (400, 422)
    detail = json.loads(answer)["detail"]
    assert isinstance(detail, str)
    assert detail


def test_cancelling_nothing_is_not_found(server: Server) -> None:
    assert server.request("POST", f"/v1/jobs/{'0' * 32}/cancel")[0] == 404
    assert server.request("POST", "/v1/jobs/..%2f..%2fetc/cancel")[0] in (404, 422)


def test_a_refusal_ends_the_stream_with_its_sentence(server: Server, tmp_path: Path, golden_folder: Path) -> None:
    with server.ask(
        question="Water?", dates=[{"optical": str(tmp_path / "none.tif")}], model=str(golden_folder)
    ) as events:
        received = list(events)
    assert received[0]["event"] == "queued"
    assert received[-1]["event"] == "error"
    assert received[-1]["code"] == "scene"
    assert "none.tif" in received[-1]["message"]
    with server.ask(question="Water?", dates=[{"optical": "x.tif"}], model=str(tmp_path / "none")) as events:
        assert list(events)[-1]["code"] == "model"
    assert server.health()["status"] == "ready"


def test_edited_masks_are_measured_again_or_it_is_said_why_not(server: Server, tmp_path: Path) -> None:
    run = make_run()
    path = tmp_path / "run.gpkg"
    write_report(path, run.report, run.masks, run.lines, run.grid)
    status, answer, _ = server.request("POST", "/v1/measure", {"geopackage": str(path), "steps": [2]})
    assert status == 200, answer
    assert [step.edited for step in protocol.Report.model_validate_json(answer).steps] == [False, True, False]
    status, answer, _ = server.request("POST", "/v1/measure", {"geopackage": str(tmp_path / "none.gpkg")})
    assert (status, "is not there" in json.loads(answer)["detail"]) == (422, True)


def test_an_answer_streams_from_queued_to_done(
    server: Server, golden_folder: Path, golden_scene: Path, tmp_path: Path
) -> None:
    out = tmp_path / "run.gpkg"
    arrivals = []
    with server.ask(question=GOLDEN_QUESTION, dates=[{"optical": str(golden_scene)}], model=str(golden_folder),
                    profile="published", out=str(out)) as events:  # fmt: skip
        for event in events:
            arrivals.append((time.perf_counter(), protocol.EVENT.validate_python(event)))
    received = [event for _, event in arrivals]
    assert isinstance(received[0], protocol.Queued)
    assert isinstance(received[-1], protocol.Done)
    assert [event.event for event in received if event.event in ("mask", "answer", "done")] == [
        "mask", "mask", "answer", "done",
    ]  # fmt: skip
    assert received[-1].report.answer == "B"
    assert received[-1].report.model.device == server.health()["device"] == "cpu"
    assert received[-1].report.model.tier == "fp32"
    assert received[-1].geopackage == str(out)
    assert out.is_file()
    # The first words come while the rest is still being thought.
    first_word = next(moment for moment, event in arrivals if event.event == "text")
    assert arrivals[-1][0] - first_word > 0.05


def test_jobs_wait_in_order_and_a_waiting_one_is_cancelled_at_once(
    server: Server, golden_folder: Path, golden_scene: Path
) -> None:
    fields = {"question": GOLDEN_QUESTION, "model": str(golden_folder), "profile": "published"}
    scene = str(golden_scene)
    server.settle()
    with (
        server.ask(**fields, dates=[{"optical": scene}]) as first,
        server.ask(**fields, dates=[{"optical": "none.tif"}]) as second,
        server.ask(**fields, dates=[{"optical": scene}]) as third,
    ):
        queued = [next(first), next(second), next(third)]
        assert [event["ahead"] for event in queued] == [0, 1, 2]
        assert len({event["job"] for event in queued}) == 3
        health = server.health()
        assert (health["status"], health["jobs"]) == ("busy", 3)
        assert server.request("POST", f"/v1/jobs/{queued[2]['job']}/cancel")[0] == 200
        assert [event["code"] for event in third] == ["cancelled"]
        assert server.health()["jobs"] == 2
        assert list(second)[-1]["event"] == "error"
        assert server.health()["jobs"] == 0  # a quick refusal waits for its turn: the first is done by now
        assert list(first)[-1]["event"] == "done"


def _cancel_after_first_word(server: Server, fields: dict) -> tuple[list[dict], dict]:
    """What still came after a cancel that was sent at the first word, and the last line."""
    with server.ask(**fields) as events:
        job = next(events)["job"]
        for event in events:
            if event["event"] == "text":
                break
        assert server.request("POST", f"/v1/jobs/{job}/cancel")[0] == 200
        *after, last = events
        return after, last


def test_cancel_takes_hold_between_two_words_and_writes_nothing(
    server: Server, golden_folder: Path, golden_scene: Path, tmp_path: Path
) -> None:
    fields = {"question": GOLDEN_QUESTION, "dates": [{"optical": str(golden_scene)}], "model": str(golden_folder),
              "profile": "published", "out": str(tmp_path / "r.gpkg"), "picture": str(tmp_path / "r.png")}  # fmt: skip
    after, last = _cancel_after_first_word(server, fields)
    assert last == {"event": "error", "code": "cancelled", "message": "Cancelled."}
    # The words that were decoded while the cancel was on its way; the whole answer has over forty.
    assert len(after) < 15
    assert list(tmp_path.iterdir()) == []
    assert server.health()["status"] == "ready"


def test_hanging_up_cancels(server: Server, golden_folder: Path, golden_scene: Path, tmp_path: Path) -> None:
    with server.ask(question=GOLDEN_QUESTION, dates=[{"optical": str(golden_scene)}], model=str(golden_folder),
                    profile="published", out=str(tmp_path / "run.gpkg")) as events:  # fmt: skip
        next(event for event in events if event["event"] == "text")
    deadline = time.perf_counter() + 5
    while server.health()["jobs"] and time.perf_counter() < deadline:
        time.sleep(0.02)
    assert server.health()["jobs"] == 0
    time.sleep(0.2)
    assert list(tmp_path.iterdir()) == []


def test_the_end_of_the_parent_in_mid_answer_leaves_nothing_behind(
    own_server: Server, golden_folder: Path, golden_scene: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with own_server.ask(question=GOLDEN_QUESTION, dates=[{"optical": str(golden_scene)}], model=str(golden_folder),
                        profile="published", out=str(folder / "run.gpkg")) as events:  # fmt: skip
        next(event for event in events if event["event"] == "text")
        begin = time.perf_counter()
        assert own_server.stop() == 0
        assert time.perf_counter() - begin < 4
    assert list(folder.iterdir()) == []


def test_libraries_cannot_write_on_the_announcement_channel(own_server: Server) -> None:
    own_server.health()
    own_server.process.stdin.close()
    assert own_server.process.stdout.read() == b""
    assert own_server.process.wait(10) == 0


def test_the_key_is_in_no_log(server: Server) -> None:
    server.request("GET", "/v1/health", headers={"Authorization": "Bearer wrong"})
    assert KEY not in server.log.read_text()


def test_the_bundled_model_is_listed_and_stops_at_once(
    server: Server, nano_folder: Path, golden_scene: Path, tmp_path: Path
) -> None:
    nano = json.loads(server.request("GET", "/v1/models")[1])[0]
    assert nano["id"] == "nano"
    assert nano["quality"]
    _, last = _cancel_after_first_word(
        server,
        {
            "question": "How far is the water from trees?",
            "dates": [{"optical": str(golden_scene)}],
            "out": str(tmp_path / "r.gpkg"),
        },
    )
    assert last["code"] == "cancelled"
    assert list(tmp_path.iterdir()) == []
