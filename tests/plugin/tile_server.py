"""A stand-in for a map server on this machine: XYZ tiles, a WMS and a WCS that show one known place."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlparse

from osgeo import gdal, osr
from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice
from qgis.PyQt.QtGui import QColor, QImage

TILE = 256
HALF_WORLD_M = 20037508.342789244
LAND, LAKE = QColor(96, 128, 48), QColor(16, 40, 120)

WMS_CAPABILITIES = """<?xml version="1.0" encoding="UTF-8"?>
<WMS_Capabilities version="1.3.0" xmlns="http://www.opengis.net/wms" xmlns:xlink="http://www.w3.org/1999/xlink">
<Service><Name>WMS</Name><Title>stand-in</Title><OnlineResource xlink:href="{address}"/></Service>
<Capability><Request>
<GetCapabilities><Format>text/xml</Format>
<DCPType><HTTP><Get><OnlineResource xlink:href="{address}"/></Get></HTTP></DCPType></GetCapabilities>
<GetMap><Format>image/png</Format>
<DCPType><HTTP><Get><OnlineResource xlink:href="{address}"/></Get></HTTP></DCPType></GetMap>
</Request><Exception><Format>XML</Format></Exception>
<Layer><Title>all</Title><CRS>EPSG:32633</CRS><Layer queryable="0"><Name>lake</Name><Title>lake</Title>
<CRS>EPSG:32633</CRS>
<EX_GeographicBoundingBox><westBoundLongitude>14.9</westBoundLongitude><eastBoundLongitude>15.1</eastBoundLongitude>
<southBoundLatitude>49.6</southBoundLatitude><northBoundLatitude>49.7</northBoundLatitude></EX_GeographicBoundingBox>
<BoundingBox CRS="EPSG:32633" minx="495000" miny="5495000" maxx="505000" maxy="5505000"/>
</Layer></Layer></Capability></WMS_Capabilities>"""

WCS_CAPABILITIES = """<?xml version="1.0" encoding="UTF-8"?>
<WCS_Capabilities version="1.0.0" xmlns="http://www.opengis.net/wcs" xmlns:xlink="http://www.w3.org/1999/xlink"
xmlns:gml="http://www.opengis.net/gml">
<Service><name>WCS</name><label>stand-in</label></Service>
<Capability><Request>
<GetCapabilities><DCPType><HTTP><Get><OnlineResource xlink:href="{address}"/></Get></HTTP></DCPType></GetCapabilities>
<DescribeCoverage><DCPType><HTTP><Get><OnlineResource xlink:href="{address}"/></Get></HTTP></DCPType></DescribeCoverage>
<GetCoverage><DCPType><HTTP><Get><OnlineResource xlink:href="{address}"/></Get></HTTP></DCPType></GetCoverage>
</Request></Capability>
<ContentMetadata><CoverageOfferingBrief><name>lake</name><label>lake</label>
<lonLatEnvelope srsName="urn:ogc:def:crs:OGC:1.3:CRS84"><gml:pos>14.9 49.6</gml:pos><gml:pos>15.1 49.7</gml:pos>
</lonLatEnvelope></CoverageOfferingBrief></ContentMetadata></WCS_Capabilities>"""

WCS_COVERAGE = """<?xml version="1.0" encoding="UTF-8"?>
<CoverageDescription version="1.0.0" xmlns="http://www.opengis.net/wcs" xmlns:xlink="http://www.w3.org/1999/xlink"
xmlns:gml="http://www.opengis.net/gml"><CoverageOffering><name>lake</name><label>lake</label>
<lonLatEnvelope srsName="urn:ogc:def:crs:OGC:1.3:CRS84"><gml:pos>14.9 49.6</gml:pos><gml:pos>15.1 49.7</gml:pos>
</lonLatEnvelope>
<domainSet><spatialDomain><gml:Envelope srsName="EPSG:32633"><gml:pos>{west} {south}</gml:pos>
<gml:pos>{east} {north}</gml:pos></gml:Envelope>
<gml:RectifiedGrid dimension="2"><gml:limits><gml:GridEnvelope><gml:low>0 0</gml:low>
<gml:high>{last_column} {last_row}</gml:high></gml:GridEnvelope></gml:limits>
<gml:axisName>x</gml:axisName><gml:axisName>y</gml:axisName>
<gml:origin><gml:pos>{west} {north}</gml:pos></gml:origin>
<gml:offsetVector>{pixel} 0.0</gml:offsetVector><gml:offsetVector>0.0 -{pixel}</gml:offsetVector>
</gml:RectifiedGrid></spatialDomain></domainSet>
<rangeSet><RangeSet><name>bands</name><label>bands</label><axisDescription><AxisDescription><name>Band</name>
<label>Band</label><values><interval><min>1</min><max>{count}</max></interval></values></AxisDescription>
</axisDescription></RangeSet></rangeSet>
<supportedCRSs><requestResponseCRSs>EPSG:32633</requestResponseCRSs><nativeCRSs>EPSG:32633</nativeCRSs></supportedCRSs>
<supportedFormats nativeFormat="GeoTIFF"><formats>GeoTIFF</formats></supportedFormats>
<supportedInterpolations><interpolationMethod>nearest neighbor</interpolationMethod></supportedInterpolations>
</CoverageOffering></CoverageDescription>"""


class TileServer(ThreadingHTTPServer):
    """Serves a lake around a point, and a raster as a coverage.

    Args:
        centre_m: of the lake, in EPSG:32633.
        radius_m: of the lake.
        coverage: the raster that the WCS has.
    """

    daemon_threads = True

    def __init__(self, centre_m: tuple[float, float], radius_m: float, coverage: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.centre_m, self.radius_m, self.coverage = centre_m, radius_m, coverage
        self.asked: list[str] = []
        self.broken = False
        self.slow = threading.Event()
        self.slow.set()  # cleared: nothing is answered until it is set again
        self.address = f"http://127.0.0.1:{self.server_port}"
        self._to_utm = _transform(3857, 32633)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has cancelled is no error."""

    def tile(self, zoom: int, column: int, row: int) -> bytes:
        """One tile of EPSG:3857."""
        side = 2 * HALF_WORLD_M / 2**zoom
        west, north = column * side - HALF_WORLD_M, HALF_WORLD_M - row * side
        return self._draw(west, north - side, west + side, north, TILE, TILE, self._to_utm)

    def map(self, west: float, south: float, east: float, north: float, width: int, height: int) -> bytes:
        """One picture of EPSG:32633."""
        return self._draw(west, south, east, north, width, height, None)

    def _draw(
        self,
        west: float,
        south: float,
        east: float,
        north: float,
        width: int,
        height: int,
        to_utm: osr.CoordinateTransformation | None,
    ) -> bytes:
        """The lake is drawn by its centre and radius in the picture's own CRS: near enough, and quick."""
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(LAND)
        across, down = (east - west) / width, (north - south) / height
        for y in range(height):
            line = north - (y + 0.5) * down
            for x in range(0, width):
                there = (west + (x + 0.5) * across, line)
                if to_utm is not None:
                    there = to_utm.TransformPoint(*there)[:2]
                if math.dist(there, self.centre_m) < self.radius_m:
                    image.setPixelColor(x, y, LAKE)
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")
        return bytes(data)


