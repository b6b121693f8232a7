"""How sure the model says it is of a mask, in words, and what that is worth."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication

from ..client.protocol import ModelInfo
from ..numerals import number

SURE, UNSURE = 0.75, 0.5  # the limits of the lights in quality.py: both are about an IoU

translate = QCoreApplication.translate


def is_low(score: float) -> bool:
    """The model itself expects that less than half of what mask and truth cover is covered by both."""
    return score < UNSURE


def sureness(score: float) -> str:
    """A mask's score (0 to 1) in words and as the number: `sure (0.91)`."""
    if is_low(score):
        words = translate("TerraScope", "unsure ({score})")
    elif score < SURE:
        words = translate("TerraScope", "fairly sure ({score})")
    else:
        words = translate("TerraScope", "sure ({score})")
    return words.format(score=number(score, 2))


def caution(model: ModelInfo) -> str:
    """What the scores of a model are worth."""
    if model.calibrated_on:
        words = translate(
            "TerraScope",
            "Sure or not is how well such masks fitted where the truth is known (mean IoU, 0 to 1; {places}); your "
            "place may be unlike those.",
        )
        return words.format(places=model.calibrated_on)
    return translate(
        "TerraScope",
        "Sure or not is the model's own guess of how well each mask fits (0 to 1); it is not calibrated against truth.",
    )
