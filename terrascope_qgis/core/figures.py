"""How figures are written for people: as many digits as the figure deserves, and its unit."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.PyQt.QtCore import QCoreApplication

from ..client.protocol import Change, Claim, DateInfo, Distance, ModelInfo, Step

translate = QCoreApplication.translate


def hectares(value: float, uncertainty: float | None = None) -> str:
    """`85.2 ha`, or with the uncertainty `85.2 ± 1.3 ha`, both rounded alike."""
    digits = 2 if abs(value) < 10 else 1 if abs(value) < 1000 else 0
    if uncertainty is None:
        return "{:,.{d}f} ha".format(value, d=digits)
    return "{:,.{d}f} ± {:,.{d}f} ha".format(value, uncertainty, d=digits)


def metres(value: float) -> str:
    """`340 m`, from ten kilometres on `12.3 km`."""
    if value >= 10_000:
        return f"{value / 1000:,.1f} km"
    return "{:,.{d}f} m".format(value, d=0 if value >= 10 else 1)


def percent(value: float) -> str:
    """`12.4 %`; under a tenth of a percent `< 0.1 %`."""
    return "< 0.1 %" if 0 < value < 0.1 else f"{value:.1f} %"


def percentage_points(value: float) -> str:
    """`1.9 points`: the difference of two percentages."""
    return translate("TerraScope", "{value} points").format(value=f"{value:.1f}")


def data_size(count: int) -> str:
    """Bytes on a disk or in memory: `11.2 MB`, `16.4 GB`."""
    for unit, size in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= 0.9995 * size:  # else three digits would be written as 1000
            return "{:,.{d}f} {}".format(count / size, unit, d=1 if count < 99.95 * size else 0)
    return f"{count} B"


def examples(count: int) -> str:
    """`1 example`, `3 examples`."""
    if count == 1:
        return translate("TerraScope", "1 example")
    return translate("TerraScope", "{count} examples").format(count=count)


def in_unit(value: float, unit: str) -> str:
    """A claim's figure in the unit the model used, with four significant digits."""
    number = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    return number + " " + {"m2": "m²", "km2": "km²"}.get(unit, unit)


def relation(distance: Distance) -> str:
    """How two regions lie to one another, in words: `340 m apart` or `touching along 120 m`."""
    if not distance.contact:
        return f"{metres(distance.distance_m)} apart"
    if distance.contact_length_m > 0:
        return f"touching along {metres(distance.contact_length_m)}"
    return "touching"


def change_figures(change: Change) -> str:
    """What became of a region: `+ 9.94 ha, − 3.79 ha`; below the floor, that it cannot be told from noise."""
    figures = f"+ {hectares(change.gained_ha)}, − {hectares(change.lost_ha)}"
    return figures if change.told else f"{figures}: no change that can be told from noise"


def day_or_image(image: int, dates: Iterable[DateInfo]) -> str:
    """The day of an image, 1-based; `image 2` where it is not known."""
    day = next((date.date for date in dates if date.image == image), None)
    return day or translate("TerraScope", "image {number}").format(number=image)


def from_sar(step: Step) -> str:
    """How much of a region was read from radar: `61 % of its tokens from SAR`; empty where there was one sensor."""
    if step.sar_share is None or not step.tokens:
        return ""
    return translate("TerraScope", "{share:.0f} % of its tokens from SAR").format(share=100 * step.sar_share)


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
