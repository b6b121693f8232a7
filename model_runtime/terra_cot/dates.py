"""The same generated place on one or several dates, seen by an optical sensor and by radar, with its truth.

The first date is the scene that `scenes.generate` makes of the same seed, with swir2 and radar added. Between dates the
season and the light change, fields go on growing, the radar's speckle and weather are new; and one real change may
happen, known to the pixel, or none at all.
"""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np

from . import changes, light, radar, seasons
from .scenes import Ground, LabelledScene, Sunlight, draw_sunlight, paint, photograph
from .spectra import OPTICAL_BANDS

ANY = "any"
"""As a change: one that the place has ground for and that the labels tell, or none."""

MAX_DATES = 8
_FIRST_DAYS = (datetime.date(2017, 1, 1).toordinal(), datetime.date(2021, 1, 1).toordinal())
# Apart from the stream of `scenes.generate`, which must give what it always gave.
_STREAM = 4


def generate_dates(
    size: int, seed: int, count: int = 1, change: str | None = None, cloud_share: float | None = None
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

    Returns:
        One scene per date, in order. All six bands of `OPTICAL_BANDS`, `labels` as the optical image shows the ground,
        `surface` as it is, `hidden` where clouds and shadows are, `sar` in dB. `change` is the kind that happens, ""
        for none or where there is one date only; `changed` is where it has by that date.

    Raises:
        ValueError: For a size, count or share out of range, an unknown change, or one that this place has no ground
            for.
    """
    if not 1 <= count <= MAX_DATES:
        raise ValueError(f"A place is made on 1 to {MAX_DATES} dates, not {count}: choose such a number.")
    if cloud_share is not None and not 0 <= cloud_share <= 1:
        raise ValueError(f"The share under clouds is between 0 and 1, not {cloud_share}: choose such a share.")
    ground = paint(np.random.default_rng(seed), size)
    canvas = ground.canvas
    rng = np.random.default_rng([_STREAM, seed])
    look = light.with_swir2(light.draw_look(canvas), canvas, rng)
    sunlight = draw_sunlight(ground)
    orbit = radar.draw_orbit(rng)
    day = datetime.date.fromordinal(int(rng.integers(*_FIRST_DAYS)))
    scenes = [_seen(ground, look, sunlight, orbit, cloud_share, day, f"generated {ground.region}, seed {seed}", rng)]
    if count == 1:
        return scenes
    if change == ANY:
        can = [kind for kind in changes.possible(canvas) if kind not in changes.OF_FIELDS]
        change = str(rng.choice(can)) if can else None
    planned = changes.plan(change, canvas, rng) if change else None
    materials = canvas.materials
    for number in range(1, count):
        rng = np.random.default_rng([_STREAM, seed, number])
        days = int(rng.integers(25, 200))
        day += datetime.timedelta(days=days)
        materials = seasons.aged(materials, days / 30.4, rng, fields=change not in changes.OF_FIELDS)
        later = replace(ground, canvas=canvas.later(rng, materials))
        changed = np.zeros((size, size), dtype=bool)
        if planned is not None:
            changed = planned.apply(later.canvas, number / (count - 1))
        later_sun = sunlight and Sunlight(sunlight.strength * float(rng.uniform(0.7, 1.3)), sunlight.sun + _drift(rng))
        later_look = light.later_look(look, later.canvas)
        scene = _seen(later, later_look, later_sun, orbit, cloud_share, day, scenes[0].place, rng)
        scenes.append(replace(scene, changed=changed))
    return [replace(scene, change=change or "") for scene in scenes]


def _drift(rng: np.random.Generator) -> float:
    """How far the sun stands from where it stood on the first date, in radians."""
    return float(rng.normal(0, 0.25))


def _seen(
    ground: Ground,
    look: light.Look,
    sunlight: Sunlight | None,
    orbit: radar.Orbit,
    cloud_share: float | None,
    day: datetime.date,
    place: str,
    rng: np.random.Generator,
) -> LabelledScene:
    bands, labels, hidden = photograph(ground, look, sunlight, cloud_share)
    return LabelledScene(
        bands,
        labels,
        ground.pixel_size_m,
        (True,) * len(OPTICAL_BANDS),
        True,
        None,
        place,
        names=OPTICAL_BANDS,
        surface=ground.labels(),
        hidden=hidden,
        sar=radar.backscatter(ground, look, orbit, radar.draw_weather(rng), rng),
        date=day.isoformat(),
        changed=np.zeros_like(hidden),
    )
