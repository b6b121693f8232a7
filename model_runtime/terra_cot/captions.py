"""Cap-CoT: captions whose reasoning names each region with a [SEG] (paper section 3.3, appendix E.2).

A grammar with wide variation writes them from the masks; `refine` may have a language model put them in better words.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from ..measure.layout import EVERYWHERE, SEVERAL
from ..measure.words import Relation
from .facts import CLOUD, Facts
from .templates import agree, sentence
from .traces import Region, Sample, Trace
from .vocabulary import is_plural

CAPTION_QUESTIONS = (
    "Describe the image.", "Describe the image in detail.", "Please describe this satellite image.",
    "Write a caption for this image.", "Give a detailed caption of the scene.", "What does the image show?",
    "What can be seen in this scene?", "Summarise what is on the ground here.", "Explain what this image shows.",
    "Give an overview of the land cover.", "Tell me about this place.", "Caption this image, and reason step by step.",
    "Describe the land cover of the scene.", "What is there in this image?", "Provide a comprehensive description.",
    "Describe what you see, region by region.", "What does this area look like?", "Give me a summary of this scene.",
    "Describe the landscape.", "Write a description of the scene with its main regions.",
)  # fmt: skip
CHANGE_QUESTIONS = (
    "Describe what changed.", "Describe the images and what happened between them.", "What happened here over time?",
    "Summarise the changes between the dates.", "Describe how this place developed.", "Write a caption of the change.",
    "Tell the story of these images.", "What is different in the last image?", "Give an overview of the changes.",
    "Describe the dates one after another.",
)  # fmt: skip

MAX_REGIONS = 6
_BEGIN = ("First, I observe the", "I begin with the", "To start, I look at the", "The first thing I see is the",
          "At first glance there is the", "I start with the largest region, the")  # fmt: skip
_NEXT = ("Next, I notice the", "Then I see the", "Besides, there is the", "I go on with the", "I also find the",
         "After that I look at the", "Elsewhere there is the")  # fmt: skip
_LAST = ("Finally, I see the", "Additionally, there is the", "Last I look at the", "Of smaller size there is the",
         "There is also the")  # fmt: skip
_COVERS = ("It covers {pct} of the image", "It takes up {pct} of the scene", "It makes {pct} of the image",
           "Its share of the image is {pct}", "{Pct} of the image belongs to it")  # fmt: skip
_LIES = ("and lies {where}", "and is found {where}", ", {where}", ", mostly {where}")
_SPREAD = ("and is found {where}", ", {where}", "and is spread {where}")
_TOUCHES = ("It borders the {other}.", "It is in contact with the {other}.", "It lies next to the {other}.",
            "It touches the {other}.")  # fmt: skip
_APART = ("The {other} is {gap} away.", "Between it and the {other} lie {gap}.", "It is {gap} from the {other}.")
_OPEN = ("This satellite image shows", "The image shows", "The scene shows", "Seen from above, the place shows",
         "The picture is of", "What can be seen is")  # fmt: skip
_WHOLE = ("a landscape dominated by {a}", "land that is mostly {a}", "a place where {a} prevails")
_MIXED = ("a mixed landscape of {all}", "a mosaic of {all}", "a varied place with {all}", "{all} side by side")


@dataclass(frozen=True)
class _Seen:
    """A region as the reasoning has described it."""

    region: Region
    where: str
    relation: Relation | None


def caption(facts: Facts, rng: random.Random, *, measured: bool) -> Sample:
    """Write the caption of one image or of several dates.

    Args:
        facts: the images; some phrase must be there.
        rng: source of all variation.
        measured: whether exact measures stand behind each [SEG].
    """
    dates = len(facts.views)
    question = rng.choice(CHANGE_QUESTIONS if dates > 1 else CAPTION_QUESTIONS)
    trace = Trace(question, measured, dates, facts)
    text = _over_time(trace, facts, rng) if dates > 1 else _single(trace, facts, rng)
    return Sample("caption", "caption", question, trace.finish(text, "caption"), text, measured)


def largest(facts: Facts, images: Sequence[int]) -> list[str]:
    """Phrases that are there in some of the images, the largest first.

    Where radar shows the ground below them, clouds are no region beside it: shares would make more than the whole.
    """
    below = any(view.sensors == "both" for view in facts.views)
    told = [phrase for phrase in facts.phrases if not (below and phrase == CLOUD)]
    size = {phrase: max(facts.region(phrase, image).coverage_pct for image in images) for phrase in told}
    there = [phrase for phrase in told if any(facts.region(phrase, image).present for image in images)]
    return sorted(there, key=lambda phrase: (-size[phrase], phrase))[:MAX_REGIONS]


def _single(t: Trace, facts: Facts, rng: random.Random) -> str:
    seen: list[_Seen] = []
    phrases = largest(facts, [1])
    for number, phrase in enumerate(phrases):
        region = facts.region(phrase, 1)
        words = _BEGIN if number == 0 else _LAST if number > 1 and number == len(phrases) - 1 else _NEXT
        relation = t.look(region, rng.choice(words))
        place = facts.where(region)
        covers = rng.choice(_COVERS).format(pct=t.pct(region), Pct=sentence(t.pct(region)))
        lies = rng.choice(_SPREAD if place in (EVERYWHERE, SEVERAL) else _LIES).format(where=place)
        t.say(f" {covers}{'' if lies.startswith(',') else ' '}{lies}.")
        if relation is not None:
            t.say(f" {_related(t, relation, rng)}")
        elif number < len(phrases) - 1 and rng.random() < 0.5:
            # From here on the measures tell how each region lies to the one before.
            t.say(" I also look at what lies next to it.")
        seen.append(_Seen(region, place, relation))
    return _summary(t, seen, rng)


def _related(t: Trace, relation: Relation, rng: random.Random) -> str:
    if relation.contact:
        return rng.choice(_TOUCHES).format(other=relation.phrase)
    if t.measured:
        return rng.choice(_APART).format(other=relation.phrase, gap=t.gap(relation))
    return f"It does not touch the {relation.phrase}."


def _summary(t: Trace, seen: list[_Seen], rng: random.Random) -> str:
    """The caption itself: the same figures, without marks."""
    main = seen[0].region
    names = [item.region.phrase for item in seen]
    if main.coverage_pct >= 50:
        what = rng.choice(_WHOLE).format(a=f"{main.phrase} ({t.pct(main)})")
    else:
        what = rng.choice(_MIXED).format(all=_listed(names))
    parts = [f"{rng.choice(_OPEN)} {what}."]
    for item in seen if main.coverage_pct < 50 else seen[1:]:
        region = item.region
        if rng.random() < 0.5:
            parts.append(f"{sentence(region.phrase)} lies {item.where} ({t.pct(region)}).")
        else:
            parts.append(f"{sentence(item.where.removeprefix(', '))}, {region.phrase} covers {t.pct(region)}.")
    plural = [region.phrase for region in (item.region for item in seen) if is_plural(region.phrase)]
    touching = [item for item in seen if item.relation is not None and item.relation.contact]
    if touching:
        item = rng.choice(touching)
        parts.append(f"The {item.region.phrase} borders the {item.relation.phrase}.")
    return " ".join(agree(part, plural) for part in parts)


def _over_time(t: Trace, facts: Facts, rng: random.Random) -> str:
    last = len(facts.views)
    phrases = largest(facts, [1, last])[: max(1, MAX_REGIONS // 2)]
    told = []
    for number, phrase in enumerate(phrases):
        before, after = facts.region(phrase, 1), facts.region(phrase, last)
        t.look(before, rng.choice(_BEGIN if number == 0 else _NEXT))
        t.say(f" It covers {t.pct(before)} of the image.")
        t.look(after, rng.choice(("There I see the", "Now I look at the", "Again I mark the")))
        growth = {1: "grown", -1: "shrunk", 0: "not changed"}[t.growth(before, after)]
        t.say(f" It covers {t.pct(after)}, so it has {growth}.")
        span = f" from {t.pct(before)} to {t.pct(after)}" if growth != "not changed" else f" at {t.pct(after)}"
        told.append((phrase, {"grown": "has grown", "shrunk": "has shrunk"}.get(growth, "stays") + span))
    opening = rng.choice(("The images show", "Over the dates the place shows", "The series shows"))
    sentences = [f"{opening} {_listed([phrase for phrase, _ in told])}."]
    sentences += [f"{sentence(phrase)} {what}." for phrase, what in told]
    return " ".join(agree(text, (phrase for phrase, _ in told if is_plural(phrase))) for text in sentences)


def _listed(names: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
