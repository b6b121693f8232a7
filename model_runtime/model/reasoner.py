"""Algorithm 1 of the paper: prefill, step, [SEG]? mask, select, inject, step. Yields events; does no I/O."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import torch
from torch import Tensor

from ..errors import Cancelled
from ..rasters.rows import Raster
from .adapt import Lessons
from .banks import DateBank, Drawn, Encoded, draw, encode_dates
from .clouds import CLOUD, find_clouds
from .confidence import Signs
from .language import Context, Say, say_together
from .marks import MEASURE_MARKS, SEG_MARK
from .phrases import phrase_before_mark
from .profile import ReasoningProfile
from .prompt import cuts, prompt_embeddings, prompt_ids, user_turn
from .teaching import Taught, teach
from .terrascope import TerraScope
from .vision import ModelImage
from .windows import WindowsMask

_INDICATOR = re.compile(r"Image:\s*(\d{1,4})")


@dataclass(frozen=True)
class Said:
    """A piece of text: the model's own, or a measure that was written into its context."""

    text: str
    kind: Literal["reasoning", "measured", "answer"]


@dataclass(frozen=True)
class SegStep:
    """A [SEG]: its mask on the image's own grid, and what entered the context for it."""

    index: int
    phrase: str
    image: int
    mask: Raster
    score: float
    """see `Confidence.score`"""
    injected: int
    tokens: np.ndarray
    """indices of the injected tokens in the bank of all images, in injection order."""
    low_res: Tensor | None
    ious: Tensor | None
    """these two are None of a large image"""
    logits: Raster | None = None
    """float16, shape of the mask: log-odds, with which several dates are mapped together; None for one date."""
    sar_share: float | None = None
    """of the injected tokens; None where the date has one sensor."""
    modality: np.ndarray | None = None
    """uint8 (rows, cols) of the date's token grid, see `banks.Region`; None where nothing chooses between sensors."""
    taught_by: str = ""
    """the phrase whose examples drew the mask; "" where the model did alone."""
    signs: Signs | None = None
    """what the mask tells of how sure it is; None where examples drew it, or windows that were reasoned about apart"""
    refined: bool = False
    """the mask is that of a second look"""
    overview: np.ndarray | None = None
    """bool: the mask of a large image on the grid of its overview; None of an image that is in memory"""


@dataclass(frozen=True)
class Clouds:
    """Where the model itself sees clouds on a date; comes before the first word."""

    image: int
    mask: np.ndarray
    """bool (H, W)"""


@dataclass(frozen=True)
class Noted:
    """What the user should know about how the reasoning was understood."""

    message: str


@dataclass(frozen=True)
class Finished:
    """The end: the whole output, split."""

    text: str
    reasoning: str
    answer: str
    stopped_by: Literal["stop", "length"]
    ids: list[int]


ModelEvent = Encoded | Clouds | Noted | Said | SegStep | Finished
Steps = Generator[ModelEvent | Say, list[int] | None, None]
"""events, and between them wishes, which are answered by what is said"""


def reason(
    model: TerraScope,
    images: list[ModelImage],
    question: str,
    profile: ReasoningProfile,
    *,
    clouds_of: Collection[int] = (),
    measure: Callable[[SegStep], str] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    banks: list[DateBank] | None = None,
    lessons: Lessons | None = None,
    earlier: Sequence[tuple[str, str]] = (),
    wishes: bool = False,
) -> Steps:
    """Answer a question about one image, or several dates of one place.

    Args:
        model: the network.
        images: one per date; the first is image 1.
        question: the user's words; marks in it stay text.
        profile: how to reason.
        clouds_of: the dates (1-based) whose clouds the model shall find before it reasons.
        measure: returns the exact measure of a mask as text, written into the context when the profile says so.
        cancelled: asked before every token.
        banks: what was encoded of the same images with the same profile, where they are asked about again; an empty
            list takes what is encoded now.
        lessons: what the user shows of the place; the masks of what is shown follow it.
        earlier: questions about the same images and their answers, for a model that takes turns.
        wishes: whether the caller decides when something is said: it gets a `Say`, and sends what is said in answer.

    Raises:
        Cancelled: `cancelled` said so.
    """
    turn = user_turn(question, len(images), profile, earlier)
    steps = _generate(model, images, turn, profile, clouds_of, measure, cancelled, banks, lessons)
    yield from steps if wishes else _at_once(steps)


