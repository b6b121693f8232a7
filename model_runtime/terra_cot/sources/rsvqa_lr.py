"""RSVQA-LR: Sentinel-2 images of the Netherlands with questions made from OpenStreetMap; no masks.

Two layouts: the Zenodo release, three JSON files for each part, whose entries name each other by id and of which only
the active ones count; and one folder `images` with `qa.jsonl`, a question a line, as in the shared data.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyproj
import rasterio

from ...scene.dates import find_date
from ...scene.grid import Grid
from ..records import SPLITS, BrokenRecord, BroughtQuestion, Item, Record, Source, Split
from ..scenes import LabelledScene
from ..spectra import BANDS
from .tables import Stamped, entries_of, stamped
from .windows import lonlat

_KINDS = ("images", "questions", "answers")


def find(folder: Path) -> Sequence[Item]:
    """Images that have questions; each is a place."""
    return [
        Item(name, f"{SOURCE.name} {name}", image.split)
        for name, image in sorted(_images(_table_files(folder)).items(), key=lambda named: (len(named[0]), named[0]))
    ]


def read(folder: Path, item: Item) -> Record:
    """One image with its questions."""
    image = _images(_table_files(folder)).get(item.name)
    if image is None:
        raise BrokenRecord("It is not in the tables.")
    if image.broken:
        raise BrokenRecord(image.broken)
    path = image_of(folder, item)
    if not path.is_file():
        raise BrokenRecord("Its image is not there.")
    with rasterio.open(path) as source:
        if source.count < len(BANDS[:3]) or source.crs is None:
            raise BrokenRecord("Its image has no three bands or no coordinate system.")
        bands = source.read([1, 2, 3]).astype(np.float32) / 255
        grid = Grid(pyproj.CRS.from_wkt(source.crs.to_wkt()), source.transform, source.width, source.height)
        middle = lonlat(source.crs, source.transform, source.height / 2, source.width / 2)
    scene = LabelledScene(
        bands,
        np.zeros(bands.shape[1:], dtype=np.uint8),
        float(np.mean(grid.pixel_size_m)),
        (True,) * 3,
        False,
        None,
        f"{SOURCE.name} {item.name}",
        names=BANDS[:3],
        date=image.date,
    )
    return Record(
        SOURCE.name, item.name, item.place, (scene,), {}, "Sentinel-2 true colour", middle, tuple(image.questions)
    )


def image_of(folder: Path, item: Item) -> Path:
    """Where the image of an item is, or would be."""
    paths = [folder / top / f"{item.name}.tif" for top in ("images", "Images_LR")]
    return next((path for path in paths if path.is_file()), paths[0])


def questions_of(folder: Path, item: Item) -> Sequence[BroughtQuestion]:
    """The questions about an item; none where a table is broken."""
    image = _images(_table_files(folder)).get(item.name)
    return image.questions if image else ()


@dataclass
class _Image:
    """What the tables say of an image."""

    split: Split | None
    date: str = ""
    broken: str = ""
    questions: list[BroughtQuestion] = field(default_factory=list)


def _table_files(folder: Path) -> Stamped:
    release = [folder / f"LR_split_{split}_{kind}.json" for split in SPLITS for kind in _KINDS]
    return stamped([folder / "qa.jsonl"] if (folder / "qa.jsonl").is_file() else release)


@lru_cache(maxsize=2)
def _images(files: Stamped) -> dict[str, _Image]:
    """Image -> what is said of it; a table that cannot be used stands under its own name with the reason."""
    images: dict[str, _Image] = {}
    paths = {path.name: path for path, _ in files}
    if "qa.jsonl" in paths:
        _add_lines(images, paths["qa.jsonl"])
        return images
    for split in SPLITS:
        tables = [paths[name] for kind in _KINDS if (name := f"LR_split_{split}_{kind}.json") in paths]
        if not tables:
            continue
        try:
            if len(tables) < len(_KINDS):
                raise BrokenRecord("The part lacks one of its tables of images, questions and answers.")
            _add_release(images, split, *(entries_of(path, kind) for path, kind in zip(tables, _KINDS, strict=True)))
        except BrokenRecord as error:
            images[f"LR_split_{split}"] = _Image(split, broken=str(error))
    return images


def _add_lines(images: dict[str, _Image], path: Path) -> None:
    for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), start=1):
        try:
            entry = json.loads(line)
            name = Path(entry["image"]).stem
            question = BroughtQuestion(str(entry["question"]), str(entry["answer"]), str(entry["type"]))
            split = entry.get("split")
        except (ValueError, KeyError, TypeError, AttributeError):
            images[f"{path.name} line {number}"] = _Image(None, broken="A line is no question with image and answer.")
            continue
        image = images.setdefault(name, _Image(split if split in SPLITS else None))
        image.questions.append(question)


def _add_release(
    images: dict[str, _Image], split: Split, entries: list[dict], questions: list[dict], answers: list[dict]
) -> None:
    """Add one part of the Zenodo release.

    Raises:
        BrokenRecord: An active entry lacks what it needs.
    """
    try:
        for entry in entries:
            if entry.get("active"):
                day = find_date([str(entry.get("original_name", ""))], {})
                images[str(entry["id"])] = _Image(split, str(day or ""))
        told = {entry["question_id"]: str(entry["answer"]) for entry in answers if entry.get("active")}
        for entry in questions:
            image = images.get(str(entry.get("img_id")))
            if entry.get("active") and image is not None and entry["id"] in told:
                image.questions.append(BroughtQuestion(entry["question"], told[entry["id"]], entry["type"]))
    except KeyError as error:
        raise BrokenRecord(f"An active entry of the part has no {error}.") from error


SOURCE = Source(
    name="rsvqa_lr",
    title="RSVQA-LR: questions about Sentinel-2 images of the Netherlands",
    licence="CC BY 4.0; answers from OpenStreetMap, ODbL 1.0; contains modified Copernicus Sentinel data",
    reference="Lobry et al. 2020, https://doi.org/10.1109/TGRS.2020.2988782; https://zenodo.org/records/6344334",
    layout="LR_split_<train|val|test>_<images|questions|answers>.json and Images_LR/<id>.tif; or qa.jsonl and "
    "images/<id>.tif",
    find=find,
    read=read,
)
