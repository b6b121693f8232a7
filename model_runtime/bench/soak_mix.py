"""What `bench soak` does to a runtime: seeded questions of all kinds about generated scenes, and what comes between.

Each kind of use is a method of `Mix` that stands in `KINDS`. It returns when it has heard how its questions ended,
except where it hangs up; what ends otherwise than it should is kept in `surprises`.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rasterio

from ..errors import ModelError
from ..model_store.shelf import folder_of
from ..terra_cot.dates import ANY
from ..terra_cot.scene_files import CRS, ORIGIN_M, PIXEL_SIZE_M, write_dates, write_scene
from ..terra_cot.templates import QUESTIONS, countable
from ..terra_cot.vocabulary import LAND_COVER
from .served import Served

_ANSWERED = ("done",)
_STOPPED = ("done", "cancelled")
"""a wish to stop may come when all is done"""
_MOST_LINES = 60
"""of a stream, before somebody stops it"""
_AT_ONCE = 4


@dataclass(frozen=True)
class Scene:
    """Images of one place.

    Attributes:
        size: width and height in pixels.
        dates: as of an `AskRequest`.
    """

    size: int
    dates: list[dict[str, str]]


class Mix:
    """Uses of a runtime, the same for the same seed.

    Args:
        served: who is asked.
        folder: for scenes and answers.
        model: who answers.
        seed: of scenes, questions and all that is left to chance.
        large_px: width and height of a scene that is mapped window by window.
    """

    def __init__(self, served: Served, folder: Path, model: str, seed: int, large_px: int) -> None:
        self.surprises: list[str] = []
        self._use = "begin"
        self._served, self._folder, self._dice = served, folder, random.Random(seed)  # nosec B311: the same dice
        self._results = folder / "answers"
        self._results.mkdir()
        self._model, self._other = model, _copied(model, folder / "other")
        *self._scenes, self._fixed = _write_scenes(folder, seed)
        self._wide = Scene(large_px, [{"optical": str(_written(folder / "large.tif", large_px, seed))}])
        self._spoilt = _spoilt(folder, Path(self._scenes[0].dates[0]["optical"]))
        self._edited = folder / "edited.gpkg"

    def begin(self) -> None:
        """Have an answer whose masks are measured again later, and ask about every place in each tier.

        A processor's library compiles code for sizes that it meets for the first time, and keeps it.

        Raises:
            ModelError: there is no answer.
        """
        self._ask(self._request(question="Map the trees and give their area.", out=str(self._edited)))
        if self.surprises:
            raise ModelError(f"The model does not answer: {self.surprises[0]}")
        for scene in self._scenes:
            self._in_each_tier(scene)

    def do(self, use: Callable[[Mix], None]) -> None:
        """Use the runtime in one of the ways of `KINDS`."""
        self._use = use.__name__
        use(self)

    def fixed(self) -> list[str]:
        """Ask the question that is always the same, about a scene that nothing else is asked about; what it says."""
        self._use = "fixed"
        fixed = self._request(self._fixed, question="How many hectares of water are there, and how far is it from "
                              "the nearest built-up area?", out=self._out("fixed.gpkg"))  # fmt: skip
        with self._served.ask(fixed | {"picture": self._out("fixed.png")}) as events:
            last = list(events)[-1]
        if last["event"] != "done":
            self._surprised(str(last))
            return []
        report = last["report"]
        return [report["answer"], *(f"{step['phrase']}: {step['area_ha']} ha" for step in report["steps"])]

    def finish(self) -> None:
        """Let what was stopped of the large scene be completed, and then be forgotten: nothing is kept of it."""
        self.do(Mix.large)
        self.fixed()

    def _ask(self, request: dict[str, Any], ends: tuple[str, ...] = _ANSWERED, after: int = 0) -> None:
        """Ask a question, and hear how it ends.

        Args:
            request: the question.
            ends: how it may end: done, or the code of an error.
            after: lines after which the job is cancelled; 0: it is not.
        """
        job, end = "", ""
        with self._served.ask(request) as events:
            for number, event in enumerate(events, 1):
                job = event.get("job", job)
                end = event.get("code", event["event"])
                if number == after:
                    self._cancel(job)
        if end not in ends:
            self._surprised(f"{end}: {event}")

    def _cancel(self, job: str) -> None:
        status, said = self._served.request("POST", f"/v1/jobs/{job}/cancel")
        if status not in (200, 404):
            self._surprised(f"{status}: {said}")

    def _surprised(self, what: str) -> None:
        self.surprises.append(f"{self._use}: {what[:400]}")

    def _out(self, name: str) -> str:
        return str(self._results / name)

    def _request(self, scene: Scene | None = None, **fields: object) -> dict[str, Any]:
        """A question about a scene, in one of the ways to ask."""
        dice = self._dice
        scene = scene or dice.choice(self._scenes)
        return {"question": self._question(), "dates": scene.dates, "model": self._model} | fields

    def _chosen(self) -> dict[str, Any]:
        """What people set besides, or leave as it is."""
        dice = self._dice
        ways: dict[str, tuple] = {
            "profile": ("paper", "paper", "published"), "stretch": ("auto", "auto", "percentiles"),
            "minimum_area_ha": (0, 0, 1.5), "clouds": ("exclude", "ignore"), "measured": (None, True, False),
            "fusion": ("text_guided", "concat", "none"), "out": (None, self._out("answer.gpkg")),
            "picture": (None, self._out("answer.png")), "ellipsoid": (None, "EPSG:7030"),
        }  # fmt: skip
        return {name: dice.choice(values) for name, values in ways.items()}

    def _question(self) -> str:
        dice = self._dice
        wording = dice.choice(QUESTIONS[dice.choice(sorted(QUESTIONS))])
        a, b, c = dice.sample(LAND_COVER, 3)
        few, many = countable(a)[0]
        return wording.format(a=a, b=b, c=c, n=many, s=few, m=dice.choice((100, 300, 500)))

    def _place(self, scene: Scene, outside: bool = False) -> dict[str, Any]:
        """A part of a scene, or of the ground beside it."""
        left, top = ORIGIN_M
        metres = scene.size * PIXEL_SIZE_M
        x, y = (metres * self._dice.uniform(0, 0.4) for _ in range(2))
        side = metres * self._dice.uniform(0.4, 0.6)
        if outside:
            x += 3 * metres
        return {"extent": (left + x, top - y - side, left + x + side, top - y), "extent_crs": CRS}

    def answer(self) -> None:
        """A question of any kind about any of the places, asked in any way."""
        self._ask(self._request() | self._chosen())

    def follow_up(self) -> None:
        """A question after others of the same conversation."""
        turns = [
            {"question": self._question(), "answer": "12.5 ha", "phrases": ["water", "trees"]}
            for _ in range(self._dice.randint(1, 3))
        ]
        words = self._dice.choice(("And the trees?", "How far is it from the water?", "What share is that?"))
        self._ask(self._request(question=words, earlier=turns))

    def examples(self) -> None:
        """A question about a place of which some ground is shown."""
        scene = self._dice.choice(self._scenes)
        left, top = ORIGIN_M
        metres = scene.size * PIXEL_SIZE_M
        shown = []
        for number in range(self._dice.randint(2, 8)):
            x, y = left + metres * self._dice.uniform(0.1, 0.9), top - metres * self._dice.uniform(0.1, 0.9)
            shape = f"POINT ({x} {y})" if number % 2 else f"POLYGON (({x} {y}, {x + 60} {y}, {x} {y - 60}, {x} {y}))"
            shown.append({"phrase": "water", "wkt": shape, "inside": number < 2 or self._dice.random() < 0.5})
        asked = self._request(scene, question="How many hectares of water are there?", examples=shown, examples_crs=CRS)
        self._ask(asked | {"out": self._out("taught.gpkg")})

    def extent(self) -> None:
        """A question about a part of a place."""
        scene = self._dice.choice((*self._scenes, self._wide))
        self._ask(self._request(scene) | self._place(scene))

    def map(self) -> None:
        """A land-cover map."""
        regions = self._dice.sample(LAND_COVER, 4)
        scene = next(one for one in self._scenes if len(one.dates) == 1)
        self._ask(self._request(scene, regions=regions, out=self._out("map.gpkg")))

    def _large_request(self) -> dict[str, Any]:
        return self._request(self._wide, question="How many hectares of water are there?", out=self._out("large.gpkg"))

    def large(self) -> None:
        """A question about a scene that is mapped window by window, to its end."""
        self._ask(self._large_request())

    def large_cancelled(self) -> None:
        """The same, stopped on its way."""
        self._ask(self._large_request(), _STOPPED, self._dice.randint(2, _MOST_LINES))

    def cancelled(self) -> None:
        """A question that is cancelled at any moment."""
        asked = self._request() | self._chosen()
        self._ask(asked, _STOPPED, self._dice.randint(1, _MOST_LINES))

    def hung_up(self) -> None:
        """A question after which somebody goes away at any moment."""
        after = self._dice.randint(1, _MOST_LINES)
        with self._served.ask(self._request() | self._chosen()) as events:
            for number, _ in enumerate(events, 1):
                if number == after:
                    break

    def waiting_cancelled(self) -> None:
        """Somebody waits behind another one, and is not asked for any more before it is their turn."""
        first, second = self._request(), self._request()
        with self._served.ask(first) as events:
            next(events)
            self._ask(second, _STOPPED, 1)
            for _ in events:
                pass

    def at_once(self) -> None:
        """Questions of several people at a time, one of whom cancels."""
        asked = [(self._request() | self._chosen(), number) for number in range(_AT_ONCE)]
        asked = [(one | {"out": self._out(f"one{number}.gpkg"), "picture": None}, number) for one, number in asked]
        after = [0] * (_AT_ONCE - 1) + [self._dice.randint(1, _MOST_LINES)]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for _ in pool.map(lambda one, stop: self._ask(one[0], _STOPPED, stop), asked, after):
                pass

    def other_model(self) -> None:
        """A question to another model, which takes the place of the one in memory."""
        self._ask(self._request(model=str(self._other)))

    def other_tier(self) -> None:
        """The same model with its weights kept otherwise, and back."""
        self._in_each_tier(self._dice.choice(self._scenes))

    def _in_each_tier(self, scene: Scene) -> None:
        for tier in ("bf16", "fp32"):
            self._ask(self._request(scene, tier=tier))

    def measure(self) -> None:
        """Measure copies of an answer again, two at once, and what is no answer."""
        copies = [self._results / f"again{number}.gpkg" for number in range(2)]
        with ThreadPoolExecutor(len(copies)) as pool:
            for path in copies:
                shutil.copyfile(self._edited, path)
            bodies = [{"geopackage": str(path), "steps": [1]} for path in copies]
            for status, said in pool.map(lambda body: self._served.request("POST", "/v1/measure", body), bodies):
                if status != 200:
                    self._surprised(f"{status}: {said}")
        self._refused("/v1/measure", {"geopackage": str(self._spoilt[0])})

    def refused_file(self) -> None:
        """A file that there is not."""
        missing = [{"optical": str(self._folder / "nowhere.tif")}]
        self._ask(self._request(dates=missing), ("scene", "request"))

    def refused_raster(self) -> None:
        """Files that are no rasters."""
        for path in self._spoilt:
            self._ask(self._request(dates=[{"optical": str(path)}]), ("scene",))

    def refused_place(self) -> None:
        """Ground where the scene is not."""
        scene = self._scenes[0]
        self._ask(self._request(scene) | self._place(scene, outside=True), ("scene", "request"))

    def refused_model(self) -> None:
        """A model that there is not."""
        self._ask(self._request(model=str(self._folder / "nobody")), ("model",))

    def refused_words(self) -> None:
        """No question, and no request."""
        self._ask(self._request(question="  "), ("request",))
        self._refused("/v1/ask", {"question": "?", "dates": [], "colour": "blue"})

    def refused_key(self) -> None:
        """Somebody who has no key."""
        status, said = self._served.request("POST", "/v1/ask", self._request(), key="0" * 64)
        if status != 401:
            self._surprised(f"{status}: {said}")

    def _refused(self, path: str, body: dict[str, Any]) -> None:
        status, said = self._served.request("POST", path, body)
        if status != 422:
            self._surprised(f"{status}: {said}")

    def listed(self) -> None:
        """What the plugin asks for besides."""
        for path in ("/v1/health", "/v1/models"):
            status, said = self._served.request("GET", path)
            if status != 200:
                self._surprised(f"{status}: {said}")


def _copied(model: str, folder: Path) -> Path:
    """The same model in another folder, which is another model to a runtime."""
    return shutil.copytree(folder_of(model), folder, copy_function=shutil.copyfile)


def _written(path: Path, size: int, seed: int) -> Path:
    write_scene(path, size, seed)
    return path


def _write_scenes(folder: Path, seed: int) -> list[Scene]:
    """Images of several sizes, bands, sensors and numbers of dates; the last is of the fixed question."""
    small, middle = _written(folder / "small.tif", 96, seed), _written(folder / "middle.tif", 384, seed + 1)
    fixed = _written(folder / "fixed" / "fixed.tif", 256, seed + 2)
    colours = folder / "colours.tif"
    with rasterio.open(middle) as source:
        rgb = (source.read((3, 2, 1)) / 30).clip(1, 255).astype("uint8")
        profile = source.profile | {"count": 3, "dtype": "uint8", "nodata": None, "predictor": 1, "photometric": "RGB"}
    with rasterio.open(colours, "w", **profile) as target:
        target.write(rgb)
    dated = write_dates(folder / "dated.tif", 192, seed + 3, 3, ANY, 0.1)["dates"]
    images = [{kind: str(folder / date[kind]) for kind in ("optical", "sar")} for date in dated]
    optical = [{"optical": image["optical"]} for image in images]
    return [
        Scene(96, [{"optical": str(small)}]),
        Scene(384, [{"optical": str(middle)}]),
        Scene(384, [{"optical": str(colours)}]),
        Scene(192, images[:1]),
        Scene(192, [{"sar": images[0]["sar"]}]),
        Scene(192, optical[:2]),
        Scene(192, images[:2]),
        Scene(192, optical),
        Scene(256, [{"optical": str(fixed)}]),
    ]


def _spoilt(folder: Path, scene: Path) -> list[Path]:
    """Files that call themselves rasters: words, and a scene that ends in its middle."""
    words, cut = folder / "words.tif", folder / "cut.tif"
    words.write_text("no raster\n", "utf-8")
    whole = scene.read_bytes()
    cut.write_bytes(whole[: len(whole) // 2])
    return [words, cut]


KINDS: dict[Callable[[Mix], None], int] = {
    Mix.answer: 4, Mix.follow_up: 1, Mix.examples: 1, Mix.extent: 1, Mix.map: 1, Mix.large: 1, Mix.large_cancelled: 1,
    Mix.cancelled: 2, Mix.hung_up: 2, Mix.waiting_cancelled: 1, Mix.at_once: 1, Mix.other_model: 1, Mix.other_tier: 1,
    Mix.measure: 1, Mix.refused_file: 1, Mix.refused_raster: 1, Mix.refused_place: 1, Mix.refused_model: 1,
    Mix.refused_words: 1, Mix.refused_key: 1, Mix.listed: 1,
}  # fmt: skip
"""every kind of use, and how often it comes in a round"""
