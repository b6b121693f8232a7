"""The two ways of reasoning, chosen in one place: as the paper describes it, or as the released weights behave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from .confidence import UNSURE

Fusion = Literal["none", "concat", "text_guided", "published_train"]
Ablation = Literal[
    "textual", "textual_masks", "random_tokens", "box", "eight_tokens", "centre", "optical_prompt", "optical_regions"
]

# Paper, appendix F.1.
PAPER_INSTRUCTION = (
    "A conversation between User and Assistant. The user asks a question, and the Assistant solves it. The Assistant "
    "first thinks about the reasoning process in their mind, generating segmentation masks when needed using [SEG] "
    "tokens, and then provides the user a concise final answer in a short word or phrase. The reasoning process and "
    "answer are enclosed within <think> tags, respectively, i.e., <think> reasoning process with [SEG] for "
    "segmentation </think><answer> answer here </answer>."
)
# SPEC 4: the released prompt names no [SEG].
PUBLISHED_INSTRUCTION = (
    "A conversation between User and Assistant. The user asks a question, and the Assistant solves it. The Assistant "
    "first thinks about the reasoning process in their mind and then provides the user a concise final answer in a "
    "short word or phrase. The reasoning process and answer are enclosed within <think> </think> and <answer> "
    "</answer> tags, respectively, i.e., <think> reasoning process here </think><answer> answer here </answer>"
)


@dataclass(frozen=True)
class ReasoningProfile:
    """Where paper and release differ (SPEC 6), and the limits both share."""

    name: Literal["paper", "published"]
    instruction: str
    selection: Literal["coverage", "centre"]
    max_region_tokens: int
    image_choice: Literal["indicator", "round_robin"]
    empty_injects_first: bool
    """SPEC 5.5: the release injects token 0 for an empty mask; otherwise nothing enters the context."""
    measured: bool = False
    fusion: Fusion = "text_guided"
    masks_see: Literal["through_clouds", "chosen", "mean", "optical"] = "through_clouds"
    """through which sensor the mask decoder sees a place: radar where the model itself sees clouds and both elsewhere,
    the one that Eq. 5 chooses, both, or, as in the release, the optical one."""
    injected: Literal["mask", "box", "random", "nothing"] = "mask"
    """what enters the context at a [SEG]: the tokens under its mask, under the rectangle around it, as many by lot, or
    none."""
    radar_in_prompt: bool = True
    """whether the tokens of a date's radar image stand in the prompt."""
    radar_in_regions: bool = True
    """whether they may enter at a [SEG]."""
    refine_below: float = UNSURE
    """a mask with a lower score is drawn once more; the release draws each once."""
    max_segments: int = 20
    max_new_tokens: int = 2048

    @classmethod
    def named(
        cls, name: str, *, measured: bool, fusion: Fusion = "text_guided", ablation: Ablation | None = None
    ) -> ReasoningProfile:
        """The profile called `paper` or `published`, with or without measures written into the context.

        Args:
            name: of the profile.
            measured: whether measures are written into the context.
            fusion: whose tokens are injected where a date has two sensors (paper Tables 3 and K): `none` looks at the
                optical image alone, `concat` takes both sensors' tokens, `text_guided` chooses by Eq. 4-5,
                `published_train` chooses as the released training does (SPEC 5.6).
            ablation: what is left out or done otherwise, a key of `ABLATIONS`.
        """
        masks_see = "optical" if fusion == "published_train" else "through_clouds"
        profile = replace(
            {"paper": PAPER, "published": PUBLISHED}[name], measured=measured, fusion=fusion, masks_see=masks_see
        )
        return replace(profile, **ABLATIONS[ablation]) if ablation else profile


PAPER = ReasoningProfile("paper", PAPER_INSTRUCTION, "coverage", 128, "indicator", False)
PUBLISHED = ReasoningProfile(
    "published", PUBLISHED_INSTRUCTION, "centre", 8, "round_robin", True, refine_below=0.0, max_new_tokens=8192
)

ABLATIONS: dict[Ablation, dict[str, object]] = {
    "textual": {"max_segments": 0, "measured": False},
    "textual_masks": {"injected": "nothing", "measured": False},
    "random_tokens": {"injected": "random"},
    "box": {"injected": "box"},
    "eight_tokens": {"max_region_tokens": 8},
    "centre": {"selection": "centre"},
    "optical_prompt": {"radar_in_prompt": False, "masks_see": "optical"},
    "optical_regions": {"radar_in_regions": False},
}
"""Name -> what it changes: no [SEG] at all, [SEG] without tokens or measures, tokens by lot, boxes (paper Table 2); the
released number of tokens and rule of selection (SPEC 5.5); radar kept out of the prompt or of the regions (Table K)."""
