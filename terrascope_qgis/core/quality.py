"""How well a model finds each class: which figures hold for some input, and a light for each class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qgis.PyQt.QtCore import QCoreApplication

from ..client.protocol import ByInputs, ClassQuality, ModelSummary
from ..numerals import number
from .choices import LAND_COVER
from .figures import percentage_points

GOOD_IOU, FAIR_IOU = 0.75, 0.5
GOOD, FAIR, POOR, UNMEASURED = "good", "fair", "poor", "unmeasured"

translate = QCoreApplication.translate


@dataclass(frozen=True)
class ClassLight:
    """One class, one of the four lights, and the figures behind it (None: not measured)."""

    name: str
    light: str
    quality: ClassQuality | None = None

    def sign(self) -> str:
        """A mark that tells the light without its colour."""
        return {GOOD: "✓", FAIR: "≈", POOR: "✗"}.get(self.light, "?")

    def word(self) -> str:
        """The light in words."""
        return {
            GOOD: translate("TerraScope", "good"),
            FAIR: translate("TerraScope", "fair"),
            POOR: translate("TerraScope", "poor"),
        }.get(self.light, translate("TerraScope", "not measured"))

    def figures(self) -> str:
        """`IoU 0.86, coverage ± 1.9 points`; empty where nothing was measured."""
        if self.quality is None:
            return ""
        return translate("TerraScope", "IoU {iou}, coverage ± {error}").format(
            iou=number(self.quality.iou, 2), error=percentage_points(self.quality.coverage_error_pct)
        )

    def sentence(self) -> str:
        """All of it, for a screen reader: `water: good, IoU 0.86, coverage ± 1.9 points`."""
        return ", ".join(part for part in (f"{self.name}: {self.word()}", self.figures()) if part)


def light_of(name: str, quality: ClassQuality | None) -> ClassLight:
    """The light of a class: green from an IoU of 0.75, amber from 0.5, red below, grey where it was not measured."""
    if quality is None:
        return ClassLight(name, UNMEASURED)
    return ClassLight(name, GOOD if quality.iou >= GOOD_IOU else FAIR if quality.iou >= FAIR_IOU else POOR, quality)


def class_lights(figures: ByInputs, inputs: str, names: Iterable[str] | None = None) -> list[ClassLight]:
    """A light for each class.

    Args:
        figures: of a model.
        inputs: input set, one of `inputs.INPUT_SETS`.
        names: the classes; None: the land-cover classes and whatever else was measured with any input.

    Returns:
        In the order of the names; none for a model that was not measured class by class.
    """
    if not figures:
        return []
    if names is None:
        names = [*LAND_COVER, *(name for classes in figures.values() for name in classes)]
    measured = figures.get(inputs, {})
    return [light_of(name, measured.get(name)) for name in dict.fromkeys(names)]


def quality_line(model: ModelSummary) -> str:
    """The model's own line on its quality, which for a taught one has its figures; else what it was taught from."""
    return model.quality or taught_words(model)


def taught_words(model: ModelSummary) -> str:
    """What a model was taught from and what that gave on held-out ground; empty for one that was not taught here."""
    if not model.base:
        return ""
    taught = translate("TerraScope", "taught from {base}").format(base=model.base)
    if model.held_out is None:
        return taught
    figures = translate("TerraScope", "IoU on held-out ground {before} → {after}").format(
        before=number(model.held_out.iou_before, 2), after=number(model.held_out.iou_after, 2)
    )
    return f"{taught}; {figures}"
