"""Algorithm 1 of the paper: prefill, step, [SEG]? mask, select, inject, step. Yields events; does no I/O."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import torch
from torch import Tensor

from ..errors import Cancelled, RequestError
from . import selection
from .grounding import ImageFeatures
from .language import Context
from .phrases import phrase_before_mark
from .profile import ReasoningProfile
from .terrascope import TerraScope
from .vision import ModelImage, Tiles
from .vocabulary import CONTEXT_MARK, MEASURE_MARKS, SEG_MARK, Vocabulary

_INDICATOR = re.compile(r"Image:\s*(\d+)")


@dataclass(frozen=True)
class Encoded:
    """A stage before the first word, and how much of it is done."""

    stage: Literal["vision", "grounding", "prefill"]
    fraction: float


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
    mask: np.ndarray
    score: float
    injected: int
    tokens: np.ndarray
    """indices of the injected tokens in the image's feature bank, in injection order."""
    low_res: Tensor
    ious: Tensor
    logits: np.ndarray | None = None
    """float16, shape of the mask: log-odds, with which several dates are mapped together; None for one image."""


@dataclass(frozen=True)
class Finished:
    """The end: the whole output, split."""

    text: str
    reasoning: str
    answer: str
    stopped_by: Literal["stop", "length"]
    ids: list[int]


ModelEvent = Encoded | Said | SegStep | Finished


@dataclass
class _Bank:
    """One image in the model's memory."""

    image: ModelImage
    tiles: Tiles
    tokens: Tensor
    offset: int
    """index of its first token in the bank of all images."""
    features: ImageFeatures


