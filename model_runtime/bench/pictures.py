"""The images of a question as a person would see them, for models that look at pictures."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from ..errors import SceneError
from ..scene.scene import open_scene
from .suites import Question

_PICTURES = (".png", ".jpg", ".jpeg")
_WORDS = {"optical": "optical", "sar": "radar, VV and VH"}


@dataclass(frozen=True)
class Picture:
    """One image of a question.

    Attributes:
        about: Which it is of several; "" where there is one.
        image: In colours.
    """

    about: str
    image: Image.Image

    @property
    def png(self) -> bytes:
        """As a file."""
        file = io.BytesIO()
        self.image.save(file, "PNG")
        return file.getvalue()


def pictures_of(question: Question) -> list[Picture]:
    """Every image that a question shows, date by date, optical before radar.

    Raises:
        SceneError: an image is missing, or damaged.
    """
    if question.picture:
        return [Picture("", picture(io.BytesIO(question.picture)))]
    if question.item:
        shown = [(image.image, _WORDS[image.kind]) for image in question.item.images]
    else:
        numbers = range(len(question.images))
        shown = [(number + 1, "radar" if number in question.radar else "optical") for number in numbers]
    found = []
    for (number, what), path in zip(shown, question.images, strict=True):
        if is_picture(path):
            image = picture(path)
        else:
            image = Image.fromarray(open_scene(path, sar=what != "optical").rgb)
        found.append(Picture(f"Image {number} ({what})" if len(shown) > 1 else "", image))
    return found


def is_picture(path: Path) -> bool:
    """Whether an image of a suite is a picture; what is none is opened and stretched as the runtime does with scenes.

    Raises:
        SceneError: it is not there.
    """
    if not path.exists():
        raise SceneError(f"The image '{path.name}' is not there: put the images of the suite beside its file.")
    return path.suffix.lower() in _PICTURES


def picture(file: Path | io.BytesIO, mode: str = "RGB") -> Image.Image:
    """A picture in colours, or in another mode of Pillow.

    Raises:
        SceneError: it is damaged, or none.
    """
    try:
        with Image.open(file) as image:
            return image.convert(mode)
    except OSError as error:
        raise SceneError("An image of the suite is damaged or no picture.") from error


def content(question: Question, letters: bool, shown: Callable[[Picture], dict]) -> list[dict]:
    """What a model is shown and asked, as chat templates and endpoints have it: each picture after what it is.

    Args:
        question: of a suite.
        letters: whether it is asked with its options.
        shown: makes the part that holds a picture.

    Raises:
        SceneError: an image is missing, or damaged.
    """
    parts: list[dict] = []
    for one in pictures_of(question):
        if one.about:
            parts.append({"type": "text", "text": f"{one.about}:"})
        parts.append(shown(one))
    return [*parts, {"type": "text", "text": prompt(question, letters)}]


def prompt(question: Question, letters: bool) -> str:
    """The question, its options below it where they are asked with letters, and the form that its answer shall have."""
    asked = question.with_options if letters else question.text
    return f"{asked.strip()}\n{guidance(question, letters)}"


def guidance(question: Question, letters: bool) -> str:
    """What a model is told about the form of its answer; of options as in the paper (appendix F.2)."""
    if letters and question.kind == "choice":
        names = [chr(ord("A") + number) for number in range(len(question.candidates))]
        listed = " or ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])}, or {names[-1]}"
        return f"Please respond with only the option letter ({listed}) corresponding to your answer."
    if question.kind == "labels":
        return "Please respond with only the names of the classes, separated by semicolons."
    return "Please respond with only a short word or phrase, or a figure with its unit."
