"""When folders were changed."""

from __future__ import annotations

import os
from pathlib import Path

from terrascope_qgis.core.folder_times import folder_times


def test_what_comes_goes_or_changes_in_or_beside_a_folder_is_seen(tmp_path: Path) -> None:
    models = tmp_path / "models"
    folder, file = models / "heath", models / "heath" / "config.json"
    assert folder_times([str(folder)]) == {}
    for change in (models.mkdir, folder.mkdir, file.touch, (models / "bog").mkdir, file.unlink, folder.rmdir):
        for place in (folder, models):  # two changes may fall into one tick of the clock
            if place.exists():
                os.utime(place, ns=(0, 0))
        before = folder_times([str(folder)])
        change()
        assert folder_times([str(folder)]) != before, change
    assert set(folder_times([str(folder)])) == {str(models)}


def test_nothing_changed_is_nothing_new(tmp_path: Path) -> None:
    (tmp_path / "heath").mkdir()
    folders = [str(tmp_path / "heath"), "/nowhere/at/all"]
    assert folder_times(folders) == folder_times(folders) != {}
    assert folder_times([]) == {}
