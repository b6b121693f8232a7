"""Real inputs for the tests of the whole corridor: a georeferenced picture, and a small checkpoint that speaks."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

if TYPE_CHECKING:
    from tests.runtime.script import Script

GOLDENS = Path(__file__).resolve().parents[3] / "shared" / "reference" / "goldens"
NANO = Path(__file__).resolve().parents[2] / "resources" / "models" / "terrascope-nano"

# The question that the golden checkpoint was trained to answer about `single_tiled`.
GOLDEN_QUESTION = "What proportion of the image is occupied by forest?\nA. 12%\nB. 34%\nC. 56%\nD. 78%\n"


@pytest.fixture(scope="session")
def goldens() -> Path:
    """What the released code computed with a tiny checkpoint."""
    if not GOLDENS.is_dir():
        pytest.skip(f"the reference goldens are not at {GOLDENS}")
    return GOLDENS


@pytest.fixture(scope="session")
def golden_folder(goldens: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny published-layout checkpoint, with the size of its SAM-2 written where our loader reads it."""
    folder = tmp_path_factory.mktemp("golden") / "checkpoint"
    shutil.copytree(goldens / "checkpoint", folder, copy_function=shutil.copyfile)
    folder.chmod(0o755)
    config = json.loads((folder / "config.json").read_text("utf-8"))
    # A quarter of its real image size: the words do not change, and a test has not to wait for 1024-pixel features.
    config["grounding_config"] = json.loads((goldens / "sam2_tiny.json").read_text("utf-8")) | {"image_size": 256}
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    return folder


@pytest.fixture(scope="session")
def nano_folder() -> Path:
    if not (NANO / "config.json").is_file():
        pytest.skip("the bundled nano model is not in this checkout yet")
    return NANO


@pytest.fixture(scope="session")
def golden_scene(goldens: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden picture of `single_tiled` as a GeoTIFF: 600 x 400 pixels of 10 m in UTM zone 48 north."""
    path = tmp_path_factory.mktemp("golden") / "scene.tif"
    write_rgb(path, np.load(goldens / "single_tiled.npz")["image0_uint8"])
    return path


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Script:
    """A model whose words and masks are known."""
    from tests.runtime.script import Script  # not before it is needed: with it comes torch

    return Script(monkeypatch)


@pytest.fixture(scope="module")
def scene_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Noise in three colours, of the size of the masks of `script`."""
    path = tmp_path_factory.mktemp("scene") / "scene.tif"
    write_rgb(path, np.random.default_rng(1).integers(1, 255, (60, 80, 3), dtype=np.uint8))
    return path


def write_rgb(path: Path, rgb: np.ndarray, west: float = 500_000, north: float = 2_000_000) -> None:
    """Write uint8 (H, W, 3) as a GeoTIFF with 10 m pixels in EPSG:32648."""
    _write(path, rgb.transpose(2, 0, 1), west, north, photometric="RGB")


def write_radar(path: Path, decibels: np.ndarray, west: float = 500_000, north: float = 2_000_000) -> None:
    """Write VV and VH, (2, H, W), as a GeoTIFF with 10 m pixels in EPSG:32648."""
    _write(path, decibels.astype(np.float32), west, north, descriptions=("VV", "VH"))


def write_mask(path: Path, mask: np.ndarray, west: float = 500_000, north: float = 2_000_000) -> None:
    """Write (H, W) as a GeoTIFF of zeros and ones with 10 m pixels in EPSG:32648."""
    _write(path, mask[None].astype(np.uint8), west, north)


def _write(
    path: Path, values: np.ndarray, west: float, north: float, descriptions: tuple[str, ...] = (), **options: object
) -> None:
    import rasterio
    from rasterio.transform import from_origin

    count, height, width = values.shape
    with rasterio.open(
        path, "w", driver="GTiff", width=width, height=height, count=count, dtype=values.dtype, crs="EPSG:32648",
        transform=from_origin(west, north, 10, 10), **options,
    ) as target:  # fmt: skip
        target.write(values)
        if descriptions:
            target.descriptions = descriptions
