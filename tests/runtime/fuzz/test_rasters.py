"""Any file that calls itself a raster is answered about or refused in one sentence, and leaves nothing half done.

Each seed makes one: number types, bands, sizes, blocks, compressions, no-data values, not-a-numbers, coordinate systems
and geotransforms that no map has; half of them are then damaged, cut or given another name.
"""

from __future__ import annotations

import random
import warnings
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio
from rasterio.transform import Affine

from model_runtime import protocol
from model_runtime.bench.dictation import dictating
from model_runtime.errors import TerraScopeError
from model_runtime.model.terrascope import TerraScope
from model_runtime.pipeline import analyse
from tests.runtime.model.small import write_small
from tests.runtime.sink import Sink
from tests.seeds import seeds

TYPES = ("uint8", "uint16", "int16", "uint32", "int32", "float32", "float64", "complex64", "int8")
SIDES = (1, 2, 7, 8, 9, 31, 64, 65, 100, 257)
SYSTEMS = (
    "EPSG:4326", "EPSG:3857", "EPSG:32633", "EPSG:32733", "EPSG:3995", "EPSG:3031", "EPSG:2263", "EPSG:27700",
    "EPSG:4978", "EPSG:6933", "EPSG:5041", "EPSG:4979", "EPSG:7415", None, 'LOCAL_CS["nowhere",UNIT["metre",1]]',
    "+proj=ortho +lat_0=40 +lon_0=10", "+proj=ob_tran +o_proj=longlat +o_lat_p=30 +lon_0=5",
)  # fmt: skip
# On the equator, in a field, at the antimeridian, at both poles, in feet, nowhere.
CORNERS = ((0, 0), (10.5, 50.2), (179.99, -16), (-180, 90), (0, -90), (500_000, 5_500_000), (1e7, 1e7), (1e300, -1e300))
PIXELS = (10.0, 1e-4, 8.3e-5, 30.0, 0.0, -10.0, 1e-12, 1e9, float("nan"))
SAID = "<think>I mark the water [SEG] and more.</think><answer>12.5 ha</answer><|im_end|>"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> TerraScope:
    made = write_small(tmp_path_factory.mktemp("small"))
    made.identity |= {"name": "small", "revision": "0", "sha256": "0", "parameters": 1, "quality": "", "device": "cpu"}
    return made


def pixels(dice: random.Random, rng: np.random.Generator, kind: str, shape: tuple[int, int, int]) -> np.ndarray:
    dtype = np.dtype(kind)
    if dtype.kind in "iu":
        ends = np.iinfo(dtype)
        low, high = (ends.min, ends.max) if dice.random() < 0.3 else (0, min(ends.max, 10_000))
        made = rng.integers(low, high, shape, dtype=dtype, endpoint=True)
    else:
        made = (rng.random(shape) * 10 ** dice.uniform(-3, 8)).astype(dtype)
        for strange in (np.nan, np.inf, -np.inf):
            if dice.random() < 0.3:
                made[rng.random(shape) < 0.1] = strange
    if dice.random() < 0.15:
        made[:] = made.flat[0]
    return made


def strange_raster(dice: random.Random, path: Path) -> None:
    rng = np.random.default_rng(dice.randrange(1 << 30))
    kind, count = dice.choice(TYPES), dice.choice((1, 2, 3, 4, 6, 13))
    height, width = dice.choice(SIDES), dice.choice(SIDES)
    if dice.random() < 0.02:
        height, width, count = 1, 100_000, 1
    x, y = dice.choice(CORNERS)
    size = dice.choice(PIXELS)
    transform = Affine(size, dice.choice((0, 0, 0, 0.3)), x, 0, -size * dice.choice((1, 1, 1, 3, -1)), y)
    how: dict[str, object] = {
        "driver": "GTiff", "height": height, "width": width, "count": count, "dtype": kind,
        "compress": dice.choice((None, "deflate", "lzw", "packbits", "zstd")),
    }  # fmt: skip
    if dice.random() < 0.9:
        how |= {"transform": transform}
    if (crs := dice.choice(SYSTEMS)) is not None:
        how |= {"crs": crs}
    if dice.random() < 0.4:
        how |= {"tiled": True, "blockxsize": 16 * dice.randint(1, 8), "blockysize": 16 * dice.randint(1, 8)}
    if dice.random() < 0.4:
        how |= {"nodata": dice.choice((0, 255, -9999, float("nan"), float("inf"), 1e40))}
    with rasterio.open(path, "w", **how) as target:
        target.write(pixels(dice, rng, kind, (count, height, width)))
        if dice.random() < 0.2:
            target.scales, target.offsets = [dice.choice((0.0, 1e-4, -1.0))] * count, [dice.choice((0.0, -0.1))] * count
        if dice.random() < 0.2:
            target.descriptions = [dice.choice(("B04", "red", "", "VV", "\x07", "名前"))] * count


def damaged(dice: random.Random, path: Path) -> Path:
    """Half of the files as they are; the others as no program writes them."""
    what = dice.random()
    if what < 0.5:
        return path
    data = bytearray(path.read_bytes())
    if what < 0.75:
        reach = min(len(data), 600) if dice.random() < 0.7 else len(data)
        for _ in range(dice.randint(1, 12)):
            data[dice.randrange(reach)] = dice.randrange(256)
    elif what < 0.85:
        del data[dice.randrange(len(data)) :]
    elif what < 0.9:
        data[:] = dice.randbytes(dice.choice((0, 1, 100, 5000)))
    else:
        path = path.rename(path.with_suffix(dice.choice((".vrt", ".png", ".jp2", ".xml", ".txt", ".SAFE", ".zip"))))
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("seed", [*seeds(100), 476, 606, 944])  # those three have pixels without a size
def test_it_is_answered_about_or_refused(seed: int, model: TerraScope, tmp_path: Path) -> None:
    dice = random.Random(seed)
    scene, made = tmp_path / "scene", tmp_path / "made"
    scene.mkdir()
    made.mkdir()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rasterio's, of rasters that lie nowhere
        try:
            strange_raster(dice, scene / "scene.tif")
        except (rasterio.errors.RasterioError, ValueError, OverflowError):
            pytest.skip("no library writes such a raster")
        path, sink = damaged(dice, scene / "scene.tif"), Sink()
        request = protocol.AskRequest(
            question="How much water is there?", dates=[protocol.DateInput(optical=str(path))],
            out=str(made / "run.gpkg"), picture=str(made / "run.png"),
            extent=(0.0, 0.0, 1e6, 1e7) if dice.random() < 0.1 else None,
        )  # fmt: skip
        try:
            with dictating(model, model.vocabulary.encode(SAID)):
                analyse(request, model, sink)
        except TerraScopeError as refusal:
            sentence = str(refusal)
            assert 10 < len(sentence) < 600
            assert "\n" not in sentence
            assert sentence[-1] in ".)"
            assert not list(made.iterdir())
            return
    assert sink.events[-1].event == "done"
    for step in sink.report.steps:
        assert np.isfinite(step.area_ha)
        assert step.area_ha >= 0
        assert 0 <= step.coverage_pct <= 100
    assert len(pyogrio.list_layers(made / "run.gpkg")) > 1
    assert sorted(file.name for file in made.iterdir()) == ["run.gpkg", "run.png"]
