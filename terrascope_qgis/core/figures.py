"""How figures are written for people: as many digits as the figure deserves, and its unit."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.PyQt.QtCore import QCoreApplication

from ..client.protocol import Change, Claim, DateInfo, Distance, ModelInfo, Step
from ..numerals import day, number, significant
from ..numerals import percent as share
from .units import HECTARE, KILOMETRE, MILE, Unit, area_unit, is_us, length_unit, metric_length

translate = QCoreApplication.translate


def area(value_ha: float, uncertainty_ha: float | None = None) -> str:
    """In the user's units, `85.2 ha` or `210.5 ac`; with the uncertainty `85.2 ± 1.3 ha`, both rounded alike."""
    return _area(value_ha, uncertainty_ha, area_unit())


def hectares(value_ha: float, uncertainty_ha: float | None = None) -> str:
    """The same in hectares, whatever the user's units are."""
    return _area(value_ha, uncertainty_ha, HECTARE)


def in_hectares_too(value_ha: float, uncertainty_ha: float | None = None) -> str:
    """For the tool tip of an area that is shown in other units; empty where it is shown in hectares."""
    return hectares(value_ha, uncertainty_ha) if is_us() else ""


def _area(value_ha: float, uncertainty_ha: float | None, unit: Unit) -> str:
    value = unit.factor * value_ha
    digits = area_digits(value)
    margin = "" if uncertainty_ha is None else f" ± {number(unit.factor * uncertainty_ha, digits)}"
    return f"{number(value, digits)}{margin} {unit.symbol}"


def area_digits(value: float) -> int:
    """How many digits after the decimal mark an area deserves."""
    return 2 if abs(value) < 10 else 1 if abs(value) < 1000 else 0


def distance(value_m: float) -> str:
    """In the user's units: `340 m`, `12.3 km`, `1,115 ft`, `7.6 mi`."""
    return _length(value_m, length_unit(value_m))


def metres(value_m: float) -> str:
    """In metres or kilometres, whatever the user's units are."""
    return _length(value_m, metric_length(value_m))


def in_metres_too(value_m: float) -> str:
    """For the tool tip of a distance that is shown in other units; empty where it is shown in metres."""
    return metres(value_m) if is_us() else ""


def _length(value_m: float, unit: Unit) -> str:
    value = unit.factor * value_m
    digits = 1 if value < 10 else 0
    if unit in (KILOMETRE, MILE):
        digits = 2 if value < 10 else 1
    return f"{number(value, digits)} {unit.symbol}"


def percent(value: float) -> str:
    """`12.4 %`; under a tenth of a percent `< 0.1 %`."""
    return f"< {share(0.1)}" if 0 < value < 0.1 else share(value)


def percentage_points(value: float) -> str:
    """`1.9 points`: the difference of two percentages."""
    return translate("TerraScope", "{value} points").format(value=number(value, 1))


def examples(count: int) -> str:
    """`1 example`, `3 examples`."""
    if count == 1:
        return translate("TerraScope", "1 example")
    return translate("TerraScope", "{count} examples").format(count=number(count))


def in_unit(value: float, unit: str) -> str:
    """A claim's figure in the unit the model used, with four significant digits."""
    return significant(value) + " " + {"m2": "m²", "km2": "km²"}.get(unit, unit)


def relation(between: Distance) -> str:
    """How two regions lie to one another, in words: `340 m apart` or `touching along 120 m`."""
    if not between.contact:
        return translate("TerraScope", "{distance} apart").format(distance=distance(between.distance_m))
    if between.contact_length_m > 0:
        words = translate("TerraScope", "touching along {distance}")
        return words.format(distance=distance(between.contact_length_m))
    return translate("TerraScope", "touching")


def change_figures(change: Change) -> str:
    """What became of a region: `+ 9.94 ha, − 3.79 ha`; below the floor, that it cannot be told from noise."""
    figures = f"+ {area(change.gained_ha)}, − {area(change.lost_ha)}"
    if change.told:
        return figures
    return translate("TerraScope", "{figures}: no change that can be told from noise").format(figures=figures)


def day_or_image(image: int, dates: Iterable[DateInfo]) -> str:
    """The day of an image, 1-based; `image 2` where it is not known."""
    known = next((date.date for date in dates if date.image == image), None)
    return day(known) if known else translate("TerraScope", "image {number}").format(number=image)


def from_sar(step: Step) -> str:
    """How much of a region was read from radar: `61 % of its tokens from SAR`; empty where there was one sensor."""
    if step.sar_share is None or not step.tokens:
        return ""
    return translate("TerraScope", "{share} of its tokens from SAR").format(share=share(100 * step.sar_share, 0))


def hidden_by(date: DateInfo) -> str:
    """Who told where the clouds of a date are; empty where there are none."""
    return {
        "layer": translate("TerraScope", "as the cloud layer tells"),
        "model": translate("TerraScope", "as the model sees them"),
    }.get(date.hidden_by, "")


def ran_as(model: ModelInfo) -> str:
    """How a model's weights were kept and where they were multiplied: `bf16 on cuda`; empty when it does not say."""
    return " on ".join(part for part in (model.tier, model.device) if part)


def first_area_ha(steps: Iterable[Step]) -> float | None:
    """The area of the first region, None when the answer has none."""
    return next((step.area_ha for step in steps), None)


def disagreements(claims: Iterable[Claim]) -> list[Claim]:
    """The model's figures that the masks contradict."""
    return [claim for claim in claims if claim.agrees is False]
