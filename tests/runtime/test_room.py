"""Memory that is free: of the machine, or what the groups that a process is in leave it."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from model_runtime import room


@pytest.fixture
def groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A process in the group `job` of the group `user`, neither with a limit."""
    own = tmp_path / "own"
    own.write_text("1:name=systemd:/x\n0::/user/job\n")
    (tmp_path / "groups" / "user" / "job").mkdir(parents=True)
    monkeypatch.setattr(room, "_GROUPS", tmp_path / "groups")
    monkeypatch.setattr(room, "_OWN_GROUP", own)
    return tmp_path / "groups"


def limited(group: Path, limit: str, taken: int, inactive: int) -> None:
    (group / "memory.max").write_text(f"{limit}\n")
    (group / "memory.current").write_text(f"{taken}\n")
    (group / "memory.stat").write_text(f"anon 5\ninactive_file {inactive}\nactive_file 7\n")


def test_without_a_limit_it_is_the_machines(groups: Path) -> None:
    limited(groups / "user", "max", 10**9, 0)
    assert room.free_bytes() > 1_000_000
    assert room.free_bytes() <= psutil.virtual_memory().total


def test_the_least_that_a_group_leaves_counts(groups: Path) -> None:
    limited(groups / "user" / "job", "5000000", 4_000_000, 200_000)
    assert room.free_bytes() == 1_200_000  # what files have left behind can be had again
    limited(groups / "user", "6000000", 5_500_000, 0)
    assert room.free_bytes() == 500_000
    limited(groups / "user", "6000000", 6_500_000, 0)
    assert room.free_bytes() == 0


def test_a_machine_without_groups_is_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_OWN_GROUP", tmp_path / "none")
    assert room.free_bytes() > 1_000_000
