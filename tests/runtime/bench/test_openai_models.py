"""Models behind an endpoint: what they are sent, what is made of their answers, and what an endpoint may do instead."""

from __future__ import annotations

import base64
import io
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image

pytest.importorskip("pyarrow", reason="the extra `data` is not installed")
pytest.importorskip("pycocotools", reason="the extra `data` is not installed")

from model_runtime.bench.asking import Setting  # noqa: E402
from model_runtime.bench.openai_models import KEY, TRIES, Endpoint, OpenAIModel, waiting_s  # noqa: E402
from model_runtime.bench.run import Plan, run  # noqa: E402
from model_runtime.bench.suites import Question, read_suite  # noqa: E402
from model_runtime.errors import Cancelled, ModelError, RequestError  # noqa: E402

Reply = tuple[int, dict[str, str], object]
"""status, headers, and what is sent as JSON, or bytes as they are"""


def said(text: str | None, **more: object) -> Reply:
    message = {"role": "assistant", "content": text, **{k: v for k, v in more.items() if k == "refusal"}}
    choice = {"message": message, "finish_reason": more.get("finish_reason", "stop")}
    return 200, {}, {"choices": [choice], "usage": {"prompt_tokens": 1000, "completion_tokens": 10}}


@contextmanager
def serving(reply: Callable[[dict, int], Reply]) -> Iterator[tuple[str, list[dict]]]:
    """A real HTTP server that answers as an endpoint does; its address, and what it was asked."""
    asked: list[dict] = []
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # noqa: N802
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                asked.append({"path": self.path, "key": self.headers["Authorization"], **body})
                number = len(asked)
            status, headers, found = reply(body, number)
            content = found if isinstance(found, bytes) else json.dumps(found).encode()
            try:
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(content))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)
            except OSError:
                pass  # the other side has gone

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        server.server_close()


def model(url: str, way: str = "letters") -> OpenAIModel:
    return OpenAIModel(Endpoint(url, "seer", "sesame"), Setting(f"openai:{url}#seer", way), first_wait_s=0.01)


@pytest.fixture(scope="module")
def questions(few: Path) -> dict[str, Question]:
    """One of each variant, and of two dates."""
    found = {}
    for question in read_suite("terrascope", few):
        found.setdefault(question.item.variant, question)
    return found


def test_pictures_options_and_the_papers_guidance_are_sent(questions: dict[str, Question]) -> None:
    with serving(lambda body, number: said("B")) as (url, asked):
        response, info = model(url)(questions["joint"])
    (sent,) = asked
    assert (sent["path"], sent["key"], sent["model"], sent["temperature"]) == (
        "/v1/chat/completions", "Bearer sesame", "seer", 0,
    )  # fmt: skip
    (message,) = sent["messages"]
    texts = [part["text"] for part in message["content"] if part["type"] == "text"]
    images = [part["image_url"]["url"] for part in message["content"] if part["type"] == "image_url"]
    assert texts[:2] == ["Image 1 (optical):", "Image 1 (radar, VV and VH):"]
    assert questions["joint"].with_options.strip() in texts[-1]
    assert texts[-1].endswith("corresponding to your answer.")
    height, width = questions["joint"].item.masks[0].mask.shape
    for image in images:
        with Image.open(io.BytesIO(base64.b64decode(image.removeprefix("data:image/png;base64,")))) as found:
            assert (found.size, found.mode) == ((width, height), "RGB")
    assert len(set(images)) == 2
    assert (response.text, response.error, response.masks) == ("B", "", ())
    assert (response.usage.prompt_tokens, response.usage.completion_tokens, response.usage.tries) == (1000, 10, 1)
    assert info.name == "seer"


def test_two_dates_are_two_images(questions: dict[str, Question]) -> None:
    with serving(lambda body, number: said("B")) as (url, asked):
        model(url, "question")(questions["two_date"])
    content = asked[0]["messages"][0]["content"]
    assert [part["type"] for part in content] == ["text", "image_url", "text", "image_url", "text"]
    assert content[2]["text"] == "Image 2 (optical):"
    assert "A." not in content[-1]["text"]
    assert content[-1]["text"].endswith("a figure with its unit.")


def test_a_busy_endpoint_is_asked_again_when_it_says_so(questions: dict[str, Question]) -> None:
    times: list[float] = []

    def reply(body: dict, number: int) -> Reply:
        times.append(time.monotonic())
        return {1: (429, {"Retry-After": "0.4"}, {"error": "slow"}), 2: (503, {}, b"no JSON")}.get(number, said("A"))

    with serving(reply) as (url, _):
        response, _ = model(url)(questions["optical"])
    assert response.text == "A"
    assert response.usage.tries == 3
    assert times[1] - times[0] >= 0.4


