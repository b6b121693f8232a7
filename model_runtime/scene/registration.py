"""Brings the images of one question onto one pixel grid, and measures how well their contents fit.

The residual offset is found by phase correlation (Kuglin & Hines 1975) of gradient magnitudes, which optical
and radar images share where their brightness has nothing in common. The correlation of up to nine windows is summed, so
that clouds or change in a part of the scene do not decide.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
import rasterio.warp
from affine import Affine
from rasterio.crs import CRS
from rasterio.enums import Resampling
from scipy import ndimage

from ..errors import SceneError
from .detail import Detail
from .grid import Grid
from .scene import NoOverlapError, Scene, Stretch, inside_polygon, open_scene, read_grid

OnOffset = Literal["refuse", "allow", "shift"]
WARN_PX = 0.5
REFUSE_PX = 2.0

_WINDOW_PX = 512
_WINDOWS_A_SIDE = 3
_LEAST_PX = 32
_EDGE_SIGMA_PX = 1.5  # speckle of a radar image is gone, field borders are still there
# Gradients are counted in units of this percentile and up to this many: a bright roof must not outweigh a thousand
# field borders, nor clouds set the measure.
_USUAL = 90
_STRONGEST = 2.0
_LOW_PASS = 0.16  # cycles per pixel, standard deviation; finer detail is noise in a pair of sensors
# Of the spectrum's amplitude: 1 is phase alone, which counts frequencies that hold nothing but noise (an error of 1.9
# pixels on bare parcels under clouds, 0.1 with this).
_WHITENING = 0.75
_REACH_PX = 32
# Of 450 unrelated pairs (150 of real windows, seven sensors; 300 of drawn parcels) none reached 10; two dates of one
# sensor reach 10 to 100, pairs of Sentinel-1 and 2 whose edges are seen reach 12 to 37.
_LEAST_CONFIDENCE = 10.0
_LEAST_LEAD = 1.7
_SURE = 12.0  # enough to refuse


@dataclass(frozen=True)
class Offset:
    """Where the second image's content lies against that of the reference.

    Attributes:
        columns: pixels of the reference to the right.
        rows: pixels of the reference downwards.
        metres: length on the ground.
        confidence: height of the correlation's peak in standard deviations.
    """

    columns: float
    rows: float
    metres: float
    confidence: float


@dataclass(frozen=True)
class Registered:
    """An image on the grid of another.

    Attributes:
        scene: the image; its `valid` is False where it does not reach.
        footprint: bool (H, W), where the image reaches.
        offset: measured residual before any shift, None where the contents do not tell.
        sentences: what the user should know.
    """

    scene: Scene
    footprint: np.ndarray
    offset: Offset | None
    sentences: tuple[str, ...]


def open_beside(
    reference: Scene,
    path: str | os.PathLike[str],
    *,
    polygon_wkt: str | None = None,
    extent_crs: str | None = None,
    bands: dict[str, int] | None = None,
    sensor: str | None = None,
    sar: bool = False,
    stretch: Stretch = "auto",
    on_offset: OnOffset = "refuse",
) -> Registered:
    """Open the part of another image that shows the place of the reference, on the reference's grid.

    Args:
        reference: whose grid is kept.
        path: as for `open_scene`.
        polygon_wkt: what limits the reference limits the other image too.
        extent_crs: of the polygon; None is the CRS of the reference.
        bands: role to 1-based band of the other image.
        sensor: one of `bands.PRESETS`.
        sar: read it as a radar image.
        stretch: as for `open_scene`.
        on_offset: what to do when the contents lie more than two pixels apart.

    Raises:
        SceneError: the image cannot be read, shows another place, or does not fit.
    """
    xmin, ymin, xmax, ymax = reference.grid.bounds
    t = reference.grid.transform
    # Coarse pixels at the edge have their centres outside.
    margin = max(xmax - xmin, ymax - ymin) / 10 + 3 * max(t.a, -t.e)
    around = (xmin - margin, ymin - margin, xmax + margin, ymax + margin)
    try:
        other = open_scene(
            path,
            extent=around,
            extent_crs=reference.grid.crs.to_wkt(),
            bands=bands,
            sensor=sensor,
            sar=sar,
            stretch=stretch,
        )
    except NoOverlapError as error:
        raise _elsewhere(Path(reference.path), Path(path).absolute()) from error
    found = register(reference, other, on_offset=on_offset)
    if polygon_wkt is None:
        return found
    return replace(found, scene=restrict(found.scene, inside_polygon(polygon_wkt, extent_crs, reference.grid)))


class OtherGridError(SceneError):
    """Images that are too large for memory do not lie on one grid."""


def open_upon(
    reference: Scene,
    path: str | os.PathLike[str],
    *,
    look: Callable[[float], None],
    sar: bool = False,
    extent: Sequence[float] | None = None,
    extent_crs: str | None = None,
    polygon_wkt: str | None = None,
    on_offset: OnOffset = "refuse",
    **how: Any,  # noqa: ANN401 - as `open_scene` takes it
) -> Registered:
    """Open another image of a large scene, whose pixels are those of the reference.

    Args:
        reference: an overview with its detail.
        path: as for `open_scene`.
        look: as for `open_scene`.
        sar: read it as a radar image.
        extent: that the reference is limited to.
        extent_crs: of extent and polygon.
        polygon_wkt: that the reference is limited to.
        on_offset: what to do when the contents lie more than two pixels apart; nothing is moved.
        how: further arguments of `open_scene`.

    Raises:
        OtherGridError: its pixels are others, or it does not reach as far.
        SceneError: it cannot be read, or does not fit.
    """
    wanted = reference.detail.grid
    first, name = _names(Path(reference.path), Path(path).absolute())
    fits = _covers(read_grid(path, sar), wanted)
    if fits:
        if extent is None and polygon_wkt is None:
            extent, extent_crs = wanted.bounds, wanted.crs.to_wkt()
        other = open_scene(
            path, extent=extent, extent_crs=extent_crs, polygon_wkt=polygon_wkt, sar=sar, look=look, **how
        )
        fits = other.detail is not None and same_grid(wanted, other.detail.grid)
    if not fits:
        raise OtherGridError(
            f"'{name}' does not lie on the pixel grid of '{first}' or does not reach as far, which images of this size "
            "have to: warp it to that grid (gdalwarp -te -tr), or restrict the extent."
        )
    offset = _measured_in_windows(reference.detail, other.detail)
    off = offset.metres / max(wanted.pixel_size_m) if offset else 0.0
    sentences = ()
    if off > WARN_PX:
        how_far = f"'{name}' lies about {offset.metres:.0f} m ({off:.1f} pixels) off '{first}'"
        if off > REFUSE_PX and on_offset == "shift":
            raise SceneError(f"{how_far}, and images of this size are not moved: align it, or restrict the extent.")
        sentences = (_judged(how_far, off, offset.confidence, on_offset),)
    return Registered(other, np.ones(other.valid.shape, bool), offset, sentences)


def _covers(whole: Grid, wanted: Grid) -> bool:
    """Whether a raster has all pixels of a grid."""
    if not _on_lattice(whole, wanted):
        return False
    column, row = ~whole.transform @ (wanted.transform.c, wanted.transform.f)
    column, row = round(column), round(row)
    return 0 <= column <= whole.width - wanted.width and 0 <= row <= whole.height - wanted.height


def register(reference: Scene, other: Scene, *, on_offset: OnOffset = "refuse") -> Registered:
    """Put an image on the grid of the reference and measure how far its content is off.

    Pixel means the coarser of both images' pixels: a 30 m image cannot lie better than a fraction of 30 m.

    An offset over two pixels that is not beyond doubt is told, not refused.

    Raises:
        SceneError: nothing overlaps, or the offset is over two pixels and neither allowed nor to be corrected.
    """
    first, name = _names(Path(reference.path), Path(other.path))
    sentences = []
    same = same_grid(reference.grid, other.grid)
    placed, footprint = (other, np.ones(other.valid.shape, bool)) if same else _placed(reference.grid, other)
    if not (footprint & reference.valid).any():
        raise _elsewhere(Path(reference.path), Path(other.path))
    if not (placed.valid & reference.valid).any():
        raise SceneError(f"'{first}' and '{name}' have no pixel with data in common: choose other images.")
    offset = _measured(reference, placed)
    if not _on_lattice(reference.grid, other.grid):
        sentences.append(_resampled(reference, other, offset))
    off = offset.metres / _pixel_m(reference, other) if offset else 0.0
    if offset and off > WARN_PX:
        how_far = f"'{name}' lies about {offset.metres:.0f} m ({off:.1f} pixels) off '{first}'"
        if on_offset == "shift":
            moved = Affine.translation(-offset.columns, -offset.rows)
            t = reference.grid.transform
            back = t @ moved @ ~t @ other.grid.transform
            placed, footprint = _placed(reference.grid, replace(other, grid=replace(other.grid, transform=back)))
            left = _measured(reference, placed)
            rest = f"; about {left.metres:.0f} m are left" if left else ""
            sentences.append(f"{how_far} and was moved to fit{rest}.")
        else:
            sentences.append(_judged(how_far, off, offset.confidence, on_offset))
    share = (footprint & reference.valid).sum() / reference.valid.sum()
    if share < 0.995:
        sentences.append(
            f"'{name}' covers {100 * share:.1f} % of '{first}'; only the part that both show is looked at and measured."
        )
    return Registered(placed, footprint, offset, tuple(sentences))


def _judged(how_far: str, off_px: float, confidence: float, on_offset: OnOffset) -> str:
    """What is to be said about an offset that stays.

    Raises:
        SceneError: it is too large, beyond doubt, and not allowed.
    """
    if off_px > REFUSE_PX and confidence >= _SURE and on_offset != "allow":
        raise SceneError(
            f"{how_far}, too far to compare them: align it, ask for an automatic shift (--on-offset shift), or "
            "allow the offset (--on-offset allow)."
        )
    return f"{how_far}, so what is found along edges may be the offset and not a change."


def same_grid(a: Grid, b: Grid) -> bool:
    """Whether pixels of two grids are the same pixels of the ground."""
    return (
        (a.width, a.height) == (b.width, b.height) and a.crs == b.crs and a.transform.almost_equals(b.transform, 1e-9)
    )


def restrict(scene: Scene, where: np.ndarray) -> Scene:
    """A scene that is valid only where it is asked for.

    Raises:
        SceneError: nothing is left.
    """
    if where.all():
        return scene
    valid = scene.valid & where
    if not valid.any():
        raise SceneError(f"'{Path(scene.path).name}' has no data where the images overlap: choose another area.")
    return replace(scene, valid=valid, bands=scene.bands * valid, rgb=scene.rgb * valid[..., None])


def resample(
    values: np.ndarray, grid: Grid, onto: Grid, *, categorical: bool = False, nodata: float | None = None
) -> np.ndarray:
    """Values (..., H, W) of one grid on another.

    Args:
        values: of any number type.
        grid: of the values.
        onto: where they are wanted.
        categorical: classes or a mask, never to be mixed: the nearest is taken. Otherwise the mean where the pixels
            are less than half as large, else bilinear.
        nodata: fills what is not covered, and is never mixed with data; None is 0 for whole numbers, NaN for others.
    """
    if nodata is None:
        nodata = float("nan") if np.issubdtype(values.dtype, np.floating) else 0
    made = np.full((*values.shape[:-2], onto.height, onto.width), nodata, values.dtype)
    rasterio.warp.reproject(
        values,
        made,
        src_crs=CRS.from_wkt(grid.crs.to_wkt()),
        src_transform=grid.transform,
        src_nodata=nodata,
        dst_crs=CRS.from_wkt(onto.crs.to_wkt()),
        dst_transform=onto.transform,
        dst_nodata=nodata,
        resampling=Resampling.nearest if categorical else _method(grid, onto),
    )
    return made


def estimate_offset(reference: np.ndarray, other: np.ndarray, valid: np.ndarray) -> tuple[float, float, float] | None:
    """How far the content of one image lies off that of another on the same grid.

    Args:
        reference: bands (C, H, W).
        other: bands (D, H, W), not necessarily of the same sensor.
        valid: bool (H, W), where both have data.

    Returns:
        Columns to the right, rows downwards, and the confidence; None when the contents do not tell.
    """
    rows, columns = np.flatnonzero(valid.any(axis=1)), np.flatnonzero(valid.any(axis=0))
    if not rows.size or min(np.ptp(rows), np.ptp(columns)) + 1 < _LEAST_PX:
        return None
    box = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    reference, other, valid = reference[:, *box], other[:, *box], valid[box]
    height, width = (min(side, _WINDOW_PX) for side in valid.shape)
    total = np.zeros((height, width))
    for top in _starts(valid.shape[0], height):
        for left in _starts(valid.shape[1], width):
            part = (slice(top, top + height), slice(left, left + width))
            if valid[part].mean() > 0.25:
                total += _correlation(reference[:, *part], other[:, *part], valid[part])
    return _peak(total)


def _starts(side: int, window: int) -> Sequence[int]:
    count = min(_WINDOWS_A_SIDE, -(-side // window))
    return sorted(set(np.linspace(0, side - window, count).astype(int).tolist()))


def _edges(bands: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """Gradient magnitude summed over bands, each in units of its own strong ones."""
    total = np.zeros(valid.shape, np.float32)
    for band in bands:
        # A hole filled with the median has no edge as sharp as one filled with zero.
        filled = np.where(valid, band, np.median(band[valid])).astype(np.float32)
        x = ndimage.gaussian_filter(filled, _EDGE_SIGMA_PX, order=(0, 1))
        y = ndimage.gaussian_filter(filled, _EDGE_SIGMA_PX, order=(1, 0))
        strength = np.hypot(x, y)
        usual = float(np.percentile(strength[valid], _USUAL))
        if usual > 1e-7:
            total += np.minimum(strength / usual, _STRONGEST)
    return total


def _correlation(reference: np.ndarray, other: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """Phase correlation with no shift in the middle; zero where there are no edges."""
    height, width = valid.shape
    # The rim of a hole is an edge in both images, and must not tell that they fit.
    inner = ndimage.binary_erosion(valid, iterations=5).astype(np.float32)
    weight = ndimage.gaussian_filter(inner, 3) * inner * np.hanning(height)[:, None] * np.hanning(width)
    spectra = []
    for bands in (reference, other):
        edges = _edges(bands, valid)
        if weight.sum() == 0 or edges.std() < 1e-6:
            return np.zeros((height, width))
        spectra.append(np.fft.fft2((edges - np.average(edges, weights=weight)) * weight))
    cross = np.conj(spectra[0]) * spectra[1]
    cross /= np.abs(cross) ** _WHITENING + 1e-12 * np.abs(cross).max() + 1e-30
    fy, fx = np.fft.fftfreq(height)[:, None], np.fft.fftfreq(width)
    cross *= np.exp(-(fx**2 + fy**2) / (2 * _LOW_PASS**2))
    cross[0, 0] = 0
    return np.fft.fftshift(np.fft.ifft2(cross).real)


def _peak(correlation: np.ndarray) -> tuple[float, float, float] | None:
    """The highest point to a fraction of a pixel, if it stands out."""
    height, width = correlation.shape
    spread = float(correlation.std())
    if spread == 0:
        return None
    reach = min(_REACH_PX, height // 4, width // 4)
    top, left = height // 2 - reach, width // 2 - reach
    near = correlation[top : top + 2 * reach + 1, left : left + 2 * reach + 1]
    row, column = np.unravel_index(near.argmax(), near.shape)
    confidence = float((near[row, column] - correlation.mean()) / spread)
    others = near.copy()
    others[max(0, row - 5) : row + 6, max(0, column - 5) : column + 6] = 0
    if confidence < _LEAST_CONFIDENCE or near[row, column] < _LEAST_LEAD * others.max():
        return None
    row, column = int(row) + top, int(column) + left
    dx = _between(correlation[row, column - 1 : column + 2])
    dy = _between(correlation[row - 1 : row + 2, column])
    return column - width // 2 + dx, row - height // 2 + dy, confidence


def _between(three: np.ndarray) -> float:
    """Place of the peak of a bell curve, which the low pass makes of it, through three points around their highest."""
    before, here, after = np.log(np.maximum(three, three[1] * 1e-3))
    curved = before - 2 * here + after
    return float(np.clip(0.5 * (before - after) / curved, -0.5, 0.5)) if curved < 0 else 0.0


def _measured(reference: Scene, placed: Scene) -> Offset | None:
    return _offset(estimate_offset(reference.bands, placed.bands, reference.valid & placed.valid), reference.grid)


def _measured_in_windows(reference: Detail, other: Detail) -> Offset | None:
    """As `_measured`, of two large images on one grid: only the windows are read that are correlated."""
    grid = reference.grid
    height, width = min(grid.height, _WINDOW_PX), min(grid.width, _WINDOW_PX)
    total = np.zeros((height, width))
    for top in _starts(grid.height, height):
        for left in _starts(grid.width, width):
            valid = (reference.valid & other.valid).window(top, left, height, width)
            if valid.mean() > 0.25:
                windows = [detail.read(top, left, height, width) for detail in (reference, other)]
                total += _correlation(*windows, valid)
    return _offset(_peak(total), grid)


def _offset(found: tuple[float, float, float] | None, grid: Grid) -> Offset | None:
    if found is None:
        return None
    columns, rows, confidence = found
    x, y = grid.pixel_size_m
    return Offset(columns, rows, float(np.hypot(columns * x, rows * y)), confidence)


def _placed(onto: Grid, other: Scene) -> tuple[Scene, np.ndarray]:
    """The image on another grid, and where it reaches."""
    grid = other.grid
    exact = _on_lattice(onto, grid)
    reach = resample(np.ones(other.valid.shape, np.uint8), grid, onto, categorical=True).astype(bool)
    valid = resample(other.valid.astype(np.uint8), grid, onto, categorical=True).astype(bool)
    bands = resample(np.where(other.valid, other.bands, np.float32("nan")), grid, onto, categorical=exact)
    valid &= np.isfinite(bands).all(axis=0)
    picture = np.where(other.valid, other.rgb.transpose(2, 0, 1), np.float32("nan")).astype(np.float32)
    rgb = np.nan_to_num(resample(picture, grid, onto, categorical=exact)).transpose(1, 2, 0)
    return replace(
        other,
        grid=onto,
        bands=np.where(valid, np.nan_to_num(bands), 0).astype(np.float32),
        valid=valid,
        rgb=((rgb + 0.5) * valid[..., None]).astype(np.uint8),
    ), reach


def _on_lattice(a: Grid, b: Grid) -> bool:
    """Whether both grids are cut from one: then pixels are taken over and nothing is interpolated."""
    if a.crs != b.crs or not np.allclose((a.transform.a, a.transform.e), (b.transform.a, b.transform.e), rtol=1e-9):
        return False
    column, row = ~a.transform @ (b.transform.c, b.transform.f)
    return abs(column - round(column)) < 1e-3 and abs(row - round(row)) < 1e-3


def _method(grid: Grid, onto: Grid) -> Resampling:
    return Resampling.average if _finer(grid, onto) else Resampling.bilinear


def _finer(grid: Grid, onto: Grid) -> bool:
    return 2 * max(grid.pixel_size_m) <= min(onto.pixel_size_m)


def _resampled(reference: Scene, other: Scene, offset: Offset | None) -> str:
    how = "by averaging" if _finer(other.grid, reference.grid) else "bilinearly"
    crs = "" if other.grid.crs == reference.grid.crs else f"in {_crs_name(other.grid)}, "
    fits = ""
    if offset is None:
        fits = "; how well they fit could not be told from their contents"
    elif offset.metres <= WARN_PX * _pixel_m(reference, other):
        fits = f"; their contents fit to about {offset.metres:.2g} m"
    first, name = _names(Path(reference.path), Path(other.path))
    return (
        f"'{name}' lies on another pixel grid ({crs}{max(other.grid.pixel_size_m):.3g} m) and was "
        f"resampled {how} to that of '{first}'{fits}."
    )


def _pixel_m(reference: Scene, other: Scene) -> float:
    return max(*reference.grid.pixel_size_m, *other.grid.pixel_size_m)


def _crs_name(grid: Grid) -> str:
    return grid.crs_text if len(grid.crs_text) < 20 else grid.crs.name


def _names(reference: Path, other: Path) -> tuple[str, str]:
    """What to call two files, also where both have one name."""
    if reference.name != other.name:
        return reference.name, other.name
    return f"{reference.parent.name}/{reference.name}", f"{other.parent.name}/{other.name}"


def _elsewhere(reference: Path, other: Path) -> SceneError:
    first, name = _names(reference, other)
    return SceneError(f"'{first}' and '{name}' do not overlap: choose images of one place.")
