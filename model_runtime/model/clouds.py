"""Where the model itself sees clouds on a date."""

from __future__ import annotations

import numpy as np

from .banks import DateBank
from .profile import ReasoningProfile
from .teaching import marked_prompts
from .terrascope import TerraScope
from .windows import Windows

CLOUD = "cloud"
"""how the model names clouds"""


def find_clouds(model: TerraScope, bank: DateBank, profile: ReasoningProfile) -> np.ndarray:
    """What is marked on a date's first image when the model is made to say that it marks the cloud.

    Bool (H, W), of a large image on the grid of its overview.

    Args:
        model: the network.
        bank: of the date; keeps what was found, and is not looked at again.
        profile: how the model reasons.
    """
    if bank.clouds is None:
        (prompt,) = marked_prompts(model, bank.views[:1], "Find the clouds.", [CLOUD], profile)
        seen = bank.views[0].features
        # Clouds are large: of a large image the overview tells them.
        features = seen.overview() if isinstance(seen, Windows) else seen
        bank.clouds = model.grounding.decode(features, prompt).mask
    return bank.clouds