def see(
    model: TerraScope,
    images: list[ModelImage],
    profile: ReasoningProfile,
    clouds_of: Collection[int],
    banks: list[DateBank],
    go_on: Callable[[], None],
) -> Generator[Encoded | Clouds, None, list[ModelImage]]:
    """Encode every date, and find the clouds of those that are asked for or seen through them.

    Args:
        model: the network.
        images: one per date.
        profile: how to reason.
        clouds_of: see `reason`.
        banks: what was encoded before; an empty list takes what is encoded now.
        go_on: asked between pieces of work; may raise to stop.

    Returns:
        The images with those sensors that are looked at.
    """
    if profile.fusion == "none":
        images = [image.sensors[0] for image in images]
    if not banks:
        banks += yield from encode_dates(model, images, go_on)
    for number in sorted(clouds_of):
        go_on()
        yield Clouds(number, find_clouds(model, banks[number - 1], profile))
    if profile.masks_see == "through_clouds":
        for bank in banks:
            if len(bank.views) > 1:
                go_on()
                find_clouds(model, bank, profile)
    return images


def generate(
    model: TerraScope,
    images: list[ModelImage],
    turn: list[str],
    profile: ReasoningProfile,
    *,
    measure: Callable[[SegStep], str] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    banks: list[DateBank] | None = None,
) -> Iterator[ModelEvent]:
    """As `reason`, for a turn that is written already (see `prompt.user_turn`)."""
    yield from _at_once(_generate(model, images, turn, profile, measure=measure, cancelled=cancelled, banks=banks))


def _at_once(steps: Steps) -> Iterator[ModelEvent]:
    """Events of steps whose wishes are fulfilled as they come."""
    said = None
    while True:
        try:
            event = steps.send(said)
        except StopIteration:
            return
        said = None
        if isinstance(event, Say):
            (said,) = say_together([event])
        else:
            yield event


@torch.inference_mode()
def _generate(
    model: TerraScope,
    images: list[ModelImage],
    turn: list[str],
    profile: ReasoningProfile,
    clouds_of: Collection[int] = (),
    measure: Callable[[SegStep], str] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    banks: list[DateBank] | None = None,
    lessons: Lessons | None = None,
) -> Steps:
    """The loop itself.

    Args:
        model: the network.
        images: one per date, in the order of the `<image>` placeholders.
        turn: our text (marks are marks, `<image>` is a placeholder), and after it, if any, a user's plain text.
        profile: how to reason.
        clouds_of: see `reason`.
        measure: see `reason`.
        cancelled: see `reason`.
        banks: see `reason`.
        lessons: see `reason`.
    """
    vocabulary = model.vocabulary

    def go_on() -> None:
        if cancelled():
            raise Cancelled

    banks = [] if banks is None else banks
    images = yield from see(model, images, profile, clouds_of, banks, go_on)
    go_on()
    yield Encoded("prefill", 0.0)
    shown = [bank.views if profile.radar_in_prompt else bank.views[:1] for bank in banks]
    ids = prompt_ids(vocabulary, turn, [[len(view.tokens) for view in views] for views in shown])
    asked = None if profile.fusion == "published_train" else _embedded(model, vocabulary.encode_plain(turn[-1]))
    for bank in banks:
        bank.choose(asked)
    taught = None
    if lessons:
        yield Encoded("examples", 0.0)
        taught = teach(model, images, banks, lessons, profile, go_on)
    prompt = prompt_embeddings(model, ids, [view.tokens for views in shown for view in views])
    with Context(model) as context:
        context.read(prompt, cuts(vocabulary, ids))
        yield from _speak(model, banks, context, profile, measure, ids, taught, go_on)


