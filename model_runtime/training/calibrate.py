"""What the scores of a model's masks are worth: learnt on known places, and shown on others.

A mask's signs (`model.confidence`) go through a weighted sum and a rising curve to the IoU that such masks have. Places
are looked at through every set of bands that they have, asked about in words as users ask: about each class that is
there, and one that is not.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ..errors import ModelError, OutputError
from ..evidence.files import write_whole
from ..model.banks import encode_at_once
from ..model.confidence import Confidence, Signs
from ..model.config import ConfidenceConfig
from ..model.profile import ReasoningProfile
from ..model.terrascope import TerraScope
from ..model_store.keeper import Keeper
from ..terra_cot.scenes import CLASSES
from . import generated_places
from .bars import group_score, truth_of
from .inputs import input_sets, seen_through
from .methods import ByWords, image_of
from .places import Place, held_out_places

_LEAST_PCT = 0.5
"""a class that covers less of what is known of a place is not asked about"""
_POINTS, _EMPTY_POINTS = 12, 6
"""of the curves"""
_BINS = 10
_LEAST_MASKS = 40


@dataclass(frozen=True)
class Seen:
    """One mask.

    Attributes:
        site: Of the place.
        real: Whether the place is.
        inputs: The bands it was seen through.
        phrase: Of the class.
        signs: Of the mask.
        iou: With the truth, where that is known; 1 where the class is neither there nor marked.
        score: What the model said.
        refined: Whether it is that of a second look.
    """

    site: str
    real: bool
    inputs: str
    phrase: str
    signs: Signs
    iou: float
    score: float
    refined: bool


@dataclass(frozen=True)
class Exam:
    """Known places.

    Attributes:
        to_learn: Generated places to learn from.
        to_judge: Others to be judged by.
        real: Real ones, for both: they are few, so each site is judged by what all others teach.
    """

    to_learn: list[Place]
    to_judge: list[Place]
    real: list[Place]


def exam(count: int, data: Path | None) -> Exam:
    """Generated places, none of them one of `train evaluate`, and the held-out real ones.

    Args:
        count: Generated places to learn from, and to be judged by.
        data: Folder of real scenes and labels; None: generated places alone.
    """
    made = generated_places.landscapes(2 * count, first=generated_places.TO_CALIBRATE)
    return Exam(made[:count], made[count:], held_out_places(data) if data else [])


def look(
    model: TerraScope,
    places: Sequence[Place],
    real: bool,
    refine_below: float,
    go_on: Callable[[], None] = lambda: None,
) -> list[Seen]:
    """Ask about places, and hold the masks against the truth.

    Args:
        model: The network.
        places: Known ones.
        real: Whether they are.
        refine_below: As of `ReasoningProfile`.
        go_on: Called after each place; may raise to stop.
    """
    profile = ReasoningProfile.named("paper", measured=model.config.measured_default)
    asking = ByWords(model, replace(profile, refine_below=refine_below))
    found: list[Seen] = []
    for number, place in enumerate(places):
        for inputs in input_sets(place):
            seen = seen_through(place, inputs)
            images = [image_of(seen)]
            banks = encode_at_once(model, images)
            for name in _asked(seen, number):
                step = asking.step(images, banks, name)
                if step is None or step.signs is None:
                    continue
                score = group_score(seen, step.mask, [name])
                empty = step.signs.empty
                iou = score.iou if score.iou is not None else float(empty)
                if score.iou is not None or empty:
                    found.append(Seen(place.site, real, inputs, step.phrase, step.signs, iou, step.score, step.refined))
        go_on()
    return found


def _asked(place: Place, number: int) -> list[str]:
    """The classes that are there, and one of those that are known not to be, another one at each place."""
    shares = {}
    for name in CLASSES:
        truth, known = truth_of(place, [name])
        shares[name] = 100 * truth.sum() / max(1, known.sum()) if known.any() else None
    there = [name for name, share in shares.items() if share is not None and share >= _LEAST_PCT]
    absent = [name for name, share in shares.items() if share == 0]
    return there + ([absent[number % len(absent)]] if absent else [])


def fit(seen: Sequence[Seen], calibrated_on: str = "") -> ConfidenceConfig:
    """Learn what signs are worth; real and generated masks have the same say, however many there are.

    Args:
        seen: With one look each.
        calibrated_on: Said beside the scores.

    Raises:
        ModelError: scikit-learn is not installed, or there are too few masks.
    """
    try:
        from sklearn.linear_model import LinearRegression
    except ImportError as error:
        raise ModelError("Scores are calibrated with scikit-learn: install it (pip install scikit-learn).") from error
    drawn = [one for one in seen if not one.signs.empty]
    if len(drawn) < _LEAST_MASKS:
        raise ModelError(f"{len(drawn)} masks are too few to calibrate on: take more --scenes (at least 40 masks).")
    signs = np.array([(s.predicted_iou, s.probability, s.margin) for s in (one.signs for one in drawn)])
    ious, weights = np.array([one.iou for one in drawn]), _even(drawn)
    line = LinearRegression(positive=True).fit(signs, ious, weights)
    sums = line.predict(signs)
    nothing = [one for one in seen if one.signs.empty]
    return ConfidenceConfig(
        weights=tuple(float(weight) for weight in line.coef_),
        bias=float(line.intercept_),
        knots=_rising(sums, ious, weights, _POINTS),
        # Of too few the decoder's own prediction stays.
        empty_knots=_rising(
            np.array([one.signs.predicted_iou for one in nothing]),
            np.array([one.iou for one in nothing]),
            _even(nothing),
            _EMPTY_POINTS,
        )
        if len(nothing) >= _LEAST_MASKS
        else ((0.0, 0.0), (1.0, 1.0)),
        calibrated_on=calibrated_on,
    )


def _rising(x: np.ndarray, y: np.ndarray, weights: np.ndarray, points: int) -> tuple[tuple[float, float], ...]:
    """A rising curve through means of parts of equal weight: a single odd mask bends it nowhere."""
    from sklearn.isotonic import IsotonicRegression

    order = np.argsort(x, kind="stable")
    parts = np.minimum((points * np.cumsum(weights[order]) / weights.sum() - 1e-9).astype(int), points - 1)
    means = [
        (np.average(x[at], weights=weights[at]), np.average(y[at], weights=weights[at]), weights[at].sum())
        for at in (order[parts == part] for part in range(points))
        if len(at)
    ]
    curve = IsotonicRegression(y_min=0, y_max=1).fit(*np.array(means).T)
    return tuple(zip(curve.X_thresholds_.tolist(), curve.y_thresholds_.tolist(), strict=True))


def _even(seen: Sequence[Seen]) -> np.ndarray:
    """A weight for each mask: those of real and of generated places have the same sum."""
    real = np.array([one.real for one in seen])
    weights = np.ones(len(seen))
    if real.any() and not real.all():
        weights[real] *= (~real).sum() / real.sum()
    return weights


def reliability(seen: Sequence[Seen], scores: Sequence[float] | None = None) -> dict[str, object]:
    """How far scores are from what masks had.

    Args:
        seen: Masks.
        scores: Of each; None: what the model said.

    Returns:
        `masks`; `mean_iou`; `mean_score`; `calibration_error`: the mean difference of score and IoU over ten bins of
        scores, weighted by masks (expected calibration error); `error`: the root mean square difference of a mask's
        score and its IoU; `bins`: of each its masks, mean score and mean IoU;
        `from_0.8` and `unsure`: of the masks scored 0.8 or more, and below 0.5, their number, mean IoU and the share
        that had 0.8 or better. Real and generated masks have the same say.
    """
    said = np.array([one.score for one in seen] if scores is None else scores, float)
    ious, weights = np.array([one.iou for one in seen]), _even(seen)
    which = np.minimum((said * _BINS).astype(int), _BINS - 1)
    bins = [
        {"masks": int(at.sum()), "weight": float(weights[at].sum()),
         "score": float(np.average(said[at], weights=weights[at])),
         "iou": float(np.average(ious[at], weights=weights[at]))}
        for at in (which == number for number in range(_BINS)) if at.any()
    ]  # fmt: skip

    def among(at: np.ndarray) -> dict[str, object]:
        if not at.any():
            return {"masks": 0}
        share = float(np.average(ious[at] >= 0.8, weights=weights[at]))
        return {"masks": int(at.sum()), "mean_iou": float(np.average(ious[at], weights=weights[at])),
                "share_from_0.8": share}  # fmt: skip

    return {
        "masks": len(seen),
        "mean_iou": float(np.average(ious, weights=weights)),
        "mean_score": float(np.average(said, weights=weights)),
        "calibration_error": sum(b["weight"] * abs(b["score"] - b["iou"]) for b in bins) / float(weights.sum()),
        "error": float(np.sqrt(np.average((said - ious) ** 2, weights=weights))),
        "bins": bins,
        "from_0.8": among(said >= 0.8),
        "unsure": among(said < 0.5),
    }


def second_looks(once: Sequence[Seen], twice: Sequence[Seen]) -> dict[str, object]:
    """What a second look gave: the same masks with and without it.

    Args:
        once: Masks of one look.
        twice: The same masks, the unsure ones looked at again.

    Returns:
        `kept`: how many are of the second look; their mean IoU before and after; `better` and `worse` by over a point.
    """
    before = {(one.site, one.inputs, one.phrase): one.iou for one in once}
    pairs = [
        (before[key], one.iou) for one in twice if one.refined and (key := (one.site, one.inputs, one.phrase)) in before
    ]
    if not pairs:
        return {"kept": 0}
    first, second = np.array(pairs).T
    return {
        "kept": len(pairs),
        "iou_before": float(first.mean()),
        "iou_after": float(second.mean()),
        "better": int((second - first > 0.01).sum()),
        "worse": int((first - second > 0.01).sum()),
    }


def calibrate(
    model: TerraScope, places: Exam, tell: Callable[[str], None], go_on: Callable[[], None] = lambda: None
) -> tuple[ConfidenceConfig, dict[str, object]]:
    """Calibrate a model, and judge that by masks of places that it was not calibrated on.

    Args:
        model: The network; left with its new configuration.
        places: Known ones.
        tell: Told what comes next.
        go_on: Called after each place; may raise to stop.

    Returns:
        What goes into its `config.json`; and figures of the generated places to be judged by and of the real ones, each
        of these scored by what all other sites teach: `before` (the decoder's own prediction) and `after` of both
        kinds, `generated` and `real` apart, and `second_look`.
    """
    model.config = model.config.model_copy(update={"confidence_config": None})
    tell("places to learn from")
    made = look(model, places.to_learn, False, 0.0, go_on)
    real = look(model, places.real, True, 0.0, go_on)
    sites = sorted({one.site for one in real})
    about = f"{len(made)} masks of {len(places.to_learn)} generated places"
    config = fit([*made, *real], about + (f", {len(real)} of {len(sites)} real sites" if real else ""))
    tell("places to be judged by")
    others = look(model, places.to_judge, False, 0.0, go_on)
    model.config = model.config.model_copy(update={"confidence_config": config})
    tell("unsure masks once more")
    limit = ReasoningProfile.named("paper", measured=False).refine_below
    twice = look(model, places.to_judge, False, limit, go_on) + look(model, places.real, True, limit, go_on)
    apart = {site: fit([*made, *(one for one in real if one.site != site)]) for site in sites}
    once = [*others, *real]
    scores = [Confidence(apart[one.site] if one.real else config).score(one.signs) for one in once]
    figures = {
        "before": reliability(once),
        "after": reliability(once, scores),
        "second_look": second_looks(once, twice),
    }
    for kind, part in (("generated", slice(len(others))), ("real", slice(len(others), None))):
        if once[part]:
            figures[kind] = {"before": reliability(once[part]), "after": reliability(once[part], scores[part])}
    return config, figures


def run(name: str, count: int, data: Path | None, out: Path | None, *, write: bool) -> None:
    """Calibrate, and print what it gives.

    Args:
        name: 'nano' or a model folder.
        count: Generated places of each half.
        data: See `exam`.
        out: JSON file for the figures, or None.
        write: Whether what was learnt goes into the model's `config.json`.

    Raises:
        ModelError: there is no such model, or too few masks.
        OutputError: a file cannot be written.
    """
    keeper = Keeper("cpu")
    config, figures = calibrate(keeper.get(name), exam(count, data), lambda what: print(f"{what} ...", flush=True))
    before, after, second = figures["before"], figures["after"], figures["second_look"]
    print(f"{after['masks']} masks, mean IoU {after['mean_iou']:.3f}")
    for words, found in (("predicted by the decoder", before), ("calibrated", after)):
        error, distance = found["calibration_error"], found["error"]
        print(f"{words + ':':<26}mean score {found['mean_score']:.3f}, off by {error:.3f}, of one mask {distance:.3f}")
    for words in ("from_0.8", "unsure"):
        among = after[words]
        rest = (
            f", mean IoU {among['mean_iou']:.3f}, {among['share_from_0.8']:.0%} at 0.8 or better"
            if among["masks"]
            else ""
        )
        print(f"{words + ':':<26}{among['masks']} masks{rest}")
    rest = f", mean IoU {second['iou_before']:.3f} -> {second['iou_after']:.3f}" if second["kept"] else ""
    print(f"second looks kept: {second['kept']}{rest}")
    try:
        if out:
            write_whole(out, json.dumps({"confidence_config": config.model_dump(), **figures}, indent=1) + "\n")
        if write:
            path = keeper.folder / "config.json"
            fields = json.loads(path.read_text("utf-8")) | {"confidence_config": config.model_dump()}
            write_whole(path, json.dumps(fields, indent=1, ensure_ascii=False) + "\n")
    except OSError as error:
        raise OutputError(f"{error.filename} cannot be written ({error}): choose another place.") from error
