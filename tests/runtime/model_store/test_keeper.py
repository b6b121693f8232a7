"""The model in memory: its tier, its loading told and stopped, and the way down when memory runs out.

Models, questions and answers are real; what runs out of memory is made to at a chosen point.
"""

from __future__ import annotations

import gc
import hashlib
import shutil
import subprocess
import sys
import weakref
from pathlib import Path

import pytest
import torch
from torch import nn

from model_runtime import protocol
from model_runtime.errors import Cancelled, ModelError, NotEnoughMemory
from model_runtime.model import decoder, language
from model_runtime.model.grounding import Grounding
from model_runtime.model.language import Context
from model_runtime.model.terrascope import TerraScope
from model_runtime.model_store import keeper as keeping
from model_runtime.model_store.devices import Device
from model_runtime.model_store.keeper import CHECKING, LOADING, Keeper
from model_runtime.model_store.manifest import STAMP, FileFacts, Manifest, is_verified
from tests.runtime.sink import Sink

from ..conftest import GOLDEN_QUESTION

ROOT = Path(__file__).resolve().parents[3]


class ShortOfMemory(Keeper):
    """A keeper on a device where the model runs out of memory at its n-th word in some tiers."""

    def __init__(self, tiers: tuple[str, ...], words: int, error: Exception) -> None:
        super().__init__("cpu")
        self.short, self.words, self.error = tiers, words, error
        self.loaded: list[str] = []
        self.alive: list[weakref.ref[TerraScope]] = []

    def _load(self, *args: object) -> TerraScope:
        gc.collect()
        assert all(model() is None for model in self.alive), "the model before is still in memory"
        model = super()._load(*args)
        self.loaded.append(model.info()["tier"])
        self.alive.append(weakref.ref(model))
        if model.info()["tier"] in self.short:
            said = 0

            def word(*_: object) -> None:
                nonlocal said
                said += 1
                if said > self.words:
                    raise type(self.error)(*self.error.args)  # a raised one keeps its frames, and with them the model

            model.language_model.lm_head.register_forward_pre_hook(word)
        return model


def question(folder: Path, scene: Path, **fields: object) -> protocol.AskRequest:
    return protocol.AskRequest(
        question=GOLDEN_QUESTION,
        dates=[protocol.DateInput(optical=str(scene))],
        model=str(folder),
        profile="published",
        **fields,
    )


def test_an_answer_that_runs_out_of_memory_is_given_in_the_next_tier(
    golden_folder: Path, golden_scene: Path, tmp_path: Path
) -> None:
    error = torch.OutOfMemoryError("CUDA out of memory.")
    keeper, sink, out = ShortOfMemory(("fp32",), 12, error), Sink(), tmp_path / "run.gpkg"
    keeper.answer(question(golden_folder, golden_scene, out=str(out)), sink)
    assert keeper.loaded == ["fp32", "bf16"]
    said = "The answer ran out of memory in fp32 and was started again in bf16."
    assert [event.message for event in sink.of("warning")] == [said]
    report = sink.events[-1].report
    assert report.warnings == [said]
    assert report.answer == "B"
    assert (report.model.device, report.model.tier) == ("cpu", "bf16")
    assert out.is_file()
    # Some words had come before; after the warning the question starts from its beginning.
    kinds = [event.event for event in sink.events]
    before, after = kinds[: kinds.index("warning")], kinds[kinds.index("warning") + 1 :]
    assert "text" in before
    assert "answer" not in before
    again = "".join(event.text for event in sink.events[len(before) :] if event.event == "text")
    assert again.startswith("forest")
    assert after.count("done") == 1
    # The next question stays in the tier that works.
    keeper.get(str(golden_folder))
    assert keeper.loaded == ["fp32", "bf16"]


def test_running_out_twice_gives_the_one_sentence(golden_folder: Path, golden_scene: Path, tmp_path: Path) -> None:
    keeper, sink = ShortOfMemory(("fp32", "bf16", "int8"), 3, torch.OutOfMemoryError("no")), Sink()
    with pytest.raises(NotEnoughMemory, match=r"not enough memory for this scene; restrict the extent"):
        keeper.answer(question(golden_folder, golden_scene, out=str(tmp_path / "run.gpkg")), sink)
    assert keeper.loaded == ["fp32", "bf16"]
    assert len(sink.of("warning")) == 1
    assert list(tmp_path.iterdir()) == []


def test_below_the_lowest_tier_there_is_none(golden_folder: Path, golden_scene: Path) -> None:
    keeper, sink = ShortOfMemory(("int8",), 3, torch.OutOfMemoryError("no")), Sink()
    with pytest.raises(NotEnoughMemory):
        keeper.answer(question(golden_folder, golden_scene, tier="int8"), sink)
    assert keeper.loaded == ["int8"]
    assert sink.of("warning") == []


