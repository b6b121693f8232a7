"""The plugin inside a QGIS without a window, the real runtime process, and a scene whose content is known."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal, osr
from pytestqt.qtbot import QtBot
from qgis.core import QgsApplication, QgsProcessingAlgorithm, QgsProject, QgsRasterLayer
from qgis.gui import QgisInterface, QgsMessageBar
from qgis.PyQt.QtCore import QLocale

from terrascope_qgis.core.request import Acquisition
from terrascope_qgis.gui.dock import TerraScopeDock
from terrascope_qgis.plugin import TerraScopePlugin
from terrascope_qgis.settings import Settings

QgisProcess = Callable[..., "subprocess.CompletedProcess[str]"]

REPOSITORY = Path(__file__).resolve().parents[2]
ANSWER_LIMIT_MS = 300_000  # the first answer also loads torch and the model, on a machine that may be busy

# Sentinel-2 surface reflectance times 10,000 of blue, green, red, near infrared.
WATER, FOREST, TOWN, FIELD = (
    (450, 500, 300, 150),
    (250, 420, 260, 3100),
    (1500, 1600, 1700, 2100),
    (500, 850, 600, 4200),
)


@pytest.fixture(scope="session", autouse=True)
def no_locale() -> None:
    """Figures are written the same wherever the tests run; those about locales choose one."""
    QLocale.setDefault(QLocale.c())


@pytest.fixture(scope="session")
def runtime_python() -> str:
    """The runtime's interpreter."""
    path = Path(os.environ.get("TERRASCOPE_RUNTIME_PYTHON") or REPOSITORY / ".envs" / "runtime" / "bin" / "python")
    if not path.is_file():
        pytest.skip(
            f"the runtime's environment is not installed ({path.name} is missing): python3 dev.py test makes it"
        )
    return str(path)


@pytest.fixture(scope="session")
def model_name() -> str:
    """The model that answers: the bundled one."""
    name = os.environ.get("TERRASCOPE_TEST_MODEL", "nano")
    if name == "nano" and not list((REPOSITORY / "resources" / "models" / "terrascope-nano").glob("*.safetensors")):
        pytest.skip("resources/models/terrascope-nano is not in this checkout")
    return name


@pytest.fixture(scope="session")
def scene_path(tmp_path_factory: pytest.TempPathFactory, write_raster: Callable[..., None]) -> Path:
    """256 x 256 pixels of 10 m, four bands: fields, a forest in the west, a round lake, a town in the south-east."""
    path = tmp_path_factory.mktemp("scene") / "S2_lake_and_town.tif"
    rows, columns = np.mgrid[0:256, 0:256]
    image = np.empty((4, 256, 256))
    image[:] = np.array(FIELD)[:, None, None]
    image[:, columns < 70] = np.array(FOREST)[:, None]
    image[:, (rows - 90) ** 2 + (columns - 140) ** 2 < 45**2] = np.array(WATER)[:, None]
    town = (rows > 180) & (columns > 170)
    image[:, town] = np.array(TOWN)[:, None]
    noise = np.random.default_rng(7).normal(1.0, 0.06, image.shape)
    write_raster(path, (image * noise).clip(1, 10_000).astype(np.uint16), ("B02", "B03", "B04", "B08"), epsg=32633)
    return path


@pytest.fixture(scope="session")
def two_dates(tmp_path_factory: pytest.TempPathFactory, runtime_python: str) -> tuple[Path, Path]:
    """A generated place before and after a flood, each with its date in its name."""
    folder = tmp_path_factory.mktemp("dates")
    place = ["--size", "128", "--seed", "5", "--pixel-size", "5", "--dates", "2", "--change", "flooding"]
    command = [runtime_python, "-m", "model_runtime", "data", "scene", *place, "--out", str(folder / "place.tif")]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, timeout=120)
    return folder / "place_2017-10-08.tif", folder / "place_2018-03-26.tif"


@pytest.fixture(scope="session")
def write_raster() -> Callable[..., None]:
    """Writes uint16 (C, H, W) with band names as a GeoTIFF; see `_write_raster`."""
    return _write_raster


def _write_raster(path: Path, bands: np.ndarray, names: tuple[str, ...], epsg: int | None) -> None:
    """Write uint16 (C, H, W) as a GeoTIFF with 10 m pixels, at 49.6 north in UTM zone 33."""
    count, height, width = bands.shape
    target = gdal.GetDriverByName("GTiff").Create(str(path), width, height, count, gdal.GDT_UInt16)
    target.SetGeoTransform((500_000, 10, 0, 5_500_000, 0, -10))
    if epsg is not None:
        crs = osr.SpatialReference()
        crs.ImportFromEPSG(epsg)
        target.SetProjection(crs.ExportToWkt())
    for number, (band, name) in enumerate(zip(bands, names), start=1):
        target.GetRasterBand(number).WriteArray(band)
        target.GetRasterBand(number).SetDescription(name)
    target.FlushCache()