def _speak(
    model: TerraScope,
    banks: list[DateBank],
    context: Context,
    profile: ReasoningProfile,
    measure: Callable[[SegStep], str] | None,
    prompted: list[int],
    taught: Taught | None,
    go_on: Callable[[], None],
) -> Steps:
    """From the prompt to the last word.

    Args:
        model: the network.
        banks: of all dates.
        context: which has read the prompt.
        profile: how to reason.
        measure: see `reason`.
        prompted: ids of the prompt.
        taught: what the user's examples draw.
        go_on: asked before tokens, and between windows of a large image; may raise to stop.
    """
    vocabulary = model.vocabulary
    # Without an image there is nothing to mark.
    ends = {*vocabulary.stop_ids, *([vocabulary.seg_id] if banks else [])}
    out = _Output(vocabulary.decode)
    drawn: dict[str, tuple[int, Tensor]] = {}
    steps = 0
    closing: list[int] = []
    while True:
        go_on()
        if closing:
            tokens, closing = closing, []
            context.append_tokens(tokens)
        else:
            never = [vocabulary.seg_id] if steps >= profile.max_segments else []
            tokens = yield Say(context, profile.max_new_tokens - len(out.ids), ends, never)
        for token in tokens:
            out.ids.append(token)
            if token in ends or len(out.ids) >= profile.max_new_tokens:
                break
            said = out.piece()
            if said:
                yield said
        if token in vocabulary.stop_ids or len(out.ids) >= profile.max_new_tokens:
            break
        if token not in ends:
            continue
        said = out.piece()
        if said:
            yield said
        steps += 1
        number, note = _choose_image(out, len(banks), profile, steps)
        step = yield from _segment(model, banks, number, context, out, profile, steps, drawn, prompted, taught, go_on)
        if note:
            yield Noted(f"Step {steps} ({step.phrase}): {note}")
        out.ids += [vocabulary.region_id] * step.injected
        yield step
        if profile.measured and measure:
            yield from _write_measure(model, context, out, measure(step))
        if steps == profile.max_segments and not out.closed:
            # Instead of being cut without an answer (SPEC 9, defect 9), the model is made to give one.
            closing = [vocabulary.think_end_id] + [vocabulary.answer_id] * (vocabulary.answer_id is not None)
    text = vocabulary.decode(out.ids).strip()
    reasoning, answer = split_output(out.readable)
    stopped_by = "stop" if out.ids[-1] in vocabulary.stop_ids else "length"
    yield Finished(text, reasoning, answer, stopped_by, out.ids)


def _embedded(model: TerraScope, ids: list[int]) -> Tensor:
    return model.language_model.get_input_embeddings()(torch.tensor(ids, dtype=torch.long, device=model.device))


def _segment(
    model: TerraScope,
    banks: list[DateBank],
    number: int,
    context: Context,
    out: _Output,
    profile: ReasoningProfile,
    index: int,
    drawn: dict[str, tuple[int, Tensor]],
    prompted: list[int],
    taught: Taught | None,
    go_on: Callable[[], None],
) -> Generator[Encoded, None, SegStep]:
    """The [SEG] event: decode, select, inject (Algorithm 1, lines 13-33).

    Args:
        model: the network.
        banks: of all dates.
        number: 0-based date to segment.
        context: what the language model has read.
        out: what it has said.
        profile: how to reason.
        index: 1-based number of the [SEG].
        drawn: of each phrase, the date it was marked at last and that mask, which is added to.
        prompted: ids of the first turn.
        taught: what the user's examples draw.
        go_on: asked between windows of a large image; may raise to stop.

    Returns:
        The step; on its way there, how much of a large image is done.
    """
    bank = banks[number]
    own_words = model.config.taught.classes if model.config.taught else ()
    phrase = phrase_before_mark(_INDICATOR.sub(" ", out.since_segment()), own_words)
    lesson = taught.phrase(number, phrase) if taught else ""
    if lesson:
        drawn_now = Drawn(taught.drawn[number][lesson], taught.drawn[number][lesson].score)
    else:
        prompt = model.text_hidden_fcs(context.last_state)
        last, earlier = drawn.get(phrase, (number, None))
        # The same region at another date: maps made one by one differ where nothing changed.
        carried = earlier if profile.image_choice == "indicator" and last != number else None
        # Only the optical image shows clouds.
        seen = bank.views[0].features if phrase == CLOUD else bank.features(model.grounding, profile)
        prompt = prompt.to(model.sam2.dtype)
        drawn_now = yield from draw(model, seen, prompt, carried, profile, go_on, of_several=len(banks) > 1)
    decoded = drawn_now.mask
    large = isinstance(decoded, WindowsMask)
    if decoded.best is not None:
        drawn[phrase] = (number, decoded.best)

    def said() -> Tensor:
        visual = (model.vocabulary.context_id, model.vocabulary.region_id)
        return _embedded(model, [i for i in prompted + out.ids if i not in visual])

    region = bank.region(decoded.overview if large else decoded.mask, profile, model.config.tile_size, said)
    if len(region.tokens):
        context.append_embeddings(region.tokens)
    out.segments.append(len(out.readable))
    logits = None
    if len(banks) > 1:
        logits = decoded.log_odds if large else decoded.logits.float().cpu().numpy().astype(np.float16)
    return SegStep(
        index,
        phrase,
        number + 1,
        decoded.mask,
        drawn_now.score,
        len(region.tokens),
        region.indices,
        None if large else decoded.low_res,
        None if large else decoded.ious,
        logits,
        region.sar_share,
        region.modality,
        lesson,
        None if lesson else decoded.signs,
        drawn_now.refined,
        decoded.overview if large else None,
    )


