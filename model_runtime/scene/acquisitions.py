"""The dates of one place: every image of a request on one pixel grid, in the order of time, and what clouds hide.

The reference is the first date's optical image, or its radar image where it has none: its grid is kept, every other
image is registered to it, and only what all images reach is looked at.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

import numpy as np

from ..errors import RequestError, SceneError
from ..protocol import AskRequest, DateInput
from ..rasters.rows import Raster, rows_of
from .clouds import Hidden, find_clouds_layer, read_clouds
from .files import existing
from .grid import Grid
from .registration import OtherGridError, Registered, open_beside, open_upon, restrict
from .scene import MAX_PIXELS, Scene, TooLargeError, open_scene

# Of all images together; one takes about 30 bytes a pixel, so this is what two of the largest take.
MAX_TOTAL_PIXELS = 2 * MAX_PIXELS
# Sentinel-1 comes back after 12 days with one satellite: the nearest radar image may be that far from an optical one.
_APART_DAYS = 12

Kind = Literal["optical", "sar"]
_KINDS: dict[Kind, str] = {"optical": "optical", "sar": "radar"}


@dataclass(frozen=True)
class Acquisition:
    """One date of a place, on the grid that all its dates share.

    Attributes:
        optical: the optical image, None where there is none.
        sar: the radar image, None where there is none; one of the two is there.
        date: the day as given, else as the optical image tells, else as the radar image does.
        optical_offset_m: how far the optical image's content lay off the reference's before any shift, in metres;
            None for the reference, and where the contents do not tell.
        sar_offset_m: the same of the radar image.
        hidden: what a layer says that clouds and shadows hide; None where none was given or found, and where radar
            sees through them.
    """

    optical: Scene | None
    sar: Scene | None
    date: date | None = None
    optical_offset_m: float | None = None
    sar_offset_m: float | None = None
    hidden: Hidden | None = None

    @property
    def scene(self) -> Scene:
        """The image that shows the date to people: the optical one where there is one."""
        return self.optical or self.sar  # type: ignore[return-value] - one of the two is there

    @property
    def grid(self) -> Grid:
        """On which masks of the date lie and are measured."""
        return self.scene.detail.grid if self.scene.detail else self.scene.grid

    @property
    def valid(self) -> Raster:
        """Bool (H, W) on `grid`, where either image has data."""
        shown = [(image.detail or image).valid for image in (self.optical, self.sar) if image is not None]
        return shown[0] if len(shown) == 1 else shown[0] | shown[1]


def check(dates: Sequence[DateInput]) -> None:
    """Refuse what can be refused before anything is read.

    Raises:
        RequestError: a date has no image, is no day, or is not in the order of time; an image is given twice.
        SceneError: a file does not exist.
    """
    seen: dict[str, str] = {}
    for number, given in enumerate(dates, 1):
        if not (given.optical or given.sar):
            raise RequestError(
                f"Image {number} has neither an optical nor a radar file: give one of them or leave the date out."
            )
        for kind, path in _images(given):
            with _naming(number, path, several=len(dates) > 1):
                file = os.path.normcase(existing(path).resolve())
            name = f"the {_KINDS[kind]} image of date {number}"
            if file in seen:
                raise RequestError(f"'{path}' is given as {seen[file]} and as {name}: choose another file for one.")
            seen[file] = name
        if given.clouds:
            existing(given.clouds)
    _check_order([_day(given, number) for number, given in enumerate(dates, 1)])


def open_acquisitions(
    request: AskRequest, begin: Callable[[float], None] = lambda _: None
) -> tuple[list[Acquisition], list[str]]:
    """Open the images of a request on one grid.

    Args:
        request: its dates, area, bands, sensors, and what to do about offsets and clouds.
        begin: called before each image with the share of them that is opened.

    Returns:
        The dates, and one sentence for everything that a user should know about them.

    Raises:
        RequestError: as `check`; also where images themselves tell that they are not in the order of time.
        SceneError: an image cannot be read, shows another place, does not fit, or all together are too large.
    """
    check(request.dates)
    inputs = [(number, kind, path) for number, given in enumerate(request.dates, 1) for kind, path in _images(given)]
    days = [_day(given, number) for number, given in enumerate(request.dates, 1)]
    large = request.profile != "published"  # the release resizes whatever it gets
    try:
        opened = _open_all(request, inputs, days, begin, large=large)
    except OtherGridError as problem:
        try:
            opened = _open_all(request, inputs, days, begin, large=False)
        except TooLargeError:
            raise problem from None
    sentences = _warnings([found.scene for found in opened.values()])
    sentences += [sentence for found in opened.values() for sentence in found.sentences]
    sentences += _restrict(opened)
    dates = []
    for number, given in enumerate(request.dates, 1):
        optical, sar = opened.get((number, "optical")), opened.get((number, "sar"))
        made = Acquisition(
            optical=optical and optical.scene,
            sar=sar and sar.scene,
            date=days[number - 1],
            optical_offset_m=_metres(optical),
            sar_offset_m=_metres(sar),
        )
        if request.clouds == "exclude" and made.sar is None:
            hidden, told = _hidden(given, number, made.scene)
            made = replace(made, hidden=hidden)
            sentences += told
        dates.append(made)
    return dates, [*sentences, *_about_days(dates)]


def _open_all(
    request: AskRequest,
    inputs: Sequence[tuple[int, Kind, str]],
    days: list[date | None],
    begin: Callable[[float], None],
    *,
    large: bool,
) -> dict[tuple[int, Kind], Registered]:
    """Open images on the grid of the first; the days of dates that only they tell are written down."""
    several = len(inputs) > 1
    opened: dict[tuple[int, Kind], Registered] = {}

    def look(share: float) -> None:
        begin((len(opened) + share) / len(inputs))

    for number, kind, path in inputs:
        look(0.0)
        with _naming(number, path, several):
            reference = next(iter(opened.values())).scene if opened else None
            found = opened[number, kind] = _open(request, kind, path, reference, look if large else None)
        if reference is None and not found.scene.detail:
            _check_size(found.scene, len(inputs))
        if days[number - 1] is None:
            days[number - 1] = found.scene.date
            _check_order(days)
    return opened


def _images(given: DateInput) -> Iterator[tuple[Kind, str]]:
    """The images of a date, the one whose grid is preferred first."""
    for kind in _KINDS:
        path = getattr(given, kind)
        if path:
            yield kind, path


@contextmanager
def _naming(number: int, path: str, several: bool) -> Iterator[None]:
    """Say which image is refused, where there is more than one and the sentence does not name it."""
    try:
        yield
    except SceneError as error:
        name = Path(path).name
        if not several or name in str(error):
            raise
        raise type(error)(f"Image {number}, '{name}': {error}") from error


def _open(
    request: AskRequest, kind: Kind, path: str, reference: Scene | None, look: Callable[[float], None] | None
) -> Registered:
    sar = kind == "sar"
    how = {
        "polygon_wkt": request.polygon_wkt,
        "extent_crs": request.extent_crs,
        "bands": request.sar_bands if sar else request.bands,
        "sensor": request.sar_sensor if sar else request.sensor,
        "sar": sar,
        "stretch": request.stretch,
    }
    if reference is not None and reference.detail:
        return open_upon(reference, path, look=look, extent=request.extent, on_offset=request.on_offset, **how)
    if reference is not None:
        return open_beside(reference, path, on_offset=request.on_offset, **how)
    scene = open_scene(path, extent=request.extent, ellipsoid=request.ellipsoid, look=look, **how)
    return Registered(scene, np.ones(scene.valid.shape, bool), None, ())


def _check_size(scene: Scene, images: int) -> None:
    pixels = scene.grid.width * scene.grid.height
    if pixels * images > MAX_TOTAL_PIXELS:
        raise TooLargeError(
            f"{images} images of {pixels / 1e6:.0f} million pixels are more than can be held at once "
            f"({MAX_TOTAL_PIXELS / 1e6:.0f} million in all): restrict the extent or ask about fewer images."
        )


def _restrict(opened: dict[tuple[int, Kind], Registered]) -> list[str]:
    """Leave of every image only what all of them reach."""
    reference = next(iter(opened.values())).scene
    common = np.logical_and.reduce([found.footprint for found in opened.values()])
    share = (common & reference.valid).sum() / reference.valid.sum()
    name = Path(reference.path).name
    if not share:
        raise SceneError(
            f"No part of '{name}' is shown by all {len(opened)} images: leave out one that lies beside the others."
        )
    for key, found in opened.items():
        opened[key] = replace(found, scene=restrict(found.scene, common))
    partly = sum(not found.footprint.all() for found in opened.values())
    # One that does not reach all over has told so itself, when it was registered.
    return [f"All {len(opened)} images together show {100 * share:.1f} % of '{name}'."] if partly > 1 else []


def _hidden(given: DateInput, number: int, scene: Scene) -> tuple[Hidden | None, list[str]]:
    """What the given clouds layer hides, else the one that lies beside the image."""
    if given.clouds:
        with _naming(number, given.clouds, several=True):
            return _read_hidden(given.clouds, scene), []
    found = find_clouds_layer(scene.path)
    if found is None:
        return None, []
    try:
        return _read_hidden(found, scene), []
    except SceneError:  # nobody asked for it
        return None, [f"Image {number}: the clouds layer '{found.name}' beside it could not be used."]


def _read_hidden(layer: str | Path, scene: Scene) -> Hidden:
    """What a layer hides, on the grid of the scene's own pixels."""
    whole = read_clouds(layer, scene.grid)
    detail = scene.detail
    if detail is None:
        return whole
    mask = detail.new_mask()
    for strip in rows_of(detail.valid).strips():
        part = detail.grid.crop(0, strip.first, detail.grid.width, strip.end - strip.first)
        try:
            mask.append(read_clouds(layer, part).mask)
        except SceneError:  # the layer ends before it
            mask.append(np.zeros_like(strip.values))
    return replace(whole, mask=mask)


