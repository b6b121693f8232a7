"""The wire as the plugin sees it: plain dataclasses with the field names of `resources/protocol.schema.json`.

A contract test compares both. Reading is tolerant (fields this version does not know are dropped, so that an older
plugin can talk to a newer runtime); writing is exact. Knows no sockets and no Qt.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any, TypeVar, Union

from ..errors import ProtocolError
from .kinds import fits

TIERS = ("auto", "fp32", "bf16", "int8", "fp8", "int4")  # what AskRequest.tier may be
PROFILES = ("paper", "published")  # what AskRequest.profile may be
STRETCHES = ("auto", "percentiles")  # what AskRequest.stretch may be
FUSIONS = ("text_guided", "concat", "published_train", "none")  # what AskRequest.fusion may be

Bounds = tuple[float, float, float, float]
_M = TypeVar("_M")


@dataclass(frozen=True)
class DateInput:
    """One date of a place: an optical image, a radar image or both, and a layer that tells clouds; files and a day."""

    optical: str | None = None
    sar: str | None = None
    clouds: str | None = None
    date: str | None = None


@dataclass(frozen=True)
class Example:
    """Ground on which the user shows what is there, or with `inside` false what is not; in `examples_crs`."""

    phrase: str
    wkt: str
    inside: bool = True
    image: int | None = None


@dataclass(frozen=True)
class Turn:
    """An earlier question of the conversation, its answer, and what was marked for it, in order."""

    question: str
    answer: str
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True)
class AskRequest:
    """One question about one place; paths are files on the runtime's machine, bounds are in `extent_crs`."""

    question: str
    dates: tuple[DateInput, ...]
    extent: Bounds | None = None
    polygon_wkt: str | None = None
    extent_crs: str | None = None
    bands: dict[str, int] | None = None
    sar_bands: dict[str, int] | None = None
    sensor: str | None = None
    sar_sensor: str | None = None
    stretch: str = "auto"
    minimum_area_ha: float = 0.0
    ellipsoid: str | None = None
    fusion: str = "text_guided"
    clouds: str = "exclude"
    on_offset: str = "refuse"
    large: str = "overview"
    regions: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    examples_crs: str | None = None
    earlier: tuple[Turn, ...] = ()
    notes: tuple[str, ...] = ()
    model: str = "nano"
    profile: str = "paper"
    measured: bool | None = None
    ablation: str | None = None
    tier: str = "auto"
    out: str | None = None
    picture: str | None = None


@dataclass(frozen=True)
class Step:
    """One region of the reasoning and the exact measure of its mask; `bounds` are in the scene's CRS."""

    index: int
    phrase: str
    image: int
    area_ha: float
    area_uncertainty_ha: float
    coverage_pct: float
    pixels: int
    score: float
    tokens: int
    layer: str
    sar_share: float | None = None
    bounds: Bounds | None = None
    edited: bool = False
    unsure: bool = False
    refined: bool = False


@dataclass(frozen=True)
class Distance:
    """How two masks lie to one another, edge to edge and geodesic."""

    from_step: int
    to_step: int
    distance_m: float
    centroid_distance_m: float
    contact: bool
    contact_length_m: float


@dataclass(frozen=True)
class Change:
    """What became of one region between two dates; not `told` means that it cannot be told from noise."""

    phrase: str
    from_step: int
    to_step: int
    from_image: int
    to_image: int
    earlier_ha: float
    later_ha: float
    gained_ha: float
    lost_ha: float
    kept_ha: float
    gained_pct: float | None
    lost_pct: float | None
    uncertainty_ha: float
    floor_ha: float
    told: bool
    compared_ha: float
    objects_earlier: int
    objects_later: int
    objects_gone: int
    objects_new: int
    gone_pct: float | None


@dataclass(frozen=True)
class Transitions:
    """Hectares from each region (row, earlier) to each (column, later); the first, "", is ground without a name."""

    from_image: int
    to_image: int
    phrases: tuple[str, ...]
    hectares: tuple[list[float], ...]


@dataclass(frozen=True)
class SeriesPoint:
    """One region at one of several dates, on the pixels that all its dates show."""

    phrase: str
    image: int
    step: int
    area_ha: float
    area_uncertainty_ha: float
    objects: int


@dataclass(frozen=True)
class Claim:
    """A figure the model wrote beside the figure measured from the masks, both in `unit`."""

    text: str
    value: float
    unit: str
    measured: float | None = None
    agrees: bool | None = None


@dataclass(frozen=True)
class ClassQuality:
    """How well a model finds one class: IoU from 0 to 1, and its coverage's mean error in percentage points."""

    iou: float
    coverage_error_pct: float


