"""The evidence in one picture: the scene, the masks drawn on it, what they measure, the question and the answer."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import shapely
from PIL import Image, ImageDraw

from ..protocol import Change, DateInfo, Report, Step
from ..scene.grid import Grid
from .colours import CHANGE_COLOURS, RGB, step_colours
from .drawing import FAINT, FILL, INK, PAPER, RULE, Font, blend, fill, fitted, outline, resized, typeface, wrap
from .files import replacing
from .png import png_bytes

_SCENE_PX = (1000, 1400)  # the longer side of the scene is brought into this range
_PANEL_PX = 380
_MARGIN_PX = 36
_CHANGE_FILL = 0.72  # of what was gained or lost
_CHANGES_LISTED = 3
_PALE = 0.4  # how far a scene with a change on it is taken towards white: the change is to be seen first


def write_picture(
    path: str | os.PathLike[str],
    rgb: np.ndarray,
    masks: Sequence[np.ndarray],
    report: Report,
    grid: Grid,
    lines: Sequence[shapely.LineString | None] = (),
    changes: Sequence[tuple[np.ndarray, np.ndarray]] = (),
) -> None:
    """Draw a run as a PNG, replacing a file of that name.

    Where a change can be told from noise, the first one is drawn: what was gained and lost is filled, and of the masks
    only that region's are there, as outlines. Else all masks are filled.

    Args:
        path: ends with .png.
        rgb: uint8 (H, W, 3).
        masks: bool (H, W), one per step.
        report: the run.
        grid: where the pixels lie.
        lines: the nearest-points line per distance of the report, in the CRS of the grid.
        changes: what was gained and what was lost, bool (H, W) each, one pair per change of the report.

    Raises:
        OutputError: the file cannot be written; nothing is left behind.
    """
    picture = _page(rgb, masks, report, grid, lines, changes)
    with replacing(path, ".png") as part:
        part.write_bytes(png_bytes(np.asarray(picture)))


def _page(
    rgb: np.ndarray,
    masks: Sequence[np.ndarray],
    report: Report,
    grid: Grid,
    lines: Sequence[shapely.LineString | None],
    changes: Sequence[tuple[np.ndarray, np.ndarray]],
) -> Image.Image:
    colours = step_colours([step.phrase for step in report.steps])
    told = [(change, pair) for change, pair in zip(report.changes, changes, strict=False) if change.told]
    drawn, gained_and_lost = told[0] if told else (None, None)
    scene = _draw_scene(rgb, masks, colours, report, grid, lines, drawn, gained_and_lost)
    width = scene.width + _PANEL_PX + 3 * _MARGIN_PX
    text_width = width - 2 * _MARGIN_PX
    question = wrap(report.question, typeface(27, bold=True), text_width, 3)
    answer = wrap(report.answer, typeface(22), text_width, 5)
    head = _MARGIN_PX + 36 * len(question) + 18
    foot = 18 + 32 * len(answer) + 34 + _MARGIN_PX
    legend_bottom = _panel(None, 0, 0, report, colours, drawn)
    body = max(scene.height, legend_bottom)
    page = Image.new("RGB", (width, head + body + foot), PAPER)
    draw = ImageDraw.Draw(page)
    _lines(draw, _MARGIN_PX, _MARGIN_PX, question, typeface(27, bold=True), INK, 36)
    page.paste(scene, (_MARGIN_PX, head))
    _panel(draw, 2 * _MARGIN_PX + scene.width, head, report, colours, drawn)
    y = head + body + 18
    _lines(draw, _MARGIN_PX, y, answer, typeface(22), INK, 32)
    draw.text(
        (_MARGIN_PX, y + 32 * len(answer) + 10), fitted(_source(report), typeface(15), text_width), FAINT, typeface(15)
    )
    return page


def _draw_scene(
    rgb: np.ndarray,
    masks: Sequence[np.ndarray],
    colours: Sequence[RGB],
    report: Report,
    grid: Grid,
    lines: Sequence[shapely.LineString | None],
    drawn: Change | None,
    gained_and_lost: tuple[np.ndarray, np.ndarray] | None,
) -> Image.Image:
    """The scene in ground proportions with masks or a change, distances and a scale bar."""
    metres_x, metres_y = grid.pixel_size_m
    ground = (grid.width * metres_x, grid.height * metres_y)
    longer_px = min(max(_SCENE_PX[0], grid.width, grid.height), _SCENE_PX[1])
    per_metre = longer_px / max(ground)
    size = (max(120, round(ground[0] * per_metre)), max(120, round(ground[1] * per_metre)))
    shrinks = size[0] < grid.width
    canvas = np.array(
        Image.fromarray(rgb).resize(size, Image.Resampling.LANCZOS if shrinks else Image.Resampling.BICUBIC)
    )
    drawable = [
        (resized(mask, size, shrinks), colour)
        for step, mask, colour in zip(report.steps, masks, colours, strict=True)
        if _is_shown(step, drawn)
    ]
    if gained_and_lost is None:
        fills, opacity = drawable, FILL
    else:
        canvas = canvas.astype(np.float32) * (1 - _PALE) + 255 * _PALE
        sides = zip(gained_and_lost, CHANGE_COLOURS.values(), strict=True)
        fills, opacity = [(resized(mask, size, shrinks), colour) for mask, colour in sides], _CHANGE_FILL
        outline(canvas, drawable)  # what was gained or lost may be narrower than an outline: it is filled after them
    fill(canvas, fills, opacity)
    if gained_and_lost is None:
        outline(canvas, drawable)  # outlines last, so that no fill dims them
    if canvas.dtype != np.uint8:
        canvas = canvas.round().clip(0, 255).astype(np.uint8)
    image = Image.fromarray(canvas)
    draw = ImageDraw.Draw(image)
    scale = (size[0] / grid.width, size[1] / grid.height)
    for distance, line in zip(report.distances, lines, strict=False):
        if line is not None:
            _distance(draw, line, distance.distance_m, grid, scale, size)
    _scale_bar(draw, size, size[0] / ground[0])
    return image


def _is_shown(step: Step, drawn: Change | None) -> bool:
    return drawn is None or step.index in (drawn.from_step, drawn.to_step)


def _distance(
    draw: ImageDraw.ImageDraw,
    line: shapely.LineString,
    distance_m: float,
    grid: Grid,
    scale: tuple[float, float],
    size: tuple[int, int],
) -> None:
    ends = [~grid.transform @ (x, y) for x, y in (line.coords[0], line.coords[-1])]
    points = [(column * scale[0], row * scale[1]) for column, row in ends]
    draw.line(points, (255, 255, 255), 7)
    draw.line(points, INK, 3)
    for x, y in points:
        draw.ellipse((x - 6, y - 6, x + 6, y + 6), (255, 255, 255), INK, 3)
    font, text = typeface(20, bold=True), _length(distance_m)
    left, top, right, bottom = draw.textbbox((0, 0), text, font)
    x = np.clip(sum(p[0] for p in points) / 2 + 14, 6, size[0] - (right - left) - 12)
    y = np.clip(sum(p[1] for p in points) / 2 - 34, 6, size[1] - (bottom - top) - 12)
    draw.rounded_rectangle((x - 7, y + top - 6, x + right - left + 7, y + bottom + 6), 6, (255, 255, 255))
    draw.text((x - left, y), text, INK, font)


def _scale_bar(draw: ImageDraw.ImageDraw, size: tuple[int, int], px_per_metre: float) -> None:
    target = size[0] / 4 / px_per_metre
    power = 10.0 ** np.floor(np.log10(target))
    metres = float(max(step * power for step in (1, 2, 5) if step * power <= target))
    length = metres * px_per_metre
    font, text = typeface(17, bold=True), _length(metres)
    left, top, right, bottom = draw.textbbox((0, 0), text, font)
    box_width, y = max(length, right - left) + 28, size[1] - 66
    draw.rounded_rectangle((14, y, 14 + box_width, size[1] - 14), 6, (255, 255, 255))
    draw.text((28 - left, y + 7 - top), text, INK, font)
    base = size[1] - 25
    draw.line([(28, base - 8), (28, base), (28 + length, base), (28 + length, base - 8)], INK, 3)


def _panel(
    draw: ImageDraw.ImageDraw | None, x: int, y: int, report: Report, colours: Sequence[RGB], drawn: Change | None
) -> int:
    """The legend: steps with their measures, changes, distances. Returns its height; draws only if it may.

    `drawn` is the change that the scene shows, if any.
    """
    start = y
    bold, plain, small = typeface(20, bold=True), typeface(19), typeface(16)
    draw = draw or ImageDraw.Draw(Image.new("RGB", (1, 1)))
    dates = max((step.image for step in report.steps), default=1) > 1
    for step, colour in zip(report.steps, colours, strict=True):
        if _is_shown(step, drawn):
            draw.rounded_rectangle((x, y + 2, x + 26, y + 28), 5, blend(colour, 0 if drawn else FILL), colour, 3)
        title = step.phrase + (f", {_day(report, step.image)}" if dates else "")
        draw.text((x + 40, y + 2), fitted(title, bold, _PANEL_PX - 40), INK, bold)
        for offset, text in ((30, _area(step)), (55, _share(step))):
            draw.text((x + 40, y + offset), fitted(text, plain, _PANEL_PX - 40), INK if offset == 30 else FAINT, plain)
        y += 98
    # Many dates would make a long list: those that can be told come first, the others are in the report.
    changes = sorted(report.changes, key=lambda change: not change.told)
    for change in changes[:_CHANGES_LISTED]:
        y = _change(draw, x, y, report, change, change is drawn)
    if len(changes) > _CHANGES_LISTED:
        draw.text((x, y), f"and {len(changes) - _CHANGES_LISTED} more in the report", FAINT, small)
        y += 40
    for distance in report.distances:
        draw.line([(x, y), (x + _PANEL_PX, y)], RULE, 2)
        names = {step.index: step.phrase for step in report.steps}
        pair = f"{names.get(distance.from_step, '?')} to {names.get(distance.to_step, '?')}"
        draw.text((x, y + 12), fitted(pair, bold, _PANEL_PX), INK, bold)
        said = f"{_length(distance.distance_m)} edge to edge"
        if distance.contact:
            said = f"in contact along {_length(distance.contact_length_m)}"
        elif distance.distance_m == 0:
            said = "meeting at a corner"
        draw.text((x, y + 40), said, INK, plain)
        draw.text((x, y + 66), f"{_length(distance.centroid_distance_m)} between centroids", FAINT, small)
        y += 104
    return y - start


def _change(draw: ImageDraw.ImageDraw, x: int, y: int, report: Report, change: Change, drawn: bool) -> int:
    """The legend's part on one change, with the colours of what is drawn of it. Returns where the next part begins."""
    bold, plain, small = typeface(20, bold=True), typeface(19), typeface(16)
    draw.line([(x, y), (x + _PANEL_PX, y)], RULE, 2)
    draw.text((x, y + 12), fitted(change.phrase or "region", bold, _PANEL_PX), INK, bold)
    days = f"{_day(report, change.from_image)} to {_day(report, change.to_image)}"
    draw.text((x, y + 40), fitted(days, small, _PANEL_PX), FAINT, small)
    y += 70
    for (side, colour), area_ha in zip(CHANGE_COLOURS.items(), (change.gained_ha, change.lost_ha), strict=True):
        if drawn:
            draw.rounded_rectangle((x, y, x + 26, y + 26), 5, blend(colour, _CHANGE_FILL))
        text = f"{side} {_hectares(area_ha, change.uncertainty_ha)}"
        left = x + 40 if drawn else x
        draw.text((left, y), fitted(text, plain, x + _PANEL_PX - left), INK if change.told else FAINT, plain)
        y += 34
    if not change.told:
        draw.text((x, y), fitted("no change that can be told from noise", small, _PANEL_PX), FAINT, small)
        y += 28
    return y + 14


