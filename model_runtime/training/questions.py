"""Questions and traces as the language model is trained on them: which ids, which are learnt, whose tokens enter.

The truth chooses the visual tokens that enter after each [SEG], as the paper trains; or, for some places, masks that
the model draws (`own_masks`). Words and measures are those of the truth either way.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from ..model.profile import ReasoningProfile
from ..model.prompt import prompt_ids, user_turn
from ..model.selection import coverage_grid, token_indices
from ..model.vision import Tiles
from ..model.vocabulary import Vocabulary
from ..terra_cot.captions import caption, largest
from ..terra_cot.facts import Facts, Sensors, View
from ..terra_cot.imagined import Imagined
from ..terra_cot.samples import KINDS, choose, compose, needed
from ..terra_cot.scenes import CLASSES, LabelledScene
from ..terra_cot.traces import Measured, Region, Sample, Seg
from ..terra_cot.vocabulary import LAND_COVER, LAND_COVER_CLASSES
from .data import Chip

IGNORE = -100
CLOUD = CLASSES.index("cloud") + 1
CAPTION = "caption"
# Kinds of questions and how often each is asked: about one date, and about several. A place that has nothing for a kind
# is asked another one. Each table begins with what nano learnt first, which keeps three fifths of the weight.
MIX = {
    "presence": 10, "coverage": 12, "area": 14, "area_coverage": 6, "larger": 20, "distance": 12, "border": 10,
    "area_distance": 12,
    "count": 5, "location": 5, "area_m2": 2,
    "difference": 3, "difference_area": 3, "rank": 4, "which_borders": 3, "nearer": 3, "direction": 3,
    "north_of": 1, "south_of": 1, "east_of": 1, "west_of": 1,
    "within": 2, "within_share": 2, "enclosed": 2, "edge_share": 2,
    "farming": 2, "flood_exposure": 2, "fragmentation": 2, "green_space": 2, "urban_fabric": 2, "forest_land": 1,
    "buffer_strip": 2, "canopy": 2, "landscape": 3,
    CAPTION: 5,
}  # fmt: skip
MIX_OVER_TIME = {
    "change": 14, "grown": 10, "lost": 6, "gained": 4, "grew": 8, "series": 9, "series_coverage": 4, "most": 6,
    "least": 4, "presence": 4, "coverage": 6, "area": 10, "area_coverage": 3, "larger": 8, "distance": 4, "border": 3,
    "area_distance": 5,
    "deforestation": 10, "urban_growth": 10, "flooding": 10,
    "count": 4, "location": 4, "area_m2": 1,
    "change_by": 3, "mean": 2, "mean_coverage": 1,
    "difference": 2, "difference_area": 1, "rank": 3, "which_borders": 2, "nearer": 2, "direction": 3,
    "north_of": 1, "south_of": 1, "east_of": 1, "west_of": 1,
    "within": 2, "within_share": 1, "enclosed": 1, "edge_share": 1,
    "farming": 1, "landscape": 2,
    CAPTION: 8,
}  # fmt: skip
Draw = Callable[[str, int], np.ndarray]
"""the mask of a phrase at a 1-based date"""
CAPTIONED = 0.3
"""of the batches with images have captions, and the more of them: one that is long makes all others be padded"""
_CAPTION_TOKENS = 16
"""that enter at most after each [SEG] of a caption, which has up to six"""


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


def draw_kind(dates: int, rng: random.Random, captioned: bool) -> str:
    """A kind of question about so many dates, for a batch with captions or one without."""
    mix = MIX if dates == 1 else MIX_OVER_TIME
    weights = {**mix, CAPTION: mix[CAPTION] / CAPTIONED if captioned else 0}
    return rng.choices(list(weights), list(weights.values()))[0]


class Place:
    """A place as the model is shown it: what is true of it, and where its visual tokens lie.

    Args:
        dates: what is shown.
        cut: of every image; one tile where there are several images.
        total_ha: area of the place.
        side: visual tokens along one side of a tile.
        draw: the mask, bool (H, W), of a phrase at a 1-based date, under which tokens enter; None: the truth.
    """

    def __init__(self, dates: list[Date], cut: Tiles, total_ha: float, side: int, draw: Draw | None = None) -> None:
        self.dates, self.cut, self.side = dates, cut, side
        pixel_size_m = (total_ha * 1e4 / dates[0].chip.labels.size) ** 0.5
        self.facts = Facts([date.view(pixel_size_m) for date in dates], LAND_COVER_CLASSES, known_pct=0)
        self.per_image = cut.count * side * side
        """visual tokens of an image"""
        self.images = [1 + (date.sensors == "both") for date in dates]
        """of each date"""
        self.starts = [self.per_image * sum(self.images[:date]) for date in range(len(dates))]
        """where each date begins in the place's visual tokens"""
        self._mask = draw or self.facts.mask
        self._cells: dict[tuple[str, int], np.ndarray] = {}

    def tokens_of(self, region: Region, limit: int, concat: bool) -> list[int]:
        """Visual tokens that enter for a region; where there are two sensors, with `concat`, those of both."""
        key = (region.phrase, region.image)
        if key not in self._cells:
            mask = self._mask(*key)
            self._cells[key] = coverage_grid(mask, self.cut.rows * self.side, self.cut.cols * self.side) > 0.5
        start = self.starts[region.image - 1]
        tokens = (token_indices(self._cells[key], self.side, limit) + start).tolist()
        both = concat and self.dates[region.image - 1].sensors == "both"
        return tokens + [token + self.per_image for token in tokens] if both else tokens

    def ask(self, kind: str, rng: random.Random, *, measured: bool) -> Sample | None:
        """A question of a kind; None where the place has nothing for it."""
        if kind == CAPTION:
            there = largest(self.facts, [1, len(self.dates)])
            return caption(self.facts, rng, measured=measured) if there else None
        regions = choose(kind, self.facts, rng, measured)
        if regions is None:
            return None
        radar = [date.sensors for date in self.dates] == ["sar"]
        return compose(kind, regions, self.facts, rng, measured=measured, dates=len(self.dates), radar=radar)


