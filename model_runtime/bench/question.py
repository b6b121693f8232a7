"""The question of `bench speed`: a generated scene, dictated words, and one answer to it with its stages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import torch

from .. import pipeline, protocol
from ..answering import thinking
from ..errors import Cancelled, RequestError
from ..model.language import Say, say_together
from ..model.profile import PUBLISHED
from ..model.prompt import user_turn
from ..model.reasoner import Finished, ModelEvent, SegStep, Steps
from ..model.terrascope import TerraScope
from ..model.vision import ModelImage
from ..scene import acquisitions
from ..scene.detail import LARGE_PX
from ..scene_images import model_image
from ..scene_memory import SceneMemory
from ..terra_cot.scene_files import CRS, ORIGIN_M, PIXEL_SIZE_M, write_scene
from ..terra_cot.scenes import MIN_SIZE_PX
from .dictation import dictated, dictating
from .stopwatch import Stopwatch, Timed, now, watching_runtime
from .yardstick import Spoken

ASKED = "How many hectares of water are there, and how far is it from the nearest built-up area?"
ASKED_AFTER = "How many hectares of forest are there, and what share of it is within 500 m of a road?"
_SEED = 4


@dataclass(frozen=True)
class Question:
    """What is asked, and how much is said."""

    scene: str
    """path of the image"""
    width: int
    height: int
    words: int
    masks: int
    model: str = "nano"
    tier: str = "auto"
    asked: str = ASKED

    @property
    def turn(self) -> list[str]:
        """As of `reasoner.generate`."""
        return user_turn(self.asked, 1, PUBLISHED)

    @property
    def request(self) -> protocol.AskRequest:
        """With a GeoPackage and a picture beside the scene as its results."""
        left, top = ORIGIN_M
        bottom, right = top - self.height * PIXEL_SIZE_M, left + self.width * PIXEL_SIZE_M
        return protocol.AskRequest(
            question=self.asked,
            dates=[protocol.DateInput(optical=self.scene)],
            extent=(left, bottom, right, top),
            extent_crs=CRS,
            model=self.model,
            profile="published",
            measured=False,
            out=str(Path(self.scene).with_name("answer.gpkg")),
            picture=str(Path(self.scene).with_name("answer.png")),
        )


@dataclass(frozen=True)
class Answered:
    """One answer."""

    total: Timed
    """from the request to its files"""
    model: Timed
    """of that, from the image in memory to the last word"""
    stages: dict[str, Timed]
    """they and `other` add up to the total"""
    said: Spoken


def check(words: int, masks: int, size: tuple[int, int]) -> None:
    """Refuse what cannot be asked.

    Raises:
        RequestError: too many masks, or an image that is too small or so large that it is mapped window by window.
    """
    if masks >= PUBLISHED.max_segments:
        raise RequestError(f"An answer has fewer than {PUBLISHED.max_segments} masks; give --masks less.")
    if words <= masks:
        raise RequestError(f"{masks} masks need more than {words} words; give --words more.")
    if min(size) < MIN_SIZE_PX or size[0] * size[1] > LARGE_PX:
        raise RequestError(
            f"An image of {size[0]}x{size[1]} pixels cannot be timed; give --size from {MIN_SIZE_PX}x{MIN_SIZE_PX} to "
            f"{LARGE_PX / 1e6:.0f} million pixels."
        )


def write_image(folder: Path, size: tuple[int, int]) -> Path:
    """A generated scene that holds an image of that width and height in its upper left corner."""
    path = folder / "scene.tif"
    write_scene(path, max(size), _SEED)
    return path


def image_of(question: Question) -> ModelImage:
    """The image as the model takes it."""
    (acquired,), _ = acquisitions.open_acquisitions(question.request, lambda _: None)
    return model_image(acquired.optical)


def answer(
    model: TerraScope,
    question: Question,
    cancelled: Callable[[], bool] = lambda: False,
    memory: SceneMemory | None = None,
) -> Answered:
    """Ask the runtime, as a user does, and say where the time went.

    Args:
        model: the network.
        question: about a scene.
        cancelled: asked before every token.
        memory: of the scene, where it has been asked about before; without one nothing of it is known.

    Raises:
        Cancelled: `cancelled` said so.
    """
    heard, watch = _Heard(model.device), Stopwatch(model.device)
    if memory is None:
        model.forget()
    real = thinking.reason
    with (
        dictating(model, dictated(model, question.words, question.masks)) as rather,
        patch.object(thinking, "reason", lambda *args, **kwargs: heard.all_of(real(*args, **kwargs))),
        watching_runtime(watch),
    ):
        begin = now(model.device)
        pipeline.analyse(question.request, model, _Sink(cancelled), memory=memory)
        total = now(model.device) - begin
    other = total - sum(watch.stages.values(), Timed(0.0, 0.0))
    return Answered(total, heard.time, watch.stages | {"other": other}, heard.spoken(rather.tolist()))


class _Heard:
    """The model's events as they pass, and the time that they took."""

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._events: list[ModelEvent] = []
        self.time = Timed(0.0, 0.0)

    def all_of(self, events: Steps) -> Iterator[ModelEvent]:
        """The same events, each waited for with the clocks running."""
        said = None
        while True:
            begin = now(self._device)
            try:
                event = events.send(said)
            except StopIteration:
                return
            finally:
                self.time += now(self._device) - begin
            said = None
            if isinstance(event, Say):
                begin = now(self._device)
                (said,) = say_together([event])
                self.time += now(self._device) - begin
                continue
            self._events.append(event)
            yield event

    def spoken(self, rather: list[int]) -> Spoken:
        """What they came to."""
        steps = [event for event in self._events if isinstance(event, SegStep)]
        end = next(event for event in self._events if isinstance(event, Finished))
        return Spoken(end.ids, [step.mask for step in steps], [step.tokens for step in steps], rather)


class _Sink:
    """Listens to nothing, and says when to stop."""

    def __init__(self, cancelled: Callable[[], bool]) -> None:
        self.cancelled = cancelled

    def emit(self, event: protocol.Event) -> None:
        """Take one event."""


def stopper(cancelled: Callable[[], bool]) -> Callable[[], None]:
    """What raises when `cancelled` says so.

    Raises:
        Cancelled: it did.
    """

    def go_on() -> None:
        if cancelled():
            raise Cancelled

    return go_on