ByInputs = dict[str, dict[str, ClassQuality]]  # by input set (rgb, rgb+nir, ..., sar) and class


@dataclass(frozen=True)
class ModelInfo:
    """Which weights answered, and in one line how good they are."""

    name: str
    revision: str
    sha256: str
    parameters: int
    quality: str = ""
    class_quality: ByInputs = field(default_factory=dict)
    calibrated_on: str = ""
    device: str = ""
    tier: str = ""


@dataclass(frozen=True)
class ImageInfo:
    """One raster that was looked at; `offset_m` is how far its contents lie off the reference's, None: not told."""

    path: str
    sha256: str
    bands: dict[str, int]
    sensor: str
    stretch: str
    offset_m: float | None = None


@dataclass(frozen=True)
class DateInfo:
    """One date of the place; `hidden_by` says who told where the clouds are: layer, model, or nobody."""

    image: int
    date: str | None
    optical: ImageInfo | None
    sar: ImageInfo | None
    hidden_ha: float = 0.0
    hidden_by: str = ""


@dataclass(frozen=True)
class SceneInfo:
    """The pixel grid that everything was measured on, and how much of it all images show."""

    crs: str
    ellipsoid: str
    width: int
    height: int
    pixel_size_m: tuple[float, float]
    bounds: Bounds
    valid_pixels: int
    valid_area_ha: float
    asked_area_ha: float | None = None


@dataclass(frozen=True)
class Report:
    """The whole answer; the content of run.json."""

    schema_version: int
    question: str
    answer: str
    reasoning: str
    steps: tuple[Step, ...]
    distances: tuple[Distance, ...]
    claims: tuple[Claim, ...]
    model: ModelInfo
    scene: SceneInfo
    dates: tuple[DateInfo, ...]
    profile: str
    measured: bool
    timings: dict[str, float]
    warnings: tuple[str, ...]
    versions: dict[str, str]
    started: str
    finished: str
    changes: tuple[Change, ...] = ()
    transitions: tuple[Transitions, ...] = ()
    series: tuple[SeriesPoint, ...] = ()
    fusion: str | None = None
    examples: tuple[Example, ...] = ()
    examples_crs: str | None = None
    earlier: tuple[Turn, ...] = ()
    taught: dict[str, int] = field(default_factory=dict)
    minimum_area_ha: float = 0.0
    edited: str | None = None


@dataclass(frozen=True)
class MeasureRequest:
    """Masks of a report were edited, those of `steps` (1-based): its figures are to follow."""

    geopackage: str
    steps: tuple[int, ...] = ()


@dataclass(frozen=True)
class Queued:
    """First line of a stream: the job's id, and how many jobs run before it."""

    job: str
    ahead: int
    event: str = "queued"


@dataclass(frozen=True)
class Progress:
    """What is being done; `fraction` of the whole is behind us."""

    stage: str
    fraction: float
    event: str = "progress"


@dataclass(frozen=True)
class Text:
    """A piece of the output; kind is reasoning, measured (written by the runtime, not the model) or answer."""

    text: str
    kind: str
    event: str = "text"


@dataclass(frozen=True)
class Mask:
    """A region was found and measured; its bounds are in `crs`."""

    step: Step
    crs: str
    event: str = "mask"


@dataclass(frozen=True)
class Measure:
    """Two masks were related."""

    distance: Distance
    event: str = "measure"


@dataclass(frozen=True)
class Changed:
    """A region was compared at two dates."""

    change: Change
    event: str = "change"


@dataclass(frozen=True)
class Answer:
    """The answer, its figures checked against the masks."""

    answer: str
    claims: tuple[Claim, ...]
    event: str = "answer"


@dataclass(frozen=True)
class Warning:  # noqa: A001 - the protocol's own name for it
    """Something the user should know; work goes on."""

    message: str
    event: str = "warning"


@dataclass(frozen=True)
class Error:
    """The work ended without a result; last line of its stream."""

    code: str
    message: str
    event: str = "error"


@dataclass(frozen=True)
class Done:
    """The work is complete; last line of its stream."""

    report: Report
    geopackage: str | None
    picture: str | None
    event: str = "done"


@dataclass(frozen=True)
class Health:
    """Answer of GET /v1/health; `jobs` counts those running and waiting.

    A `remote` runtime takes uploads of up to so many bytes each, never paths.
    """

    status: str
    version: str
    protocol: int
    device: str
    pid: int
    jobs: int
    remote: bool = False
    upload_limit_bytes: int = 0


@dataclass(frozen=True)
class MemoryNeed:
    """Estimated memory of a model in one tier, and whether that much is free on the runtime's device."""

    tier: str
    bytes: int
    fits: bool


