"""The JSON format, read as the published loaders read it (SPEC 7.1): nothing of ours but the files."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from model_runtime.terra_cot.entries import Entry, Place, Rle, Shown
from model_runtime.terra_cot.published import entry_of, sample_of


def samples(folder: Path) -> list[dict]:
    return [sample for path in sorted(folder.glob("*/0*.json")) for sample in json.loads(path.read_text("utf-8"))]


def test_the_kth_mask_belongs_to_the_kth_seg(json_dataset: Path) -> None:
    from pycocotools import mask as coco

    found = samples(json_dataset)
    assert len(found) == 40
    assert sum(len(sample["masks"]) for sample in found) > 40
    for sample in found:
        human, gpt = sample["conversations"]
        assert (human["from"], gpt["from"]) == ("human", "gpt")
        assert human["value"].startswith("<image>\n")
        assert human["value"].count("<image>") == 1
        assert gpt["value"].count("[SEG]") == len(sample["masks"]) == len(sample["phrases"])
        assert "<REGION>" not in gpt["value"]  # the loader inserts those itself
        for mask in sample["masks"]:
            summed = sum(coco.decode(rle) for rle in mask)  # the published loader adds a mask's parts up
            assert summed.shape == (256, 256)
            assert summed.max() <= 1


def test_images_lie_where_each_loader_looks(json_dataset: Path) -> None:
    """`image_folder/image`; for radar `rgb_image_folder/image` and `sar_image_folder/{vv,vh}/image`, 8-bit grey."""
    images = json_dataset / "images"
    several = 0
    for sample in samples(json_dataset):
        names = sample.get("images") or [sample[key] for key in ("image", "pre_image", "post_image") if key in sample]
        several += len(names) > 1
        assert len(names) == len(sample["sensors"]) == len(sample["dates"])
        for name in names:
            for folder, mode in (("rgb", "RGB"), ("vv", "L"), ("vh", "L")):
                with Image.open(images / folder / name) as picture:
                    assert (picture.mode, picture.size) == (mode, (256, 256))
    assert several > 5


def test_every_sample_is_a_line(json_dataset: Path) -> None:
    for path in json_dataset.glob("*/0*.json"):
        first, *lines, last = path.read_text("utf-8").splitlines()
        assert (first, last) == ("[", "]")
        assert [json.loads(line.rstrip(",")) for line in lines] == json.loads(path.read_text("utf-8"))


def entry(mask_images: tuple[int, ...], dates: int) -> Entry:
    shown = tuple(Shown(number, f"2020-0{number}-01", "optical") for number in range(1, dates + 1))
    masks = tuple(Rle(4, 4, "P1") for _ in mask_images)
    place = Place("s", "r", "p", "val", "CC0", "Sentinel-2", 10.0, (12.5, -3.25))
    return Entry("a", place, "L1", "area", "How much?", "…", True, shown, ("x",) * len(masks), mask_images, masks)


@pytest.mark.parametrize(
    ("mask_images", "dates", "fields"),
    [
        ((1, 1), 1, {"image"}),
        ((), 1, {"image"}),
        ((1, 2), 2, {"pre_image", "post_image"}),
        ((1, 1, 2, 2), 2, {"pre_image", "post_image"}),
        ((1, 2, 1, 2), 2, {"images", "mask_images"}),  # the first half is not that of the earlier date
        ((2,), 2, {"images", "mask_images"}),
        ((1, 1, 2), 2, {"images", "mask_images"}),
        ((1, 2, 3), 3, {"images", "mask_images"}),
    ],
)
def test_two_dates_are_pre_and_post_where_the_halves_of_the_masks_are_theirs(
    mask_images: tuple[int, ...], dates: int, fields: set[str]
) -> None:
    written = entry(mask_images, dates)
    sample = sample_of(written, "train-00000/000007")
    assert fields == set(sample) & {"image", "pre_image", "post_image", "images", "mask_images"}
    assert entry_of(json.loads(json.dumps(sample))) == written


def test_measures_stand_between_their_marks(json_dataset: Path) -> None:
    found = samples(json_dataset)
    for sample in found:
        text = sample["conversations"][1]["value"]
        assert (
            text.count("<measure>") == text.count("</measure>") == (len(sample["masks"]) if sample["measured"] else 0)
        )
    assert len({sample["measured"] for sample in found}) == 2


def test_pictures_are_what_the_runtime_would_show(json_dataset: Path) -> None:
    """The stretch of `scene.values`: reflectance 0 to 0.3 (bright scenes 0 to 1) as 0 to 255; dB from -40 to 15."""
    from model_runtime.terra_cot.generated import make_record

    sample = next(sample for sample in samples(json_dataset) if "image" in sample)
    scene = make_record(int(sample["record"])).dates[0]
    rgb = np.asarray(Image.open(json_dataset / "images" / "rgb" / sample["image"])).astype(float)
    top = 1.0 if np.median(scene.bands[:3]) > 0.3 else 0.3
    np.testing.assert_allclose(rgb, np.clip(scene.bands[:3].transpose(1, 2, 0) / top, 0, 1) * 255, atol=0.51)
    vv = np.asarray(Image.open(json_dataset / "images" / "vv" / sample["image"])).astype(float)
    np.testing.assert_allclose(vv, np.clip((scene.sar[0] + 40) / 55, 0, 1) * 255, atol=0.51)
