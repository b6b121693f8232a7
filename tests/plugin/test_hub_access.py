from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsNetworkAccessManager, QgsSettings

from terrascope_qgis.client.hub_access import access_key, with_proxy
from terrascope_qgis.errors import SignInError, TerraScopeError

OF_THE_USER = {"HOME": "/home/jo", "https_proxy": "http://old:1", "ALL_PROXY": "http://old:2"}


@pytest.fixture
def proxy(qgis_app: QgsApplication) -> Iterator[QgsSettings]:
    """QGIS's settings, in which a proxy can be set."""
    yield QgsSettings()
    QgsSettings().remove("proxy")
    QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()


def set_proxy(store: QgsSettings, kind: str, **more: object) -> None:
    values = {"proxyEnabled": True, "proxyType": kind, "proxyHost": "proxy.example", "proxyPort": "3128", **more}
    for name, value in values.items():
        store.setValue("proxy/" + name, value)
    QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()


def test_without_a_proxy_the_environment_stays(proxy: QgsSettings) -> None:
    QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()
    assert with_proxy(OF_THE_USER) == OF_THE_USER


def test_the_proxy_of_qgis_takes_the_place_of_others(proxy: QgsSettings) -> None:
    set_proxy(proxy, "HttpProxy", proxyUser="jo", proxyPassword="a b@c/ü", noProxyUrls=["http://127.0.0.1", "intra"])
    address = "http://jo:a%20b%40c%2F%C3%BC@proxy.example:3128"
    expected = {"HTTP_PROXY": address, "HTTPS_PROXY": address, "NO_PROXY": "127.0.0.1,intra"}
    assert with_proxy(OF_THE_USER) == {"HOME": "/home/jo", **expected}


def test_a_proxy_the_runtime_does_not_speak_is_refused(proxy: QgsSettings) -> None:
    set_proxy(proxy, "Socks5Proxy")
    with pytest.raises(TerraScopeError, match="proxy.example is not an HTTP proxy"):
        with_proxy({})


def stored(kind: str, **fields: str) -> str:
    manager = QgsApplication.authManager()
    assert manager.setMasterPassword("a master password", True)
    config = QgsAuthMethodConfig(kind)
    config.setName("the hub")
    for name, value in fields.items():
        config.setConfig(name, value)
    assert manager.storeAuthenticationConfig(config)[0]
    return config.id()


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("Basic", {"username": "jo", "password": "hf_key"}),
        ("EsriToken", {"token": " hf_key\n"}),
        ("APIHeader", {"Authorization": "Bearer hf_key"}),
    ],
)
def test_the_key_is_found_in_a_sign_in(qgis_app: QgsApplication, kind: str, fields: dict[str, str]) -> None:
    if kind not in QgsApplication.authManager().authMethodsKeys():
        pytest.skip(f"this QGIS has no sign-in of the kind {kind}")
    assert access_key(stored(kind, **fields)) == "hf_key"


def test_no_sign_in_is_no_key(qgis_app: QgsApplication) -> None:
    assert access_key("") == ""


@pytest.mark.parametrize("password", ["", "two words"])
def test_a_sign_in_without_a_key_is_said(qgis_app: QgsApplication, password: str) -> None:
    with pytest.raises(SignInError, match="the hub"):
        access_key(stored("Basic", username="jo", password=password))


def test_a_sign_in_that_is_gone_is_said(qgis_app: QgsApplication) -> None:
    with pytest.raises(SignInError, match="could not be read"):
        access_key("gone123")
