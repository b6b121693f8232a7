"""What the user shows of the ground reaches the model, and is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from model_runtime import protocol
from model_runtime.errors import RequestError
from tests.runtime.conftest import write_rgb
from tests.runtime.script import SHAPE, WATER, Script, ask, seg


def example(phrase: str, row: int, column: int, **more: object) -> protocol.Example:
    """A click in the middle of a pixel of the scene."""
    return protocol.Example(
        phrase=phrase, wkt=f"POINT ({500_005 + 10 * column} {1_999_995 - 10 * row})", **more
    )  # as `write_rgb` places it


def test_examples_reach_the_model_by_its_own_names_and_on_its_pixels(script: Script, scene_path: Path) -> None:
    script.pieces = ["I mark the trees ", seg(1, "trees", WATER, taught_by="trees")]
    given = [
        example("Forest", 12, 20),
        example("woods", 40, 70, inside=False),
        example("water", 5, 6),
        example("sea", 500, 6),
    ]
    sink = ask(script, scene_path, "How much forest is there?", examples=given)
    shown = [(one.phrase, one.pixels.tolist(), one.inside, one.image) for one in script.lessons.examples]
    assert shown == [
        ("trees", [[12, 20]], True, 0), ("trees", [[40, 70]], False, 0), ("water", [[5, 6]], True, 0),
    ]  # fmt: skip
    assert sink.report.taught == {"trees": 2}
    assert sink.report.examples == given
    said = " ".join(sink.report.warnings)
    assert "1 of 4 examples lie beyond the scene's data" in said
    assert "The mask of trees follows 2 examples" in said
    assert "The examples of water taught no mask" in said


def test_examples_of_two_dates_are_counted_together(script: Script, scene_path: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.tif"
    write_rgb(later, np.random.default_rng(2).integers(1, 255, (*SHAPE, 3), dtype=np.uint8))
    script.pieces = [seg(1, "water", WATER, taught_by="water"), seg(2, "water", WATER, 2, taught_by="water")]
    given = [example("water", 12, 20), example("water", 12, 21, image=2), example("water", 12, 22, image=2)]
    sink = ask(script, scene_path, "Did the water change?", later, examples=given, on_offset="allow")
    assert [one.image for one in script.lessons.examples] == [0, 1, 1]
    assert sink.report.taught == {"water": 3}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (example("water", 500, 6), "None of the examples lies on the scene's data"),
        (example("water", 5, 6, image=2), "is of image 2, but there is 1"),
        (protocol.Example(phrase="water", wkt="LINESTRING (0 0, 1 1)"), "mark a point or a polygon"),
    ],
)
def test_examples_that_cannot_be_used_are_refused(
    script: Script, scene_path: Path, given: protocol.Example, said: str
) -> None:
    with pytest.raises(RequestError, match=said):
        ask(script, scene_path, "How much water is there?", examples=[given])


def test_without_examples_nothing_is_taught(script: Script, scene_path: Path) -> None:
    sink = ask(script, scene_path, "How much water is there?")
    assert script.lessons is None
    assert sink.report.taught == {}
    assert not sink.report.examples