def _metres(found: Registered | None) -> float | None:
    return found.offset.metres if found and found.offset else None


def _warnings(scenes: Sequence[Scene]) -> list[str]:
    """What images have to say, once where all say it, else with the names of those that do."""
    said: dict[str, list[str]] = {}
    for scene in scenes:
        for message in scene.warnings:
            said.setdefault(message, []).append(Path(scene.path).name)
    return [
        message if len(names) == len(scenes) else f"{', '.join(names)}: {message}" for message, names in said.items()
    ]


def _day(given: DateInput, number: int) -> date | None:
    if given.date is None:
        return None
    try:
        return date.fromisoformat(given.date)
    except ValueError:
        raise RequestError(
            f"'{given.date[:40]}' is not a day (image {number}): write year, month and day as in 2017-06-04."
        ) from None


def _check_order(days: Sequence[date | None]) -> None:
    known = [(number, day) for number, day in enumerate(days, 1) if day]
    for (earlier, first), (later, second) in zip(known, known[1:], strict=False):
        if second < first:
            raise RequestError(
                f"Image {later} is of {second}, before image {earlier} of {first}: give the dates in the order of "
                "time, or the right days with them."
            )


def _about_days(dates: Sequence[Acquisition]) -> list[str]:
    """Days that are not known, and images of one date that are of different days."""
    sentences = []
    unknown = [
        f"image {number} ('{Path(made.scene.path).name}')" for number, made in enumerate(dates, 1) if made.date is None
    ]
    if unknown and len(dates) > 1:
        sentences.append(
            f"When {' and '.join(unknown)} {'was' if len(unknown) == 1 else 'were'} taken is not known, so the order "
            "given is taken for the order of time: give the day with the image (as 2017-06-04)."
        )
    for number, made in enumerate(dates, 1):
        optical, sar = made.optical and made.optical.date, made.sar and made.sar.date
        if optical and sar and abs((optical - sar).days) > _APART_DAYS:
            sentences.append(
                f"Image {number}: the optical image is of {optical} and the radar image of {sar}, "
                f"{abs((optical - sar).days)} days apart; they are taken for one date."
            )
    return sentences
