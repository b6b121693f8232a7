"""An item of the benchmark, and the parquet file of many: the published columns, and ours beside them.

Published (SPEC section 8): `image` (bytes and path of a picture), `question`, `candidates` (JSON, letter to text),
`answer` (letter), `task_type`. Ours: the figure behind the answer, reference masks, images as files, grid.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import affine
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj

from ..scene.grid import Grid
from ..terra_cot.entries import Rle, decode

TASKS = (
    "coverage_percentage", "absolute_area", "area_ranking", "distance", "boundary_detection", "building_change",
)  # fmt: skip
"""The six tasks, in the order of the paper's Table 1 but for distance and boundaries."""

Variant = Literal["optical", "sar", "joint", "two_date"]
VARIANTS: tuple[Variant, ...] = ("optical", "sar", "joint", "two_date")
"""How an item is shown: its optical images, its radar images, both, or its optical image and that of another date."""

LETTERS = "ABCDEFGH"
ITEMS_FILE = "items.parquet"


@dataclass(frozen=True)
class ReferenceMask:
    """Where a region truly is: `phrase` names it, `image` is the 1-based date among those shown."""

    phrase: str
    image: int
    rle: Rle

    @property
    def mask(self) -> np.ndarray:
        """Bool (H, W); decoded anew at each call."""
        return decode(self.rle)


@dataclass(frozen=True)
class ImageFile:
    """An image of an item, a GeoTIFF.

    Attributes:
        image: 1-based, which of the dates shown.
        kind: Whose image it is.
        date: Year, month and day as in 2021-06-14; "" when not known.
        file: Its path from the folder of the items.
    """

    image: int
    kind: Literal["optical", "sar"]
    date: str
    file: str


@dataclass(frozen=True)
class Item:
    """One question with its options and what is true.

    Attributes:
        id: Unique in the file: `base` and variant.
        base: The same for all variants of an item.
        variant: How it is shown.
        task: One of `TASKS`.
        question: Without the options.
        candidates: Option texts, A first.
        answer: Letter of the right one.
        value: The figure behind the answer as measured, in `unit`; None for an answer in words.
        unit: "%", "ha", "m2", "m", "buildings", or "".
        masks: Of the regions that the answer follows from, in the order of the question.
        valid: Where the images have data.
        images: Files, date by date.
        crs: Of masks and images: an authority code or WKT.
        transform: Pixel (column, row) to CRS (x, y): a, b, c, d, e, f.
        source: Name of the data set.
        place: Where it is, in the words of the data set; records of one place never fall into different splits.
        record: Of the place, unique in the data set.
        licence: Of images and labels.
        lonlat: Longitude and latitude of the middle in degrees; None when not known, the grid is then a plane at 0, 0.
        picture: PNG, the published `image`; b"" when read without pictures.
    """

    id: str
    base: str
    variant: Variant
    task: str
    question: str
    candidates: tuple[str, ...]
    answer: str
    value: float | None
    unit: str
    masks: tuple[ReferenceMask, ...]
    valid: Rle
    images: tuple[ImageFile, ...]
    crs: str
    transform: tuple[float, ...]
    source: str
    place: str
    record: str
    licence: str
    lonlat: tuple[float, float] | None
    picture: bytes = b""

    @property
    def grid(self) -> Grid:
        """Of masks and images."""
        return Grid(
            pyproj.CRS.from_user_input(self.crs), affine.Affine(*self.transform), self.valid.width, self.valid.height
        )

    @property
    def right(self) -> str:
        """Text of the right option."""
        return self.candidates[LETTERS.index(self.answer)]


