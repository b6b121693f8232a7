"""`bench run`: all questions of a suite put to a model, by a plain loop, processes or a Ray cluster, and scored.

Beside OUT.json lies OUT.responses.jsonl: what it was asked in its first line, then a line for each response, written as
it comes. The same command goes on from there.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from .. import __version__
from ..errors import Cancelled, OutputError, RequestError
from ..evidence.files import write_whole
from ..protocol import ModelInfo
from ..terra_cot.extras import require
from ..terra_cot.ray_workers import on_ray_actors
from ..terra_cot.workers import in_processes
from .answerers import BASELINE, ENDPOINT, LOCAL, Answerer, answerer_of
from .asking import Setting
from .book import Book, book_of
from .responses import Response
from .scoring import judge, summary
from .suites import Question, read_suite, sample

_LISTEN_S = 0.2


@dataclass(frozen=True)
class Plan:
    """What is to be run.

    Attributes:
        suite: A key of `suites.SUITES`.
        items: Its file or folder.
        setting: How the model is asked.
        variant: Of items of ours: how they are shown; None: in all ways there are.
        limit: So many questions, by lot; None: all.
        workers: Processes, or threads for a model behind an endpoint; None: a plain loop. With `ray`: of it at most.
        device: Where each has its model.
        ray: Instead of processes, the address of a Ray cluster.
        price: In any currency for a million tokens read, and written, of a model behind an endpoint; None: not known.
    """

    suite: str
    items: Path
    setting: Setting
    variant: str | None = None
    limit: int | None = None
    workers: int | None = None
    device: str = "auto"
    ray: str | None = None
    price: tuple[float, float] | None = None

    def questions(self) -> list[Question]:
        """What is asked.

        Raises:
            RequestError: the suite cannot be read, or has nothing in that variant.
        """
        found = read_suite(self.suite, self.items)
        if self.variant is not None:
            found = [question for question in found if question.item and question.item.variant == self.variant]
        if not found:
            raise RequestError(f"'{self.items}' has no item shown as {self.variant}: leave --variant away.")
        return sample(found, self.limit)


def run(
    plan: Plan,
    out: Path,
    stopped: Callable[[], bool] = lambda: False,
    tell: Callable[[float], None] = lambda done: None,
) -> dict:
    """Ask what is missing, and score all of it.

    Args:
        plan: what.
        out: JSON file for the scores; the responses go beside it.
        stopped: asked before every word whether to end.
        tell: told the fraction that is done.

    Returns:
        What `out` holds.

    Raises:
        RequestError: the suite cannot be read, or responses of another run are there.
        ModelError: the model cannot answer.
        OutputError: a file cannot be written, or a worker was ended from outside.
        Cancelled: `stopped` was true; the responses so far are kept.
    """
    require("data", "pycocotools", "pyarrow")
    if plan.workers is not None and plan.workers < 1:
        raise RequestError(f"At least 1 worker is needed, not {plan.workers}.")
    if plan.ray is not None and plan.setting.model.startswith(ENDPOINT):
        raise RequestError("A model behind an endpoint needs no cluster: give --workers instead of --ray.")
    if out.suffix.lower() != ".json" or not out.absolute().parent.is_dir():
        raise RequestError(f"{out} cannot be written: choose a name that ends in .json, in an existing folder.")
    questions = plan.questions()
    book = Book(book_of(out), _header(plan, questions))
    there = book.read()
    missing = [question for question in questions if question.id not in there]
    try:
        done = len(there)
        alone = plan.workers is None and plan.ray is None
        answers = _in_turn(plan, missing, stopped) if alone else _spread(plan, missing, stopped)
        with closing(answers):
            for response, model in answers:
                book.add(response, model)
                there[response.id] = response
                done += 1
                tell(done / len(questions))
        result = result_of(book.header, book.model, plan.items, questions, there, plan.price)
        write_whole(out, json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    except OSError as error:
        raise OutputError(f"{out} cannot be written ({error}): free space or choose another folder.") from error
    finally:
        if not there:  # such as where no such model is: the next try may name another one
            book.path.unlink(missing_ok=True)
    return result


def result_of(
    header: dict,
    model: dict | None,
    items: Path,
    questions: Sequence[Question],
    responses: Mapping[str, Response],
    price: tuple[float, float] | None = None,
) -> dict:
    """All that OUT.json holds, with this machine and this day.

    Args:
        header: what was asked.
        model: who answered.
        items: the suite's file or folder.
        questions: all that were asked.
        responses: one for each, by question.
        price: as of `Plan`.
    """
    return {
        **header,
        "items": str(items.expanduser().absolute()),
        "model": model,
        "machine": machine(),
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        **summary(judge(header["suite"], questions, [responses[question.id] for question in questions])),
        **_taken(responses.values(), price),
    }


def _taken(responses: Iterable[Response], price: tuple[float, float] | None) -> dict:
    """What a model behind an endpoint took in all, where it was one."""
    usages = [response.usage for response in responses if response.usage]
    if not usages:
        return {}
    read, written = (sum(getattr(usage, name) for usage in usages) for name in ("prompt_tokens", "completion_tokens"))
    cost = None if price is None else (read * price[0] + written * price[1]) / 1e6
    return {
        "usage": {
            "prompt_tokens": read,
            "completion_tokens": written,
            "tries": sum(usage.tries for usage in usages),
            "refusals": sum(bool(usage.refusal) for usage in usages),
            "cost": cost,
        }
    }


def machine() -> str:
    """What it ran on, for people."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"


