"""Where the server listens: a free loopback port, or for a remote runtime what it was told.

Off loopback nothing is said in the clear: without a certificate there is no start (RUNTIME.md section 3b, exposed
servers).
"""

from __future__ import annotations

import ipaddress
import os
import re
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import RequestError

DEFAULT_PORT = 8437
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?", re.IGNORECASE)


@dataclass(frozen=True)
class Listening:
    """An address, and how it is spoken with.

    Attributes:
        address: IPv4 or IPv6.
        port: 0 is a free one.
        hosts: names and addresses that requests may be for, as in their Host, without a port.
        certificate: path of the chain, PEM; None: no TLS.
        private_key: path of its key, PEM.
    """

    address: str = "127.0.0.1"
    port: int = 0
    hosts: tuple[str, ...] = ()
    certificate: str | None = None
    private_key: str | None = None

    def told(self, listener: socket.socket) -> dict[str, int]:
        """For the line that announces the server."""
        return {"port": listener.getsockname()[1]}

    def url(self, port: int) -> str:
        """For people."""
        return f"{'https' if self.certificate else 'http'}://{_as_host(self.address)}:{port}"

    def socket(self) -> socket.socket:
        """A socket that is bound to it.

        Raises:
            RequestError: the port is taken, or the address is not this machine's.
        """
        family = socket.AF_INET6 if ":" in self.address else socket.AF_INET
        # With proto 0 asyncio would not set TCP_NODELAY, and every round trip would take 40 ms (RUNTIME.md section 3).
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.port and os.name == "posix":  # on Windows it would let two programs have one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((self.address, self.port))
        except OSError as error:
            listener.close()
            raise RequestError(
                f"The runtime cannot listen on {_as_host(self.address)}:{self.port} ({error.strerror}): choose another "
                "--port or --bind."
            ) from None
        return listener

    def remove(self) -> None:
        """A port leaves nothing."""

    def tls(self) -> ssl.SSLContext | None:
        """TLS 1.2 or newer with the certificate; None without one.

        Raises:
            RequestError: the files cannot be read, do not belong together, or want a password.
        """
        if self.certificate is None:
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        try:
            context.load_cert_chain(self.certificate, self.private_key, password=_no_password)
        except OSError as error:  # SSLError is one
            raise RequestError(
                f"The certificate {self.certificate} with the key {self.private_key} cannot be used "
                f"({error.strerror or error}): both have to be PEM and belong together, the key without a password."
            ) from None
        return context


LOCAL = Listening()


def remote(
    address: str, port: int, hosts: Sequence[str], certificate: str | None, private_key: str | None
) -> Listening:
    """Where a remote runtime listens.

    Raises:
        RequestError: the address, port or a host is none; a certificate is needed; nobody could be let in by its Host.
    """
    try:
        parsed = ipaddress.ip_address("127.0.0.1" if address.lower() == "localhost" else address)
    except ValueError:
        raise RequestError(f"--bind {address} is not an IP address of this machine: give one, as 192.0.2.7.") from None
    if not 0 <= port <= 65535:
        raise RequestError(f"--port {port} is not a port: give a number up to 65535.")
    if (certificate is None) != (private_key is None):
        raise RequestError("--certificate and --private-key belong together: give both.")
    if certificate is None and not parsed.is_loopback:
        raise RequestError(
            f"On {parsed} others would read key and scenes on their way: give --certificate and --private-key, or "
            "leave out --bind and come through an SSH tunnel."
        )
    named = tuple(_host(host) for host in hosts)
    if parsed.is_unspecified and not named:
        raise RequestError(f"On {parsed} the runtime does not know its own name: give --host, as clients will call it.")
    own = () if parsed.is_unspecified else (_as_host(str(parsed)),)
    return Listening(str(parsed), port, (*own, *named), certificate, private_key)


def _host(text: str) -> str:
    try:
        return _as_host(str(ipaddress.ip_address(text.strip("[]"))))
    except ValueError:
        if not _HOST.fullmatch(text):
            raise RequestError(f"--host {text[:80]} is not a name: give it without port and slashes.") from None
    return text.lower()


def _as_host(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def _no_password() -> str:
    raise OSError("it wants a password")
