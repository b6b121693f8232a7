"""The images of a run on one grid, and what of them is measured: where there is data that no cloud hides."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from .. import protocol
from ..errors import RequestError
from ..mask_keeping import MaskKeeping
from ..measure import words
from ..measure.area import PixelAreas, coverage_pct
from ..rasters.rows import Raster, enlarged, rows_of
from ..scene import acquisitions
from ..scene.acquisitions import Acquisition
from ..scene.bands import SAR_ROLES
from ..scene.detail import LARGE_PX
from ..scene_memory import Place
from .telling import Teller

if TYPE_CHECKING:
    from ..model.config import ModelConfig
    from ..model.reasoner import Clouds

# Looking for itself the model sees clouds on up to 0.2 % of clear aerial scenes: roofs, which are to be measured.
_LEAST_CLOUDS_PCT = 1.0


class Ground:
    """What a run looks at.

    Args:
        dates: of one grid.
        minimum_ha: the minimum mapping unit.
        tell: of what clouds hide.

    Attributes:
        dates: in the order of time.
        grid: of all of them.
        areas: of its pixels.
        keeping: where masks on it are.
        seen: of each date, bool (H, W): where it has data that no cloud hides.
        hidden_ha: of each date, what clouds hide.
        hidden_by: of each date, who said where they are; "" where nobody was asked.
    """

    def __init__(self, dates: list[Acquisition], minimum_ha: float, tell: Teller) -> None:
        self.dates = dates
        self.grid = dates[0].grid
        self.areas = PixelAreas(self.grid)
        self.keeping = MaskKeeping(dates[0].scene.detail, self.areas, minimum_ha, tell.check)
        self.seen: list[Raster] = [date.valid for date in dates]
        self.hidden_ha = [0.0] * len(dates)
        self.hidden_by: list[Literal["", "layer", "model"]] = [""] * len(dates)
        self._tell = tell

    @property
    def is_large(self) -> bool:
        """Whether the model looks at an overview, and masks are drawn window by window."""
        return self.dates[0].scene.detail is not None

    def hide(self, image: int, mask: Raster, by: Literal["layer", "model"], how: str) -> None:
        """Take what clouds hide out of what is measured, and tell.

        Args:
            image: number of the date, from 1.
            mask: of the clouds.
            by: who drew it.
            how: the same in words.
        """
        valid = self.dates[image - 1].valid
        hidden = mask & valid
        hectares = self.areas.area_ha(hidden)
        self.hidden_ha[image - 1], self.hidden_by[image - 1] = hectares, by
        if not hectares:
            return
        self.seen[image - 1] = valid & ~hidden
        share = coverage_pct(hidden, valid)
        if not rows_of(self.seen[image - 1]).any():
            self._tell.warn(
                f"Image {image} is wholly hidden by clouds ({how}), so nothing can be measured in it: choose another "
                "day, or add a radar image of it."
            )
        else:
            self._tell.warn(
                f"Image {image}: {words.number(hectares)} ha ({share:.1f} %) are hidden by clouds ({how}) and were "
                "not measured."
            )

    def hide_clouds(self, found: Clouds) -> None:
        """The same with what the model sees of clouds, where it is enough to be believed."""
        scene = self.dates[found.image - 1].scene
        if coverage_pct(found.mask, scene.valid) < _LEAST_CLOUDS_PCT:
            self.hidden_by[found.image - 1] = "model"
            return
        detail = scene.detail
        mask = found.mask if detail is None else enlarged(found.mask, detail.step, detail.valid.shape)
        self.hide(found.image, mask, "model", "as the model itself sees them")


def open_ground(request: protocol.AskRequest, config: ModelConfig, place: Place, tell: Teller) -> Ground:
    """Open the images on one grid, and pass on what they have to say.

    Args:
        request: which images, and what is done with them.
        config: of the model, which may not take radar.
        place: what is known of them; will hold the opened images.
        tell: of what a user should know about them.

    Raises:
        RequestError: the model does not take them, or not in the way that is asked for.
        SceneError: they cannot be opened.
    """
    tell.progress("Reading the scene", 0.0)
    request = request.model_copy(update={"dates": _readable(request, config, tell)})
    with tell.timed("scene"):
        if not place.acquired:
            place.acquired, place.sentences = acquisitions.open_acquisitions(
                request, lambda fraction: tell.progress("Reading the scene", 0.05 * fraction)
            )
        ground = Ground(place.acquired, request.minimum_area_ha, tell)
    for message in (*request.notes, *place.sentences):
        tell.warn(message)
    _check_size(request, ground, tell)
    if request.minimum_area_ha:
        unit = words.number(request.minimum_area_ha)
        tell.warn(f"Parts smaller than {unit} ha (the minimum mapping unit) were left out of the masks.")
    _check_polarisations(ground, config)
    for image, date in enumerate(ground.dates, 1):
        if date.hidden is not None:
            ground.hide(image, date.hidden.mask, "layer", date.hidden.how)
    return ground


def _readable(request: protocol.AskRequest, config: ModelConfig, tell: Teller) -> list[protocol.DateInput]:
    """The dates without radar images that the model cannot take, or that the user wants left out.

    Raises:
        RequestError: nothing is left of a date.
    """
    dates, roles = request.dates, config.input_bands
    takes_sar = roles is None or bool(set(SAR_ROLES) & set(roles))  # without roles: pictures, also of radar
    if not takes_sar and any(date.sar for date in dates):
        alone = next((image for image, date in enumerate(dates, 1) if not date.optical), None)
        if alone:
            raise RequestError(
                f"This model takes no SAR, and image {alone} is nothing else; give an optical image of that date "
                "or choose a model that takes SAR."
            )
        left_out = sum(bool(date.sar) for date in dates)
        tell.warn(f"This model takes no SAR; the SAR image{'s were' if left_out > 1 else ' was'} left out.")
    if takes_sar and request.fusion != "none":
        return dates
    return [date.model_copy(update={"sar": None}) if date.optical else date for date in dates]


def _check_size(request: protocol.AskRequest, ground: Ground, tell: Teller) -> None:
    """Of a large scene, say what was looked at how; its examples cannot be learnt from."""
    if not ground.is_large:
        return
    first, grid = ground.dates[0], ground.grid
    millions = grid.width * grid.height / 1e6
    if request.examples:
        raise RequestError(
            f"Examples can be shown on a scene of at most {LARGE_PX / 1e6:.0f} million pixels, and this one has "
            f"{millions:.0f}: restrict the extent to where they are."
        )
    if request.large == "per_window":
        if len(ground.dates) > 1 or (first.optical and first.sar):
            raise RequestError("Only one image can be reasoned about window by window: ask with an overview.")
        return
    size_m = max(first.scene.detail.overview.pixel_size_m)
    tell.warn(
        f"The scene has {millions:.0f} million pixels: the reasoning looked at an overview of it (pixels of "
        f"{words.number(size_m)} m), its masks were drawn on every pixel."
    )


def _check_polarisations(ground: Ground, config: ModelConfig) -> None:
    known = set(config.input_bands or SAR_ROLES)
    for date in ground.dates:
        if date.sar is not None and not known & set(date.sar.roles):
            wanted = " and ".join(role for role in SAR_ROLES if role in known)
            raise RequestError(
                f"'{Path(date.sar.path).name}' holds {' and '.join(date.sar.roles)}, and this model reads "
                f"{wanted}; choose another SAR image or another model."
            )
