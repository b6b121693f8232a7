"""How a question ended: with an answer that is whole, or with one sentence that the user can act on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from qgis.gui import QgsMessageBar

from terrascope_qgis.errors import TerraScopeError


def one_sentence(failure: object, bar: QgsMessageBar) -> str:
    """The sentence that the message bar shows for a failure."""
    assert isinstance(failure, TerraScopeError), failure
    sentence = failure.user_message
    assert sentence in bar.currentItem().text()
    assert sentence.rstrip().endswith(".")
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    assert "in a way it should not" not in sentence
    assert len(sentence) < 250
    return sentence


def is_whole(geopackage: Path) -> None:
    """Assert that SQLite finds nothing wrong with a file, and that there is an answer in it."""
    with closing(sqlite3.connect(f"file:{geopackage}?mode=ro", uri=True)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM run").fetchone() == (1,)
