"""A sample as it stands in a shard: its texts, what they are about, and its masks run-length encoded.

Both formats write these and read them back; `Example` adds the images.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .facts import Sensors
from .records import Record, Split
from .samples import Composed


@dataclass(frozen=True)
class Rle:
    """A mask in COCO's compressed run-length encoding."""

    height: int
    width: int
    counts: str


@dataclass(frozen=True)
class Shown:
    """An image date that a sample is about.

    Attributes:
        number: Which of the place's dates it is, 1-based.
        date: Year, month and day as in 2021-06-14; "" when not known.
        sensors: Which images of that date.
    """

    number: int
    date: str
    sensors: Sensors


@dataclass(frozen=True)
class Place:
    """What the samples of one record have in common.

    Attributes:
        source: Name of the source.
        record: Name of the record in its source.
        place: Where it is; decides the split.
        split: Which part of the dataset it belongs to.
        licence: Of the images and labels.
        sensor: What made the optical images; "" when not known.
        pixel_size_m: Ground size of a pixel.
        lonlat: Longitude and latitude of the middle in degrees; None when not known.
    """

    source: str
    record: str
    place: str
    split: Split
    licence: str
    sensor: str
    pixel_size_m: float
    lonlat: tuple[float, float] | None


@dataclass(frozen=True)
class Entry:
    """A sample without its images.

    Attributes:
        id: Unique in the dataset.
        place: Where it is about, and from which source.
        level: As in `traces.Level`.
        task: The kind of question, `Sample.kind`.
        question: What is asked.
        text: The whole trace: a [SEG] for each mask, measures between <measure> and </measure>.
        measured: Whether measures stand behind each [SEG].
        shown: The image dates that it is about, in order.
        phrases: What the text calls the region of each mask.
        mask_images: 1-based into `shown`, of which image each mask is.
        masks: One per [SEG], in order.
    """

    id: str
    place: Place
    level: str
    task: str
    question: str
    text: str
    measured: bool
    shown: tuple[Shown, ...]
    phrases: tuple[str, ...]
    mask_images: tuple[int, ...]
    masks: tuple[Rle, ...]

    @property
    def answer(self) -> str:
        """What stands in the answer or caption block; the whole text where it has none."""
        found = re.search(r"<(answer|caption)>(.*?)</\1>", self.text, re.DOTALL)
        return found[2] if found else self.text


@dataclass(frozen=True)
class DatedImage:
    """What a sample shows of one date.

    Attributes:
        date: As in `Shown`.
        optical: float32 (bands, H, W), reflectance or brightness 0..1; None when it is not shown.
        bands: What the optical bands are.
        reflectance: Whether `optical` is reflectance; False for brightness (all images of the JSON format).
        sar: float32 (2, H, W), VV and VH in dB; None when it is not shown.
    """

    date: str
    optical: np.ndarray | None
    bands: tuple[str, ...]
    reflectance: bool
    sar: np.ndarray | None


@dataclass(frozen=True)
class Example:
    """A sample with its images; none when it was read without them."""

    entry: Entry
    images: tuple[DatedImage, ...]

    @property
    def masks(self) -> tuple[np.ndarray, ...]:
        """Arrays of bool (H, W), one per [SEG], in order; decoded anew at each call."""
        return tuple(decode(mask) for mask in self.entry.masks)


def encode(mask: np.ndarray) -> Rle:
    """A mask, bool (H, W), run-length encoded."""
    from pycocotools.mask import encode as coco_encode

    counts = coco_encode(np.asfortranarray(mask, dtype=np.uint8))["counts"]
    return Rle(*mask.shape, counts.decode("ascii"))


def decode(rle: Rle) -> np.ndarray:
    """The mask, bool (H, W)."""
    from pycocotools.mask import decode as coco_decode

    return coco_decode({"size": [rle.height, rle.width], "counts": rle.counts}).astype(bool)


def place_of(record: Record, split: Split, licence: str) -> Place:
    """What the samples of a record have in common."""
    pixel_size_m = record.dates[0].pixel_size_m
    return Place(
        record.source, record.name, record.place, split, licence, record.sensor, float(pixel_size_m), record.lonlat
    )


def entries_of(record: Record, place: Place, composed: Sequence[Composed], ids: Sequence[str]) -> list[Entry]:
    """The composed samples of one record as entries with these ids."""
    encoded: dict[int, Rle] = {}  # a region's mask is one array in all samples that mark it
    entries = []
    for sample_id, made in zip(ids, composed, strict=True):
        for mask in made.masks:
            if id(mask) not in encoded:
                encoded[id(mask)] = encode(mask)
        sample, regions = made.sample, made.sample.regions
        entries.append(
            Entry(
                sample_id,
                place,
                sample.level,
                sample.kind,
                sample.question,
                sample.text,
                sample.measured,
                tuple(Shown(index + 1, record.dates[index].date, sensors) for index, sensors in made.shown),
                tuple(region.phrase for region in regions),
                tuple(region.image for region in regions),
                tuple(encoded[id(mask)] for mask in made.masks),
            )
        )
    return entries
