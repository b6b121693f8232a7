"""`data view`: some samples of a dataset on one sheet, to see whether their texts say what their pixels show.

A card has the images of a sample, each as it is and with its masks, and beside them the question, the trace with each
[SEG] in the colour of its mask, and the answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from ..errors import RequestError
from ..evidence.colours import RGB, step_colours
from ..evidence.drawing import FAINT, FILL, INK, PAPER, RULE, Font, fill, fitted, outline, resized, typeface
from ..evidence.files import replacing
from ..model.marks import MEASURE_MARKS, SEG_MARK
from .chance import seeded
from .entries import DatedImage, Example
from .export import read_samples
from .pictures import optical_picture, sar_picture
from .records import Split

MOST_SAMPLES = 200
_COLUMNS = 2
_IMAGES_PX = 560
_TEXT_PX = 680
_GAP_PX = 6
_MARGIN_PX = 24
_CARD_PX = _IMAGES_PX + _MARGIN_PX + _TEXT_PX
_LINE_PX = 24
_CAPTION_PX = 18
_MARK_PATTERN = re.compile(
    f"({re.escape(SEG_MARK)}|{re.escape(MEASURE_MARKS[0])}.*?{re.escape(MEASURE_MARKS[1])}"
    r"|</?(?:think|answer|caption)>)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Word:
    """A word of a card: how it is written, and on what ground."""

    text: str
    ink: RGB = INK
    bold: bool = False
    ground: RGB | None = None


def write_sheet(folder: Path, out: Path, samples: int = 30, split: Split | None = None, seed: int = 0) -> int:
    """Draw samples of a dataset, drawn at random, onto one PNG.

    Args:
        folder: of the dataset.
        out: the file to write; its name ends with .png.
        samples: how many at most, 1 to `MOST_SAMPLES`.
        split: of which split; by default of all.
        seed: the same seed draws the same samples.

    Returns:
        How many are on the sheet.

    Raises:
        RequestError: the folder is no dataset, has no sample, or so many do not fit on a sheet.
        OutputError: the file cannot be written.
    """
    if not 1 <= samples <= MOST_SAMPLES:
        raise RequestError(f"A sheet can show 1 to {MOST_SAMPLES} samples, not {samples}.")
    with replacing(out, ".png") as part:
        ids = [example.entry.id for example in read_samples(folder, split, images=False)]
        if not ids:
            raise RequestError(f"{folder} has no samples{f' in {split}' if split else ''}: nothing can be shown.")
        chosen = set(seeded(seed).sample(ids, min(samples, len(ids))))
        examples = read_samples(folder, split, images=lambda entry: entry.id in chosen)
        sheet([card(example) for example in examples if example.images]).save(part, format="PNG")
    return len(chosen)


def sheet(cards: Sequence[Image.Image]) -> Image.Image:
    """Cards in two columns, each below the last one of the shorter column."""
    bottoms = [0] * min(_COLUMNS, len(cards))
    corners = []
    for drawn in cards:
        column = bottoms.index(min(bottoms))
        corners.append((column * (_CARD_PX + 2 * _MARGIN_PX) + _MARGIN_PX, bottoms[column] + _MARGIN_PX))
        bottoms[column] += drawn.height + 2 * _MARGIN_PX
    page = Image.new("RGB", (len(bottoms) * (_CARD_PX + 2 * _MARGIN_PX), max(bottoms)), PAPER)
    draw = ImageDraw.Draw(page)
    for drawn, (x, y) in zip(cards, corners, strict=True):
        page.paste(drawn, (x, y))
        draw.line([(x, y + drawn.height + _MARGIN_PX), (x + _CARD_PX, y + drawn.height + _MARGIN_PX)], RULE, 2)
    return page


def card(example: Example) -> Image.Image:
    """One sample."""
    colours = step_colours(example.entry.phrases)
    pictures = _pictures(example, colours)
    lines = _text(example, colours)
    height = max(pictures.height, _LINE_PX * len(lines))
    drawn = Image.new("RGB", (_CARD_PX, height), PAPER)
    drawn.paste(pictures, (0, 0))
    draw = ImageDraw.Draw(drawn)
    for number, line in enumerate(lines):
        _draw_line(draw, _IMAGES_PX + _MARGIN_PX, number * _LINE_PX, line)
    return drawn


def _pictures(example: Example, colours: Sequence[RGB]) -> Image.Image:
    """Each image as it is and, where masks are of it, with them: in rows, large where they are few."""
    masks = example.masks
    tiles: list[tuple[str, np.ndarray, list[tuple[np.ndarray, RGB]]]] = []
    for number, image in enumerate(example.images, start=1):
        of_mask = zip(masks, colours, example.entry.mask_images, strict=True)
        own = [(mask, colour) for mask, colour, of_image in of_mask if of_image == number]
        for name, picture in _looks(image):
            which = f"{number} " if len(example.images) > 1 else ""
            tiles.append((f"{which}{name} {image.date}", picture, []))
            if own:
                tiles.append((f"{which}{name} with masks", picture, own))
    columns = 2 if len(tiles) <= 4 else 3 if len(tiles) <= 9 else 4
    width = (_IMAGES_PX - (columns - 1) * _GAP_PX) // columns
    return _grid(tiles, columns, width)


def _looks(image: DatedImage) -> list[tuple[str, np.ndarray]]:
    looks = []
    if image.optical is not None:
        looks.append(("optical", optical_picture(image.optical, image.bands, image.reflectance)))
    if image.sar is not None:
        looks.append(("SAR", sar_picture(image.sar)))
    return looks


def _grid(
    tiles: Sequence[tuple[str, np.ndarray, list[tuple[np.ndarray, RGB]]]], columns: int, width: int
) -> Image.Image:
    height = max(round(width * picture.shape[0] / picture.shape[1]) for _, picture, _ in tiles)
    step = height + _CAPTION_PX + _GAP_PX
    page = Image.new("RGB", (_IMAGES_PX, -(-len(tiles) // columns) * step), PAPER)
    draw, small = ImageDraw.Draw(page), typeface(11)
    for index, (caption, picture, masks) in enumerate(tiles):
        x, y = index % columns * (width + _GAP_PX), index // columns * step
        size = (width, round(width * picture.shape[0] / picture.shape[1]))
        page.paste(_marked(picture, masks, size), (x, y))
        draw.text((x, y + size[1] + 2), fitted(caption, small, width), FAINT, small)
    return page


def _marked(picture: np.ndarray, masks: Sequence[tuple[np.ndarray, RGB]], size: tuple[int, int]) -> Image.Image:
    shrinks = size[0] < picture.shape[1]
    how = Image.Resampling.LANCZOS if shrinks else Image.Resampling.BICUBIC
    canvas = np.asarray(Image.fromarray(picture).resize(size, how), np.float32).copy()
    drawn = [(resized(mask, size, shrinks), colour) for mask, colour in masks]
    fill(canvas, drawn, FILL)
    outline(canvas, drawn, width_px=1)
    return Image.fromarray(canvas.round().clip(0, 255).astype(np.uint8))


def _text(example: Example, colours: Sequence[RGB]) -> list[list[Word]]:
    """The lines of a card."""
    entry, place = example.entry, example.entry.place
    head = f"{entry.id} · {entry.level} · {entry.task} · {'measured' if entry.measured else 'plain'}"
    where = f"{place.source}: {place.place} · {place.pixel_size_m:g} m · {place.sensor}"
    paragraphs = [
        [Word(word, FAINT) for word in head.split()],
        [Word(word, FAINT) for word in where.split()],
        [Word(word, bold=True) for word in entry.question.split()],
        *_trace(entry.text, colours),
    ]
    return [line for paragraph in paragraphs for line in _wrapped(paragraph)]


def _trace(text: str, colours: Sequence[RGB]) -> list[list[Word]]:
    """The trace and, on lines of its own, the answer: marks in colours, measures faint, tags left out."""
    paragraphs: list[list[Word]] = [[]]
    marks = iter(colours)
    is_answer = False
    for piece in _MARK_PATTERN.split(text):
        if piece == SEG_MARK:
            colour = next(marks)
            paragraphs[-1].append(Word(SEG_MARK, _ink_on(colour), True, colour))
        elif piece.startswith(MEASURE_MARKS[0]):
            measure = piece.removeprefix(MEASURE_MARKS[0]).removesuffix(MEASURE_MARKS[1])
            paragraphs[-1] += [Word(word, FAINT) for word in f"‹{measure.strip()}›".split()]
        elif piece in ("<answer>", "<caption>"):
            is_answer = True
            paragraphs.append([Word(f"{piece[1:-1].capitalize()}:", FAINT)])
        elif not piece.startswith(("<think", "</")):
            paragraphs[-1] += [Word(word, bold=is_answer) for word in piece.split()]
    return [paragraph for paragraph in paragraphs if paragraph]


def _ink_on(colour: RGB) -> RGB:
    """White or dark, whichever can be read on the colour."""
    light = 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]
    return INK if light > 150 else (255, 255, 255)


def _face(word: Word) -> Font:
    return typeface(16, word.bold)


def _wrapped(words: Sequence[Word]) -> list[list[Word]]:
    lines: list[list[Word]] = [[]]
    x, space = 0.0, typeface(16).getlength(" ")
    for word in words:
        length = _face(word).getlength(word.text)
        if lines[-1] and x + length > _TEXT_PX:
            lines.append([])
            x = 0.0
        lines[-1].append(word)
        x += length + space
    return lines


def _draw_line(draw: ImageDraw.ImageDraw, x: float, y: float, words: Sequence[Word]) -> None:
    space = typeface(16).getlength(" ")
    for word in words:
        face = _face(word)
        length = face.getlength(word.text)
        if word.ground is not None:
            draw.rounded_rectangle((x - 1, y, x + length + 1, y + _LINE_PX - 4), 4, word.ground)
        draw.text((x, y + 1), word.text, word.ink, face)
        x += length + space
