"""A runtime on another machine: what its address may be, how it is reached, and what goes wrong, in words."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from qgis.core import QgsApplication, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QCoreApplication, QUrl
from qgis.PyQt.QtNetwork import QNetworkProxy

from ..errors import AnalysisError, ProtocolError, RuntimeLostError, RuntimeStartError, SignInError, TerraScopeError
from .address import Address, Proxy
from .errand import RefusedError
from .hub_access import access_key
from .launcher import PROTOCOL
from .protocol import Health

if TYPE_CHECKING:
    from ..settings import Settings

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")
_HTTP_PROXIES = (QNetworkProxy.ProxyType.HttpProxy, QNetworkProxy.ProxyType.HttpCachingProxy)
_NO_TLS = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL")  # as OpenSSL calls it
_KEY = re.compile(r"[0-9a-fA-F]{32,}")

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Url:
    """Where a remote runtime listens, as the user wrote it."""

    secure: bool
    host: str
    port: int

    @property
    def is_loopback(self) -> bool:
        """Whether it is this end of a tunnel."""
        return self.host in LOOPBACK_HOSTS

    def __str__(self) -> str:
        """As in a browser."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.secure else 'http'}://{host}:{self.port}"


def parse_url(text: str) -> Url:
    """Read `https://host[:port]`, or `http://127.0.0.1:port` for a tunnel.

    Raises:
        TerraScopeError: it is neither; says what to write.
    """
    text = text.strip()
    try:
        parts = urlsplit(text)
        port, host = parts.port, (parts.hostname or "").lower()
    except ValueError:
        parts, port, host = urlsplit(""), None, ""
    secure = parts.scheme == "https"
    plain = parts.path in ("", "/") and not parts.query and not parts.fragment and "@" not in parts.netloc
    if not host or not plain or port == 0 or parts.scheme not in ("http", "https") or re.search(r"\s", text):
        raise TerraScopeError(
            translate(
                "TerraScope",
                "“{text}” is no address of a remote runtime: write https://host:port, or http://127.0.0.1:port for "
                "an SSH tunnel.",
            ).format(text=text)
        )
    if not secure and host not in LOOPBACK_HOSTS:
        raise TerraScopeError(
            translate(
                "TerraScope",
                "http to {host} would send your scenes and the key unprotected: use https, or http://127.0.0.1:port "
                "with an SSH tunnel.",
            ).format(host=host)
        )
    if not secure and port is None:
        raise TerraScopeError(
            translate("TerraScope", "{text} lacks the port of the tunnel: write http://127.0.0.1:8437.").format(
                text=text
            )
        )
    return Url(secure, host, port or 443)


def remote_of(settings: Settings) -> Remote | None:
    """The remote runtime that the settings name; None: this machine's answers. Main thread only, see `remote_at`."""
    return remote_at(settings.remote_url, settings.remote_sign_in) if settings.remote_url else None


def remote_at(url: str, sign_in: str) -> Remote:
    """The remote runtime at an address; main thread only, as QGIS may ask for its master password.

    Args:
        url: as `parse_url` takes it.
        sign_in: id of the authentication configuration with the key.

    Raises:
        TerraScopeError: the address, the sign-in or QGIS's proxy cannot be used.
    """
    at = parse_url(url)
    key = access_key(sign_in)
    if not key:
        raise SignInError(
            translate(
                "TerraScope",
                "The remote runtime needs its key: choose a sign-in with it in Settings > Options > TerraScope.",
            )
        )
    if not _KEY.fullmatch(key):
        raise SignInError(
            translate(
                "TerraScope",
                "The password of the chosen sign-in is no key of a runtime, which has 32 or more hexadecimal digits: "
                "choose another one in Settings > Options > TerraScope.",
            )
        )
    if not at.secure:
        return Remote(at, key)
    authorities = bytes(QgsApplication.authManager().trustedCaCertsPemText()).decode("ascii", "replace")
    return Remote(at, key, authorities, None if at.is_loopback else _proxy(at))


