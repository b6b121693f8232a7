"""What `bench speed` tells: ratios, stages and seconds, for programs and for people."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from statistics import median
from typing import Any

import torch

from ..model_store.devices import title
from ..versions import versions
from .speed import Measured
from .stopwatch import STAGES, Timed


def summary(found: Measured) -> dict[str, Any]:
    """The figures, as they are written.

    Ratios of times: `ratio_to_yardstick` of the reasoning (image in memory to last word) to the yardstick's loop,
    `ratio_to_floor` of the same to the least possible, `ratio_to_bare_passes` of the whole question, its files
    included, to the bare passes, `ratio_to_generate` of prompt and tokens to transformers' `generate`,
    `ratio_of_follow_up` of another question about the same scene to the first. Those that begin with `processor_` are
    of the processor's seconds, which a busy machine stretches less.
    """
    plan, rounds = found.plan, found.rounds
    floors = [sum(work.least_s(one.rates) for work in found.work.values()) for one in rounds]
    ratios = {
        "ratio_to_yardstick": [one.answered.model.wall_s / one.yardstick.wall_s for one in rounds],
        "ratio_to_bare_passes": [one.answered.total.wall_s / one.bare.wall_s for one in rounds],
        "ratio_to_floor": [one.answered.model.wall_s / floor for one, floor in zip(rounds, floors, strict=True)],
        "ratio_to_generate": [
            (one.answered.stages["prefill"] + one.answered.stages["token"]).wall_s / one.generate.wall_s
            for one in rounds
        ],
        "ratio_of_follow_up": [one.followed.total.wall_s / one.answered.total.wall_s for one in rounds],
        "ratio_of_total_to_yardstick": [one.answered.total.wall_s / one.yardstick.wall_s for one in rounds],
        "processor_ratio_to_yardstick": [one.answered.model.processor_s / one.yardstick.processor_s for one in rounds],
        "processor_ratio_to_bare_passes": [one.answered.total.processor_s / one.bare.processor_s for one in rounds],
        "tokens_per_s": [plan.words / one.answered.stages["token"].wall_s for one in rounds],
    }
    warm_s = [one.answered.total.wall_s for one in rounds]
    return {
        **{name: median(values) for name, values in ratios.items()},
        "spread": {name: [min(values), max(values)] for name, values in ratios.items()},
        "peak_memory_mb": found.first.peak_bytes / 1e6,
        "stages": {name: _stage(name, found) for name in (*STAGES, "other")},
        "seconds": {
            "warm": _spread(warm_s),
            "follow_up": _spread([one.followed.total.wall_s for one in rounds]),
            "reasoning": _spread([one.answered.model.wall_s for one in rounds]),
            "yardstick": _spread([one.yardstick.wall_s for one in rounds]),
            "bare_passes": _spread([one.bare.wall_s for one in rounds]),
            "generate": _spread([one.generate.wall_s for one in rounds]),
            "floor": _spread(floors),
        },
        "cold": {
            "total_s": found.first.total_s,
            "start_s": found.first.start_s,
            "import_s": found.first.import_s,
            "load_s": found.first.load_s,
            "answer_s": found.first.answer_s,
            "stages": found.first.stages,
            "ratio_to_warm": found.first.total_s / median(warm_s),
        },
        "same_as_yardstick": {name: all(one.same[name] for one in rounds) for name in rounds[0].same},
        "diverged": max(one.diverged for one in rounds),
        "asked": {
            "model": plan.synth or plan.model,
            "width": plan.size[0],
            "height": plan.size[1],
            "runs": plan.runs,
            "words": plan.words,
            "masks": plan.masks,
            "prompt_tokens": found.prompt_tokens,
            "injected_tokens": sum(map(len, found.said.tokens)),
        },
        "device": {
            "name": found.model["device"],
            "title": title(found.model["device"]) or platform.processor() or platform.machine(),
            "tier": found.model["tier"],
            "compiled": plan.compiled,
            "threads": torch.get_num_threads(),
            "copied_gb_per_s": _spread([one.rates.bytes_per_s / 1e9 for one in rounds]),
            "matrix_gflop_per_s": _spread([one.rates.flops_per_s / 1e9 for one in rounds]),
        },
        "versions": versions(),
    }


def _spread(values: Sequence[float]) -> dict[str, float]:
    return {"median": median(values), "low": min(values), "high": max(values)}


def _stage(name: str, found: Measured) -> dict[str, float | None]:
    """A stage's seconds, its share of the whole, and what it is against its bare passes and its floor."""
    rounds, work, none = found.rounds, found.work.get(name), Timed(0.0, 0.0)
    took = [one.answered.stages.get(name, none) for one in rounds]
    bare = [one.bare_stages.get(name) for one in rounds]
    made: dict[str, float | None] = {f"{key}_s": value for key, value in _spread([t.wall_s for t in took]).items()}
    pairs = list(zip(took, (one.answered.total for one in rounds), strict=True))
    made["share"] = median(t.wall_s / whole.wall_s for t, whole in pairs)
    made["processor_s"] = median(t.processor_s for t in took)
    made["processor_share"] = median(t.processor_s / whole.processor_s for t, whole in pairs)
    made |= dict.fromkeys(
        ("bare_s", "floor_s", "ratio_to_bare", "processor_ratio_to_bare", "ratio_to_floor", "gflop", "mb")
    )
    if work is None or None in bare:
        return made
    floors = [work.least_s(one.rates) for one in rounds]
    return made | {
        "bare_s": median(b.wall_s for b in bare),
        "floor_s": median(floors),
        "ratio_to_bare": median(t.wall_s / b.wall_s for t, b in zip(took, bare, strict=True)),
        "processor_ratio_to_bare": median(t.processor_s / b.processor_s for t, b in zip(took, bare, strict=True)),
        "ratio_to_floor": median(t.wall_s / f for t, f in zip(took, floors, strict=True)),
        "gflop": work.flops / 1e9,
        "mb": work.bytes / 1e6,
    }


