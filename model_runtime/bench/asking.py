"""One question of a suite put to a model through the runtime's own corridor, and all that came of it."""

from __future__ import annotations

import io
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

import affine
import numpy as np
import rasterio
import rasterio.features

from .. import protocol
from ..errors import Cancelled, ModelError, OutputError, TerraScopeError
from ..evidence.report_file import opened
from ..measure.claims import check, parse_claims
from ..remeasure import grid_of
from ..terra_cot.entries import encode
from .items import Item
from .pictures import is_picture, picture
from .responses import DrawnMask, Response, Stated, Way
from .suites import Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..model_store.keeper import Keeper

NOMINAL_M = 10.0
"""Pixel size given to an image that does not say where it lies: what is measured of it then means nothing."""
_NOWHERE = "+proj=laea +lat_0=0 +lon_0=0 +datum=WGS84 +units=m +no_defs"


@dataclass(frozen=True)
class Setting:
    """How a model is asked.

    Attributes:
        model: "nano" or a model folder.
        way: The question itself, or with its options below it.
        profile: Of the reasoning.
        measured: Whether measures are written into the reasoning; None: as the model likes it.
        fusion: Whose evidence enters it where a date has two sensors.
        ablation: What of it is left out or done otherwise.
    """

    model: str
    way: Way
    profile: protocol.Profile = "paper"
    measured: bool | None = None
    fusion: protocol.Fusion = "text_guided"
    ablation: protocol.Ablation | None = None


def way_for(model: str, wanted: Literal["auto", "question", "letters"]) -> Way:
    """How to ask a model: nano and baselines that measure know no options; others choose a letter."""
    if wanted != "auto":
        return wanted
    return "question" if model in ("nano", "baseline:indices", "baseline:forest") else "letters"


class _Ear:
    """The `Sink` of a question: keeps the record and the model's own words, and passes on whether to stop."""

    def __init__(self, stopped: Callable[[], bool]) -> None:
        self.report: protocol.Report | None = None
        self.reasoning = ""
        self.cancelled = stopped

    def emit(self, event: protocol.Event) -> None:
        """Keep the record, and what is said besides the measures that are told."""
        if event.event == "done":
            self.report = event.report
        elif event.event == "text" and event.kind != "answer":
            # A measure ends what was said before it.
            self.reasoning += event.text if event.kind == "reasoning" else ". "


def ask(
    question: Question, setting: Setting, keeper: Keeper, stopped: Callable[[], bool] = lambda: False
) -> tuple[Response, protocol.ModelInfo | None]:
    """Ask one question.

    Args:
        question: of a suite.
        setting: how.
        keeper: has the model.
        stopped: asked before every word.

    Returns:
        What came of it, an error in a sentence if need be; and who answered.

    Raises:
        Cancelled: `stopped` said so.
        ModelError: the model cannot answer, whatever is asked.
        OutputError: there is no place to write.
    """
    begin = time.perf_counter()
    with TemporaryDirectory(prefix="terrascope-bench-") as folder:
        out = Path(folder) / "run.gpkg"
        ear = _Ear(stopped)
        try:
            request = protocol.AskRequest(
                question=(question.text if setting.way == "question" else question.with_options)[:4000],
                dates=_dates(question, Path(folder)),
                model=setting.model,
                profile=setting.profile,
                measured=setting.measured,
                fusion=setting.fusion,
                ablation=setting.ablation,
                clouds="ignore",  # shares are of the whole image, as the truth has them
                out=str(out),
            )
            keeper.answer(request, ear)
        except (Cancelled, ModelError, OutputError):
            raise
        except TerraScopeError as refusal:
            return Response(question.id, setting.way, seconds=_since(begin), error=str(refusal)), None
        seconds = _since(begin)
        report = ear.report
        masks = _masks(out, report) if question.item else ()
    response = Response(
        question.id, setting.way, report.reasoning, report.answer, masks, tuple(stated(ear.reasoning, report)), seconds
    )
    return response, report.model


def _since(begin: float) -> float:
    return round(time.perf_counter() - begin, 4)


def _masks(path: Path, report: protocol.Report) -> tuple[DrawnMask, ...]:
    """The mask of each [SEG] as it was measured, from its polygons along pixel edges."""
    grid = grid_of(report.scene)
    shape = grid.height, grid.width
    found = []
    with opened(path) as file:
        for step in report.steps:
            shapes = file.polygons(step.layer)
            mask = np.zeros(shape, bool)
            if shapes:
                mask = rasterio.features.geometry_mask(shapes, shape, grid.transform, invert=True)
            found.append(DrawnMask(step.phrase, step.image, encode(mask), step.score))
    return tuple(found)


def stated(reasoning: str, report: protocol.Report) -> Iterable[Stated]:
    """Every figure that a model wrote, and whether its own masks bear it out.

    A figure of the reasoning is borne out by any measure of its masks: which region a step of it is about is not told
    from its words. In the answer it has to be the measure of the region that the words name, as `measure.claims` says.

    Args:
        reasoning: the model's own words, without the measures that were told to it.
        report: of the run.
    """
    steps, distances, changes = report.steps, report.distances, report.changes
    for claim in parse_claims(reasoning):
        held = check([claim], steps, distances, changes)
        held += [found for step in steps for found in check([claim], [step], [])]
        held += [found for distance in distances for found in check([claim], [], [distance])]
        agreed = [found.agrees for found in held if found.agrees is not None]
        yield Stated("reasoning", claim.text, any(agreed) if agreed else None)
    for claim in report.claims:
        yield Stated("answer", claim.text, claim.agrees)


def _dates(question: Question, folder: Path) -> list[protocol.DateInput]:
    if question.item:
        return _of_item(question.item, question.images)
    if question.picture:
        return [protocol.DateInput(optical=str(_placed(io.BytesIO(question.picture), folder / "0.tif")))]
    dates = []
    for number, path in enumerate(question.images):
        radar = number in question.radar
        place = _placed(path, folder / f"{number}.tif", radar) if is_picture(path) else path
        dates.append(protocol.DateInput(**{"sar" if radar else "optical": str(place)}))
    return dates


def _of_item(item: Item, paths: Iterable[Path]) -> list[protocol.DateInput]:
    dates: dict[int, dict[str, str]] = {}
    for image, path in zip(item.images, paths, strict=True):
        fields = dates.setdefault(image.image, {"date": image.date} if image.date else {})
        fields[image.kind] = str(path)
    return [protocol.DateInput(**dates[number]) for number in sorted(dates)]


def _placed(file: Path | io.BytesIO, path: Path, radar: bool = False) -> Path:
    """A picture as a GeoTIFF at no real place; radar as one band, VV: pictures do not tell their polarisation."""
    values = np.asarray(picture(file, "L"))[None] if radar else np.asarray(picture(file)).transpose(2, 0, 1)
    count, height, width = values.shape
    with rasterio.open(
        path, "w", driver="GTiff", count=count, height=height, width=width, dtype="uint8",
        photometric="MINISBLACK" if radar else "RGB",
        crs=rasterio.crs.CRS.from_string(_NOWHERE), transform=affine.Affine(NOMINAL_M, 0, 0, 0, -NOMINAL_M, 0),
    ) as target:  # fmt: skip
        target.write(values)
        if radar:
            target.set_band_description(1, "VV")
    return path
