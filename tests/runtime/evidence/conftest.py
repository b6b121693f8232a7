"""A run to write: three masks on a small scene, measured for real."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pyproj
import pytest
import shapely
from affine import Affine

from model_runtime import protocol
from model_runtime.evidence.geopackage import layer_name
from model_runtime.measure import contact, dates, distance
from model_runtime.measure.area import PixelAreas, coverage_pct
from model_runtime.scene.grid import Grid


class Run(NamedTuple):
    report: protocol.Report
    masks: list[np.ndarray]
    lines: list[shapely.LineString | None]
    grid: Grid
    rgb: np.ndarray


def geodesic_ha(polygons: Iterable[shapely.Polygon], grid: Grid) -> float:
    """Geodesic area of polygons in the CRS of a grid, by GeographicLib on the CRS's ellipsoid."""
    to_degrees = pyproj.Transformer.from_crs(grid.crs, grid.crs.geodetic_crs, always_xy=True)
    total = 0.0
    for polygon in polygons:
        degrees = shapely.transform(shapely.orient_polygons(polygon), to_degrees.transform, interleaved=False)
        total += abs(grid.geod.geometry_area_perimeter(degrees)[0])
    return total / 10_000


def an_image(path: str, bands: dict[str, int], sensor: str, offset_m: float | None = None) -> protocol.ImageInfo:
    return protocol.ImageInfo(
        path=path, sha256="1" * 64, bands=bands, sensor=sensor, stretch="As it is.", offset_m=offset_m
    )


def make_run(crs: str = "EPSG:32648", corner: tuple[float, float] = (362_612, 1_987_088), size: float = 10) -> Run:
    grid = Grid(pyproj.CRS(crs), Affine(size, 0, corner[0], 0, -size, corner[1]), 60, 50)
    water, built, snow = np.zeros((3, 50, 60), bool)
    water[5:20, 5:25] = True
    water[9:12, 9:14] = False  # an island
    water[30, 3] = water[31, 4] = True  # two ponds that meet at a corner
    built[28:44, 35:52] = True
    masks, phrases = [water, built, snow], ["water", "built-up area", "snow & ice"]
    areas, valid = PixelAreas(grid), np.ones((50, 60), bool)
    steps = [
        protocol.Step(
            index=index,
            phrase=phrase,
            image=1,
            area_ha=areas.area_ha(mask),
            area_uncertainty_ha=areas.uncertainty_ha(mask),
            coverage_pct=coverage_pct(mask, valid),
            pixels=int(mask.sum()),
            score=0.875,
            tokens=12 * index,
            sar_share=0.25 if index == 2 else None,
            layer=layer_name(index, phrase),
        )
        for index, (phrase, mask) in enumerate(zip(phrases, masks, strict=True), start=1)
    ]
    edge, shared = distance.between(water, built, grid), contact.between(water, built, grid)
    report = protocol.Report(
        question="How much water is there, and how far is it from the built-up area?",
        answer="There is some water – 3 ha – and it is near.",
        reasoning="<think>The water [SEG] …</think>",
        steps=steps,
        distances=[
            protocol.Distance(
                from_step=1,
                to_step=2,
                distance_m=edge.distance_m,
                centroid_distance_m=edge.centroid_distance_m,
                contact=shared.touches,
                contact_length_m=shared.length_m,
            )
        ],
        claims=[],
        model=protocol.ModelInfo(name="nano", revision="r1", sha256="0" * 64, parameters=1),
        scene=protocol.SceneInfo(
            crs=grid.crs_text,
            ellipsoid=grid.ellipsoid,
            width=60,
            height=50,
            pixel_size_m=grid.pixel_size_m,
            bounds=grid.bounds,
            valid_pixels=3000,
            valid_area_ha=areas.total_ha(valid),
        ),
        dates=[
            protocol.DateInfo(
                image=1,
                date="2020-02-23",
                optical=an_image("scene.tif", {"red": 3}, "Sentinel-2"),
                sar=an_image("radar.tif", {"vv": 1}, "Sentinel-1", offset_m=4.5),
                hidden_ha=1.25,
                hidden_by="layer",
            )
        ],
        fusion="text_guided",
        profile="paper",
        measured=True,
        timings={"total": 1.5},
        warnings=["One thing."],
        versions={"rasterio": "1"},
        started="2026-01-01T00:00:00+00:00",
        finished="2026-01-01T00:00:02+00:00",
    )
    rgb = np.random.default_rng(0).integers(0, 255, (50, 60, 3)).astype(np.uint8)
    return Run(report, masks, [edge.line], grid, rgb)


def make_change_run() -> tuple[Run, list[tuple[np.ndarray, np.ndarray]]]:
    """The water at two dates: a part is lost, as much again is gained elsewhere."""
    run = make_run()
    valid, areas = np.ones((50, 60), bool), PixelAreas(run.grid)
    later = run.masks[0].copy()
    later[5:20, 20:25] = False
    later[20:28, 8:20] = True
    masks = [run.masks[0], later]
    steps = [
        run.report.steps[0].model_copy(
            update={
                "index": image,
                "image": image,
                "area_ha": areas.area_ha(mask),
                "pixels": int(mask.sum()),
                "layer": layer_name(image, "water"),
            }
        )
        for image, mask in enumerate(masks, start=1)
    ]
    found = dates.compare(steps, [np.where(mask, 9.0, -9.0) for mask in masks], [valid, valid], areas)
    second = protocol.DateInfo(image=2, date="2023-03-01", optical=an_image("later.tif", {"red": 3}, ""), sar=None)
    report = run.report.model_copy(
        update={
            "steps": steps,
            "distances": [],
            "changes": found.changes,
            "series": found.series,
            "dates": [*run.report.dates, second],
        }
    )
    return run._replace(report=report, masks=masks, lines=[]), found.masks


@pytest.fixture(
    params=[
        ("EPSG:32648", (362_612, 1_987_088), 10),
        ("EPSG:4326", (2.35, 48.86), 1.2e-4),
        ("EPSG:27700", (257_760, 282_428), 10),
        ("+proj=laea +lat_0=60 +lon_0=30 +ellps=GRS80", (-300, 300), 10),
    ],
    ids=["utm", "degrees", "british", "own"],
)
def run(request: pytest.FixtureRequest) -> Run:
    return make_run(*request.param)
