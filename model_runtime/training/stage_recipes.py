"""The paper's two stages, read like tables: which parts of a model learn in which, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from torch import nn

from ..errors import RequestError
from ..model.terrascope import TerraScope
from .objective import Objective

StageName = Literal["stage1", "stage2"]
How = Literal["frozen", "full", "lora"]
"""`lora`: low-rank adapters where a rank is given, else in full"""

# Paper, section 4 (implementation details); SPEC 7.3 for what the release trains besides. Neither says how the [SEG]
# projection of stage 1 came to be: it learns with the mask decoder, which could not be prompted otherwise.
PARTS: dict[str, dict[StageName, How]] = {
    "vision_model":        {"stage1": "frozen", "stage2": "frozen"},
    "mlp1":                {"stage1": "frozen", "stage2": "full"},
    "language_model":      {"stage1": "frozen", "stage2": "lora"},
    "embeddings":          {"stage1": "frozen", "stage2": "full"},
    "text_hidden_fcs":     {"stage1": "full",   "stage2": "full"},
    "sam2.vision_encoder": {"stage1": "frozen", "stage2": "frozen"},
    "sam2.prompt_encoder": {"stage1": "frozen", "stage2": "frozen"},
    "sam2.mask_decoder":   {"stage1": "full",   "stage2": "full"},
    "spectral_stem":       {"stage1": "full",   "stage2": "full"},
}  # fmt: skip
"""`embeddings`: the language model's input embeddings and its head; `spectral_stem`: of multispectral models."""


@dataclass(frozen=True)
class StageRecipe:
    """How a stage learns.

    Attributes:
        stage: Which of the two.
        parts: How each part of the model learns, as in `PARTS`.
        learning_rate: At its peak.
        batch: Samples in each step, all processes and accumulated parts together.
        warm_up: Share of the steps in which the rate rises to its peak; after it falls as a cosine to 0.
        own_mask_share: In how many of the samples the model's own masks choose the tokens that enter after [SEG]: at
            the first step and, growing evenly, at the last.
        objective: As in `objective.losses`.
        profile: How masks become tokens, as in `ReasoningProfile`.
        lora_rank: Of the adapters of the language model; 0: it learns in full.
        band_dropout: Whether multispectral models see images with bands left out.
        weight_decay: Of AdamW.
        betas: Of AdamW.
        clip: Largest norm of the gradient.
        seed: Of everything drawn.
    """

    stage: StageName
    parts: tuple[tuple[str, How], ...]
    learning_rate: float
    batch: int
    warm_up: float
    own_mask_share: tuple[float, float] = (0.0, 0.0)
    objective: Objective = "paper"
    profile: Literal["paper", "published"] = "paper"
    lora_rank: int = 0
    band_dropout: bool = True
    weight_decay: float = 0.0
    betas: tuple[float, float] = (0.9, 0.999)
    clip: float = 1.0
    seed: int = 1


def _parts(stage: StageName) -> tuple[tuple[str, How], ...]:
    return tuple((part, how[stage]) for part, how in PARTS.items())


# Rates and batches: paper section 4 and appendix F.1, Table B. Where they differ (stage 2: 1e-5 or 4e-5) the table and
# the released configuration agree.
STAGE_RECIPES: dict[StageName, StageRecipe] = {
    "stage1": StageRecipe("stage1", _parts("stage1"), learning_rate=2e-5, batch=8, warm_up=0.05),
    "stage2": StageRecipe("stage2", _parts("stage2"), learning_rate=4e-5, batch=32, warm_up=0.3,
                          own_mask_share=(0.0, 0.5)),
}  # fmt: skip

TOGETHER = StageRecipe(
    "stage2", tuple((part, "full") for part in PARTS), learning_rate=2e-4, batch=8, warm_up=0.05,
    own_mask_share=(0.2, 0.8),
)  # fmt: skip
"""The last phase of terrascope-nano, whose mask branch and language side have learnt apart: everything together, words
through masks, mostly with the model's own."""


def with_parts(recipe: StageRecipe, learn: list[str], freeze: list[str]) -> tuple[tuple[str, How], ...]:
    """A recipe's parts with some of them learning in full, and some frozen.

    Raises:
        RequestError: there is no part of such a name.
    """
    if unknown := [name for name in (*learn, *freeze) if name not in PARTS]:
        raise RequestError(f"A model has no part {unknown[0]!r}; the parts are {', '.join(PARTS)}.")
    changed = dict.fromkeys(learn, "full") | dict.fromkeys(freeze, "frozen")
    return tuple((part, changed.get(part, how)) for part, how in recipe.parts)


def modules_of(model: TerraScope, part: str) -> list[nn.Module]:
    """The modules of a part; none where a model has no such part."""
    if part == "embeddings":
        language = model.language_model
        return [language.get_input_embeddings(), language.lm_head]
    if part == "language_model":
        return [model.language_model.model.layers, model.language_model.model.norm]
    if part == "sam2.mask_decoder":
        return [model.sam2.mask_decoder]
    module = model.get_submodule(part) if part != "spectral_stem" or model.spectral_stem is not None else None
    return [] if module is None else [module]
