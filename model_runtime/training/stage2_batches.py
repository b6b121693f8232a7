"""What stage 2 learns from: places on one date or several, and questions about them; or questions alone.

Everything here is arrays in the processor's memory; `stage2` computes with them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from ..model.selection import coverage_grid
from ..model.vision import Tiles
from ..model.vocabulary import Vocabulary
from ..terra_cot.chance import seeded
from ..terra_cot.scenes import CLASSES
from .data import DATES, SceneCache, augment
from .feed import Batch
from .own_masks import OwnMasks
from .questions import (
    CAPTIONED,
    CLOUD,
    IGNORE,
    Date,
    Place,
    Sensors,
    Sequence,
    collate,
    draw_kind,
    encode_sample,
    text_sample,
)
from .recipe import WORKER_SEEDS, Recipe

# What a batch of images shows: one date, seen by one sensor or both, or several dates.
_SHOWN = {"optical": 30, "sar": 10, "both": 35, "dates": 25}
_HOW_MANY = {2: 45, 3: 20, 4: 13, 5: 7, 6: 5, 7: 5, 8: 5}
_RADAR_AT_SOME = 1 / 3
"""of the batches with several dates"""
_CONCAT = 0.15
"""of the questions about dates with both sensors"""


@dataclass(frozen=True)
class Layout:
    """What every scene of a batch shows, so that their prompts are of one length."""

    sensors: tuple[Sensors, ...]
    """of each date"""
    cut: Tiles
    """of each image; several tiles only where there is one image, as when the model is asked"""

    @property
    def images(self) -> int:
        """Of one scene."""
        return sum(1 + (sensors == "both") for sensors in self.sensors)


def draw_layout(rng: random.Random, tiled_share: float) -> Layout:
    """What the next batch shows; `tiled_share` of those with a single image have it cut as larger scenes are."""
    shown = rng.choices(list(_SHOWN), list(_SHOWN.values()))[0]
    whole = Tiles(1, 1)
    if shown == "dates":
        count = rng.choices(list(_HOW_MANY), list(_HOW_MANY.values()))[0]
        some = rng.random() < _RADAR_AT_SOME
        return Layout(tuple(rng.choice(("optical", "sar", "both")) if some else "optical" for _ in range(count)), whole)
    if shown == "both":
        return Layout(("both",), whole)
    cut = Tiles(*rng.choice([(2, 2), (2, 1), (1, 2), (3, 1), (1, 3)])) if rng.random() < tiled_share else whole
    return Layout((shown,), cut)


def draw_place(cache: SceneCache, layout: Layout, rng: random.Random) -> list[Date]:
    """A place of the cache on as many dates as the layout has.

    Dates beyond those of the cache are one of its own in another light, or another place, where all has changed.
    """
    place = DATES * rng.randrange(len(cache) // DATES)
    rows = [place + date for date in range(DATES)]
    while len(rows) < len(layout.sensors):
        rows.append(rng.choice([place, place + 1, rng.randrange(len(cache))]))
    rng.shuffle(rows)
    chips = augment([cache.chip(row) for row in rows[: len(layout.sensors)]], rng)
    return [Date(chip, sensors) for chip, sensors in zip(chips, layout.sensors, strict=True)]


@dataclass(frozen=True)
class TextBatch(Batch):
    """N sequences. Positions count through the rows of `ids` one after the other."""

    ids: Tensor
    """int (N, L), padded on the right"""
    learnt: Tensor
    """int (T,), positions whose next id is learnt"""
    targets: Tensor
    """int (T,), those ids"""
    marks: Tensor
    """int (K,), positions of [SEG]"""
    classes: Tensor
    """int (K,), code of the class that each must say"""

    @staticmethod
    def fields_of(ids: Tensor, labels: Tensor, sequences: list[Sequence]) -> dict[str, Tensor]:
        """Its fields, of sequences that `collate` has put together."""
        length = ids.shape[1]
        rows, columns = (labels[:, 1:] != IGNORE).nonzero(as_tuple=True)
        marks = [(row * length + mark.position, mark.label) for row, s in enumerate(sequences) for mark in s.marks]
        positions, classes = (torch.tensor(x) for x in zip(*marks, strict=True))
        targets = labels[rows, columns + 1]
        return {
            "ids": ids, "learnt": rows * length + columns, "targets": targets, "marks": positions, "classes": classes,
        }  # fmt: skip


@dataclass(frozen=True)
class PlaceBatch(TextBatch):
    """The same about S places of one layout, N / S sequences each, and I images of D dates.

    The bank is what the projector makes of all images, place by place: V visual tokens.
    """

    bands: Tensor
    """float32 (D, B, H, W), as of `Chip`"""
    date_of: Tensor
    """int (I,), the date that an image belongs to"""
    present: Tensor
    """bool (I, B)"""
    reflectance: Tensor
    """bool (I,)"""
    pixel_size_m: Tensor
    """float32 (I,)"""
    cut: Tiles
    """of each image"""
    cells: Tensor
    """float32 (V, classes), share of each class in the cell of a visual token"""
    prefix: Tensor
    """int (S, P), instruction and images"""
    context: Tensor
    """int (V,), positions in `prefix` of the visual tokens, counted through its rows"""
    injected: Tensor
    """int (R,), positions of <REGION>"""
    sources: Tensor
    """int (R,), the visual token of the bank that enters there; of two sensors the optical one"""
    words: Tensor
    """int (N, Q), ids of the question, padded on the right"""
    said: Tensor
    """bool (N, Q), which of them are no padding"""
    choices: Tensor
    """int (C,), rows of `ids` with a [SEG] at a date that both sensors see; a row comes once for each such date"""
    optical: Tensor
    """int (C, n), that date's optical tokens in the bank; those of SAR follow `per_image` later"""
    hidden: Tensor
    """float32 (C, n), share of their cells that clouds and shadows hide"""
    ground: Tensor
    """bool (C,), whether the ground is asked about, not the clouds"""
    chosen_by: Tensor
    """int (R,), the place in `choices` by which a token is chosen; -1 where one sensor looks or both tokens enter"""
    chosen_at: Tensor
    """int (R,), its place among the n tokens there"""

    @property
    def per_image(self) -> int:
        """Visual tokens of an image."""
        return len(self.cells) // len(self.date_of)


