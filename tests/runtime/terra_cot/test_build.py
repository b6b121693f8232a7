"""`data build`: the same shards however it is run, kept over a kill, and nothing half done left behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from model_runtime.errors import Cancelled, OutputError, RequestError
from model_runtime.terra_cot.build import Progress, build
from model_runtime.terra_cot.export import read_samples
from model_runtime.terra_cot.plan import Options
from model_runtime.terra_cot.records import Item, split_of
from tests.runtime.terra_cot.conftest import SMALL
from tests.runtime.terra_cot.datasets import content, data_command, environment, own_labels, still_running

pytest.importorskip("pycocotools", reason="the extra `data` is not installed")
pytest.importorskip("pyarrow", reason="the extra `data` is not installed")

WORDS = ("build", "--source", "generated", "--seed", "5", "--shard-samples", "8")


@contextmanager
def started(*words: object) -> Iterator[subprocess.Popen]:
    """A real command in a process group of its own, as a terminal starts it."""
    process = subprocess.Popen(
        data_command(*words), env=environment(), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for(folder: Path, pattern: str, count: int) -> None:
    deadline = time.monotonic() + 60
    while len(list(folder.glob(pattern))) < count:
        assert time.monotonic() < deadline, f"no {pattern} came"
        time.sleep(0.005)


def test_a_killed_build_goes_on_to_the_same_bytes_with_other_workers(tmp_path: Path, json_dataset: Path) -> None:
    """`json_dataset` was made by one worker without a stop; this one by two, killed after its first shards."""
    folder = tmp_path / "dataset"
    with started(*WORDS, "--samples", SMALL.samples, "--workers", 2, "--out", folder) as process:
        wait_for(folder, ".drafts/*", 1)
        children = psutil.Process(process.pid).children(recursive=True)
        wait_for(folder, "*/0*.json", 1)
        process.kill()
        process.wait()
    assert not still_running(children, timeout_s=5)
    kept = {path: path.stat().st_mtime_ns for path in folder.glob("*/0*.json")}
    assert 0 < len(kept) < 6, "the build was not stopped half way"
    for path in kept:
        assert len(json.loads(path.read_text("utf-8"))) > 0  # whole
    assert not (folder / "report.json").exists()

    done = subprocess.run(
        data_command(*WORDS, "--samples", SMALL.samples, "--workers", 2, "--out", folder),
        env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert f"{len(kept)} of 6 shards are there already." in done.stdout
    assert {path: path.stat().st_mtime_ns for path in kept} == kept, "what was finished was made again"
    assert content(folder) == content(json_dataset)


def test_a_started_shard_is_made_again(tmp_path: Path, json_dataset: Path) -> None:
    """Whatever a kill can leave: drafts, images without their shard, a lock, a report without its shard."""
    folder = shutil.copytree(json_dataset, tmp_path / "dataset")
    (folder / "train" / "00001.json").unlink()
    (folder / "images" / "rgb" / "train-00001" / "half.png").write_bytes(b"half")
    (folder / ".drafts" / "train-00001").mkdir(parents=True)
    (folder / ".drafts" / "train-00001" / "shard.json").write_text("[", "utf-8")
    (folder / ".building").write_text("999999999 1.0", "utf-8")
    build(SMALL, folder, workers=1)
    assert content(folder) == content(json_dataset)


def test_parquet_shards_are_the_same_bytes_with_one_worker(tmp_path: Path, parquet_dataset: Path) -> None:
    build(replace(SMALL, format="parquet"), tmp_path / "dataset", workers=1)
    assert content(tmp_path / "dataset") == content(parquet_dataset)


def test_another_seed_makes_other_samples(tmp_path: Path, json_dataset: Path) -> None:
    build(replace(SMALL, seed=6, samples=12), tmp_path / "dataset", workers=1)
    places = [{example.entry.place.place for example in read_samples(folder, images=False)}
              for folder in (json_dataset, tmp_path / "dataset")]  # fmt: skip
    assert places[0].isdisjoint(places[1])


def test_exactly_so_many_samples_in_each_split_and_no_place_in_two(json_dataset: Path) -> None:
    places: dict[str, set[str]] = {}
    ids = []
    for example in read_samples(json_dataset, images=False):
        place = example.entry.place
        ids.append(example.entry.id)
        places.setdefault(place.split, set()).add(place.place)
        assert place.split == split_of(Item(place.record, place.place))
        assert int(place.record) > 9_999_999, "a place that the bundled model is evaluated on"
    assert len(ids) == len(set(ids)) == 40
    assert places.keys() == {"train", "val", "test"}
    assert sum(map(len, places.values())) == len(set().union(*places.values()))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_being_stopped_leaves_whole_shards_only_and_no_process(tmp_path: Path, number: signal.Signals) -> None:
    """Ctrl+C reaches the whole group, workers too; a request of the system only the command itself."""
    folder = tmp_path / "dataset"
    with started(*WORDS, "--samples", 20_000, "--workers", 2, "--out", folder) as process:
        wait_for(folder, "*/0*.json", 2)
        children = psutil.Process(process.pid).children(recursive=True)
        assert len(children) >= 2
        asked = time.monotonic()
        os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
        output, errors = process.communicate(timeout=30)
        took_s = time.monotonic() - asked
        assert not still_running(children, timeout_s=1)
    assert took_s < 2, "it took longer than the second that is promised, even for a busy machine"
    assert process.returncode == 2
    assert errors == "Cancelled.\n"
    finished = len(list(folder.glob("*/0*.json")))
    assert f"{finished} of 2500 shards are finished and kept" in output
    assert not (folder / ".drafts").exists()
    assert not (folder / ".building").exists()
    for path in folder.glob("*/0*.json"):
        assert len(json.loads(path.read_text("utf-8"))) == 8


def test_a_stop_is_a_refusal_of_ours_in_python_too(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        build(SMALL, tmp_path / "dataset", workers=1, stopped=lambda: True)
    assert sorted(path.name for path in (tmp_path / "dataset").iterdir()) == ["build.json"]


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"samples": 41}, "samples"),
        ({"seed": 6}, "seed"),
        ({"format": "parquet"}, "format"),
        ({"traces": "plain", "shard_samples": 13}, "traces, shard_samples"),
    ],
)
def test_a_folder_with_another_build_is_refused_and_left_alone(json_dataset: Path, change: dict, names: str) -> None:
    before = content(json_dataset)
    with pytest.raises(RequestError, match=rf"other options, sources or version \({names}\)"):
        build(replace(SMALL, **change), json_dataset, workers=1)
    assert content(json_dataset) == before


def test_a_folder_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(RequestError, match="holds other files"):
        build(SMALL, tmp_path, workers=1)
    with pytest.raises(RequestError, match="is a file"):
        build(SMALL, tmp_path / "notes.txt", workers=1)
    with pytest.raises(OutputError, match="cannot be written to"):
        build(SMALL, tmp_path / "notes.txt" / "below", workers=1)
    with pytest.raises(RequestError, match="At least 1 worker"):
        build(SMALL, tmp_path / "new", workers=0)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_two_builds_do_not_write_to_one_folder(tmp_path: Path) -> None:
    this = psutil.Process()
    (tmp_path / ".building").write_text(f"{this.pid} {this.create_time()}", "utf-8")
    with pytest.raises(RequestError, match=f"Process {this.pid} is building in"):
        build(SMALL, tmp_path, workers=1)
    assert (tmp_path / ".building").exists()


def test_a_missing_package_is_one_sentence_before_any_work(tmp_path: Path) -> None:
    """A real command in a Python that does not find them."""
    code = (
        "import sys; sys.modules.update(dict.fromkeys(('pyarrow', 'pycocotools')))\n"
        "from model_runtime.__main__ import main\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    words = [data_command()[0], "-c", code, "data", *WORDS, "--samples", "10", "--format", "parquet"]
    done = subprocess.run(
        [*words, "--out", str(tmp_path / "new")], env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "needs pycocotools and pyarrow, which are not installed" in done.stderr
    assert "requirements-data.txt" in done.stderr
    assert not (tmp_path / "new").exists()


def test_a_source_with_an_end_gives_what_it_has_and_says_what_it_could_not(tmp_path: Path) -> None:
    """Six images, two of them with a damaged mask; asked for more than there is to ask."""
    source = own_labels(tmp_path / "own", images=6, broken=2)
    options = Options((f"folder={source}",), samples=5000, shard_samples=100)
    folder = tmp_path / "dataset"
    words = ("--source", f"folder={source}", "--samples", 5000, "--shard-samples", 100, "--out", folder)
    done = subprocess.run(data_command("build", *words), env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    report = json.loads((folder / "report.json").read_text("utf-8"))
    assert report["asked"] == 5000
    assert report["samples"] == len(list(read_samples(folder, images=False))) < 5000
    assert f"folder gave {report['splits']['train']['samples']:,} of 4,000 samples asked for in train" in done.stdout
    assert sorted(record["record"].split("_")[0] for record in report["skipped"]) == ["tile04", "tile05"]
    assert "2 records were skipped" in done.stdout
    sheet = (folder / "DATASHEET.md").read_text("utf-8")
    assert "2 records were left out" in sheet
    assert "tile05" in sheet
    asked: set[tuple] = set()
    by_record: dict[str, int] = {}
    for example in read_samples(folder, images=False):
        entry = example.entry
        question = (entry.place.record, entry.question, entry.shown)
        assert question not in asked, "a question that was asked of this image before"
        asked.add(question)
        by_record[entry.place.record] = by_record.get(entry.place.record, 0) + 1
        assert entry.place.lonlat is not None
    assert len(by_record) == 4
    assert min(by_record.values()) > 20, "a record is asked in several rounds"
    build(options, tmp_path / "again", workers=1)
    assert content(tmp_path / "again") == content(folder)


def test_sources_share_the_samples_evenly_and_a_changed_source_is_another_build(tmp_path: Path) -> None:
    source = own_labels(tmp_path / "own", images=8)
    options = Options(("generated", str(source)), samples=60, shard_samples=30)
    report = build(options, tmp_path / "dataset", workers=2)
    for counts in report["sources"].values():
        assert counts["train"]["samples"] == counts["train"]["asked"] == 24
    order = [example.entry.place.source for example in read_samples(tmp_path / "dataset", "train", images=False)]
    assert {"generated", "folder"} == set(order[:20]), "a shard begins with one source alone"
    shutil.copy(source / "images" / "tile00.tif", source / "images" / "tile99.tif")
    with pytest.raises(RequestError, match="the records of its sources"):
        build(options, tmp_path / "dataset", workers=1)


def test_the_datasheet_says_what_is_there_and_how_it_came_about(json_dataset: Path) -> None:
    sheet = (json_dataset / "DATASHEET.md").read_text("utf-8")
    assert "40 samples about" in sheet
    for heading in ("Motivation", "Composition", "Collection", "Splits", "Uses", "Known weaknesses", "Maintenance"):
        assert f"\n## {heading}\n" in sheet
    assert "| generated | CC0-1.0" in sheet
    command = next(line for line in sheet.splitlines() if line.startswith("    python -m model_runtime data build"))
    assert "--source generated --samples 40 --seed 5 --format json --traces both --shard-samples 8" in command


def test_the_progress_line_says_how_far_how_fast_and_how_long_still(capsys: pytest.CaptureFixture[str]) -> None:
    assert Progress(2000, 20_000).line(1000, 10.0) == "3,000 of 20,000 samples, 100 a second, 2 min 50 s left"
    assert Progress(0, 100).line(90, 9.0) == "90 of 100 samples, 10 a second, 1 s left"
    progress = Progress(0, 100)
    progress.show(50)
    assert capsys.readouterr().err == "", "what is not a terminal hears twice a minute, not at once"