@pytest.fixture
def radar(write_raster: Callable[..., None], tmp_path: Path, scene: QgsRasterLayer) -> QgsRasterLayer:  # noqa: ARG001
    """A radar layer of the project, on the grid of the scene: the lake is dark."""
    rows, columns = np.mgrid[0:256, 0:256]
    lake = (rows - 90) ** 2 + (columns - 140) ** 2 < 45**2
    vv = np.where(lake, 10, 400) * np.random.default_rng(3).gamma(8, 1 / 8, lake.shape)
    bands = np.stack([vv, vv / 4]).clip(1, 60_000).astype(np.uint16)
    write_raster(tmp_path / "S1A_IW_20170605.tif", bands, ("VV", "VH"), epsg=32633)
    layer = QgsRasterLayer(str(tmp_path / "S1A_IW_20170605.tif"), "radar")
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.fixture
def scene(scene_path: Path, qgis_new_project: None) -> QgsRasterLayer:  # noqa: ARG001
    """The scene as a layer of a fresh project."""
    layer = QgsRasterLayer(str(scene_path), "lake and town")
    assert layer.isValid()
    QgsProject.instance().addMapLayer(layer)
    QgsProject.instance().setCrs(layer.crs())
    return layer


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """The user's settings for one test: results go to a folder of the test."""
    before = Settings.load()
    chosen = Settings(runs_folder=str(tmp_path / "runs"))
    chosen.save()
    yield chosen
    before.save()


@pytest.fixture(scope="session")
def message_bar(qgis_app: QgsApplication) -> QgsMessageBar:
    """A real message bar; the stub of pytest-qgis cannot make messages with buttons."""
    return QgsMessageBar()


@pytest.fixture(scope="module")
def plugin(qgis_iface: QgisInterface, message_bar: QgsMessageBar) -> Iterator[TerraScopePlugin]:
    """The plugin, started once for the tests of a file: they share its runtime process."""
    qgis_iface.messageBar = lambda: message_bar
    plugin = TerraScopePlugin(qgis_iface)
    plugin.initGui()
    yield plugin
    plugin.unload()


@pytest.fixture
def dock(
    plugin: TerraScopePlugin,
    scene: QgsRasterLayer,
    settings: Settings,
    runtime_python: str,
    model_name: str,
    message_bar: QgsMessageBar,
) -> TerraScopeDock:
    """The plugin's dock, ready to ask about the scene."""
    settings.runtime_python = runtime_python
    settings.model = model_name
    settings.save()
    message_bar.clearWidgets()
    dock = plugin.show_dock()
    dock.panel.dates.set_dates([Acquisition(scene)])
    dock.panel.extent.setCurrentIndex(0)
    dock.panel.question.setPlainText("How many hectares of water are there?")
    dock.conversation.clear()
    return dock


@pytest.fixture
def ask(dock: TerraScopeDock, qtbot: QtBot) -> Callable[[], Any]:  # noqa: ANN401
    """Ask through the dock and wait for how it ends: the AnalysisResult or the failure."""

    def ask_and_wait() -> Any:  # noqa: ANN401
        with qtbot.waitSignal(dock.ended, timeout=ANSWER_LIMIT_MS) as ended:
            dock.panel.ask_button.click()
        return ended.args[0]

    return ask_and_wait


@pytest.fixture
def algorithm(
    request: pytest.FixtureRequest,
    plugin: TerraScopePlugin,
    settings: Settings,
    runtime_python: str,
    model_name: str,
) -> QgsProcessingAlgorithm:
    """The registered algorithm that a file of tests names in `ALGORITHM`, with the bundled model chosen."""
    settings.runtime_python = runtime_python
    settings.model = model_name
    settings.save()
    return QgsApplication.processingRegistry().createAlgorithmById(request.module.ALGORITHM)


@pytest.fixture(scope="session")
def qgis_process(tmp_path_factory: pytest.TempPathFactory, runtime_python: str) -> QgisProcess:
    """Runs qgis_process, in a profile of its own with the plugin enabled, as on a machine without a screen."""
    prefix = os.environ.get("QGIS_PREFIX_PATH", "/usr")
    # Debian's `qgis_process` is a shell script that adds an option qgis_process does not know.
    program = next((path for path in (f"{prefix}/bin/qgis_process.bin", shutil.which("qgis_process")) if path), "")
    if not Path(program).is_file():
        pytest.skip("qgis_process is not installed")
    config = tmp_path_factory.mktemp("profile")
    plugins = config / "profiles" / "default" / "python" / "plugins"
    plugins.mkdir(parents=True)
    (plugins / "terrascope_for_qgis").symlink_to(REPOSITORY, target_is_directory=True)
    ours = {
        "QGIS_CUSTOM_CONFIG_PATH": str(config),
        "QT_QPA_PLATFORM": "offscreen",
        "TERRASCOPE_RUNTIME_PYTHON": runtime_python,
    }

    def call(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """Run it with these arguments, and what it is given on its standard input."""
        command, environment = [program, *arguments], {**os.environ, **ours}
        return subprocess.run(
            command, env=environment, input=given, capture_output=True, text=True, timeout=1_200, check=False
        )

    assert call("plugins", "enable", "terrascope_for_qgis").returncode == 0
    return call