def test_other_failures_are_not_taken_for_missing_memory(golden_folder: Path, golden_scene: Path) -> None:
    keeper = ShortOfMemory(("fp32",), 3, RuntimeError("shapes do not match"))
    with pytest.raises(RuntimeError, match="shapes"):
        keeper.answer(question(golden_folder, golden_scene), Sink())
    assert keeper.loaded == ["fp32"]


def test_a_model_that_does_not_fit_after_all_is_loaded_in_the_next_tier(
    golden_folder: Path, golden_scene: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = nn.Module.__setattr__

    def full(module: nn.Module, name: str, value: object) -> None:
        if name == "weight" and getattr(value, "dtype", None) == torch.float32 and not value.is_meta:
            raise torch.OutOfMemoryError("CUDA out of memory.")
        put(module, name, value)

    monkeypatch.setattr(nn.Module, "__setattr__", full)
    keeper, sink = Keeper("cpu"), Sink()
    keeper.answer(question(golden_folder, golden_scene), sink)
    said = "The model did not fit into the memory in fp32 and was loaded in bf16."
    assert [event.message for event in sink.of("warning")] == [said]
    assert sink.events[-1].report.warnings == [said]
    assert sink.events[-1].report.model.tier == "bf16"


def test_a_wanted_tier_is_loaded_and_shown(golden_folder: Path) -> None:
    keeper = Keeper("cpu")
    first = keeper.get(str(golden_folder), "int8")
    assert first.info()["tier"] == "int8"
    assert keeper.get(str(golden_folder)) is first  # auto takes what is there
    second = keeper.get(str(golden_folder), "bf16")
    assert second is not first
    assert protocol.ModelInfo(**second.info()).tier == "bf16"
    with pytest.raises(ModelError, match="cpu cannot run a model in int4"):
        keeper.get(str(golden_folder), "int4")


def test_what_does_not_fit_is_refused_before_anything_is_read(
    golden_folder: Path, golden_scene: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "examine", lambda name: Device(name, 1_000_000, ("fp32", "bf16", "int8")))
    sink = Sink()
    with pytest.raises(ModelError, match=r"needs about 0\.\d GB in \w+, but cpu has only 0\.0 GB of memory free"):
        Keeper("cpu").answer(question(golden_folder, golden_scene), sink)
    assert sink.fractions(LOADING) == [0.0]
    assert sink.of("warning") == []


def test_loading_is_told_in_true_fractions(golden_folder: Path) -> None:
    sink = Sink()
    Keeper("cpu").get(str(golden_folder), sink=sink)
    told = sink.fractions(LOADING)
    assert (told[0], told[-1]) == (0, 1)
    assert told == sorted(set(told))
    assert len(told) > 10


def test_loading_is_cancelled_between_two_tensors(golden_folder: Path) -> None:
    sink = Sink(stop=lambda event: event.event == "progress" and event.fraction > 0.3)
    keeper = Keeper("cpu")
    with pytest.raises(Cancelled):
        keeper.get(str(golden_folder), sink=sink)
    assert 0.3 < sink.fractions(LOADING)[-1] < 0.95
    assert keeper.folder is None
    assert keeper.get(str(golden_folder)).info()["tier"] == "fp32"


def test_a_cancel_does_not_wait_for_all_libraries(golden_folder: Path) -> None:
    code = (
        "import sys\n"
        "from model_runtime.errors import Cancelled\n"
        "from model_runtime.model_store.keeper import Keeper\n"
        "class Sink:\n"
        "    events = []\n"
        "    def emit(self, event): self.events.append(event)\n"
        "    def cancelled(self): return bool(self.events)\n"
        f"try: Keeper('cpu').get({str(golden_folder)!r}, sink=Sink())\n"
        "except Cancelled: print('cancelled', 'transformers' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert (done.stdout, done.stderr) == ("cancelled False\n", "")


@pytest.fixture
def fetched(golden_folder: Path, tmp_path: Path) -> Path:
    """The golden checkpoint as a download leaves it, but not looked at since."""
    folder = tmp_path / "fetched"
    shutil.copytree(golden_folder, folder)
    files = {
        path.name: FileFacts(size=path.stat().st_size, sha256=hashlib.sha256(path.read_bytes()).hexdigest())
        for path in folder.iterdir()
    }
    Manifest(repository="someone/model", revision="0" * 40, files=files).write(folder)
    return folder


def test_a_fetched_model_is_checked_before_it_is_loaded_the_first_time(fetched: Path) -> None:
    first, second = Sink(), Sink()
    digest = Keeper("cpu").get(str(fetched), sink=first).info()["sha256"]
    assert first.fractions(CHECKING)[-1] == 1
    assert is_verified(fetched)
    assert Keeper("cpu").get(str(fetched), sink=second).info()["sha256"] == digest
    assert second.fractions(CHECKING) == []
    (fetched / STAMP).unlink()
    (fetched / "terrascope-manifest.json").unlink()
    assert Keeper("cpu").get(str(fetched)).info()["sha256"] == digest  # as reckoned from the files themselves


def test_a_fetched_model_that_changed_is_not_loaded(fetched: Path) -> None:
    weights = max(fetched.glob("*.safetensors"), key=lambda path: path.stat().st_size)
    raw = bytearray(weights.read_bytes())
    raw[-1] ^= 1
    weights.write_bytes(raw)
    with pytest.raises(ModelError, match=f"{weights.name} is not the file that was published"):
        Keeper("cpu").get(str(fetched))


def test_checking_can_be_cancelled(fetched: Path) -> None:
    sink = Sink(stop=lambda event: event.event == "progress" and event.stage == CHECKING)
    with pytest.raises(Cancelled):
        Keeper("cpu").get(str(fetched), sink=sink)
    assert not is_verified(fetched)


def test_the_loaded_model_counts_as_free_for_the_next(golden_folder: Path) -> None:
    keeper = Keeper("cpu")
    before = keeper.place()
    keeper.get(str(golden_folder))
    assert keeper.place().free > before.free
    assert keeper.place().name == "cpu"


def test_there_is_no_loading_on_a_device_that_is_not_there(golden_folder: Path) -> None:
    with pytest.raises(ModelError, match="There is no device 'tpu'"):
        Keeper("tpu").get(str(golden_folder))


QUESTIONS = (GOLDEN_QUESTION, "How much of it is water?\n", "Where is the forest?\n")


def test_questions_about_one_place_are_answered_together_as_each_alone(
    golden_folder: Path, golden_scene: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Context, "DRAFT_FROM_BYTES", 0)
    keeper = Keeper("cpu")
    asked = [
        question(golden_folder, golden_scene, out=str(tmp_path / f"{number}.gpkg")).model_copy(
            update={"question": text}
        )
        for number, text in enumerate(QUESTIONS)
    ]
    alone = []
    for request in asked:
        sink = Sink()
        keeper.answer(request, sink)
        alone.append(sink.report)
        Path(request.out).unlink()
    encoded = []
    encode = Grounding.encode
    monkeypatch.setattr(Grounding, "encode", lambda *args, **named: encoded.append(1) or encode(*args, **named))
    rows = []
    run_rows = decoder.run_rows
    monkeypatch.setattr(decoder, "run_rows", lambda *args: rows.append(len(args[1])) or run_rows(*args))
    fresh, sinks = Keeper("cpu"), [Sink() for _ in asked]
    assert fresh.answer_together(asked, sinks) == [None] * len(asked)
    assert encoded == [1]
    assert max(rows) == len(asked)
    for one, sink, request in zip(alone, sinks, asked, strict=True):
        assert [sink.events[-1].event, sink.report.question] == ["done", request.question]
        assert (sink.report.answer, sink.report.reasoning) == (one.answer, one.reasoning)
        assert [step.phrase for step in sink.report.steps] == [step.phrase for step in one.steps]
        for mine, theirs in zip(sink.report.steps, one.steps, strict=True):
            assert mine.area_ha == pytest.approx(theirs.area_ha, rel=1e-3)
        assert Path(request.out).is_file()


def test_what_fails_of_questions_together_is_its_own(golden_folder: Path, golden_scene: Path, tmp_path: Path) -> None:
    stopped = Sink(lambda event: event.event == "text")
    asked = [question(golden_folder, golden_scene) for _ in range(3)]
    asked[1] = asked[1].model_copy(update={"question": " "})
    sinks = [stopped, Sink(), Sink()]
    found = Keeper("cpu").answer_together(asked, sinks)
    assert isinstance(found[0], Cancelled)
    assert "The question is empty" in str(found[1])
    assert found[2] is None
    assert sinks[2].report.answer == "B"


def test_who_joins_whom(golden_folder: Path, golden_scene: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper, one = Keeper("cpu"), question(golden_folder, golden_scene)
    other = one.model_copy(update={"question": "Where?"})
    assert not keeper.joins(one, other)  # nothing is loaded yet
    keeper.get(str(golden_folder))
    assert not keeper.joins(one, other)  # a small model
    monkeypatch.setattr(language.Context, "DRAFT_FROM_BYTES", 0)
    monkeypatch.setattr(language.is_large, "__defaults__", (0,))
    assert keeper.joins(one, other)
    for changed in (
        {"extent": (0.0, 0.0, 1.0, 1.0)}, {"profile": "paper"}, {"model": "nano"}, {"regions": ["water"]},
        {"dates": [protocol.DateInput(optical=str(golden_scene), sar=str(golden_scene))]},
    ):  # fmt: skip
        assert not keeper.joins(one, other.model_copy(update=changed))
        assert not keeper.joins(one.model_copy(update=changed), other)
    shown = {"examples": [protocol.Example(phrase="water", wkt="POINT (0 0)")]}
    assert not keeper.joins(one, other.model_copy(update=shown))