def questions_sha256(questions: Iterable[Question]) -> str:
    """What tells questions from others."""
    digest = hashlib.sha256()
    for question in questions:
        digest.update(repr((question.id, question.text, question.candidates, question.answer)).encode())
    return digest.hexdigest()


def _header(plan: Plan, questions: Sequence[Question]) -> dict:
    """What a run is told from another one by: neither workers nor where it is."""
    return {
        "made_by": f"terrascope {__version__}",
        "suite": plan.suite,
        "questions": len(questions),
        "questions_sha256": questions_sha256(questions),
        "setting": asdict(plan.setting),
        "variant": plan.variant,
    }


_Answer = tuple[Response, ModelInfo | None]


def _in_turn(plan: Plan, questions: Sequence[Question], stopped: Callable[[], bool]) -> Iterator[_Answer]:
    if not questions:
        return
    answer = _answerer(plan.setting, plan.device, plan.suite, plan.items)
    for question in questions:
        if stopped():
            raise Cancelled
        yield answer(question, stopped)


def _spread(plan: Plan, questions: Sequence[Question], stopped: Callable[[], bool]) -> Iterator[_Answer]:
    if not questions:
        return
    if plan.setting.model.startswith(ENDPOINT):
        yield from _in_threads(plan, questions, stopped)
        return
    work = partial(_ask_there, _anywhere(plan.setting), plan.device, plan.suite, plan.items.expanduser().absolute())
    if plan.ray is not None:
        yield from on_ray_actors(work, questions, plan.ray, plan.workers, stopped, gpus=plan.device != "cpu")
    else:
        yield from in_processes(work, questions, min(plan.workers or 1, len(questions)), stopped, lambda count: None)


def _anywhere(setting: Setting) -> Setting:
    """The same with the whole path of its model's folder, for processes that were begun in another one."""
    if setting.model == "nano" or setting.model.startswith(BASELINE):
        return setting
    mark = LOCAL if setting.model.startswith(LOCAL) else ""
    folder = Path(setting.model.removeprefix(mark)).expanduser().absolute()
    return replace(setting, model=f"{mark}{folder}")


def _in_threads(plan: Plan, questions: Sequence[Question], stopped: Callable[[], bool]) -> Iterator[_Answer]:
    """Of a model behind an endpoint: to wait for several answers at once takes no processes."""
    answer, ended = _answerer(plan.setting, plan.device, plan.suite, plan.items), threading.Event()
    pool = ThreadPoolExecutor(plan.workers)
    try:
        waiting = {pool.submit(answer, question, lambda: ended.is_set() or stopped()) for question in questions}
        while waiting:
            done, waiting = wait(waiting, _LISTEN_S, FIRST_COMPLETED)
            for one in done:
                yield one.result()
    finally:
        ended.set()
        pool.shutdown(cancel_futures=True)


def _ask_there(
    setting: Setting, device: str, suite: str, items: Path, question: Question, tell: Callable[[int], None]
) -> _Answer:
    """In a worker, which keeps its model."""
    return _answerer(setting, device, suite, items)(question)


@cache
def _answerer(setting: Setting, device: str, suite: str, items: Path) -> Answerer:
    return answerer_of(setting, device, suite, items)
