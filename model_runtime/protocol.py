"""What goes into the runtime and what comes out of it: one request, a stream of events, one report.

Over HTTP each event is one NDJSON line. The JSON schema of this module is exported to
`resources/protocol.schema.json`; the plugin's own dataclasses are tested against it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, TypeAdapter

SCHEMA_VERSION = 1

Profile = Literal["paper", "published"]
Tier = Literal["fp32", "bf16", "int8", "fp8", "int4"]
OnOffset = Literal["refuse", "allow", "shift"]
Stretch = Literal["auto", "percentiles"]
Fusion = Literal["none", "concat", "text_guided", "published_train"]
Ablation = Literal[
    "textual", "textual_masks", "random_tokens", "box", "eight_tokens", "centre", "optical_prompt", "optical_regions"
]
Bounds = tuple[float, float, float, float]
# What is asked is taken at its word: pydantic would read "1" and true as numbers too. To JSON 1.0 is a whole number.
_Box = tuple[StrictFloat, StrictFloat, StrictFloat, StrictFloat]
_WHOLE = BeforeValidator(lambda value: int(value) if isinstance(value, float) and value.is_integer() else value)


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid")


class DateInput(_Message):
    """One date of a place: an optical image, a radar image, or both.

    Paths are files on the machine of the runtime. To a remote runtime files are sent first, and are then named
    `upload:<sha256>/<file name>`.
    """

    optical: str | None = None
    sar: str | None = None
    clouds: str | None = Field(None, description="layer that tells clouds and shadows: SCL, QA_PIXEL, or a mask")
    date: str | None = Field(None, description="day, ISO 8601; None: as metadata and file names tell")


class Example(_Message):
    """A piece of ground on which the user says what is there, or what is not."""

    phrase: Annotated[str, Field(min_length=1, max_length=200)] = Field(description="what a region is called")
    wkt: Annotated[str, Field(min_length=1, max_length=1_000_000)] = Field(
        description="(multi)point or (multi)polygon in examples_crs: a click, or an outline"
    )
    inside: StrictBool = Field(True, description="False: this is no such region")
    image: Annotated[StrictInt, Field(ge=1, le=8), _WHOLE] | None = Field(None, description="1-based; None: the first")


class Turn(_Message):
    """An earlier question of the conversation, and what came of it."""

    question: Annotated[str, Field(min_length=1, max_length=4000)]
    answer: Annotated[str, Field(max_length=20_000)] = Field(description="the answer's words, without the reasoning")
    phrases: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=200)] = Field(
        [], description="what was marked, in order"
    )


class AskRequest(_Message):
    """One question about one place. The first image is the reference whose pixel grid everything is measured on."""

    question: Annotated[str, Field(min_length=1, max_length=4000)]
    dates: Annotated[list[DateInput], Field(min_length=1, max_length=8)] = Field(description="in the order of time")
    extent: _Box | None = Field(None, description="xmin, ymin, xmax, ymax in extent_crs")
    polygon_wkt: str | None = Field(None, description="polygon or multipolygon in extent_crs that limits the area")
    extent_crs: str | None = Field(None, description="authority code or WKT; None: the scene's own CRS")
    bands: dict[str, Annotated[StrictInt, _WHOLE]] | None = Field(
        None, description="band role (red, nir, swir1, ...) to 1-based band"
    )
    sar_bands: dict[str, Annotated[StrictInt, _WHOLE]] | None = Field(
        None, description="polarisation (vv, vh, hh, hv) to 1-based band"
    )
    sensor: str | None = Field(None, description="sensor preset of the optical images; None: as names and tags tell")
    sar_sensor: str | None = Field(None, description="sensor preset of the radar images")
    stretch: Stretch = Field(
        "auto", description="of optical images; percentiles: relative brightness within each band, no reflectance"
    )
    minimum_area_ha: Annotated[StrictFloat, Field(ge=0, le=1e9, allow_inf_nan=False)] = Field(
        0, description="minimum mapping unit: parts of a mask that are smaller are left out of it"
    )
    ellipsoid: Annotated[str, Field(max_length=100)] | None = Field(
        None, description="to measure on: an authority code such as EPSG:7030; None: that of the scene's own CRS"
    )
    fusion: Fusion = Field("text_guided", description="which sensor's tokens enter the reasoning where a date has both")
    clouds: Literal["exclude", "ignore"] = Field(
        "exclude", description="exclude: what clouds hide from a date without radar is not measured"
    )
    on_offset: OnOffset = Field("refuse", description="when images lie over two pixels apart; shift: move to fit")
    large: Literal["overview", "per_window"] = Field(
        "overview",
        description="one image of over 4 million pixels: reason once over an overview and map every pixel, or reason "
        "in each window by itself and put regions of one name together",
    )
    regions: Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], Field(max_length=64)] = Field(
        [],
        description="phrases of a land-cover map of one date: each is marked instead of what the model would choose, "
        "and where masks overlap the ground is the one's with the higher score",
    )
    examples: Annotated[list[Example], Field(max_length=2000)] = Field(
        [], description="what the user shows of this place; the masks of the phrases shown are taught by them"
    )
    examples_crs: str | None = Field(None, description="authority code or WKT; None: the scene's own CRS")
    earlier: Annotated[list[Turn], Field(max_length=8)] = Field(
        [], description="turns of the conversation that the question follows, about the same place, the latest last"
    )
    notes: Annotated[list[Annotated[str, Field(max_length=1000)]], Field(max_length=32)] = Field(
        [], description="what there is to know about the images, one sentence each, told in the report as warnings are"
    )
    model: str = Field("nano", description="'nano', another id of GET /v1/models, or (not remote) a model folder")
    profile: Profile = "paper"
    measured: StrictBool | None = Field(None, description="None: the model's own default")
    ablation: Ablation | None = Field(
        None, description="what of the reasoning is left out or done otherwise, to measure what it is worth"
    )
    tier: Literal["auto"] | Tier = Field("auto", description="how weights are kept in memory; auto: what fits")
    out: str | None = Field(None, description="GeoPackage to write; a remote runtime always makes one, for results")
    picture: str | None = Field(None, description="PNG of the scene with the masks to write; as `out`")


class Step(_Message):
    """One [SEG] of the reasoning and the exact measure of its mask on the raster's own grid."""

    index: int = Field(description="1-based position in the reasoning")
    phrase: str = Field(description="what the reasoning called the region")
    image: int = Field(description="1-based image (date) the mask belongs to")
    area_ha: float
    area_uncertainty_ha: float = Field(description="half a pixel either side of the boundary, in hectares")
    coverage_pct: float = Field(description="share of what its image shows (valid, not under clouds), in percent")
    pixels: int
    score: float = Field(
        description="IoU that such masks had on known places, on average (ModelInfo.calibrated_on); of a model that "
        "was not calibrated what its mask decoder predicts; 0 to 1"
    )
    unsure: bool = Field(False, description="the score is below 0.5: look at the mask before using its figures")
    refined: bool = Field(False, description="the mask was unsure, and is what a second look made of it")
    tokens: int = Field(description="visual tokens under the mask that entered the reasoning")
    sar_share: float | None = Field(None, description="share of them taken from radar, 0 to 1; None: one sensor only")
    layer: str = Field(description="layer name in the GeoPackage; empty masks have a layer without features")
    bounds: Bounds | None = Field(None, description="of the mask, in the scene's CRS; None when empty")
    edited: bool = Field(False, description="the mask was corrected by hand; score and tokens are of the model's own")


