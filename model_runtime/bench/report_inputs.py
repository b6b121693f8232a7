"""What a report is made of: files of `bench run` with their responses, of `bench ablate`, and of `bench memory`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import Cancelled, RequestError
from .book import book_of, read_book
from .scoring import Judged, judge
from .suites import Question, read_suite

_AGAIN = "say where they are with `bench score RUN.json --items PATH`"
_USUAL = {"profile": "paper", "measured": None, "fusion": "text_guided", "ablation": None}
_MEASURED = {True: "measures told", False: "no measures told"}


@dataclass(frozen=True)
class Run:
    """One run of `bench run`.

    Attributes:
        label: What the report calls it.
        result: What its file holds.
        judged: Every question with its response.
        items: The suite's file or folder.
    """

    label: str
    result: dict
    judged: tuple[Judged, ...]
    items: Path

    @property
    def reader(self) -> str:
        """Whose reading of the answers counts."""
        return self.result["reader"]

    @property
    def suite(self) -> str:
        """A key of `suites.SUITES`."""
        return self.result["suite"]


@dataclass
class Inputs:
    """All of it, in the order given; the first run of a suite is the one that is looked at closely."""

    runs: list[Run] = field(default_factory=list)
    ablations: list[dict] = field(default_factory=list)
    memory: list[list[dict]] = field(default_factory=list)


def read_inputs(paths: Sequence[Path], stopped: Callable[[], bool] = lambda: False) -> Inputs:
    """Read every file and the responses beside it.

    Args:
        paths: JSON files of `bench run`, `bench ablate` and `bench memory`, at least one of a run.
        stopped: asked before every response whether to end.

    Raises:
        Cancelled: `stopped` was true.
        RequestError: a file is none of these, its responses or items are not there, or they are other ones.
    """
    inputs = Inputs()
    suites: dict[tuple[str, Path], dict[str, Question]] = {}
    found = {path: _json(path) for path in paths}
    results = {path: made for path, made in found.items() if isinstance(made, dict) and "questions_sha256" in made}
    labels = _labels(results)
    for path, made in found.items():
        if path in results:
            inputs.runs.append(_run(path, made, labels[path], suites, stopped))
        elif isinstance(made, dict) and "tables" in made:
            inputs.ablations.append(made)
        elif isinstance(made, list) and made and all(isinstance(row, dict) and "peak_bytes" in row for row in made):
            inputs.memory.append(made)
        else:
            raise RequestError(f"'{path}' was not written by `bench run`, `bench ablate` or `bench memory`.")
    if not inputs.runs:
        raise RequestError("A report needs the file of at least one `bench run`.")
    return inputs


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise RequestError(f"'{path}' cannot be read ({error.strerror}): give the file that --json named.") from error
    except ValueError as error:
        raise RequestError(f"'{path}' is no JSON file: give the file that --json named.") from error


def _run(
    path: Path,
    result: dict,
    label: str,
    suites: dict[tuple[str, Path], dict[str, Question]],
    stopped: Callable[[], bool],
) -> Run:
    book = book_of(path)
    items = Path(result.get("items", ""))
    if "items" not in result or not items.exists():
        raise RequestError(f"The items of '{path}' are not where they were: {_AGAIN}.")
    try:
        responses = list(read_book(book).responses.values())
        suite = result["suite"], items
        if suite not in suites:
            suites[suite] = {question.id: question for question in read_suite(*suite)}
        asked = [suites[suite][response.id] for response in responses]
    except OSError as error:
        raise RequestError(f"'{book}' cannot be read, which has the responses: put it beside '{path.name}'.") from error
    except KeyError as error:
        raise RequestError(f"'{items}' holds other items than '{path}' was asked: {_AGAIN}.") from error
    judged: list[Judged] = []
    for question, response in zip(asked, responses, strict=True):
        if stopped():
            raise Cancelled
        judged += judge(result["suite"], [question], [response])
    right = sum(one.right(result["reader"]) for one in judged)
    if not judged or len(judged) != result["questions"] or abs(right / len(judged) - result["micro_accuracy"]) > 1e-9:
        raise RequestError(f"'{path}' was scored in another way than now: run `bench score {path}`.")
    return Run(label, result, tuple(judged), items)


def _labels(results: dict[Path, dict]) -> dict[Path, str]:
    """Name of the model, with what is unusual about how it was asked; with the file's name where that is not enough."""
    labels = {path: _label(result) for path, result in results.items()}
    often = Counter((results[path]["suite"], label) for path, label in labels.items())
    return {
        path: label if often[results[path]["suite"], label] == 1 else f"{label} ({path.stem})"
        for path, label in labels.items()
    }


def _label(result: dict) -> str:
    setting = result["setting"]
    name = result["model"]["name"] if result["model"] else setting["model"].rsplit("/", 1)[-1]
    unusual = [
        _MEASURED[setting[key]] if key == "measured" else f"{key} {setting[key]}"
        for key, usual in _USUAL.items()
        if setting.get(key, usual) != usual
    ]
    return ", ".join([name, *filter(None, [result["variant"]]), *unusual])
