"""Models of others behind an OpenAI-compatible endpoint: pictures and a question go there, a few words come back.

A key is taken from the environment variable OPENAI_API_KEY alone, and goes to an encrypted address or to this machine.
"""

from __future__ import annotations

import base64
import email.utils
import ipaddress
import json
import os
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPException, HTTPResponse

from ..errors import Cancelled, ModelError, RequestError, TerraScopeError
from ..protocol import ModelInfo
from .asking import Setting
from .pictures import Picture, content
from .responses import Response, Usage
from .suites import Question

KEY = "OPENAI_API_KEY"
TRIES = 6
_TIMEOUT_S = 180.0
_LONGEST_WAIT_S = 60.0
_LISTEN_S = 0.1
_MOST_BYTES = 4_000_000
_FORMS: tuple[dict[str, int], ...] = (
    {"temperature": 0, "max_tokens": 1024},
    {"temperature": 0, "max_completion_tokens": 8192},
    {"max_completion_tokens": 8192},
)
"""Parameters of a question. Newer models take another name for the limit, which their reasoning counts into, and some
no temperature: then the next form is taken for this and all later questions."""
_AGAIN = (408, 409, 425, 429)
_BUSY = (429, 502, 503, 504, 529)
"""Of an endpoint that has no time or is not up: the next question would fare no better."""


@dataclass(frozen=True)
class Endpoint:
    """Where chat completions are asked for.

    Attributes:
        url: What comes before /chat/completions.
        name: The model's name there.
        key: Sent as a bearer key; "" for none.
    """

    url: str
    name: str
    key: str = field(default="", repr=False)

    @classmethod
    def of(cls, spec: str) -> Endpoint:
        """From URL#NAME, with the key of this environment.

        Raises:
            RequestError: it is none, or the key would go over the net in the clear.
        """
        url, _, name = spec.rpartition("#")
        parts = _parts(url)
        if parts is None or not name:
            raise RequestError(
                f"'openai:{spec}' names no model: give openai:URL#NAME, such as openai:http://localhost:8000/v1#llava."
            )
        if parts.username or parts.password or parts.query:
            raise RequestError(f"An address takes no key: put it into the environment variable {KEY}.")
        key = os.environ.get(KEY, "").strip()
        if not re.fullmatch(r"[!-~]*", key):
            raise RequestError(f"The key in {KEY} has blanks or letters that no key has: copy it again.")
        if key and parts.scheme == "http" and not _is_here(parts.hostname):
            raise RequestError(
                f"The key in {KEY} would go to {parts.hostname} unencrypted: give an https address, or unset it."
            )
        return cls(url.rstrip("/"), name, key)

    @property
    def opener(self) -> urllib.request.OpenerDirector:
        """What asks it: without redirects, and on this machine without a proxy, which would see the key."""
        handlers: list[urllib.request.BaseHandler] = [_NoRedirect()]
        if _is_here(urllib.parse.urlsplit(self.url).hostname or ""):
            handlers.append(urllib.request.ProxyHandler({}))
        return urllib.request.build_opener(*handlers)


def _parts(url: str) -> urllib.parse.SplitResult | None:
    """Of an address that HTTP can ask; None of what is none."""
    try:
        parts = urllib.parse.urlsplit(url)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # brackets that are not closed, a port that is no number
        return None
    return parts if known else None


def _is_here(host: str) -> bool:
    """Whether a name or address is of this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True)
class _Reply:
    """What came back: its status, how long to wait before the next try, and its body; a status of 0: nothing came."""

    status: int
    wait_s: float | None
    body: bytes


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A key goes to the address that was given, and to no other."""

    def redirect_request(self, *_: object) -> None:
        """Never."""


