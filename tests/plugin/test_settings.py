from __future__ import annotations

import os
from pathlib import Path

import pytest

from terrascope_qgis.client.runtime_home import RuntimeHome, interpreter_in, runtime_requirements, write_stamp
from terrascope_qgis.settings import PLUGIN_ROOT, Settings


def test_settings_come_back_as_they_were_saved(settings: Settings) -> None:
    changed = Settings(
        runtime_python="/opt/python",
        runs_folder="/data/runs",
        model="/m",
        model_name="M",
        model_folders="/m\n/n o",
        tier="int8",
        sign_in="abc1234",
        profile="published",
        add_layers=False,
    )
    changed.save()
    assert Settings.load() == changed


def test_the_interpreter_is_the_setting_then_the_variable_then_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERRASCOPE_RUNTIME_PYTHON", "/from/variable")
    assert Settings(runtime_python="/from/setting").interpreter() == "/from/setting"
    assert Settings().interpreter() == "/from/variable"
    monkeypatch.delenv("TERRASCOPE_RUNTIME_PYTHON")
    assert Path(Settings().interpreter()).is_relative_to(PLUGIN_ROOT / ".envs" / "runtime")


def test_an_environment_in_the_profile_comes_before_the_checkouts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("TERRASCOPE_RUNTIME_PYTHON", raising=False)
    home, requirements = RuntimeHome(tmp_path), runtime_requirements(PLUGIN_ROOT)
    monkeypatch.setattr("terrascope_qgis.settings.profile_home", lambda: home)
    of_others = make_environment(tmp_path / "env-00000000")
    assert Settings().interpreter_and_origin() == (str(of_others), "profile")  # better than none, until it is updated
    wanted = make_environment(home.environment(requirements))
    os.utime(home.environment(requirements) / "stamp.json", (0, 0))  # however old
    assert Settings().interpreter_and_origin() == (str(wanted), "profile")
    wanted.unlink()  # as when the Python it was made from has gone
    assert Settings().interpreter() == str(of_others)
    assert home.outdated(requirements) == [tmp_path / "env-00000000"]


def make_environment(folder: Path) -> Path:
    python = interpreter_in(folder)
    python.parent.mkdir(parents=True)
    python.touch()
    write_stamp(folder, {"python": "3.11.2"})
    return python


def test_runs_are_kept_in_the_profile_unless_told_otherwise(tmp_path: Path, qgis_app: object) -> None:
    assert Settings(runs_folder=str(tmp_path)).runs() == tmp_path
    assert Settings().runs().parts[-2:] == ("terrascope", "runs")


def test_the_chosen_model_has_a_name_and_its_folder_is_listed(tmp_path: Path) -> None:
    assert Settings().model_title() == "terrascope-nano"
    assert Settings().own_folders() == []
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    chosen = Settings(model=str(tmp_path / "link"), model_folders=f"{tmp_path / 'gone'}\n{tmp_path / 'real'}")
    assert chosen.model_title() == "link"
    assert chosen.own_folders() == [str(tmp_path / "real")]
    assert chosen.model_id() == str(tmp_path / "real")
