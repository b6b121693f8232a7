"""Land-cover masks of an item's images by what needs no model of language: index thresholds, or a random forest."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ..errors import ModelError, SceneError, TerraScopeError
from ..scene.scene import open_scene
from ..scene.values import DB_RANGE
from ..terra_cot import generated
from ..terra_cot.dates import generate_dates
from ..terra_cot.records import split_of
from ..terra_cot.scenes import CLASSES, LabelledScene
from ..terra_cot.sources import resolve
from ..terra_cot.vocabulary import LAND_COVER, LAND_COVER_CLASSES
from ..training.bars import Masks
from ..training.baselines import index_rules
from ..training.forest import random_forest
from ..training.places import Place
from .build import BUILD_FILE
from .items import ITEMS_FILE, Item, read_items
from .places import of_source

PLACES = 40
"""Training places that a forest is taught on."""
_FIRST_SEED = 1
_SEED = 1
"""Of the order of labelled places."""


@dataclass(frozen=True)
class Shot:
    """One date of an item.

    Attributes:
        scene: What its sensors saw; its labels are not known.
        valid: Where all of them have data, bool (H, W).
        source: Of the item.
    """

    scene: LabelledScene
    valid: np.ndarray
    source: str


Draw = Callable[[Shot], Mapping[str, np.ndarray]]
"""One date -> masks, bool (H, W), of the land-cover classes by their phrases."""


def seen(item: Item, images: Sequence[Path], number: int) -> Shot:
    """Open the images of one date.

    Args:
        item: whose images.
        images: their files, in the order of `item.images`.
        number: of the date, from 1.

    Raises:
        SceneError: a file cannot be used.
    """
    files = {image.kind: path for image, path in zip(item.images, images, strict=True) if image.image == number}
    shape = item.grid.height, item.grid.width
    bands, names, reflectance, radar = np.zeros((0, *shape), np.float32), (), False, None
    valid = np.ones(shape, bool)
    if "optical" in files:
        optical = open_scene(files["optical"])
        bands, names, reflectance = optical.bands, optical.roles, optical.reflectance
        valid &= optical.valid
    if "sar" in files:
        found = open_scene(files["sar"], sar=True)
        if found.roles != ("vv", "vh"):
            raise SceneError("The radar image has other polarisations than VV and VH.")
        low, high = DB_RANGE
        radar = found.bands * np.float32(high - low) + np.float32(low)
        valid &= found.valid
    scene = LabelledScene(
        bands, np.zeros(shape, np.uint8), max(item.grid.pixel_size_m), (True,) * len(names), reflectance,
        valid.astype(np.uint16), item.place, names, sar=radar,
    )  # fmt: skip
    return Shot(scene, valid, item.source)


def by_indices(shot: Shot) -> Mapping[str, np.ndarray]:
    """By the rules of `training.baselines.index_rules`; radar is not looked at.

    Raises:
        SceneError: there is no optical image.
    """
    if not shot.scene.names:
        raise SceneError("Spectral indices need an optical image, and this item shows radar alone.")
    return _by_phrase(index_rules(Place(shot.scene, shot.scene.place)))


def _by_phrase(masks: Masks) -> Mapping[str, np.ndarray]:
    return {phrase: masks[name] for name, phrase in zip(CLASSES, LAND_COVER, strict=True)}


class Forests:
    """Random forests, each taught when it is first needed and kept: one for each source and set of bands.

    Args:
        items: file or folder of the items; beside them `build.json` says where their sources lie.

    Attributes:
        taught_s: Seconds that teaching has taken so far.
    """

    def __init__(self, items: Path) -> None:
        self._folder = items.expanduser() if items.is_dir() else items.expanduser().parent
        self._scenes: dict[str, list[LabelledScene]] = {}
        self._taught: dict[tuple, Callable[[Place], Masks]] = {}
        self.taught_s = 0.0

    def __call__(self, shot: Shot) -> Mapping[str, np.ndarray]:
        """Masks of one date.

        Raises:
            ModelError: scikit-learn is missing, or the places to learn from.
        """
        scene = shot.scene
        key = shot.source, scene.names, scene.sar is not None
        if key not in self._taught:
            begin = time.perf_counter()
            if shot.source not in self._scenes:
                self._scenes[shot.source] = list(training_scenes(shot.source, self._folder))
            self._taught[key] = random_forest(_through(self._scenes[shot.source], scene.names, scene.sar is not None))
            self.taught_s += time.perf_counter() - begin
        return _by_phrase(self._taught[key](Place(scene, scene.place)))


def training_scenes(source: str, folder: Path) -> Iterator[LabelledScene]:
    """Labelled scenes of places of the training split that no item asks about.

    Args:
        source: of the items.
        folder: of the items.

    Raises:
        ModelError: the source is not where it was when the items were made, or does not label land cover.
    """
    if source == generated.NAME:
        seeds = (seed for seed in itertools.count(_FIRST_SEED) if split_of(generated.item_of(seed)) == "train")
        for seed in itertools.islice(seeds, PLACES):
            yield generate_dates(generated.SIZE_PX, seed)[0]
        return
    try:
        specs = json.loads((folder / BUILD_FILE).read_text("utf-8"))["options"]["sources"]
        resolved = [resolve(spec) for spec in specs if spec != generated.NAME]
        folders = [where for found, where in resolved if found.name == source]
        if not folders:
            raise LookupError(source)
        asked = {item.place for item in read_items(folder / ITEMS_FILE)}  # of `bench build --split all`
        known = (site for where in folders for site in of_source(source, where, "train", _SEED, []))
        sites = list(itertools.islice((site for site in known if site.place not in asked), PLACES))
    except (OSError, ValueError, LookupError, TypeError, TerraScopeError) as error:
        raise ModelError(
            f"The forest learns from the training places of {source}, and {BUILD_FILE} beside the items names no "
            "folder that holds them: put the source back where it was."
        ) from error
    if not sites or not all(site.classes.items() <= LAND_COVER_CLASSES.items() for site in sites):
        raise ModelError(f"The forest learns land cover, and {source} has no other training place with labels of it.")
    for site in sites:
        yield site.dates(False)[0]


def _through(scenes: Iterable[LabelledScene], names: tuple[str, ...], radar: bool) -> Iterator[LabelledScene]:
    """Scenes as some sensors see them: with no other band than these, and what radar sees through clouds as labels."""
    for scene in scenes:
        kept = [number for number, name in enumerate(scene.names) if name in names and scene.present[number]]
        yield replace(
            scene,
            bands=scene.bands[kept],
            names=tuple(scene.names[number] for number in kept),
            present=(True,) * len(kept),
            sar=scene.sar if radar else None,
            labels=scene.surface if radar and scene.surface is not None else scene.labels,
        )
