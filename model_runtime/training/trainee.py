"""A model made ready for a stage: what rests, what learns, and what its conversations cost."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from ..errors import RequestError
from ..model.profile import ReasoningProfile
from ..model.terrascope import TerraScope
from .conversations import Conversation
from .forward import forward
from .lora import add_adapters
from .objective import losses
from .stage_recipes import StageRecipe, modules_of


class Trainee(nn.Module):
    """A model with what its conversations cost, in one call, as accelerate wants to wrap it.

    Args:
        model: what is trained.
        recipe: how.
        bf16: whether to multiply in bfloat16.
    """

    def __init__(self, model: TerraScope, recipe: StageRecipe, bf16: bool) -> None:
        super().__init__()
        self.model, self.recipe, self.bf16 = model, recipe, bf16
        self.profile = training_profile(recipe)

    def forward(self, talks: Sequence[Conversation], own: Sequence[bool]) -> dict[str, Tensor]:
        """The terms of `objective.losses`; without a conversation a loss of 0, for a process that has none."""
        if not talks:
            return {"loss": 0.0 * sum(value.sum() for value in self.parameters() if value.requires_grad)}
        with torch.autocast(self.model.device.type, torch.bfloat16, enabled=self.bf16):
            outcome = forward(self.model, talks, self.profile, own)
        whole = self.model.config.grounding_config.view == "whole"
        return losses(outcome, self.recipe.objective, whole=whole)


def training_profile(recipe: StageRecipe) -> ReasoningProfile:
    """How masks become tokens while a stage trains; the release then chose sensors in a way of its own (SPEC 5.6)."""
    fusion = "published_train" if recipe.profile == "published" else "text_guided"
    return ReasoningProfile.named(recipe.profile, measured=False, fusion=fusion)


def make_ready(model: TerraScope, recipe: StageRecipe) -> list[nn.Parameter]:
    """Freeze what a stage leaves alone, put adapters where it wants them; returns what learns, in float32.

    Raises:
        RequestError: nothing would learn.
    """
    model.requires_grad_(False)
    ways = dict(recipe.parts)
    if ways.get("language_model") == "lora" and recipe.lora_rank:
        add_adapters(model, recipe.lora_rank)
    for part, how in ways.items():
        if how == "full" or (how == "lora" and not recipe.lora_rank):
            for module in modules_of(model, part):
                module.requires_grad_(True).float()
    learning = [value for value in model.parameters() if value.requires_grad]
    if not learning:
        raise RequestError("Every part of the model is frozen: let at least one learn.")
    return learning
