"""One run from the request to `Done`: it looks, thinks and concludes."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from .. import __version__, follow_up, protocol, unfinished
from ..errors import Cancelled, NotEnoughMemory, RequestError
from ..measure import words
from ..model_store.devices import ran_out
from ..scene_memory import Place, SceneMemory
from ..unfinished import Unfinished
from .concluding import conclude
from .findings import Findings
from .ground import open_ground
from .taught import learn
from .telling import Sink, Teller
from .thinking import think

if TYPE_CHECKING:
    from ..model.language import Say
    from ..model.terrascope import TerraScope

_LEAST_ROOM = 1 << 26


class Run:
    """What one run is asked, and what it has come to so far.

    Args:
        request: what is asked.
        model: who answers.
        sink: where events go.
        place: what is known of the place.
        told: as of `pipeline.analyse`.
        warnings: what the user has been told before.

    Attributes:
        question: as the model is asked it.
        turns: earlier questions and answers that it is shown.
        measured: whether measures enter the reasoning.
        ground, taught, findings: from `look` on.
        reasoning, answer: as far as they are said.
    """

    def __init__(
        self,
        request: protocol.AskRequest,
        model: TerraScope,
        sink: Sink,
        place: Place,
        told: protocol.AskRequest | None = None,
        warnings: Sequence[str] = (),
    ) -> None:
        self.request, self.model, self.place, self.told = request, model, place, told
        self.tell = Teller(sink, warnings)
        self.measured = model.config.measured_default if request.measured is None else request.measured
        self.question, self.turns, self._reading_note = request.question, [], ""
        self._read_question()
        self.reasoning = self.answer = ""
        self.started = datetime.now(UTC)

    def _read_question(self) -> None:
        """Decide what the model is asked, and which earlier turns it is shown."""
        request, config = self.request, self.model.config
        if request.earlier and config.takes_turns:
            self.turns = [(turn.question, turn.answer) for turn in request.earlier]
        elif request.earlier:
            own = config.taught.classes if config.taught else ()
            reading = follow_up.read(request.question, request.earlier, own)
            self.question, self._reading_note = reading.question, reading.note

    @property
    def relates(self) -> bool:
        """Whether question or reasoning, as far as it is said, set regions in relation to one another."""
        return words.relates(self.question, self.reasoning)

    def answering(self, memory: SceneMemory) -> Generator[Say, list[int], None]:
        """From the request to `Done`; what the model is to say next is a wish, answered by what it says.

        Args:
            memory: keeps the place.
        """
        try:
            self.look()
            with self._taken_up() as kept:
                try:
                    yield from think(self)
                finally:
                    memory.keep(self.place)
                conclude(self)
                kept.complete()
        except (Cancelled, RequestError, NotEnoughMemory):
            raise
        except Exception as error:
            # A library that finds no room often says something else: PROJ that it knows no coordinate system.
            if not ran_out(error) and _has_room():
                raise
            raise NotEnoughMemory(
                "There is not enough memory for this scene; restrict the extent and ask again."
            ) from error

    def look(self) -> None:
        """Open the images, and learn where the examples are."""
        request = self.request
        self.ground = open_ground(request, self.model.config, self.place, self.tell)
        if self._reading_note:
            self.tell.warn(self._reading_note)
        self.taught = learn(request.examples, request.examples_crs, self.ground, self.tell)
        self.findings = Findings(self.ground, words.asked(self.question), self.tell)

    @contextmanager
    def _taken_up(self) -> Iterator[Unfinished]:
        """What an earlier run of the same kind had not finished of the masks of a large scene."""
        place = self.place
        if not self.ground.is_large or place.files is None:
            yield Unfinished(None)
            return
        model = self.model.info()
        with unfinished.taken_up(place.settings, repr(place.files), str(model.get("sha256")), __version__) as found:
            place.unfinished = found
            try:
                yield found
            finally:
                place.unfinished = Unfinished(None)


def _has_room() -> bool:
    """Whether there is memory for anything at all."""
    try:
        np.empty(_LEAST_ROOM, np.uint8)
    except MemoryError:
        return False
    return True
