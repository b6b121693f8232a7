"""Files that mean harm: they lead nowhere else, and take neither memory nor time that is not theirs."""

from __future__ import annotations

import http.server
import resource
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import rasterio
import rasterio.shutil
from affine import Affine
from rasterio.enums import Resampling

from model_runtime.errors import SceneError
from model_runtime.scene import files, products, scene, stac
from model_runtime.scene.detail import LARGE_PX
from model_runtime.scene.scene import open_scene

Raster = Callable[..., Path]
ROOT = Path(__file__).resolve().parents[3]
UTM = {"driver": "GTiff", "crs": "EPSG:32633", "transform": Affine(10, 0, 5e5, 0, -10, 5e6)}
# Twelve entities, each ten times the one before: 300 GB of letters, had somebody to write them out.
LAUGHS = '<!DOCTYPE x [<!ENTITY e0 "lol">' + "".join(
    f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 12)
) + "]>"  # fmt: skip
SPARSE = {"SPARSE_OK": True, "compress": "deflate", "BIGTIFF": "YES"}


class Listener:
    """A web server that counts who comes."""

    def __init__(self) -> None:
        self.asked: list[str] = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(handler) -> None:  # noqa: N802, N805
                self.asked.append(handler.path)
                handler.send_error(404)

            do_HEAD = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.close()


def written(
    path: Path, width: int = 64, height: int = 64, count: int = 3, dtype: str = "uint8", **options: object
) -> Path:
    """A raster without any pixel written: a few hundred bytes, whatever its size."""
    with rasterio.open(path, "w", width=width, height=height, count=count, dtype=dtype, **UTM | SPARSE | options):
        return path


def looked_at(path: Path) -> str:
    """The sentence with which it is refused, in both ways of reading; empty when it is not."""
    said = []
    for look in (None, lambda _: None):
        try:
            open_scene(path, look=look)
            said.append("")
        except SceneError as error:
            said.append(str(error))
    assert said[0] == said[1]
    return said[0]


def test_overviews_that_a_raster_says_are_elsewhere_are_not_asked_for(raster: Raster, listener: Listener) -> None:
    path = raster(np.full((3, 600, 600), 90, np.uint8))
    for place in (f"/vsicurl/{listener.url}/o.tif", f"{listener.url}/o.tif", "/etc/passwd", ":::BASE:::other.tif"):
        with rasterio.open(path, "r+") as target:
            target.update_tags(ns="OVERVIEWS", OVERVIEW_FILE=place)
        assert not path.with_name("scene.tif.aux.xml").exists()  # it stands in the file itself
        assert "overviews are somewhere else" in looked_at(path)
    path = raster(np.full((3, 600, 600), 90, np.uint8), name="other.tif")
    path.with_name("other.tif.aux.xml").write_text(
        f'<PAMDataset><Metadata domain="OVERVIEWS"><MDI key="OVERVIEW_FILE">/vsicurl/{listener.url}/o.tif</MDI>'
        "</Metadata></PAMDataset>"
    )
    assert "overviews are somewhere else" in looked_at(path)
    assert listener.asked == []


@pytest.mark.parametrize("ending", [".ovr", ".msk", ".OVR"])
def test_what_lies_beside_a_raster_is_one_itself(raster: Raster, listener: Listener, ending: str) -> None:
    path = raster(np.full((3, 600, 600), 90, np.uint8))
    beside = path.with_name(path.name + ending)
    source = f"<SimpleSource><SourceFilename>/vsicurl/{listener.url}/o.tif</SourceFilename></SimpleSource>"
    band = f'<VRTRasterBand dataType="Byte" band="1">{source}</VRTRasterBand>'
    for content in (
        f'<VRTDataset rasterXSize="300" rasterYSize="300">{band}</VRTDataset>',
        f"<GDAL_WMS><Service name='TMS'><ServerUrl>{listener.url}/o</ServerUrl></Service></GDAL_WMS>",
        "",
    ):
        beside.write_text(content)
        assert f"'{beside.name}' beside 'scene.tif' is no plain raster" in looked_at(path)
    beside.unlink()
    inner = raster(np.full((3, 300, 300), 90, np.uint8), name="inner.tif")
    with rasterio.open(inner, "r+") as target:
        target.update_tags(ns="OVERVIEWS", OVERVIEW_FILE=f"/vsicurl/{listener.url}/o.tif")
    inner.rename(beside)
    assert "is no plain raster" in looked_at(path)
    assert listener.asked == []


