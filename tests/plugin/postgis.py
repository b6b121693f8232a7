"""A PostGIS database of its own, for one raster: a cluster in a folder, reached through a socket in it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_LIMIT_S = 120


@contextmanager
def serving(folder: Path, raster: Path) -> Iterator[str]:
    """Serve a raster as the table `lake`, and yield its address as QGIS writes it.

    Args:
        folder: an empty one with a short name (a socket's path has 100 characters); made accessible to everybody.
        raster: in EPSG:32633.
    """
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    loader = shutil.which("raster2pgsql")
    if not programs or loader is None:
        pytest.skip("PostGIS is not installed: apt-get install postgresql-postgis postgis")
    # PostgreSQL does not run as root.
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder.chmod(0o777)

    def run(program: str, *words: str, text: str | None = None) -> None:
        command = [*user, str(programs[-1] / program), *words]
        # The server inherits what it is started with: a pipe would stay open for as long as it runs.
        subprocess.run(
            command, input=text, text=True, check=True, timeout=_LIMIT_S, cwd=folder, stdout=subprocess.DEVNULL
        )

    data = str(folder / "data")
    run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync")
    run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", f"-F -c listen_addresses= -k {folder}", "start")
    try:
        tables = subprocess.run(
            [loader, "-q", "-C", "-M", "-t", "64x64", "-s", "32633", str(raster), "lake"],
            check=True,
            capture_output=True,
            text=True,
            timeout=_LIMIT_S,
        ).stdout
        script = f"SET client_min_messages = warning; CREATE EXTENSION postgis_raster CASCADE;\n{tables}"
        run("psql", "-h", str(folder), "-U", "postgres", "-q", "-v", "ON_ERROR_STOP=1", text=script)
        yield f"dbname='postgres' host='{folder}' user='postgres' key='rid' table=\"public\".\"lake\" (rast)"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "stop")
