"""The GeoPackage of a run, changed in place in one transaction, while QGIS may have it open.

A file that QGIS edits is in SQLite's write-ahead mode, where others can write between its own transactions; the file
is never replaced under its readers. GDAL's triggers keep the spatial index; they call functions that SQLite itself
lacks, so they are given here.
"""

from __future__ import annotations

import os
import sqlite3
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import shapely
from pydantic import ValidationError
from shapely.errors import ShapelyError

from ..errors import OutputError, RequestError
from ..protocol import Report

BUSY_S = 5.0
_ENVELOPE_DOUBLES = (0, 4, 6, 6, 8)  # by the indicator in the header of a geometry (GeoPackage 1.2, section 2.1.3)


class ReportFile:
    """What `opened` gives: the record and the layers of one run, inside a transaction."""

    def __init__(self, database: sqlite3.Connection, name: str) -> None:
        self._database = database
        self._name = name

    def report(self) -> Report:
        """The record of the run.

        Raises:
            RequestError: the file has none, or it is damaged.
        """
        try:
            (text,) = self._database.execute("SELECT report FROM run").fetchone()
            return Report.model_validate_json(text)
        except (sqlite3.DatabaseError, TypeError, ValidationError) as error:
            raise RequestError(
                f"'{self._name}' is no report of TerraScope, or it is damaged: choose a GeoPackage of an answer."
            ) from error

    def polygons(self, layer: str) -> list[shapely.Geometry]:
        """The polygons of a layer, made valid, in its own coordinates.

        Raises:
            RequestError: the layer is missing, or a shape in it is no polygon.
        """
        if not self.has(layer):
            raise RequestError(f"'{self._name}' has no layer '{layer}' any more: ask again.")
        rows = self._database.execute(sql("SELECT geom FROM", quoted(layer))).fetchall()
        try:
            shapes = [shapely.force_2d(shape_of(blob)) for (blob,) in rows if blob]
        except (ShapelyError, struct.error, IndexError, TypeError):
            shapes = [shapely.Point()]
        if any(shape.geom_type not in ("Polygon", "MultiPolygon") for shape in shapes):
            raise RequestError(
                f"The layer '{layer}' of '{self._name}' has a shape that is no polygon: delete or redraw it."
            )
        parts = shapely.get_parts(shapely.make_valid(shapely.get_parts(shapes)))
        # What encloses nothing is left over where a polygon that crossed itself was mended.
        return [part for one in parts for part in shapely.get_parts(one) if part.geom_type == "Polygon" and part.area]

    def has(self, table: str) -> bool:
        """Whether there is a layer or table of that name."""
        found = self._database.execute("SELECT 1 FROM gpkg_contents WHERE table_name = ?", (table,))
        return found.fetchone() is not None

    def replace_layer(
        self,
        layer: str,
        shapes: Sequence[shapely.Geometry | None],
        columns: Mapping[str, np.ndarray],
        of_phrase: str | None = None,
    ) -> None:
        """Give a layer other features.

        Args:
            layer: name.
            shapes: of the features, in the CRS of the layer.
            columns: values of the features by the names of their fields.
            of_phrase: only features of that phrase are replaced, and these are of it; None: all.
        """
        query = "SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = ?"
        (srs_id,) = self._database.execute(query, (layer,)).fetchone()
        blobs = np.array([None if shape is None else blob_of(shape, srs_id) for shape in shapes], object)
        self.replace_rows(layer, {"geom": blobs, **columns}, of_phrase)
        stored = self._database.execute(sql("SELECT geom FROM", quoted(layer))).fetchall()
        held = [shape_of(blob) for (blob,) in stored if blob]
        bounds = shapely.total_bounds(held) if held else np.full(4, np.nan)
        self._database.execute(
            "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?",
            (*map(plain, bounds), layer),
        )

    def replace_rows(self, table: str, columns: Mapping[str, np.ndarray], of_phrase: str | None = None) -> None:
        """Give a table other rows; see `replace_layer`."""
        delete = sql("DELETE FROM", quoted(table))
        if of_phrase is None:
            self._database.execute(delete)
        else:
            self._database.execute(sql(delete, "WHERE phrase = ?"), (of_phrase,))
        names, marks = ", ".join(map(quoted, columns)), ", ".join("?" * len(columns))
        rows = zip(*(map(plain, column) for column in columns.values()), strict=True)
        self._database.executemany(sql("INSERT INTO", quoted(table), "(", names, ") VALUES (", marks, ")"), rows)
        self._touch(table)

    def keep(self, report: Report, warnings: str) -> None:
        """Write the record of the run.

        Args:
            report: the record.
            warnings: of it, as JSON, for the column of that name.
        """
        self._database.execute("UPDATE run SET report = ?, warnings = ?", (report.model_dump_json(), warnings))
        self._touch("run")

    def _touch(self, table: str) -> None:
        now = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
        self._database.execute(sql("UPDATE gpkg_contents SET last_change =", now, "WHERE table_name = ?"), (table,))


