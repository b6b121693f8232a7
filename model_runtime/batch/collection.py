"""The GeoPackage that collects many runs; `docs/report_schema.md` tells its tables.

It is made empty under a temporary name and renamed. Each run is added in one transaction of SQLite, so that a process
that is killed leaves it with whole runs only.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pyogrio.raw
import pyproj
import shapely
from pydantic import ValidationError
from pyogrio.errors import DataLayerError, DataSourceError

from ..errors import OutputError, RequestError
from ..evidence.categories import by_phrase, phrases_of
from ..evidence.files import replacing
from ..evidence.geopackage import STYLES, style_table
from ..evidence.report_file import SPATIAL_FUNCTIONS, blob_of, plain, quoted, shape_of, sql, transaction
from ..protocol import AskRequest, Change, Report, SeriesPoint
from .tasks import Task, key_of

SCHEMA = "1"
ATTEMPTS = 3
WGS84 = 4326
_TYPES = {str: object, int: np.int64, bool: bool}


def _fields(kind: type[Change | SeriesPoint]) -> dict[str, type]:
    return {name: _TYPES.get(about.annotation, float) for name, about in kind.model_fields.items()}


_RUN = {"run": object}
_RUNS = _RUN | dict.fromkeys(
    ("key", "scene", "images", "dates", "crs", "ellipsoid"), object
) | {"width": np.int64, "height": np.int64, "valid_area_ha": float} | dict.fromkeys(
    ("model", "revision", "sha256", "tier", "device", "versions"), object
) | {"seconds": float, "started": object, "finished": object, "warnings": object, "request": object}  # fmt: skip
# Table -> type of geometry, None for none, and its fields with the type of an array of them.
TABLES: dict[str, tuple[str | None, dict[str, type]]] = {
    "runs": ("Polygon", _RUNS),
    "answers": (
        None,
        _RUN | dict.fromkeys(("scene", "question", "answer", "reasoning", "claims"), object)
        | {"claims_agree": np.int64, "claims_disagree": np.int64, "report": object},
    ),
    "evidence": (
        "Polygon",
        _RUN | {"step": np.int64, "phrase": object, "image": np.int64, "date": object, "area_ha": float,
                "area_uncertainty_ha": float, "coverage_pct": float, "pixels": np.int64, "score": float,
                "unsure": bool},
    ),
    "distances": (
        "LineString",
        _RUN | {"from_step": np.int64, "to_step": np.int64, "distance_m": float, "centroid_distance_m": float,
                "contact": bool, "contact_length_m": float},
    ),
    "changes": (None, _RUN | _fields(Change)),
    "series": (None, _RUN | _fields(SeriesPoint)),
    "failures": (
        None,
        {"key": object, "scene": object, "question": object, "reason": object, "traceback": object,
         "attempts": np.int64},
    ),
    "attempts": (None, {"key": object, "attempts": np.int64}),
}  # fmt: skip
_OF_RUNS = [name for name, (_, fields) in TABLES.items() if "run" in fields]


def make(path: Path) -> None:
    """Make an empty report.

    Raises:
        RequestError: there is a file of that name.
        OutputError: it cannot be written; nothing is left behind.
    """
    if path.exists():
        raise RequestError(f"'{path.name}' is there already: add --resume to go on with it, or choose another name.")
    line = (STYLES / "distances.qml").read_text("utf-8")
    with replacing(path, ".gpkg") as part:
        try:
            for name, (geometry, fields) in TABLES.items():
                _add(part, name, geometry, {field: np.array([], kind) for field, kind in fields.items()})
            styles = style_table([("evidence", by_phrase([])), ("distances", line), ("runs", _outline())])
            _add(part, "layer_styles", None, styles, FID="id")
        except (DataSourceError, DataLayerError) as error:
            raise OutputError(
                f"'{path.name}' cannot be written: check permissions and the space on the disk."
            ) from error


def _add(part: Path, name: str, geometry: str | None, columns: Mapping[str, np.ndarray], **options: str) -> None:
    pyogrio.raw.write(
        str(part),
        geometry=None if geometry is None else np.array([], object),
        field_data=list(columns.values()),
        fields=list(columns),
        layer=name,
        driver="GPKG",
        geometry_type=geometry,
        crs=f"EPSG:{WGS84}" if geometry else None,
        dataset_options={"VERSION": "1.2"},
        # Of the layer: that of the dataset makes every reader with GDAL leave an .aux.xml beside the file.
        layer_metadata={"TERRASCOPE_REPORT_SCHEMA": SCHEMA} if name == "runs" else None,
        layer_options=options | ({"GEOMETRY_NAME": "geom"} if geometry else {}),
    )


def _outline() -> str:
    """A plain outline: footprints are not to hide what lies in them."""
    options = "".join(
        f'<Option type="QString" name="{name}" value="{value}"/>'
        for name, value in (("style", "no"), ("outline_color", "60,60,60,255"), ("outline_width", "0.4"))
    )
    return (
        '<!DOCTYPE qgis>\n<qgis styleCategories="Symbology" version="3.22.0"><renderer-v2 type="singleSymbol">'
        '<symbols><symbol type="fill" name="0" alpha="1"><layer class="SimpleFill" enabled="1" locked="0" pass="0">'
        f'<Option type="Map">{options}</Option></layer></symbol></symbols></renderer-v2></qgis>'
    )


def check(path: Path) -> None:
    """See that a file is a report that runs can be added to.

    Raises:
        RequestError: it is not.
    """
    with reading(path) as database:
        if not is_collection(database):
            raise RequestError(f"'{path.name}' is no report of a batch: choose another name for --out.")


def is_collection_file(path: Path) -> bool:
    """Whether a file is a report of many runs, and not that of a single answer; raises as `reading` does."""
    with reading(path) as database:
        return is_collection(database)


def is_collection(database: sqlite3.Connection) -> bool:
    """Whether a GeoPackage has the tables of a report of many runs."""
    there = {name for (name,) in database.execute("SELECT table_name FROM gpkg_contents")}
    return set(TABLES) <= there


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a report to read it.

    Raises:
        RequestError: it is not there, or no GeoPackage.
    """
    try:
        # Not opened as read-only: what a killed process left in the journal has to be rolled back first.
        with closing(sqlite3.connect(path.resolve().as_uri() + "?mode=rw", uri=True, timeout=5.0)) as database:
            yield database
    except sqlite3.Error as error:
        raise RequestError(f"'{path.name}' is no GeoPackage, or it is damaged: choose a report.") from error


