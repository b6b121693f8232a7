"""Does training work here? A small model has to learn eight samples by heart: their masks and every word.

The samples are generated and mixed as datasets are: one date and two, optical, radar and both, a region that is not
there, measured traces and plain ones. Afterwards the model is asked, by the reasoning loop itself and with its own
masks. Whatever is wrong between the data and the answer shows here within minutes.
"""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import nn

from ..model.config import read_config
from ..model.profile import ReasoningProfile
from ..model.reasoner import Finished, SegStep, generate
from ..model.terrascope import TerraScope
from ..model.vocabulary import Vocabulary
from ..terra_cot.chance import seeded
from ..terra_cot.dates import ANY, generate_dates
from ..terra_cot.facts import Facts, Sensors, View
from ..terra_cot.records import Record
from ..terra_cot.samples import Composed, choose, compose
from ..terra_cot.traces import Measured
from ..terra_cot.vocabulary import LAND_COVER_CLASSES
from .conversations import Conversation, composed_conversation
from .forward import spoken
from .orders import ListOrder
from .recipe import NANO_CONFIG, RECIPE
from .stage_recipes import PARTS, STAGE_RECIPES
from .tokenizer import train_tokenizer
from .trainer import Means, train

LEAST_IOU = 0.95
_ROUNDS = ((100, 6e-3), (30, 2e-3), (30, 2e-3), (30, 2e-3))
"""steps and peak learning rate of each round; the later ones only where something is not learnt yet"""
_SIDE = 64
# kind of question, seed of the place, sensors of each date, whether measures stand in the trace
_SAMPLES: tuple[tuple[str, int, tuple[Sensors, ...], bool], ...] = (
    ("coverage", 17, ("optical",), True),
    ("larger", 81, ("optical",), False),
    ("presence", 13, ("optical",), False),
    ("border", 12, ("optical",), True),
    ("coverage", 63, ("sar",), False),
    ("coverage", 90, ("both",), True),
    ("change", 53, ("optical", "optical"), True),
    ("grew", 90, ("optical", "optical"), False),
)
_ABSENT = "presence"
"""the kind that is asked about a region that is not there"""
_CLOUDED = ("both",)


@dataclass(frozen=True)
class Verdict:
    """How well one sample was learnt.

    Attributes:
        name: of the sample.
        ious: of each mask the model drew, against the true one; 0 for one that it left out.
        exact: whether it said every word.
        said: what it said.
    """

    name: str
    ious: tuple[float, ...]
    exact: bool
    said: str

    @property
    def passed(self) -> bool:
        """Whether it knows the sample by heart."""
        return self.exact and all(iou > LEAST_IOU for iou in self.ious)


def run(tell: Callable[[str], None], cancelled: Callable[[], bool] = lambda: False) -> int:
    """Train and ask; returns 0 when everything was learnt, else 1.

    Raises:
        Cancelled: `cancelled` said so.
    """
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # so small a network is computed no faster by several: they would only wait for each other
    try:
        return _run(tell, cancelled)
    finally:
        torch.set_num_threads(threads)


def _run(tell: Callable[[str], None], cancelled: Callable[[], bool]) -> int:
    profile = ReasoningProfile.named("paper", measured=True)
    talks = check_samples(profile)
    with tempfile.TemporaryDirectory() as folder:
        model = small_model(Path(folder))
    for steps, rate in _ROUNDS:
        learn(model, talks, steps, rate, cancelled, tell)
        verdicts = [examine(model, talk, profile) for talk in talks]
        failed = [verdict for verdict in verdicts if not verdict.passed]
        tell(f"{len(talks) - len(failed)} of {len(talks)} samples learnt (IoU above {LEAST_IOU}, every word).")
        if not failed:
            return 0
    for verdict in failed:
        tell(f"not learnt: {verdict.name}: IoU {' '.join(f'{iou:.3f}' for iou in verdict.ious)}; {verdict.said}")
    return 1


def learn(
    model: TerraScope, talks: list[Conversation], steps: int, rate: float, cancelled: Callable[[], bool],
    tell: Callable[[str], None],
) -> None:  # fmt: skip
    """Stage 2 on these samples with every part learning, in a growing share with the model's own masks."""
    recipe = replace(
        STAGE_RECIPES["stage2"],
        parts=tuple((part, "full") for part in PARTS),
        learning_rate=rate,
        batch=len(talks),
        warm_up=0.05,
        own_mask_share=(0.0, 0.5),
        betas=(0.9, 0.98),  # the mean over the last thousand squared gradients is too slow for so few steps
    )
    means = Means(steps, micro_batch=len(talks), cpu=True)
    train(model, ListOrder(talks, seed=1), recipe, means, cancelled=cancelled, tell=tell)