def test_a_model_that_takes_other_parameters_gets_those(questions: dict[str, Question]) -> None:
    def reply(body: dict, number: int) -> Reply:
        if "max_tokens" in body:
            return 400, {}, {"error": {"message": "Unsupported parameter: 'max_tokens'."}}
        if "temperature" in body:
            return 400, {}, {"error": {"message": "'temperature' does not support 0 with this model."}}
        return said("A")

    with serving(reply) as (url, asked):
        seer = model(url)
        first, second = seer(questions["optical"])[0], seer(questions["optical"])[0]
    assert (first.text, first.usage.tries, second.text, second.usage.tries) == ("A", 3, "A", 1)
    assert "max_completion_tokens" in asked[-1]


@pytest.mark.parametrize("status", [429, 503])
def test_one_that_stays_busy_ends_the_run(questions: dict[str, Question], status: int) -> None:
    with serving(lambda body, number: (status, {"Retry-After": "0"}, {})) as (url, asked):
        begin = time.monotonic()
        with pytest.raises(ModelError, match="takes no more questions for now"):
            model(url)(questions["optical"])
        assert len(asked) == TRIES
        assert time.monotonic() - begin >= 0.01 * (
            2 ** (TRIES - 1) - 1
        )  # it says 0, and is left some time all the same


def test_one_that_breaks_at_a_question_goes_on_with_the_next(questions: dict[str, Question]) -> None:
    with serving(lambda body, number: (500, {}, b"") if number <= TRIES else said("A")) as (url, asked):
        asking = model(url)
        broken, _ = asking(questions["optical"])
        assert len(asked) == TRIES
        fine, _ = asking(questions["joint"])
    assert (broken.error, broken.usage.tries) == ("The endpoint answered 500 (no reason given).", TRIES)
    assert fine.text == "A"


def test_a_key_that_the_endpoint_says_is_not_kept(questions: dict[str, Question]) -> None:
    with serving(lambda body, number: (400, {}, {"error": "sesame is no key."})) as (url, _):
        response, _ = model(url)(questions["optical"])
    assert response.error == "The endpoint answered 400 ((key) is no key.)."
    assert "sesame" not in response.line()


def test_no_proxy_sees_what_stays_on_this_machine(
    questions: dict[str, Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with (
        serving(lambda body, number: said("B")) as (proxy, seen),
        serving(lambda body, number: said("A")) as (url, _),
    ):
        monkeypatch.setenv("http_proxy", proxy.removesuffix("/v1"))
        response, _ = model(url)(questions["optical"])
    assert response.text == "A"
    assert seen == []


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "does not take the key"), (404, "no model 'seer'"), (307, "send on to another address")],
)
def test_what_no_trying_helps_ends_it_at_once(questions: dict[str, Question], status: int, words: str) -> None:
    with serving(lambda body, number: (status, {"Location": "http://127.0.0.1:9/"}, {})) as (url, asked):
        with pytest.raises(ModelError, match=words):
            model(url)(questions["optical"])
        assert len(asked) == 1


def test_one_that_breaks_off_amid_an_error_is_asked_again(questions: dict[str, Question]) -> None:
    cut = (500, {"Transfer-Encoding": "chunked", "Connection": "close"}, b"ff\r\nno more")
    with serving(lambda body, number: cut if number == 1 else said("A")) as (url, _):
        response, _ = model(url)(questions["optical"])
    assert (response.text, response.usage.tries) == ("A", 2)


def test_nobody_there(questions: dict[str, Question]) -> None:
    with serving(lambda body, number: said("A")) as (url, _):
        pass
    with pytest.raises(ModelError, match="is it running"):
        model(url)(questions["optical"])


@pytest.mark.parametrize(
    ("reply", "error", "refusal"),
    [
        ((400, {}, {"error": {"message": "image too\nlarge"}}), "The endpoint answered 400 (image too large).", ""),
        ((200, {}, b"<html>"), "The endpoint's answer is no chat completion.", ""),
        ((200, {}, {"choices": []}), "The endpoint's answer is no chat completion.", ""),
        (said(None), "There is no text in the endpoint's answer.", ""),
        (said(None, refusal="I cannot look at B."), "", "I cannot look at B."),
        (said("A", finish_reason="content_filter"), "", "content_filter"),
    ],
)
def test_answers_that_are_none(questions: dict[str, Question], reply: Reply, error: str, refusal: str) -> None:
    with serving(lambda body, number: reply) as (url, _):
        response, _ = model(url)(questions["optical"])
    assert (response.text, response.error, response.usage.refusal) == ("", error, refusal)