_RLE = pa.struct([("size", pa.list_(pa.int32())), ("counts", pa.string())])
SCHEMA = pa.schema(
    [
        ("image", pa.struct([("bytes", pa.binary()), ("path", pa.string())])),
        ("question", pa.string()), ("candidates", pa.string()), ("answer", pa.string()), ("task_type", pa.string()),
        ("id", pa.string()), ("base", pa.string()), ("variant", pa.string()),
        ("value", pa.float64()), ("unit", pa.string()),
        ("masks", pa.list_(pa.struct([("phrase", pa.string()), ("image", pa.int32()), ("rle", _RLE)]))),
        ("valid", _RLE),
        ("images", pa.list_(pa.struct([("image", pa.int32()), ("kind", pa.string()), ("date", pa.string()),
                                       ("file", pa.string())]))),
        ("crs", pa.string()), ("transform", pa.list_(pa.float64())), ("source", pa.string()),
        ("place", pa.string()), ("record", pa.string()), ("licence", pa.string()), ("lonlat", pa.list_(pa.float64())),
    ]
)  # fmt: skip
_PLAIN = ("question", "answer", "id", "base", "variant", "value", "unit", "crs", "source", "place", "record", "licence")
_ROWS_IN_GROUP = 32


class ItemsWriter:
    """A parquet file of items while it is written; close it at the end.

    Args:
        path: of the file.
    """

    def __init__(self, path: Path) -> None:
        packed = dict.fromkeys(SCHEMA.names, "zstd") | {"image.bytes": "none"}
        self._writer = pq.ParquetWriter(path, SCHEMA, compression=packed, use_dictionary=False)
        self._rows: list[dict] = []

    def add(self, item: Item) -> None:
        """Write one."""
        self._rows.append(_row(item))
        if len(self._rows) == _ROWS_IN_GROUP:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, SCHEMA))
            self._rows = []

    def close(self) -> None:
        """Write what is left, and the file's end."""
        self._flush()
        self._writer.close()


def is_ours(path: Path) -> bool:
    """Whether a parquet file has our columns beside the published ones."""
    return set(SCHEMA.names) <= set(pq.read_schema(path).names)


def read_items(path: Path, pictures: bool = False) -> Iterator[Item]:
    """Stream the items of a file of `ItemsWriter`, in order.

    Args:
        path: the parquet file.
        pictures: whether to read the published pictures too.
    """
    columns = [name for name in SCHEMA.names if pictures or name != "image"]
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=_ROWS_IN_GROUP, columns=columns):
            for row in batch.to_pylist():
                yield _item(row)


def lettered(candidates: Mapping[str, str] | str) -> tuple[str, ...]:
    """Option texts in the order of their letters, from a mapping or its JSON (SPEC section 8)."""
    found = json.loads(candidates) if isinstance(candidates, str) else candidates
    return tuple(str(found[letter]) for letter in sorted(found) if found[letter] is not None)


def _rle(rle: Rle) -> dict:
    return {"size": [rle.height, rle.width], "counts": rle.counts}


def _row(item: Item) -> dict:
    candidates = dict(zip(LETTERS, item.candidates, strict=False))
    return {
        **{name: getattr(item, name) for name in _PLAIN},
        "image": {"bytes": item.picture, "path": f"{item.id}.png"},
        "candidates": json.dumps(candidates, ensure_ascii=False),
        "task_type": item.task,
        "masks": [{"phrase": mask.phrase, "image": mask.image, "rle": _rle(mask.rle)} for mask in item.masks],
        "valid": _rle(item.valid),
        "images": [vars(image) for image in item.images],
        "transform": list(item.transform),
        "lonlat": item.lonlat and list(item.lonlat),
    }


def _item(row: dict) -> Item:
    def rle(fields: dict) -> Rle:
        return Rle(*fields["size"], fields["counts"])

    return Item(
        **{name: row[name] for name in _PLAIN},
        task=row["task_type"],
        candidates=lettered(row["candidates"]),
        masks=tuple(ReferenceMask(mask["phrase"], mask["image"], rle(mask["rle"])) for mask in row["masks"]),
        valid=rle(row["valid"]),
        images=tuple(ImageFile(**image) for image in row["images"]),
        transform=tuple(row["transform"]),
        lonlat=row["lonlat"] and (row["lonlat"][0], row["lonlat"][1]),
        picture=row["image"]["bytes"] if "image" in row else b"",
    )
