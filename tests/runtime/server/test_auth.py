"""Who may ask: key, host, origin, size."""

from __future__ import annotations

import json
import socket

import pytest

from .conftest import KEY, Server


def test_the_right_key_and_host_pass(server: Server) -> None:
    for host in (f"127.0.0.1:{server.port}", f"localhost:{server.port}", f"LocalHost:{server.port}"):
        assert server.request("GET", "/v1/health", headers={"Host": host})[0] == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": ""}, 401),
        ({"Authorization": f"Bearer {KEY[:-1]}"}, 401),
        ({"Authorization": f"Bearer {KEY}0"}, 401),
        ({"Authorization": f"bearer {KEY}"}, 401),
        ({"Authorization": f"Basic {KEY}"}, 401),
        ({"Authorization": "Bearer \u00e9"}, 401),
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1"}, 421),
        ({"Host": "127.0.0.1:1"}, 421),
        ({"Host": "127.0.0.1.evil.example:{port}"}, 421),
        ({"Host": "localhost:{port}.evil.example"}, 421),
        ({"Origin": "http://127.0.0.1:{port}"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "evil.example", "Origin": "http://evil.example", "Authorization": ""}, 421),
    ],
)
@pytest.mark.parametrize("path", ["/v1/health", "/v1/models", "/openapi.json", "/nowhere"])
def test_everything_else_is_refused(server: Server, path: str, headers: dict[str, str], status: int) -> None:
    headers = {name: value.replace("{port}", str(server.port)) for name, value in headers.items()}
    got, body, _ = server.request("GET", path, headers=headers)
    assert got == status
    detail = json.loads(body)["detail"]
    assert detail.endswith(".") and KEY not in detail


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/jobs/" + "0" * 32 + "/cancel"])
def test_a_refused_post_starts_nothing(server: Server, path: str) -> None:
    body = {"question": "?", "dates": [{"optical": "x.tif"}]}
    assert server.request("POST", path, body, {"Authorization": "Bearer 0"})[0] == 401
    assert server.health()["jobs"] == 0


def test_no_host_and_two_hosts_are_refused(server: Server) -> None:
    for hosts in ("", f"Host: localhost:{server.port}\r\nHost: evil.example\r\n"):
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as raw:
            raw.sendall(f"GET /v1/health HTTP/1.1\r\n{hosts}Authorization: Bearer {KEY}\r\n\r\n".encode())
            assert raw.recv(64).split()[1] in (b"400", b"421")


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_over_one_megabyte_is_refused(server: Server, chunked: bool) -> None:
    body = b'{"question": "' + b"x" * 1_000_100 + b'", "dates": [{"optical": "x.tif"}]}'
    connection = server.connect()
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    connection.request("POST", "/v1/ask", iter([body[:500_000], body[500_000:]]) if chunked else body, headers,
                       encode_chunked=chunked)  # fmt: skip
    assert connection.getresponse().status == 413
    connection.close()


def test_it_listens_on_loopback_only(server: Server) -> None:
    addresses = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for address in addresses - {"127.0.0.1"}:
        if address.startswith("127."):
            continue
        with socket.socket() as probe:
            probe.settimeout(2)
            assert probe.connect_ex((address, server.port)) != 0
