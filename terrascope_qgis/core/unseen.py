"""What an answer says nothing about: ground without data, and ground under clouds."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtCore import QCoreApplication

from ..client.protocol import Report
from .figures import area, day_or_image, hidden_by, percent

SMALLEST_SHARE = 1e-6  # of what was asked about; below it the two sums of hectares differ by rounding

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Unseen:
    """Ground that was asked about and not seen.

    Attributes:
        why: no data, or clouds.
        image: 1-based; None: it concerns all images together.
        when: the day of the image where there are several; may be empty.
        area_ha: how much.
        share_pct: of what was asked about; None where a report of an older runtime does not tell how much that is.
        told_by: who says so; may be empty.
    """

    why: str
    image: int | None
    when: str
    area_ha: float
    share_pct: float | None
    told_by: str

    def figures(self) -> str:
        """`12.4 ha, 1.9 %`."""
        return ", ".join([area(self.area_ha), *([] if self.share_pct is None else [percent(self.share_pct)])])


def unseen(report: Report) -> list[Unseen]:
    """What was not seen, if anything: first what has no data, then what clouds hid of each date."""
    asked_ha, several = report.scene.asked_area_ha, len(report.dates) > 1
    found = []
    if asked_ha:
        gap_ha = asked_ha - report.scene.valid_area_ha
        if gap_ha > SMALLEST_SHARE * asked_ha:
            why = (
                translate("TerraScope", "No data in at least one image")
                if several
                else translate("TerraScope", "No data")
            )
            found.append(Unseen(why, None, "", gap_ha, 100 * gap_ha / asked_ha, ""))
    for date in report.dates:
        if date.hidden_ha:
            share_pct = 100 * date.hidden_ha / asked_ha if asked_ha else None
            when = day_or_image(date.image, report.dates) if several else ""
            why = translate("TerraScope", "Hidden by clouds")
            found.append(Unseen(why, date.image, when, date.hidden_ha, share_pct, hidden_by(date)))
    return found
