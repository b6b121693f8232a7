"""Captions in better words: what passes the check, what does not, and what an endpoint may do."""

from __future__ import annotations

import random

import pytest

from model_runtime.errors import RequestError
from model_runtime.terra_cot.captions import caption
from model_runtime.terra_cot.dates import generate_dates
from model_runtime.terra_cot.facts import Facts, View
from model_runtime.terra_cot.refine import Endpoint, Refused, accepted, refine
from model_runtime.terra_cot.samples import present
from model_runtime.terra_cot.traces import MEASURE_MARKS, Measured, Sample
from model_runtime.terra_cot.vocabulary import LAND_COVER_CLASSES

from .endpoints import endpoint


def facts_of(seed: int, dates: int = 1) -> Facts:
    scenes = generate_dates(96, seed, dates, "any" if dates > 1 else None)
    return Facts([View(scene, "optical", LAND_COVER_CLASSES) for scene in scenes], LAND_COVER_CLASSES)


def shown(sample: Sample) -> str:
    """The text without measures, as the endpoint is given it."""
    opening, _ = MEASURE_MARKS
    text = sample.text
    for piece in sample.trace:
        if isinstance(piece, Measured):
            text = text.replace(f"{opening}{piece.text}</measure>", "", 1)
    return text


@pytest.mark.parametrize("dates", [1, 2])
@pytest.mark.parametrize("measured", [True, False])
def test_the_grammars_own_text_passes(dates: int, measured: bool) -> None:
    """The check finds nothing wrong in what is right, over many places."""
    for seed in range(25):
        facts = facts_of(seed, dates)
        if not present(facts):
            continue
        sample = caption(facts, random.Random(seed), measured=measured)
        assert accepted(sample, facts, shown(sample)) == sample


def spoilt(sample: Sample, how: str) -> str:
    text = shown(sample)
    first = sample.regions[0]
    return {
        "a mark is missing": text.replace(" [SEG]", "", 1),
        "a mark too many": text.replace("[SEG]", "[SEG] and more of the water [SEG]", 1),
        "another name": text.replace(f"{first.phrase} [SEG]", "volcano [SEG]", 1),
        "a wrong share": text.replace("</caption>", f" {first.phrase.capitalize()} covers 99.9 %.</caption>"),
        "a count of nothing": text.replace("</caption>", " There are 17 of them.</caption>"),
        "a length of nothing": text.replace("</caption>", " It is 123456 m long.</caption>"),
        "another form": text.replace("<think>", "<reasoning>"),
        "no caption": text.partition("<caption>")[0],
        "a mark in the caption": text.replace("</caption>", " [SEG]</caption>"),
        "nothing": "",
    }[how]


@pytest.mark.parametrize(
    "how",
    ["a mark is missing", "a mark too many", "another name", "a wrong share", "a count of nothing",
     "a length of nothing", "another form", "no caption", "a mark in the caption", "nothing"],
)  # fmt: skip
def test_what_is_wrong_is_refused(how: str) -> None:
    facts = facts_of(4)
    sample = caption(facts, random.Random(1), measured=True)
    with pytest.raises(Refused):
        accepted(sample, facts, spoilt(sample, how))


def test_an_image_that_is_swapped_is_refused() -> None:
    facts = facts_of(5, dates=2)
    sample = caption(facts, random.Random(1), measured=True)
    with pytest.raises(Refused, match="another image"):
        accepted(sample, facts, shown(sample).replace("Image: 1", "Image: 2", 1))


def test_better_words_are_taken_and_measures_stay_behind_their_marks() -> None:
    facts = facts_of(4)
    sample = caption(facts, random.Random(1), measured=True)

    def better(prompt: str) -> tuple[int, object]:
        text = prompt.partition("Text:\n")[2]
        content = text.replace("<think>", "<think>\nLooking closely: ").replace("<caption>", "<caption>In short:\n")
        return 200, {"choices": [{"message": {"content": content}}]}

    with endpoint(better) as (where, asked):
        found = refine(sample, facts, where, "Sentinel-2, 10 m")
    assert found.answer == f"In short: {sample.answer}"
    assert found.trace[0].startswith("<think>Looking closely:")
    assert [p for p in found.trace if isinstance(p, Measured)] == [p for p in sample.trace if isinstance(p, Measured)]
    assert found.regions == sample.regions
    (request,) = asked
    assert request["path"] == "/v1/chat/completions" and request["key"] == "Bearer sesame"
    assert request["model"] == "writer" and "Sentinel-2, 10 m" in request["messages"][0]["content"]
    assert "<measure>" not in request["messages"][0]["content"]
    assert "sesame" not in repr(where)


@pytest.mark.parametrize(
    "answer",
    [(500, {}), (200, {}), (200, {"choices": []}), (200, {"choices": [{"message": {"content": None}}]}), (200, [])],
)
def test_an_endpoint_that_fails_is_refused(answer: tuple[int, object]) -> None:
    facts = facts_of(4)
    sample = caption(facts, random.Random(1), measured=True)
    with endpoint(lambda _: answer) as (where, _), pytest.raises(Refused):
        refine(sample, facts, where, "")
    with pytest.raises(Refused):  # nobody is there any more
        refine(sample, facts, where, "")


@pytest.mark.parametrize("url", ["localhost:8000", "file:///etc/passwd", "ftp://x", "http://", ""])
def test_an_address_that_is_none_is_refused_at_once(url: str) -> None:
    with pytest.raises(RequestError, match="no address"):
        Endpoint(url, "writer")
