"""What is said about some images, as the model is trained on it: a question, and a trace with a mask at each [SEG].

Made from samples of a dataset (`terra_cot.export`): the sample itself for stage 2, and for stage 1 one of its regions
as a referring segmentation pair (paper, appendix E.1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from ..errors import RequestError
from ..model.marks import MEASURE_MARKS, SEG_MARK
from ..model.profile import ReasoningProfile
from ..model.prompt import user_turn
from ..model.vision import ModelImage
from ..scene.values import brightness
from ..terra_cot.chance import seeded
from ..terra_cot.entries import DatedImage, Example, decode
from ..terra_cot.model_images import date_image
from ..terra_cot.pictures import optical_picture, sar_picture
from ..terra_cot.radar import SAR_BANDS
from ..terra_cot.records import Record
from ..terra_cot.samples import Composed
from ..terra_cot.traces import Measured, Seg

_MARKS = re.compile(f"({re.escape(SEG_MARK)}|{re.escape(MEASURE_MARKS[0])}.*?{re.escape(MEASURE_MARKS[1])})", re.DOTALL)


@dataclass(frozen=True)
class Mark:
    """A [SEG]: the mask that it shall give."""

    phrase: str
    """what the text calls the region"""
    image: int
    """0-based date whose mask it is"""
    mask: np.ndarray
    """bool (H, W) on the grid of that image; empty where the region is not there"""


Piece = str | Mark | Measured
"""text that is learnt, a [SEG], and text that is only read"""


@dataclass(frozen=True)
class Conversation:
    """One question and what is to be answered.

    Attributes:
        name: for messages and for what is drawn at random.
        images: one per date.
        turn: the question with what stands around it, as `prompt.user_turn` gives it.
        pieces: the answer.
    """

    name: str
    images: tuple[ModelImage, ...]
    turn: tuple[str, ...]
    pieces: tuple[Piece, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Every [SEG], in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Mark))


def instruction_conversation(example: Example, profile: ReasoningProfile) -> Conversation:
    """A Terra-CoT sample, for stage 2.

    Args:
        example: read with its images.
        profile: whose instruction stands before the question.

    Raises:
        RequestError: the sample has not as many masks as [SEG]s, or a mask of an image that it does not show.
    """
    entry = example.entry
    marks = [
        Mark(phrase, image - 1, decode(mask))
        for phrase, image, mask in zip(entry.phrases, entry.mask_images, entry.masks, strict=False)
    ]
    pieces = pieces_of(entry.text, marks)
    if pieces is None or any(not 0 <= mark.image < len(example.images) for mark in marks):
        raise RequestError(f"The masks of sample {entry.id} do not belong to its [SEG]s: build the dataset again.")
    images = tuple(model_image(image, entry.place.pixel_size_m) for image in example.images)
    return Conversation(entry.id, images, tuple(user_turn(entry.question, len(images), profile)), pieces)


def composed_conversation(name: str, record: Record, composed: Composed, profile: ReasoningProfile) -> Conversation:
    """What was just composed about a labelled place, without a dataset between.

    Args:
        name: of the conversation.
        record: the place.
        composed: question, trace and masks.
        profile: whose instruction stands before the question.
    """
    images = tuple(date_image(record.dates[date], sensors) for date, sensors in composed.shown)
    masks = iter(composed.masks)
    pieces = tuple(
        Mark(piece.region.phrase, piece.region.image - 1, next(masks)) if isinstance(piece, Seg) else piece
        for piece in composed.sample.trace
    )
    return Conversation(name, images, tuple(user_turn(composed.sample.question, len(images), profile)), pieces)


def referring_conversation(example: Example, seed: int | str) -> Conversation:
    """One region of a sample as "Please segment the [class name]", for stage 1.

    The answer names the region as reasoning does, so that [SEG] is met in the words it will stand behind.

    Args:
        example: read with its images; has at least one mask.
        seed: of the choice of the region.
    """
    entry = example.entry
    which = seeded(f"{seed} {entry.id}").randrange(len(entry.masks))
    phrase, image = entry.phrases[which], example.images[entry.mask_images[which] - 1]
    pieces = (f"I mark the {phrase} ", Mark(phrase, 0, decode(entry.masks[which])), ".")
    turn = ("<image>\n", f"Please segment the {phrase}.")
    return Conversation(entry.id, (model_image(image, entry.place.pixel_size_m),), turn, pieces)


def pieces_of(text: str, marks: list[Mark]) -> tuple[Piece, ...] | None:
    """A trace's text in pieces, the k-th mark at the k-th [SEG]; None where there are not as many of both.

    >>> pieces_of("<think>no region</think>", [])
    ('<think>no region</think>',)
    """
    opening, closing = MEASURE_MARKS
    parts = [part for part in _MARKS.split(text) if part]
    if parts.count(SEG_MARK) != len(marks):
        return None
    left = iter(marks)
    pieces: list[Piece] = []
    for part in parts:
        if part == SEG_MARK:
            pieces.append(next(left))
        elif part.startswith(opening) and part.endswith(closing):
            pieces.append(Measured(part.removeprefix(opening).removesuffix(closing)))
        else:
            pieces.append(part)
    return tuple(pieces)


def model_image(image: DatedImage, pixel_size_m: float) -> ModelImage:
    """One date of a sample as the model takes it, an optical or a radar image, or both."""
    radar = None
    if image.sar is not None:
        values = brightness(image.sar).astype(np.float32)
        radar = ModelImage(sar_picture(image.sar), values, SAR_BANDS, False, pixel_size_m)
        if image.optical is None:
            return radar
    picture = optical_picture(image.optical, image.bands, image.reflectance)
    return ModelImage(picture, image.optical, image.bands, image.reflectance, pixel_size_m, radar)


def without_bands(talk: Conversation, seed: int | str) -> Conversation:
    """Band dropout for multispectral models: the optical images as a sensor with fewer bands would show them.

    In four of ten conversations, every date alike: colours alone, colours and near infrared, one band less, or
    colours as an 8-bit picture. Radar images stay as they are.

    Args:
        talk: as the dataset has it.
        seed: of the choice, together with the name.
    """
    rng = seeded(f"{seed} bands {talk.name}")
    if rng.random() >= _DROPPED:
        return talk
    way, one = rng.choice(("rgb", "rgb+nir", "one less", "8 bits")), rng.random()
    return replace(talk, images=tuple(_thinned(image, way, one) for image in talk.images))


_DROPPED = 0.4
_COLOURS = ("red", "green", "blue")


def _thinned(image: ModelImage, way: str, one: float) -> ModelImage:
    """An image with fewer bands; as it is where it is radar, or has no more than colours."""
    if not set(_COLOURS) < set(image.roles):
        return image
    if way == "8 bits":
        values = image.rgb.transpose(2, 0, 1).astype(np.float32) / 255
        return replace(image, bands=values, roles=_COLOURS, reflectance=False)
    beyond = [role for role in image.roles if role not in _COLOURS]
    left = {"rgb": [], "rgb+nir": [role for role in beyond if role == "nir"]}.get(way)
    if left is None:
        left = [role for role in beyond if role != beyond[int(one * len(beyond))]]
    kept = [number for number, role in enumerate(image.roles) if role in _COLOURS or role in left]
    return replace(image, bands=image.bands[kept], roles=tuple(image.roles[number] for number in kept))
