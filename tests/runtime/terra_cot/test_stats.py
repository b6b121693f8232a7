"""`data stats`: what it counts is what stands in the dataset, counted here from the files themselves."""

from __future__ import annotations

import json
import re
import statistics
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from model_runtime.errors import OutputError, RequestError
from model_runtime.terra_cot.entries import Entry, Place, Shown
from model_runtime.terra_cot.stats import Statistics, summary, tables, trace_words, write_stats

pytest.importorskip("matplotlib", reason="the extra `data` is not installed")


@pytest.fixture(scope="module")
def lines(json_dataset: Path) -> list[dict]:
    return [sample for path in json_dataset.glob("*/0*.json") for sample in json.loads(path.read_text("utf-8"))]


def test_counts_are_those_of_the_files(json_dataset: Path, lines: list[dict], tmp_path: Path) -> None:
    figures = write_stats(json_dataset, tmp_path / "stats")
    assert figures == json.loads((tmp_path / "stats" / "stats.json").read_text("utf-8")) | {
        "counts": figures["counts"]  # JSON has no whole numbers for keys
    }
    assert figures["samples"] == len(lines) == 40
    counts = figures["counts"]
    for name in ("split", "source", "level", "task"):
        assert counts[name] == dict(Counter(sample[name] for sample in lines))
    assert counts["phrase"] == dict(Counter(phrase for sample in lines for phrase in sample["phrases"]))
    assert counts["dates"] == dict(Counter(len(sample["dates"]) for sample in lines))
    assert counts["sensors"]["optical"] == sum(set(sample["sensors"]) == {"optical"} for sample in lines)
    assert figures["places"]["all"] == len({sample["place"] for sample in lines})
    words = [len(sample["conversations"][0]["value"].removeprefix("<image>").split()) for sample in lines]
    assert figures["lengths"]["question_words"]["mean"] == pytest.approx(statistics.mean(words), abs=0.005)
    spoken = [re.sub(r"<measure>.*?</measure>", "", sample["conversations"][1]["value"]).split() for sample in lines]
    assert figures["lengths"]["trace_words"]["most"] == max(map(len, spoken))
    assert figures["lengths"]["segs"]["median"] == statistics.median(len(sample["masks"]) for sample in lines)


def test_both_formats_have_the_same_statistics(json_dataset: Path, parquet_dataset: Path, tmp_path: Path) -> None:
    assert write_stats(json_dataset, tmp_path / "a") == write_stats(parquet_dataset, tmp_path / "b")


def test_plots_show_something(json_dataset: Path, tmp_path: Path) -> None:
    write_stats(json_dataset, tmp_path)
    for name in ("counts.png", "lengths.png", "places.png"):
        with Image.open(tmp_path / name) as picture:
            pixels = np.asarray(picture.convert("RGB"))
        assert min(pixels.shape[:2]) > 300
        assert (pixels < 250).any(axis=2).mean() > 0.01
    assert not list(tmp_path.glob(".*"))


def test_tables_have_every_count(json_dataset: Path, tmp_path: Path) -> None:
    figures = write_stats(json_dataset, tmp_path)
    text = tables(figures)
    for counts in figures["counts"].values():
        for key, count in counts.items():
            assert re.search(rf"^  {re.escape(str(key))} +{count:,} ", text, re.MULTILINE)
    assert "40 samples of" in text


def test_located_places_are_dots_on_the_map(tmp_path: Path) -> None:
    counted = Statistics()
    for number, lonlat in enumerate([(12.5, 41.9), (-70.0, -15.0), None, (12.5, 41.9)]):
        place = Place("s", f"r{number}", f"place {number % 3}", "train", "", "", 10.0, lonlat)
        counted.add(Entry(str(number), place, "L1", "area", "How much?", "…", True, (Shown(1, "", "sar"),), (), (), ()))
    figures = counted.as_dict()
    assert figures["places"] == {"all": 3, "train": 3}
    assert [place["lonlat"] for place in figures["located"]] == [[12.5, 41.9], [-70.0, -15.0]]


def test_words_of_a_trace_are_those_to_be_learnt() -> None:
    assert trace_words("<think>I mark water [SEG]<measure>3 %, 12 ha</measure> and see.</think>") == 6
    assert trace_words("") == 0


def test_a_summary_is_that_of_the_values_it_stands_for() -> None:
    assert summary(Counter([1, 1, 1, 5])) == {
        "least": 1,
        "median": 1.0,
        "mean": 2.0,
        "p95": pytest.approx(4.4),
        "most": 5,
    }
    assert summary(Counter()) == {}


def test_what_cannot_be_counted_or_written_is_refused(tmp_path: Path, json_dataset: Path) -> None:
    with pytest.raises(RequestError, match="is not a dataset"):
        write_stats(tmp_path, tmp_path / "stats")
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written to"):
        write_stats(json_dataset, tmp_path / "file")
