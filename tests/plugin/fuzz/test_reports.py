"""A report that somebody else wrote, or that was damaged, is shown in the dock or refused in a sentence."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsProject

from terrascope_qgis.core.open_report import open_report, pieces
from terrascope_qgis.errors import TerraScopeError
from terrascope_qgis.gui.dock import TerraScopeDock
from tests.plugin.fuzz.test_frames import assert_sound, changed
from tests.seeds import seeds

REPOSITORY = Path(__file__).resolve().parents[3]
COLUMNS = (
    ("SELECT report FROM run", "UPDATE run SET report = ?"),
    ("SELECT request FROM run", "UPDATE run SET request = ?"),
)


def strange_report(dice: random.Random, path: Path) -> None:
    what = dice.random()
    if what < 0.65:
        with closing(sqlite3.connect(path)) as database:
            for read, write in COLUMNS:
                (text,) = database.execute(read).fetchone()
                if dice.random() < 0.7 and text:
                    data = json.loads(text)
                    for _ in range(dice.randint(1, 5)):
                        data = changed(dice, data)
                    text = json.dumps(data)
                elif dice.random() < 0.2:
                    text = dice.choice((None, "", "{}", "[", 5, b"\0\1", "[" * 100_000))
                database.execute(write, (text,))
            if dice.random() < 0.1:
                database.execute(dice.choice(("DELETE FROM run", "DROP TABLE run", "DELETE FROM gpkg_contents")))
            database.commit()
        return
    data = bytearray(path.read_bytes())
    if what < 0.9:
        for _ in range(dice.randint(1, 200)):
            data[dice.randrange(len(data))] = dice.randrange(256)
    else:
        del data[dice.randrange(len(data)) :]
    path.write_bytes(data)


@pytest.fixture(scope="module")
def kept(runtime_python: str, scene_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a real answer."""
    out = tmp_path_factory.mktemp("kept") / "kept.gpkg"
    words = [
        "ask",
        "--optical",
        str(scene_path),
        "--question",
        "How many hectares of water are there?",
        "--out",
        str(out),
    ]
    subprocess.run(
        [runtime_python, "-m", "model_runtime", *words], cwd=REPOSITORY, check=True, capture_output=True, timeout=300
    )
    return out


@pytest.mark.parametrize("seed", seeds(50))
def test_it_is_shown_or_refused(seed: int, kept: Path, dock: TerraScopeDock, tmp_path: Path, qtbot: QtBot) -> None:
    dice, path = random.Random(seed), tmp_path / "kept.gpkg"
    shutil.copy(kept, path)
    strange_report(dice, path)
    try:
        opened = open_report(path)
    except TerraScopeError as refusal:
        assert "kept.gpkg" in str(refusal)
        opened = None
    before = dock.run_shown()
    dock.keeping.open(path)
    if opened is None:
        qtbot.wait(20)
        assert dock.run_shown() is before
        return
    assert_sound(opened.report)
    assert all(isinstance(piece.text, str) for piece in pieces(opened.report))
    qtbot.waitUntil(lambda: dock.run_shown() is not before, timeout=20_000)
    qtbot.wait(300)  # its layers come in turns of the window's loop
    QgsProject.instance().clear()