def test_overviews_and_masks_that_are_rasters_are_used(raster: Raster) -> None:
    path = raster(np.full((3, 600, 600), 90, np.uint8), photometric="RGB")
    with rasterio.Env(TIFF_USE_OVR=True), rasterio.open(path, "r+") as target:
        target.build_overviews([2, 4], Resampling.average)
    mask = np.zeros((600, 600), bool)
    mask[:, :300] = True
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=False), rasterio.open(path, "r+") as target:
        target.write_mask(mask)
    assert {file.suffix for file in path.parent.iterdir()} == {".tif", ".ovr", ".msk"}
    path.with_name("scene.aux").write_text("\\relax of LaTeX")
    assert np.array_equal(open_scene(path).valid, mask)


def test_a_coordinate_system_is_not_fetched(raster: Raster, listener: Listener) -> None:
    path = raster(np.full((3, 60, 60), 90, np.uint8), crs=None)
    for place in (f"{listener.url}/x.wkt", f"/vsicurl/{listener.url}/x.wkt", "/etc/passwd"):
        path.with_name("scene.tif.aux.xml").write_text(f"<PAMDataset><SRS>{place}</SRS></PAMDataset>")
        assert "no coordinate system" in looked_at(path)
    assert listener.asked == []


def test_a_virtual_raster_of_files_that_lead_elsewhere_is_refused(raster: Raster, listener: Listener) -> None:
    path = raster(np.full((3, 600, 600), 90, np.uint8))
    rasterio.shutil.copy(path, path.with_name("mosaic.vrt"), driver="VRT")
    open_scene(path.with_name("mosaic.vrt"))
    with rasterio.open(path, "r+") as target:
        target.update_tags(ns="OVERVIEWS", OVERVIEW_FILE=f"/vsicurl/{listener.url}/o.tif")
    assert "overviews are somewhere else" in looked_at(path.with_name("mosaic.vrt"))
    assert listener.asked == []


