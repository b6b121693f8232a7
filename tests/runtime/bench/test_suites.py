"""Official formats read as they are: made by the tests, and what is really there of them."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pa = pytest.importorskip("pyarrow", reason="the extra `data` is not installed")
pytest.importorskip("pycocotools", reason="the extra `data` is not installed")

import pyarrow.parquet as pq  # noqa: E402

from model_runtime.bench.items import ITEMS_FILE, LETTERS, read_items  # noqa: E402
from model_runtime.bench.suites import (  # noqa: E402
    SUITES,
    count_range,
    lettered_text,
    python_list,
    read_suite,
    sample,
)
from model_runtime.errors import RequestError  # noqa: E402

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
OPTIONS = {"A": "58%", "C": "68%", "B": "80%", "D": "65%"}


def _shared(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"the shared data are not at {folder}")
    return folder


def _published(path: Path, image: object, candidates: object, answer: str = "C") -> Path:
    row = {
        "image": image, "question": "What share is water?", "candidates": candidates, "answer": answer,
        "task_type": "coverage_percentage",
    }  # fmt: skip
    pq.write_table(pa.Table.from_pylist([row]), path)
    return path


@pytest.mark.parametrize("image", [{"bytes": b"png", "path": "1.png"}, b"png"])
@pytest.mark.parametrize("candidates", [OPTIONS, json.dumps(OPTIONS)])
def test_terrascope_as_published(tmp_path: Path, image: object, candidates: object) -> None:
    """Images as a dict or raw bytes, candidates as a dict or JSON (SPEC section 8)."""
    (question,) = read_suite("terrascope", _published(tmp_path / "TerraScope_bench.parquet", image, candidates))
    assert question.picture == b"png"
    assert question.candidates == ("58%", "80%", "68%", "65%")
    assert (question.task, question.answer) == ("coverage_percentage", "C")
    assert question.with_options == "What share is water?\nA. 58%\nB. 80%\nC. 68%\nD. 65%\n"


def test_questions_of_two_options_have_two(tmp_path: Path) -> None:
    """A column of dicts has a key C for all rows, if only some have an option C."""
    path = tmp_path / "b.parquet"
    base = {"image": b"x", "question": "?", "answer": "A", "task_type": "t"}
    rows = [{**base, "candidates": OPTIONS}, {**base, "candidates": {"A": "Yes", "B": "No"}}]
    pq.write_table(pa.Table.from_pylist(rows), path)
    assert [len(question.candidates) for question in read_suite("terrascope", path)] == [4, 2]


def test_terrascope_as_we_build_it(few: Path) -> None:
    questions = read_suite("terrascope", few)
    items = list(read_items(few / ITEMS_FILE))
    assert [question.item for question in questions] == items
    assert all(path.is_file() for question in questions for path in question.images)
    assert [question.answer for question in questions] == [item.answer for item in items]


def _csv(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["image_path", "question", "question_type", "options", "answer", "qa_id"])
        writer.writeheader()
        writer.writerows(rows)
    return path


_TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=30)


@given(st.lists(_TEXT, min_size=1, max_size=8))
def test_lists_are_read_as_python_writes_them(options: list[str]) -> None:
    assert python_list(repr(options)) == tuple(options)


@pytest.mark.parametrize("text", ["", "A, B", "['a', 3]", "[]", "{'a': 1}", "__import__('os')", "['a'"])
def test_what_is_no_list_of_texts_is_refused(text: str) -> None:
    with pytest.raises((ValueError, SyntaxError)):
        python_list(text)


def test_landsat_options_keep_their_commas_and_quotes(tmp_path: Path) -> None:
    options = ["Low, fully usable", "Farmer's fields", 'a "quoted" one']
    row = {
        "image_path": "a/b.png", "question": "Which?", "question_type": "Cloud-Occlusion Assessment (COA)",
        "options": repr(options), "answer": options[1], "qa_id": "vqa_id_1",
    }  # fmt: skip
    (question,) = read_suite("landsat30au", _csv(tmp_path / "my-VQA-test.csv", [row]))
    assert question.candidates == tuple(options)
    assert question.answer == "B"
    assert question.images == (tmp_path / "a/b.png",)
    with pytest.raises(RequestError, match="none of its options"):
        read_suite("landsat30au", _csv(tmp_path / "my-VQA-test.csv", [row | {"answer": "Low"}]))


def test_all_real_landsat_rows_are_parsed() -> None:
    folder = _shared("landsat30au_questions")
    questions = read_suite("landsat30au", folder)
    with (folder / "Landsat30-AU-VQA-test.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(questions) == len(rows) == 2659
    for question, row in zip(questions, rows, strict=True):
        assert all(option in row["options"].replace("\\'", "'") for option in question.candidates)
        assert sum(map(len, question.candidates)) + 4 * len(question.candidates) == len(
            row["options"].replace("\\'", "'")
        )
        assert question.candidates[LETTERS.index(question.answer)] == row["answer"]
    assert len({question.task for question in questions}) == 8
    # Splitting by commas, as the release does, breaks these.
    assert sum(any("," in option for option in question.candidates) for question in questions) > 0


def _disaster(**changes: object) -> dict:
    return {
        "pre_image_path": "images\\quake\\1_pre.png", "post_image_path": "images\\quake\\1_post.png",
        "prompts": "How many buildings are destroyed?", "options_str": "A. 12\nB. 15\nC. 20\nD. 31\nE. 40",
        "ground_truth_option": "B", "task": "Building Damage Counting", "post_image_type": "Optical",
    } | changes  # fmt: skip


def test_disasterm3(tmp_path: Path) -> None:
    entries = [
        _disaster(),
        _disaster(post_image_type="SAR"),
        _disaster(task="Disaster Type"),
        _disaster(options_str="A. 12 m2, B. 15 m2, C. Plan B. only", ground_truth_option="C. Plan B. only"),
    ]
    (tmp_path / "benchmark_release.json").write_text(json.dumps(entries), "utf-8")
    first, last = read_suite("disasterm3", tmp_path)
    assert first.candidates == ("12", "15", "20", "31", "40")
    assert first.answer == "B"
    assert first.images == (tmp_path / "images/quake/1_pre.png", tmp_path / "images/quake/1_post.png")
    assert last.candidates == ("12 m2", "15 m2", "Plan B. only")
    assert (first.id, last.id) == ("00000", "00003")
    assert first.radar == last.radar == ()
    (radar,) = read_suite("disasterm3-sar", tmp_path)
    assert (radar.id, radar.images, radar.radar) == ("00001", first.images, (1,))
    (tmp_path / "benchmark_release.json").write_text(json.dumps([_disaster(options_str="none")]), "utf-8")
    with pytest.raises(RequestError, match="cannot be read"):
        read_suite("disasterm3", tmp_path)


@given(st.lists(st.integers(0, 10_000).map(str), min_size=2, max_size=8), st.sampled_from(["\n", " ", ", ", "; "]))
def test_lettered_texts(options: list[str], between: str) -> None:
    text = between.join(f"{letter}. {option}" for letter, option in zip(LETTERS, options, strict=False))
    assert lettered_text(text) == tuple(options)


def test_rsvqa_questions_have_the_options_of_their_kind() -> None:
    questions = read_suite("rsvqa-lr", _shared("rsvqa_lr_s2"))
    assert len(questions) == 8003
    assert len({question.id for question in questions}) == 8003
    assert Counter(question.kind for question in questions) == {"choice": 5609, "free": 2394}
    assert {question.candidates for question in questions} == {(), ("yes", "no"), ("rural", "urban")}
    assert all(path.is_file() for question in questions[::500] for path in question.images)
    assert all(question.answer.isdecimal() for question in questions if question.kind == "free")


@pytest.mark.parametrize(
    ("count", "name"), [(0, "to 0"), (1, "to 10"), (10, "to 10"), (11, "to 100"), (1000, "to 1000"), (1001, "more")]
)
def test_count_ranges(count: int, name: str) -> None:
    assert count_range(count) == name


def test_bigearthnet_v1_patches() -> None:
    questions = read_suite("bigearthnet", _shared("bigearthnet_s1s2_patches"))
    assert len(questions) == 11
    for question in questions:
        assert set(question.answer.split("; ")) <= set(question.candidates)
        assert question.images[0].is_dir()


def test_bigearthnet_v2_metadata(tmp_path: Path) -> None:
    rows = [
        {"patch_id": "S2A_MSIL2A_20170613T101031_N9999_R022_T33UUP_26_57", "labels": ["Pastures", "Arable land"],
         "split": "test"},
        {"patch_id": "S2A_MSIL2A_20170613T101031_N9999_R022_T33UUP_26_58", "labels": ["Pastures"], "split": "train"},
    ]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "metadata.parquet")
    (question,) = read_suite("bigearthnet", tmp_path)
    assert question.answer == "Arable land; Pastures"
    assert question.kind == "labels"
    assert question.images[0].parent.name == "S2A_MSIL2A_20170613T101031_N9999_R022_T33UUP"


@pytest.mark.parametrize("suite", SUITES)
def test_what_is_not_of_a_suite_is_refused_in_a_sentence(suite: str, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="does not exist"):
        read_suite(suite, tmp_path / "nothing")
    with pytest.raises(RequestError):
        read_suite(suite, tmp_path)
    with pytest.raises(RequestError, match="no suite"):
        read_suite("other", tmp_path)


@pytest.mark.parametrize(
    ("suite", "name"),
    [
        ("terrascope", "x.parquet"),
        ("landsat30au", "x.csv"),
        ("disasterm3", "benchmark_release.json"),
        ("disasterm3-sar", "benchmark_release.json"),
    ],  # fmt: skip
)
def test_a_file_of_something_else_is_refused(suite: str, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text('{"some": "thing"}', "utf-8")
    with pytest.raises(RequestError):
        read_suite(suite, tmp_path / name)


def test_an_answer_that_is_no_option_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="which is no option"):
        read_suite("terrascope", _published(tmp_path / "x.parquet", b"x", OPTIONS, "E"))


def test_samples_are_drawn_by_lot_and_stay_the_same(few: Path) -> None:
    questions = read_suite("terrascope", few)
    assert sample(questions, None) == sample(questions, 1000) == questions
    drawn = sample(questions, 7)
    assert drawn == sample(questions, 7)
    assert len({question.id for question in drawn}) == 7
    assert [questions.index(question) for question in drawn] == sorted(questions.index(q) for q in drawn)
    with pytest.raises(RequestError, match="At least 1"):
        sample(questions, 0)


def test_a_sample_of_a_periodic_suite_has_its_kinds() -> None:
    """Every hundredth question of RSVQA-LR is the one about rural or urban, 1 in 100 of all."""
    drawn = sample(read_suite("rsvqa-lr", _shared("rsvqa_lr_s2")), 400)
    counts = Counter(question.task for question in drawn)
    assert counts["rural_urban"] < 15
    assert min(counts["comp"], counts["count"], counts["presence"]) > 80
