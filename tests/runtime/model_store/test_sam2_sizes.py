"""Sizes of SAM-2 that lie beside a model whose config leaves them implied."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from model_runtime.__main__ import main
from model_runtime.errors import ModelError
from model_runtime.model_store.keeper import Keeper
from model_runtime.model_store.sam2_sizes import config_of


@pytest.fixture
def model(goldens: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "models" / "m"
    shutil.copytree(goldens / "checkpoint", folder, copy_function=shutil.copyfile)
    folder.chmod(0o755)
    return folder


def test_sizes_are_looked_for_where_the_config_says_nothing(goldens: Path, model: Path, tmp_path: Path) -> None:
    cases = tmp_path / "cases"
    cases.mkdir()
    assert config_of(model, cases)[1] is None
    beside = shutil.copyfile(goldens / "sam2_tiny.json", model.parent / "sam2_tiny.json")
    assert config_of(model, cases)[1] == beside
    nearer = shutil.copyfile(goldens / "sam2_tiny.json", cases / "sam2_tiny.json")
    config, used = config_of(model, cases)
    assert (used, config.grounding_config.embed_dim, config.grounding_config.d_model) == (nearer, 16, 64)
    assert config_of(model)[1] == beside
    assert config_of(model, cases, beside)[1] == beside
    shutil.copyfile(nearer, cases / "sam2_other.json")
    with pytest.raises(ModelError, match="name it with --sam2"):
        config_of(model, cases)
    path = model / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"grounding_config": {}}), "utf-8")
    assert config_of(model, cases)[1] is None


def test_such_a_model_is_verified_copied_and_loaded(goldens: Path, model: Path, tmp_path: Path) -> None:
    assert main(["models", "verify", str(model)]) == 2  # its SAM-2 is not Hiera-L, and nothing says what it is
    shutil.copyfile(goldens / "sam2_tiny.json", model.parent / "sam2_tiny.json")
    assert main(["models", "verify", str(model)]) == 0
    assert main(["models", "synth", "--like", str(model), "--out", str(tmp_path / "made")]) == 0
    assert main(["models", "verify", str(tmp_path / "made")]) == 0  # its own config says it now
    assert Keeper("cpu").get(str(model)).config.grounding_config.embed_dim == 16


def test_a_file_that_is_not_there(model: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="There is no file"):
        config_of(model, None, tmp_path / "sizes.json")
