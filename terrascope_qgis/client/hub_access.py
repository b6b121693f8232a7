"""What a download takes over from QGIS: its proxy, and the sign-in the user keeps in QGIS's password store."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QCoreApplication, QUrl
from qgis.PyQt.QtNetwork import QNetworkProxy

from ..errors import SignInError, TerraScopeError

_HTTP_PROXIES = (QNetworkProxy.ProxyType.HttpProxy, QNetworkProxy.ProxyType.HttpCachingProxy)
_OF_PROXIES = {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"}
_SECRET_FIELDS = ("password", "token", "authorization", "apikey")

translate = QCoreApplication.translate


def with_proxy(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment that sends a child through QGIS's proxy; unchanged where QGIS has none.

    Belongs on the main thread, as the network manager does.

    Raises:
        TerraScopeError: QGIS's proxy is of a kind that the runtime does not speak.
    """
    manager = QgsNetworkAccessManager.instance()
    proxy = manager.fallbackProxy()
    if not proxy.hostName() or proxy.type() == QNetworkProxy.ProxyType.NoProxy:
        return dict(environment)
    if proxy.type() not in _HTTP_PROXIES:
        raise TerraScopeError(
            translate(
                "TerraScope",
                "QGIS's proxy {host} is not an HTTP proxy, and models can be fetched through no other: set one in "
                "Settings > Options > Network.",
            ).format(host=proxy.hostName())
        )
    address = QUrl()
    address.setScheme("http")
    address.setHost(proxy.hostName())
    address.setPort(proxy.port())
    if proxy.user():
        address.setUserName(proxy.user(), QUrl.ParsingMode.DecodedMode)
        address.setPassword(proxy.password(), QUrl.ParsingMode.DecodedMode)
    url = bytes(address.toEncoded()).decode("ascii")
    # a variable in small letters would win over ours
    kept = {name: value for name, value in environment.items() if name.upper() not in _OF_PROXIES}
    direct = [QUrl(entry).host() or entry for entry in [*manager.noProxyList(), *manager.excludeList()]]
    return {**kept, "HTTP_PROXY": url, "HTTPS_PROXY": url, "NO_PROXY": ",".join(direct)}


def access_key(sign_in: str) -> str:
    """The access key of an authentication configuration; empty when none is chosen.

    QGIS may ask for its master password, so this too belongs on the main thread.

    Args:
        sign_in: id of the configuration; the key is its password, its token or its Authorization header.

    Raises:
        SignInError: the configuration cannot be read, or holds no such key.
    """
    if not sign_in:
        return ""
    loaded, config = QgsApplication.authManager().loadAuthenticationConfig(sign_in, QgsAuthMethodConfig(), True)
    if not loaded:
        raise SignInError(
            translate(
                "TerraScope",
                "The sign-in could not be read from QGIS's password store: unlock it, or choose another sign-in.",
            )
        )
    fields = {name.lower(): value.split() for name, value in config.configMap().items()}
    for words in (fields.get(name, []) for name in _SECRET_FIELDS):
        if len(words) == 1 or [word.lower() for word in words[:-1]] == ["bearer"]:
            return words[-1]
    raise SignInError(
        translate(
            "TerraScope",
            "The sign-in “{name}” holds no access key: choose one of the kind “Basic” with the key as its password.",
        ).format(name=config.name())
    )