def state(path: Path) -> tuple[set[str], dict[str, int]]:
    """The keys of tasks that have a run or were set aside, and how often others have been tried."""
    with reading(path) as database:
        done = {key for (key,) in database.execute("SELECT key FROM runs UNION SELECT key FROM failures")}
        return done, dict(database.execute("SELECT key, attempts FROM attempts").fetchall())


def answer(path: Path, task: Task) -> str:
    """What the model said to a task that has a run; "" where there is none."""
    with reading(path) as database:
        found = database.execute("SELECT answer FROM answers WHERE run = ?", (_run_of(task.key),)).fetchone()
        return found[0] if found else ""


def begin(path: Path, key: str) -> int:
    """Record that a task is about to be tried.

    Returns:
        How often it has been tried with this time.
    """
    with transaction(path) as database:
        return _begin(database, key)


def _begin(database: sqlite3.Connection, key: str) -> int:
    found = database.execute("SELECT attempts FROM attempts WHERE key = ?", (key,)).fetchone()
    count = 1 + (found[0] if found else 0)
    _set_attempts(database, key, count)
    return count


def take_back(path: Path, key: str) -> None:
    """An attempt was stopped by the user: it does not count."""
    with transaction(path) as database:
        found = database.execute("SELECT attempts FROM attempts WHERE key = ?", (key,)).fetchone()
        _set_attempts(database, key, found[0] - 1 if found else 0)


def _set_attempts(database: sqlite3.Connection, key: str, count: int) -> None:
    database.execute("DELETE FROM attempts WHERE key = ?", (key,))
    if count > 0:
        _insert(database, "attempts", [{"key": key, "attempts": count}])


def set_aside(path: Path, task: Task, reason: str, traceback: str, attempts: int) -> None:
    """Record that there is no result of a task, and why."""
    row = {"key": task.key, "scene": task.name, "question": task.request.question, "reason": reason,
           "traceback": traceback, "attempts": attempts}  # fmt: skip
    with transaction(path) as database:
        _set_attempts(database, task.key, 0)
        database.execute("DELETE FROM failures WHERE key = ?", (task.key,))
        _insert(database, "failures", [row])