class _Handler(BaseHTTPRequestHandler):
    server: TileServer

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.slow.wait(30)
        if self.server.broken:
            self.send_error(503)
            return
        url = urlparse(self.path)
        query = {name.lower(): values[0] for name, values in parse_qs(url.query).items()}
        if url.path == "/wms":
            self._wms(query)
        elif url.path == "/wcs":
            self._wcs(query)
        else:
            zoom, column, row = (int(part) for part in url.path.removesuffix(".png").strip("/").split("/"))
            self._send(self.server.tile(zoom, column, row), "image/png")

    def _wms(self, query: dict[str, str]) -> None:
        if query.get("request") == "GetMap":
            bounds = [float(part) for part in query["bbox"].split(",")]
            self._send(self.server.map(*bounds, int(query["width"]), int(query["height"])), "image/png")
        else:
            text = WMS_CAPABILITIES.format(address=self.server.address + "/wms?")
            self._send(text.encode(), "text/xml")

    def _wcs(self, query: dict[str, str]) -> None:
        raster = gdal.Open(str(self.server.coverage))
        west, pixel, _, north, _, _ = raster.GetGeoTransform()
        if query.get("request") == "GetCoverage":
            left, bottom, right, top = (float(part) for part in query["bbox"].split(","))
            name = f"/vsimem/coverage_{threading.get_ident()}.tif"
            gdal.Translate(name, raster, projWin=(left, top, right, bottom), width=int(query["width"]),
                           height=int(query["height"]))  # fmt: skip
            size = gdal.VSIStatL(name).size
            handle = gdal.VSIFOpenL(name, "rb")
            data = bytes(gdal.VSIFReadL(1, size, handle))
            gdal.VSIFCloseL(handle)
            gdal.Unlink(name)
            self._send(data, "image/tiff")
        elif query.get("request") == "DescribeCoverage":
            text = WCS_COVERAGE.format(
                west=west,
                north=north,
                east=west + pixel * raster.RasterXSize,
                south=north - pixel * raster.RasterYSize,
                pixel=pixel,
                last_column=raster.RasterXSize - 1,
                last_row=raster.RasterYSize - 1,
                count=raster.RasterCount,
            )
            self._send(text.encode(), "text/xml")
        else:
            self._send(WCS_CAPABILITIES.format(address=self.server.address + "/wcs?").encode(), "text/xml")

    def _send(self, data: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def serving(centre_m: tuple[float, float], radius_m: float, coverage: Path) -> Iterator[TileServer]:
    """The server while it is needed."""
    server = TileServer(centre_m, radius_m, coverage)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.slow.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _transform(source: int, target: int) -> osr.CoordinateTransformation:
    systems = []
    for code in (source, target):
        crs = osr.SpatialReference()
        crs.ImportFromEPSG(code)
        crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        systems.append(crs)
    return osr.CoordinateTransformation(*systems)
