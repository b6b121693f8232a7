"""The units that figures are shown in. What is stored, asked for and written for programs stays in hectares and metres.

Acre, foot and mile are the international ones, as QGIS's: a US survey acre is larger by 4 millionths.
"""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsUnitTypes
from qgis.PyQt.QtCore import QLocale

from ..compat import ACRES, FEET, HECTARES, METRES, MILES
from ..settings import METRIC, US, Settings


@dataclass(frozen=True)
class Unit:
    """A unit, and how many of it are a hectare or a metre."""

    symbol: str
    factor: float


HECTARE, METRE, KILOMETRE = Unit("ha", 1.0), Unit("m", 1.0), Unit("km", 0.001)
ACRE = Unit("ac", QgsUnitTypes.fromUnitToUnitFactor(HECTARES, ACRES))
FOOT, MILE = (
    Unit(symbol, QgsUnitTypes.fromUnitToUnitFactor(METRES, unit)) for symbol, unit in (("ft", FEET), ("mi", MILES))
)


def is_us() -> bool:
    """Whether figures are shown in acres, feet and miles: as the user has chosen, else as is usual in QGIS's locale."""
    chosen = Settings.kept_units()
    if chosen in (METRIC, US):
        return chosen == US
    return QLocale().measurementSystem() != QLocale.MeasurementSystem.MetricSystem


def area_unit() -> Unit:
    """That areas are shown in."""
    return ACRE if is_us() else HECTARE


def metric_length(value_m: float) -> Unit:
    """Metres, from ten kilometres on kilometres."""
    return KILOMETRE if value_m >= 10_000 else METRE


def length_unit(value_m: float) -> Unit:
    """That a length is shown in."""
    if not is_us():
        return metric_length(value_m)
    return MILE if value_m * MILE.factor >= 1 else FOOT
