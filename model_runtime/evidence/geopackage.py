"""One GeoPackage per run: the masks as polygons, the distances as lines, the steps and the run as tables, and styles.

Each polygon of a step carries its own hectares, pixels, coverage and uncertainty; all four add up to the step's
figures. Where regions were compared at several dates there are also the layers `change_gained` and `change_lost` and
the tables `changes`, `series` and `from_to`; where a date had two sensors, the raster `modality` tells which of them
each place was looked at with. Version 1.2, which GDAL 3.4 (QGIS 3.22) opens without a word.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyogrio.raw
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError
from rasterio.errors import RasterioError

from ..errors import OutputError
from ..measure.area import PixelAreas
from ..protocol import AskRequest, Change, DateInfo, Report, SeriesPoint, Step
from ..rasters.rows import Raster
from ..resource_files import RESOURCES
from ..scene.grid import Grid
from .colours import CHANGE_COLOURS, RGB, step_colours
from .columns import change_parts, distance_columns, message_columns, step_columns, step_parts, transition_columns
from .files import replacing
from .modality import add_modality, table_name
from .seen import add_seen

STYLES = RESOURCES / "styles"
_TEMPLATE_COLOUR = "31,120,180"  # what mask.qml is drawn in
_CHANGE_COLOURS = {f"change_{side}": colour for side, colour in CHANGE_COLOURS.items()}


def layer_name(index: int, phrase: str) -> str:
    """Name of a step's layer: `step_01_water`."""
    slug = re.sub(r"[^a-z0-9]+", "_", phrase.lower()).strip("_")[:40].strip("_")
    return f"step_{index:02d}_{slug or 'region'}"


def write_report(
    path: str | os.PathLike[str],
    report: Report,
    masks: Sequence[Raster],
    lines: Sequence[shapely.LineString | None],
    grid: Grid,
    changed: Sequence[tuple[Raster, Raster]] = (),
    modality: Sequence[tuple[int, Raster]] = (),
    request: AskRequest | None = None,
    shows: Sequence[tuple[Raster, Raster]] = (),
    check: Callable[[], None] = lambda: None,
) -> None:
    """Write a run as a GeoPackage, replacing a file of that name.

    Args:
        path: ends with .gpkg.
        report: the run.
        masks: bool (H, W), one per step.
        lines: the nearest-points line per distance in the CRS of the grid; None where it is 0.
        grid: where the pixels of the masks lie.
        changed: what was gained and what was lost, bool (H, W) each, one pair per change of the report.
        modality: of each date with two sensors its 1-based image and which of them the reasoning took each place from,
            uint8 (H, W): 0 none, 1 optical, 2 SAR.
        request: what was asked, so that it can be asked again from the file alone.
        shows: of each date where it has data that no cloud hides, and where it has data, bool (H, W); none: everywhere.
        check: called when all is written and nothing is in place yet; may raise to leave it so.

    Raises:
        OutputError: the file cannot be written; nothing is left behind.
    """
    with replacing(path, ".gpkg") as part:
        try:
            with _waiting_for_no_disk():
                _write(str(part), report, masks, lines, grid, changed, request)
            for image, (seen, valid) in enumerate(shows, start=1):
                add_seen(part, image, seen, valid, grid)
            for image, values in modality:
                add_modality(part, table_name(image, len(modality)), values, grid, f"Sensor looked at, image {image}")
        except (DataSourceError, DataLayerError, FieldError, FeatureError, RasterioError) as error:
            # A full disk and a folder without permission both come as GDAL's errors.
            raise OutputError(
                f"'{Path(path).name}' cannot be written: check the folder's permissions and the space on the disk."
            ) from error
        _bring_to_disk(part)
        check()


