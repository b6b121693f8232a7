"""What the user's examples show of the ground, and which masks they drew."""

from __future__ import annotations

from collections.abc import Sequence

from .. import protocol
from ..errors import RequestError
from ..model.adapt import Example, Lessons
from ..region_names import usual
from ..scene.examples import pixels_shown
from .ground import Ground
from .telling import Teller


class Taught:
    """What came of the examples.

    Attributes:
        lessons: what they show; None without any.
    """

    def __init__(self, lessons: Lessons | None) -> None:
        self.lessons = lessons
        self._counts: dict[str, dict[int, int]] = {}
        """phrase of each mask that examples drew -> its images -> how many examples of it each has"""

    def note(self, phrase: str, image: int, by: str) -> None:
        """Note that the examples of `by` drew a mask of a phrase."""
        shown = self.lessons.of_date(image - 1)
        self._counts.setdefault(phrase, {})[image] = sum(example.phrase == by for example in shown)

    def counts(self) -> dict[str, int]:
        """Of each phrase that has a mask which examples drew, how many did."""
        return {phrase: sum(counts.values()) for phrase, counts in self._counts.items()}

    def sentences(self) -> list[str]:
        """What became of the examples of each phrase."""
        if self.lessons is None:
            return []
        used = [
            f"The mask of {phrase} follows {count} example{'s' * (count != 1)} given for this place."
            for phrase, count in self.counts().items()
        ]
        said = {usual(phrase) for phrase in self._counts}
        return used + [
            f"The examples of {phrase} taught no mask of its own: the reasoning did not mark any."
            for phrase in dict.fromkeys(example.phrase for example in self.lessons.examples)
            if phrase not in said
        ]


def learn(given: Sequence[protocol.Example], crs: str | None, ground: Ground, tell: Teller) -> Taught:
    """The examples on the grid, where there is data.

    Args:
        given: what the user shows.
        crs: that they are in; None: the grid's own.
        ground: that they lie on.
        tell: of those that do not.

    Raises:
        RequestError: one is of a date that there is not, or none lies on the scene.
    """
    if not given:
        return Taught(None)
    count = len(ground.dates)
    found: list[Example] = []
    for example, pixels in zip(given, pixels_shown(given, crs, ground.grid), strict=True):
        image = example.image or 1
        if image > count:
            raise RequestError(
                f"An example of {example.phrase} is of image {image}, but there {'are' if count > 1 else 'is'} "
                f"{count}; mark it on one of the images that are asked about."
            )
        here = pixels[ground.dates[image - 1].valid[pixels[:, 0], pixels[:, 1]]]
        if len(here):
            found.append(Example(usual(example.phrase), here, example.inside, image - 1))
    if not found:
        raise RequestError("None of the examples lies on the scene's data; mark them where it has some.")
    if len(found) < len(given):
        tell.warn(f"{len(given) - len(found)} of {len(given)} examples lie beyond the scene's data: left out.")
    return Taught(Lessons(tuple(found), usual))
