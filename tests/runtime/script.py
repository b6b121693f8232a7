"""A model whose words and masks are known, and questions to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from model_runtime import pipeline, protocol
from model_runtime.answering import thinking
from model_runtime.errors import Cancelled
from model_runtime.model.reasoner import Clouds, Encoded, Finished, Noted, Said, SegStep
from tests.runtime.conftest import write_rgb
from tests.runtime.sink import Sink

if TYPE_CHECKING:
    from model_runtime.model.profile import ReasoningProfile


SHAPE = (60, 80)
WATER = np.zeros(SHAPE, bool)
WATER[10:20, 10:30] = True
TOWN = np.zeros(SHAPE, bool)
TOWN[10:20, 53:60] = True  # 23 pixels of 10 m east of the water
NOTHING = np.zeros(SHAPE, bool)


def seg(index: int, phrase: str, mask: np.ndarray, image: int = 1, **sensors: object) -> SegStep:
    log_odds = np.where(mask, np.float16(9), np.float16(-9))
    return SegStep(index, phrase, image, mask, 0.9, 8, np.arange(8), None, None, log_odds, **sensors)


class Script:
    """Stands in for the words of a model, so that the masks are known: says, marks, and asks for measures.

    `clouds` are the masks it finds where it is asked to look for them, by image.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pieces: list[str | SegStep | Noted] = []
        self.clouds: dict[int, np.ndarray] = {}
        self.clouds_of: list[int] = []
        self.fusion = ""
        self.answer = "Yes"
        self.told: list[str] = []
        self.images: list = []
        self.lessons: object = None
        self.model = SimpleNamespace(
            config=SimpleNamespace(measured_default=True, input_bands=("red", "green", "blue")),
            info=lambda: {"name": "script", "revision": "1", "sha256": "0", "parameters": 1, "quality": ""},
        )
        monkeypatch.setattr(thinking, "reason", self._reason)

    def _reason(
        self,
        _: object,
        images: list,
        question: str,
        profile: ReasoningProfile,
        **how: Any,  # noqa: ANN401
    ) -> Iterator:
        self.question, self.earlier = question, how["earlier"]
        self.images, self.fusion, self.clouds_of = images, profile.fusion, how["clouds_of"]
        self.lessons = how["lessons"]
        for number in range(len(images)):
            yield Encoded("vision", number / len(images))
            yield Encoded("grounding", number / len(images))
        yield Encoded("prefill", 0.0)
        yield from (Clouds(image, self.clouds[image]) for image in self.clouds_of if image in self.clouds)
        for piece in self.pieces:
            if how["cancelled"]():
                raise Cancelled
            if isinstance(piece, str):
                yield Said(piece, "reasoning")
                continue
            yield piece
            if profile.measured and isinstance(piece, SegStep):
                self.told.append(how["measure"](piece))
                yield Said(self.told[-1], "measured")
        yield Said(self.answer, "answer")
        reasoning = "".join(piece for piece in self.pieces if isinstance(piece, str))
        yield Finished("", reasoning, self.answer, "stop", [])


def dates(*given: Path | protocol.DateInput) -> list[protocol.DateInput]:
    """Dates of which paths are optical images."""
    return [one if isinstance(one, protocol.DateInput) else protocol.DateInput(optical=str(one)) for one in given]


def ask(
    script: Script, scene: Path | protocol.DateInput, question: str, *later: Path | protocol.DateInput, **fields: object
) -> Sink:
    sink = Sink()
    request = protocol.AskRequest(question=question, dates=dates(scene, *later), **fields)
    pipeline.analyse(request, script.model, sink)
    return sink


def two_dates(
    script: Script, scene: Path, folder: Path, masks: dict[str, tuple[np.ndarray, np.ndarray]], **fields: object
) -> Sink:
    """Ask about two dates of which the later has no data in the last five columns."""
    later = folder / "later.tif"
    rgb = np.full((*SHAPE, 3), 90, np.uint8) + np.arange(80, dtype=np.uint8)[None, :, None]
    rgb[:, 75:] = 0
    write_rgb(later, rgb)
    script.pieces = []
    for phrase, pair in masks.items():
        for image, mask in enumerate(pair, 1):
            index = 1 + len(script.pieces) // 2
            script.pieces += [f" Image: {image} {phrase} ", seg(index, phrase, mask, image)]
    out, picture = folder / "run.gpkg", folder / "run.png"
    return ask(script, scene, "What changed?", later, out=str(out), picture=str(picture), **fields)