def take_in(path: Path, report: Path, task: Task | None = None, then: str | None = None) -> bool:
    """Add the GeoPackage of one run, in one transaction.

    Args:
        path: of the collection.
        report: as `evidence.geopackage.write_report` makes it.
        task: what it answers; None: of the dock or of `ask`; its run is then named by its record.
        then: key of the task that is tried next, recorded as by `begin`: a second wait for the disk would be felt.

    Returns:
        Whether it was added; one that is there already is not added again.

    Raises:
        RequestError: it is no report.
        OutputError: the collection cannot be written.
    """
    rows = _rows_of(report, task)
    (about,) = rows["runs"]
    with transaction(path) as database:
        if then is not None:
            _begin(database, then)
        if database.execute("SELECT 1 FROM runs WHERE run = ?", (about["run"],)).fetchone():
            return False
        for table in _OF_RUNS:
            _insert(database, table, rows[table])
        _style(database, {str(row["phrase"]) for row in rows["evidence"]})
        if task is not None:
            _set_attempts(database, task.key, 0)
    return True


def take_in_all(path: Path, other: Path) -> int:
    """Add every run and failure of another collection that is not there yet, in one transaction.

    Returns:
        How many runs were added.
    """
    with reading(other) as source, transaction(path) as database:
        there = {run for (run,) in database.execute("SELECT run FROM runs")}
        done = {key for (key,) in database.execute("SELECT key FROM runs UNION SELECT key FROM failures")}
        new = 0
        for table in (*_OF_RUNS, "failures"):
            fields = [*(("geom",) if TABLES[table][0] else ()), *TABLES[table][1]]
            names = ", ".join(map(quoted, fields))
            found = source.execute(sql("SELECT", names, "FROM", quoted(table), "ORDER BY fid"))
            rows = [dict(zip(fields, row, strict=True)) for row in found]
            rows = [row for row in rows if (row["run"] not in there if "run" in row else row["key"] not in done)]
            for row in rows:
                if row.get("geom"):
                    row["geom"] = shape_of(row["geom"])
            new += len(rows) if table == "runs" else 0
            _insert(database, table, rows)
            if table == "evidence":
                _style(database, {str(row["phrase"]) for row in rows})
        # What failed in one report may have been answered in the other.
        database.execute("DELETE FROM failures WHERE key IN (SELECT key FROM runs)")
    return new


