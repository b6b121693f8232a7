"""A place that is asked about again is neither read nor encoded again, and the answer is the same to the last bit."""

from __future__ import annotations

import gc
import os
import weakref
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import pytest

from model_runtime import pipeline, protocol
from model_runtime.errors import Cancelled
from model_runtime.model import reasoner
from model_runtime.model_store.keeper import Keeper
from model_runtime.scene_memory import Place, SceneMemory
from tests.runtime.model.small import write_small
from tests.runtime.sink import Sink

from .conftest import write_radar, write_rgb

QUESTION = "How far is the water from the trees?"
OTHER = "How many hectares of built-up area are there?"
SHAPE = (96, 128)


@pytest.fixture(scope="module")
def keeper(nano_folder: Path) -> Keeper:
    """The real small model; what it knows of a place is forgotten before each test."""
    keeper = Keeper("cpu")
    keeper.get(str(nano_folder))
    return keeper


@pytest.fixture
def work(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was read and encoded, in order."""
    done: list[str] = []

    def told(name: str, real: Any) -> Any:  # noqa: ANN401
        def run(*args: object, **how: object) -> object:
            done.append(name)
            return real(*args, **how)

        return run

    monkeypatch.setattr(keeper, "_scenes", SceneMemory())
    monkeypatch.setattr(
        pipeline.acquisitions, "open_acquisitions", told("read", pipeline.acquisitions.open_acquisitions)
    )
    monkeypatch.setattr(reasoner, "encode_dates", told("encode", reasoner.encode_dates))
    return done


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "scene.tif"
    write_rgb(path, _picture(1))
    return path


def _picture(seed: int) -> np.ndarray:
    rgb = np.random.default_rng(seed).integers(20, 60, (*SHAPE, 3), dtype=np.uint8)
    rgb[:, 64:] += 120
    return rgb


def shown(*pixels: tuple[str, int, int]) -> list[protocol.Example]:
    return [
        protocol.Example(phrase=phrase, wkt=f"POINT({500_005 + 10 * column} {1_999_995 - 10 * row})")
        for phrase, row, column in pixels
    ]


CLICKS = shown(("water", 20, 20), ("trees", 40, 100), ("trees", 70, 90))


def request(scene: Path, nano: Path, question: str = QUESTION, **more: object) -> protocol.AskRequest:
    dates = more.pop("dates", [protocol.DateInput(optical=str(scene))])
    return protocol.AskRequest(question=question, dates=dates, model=str(nano), **more)


def answer(keeper: Keeper, asked: protocol.AskRequest) -> dict[str, object]:
    """The report without its times."""
    sink = Sink()
    keeper.answer(asked, sink)
    return sink.report.model_dump(exclude={"timings", "started", "finished"})


def shapes(path: Path) -> dict[str, list[bytes]]:
    """Every geometry of a report, layer by layer."""
    return {name: list(pyogrio.raw.read(path, layer=name)[2]) for name, kind in pyogrio.list_layers(path) if kind}


@pytest.mark.parametrize("sensors", ["optical", "both", "two dates"])
def test_another_question_and_other_examples_are_answered_as_if_nothing_was_known(
    keeper: Keeper, nano_folder: Path, scene: Path, work: list[str], tmp_path: Path, sensors: str
) -> None:
    dates = [protocol.DateInput(optical=str(scene), date="2020-01-01")]
    if sensors == "both":
        write_radar(tmp_path / "in" / "S1.tif", np.random.default_rng(3).normal(-12, 2, (2, *SHAPE)))
        dates[0].sar = str(tmp_path / "in" / "S1.tif")
    if sensors == "two dates":
        write_rgb(tmp_path / "in" / "later.tif", _picture(2))
        dates.append(protocol.DateInput(optical=str(tmp_path / "in" / "later.tif"), date="2021-01-01"))
    turns = [
        (QUESTION, []),
        (QUESTION, CLICKS),
        (OTHER, CLICKS[:2]),
        (QUESTION, [*CLICKS, *shown(("water", 80, 10))]),
    ]

    def ask(turn: int, name: str) -> tuple[dict[str, object], dict[str, list[bytes]]]:
        question, examples = turns[turn]
        out = tmp_path / f"{name}{turn}.gpkg"
        asked = request(scene, nano_folder, question, dates=dates, examples=examples, out=str(out), on_offset="shift")
        return answer(keeper, asked), shapes(out)

    known = [ask(turn, "known") for turn in range(len(turns))]
    assert work == ["read", "encode"]
    for turn, again in enumerate(known):
        keeper._scenes.forget()
        assert ask(turn, "fresh") == again
    assert work == ["read", "encode"] * 5


def test_what_is_another_place_is_read_again(keeper: Keeper, nano_folder: Path, scene: Path, work: list[str]) -> None:
    answer(keeper, request(scene, nano_folder))
    half = (500_000.0, 1_999_100.0, 500_640.0, 2_000_000.0)
    for more in ({"extent": half}, {"measured": False}, {"bands": {"red": 3, "green": 2, "blue": 1}}):
        work.clear()
        answer(keeper, request(scene, nano_folder, **more))
        assert work == ["read", "encode"]


def test_a_file_that_was_written_anew_is_read_again(
    keeper: Keeper, nano_folder: Path, scene: Path, work: list[str]
) -> None:
    first = answer(keeper, request(scene, nano_folder))
    stat = scene.stat()
    write_rgb(scene, _picture(7))
    os.utime(scene, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1_000_000))
    again = answer(keeper, request(scene, nano_folder))
    assert work == ["read", "encode"] * 2
    assert again["dates"][0]["optical"]["sha256"] != first["dates"][0]["optical"]["sha256"]


def test_results_beside_a_scene_change_nothing_but_what_could_be_read_with_it_does(
    keeper: Keeper, nano_folder: Path, scene: Path, work: list[str]
) -> None:
    out = scene.with_name("result.gpkg")
    for turn in range(2):
        answer(keeper, request(scene, nano_folder, out=str(out), picture=str(out.with_suffix(".png"))))
        scene.with_name("log.txt").write_text(f"{turn}", "utf-8")
    assert work == ["read", "encode"]
    write_rgb(scene.with_name("scene_cloud_mask.tif"), _picture(1))
    answer(keeper, request(scene, nano_folder))
    assert work == ["read", "encode"] * 2


def test_what_a_cancelled_question_has_encoded_is_not_lost(
    keeper: Keeper, nano_folder: Path, scene: Path, work: list[str]
) -> None:
    with pytest.raises(Cancelled):
        keeper.answer(
            request(scene, nano_folder),
            Sink(lambda event: event.event == "progress" and event.stage == "Reading the question"),
        )
    answer(keeper, request(scene, nano_folder))
    assert work == ["read", "encode"]


def test_one_place_is_kept_and_given_back(
    keeper: Keeper, nano_folder: Path, scene: Path, work: list[str], tmp_path: Path
) -> None:
    """Before another is read, when another model comes, and when it is larger than what may be kept."""
    kept = _known(keeper, request(scene, nano_folder))
    write_rgb(tmp_path / "other.tif", _picture(4))
    elsewhere = request(tmp_path / "other.tif", nano_folder)
    gone_when_read: list[bool] = []
    read = pipeline.acquisitions.open_acquisitions
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            pipeline.acquisitions,
            "open_acquisitions",
            lambda *how: (gc.collect(), gone_when_read.append(kept() is None), read(*how))[-1],
        )
        other = _known(keeper, elsewhere)
    assert gone_when_read == [True]
    assert other() is not None
    (tmp_path / "small").mkdir()
    write_small(tmp_path / "small")
    keeper.get(str(tmp_path / "small"))
    gc.collect()
    assert other() is None


def test_a_place_larger_than_the_bound_is_not_kept(
    keeper: Keeper, nano_folder: Path, scene: Path, work: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = request(scene, nano_folder)
    for bound, times in ((1 << 30, 1), (100_000, 2)):
        work.clear()
        monkeypatch.setattr(keeper, "_scenes", SceneMemory(bound))
        answer(keeper, asked)
        answer(keeper, asked)
        assert work == ["read", "encode"] * times


def _known(keeper: Keeper, asked: protocol.AskRequest) -> weakref.ref[Place]:
    answer(keeper, asked)
    place = keeper._scenes.place_of(asked)
    assert place.banks
    return weakref.ref(place)