class Remote:
    """One remote runtime.

    Args:
        url: where it listens.
        key: that it wants to see.
        authorities: certificates that QGIS trusts, in PEM; those the system trusts are trusted too.
        proxy: to go through.
    """

    def __init__(self, url: Url, key: str, authorities: str = "", proxy: Proxy | None = None) -> None:
        self.url = url
        self._key = key
        self._authorities = authorities
        self._proxy = proxy
        self._tls: ssl.SSLContext | None = None
        self._lock = threading.Lock()

    def address(self, cancelled: Callable[[], bool] = lambda: False) -> Address:  # noqa: ARG002 - it runs already
        """Where it listens."""
        with self._lock:
            if self.url.secure and self._tls is None:
                self._tls = _context(self._authorities)
        return Address(self.url.port, self._key, self.url.host, self._tls, self._proxy)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """It runs on whoever uses it."""
        yield

    def check(self, health: Health) -> None:
        """Refuse what is no remote runtime that this plugin can talk to.

        Raises:
            RuntimeStartError: one sentence.
        """
        if health.protocol != PROTOCOL:
            raise RuntimeStartError(
                translate(
                    "TerraScope",
                    "The runtime at {url} speaks protocol {theirs}, the plugin {ours}: update whichever is older.",
                ).format(url=self.url, theirs=health.protocol, ours=PROTOCOL)
            )
        if not health.remote:
            raise RuntimeStartError(
                translate(
                    "TerraScope", "The runtime at {url} takes no scenes: start it there with “serve --remote”."
                ).format(url=self.url)
            )

    def trouble(self, failure: Exception) -> TerraScopeError:
        """What to tell of a connection that failed, broke, or was answered with a refusal."""
        detail = f"{type(failure).__name__}: {failure}"
        if isinstance(failure, RefusedError):
            return self._refused(failure)
        if isinstance(failure, ProtocolError):
            return ProtocolError(self._words(_not_ours()), detail=failure.detail or detail)
        if isinstance(failure, RuntimeLostError):
            return failure
        return RuntimeLostError(self._words(self._lost(failure)), detail=detail)

    def _refused(self, refusal: RefusedError) -> TerraScopeError:
        code = f"http {refusal.status}"
        if refusal.status == http.client.UNAUTHORIZED:
            words = translate(
                "TerraScope",
                "The runtime at {url} does not accept the key: choose the sign-in with the right one in Settings > "
                "Options > TerraScope.",
            )
            return AnalysisError(self._words(words), code)
        if refusal.status == http.client.MISDIRECTED_REQUEST:
            words = translate(
                "TerraScope", "The runtime at {url} does not know itself by that name: start it with “--host {host}”."
            )
            return AnalysisError(self._words(words), code)
        if refusal.sentence not in ("", "Not Found"):  # the latter is any web server's
            return AnalysisError(refusal.sentence, code)
        return ProtocolError(self._words(_not_ours()), detail=str(refusal))

    def _lost(self, failure: Exception) -> str:
        if isinstance(failure, ssl.SSLCertVerificationError):
            return self._untrusted(failure)
        if getattr(failure, "reason", "") in _NO_TLS:
            return translate("TerraScope", "What listens at {url} speaks no HTTPS: check the address and the port.")
        if isinstance(failure, ssl.SSLError) and not isinstance(failure, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
            return translate("TerraScope", "No secure connection can be made to {url}: see Details.")
        if isinstance(failure, ConnectionRefusedError):
            return (
                translate("TerraScope", "Nothing listens at {url}: is the tunnel open?")
                if self.url.is_loopback
                else translate("TerraScope", "Nothing listens at {url}: start the runtime there, and check the port.")
            )
        if isinstance(failure, socket.gaierror):
            return translate("TerraScope", "The name {host} is not known in this network: check the address.")
        if isinstance(failure, (socket.timeout, TimeoutError)):
            return translate("TerraScope", "{url} does not answer: check that the machine is on and can be reached.")
        if "tunnel connection failed" in str(failure).lower():
            return translate("TerraScope", "QGIS's proxy makes no connection to {url}: see Details.")
        if isinstance(failure, http.client.RemoteDisconnected) and self.url.is_loopback:
            return translate(
                "TerraScope",
                "The tunnel at {url} gives no answer: is the runtime running at its other end? Nothing was written.",
            )
        if isinstance(failure, http.client.BadStatusLine):
            return _not_ours()
        return translate("TerraScope", "The connection to {url} was lost; nothing was written. Ask again.")

    def _untrusted(self, failure: ssl.SSLCertVerificationError) -> str:
        if getattr(failure, "verify_code", 0) in (62, 64):  # X509_V_ERR_HOSTNAME_MISMATCH, _IP_ADDRESS_MISMATCH
            return translate("TerraScope", "The certificate of {url} is for another name: use the one it is made for.")
        if getattr(failure, "verify_code", 0) == 10:  # X509_V_ERR_CERT_HAS_EXPIRED
            return translate("TerraScope", "The certificate of {url} has expired: make a new one there.")
        return translate(
            "TerraScope",
            "The certificate of {url} is not trusted: import its authority in Settings > Options > Authentication > "
            "Manage Certificates > Authorities, as trusted.",
        )

    def _words(self, text: str) -> str:
        return text.format(url=self.url, host=self.url.host)


def _not_ours() -> str:
    return translate("TerraScope", "What answers at {url} is no TerraScope runtime: check the address and the port.")


def _context(authorities: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if authorities.strip():
        try:
            context.load_verify_locations(cadata=authorities)
        except (ssl.SSLError, ValueError) as failure:
            raise RuntimeStartError(
                translate(
                    "TerraScope",
                    "QGIS's trusted certificates cannot be read: check them in Settings > Options > Authentication.",
                ),
                detail=str(failure),
            ) from failure
    return context


def _proxy(url: Url) -> Proxy | None:
    """QGIS's proxy for an address, as its settings say.

    Raises:
        TerraScopeError: it is of a kind that a runtime is not reached through.
    """
    manager = QgsNetworkAccessManager.instance()
    proxy = manager.fallbackProxy()
    if not proxy.hostName() or proxy.type() == QNetworkProxy.ProxyType.NoProxy:
        return None
    direct = [QUrl(entry).host() or entry for entry in [*manager.noProxyList(), *manager.excludeList()]]
    if url.host in [entry.lower() for entry in direct]:
        return None
    if proxy.type() not in _HTTP_PROXIES:
        raise TerraScopeError(
            translate(
                "TerraScope",
                "QGIS's proxy {host} is not an HTTP proxy, and a remote runtime is reached through no other: add the "
                "runtime's address to those without proxy in Settings > Options > Network.",
            ).format(host=proxy.hostName())
        )
    return Proxy(proxy.hostName(), proxy.port(), proxy.user(), proxy.password())
