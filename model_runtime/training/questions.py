"""Questions and traces as the language model is trained on them: which ids, which are learnt, whose tokens enter.

Masks are teacher-forced: the truth chooses the visual tokens that enter after each [SEG], as the paper trains.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from ..model.profile import ReasoningProfile
from ..model.prompt import prompt_ids, user_turn
from ..model.selection import coverage_grid, token_indices
from ..model.vision import Tiles
from ..model.vocabulary import Vocabulary
from ..terra_cot.facts import Facts, Sensors, View
from ..terra_cot.imagined import Imagined
from ..terra_cot.samples import KINDS, choose, compose, needed
from ..terra_cot.scenes import CLASSES, LabelledScene
from ..terra_cot.traces import Measured, Region, Sample, Seg
from ..terra_cot.vocabulary import LAND_COVER, LAND_COVER_CLASSES
from .data import Chip

IGNORE = -100
CLOUD = CLASSES.index("cloud") + 1
# Kinds of questions and how often each is asked: about one date, and about several.
MIX = {
    "presence": 10, "coverage": 12, "area": 14, "area_coverage": 6, "larger": 20, "distance": 12, "border": 10,
    "area_distance": 12,
}  # fmt: skip
MIX_OVER_TIME = {
    "change": 14, "grown": 10, "lost": 6, "gained": 4, "grew": 8, "series": 9, "series_coverage": 4, "most": 6,
    "least": 4, "presence": 4, "coverage": 6, "area": 10, "area_coverage": 3, "larger": 8, "distance": 4, "border": 3,
    "area_distance": 5,
}  # fmt: skip


@dataclass(frozen=True)
class Date:
    """One date of a place as the model is shown it."""

    chip: Chip
    sensors: Sensors

    def images(self) -> list[Chip]:
        """What the model is shown, the optical image before the radar image."""
        views = {"optical": [self.chip.optical], "sar": [self.chip.radar], "both": [self.chip.optical, self.chip.radar]}
        return [view() for view in views[self.sensors]]

    def view(self, pixel_size_m: float) -> View:
        """What is there, as far as these sensors can know it."""
        chip = self.chip
        scene = LabelledScene(
            chip.bands, chip.labels, pixel_size_m, tuple(chip.present), chip.reflectance, chip.allowed, "",
            surface=chip.surface,
        )  # fmt: skip
        return View(scene, self.sensors, LAND_COVER_CLASSES)


@dataclass(frozen=True)
class Mark:
    """A [SEG] of a sequence."""

    position: int
    label: int
    """code of the class it must say"""
    date: int
    """1-based"""


@dataclass(frozen=True)
class Sequence:
    """One question as the language model is trained on it: what follows the instruction and the images."""

    question: list[int]
    """the user's words, whose relevance decides between sensors (Eq. 4)"""
    ids: list[int]
    labels: list[int]
    """id to predict at this position (already in place, not shifted), IGNORE where nothing is learnt"""
    sources: list[int]
    """index into the scene's visual tokens for <REGION> positions, -1 elsewhere"""
    marks: list[Mark]
    concat: bool = False
    """whether both sensors' tokens enter; otherwise one of them is still to be chosen where there are two"""


def kinds(dates: int, count: int, rng: random.Random) -> list[str]:
    """Kinds of questions about so many dates."""
    mix = MIX if dates == 1 else MIX_OVER_TIME
    return rng.choices(list(mix), list(mix.values()), k=count)


def first_tokens(dates: list[Date], cut: Tiles, side: int) -> list[int]:
    """Where each date begins in the scene's visual tokens."""
    counts = np.cumsum([0] + [len(date.images()) * cut.count * side * side for date in dates])
    return counts[:-1].tolist()


def encode_sample(
    vocabulary: Vocabulary, dates: list[Date], cut: Tiles, kind: str, rng: random.Random, *, measured: bool,
    total_ha: float, side: int, limit: int, concat: bool = False,
) -> tuple[list[int], Sequence]:  # fmt: skip
    """Ask one question of a place.

    Args:
        vocabulary: the model's.
        dates: what the model is shown.
        cut: of every image; one tile where there are several images.
        kind: of the question.
        rng: source of all variation.
        measured: whether exact measures stand behind each [SEG].
        total_ha: area of the place.
        side: visual tokens along one side of a tile.
        limit: most visual tokens that enter after a [SEG], of each sensor.
        concat: whether the tokens of both sensors enter where there are two.

    Returns:
        Ids of the instruction and the images, the same for every question about them; and what follows them.
    """
    pixel_size_m = (total_ha * 1e4 / dates[0].chip.labels.size) ** 0.5
    facts = Facts([date.view(pixel_size_m) for date in dates], LAND_COVER_CLASSES, known_pct=0)
    regions = choose(kind, facts, rng, measured)
    radar = len(dates) == 1 and dates[0].sensors == "sar"
    sample = compose(kind, regions, facts, rng, measured=measured, dates=len(dates), radar=radar)
    starts = first_tokens(dates, cut, side)
    per_image = cut.count * side * side

    def tokens_of(region: Region) -> list[int]:
        date = dates[region.image - 1]
        grid = coverage_grid(facts.mask(region.phrase, region.image), cut.rows * side, cut.cols * side)
        tokens = (token_indices(grid > 0.5, side, limit) + starts[region.image - 1]).tolist()
        return tokens + [token + per_image for token in tokens] if concat and date.sensors == "both" else tokens

    profile = ReasoningProfile.named("paper", measured=measured)
    counts = [[per_image] * len(date.images()) for date in dates]
    whole = prompt_ids(vocabulary, user_turn(sample.question, len(dates), profile), counts)
    end = len(whole) - whole[::-1].index(vocabulary.context_id)
    return whole[:end], _sequence(vocabulary, whole[end:], sample, tokens_of, concat)


