"""All algorithms together: headings, icons, help, what stands in them, and how qgis_process is given parameters."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from qgis.core import Qgis, QgsProcessingAlgorithm

from terrascope_qgis.plugin import TerraScopePlugin

from .conftest import REPOSITORY, QgisProcess
from .processing_runs import PIXEL, WEST, rows_of, write_scene

DOCUMENTATION = (REPOSITORY / "docs" / "processing.md").read_text("utf-8")
GROUPS = {
    "ask": {"ask", "zonal_answers", "land_cover_per_polygon"},
    "map": {"segment_classes", "compare_dates"},
    "batch": {"ask_batch"},
    "tools": {"finetune", "benchmark", "runtime_status"},
}
READS_JSON = Qgis.QGIS_VERSION_INT >= 32400


@pytest.fixture(scope="module")
def algorithms(plugin: TerraScopePlugin) -> list[QgsProcessingAlgorithm]:
    return plugin.provider.algorithms()


def test_each_stands_under_its_heading(algorithms: list[QgsProcessingAlgorithm]) -> None:
    found: dict[str, set[str]] = {}
    for one in algorithms:
        found.setdefault(one.groupId(), set()).add(one.name())
        assert one.group() == one.groupId().capitalize()
    assert found == GROUPS


def test_each_has_an_icon_and_words_that_find_it(algorithms: list[QgsProcessingAlgorithm]) -> None:
    icons = {one.svgIconPath() for one in algorithms}
    assert len(icons) == len(algorithms)
    for one in algorithms:
        assert not one.icon().pixmap(24, 24).isNull(), one.name()
        assert one.icon().pixmap(24, 24).toImage().pixelColor(12, 12).alpha(), one.name()
        assert len(one.tags()) > 4 or one.name() == "land_cover_per_polygon"
        assert one.shortHelpString()


def test_help_leads_to_a_chapter_that_tells_every_parameter_and_output(
    algorithms: list[QgsProcessingAlgorithm],
) -> None:
    shared = DOCUMENTATION.split("\n## ")[-1]
    assert shared.startswith("Parameters that several have")
    for one in algorithms:
        heading = f"\n## terrascope:{one.name()}\n"
        assert heading in DOCUMENTATION, one.name()
        assert one.helpUrl().endswith(f"docs/processing.md#terrascope{one.name()}")
        chapter = DOCUMENTATION.split(heading)[1].split("\n## ")[0]
        told = set(re.findall(r"`([A-Z][A-Z_]+)`", chapter + shared))
        named = {part.name() for part in (*one.parameterDefinitions(), *one.outputDefinitions())}
        if one.name() != "land_cover_per_polygon":
            assert named - told == set(), one.name()
        assert "qgis_process run terrascope:" + one.name() in chapter


@pytest.mark.skipif(not READS_JSON, reason="qgis_process reads JSON from QGIS 3.24 on")
def test_qgis_process_reads_json(qgis_process: QgisProcess, tmp_path: Path, model_name: str) -> None:
    inputs = {
        "INPUT": str(write_scene(tmp_path / "S2_lake.tif")),
        "QUESTION": "How much water is there?",
        "MODEL": model_name,
        "OUTPUT": str(tmp_path / "run.gpkg"),
    }
    done = qgis_process("run", "terrascope:ask", "-", given=json.dumps({"inputs": inputs}))
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["inputs"]["INPUT"] == inputs["INPUT"]
    assert said["results"]["AREA_HA"] > 10


@pytest.mark.skipif(READS_JSON, reason="qgis_process reads JSON from QGIS 3.24 on")
def test_an_older_qgis_process_is_given_words_alone(qgis_process: QgisProcess) -> None:
    done = qgis_process("run", "terrascope:runtime_status", "-", given='{"inputs": {}}')
    assert done.returncode == 1
    assert "Invalid parameter value -" in done.stdout + done.stderr


def test_qgis_process_takes_several_layers_and_lines(qgis_process: QgisProcess, tmp_path: Path) -> None:
    """A parameter that is given again is a list."""
    scenes = write_scene(tmp_path / "a.tif"), write_scene(tmp_path / "b.tif", west=WEST + 96 * PIXEL)
    done = qgis_process(
        "run", "terrascope:ask_batch", "--json", *(f"--INPUT={scene}" for scene in scenes),
        "--QUESTIONS=How much water is there?\n \nHow much forest is there?", f"--OUTPUT={tmp_path / 'r.gpkg'}",
        f"--SUMMARY={tmp_path / 's.csv'}",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["results"]["ANSWERED"] == 4
    assert {row["scene"] for row in rows_of(str(tmp_path / "s.csv"))} == {"a", "b"}