class OpenAIModel:
    """A model behind an endpoint, as an `Answerer`.

    Args:
        endpoint: of it.
        setting: how it is asked.
        first_wait_s: at least so long before the second try, doubled each time; longer where the endpoint says so.
    """

    def __init__(self, endpoint: Endpoint, setting: Setting, first_wait_s: float = 1.0) -> None:
        self.endpoint, self.setting, self._first_wait_s = endpoint, setting, first_wait_s
        self._opener = endpoint.opener
        self._form = 0

    def __call__(
        self, question: Question, stopped: Callable[[], bool] = lambda: False
    ) -> tuple[Response, ModelInfo | None]:
        """See `Answerer`.

        Raises:
            Cancelled: `stopped` said so.
            ModelError: the endpoint does not answer, or not to this key or about this model.
        """
        begin = time.perf_counter()
        try:
            parts = content(question, self.setting.way == "letters", _shown)
        except TerraScopeError as refusal:
            return Response(question.id, self.setting.way, error=str(refusal)), None
        reply, tries = self._reply(parts, stopped)
        seconds = round(time.perf_counter() - begin, 4)
        text, refusal, error, spent = read_reply(reply)
        usage = Usage(*spent, tries, refusal)
        response = Response(question.id, self.setting.way, text, seconds=seconds, error=error, usage=usage)
        return response, None if error else ModelInfo(name=self.endpoint.name, revision="", sha256="", parameters=0)

    def _body(self, parts: list[dict], form: int) -> bytes:
        message = {"model": self.endpoint.name, "messages": [{"role": "user", "content": parts}], **_FORMS[form]}
        return json.dumps(message, ensure_ascii=False).encode()

    def _reply(self, parts: list[dict], stopped: Callable[[], bool]) -> tuple[_Reply, int]:
        """The last reply, and how many tries it took; of what is busy or broken there are several."""
        for tries in range(1, TRIES + 1):
            form = self._form
            reply = self._ask(self._body(parts, form), stopped)
            if reply.status == 400 and form + 1 < len(_FORMS) and _is_about(reply, _FORMS[form]):
                self._form = form + 1
                continue
            again = reply.status in _AGAIN or reply.status >= 500 or not reply.status
            if not again or tries == TRIES:
                break
            wait_s = max(reply.wait_s or 0.0, self._first_wait_s * 2 ** (tries - 1))
            _pause(min(wait_s, _LONGEST_WAIT_S), stopped)
        where, name = self.endpoint.url, self.endpoint.name
        if reply.status in (401, 403):
            raise ModelError(f"{where} does not take the key: put a valid one into the environment variable {KEY}.")
        if reply.status == 404:
            raise ModelError(f"{where} has no /chat/completions, or no model {name!r}: look at its address and name.")
        if 300 <= reply.status < 400:
            raise ModelError(f"{where} wants to send on to another address: give that one.")
        if reply.status in _BUSY:
            raise ModelError(
                f"{where} takes no more questions for now ({reply.status}): run the same command again later."
            )
        if not reply.status:
            raise ModelError(f"{where} does not answer ({reply.body.decode()}): is it running?")
        return reply, tries

    def _ask(self, body: bytes, stopped: Callable[[], bool]) -> _Reply:
        """One try, in a thread of its own, so that a wish to stop is heard while nothing comes."""
        replies: list[_Reply] = []
        thread = threading.Thread(target=lambda: replies.append(self._send(body)), daemon=True)
        thread.start()
        while thread.is_alive():
            if stopped():
                raise Cancelled
            thread.join(_LISTEN_S)
        return replies[0]

    def _send(self, body: bytes) -> _Reply:
        headers = {"Content-Type": "application/json"}
        if self.endpoint.key:
            headers["Authorization"] = f"Bearer {self.endpoint.key}"
        request = urllib.request.Request(f"{self.endpoint.url}/chat/completions", body, headers)  # noqa: S310
        try:
            with self._opened(request) as answer:
                wait_s = waiting_s(answer.headers.get("Retry-After"))
                return _Reply(answer.status, wait_s, self._without_key(answer.read(_MOST_BYTES)))
        except (OSError, HTTPException) as error:
            return _Reply(0, None, str(getattr(error, "reason", error)).encode())

    def _opened(self, request: urllib.request.Request) -> HTTPResponse | urllib.error.HTTPError:
        """The answer, whatever its status."""
        try:
            return self._opener.open(request, timeout=_TIMEOUT_S)
        except urllib.error.HTTPError as error:
            return error

    def _without_key(self, body: bytes) -> bytes:
        """An endpoint may say the key in an error, and what it says is kept."""
        return body.replace(self.endpoint.key.encode(), b"(key)") if self.endpoint.key else body


def _shown(picture: Picture) -> dict:
    """A picture as the API has it."""
    url = "data:image/png;base64," + base64.b64encode(picture.png).decode("ascii")
    return {"type": "image_url", "image_url": {"url": url}}


def _is_about(reply: _Reply, form: dict[str, int]) -> bool:
    """Whether a refusal names a parameter of the question's form."""
    return any(name.encode() in reply.body for name in form)


def _pause(seconds: float, stopped: Callable[[], bool]) -> None:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if stopped():
            raise Cancelled
        time.sleep(min(_LISTEN_S, left))


def waiting_s(header: str | None) -> float | None:
    """Seconds of a Retry-After header, which may be a date; None where it says nothing usable."""
    if header is None:
        return None
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        until = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def read_reply(reply: _Reply) -> tuple[str, str, str, tuple[int, int]]:
    """Text, refusal, an error in a sentence, and tokens read and written, of a reply.

    A refusal is no error: the model has answered, and chosen nothing.
    """
    try:
        found = json.loads(reply.body)
    except ValueError:
        found = None
    if reply.status != 200:
        said = found.get("error") if isinstance(found, dict) else None
        told = said.get("message") if isinstance(said, dict) else said
        words = " ".join(str(told).split())[:200] if told else "no reason given"
        return "", "", f"The endpoint answered {reply.status} ({words}).", (0, 0)
    try:
        choice = found["choices"][0]
        message = choice["message"]
        text, refusal = message.get("content"), message.get("refusal")
        usage = found.get("usage") or {}
        spent = int(usage.get("prompt_tokens") or 0), int(usage.get("completion_tokens") or 0)
    except (KeyError, IndexError, TypeError, AttributeError, ValueError):
        return "", "", "The endpoint's answer is no chat completion.", (0, 0)
    if refusal or choice.get("finish_reason") == "content_filter":
        return "", str(refusal or "content_filter"), "", spent
    if not isinstance(text, str):
        return "", "", "There is no text in the endpoint's answer.", spent
    return text, "", "", spent