def test_gdal_itself_reaches_no_network_in_a_runtime(listener: Listener) -> None:
    code = (
        "import sys, model_runtime.pipeline, rasterio\n"
        "with rasterio.Env() as env: drivers = set(env.drivers())\n"
        "assert {'GTiff', 'VRT'} <= drivers\n"
        "assert not drivers & {'HTTP', 'WMS', 'WCS', 'WMTS', 'STACTA', 'STACIT', 'GTI', 'EEDAI', 'PLMOSAIC', 'DAAS'}\n"
        "for place in sys.argv[1:]:\n"
        "    try: rasterio.open(place)\n"
        "    except rasterio.errors.RasterioError: continue\n"
        "    raise SystemExit(place)\n"
    )
    url = listener.url
    places = [f"/vsicurl/{url}/a.tif", f"/vsicurl_streaming/{url}/a.tif", f"/vsicurl?url={url}/a.tif", f"{url}/a.tif",
              f"WMS:{url}/", f"/vsizip//vsicurl/{url}/a.zip/a.tif", f"/vsiwebhdfs/{url}/webhdfs/v1/a.tif",
              "/vsis3/bucket/a.tif", "/vsigs/bucket/a.tif", "/vsiaz/bucket/a.tif"]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", code, *places], cwd=ROOT, capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert listener.asked == []


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process")
@pytest.mark.parametrize("where", ["beside", "inside", "virtual", "sentinel"])
def test_entities_are_not_written_out(raster: Raster, tmp_path: Path, where: str) -> None:
    """In the text beside a raster, in its own tags, in a virtual raster, and in the metadata of a product."""
    path = raster(np.full((3, 60, 60), 90, np.uint8))
    if where == "beside":
        path.with_name("scene.tif.aux.xml").write_text(
            f'{LAUGHS}<PAMDataset><Metadata><MDI key="X">&e11;</MDI></Metadata></PAMDataset>'
        )
    elif where == "inside":
        with rasterio.open(path, "r+") as target:
            target.update_tags(X="x" * 5000)
        inside = f'{LAUGHS}<GDALMetadata><Item name="X">&e11;</Item></GDALMetadata>'.encode()
        data = path.read_bytes()
        begin = data.index(b"<GDALMetadata>")
        path.write_bytes(data[:begin] + inside.ljust(5000, b" ") + data[begin + 5000 :])
    elif where == "virtual":
        rasterio.shutil.copy(path, path.with_name("mosaic.vrt"), driver="VRT")
        path = path.with_name("mosaic.vrt")
        path.write_text(LAUGHS + path.read_text().replace("<VRTDataset", "<VRTDataset a='&e11;'", 1))
    else:
        bands = tmp_path / "R10m"
        bands.mkdir()
        for name in ("B02", "B03", "B04"):
            written(bands / f"T33_{name}.tif", count=1, dtype="uint16")
        text = f"{LAUGHS}<a><QUANTIFICATION_VALUE>&e11;</QUANTIFICATION_VALUE></a>"
        (tmp_path / "MTD_MSIL2A.xml").write_text(text)
        path = bands
    code = (
        "import resource, sys\n"
        "from model_runtime.errors import SceneError\n"
        "from model_runtime.scene.scene import open_scene\n"
        "resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))\n"
        "try: print(open_scene(sys.argv[1]).grid.width)\n"
        "except SceneError as error: print(error)\n"
    )
    command = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    expected = {"virtual": "defines entities", "sentinel": "no data"}.get(where, "60")
    assert expected in done.stdout


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("MTD_MSIL2A.xml", "<QUANTIFICATION_VALUE" * 360_000),
        ("MTD_MSIL2A.xml", "<BOA_ADD_OFFSET " * 480_000),
        ("MTD_MSIL2A.xml", "<QUANTIFICATION_VALUE>" + "1" * 7_000_000),
        ("MTD_MSIL1C.xml", "<QUANTIFICATION_VALUE>" + " " * 7_000_000),
        ("x_MTL.txt", 'PROCESSING_LEVEL = "L2SP" SPACECRAFT_ID = "LANDSAT_8" '
                      + "GROUP = LEVEL2_SURFACE_REFLECTANCE_PARAMETERS" * 160_000),
        ("x_MTL.txt", 'PROCESSING_LEVEL = "L1TP" SPACECRAFT_ID = "LANDSAT_8" ' + "REFLECTANCE_MULT_BAND_1" * 300_000),
    ],
    ids=lambda value: value[:30],
)  # fmt: skip
def test_metadata_of_many_beginnings_are_looked_through_once(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    products.find_product(tmp_path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("MTD_MSIL2A.xml", "<BOA_QUANTIFICATION_VALUE>1.2.3</BOA_QUANTIFICATION_VALUE>"),
        ("MTD_MSIL2A.xml", "<BOA_QUANTIFICATION_VALUE>0</BOA_QUANTIFICATION_VALUE>"),
        ("MTD_MSIL2A.xml", '<BOA_ADD_OFFSET band_id="1">-1.0.0</BOA_ADD_OFFSET>'),
        ("x_MTL.txt", 'PROCESSING_LEVEL = "L1TP" SPACECRAFT_ID = "LANDSAT_8" REFLECTANCE_MULT_BAND_2 = 1E999'),
        ("x_MTL.txt", 'PROCESSING_LEVEL = "L1TP" SPACECRAFT_ID = "LANDSAT_8" REFLECTANCE_ADD_BAND_2 = 1.2.3'),
    ],
)
def test_metadata_whose_numbers_are_none_are_none(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    assert products.find_product(tmp_path) is None


@pytest.mark.parametrize(
    "shape",
    [
        {"width": 30_000, "height": 30_000, "dtype": "uint16", "blockysize": 30_000, "interleave": "pixel"},
        {"width": 100, "height": 100, "tiled": True, "blockxsize": 16_384, "blockysize": 16_384},
        {"width": 100, "height": 100, "dtype": "float64", "tiled": True, "blockxsize": 4096, "blockysize": 4096,
         "interleave": "pixel"},
        {"width": 2000, "height": 2000, "count": 9000, "dtype": "float64", "blockysize": 16, "interleave": "pixel"},
    ],
    ids=["one strip", "one tile", "three bands in one", "nine thousand bands in one"],
)  # fmt: skip
def test_a_few_bytes_that_unpack_to_gigabytes_are_refused(tmp_path: Path, shape: dict[str, object]) -> None:
    path = written(tmp_path / "bomb.tif", **shape)
    assert path.stat().st_size < 500_000
    assert "is stored in pieces of" in looked_at(path)


def test_blocks_as_programs_write_them_are_read(raster: Raster) -> None:
    how = {"compress": "deflate", "blockysize": 1900, "interleave": "pixel", "photometric": "RGB"}
    path = raster(np.full((3, 1900, 3000), 90, np.uint8), **how)
    with rasterio.open(path) as source:
        assert source.block_shapes[0] == (1900, 3000)
    assert open_scene(path, look=lambda _: None).valid.all()


def test_a_text_that_becomes_many_times_as_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "items.json"
    path.write_text("[" + "[]," * 100_000 + "[]]")
    monkeypatch.setattr(stac, "free_bytes", lambda: 7_000_000)
    assert "too large for STAC items" in looked_at(path)
    monkeypatch.undo()
    assert "holds no STAC items" in looked_at(path)
    path.write_text("[" * 1_000_000)
    assert "cannot be read as JSON" in looked_at(path)


def test_as_many_bands_as_a_file_can_have_are_no_burden(tmp_path: Path) -> None:
    path = written(tmp_path / "bands.tif", count=65_000, interleave="band", compress=None)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(SceneError, match="65000 bands"):
        open_scene(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kB


def test_what_does_not_find_memory_is_refused_before_it_is_taken(
    raster: Raster, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = raster(np.full((3, 500, 600), 90, np.uint8))
    needed = 500 * 600 * (3 + 12 + scene.BYTES_A_PIXEL)
    monkeypatch.setattr(scene, "free_bytes", lambda: needed)
    open_scene(path)
    monkeypatch.setattr(scene, "free_bytes", lambda: needed - 1)
    with pytest.raises(SceneError, match=r"takes about 0\.1 GB of memory, and 0\.1 GB are free: restrict the extent"):
        open_scene(path)
    open_scene(path, extent=(500_000, 4_999_000, 502_000, 5_000_000))


def test_a_large_scene_needs_memory_for_some_rows_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    side = int(LARGE_PX**0.5) + 100
    path = written(tmp_path / "large.tif", side, side, tiled=True, photometric="RGB")
    with rasterio.open(path, "r+") as target:
        target.write(np.full((3, side, side), 90, np.uint8))
    monkeypatch.setattr(scene, "free_bytes", lambda: 400_000_000)
    with pytest.raises(SceneError, match="restrict the extent"):
        open_scene(path)
    assert open_scene(path, look=lambda _: None).detail is not None
    # One whose rows are all there is of it.
    wide = written(tmp_path / "wide.tif", 60_000_000, 16, count=3, blockysize=1, photometric="RGB")
    with pytest.raises(SceneError, match="restrict the extent"):
        open_scene(wide, look=lambda _: None)


def test_files_of_no_raster_beside_one_do_not_matter(raster: Raster) -> None:
    path = raster(np.full((3, 60, 60), 90, np.uint8))
    for name in ("scene.txt", "scene.aux", "scene.tif.txt", "scene.ovr"):
        path.with_name(name).write_text("<VRTDataset/>")
    open_scene(path)
    assert files.MOST_BLOCK_BYTES == 256_000_000
