"""What a run's layers and tables hold, as columns: the parts of masks with their shares, and the record's lists."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from ..measure.area import PixelAreas
from ..measure.part_sizes import part_sizes
from ..protocol import Change, Distance, SeriesPoint, Step, Transitions
from ..rasters.rows import Raster
from .polygons import mask_polygons


def step_parts(
    step: Step, mask: Raster, areas: PixelAreas, valid_pixels: int
) -> tuple[list[shapely.Polygon], dict[str, np.ndarray]]:
    """A step's polygons, largest first, each with its share of the step's figures."""
    parts = part_sizes(mask, areas)
    count, order = len(parts.pixels), np.argsort(-parts.area_ha, kind="stable")
    polygons = mask_polygons(mask, areas.grid)
    columns = {
        "step": np.full(count, step.index, np.int32),
        "phrase": np.full(count, step.phrase, object),
        "image": np.full(count, step.image, np.int32),
        "area_ha": parts.area_ha[order],
        "area_uncertainty_ha": parts.uncertainty_ha[order],
        "coverage_pct": 100.0 * parts.pixels[order] / max(valid_pixels, 1),
        "pixels": parts.pixels[order],
        "score": np.full(count, step.score, float),
        "unsure": np.full(count, step.unsure, bool),
    }
    return [polygons[i] for i in order], columns


def change_parts(
    changes: Sequence[Change], masks: Sequence[Raster], areas: PixelAreas
) -> tuple[list[shapely.Polygon], dict[str, np.ndarray]]:
    """Polygons of what was gained (or lost) in each change, largest first; their hectares add up to the change's."""
    polygons: list[shapely.Polygon] = []
    rows: list[dict[str, object]] = []
    for change, mask in zip(changes, masks, strict=True):
        parts, shapes = part_sizes(mask, areas), mask_polygons(mask, areas.grid)
        for i in np.argsort(-parts.area_ha, kind="stable"):
            polygons.append(shapes[i])
            rows.append(
                {
                    "phrase": change.phrase,
                    "from_image": change.from_image,
                    "to_image": change.to_image,
                    "area_ha": parts.area_ha[i],
                    "pixels": parts.pixels[i],
                    "told": change.told,
                }
            )
    types = {"phrase": object, "from_image": np.int32, "to_image": np.int32, "area_ha": float, "pixels": np.int64,
             "told": bool}  # fmt: skip
    return polygons, {name: np.array([row[name] for row in rows], kind) for name, kind in types.items()}


def distance_columns(distances: Sequence[Distance]) -> dict[str, np.ndarray]:
    """One row per distance."""
    return {
        "from_step": np.array([d.from_step for d in distances], np.int32),
        "to_step": np.array([d.to_step for d in distances], np.int32),
        "distance_m": np.array([d.distance_m for d in distances], float),
        "centroid_distance_m": np.array([d.centroid_distance_m for d in distances], float),
        "contact": np.array([d.contact for d in distances], bool),
        "contact_length_m": np.array([d.contact_length_m for d in distances], float),
    }


def message_columns(
    messages: Sequence[Change | SeriesPoint], kind: type[Change | SeriesPoint]
) -> dict[str, np.ndarray]:
    """Messages as columns: numbers that may be absent become NaN, which a GeoPackage keeps as NULL."""
    types = {str: object, int: np.int32, bool: bool}
    return {
        name: np.array([getattr(message, name) for message in messages], types.get(about.annotation, float))
        for name, about in kind.model_fields.items()
    }


def transition_columns(transitions: Sequence[Transitions]) -> dict[str, np.ndarray]:
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


def step_columns(steps: Sequence[Step]) -> dict[str, np.ndarray]:
    """One row per step."""
    return {
        "step": np.array([s.index for s in steps], np.int32),
        "phrase": np.array([s.phrase for s in steps], object),
        "image": np.array([s.image for s in steps], np.int32),
        "area_ha": np.array([s.area_ha for s in steps], float),
        "area_uncertainty_ha": np.array([s.area_uncertainty_ha for s in steps], float),
        "coverage_pct": np.array([s.coverage_pct for s in steps], float),
        "pixels": np.array([s.pixels for s in steps], np.int64),
        "score": np.array([s.score for s in steps], float),
        "unsure": np.array([s.unsure for s in steps], bool),
        "refined": np.array([s.refined for s in steps], bool),
        "tokens": np.array([s.tokens for s in steps], np.int32),
        "sar_share": np.array([s.sar_share for s in steps], float),
        "layer": np.array([s.layer for s in steps], object),
    }
