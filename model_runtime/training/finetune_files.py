"""The folder of a model that was taught: config, tokenizer, what changed, and a card with the figures."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer
from torch import Tensor

from ..errors import OutputError
from ..model.config import read_config
from ..model.delta import changed, save_delta
from ..model.terrascope import TerraScope
from ..model_store.drafts import new_folder

LARGEST_BYTES = 5_000_000
"""of a delta"""


@dataclass(frozen=True)
class Figures:
    """What teaching gave.

    Attributes:
        classes: Phrases that were taught.
        before: IoU of each on held-out labels before; None where none are held out.
        after: The same, of a model that was taught the other labels.
        kept_before: IoU by phrase at places of the rehearsal that were not learnt from, before.
        kept_after: The same, of the model that is kept.
    """

    classes: tuple[str, ...]
    before: tuple[float | None, ...]
    after: tuple[float | None, ...]
    kept_before: dict[str, float]
    kept_after: dict[str, float]

    def held_out(self) -> tuple[float, float]:
        """Mean IoU before and after, of classes of which labels are held out."""
        return _mean(self.before), _mean(self.after)

    def untaught(self) -> tuple[float, float] | None:
        """Mean IoU at places of the rehearsal, before and after, of classes that were not taught; None: all were."""
        names = [name for name in self.kept_before if name not in self.classes]
        return tuple(_mean([kept[n] for n in names]) for kept in (self.kept_before, self.kept_after)) if names else None

    def as_json(self) -> dict:
        """For programs, and for the card."""
        before, after = self.held_out()
        untaught = self.untaught()
        return {
            "classes": list(self.classes),
            "held_out": {
                "iou_before": before,
                "iou_after": after,
                "classes": {
                    name: {"iou_before": b, "iou_after": a}
                    for name, b, a in zip(self.classes, self.before, self.after, strict=True)
                },
            },
            "rehearsal": None if untaught is None else {"iou_before": untaught[0], "iou_after": untaught[1]},
        }


def _mean(values: list[float | None] | tuple[float | None, ...]) -> float:
    there = [value for value in values if value is not None]
    return sum(there) / len(there)


def write_taught(
    out: Path, base: Path, base_id: str, model: TerraScope, before: Mapping[str, Tensor], tokenizer: Tokenizer,
    figures: Figures, go_on: Callable[[], None],
) -> int:  # fmt: skip
    """Write the folder; it appears when it is whole.

    Args:
        out: does not exist yet.
        base: folder of the model that was taught.
        base_id: its id, or its path.
        model: taught.
        before: the state it had.
        tokenizer: with the new words.
        figures: what came of it.
        go_on: called before the folder appears; raises to stop.

    Returns:
        Bytes of `delta.safetensors`.

    Raises:
        OutputError: it cannot be written, or too much has changed.
    """
    tensors = changed(before, model.state_dict())
    size = sum(2 * tensor.numel() for tensor in tensors.values())
    if size > LARGEST_BYTES:
        raise OutputError(f"What changed takes {size / 1e6:.0f} MB: only small models can be taught; choose another.")
    old = read_config(base)
    before_iou, after_iou = figures.held_out()
    said = json.loads((base / "config.json").read_text("utf-8"))
    # Sizes that grew, one of them deep inside; all else is the base's word for word.
    said["llm_config"]["vocab_size"] = model.config.llm_config.vocab_size
    said["grounding_config"]["spectral_stem"] = model.config.grounding_config.spectral_stem.model_dump()
    said |= {
        "name": out.name,
        "quality": f"Taught from {old.name}: IoU {after_iou:.2f} on labels held out nearby, {before_iou:.2f} before.",
        "class_quality": {},
        "confidence_config": None,  # what the scores of the base's masks were worth says nothing of these
        "taught": {
            "base": base_id,
            "base_name": old.name,
            "base_sha256": model.identity["sha256"],
            "classes": figures.classes,
            "held_out": {"iou_before": before_iou, "iou_after": after_iou},
        },
    }
    with new_folder(out, size) as draft:
        written = save_delta(tensors, draft)
        (draft / "config.json").write_text(json.dumps(said, indent=1) + "\n", "utf-8")
        tokenizer.save(str(draft / "tokenizer.json"))
        (draft / "MODEL_CARD.md").write_text(card(out.name, old.name, old.revision, figures), "utf-8")
        (draft / "figures.json").write_text(json.dumps(figures.as_json(), indent=1) + "\n", "utf-8")
        read_config(draft)
        go_on()
    return written


def card(name: str, base: str, revision: str, figures: Figures) -> str:
    """The model card."""
    lines = [
        f"# {name}",
        "",
        f"Taught from {base} {revision} with `train finetune`; only what changed is in this folder. Its masks of the "
        "taught classes are made for scenes like those of the labels: elsewhere, ask the model it was taught from.",
        "",
        "IoU on labels held out from teaching (one block of each two by two; a polygon belongs to the block of its "
        "middle). `after` is that of a model taught the other labels; the one that is kept was then taught all of "
        "them. Ground nearby is easier than another region.",
        "",
        "| class | before | after |",
        "|---|---|---|",
    ]
    rows = [*zip(figures.classes, figures.before, figures.after, strict=True), ("mean", *figures.held_out())]
    lines += [f"| {name} | {_shown(before)} | {_shown(after)} |" for name, before, after in rows]
    if untaught := figures.untaught():
        lines += ["", f"Classes that were not taught, at generated places: mean IoU {untaught[0]:.3f} before, "
                      f"{untaught[1]:.3f} after."]  # fmt: skip
    return "\n".join(lines) + "\n"


def _shown(iou: float | None) -> str:
    return "not known" if iou is None else f"{iou:.3f}"
