"""The file that keeps every response of a run: what was asked in its first line, then a line for each response."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from .. import protocol
from ..errors import OutputError, RequestError
from ..evidence.files import write_whole
from .responses import Response


def book_of(out: Path) -> Path:
    """Where the responses lie whose scores are in `out`."""
    return out.with_name(f"{out.stem}.responses.jsonl")


@dataclass(frozen=True)
class Kept:
    """What a file of responses holds.

    Attributes:
        header: What was asked.
        model: Who answered: name, revision and sha256; None where nobody could.
        responses: By question.
        lines: That are whole, the first one among them.
    """

    header: object
    model: dict | None
    responses: dict[str, Response]
    lines: tuple[str, ...]


def read_book(path: Path) -> Kept:
    """All of a file; lines that were cut off are left out.

    Raises:
        OSError: it cannot be read.
    """
    first, *lines = path.read_text("utf-8", errors="replace").split("\n")
    model: dict | None = None
    responses: dict[str, Response] = {}
    whole = [first]
    for line in lines:
        try:
            fields = json.loads(line)
            response = Response.of_line(json.dumps(fields["response"]))
            model = fields["model"] or model
        except (ValueError, KeyError, TypeError):
            continue
        responses[response.id] = response
        whole.append(line)
    try:
        header = json.loads(first)
    except ValueError:
        header = None
    return Kept(header, model, responses, tuple(whole))


class Book:
    """A file of responses that is being written.

    Args:
        path: of it.
        header: of this run.
    """

    def __init__(self, path: Path, header: dict) -> None:
        self.path, self.header = path, header
        self.model: dict | None = None

    def read(self) -> dict[str, Response]:
        """Responses that are there, by question; a line that was cut off is taken out.

        Raises:
            RequestError: they are of another run.
            OutputError: the file cannot be written.
        """
        try:
            if not self.path.exists():
                write_whole(self.path, json.dumps(self.header, ensure_ascii=False) + "\n")
                return {}
            kept = read_book(self.path)
        except OSError as error:
            raise OutputError(f"{self.path} cannot be written ({error}): choose another folder.") from error
        if kept.header != self.header:
            raise RequestError(
                f"{self.path} holds responses of another suite, model or setting: choose another name, or delete it."
            )
        self.model = kept.model
        write_whole(self.path, "\n".join(kept.lines) + "\n")
        return kept.responses

    def add(self, response: Response, model: protocol.ModelInfo | None) -> None:
        """Write one."""
        told = model and {"name": model.name, "revision": model.revision, "sha256": model.sha256}
        self.model = told or self.model
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f'{{"model": {json.dumps(told)}, "response": {response.line()}}}\n')
