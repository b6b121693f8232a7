"""Building a benchmark: what its items promise, recomputed by slow code; what its command does when it is stopped."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio

pytest.importorskip("pyarrow", reason="the extra `data` is not installed")
pytest.importorskip("pycocotools", reason="the extra `data` is not installed")

from model_runtime.bench import tasks  # noqa: E402
from model_runtime.bench.build import BUILD_FILE, Options, build  # noqa: E402
from model_runtime.bench.items import ITEMS_FILE, LETTERS, TASKS, Item, ItemsWriter, is_ours, read_items  # noqa: E402
from model_runtime.bench.places import generate, of_record  # noqa: E402
from model_runtime.errors import Cancelled, RequestError  # noqa: E402
from model_runtime.terra_cot.chance import seeded  # noqa: E402
from model_runtime.terra_cot.records import Item as RecordItem  # noqa: E402
from model_runtime.terra_cot.records import Record, split_of  # noqa: E402
from model_runtime.terra_cot.scenes import LabelledScene  # noqa: E402
from model_runtime.terra_cot.vocabulary import BUILDING_CLASSES, synonyms  # noqa: E402

from ..terra_cot.datasets import content, environment, own_labels  # noqa: E402
from . import recompute  # noqa: E402

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


def test_each_answer_follows_from_its_masks_by_slow_code(many: list[Item]) -> None:
    assert len(many) == 300
    for item in many:
        found = recompute.value_of(item)
        if item.task == "area_ranking":
            assert item.right in synonyms(found), item.id
        elif item.task == "boundary_detection":
            assert item.right == found, item.id
        else:
            assert found == pytest.approx(item.value, rel=1e-6), item.id


def test_the_right_option_is_the_only_one_near_the_figure(many: list[Item]) -> None:
    """Half of the stated margin is left to rounding of the right option; the others are a whole one away."""
    margins = {
        "coverage_percentage": lambda v, item: 3.0,
        "absolute_area": lambda v, item: 0.08 * v,
        "distance": lambda v, item: max(0.1 * v, 2 * abs(item.transform[0]) * 0.999),
        "building_change": lambda v, item: 3.0 if item.unit == "%" else max(2.0, 0.1 * v),
    }
    for item in many:
        if item.value is None:
            continue
        margin = margins[item.task](item.value, item)
        for letter, text in zip(LETTERS, item.candidates, strict=False):
            off = abs(recompute.figure_in(text) - item.value)
            assert (off <= margin / 2) if letter == item.answer else (off >= margin * 0.999), (item.id, text)
        assert len(set(item.candidates)) == 4


def test_tasks_letters_and_answers_are_balanced(many: list[Item]) -> None:
    assert Counter(item.task for item in many) == dict.fromkeys(TASKS, 50)
    for task in TASKS:
        of_task = [item for item in many if item.task == task]
        letters = Counter(item.answer for item in of_task)
        assert max(letters.values()) - min(letters.values()) <= 1, task
        assert set(letters) == set("AB" if task in ("area_ranking", "boundary_detection") else "ABCD")
    assert Counter(item.right for item in many if item.task == "boundary_detection") == {"Yes": 25, "No": 25}
    # The truth is as often the smallest of the options as any other, so that small answers earn nothing.
    for task in ("coverage_percentage", "absolute_area", "distance", "building_change"):
        ranks = Counter(
            sorted(item.candidates, key=recompute.figure_in).index(item.right) for item in many if item.task == task
        )
        assert max(ranks.values()) - min(ranks[rank] for rank in range(4)) <= 1, task


def test_the_filters_hold(many: list[Item]) -> None:
    for item in many:
        masks = [mask.mask for mask in item.masks]
        shares = [100 * recompute.count(mask) / recompute.count(recompute.valid_of(item)) for mask in masks]
        if item.task == "boundary_detection":
            assert min(shares) >= 3
            assert max(len(recompute.pieces(mask)) for mask in masks) <= 5
        elif item.task == "building_change":
            total, gone = (sum(len(piece) >= 4 for piece in recompute.pieces(mask)) for mask in masks)
            assert total >= 10
            assert gone >= 3
            assert not (masks[1] & ~masks[0]).any()
        else:
            assert min(shares) >= 1


def test_items_are_of_test_places(many: list[Item]) -> None:
    assert {split_of(RecordItem(item.place, item.place)) for item in many} == {"test"}


def test_every_variant_is_the_same_item_otherwise_shown(few: Path) -> None:
    items = list(read_items(few / ITEMS_FILE, pictures=True))
    assert {item.task for item in items} == set(TASKS)
    by_base: dict[str, list[Item]] = {}
    for item in items:
        by_base.setdefault(item.base, []).append(item)
    for base, variants in by_base.items():
        first = variants[0]
        for item in variants[1:]:
            same = ("candidates", "answer", "value", "unit", "masks", "valid", "crs", "transform", "place")
            assert all(getattr(item, name) == getattr(first, name) for name in same), base
        kinds = {item.variant: sorted({image.kind for image in item.images}) for item in variants}
        wanted = {"optical": ["optical"], "sar": ["sar"], "joint": ["optical", "sar"], "two_date": ["optical"]}
        if first.task == "building_change":
            del wanted["two_date"]  # it shows two dates however it is shown
        assert kinds == wanted
        dates = {item.variant: max(image.image for image in item.images) for item in variants}
        assert all(
            count == (2 if variant == "two_date" or first.task == "building_change" else 1)
            for variant, count in dates.items()
        )
        assert all(item.picture.startswith(b"\x89PNG") for item in variants)


def test_questions_with_two_dates_say_which_is_meant(few: Path) -> None:
    for item in read_items(few / ITEMS_FILE):
        assert item.question.endswith("in the first image?") == (item.variant == "two_date"), item.question


def test_images_lie_on_the_grid_of_their_masks(few: Path) -> None:
    for item in read_items(few / ITEMS_FILE):
        for image in item.images:
            with rasterio.open(few / image.file) as file:
                assert tuple(file.transform)[:6] == item.transform
                assert file.shape == item.masks[0].mask.shape
                assert rasterio.crs.CRS.from_user_input(item.crs) == file.crs
                assert file.descriptions[:2] == (("VV", "VH") if image.kind == "sar" else ("red", "green"))
                if image.kind == "optical":
                    assert file.read_masks(1).any()


def test_generated_places_are_known_before_they_are_photographed() -> None:
    """A question is drawn from the ground of the first image that is then made, with a second one or without."""
    sites = generate(5, 64, None, lambda: True)
    torn_down = 0
    for site in (next(sites) for _ in range(25)):
        for second in (False, True):
            dates = site.dates(second)
            assert len(dates) == 1 + second
            assert np.array_equal(dates[0].surface, site.view.scene.labels)
        if site.buildings:
            torn_down += 1
            assert not (site.buildings.destroyed & ~site.buildings.before).any()
            left = (dates[1].surface == 5) & site.buildings.destroyed
            assert 2 * left.sum() < site.buildings.destroyed.sum() or not site.buildings.destroyed.any()
    assert torn_down


def test_items_are_read_as_they_were_written(few: Path) -> None:
    assert is_ours(few / ITEMS_FILE)
    items = list(read_items(few / ITEMS_FILE, pictures=True))
    again = few.parent / "again.parquet"
    writer = ItemsWriter(again)
    for item in items:
        writer.add(item)
    writer.close()
    assert list(read_items(again, pictures=True)) == items
    assert list(read_items(again)) == [replace(item, picture=b"") for item in items]
    assert again.read_bytes() == (few / ITEMS_FILE).read_bytes()


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(tmp_path: Path) -> None:
    options = Options(("generated",), 6, 3, variants=("joint",), size=64)
    for name in ("one", "two"):
        build(options, tmp_path / name)
    build(replace(options, seed=4), tmp_path / "other")
    assert content(tmp_path / "one") == content(tmp_path / "two")
    assert content(tmp_path / "one")[ITEMS_FILE] != content(tmp_path / "other")[ITEMS_FILE]


def test_labelled_folders_give_items_and_broken_records_are_named(tmp_path: Path) -> None:
    source = own_labels(tmp_path / "source", images=8, broken=2)
    report = build(Options((str(source),), 12, split=None), tmp_path / "items")
    items = list(read_items(tmp_path / "items" / ITEMS_FILE))
    assert len(items) == report["items"] > 4
    assert {item.source for item in items} == {"folder"}
    assert len(report["skipped"]) == 2
    assert any(short["task"] == "building_change" and short["made"] == 0 for short in report["short"])
    for item in items:
        assert "Lambert Azimuthal" in item.crs
        assert item.lonlat is not None
        if item.value is not None:
            assert recompute.value_of(item) == pytest.approx(item.value, rel=1e-6)


def _damage_map(destroyed: int, total: int) -> Record:
    """Buildings of 3 x 3 pixels in rows; the first ones destroyed after."""
    before, after = np.zeros((2, 64, 64), np.uint8)
    for number in range(total):
        row, column = 2 + 6 * (number // 8), 2 + 6 * (number % 8)
        here = np.s_[row : row + 3, column : column + 3]
        before[here], after[here] = 1, 4 if number < destroyed else 1
    scenes = tuple(
        LabelledScene(
            np.full((3, 64, 64), 0.5, np.float32), codes, 0.5, (True,) * 3, False, np.where(codes, 0, 1 << 15).astype(
                np.uint16) | np.where(codes, 1 << np.maximum(codes, 1) - 1, 0).astype(np.uint16), "made",
            names=("red", "green", "blue"),
        )
        for codes in (before, after)
    )  # fmt: skip
    return Record("xbd", "made_r0_c0", "xbd made", scenes, BUILDING_CLASSES)


@pytest.mark.parametrize(("destroyed", "total", "asked"), [(5, 20, True), (2, 20, False), (4, 9, False), (3, 10, True)])
def test_damage_is_asked_about_where_there_is_enough_of_it(destroyed: int, total: int, asked: bool) -> None:
    site = of_record(_damage_map(destroyed, total), "none")
    draft = tasks.building_change(site, seeded(1), 1, "")
    assert (draft is not None) == asked
    if draft:
        assert draft.value == (destroyed if draft.unit == "buildings" else 100 * destroyed / total)
        assert [mark.phrase for mark in draft.marks] == ["buildings", "destroyed buildings"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (Options((), 6), "There is no source"),
        (Options(("generated", "generated"), 6), "given twice"),
        (Options(("generated",), 0), "at least 1 item"),
        (Options(("generated",), 6, tasks=("counting",)), "no task 'counting'"),
        (Options(("generated",), 6, variants=("radar",)), "no variant 'radar'"),
        (Options(("generated",), 6, size=32), "64 to"),
        (Options(("generated",), 6, seed=-1), "The seed"),
        (Options(("nowhere-at-all",), 6), "no folder"),
    ],
)
def test_what_cannot_be_built_is_refused_in_a_sentence(options: Options, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=sentence):
        build(options, tmp_path / "items")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine", "utf-8")
    with pytest.raises(RequestError, match="holds files"):
        build(Options(("generated",), 6), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


def test_a_cancelled_build_leaves_nothing(tmp_path: Path) -> None:
    done: list[float] = []
    with pytest.raises(Cancelled):
        build(Options(("generated",), 60, size=64), tmp_path / "items", lambda: len(done) > 20, done.append)
    assert list(tmp_path.iterdir()) == []
    assert done == sorted(done)


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_ctrl_c_ends_the_command_within_a_second_or_two(tmp_path: Path) -> None:
    words = ["bench", "build", "--source", "generated", "--items", "5000", "--out", str(tmp_path / "items")]
    with subprocess.Popen(
        [sys.executable, "-m", "model_runtime", *words], env=environment(), stderr=subprocess.PIPE, text=True
    ) as command:
        begin = time.monotonic()
        while not list(tmp_path.glob(".items.*/images/*")):
            assert time.monotonic() - begin < 60, "it makes nothing"
            time.sleep(0.1)
        command.send_signal(signal.SIGINT)
        begin = time.monotonic()
        _, told = command.communicate(timeout=30)
    assert command.returncode == 2
    assert told.strip().endswith("Cancelled.")
    assert time.monotonic() - begin < 5
    assert list(tmp_path.iterdir()) == []


def test_the_report_says_what_was_asked_and_made(few: Path) -> None:
    text = (few / BUILD_FILE).read_text("utf-8")
    assert '"items": 12' in text
    assert '"short": []' in text


@pytest.mark.parametrize("source", ["terramesh_s1s2_lulc", "amazon_forest_s2", "zion_landsat8_nlcd2011"])
def test_real_labelled_places_give_items_that_hold(source: str, tmp_path: Path) -> None:
    folder = SHARED / source
    if not folder.is_dir():
        pytest.skip(f"the shared data are not at {folder}")
    report = build(Options((str(folder),), 18, split=None), tmp_path / "items")
    items = list(read_items(tmp_path / "items" / ITEMS_FILE))
    assert len(items) == report["items"] >= 5
    assert len({item.record for item in items}) == report["places"]
    for item in items:
        found = recompute.value_of(item)
        if item.value is not None:
            assert found == pytest.approx(item.value, rel=1e-6), item.id
        elif item.task == "area_ranking":
            assert item.right in synonyms(found), item.id
        else:
            assert item.right == found, item.id
