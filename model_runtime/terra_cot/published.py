"""The published JSON format (SPEC 7.1): conversations, COCO run lengths, 8-bit images beside them.

A shard is one JSON list with a sample on every line, so it can be read whole by any JSON reader and line by line by
ours. Images lie in `images/rgb`, `images/vv` and `images/vh` under the same name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from .entries import DatedImage, Entry, Example, Place, Rle, Shown
from .pictures import decibels_of_grey, grey_of_decibels, optical_picture
from .scenes import LabelledScene

RADAR = ("vv", "vh")
FOLDERS = ("rgb", *RADAR)
_IMAGE_MARK = "<image>\n"
# Level 1 of zlib: noise does not compress, and higher levels only take longer (12 ms for 5, 2 % smaller).
_PNG_LEVEL = 1


class JsonShard:
    """A shard while it is written; `shard.json` and the image folders below a draft folder.

    Args:
        draft: an existing, empty folder.
        name: of the shard in image names: "train-00000".
    """

    file_name = "shard.json"
    suffix = ".json"

    def __init__(self, draft: Path, name: str) -> None:
        self.name = name
        self._draft = draft
        self._places = 0
        self._lines = 0
        for folder in FOLDERS:
            (draft / folder).mkdir()
        self._file = (draft / self.file_name).open("w", encoding="utf-8", newline="\n")

    def add(self, dates: Sequence[LabelledScene], entries: Sequence[Entry]) -> None:
        """Write the samples of one place, and the images of the dates that they show."""
        stem = f"{self._places:06}"
        self._places += 1
        for number in sorted({shown.number for entry in entries for shown in entry.shown}):
            self._draw(dates[number - 1], f"{stem}_{number}.png")
        for entry in entries:
            self._file.write("[\n" if self._lines == 0 else ",\n")
            self._file.write(json.dumps(sample_of(entry, f"{self.name}/{stem}"), ensure_ascii=False))
            self._lines += 1

    def _draw(self, scene: LabelledScene, name: str) -> None:
        pictures = {}
        if any(scene.present):
            pictures["rgb"] = optical_picture(scene.bands, scene.names, scene.reflectance)
        if scene.sar is not None:
            pictures |= dict(zip(RADAR, grey_of_decibels(scene.sar), strict=True))
        for folder, picture in pictures.items():
            Image.fromarray(picture).save(self._draft / folder / name, compress_level=_PNG_LEVEL)

    def close(self) -> None:
        """End the list."""
        self._file.write("\n]\n" if self._lines else "[\n]\n")
        self._file.close()


def sample_of(entry: Entry, stem: str) -> dict:
    """A sample in the published layout.

    Args:
        entry: the sample.
        stem: what the names of its place's images begin with; "_1.png" and so on follow.
    """
    names = [f"{stem}_{shown.number}.png" for shown in entry.shown]
    halves = len(entry.masks) // 2
    fields: dict = {"id": entry.id}
    if len(names) == 1:
        fields["image"] = names[0]
    elif len(names) == 2 and entry.mask_images == (1,) * halves + (2,) * halves:
        fields["pre_image"], fields["post_image"] = names
    else:
        fields["images"], fields["mask_images"] = names, list(entry.mask_images)
    place = entry.place
    return fields | {
        "conversations": [
            {"from": "human", "value": _IMAGE_MARK + entry.question},
            {"from": "gpt", "value": entry.text},
        ],
        "masks": [[{"size": [mask.height, mask.width], "counts": mask.counts}] for mask in entry.masks],
        "source": place.source,
        "record": place.record,
        "place": place.place,
        "split": place.split,
        "level": entry.level,
        "task": entry.task,
        "measured": entry.measured,
        "sensors": [shown.sensors for shown in entry.shown],
        "dates": [shown.date for shown in entry.shown],
        "date_numbers": [shown.number for shown in entry.shown],
        "phrases": list(entry.phrases),
        "pixel_size_m": place.pixel_size_m,
        "lonlat": None if place.lonlat is None else list(place.lonlat),
        "sensor": place.sensor,
        "licence": place.licence,
    }


def entry_of(fields: dict) -> Entry:
    """The sample of a line that `sample_of` wrote."""
    human, gpt = (turn["value"] for turn in fields["conversations"])
    halves = len(fields["masks"]) // 2
    usual = (1,) * len(fields["masks"]) if "image" in fields else (1,) * halves + (2,) * halves
    shown = zip(fields["date_numbers"], fields["dates"], fields["sensors"], strict=True)
    lonlat = fields["lonlat"]
    return Entry(
        fields["id"],
        Place(
            fields["source"],
            fields["record"],
            fields["place"],
            fields["split"],
            fields["licence"],
            fields["sensor"],
            fields["pixel_size_m"],
            None if lonlat is None else (lonlat[0], lonlat[1]),
        ),
        fields["level"],
        fields["task"],
        human.removeprefix(_IMAGE_MARK),
        gpt,
        fields["measured"],
        tuple(Shown(*of_date) for of_date in shown),
        tuple(fields["phrases"]),
        tuple(fields.get("mask_images", usual)),
        tuple(Rle(*mask["size"], mask["counts"]) for (mask,) in fields["masks"]),
    )


def read_shard(path: Path, wanted: Callable[[Entry], bool] | None) -> Iterator[Example]:
    """Stream a JSON shard.

    Args:
        path: `FOLDER/SPLIT/00000.json` of a build.
        wanted: of which samples to read the images; None for no images.

    Yields:
        Every sample, in order.
    """
    images = path.parent.parent / "images"
    opened: dict[str, DatedImage] = {}
    with path.open(encoding="utf-8") as lines:
        if next(lines, "").strip() != "[":
            raise ValueError("it does not begin with [")
        for line in lines:
            if line.strip() == "]":
                return
            fields = json.loads(line.rstrip().removesuffix(","))
            entry = entry_of(fields)
            if wanted is None or not wanted(entry):
                yield Example(entry, ())
                continue
            names = _names(fields)
            # Samples of one place follow each other: its images are opened once.
            whole = {name: opened.get(name) or _open(images, name) for name in names}
            opened = whole
            yield Example(
                entry,
                tuple(_seen(whole[name], shown) for name, shown in zip(names, entry.shown, strict=True)),
            )
    raise ValueError("it ends before its last ]")


def _names(fields: dict) -> list[str]:
    if "image" in fields:
        return [fields["image"]]
    return fields.get("images") or [fields["pre_image"], fields["post_image"]]


def _open(images: Path, name: str) -> DatedImage:
    paths = {folder: images / folder / name for folder in FOLDERS}
    there = {folder: np.asarray(Image.open(path)) for folder, path in paths.items() if path.is_file()}
    rgb = there["rgb"].transpose(2, 0, 1).astype(np.float32) / np.float32(255) if "rgb" in there else None
    sar = decibels_of_grey(np.stack([there[folder] for folder in RADAR])) if "vv" in there else None
    return DatedImage("", rgb, () if rgb is None else ("red", "green", "blue"), False, sar)


def _seen(image: DatedImage, shown: Shown) -> DatedImage:
    """What the sample shows of a date's images."""
    return DatedImage(
        shown.date,
        None if shown.sensors == "sar" else image.optical,
        () if shown.sensors == "sar" else image.bands,
        False,
        None if shown.sensors == "optical" else image.sar,
    )
