"""`terrascope:finetune`: what it takes, what it hands to the runtime, and what it makes of what comes back."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

from terrascope_qgis.client.teaching import Teacher
from terrascope_qgis.plugin import TerraScopePlugin
from terrascope_qgis.settings import Settings

ALGORITHM = "terrascope:finetune"
BEFORE, AFTER = 0.41, 0.63


@pytest.fixture
def pupil(plugin: TerraScopePlugin, runtime_python: str, tmp_path: Path) -> Callable[..., None]:
    """Has the plugin teach through a few lines of Python that keep what they were given, and say how it went."""
    before = plugin.provider.teacher
    (tmp_path / "model_runtime").mkdir()

    def stand_in(after: float = AFTER, code: str = "") -> None:
        gain = {"iou_before": BEFORE, "iou_after": after}
        done = {
            "folder": str(tmp_path / "made" / "heath"),
            "held_out": {**gain, "classes": {"bog": {"iou_before": 0.1, "iou_after": 0.2}}},
            "rehearsal": {"iou_before": 0.7, "iou_after": 0.69},
            "warnings": ["Bog is on one block alone."],
        }
        lines = (
            "import json, pathlib, shutil, sys, time",
            "given = dict(zip(sys.argv[3::2], sys.argv[4::2]))",
            "pathlib.Path('given.json').write_text(json.dumps(sys.argv[1:]))",
            "for option in ('--labels', '--classes'):",
            "    if option in given:",
            "        shutil.copy(given[option], 'kept' + pathlib.Path(given[option]).suffix)",
            'print(\'{"stage": "Teaching", "fraction": 0.5}\', flush=True)',
            code,
            f"print({json.dumps({'done': done})!r}, flush=True)",
        )
        (tmp_path / "model_runtime" / "__main__.py").write_text("\n".join(lines))

    stand_in()
    (tmp_path / "made" / "heath").mkdir(parents=True)
    plugin.provider.teacher = Teacher(lambda: runtime_python, tmp_path)
    yield stand_in
    plugin.provider.teacher = before


@pytest.fixture
def polygons(scene: QgsRasterLayer) -> QgsVectorLayer:
    """Two polygons of two classes and one without, in memory, in the project of the scene."""
    layer = QgsVectorLayer("Polygon?field=kind:string&crs=EPSG:32633", "training", "memory")
    for number, kind in enumerate(("heath", "bog", None)):
        feature = QgsFeature(layer.fields())
        feature.setAttribute(0, kind)
        west = 500_100 + 300 * number
        feature.setGeometry(QgsGeometry.fromWkt(
            f"POLYGON(({west} 5499000, {west} 5499200, {west + 200} 5499200, {west + 200} 5499000, {west} 5499000))"
        ))  # fmt: skip
        layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    return layer


def run(algorithm: QgsProcessingAlgorithm, **given: Any) -> tuple[dict[str, Any], bool, str]:  # noqa: ANN401
    """Results, whether it went well, and the log."""
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(QgsProject.instance())
    results, ok = algorithm.run(given, context, feedback)
    return results, ok, feedback.textLog()


def given(tmp_path: Path) -> list[str]:
    return json.loads((tmp_path / "given.json").read_text("utf-8"))


def test_the_algorithm_is_as_the_toolbox_wants_it(plugin: TerraScopePlugin) -> None:
    algorithm = QgsApplication.processingRegistry().algorithmById(ALGORITHM)
    assert not algorithm.flags() & QgsProcessingAlgorithm.Flag.FlagNoThreading
    plain = [one.name() for one in algorithm.parameterDefinitions() if not one.flags() & one.Flag.FlagAdvanced]
    assert plain == ["INPUT", "LABELS", "FIELD", "LABEL_RASTER", "CLASSES", "NAME", "MINUTES"]
    assert {one.name() for one in algorithm.outputDefinitions()} == {"OUTPUT", "IOU_BEFORE", "IOU_AFTER"}
    assert (algorithm.group(), algorithm.groupId()) == ("Tools", "tools")
    assert not algorithm.icon().isNull()
    assert "held out" in algorithm.shortHelpString()
    assert algorithm.helpUrl()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"LABELS": None}, "Give either polygons with a class or a raster of classes."),
        ({"LABEL_RASTER": "scene"}, "Give either polygons with a class or a raster of classes."),
        ({"FIELD": None}, "Say which field of the polygons names their class."),
        ({"NAME": "  "}, "Give the new model a name."),
    ],
)
def test_what_is_missing_is_said_before_it_starts(
    algorithm: QgsProcessingAlgorithm, scene: QgsRasterLayer, polygons: QgsVectorLayer, changes: dict, why: str
) -> None:
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    whole = {"INPUT": [scene.id()], "LABELS": polygons.id(), "FIELD": "kind", "NAME": "heath"}
    assert algorithm.checkParameterValues(whole, context) == (True, "")
    changes = {name: scene.id() if value == "scene" else value for name, value in changes.items()}
    assert algorithm.checkParameterValues({**whole, **changes}, context) == (False, why)


def test_polygons_of_the_project_are_handed_over_and_the_figures_come_back(
    algorithm: QgsProcessingAlgorithm, pupil: Callable[..., None], scene: QgsRasterLayer, polygons: QgsVectorLayer,
    tmp_path: Path,
) -> None:  # fmt: skip
    results, ok, log = run(
        algorithm, INPUT=[scene.id(), scene.id()], LABELS=polygons.id(), FIELD="kind", NAME=" heath ", MINUTES=1.5
    )
    assert ok, log
    assert results == {"OUTPUT": str(tmp_path / "made" / "heath"), "IOU_BEFORE": BEFORE, "IOU_AFTER": AFTER}
    assert "Teaching" in log
    assert "IoU on held-out ground, mean of the classes: 0.410 before, 0.630 after" in log
    assert "bog: 0.100 before, 0.200 after" in log
    assert "what it knew before, on scenes made to test that: 0.700 before, 0.690 after" in log
    assert "Bog is on one block alone." in log
    assert "not become better" not in log
    words = given(tmp_path)
    assert words[:6] == ["train", "finetune", "--scene", scene.source(), "--scene", scene.source()]
    assert words[words.index("--name") + 1] == "heath"
    assert words[words.index("--minutes") + 1] == "1.5"
    assert words[words.index("--model") + 1] == "nano"
    assert "--out" not in words
    kept = QgsVectorLayer(str(tmp_path / "kept.gpkg"), "kept", "ogr")
    assert [feature["class"] for feature in kept.getFeatures()] == ["heath", "bog"]
    assert Settings.load().own_folders() == []


def test_a_raster_of_classes_goes_with_the_names_that_were_given(
    algorithm: QgsProcessingAlgorithm, pupil: Callable[..., None], scene: QgsRasterLayer, tmp_path: Path,
    write_raster: Callable[..., None],
) -> None:  # fmt: skip
    write_raster(tmp_path / "labels.tif", np.ones((1, 256, 256), np.uint16), ("",), epsg=32633)
    _, ok, log = run(
        algorithm, INPUT=[scene.id()], LABEL_RASTER=str(tmp_path / "labels.tif"), CLASSES="1=heath; 2=bog", NAME="heath"
    )
    assert ok, log
    words = given(tmp_path)
    assert words[words.index("--label-raster") + 1] == str(tmp_path / "labels.tif")
    assert json.loads((tmp_path / "kept.json").read_text("utf-8")) == {"1": "heath", "2": "bog"}
    assert "--labels" not in words
    _, ok, log = run(algorithm, INPUT=[scene.id()], LABEL_RASTER=str(tmp_path / "labels.tif"), NAME="heath")
    assert not ok
    assert "Name the values of the raster of classes" in log


def test_a_model_made_elsewhere_is_listed_by_the_dock_too(
    algorithm: QgsProcessingAlgorithm, pupil: Callable[..., None], scene: QgsRasterLayer, polygons: QgsVectorLayer,
    tmp_path: Path,
) -> None:  # fmt: skip
    _, ok, log = run(
        algorithm, INPUT=[scene.id()], LABELS=polygons.id(), FIELD="kind", NAME="heath", FOLDER=str(tmp_path / "made")
    )
    assert ok, log
    words = given(tmp_path)
    assert words[words.index("--out") + 1] == str(tmp_path / "made")
    assert Settings.load().own_folders() == [str(tmp_path / "made" / "heath")]


def test_a_model_that_did_not_become_better_is_told(
    algorithm: QgsProcessingAlgorithm, pupil: Callable[..., None], scene: QgsRasterLayer, polygons: QgsVectorLayer
) -> None:
    pupil(after=0.40)
    results, ok, log = run(algorithm, INPUT=[scene.id()], LABELS=polygons.id(), FIELD="kind", NAME="heath")
    assert ok
    assert results["IOU_AFTER"] == 0.40
    assert "It has not become better" in log


def test_a_refusal_is_the_runtime_s_sentence(
    algorithm: QgsProcessingAlgorithm, pupil: Callable[..., None], scene: QgsRasterLayer, polygons: QgsVectorLayer
) -> None:
    pupil(code="print('There is one class: give two.', file=sys.stderr); sys.exit(2)")
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    whole = {"INPUT": [scene.id()], "LABELS": polygons.id(), "FIELD": "kind", "NAME": "heath"}
    with pytest.raises(QgsProcessingException, match=r"^There is one class: give two\.$"):
        algorithm.run(whole, context, QgsProcessingFeedback(False), {}, False)


def test_polygons_without_a_class_and_a_scene_that_is_no_file_are_refused(
    algorithm: QgsProcessingAlgorithm, pupil: Callable[..., None], scene: QgsRasterLayer, polygons: QgsVectorLayer,
    write_raster: Callable[..., None], tmp_path: Path,
) -> None:  # fmt: skip
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    polygons.dataProvider().deleteFeatures([1, 2])
    whole = {"INPUT": [scene.id()], "LABELS": polygons.id(), "FIELD": "kind", "NAME": "heath"}
    with pytest.raises(QgsProcessingException, match="None of the polygons"):
        algorithm.run(whole, context, QgsProcessingFeedback(False), {}, False)
    write_raster(tmp_path / "bare.tif", np.ones((3, 16, 16), np.uint16), ("B04", "B03", "B02"), epsg=None)
    _, ok, log = run(algorithm, **{**whole, "INPUT": [str(tmp_path / "bare.tif")]})
    assert not ok
    assert "has no coordinate reference system" in log
    assert not (tmp_path / "given.json").exists()


def test_cancelled_while_it_learns_nothing_comes_of_it(
    algorithm: QgsProcessingAlgorithm, pupil: Callable[..., None], scene: QgsRasterLayer, polygons: QgsVectorLayer,
    tmp_path: Path,
) -> None:  # fmt: skip
    pupil(code="time.sleep(60)")
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(QgsProject.instance())
    cancelled_at: list[float] = []

    def cancel(_: float) -> None:
        cancelled_at.append(time.monotonic())
        feedback.cancel()

    feedback.progressChanged.connect(cancel)
    whole = {"INPUT": [scene.id()], "LABELS": polygons.id(), "FIELD": "kind", "NAME": "heath", "FOLDER": str(tmp_path)}
    results, ok = algorithm.run(whole, context, feedback)
    assert time.monotonic() - cancelled_at[0] < 1.2
    assert (results, ok) == ({}, True)
    assert Settings.load().own_folders() == []