def text_sample(vocabulary: Vocabulary, rng: random.Random, dates: int = 1) -> Sequence:
    """A question and its trace without images, with figures from nowhere: reading and copying are learnt here.

    Such sequences are a quarter as long, and it takes many to learn to find the right figure in the context.
    """
    kind = kinds(dates, 1, rng)[0]
    rule = KINDS[kind]
    phrases = rule.phrases or rng.sample(LAND_COVER, rule.classes)
    total_ha = 10 ** rng.uniform(1.0, 5.2)
    regions: list[Region] = []
    for which, date in needed(kind, dates, rng):
        share = 0.0 if rng.random() < 0.1 else 100 * rng.random() ** 3
        if which < len(regions) and date > 1 and rule.over_time and regions[-1].phrase == phrases[which]:
            # From one date to the next most things change little, or not at all.
            dice, before = rng.random(), regions[-1].coverage_pct
            share = before if dice < 0.12 else min(100.0, before * rng.uniform(0.6, 1.5)) if dice < 0.6 else share
        regions.append(Region(phrases[which], date, share, total_ha * share / 100))
    sample = compose(kind, regions, Imagined(rng), rng, measured=True, dates=dates)
    shown = "\n".join(f"Image: {t + 1} <img></img>" for t in range(dates)) + "\n" if dates > 1 else ""
    ids = vocabulary.encode(f"<|im_start|>user\n{shown}") + vocabulary.encode_plain(sample.question)
    ids += vocabulary.encode("<|im_end|>\n<|im_start|>assistant\n")
    return _sequence(vocabulary, ids, sample, lambda region: [])


def _sequence(
    vocabulary: Vocabulary, ids: list[int], sample: Sample, tokens_of: Callable[[Region], list[int]],
    concat: bool = False,
) -> Sequence:  # fmt: skip
    """A question's ids followed by its trace; `tokens_of` gives the visual tokens a region injects."""
    labels = [IGNORE] * len(ids)
    sources = [-1] * len(ids)
    marks: list[Mark] = []

    def add(new: list[int], learn: bool, where: list[int] | None = None) -> None:
        ids.extend(new)
        labels.extend(new if learn else [IGNORE] * len(new))
        sources.extend(where or [-1] * len(new))

    opening, closing = vocabulary.measure_ids
    for piece in sample.trace:
        if isinstance(piece, str):
            add(vocabulary.encode(piece), True)
        elif isinstance(piece, Measured):
            add([opening, *vocabulary.encode(piece.text), closing], False)
        elif isinstance(piece, Seg):
            add([vocabulary.seg_id], True)
            marks.append(Mark(len(ids) - 1, LAND_COVER.index(piece.region.phrase) + 1, piece.region.image))
            chosen = tokens_of(piece.region)
            add([vocabulary.region_id] * len(chosen), False, chosen)
    add([vocabulary.id_of("<|im_end|>")], True)
    return Sequence(vocabulary.encode_plain(sample.question), ids, labels, sources, marks, concat)


def collate(
    sequences: list[Sequence], owner: list[int], bank_offsets: list[int], pad: int
) -> tuple[Tensor, Tensor, Tensor]:
    """Pad on the right; visual sources become indices into the batch's bank, each sample into its own images'.

    Returns:
        ids (N, L), labels (N, L), sources (N, L).
    """
    length = max(len(s.ids) for s in sequences)
    ids = torch.full((len(sequences), length), pad)
    labels = torch.full((len(sequences), length), IGNORE)
    sources = torch.full((len(sequences), length), -1)
    for row, s in enumerate(sequences):
        n = len(s.ids)
        ids[row, :n], labels[row, :n] = torch.tensor(s.ids), torch.tensor(s.labels)
        own = torch.tensor(s.sources)
        sources[row, :n] = torch.where(own >= 0, own + bank_offsets[owner[row]], own)
    return ids, labels, sources
