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
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyogrio.raw
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError
from rasterio.errors import RasterioError

from ..errors import OutputError
from ..measure.area import PixelAreas, boundary
from ..protocol import AskRequest, Change, DateInfo, Report, SeriesPoint, Step, Transitions
from ..resource_files import RESOURCES
from ..scene.grid import Grid
from .colours import CHANGE_COLOURS, RGB, step_colours
from .files import replacing
from .modality import add_modality, table_name
from .polygons import label, label_polygons

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
    masks: Sequence[np.ndarray],
    lines: Sequence[shapely.LineString | None],
    grid: Grid,
    changed: Sequence[tuple[np.ndarray, np.ndarray]] = (),
    modality: Sequence[tuple[int, np.ndarray]] = (),
    request: AskRequest | None = None,
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

    Raises:
        OutputError: the file cannot be written; nothing is left behind.
    """
    with replacing(path, ".gpkg") as part:
        try:
            _write(str(part), report, masks, lines, grid, changed, request)
            for image, values in modality:
                add_modality(part, table_name(image, len(modality)), values, grid, f"Sensor looked at, image {image}")
        except (DataSourceError, DataLayerError, FieldError, FeatureError, RasterioError) as error:
            # A full disk and a folder without permission both come as GDAL's errors.
            raise OutputError(
                f"'{Path(path).name}' cannot be written: check the folder's permissions and the space on the disk."
            ) from error


def _write(
    path: str,
    report: Report,
    masks: Sequence[np.ndarray],
    lines: Sequence[shapely.LineString | None],
    grid: Grid,
    changed: Sequence[tuple[np.ndarray, np.ndarray]],
    request: AskRequest | None,
) -> None:
    areas = PixelAreas(grid)
    for step, mask in zip(report.steps, masks, strict=True):
        polygons, columns = _parts(step, mask, areas, report.scene.valid_pixels)
        _layer(path, step.layer, "Polygon", polygons, columns, grid, f"{step.phrase}, image {step.image}")
    distances = report.distances
    _layer(
        path,
        "distances",
        "LineString",
        list(lines),
        {
            "from_step": np.array([d.from_step for d in distances], np.int32),
            "to_step": np.array([d.to_step for d in distances], np.int32),
            "distance_m": np.array([d.distance_m for d in distances], float),
            "centroid_distance_m": np.array([d.centroid_distance_m for d in distances], float),
            "contact": np.array([d.contact for d in distances], bool),
            "contact_length_m": np.array([d.contact_length_m for d in distances], float),
        },
        grid,
        "Nearest points of two steps, geodesic metres",
    )
    if report.changes:
        for side, layer in enumerate(_CHANGE_COLOURS):
            polygons, columns = _change_parts(report.changes, [pair[side] for pair in changed], areas)
            _layer(path, layer, "Polygon", polygons, columns, grid, layer.replace("_", ": "))
        _table(path, "changes", _rows(report.changes, Change))
        _table(path, "series", _rows(report.series, SeriesPoint))
        if report.transitions:
            _table(path, "from_to", _transition_columns(report.transitions))
    if report.examples:
        _examples(path, report, grid)
    _table(path, "steps", _step_columns(report.steps))
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


def _parts(
    step: Step, mask: np.ndarray, areas: PixelAreas, valid_pixels: int
) -> tuple[list[shapely.Polygon], dict[str, np.ndarray]]:
    """A step's polygons, largest first, each with its share of the step's figures."""
    labels, count = label(mask)
    area_ha = areas.areas_ha(labels, count)
    uncertainty_ha = areas.areas_ha(np.where(boundary(mask), labels, 0), count) / 2
    pixels = np.bincount(labels.ravel(), minlength=count + 1)[1:]
    order = np.argsort(-area_ha, kind="stable")
    polygons = label_polygons(labels, count, areas.grid)
    columns = {
        "step": np.full(count, step.index, np.int32),
        "phrase": np.full(count, step.phrase, object),
        "image": np.full(count, step.image, np.int32),
        "area_ha": area_ha[order],
        "area_uncertainty_ha": uncertainty_ha[order],
        "coverage_pct": 100.0 * pixels[order] / max(valid_pixels, 1),
        "pixels": pixels[order].astype(np.int64),
        "score": np.full(count, step.score, float),
    }
    return [polygons[i] for i in order], columns


def _change_parts(
    changes: Sequence[Change], masks: Sequence[np.ndarray], areas: PixelAreas
) -> tuple[list[shapely.Polygon], dict[str, np.ndarray]]:
    """Polygons of what was gained (or lost) in each change, largest first; their hectares add up to the change's."""
    polygons: list[shapely.Polygon] = []
    rows: list[dict[str, object]] = []
    for change, mask in zip(changes, masks, strict=True):
        labels, count = label(mask)
        area_ha = areas.areas_ha(labels, count)
        pixels = np.bincount(labels.ravel(), minlength=count + 1)[1:]
        parts = label_polygons(labels, count, areas.grid)
        for i in np.argsort(-area_ha, kind="stable"):
            polygons.append(parts[i])
            rows.append(
                {
                    "phrase": change.phrase,
                    "from_image": change.from_image,
                    "to_image": change.to_image,
                    "area_ha": area_ha[i],
                    "pixels": pixels[i],
                    "told": change.told,
                }
            )
    types = {"phrase": object, "from_image": np.int32, "to_image": np.int32, "area_ha": float, "pixels": np.int64,
             "told": bool}  # fmt: skip
    return polygons, {name: np.array([row[name] for row in rows], kind) for name, kind in types.items()}