def reason(
    model: TerraScope,
    images: list[ModelImage],
    question: str,
    profile: ReasoningProfile,
    *,
    measure: Callable[[SegStep], str] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[ModelEvent]:
    """Answer a question about one image, or several dates of one place.

    Args:
        model: the network.
        images: one per date; the first is image 1.
        question: the user's words; marks in it stay text.
        profile: how to reason.
        measure: returns the exact measure of a mask as text, written into the context when the profile says so.
        cancelled: asked before every token.

    Raises:
        Cancelled: `cancelled` said so.
    """
    yield from generate(model, images, user_turn(question, len(images), profile), profile, measure, cancelled)


def user_turn(question: str, images: int, profile: ReasoningProfile) -> list[str]:
    """What is asked: the instruction and the images in our words, then the question in the user's."""
    # Several dates are told apart by the paper's indicator (section 3.2); the release leaves them unlabelled.
    labelled = profile.image_choice == "indicator" and images > 1
    marks = "\n".join(f"Image: {i + 1} <image>" for i in range(images)) if labelled else "<image>"
    # The released prompts end with the last option's newline (SPEC 4); whitespace there is the caller's own.
    return [f"{profile.instruction}\n\n{marks}\n", question if profile.name == "published" else question.strip()]


@torch.inference_mode()
def generate(
    model: TerraScope,
    images: list[ModelImage],
    turn: list[str],
    profile: ReasoningProfile,
    measure: Callable[[SegStep], str] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[ModelEvent]:
    """The loop itself.

    Args:
        model: the network.
        images: images in the order of the `<image>` placeholders.
        turn: our text (marks are marks, `<image>` is a placeholder), and after it, if any, a user's plain text.
        profile: how to reason.
        measure: see `reason`.
        cancelled: see `reason`.
    """
    vocabulary = model.vocabulary

    def go_on(_: float = 0.0) -> None:
        if cancelled():
            raise Cancelled

    banks: list[_Bank] = []
    for number, image in enumerate(images):
        go_on()
        yield Encoded("vision", number / len(images))
        tiles = model.tiles(image, alone=len(images) == 1)
        image_planes = model.planes(image)
        tokens = model.visual_tokens(image, tiles, image_planes)
        offset = sum(len(bank.tokens) for bank in banks)
        yield Encoded("grounding", number / len(images))
        features = model.grounding.encode(image.rgb, image_planes, go_on, alone=len(images) == 1)
        banks.append(_Bank(image, tiles, tokens, offset, features))
    go_on()
    yield Encoded("prefill", 0.0)
    context = Context(model.language_model)
    context.append_embeddings(_prompt(model, turn, banks))

    out = _Output(vocabulary.decode)
    steps = 0
    closing: list[int] = []
    while True:
        go_on()
        if closing:
            token = closing.pop(0)
        else:
            logits = context.next_logits()
            if steps >= profile.max_segments:
                logits[vocabulary.seg_id] = -torch.inf
            token = int(logits.argmax())
        context.append_tokens([token])
        out.ids.append(token)
        if token in vocabulary.stop_ids or len(out.ids) >= profile.max_new_tokens:
            break
        if token == vocabulary.seg_id and banks:  # without an image there is nothing to mark
            said = out.piece()
            if said:
                yield said
            steps += 1
            step = _segment(model, banks, context, out, profile, steps)
            for _ in range(step.injected):
                out.ids.append(vocabulary.region_id)
            yield step
            if profile.measured and measure:
                yield from _write_measure(model, context, out, measure(step))
            if steps == profile.max_segments and not out.closed:
                # Instead of being cut without an answer (SPEC 9, defect 9), the model is made to give one.
                closing = [vocabulary.think_end_id] + [vocabulary.answer_id] * (vocabulary.answer_id is not None)
            continue
        said = out.piece()
        if said:
            yield said
    text = vocabulary.decode(out.ids).strip()
    reasoning, answer = split_output(out.readable)
    stopped_by = "stop" if out.ids[-1] in vocabulary.stop_ids else "length"
    yield Finished(text, reasoning, answer, stopped_by, out.ids)


def prompt_ids(vocabulary: Vocabulary, turn: list[str], token_counts: list[int]) -> list[int]:
    """Ids of the whole first turn, `<IMG_CONTEXT>` standing where visual tokens go (SPEC 4).

    Args:
        vocabulary: the model's.
        turn: our text, and after it, if any, the user's plain text.
        token_counts: visual tokens of each image.
    """
    blocks = [f"<img>{CONTEXT_MARK * count}</img>" for count in token_counts]
    head = f"<|im_start|>user\n{turn[0]}".split("<image>")
    if len(head) == 2:  # one placeholder stands for all images, as the release writes it
        blocks = ["\n".join(blocks)]
    text = "".join(piece + block for piece, block in zip(head, [*blocks, ""], strict=True))
    tail = "<|im_end|>\n<|im_start|>assistant\n"
    if len(turn) == 1:
        return vocabulary.encode(text + tail)
    return vocabulary.encode(text) + vocabulary.encode_plain(turn[1]) + vocabulary.encode(tail)


def _prompt(model: TerraScope, turn: list[str], banks: list[_Bank]) -> Tensor:
    """Embeddings of the whole first turn, visual tokens in their places (SPEC 5.1)."""
    ids = prompt_ids(model.vocabulary, turn, [len(bank.tokens) for bank in banks])
    tensor = torch.tensor(ids, device=model.device)
    embeddings = model.language_model.get_input_embeddings()(tensor)
    if banks:
        inside = tensor == model.vocabulary.context_id
        tokens = torch.cat([bank.tokens for bank in banks]).to(embeddings.dtype)
        if int(inside.sum()) != len(tokens):
            raise RequestError("The text itself holds marks that stand for an image; take them out of it.")
        embeddings[inside] = tokens
    return embeddings


def _segment(
    model: TerraScope, banks: list[_Bank], context: Context, out: _Output, profile: ReasoningProfile, index: int
) -> SegStep:
    """The [SEG] event: decode, select, inject (Algorithm 1, lines 13-33)."""
    spoken = out.since_segment()
    number = (
        _image_number(out.readable, len(banks)) if profile.image_choice == "indicator" else (index - 1) % len(banks)
    )
    bank = banks[number]
    prompt = model.text_hidden_fcs(context.last_state)
    decoded = model.grounding.decode(bank.features, prompt.to(model.sam2.dtype))
    mask = decoded.mask
    side = model.config.tile_tokens
    rows, cols = bank.tiles.rows * side, bank.tiles.cols * side
    if profile.selection == "coverage":
        grid = selection.coverage_grid(mask, rows, cols) > 0.5
    else:
        grid = selection.centre_grid(mask, bank.tiles.rows, bank.tiles.cols, model.config.tile_size, side)
    tokens = selection.token_indices(grid, side, profile.max_region_tokens)
    if tokens.size == 0 and profile.empty_injects_first:
        tokens = np.zeros(1, dtype=int)
    if tokens.size:
        context.append_embeddings(bank.tokens[torch.from_numpy(tokens).to(model.device)])
    out.segments.append(len(out.readable))
    phrase = phrase_before_mark(_INDICATOR.sub(" ", spoken))
    logits = decoded.logits.float().cpu().numpy().astype(np.float16) if len(banks) > 1 else None
    return SegStep(
        index,
        phrase,
        number + 1,
        mask,
        decoded.score,
        len(tokens),
        tokens + bank.offset,
        decoded.low_res,
        decoded.ious,
        logits,
    )


def _image_number(text: str, count: int) -> int:
    """0-based image named by the last "Image: t" (paper section 3.2); the first when none or impossible."""
    named = [int(n) for n in _INDICATOR.findall(text)]
    return named[-1] - 1 if named and 1 <= named[-1] <= count else 0


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

    The answer is what stands between the answer tags; without them, what follows `</think>`; without that, nothing.
    """
    marks = "|".join(re.escape(mark) for mark in (*MEASURE_MARKS, "<REGION>", "<|im_end|>", "<|endoftext|>", "<|end|>"))
    text = re.sub(marks, "", text)
    thought, closed, rest = text.partition("</think>")
    found = re.search(r"<answer>(.*?)(?:</answer>|$)", text, re.DOTALL)
    answer = found[1] if found else rest if closed else ""
    return thought.replace("<think>", "").split("<answer>")[0].strip(), answer.strip()