class Distance(_Message):
    """How two masks lie to one another."""

    from_step: int
    to_step: int
    distance_m: float = Field(description="edge to edge, geodesic; 0 when they touch or overlap")
    centroid_distance_m: float
    contact: bool
    contact_length_m: float


class Change(_Message):
    """What became of one region between two dates, mapped together, on the pixels that both dates show."""

    phrase: str
    from_step: int
    to_step: int
    from_image: int = Field(description="1-based image of the earlier date")
    to_image: int
    earlier_ha: float = Field(description="may differ from the step's, which was mapped from its own date alone")
    later_ha: float
    gained_ha: float
    lost_ha: float
    kept_ha: float
    gained_pct: float | None = Field(description="of the earlier area; None when there was none")
    lost_pct: float | None
    uncertainty_ha: float = Field(description="of gained and lost: both boundaries are known to half a pixel")
    floor_ha: float = Field(description="what maps of an unchanged place may differ by: boundaries, and a share")
    told: bool = Field(description="gained or lost is above the floor; else it cannot be told from noise")
    compared_ha: float = Field(description="area that both dates show")
    objects_earlier: int = Field(description="groups of pixels that hang together by their edges")
    objects_later: int
    objects_gone: int = Field(description="earlier ones of which less than half is left")
    objects_new: int = Field(description="later ones of which less than half was there")
    gone_pct: float | None = Field(description="of the earlier objects (the damage rate); None when there were none")


class Transitions(_Message):
    """What became of what between two dates, where several regions were mapped at both."""

    from_image: int
    to_image: int
    phrases: list[str] = Field(description="names of the rows and columns; the first, '', is the ground without one")
    hectares: list[list[float]] = Field(description="row: earlier; column: later; where regions overlap: the first")


