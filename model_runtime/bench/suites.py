"""The benchmarks as their authors publish them, each read into the same questions (SPEC section 8).

`terrascope`: a parquet file, the published one or one of `bench build`. `landsat30au`: a CSV whose options are lists as
Python writes them. `disasterm3` and `disasterm3-sar`: benchmark_release.json, with back-slashes in its paths; optical
or radar images after the event. `rsvqa-lr`: the release or `qa.jsonl`. `bigearthnet`: label lists of patches, v1 JSON
files or the v2 metadata.parquet.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

import numpy as np

from ..errors import RequestError
from ..terra_cot.chance import seeded
from ..terra_cot.sources import bigearthnet, rsvqa_lr
from .items import ITEMS_FILE, LETTERS, Item, is_ours, lettered, read_items

Kind = Literal["choice", "free", "labels"]


@dataclass(frozen=True)
class Question:
    """One question of a suite.

    Attributes:
        id: Unique in the suite.
        task: In the suite's words.
        text: Without the options.
        kind: One of lettered options; free-form; or all labels that are there.
        candidates: Option texts, A first; or the labels to choose among; empty for free-form.
        answer: Letter; text; or the labels, joined by "; ".
        images: Paths of its images, one a date; what an item of ours has stands in `item`.
        radar: Places in `images` of those that are radar images, where it is no item of ours.
        picture: Bytes of its image, where the file has them in it.
        item: Of `bench build`, with masks and grid.
    """

    id: str
    task: str
    text: str
    kind: Kind
    candidates: tuple[str, ...]
    answer: str
    images: tuple[Path, ...] = ()
    radar: tuple[int, ...] = ()
    picture: bytes = b""
    item: Item | None = None

    @property
    def with_options(self) -> str:
        """The question with its options below it, as the release asks (SPEC section 4); labels in one line."""
        if self.kind != "choice":
            return "\n".join([self.text, "; ".join(self.candidates)]) if self.candidates else self.text
        options = zip(LETTERS, self.candidates, strict=False)
        return self.text + "\n" + "".join(f"{letter}. {text}\n" for letter, text in options)


def read_suite(suite: str, path: Path) -> list[Question]:
    """All questions of a suite.

    Args:
        suite: a key of `SUITES`.
        path: its file, or the folder that it lies in.

    Raises:
        RequestError: there is no such suite, or the file is not of it.
    """
    if suite not in SUITES:
        raise RequestError(f"There is no suite {suite!r}: choose one of {', '.join(SUITES)}.")
    path = path.expanduser()
    if not path.exists():
        raise RequestError(f"'{path}' does not exist: give the file or folder of {suite}.")
    questions = list(SUITES[suite](path))
    if not questions:
        raise RequestError(f"'{path}' holds no question of {suite}.")
    return questions


def _only(path: Path, pattern: str, suite: str) -> Path:
    """The file itself, or the one in the folder."""
    if path.is_file():
        return path
    found = sorted(path.glob(pattern))
    if len(found) != 1:
        raise RequestError(f"'{path}' holds {len(found)} files like {pattern}: name the one of {suite}.")
    return found[0]


def _terrascope(path: Path) -> Iterator[Question]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = _only(path, ITEMS_FILE if (path / ITEMS_FILE).is_file() else "*.parquet", "terrascope")
    try:
        columns = set(pq.read_schema(path).names)
    except (pa.ArrowInvalid, OSError) as error:
        raise RequestError(f"'{path.name}' is no parquet file.") from error
    missing = {"image", "question", "candidates", "answer", "task_type"} - columns
    if missing:
        raise RequestError(f"'{path.name}' has no column '{min(missing)}', which TerraScope-Bench has.")
    if is_ours(path):
        for item in read_items(path):
            images = tuple(path.parent / image.file for image in item.images)
            yield Question(item.id, item.task, item.question, "choice", item.candidates, item.answer, images, item=item)
        return
    with pq.ParquetFile(path) as file:
        number = 0
        for batch in file.iter_batches(32):
            for row in batch.to_pylist():
                image = row["image"]
                picture = image["bytes"] if isinstance(image, dict) else image
                candidates = _told(path, number, lambda row=row: lettered(row["candidates"]))
                answer = str(row["answer"]).strip().upper()
                if answer not in LETTERS[: len(candidates)]:
                    raise RequestError(f"Row {number} of '{path.name}' has the answer {answer!r}, which is no option.")
                yield Question(
                    f"{number:05}", row["task_type"], row["question"], "choice", candidates, answer,
                    picture=picture or b"",
                )  # fmt: skip
                number += 1


def _told(path: Path, number: int, read: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    try:
        return read()
    except (ValueError, SyntaxError, KeyError, TypeError, AttributeError) as error:
        raise RequestError(f"The options of row {number} of '{path.name}' cannot be read.") from error


def _landsat30au(path: Path) -> Iterator[Question]:
    path = _only(path, "*VQA*.csv", "landsat30au")
    reader = csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
    wanted = {"qa_id", "image_path", "question", "question_type", "options", "answer"}
    if not wanted <= set(reader.fieldnames or ()):
        raise RequestError(f"'{path.name}' has no column '{min(wanted - set(reader.fieldnames or ()))}'.")
    for number, row in enumerate(reader, start=1):
        options = _told(path, number, lambda row=row: python_list(row["options"]))
        if row["answer"] not in options:
            raise RequestError(f"Row {number} of '{path.name}' has an answer that is none of its options.")
        yield Question(
            row["qa_id"], row["question_type"], row["question"], "choice", options,
            LETTERS[options.index(row["answer"])], (path.parent / row["image_path"],),
        )  # fmt: skip


def python_list(text: str) -> tuple[str, ...]:
    """A list of texts as Python writes it, quotes and commas in them intact.

    The released reader takes it for JSON, and splits by commas what is none (SPEC section 9).

    Raises:
        ValueError: it is none.
        SyntaxError: it is no Python.
    """
    found = ast.literal_eval(text)
    if not isinstance(found, list) or not found or not all(isinstance(entry, str) for entry in found):
        raise ValueError("no list of texts")
    return tuple(found)


DISASTER_TASKS = ("Building Damage Counting", "Damaged Road Area Estimation")
"""Of DisasterM3 those that the paper reports (Table 1); the release runs the first."""
_OPTION = re.compile(r"(?:^|(?<=[\s,;]))\(?([A-H])[.):]\s*")


def _disasterm3(path: Path, after: Literal["Optical", "SAR"] = "Optical") -> Iterator[Question]:
    path = _only(path, "benchmark_release.json", "disasterm3")
    try:
        entries = json.loads(path.read_text("utf-8"))
        for number, entry in enumerate(entries):
            if entry["task"] not in DISASTER_TASKS or entry["post_image_type"] != after:
                continue
            options = _told(path, number, lambda entry=entry: lettered_text(entry["options_str"]))
            images = tuple(
                path.parent / str(entry[name]).replace("\\", "/") for name in ("pre_image_path", "post_image_path")
            )
            answer = str(entry["ground_truth_option"]).strip().upper()[:1]
            if answer not in LETTERS[: len(options)]:
                raise RequestError(f"Entry {number} of '{path.name}' has the answer {answer!r}, which is no option.")
            yield Question(
                f"{number:05}", entry["task"], str(entry["prompts"]).strip(), "choice", options, answer, images,
                radar=(1,) if after == "SAR" else (),
            )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RequestError(f"'{path.name}' is not as benchmark_release.json of DisasterM3 is.") from error


def lettered_text(text: str) -> tuple[str, ...]:
    """Options from one text, "A. 12 B. 15" or a line each; their letters follow one another from A.

    Raises:
        ValueError: they do not.
    """
    marks = []
    for found in _OPTION.finditer(text):
        # A letter out of turn belongs to the text of an option.
        if found[1] == LETTERS[len(marks)]:
            marks.append(found)
    if len(marks) < 2 or text[: marks[0].start()].strip():
        raise ValueError("no options")
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return tuple(text[mark.end() : end].strip().rstrip(",;").strip() for mark, end in zip(marks, ends, strict=True))


def _rsvqa_lr(path: Path) -> Iterator[Question]:
    folder = path.parent if path.is_file() else path
    number = 0
    for item in rsvqa_lr.SOURCE.find(folder):
        for asked in rsvqa_lr.questions_of(folder, item):
            options = RSVQA_OPTIONS.get(asked.answer.lower(), ())
            answer = LETTERS[options.index(asked.answer.lower())] if options else asked.answer
            yield Question(
                f"{item.name}-{number:05}", asked.task, asked.question, "choice" if options else "free", options,
                answer, (rsvqa_lr.image_of(folder, item),),
            )  # fmt: skip
            number += 1


_YES_NO, _RURAL_URBAN = ("yes", "no"), ("rural", "urban")
RSVQA_OPTIONS = {word: options for options in (_YES_NO, _RURAL_URBAN) for word in options}
"""Answer of RSVQA-LR -> all answers to such a question; counts are free-form."""


def count_range(count: int) -> str:
    """The range that RSVQA-LR counts in (Lobry et al. 2020): 0, up to 10, 100, 1000, or more."""
    bounds = (0, 10, 100, 1000)
    return next((f"to {bound}" for bound in bounds if count <= bound), "more")


LABELS_ASKED = "Which of these land-cover classes are in the image? Name all that are."


def _bigearthnet(path: Path) -> Iterator[Question]:
    listed = sorted(_labelled(path))
    known = tuple(sorted({label for _, labels, _ in listed for label in labels}))
    for name, labels, folder in listed:
        yield Question(
            name, "scene_classification", LABELS_ASKED, "labels", known, "; ".join(sorted(labels)), (folder,)
        )


def _labelled(path: Path) -> Iterator[tuple[str, tuple[str, ...], Path]]:
    """Name, labels and folder of each patch; of v2 those of the test split."""
    tables = [path] if path.suffix == ".parquet" else sorted(path.glob("metadata.parquet"))
    if tables:
        import pyarrow.parquet as pq

        table = pq.read_table(tables[0])
        if not {"patch_id", "labels"} <= set(table.column_names):
            raise RequestError(f"'{tables[0].name}' has no columns 'patch_id' and 'labels', which BigEarthNet v2 has.")
        for row in table.to_pylist():
            if row.get("split", "test") == "test":
                tile = row["patch_id"].rsplit("_", 2)[0]
                folder = tables[0].parent / "BigEarthNet-S2" / tile / row["patch_id"]
                yield row["patch_id"], tuple(np.asarray(row["labels"], str)), folder
        return
    for item in bigearthnet.SOURCE.find(path):
        yield item.name, tuple(bigearthnet.labels_of(path, item.name)), bigearthnet.patch_of(path, item.name)


SUITES: dict[str, Callable[[Path], Iterator[Question]]] = {
    "terrascope": _terrascope,
    "landsat30au": _landsat30au,
    "disasterm3": _disasterm3,
    "disasterm3-sar": partial(_disasterm3, after="SAR"),
    "rsvqa-lr": _rsvqa_lr,
    "bigearthnet": _bigearthnet,
}
"""Name -> reader of its file or folder."""


def sample(questions: Sequence[Question], limit: int | None) -> list[Question]:
    """So many of them by lot, always the same ones, in their order; all with None.

    Raises:
        RequestError: the limit is below 1.
    """
    if limit is None or limit >= len(questions):
        return list(questions)
    if limit < 1:
        raise RequestError(f"At least 1 question is asked, not {limit}.")
    # By lot: suites are periodic, and every n-th question may be of one kind.
    return [questions[number] for number in sorted(seeded("suite sample").sample(range(len(questions)), limit))]
