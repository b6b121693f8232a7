"""Captions in better words, by a language model behind an OpenAI-compatible endpoint, and the check of what it returns.

Only where a user names an endpoint. A text is taken when it has the same [SEG]s in the same order, each right behind
the name of its region, and when every number in it agrees with the masks; else the grammar's text is kept. The check
of numbers is the one that the runtime makes of a model's claims.
"""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..errors import RequestError
from ..measure.claims import check, parse_claims
from ..model.marks import SEG_MARK
from ..model.phrases import phrase_before_mark
from ..protocol import Distance, Step
from .traces import Ground, Measured, Piece, Region, Sample, Seg, partner

_FORM = re.compile(r"\s*<think>(?P<think>[^<]*)</think>\s*<caption>(?P<caption>[^<]*)</caption>\s*")
_INDICATOR = re.compile(r"Image: ?(\d+)")
_NUMBER = re.compile(r"\d+")
_MOST_BYTES = 1_000_000
_PROMPT = """You are an expert in remote sensing image analysis. Below are the reasoning and the caption of an image, \
written from its land-cover map. Write both anew in fluent, varied English.
Rules:
- Keep the form <think>...</think><caption>...</caption>, and no other tags.
- Keep every [SEG] in the same order, each directly behind the name of its region, spelt as it is here.
- Where "Image: N" stands before a name, keep it there.
- State no number that is not here, and leave none of the numbers wrong. Do not round.
- The caption has no [SEG].
- Add nothing that the text does not say.
Image: {about}
Text:
{text}"""


@dataclass(frozen=True)
class Endpoint:
    """Where chat completions are asked for.

    Attributes:
        url: Its base, up to what comes before /chat/completions.
        model: The model's name there.
        key: Sent as a bearer key; "" for none.
        timeout_s: How long one answer may take.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    timeout_s: float = 60.0

    def __post_init__(self) -> None:
        if not re.match(r"https?://[^\s/]", self.url):
            raise RequestError(f"{self.url!r} is no address of an endpoint: give one such as http://localhost:8000/v1.")


class Refused(Exception):
    """A text that is not taken, or none at all; says why."""


def refine(sample: Sample, ground: Ground, endpoint: Endpoint, about: str) -> Sample:
    """A caption in better words.

    Args:
        sample: written by `captions.caption`.
        ground: of its regions.
        endpoint: whom to ask.
        about: the image in a few words: sensor, pixel size, place.

    Raises:
        Refused: the endpoint did not answer, or its text does not pass the check.
    """
    plain = "".join("" if isinstance(piece, Measured) else SEG_MARK if isinstance(piece, Seg) else piece
                    for piece in sample.trace)  # fmt: skip
    said = complete(endpoint, _PROMPT.format(about=about, text=plain))
    return accepted(sample, ground, said)


def complete(endpoint: Endpoint, prompt: str) -> str:
    """One chat completion.

    Raises:
        Refused: no answer, or none of the form that is expected.
    """
    body = json.dumps({"model": endpoint.model, "messages": [{"role": "user", "content": prompt}]}).encode()
    headers = {"Content-Type": "application/json"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    request = urllib.request.Request(f"{endpoint.url.rstrip('/')}/chat/completions", body, headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=endpoint.timeout_s) as answer:  # noqa: S310  # nosec B310
            found = json.loads(answer.read(_MOST_BYTES))
        text = found["choices"][0]["message"]["content"]
    except urllib.error.HTTPError as error:
        raise Refused(f"the endpoint answered {error.code}") from error
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise Refused(f"no usable answer ({type(error).__name__})") from error
    if not isinstance(text, str):
        raise Refused("no text in the answer")
    return text


def accepted(sample: Sample, ground: Ground, text: str) -> Sample:
    """The sample with the text, if all in it holds.

    Raises:
        Refused: something in it does not.
    """
    found = _FORM.fullmatch(text)
    if not found:
        raise Refused("not of the form <think>...</think><caption>...</caption>")
    *chunks, rest = found["think"].split(SEG_MARK)
    caption = " ".join(found["caption"].split())
    regions = sample.regions
    if len(chunks) != len(regions):
        raise Refused(f"{len(chunks)} marks instead of {len(regions)}")
    if SEG_MARK in caption or not caption:
        raise Refused("a mark in the caption, or no caption")
    several = any(region.image > 1 for region in regions)
    for chunk, region in zip(chunks, regions, strict=True):
        if phrase_before_mark(_INDICATOR.sub(" ", chunk)) != region.phrase:
            raise Refused(f"no {region.phrase} before its mark")
        if _INDICATOR.findall(chunk) != ([str(region.image)] if several else []):
            raise Refused(f"another image before the mark of {region.phrase}")
    for number, chunk in enumerate((*chunks, rest)):
        # What stands behind a mark is about its region at its date, unless it names another one or compares dates.
        here = regions[max(0, number - 1)]
        at_its_date = [here, *(region for region in regions if region.phrase != here.phrase)]
        _hold(_INDICATOR.sub("Image", chunk), [at_its_date, [here, *regions]], ground)
    _hold(caption, [list(regions)], ground)
    measures = [piece for piece in sample.trace if isinstance(piece, Measured)]
    pieces: list[Piece] = []
    for number, (chunk, region) in enumerate(zip(chunks, regions, strict=True)):
        pieces += [f"<think>{chunk.lstrip()}" if number == 0 else chunk, Seg(region), *measures[number : number + 1]]
    pieces += [rest] if rest else []
    pieces.append(f"</think><caption>{caption}</caption>")
    return replace(sample, trace=tuple(pieces), answer=caption)


def _hold(text: str, readings: Sequence[Sequence[Region]], ground: Ground) -> None:
    """Hold every number of a text against regions.

    Args:
        text: of which one reading must make every number right.
        readings: which regions it may be about; the first of each is meant where none is named.
        ground: how they lie.

    Raises:
        Refused: a number is wrong, or means something that no mask measures.
    """
    if any(0 < region.coverage_pct < 1 for region in readings[-1]):
        text = re.sub("less than 1 %", "little", text, flags=re.IGNORECASE)
    parsed = parse_claims(text)
    verdicts = [check(parsed, *_measures(regions, ground)) for regions in readings]
    for claims in zip(*verdicts, strict=True):
        if not any(claim.agrees for claim in claims):
            raise Refused(f"{claims[0].text} is not what the masks say")
    left = text
    for claim in parsed:
        left = left.replace(claim.text, "", 1)
    bare = _NUMBER.search(left)
    if bare:
        raise Refused(f"the number {bare[0]} is of nothing measured")


def _measures(regions: Sequence[Region], ground: Ground) -> tuple[list[Step], list[Distance]]:
    """Regions as the steps and distances that claims are held against."""
    steps = [
        Step(
            index=index, phrase=region.phrase, image=region.image, area_ha=region.area_ha, area_uncertainty_ha=0,
            coverage_pct=region.coverage_pct, pixels=0, score=1, tokens=0, layer="",
        )
        for index, region in enumerate(regions, 1)
    ]  # fmt: skip
    distances = []
    for index, region in enumerate(regions):
        earlier = partner(regions[:index], region)
        relation = earlier and ground.relate(earlier, region)
        if relation:
            distances.append(
                Distance(
                    from_step=regions.index(earlier) + 1, to_step=index + 1, distance_m=relation[0],
                    centroid_distance_m=0, contact=relation[1], contact_length_m=0,
                )
            )  # fmt: skip
    # The distance of the region that is spoken of comes before those of others.
    return steps, sorted(distances, key=lambda found: regions[found.to_step - 1] != regions[0])
