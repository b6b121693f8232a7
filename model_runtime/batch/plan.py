"""What is to be asked about which scenes: from a table, a folder, or STAC items. All of it is checked before work."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from ..errors import RequestError, SceneError
from ..protocol import AskRequest, DateInput
from ..scene import acquisitions, stac
from ..scene.files import existing
from .tasks import Task

COLUMNS = ("scene", "sar", "dates", "clouds", "question", "name")
_RASTERS = frozenset((".tif", ".tiff", ".jp2", ".img", ".vrt", ".png", ".jpg", ".jpeg"))


def read_plan(
    source: Path, questions: Sequence[str] = (), pattern: str | None = None, options: Mapping[str, object] | None = None
) -> list[Task]:
    """The tasks of a plan, those of one scene one after another.

    Args:
        source: a table (.csv), STAC items (.json, .geojson), or a folder of scenes.
        questions: asked about every scene; those of a table come besides its own.
        pattern: which names of a folder are scenes; None: rasters, and folders.
        options: of every request, as fields of `AskRequest`.

    Raises:
        RequestError: one sentence on what cannot be asked, with its line.
        SceneError: a STAC item cannot be used.
    """
    source = source.expanduser().absolute()
    suffix = source.suffix.lower()
    if pattern is not None and not source.is_dir():
        raise RequestError("--pattern chooses among the files of a folder: give a folder, or leave it away.")
    if source.is_dir():
        scenes = _in_folder(source, pattern)
    elif not source.is_file():
        raise RequestError(f"'{source}' does not exist: give a table (.csv), STAC items (.json) or a folder.")
    elif suffix in (".json", ".geojson"):
        scenes = _in_items(source)
    elif suffix == ".csv":
        return _unlike(_in_table(source, questions, options or {}))
    else:
        raise RequestError(f"'{source.name}' is no plan: give a table (.csv), STAC items (.json) or a folder.")
    if not questions:
        raise RequestError("There is no question; give --question, or a table with a column of that name.")
    return _unlike([_task(name, [date], asked, options or {}) for name, date in scenes for asked in questions])


def _task(name: str, dates: Sequence[DateInput], question: str, options: Mapping[str, object]) -> Task:
    try:
        request = AskRequest(question=question, dates=list(dates), **options)
    except ValidationError as error:
        first = error.errors()[0]
        raise RequestError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}.") from None
    if not question.strip():
        raise RequestError("The question is empty; type what you want to know about the scene.")
    acquisitions.check(request.dates)
    return Task(name, request)


def _unlike(tasks: Sequence[Task]) -> list[Task]:
    """Each task once."""
    return list({task.key: task for task in tasks}.values())


def _in_folder(folder: Path, pattern: str | None) -> list[tuple[str, DateInput]]:
    try:
        found = sorted(folder.glob(pattern or "*"))
    except (ValueError, NotImplementedError) as error:
        raise RequestError(f"'{pattern}' is no pattern of names ({error}): use one such as '*.tif'.") from None
    found = [path for path in found if not path.name.startswith(".")]
    if pattern is None:
        found = [path for path in found if path.is_dir() or path.suffix.lower() in _RASTERS]
    if not found:
        raise RequestError(f"No scene in '{folder.name}' has a name like {pattern or 'those of rasters'}.")
    return [(path.relative_to(folder).as_posix(), DateInput(optical=str(path))) for path in found]


def _in_items(source: Path) -> list[tuple[str, DateInput]]:
    found = []
    for item in stac.read_items(source):
        optical, sar, clouds = stac.kinds(item)
        path = str(item.path)
        date = DateInput(
            optical=path if optical else None, sar=path if sar else None, clouds=clouds and str(clouds), date=item.day
        )
        found.append((item.name, date))
    return found


def _in_table(source: Path, questions: Sequence[str], options: Mapping[str, object]) -> list[Task]:
    try:
        text = source.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"'{source.name}' cannot be read: save it as a CSV in UTF-8.") from error
    tasks: list[Task] = []
    for line, row in read_rows(text, source.name):
        try:
            dates = _dates(row, source.parent)
            asked = [row["question"]] if row["question"] else []
            if not asked and not questions:
                raise RequestError("there is no question.")
            first = dates[0].optical or dates[0].sar or ""
            name = row["name"] or Path(first).name
            tasks += [_task(name, dates, question, options) for question in (*asked, *questions)]
        except (RequestError, SceneError) as error:
            raise RequestError(f"Line {line} of '{source.name}': {error}") from None
    if not tasks:
        raise RequestError(f"'{source.name}' has no line below its header: add one for each scene.")
    return tasks


def read_rows(text: str, name: str) -> list[tuple[int, dict[str, str]]]:
    """The lines of a table as (number of the line in the file, column to text); what is absent is "".

    Args:
        text: CSV with a header, of commas, or of semicolons where the header has no comma.
        name: of the file, for refusals.

    Raises:
        RequestError: a column is not known, twice there or missing, or a line has more than the header.
    """
    header, _, _ = text.partition("\n")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in header and "," not in header else ",")
    rows: list[tuple[int, dict[str, str]]] = []
    columns: list[str] = []
    begins = 1
    try:
        for cells in reader:
            line, begins = begins, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = _columns(cells, name)
                continue
            if len(cells) > len(columns):
                raise RequestError(
                    f"Line {line} of '{name}' has {len(cells)} values for {len(columns)} columns: put texts that hold "
                    "a comma in quotes."
                )
            there = {column: cell.strip() for column, cell in zip(columns, cells, strict=False)}
            rows.append((line, dict.fromkeys(COLUMNS, "") | there))
    except csv.Error as error:
        raise RequestError(f"Line {begins} of '{name}' cannot be read ({error}): save it as CSV again.") from None
    return rows


def _columns(cells: Sequence[str], name: str) -> list[str]:
    columns = [cell.strip().lower() for cell in cells]
    unknown = [column for column in columns if column not in COLUMNS]
    if unknown:
        raise RequestError(f"'{name}' has a column '{unknown[0]}' that is not known: use {', '.join(COLUMNS)}.")
    if len(set(columns)) < len(columns):
        raise RequestError(f"'{name}' has a column twice: leave one of each.")
    if not {"scene", "sar"} & set(columns):
        raise RequestError(f"'{name}' has no column 'scene' and none 'sar': it is to name the images.")
    return columns


def _dates(row: Mapping[str, str], folder: Path) -> list[DateInput]:
    """The dates of a line; several are told apart by semicolons, and an empty one is none."""
    split = {column: [part.strip() for part in row[column].split(";")] if row[column] else [] for column in COLUMNS[:4]}
    count = max(len(split["scene"]), len(split["sar"]))
    if count == 0:
        raise RequestError("it names no image.")
    if count > 8:
        raise RequestError(f"{count} dates are too many; at most 8 can be asked about at once.")
    for column, parts in split.items():
        if len(parts) > count:
            raise RequestError(f"'{column}' has {len(parts)} parts for {count} dates.")
    filled = {column: [*parts, *[""] * (count - len(parts))] for column, parts in split.items()}
    return [
        DateInput(optical=_path(scene, folder), sar=_path(sar, folder), clouds=_path(clouds, folder), date=day or None)
        for scene, sar, day, clouds in zip(*filled.values(), strict=True)
    ]


def _path(text: str, folder: Path) -> str | None:
    if not text:
        return None
    if "://" in text or text.startswith("/vsi"):
        return str(existing(text))  # refuses it
    return str(existing(folder / Path(text).expanduser()))