class SeriesPoint(_Message):
    """One region at one of several dates, on the pixels that all its dates show."""

    phrase: str
    image: int
    step: int
    area_ha: float
    area_uncertainty_ha: float
    objects: int


class Claim(_Message):
    """A figure the model wrote, beside the figure measured from the masks."""

    text: str
    value: float
    unit: Literal["ha", "m2", "km2", "%", "m", "km"]
    measured: float | None = Field(None, description="in the same unit; None when no mask measures it")
    agrees: bool | None = None


class ClassQuality(_Message):
    """How well a model finds one class with one set of input bands, on places it was not trained on."""

    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)  # also a part of config.json

    iou: Annotated[float, Field(ge=0, le=1)] = Field(description="intersection over union of its masks and the truth")
    coverage_error_pct: Annotated[float, Field(ge=0, le=100)] = Field(
        description="mean absolute error of the share of a place that it covers, percentage points"
    )


class ModelInfo(_Message):
    """Which weights answered."""

    name: str
    revision: str
    sha256: str
    parameters: int
    quality: str = Field("", description="one line on how good this model is, from its card")
    class_quality: dict[str, dict[str, ClassQuality]] = Field(
        {}, description="by input set (rgb, rgb+nir, rgb+nir+swir, rgb+nir+swir+sar, sar) and class"
    )
    calibrated_on: str = Field("", description="what the scores of its masks were held against; empty: nothing")
    device: str = Field("", description="cpu, cuda, cuda:1, mps")
    tier: str = Field("", description="how its weights were kept in memory: fp32, bf16, int8, fp8, int4")


class ImageInfo(_Message):
    """One raster that was looked at."""

    path: str
    sha256: str
    bands: dict[str, int]
    sensor: str
    stretch: str
    offset_m: float | None = Field(
        None, description="its contents against the reference's, before any shift; None: the reference, or not told"
    )


class DateInfo(_Message):
    """One date of the place."""

    image: int = Field(description="1-based, as the reasoning names it")
    date: str | None
    optical: ImageInfo | None
    sar: ImageInfo | None
    hidden_ha: float = Field(0, description="not seen for clouds and their shadows, and not measured")
    hidden_by: Literal["", "layer", "model"] = Field("", description="who told where the clouds are")


class SceneInfo(_Message):
    """The pixel grid that everything was measured on, and how much of it all images show."""

    crs: str
    ellipsoid: str
    width: int
    height: int
    pixel_size_m: tuple[float, float]
    bounds: Bounds
    valid_pixels: int
    valid_area_ha: float
    asked_area_ha: float | None = Field(
        None, description="of the extent, or of the polygon within it, with what has no data; None: not told"
    )


class Report(_Message):
    """The content of run.json."""

    schema_version: int = SCHEMA_VERSION
    question: str
    answer: str
    reasoning: str
    steps: list[Step]
    distances: list[Distance]
    changes: list[Change] = []
    transitions: list[Transitions] = []
    series: list[SeriesPoint] = []
    claims: list[Claim]
    model: ModelInfo
    scene: SceneInfo
    dates: list[DateInfo]
    fusion: Fusion | None = Field(None, description="None: no date had both sensors")
    examples: list[Example] = Field([], description="what the masks were taught with, as it was given")
    examples_crs: str | None = Field(None, description="None: the scene's own CRS")
    earlier: list[Turn] = Field([], description="turns of the conversation that the question followed")
    taught: dict[str, int] = Field({}, description="phrase of each mask that examples taught -> how many did")
    minimum_area_ha: float = Field(0, description="minimum mapping unit: smaller parts were left out of the masks")
    profile: Profile
    measured: bool
    timings: dict[str, float] = Field(description="seconds per stage")
    warnings: list[str]
    versions: dict[str, str]
    started: str = Field(description="UTC, ISO 8601")
    finished: str
    edited: str | None = Field(None, description="when masks were last corrected by hand, as `finished`; None: never")


class Queued(_Message):
    """The first line of a stream: the job's id, and how many jobs run before it."""

    event: Literal["queued"] = "queued"
    job: str
    ahead: int


class Progress(_Message):
    """What is being done, and how much of the whole is behind us."""

    event: Literal["progress"] = "progress"
    stage: str
    fraction: float = Field(ge=0, le=1)


class Text(_Message):
    """A piece of the model's output as it is decoded; `measured` pieces were written by us into the context."""

    event: Literal["text"] = "text"
    text: str
    kind: Literal["reasoning", "measured", "answer"]


