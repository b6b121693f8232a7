"""Shards for training: parquet files with the images in them, one row for each place.

An image is a whole GeoTIFF: uint16 reflectance x 10,000, uint8 brightness, or int16 dB x 100 for radar, its scale and
bands named in it. Every sample of a place stands in its row, so no image is stored twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from affine import Affine
from rasterio.io import MemoryFile

from .entries import DatedImage, Entry, Example, Place, Rle, Shown
from .radar import SAR_BANDS
from .scene_files import REFLECTANCE_SCALE
from .scenes import LabelledScene

DECIBEL_SCALE = 100
BRIGHTNESS_SCALE = 255
NO_RADAR = -32768
"""In the int16 of a radar image: no data."""

IMAGE = pa.struct(
    [
        ("number", pa.int32()), ("kind", pa.string()), ("date", pa.string()), ("bands", pa.list_(pa.string())),
        ("data", pa.binary()),
    ]
)  # fmt: skip
SAMPLE = pa.struct(
    [
        ("id", pa.string()), ("level", pa.string()), ("task", pa.string()), ("question", pa.string()),
        ("text", pa.string()), ("measured", pa.bool_()),
        ("shown", pa.list_(pa.struct([("number", pa.int32()), ("date", pa.string()), ("sensors", pa.string())]))),
        ("phrases", pa.list_(pa.string())), ("mask_images", pa.list_(pa.int32())),
        ("masks", pa.list_(pa.struct([("size", pa.list_(pa.int32())), ("counts", pa.string())]))),
    ]
)  # fmt: skip
SCHEMA = pa.schema(
    [
        ("source", pa.string()), ("record", pa.string()), ("place", pa.string()), ("split", pa.string()),
        ("licence", pa.string()), ("sensor", pa.string()), ("pixel_size_m", pa.float64()),
        ("lonlat", pa.list_(pa.float64())), ("images", pa.list_(IMAGE)), ("samples", pa.list_(SAMPLE)),
    ]
)  # fmt: skip
_PLACE_FIELDS = ("source", "record", "place", "split", "licence", "sensor", "pixel_size_m")
# Some 20 MB of 256-pixel images: what a writer holds, and the least a reader has to.
_ROWS_IN_GROUP = 16


class ParquetShard:
    """A shard while it is written: `shard.parquet` below a draft folder.

    Args:
        draft: an existing folder.
        name: of the shard; nothing in the file depends on it.
    """

    file_name = "shard.parquet"
    suffix = ".parquet"

    def __init__(self, draft: Path, name: str) -> None:
        self.name = name
        self._rows: list[dict] = []
        # The images are compressed already.
        packed = dict.fromkeys(_leaves(SCHEMA), "zstd") | {"images.list.element.data": "none"}
        self._writer = pq.ParquetWriter(draft / self.file_name, SCHEMA, compression=packed, use_dictionary=False)

    def add(self, dates: Sequence[LabelledScene], entries: Sequence[Entry]) -> None:
        """Write the samples of one place, and the images of the dates that they show."""
        numbers = sorted({shown.number for entry in entries for shown in entry.shown})
        place = entries[0].place
        self._rows.append(
            {
                **{name: getattr(place, name) for name in _PLACE_FIELDS},
                "lonlat": place.lonlat and list(place.lonlat),
                "images": [image for number in numbers for image in _images(number, dates[number - 1])],
                "samples": [_row(entry) for entry in entries],
            }
        )
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


def _leaves(schema: pa.Schema) -> list[str]:
    """Dotted paths of all columns that hold values."""

    def below(path: str, kind: pa.DataType) -> Iterator[str]:
        if pa.types.is_struct(kind):
            for field in kind:
                yield from below(f"{path}.{field.name}", field.type)
        elif pa.types.is_list(kind):
            yield from below(f"{path}.list.element", kind.value_type)
        else:
            yield path

    return [leaf for field in schema for leaf in below(field.name, field.type)]


def _images(number: int, scene: LabelledScene) -> Iterator[dict]:
    there = [band for band, present in enumerate(scene.present) if present]
    names = [scene.names[band] for band in there]
    if there and scene.reflectance:
        numbers = np.clip(np.rint(scene.bands[there] * REFLECTANCE_SCALE), 0, 65535).astype(np.uint16)
        yield _image(number, "optical", scene, names, numbers, REFLECTANCE_SCALE)
    elif there:
        numbers = np.clip(np.rint(scene.bands[there] * BRIGHTNESS_SCALE), 0, 255).astype(np.uint8)
        yield _image(number, "optical", scene, names, numbers, BRIGHTNESS_SCALE)
    if scene.sar is not None:
        decibels = np.clip(np.rint(scene.sar * DECIBEL_SCALE), -32767, 32767)
        numbers = np.where(np.isfinite(scene.sar), decibels, NO_RADAR).astype(np.int16)
        yield _image(number, "sar", scene, SAR_BANDS, numbers, DECIBEL_SCALE)


def _image(number: int, kind: str, scene: LabelledScene, names: Sequence[str], numbers: np.ndarray, scale: int) -> dict:
    data = geotiff(numbers, names, 1 / scale, scene.pixel_size_m)
    return {"number": number, "kind": kind, "date": scene.date, "bands": list(names), "data": data}


def geotiff(numbers: np.ndarray, names: Sequence[str], scale: float, pixel_size_m: float) -> bytes:
    """A GeoTIFF of numbers (bands, H, W): value = number x scale; pixels of that size, at no known place."""
    count, height, width = numbers.shape
    with MemoryFile() as memory:
        with memory.open(
            driver="GTiff", count=count, height=height, width=width, dtype=numbers.dtype, compress="deflate", zlevel=1,
            predictor=2, transform=Affine(pixel_size_m, 0, 0, 0, -pixel_size_m, 0),
            nodata=NO_RADAR if numbers.dtype == np.int16 else None,
        ) as file:  # fmt: skip
            file.write(numbers)
            file.descriptions = tuple(names)
            file.scales = (scale,) * count
        return memory.read()


def values_of(data: bytes) -> tuple[np.ndarray, bool]:
    """What a GeoTIFF of `geotiff` holds.

    Returns:
        float32 (bands, H, W), NaN where a radar image has no data; whether they are reflectances.
    """
    with MemoryFile(data) as memory, memory.open() as file:
        numbers, scale, nodata = file.read(), np.float32(file.scales[0]), file.nodata
    values = numbers.astype(np.float32) * scale
    if nodata is not None:
        values[numbers == nodata] = np.nan
    return values, numbers.dtype == np.uint16


def _row(entry: Entry) -> dict:
    return {
        "id": entry.id,
        "level": entry.level,
        "task": entry.task,
        "question": entry.question,
        "text": entry.text,
        "measured": entry.measured,
        "shown": [vars(shown) for shown in entry.shown],
        "phrases": list(entry.phrases),
        "mask_images": list(entry.mask_images),
        "masks": [{"size": [mask.height, mask.width], "counts": mask.counts} for mask in entry.masks],
    }


def _entry(fields: dict, place: Place) -> Entry:
    return Entry(
        fields["id"],
        place,
        fields["level"],
        fields["task"],
        fields["question"],
        fields["text"],
        fields["measured"],
        tuple(Shown(**shown) for shown in fields["shown"]),
        tuple(fields["phrases"]),
        tuple(fields["mask_images"]),
        tuple(Rle(*mask["size"], mask["counts"]) for mask in fields["masks"]),
    )


def read_shard(path: Path, wanted: Callable[[Entry], bool] | None) -> Iterator[Example]:
    """Stream a parquet shard.

    Args:
        path: `FOLDER/SPLIT/00000.parquet` of a build.
        wanted: of which samples to read the images; None for no images, which then are not even fetched from disk.

    Yields:
        Every sample, in order.
    """
    columns = [name for name in SCHEMA.names if wanted is not None or name != "images"]
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=_ROWS_IN_GROUP, columns=columns):
            for row in batch.to_pylist():
                yield from _examples(row, wanted)


def _examples(row: dict, wanted: Callable[[Entry], bool] | None) -> Iterator[Example]:
    place = Place(*(row[name] for name in _PLACE_FIELDS), row["lonlat"] and (row["lonlat"][0], row["lonlat"][1]))
    images = {(image["number"], image["kind"]): image for image in row.get("images", ())}

    @cache
    def values(number: int, kind: str) -> tuple[np.ndarray, bool]:
        return values_of(images[number, kind]["data"])

    def seen(shown: Shown) -> DatedImage:
        optical, bands, reflectance, sar = None, (), False, None
        if shown.sensors != "sar":
            optical, reflectance = values(shown.number, "optical")
            bands = tuple(images[shown.number, "optical"]["bands"])
        if shown.sensors != "optical":
            sar, _ = values(shown.number, "sar")
        return DatedImage(shown.date, optical, bands, reflectance, sar)

    for fields in row["samples"]:
        entry = _entry(fields, place)
        with_images = wanted is not None and wanted(entry)
        yield Example(entry, tuple(seen(shown) for shown in entry.shown) if with_images else ())
