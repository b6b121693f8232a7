"""The model reasons, in one of three ways; every mask is measured before the next word."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from .. import protocol
from ..measure import words
from ..measure.exclusive import shared_out
from ..model.apart import reason_apart
from ..model.language import Say
from ..model.marking import mark_regions
from ..model.profile import ReasoningProfile
from ..model.reasoner import Clouds, Encoded, Finished, ModelEvent, Noted, Said, SegStep, reason
from ..region_names import to_map
from ..scene_images import model_image

if TYPE_CHECKING:
    from ..model.vision import ModelImage
    from .run import Run


def think(run: Run) -> Generator[Say, list[int], None]:
    """Let the model answer; what it is to say next is a wish, answered by what it says."""
    request = run.request
    profile = ReasoningProfile.named(
        request.profile, measured=run.measured, fusion=request.fusion, ablation=request.ablation
    )
    run.measured = profile.measured
    # The release knows no clouds, and its profile is there to behave as it does.
    looks_for_clouds = request.clouds == "exclude" and profile.name == "paper"
    cloudy = [
        image
        for image, date in enumerate(run.ground.dates, 1)
        if looks_for_clouds and date.sar is None and date.hidden is None
    ]
    if request.regions:
        _map(run, profile, cloudy)
    elif request.large == "per_window" and run.ground.is_large:
        _reason_apart(run, profile)
    else:
        yield from _reason(run, profile, cloudy)


def _reason(run: Run, profile: ReasoningProfile, cloudy: list[int]) -> Generator[Say, list[int], None]:
    """Reason about all images at once, as the paper does.

    Args:
        run: what is asked.
        profile: how.
        cloudy: images in which clouds are looked for.
    """
    events = reason(
        run.model,
        _images(run),
        run.question,
        profile,
        clouds_of=cloudy,
        measure=run.findings.in_words,
        cancelled=run.tell.sink.cancelled,
        banks=run.place.banks,
        lessons=run.taught.lessons,
        earlier=run.turns,
        wishes=True,
    )
    stage, said = "encode", None
    while True:
        with run.tell.timed(stage):
            try:
                event = events.send(said)
            except StopIteration:
                return
        said = None
        if isinstance(event, Say):
            with run.tell.timed("reason"):
                said = yield event
            continue
        if stage == "encode" and isinstance(event, Said | SegStep | Finished):
            stage = "reason"
            run.tell.progress("Reasoning", 0.3)
        _hear(run, event)


def _hear(run: Run, event: ModelEvent) -> None:
    """Take what the model has done while it reasons."""
    if isinstance(event, Encoded):
        run.tell.progress(*_stage(run, event))
    elif isinstance(event, Clouds):
        run.ground.hide_clouds(event)
    elif isinstance(event, Noted):
        run.tell.warn(event.message)
    elif isinstance(event, Said):
        if event.kind == "reasoning":
            run.reasoning += event.text
        run.tell.emit(protocol.Text(text=event.text, kind=event.kind))
    elif isinstance(event, SegStep):
        with run.tell.timed("measure"):
            _record(run, event)
        run.tell.progress("Reasoning", _reached(run, 0.0))
    elif isinstance(event, Finished):
        run.reasoning, run.answer = event.reasoning, event.answer
        if event.stopped_by == "length":
            run.tell.warn("The model did not finish within its word limit; the answer may be missing or cut.")


def _record(run: Run, seg: SegStep) -> None:
    """Measure a mask, and how it lies to another one where the question or the reasoning is about that."""
    if seg.taught_by and run.taught.lessons:
        run.taught.note(seg.phrase, seg.image, seg.taught_by)
    run.findings.record(seg)
    if run.relates:
        run.findings.relate(len(run.findings.steps) - 1)


def _reason_apart(run: Run, profile: ReasoningProfile) -> None:
    """Reason in each window of a large scene; the answer is what was measured of all of them."""
    pixel_ha = float(np.prod(run.ground.grid.pixel_size_m)) / 1e4

    def measure(step: SegStep) -> str:
        return words.measured_text(step.mask.sum() * pixel_ha, 100 * float(step.mask.mean()), None)

    (image,) = _images(run)
    with run.tell.timed("reason"):
        for event in reason_apart(run.model, image, run.question, profile, measure, run.tell.sink.cancelled):
            if isinstance(event, Encoded):
                run.tell.progress("Reasoning in windows", 0.05 + 0.85 * event.fraction)
            elif isinstance(event, SegStep):
                _record(run, event)
    run.answer = run.findings.areas_in_words() or "Nothing was marked in any window."
    run.reasoning = "Each window was reasoned about by itself; regions of one name were put together."


def _map(run: Run, profile: ReasoningProfile, cloudy: list[int]) -> None:
    """Make a land-cover map of the regions that are asked for; nothing is reasoned about."""
    named, (image,) = to_map(run.request.regions, run.model.config), _images(run)
    for region, phrase in named.items():
        if region != phrase:
            run.tell.warn(f"{region} is mapped as {phrase}.")
    phrases = list(dict.fromkeys(named.values()))
    found: list[SegStep] = []
    with run.tell.timed("reason"):
        for event in mark_regions(
            run.model,
            image,
            phrases,
            profile,
            looks_for_clouds=bool(cloudy),
            cancelled=run.tell.sink.cancelled,
            banks=run.place.banks,
            lessons=run.taught.lessons,
        ):
            if isinstance(event, Clouds):
                run.ground.hide_clouds(event)
                continue
            if isinstance(event, SegStep):
                found.append(event)
            within = _drawn(event) if isinstance(event, Encoded) else 0.0
            run.tell.progress("Mapping the scene", 0.1 + 0.75 * (len(found) + within) / len(phrases))
        detail = run.ground.dates[0].scene.detail
        masks = shared_out(
            [step.mask for step in found],
            [step.score for step in found],
            None if detail is None else lambda _: detail.new_mask(),
        )
    with run.tell.timed("measure"):
        for step, mask in zip(found, masks, strict=True):
            _record(run, replace(step, mask=mask))
    run.answer = run.findings.areas_in_words()
    run.reasoning = (
        "The regions were marked one by one; where masks overlap, the ground belongs to the one with the higher score."
    )


def _images(run: Run) -> list[ModelImage]:
    return [model_image(date.optical, date.sar, run.place) for date in run.ground.dates]


def _stage(run: Run, event: Encoded) -> tuple[str, float]:
    """What is done before, or for, the next words, and how far the run is."""
    if event.stage == "prefill":
        return "Reading the question", 0.28
    if event.stage in ("windows", "refining"):
        return "Mapping the scene", _reached(run, _drawn(event))
    if event.stage == "examples":
        return "Learning from the examples", 0.26
    return "Encoding the image", 0.05 + 0.2 * event.fraction


def _reached(run: Run, share: float) -> float:
    """How far the reasoning is when a share of the next mask is drawn.

    How many masks are still to come is not known: each covers a third of the way that is left.
    """
    return 0.9 - 0.6 * (2 / 3) ** (len(run.findings.steps) + share)


def _drawn(event: Encoded) -> float:
    """How far a mask of a large image is; an unsure one is drawn twice, which is not known before."""
    return {"windows": 0.6 * event.fraction, "refining": 0.6 + 0.4 * event.fraction}.get(event.stage, 0.0)
