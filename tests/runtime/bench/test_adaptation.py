"""What is timed is what is done: features once, then each way of showing."""

from __future__ import annotations

from pathlib import Path

from model_runtime.bench.adaptation import measure
from tests.runtime.model.small import write_small


def test_features_and_both_ways_of_showing_are_timed(tmp_path: Path) -> None:
    (tmp_path / "small").mkdir()
    write_small(tmp_path / "small")
    rows = measure(str(tmp_path / "small"), 96, 6)
    assert [row.what for row in rows] == ["features, once a scene", "clicks", "outlines"]
    assert all(0 < row.wall_s and 0 <= row.cpu_s for row in rows)
