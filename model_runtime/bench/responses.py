"""What a model said to one question, kept as a line of JSON: words, masks, claims, and the time that it took."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

from ..terra_cot.entries import Rle
from .items import ReferenceMask

Way = Literal["question", "letters"]
"""How it was asked: the question itself, or with its lettered options below it."""


@dataclass(frozen=True)
class DrawnMask(ReferenceMask):
    """What a [SEG] marked; `score` is the IoU, 0 to 1, that the model itself expects of it, None where it says none."""

    score: float | None = None


@dataclass(frozen=True)
class Stated:
    """A figure that a model wrote about what it marked.

    Attributes:
        where: In its reasoning or in its answer.
        text: As written.
        agrees: With what was measured of its own masks, see `asking.stated`; None where nothing measures it.
    """

    where: Literal["reasoning", "answer"]
    text: str
    agrees: bool | None


@dataclass(frozen=True)
class Usage:
    """What a question took of a model behind an endpoint.

    Attributes:
        prompt_tokens: Read, as the endpoint counts them.
        completion_tokens: Written.
        tries: How often it was asked.
        refusal: Why it would not answer; "" where it did.
    """

    prompt_tokens: int
    completion_tokens: int
    tries: int
    refusal: str = ""


@dataclass(frozen=True)
class Response:
    """What came of one question.

    Attributes:
        id: Of the question.
        way: How it was asked.
        reasoning: With the measures that were written behind its marks.
        answer: What stands in the answer block; "" where there is none.
        masks: One for each [SEG], in order; none of suites without places of their own.
        stated: Every figure that it wrote.
        seconds: From the question to the answer.
        error: One sentence on why there is no answer; "" where there is one.
        usage: Of a model behind an endpoint.
    """

    id: str
    way: Way
    reasoning: str = ""
    answer: str = ""
    masks: tuple[DrawnMask, ...] = ()
    stated: tuple[Stated, ...] = ()
    seconds: float = 0.0
    error: str = ""
    usage: Usage | None = None

    @property
    def text(self) -> str:
        """All of it, as the readers of answers take it."""
        if not self.answer:
            return self.reasoning
        return f"<think>{self.reasoning}</think><answer>{self.answer}</answer>"

    def line(self) -> str:
        """As JSON, without a line break."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def of_line(cls, line: str) -> Response:
        """From `line`.

        Raises:
            ValueError: it is none, or cut off.
        """
        try:
            fields = json.loads(line)
            masks = tuple(_drawn(**mask) for mask in fields.pop("masks"))
            stated = tuple(Stated(**figure) for figure in fields.pop("stated"))
            usage = fields.pop("usage", None)
            return cls(**fields, masks=masks, stated=stated, usage=usage and Usage(**usage))
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError("no response") from error


def _drawn(phrase: str, image: int, rle: dict, score: float | None = None) -> DrawnMask:
    return DrawnMask(phrase, image, Rle(**rle), score)  # earlier versions kept no score