def _choose_image(out: _Output, count: int, profile: ReasoningProfile, index: int) -> tuple[int, str]:
    """Which date (0-based) a [SEG] is about, and what is to be said about that choice; "" when nothing."""
    if profile.image_choice == "round_robin":
        return (index - 1) % count, ""
    if count == 1:
        return 0, ""
    return named_image(out.readable[: out.segments[-1]] if out.segments else "", out.since_segment(), count)


def named_image(before: str, since: str, count: int) -> tuple[int, str]:
    """The date that the indicator "Image: t" of paper section 3.2 names.

    Args:
        before: what was said up to the last [SEG].
        since: what was said after it.
        count: number of dates.

    Returns:
        0-based date; and a sentence when the indicator is missing or names a date that there is not, so that the last
        one named (the first, when none was) had to be taken.

    >>> named_image("", "Image: 2 I mark the water ", 3)
    (1, '')
    """
    said = _INDICATOR.findall(since)
    if said and 1 <= int(said[-1]) <= count:
        return int(said[-1]) - 1, ""
    possible = [int(t) for t in _INDICATOR.findall(before + since) if 1 <= int(t) <= count]
    number = possible[-1] - 1 if possible else 0
    what = f"the model named image {said[-1]} of {count}" if said else "the model did not say which image it means"
    which = "the last it named" if possible else "the first"
    return number, f"{what}; image {number + 1}, {which}, was looked at."


def _write_measure(model: TerraScope, context: Context, out: _Output, text: str) -> Iterator[Said]:
    """Write a mask's exact measure into the context, between its two marks where the vocabulary has them."""
    opening, closing = model.vocabulary.measure_ids
    if opening is None or closing is None:
        ids = model.vocabulary.encode(f" ({text})")
    else:
        ids = [opening, *model.vocabulary.encode(text), closing]
    context.append_tokens(ids)
    out.ids += ids
    yield out.measured(text)


@dataclass
class _Output:
    """What has been said so far, as ids and as text a person reads."""

    decode: Callable[[list[int]], str]
    ids: list[int] = field(default_factory=list)
    readable: str = ""
    segments: list[int] = field(default_factory=list)
    _shown: int = 0

    @property
    def closed(self) -> bool:
        return "</think>" in self.readable

    def since_segment(self) -> str:
        return self.readable[self.segments[-1] if self.segments else 0 :].removesuffix(SEG_MARK)

    def piece(self) -> Said | None:
        """What the newest ids add; None while a character is incomplete or when it is only a mark."""
        added = self.decode(self.ids[self._shown :])
        if added.endswith("�"):
            return None
        self._shown = len(self.ids)
        before = self.readable
        self.readable += added
        kind = "answer" if "<answer>" in before and "</answer>" not in before else "reasoning"
        text = re.sub(r"<\|?/?[A-Za-z_]+\|?>|\[SEG\]", "", added)
        return Said(text, kind) if text and (kind == "answer" or not self._after_think(before)) else None

    @staticmethod
    def _after_think(before: str) -> bool:
        return "</think>" in before

    def measured(self, text: str) -> Said:
        self._shown = len(self.ids)
        self.readable += f" ({text})"
        return Said(text, "measured")


def split_output(text: str) -> tuple[str, str]:
    """Reasoning and answer of an output.

    The answer is what stands between the answer or caption tags; without them, what follows `</think>`; without that,
    nothing.
    """
    marks = "|".join(re.escape(mark) for mark in (*MEASURE_MARKS, "<REGION>", "<|im_end|>", "<|endoftext|>", "<|end|>"))
    text = re.sub(marks, "", text)
    thought, closed, rest = text.partition("</think>")
    found = re.search(r"<(answer|caption)>(.*?)(?:</\1>|$)", text, re.DOTALL)
    answer = found[2] if found else rest if closed else ""
    return thought.replace("<think>", "").split("<answer>")[0].strip(), answer.strip()
