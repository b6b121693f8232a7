from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import rasterio
import rasterio.shutil

from model_runtime.errors import SceneError
from model_runtime.scene.scene import open_scene

Raster = Callable[..., Path]


def values(bands: int = 4) -> np.ndarray:
    return np.random.default_rng(1).integers(300, 3000, (bands, 40, 50)).astype(np.uint16)


HEAD = """<VRTDataset rasterXSize="50" rasterYSize="40"><SRS>EPSG:32633</SRS>
<GeoTransform>500000, 10, 0, 5000000, 0, -10</GeoTransform>"""


def band(source: str, number: int = 1, relative: int = 1, more: str = "", kind: str = "SimpleSource") -> str:
    return f"""<VRTRasterBand dataType="UInt16" band="{number}"><{kind}>
<SourceFilename relativeToVRT="{relative}">{source}</SourceFilename><SourceBand>1</SourceBand>{more}
</{kind}></VRTRasterBand>"""


def write(folder: Path, text: str) -> Path:
    path = folder / "scene.vrt"
    path.write_text(text, "utf-8")
    return path


def test_a_copy_as_vrt_is_the_same_scene(raster: Raster, tmp_path: Path) -> None:
    path = raster(values(), descriptions=("B02", "B03", "B04", "B08"))
    with rasterio.open(path) as source:
        rasterio.shutil.copy(source, tmp_path / "scene.vrt", driver="VRT")
    scene, plain = open_scene(tmp_path / "scene.vrt"), open_scene(path)
    np.testing.assert_array_equal(scene.bands, plain.bands)
    assert scene.band_index == plain.band_index and scene.path.endswith("scene.vrt")
    assert scene.sha256 != plain.sha256


def test_files_side_by_side_take_their_bands_from_the_files_names(raster: Raster, tmp_path: Path) -> None:
    written = values(3)
    for name, numbers in zip(("T33_B04", "T33_B03", "T33_B02"), written, strict=True):
        raster(numbers[None], f"{name}.tif")
    (tmp_path / "below").mkdir()
    (tmp_path / "T33_B02.tif").rename(tmp_path / "below" / "T33_B02.tif")
    text = HEAD + "".join(
        band(f"{name}.tif", n) for n, name in enumerate(("T33_B04", "T33_B03", "below/T33_B02"), start=1)
    )
    scene = open_scene(write(tmp_path, text + "</VRTDataset>"))
    assert scene.band_index == {"red": 1, "green": 2, "blue": 3}
    np.testing.assert_allclose(scene.bands, written / 10_000, rtol=1e-5)


def test_bands_of_several_number_types(raster: Raster, tmp_path: Path) -> None:
    written = values(3)
    text = HEAD
    for number, (name, numbers) in enumerate(zip(("B04", "B03", "B02"), written, strict=True), start=1):
        raster(numbers[None], f"{name}.tif")
        text += band(f"{name}.tif", number).replace("UInt16", ("UInt16", "Int16", "Float32")[number - 1])
    scene = open_scene(write(tmp_path, text + "</VRTDataset>"))
    np.testing.assert_allclose(scene.bands, written / 10_000, rtol=1e-5)


def test_a_mosaic_of_tiles(raster: Raster, tmp_path: Path) -> None:
    written = values(3)
    for name, numbers in (("left", written[..., :25]), ("right", written[..., 25:])):
        raster(np.ascontiguousarray(numbers), f"{name}.tif")
    bands = ""
    for number, colour in enumerate(("Red", "Green", "Blue"), start=1):
        sources = "".join(
            f'<SimpleSource><SourceFilename relativeToVRT="1">{name}.tif</SourceFilename>'
            f"<SourceBand>{number}</SourceBand>"
            f'<SrcRect xOff="0" yOff="0" xSize="25" ySize="40"/><DstRect xOff="{x}" yOff="0" xSize="25" ySize="40"/>'
            "</SimpleSource>"
            for name, x in (("left", 0), ("right", 25))
        )
        head = f'<VRTRasterBand dataType="UInt16" band="{number}"><ColorInterp>{colour}</ColorInterp>'
        bands += f"{head}{sources}</VRTRasterBand>"
    scene = open_scene(write(tmp_path, f"{HEAD}{bands}</VRTDataset>"))
    np.testing.assert_allclose(scene.bands, written / 10_000, rtol=1e-5)


@pytest.mark.parametrize(
    ("source", "relative"),
    [
        ("/vsicurl/http://127.0.0.1:1/x.tif", 0),
        ("/vsizip/x.zip/x.tif", 0),
        ("http://127.0.0.1:1/x.tif", 0),
        ("vrt://beside.tif", 1),
        ("../outside.tif", 1),
        ("OUTSIDE", 0),
        ("link.tif", 1),
        ("missing.tif", 1),
        ("beside.tif", 0),  # relative to wherever the runtime was started
        ("notes.txt", 1),
        ("inner.vrt", 1),
        ("disguised.tif", 1),
        ("GTIFF_DIR:1:beside.tif", 1),
        ("&lt;VRTDataset/&gt;", 1),
        ("", 1),
        (".", 1),
    ],
)
def test_sources_elsewhere_are_refused(raster: Raster, tmp_path: Path, source: str, relative: int) -> None:
    folder = tmp_path / "scene"
    folder.mkdir()
    raster(values(1), "outside.tif")
    raster(values(1), "scene/beside.tif")
    (folder / "notes.txt").write_text("secret")
    inner = f"{HEAD}{band('beside.tif')}</VRTDataset>"
    (folder / "inner.vrt").write_text(inner)
    (folder / "disguised.tif").write_text(inner)
    os.symlink(tmp_path / "outside.tif", folder / "link.tif")
    source = source.replace("OUTSIDE", str(tmp_path / "outside.tif"))
    path = write(folder, f"{HEAD}{band('beside.tif')}{band(source, 2, relative)}</VRTDataset>")
    with pytest.raises(SceneError, match="not a raster file beside it: put"):
        open_scene(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + band("beside.tif").replace("<VRTRasterBand", '<VRTRasterBand subClass="VRTDerivedRasterBand"'), "more"),
        (HEAD + band("beside.tif").replace("</VRT", "<PixelFunctionType>sum</PixelFunctionType></VRT"), "more"),
        (HEAD + band("beside.tif", more='<OpenOptions><OOI key="X">1</OOI></OpenOptions>'), "more"),
        (HEAD.replace("<VRTDataset", '<VRTDataset subClass="VRTWarpedDataset"') + band("beside.tif"), "more"),
        (HEAD + "<GDALWarpOptions/>" + band("beside.tif"), "more"),
        (HEAD + band("beside.tif", kind="KernelFilteredSource"), "more"),
        (HEAD.replace("EPSG:32633", "http://127.0.0.1:1/crs") + band("beside.tif"), "coordinate system"),
        ('<!DOCTYPE a [<!ENTITY x "y">]>' + HEAD + band("beside.tif"), "entities"),
        (HEAD, "names no files"),
    ],
)
def test_what_computes_or_fetches_is_refused(raster: Raster, tmp_path: Path, text: str, message: str) -> None:
    raster(values(1), "beside.tif")
    with pytest.raises(SceneError, match=message):
        open_scene(write(tmp_path, text + "</VRTDataset>"))


@pytest.mark.parametrize("content", [b"<VRTDataset", b"\xff\xfe<\0V\0", b"<other/>", os.urandom(200), b"<VRTDataset/>"])
def test_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "scene.vrt"
    path.write_bytes(content)
    with pytest.raises(SceneError, match=r"damaged|not a virtual raster|names no files"):
        open_scene(path)
