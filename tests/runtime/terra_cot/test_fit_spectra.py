"""The table of real spectra: what it was fitted to, and that the materials said to be real lie within it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import pytest

from model_runtime.errors import OutputError, RequestError
from model_runtime.terra_cot.fit_spectra import FOLDERS, TOP_OF_ATMOSPHERE, Row, as_json, fit, load
from model_runtime.terra_cot.scene_cli import register
from model_runtime.terra_cot.sky import PATH_REFLECTANCE
from model_runtime.terra_cot.spectra import CLASSES, CODE, MATERIALS, NUMBER, OPTICAL_BANDS, SPECTRA, Material

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data"
REAL = [material for material in MATERIALS if material.source != "known"]
# Deviations of the logarithm that a row may be off, in each band; pixels of flat ground differ less than places do.
WITHIN, LEAST_STD = 2.3, 0.1


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    register(parser.add_subparsers())
    args = parser.parse_args(["spectra", *words])
    return args.run(args)


def test_the_table_is_whole() -> None:
    rows = load()
    assert {row.source for row in rows} == set(FOLDERS) and {row.name for row in rows} <= set(CLASSES)
    for row in rows:
        assert row.pixels >= 30
        assert list(row.mean) == list(row.log_std) == [band for band in OPTICAL_BANDS if band in row.mean]
        assert all(0 <= value < 1.2 for value in row.mean.values()) and len(row.mean) >= 4
        assert (row.vv_db is None) == (row.vh_db is None) and (row.vv_db is None or row.vh_db < row.vv_db - 3)
    for row in (row for row in rows if row.sub_type == 0):
        parts = [r.pixels for r in rows if (r.source, r.name, r.certain) == (row.source, row.name, row.certain)][1:]
        assert not parts or 0.9 * row.pixels < sum(parts) <= row.pixels


def _far(material: Material, row: Row, haze: float) -> float:
    """How far a material is from a row where it is farthest, in deviations."""
    bands = [OPTICAL_BANDS.index(band) for band in row.mean]
    ratio = (SPECTRA[NUMBER[material.name]] + haze * PATH_REFLECTANCE)[bands] / list(row.mean.values())
    return float(np.max(np.abs(np.log(ratio)) / np.maximum(list(row.log_std.values()), LEAST_STD)))


@pytest.mark.parametrize("material", REAL, ids=lambda material: material.name)
def test_a_material_with_a_real_source_lies_within_its_pixels(material: Material) -> None:
    source = material.source.split()[0].rstrip(",")
    rows = [row for row in load() if row.source == source and CODE[row.name] == material.label]
    hazes = np.linspace(0, 1.4, 15) if source in TOP_OF_ATMOSPHERE else [0.0]
    assert min(_far(material, row, haze) for row in rows for haze in hazes) < WITHIN


def test_a_material_of_another_class_would_not() -> None:
    """The bounds can fail: most materials are outside of the pixels of most classes."""
    rows = [row for row in load() if row.source == "terramesh" and row.sub_type]
    outside = [
        min(_far(material, row, 0.0) for row in rows if row.name == name) > WITHIN
        for name in {row.name for row in rows}
        for material in MATERIALS
        if material.label not in (0, CODE[name])
    ]
    assert np.mean(outside) > 0.7


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not here")
def test_the_table_is_what_the_data_gives() -> None:
    fitted = fit(SHARED)
    for made, kept in zip(fitted, load(), strict=True):
        assert (made.source, made.name, made.certain, made.sub_type) == (
            kept.source, kept.name, kept.certain, kept.sub_type,
        )  # fmt: skip
        assert made.pixels == pytest.approx(kept.pixels, rel=0.02)
        assert made.mean == pytest.approx(kept.mean, rel=0.02, abs=5e-4)
        assert made.bright == pytest.approx(kept.bright, abs=0.01)


def test_the_command_prints_the_table_and_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run() == 0
    assert len(capsys.readouterr().out.splitlines()) == 1 + len(load())
    with pytest.raises(RequestError, match="holds none of terramesh"):
        _run("--data", str(tmp_path))
    with pytest.raises(RequestError, match="--data"):
        _run("--out", str(tmp_path / "a.json"))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not here")
def test_the_command_writes_what_it_fitted(tmp_path: Path) -> None:
    (tmp_path / "eurosat_ms_4patches").symlink_to(SHARED / "eurosat_ms_4patches")
    assert _run("--data", str(tmp_path), "--out", str(tmp_path / "a.json")) == 0
    made = [Row(**row) for row in json.loads((tmp_path / "a.json").read_text())]
    kept = [row for row in load() if row.source == "eurosat"]
    assert [(row.name, row.sub_type) for row in made] == [(row.name, row.sub_type) for row in kept]
    assert as_json(made) == (tmp_path / "a.json").read_text()
    with pytest.raises(OutputError, match="could not be written"):
        _run("--data", str(tmp_path), "--out", str(tmp_path / "none" / "a.json"))
