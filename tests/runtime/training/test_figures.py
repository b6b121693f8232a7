"""Figures of an evaluation on their way into a model's config."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from model_runtime.errors import RequestError
from model_runtime.model.config import TerraScopeConfig
from model_runtime.training.figures import read_class_quality
from model_runtime.training.recipe import NANO_CONFIG


def written(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content), "utf-8")
    return path


def test_what_was_measured_is_kept_by_phrase_and_the_rest_left_out(tmp_path: Path) -> None:
    rows = {
        "water": {"iou": 0.8, "coverage_error_pct": 1.5, "places": 4},
        "built-up": {"iou": 0.5, "coverage_error_pct": 2.5, "places": 4},
        "snow and ice": {"iou": None, "coverage_error_pct": 0.0, "places": 0},
    }
    read = read_class_quality(written(tmp_path / "e.json", {"model": {}, "class_quality": {"rgb+nir": rows}}))
    by_phrase = {
        "water": {"iou": 0.8, "coverage_error_pct": 1.5},
        "built-up area": {"iou": 0.5, "coverage_error_pct": 2.5},
    }
    assert read == {"rgb+nir": by_phrase}


def test_a_config_takes_what_was_read(tmp_path: Path) -> None:
    read = read_class_quality(
        written(tmp_path / "e.json", {"class_quality": {"sar": {"water": {"iou": 1, "coverage_error_pct": 0}}}})
    )
    llm = {**NANO_CONFIG["llm_config"], "vocab_size": 512}
    config = TerraScopeConfig.model_validate({**NANO_CONFIG, "llm_config": llm, "class_quality": read})
    assert config.class_quality["sar"]["water"].iou == 1.0


@pytest.mark.parametrize(
    "content",
    [[], {}, {"class_quality": 3}, {"class_quality": {"rgb": 3}}, {"class_quality": {"rgb": {"water": {}}}}],
)
def test_a_file_without_figures_is_refused(tmp_path: Path, content: object) -> None:
    with pytest.raises(RequestError, match=r"e\.json has no figures by class"):
        read_class_quality(written(tmp_path / "e.json", content))


@pytest.mark.parametrize("iou", [1.2, -0.1, float("nan"), "good"])
def test_a_figure_that_cannot_be_is_refused(tmp_path: Path, iou: object) -> None:
    row = {"iou": iou, "coverage_error_pct": 1.0}
    with pytest.raises(RequestError, match=r"rgb\.water\.iou"):
        read_class_quality(written(tmp_path / "e.json", {"class_quality": {"rgb": {"water": row}}}))


def test_what_is_not_there_or_no_json_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="cannot be read"):
        read_class_quality(tmp_path / "none.json")
    (tmp_path / "bad.json").write_bytes(b"\xff\xfe{")
    with pytest.raises(RequestError, match="has no figures by class"):
        read_class_quality(tmp_path / "bad.json")