def _area(step: Step) -> str:
    if not step.pixels:
        return "nothing found"
    return _hectares(step.area_ha, step.area_uncertainty_ha)


def _hectares(area_ha: float, uncertainty_ha: float) -> str:
    larger = max(area_ha, uncertainty_ha)
    decimals = 0 if larger >= 100 else 1 if larger >= 1 else 3
    return f"{area_ha:,.{decimals}f} ± {uncertainty_ha:,.{decimals}f} ha"


def _share(step: Step) -> str:
    return f"{step.coverage_pct:.1f} % of the scene"


def _source(report: Report) -> str:
    crs = report.scene.crs if len(report.scene.crs) < 20 else "own CRS"
    parts = (_images(report.dates), crs, f"measured on {report.scene.ellipsoid}", "north is up", report.model.name)
    return "  ·  ".join(parts)


def _images(dates: Sequence[DateInfo]) -> str:
    """The files that were looked at and their days; of many dates the first and the last."""
    shown = dates if len(dates) < 3 else (dates[0], dates[-1])
    named = []
    for date in shown:
        files = " + ".join(Path(image.path).name for image in (date.optical, date.sar) if image)
        named.append(f"{files} ({date.date})" if date.date else files)
    between = " and " if len(dates) < 3 else " … "
    return between.join(named) + (f" ({len(dates)} dates)" if len(dates) > 2 else "")


def _day(report: Report, image: int) -> str:
    """The day of an image where it is known, else which of the dates it is."""
    return next((date.date for date in report.dates if date.image == image and date.date), None) or f"date {image}"


def _length(metres: float) -> str:
    if metres >= 10_000:
        return f"{metres / 1000:,.0f} km"
    if metres >= 1000:
        return f"{metres / 1000:.1f} km".replace(".0 km", " km")
    return f"{metres:.0f} m" if metres >= 10 else f"{metres:.2g} m"


def _lines(draw: ImageDraw.ImageDraw, x: int, y: int, lines: Sequence[str], font: Font, ink: RGB, step: int) -> None:
    for number, line in enumerate(lines):
        draw.text((x, y + number * step), line, ink, font)
