"""RSVQA-LR is read in the layout of its release and in that of the shared data; it brings questions and no masks."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from model_runtime.terra_cot.records import split_of
from model_runtime.terra_cot.sources import Report, read_all, resolve
from model_runtime.terra_cot.sources import rsvqa_lr as reader

from .files import write_raster


def _release(folder: Path) -> None:
    """Two images for training, one for testing; entries that are not of a part stand in it inactive, without more."""
    asked = [
        (0, 0, "presence", "Is there a road?", "yes", "train"),
        (1, 0, "count", "How many roads are there?", "3", "train"),
        (2, 1, "rural_urban", "Is it a rural or an urban area", "rural", "train"),
        (3, 2, "comp", "Are there more roads than rivers?", "no", "test"),
    ]
    parts = {"train": [0, 1], "val": [], "test": [2]}
    product = "S2A_MSIL2A_20180505T104031_N0207_R008_T31UFT_20180505T125000"
    for part, images in parts.items():
        tables = {
            "images": [
                {"id": i, "active": True, "original_name": product} if i in images else {"id": i, "active": False}
                for i in range(3)
            ],
            "questions": [
                {"id": q, "img_id": image, "type": kind, "question": text, "answers_ids": [q], "active": True}
                if of == part
                else {"id": q, "active": False}
                for q, image, kind, text, _, of in asked
            ],
            "answers": [
                {"id": q, "question_id": q, "answer": answer, "active": True}
                if of == part
                else {"id": q, "active": False}
                for q, _, _, _, answer, of in asked
            ],
        }
        for kind, entries in tables.items():
            (folder / f"LR_split_{part}_{kind}.json").write_text(json.dumps({kind: entries}), "utf-8")
    for i in range(3):
        values = np.full((3, 256, 256), 40 + i, np.uint8)
        write_raster(
            folder / "Images_LR" / f"{i}.tif", values, crs="EPSG:3857", pixel=16.0, origin=(600_000, 6_800_000)
        )


def _read(folder: Path) -> tuple[dict, Report]:
    source, path = resolve(str(folder))
    assert source is reader.SOURCE
    report = Report(source.name)
    return {record.name: record for record in read_all(source, path, report)}, report


def test_the_release(tmp_path: Path) -> None:
    _release(tmp_path)
    questions = tmp_path / "LR_split_train_questions.json"
    withdrawn = {
        "id": 0,
        "img_id": 0,
        "type": "presence",
        "question": "Withdrawn?",
        "answers_ids": [0],
        "active": False,
    }
    listed = json.loads(questions.read_text("utf-8"))["questions"]
    questions.write_text(json.dumps({"questions": [*listed, withdrawn]}), "utf-8")
    records, report = _read(tmp_path)
    assert not report.broken
    assert {item.name: split_of(item) for item in reader.find(tmp_path)} == {"0": "train", "1": "train", "2": "test"}
    first = records["0"]
    assert [(q.task, q.question, q.answer) for q in first.brought] == [
        ("presence", "Is there a road?", "yes"),
        ("count", "How many roads are there?", "3"),
    ]
    assert first.classes == {} and not first.is_land_cover and not first.dates[0].labels.any()
    assert first.dates[0].date == "2018-05-05" and not first.dates[0].reflectance
    # Web Mercator stretches: 16 m of map are 16 m x cos(52 degrees) of ground.
    assert first.dates[0].pixel_size_m == pytest.approx(16 * np.cos(np.radians(first.lonlat[1])), rel=4e-3)


def test_what_is_missing_or_damaged_is_named(tmp_path: Path) -> None:
    _release(tmp_path)
    (tmp_path / "Images_LR" / "0.tif").unlink()
    (tmp_path / "Images_LR" / "1.tif").write_bytes(b"II*\0")
    (tmp_path / "LR_split_test_answers.json").write_text('{"answers": [', "utf-8")
    (tmp_path / "LR_split_val_questions.json").unlink()
    records, report = _read(tmp_path)
    assert not records
    assert {broken.name for broken in report.broken} == {"0", "1", "LR_split_test", "LR_split_val"}


def test_the_shared_images(shared_data: Path) -> None:
    folder = shared_data / "rsvqa_lr_s2"
    records, report = _read(folder)
    lines = [json.loads(line) for line in (folder / "qa.jsonl").read_text("utf-8").splitlines()]
    assert not report.broken
    asked = Counter(Path(line["image"]).stem for line in lines)
    assert {name: len(record.brought) for name, record in records.items()} == asked
    of_two = [(line["question"], line["answer"]) for line in lines if line["image"] == "images/2.tif"]
    assert [(q.question, q.answer) for q in records["2"].brought] == of_two
    for record in records.values():  # the Netherlands and what lies around them, at 10 m
        assert 3 < record.lonlat[0] < 8 and 50 < record.lonlat[1] < 54
        assert record.dates[0].pixel_size_m == pytest.approx(10, rel=0.05)
