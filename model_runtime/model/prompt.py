"""The first turn: instruction, images in their places, and the user's question (SPEC 4; paper section 3.2)."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from ..errors import RequestError
from .profile import ReasoningProfile
from .terrascope import TerraScope
from .vocabulary import CONTEXT_MARK, Vocabulary


def user_turn(question: str, dates: int, profile: ReasoningProfile) -> list[str]:
    """What is asked: the instruction and the images in our words, then the question in the user's."""
    # Several dates are told apart by the paper's indicator (section 3.2); the release leaves them unlabelled.
    labelled = profile.image_choice == "indicator" and dates > 1
    marks = "\n".join(f"Image: {t + 1} <image>" for t in range(dates)) if labelled else "<image>"
    # The released prompts end with the last option's newline (SPEC 4); whitespace there is the caller's own.
    return [f"{profile.instruction}\n\n{marks}\n", question if profile.name == "published" else question.strip()]


def prompt_ids(vocabulary: Vocabulary, turn: list[str], token_counts: Sequence[Sequence[int]]) -> list[int]:
    """Ids of the whole first turn, `<IMG_CONTEXT>` standing where visual tokens go (SPEC 4).

    Args:
        vocabulary: the model's.
        turn: our text, a placeholder `<image>` per date or one for all in it; then, if any, the user's plain text.
        token_counts: of each date, the visual tokens of each of its images, optical before radar (SPEC 5.6).
    """
    blocks = ["\n".join(f"<img>{CONTEXT_MARK * count}</img>" for count in counts) for counts in token_counts]
    head = f"<|im_start|>user\n{turn[0]}".split("<image>")
    if len(head) == 2:  # one placeholder stands for all images, as the release writes it
        blocks = ["\n".join(blocks)]
    text = "".join(piece + block for piece, block in zip(head, [*blocks, ""], strict=True))
    tail = "<|im_end|>\n<|im_start|>assistant\n"
    if len(turn) == 1:
        return vocabulary.encode(text + tail)
    return vocabulary.encode(text) + vocabulary.encode_plain(turn[1]) + vocabulary.encode(tail)


def prompt_embeddings(model: TerraScope, ids: list[int], tokens: Sequence[Tensor]) -> Tensor:
    """Embeddings (L, hidden) of the first turn, visual tokens (n, hidden) in their places (SPEC 5.1).

    Raises:
        RequestError: the text itself holds marks that stand for visual tokens.
    """
    tensor = torch.tensor(ids, device=model.device)
    embeddings = model.language_model.get_input_embeddings()(tensor)
    if tokens:
        inside = tensor == model.vocabulary.context_id
        visual = torch.cat(list(tokens)).to(embeddings.dtype)
        if int(inside.sum()) != len(visual):
            raise RequestError("The text itself holds marks that stand for an image; take them out of it.")
        embeddings[inside] = visual
    return embeddings