def examine(model: TerraScope, talk: Conversation, profile: ReasoningProfile) -> Verdict:
    """Ask the model; the measures behind its masks are those of the true ones, as it has learnt them."""
    measures: Iterator[str] = (piece.text for piece in talk.pieces if isinstance(piece, Measured))
    measured = any(isinstance(piece, Measured) for piece in talk.pieces)
    asked = replace(profile, measured=measured, max_new_tokens=400)
    drawn: list[SegStep] = []
    for event in generate(model, list(talk.images), list(talk.turn), asked, measure=lambda _: next(measures, "")):
        if isinstance(event, SegStep):
            drawn.append(event)
        elif isinstance(event, Finished):
            finished = event
    ious = [0.0] * len(talk.marks)
    for number, (mark, step) in enumerate(zip(talk.marks, drawn, strict=False)):
        union = (mark.mask | step.mask).sum()
        ious[number] = float((mark.mask & step.mask).sum() / union) if union else 1.0
    vocabulary = model.vocabulary
    wanted = [i for piece in talk.pieces for i in spoken(vocabulary, piece)[0]] + vocabulary.encode("<|im_end|>")
    said = [i for i in finished.ids if i != vocabulary.region_id]
    return Verdict(talk.name, tuple(ious), said == wanted, vocabulary.decode(said))


def check_samples(profile: ReasoningProfile) -> list[Conversation]:
    """The eight samples."""
    return [_sample(number, *sample, profile) for number, sample in enumerate(_SAMPLES, start=1)]


def _sample(
    number: int, kind: str, seed: int, sensors: tuple[Sensors, ...], measured: bool, profile: ReasoningProfile
) -> Conversation:
    clouds = 0.3 if sensors == _CLOUDED else 0.0
    dates = generate_dates(_SIDE, seed, len(sensors), ANY if len(sensors) > 1 else None, clouds)
    record = Record("generated", str(seed), f"check {seed}", tuple(dates), LAND_COVER_CLASSES)
    facts = Facts(
        [View(scene, by, LAND_COVER_CLASSES) for scene, by in zip(dates, sensors, strict=True)], LAND_COVER_CLASSES
    )
    rng = seeded(seed)
    if kind == _ABSENT:
        there = {phrase for phrase in facts.phrases if facts.mask(phrase, 1).any()}
        regions = [facts.region(next(phrase for phrase in facts.phrases if phrase not in there), 1)]
    else:
        regions = choose(kind, facts, rng, measured)
    radar = sensors == ("sar",)
    sample = compose(kind, regions, facts, rng, measured=measured, dates=len(sensors), radar=radar)
    masks = tuple(facts.mask(region.phrase, region.image) for region in sample.regions)
    composed = Composed(sample, tuple(enumerate(sensors)), masks)
    return composed_conversation(f"{number} {kind}, {' and '.join(sensors)}", record, composed, profile)


def small_model(folder: Path, seed: int = 2) -> TerraScope:
    """A random network of terrascope-nano's kind, with a vocabulary of its own; the folder gets what describes it."""
    train_tokenizer(replace(RECIPE, vocabulary=800), folder, texts=400)
    config = copy.deepcopy(NANO_CONFIG)
    config |= {"force_image_size": _SIDE}
    config["vision_config"] |= {
        "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 1, "image_size": _SIDE, "patch_size": 8,
    }  # fmt: skip
    config["llm_config"] |= {
        "hidden_size": 96, "intermediate_size": 256, "num_hidden_layers": 2, "vocab_size": len(Vocabulary.read(folder)),
    }  # fmt: skip
    config["grounding_config"] |= {
        "image_size": _SIDE, "embed_dim": 16, "stages": [1, 1, 1, 1], "global_att_blocks": [], "d_model": 32,
        "spectral_stem": {"width": 64, "features": 32, "coarsenings": 3},
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    torch.manual_seed(seed)
    model = TerraScope(read_config(folder), Vocabulary.read(folder))
    _spread(model)
    return model


def _spread(model: TerraScope) -> None:
    """Random weights under which signals keep their size through every layer.

    transformers starts layers at 0.02, a value for wide networks: at these widths signals die out, and it takes most of
    the training until each [SEG] says something of its own.
    """
    layers = (nn.Linear, nn.Conv2d, nn.ConvTranspose2d)
    for name, module in model.named_modules():
        if name.startswith("sam2."):
            if isinstance(module, layers):
                module.reset_parameters()
        elif isinstance(module, layers):
            nn.init.kaiming_normal_(module.weight, nonlinearity="linear")
            if module.bias is not None:
                nn.init.zeros_(module.bias)
        elif isinstance(module, nn.Embedding):
            nn.init.normal_(module.weight, std=0.5)
