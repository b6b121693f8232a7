"""Where a remote runtime may listen: off loopback never in the clear."""

from __future__ import annotations

import socket

import pytest

from model_runtime.errors import RequestError
from model_runtime.server import listening


def test_a_tunnel_needs_no_certificate() -> None:
    for address in ("127.0.0.1", "localhost", "127.8.8.8", "::1"):
        at = listening.remote(address, 0, (), None, None)
        assert at.tls() is None
        assert at.url(80).startswith("http://")
    assert listening.remote("::1", 0, ("GPU.example",), None, None).hosts == ("[::1]", "gpu.example")


@pytest.mark.parametrize(
    ("address", "port", "hosts", "files", "says"),
    [
        ("192.0.2.7", 0, (), (None, None), "SSH tunnel"),
        ("0.0.0.0", 0, ("gpu.example",), (None, None), "SSH tunnel"),  # noqa: S104 - what is refused
        ("::", 0, ("gpu.example",), (None, None), "SSH tunnel"),
        ("0.0.0.0", 0, (), ("c.pem", "k.pem"), "give --host"),  # noqa: S104
        ("192.0.2.7", 0, (), ("c.pem", None), "give both"),
        ("127.0.0.1", 0, (), (None, "k.pem"), "give both"),
        ("gpu.example", 0, (), (None, None), "not an IP address"),
        ("127.0.0.1", 70000, (), (None, None), "not a port"),
        ("127.0.0.1", 0, ("http://gpu.example",), (None, None), "not a name"),
        ("127.0.0.1", 0, ("gpu.example:8437",), (None, None), "not a name"),
        ("127.0.0.1", 0, ("",), (None, None), "not a name"),
    ],
)
def test_anything_else_is_refused_at_the_start(
    address: str, port: int, hosts: tuple[str, ...], files: tuple[str | None, str | None], says: str
) -> None:
    with pytest.raises(RequestError, match=says):
        listening.remote(address, port, hosts, *files)


def test_a_taken_port_and_a_strange_address_are_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        at = listening.remote("127.0.0.1", other.getsockname()[1], (), None, None)
        with pytest.raises(RequestError, match="choose another --port"):
            at.socket()
    with pytest.raises(RequestError, match="cannot listen on 192.0.2.7"):
        listening.remote("192.0.2.7", 0, (), "c.pem", "k.pem").socket()


def test_files_that_are_no_certificate_are_told() -> None:
    with pytest.raises(RequestError, match="none.pem"):
        listening.remote("127.0.0.1", 0, (), "none.pem", "none.key").tls()
    with pytest.raises(RequestError, match="cannot be used"):
        listening.remote("127.0.0.1", 0, (), __file__, __file__).tls()
