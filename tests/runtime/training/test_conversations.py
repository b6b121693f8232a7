"""From samples of a dataset to what is trained on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.errors import RequestError
from model_runtime.model.profile import ReasoningProfile
from model_runtime.terra_cot.build import build
from model_runtime.terra_cot.entries import Example
from model_runtime.terra_cot.export import read_samples
from model_runtime.terra_cot.plan import Options
from model_runtime.terra_cot.traces import Measured
from model_runtime.training.conversations import (
    Mark,
    instruction_conversation,
    pieces_of,
    referring_conversation,
    without_bands,
)
from tests.runtime.training.small_training import block, image, talk

PAPER = ReasoningProfile.named("paper", measured=False)
MASK = Mark("water", 0, block(0, 0, 4))


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> list[Example]:
    """Generated places: one date and more, optical, radar and both, measured and plain."""
    folder = tmp_path_factory.mktemp("generated")
    build(Options(("generated",), 60, 4, "parquet", shard_samples=60), folder, workers=1)
    return list(read_samples(folder))


words = st.text(st.characters(blacklist_characters="[<", blacklist_categories=("Cs",)), max_size=20)


@given(st.lists(st.tuples(words, st.booleans(), words), max_size=6), words)
def test_text_is_cut_at_marks_and_measures_and_nothing_is_lost(parts: list[tuple[str, bool, str]], last: str) -> None:
    text = "".join(f"{said}[SEG]" + f"<measure>{told}</measure>" * measured for said, measured, told in parts) + last
    pieces = pieces_of(text, [MASK] * len(parts))
    written = {str: str, Mark: lambda _: "[SEG]", Measured: lambda piece: f"<measure>{piece.text}</measure>"}
    assert "".join(written[type(piece)](piece) for piece in pieces) == text
    assert sum(isinstance(piece, Mark) for piece in pieces) == len(parts)
    assert all(isinstance(piece, Measured) or piece for piece in pieces)
    assert pieces_of(text + "[SEG]", [MASK] * len(parts)) is None


def test_a_sample_is_what_the_runtime_would_see_and_say(examples: list[Example]) -> None:
    seen = set()
    for example in examples:
        entry = example.entry
        made = instruction_conversation(example, PAPER)
        assert len(made.images) == len(entry.shown)
        for date, shown in zip(made.images, entry.shown, strict=True):
            assert len(date.sensors) == (2 if shown.sensors == "both" else 1)
            assert ("vv" in date.roles) == (shown.sensors == "sar")
            assert date.rgb.dtype == np.uint8
            seen.add(shown.sensors)
        assert [mark.image + 1 for mark in made.marks] == list(entry.mask_images)
        assert all(np.array_equal(mark.mask, mask) for mark, mask in zip(made.marks, example.masks, strict=True))
        assert any(isinstance(piece, Measured) for piece in made.pieces) == (entry.measured and bool(made.marks))
        assert made.turn[0].startswith(PAPER.instruction)
        assert ("Image: 2 <image>" in made.turn[0]) == (len(made.images) > 1)
        seen.add(len(made.images) > 1)
        if len(made.images) > 1:
            assert all("Image: " in piece for piece in before_marks(made.pieces)), "each [SEG] says its date"
    assert seen == {"optical", "sar", "both", True, False}


def before_marks(pieces: tuple) -> list[str]:
    """What is said between a [SEG], or the beginning, and the next one."""
    said, found = "", []
    for piece in pieces:
        if isinstance(piece, Mark):
            found.append(said)
            said = ""
        elif isinstance(piece, str):
            said += piece
    return found


def test_a_referring_pair_is_about_one_region_of_one_image(examples: list[Example]) -> None:
    dates = set()
    for example in examples:
        if not example.entry.masks:
            continue
        made = referring_conversation(example, 1)
        assert len(made.images) == 1
        (mark,) = made.marks
        assert made.turn == ("<image>\n", f"Please segment the {mark.phrase}.")
        assert made.pieces == (f"I mark the {mark.phrase} ", mark, ".")
        which = [
            number
            for number, mask in enumerate(example.masks)
            if np.array_equal(mask, mark.mask) and example.entry.phrases[number] == mark.phrase
        ]
        assert which
        dates |= {example.entry.mask_images[number] for number in which}
        assert mark.mask.shape == made.images[0].rgb.shape[:2]
    assert len(dates) > 1


def test_masks_that_are_not_the_segs_are_refused(examples: list[Example]) -> None:
    example = next(example for example in examples if example.entry.masks)
    other = replace(example.entry, text=example.entry.text + "[SEG]")
    with pytest.raises(RequestError, match=f"The masks of sample {example.entry.id} do not belong to its"):
        instruction_conversation(Example(other, example.images), PAPER)


def test_bands_are_left_out_of_optical_images_alone_and_of_all_dates_alike() -> None:
    dates = [replace(image(1), bands=np.ones((6, 64, 64), np.float32) * np.arange(6)[:, None, None],
                     roles=("red", "green", "blue", "nir", "swir1", "swir2")) for _ in range(2)]  # fmt: skip
    radar = replace(image(2), bands=np.ones((2, 64, 64), np.float32), roles=("vv", "vh"), reflectance=False)
    kept = set()
    for seed in range(250):
        made = without_bands(talk("t", [replace(dates[0], sar=radar), dates[1], radar]), seed)
        both, plain, alone = made.images
        assert both.roles == plain.roles
        assert both.sar == radar or both.sar.roles == ("vv", "vh")
        assert alone.roles == ("vv", "vh")
        assert len(plain.roles) == len(plain.bands)
        assert {"red", "green", "blue"} <= set(plain.roles)
        if plain.reflectance:
            for role, band in zip(plain.roles, plain.bands, strict=True):
                assert (band == dates[1].roles.index(role)).all()
        kept.add((plain.roles, plain.reflectance))
    assert len(kept) == 7  # all; colours; with infrared; one of three less; 8 bits
