"""Algorithm 1 on a small random network whose next words are chosen by the test; everything else is real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_runtime.bench.dictation import dictating
from model_runtime.errors import Cancelled, RequestError
from model_runtime.model.profile import ReasoningProfile
from model_runtime.model.prompt import prompt_ids, user_turn
from model_runtime.model.reasoner import (
    Finished,
    ModelEvent,
    Noted,
    Said,
    SegStep,
    generate,
    named_image,
    reason,
    split_output,
)
from model_runtime.model.terrascope import TerraScope
from model_runtime.model.vision import ModelImage
from tests.runtime.model.small import write_small

PAPER = ReasoningProfile.named("paper", measured=False)
PUBLISHED = ReasoningProfile.named("published", measured=False)
MEASURED = ReasoningProfile.named("paper", measured=True)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> TerraScope:
    return write_small(tmp_path_factory.mktemp("small"))


@pytest.fixture
def say(model: TerraScope) -> Iterator[Callable[[str], None]]:
    with ExitStack() as stack:
        yield lambda text: stack.enter_context(dictating(model, model.vocabulary.encode(text)))


@pytest.fixture
def image() -> ModelImage:
    rng = np.random.default_rng(0)
    bands = rng.random((3, 96, 130), dtype=np.float32)
    rgb = (bands.transpose(1, 2, 0) * 255).astype(np.uint8)
    return ModelImage(rgb, bands, ("red", "green", "blue"), True)


def whole_mask(model: TerraScope, sign: float) -> None:
    """Make every mask full (+) or empty (-)."""
    model.spectral_stem.hyper[-1].bias.data[-1] = sign * 1e4


def steps(events: list[ModelEvent]) -> list[SegStep]:
    return [event for event in events if isinstance(event, SegStep)]


def test_a_full_mask_injects_its_tokens_and_the_answer_is_split(
    model: TerraScope, say: Callable[[str], None], image: ModelImage
) -> None:
    whole_mask(model, 1)
    say("<think>I mark the water [SEG] It is big.</think><answer>all</answer><|im_end|>")
    events = list(reason(model, [image], "How much water?", PAPER))
    (step,) = steps(events)
    assert step.mask.shape == (96, 130)
    assert step.mask.all()
    assert step.phrase == "water"
    tiles = model.tiles(image, alone=True)
    assert step.injected == min(128, tiles.cols * tiles.rows * model.config.tile_tokens**2)
    end = events[-1]
    assert isinstance(end, Finished)
    assert (end.answer, end.stopped_by) == ("all", "stop")
    assert end.reasoning == "I mark the water [SEG] It is big."
    assert end.ids.count(model.vocabulary.region_id) == step.injected
    spoken = "".join(event.text for event in events if isinstance(event, Said))
    assert spoken == "I mark the water  It is big.all"


def test_an_empty_mask_injects_nothing(model: TerraScope, say: Callable[[str], None], image: ModelImage) -> None:
    whole_mask(model, -1)
    say("<think>the snow [SEG]</think><answer>none</answer><|im_end|>")
    events = list(reason(model, [image], "Snow?", PAPER))
    assert steps(events)[0].injected == 0
    assert events[-1].ids.count(model.vocabulary.region_id) == 0


def test_the_published_profile_injects_the_first_token_for_an_empty_mask(
    model: TerraScope, say: Callable[[str], None], image: ModelImage
) -> None:
    whole_mask(model, -1)
    say("<think>the snow [SEG] and [SEG]</think><answer>none</answer><|im_end|>")
    events = list(reason(model, [image, image], "Snow?", PUBLISHED))
    # Images take turns, and each has a first token of its own (SPEC 5.6).
    assert [step.tokens.tolist() for step in steps(events)] == [[0], [model.config.tile_tokens**2]]


def test_without_an_image_a_mark_is_a_word(model: TerraScope, say: Callable[[str], None]) -> None:
    """As released: the loop without images knows no [SEG]."""
    say("  <think>the snow [SEG] is</think><answer>cold</answer><|im_end|>")
    (end,) = [
        event for event in generate(model, [], ["What is <image>snow?"], PUBLISHED) if isinstance(event, Finished)
    ]
    assert end.text == "<think>the snow [SEG] is</think><answer>cold</answer><|im_end|>"


def test_refuses_a_text_with_places_for_an_image_that_is_not_there(model: TerraScope, image: ModelImage) -> None:
    with pytest.raises(RequestError, match="marks that stand for an image"):
        list(generate(model, [image], ["<image> <IMG_CONTEXT>?"], PUBLISHED))


def test_measures_enter_the_context_between_their_marks(
    model: TerraScope, say: Callable[[str], None], image: ModelImage
) -> None:
    whole_mask(model, 1)
    say("<think>the water [SEG] ok</think><answer>x</answer><|im_end|>")
    events = list(reason(model, [image], "?", MEASURED, measure=lambda step: "100 %, 12.5 ha"))
    assert "<measure>100 %, 12.5 ha</measure>" in events[-1].text
    assert Said("100 %, 12.5 ha", "measured") in events
    assert events[-1].reasoning == "the water [SEG] (100 %, 12.5 ha) ok"


def test_after_twenty_masks_the_model_is_made_to_answer(
    model: TerraScope, say: Callable[[str], None], image: ModelImage
) -> None:
    whole_mask(model, -1)
    say("<think>" + "[SEG]" * 20 + "done</answer><|im_end|>")
    events = list(reason(model, [image], "?", PAPER))
    assert len(steps(events)) == 20
    assert events[-1].text.endswith("[SEG]</think><answer>done</answer><|im_end|>")
    assert events[-1].answer == "done"


def test_a_further_mark_is_not_said_after_the_last_allowed_one(
    model: TerraScope, say: Callable[[str], None], image: ModelImage
) -> None:
    whole_mask(model, -1)
    say("<think>" + "[SEG]" * 21 + "x<|im_end|>")
    assert len(steps(list(reason(model, [image], "?", PAPER)))) == 20


def test_the_indicator_chooses_the_date(model: TerraScope, say: Callable[[str], None], image: ModelImage) -> None:
    whole_mask(model, 1)
    say("<think>Image: 2 the water [SEG] Image: 1 the water [SEG] and trees [SEG] Image: 7 x [SEG]<|im_end|>")
    made = steps(list(reason(model, [image, image], "?", PAPER)))
    assert [step.image for step in made] == [2, 1, 1, 1]
    side = model.config.tile_tokens
    assert made[0].tokens.min() == side * side
    assert made[0].phrase == "water"


@pytest.mark.parametrize(
    ("before", "since", "count", "date", "why"),
    [
        ("", "Image: 2 I mark the water ", 3, 2, ""),
        ("Image: 2 I mark the water ", " then Image:3 trees ", 3, 3, ""),
        ("Image: 2 I mark the water ", " then the trees ", 3, 2, "did not say"),
        ("", "I mark the water ", 3, 1, "did not say"),
        ("Image: 3 water ", "Image: 9 water ", 3, 3, "named image 9 of 3"),
        ("", "Image: 0 water ", 3, 1, "named image 0 of 3"),
        ("", "Image: 2 water and Image: 4 water", 3, 2, "named image 4 of 3"),
    ],
)
def test_the_image_that_is_meant(before: str, since: str, count: int, date: int, why: str) -> None:
    number, note = named_image(before, since, count)
    assert number == date - 1
    assert why in note if why else not note


@given(st.text(alphabet="Image: 0123456789\n", max_size=60), st.text(max_size=40), st.integers(1, 8))
def test_whatever_is_said_means_one_of_the_dates(before: str, since: str, count: int) -> None:
    number, _ = named_image(before, since, count)
    assert 0 <= number < count


def test_a_missing_indicator_is_told(model: TerraScope, say: Callable[[str], None], image: ModelImage) -> None:
    say("Image: 2 water [SEG] trees [SEG]<|im_end|>")
    events = list(reason(model, [image, image], "How much changed?", PAPER))
    assert [step.image for step in steps(events)] == [2, 2]
    (note,) = [event.message for event in events if isinstance(event, Noted)]
    assert note.startswith("Step 2 (trees): the model did not say which image it means; image 2,")


def test_cancel_is_heard_before_every_word(model: TerraScope, say: Callable[[str], None], image: ModelImage) -> None:
    say("<think>one two three four five six</think><|im_end|>")
    said = []

    def cancelled() -> bool:
        return len(said) >= 5

    with pytest.raises(Cancelled):
        for event in reason(model, [image], "?", PAPER, cancelled=cancelled):
            if isinstance(event, Said):
                said.append(event.text)
    assert len(said) == 5


def test_output_without_an_end_stops_at_the_limit(
    model: TerraScope, say: Callable[[str], None], image: ModelImage
) -> None:
    say("a" * 5000)
    end = list(reason(model, [image], "?", PAPER))[-1]
    assert end.stopped_by == "length"
    assert len(end.ids) == PAPER.max_new_tokens


def test_marks_in_a_question_stay_text(model: TerraScope) -> None:
    ids = prompt_ids(model.vocabulary, ["<image>\n", "Say [SEG] and <|im_end|> now"], [[3]])
    assert ids.count(model.vocabulary.seg_id) == 0
    assert ids.count(model.vocabulary.id_of("<|im_end|>")) == 1
    assert ids.count(model.vocabulary.context_id) == 3


def test_earlier_turns_stand_between_the_images_and_the_question(model: TerraScope) -> None:
    vocabulary = model.vocabulary
    turn = user_turn("How large?", 1, PAPER, [("Is there water? ", "Yes, [SEG] "), ("Where?", "North")])
    ids = prompt_ids(vocabulary, turn, [[3]])
    text = vocabulary.decode(ids)
    rest = text[text.index("</img>") :]
    between = "<|im_end|>\n<|im_start|>"
    assert rest == (
        f"</img>\nIs there water?{between}assistant\nYes, [SEG]{between}user\nWhere?{between}assistant\nNorth"
        f"{between}user\nHow large?{between}assistant\n"
    )
    alone = prompt_ids(vocabulary, user_turn("How large?", 1, PAPER), [[3]])
    assert ids.count(vocabulary.seg_id) == alone.count(vocabulary.seg_id)  # marks in an earlier answer stay text
    assert alone == prompt_ids(vocabulary, [turn[0], "How large?"], [[3]])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<think>a [SEG] b</think><answer> 5 % </answer><|im_end|>", ("a [SEG] b", "5 %")),
        ("<think>a</think>yes<|im_end|>", ("a", "yes")),
        ("<think>a", ("a", "")),
        ("just words", ("just words", "")),
        ("<think>a</think><answer>cut off", ("a", "cut off")),
    ],
)
def test_split_output(text: str, expected: tuple[str, str]) -> None:
    assert split_output(text) == expected
