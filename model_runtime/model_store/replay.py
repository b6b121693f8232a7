"""`models replay`: a recorded case of the released code, answered again by ours, and how far the two are apart.

A case is an .npz in the form of the reference goldens: it holds at least `user_text` and the images `image0_uint8`,
`image1_uint8`, … (none, one or several), and usually what the released code made of them.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from ..errors import OutputError, RequestError
from ..model.grounding import ImageFeatures
from ..model.profile import ReasoningProfile
from ..model.reasoner import Finished, SegStep, generate
from ..model.terrascope import TerraScope
from ..model.vision import ModelImage

Arrays = dict[str, np.ndarray]
_EXACT = ("generated_ids", "prediction_text", "token_indices")
_KINDS = ("mask", "token_indices", "lowres_all", "ious")


@dataclass(frozen=True)
class Case:
    """What was asked, and what came of it then."""

    text: str
    images: tuple[np.ndarray, ...]
    """uint8 (H, W, 3)"""
    recorded: Mapping[str, np.ndarray]

    @classmethod
    def read(cls, path: Path) -> Case:
        """Read a file; nothing in it is executed.

        Raises:
            RequestError: it is no case.
        """
        try:
            with np.load(path, allow_pickle=False) as file:
                arrays = dict(file)
        except FileNotFoundError:
            raise RequestError(f"There is no file {path}.") from None
        except (OSError, ValueError, TypeError, EOFError, zipfile.BadZipFile) as error:
            raise RequestError(f"{path} is not a case (.npz): {str(error).splitlines()[0][:120]}.") from None
        text = arrays.get("user_text")
        if text is None or text.shape != () or text.dtype.kind != "U":
            raise RequestError(f"{path} is not a case: it has no user_text.")
        images = []
        while (image := arrays.get(f"image{len(images)}_uint8")) is not None:
            if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3 or not image.size:
                raise RequestError(f"{path}: image{len(images)}_uint8 is not a picture, uint8 (height, width, 3).")
            images.append(image)
        places = str(text).count("<image>")
        # One placeholder stands for all images (SPEC 4).
        if places != len(images) and (places != 1 or not images):
            raise RequestError(f"{path}: user_text has {places} times <image>, but there are {len(images)} images.")
        return cls(str(text), tuple(images), arrays)


def replay(model: TerraScope, case: Case, cancelled: Callable[[], bool] = lambda: False) -> Arrays:
    """Answer a case as the released code does (profile `published`).

    Args:
        model: the network.
        case: what is asked.
        cancelled: asked before every token.

    Returns:
        arrays under the names, and in the shapes and types, of the goldens' README. With several images every [SEG]
        has its masks on all of them, in the size of the first (SPEC 5.6).

    Raises:
        Cancelled: `cancelled` said so.
    """
    images = [_as_model_image(image) for image in case.images]
    made: Arrays = {}
    steps: list[SegStep] = []
    with _watching(model) as seen:
        for event in generate(model, images, [case.text], _PUBLISHED, cancelled=cancelled):
            if isinstance(event, SegStep):
                steps.append(event)
            elif isinstance(event, Finished):
                made["generated_ids"] = np.array(event.ids, np.int64)
                made["prediction_text"] = np.array(event.text)
    made["prefill_last_logits"] = _numpy(seen.first_logits)
    everywhere = _on_every_image(model, images, seen.prompts) if len(images) > 1 else None
    for k, step in enumerate(steps):
        own = step.mask, _numpy(step.low_res), _numpy(step.ious)
        made[f"seg{k}_mask"], made[f"seg{k}_lowres_all"], made[f"seg{k}_ious"] = everywhere[k] if everywhere else own
        made[f"seg{k}_token_indices"] = step.tokens.astype(np.int64)
    return made


_PUBLISHED = ReasoningProfile.named("published", measured=False)


def _as_model_image(rgb: np.ndarray) -> ModelImage:
    """An 8-bit picture; for a model that reads bands, with its three colours as display values."""
    return ModelImage(rgb, rgb.transpose(2, 0, 1).astype(np.float32) / 255, ("red", "green", "blue"))


@dataclass
class _Seen:
    """What the reasoning does not tell, noted down while it runs."""

    first_logits: Tensor | None = None
    prompts: list[Tensor] = field(default_factory=list)
    """of SAM-2, one per [SEG]: (1, d_model)"""


@contextmanager
def _watching(model: TerraScope) -> Iterator[_Seen]:
    seen = _Seen()

    def logits(_: nn.Module, __: object, out: Tensor) -> None:
        if seen.first_logits is None:
            seen.first_logits = out[0].clone()

    hooks = [
        model.language_model.lm_head.register_forward_hook(logits),
        model.text_hidden_fcs.register_forward_hook(lambda _, __, out: seen.prompts.append(out.clone())),
    ]
    try:
        yield seen
    finally:
        for hook in hooks:
            hook.remove()


@torch.inference_mode()
def _on_every_image(
    model: TerraScope, images: list[ModelImage], prompts: list[Tensor]
) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """For each prompt its masks (F, H0, W0), low-resolution logits (F, 3, S/4, S/4) and predicted IoUs (F, 3)."""
    width, height = images[0].size
    encoded: list[ImageFeatures] = []
    for image in images:
        features = model.grounding.encode(image.rgb, model.planes(image), alone=False)
        whole = model.config.grounding_config.view == "whole"
        encoded.append(replace(features, size=(height, width)) if whole else features)
    made = []
    for prompt in prompts:
        decoded = [model.grounding.decode(features, prompt.to(model.sam2.dtype)) for features in encoded]
        made.append(
            (
                np.stack([one.mask for one in decoded]),
                np.concatenate([_numpy(one.low_res) for one in decoded]),
                np.concatenate([_numpy(one.ious) for one in decoded]),
            )
        )
    return made


def _numpy(tensor: Tensor) -> np.ndarray:
    return tensor.detach().float().cpu().numpy()


def compare(made: Mapping[str, np.ndarray], recorded: Mapping[str, np.ndarray]) -> list[str]:
    """How far a replay is from what was recorded: a line per array that the record holds too, then a verdict."""
    lines, wrong, largest, pixels = [], [], 0.0, 0
    names = [name for name in made if name in recorded]
    names += [name for name in recorded if _is_result(name) and name not in made]
    for name in names:
        if name not in made:
            said = "missing: the answer has no such mask"
            wrong.append(name)
        elif made[name].shape != recorded[name].shape:
            said = f"{made[name].shape} where {recorded[name].shape} was recorded"
            wrong.append(name)
        elif name.endswith(_EXACT):
            said = _first_difference(made[name], recorded[name])
            if said:
                wrong.append(name)
            said = said or "identical"
        elif name.endswith("_mask"):
            count = int((made[name] != recorded[name]).sum())
            said, pixels = f"{count} of {made[name].size} pixels differ", pixels + count
        else:
            apart = float(np.abs(made[name].astype(np.float64) - recorded[name]).max(initial=0))
            said = f"largest difference {apart:.2e}"
            if not np.isfinite(apart):
                wrong.append(name)
            largest = max(largest, apart)
        lines.append(f"{name:<22} {said}")
    if not names:
        return ["Verdict: the case has nothing to compare with."]
    if wrong:
        return [*lines, f"Verdict: NOT the same ({', '.join(wrong)})."]
    numbers = f"{pixels} pixels of masks and numbers by at most {largest:.2e}"
    return [*lines, f"Verdict: the same words, ids and chosen tokens; {numbers} apart."]


def _is_result(name: str) -> bool:
    return name.startswith("seg") and name.partition("_")[2] in _KINDS


def _first_difference(made: np.ndarray, recorded: np.ndarray) -> str:
    if made.shape == ():
        return "" if str(made) == str(recorded) else "other words"
    differ = np.flatnonzero(made != recorded)
    return f"{len(differ)} differ, the first at position {differ[0]}" if len(differ) else ""


def check_out(out: Path, case: Path) -> None:
    """Refuse a file that cannot be written, before minutes are spent on what would go into it.

    Raises:
        OutputError: it cannot.
    """
    if out.suffix.lower() != ".npz" or not out.absolute().parent.is_dir() or out.is_dir():
        raise OutputError(f"{out} cannot be written; choose a file name that ends in .npz in an existing folder.")
    if out.exists() and case.exists() and out.samefile(case):
        raise OutputError(f"{out} is the case itself; choose another file for what comes of it.")


def write(out: Path, made: Arrays) -> None:
    """Write the arrays, whole or not at all.

    Raises:
        OutputError: the file cannot be written.
    """
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            np.savez_compressed(stream, **made)
        part.replace(out)
    except OSError as error:
        raise OutputError(f"{out} cannot be written ({error.strerror or error}).") from None
    finally:
        part.unlink(missing_ok=True)