def table(made: dict[str, Any]) -> str:
    """The figures for people."""
    asked, device, cold = made["asked"], made["device"], made["cold"]
    lines = [
        f"{asked['model']} on {device['title']} ({device['name']}, {device['tier']}, {device['threads']} threads): "
        f"{asked['width']}x{asked['height']} pixels, {asked['prompt_tokens']} tokens in, {asked['words']} said, "
        f"{asked['masks']} masks with {asked['injected_tokens']} tokens; {asked['runs']} rounds",
        "",
        f"{'stage':<15}{'seconds':>9}{'low':>9}{'high':>9}{'share':>8}{'processor':>11}{'share':>8}{'to bare':>9}"
        f"{'to floor':>10}",
    ]
    for name, stage in made["stages"].items():
        ratios = "".join(
            f"{'':>{width}}" if stage[key] is None else f"{stage[key]:>{width}.2f}"
            for key, width in (("processor_ratio_to_bare", 9), ("ratio_to_floor", 10))
        )
        lines.append(
            f"{name:<15}{stage['median_s']:>9.3f}{stage['low_s']:>9.3f}{stage['high_s']:>9.3f}{stage['share']:>8.1%}"
            f"{stage['processor_s']:>11.3f}{stage['processor_share']:>8.1%}{ratios}"
        )
    lines += ["", f"{'':<40}{'median':>9}{'low':>9}{'high':>9}"]
    for name, (low, high) in made["spread"].items():
        lines.append(f"{name:<40}{made[name]:>9.2f}{low:>9.2f}{high:>9.2f}")
    lines += [""] + [
        f"{name + ' s':<40}{of['median']:>9.3f}{of['low']:>9.3f}{of['high']:>9.3f}"
        for name, of in made["seconds"].items()
    ]
    same = ", ".join(f"{name} {'yes' if is_same else 'NO'}" for name, is_same in made["same_as_yardstick"].items())
    return "\n".join(
        [
            *lines,
            "",
            f"cold {cold['total_s']:.2f} s: Python {cold['start_s']:.2f}, imports {cold['import_s']:.2f}, loading "
            f"{cold['load_s']:.2f}, answer {cold['answer_s']:.2f}; peak memory {made['peak_memory_mb']:.0f} MB",
            f"the same as the yardstick's: {same}; of {made['diverged']:.1%} of tokens another one was likeliest",
        ]
    )
