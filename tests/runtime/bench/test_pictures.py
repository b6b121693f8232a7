"""What models that look at pictures are shown and told, of our items and of published suites."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
import rasterio
from PIL import Image

pytest.importorskip("pyarrow", reason="the extra `data` is not installed")

from model_runtime.bench.pictures import guidance, pictures_of, prompt  # noqa: E402
from model_runtime.bench.suites import Question  # noqa: E402
from model_runtime.errors import SceneError  # noqa: E402
from model_runtime.scene.scene import open_scene  # noqa: E402


def _question(kind: str = "choice", candidates: tuple[str, ...] = (), **more: object) -> Question:
    return Question("1", "task", "What is there?", kind, candidates, "A", **more)


def _colours(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (16, 24, 3)).astype(np.uint8)


def _png(colours: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(colours).save(file, "PNG")
    return file.getvalue()


def test_four_options_are_asked_in_the_papers_words() -> None:
    """Appendix F.2."""
    told = guidance(_question(candidates=("1", "2", "3", "4")), letters=True)
    assert told == "Please respond with only the option letter (A, B, C, or D) corresponding to your answer."
    assert "(A or B)" in guidance(_question(candidates=("yes", "no")), letters=True)


def test_what_has_no_letters_is_told_of_none() -> None:
    labels = _question("labels", ("forest", "water"))
    assert prompt(labels, letters=True) == (
        "What is there?\nforest; water\nPlease respond with only the names of the classes, separated by semicolons."
    )
    for asked in (_question("free"), _question(candidates=("12 m", "15 m"))):
        words = prompt(asked, letters=False)
        assert words.splitlines()[0] == "What is there?"
        assert "letter" not in words
        assert "12 m" not in words


def test_pictures_of_published_suites_are_shown_as_they_are(tmp_path: Path) -> None:
    before, after = _colours(1), _colours(2)
    (alone,) = pictures_of(_question(picture=_png(before)))
    assert (alone.about, np.asarray(alone.image).tolist()) == ("", before.tolist())
    for name, colours in (("pre.png", before), ("post.png", after)):
        (tmp_path / name).write_bytes(_png(colours))
    both = pictures_of(_question(images=(tmp_path / "pre.png", tmp_path / "post.png")))
    assert [shown.about for shown in both] == ["Image 1 (optical)", "Image 2 (optical)"]
    assert [np.asarray(Image.open(io.BytesIO(shown.png))).tolist() for shown in both] == [
        before.tolist(), after.tolist(),
    ]  # fmt: skip


def test_what_is_no_picture_is_stretched_as_the_runtime_stretches_it(tmp_path: Path) -> None:
    path = tmp_path / "scene.tif"
    values = np.random.default_rng(3).integers(200, 4000, (4, 16, 24)).astype(np.uint16)
    with rasterio.open(
        path, "w", driver="GTiff", count=4, height=16, width=24, dtype="uint16", crs="EPSG:32631",
        transform=rasterio.Affine(10, 0, 500000, 0, -10, 5000000),
    ) as file:  # fmt: skip
        file.write(values)
        file.descriptions = ("B2", "B3", "B4", "B8")
    (shown,) = pictures_of(_question(images=(path,)))
    assert np.array_equal(np.asarray(shown.image), open_scene(path).rgb)
    assert np.asarray(shown.image).std() > 30  # seen, not black


def test_pictures_that_are_missing_or_damaged_are_named(tmp_path: Path) -> None:
    with pytest.raises(SceneError, match=r"lost\.png"):
        pictures_of(_question(images=(tmp_path / "lost.png",)))
    with pytest.raises(SceneError, match="damaged or no picture"):
        pictures_of(_question(picture=b"GIF89a and nothing more"))
