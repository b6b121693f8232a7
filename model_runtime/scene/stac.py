"""STAC items whose files are on this machine: each a scene of its assets, told by their role or common name.

Sources: STAC specification 1.0.0 (Item, ItemCollection), its `eo` extension for common names, and `raster` for scale
and offset; https://github.com/Element84/earth-search#about-collections for `earthsearch:boa_offset_applied`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from ..errors import SceneError
from ..room import free_bytes
from .files import Source, existing, open_raster
from .folders import Stack
from .products import Product

_BANDS = {"red": "red", "green": "green", "blue": "blue", "nir": "nir", "swir16": "swir1", "swir22": "swir2"}
_POLARISATIONS = ("vv", "vh", "hh", "hv")
_OTHERS = ("visual", "scl")
_MAX_BYTES = 200_000_000
_GROWS = 25  # times, in memory: of nothing but empty lists


@dataclass(frozen=True)
class Item:
    """One item.

    Attributes:
        path: as a scene is given: its file, or `items.json#id` in a collection.
        name: its id.
        assets: role, such as red, vv, visual or scl, to the asset as the item has it.
        properties: of the item.
        folder: what addresses are relative to.
    """

    path: Path
    name: str
    assets: dict[str, Mapping[str, Any]]
    properties: Mapping[str, Any]
    folder: Path

    @property
    def day(self) -> str | None:
        """Of its acquisition, ISO 8601."""
        text = self.properties.get("datetime") or self.properties.get("start_datetime")
        return text[:10] if isinstance(text, str) and len(text) >= 10 else None

    def file(self, role: str) -> Path:
        """The local file of an asset.

        Raises:
            SceneError: it is an address elsewhere, or not there.
        """
        href = str(self.assets[role].get("href", ""))
        if href.startswith("file://"):
            href = unquote(urlparse(href).path)
        if "://" in href or href.startswith("/vsi"):
            raise SceneError(f"The {role} of '{self.name}' is at {href}: download it, and give the item its path.")
        if not href:
            raise SceneError(f"The {role} of '{self.name}' has no href: write the path of its file.")
        return existing(self.folder / href)


def is_item(path: Path) -> bool:
    """Whether a path names an item: a JSON file, or one of a collection, `items.json#id`.

    Without an id a `.geojson` is a vector file like others.
    """
    file, sign, _ = _parted(path)
    return file.suffix.lower() == ".json" or bool(sign) and file.suffix.lower() == ".geojson"


def _parted(path: Path) -> tuple[Path, str, str]:
    if path.is_file():
        return path, "", ""
    name, sign, item = str(path).rpartition("#")
    return (Path(name), sign, item) if sign else (path, "", "")


def read_items(path: Path) -> list[Item]:
    """The items of a file, in its order.

    Args:
        path: a JSON file of an Item, an ItemCollection (FeatureCollection), or a list of items.

    Raises:
        SceneError: it holds none, or two of one id.
    """
    try:
        if path.stat().st_size > min(_MAX_BYTES, free_bytes() // _GROWS):
            raise SceneError(f"'{path.name}' is too large for STAC items: give fewer at once.")
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise SceneError(f"'{path.name}' cannot be read as JSON: download the STAC items again.") from error
    single = isinstance(content, dict) and content.get("type") == "Feature"
    found = [content] if single else content.get("features") if isinstance(content, dict) else content
    if not isinstance(found, list) or not found or not all(map(_is_like_item, found)):
        raise SceneError(f"'{path.name}' holds no STAC items: choose an Item or an ItemCollection.")
    items = [
        Item(
            path if single and path.suffix.lower() == ".json" else path.with_name(f"{path.name}#{item['id']}"),
            item["id"],
            _by_role(item["assets"]),
            item.get("properties") if isinstance(item.get("properties"), dict) else {},
            path.absolute().parent,
        )
        for item in found
    ]
    if len({item.name for item in items}) < len(items):
        raise SceneError(f"'{path.name}' holds two items of the same id: give each its own.")
    return items


def _is_like_item(item: object) -> bool:
    return (
        isinstance(item, dict)
        and isinstance(item.get("id"), str)
        and bool(item["id"])
        and isinstance(item.get("assets"), dict)
        and all(isinstance(asset, dict) for asset in item["assets"].values())
    )


def _by_role(assets: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Common name of a one-band asset first, then the asset's key, then its roles."""
    known = (*_BANDS, *_POLARISATIONS, *_OTHERS)
    found: dict[str, Mapping[str, Any]] = {}
    for names_of in (_common_names, lambda key, asset: [key.lower()], _roles):
        for key, asset in assets.items():
            names = [name for name in names_of(key, asset) if name in known]
            if len(names) == 1:
                found.setdefault(names[0], asset)
    return found