def _rows(messages: Sequence[Change | SeriesPoint], kind: type[Change | SeriesPoint]) -> dict[str, np.ndarray]:
    """Messages as columns: numbers that may be absent become NaN, which a GeoPackage keeps as NULL."""
    types = {str: object, int: np.int32, bool: bool}
    return {
        name: np.array([getattr(message, name) for message in messages], types.get(about.annotation, float))
        for name, about in kind.model_fields.items()
    }


def _transition_columns(transitions: Sequence[Transitions]) -> dict[str, np.ndarray]:
    """The matrices as a long table, one row for each pair of regions."""
    cells = [
        (found.from_image, found.to_image, one, other, hectares)
        for found in transitions
        for one, row in zip(found.phrases, found.hectares, strict=True)
        for other, hectares in zip(found.phrases, row, strict=True)
    ]
    names = ("from_image", "to_image", "from_phrase", "to_phrase", "area_ha")
    types = (np.int32, np.int32, object, object, float)
    columns = zip(*cells, strict=True)
    return {name: np.array(column, kind) for name, kind, column in zip(names, types, columns, strict=True)}


def _step_columns(steps: Sequence[Step]) -> dict[str, np.ndarray]:
    return {
        "step": np.array([s.index for s in steps], np.int32),
        "phrase": np.array([s.phrase for s in steps], object),
        "image": np.array([s.image for s in steps], np.int32),
        "area_ha": np.array([s.area_ha for s in steps], float),
        "area_uncertainty_ha": np.array([s.area_uncertainty_ha for s in steps], float),
        "coverage_pct": np.array([s.coverage_pct for s in steps], float),
        "pixels": np.array([s.pixels for s in steps], np.int64),
        "score": np.array([s.score for s in steps], float),
        "tokens": np.array([s.tokens for s in steps], np.int32),
        "sar_share": np.array([s.sar_share for s in steps], float),
        "layer": np.array([s.layer for s in steps], object),
    }


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
    """QGIS's own table of styles, with one default style per layer, so that layers come coloured."""
    mask_style, line_style = ((STYLES / name).read_text(encoding="utf-8") for name in ("mask.qml", "distances.qml"))
    colours = step_colours([step.phrase for step in steps])
    layers = [(s.layer, _coloured(mask_style, colour)) for s, colour in zip(steps, colours, strict=True)]
    layers.append(("distances", line_style))
    if compared:
        layers += [(name, _coloured(mask_style, colour)) for name, colour in _CHANGE_COLOURS.items()]
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


def _coloured(style: str, colour: RGB) -> str:
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
        geometry=np.array([None if shape is None else shapely.to_wkb(shape) for shape in shapes], dtype=object),
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
