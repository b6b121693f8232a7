"""Edited masks are measured again: by the same code, in the file as it lies, with whatever follows from them.

(The code is `model_runtime/remeasure.py`; the runs to edit are those that the evidence is tested with.)
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pyogrio
import pyogrio.raw
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from model_runtime.__main__ import main
from model_runtime.errors import OutputError, RequestError
from model_runtime.evidence.geopackage import write_report
from model_runtime.evidence.report_file import SPATIAL_FUNCTIONS, blob_of, shape_of
from model_runtime.evidence.seen import add_seen, read_seen
from model_runtime.measure import contact, distance
from model_runtime.measure.area import PixelAreas
from model_runtime.measure.mask_bounds import mask_bounds
from model_runtime.protocol import Report
from model_runtime.remeasure import grid_of, remeasure

from .conftest import Run, geodesic_ha, make_change_run, make_run


def write(run: Run, path: Path, answer: str = "") -> Path:
    write_report(path, told(run, answer), run.masks, run.lines, run.grid)
    return path


def told(run: Run, answer: str = "") -> Report:
    """The record of a run as the pipeline writes it, with the bounds of its masks."""
    steps = [
        step.model_copy(update={"bounds": mask_bounds(mask, run.grid)})
        for step, mask in zip(run.report.steps, run.masks, strict=True)
    ]
    return run.report.model_copy(update={"answer": answer or run.report.answer, "steps": steps})


def draw(path: Path, layer: str, shapes: Sequence[shapely.Geometry]) -> None:
    """Edit a layer as a GIS does: other features, without the fields that the runtime fills."""
    with closing(sqlite3.connect(path)) as database:
        for name, function in SPATIAL_FUNCTIONS.items():
            database.create_function(name, 1, function)
        query = "SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = ?"
        (srs_id,) = database.execute(query, (layer,)).fetchone()
        database.execute(" ".join(("DELETE FROM", layer)))
        rows = [(blob_of(shape, srs_id),) for shape in shapes]
        database.executemany(" ".join(("INSERT INTO", layer, "(geom) VALUES (?)")), rows)
        database.commit()


def on_grid(run: Run, shape: shapely.Geometry) -> shapely.Geometry:
    """A shape in columns and rows, in the CRS of the run."""
    return shapely.transform(shape, lambda c, r: run.grid.xy(c, r), interleaved=False)


def stored(path: Path) -> Report:
    with closing(sqlite3.connect(path)) as database:
        return Report.model_validate_json(database.execute("SELECT report FROM run").fetchone()[0])


def test_what_was_not_edited_stays(run: Run, tmp_path: Path) -> None:
    path = write(run, tmp_path / "run.gpkg")
    before = path.read_bytes()
    assert remeasure(path) == told(run)
    assert path.read_bytes() == before


def test_a_mask_drawn_off_the_pixels_is_measured_on_them(run: Run, tmp_path: Path) -> None:
    path = write(run, tmp_path / "run.gpkg")
    drawn = shapely.Point(30.2, 20.7).buffer(8.3)
    draw(path, "step_01_water", [on_grid(run, drawn)])
    report = remeasure(path)
    rows, columns = np.mgrid[0:50, 0:60] + 0.5
    mask = shapely.contains_xy(drawn, columns, rows)
    water, built = report.steps[:2]
    areas = PixelAreas(run.grid)
    assert (water.pixels, water.edited, built.edited) == (int(mask.sum()), True, False)
    assert water.area_ha == pytest.approx(areas.area_ha(mask), rel=1e-12)
    assert water.area_uncertainty_ha == pytest.approx(areas.uncertainty_ha(mask), rel=1e-12)
    assert water.coverage_pct == pytest.approx(100 * mask.mean())
    assert (water.score, water.tokens) == (run.report.steps[0].score, run.report.steps[0].tokens)
    assert built.area_ha == run.report.steps[1].area_ha
    # what is between regions follows
    (found,) = report.distances
    assert found.distance_m == pytest.approx(distance.between(mask, run.masks[1], run.grid).distance_m)
    assert found.contact == contact.between(mask, run.masks[1], run.grid).touches
    assert report.edited
    assert report.answer == run.report.answer
    assert any("step 1) was corrected by hand" in warning for warning in report.warnings)
    # the file says the same, and any GIS measures it
    assert stored(path) == report
    about, _, shapes, fields = pyogrio.raw.read(path, layer="step_01_water")
    polygons = shapely.from_wkb(shapes)
    assert geodesic_ha(polygons, run.grid) == pytest.approx(water.area_ha, rel=1e-6)
    values = dict(zip(about["fields"], fields, strict=True))
    assert values["area_ha"].sum() == pytest.approx(water.area_ha)
    assert values["pixels"].sum() == water.pixels
    assert set(values["phrase"]) == {"water"}
    info = pyogrio.read_info(path, layer="step_01_water", force_total_bounds=True)
    assert info["total_bounds"] == pytest.approx(shapely.total_bounds(polygons))
    box = tuple(shapely.total_bounds(polygons[:1]))
    assert len(pyogrio.raw.read(path, layer="step_01_water", bbox=box)[2])  # by the spatial index
    steps = pyogrio.raw.read(path, layer="steps", read_geometry=False)[3]
    assert steps[3][0] == pytest.approx(water.area_ha)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        query = "SELECT count(*) FROM rtree_step_01_water_geom"
        assert database.execute(query).fetchone() == (len(polygons),)
        query = "SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = 'step_01_water'"
        assert database.execute(query).fetchone() == (len(polygons),)
    # and it is what it is: measured once more, nothing changes
    again = path.read_bytes()
    assert remeasure(path) == report
    assert path.read_bytes() == again


def test_an_emptied_mask_has_no_distance_and_one_drawn_anew_has(tmp_path: Path) -> None:
    run = make_run()
    path = write(run, tmp_path / "run.gpkg")
    draw(path, "step_01_water", [])
    report = remeasure(path)
    assert (report.steps[0].pixels, report.steps[0].bounds, report.distances) == (0, None, [])
    assert not len(pyogrio.raw.read(path, layer="distances")[2])
    draw(path, "step_03_snow_ice", [on_grid(run, shapely.box(2, 2, 6, 6))])
    report = remeasure(path)
    assert [(one.from_step, one.to_step) for one in report.distances] == [(2, 3)]
    assert [step.edited for step in report.steps] == [True, False, True]


def test_claims_are_held_against_the_edited_mask(tmp_path: Path) -> None:
    run = make_run()
    claimed = "There are 0.64 hectares of water."
    path = write(run, tmp_path / "run.gpkg", claimed)
    draw(path, "step_01_water", [on_grid(run, shapely.box(10, 10, 18, 18))])
    (claim,) = remeasure(path).claims
    assert claim.agrees
    assert claim.measured == pytest.approx(0.64, abs=0.01)


def test_named_steps_are_marked_and_wrong_ones_refused(tmp_path: Path) -> None:
    path = write(make_run(), tmp_path / "run.gpkg")
    assert [step.edited for step in remeasure(path, [2]).steps] == [False, True, False]
    with pytest.raises(RequestError, match="no step 9"):
        remeasure(path, [1, 9])


def test_polygons_that_overlap_or_cross_themselves_count_once(tmp_path: Path) -> None:
    run = make_run()
    path = write(run, tmp_path / "run.gpkg")
    bow = shapely.Polygon([(10, 10), (20, 20), (20, 10), (10, 20)])
    draw(path, "step_01_water", [on_grid(run, one) for one in (bow, shapely.box(10, 10, 20, 20))])
    assert remeasure(path).steps[0].pixels == 100


def test_beyond_the_scene_and_under_clouds_nothing_counts(tmp_path: Path) -> None:
    run = make_run()
    valid, seen = np.ones((2, 50, 60), bool)
    valid[:, :5] = seen[:, :5] = False
    seen[:10] = False
    scene = run.report.scene.model_copy(update={"valid_pixels": int(valid.sum())})
    path = tmp_path / "run.gpkg"
    report = told(run).model_copy(update={"scene": scene})
    masks = [mask & seen for mask in run.masks]
    write_report(path, report, masks, run.lines, run.grid, shows=[(seen, valid)])
    found = read_seen(path, 1, run.grid)
    assert (found[0][0] == seen).all()
    assert (found[1][0] == valid).all()
    draw(path, "step_01_water", [on_grid(run, shapely.box(-20, -20, 20, 20))])
    step = remeasure(path, [1]).steps[0]
    assert step.pixels == 15 * 10
    assert step.coverage_pct == pytest.approx(100 * 150 / seen.sum())
    old = tmp_path / "old.gpkg"
    write_report(old, report, masks, run.lines, run.grid)
    with pytest.raises(RequestError, match="older versions"):
        remeasure(old)


def test_changes_follow_the_edited_date_alone(tmp_path: Path) -> None:
    run, changed = make_change_run()
    path = tmp_path / "run.gpkg"
    write_report(path, told(run), run.masks, run.lines, run.grid, changed)
    draw(path, "step_02_water", [on_grid(run, shapely.box(5, 5, 25, 20))])
    report = remeasure(path)
    (change,) = report.changes
    areas = PixelAreas(run.grid)
    assert change.gained_ha == pytest.approx(areas.area_ha(~run.masks[0] & box_mask(5, 5, 25, 20)))
    assert change.later_ha == pytest.approx(report.steps[1].area_ha)
    assert [point.area_ha for point in report.series] == pytest.approx([step.area_ha for step in report.steps])
    for side in ("gained", "lost"):
        about, _, _, fields = pyogrio.raw.read(path, layer=f"change_{side}")
        values = dict(zip(about["fields"], fields, strict=True))
        assert values["area_ha"].sum() == pytest.approx(getattr(change, f"{side}_ha"))
    about, _, _, fields = pyogrio.raw.read(path, layer="changes", read_geometry=False)
    assert dict(zip(about["fields"], fields, strict=True))["gained_ha"] == pytest.approx(change.gained_ha)
    assert stored(path) == report


def box_mask(x0: int, y0: int, x1: int, y1: int) -> np.ndarray:
    mask = np.zeros((50, 60), bool)
    mask[y0:y1, x0:x1] = True
    return mask


def test_it_works_while_the_file_is_open_in_write_ahead_mode(tmp_path: Path) -> None:
    run = make_run()
    path = write(run, tmp_path / "run.gpkg")
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        draw(path, "step_01_water", [on_grid(run, shapely.box(10, 10, 18, 18))])
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM step_01_water").fetchone()  # a reader in the middle of its reading
        assert remeasure(path).steps[0].pixels == 64
        other.execute("COMMIT")
        assert json.loads(other.execute("SELECT report FROM run").fetchone()[0])["edited"]


def test_a_writer_in_the_middle_is_waited_for_and_then_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model_runtime.evidence.report_file.BUSY_S", 0.2)
    path = write(make_run(), tmp_path / "run.gpkg")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OutputError, match="being written by another program"):
            remeasure(path)


def test_what_cannot_be_measured_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    path = write(make_run(), tmp_path / "run.gpkg")
    draw(path, "step_02_built_up_area", [shapely.Point(1, 2)])
    before = path.read_bytes()
    with pytest.raises(RequestError, match="no polygon"):
        remeasure(path)
    assert path.read_bytes() == before
    (tmp_path / "text.gpkg").write_text("no database, but long enough to be read as one" * 30)
    for name, sentence in (("none.gpkg", "is not there"), ("text.gpkg", "no GeoPackage")):
        with pytest.raises(RequestError, match=sentence):
            remeasure(tmp_path / name)
    with closing(sqlite3.connect(tmp_path / "empty.gpkg")) as database:
        database.execute("CREATE TABLE run (report)")
    with pytest.raises(RequestError, match="no report"):
        remeasure(tmp_path / "empty.gpkg")


def test_the_command_prints_the_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = make_run()
    path = write(run, tmp_path / "run.gpkg")
    draw(path, "step_01_water", [on_grid(run, shapely.box(10, 10, 18, 18))])
    assert main(["remeasure", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["steps"][0]["pixels"] == 64
    assert main(["remeasure", str(tmp_path / "none.gpkg")]) == 2
    assert "is not there" in capsys.readouterr().err


def test_the_grid_is_that_of_the_run(run: Run) -> None:
    grid = grid_of(run.report.scene)
    assert grid.crs.equals(run.grid.crs, ignore_axis_order=True)
    assert np.allclose(grid.xy([0, 60], [0, 50]), run.grid.xy([0, 60], [0, 50]), rtol=1e-14)
    other = run.report.scene.model_copy(update={"ellipsoid": "Clarke 1866"})
    assert grid_of(other).ellipsoid == "Clarke 1866"


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=1, max_size=4), st.integers(-1, 2**31 - 1)
)
def test_shapes_come_back_from_the_form_of_a_geopackage(places: list[tuple[float, float]], srs_id: int) -> None:
    shape = shapely.MultiPoint(places)
    blob = blob_of(shape, srs_id)
    assert shape_of(blob).equals(shape)
    sides = [SPATIAL_FUNCTIONS[name](blob) for name in ("ST_MinX", "ST_MinY", "ST_MaxX", "ST_MaxY")]
    assert sides == list(shape.bounds)


def test_a_date_that_shows_all_needs_no_table(tmp_path: Path) -> None:
    run = make_run()
    path = write(run, tmp_path / "run.gpkg")
    size = path.stat().st_size
    add_seen(path, 1, np.ones((50, 60), bool), np.ones((50, 60), bool), run.grid)
    assert path.stat().st_size == size
