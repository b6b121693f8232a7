"""Load time and peak memory of a model by tier and number of masks (the paper's Tab. E), with dictated words."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch

from ..model.profile import ReasoningProfile
from ..model.reasoner import SegStep, reason
from ..model.terrascope import TerraScope
from ..model.vision import ModelImage
from ..model_store.devices import examine, pick_device
from ..model_store.keeper import Keeper
from .dictation import dictated, dictating

_QUESTION = "How many hectares of water are there, and how far is it from the nearest built-up area?"


@dataclass(frozen=True)
class Row:
    """One answer; bytes are the device's, or on a processor the whole process's."""

    device: str
    tier: str
    masks: int
    load_s: float
    answer_s: float
    loaded_bytes: int
    """after loading; on a processor the peak so far"""
    peak_bytes: int
    """the largest until the answer was complete"""
    visual_tokens: int
    generated: int


def measure(keeper: Keeper, name: str, tier: str, masks: Sequence[int], size: tuple[int, int], words: int) -> list[Row]:
    """Load a model in one tier and answer once for each number of masks.

    Args:
        keeper: of the device.
        name: of the model.
        tier: how to keep its weights.
        masks: numbers of masks.
        size: width and height of the image, whose pixels are noise.
        words: tokens that are said, the marks among them.

    Raises:
        ModelError: the model or the tier cannot be used here.
    """
    if torch.cuda.is_available():
        torch.cuda.reset_peak_memory_stats()  # of the tier before
    begin = time.perf_counter()
    model = keeper.get(name, tier)
    settle(model.device)
    load_s, loaded = time.perf_counter() - begin, peak_bytes(model)
    noise = np.random.default_rng(0).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    image = ModelImage(noise)
    limit = words + sum(masks) * 128
    profile = replace(ReasoningProfile.named("published", measured=False), max_new_tokens=limit, max_segments=words)
    rows = []
    for count in masks:
        with dictating(model, dictated(model, words, count)):
            if model.device.type == "cuda":
                torch.cuda.reset_peak_memory_stats(model.device)
            begin = time.perf_counter()
            *events, end = reason(model, [image], _QUESTION, profile)
            settle(model.device)
            took = time.perf_counter() - begin
        drawn = sum(isinstance(event, SegStep) for event in events)
        if drawn != count:
            raise AssertionError(f"{count} masks were dictated, {drawn} were drawn")
        visual = model.tiles(image, alone=True).count * model.config.tile_tokens**2
        facts = model.info()
        rows.append(
            Row(
                str(facts["device"]),
                str(facts["tier"]),
                count,
                load_s,
                took,
                loaded,
                peak_bytes(model),
                visual,
                len(end.ids),
            )
        )
    return rows


def run(
    name: str,
    device: str,
    chosen: Sequence[str] | None,
    masks: Sequence[int],
    size: tuple[int, int],
    words: int,
    out: Path | None,
) -> None:
    """Measure every tier, print a table, and write the figures if `out` is given."""
    device = pick_device(device)
    heading = (
        ("masks", 6),
        ("load s", 9),
        ("answer s", 10),
        ("loaded GB", 11),
        ("peak GB", 9),
        ("tokens in", 11),
        ("out", 6),
    )
    print("tier  " + "".join(name.rjust(width) for name, width in heading))
    rows = []
    for tier in chosen or examine(device).tiers:
        keeper = Keeper(device)
        for row in measure(keeper, name, tier, masks, size, words):
            rows.append(row)
            print(
                f"{row.tier:<6}{row.masks:>6}{row.load_s:>9.1f}{row.answer_s:>10.2f}{row.loaded_bytes / 1e9:>11.2f}"
                f"{row.peak_bytes / 1e9:>9.2f}{row.visual_tokens:>11}{row.generated:>6}",
                flush=True,
            )
        del keeper
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
    if out:
        out.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", "utf-8")


def settle(device: torch.device) -> None:
    """Wait for what a GPU has still to do."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()


def peak_bytes(model: TerraScope) -> int:
    """Bytes: of a GPU what the allocator has reserved at most; else the process's largest resident size so far."""
    if model.device.type == "cuda":
        return torch.cuda.max_memory_reserved(model.device)
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