def _common_names(key: str, asset: Mapping[str, Any]) -> list[str]:
    bands = asset.get("eo:bands") or asset.get("bands") or []
    if not isinstance(bands, list) or len(bands) != 1 or not isinstance(bands[0], dict):
        return []
    # Sentinel-2 has narrow bands of the same light; an asset of the very name is preferred to its common name.
    name = str(bands[0].get("common_name") or bands[0].get("eo:common_name") or "")
    return [name] if key.lower() == name or name in _BANDS and not key.lower().endswith(("jp2", "8a")) else []


def _roles(key: str, asset: Mapping[str, Any]) -> list[str]:
    roles = asset.get("roles")
    return [role for role in roles if isinstance(role, str)] if isinstance(roles, list) else []


def kinds(item: Item) -> tuple[bool, bool, Path | None]:
    """Whether it is an optical image, whether it is a radar image, and its layer that tells clouds.

    Raises:
        SceneError: it is neither, or a file of it is not here.
    """
    optical = {"red", "green", "blue"} <= item.assets.keys() or "visual" in item.assets
    sar = bool(set(_POLARISATIONS) & item.assets.keys())
    if not optical and not sar:
        raise SceneError(
            f"'{item.name}' has no assets that are known: it needs red, green and blue, or visual, or vv and vh."
        )
    for role in _read(item, sar=False) if optical else ():
        item.file(role)
    for role in _read(item, sar=True) if sar else ():
        item.file(role)
    return optical, sar, item.file("scl") if "scl" in item.assets and optical else None


def _read(item: Item, sar: bool) -> list[str]:
    """The roles of the assets that are read."""
    if sar:
        return [role for role in _POLARISATIONS if role in item.assets]
    if {"red", "green", "blue"} <= item.assets.keys():
        return [role for role in _BANDS if role in item.assets]
    return ["visual"] if "visual" in item.assets else []


@contextmanager
def open_item(path: Path, sar: bool) -> Iterator[Source]:
    """Open the assets of an item as one raster.

    Args:
        path: as `is_item` knows it.
        sar: read its polarisations, else its optical bands.

    Raises:
        SceneError: there is no such item, or its files cannot be read.
    """
    file, _, name = _parted(path)
    items = [item for item in read_items(file) if not name or item.name == name]
    if len(items) != 1:
        raise SceneError(f"'{path.name}' names {len(items)} items: write the id of one after a #.")
    (item,) = items
    roles = _read(item, sar)
    if not roles:
        raise SceneError(f"'{item.name}' has no {'vv or vh' if sar else 'red, green and blue, or visual'}.")
    files = tuple(item.file(role) for role in roles)
    product = Product(_hints(item), "scale and offset of the STAC item", {}, {"DATETIME": item.day or ""})
    with ExitStack() as close:
        readers = [close.enter_context(open_raster(file)) for file in files]
        if roles == ["visual"]:
            yield Source(readers[0], path, files, Product(product.hints, "its own scale and offset", {}, product.tags))
            return
        many = [file for file, reader in zip(files, readers, strict=True) if reader.count != 1]
        if many:
            raise SceneError(f"'{many[0].name}' of '{item.name}' has several bands, not one: choose it by itself.")
        stack = Stack(readers, [_BANDS.get(role, role) for role in roles], path, close)
        scaling = [_scaling(item, role) for role in roles]
        if all(scaling) and not sar:
            stack.scales, stack.offsets = [scale for scale, _ in scaling], [offset for _, offset in scaling]
        yield Source(stack, path, files, product)


def _hints(item: Item) -> str:
    names = (item.properties.get(name) for name in ("platform", "constellation", "instruments", "processing:level"))
    return " ".join([item.name, *(json.dumps(name) for name in names if name)])


def _scaling(item: Item, role: str) -> tuple[float, float] | None:
    """Scale and offset of reflectance, where the item tells them."""
    asset = item.assets[role]
    bands = asset.get("raster:bands")
    first = bands[0] if isinstance(bands, list) and bands and isinstance(bands[0], dict) else {}
    told = {key: first.get(key, asset.get(f"raster:{key}")) for key in ("scale", "offset")}
    if not isinstance(told["scale"], int | float) or not told["scale"] > 0:
        return None
    offset = told["offset"] if isinstance(told["offset"], int | float) else 0.0
    # Earth Search took the offset off already, and still tells it.
    return float(told["scale"]), 0.0 if item.properties.get("earthsearch:boa_offset_applied") is True else float(offset)
