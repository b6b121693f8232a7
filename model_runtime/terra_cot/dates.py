"""The same generated place on one or several dates, seen by an optical sensor and by radar, with its truth.

The first date is the scene that `scenes.generate` makes of the same seed, with swir2 and radar added. Between dates the
season and the light change, fields go on growing, the radar's speckle and weather are new; and one real change may
happen, known to the pixel, or none at all.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

import numpy as np

from . import changes, light, radar, seasons
from .scenes import Ground, LabelledScene, Shot, Sunlight, draw_shot, draw_sunlight, paint, photograph
from .spectra import OPTICAL_BANDS

ANY = "any"
"""As a change: one that the place has ground for and that the labels tell, or none."""

MAX_DATES = 8
FIRST_DAYS = (datetime.date(2017, 1, 1).toordinal(), datetime.date(2021, 1, 1).toordinal())
"""Ordinals between which the first date lies."""
DAYS_BETWEEN = (25, 200)
"""From one date to the next, the latter not included."""
DAYS_A_MONTH = 30.4
# Apart from the stream of `scenes.generate`, which must give what it always gave.
_STREAM = 4


def generate_dates(
    size: int,
    seed: int,
    count: int = 1,
    change: str | None = None,
    cloud_share: float | None = None,
    pixel_size_m: float | None = None,
) -> list[LabelledScene]:
    """Make a place as seen on several dates, optical and SAR, all on one grid.

    Args:
        size: Width and height in pixels, 64 to 2048.
        seed: The same seed gives the same place, whatever else is asked for.
        count: How many dates, 1 to `MAX_DATES`.
        change: What really happens, one of `changes.CHANGES`, growing from nothing on the first date; `ANY` for one
            that the place has ground for and that turns classes into others (not of `changes.OF_FIELDS`), or none;
            None for nothing but season, light and noise.
        cloud_share: Share of each optical image that clouds and their shadows hide, 0 to 1; by default it is drawn,
            and most images have none.
        pixel_size_m: Ground size of a pixel; drawn when not given, 10 m in two of three places.

    Returns:
        One scene per date, in order. All six bands of `OPTICAL_BANDS`, `labels` as the optical image shows the ground,
        `surface` as it is, `hidden` where clouds and shadows are, `sar` in dB. `change` is the kind that happens, ""
        for none or where there is one date only; `changed` is where it has by that date.

    Raises:
        ValueError: For a size, count or share out of range, an unknown change, or one that this place has no ground
            for.
    """
    check_dates(count, cloud_share)
    ground = paint(np.random.default_rng(seed), size, pixel_size_m)
    canvas = ground.canvas
    rng = np.random.default_rng([_STREAM, seed])
    look = light.with_swir2(light.draw_look(canvas, ground.used), ground.used, rng)
    sunlight = draw_sunlight(ground)
    orbit = radar.draw_orbit(rng)
    day = datetime.date.fromordinal(int(rng.integers(*FIRST_DAYS)))
    place = f"generated {ground.region}, seed {seed}"
    shot = _shot(ground, cloud_share)
    weather = radar.draw_weather(rng)
    scenes = [seen(ground, look, Conditions(day, sunlight, shot, orbit, weather), place, rng)]
    if count == 1:
        return scenes
    if change == ANY:
        can = [kind for kind in changes.possible(canvas) if kind not in changes.OF_FIELDS]
        change = str(rng.choice(can)) if can else None
    planned = changes.plan(change, canvas, rng) if change else None
    materials = canvas.materials
    for number in range(1, count):
        rng = np.random.default_rng([_STREAM, seed, number])
        days = int(rng.integers(*DAYS_BETWEEN))
        day += datetime.timedelta(days=days)
        materials = seasons.aged(materials, days / DAYS_A_MONTH, rng, fields=change not in changes.OF_FIELDS)
        later = replace(ground, canvas=canvas.later(rng, materials))
        changed = np.zeros((size, size), dtype=bool)
        if planned is not None:
            changed = planned.apply(later.canvas, number / (count - 1))
        later_sun = sunlight and Sunlight(sunlight.strength * float(rng.uniform(0.7, 1.3)), sunlight.sun + drift(rng))
        later_look = light.later_look(look, later.canvas)
        shot, weather = _shot(later, cloud_share), radar.draw_weather(rng)
        scene = seen(later, later_look, Conditions(day, later_sun, shot, orbit, weather), place, rng)
        scenes.append(replace(scene, changed=changed))
    return [replace(scene, change=change or "") for scene in scenes]


def check_dates(count: int, cloud_share: float | None) -> None:
    """Check a number of dates and a share under clouds.

    Raises:
        ValueError: One of them is out of range.
    """
    if not 1 <= count <= MAX_DATES:
        raise ValueError(f"A place is made on 1 to {MAX_DATES} dates, not {count}: choose such a number.")
    if cloud_share is not None and not 0 <= cloud_share <= 1:
        raise ValueError(f"The share under clouds is between 0 and 1, not {cloud_share}: choose such a share.")


def _shot(ground: Ground, cloud_share: float | None) -> Shot:
    canvas = ground.canvas
    return draw_shot(canvas.rng, ground.pixel_size_m, canvas.noise, cloud_share, canvas.grandeur)


def drift(rng: np.random.Generator) -> float:
    """How far the sun stands from where it stood on the first date, in radians."""
    return float(rng.normal(0, 0.25))


@dataclass(frozen=True)
class Conditions:
    """What an optical and a radar image of one date are taken in and with."""

    day: datetime.date
    sunlight: Sunlight | None
    shot: Shot
    orbit: radar.Orbit
    weather: radar.Weather


def seen(
    ground: Ground, look: light.Look, conditions: Conditions, place: str, rng: np.random.Generator
) -> LabelledScene:
    """Both images of a ground on one date, with its truth.

    Args:
        ground: The ground of that date; the optical sensor's noise is drawn from its canvas's random stream.
        look: How its objects look.
        conditions: Of the date.
        place: What or where it is.
        rng: The radar's speckle is drawn from it.
    """
    bands, labels, surface, hidden = photograph(ground, look, conditions.sunlight, conditions.shot)
    return LabelledScene(
        bands,
        labels,
        ground.pixel_size_m,
        (True,) * len(OPTICAL_BANDS),
        True,
        None,
        place,
        names=OPTICAL_BANDS,
        surface=surface,
        hidden=hidden,
        sar=radar.backscatter(ground, look, conditions.orbit, conditions.weather, rng),
        date=conditions.day.isoformat(),
        changed=np.zeros_like(hidden),
    )
