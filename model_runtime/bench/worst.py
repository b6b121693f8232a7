"""The worst answers of a run, and pictures of them: the image, what is true and what was drawn."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from .charts import new_figure, png_of
from .items import ITEMS_FILE, ReferenceMask, read_items
from .mask_scores import names
from .scoring import Judged

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

MOST = 20
_SHADES = 128
"""Of a picture's colours: it is a third of its size then, and looks the same."""
_OF_REGIONS, _ASTRAY = ("#56B4E9", "#E69F00"), "#CC79A7"
"""Light ones of Okabe and Ito's colours, which stand out from the ground."""
_TINT = 0.3
"""How much of a region's colour lies over the image."""
_PANEL_IN = 2.7
_FILES = (".png", ".jpg", ".jpeg")


def worst(judged: Sequence[Judged], reader: str, most: int = MOST) -> list[Judged]:
    """Wrong answers, those with the worst masks first; without masks in the order of their questions.

    Args:
        judged: of a run.
        reader: whose reading counts.
        most: how many.
    """
    wrong = [one for one in judged if not one.right(reader)]
    return sorted(wrong, key=lambda one: one.masks.mean if one.masks else 0.0)[:most]


def pictures(chosen: Sequence[Judged], items: Path) -> Iterator[tuple[Judged, bytes | None]]:
    """A PNG of each; None where its images are no pictures.

    Args:
        chosen: of a run.
        items: the suite's file or folder.
    """
    shown = _published(chosen, items)
    for one in chosen:
        image = _image(one, shown)
        yield one, None if image is None else _drawn(one, image)


def _published(chosen: Sequence[Judged], items: Path) -> dict[str, bytes]:
    """The published pictures of items of ours."""
    wanted = {one.question.id for one in chosen if one.question.item}
    if not wanted:
        return {}
    path = items / ITEMS_FILE if items.is_dir() else items
    return {item.id: item.picture for item in read_items(path, pictures=True) if item.id in wanted}


def _image(one: Judged, shown: Mapping[str, bytes]) -> np.ndarray | None:
    question = one.question
    if question.item or question.picture:
        return _read(io.BytesIO(shown[question.id] if question.item else question.picture))
    files = [path for path in question.images if path.suffix.lower() in _FILES and path.exists()]
    found = [_read(path) for path in files]
    if not found or len(found) < len(question.images):
        return None
    least = min(image.shape[0] for image in found)
    return np.concatenate([image[:least] for image in found], axis=1)


def _read(file: Path | io.BytesIO) -> np.ndarray:
    with Image.open(file) as image:
        return np.asarray(image.convert("RGB"))


def _drawn(one: Judged, image: np.ndarray) -> bytes:
    item = one.question.item
    if item is None:
        return _small(Image.fromarray(image))
    dates = sorted({file.image for file in item.images})
    height, width = item.valid.height, item.valid.width
    figure = new_figure(3 * _PANEL_IN, len(dates) * (_PANEL_IN + 0.2) + 0.3 + 0.2 * len(item.masks))
    panels = figure.subplots(len(dates), 3, squeeze=False)
    for row, date in zip(panels, dates, strict=True):
        # Two dates stand side by side in the published picture.
        begin = width * (date - 1)
        of_date = image[:height, begin : begin + width]
        true: list[ReferenceMask] = [mask for mask in item.masks if mask.image == date]
        drawn: list[ReferenceMask] = [mask for mask in one.response.masks if mask.image == date]
        heads = (f"date {date}" if len(dates) > 1 else "image", "true", "drawn")
        for axes, head, masks in zip(row, heads, ([], true, drawn), strict=True):
            axes.imshow(of_date, interpolation="nearest")
            axes.set_title(head, fontsize=10)
            axes.set_axis_off()
            for mask in masks:
                _outline(axes, mask.mask, _colour(mask.phrase, item.masks))
    handles = [_line(_colour(mask.phrase, item.masks)) for mask in item.masks]
    labels = [mask.phrase for mask in item.masks]
    others = sorted({mask.phrase for mask in one.response.masks if _colour(mask.phrase, item.masks) == _ASTRAY})
    if others:
        handles.append(_line(_ASTRAY))
        labels.append(f"not asked about: {', '.join(others)}")
    figure.legend(handles, labels, loc="outside lower center", ncols=1, frameon=False, fontsize=9)
    return _small(Image.open(io.BytesIO(png_of(figure))))


def _line(colour: str) -> Line2D:
    from matplotlib.lines import Line2D

    return Line2D([], [], color=colour, lw=2)


def _colour(phrase: str, regions: Sequence[ReferenceMask]) -> str:
    """Of a region: what names the first region of an item has the first colour; what names none has the last."""
    exact = [number for number, region in enumerate(regions) if region.phrase == phrase]
    meant = exact or [number for number, region in enumerate(regions) if names(phrase, region.phrase)]
    return _OF_REGIONS[meant[0] % len(_OF_REGIONS)] if meant else _ASTRAY


def _outline(axes: Axes, mask: np.ndarray, colour: str) -> None:
    """A tint, and a line along the edges of the region, also where those are the edges of the image."""
    if mask.any():
        height, width = mask.shape
        framed = np.pad(mask, 1).astype(float)
        x, y = np.arange(-1, width + 1), np.arange(-1, height + 1)
        axes.contourf(x, y, framed, [0.5, 2], colors=colour, alpha=_TINT)
        axes.contour(x, y, framed, [0.5], colors="black", linewidths=1.8, alpha=0.5)
        axes.contour(x, y, framed, [0.5], colors=colour, linewidths=1.0)


def _small(image: Image.Image) -> bytes:
    png = io.BytesIO()
    image.convert("RGB").quantize(_SHADES).save(png, "PNG", optimize=True)
    return png.getvalue()