def encode_sample(
    vocabulary: Vocabulary, place: Place, sample: Sample, limit: int, concat: bool = False
) -> tuple[list[int], Sequence]:
    """A question about a place as the language model is trained on it.

    Args:
        vocabulary: the model's.
        place: what is shown.
        sample: what is asked.
        limit: most visual tokens that enter after a [SEG], of each sensor.
        concat: whether the tokens of both sensors enter where there are two.

    Returns:
        Ids of the instruction and the images, the same for every question about them; and what follows them.
    """
    limit = min(limit, _CAPTION_TOKENS) if sample.kind == CAPTION else limit
    profile = ReasoningProfile.named("paper", measured=sample.measured)
    counts = [[place.per_image] * images for images in place.images]
    whole = prompt_ids(vocabulary, user_turn(sample.question, len(place.dates), profile), counts)
    end = len(whole) - whole[::-1].index(vocabulary.context_id)

    def tokens_of(region: Region) -> list[int]:
        return place.tokens_of(region, limit, concat)

    return whole[:end], sequence_of(vocabulary, whole[end:], sample, tokens_of, concat)


def text_sample(vocabulary: Vocabulary, rng: random.Random, dates: int = 1) -> Sequence:
    """A question and its trace without images: reading and copying are learnt here.

    Such sequences are a quarter as long, and it takes many to learn to find the right figure in the context.
    """
    sample = imagined_sample(rng, dates, lambda count: rng.sample(LAND_COVER, count))
    shown = "\n".join(f"Image: {t + 1} <img></img>" for t in range(dates)) + "\n" if dates > 1 else ""
    ids = vocabulary.encode(f"<|im_start|>user\n{shown}") + vocabulary.encode_plain(sample.question)
    ids += vocabulary.encode("<|im_end|>\n<|im_start|>assistant\n")
    return sequence_of(vocabulary, ids, sample, lambda region: [])


def imagined_sample(rng: random.Random, dates: int, draw_phrases: Callable[[int], SequenceOf[str]]) -> Sample:
    """A question and its trace with figures from nowhere.

    Args:
        rng: source of all variation.
        dates: how many there are.
        draw_phrases: so many different classes, for kinds of questions that can be put about any.
    """
    kind = draw_kind(dates, rng, captioned=False)  # captions tell what lies where, which nobody can copy
    rule = KINDS[kind]
    phrases = rule.phrases or draw_phrases(rule.classes)
    total_ha = 10 ** rng.uniform(1.0, 5.2)
    regions: list[Region] = []
    for which, date in needed(kind, dates, rng):
        empty = rng.random() < 0.1 and not (rule.present or rule.distinct)
        share = 0.0 if empty else 100 * rng.random() ** 3
        if which < len(regions) and date > 1 and rule.over_time and regions[-1].phrase == phrases[which]:
            # From one date to the next most things change little, or not at all.
            dice, before = rng.random(), regions[-1].coverage_pct
            share = before if dice < 0.12 else min(100.0, before * rng.uniform(0.6, 1.5)) if dice < 0.6 else share
        regions.append(Region(phrases[which], date, share, total_ha * share / 100))
    return compose(kind, regions, Imagined(rng), rng, measured=True, dates=dates)


def sequence_of(
    vocabulary: Vocabulary, ids: list[int], sample: Sample, tokens_of: Callable[[Region], list[int]],
    concat: bool = False, phrases: SequenceOf[str] = LAND_COVER,
) -> Sequence:  # fmt: skip
    """A question's ids followed by its trace.

    Args:
        vocabulary: the model's.
        ids: of the question with all that stands before the trace.
        sample: the trace.
        tokens_of: the visual tokens that a region injects.
        concat: see `Sequence`.
        phrases: of all classes; a mark's label counts them from 1.
    """
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
            marks.append(Mark(len(ids) - 1, phrases.index(piece.region.phrase) + 1, piece.region.image))
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