class Mask(_Message):
    """A [SEG] was decoded and measured."""

    event: Literal["mask"] = "mask"
    step: Step
    crs: str


class Measure(_Message):
    """Two masks were related."""

    event: Literal["measure"] = "measure"
    distance: Distance


class Changed(_Message):
    """A region was compared at two dates."""

    event: Literal["change"] = "change"
    change: Change


class Answer(_Message):
    """The answer, and its figures checked against the masks."""

    event: Literal["answer"] = "answer"
    answer: str
    claims: list[Claim]


class Warning(_Message):  # noqa: A001 - the protocol's own name for it
    """Something the user should know; work goes on."""

    event: Literal["warning"] = "warning"
    message: str


class Error(_Message):
    """The work ended without a result; the last line of its stream."""

    event: Literal["error"] = "error"
    code: str
    message: str


class Done(_Message):
    """The work is complete; the last line of its stream."""

    event: Literal["done"] = "done"
    report: Report
    geopackage: str | None = Field(description="its path; of a remote runtime that of the URL it is fetched from")
    picture: str | None


Event = Annotated[
    Queued | Progress | Text | Mask | Measure | Changed | Answer | Warning | Error | Done, Field(discriminator="event")
]
EVENT = TypeAdapter(Event)


class MeasureRequest(_Message):
    """Body of POST /v1/measure: masks of a report were edited; its figures are to follow. The answer is the Report."""

    geopackage: Annotated[str, Field(min_length=1, max_length=4000)] = Field(
        description="of the run, to be updated; of a remote runtime `upload:<sha256>/<file name>`, of which a copy is"
    )
    steps: Annotated[list[Annotated[StrictInt, Field(ge=1), _WHOLE]], Field(max_length=200)] = Field(
        [], description="1-based, whose masks were edited; none: those whose masks are not as they were measured"
    )


class Health(_Message):
    """Answer of GET /v1/health."""

    status: Literal["ready", "busy"]
    version: str
    protocol: int = SCHEMA_VERSION
    device: str
    pid: int
    jobs: int = Field(description="running and waiting")
    remote: bool = Field(False, description="takes uploads, never paths")
    upload_limit_bytes: int = Field(0, description="of one file; 0: takes no uploads")


class MemoryNeed(_Message):
    """Estimated memory of a model in one tier, answering a question with a few masks."""

    tier: Tier
    bytes: int
    fits: bool = Field(description="in what is free on the runtime's device now")


class HeldOut(_Message):
    """What teaching a model gave: mean IoU of the taught classes on ground that was held out from it."""

    iou_before: float
    iou_after: float


class ModelSummary(_Message):
    """One line of GET /v1/models and of `models list --json`."""

    id: str
    name: str
    summary: str = Field(description="one line for people who choose")
    repository: str | None = Field(None, description="where it can be fetched from; None: it cannot")
    folder: str
    state: Literal["bundled", "here", "incomplete", "absent"]
    loaded: bool
    parameters: int = 0
    size_bytes: int = Field(0, description="of the weights on this machine")
    bands: list[str] = []
    quality: str = ""
    class_quality: dict[str, dict[str, ClassQuality]] = Field({}, description="as in ModelInfo")
    base: str = Field("", description="name of the model it was taught from by `train finetune`; empty: of none")
    held_out: HeldOut | None = Field(None, description="of a taught model; None: nothing was held out")
    revision: str = ""
    verified: bool = Field(False, description="every file has the sha256 of the manifest it was fetched with")
    memory: list[MemoryNeed] = []


class Plan(_Message):
    """What a download would fetch; comes before its first byte."""

    event: Literal["plan"] = "plan"
    repository: str
    revision: str = Field(description="commit, 40 hexadecimal digits")
    files: int
    total_bytes: int
    present_bytes: int = Field(description="of those, what is here already")
    free_bytes: int = Field(description="on the disk of the folder")
    folder: str


class Stored(_Message):
    """A download, a check or a deletion is complete; the last line of its stream."""

    event: Literal["stored"] = "stored"
    entry: ModelSummary


StoreEvent = Annotated[Progress | Warning | Error | Plan | Stored, Field(discriminator="event")]
STORE_EVENT = TypeAdapter(StoreEvent)


def json_schema() -> dict:
    """The JSON schema of everything that crosses a process border, keyed by message name."""
    return {
        "ask": AskRequest.model_json_schema(),
        "event": EVENT.json_schema(),
        "health": Health.model_json_schema(),
        "measure": MeasureRequest.model_json_schema(),
        "model": ModelSummary.model_json_schema(),
        "store": STORE_EVENT.json_schema(),
    }