@contextmanager
def opened(path: str | os.PathLike[str]) -> Iterator[ReportFile]:
    """Open the file of a run to be changed; all changes are there when the block ends well, else none.

    Raises:
        RequestError: it is not there, or no GeoPackage.
        OutputError: it cannot be written, or another program is writing.
    """
    with transaction(path) as database:
        yield ReportFile(database, Path(path).name)


@contextmanager
def transaction(path: str | os.PathLike[str]) -> Iterator[sqlite3.Connection]:
    """One transaction on a GeoPackage, with the functions that GDAL's triggers call; raises as `opened` does."""
    file = Path(os.path.expanduser(path))  # Path's own raises for a user that there is not
    if not os.path.isfile(file):  # and for a name that is too long
        raise RequestError(f"'{file.name}' is not there: choose an existing report.")
    try:
        database = sqlite3.connect(file.resolve().as_uri() + "?mode=rw", uri=True, timeout=BUSY_S, isolation_level=None)
    except sqlite3.Error as error:
        raise OutputError(f"'{file.name}' cannot be opened for writing: check its permissions.") from error
    try:
        for name, function in SPATIAL_FUNCTIONS.items():
            database.create_function(name, 1, function, deterministic=True)
        database.execute("BEGIN IMMEDIATE")
        yield database
        database.execute("COMMIT")
    except sqlite3.OperationalError as error:
        locked = "locked" in str(error)
        raise OutputError(
            f"'{file.name}' is being written by another program: save your edits there and try again."
            if locked
            else f"'{file.name}' cannot be written ({error}): check its permissions and the space on the disk."
        ) from error
    except sqlite3.DatabaseError as error:
        raise RequestError(f"'{file.name}' is no GeoPackage, or it is damaged: choose a report.") from error
    finally:
        database.close()  # what was not committed is undone


def sql(*parts: str) -> str:
    """A statement; names of tables, which cannot be parameters, are quoted."""
    return " ".join(parts)


def quoted(name: str) -> str:
    """The name of a table or a column, for a statement."""
    return '"' + name.replace('"', '""') + '"'


def plain(value: object) -> object:
    """A value as SQLite takes it; NaN is NULL."""
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and value != value else value


def blob_of(shape: shapely.Geometry, srs_id: int) -> bytes:
    """GeoPackage's own form: a little-endian header with the envelope, then WKB."""
    x0, y0, x1, y1 = shape.bounds
    return b"GP\x00\x03" + struct.pack("<i4d", srs_id, x0, x1, y0, y1) + shapely.to_wkb(shape)


def shape_of(blob: bytes) -> shapely.Geometry:
    """The geometry in GeoPackage's own form."""
    doubles = _ENVELOPE_DOUBLES[blob[3] >> 1 & 7]
    return shapely.from_wkb(blob[8 + 8 * doubles :])


def _side(number: int) -> Callable[[bytes], float | None]:
    def side(blob: bytes | None) -> float | None:
        shape = shape_of(blob) if blob else None
        return None if shape is None or shape.is_empty else shape.bounds[number]

    return side


SPATIAL_FUNCTIONS: dict[str, Callable] = {
    "ST_IsEmpty": lambda blob: None if blob is None else int(shape_of(blob).is_empty),
    "ST_MinX": _side(0),
    "ST_MinY": _side(1),
    "ST_MaxX": _side(2),
    "ST_MaxY": _side(3),
}
