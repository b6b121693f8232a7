"""What a runtime that was killed leaves behind goes, and nothing else."""

from __future__ import annotations

import os
import time
from pathlib import Path

from terrascope_qgis.core.drafts import LEFT_S, remove_drafts, sweep

QUESTION = "20261129T073534_405557_how_many_hectares"


def left(folder: Path, name: str, age_s: float) -> Path:
    path = folder / name
    path.write_bytes(b"half")
    os.utime(path, (time.time() - age_s, time.time() - age_s))
    return path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_drafts_of_one_file_go_at_once(tmp_path: Path) -> None:
    target = tmp_path / "lake [1].gpkg"
    for name in (".lake [1].0123abcd.gpkg", ".lake [1].0123abcd.gpkg-journal"):
        left(tmp_path, name, 0)
    others = {".lake [1].note.gpkg", ".lake 1.0123abcd.gpkg", "lake [1].gpkg", ".lake [1].0123abcd.png"}
    for name in others:
        left(tmp_path, name, 0)
    remove_drafts(str(target))
    assert names(tmp_path) == others


def test_a_folder_of_runs_is_swept_of_old_ones(tmp_path: Path) -> None:
    old, fresh = LEFT_S + 60, LEFT_S - 60
    for name in (f".{QUESTION}.0123abcd.gpkg", f".{QUESTION}.89abcdef.gpkg-wal"):
        left(tmp_path, name, old)
    kept = {left(tmp_path, f".{QUESTION}.ffffffff.gpkg", fresh).name}
    for name in (f"{QUESTION}.gpkg", ".mine.0123abcd.gpkg", f".{QUESTION}.gpkg"):
        kept.add(left(tmp_path, name, old).name)
    sweep(tmp_path)
    assert names(tmp_path) == kept
