"""How fast the runtime answers, beside what else could be on the same weights in the same run: `bench speed`.

Every figure is a ratio of times of one round, in which all are measured one after the other; rounds differ in who comes
first. What is told is the median over rounds with the smallest and the largest.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import GenerationConfig, StoppingCriteriaList

from ..model.prompt import prompt_ids
from ..model.terrascope import TerraScope
from ..model.vision import ModelImage
from ..model_store.devices import pick_device
from ..model_store.keeper import Keeper, check_compiler
from ..model_store.synthesis import SIZES, recipe_8b
from ..scene_memory import SceneMemory
from .bare_passes import Needed, needed, run_passes
from .dictation import dictated
from .first_answer import FirstAnswer, in_new_process
from .floor import Rates, Work, count_work, measure_rates, token_bytes
from .question import ASKED_AFTER, Answered, Question, answer, check, image_of, stopper, write_image
from .stopwatch import Stopwatch, Timed, now
from .yardstick import Spoken, speak_plainly

_SHARD_BYTES = 4_000_000_000


@dataclass(frozen=True)
class Plan:
    """What is measured."""

    model: str
    """id or folder; of no account where `synth` is given"""
    synth: str | None
    """a name of `synthesis.SIZES`: random numbers of that size"""
    device: str
    tier: str
    runs: int
    masks: int
    words: int
    size: tuple[int, int]
    """width and height of the image"""
    compiled: bool = False
    """whether the runtime's steps are"""


@dataclass(frozen=True)
class Round:
    """All that is compared, once."""

    answered: Answered
    """by the runtime, the whole question"""
    followed: Answered
    """by the runtime, another question about the same scene"""
    yardstick: Timed
    bare: Timed
    bare_stages: dict[str, Timed]
    generate: Timed
    rates: Rates
    same: dict[str, bool]
    """whether yardstick and runtime said, marked and injected the same"""
    diverged: float
    """share of the tokens of which the two found another likeliest"""


@dataclass(frozen=True)
class Measured:
    """What came of a plan."""

    plan: Plan
    model: dict[str, Any]
    prompt_tokens: int
    said: Spoken
    work: dict[str, Work]
    rounds: list[Round]
    first: FirstAnswer


def measure(plan: Plan, cancelled: Callable[[], bool], progress: Callable[[float], None]) -> Measured:
    """Answer the same question in all ways.

    Raises:
        RequestError: there is no such question.
        ModelError: the model or the tier cannot be used here.
        Cancelled: `cancelled` said so.
    """
    check(plan.words, plan.masks, plan.size)
    device = pick_device(plan.device)
    if plan.compiled:
        check_compiler(device)
    with tempfile.TemporaryDirectory(prefix="bench-speed-") as folder:
        name = plan.model
        if plan.synth:
            name = str(Path(folder) / plan.synth)
            recipe_8b("BF16", SIZES[plan.synth]).write(Path(name), 0, _SHARD_BYTES, lambda _: None, cancelled)
        scene = write_image(Path(folder), plan.size)
        question = Question(str(scene), *plan.size, plan.words, plan.masks, name, plan.tier)
        first = in_new_process(question, device, cancelled)
        progress(1 / (plan.runs + 2))
        model = Keeper(device, compiled=plan.compiled).get(name, plan.tier)
        image, words = image_of(question), dictated(model, plan.words, plan.masks)
        # What is done for the first time is not measured.
        said = answer(model, question, cancelled).said
        speak_plainly(model, image, question.turn, dictated(model, 3, min(1, plan.masks)), stopper(cancelled))
        need = needed(model, image, question.turn, said)
        work = count_work(need, model.info()["tier"])
        progress(2 / (plan.runs + 2))
        rounds = []
        for number in range(plan.runs):
            rounds.append(_round(number, model, image, question, words, need, cancelled))
            progress((number + 3) / (plan.runs + 2))
    return Measured(plan, model.info(), need.prompt_tokens, said, work, rounds, first)


def _round(
    number: int,
    model: TerraScope,
    image: ModelImage,
    question: Question,
    words: list[int],
    need: Needed,
    cancelled: Callable[[], bool],
) -> Round:
    """Measure everything once; each round begins with another."""
    watch, go_on = Stopwatch(model.device), stopper(cancelled)
    prompt = prompt_ids(model.vocabulary, question.turn, [[len(need.tiles) * model.config.tile_tokens**2]])
    ways: list[tuple[str, Callable[[], object]]] = [
        ("runtime", lambda: asked_twice(model, question, cancelled)),
        ("yardstick", lambda: speak_plainly(model, image, question.turn, words, go_on)),
        ("bare", lambda: run_passes(need, watch.stage, go_on)),
        ("generate", lambda: generate(model, prompt, len(words), cancelled)),
        ("rates", lambda: measure_rates(
            model.device, model.language_model.dtype, sum(token_bytes(model.language_model, model.info()["tier"]))
        )),
    ]  # fmt: skip
    times: dict[str, Timed] = {}
    results: dict[str, Any] = {}
    for name, work in ways[number % len(ways) :] + ways[: number % len(ways)]:
        go_on()
        begin = now(model.device)
        results[name] = work()
        times[name] = now(model.device) - begin
    (answered, followed), plain = results["runtime"], results["yardstick"]
    pairs = list(zip(answered.said.rather, plain.rather, strict=True))
    return Round(
        answered, followed, times["yardstick"], times["bare"], watch.stages, times["generate"], results["rates"],
        _same(answered.said, plain), sum(one != other for one, other in pairs) / len(pairs),
    )  # fmt: skip


def asked_twice(
    model: TerraScope, question: Question, cancelled: Callable[[], bool] = lambda: False
) -> tuple[Answered, Answered]:
    """A question about a scene that nothing is known of, and another one after it."""
    memory = SceneMemory()
    model.forget()
    first = answer(model, question, cancelled, memory)
    return first, answer(model, replace(question, asked=ASKED_AFTER), cancelled, memory)


@torch.inference_mode()
def generate(model: TerraScope, prompt: list[int], count: int, cancelled: Callable[[], bool]) -> int:
    """Let transformers' own `generate` read a prompt and say `count` tokens; returns how many it said."""
    ids = torch.tensor([prompt], device=model.device)
    whole = torch.zeros(1, dtype=torch.bool, device=model.device)
    made = model.language_model.generate(
        inputs_embeds=model.language_model.get_input_embeddings()(ids),
        attention_mask=torch.ones_like(ids),
        generation_config=GenerationConfig(max_new_tokens=count, do_sample=False, eos_token_id=None, pad_token_id=0),
        stopping_criteria=StoppingCriteriaList([lambda *_, **__: whole.fill_(cancelled())]),
    )
    return made.shape[1]


def _same(one: Spoken, other: Spoken) -> dict[str, bool]:
    return {
        "ids": one.ids == other.ids,
        "masks": _equal(one.masks, other.masks),
        "injected": _equal(one.tokens, other.tokens),
    }


def _equal(some: Sequence[np.ndarray], others: Sequence[np.ndarray]) -> bool:
    return len(some) == len(others) and all(map(np.array_equal, some, others))
