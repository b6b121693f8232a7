"""`data view`: masks are drawn where they are and in the colour of their mark; texts are whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from model_runtime.errors import OutputError, RequestError
from model_runtime.evidence.colours import step_colours
from model_runtime.terra_cot.entries import DatedImage, Example, Shown, encode
from model_runtime.terra_cot.export import read_samples
from model_runtime.terra_cot.view import _text, card, write_sheet
from tests.runtime.terra_cot.test_published import entry

pytest.importorskip("pycocotools", reason="the extra `data` is not installed")


@pytest.mark.parametrize("dataset", ["json_dataset", "parquet_dataset"])
def test_a_sheet_shows_the_same_samples_again_and_others_with_another_seed(
    dataset: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    folder = request.getfixturevalue(dataset)
    assert write_sheet(folder, tmp_path / "a.png", samples=3) == 3
    write_sheet(folder, tmp_path / "b.png", samples=3)
    write_sheet(folder, tmp_path / "c.png", samples=3, seed=1)
    a, b, c = ((tmp_path / f"{name}.png").read_bytes() for name in "abc")
    assert a == b != c
    with Image.open(tmp_path / "a.png") as sheet:
        assert sheet.width > 2000
    assert write_sheet(folder, tmp_path / "d.png", samples=30, split="val") == 4  # all there are


def test_a_mask_is_drawn_in_its_colour_beside_the_image_as_it_is() -> None:
    mask = np.zeros((64, 64), bool)
    mask[16:48, 16:48] = True
    grey = DatedImage("2020-01-01", np.full((3, 64, 64), 0.15, np.float32), ("red", "green", "blue"), True, None)
    shown = (Shown(1, "2020-01-01", "optical"),)
    text = "<think>I mark the water [SEG].</think><answer>Yes</answer>"
    made = replace(entry((1,), 1), shown=shown, phrases=("water",), masks=(encode(mask),), text=text)
    drawn = np.asarray(card(Example(made, (grey,))))
    (colour,) = step_colours(["water"])
    tile = 277
    plain, marked = drawn[:tile, :tile], drawn[:tile, tile + 6 : 2 * tile + 6]
    assert (plain == 128).all()
    scale = tile / 64
    edge = (marked == colour).all(axis=2)
    rows, columns = np.nonzero(edge)
    assert (rows.min(), columns.min()) == pytest.approx((16 * scale, 16 * scale), abs=1)
    assert (rows.max(), columns.max()) == pytest.approx((48 * scale - 1, 48 * scale - 1), abs=1)
    middle = marked[tile // 2, tile // 2].astype(float)
    np.testing.assert_allclose(middle, 128 * 0.62 + np.array(colour) * 0.38, atol=1)
    assert (marked[5, 5] == 128).all()


def test_every_word_and_every_mark_of_a_sample_is_on_its_card(json_dataset: Path) -> None:
    for example in read_samples(json_dataset, images=False):
        colours = step_colours(example.entry.phrases)
        lines = _text(example, colours)
        words = [word for line in lines for word in line]
        assert [word.ground for word in words if word.ground] == colours
        written = " ".join(word.text for word in words)
        for part in (example.entry.question, example.entry.answer):
            assert " ".join(part.split()) in written
        assert "<" not in written.replace("‹", "")


def test_masks_of_a_date_are_drawn_on_that_date_alone() -> None:
    mask = np.ones((64, 64), bool)
    images = tuple(
        DatedImage("", np.full((3, 64, 64), value, np.float32), ("red", "green", "blue"), True, None)
        for value in (0.06, 0.15)
    )
    shown = (Shown(1, "", "optical"), Shown(2, "", "optical"))
    text = "<think>I mark the water [SEG].</think><answer>Yes</answer>"
    made = replace(entry((2,), 2), shown=shown, phrases=("water",), masks=(encode(mask),), text=text)
    drawn = np.asarray(card(Example(made, images)))
    first, second, marked = drawn[100, 100], drawn[100, 400], drawn[400, 100]
    assert (first == 51).all()
    assert (second == 128).all()
    assert (marked != 128).any()
    assert (drawn[400, 400] == drawn[-1, -1]).all(), "the first date has a marked tile too"


def test_what_cannot_be_drawn_is_refused_and_leaves_nothing(json_dataset: Path, tmp_path: Path) -> None:
    for samples in (0, 201):
        with pytest.raises(RequestError, match=f"1 to 200 samples, not {samples}"):
            write_sheet(json_dataset, tmp_path / "a.png", samples=samples)
    with pytest.raises(OutputError, match=r"does not end with \.png"):
        write_sheet(json_dataset, tmp_path / "a.jpg")
    with pytest.raises(RequestError, match="is not a dataset"):
        write_sheet(tmp_path, tmp_path / "a.png")
    assert list(tmp_path.iterdir()) == []
