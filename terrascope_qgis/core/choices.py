"""What a question leaves to the user besides its words: sensors, offsets, clouds, and how two sensors go together."""

from __future__ import annotations

from dataclasses import dataclass

from ..client.protocol import FUSIONS

# Names of `model_runtime/scene/bands.py`; a test compares both.
OPTICAL_SENSORS = (
    "sentinel-2", "sentinel-2-offset", "landsat-4-7", "landsat-8-9", "landsat-8-9-l1", "naip", "planetscope",
)  # fmt: skip
SAR_SENSORS = ("sentinel-1-db", "sentinel-1-linear")
# The land cover as the bundled model has learnt to name it; not translated: the model reads English.
LAND_COVER = (
    "water", "trees", "cropland", "grassland", "built-up area", "bare ground", "snow and ice", "wetland", "cloud",
)  # fmt: skip
ON_OFFSET = ("refuse", "allow", "shift")
CLOUDS = ("exclude", "ignore")
LARGE = ("overview", "per_window")


@dataclass(frozen=True)
class Choices:
    """As the runtime's request has them; what is not chosen is the runtime's own default.

    Args:
        sensor: one of `OPTICAL_SENSORS`; None: as names and metadata tell.
        sar_sensor: one of `SAR_SENSORS`; None likewise.
        on_offset: what to do when images lie over two pixels apart.
        fusion: which sensor's tokens enter the reasoning where a date has both.
        clouds: whether what clouds hide is left out of the measures.
        large: whether one image of over four million pixels is reasoned about as a whole, or in each window.
        minimum_area_ha: minimum mapping unit: smaller parts are left out of the masks.
    """

    sensor: str | None = None
    sar_sensor: str | None = None
    on_offset: str = ON_OFFSET[0]
    fusion: str = FUSIONS[0]
    clouds: str = CLOUDS[0]
    large: str = LARGE[0]
    minimum_area_ha: float = 0.0
