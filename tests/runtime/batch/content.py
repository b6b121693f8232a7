"""What a report holds, to be compared with another one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from model_runtime.batch import collection

_OF_TIME = {"fid", "seconds", "started", "finished", "report"}


def content(path: Path) -> dict[str, list[tuple]]:
    """All rows of a report without what tells the time."""
    with sqlite3.connect(path) as database:
        found = {}
        for table, (geometry, fields) in collection.TABLES.items():
            names = [name for name in (*fields, *(("geom",) if geometry else ())) if name not in _OF_TIME]
            rows = database.execute(f"SELECT {', '.join(names)} FROM {table}")  # noqa: S608 - our own names
            found[table] = sorted(rows, key=repr)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for table in ("runs", "evidence"):
            (indexed,) = database.execute(f"SELECT count(*) FROM rtree_{table}_geom").fetchone()  # noqa: S608
            assert indexed == len(found[table])
    return found
