"""The figures of a run: accuracy by task with intervals, masks, free-form figures, and claims that nothing bears out.

Intervals are of 95 %, by bootstrap over places: items of one place, and variants of one item, are drawn together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .mask_scores import MaskScore, score
from .readers import Reader, block, figure_of, meant, published, published_disasterm3, strict
from .responses import Response
from .suites import Question, count_range

RESAMPLES = 2000
SEED = 20250
"""Of the bootstrap."""


@dataclass(frozen=True)
class Judged:
    """One question, what was said to it, and whether that is right, by each reader.

    Attributes:
        question: What was asked.
        response: What was said.
        chosen: Reader -> what it read: a letter, a text, or None for nothing.
        masks: Where the item has reference masks and the model drew any at all.
    """

    question: Question
    response: Response
    chosen: dict[str, str | None]
    masks: MaskScore | None

    def right(self, reader: str) -> bool:
        """Whether what a reader read is the answer."""
        return self.chosen[reader] == self.question.answer

    @property
    def place(self) -> str:
        """What is drawn together in the bootstrap."""
        question = self.question
        if question.item:
            return f"{question.item.source} {question.item.place}"
        return str(question.images[0]) if question.images else question.id


def readers_of(suite: str, way: str) -> dict[str, Reader]:
    """Readers of lettered answers, the main one first.

    A model that was asked without options is read by what it means; the strict and the published reader have then
    nothing to read.
    """
    if way == "question":
        return {"meant": lambda text, candidates: meant(block(text), candidates)}
    released = published_disasterm3 if suite in ("disasterm3", "disasterm3-sar") else published
    return {"strict": strict, "published": released}


def judge(suite: str, questions: Sequence[Question], responses: Sequence[Response]) -> list[Judged]:
    """Read every response.

    Args:
        suite: of the questions.
        questions: all that were asked.
        responses: one for each, in any order.

    Raises:
        KeyError: a question has no response.
    """
    by_id = {response.id: response for response in responses}
    judged = []
    for question in questions:
        response = by_id[question.id]
        readers = readers_of(suite, response.way)
        chosen = {name: _chosen(question, response, reader) for name, reader in readers.items()}
        masks = score(response.masks, question.item.masks) if question.item else None
        judged.append(Judged(question, response, chosen, masks))
    return judged


def _chosen(question: Question, response: Response, reader: Reader) -> str | None:
    if question.kind == "choice":
        return reader(response.text, question.candidates)
    said = block(response.text)
    if question.kind == "labels":
        named = sorted(label for label in question.candidates if label.lower() in said.lower())
        return "; ".join(named) or None
    count = figure_of(said, "count")
    return None if count is None else str(int(count))


def summary(judged: Sequence[Judged], seed: int = SEED) -> dict:
    """All figures.

    Args:
        judged: at least one.
        seed: of the bootstrap.

    Returns:
        `tasks`, `macro_accuracy`, `micro_accuracy` and their intervals by the main reader; `readers`: the same by each;
        `mean_iou` and `masks`; `figures`: errors of free-form figures; `claims`; `seconds`; `failed`.
    """
    names = list(judged[0].chosen)
    by_reader = {name: _accuracy(judged, lambda one, name=name: one.right(name), name, seed) for name in names}
    masks = _masks(judged, names[0], seed)
    return {
        "reader": names[0],
        **by_reader[names[0]],
        "readers": by_reader,
        "mean_iou": masks and masks["mean_iou"],
        "masks": masks,
        "figures": _figures(judged),
        "ranges": _ranges(judged),
        "labels": _labels(judged, names[0]),
        "claims": _claims(judged),
        "seconds": _seconds([one.response.seconds for one in judged if not one.response.error]),
        "failed": sum(bool(one.response.error) for one in judged),
    }


def _accuracy(judged: Sequence[Judged], right: Callable[[Judged], bool], reader: str, seed: int) -> dict:
    tasks = list(dict.fromkeys(one.question.task for one in judged))
    places = {place: number for number, place in enumerate(dict.fromkeys(one.place for one in judged))}
    counts, hits = np.zeros((2, len(places), len(tasks)))
    for one in judged:
        at = places[one.place], tasks.index(one.question.task)
        counts[at] += 1
        hits[at] += right(one)
    drawn = np.random.default_rng(seed).multinomial(len(places), np.full(len(places), 1 / len(places)), RESAMPLES)
    with np.errstate(invalid="ignore"):
        by_task = (drawn @ hits) / (drawn @ counts)  # NaN where no item of a task was drawn
        micro = (drawn @ hits.sum(axis=1)) / (drawn @ counts.sum(axis=1))
        means = hits.sum(axis=0) / counts.sum(axis=0)
    found = {}
    for number, task in enumerate(tasks):
        of_task = [one for one in judged if one.question.task == task]
        options = [len(one.question.candidates) for one in of_task if one.question.kind == "choice"]
        found[task] = {
            "n": len(of_task),
            "accuracy": float(means[number]),
            "interval": _interval(by_task[:, number]),
            "unread": sum(one.chosen[reader] is None for one in of_task),
            "chance": float(np.mean([1 / count for count in options])) if options else None,
        }
    return {
        "tasks": found,
        "macro_accuracy": float(means.mean()),
        "macro_interval": _interval(np.nanmean(by_task, axis=1)),
        "micro_accuracy": float(hits.sum() / counts.sum()),
        "micro_interval": _interval(micro),
    }


def _interval(values: np.ndarray) -> list[float]:
    """From the 2.5th to the 97.5th percentile of resampled figures."""
    return [float(bound) for bound in np.nanpercentile(values, [2.5, 97.5])]


def _masks(judged: Sequence[Judged], reader: str, seed: int) -> dict | None:
    """Mask quality, and how it goes with answers (the paper's Fig. 6); None where no response has a mask."""
    drawn = [one for one in judged if one.masks and not one.response.error]
    if not any(one.response.masks for one in drawn):
        return None
    ious = np.array([one.masks.mean for one in drawn])
    right = np.array([one.right(reader) for one in drawn])
    segs = [value for one in drawn for value in one.masks.of_segs]
    tasks = list(dict.fromkeys(one.question.task for one in drawn))
    of_task = {task: np.array([one.question.task == task for one in drawn]) for task in tasks}
    return {
        "items": len(drawn),
        "mean_iou": float(ious.mean()),
        "interval": _resampled_mean(ious, [one.place for one in drawn], seed),
        "segs": len(segs),
        "mean_seg_iou": float(np.mean(segs)) if segs else None,
        "astray": sum(one.masks.astray for one in drawn),
        **_fig6(ious, right),
        "tasks": {
            task: {"items": int(there.sum()), "mean_iou": float(ious[there].mean()), **_fig6(ious[there], right[there])}
            for task, there in of_task.items()
        },
    }


def _fig6(ious: np.ndarray, right: np.ndarray) -> dict:
    varied = len(ious) > 2 and ious.std() > 0 and right.std() > 0
    return {
        "iou_of_correct": float(ious[right].mean()) if right.any() else None,
        "iou_of_wrong": float(ious[~right].mean()) if not right.all() else None,
        "pearson_r": float(np.corrcoef(ious, right)[0, 1]) if varied else None,
    }


def _resampled_mean(values: np.ndarray, groups: Sequence[str], seed: int) -> list[float]:
    _, member = np.unique(groups, return_inverse=True)
    sums, counts = np.bincount(member, values), np.bincount(member)
    drawn = np.random.default_rng(seed).multinomial(len(sums), np.full(len(sums), 1 / len(sums)), RESAMPLES)
    return _interval((drawn @ sums) / (drawn @ counts))


_ERRORS: dict[str, tuple[str, Callable[[float, float], float]]] = {
    "%": ("percentage points", lambda said, true: abs(said - true)),
    "ha": ("share of the true area", lambda said, true: abs(said - true) / true),
    "m2": ("share of the true area", lambda said, true: abs(said - true) / true),
    "m": ("metres", lambda said, true: abs(said - true)),
    "buildings": ("buildings", lambda said, true: abs(said - true)),
}


def _figures(judged: Sequence[Judged]) -> dict:
    """How far the model's own figures are off, where it was asked without options; by task and unit of the error."""
    errors: dict[str, dict[str, list[float]]] = {}
    silent: dict[str, int] = {}
    for one in judged:
        item = one.question.item
        if item is None or item.value is None or one.response.way != "question":
            continue
        kind, error = _ERRORS[item.unit]
        said = figure_of(block(one.response.text), item.unit)
        of_task = errors.setdefault(item.task, {}).setdefault(kind, [])
        if said is None:
            silent[item.task] = silent.get(item.task, 0) + 1
        else:
            of_task.append(error(said, item.value))
    return {
        task: {
            "without_figure": silent.get(task, 0),
            "errors": {
                kind: {"n": len(values), "mean": float(np.mean(values)), "median": float(np.median(values))}
                for kind, values in kinds.items()
                if values
            },
        }
        for task, kinds in errors.items()
    }


def _ranges(judged: Sequence[Judged]) -> dict | None:
    """Counts of RSVQA-LR, right when they are of the same range, as its authors score them."""
    free = [one for one in judged if one.question.kind == "free" and one.question.answer.isdecimal()]
    if not free:
        return None
    hits = [
        said is not None and count_range(int(said)) == count_range(int(one.question.answer))
        for one in free
        for said in list(one.chosen.values())[:1]
    ]
    return {"n": len(free), "accuracy": float(np.mean(hits))}


def _labels(judged: Sequence[Judged], reader: str) -> dict | None:
    """F1 over all labels of all images."""
    asked = [one for one in judged if one.question.kind == "labels"]
    if not asked:
        return None
    pairs = [
        (set((one.chosen[reader] or "").split("; ")) - {""}, set(one.question.answer.split("; "))) for one in asked
    ]
    both = sum(len(said & true) for said, true in pairs)
    total = sum(len(said) + len(true) for said, true in pairs)
    return {"n": len(asked), "micro_f1": 2 * both / total if total else 0.0}


def _claims(judged: Sequence[Judged]) -> dict:
    """Figures that the model wrote, held against its own masks: how many of 100 are hallucinated."""
    found = {}
    for where in ("reasoning", "answer"):
        stated = [figure for one in judged for figure in one.response.stated if figure.where == where]
        wrong = sum(figure.agrees is False for figure in stated)
        found[where] = {
            "numbers": len(stated),
            "hallucinated": wrong,
            "unmeasured": sum(figure.agrees is None for figure in stated),
            "hallucinated_per_100": 100 * wrong / len(stated) if stated else None,
        }
    return found


def _seconds(seconds: Sequence[float]) -> dict | None:
    if not seconds:
        return None
    return {"total": float(np.sum(seconds)), "mean": float(np.mean(seconds)), "median": float(np.median(seconds))}
