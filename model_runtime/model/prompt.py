"""The prompt: instruction, images in their places, earlier turns, and the question (SPEC 4; paper section 3.2)."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from ..errors import RequestError
from .profile import ReasoningProfile
from .terrascope import TerraScope
from .vocabulary import CONTEXT_MARK, Vocabulary


def user_turn(
    question: str, dates: int, profile: ReasoningProfile, earlier: Sequence[tuple[str, str]] = ()
) -> list[str]:
    """What is asked: the instruction and the images in our words, then the question in the user's.

    Earlier questions and answers stand between the two, alternating: the images belong to the first question.
    """
    # Several dates are told apart by the paper's indicator (section 3.2); the release leaves them unlabelled.
    labelled = profile.image_choice == "indicator" and dates > 1
    marks = "\n".join(f"Image: {t + 1} <image>" for t in range(dates)) if labelled else "<image>"
    said = [words.strip() for turn in earlier for words in turn]
    # The released prompts end with the last option's newline (SPEC 4); whitespace there is the caller's own.
    asked = question if profile.name == "published" else question.strip()
    return [f"{profile.instruction}\n\n{marks}\n", *said, asked]


def prompt_ids(vocabulary: Vocabulary, turn: list[str], token_counts: Sequence[Sequence[int]]) -> list[int]:
    """Ids of the whole prompt, `<IMG_CONTEXT>` standing where visual tokens go (SPEC 4).

    Args:
        vocabulary: the model's.
        turn: our text, a placeholder `<image>` per date or one for all in it; then, if any, plain text: the user's,
            and after it, alternating, the model's earlier answer and the user's next question.
        token_counts: of each date, the visual tokens of each of its images, optical before radar (SPEC 5.6).
    """
    blocks = ["\n".join(f"<img>{CONTEXT_MARK * count}</img>" for count in counts) for counts in token_counts]
    head = f"<|im_start|>user\n{turn[0]}".split("<image>")
    if len(head) == 2:  # one placeholder stands for all images, as the release writes it
        blocks = ["\n".join(blocks)]
    text = "".join(piece + block for piece, block in zip(head, [*blocks, ""], strict=True))
    tails = ("<|im_end|>\n<|im_start|>assistant\n", "<|im_end|>\n<|im_start|>user\n")
    if len(turn) == 1:
        return vocabulary.encode(text + tails[0])
    ids = vocabulary.encode(text)
    for number, said in enumerate(turn[1:]):
        ids += vocabulary.encode_plain(said) + vocabulary.encode(tails[number % 2])
    return ids


def cuts(vocabulary: Vocabulary, ids: Sequence[int]) -> list[int]:
    """Where a prompt's images begin, and where they end: what may stand in the next prompt too is read by itself."""
    inside = [place for place, token in enumerate(ids) if token == vocabulary.context_id]
    return [inside[0], inside[-1] + 1] if inside else []


def prompt_embeddings(model: TerraScope, ids: list[int], tokens: Sequence[Tensor]) -> Tensor:
    """Embeddings (L, hidden) of the prompt, visual tokens (n, hidden) in their places (SPEC 5.1).

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