def test_a_wish_to_stop_is_heard_while_nothing_comes(questions: dict[str, Question]) -> None:
    gate = threading.Event()

    def reply(body: dict, number: int) -> Reply:
        gate.wait(20)
        return said("A")

    with serving(reply) as (url, asked):
        begin = time.monotonic()
        with pytest.raises(Cancelled):
            model(url)(questions["optical"], lambda: bool(asked))
        assert time.monotonic() - begin < 5  # not the 20 s that the answer would have taken
        gate.set()


def test_an_image_that_is_missing_is_said_and_nothing_sent(questions: dict[str, Question]) -> None:
    lost = replace(questions["optical"], images=(Path("/nowhere/lost.tif"),))
    with serving(lambda body, number: said("A")) as (url, asked):
        response, info = model(url)(lost)
    assert "lost.tif" in response.error
    assert (info, asked) == (None, [])


@pytest.mark.parametrize(
    "spec",
    ["", "seer", "http://localhost:8000/v1", "ftp://localhost#seer", "http://#seer", "http://[::1#seer",
     "http://localhost:x/v1#seer"],
)  # fmt: skip
def test_addresses_that_are_none(spec: str) -> None:
    with pytest.raises(RequestError, match="openai:URL#NAME"):
        Endpoint.of(spec)


def test_the_key_is_the_environments_and_goes_nowhere_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY, raising=False)
    assert Endpoint.of("http://192.0.2.1/v1#seer").key == ""
    monkeypatch.setenv(KEY, "sesame")
    for url in ("https://192.0.2.1/v1", "http://127.0.0.1:8000", "http://localhost/v1", "http://[::1]:80/v1"):
        found = Endpoint.of(f"{url}#seer")
        assert (found.url, found.key) == (url, "sesame")
        assert "sesame" not in repr(found)
    with pytest.raises(RequestError, match="192.0.2.1 unencrypted"):
        Endpoint.of("http://192.0.2.1/v1#seer")
    monkeypatch.setenv(KEY, "open\nsesame")
    with pytest.raises(RequestError, match="copy it again") as caught:
        Endpoint.of("https://192.0.2.1/v1#seer")
    assert "sesame" not in str(caught.value)
    monkeypatch.setenv(KEY, "sesame")
    for url in ("https://me:sesame@192.0.2.1/v1", "https://192.0.2.1/v1?key=sesame"):
        with pytest.raises(RequestError, match=KEY) as caught:
            Endpoint.of(f"{url}#seer")
        assert "sesame" not in str(caught.value)


def test_waiting_times() -> None:
    assert waiting_s(None) is None
    assert waiting_s("2.5") == 2.5
    assert waiting_s("soon") is None
    assert waiting_s(format_datetime(datetime.now(UTC) + timedelta(seconds=30))) == pytest.approx(30, abs=2)
    assert waiting_s("Wed, 21 Oct 2015 07:28:00 GMT") == 0


def test_a_run_asks_several_at_once_sums_up_what_it_took_and_goes_on(few: Path, tmp_path: Path) -> None:
    """Two at once: each answer waits until the next question is there, but for the last one of an odd number."""
    at_once = threading.Barrier(2)

    def reply(body: dict, number: int) -> Reply:
        at_once.wait(30)
        return said("A", refusal="No.") if number == 1 else said("A")

    with serving(reply) as (url, asked):
        plan = Plan("terrascope", few, Setting(f"openai:{url}#seer", "letters"), limit=4, workers=2, price=(2.0, 10.0))
        result = run(plan, tmp_path / "out.json")
        assert len(asked) == 4
        assert run(plan, tmp_path / "out.json")["tasks"] == result["tasks"]
        assert len(asked) == 4
    assert result["usage"] == {
        "prompt_tokens": 4000, "completion_tokens": 40, "tries": 4, "refusals": 1,
        "cost": pytest.approx((4000 * 2 + 40 * 10) / 1e6),
    }  # fmt: skip
    assert result["model"] == {**result["model"], "name": "seer"}
    assert result["reader"] == "strict"
    assert sum(task["unread"] for task in result["tasks"].values()) == 1
    assert result["mean_iou"] is None
    assert result["failed"] == 0
