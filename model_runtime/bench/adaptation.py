"""How long it takes to learn what is shown of a scene, and to answer again: `bench adaptation`."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
import torch
from scipy.ndimage import gaussian_filter

from .. import protocol
from ..model.adapt import Example, adapt
from ..model.looks import look
from ..model.teaching import planes_of
from ..model.vision import ModelImage
from ..model_store.keeper import Keeper
from ..terra_cot.scene_files import write_scene
from ..terra_cot.vocabulary import LAND_COVER

_BANDS = ("red", "green", "blue", "nir", "swir1", "swir2")
_PHRASES = ("water", "trees", "built-up area")
_OUTLINE_PX = 7
_SEED = 4
"""of the generated scene: 7 % of it is water"""


@dataclass(frozen=True)
class Row:
    """Seconds on the clock and of the processor; the processor's are what they would be on a machine that is idle."""

    what: str
    wall_s: float
    cpu_s: float


class _Quiet:
    """The sink of those who only wait for the end."""

    def emit(self, event: protocol.Event) -> None:
        pass

    def cancelled(self) -> bool:
        return False


@torch.inference_mode()
def measure_head(keeper: Keeper, name: str, size: int, count: int) -> list[Row]:
    """Time what is done once for a scene, and each time something is shown, on one thread.

    Args:
        keeper: on the processor.
        name: 'nano' or a model folder.
        size: pixels along a side of the scene, which is made of smooth noise.
        count: of the examples, over three phrases.
    """
    rng = np.random.default_rng(1)
    model = keeper.get(name)
    bands = np.stack([gaussian_filter(rng.random((size, size), np.float32), 8) for _ in _BANDS])
    image = ModelImage((bands[:3].transpose(1, 2, 0) * 255).astype(np.uint8), bands, _BANDS, reflectance=True)
    features = model.grounding.encode(image.rgb, model.planes(image))
    own = {phrase: torch.zeros(size, size) for phrase in _PHRASES}
    with _one_thread():
        looks, made = _timed("features, once a scene", lambda: look(planes_of(model, image), features, model.grounding))
        rows = [made]
        for what, side in (("clicks", 1), ("outlines", _OUTLINE_PX)):
            corners = rng.integers(0, size - _OUTLINE_PX, (count, 2))
            inside = np.argwhere(np.ones((side, side), bool))
            examples = [Example(_PHRASES[k % len(_PHRASES)], at + inside) for k, at in enumerate(corners)]
            rows.append(_timed(what, lambda shown=examples: adapt(looks, own, shown))[1])
        return rows


def measure_answers(keeper: Keeper, name: str, size: int, count: int) -> list[Row]:
    """Time whole answers about a generated scene, from the request to the report and its GeoPackage, on one thread.

    Args:
        keeper: on the processor.
        name: 'nano' or a model folder.
        size: pixels along a side of the scene.
        count: clicks of an answer, over the two largest classes of the scene.
    """
    keeper.get(name)
    with tempfile.TemporaryDirectory() as folder, _one_thread():
        scene = Path(folder) / "scene.tif"
        write_scene(scene, size, _SEED)
        crs, first, second = _clicks(scene.with_name("scene_labels.tif"), count)
        names = list(dict.fromkeys(example.phrase for example in first))

        def ask(examples: Sequence[protocol.Example]) -> None:
            request = protocol.AskRequest(
                question=f"How far is the {names[0]} from the {names[-1]}?",
                dates=[protocol.DateInput(optical=str(scene))],
                examples=list(examples),
                examples_crs=crs,
                model=name,
                out=str(Path(folder) / "report.gpkg"),
            )
            keeper.answer(request, _Quiet())

        turns = (
            ("question, nothing known", ()),
            ("the same with clicks", first),
            ("the same with other clicks", second),
        )
        ask(())  # imports and first allocations are of no interest
        scene.touch()  # another place for all that is known
        rows = [_timed(what, lambda shown=examples: ask(shown))[1] for what, examples in turns]
        scene.touch()
        return [*rows, _timed("with clicks, nothing known", lambda: ask(first))[1]]


def _clicks(labels: Path, count: int) -> tuple[str, list[protocol.Example], list[protocol.Example]]:
    """The labels' coordinate system, and twice as many clicks as asked for on their two largest classes in turn."""
    rng = np.random.default_rng(1)
    with rasterio.open(labels) as file:
        codes, crs, transform = file.read(1), file.crs.to_wkt(), file.transform
    largest = np.bincount(codes[codes > 0], minlength=len(LAND_COVER) + 1).argsort()[::-1][:2]
    found: list[protocol.Example] = []
    for number in range(2 * count):
        code = int(largest[number % 2])
        there = np.argwhere(codes == code) if (codes == code).any() else np.argwhere(codes > 0)
        row, column = there[rng.integers(len(there))]
        x, y = transform @ (column + 0.5, row + 0.5)
        found.append(protocol.Example(phrase=LAND_COVER[code - 1], wkt=f"POINT({x} {y})"))
    return crs, found[:count], found[count:]


def _timed(what: str, work: Callable[[], object]) -> tuple[object, Row]:
    begin, spent = time.perf_counter(), time.process_time()
    made = work()
    return made, Row(what, time.perf_counter() - begin, time.process_time() - spent)


@contextmanager
def _one_thread() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def run(name: str, size: int, count: int) -> None:
    """Print a table."""
    keeper = Keeper("cpu")
    answers = measure_answers(keeper, name, size, count)
    print(f"{count} examples, {size} x {size} pixels, one thread")
    print(f"{'':<30}{'seconds':>9}{'of processor':>14}{'of the first':>14}")
    for row in measure_head(keeper, name, size, count):
        print(f"{row.what:<30}{row.wall_s:>9.2f}{row.cpu_s:>14.2f}")
    print("whole answers")
    for row in answers:
        print(f"{row.what:<30}{row.wall_s:>9.2f}{row.cpu_s:>14.2f}{row.cpu_s / answers[0].cpu_s:>13.0%}")
