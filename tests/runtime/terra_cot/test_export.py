"""Datasets read back: both formats say the same, and what is no dataset is refused."""

from __future__ import annotations

import json
import shutil
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from model_runtime.errors import RequestError
from model_runtime.terra_cot.export import read_samples
from model_runtime.terra_cot.facts import View
from model_runtime.terra_cot.generated import make_record
from model_runtime.terra_cot.traces import SEG_MARK


def test_both_formats_stream_back_equal(json_dataset: Path, parquet_dataset: Path) -> None:
    published, trained = list(read_samples(json_dataset)), list(read_samples(parquet_dataset))
    assert len(published) == 40
    assert [example.entry for example in published] == [example.entry for example in trained]
    for ours, theirs in zip(published, trained, strict=True):
        assert len(ours.masks) == ours.entry.text.count(SEG_MARK)
        assert len(ours.images) == len(ours.entry.shown)
        for grey, full, shown in zip(ours.images, theirs.images, ours.entry.shown, strict=True):
            assert grey.date == full.date == shown.date
            for image in (grey, full):
                assert (image.optical is not None) == (shown.sensors != "sar")
                assert (image.sar is not None) == (shown.sensors != "optical")
            if grey.sar is not None:
                np.testing.assert_allclose(grey.sar, np.clip(full.sar, -40, 15), atol=55 / 255 / 2 + 0.006)
            if grey.optical is not None:
                assert grey.optical.shape == (3, 256, 256)
                top = 1.0 if np.median(full.optical[:3]) > 0.3 else 0.3
                stretched = np.clip(full.optical[:3] / top, 0, 1)
                np.testing.assert_allclose(grey.optical, stretched, atol=0.5 / 255 + 3e-4)


def test_masks_are_those_of_the_labels(parquet_dataset: Path) -> None:
    """Each mask as the labels of the place have it, seen through the sensors of its image."""
    compared = 0
    for example in islice(read_samples(parquet_dataset, "train"), 20):
        entry = example.entry
        record = make_record(int(entry.place.record))
        for mask, phrase, image in zip(example.masks, entry.phrases, entry.mask_images, strict=True):
            shown = entry.shown[image - 1]
            view = View(record.dates[shown.number - 1], shown.sensors, record.classes)
            np.testing.assert_array_equal(mask, view.mask(phrase))
            compared += 1
    assert compared > 20


def test_a_split_alone_and_samples_without_images(json_dataset: Path) -> None:
    by_split = {split: list(read_samples(json_dataset, split, images=False)) for split in ("train", "val", "test")}
    assert {split: len(found) for split, found in by_split.items()} == {"train": 32, "val": 4, "test": 4}
    for split, found in by_split.items():
        assert all(example.entry.place.split == split and example.images == () for example in found)


@pytest.mark.parametrize("dataset", ["json_dataset", "parquet_dataset"])
def test_images_of_chosen_samples_only(dataset: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(dataset)
    found = list(read_samples(folder, "train", images=lambda entry: entry.level == "caption"))
    assert {example.entry.level == "caption" for example in found} == {True, False}
    assert all(bool(example.images) == (example.entry.level == "caption") for example in found)


@pytest.mark.parametrize("dataset", ["json_dataset", "parquet_dataset"])
def test_reading_begins_before_the_shards_are_read_whole(
    dataset: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """The first sample comes although the second shard cannot be read at all."""
    folder = shutil.copytree(request.getfixturevalue(dataset), tmp_path / "copy")
    second = sorted((folder / "train").iterdir())[1]
    second.write_bytes(b"\0\1\2")
    samples = read_samples(folder)
    assert next(samples).entry.id == "train-00000-000000"
    with pytest.raises(RequestError, match=f"{second.name} is damaged"):
        list(samples)


def test_a_json_shard_that_ends_too_early_is_damaged(json_dataset: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(json_dataset, tmp_path / "copy")
    path = folder / "train" / "00000.json"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    for kept in ([], lines[:1], lines[:3]):
        path.write_text("".join(kept), "utf-8")
        with pytest.raises(RequestError, match=r"00000\.json is damaged"):
            list(read_samples(folder))


@pytest.mark.parametrize("plan", [None, "", "[]", "{}", '{"layout": 1}', '{"layout": 1, "options": {}}'])
def test_a_foreign_folder_is_refused(tmp_path: Path, plan: str | None) -> None:
    if plan is not None:
        (tmp_path / "build.json").write_text(plan, "utf-8")
    with pytest.raises(RequestError, match="is not a dataset that `data build` made"):
        next(read_samples(tmp_path))
    with pytest.raises(RequestError, match="is not a dataset"):
        next(read_samples(tmp_path / "nowhere"))


def test_a_dataset_of_another_version_is_refused(json_dataset: Path, tmp_path: Path) -> None:
    plan = json.loads((json_dataset / "build.json").read_text("utf-8"))
    (tmp_path / "build.json").write_text(json.dumps(plan | {"layout": 99, "made_by": "terrascope 9"}), "utf-8")
    with pytest.raises(RequestError, match="made by another version .terrascope 9"):
        next(read_samples(tmp_path))