def batches(
    cache: SceneCache, vocabulary: Vocabulary, recipe: Recipe, side: int, share: Callable[[], float], seed: int,
    masks: OwnMasks | None, worker: int,
) -> Iterator[TextBatch]:  # fmt: skip
    """Endless batches, of places (`PlaceBatch`) or without images.

    Args:
        cache: generated places.
        vocabulary: the model's.
        recipe: batch, shares.
        side: visual tokens along one side of a tile.
        share: of the budget that is used.
        seed: of everything drawn.
        masks: draws those that choose tokens in a share of the places that grows with the budget used; None: the
            truth does in all.
        worker: draws what others do not.
    """
    rng = seeded(seed + WORKER_SEEDS * worker)
    while True:
        half = int(share() > 0.5)
        if rng.random() < recipe.text_share[half]:
            yield text_batch(vocabulary, recipe, rng)
        else:
            layout = draw_layout(rng, recipe.tiled_share[half])
            own = recipe.own_mask_share * share()
            yield place_batch(cache, vocabulary, recipe, side, layout, rng, masks, own)


def text_batch(vocabulary: Vocabulary, recipe: Recipe, rng: random.Random) -> TextBatch:
    """A batch without images."""
    # Half of them about one date; of several, as many questions as make about as many words.
    dates = 1 if rng.random() < 0.5 else rng.choices(list(_HOW_MANY), list(_HOW_MANY.values()))[0]
    count = max(1, recipe.text_questions // (1 if dates == 1 else dates))
    sequences = [text_sample(vocabulary, rng, dates) for _ in range(count)]
    ids, labels, _ = collate(sequences, [0] * count, [0], vocabulary.id_of("<|endoftext|>"))
    return TextBatch(**TextBatch.fields_of(ids, labels, sequences))


def place_batch(
    cache: SceneCache, vocabulary: Vocabulary, recipe: Recipe, side: int, layout: Layout, rng: random.Random,
    masks: OwnMasks | None = None, own_share: float = 0.0,
) -> PlaceBatch:  # fmt: skip
    """A few places of one layout, several questions each; in a share of them `masks` choose what enters."""
    count = min(recipe.stage2_scenes, max(1, recipe.stage2_images // (layout.images * layout.cut.count)))
    places: list[Place] = []
    prefixes: list[list[int]] = []
    sequences: list[Sequence] = []
    captioned = rng.random() < CAPTIONED
    for _ in range(count):
        dates = draw_place(cache, layout, rng)
        draw = masks.of(dates) if masks and rng.random() < own_share else None
        place = Place(dates, layout.cut, 10 ** rng.uniform(1.0, 5.2), side, draw)
        for _ in range(recipe.stage2_questions):
            prefix, sequence = _draw_question(vocabulary, place, recipe, captioned, rng)
            sequences.append(sequence)
        places.append(place)
        prefixes.append(prefix)
    owner = [number for number in range(count) for _ in range(recipe.stage2_questions)]
    per_place = layout.images * places[0].per_image
    offsets = [number * per_place for number in range(count)]
    ids, labels, sources = collate(sequences, owner, offsets, vocabulary.id_of("<|endoftext|>"))
    dates = [date for place in places for date in place.dates]
    images = [(number, image) for number, date in enumerate(dates) for image in date.images()]
    prefix_ids = torch.tensor(prefixes)
    injected = (sources >= 0).flatten().nonzero()[:, 0]
    words = [torch.tensor(sequence.question) for sequence in sequences]
    lengths = torch.tensor([len(question) for question in words])
    padded = pad_sequence(words, batch_first=True)
    return PlaceBatch(
        **TextBatch.fields_of(ids, labels, sequences),
        bands=torch.from_numpy(np.stack([date.chip.bands for date in dates])),
        date_of=torch.tensor([number for number, _ in images]),
        present=torch.from_numpy(np.stack([image.present for _, image in images])),
        reflectance=torch.tensor([image.reflectance for _, image in images]),
        pixel_size_m=torch.tensor([image.pixel_size_m for _, image in images], dtype=torch.float32),
        cut=layout.cut,
        cells=torch.cat([cell_shares(image.labels, layout.cut, side) for _, image in images]),
        prefix=prefix_ids,
        context=(prefix_ids == vocabulary.context_id).flatten().nonzero()[:, 0],
        injected=injected,
        sources=sources.flatten()[injected],
        words=padded,
        said=torch.arange(padded.shape[1]) < lengths[:, None],
        **_choices(places, sequences, owner, sources, offsets),
    )


def _draw_question(
    vocabulary: Vocabulary, place: Place, recipe: Recipe, captioned: bool, rng: random.Random
) -> tuple[list[int], Sequence]:
    sample = None
    while sample is None:
        measured = rng.random() >= recipe.plain_share
        sample = place.ask(draw_kind(len(place.dates), rng, captioned), rng, measured=measured)
    # Many dates have many regions; with all of their tokens one question would be as long as a batch.
    limit = rng.choice([8, 24, 128] if len(place.dates) < 4 else [8, 8, 24, 64])
    concat = any(date.sensors == "both" for date in place.dates) and rng.random() < _CONCAT
    return encode_sample(vocabulary, place, sample, limit, concat)


def _choices(
    places: list[Place], sequences: list[Sequence], owner: list[int], sources: Tensor, offsets: list[int]
) -> dict[str, Tensor]:
    """The fields of a batch that tell between which tokens there is a choice."""
    per_image, side = places[0].per_image, places[0].side
    rows, optical, hidden, ground = [], [], [], []
    chosen_by, chosen_at = torch.full_like(sources, -1), torch.zeros_like(sources)
    shares: dict[tuple[int, int], Tensor] = {}
    for row, sequence in enumerate(sequences):
        place = places[owner[row]]
        for date in sorted({mark.date for mark in sequence.marks}):
            if place.dates[date - 1].sensors != "both":
                continue
            key = (owner[row], date)
            if key not in shares:
                grid = coverage_grid(place.dates[date - 1].chip.hidden, side, side)
                shares[key] = torch.from_numpy(grid.ravel()).float()
            start = offsets[owner[row]] + place.starts[date - 1]
            if not sequence.concat:
                inside = (sources[row] >= start) & (sources[row] < start + per_image)
                chosen_by[row, inside], chosen_at[row, inside] = len(rows), sources[row, inside] - start
            rows.append(row)
            optical.append(torch.arange(start, start + per_image))
            hidden.append(shares[key])
            ground.append(any(mark.label != CLOUD for mark in sequence.marks if mark.date == date))
    injected = sources >= 0
    return {
        "choices": torch.tensor(rows, dtype=torch.int64),
        "optical": torch.stack(optical) if rows else torch.zeros(0, per_image, dtype=torch.int64),
        "hidden": torch.stack(hidden) if rows else torch.zeros(0, per_image),
        "ground": torch.tensor(ground, dtype=torch.bool),
        "chosen_by": chosen_by[injected],
        "chosen_at": chosen_at[injected],
    }


def cell_shares(labels: np.ndarray, cut: Tiles, side: int) -> Tensor:
    """Share of each class in the cell of every visual token, tile by tile, thumbnail last: float32 (tokens, classes).

    Args:
        labels: uint8 (H, W), codes.
        cut: of the image.
        side: tokens along one side of a tile.
    """
    # Sums down, then across, of all classes at once: each cell adds up the pixels it covers, or the parts of them.
    inside = torch.from_numpy(labels == np.arange(1, len(CLASSES) + 1, dtype=np.uint8)[:, None, None]).float()
    height, width = labels.shape
    grids = _weights(height, cut.rows * side) @ inside @ _weights(width, cut.cols * side).T
    count = len(CLASSES)
    tiled = grids.reshape(count, cut.rows, side, cut.cols, side).permute(1, 3, 2, 4, 0).reshape(-1, count)
    if cut.count == 1:
        return tiled
    small = _weights(height, side) @ inside @ _weights(width, side).T
    return torch.cat([tiled, small.permute(1, 2, 0).reshape(-1, count)])


@lru_cache(maxsize=64)
def _weights(pixels: int, cells: int) -> Tensor:
    """(cells, pixels), how much of its mean a cell takes from each pixel."""
    edges = torch.linspace(0, pixels, cells + 1, dtype=torch.float64)
    first = torch.arange(pixels, dtype=torch.float64)
    overlap = torch.minimum(edges[1:, None], first + 1) - torch.maximum(edges[:-1, None], first)
    return (overlap.clamp_min(0) * cells / pixels).float()
