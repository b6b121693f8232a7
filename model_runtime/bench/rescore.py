"""`bench score`: responses that a run has kept are read and scored again, without a model."""

from __future__ import annotations

import json
from pathlib import Path

from ..errors import OutputError, RequestError
from ..evidence.files import write_whole
from ..terra_cot.extras import require
from .book import book_of, read_book
from .run import questions_sha256, result_of
from .suites import read_suite

_RESPONSES = ".responses.jsonl"
_NOT_KNOWN = "not known"


def rescore(path: Path, items: Path | None = None) -> tuple[Path, dict]:
    """Score a run again, and write OUT.json anew.

    What is said there of who answered, where and when stays; where OUT.json is lost, machine and date are not known.

    Args:
        path: OUT.json, or OUT.responses.jsonl.
        items: the suite's file or folder; None: where OUT.json says.

    Returns:
        OUT.json, and what it then holds.

    Raises:
        RequestError: the responses or the items are not there, are others, or are not complete.
        OutputError: OUT.json cannot be written.
    """
    require("data", "pycocotools", "pyarrow")
    name = path.name
    out = path.with_name(f"{name.removesuffix(_RESPONSES)}.json") if name.endswith(_RESPONSES) else path
    if out.suffix.lower() != ".json":
        raise RequestError(f"'{path}' was not written by `bench run`: give its OUT.json or OUT{_RESPONSES}.")
    book = book_of(out)
    try:
        kept = read_book(book)
    except OSError as error:
        raise RequestError(f"'{book}' cannot be read ({error.strerror}): it has the responses.") from error
    header = kept.header
    if not isinstance(header, dict) or not {"suite", "questions", "questions_sha256"} <= set(header):
        raise RequestError(f"'{book}' holds no responses of `bench run`.")
    before = _before(out)
    items = items or (Path(before["items"]) if "items" in before else None)
    if items is None:
        raise RequestError(f"'{out}' does not tell where the items lie: say it with --items.")
    questions = [question for question in read_suite(header["suite"], items) if question.id in kept.responses]
    missing = header["questions"] - len(kept.responses)
    if missing > 0:
        raise RequestError(f"{missing} of its questions have no response yet: the same `bench run` goes on.")
    if questions_sha256(questions) != header["questions_sha256"]:
        raise RequestError(f"'{items}' holds other items than were asked: say with --items where those are.")
    result = result_of(header, kept.model, items, questions, kept.responses)
    result |= {key: before.get(key, _NOT_KNOWN) for key in ("machine", "date")}
    if "usage" in result and "usage" in before:
        result["usage"]["cost"] = before["usage"]["cost"]
    try:
        write_whole(out, json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    except OSError as error:
        raise OutputError(f"{out} cannot be written ({error}): free space or choose another folder.") from error
    return out, result


def _before(out: Path) -> dict:
    """What the file of scores holds; nothing where it is lost or damaged."""
    try:
        found = json.loads(out.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
