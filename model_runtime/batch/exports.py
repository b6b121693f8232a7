"""A report of many runs as CSV, GeoParquet and Markdown, and many reports as one."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyogrio.raw
import shapely

from ..errors import OutputError, RequestError
from ..evidence.files import replacing
from ..terra_cot.extras import require
from . import collection

_EXPORTED = [name for name in collection.TABLES if name != "attempts"]


def merge(paths: Sequence[Path], out: Path) -> int:
    """Make one report of many: of batches, and of single answers.

    Args:
        paths: of reports; a folder stands for all GeoPackages in it.
        out: the new report.

    Returns:
        How many runs it has.

    Raises:
        RequestError: one is no report, or `out` is there.
        OutputError: it cannot be written; nothing is left behind.
    """
    if out.exists():
        raise RequestError(f"'{out.name}' is there already: choose another name.")
    reports: list[Path] = []
    for path in paths:
        if not path.exists():
            raise RequestError(f"'{path}' is not there: choose existing reports.")
        reports += sorted(path.glob("*.gpkg")) if path.is_dir() else [path]
    if not reports:
        raise RequestError(f"'{paths[0]}' has no GeoPackage: choose existing reports.")
    count = 0
    with replacing(out, ".gpkg") as part:
        collection.make(part)
        for path in reports:
            if collection.is_collection_file(path):
                count += collection.take_in_all(part, path)
            else:
                count += collection.take_in(part, path)
    return count


def export_csv(report: Path, folder: Path) -> None:
    """Write each table as a CSV, with geometries as WKT in WGS 84.

    Raises:
        RequestError: it is no report, or the folder is there.
        OutputError: it cannot be written; nothing is left behind.
    """

    def write(name: str, target: Path) -> None:
        about, _, shapes, columns = pyogrio.raw.read(report, layer=name, force_2d=True)
        fields = list(about["fields"])
        with target.with_suffix(".csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow([*fields, *(["wkt"] if shapes is not None else [])])
            texts = [] if shapes is None else [[shape and shapely.from_wkb(shape).wkt] for shape in shapes]
            for number, row in enumerate(zip(*columns, strict=True)):
                plain = ["" if value is None or value != value else value for value in row]
                writer.writerow([*plain, *(texts[number] if texts else [])])

    _tables(report, folder, write)


def export_parquet(report: Path, folder: Path) -> None:
    """Write each table as (Geo)Parquet; raises as `export_csv` does."""
    require("data", "pyarrow", "geopandas")
    import geopandas

    def write(name: str, target: Path) -> None:
        geopandas.read_file(report, layer=name, engine="pyogrio").to_parquet(target.with_suffix(".parquet"))

    _tables(report, folder, write)


def _tables(report: Path, folder: Path, write: Callable[[str, Path], None]) -> None:
    collection.check(report)
    with _new_folder(folder) as part:
        for name in _EXPORTED:
            write(name, part / name)


@contextmanager
def _new_folder(folder: Path) -> Iterator[Path]:
    """A folder that is there whole or not at all."""
    if folder.exists():
        raise RequestError(f"'{folder.name}' is there already: choose a new folder.")
    try:
        part = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.absolute().parent))
        try:
            part.chmod(0o755)
            yield part
            os.replace(part, folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        raise OutputError(f"'{folder}' cannot be written ({error.strerror}): choose another place.") from error


def export_markdown(report: Path, target: Path) -> None:
    """Write the answers, with the hectares of each region, as a text for people; raises as `export_csv` does."""
    collection.check(report)
    with collection.reading(report) as database:
        answers = database.execute(
            "SELECT run, scene, question, answer, claims_agree, claims_disagree FROM answers ORDER BY scene, fid"
        ).fetchall()
        regions = database.execute(
            "SELECT run, step, phrase, image, sum(area_ha) FROM evidence GROUP BY run, step ORDER BY run, step"
        ).fetchall()
        failures = database.execute("SELECT scene, question, reason, attempts FROM failures ORDER BY scene").fetchall()
        models = database.execute("SELECT DISTINCT model, revision, sha256 FROM runs ORDER BY model").fetchall()
    lines = [f"# {report.stem}", "", f"{len(answers)} answers, {len(failures)} set aside.", ""]
    lines += [f"- model {_cell(name)} {_cell(revision)}, sha256 {_cell(sha)}" for name, revision, sha in models]
    found: dict[str, list[str]] = {}
    for run, step, phrase, image, area_ha in regions:
        found.setdefault(run, []).append(f"{step}. {phrase} (image {image}): {area_ha:.4g} ha")
    lines += ["", "| scene | question | answer | regions | figures that agree |", "|---|---|---|---|---|"]
    for run, scene, question, answer, agree, disagree in answers:
        regions_told = "<br>".join(map(_cell, found.get(run, []))) or "none"
        told = f"{agree} of {agree + disagree}" if agree + disagree else "none measured"
        lines.append(f"| {_cell(scene)} | {_cell(question)} | {_cell(answer)} | {regions_told} | {told} |")
    if failures:
        lines += ["", "## Set aside", "", "| scene | question | reason | attempts |", "|---|---|---|---|"]
        lines += [f"| {' | '.join(map(_cell, row))} |" for row in failures]
    with replacing(target, ".md") as part:
        part.write_text("\n".join(lines) + "\n", "utf-8")


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|").replace("<", "&lt;")
