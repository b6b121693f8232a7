"""A question with examples: masks, hectares and answer follow what is shown, and the report can repeat the run."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyogrio.raw
import pytest
import rasterio
import shapely
from rasterio.transform import from_origin

from model_runtime.__main__ import main
from model_runtime.terra_cot.dates import generate_dates

CRS = "EPSG:32633"
QUESTION = "How many hectares of forest are there?"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, np.ndarray]:
    """A generated scene as a GeoTIFF, and its labels."""
    path = tmp_path_factory.mktemp("place") / "S2_scene.tif"
    (scene,) = generate_dates(256, 9_500_003, cloud_share=0.0)
    names = ("B04", "B03", "B02", "B08", "B11", "B12")
    with rasterio.open(path, "w", driver="GTiff", width=256, height=256, count=6, dtype="uint16", crs=CRS,
                       transform=from_origin(500_000, 5_000_000, 10, 10)) as file:  # fmt: skip
        file.write((scene.bands.clip(0, 1) * 10_000).astype(np.uint16))
        file.descriptions = names
    return path, scene.labels


def save(path: Path, pixels: list[tuple[int, int]], phrase: str, inside: bool = True, append: bool = False) -> None:
    points = [shapely.Point(500_000 + 10 * column + 5, 5_000_000 - 10 * row - 5) for row, column in pixels]
    pyogrio.raw.write(
        path,
        geometry=np.array([shapely.to_wkb(point) for point in points], object),
        field_data=[np.full(len(points), phrase, object), np.full(len(points), inside, np.int32)],
        fields=["phrase", "inside"],
        layer="taught",
        driver="GPKG",
        geometry_type="Point",
        crs=CRS,
        append=append,
    )


def ask(scene: Path, out: Path, *more: str) -> dict:
    report = out.with_suffix(".json")
    arguments = ["ask", "--optical", str(scene), "--question", QUESTION, "--out", str(out), "--json", str(report)]
    assert main([*arguments, *more]) == 0
    return json.loads(report.read_text("utf-8"))


def clicks(labels: np.ndarray, code: int, count: int) -> list[tuple[int, int]]:
    found = np.argwhere(labels == code)
    return [tuple(found[i]) for i in np.linspace(0, len(found) - 1, count + 2).astype(int)[1:-1]]


def test_examples_teach_the_masks_they_are_about(place: tuple[Path, np.ndarray], tmp_path: Path) -> None:
    """What is clicked as forest is in the mask, what is clicked as none is not; the report says by how many."""
    scene, labels = place
    codes, counts = np.unique(labels[labels > 0], return_counts=True)
    largest, second = codes[counts.argsort()[::-1][:2]]
    shown, other = clicks(labels, largest, 6), clicks(labels, second, 6)
    save(tmp_path / "examples.gpkg", shown, "forest")
    save(tmp_path / "examples.gpkg", other, "forest", inside=False, append=True)
    alone = ask(scene, tmp_path / "alone.gpkg")
    taught = ask(scene, tmp_path / "taught.gpkg", "--examples", str(tmp_path / "examples.gpkg"))
    step = taught["steps"][0]
    assert step["phrase"] == "trees"
    assert step["area_ha"] != alone["steps"][0]["area_ha"]
    assert taught["taught"] == {"trees": 12}
    assert len(taught["examples"]) == 12
    assert any("follows 12 examples" in warning for warning in taught["warnings"])
    about, _, shapes, _ = pyogrio.raw.read(tmp_path / "taught.gpkg", layer=step["layer"])
    mask = shapely.union_all(shapely.from_wkb(shapes))
    at = [shapely.Point(500_000 + 10 * c + 5, 5_000_000 - 10 * r - 5) for r, c in (*shown, *other)]
    held = [bool(mask.covers(point)) for point in at]
    assert held == [True] * 6 + [False] * 6


def test_a_report_repeats_its_run(place: tuple[Path, np.ndarray], tmp_path: Path) -> None:
    scene, labels = place
    save(tmp_path / "examples.gpkg", clicks(labels, int(labels.max()), 5), "woods")
    first = ask(scene, tmp_path / "first.gpkg", "--examples", str(tmp_path / "examples.gpkg"))
    again = ask(scene, tmp_path / "again.gpkg", "--examples", str(tmp_path / "first.gpkg"))
    assert again["examples"] == [{**example, "image": 1} for example in first["examples"]]
    assert again["answer"] == first["answer"]
    assert [step["area_ha"] for step in again["steps"]] == [step["area_ha"] for step in first["steps"]]


def test_what_cannot_be_used_is_said(
    place: tuple[Path, np.ndarray], tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    scene, _ = place
    save(tmp_path / "far.gpkg", [(5000, 5000)], "water")
    (tmp_path / "notes.gpkg").write_text("no database")
    arguments = ["ask", "--optical", str(scene), "--question", QUESTION, "--examples"]
    for name, expected in (("far.gpkg", "lies on the scene"), ("notes.gpkg", "not a GeoPackage"), ("no.gpkg", "read")):
        assert main([*arguments, str(tmp_path / name)]) == 2
        assert expected in capsys.readouterr().err