@dataclass(frozen=True)
class HeldOut:
    """What teaching a model gave: mean IoU of the taught classes on ground that was held out from it."""

    iou_before: float
    iou_after: float


@dataclass(frozen=True)
class ModelSummary:
    """One line of GET /v1/models and of `models list --json`; `state` is bundled, here, incomplete or absent.

    A model that was taught from another names it as its `base`.
    """

    id: str
    name: str
    summary: str
    folder: str
    state: str
    loaded: bool
    repository: str | None = None
    parameters: int = 0
    size_bytes: int = 0
    bands: tuple[str, ...] = ()
    quality: str = ""
    class_quality: ByInputs = field(default_factory=dict)
    base: str = ""
    held_out: HeldOut | None = None
    revision: str = ""
    verified: bool = False
    memory: tuple[MemoryNeed, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What a download would fetch; comes before its first byte."""

    repository: str
    revision: str
    files: int
    total_bytes: int
    present_bytes: int
    free_bytes: int
    folder: str
    event: str = "plan"


@dataclass(frozen=True)
class Stored:
    """A download, a check or a deletion is complete; the last line of its stream."""

    entry: ModelSummary
    event: str = "stored"


Event = Union[Queued, Progress, Text, Mask, Measure, Changed, Answer, Warning, Error, Done, Plan, Stored]
EVENTS: dict[str, type] = {
    cls.event: cls
    for cls in (Queued, Progress, Text, Mask, Measure, Changed, Answer, Warning, Error, Done, Plan, Stored)
}
# The fields that hold messages themselves; all others hold plain values.
_PARTS: dict[str, type] = {
    "step": Step,
    "steps": Step,
    "distance": Distance,
    "distances": Distance,
    "change": Change,
    "changes": Change,
    "transitions": Transitions,
    "series": SeriesPoint,
    "claims": Claim,
    "report": Report,
    "model": ModelInfo,
    "memory": MemoryNeed,
    "held_out": HeldOut,
    "entry": ModelSummary,
    "scene": SceneInfo,
    "dates": DateInfo,
    "optical": ImageInfo,
    "sar": ImageInfo,
    "examples": Example,
    "earlier": Turn,
}


def read(cls: type[_M], data: Any) -> _M:  # noqa: ANN401 - whatever json.loads gave
    """Make a message of decoded JSON.

    Raises:
        ProtocolError: when it is not an object, lacks a field this version needs, or holds one of another kind.
    """
    if not isinstance(data, dict):
        raise ProtocolError(_not_understood(), detail=f"{type(data).__name__} is not an object")
    known = {one.name for one in fields(cls)}  # type: ignore[arg-type]
    try:
        made = cls(**{name: _value(name, value) for name, value in data.items() if name in known})
    except TypeError as failure:  # a required field is absent
        raise ProtocolError(_not_understood(), detail=str(failure)) from failure
    for one in fields(cls):  # type: ignore[arg-type]
        if not fits(one.type, getattr(made, one.name)):
            raise ProtocolError(_not_understood(), detail=f"{cls.__name__}.{one.name} is not {one.type}")
    return made


def read_event(line: bytes) -> Event | None:
    """Make an event of one NDJSON line; None for an event of a newer runtime that we can do without.

    Raises:
        ProtocolError: when the line is not a JSON object or lacks a field this version needs.
    """
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as failure:
        raise ProtocolError(_not_understood(), detail=line[:200].decode("utf-8", "replace")) from failure
    if not isinstance(data, dict) or not isinstance(data.get("event"), str):
        raise ProtocolError(_not_understood(), detail=line[:200].decode("utf-8", "replace"))
    cls = EVENTS.get(data["event"])
    return None if cls is None else read(cls, data)


def write(message: Any) -> dict[str, Any]:  # noqa: ANN401 - any message above
    """The JSON object of a message (lists for tuples are json.dumps's work)."""
    return asdict(message)


def _value(name: str, value: Any) -> Any:  # noqa: ANN401
    if name == "class_quality":
        return _by_inputs(value)
    part = _PARTS.get(name)
    if isinstance(value, list):
        return tuple(read(part, item) if part else item for item in value)
    return read(part, value) if part and isinstance(value, dict) else value


def _by_inputs(value: Any) -> ByInputs:  # noqa: ANN401
    try:
        return {
            inputs: {name: read(ClassQuality, one) for name, one in classes.items()}
            for inputs, classes in value.items()
        }
    except AttributeError as failure:  # one of the two is no object
        raise ProtocolError(_not_understood(), detail=str(failure)) from failure


def _not_understood() -> str:
    return "The runtime gave an answer this plugin does not understand: install the plugin and its runtime again."
