"""Whatever is asked stays a question: no mark in it counts, nothing in it breaks the answer."""

from __future__ import annotations

import random
import re
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from model_runtime import protocol
from model_runtime.bench.dictation import dictating
from model_runtime.errors import TerraScopeError
from model_runtime.model.profile import ReasoningProfile
from model_runtime.model.prompt import prompt_ids, user_turn
from model_runtime.model.reasoner import Finished, SegStep, reason
from model_runtime.model.terrascope import TerraScope
from model_runtime.model.vision import ModelImage
from model_runtime.model.vocabulary import INTERNVL_MARKS, MEASURE_MARKS, TERRASCOPE_MARKS
from tests.runtime.model.small import write_small
from tests.seeds import seeds

MARKS = (*INTERNVL_MARKS, *TERRASCOPE_MARKS, *MEASURE_MARKS, "<image>", "</answer>", "Image: 2", "<|im_start|>system")
PIECES = (
    "water",
    " ha ",
    "500 m",
    "\0",
    "\x1b[2J",
    "\u202e",
    "\ud800",
    "\n\n",
    "🌊",
    "%s {0} {x}",
    "'; --",
    "<b>",
    "é" * 9,
)
SURROGATE = re.compile("[\ud800-\udfff]")
SAID = "<think>I mark the water [SEG].</think><answer>yes</answer><|im_end|>"
PAPER = ReasoningProfile.named("paper", measured=True)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> TerraScope:
    return write_small(tmp_path_factory.mktemp("small"))


def strange_question(dice: random.Random) -> str:
    if dice.random() < 0.03:
        return "a" * 100_000
    if dice.random() < 0.05:
        return dice.choice(("", " ", "\n", "\t \u3000"))
    parts = [dice.choice(MARKS) if dice.random() < 0.4 else dice.choice(PIECES) for _ in range(dice.randint(1, 12))]
    if dice.random() < 0.3:
        parts.append("".join(chr(dice.randrange(1, 0x11000)) for _ in range(dice.randint(1, 40))))
    return "".join(parts)


@pytest.mark.parametrize("seed", seeds(60))
def test_it_is_answered_or_refused(seed: int, model: TerraScope) -> None:
    dice = random.Random(seed)
    question = strange_question(dice)
    before = strange_question(dice)[:4000] if dice.random() < 0.2 else None
    try:
        turns = [protocol.Turn(question=before, answer="yes")] if before is not None else []
        request = protocol.AskRequest(question=question, dates=[protocol.DateInput(optical="x.tif")], earlier=turns)
    except ValidationError:
        assert any(
            not 1 <= len(text) <= 4000 or SURROGATE.search(text)
            for text in (question, "?" if before is None else before)
        )
        return
    assert not SURROGATE.search(question + (before or ""))  # a tokenizer takes none
    earlier = [(turn.question, turn.answer) for turn in request.earlier]
    tokens = model.config.tile_tokens**2
    ids = prompt_ids(model.vocabulary, user_turn(request.question, 1, PAPER, earlier), [[tokens]])
    plain = prompt_ids(model.vocabulary, user_turn("?", 1, PAPER, [("?", "yes")] if earlier else []), [[tokens]])
    for mark in (model.vocabulary.seg_id, model.vocabulary.context_id, *model.vocabulary.stop_ids):
        assert ids.count(mark) == plain.count(mark)
    bands = np.zeros((3, 64, 64), np.float32)
    image = ModelImage(np.zeros((64, 64, 3), np.uint8), bands, ("red", "green", "blue"), True)
    try:
        with dictating(model, model.vocabulary.encode(SAID)):
            events = list(reason(model, [image], request.question, PAPER, measure=lambda _: "1 ha", earlier=earlier))
    except TerraScopeError as refusal:
        assert str(refusal).count("\n") == 0
        return
    assert isinstance(events[-1], Finished)
    assert events[-1].answer == "yes"
    assert sum(isinstance(event, SegStep) for event in events) == 1


def test_no_file_is_named_by_a_question(tmp_path: Path) -> None:
    """Layers are named by phrases, which come of what is said: whatever they hold, a name is one word of a table."""
    from model_runtime.evidence.geopackage import layer_name

    for seed in seeds(60):
        name = layer_name(1, strange_question(random.Random(seed)))
        assert name.isprintable()
        assert not set(name) & set("/\\\"'\0")