def _insert(database: sqlite3.Connection, table: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Add rows; a geometry, in WGS 84, is that of `geom`."""
    if not rows:
        return
    shapes = [row.get("geom") for row in rows]
    values = [
        tuple((shape and blob_of(shape, WGS84)) if name == "geom" else plain(value) for name, value in row.items())
        for row, shape in zip(rows, shapes, strict=True)
    ]
    names, marks = ", ".join(map(quoted, rows[0])), ", ".join("?" * len(rows[0]))
    database.executemany(sql("INSERT INTO", quoted(table), "(", names, ") VALUES (", marks, ")"), values)
    held = [shape for shape in shapes if shape is not None and not shape.is_empty]
    if held:
        x0, y0, x1, y1 = shapely.total_bounds(held).tolist()
        database.execute(
            "UPDATE gpkg_contents SET min_x = min(coalesce(min_x, ?1), ?1), min_y = min(coalesce(min_y, ?2), ?2), "
            "max_x = max(coalesce(max_x, ?3), ?3), max_y = max(coalesce(max_y, ?4), ?4) WHERE table_name = ?5",
            (x0, y0, x1, y1, table),
        )
    database.execute(
        "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE table_name = ?", (table,)
    )


def _style(database: sqlite3.Connection, phrases: set[str]) -> None:
    """Let the layer of evidence have a colour for each of these phrases, too."""
    (style,) = database.execute("SELECT styleQML FROM layer_styles WHERE f_table_name = 'evidence'").fetchone()
    known = phrases_of(style)
    if not phrases <= set(known):
        style = by_phrase(sorted(phrases.union(known)))
        database.execute("UPDATE layer_styles SET styleQML = ? WHERE f_table_name = 'evidence'", (style,))


def _run_of(key: str) -> str:
    return key[:16]


def _rows_of(path: Path, task: Task | None) -> dict[str, list[dict[str, object]]]:
    """What a run adds to each table."""
    with reading(path) as source:
        for name, function in SPATIAL_FUNCTIONS.items():
            source.create_function(name, 1, function)
        try:
            text, asked = source.execute("SELECT report, request FROM run").fetchone()
            report = Report.model_validate_json(text)
            request = task.request if task else AskRequest.model_validate_json(asked) if asked else None
        except (sqlite3.Error, TypeError, ValidationError) as error:
            raise RequestError(
                f"'{path.name}' is no report of TerraScope: choose a GeoPackage of an answer."
            ) from error
        key = task.key if task else key_of(request) if request else hashlib.sha256(text.encode()).hexdigest()
        run = _run_of(key) if task else hashlib.sha256(text.encode()).hexdigest()[:16]
        days = {date.image: date.date for date in report.dates}
        evidence = [
            {"run": run, "date": days.get(step.image), **row}
            for step in report.steps
            for row in _features(source, step.layer, list(TABLES["evidence"][1])[1:], ("date",), report.scene.crs)
        ]
        distances = [
            {"run": run, **row}
            for row in _features(source, "distances", list(TABLES["distances"][1])[1:], (), report.scene.crs)
        ]
    scene = task.name if task else Path(_images(report)[0]).stem
    return {
        "runs": [_run_row(run, key, scene, report, request)],
        "answers": [
            {
                "run": run,
                "scene": scene,
                "question": report.question,
                "answer": report.answer,
                "reasoning": report.reasoning,
                "claims": json.dumps([claim.model_dump() for claim in report.claims], ensure_ascii=False),
                "claims_agree": sum(claim.agrees is True for claim in report.claims),
                "claims_disagree": sum(claim.agrees is False for claim in report.claims),
                "report": text,
            }
        ],
        "evidence": evidence,
        "distances": distances,
        "changes": [{"run": run, **change.model_dump()} for change in report.changes],
        "series": [{"run": run, **point.model_dump()} for point in report.series],
    }


def _run_row(run: str, key: str, scene: str, report: Report, request: AskRequest | None) -> dict[str, object]:
    found, model = report.scene, report.model
    box = shapely.box(*found.bounds)
    # In degrees the sides of a footprint are no straight lines.
    (footprint,) = _in_degrees([shapely.segmentize(box, max(box.length / 128, 1e-9))], found.crs)
    return {
        "geom": footprint,
        "run": run,
        "key": key,
        "scene": scene,
        "images": json.dumps(_images(report), ensure_ascii=False),
        "dates": json.dumps([date.date for date in report.dates]),
        "crs": found.crs,
        "ellipsoid": found.ellipsoid,
        "width": found.width,
        "height": found.height,
        "valid_area_ha": found.valid_area_ha,
        "model": model.name,
        "revision": model.revision,
        "sha256": model.sha256,
        "tier": model.tier,
        "device": model.device,
        "versions": json.dumps(report.versions),
        "seconds": sum(report.timings.values()),
        "started": report.started,
        "finished": report.finished,
        "warnings": json.dumps(report.warnings, ensure_ascii=False),
        "request": request and request.model_copy(update={"out": None, "picture": None}).model_dump_json(),
    }


def _images(report: Report) -> list[str]:
    return [image.path for date in report.dates for image in (date.optical, date.sar) if image is not None]


def _features(
    source: sqlite3.Connection, layer: str, fields: Sequence[str], absent: Sequence[str], crs: str
) -> list[dict[str, object]]:
    """The features of a layer of a run, with their geometry in WGS 84; [] where the layer was deleted."""
    if not source.execute("SELECT 1 FROM gpkg_contents WHERE table_name = ?", (layer,)).fetchone():
        return []
    taken = [name for name in fields if name not in absent]
    names = ", ".join(map(quoted, ("geom", *taken)))
    found = source.execute(sql("SELECT", names, "FROM", quoted(layer), "ORDER BY fid")).fetchall()
    shapes = _in_degrees([blob and shape_of(blob) for blob, *_ in found], crs)
    return [{"geom": shape, **dict(zip(taken, row[1:], strict=True))} for shape, row in zip(shapes, found, strict=True)]


def _in_degrees(shapes: Sequence[shapely.Geometry | None], crs: str) -> list[shapely.Geometry | None]:
    convert = pyproj.Transformer.from_crs(crs, WGS84, always_xy=True)

    def moved(points: np.ndarray) -> np.ndarray:
        return np.column_stack(convert.transform(points[:, 0], points[:, 1]))

    return [shape and shapely.transform(shape, moved) for shape in shapes]