@contextmanager
def _waiting_for_no_disk() -> Iterator[None]:
    """Within, layers are not brought to the disk one by one: the draft has no name yet that anybody would miss."""
    pyogrio.set_gdal_config_options({"OGR_SQLITE_SYNCHRONOUS": "OFF"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_SQLITE_SYNCHRONOUS": None})


def _bring_to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _write(
    path: str,
    report: Report,
    masks: Sequence[Raster],
    lines: Sequence[shapely.LineString | None],
    grid: Grid,
    changed: Sequence[tuple[Raster, Raster]],
    request: AskRequest | None,
) -> None:
    areas = PixelAreas(grid)
    for step, mask in zip(report.steps, masks, strict=True):
        polygons, columns = step_parts(step, mask, areas, report.scene.valid_pixels)
        _layer(path, step.layer, "Polygon", polygons, columns, grid, f"{step.phrase}, image {step.image}")
    distances = report.distances
    _layer(
        path,
        "distances",
        "LineString",
        list(lines),
        distance_columns(distances),
        grid,
        "Nearest points of two steps, geodesic metres",
    )
    if report.changes:
        for side, layer in enumerate(_CHANGE_COLOURS):
            polygons, columns = change_parts(report.changes, [pair[side] for pair in changed], areas)
            _layer(path, layer, "Polygon", polygons, columns, grid, layer.replace("_", ": "))
        _table(path, "changes", message_columns(report.changes, Change))
        _table(path, "series", message_columns(report.series, SeriesPoint))
        if report.transitions:
            _table(path, "from_to", transition_columns(report.transitions))
    if report.examples:
        _examples(path, report, grid)
    _table(path, "steps", step_columns(report.steps))
    _table(path, "dates", _date_columns(report.dates))
    _table(path, "run", _run_columns(report, request))
    _table(path, "layer_styles", _style_columns(report.steps, bool(report.changes)), FID="id")


def _examples(path: str, report: Report, grid: Grid) -> None:
    """What the masks were taught with, as it was given: `ask --examples` takes the report itself."""
    given = report.examples
    columns = {
        "phrase": np.array([example.phrase for example in given], object),
        "inside": np.array([example.inside for example in given], np.int32),
        "image": np.array([example.image or 1 for example in given], np.int32),
    }
    shapes = [shapely.from_wkt(example.wkt) for example in given]
    _layer(path, "examples", "Unknown", shapes, columns, grid, "What was shown of this place", report.examples_crs)


def _date_columns(dates: Sequence[DateInfo]) -> dict[str, np.ndarray]:
    """One row per date; what a date does not have is NULL."""
    columns = {
        "image": np.array([date.image for date in dates], np.int32),
        "date": np.array([date.date for date in dates], object),
    }
    for sensor in ("optical", "sar"):
        images = [getattr(date, sensor) for date in dates]
        for name in ("path", "sha256", "sensor", "stretch"):
            columns[f"{sensor}_{name}"] = np.array([image and getattr(image, name) for image in images], object)
        columns[f"{sensor}_bands"] = np.array([image and json.dumps(image.bands) for image in images], object)
        columns[f"{sensor}_offset_m"] = np.array([image.offset_m if image else None for image in images], float)
    columns["hidden_ha"] = np.array([date.hidden_ha for date in dates], float)
    columns["hidden_by"] = np.array([date.hidden_by for date in dates], object)
    return columns


def _run_columns(report: Report, request: AskRequest | None) -> dict[str, np.ndarray]:
    def one(value: str) -> np.ndarray:
        return np.array([value], object)

    def as_json(value: object) -> np.ndarray:
        return one(json.dumps(value, ensure_ascii=False))

    return {
        "question": one(report.question),
        "answer": one(report.answer),
        "reasoning": one(report.reasoning),
        "model_name": one(report.model.name),
        "model_revision": one(report.model.revision),
        "model_sha256": one(report.model.sha256),
        "crs": one(report.scene.crs),
        "ellipsoid": one(report.scene.ellipsoid),
        "profile": one(report.profile),
        "fusion": np.array([report.fusion], object),
        "measured": np.array([report.measured], bool),
        "versions": as_json(report.versions),
        "timings": as_json(report.timings),
        "started": one(report.started),
        "finished": one(report.finished),
        "warnings": as_json(report.warnings),
        "report": one(report.model_dump_json()),
        "request": np.array([request and request.model_dump_json()], object),
    }


def _style_columns(steps: Sequence[Step], compared: bool) -> dict[str, np.ndarray]:
    """QGIS's own table of styles, so that layers come coloured."""
    mask_style, line_style = ((STYLES / name).read_text(encoding="utf-8") for name in ("mask.qml", "distances.qml"))
    colours = step_colours([step.phrase for step in steps])
    layers = [(s.layer, coloured(mask_style, colour)) for s, colour in zip(steps, colours, strict=True)]
    layers.append(("distances", line_style))
    if compared:
        layers += [(name, coloured(mask_style, colour)) for name, colour in _CHANGE_COLOURS.items()]
    return style_table(layers)


def style_table(layers: Sequence[tuple[str, str]]) -> dict[str, np.ndarray]:
    """The columns of `layer_styles`: one default style, QML, for each layer."""
    count = len(layers)
    now = np.datetime64(datetime.now(UTC).replace(tzinfo=None, microsecond=0), "ms")
    return {
        "f_table_catalog": np.full(count, "", object),
        "f_table_schema": np.full(count, "", object),
        "f_table_name": np.array([name for name, _ in layers], object),
        "f_geometry_column": np.full(count, "geom", object),
        "styleName": np.full(count, "TerraScope", object),
        "styleQML": np.array([style for _, style in layers], object),
        "styleSLD": np.full(count, "", object),
        "useAsDefault": np.full(count, True, bool),
        "description": np.full(count, "", object),
        "owner": np.full(count, "", object),
        "ui": np.full(count, None, object),
        "update_time": np.full(count, now),
    }


def coloured(style: str, colour: RGB) -> str:
    """A style like that of masks in another colour."""
    return style.replace(_TEMPLATE_COLOUR, ",".join(str(part) for part in colour))


def _layer(
    path: str,
    name: str,
    geometry_type: str,
    shapes: Sequence[shapely.Geometry | None],
    columns: Mapping[str, np.ndarray],
    grid: Grid,
    description: str,
    crs: str | None = None,
) -> None:
    """Add a layer in `crs`, or in that of the grid."""
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(np.array(shapes, dtype=object)),
        field_data=list(columns.values()),
        fields=list(columns),
        layer=name,
        driver="GPKG",
        geometry_type=geometry_type,
        crs=crs or grid.crs_text,
        dataset_options={"VERSION": "1.2"},
        layer_options={"GEOMETRY_NAME": "geom", "DESCRIPTION": description},
    )


def _table(path: str, name: str, columns: Mapping[str, np.ndarray], **options: str) -> None:
    pyogrio.raw.write(
        path,
        geometry=None,
        field_data=list(columns.values()),
        fields=list(columns),
        layer=name,
        driver="GPKG",
        geometry_type=None,
        dataset_options={"VERSION": "1.2"},
        layer_options=options,
    )
