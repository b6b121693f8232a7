"""Whether a model understands questions and reasons from its own masks, kind by kind.

Three things that can go wrong are told apart: which regions it marks, whether its answer follows from the masks it drew
and the measures it was given, and whether the answer is that of the true labels.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ..model.banks import DateBank, encode_at_once
from ..model.reasoner import Finished, Said, SegStep, reason
from ..model.terrascope import TerraScope
from ..model.vision import ModelImage
from ..model_store.keeper import Keeper
from ..terra_cot.chance import seeded
from ..terra_cot.facts import Facts, View
from ..terra_cot.model_images import optical_image
from ..terra_cot.samples import KINDS, choose, compose
from ..terra_cot.scenes import LabelledScene, generate
from ..terra_cot.traces import Measured, Trace
from ..terra_cot.vocabulary import BUILDING_CLASSES, LAND_COVER_CLASSES
from .asking import MEASURED
from .recipe import RECIPE

_SIZE = 256
ASKED = tuple(
    kind for kind, rule in KINDS.items() if not rule.over_time and not set(rule.phrases) & set(BUILDING_CLASSES)
)
"""Kinds of questions about one image of land cover."""


@dataclass
class Row:
    """One kind of question: how often asked, the right regions marked, the answer that of its masks, of the truth."""

    asked: int = 0
    marked: int = 0
    follows: int = 0
    true: int = 0


class _Talk:
    """One question put to a model, its masks measured as the runtime measures them."""

    def __init__(self, scene: LabelledScene, question: str) -> None:
        self.masks: dict[str, np.ndarray] = {}
        self.scene, self.question = scene, question
        self.trace = Trace(question, True, 1, self.facts())
        self.answer = ""

    def facts(self) -> Facts:
        """Of the masks that have been drawn."""
        classes = dict.fromkeys(self.masks, ())
        return Facts([View(self.scene, "optical", classes, self.masks)], classes, known_pct=0)

    def measure(self, step: SegStep) -> str:
        """What the model reads behind its mark."""
        self.masks[step.phrase] = step.mask
        self.trace.ground = self.facts()
        self.trace.look(self.trace.ground.region(step.phrase, 1), "")
        told = self.trace.pieces[-1]
        assert isinstance(told, Measured)  # noqa: S101  # nosec B101
        return told.text

    def hold(self, model: TerraScope, image: ModelImage, banks: list[DateBank]) -> None:
        """Ask, and keep what is said."""
        for event in reason(model, [image], self.question, MEASURED, measure=self.measure, banks=banks):
            if isinstance(event, Said) and event.kind == "reasoning":
                self.trace.say(event.text)
            elif isinstance(event, Finished):
                self.answer = event.answer


def _again(kind: str, question: str, drawn: Facts, phrases: list[str]) -> str | None:
    """The answer that follows from the drawn masks; None where one is empty that the question takes for there."""
    regions = [drawn.region(phrase, 1) for phrase in phrases]
    if KINDS[kind].present and not all(region.area_ha for region in regions):
        return None
    return KINDS[kind].write(Trace(question, True, 1, drawn), *regions)


def answers(model: TerraScope, count: int) -> dict[str, Row]:
    """Ask one question of each kind about each of some held-out generated scenes.

    Args:
        model: to be asked.
        count: scenes.

    Returns:
        A row per kind.
    """
    rows = {kind: Row() for kind in ASKED}
    rng = seeded(RECIPE.held_out_seed)
    for seed in range(RECIPE.held_out_seed, RECIPE.held_out_seed + count):
        scene = replace(generate(_SIZE, seed), surface=None)
        truth = Facts([View(scene, "optical", LAND_COVER_CLASSES)], LAND_COVER_CLASSES, known_pct=0)
        image = optical_image(scene)
        banks = encode_at_once(model, [image])
        for kind, row in rows.items():
            regions = choose(kind, truth, rng, measured=True)
            if regions is None:
                continue
            asked = compose(kind, regions, truth, rng, measured=True)
            talk = _Talk(scene, asked.question)
            talk.hold(model, image, banks)
            row.asked += 1
            row.true += talk.answer == asked.answer
            phrases = [region.phrase for region in regions]
            if set(talk.masks) == set(phrases):
                row.marked += 1
                row.follows += talk.answer == _again(kind, asked.question, talk.facts(), phrases)
    return rows


def table(rows: Mapping[str, Row]) -> Iterator[str]:
    """Lines of the table, the last one of all kinds together."""
    yield f"{'kind':<16}{'asked':>6}{'right regions':>15}{'answer of its masks':>21}{'answer of the truth':>21}"
    names = ("asked", "marked", "follows", "true")
    total = Row(*(sum(getattr(row, name) for row in rows.values()) for name in names))
    for kind, row in {**rows, "all": total}.items():
        yield f"{kind:<16}{row.asked:>6}{row.marked:>15}{row.follows:>21}{row.true:>21}"


def run(name: str, count: int, out: Path | None) -> None:
    """Ask, and print what came of it.

    Args:
        name: 'nano' or a model folder.
        count: scenes.
        out: JSON file for the figures, or None.
    """
    rows = answers(Keeper("cpu").get(name), count)
    for line in table(rows):
        print(line)
    if out:
        out.write_text(json.dumps({kind: vars(row) for kind, row in rows.items()}, indent=1) + "\n", "utf-8")
