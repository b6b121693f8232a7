"""Scores: what is true scores all, what is drawn by lot scores chance, each figure is what a plain loop gives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("pyarrow", reason="the extra `data` is not installed")
pytest.importorskip("pycocotools", reason="the extra `data` is not installed")

from model_runtime.bench.items import LETTERS, Item, ReferenceMask  # noqa: E402
from model_runtime.bench.mask_scores import iou, names, score  # noqa: E402
from model_runtime.bench.responses import DrawnMask, Response, Stated, Way  # noqa: E402
from model_runtime.bench.scoring import judge, summary  # noqa: E402
from model_runtime.bench.suites import Question  # noqa: E402
from model_runtime.terra_cot.chance import seeded  # noqa: E402
from model_runtime.terra_cot.entries import encode  # noqa: E402


def _questions(items: list[Item]) -> list[Question]:
    return [Question(i.id, i.task, i.question, "choice", i.candidates, i.answer, item=i) for i in items]


def _said(question: Question, answer: str, way: Way = "letters", **more: object) -> Response:
    return Response(question.id, way, "I look.", answer, **more)


def test_what_is_true_scores_all(many: list[Item]) -> None:
    questions = _questions(many)
    responses = [_said(q, q.answer, masks=q.item.masks) for q in questions]
    found = summary(judge("terrascope", questions, responses))
    assert found["reader"] == "strict"
    assert found["macro_accuracy"] == found["micro_accuracy"] == 1
    assert found["readers"]["published"]["macro_accuracy"] == 1
    assert {task["accuracy"] for task in found["tasks"].values()} == {1.0}
    assert {task["n"] for task in found["tasks"].values()} == {50}
    assert found["mean_iou"] == 1
    assert found["masks"]["mean_seg_iou"] == 1
    assert found["masks"]["interval"] == [1, 1]
    assert found["masks"]["astray"] == 0
    assert found["failed"] == 0


def test_true_texts_and_true_figures_score_all(many: list[Item]) -> None:
    questions = _questions(many)
    by_text = [_said(q, q.candidates[LETTERS.index(q.answer)]) for q in questions]
    assert summary(judge("terrascope", questions, by_text))["macro_accuracy"] == 1
    figures = [
        _said(q, q.item.right if q.item.value is None else f"{q.item.value:.10g} {q.item.unit}", "question")
        for q in questions
    ]
    found = summary(judge("terrascope", questions, figures))
    assert (found["reader"], found["macro_accuracy"]) == ("meant", 1)
    for task in found["figures"].values():
        assert task["without_figure"] == 0
        assert all(error["mean"] < 1e-3 for error in task["errors"].values())


def test_letters_by_lot_score_chance(many: list[Item]) -> None:
    questions = _questions(many)
    for seed in range(3):
        rng = seeded(seed)
        letters = [rng.choice(LETTERS[: len(q.candidates)]) for q in questions]
        responses = [_said(q, letter) for q, letter in zip(questions, letters, strict=True)]
        found = summary(judge("terrascope", questions, responses))
        chance = np.mean([1 / len(q.candidates) for q in questions])
        assert found["micro_interval"][0] <= chance <= found["micro_interval"][1]
        chances = {task: figures["chance"] for task, figures in found["tasks"].items()}
        assert {task for task, share in chances.items() if share == 0.5} == {"area_ranking", "boundary_detection"}
        assert set(chances.values()) == {0.25, 0.5}


def test_shuffled_answers_score_chance(many: list[Item]) -> None:
    """The letters of other items of the same task: no better than guessing, because letters are balanced.

    Of a hundred intervals of 95 % about five miss, so single ones may; the mean of many deals may not.
    """
    questions = _questions(many)
    accuracies: dict[str, list[float]] = {}
    chances: dict[str, float] = {}
    missed = 0
    for seed in range(20):
        rng = seeded(seed)
        letters: dict[str, str] = {}
        for task in sorted({q.task for q in questions}):
            of_task = [q for q in questions if q.task == task]
            dealt = rng.sample([q.answer for q in of_task], len(of_task))
            letters.update({q.id: letter for q, letter in zip(of_task, dealt, strict=True)})
        found = summary(judge("terrascope", questions, [_said(q, letters[q.id]) for q in questions]))
        low, high = found["macro_interval"]
        missed += not low <= (4 * 0.25 + 2 * 0.5) / 6 <= high
        for task, figures in found["tasks"].items():
            accuracies.setdefault(task, []).append(figures["accuracy"])
            chances[task] = figures["chance"]
    assert missed <= 3
    for task, chance in chances.items():
        assert np.mean(accuracies[task]) == pytest.approx(chance, abs=0.05)


def test_accuracies_are_those_of_a_plain_count(many: list[Item]) -> None:
    questions = _questions(many)
    rng = seeded(3)
    right = {q.id: rng.random() < 0.3 + 0.5 * (q.task == "distance") for q in questions}
    responses = [_said(q, q.answer if right[q.id] else "Z") for q in questions]
    found = summary(judge("terrascope", questions, responses))
    for task, figures in found["tasks"].items():
        of_task = [right[q.id] for q in questions if q.task == task]
        assert figures["accuracy"] == pytest.approx(sum(of_task) / len(of_task))
        assert figures["unread"] == len(of_task) - sum(of_task)
        low, high = figures["interval"]
        assert low <= figures["accuracy"] <= high
        assert 0.1 < high - low < 0.4  # 50 items: about +- 0.13
    assert found["macro_accuracy"] == pytest.approx(np.mean([t["accuracy"] for t in found["tasks"].values()]))
    assert found["micro_accuracy"] == pytest.approx(np.mean(list(right.values())))


def test_the_bootstrap_is_seeded_and_draws_places(many: list[Item]) -> None:
    questions = _questions(many)
    responses = [_said(q, "A") for q in questions]
    judged = judge("terrascope", questions, responses)
    assert summary(judged) == summary(judged)
    # Every item twice: the same places, so no more is known than before.
    doubled = [*judged, *judged]
    once, twice = summary(judged), summary(doubled)
    assert once["micro_interval"] == twice["micro_interval"]


def _mask(phrase: str, array: np.ndarray, image: int = 1) -> ReferenceMask:
    return ReferenceMask(phrase, image, encode(array))


_BOOLS = st.lists(st.booleans(), min_size=36, max_size=36).map(lambda bits: np.array(bits).reshape(6, 6))


@given(_BOOLS, _BOOLS)
def test_iou_is_that_of_a_loop_over_pixels(one: np.ndarray, other: np.ndarray) -> None:
    pairs = list(zip(one.ravel().tolist(), other.ravel().tolist(), strict=True))
    union = sum(a or b for a, b in pairs)
    expected = sum(a and b for a, b in pairs) / union if union else 1.0
    assert iou(one, other) == pytest.approx(expected)
    assert score([_mask("water", one)], [_mask("water", other)]).mean == pytest.approx(expected)


def test_segs_are_matched_to_classes_by_their_text() -> None:
    left, right = np.zeros((2, 4, 4), bool)
    left[:, :2], right[:, 2:] = True, True
    true = [_mask("water", left), _mask("trees", right)]
    assert score([_mask("forest", right), _mask("open water", left)], true).of_regions == (1, 1)
    crossed = score([_mask("water", right), _mask("trees", left)], true)
    assert crossed.of_regions == (0, 0)
    missing = score([_mask("water", left)], true)
    assert (missing.of_regions, missing.of_segs, missing.astray) == ((1, 0), (1,), 0)
    astray = score([_mask("cropland", left)], true)
    assert (astray.of_regions, astray.astray) == ((0, 0), 1)
    assert score([_mask("water", left, image=2)], true).astray == 1
    assert score([_mask("water", np.ones((5, 5), bool))], true).astray == 1


def test_parts_of_a_region_drawn_one_by_one_are_put_together() -> None:
    whole, top, bottom = np.ones((4, 4), bool), np.zeros((4, 4), bool), np.zeros((4, 4), bool)
    top[:2], bottom[2:] = True, True
    found = score([_mask("water", top), _mask("water", bottom)], [_mask("water", whole)])
    assert found.of_segs == (0.5, 0.5)
    assert found.mean == 1


@pytest.mark.parametrize(
    ("said", "phrase", "same"),
    [("forest", "trees", True), ("buildings", "built-up area", True), ("Destroyed buildings", "buildings", False),
     ("water", "wetland", False), ("built-up area", "buildings", True)],
)  # fmt: skip
def test_names(said: str, phrase: str, same: bool) -> None:
    assert names(said, phrase) == same


def test_iou_of_correct_and_wrong_answers(many: list[Item]) -> None:
    """As in the paper's Fig. 6: good masks where the answer is right, bad ones where it is wrong."""
    questions = [q for q in _questions(many) if q.task == "coverage_percentage"]
    responses = []
    for number, question in enumerate(questions):
        (region,) = question.item.masks
        good = number % 2 == 0
        drawn = region if good else replace(region, rle=encode(~region.mask))
        responses.append(_said(question, question.answer if good else "Z", masks=(drawn,)))
    masks = summary(judge("terrascope", questions, responses))["masks"]
    assert masks["iou_of_correct"] == 1
    assert masks["iou_of_wrong"] == 0
    assert masks["pearson_r"] == pytest.approx(1)
    assert masks["mean_iou"] == 0.5


def test_errors_of_figures(many: list[Item]) -> None:
    questions = [q for q in _questions(many) if q.task == "absolute_area"][:4]
    answers = [f"{1.1 * q.item.value:.6f} {q.item.unit}" for q in questions[:3]] + ["I cannot tell"]
    responses = [_said(q, answer, "question") for q, answer in zip(questions, answers, strict=True)]
    found = summary(judge("terrascope", questions, responses))["figures"]["absolute_area"]
    assert found["without_figure"] == 1
    assert found["errors"]["share of the true area"]["n"] == 3
    assert found["errors"]["share of the true area"]["median"] == pytest.approx(0.1, abs=1e-4)


def test_hallucinated_numbers_are_counted(many: list[Item]) -> None:
    questions = _questions(many)[:2]
    stated = tuple(Stated("reasoning", "12 %", agrees) for agrees in (True, True, False, None))
    responses = [_said(q, q.answer, stated=stated) for q in questions]
    found = summary(judge("terrascope", questions, responses))["claims"]
    assert found["reasoning"] == {"numbers": 8, "hallucinated": 2, "unmeasured": 2, "hallucinated_per_100": 25.0}
    assert found["answer"]["hallucinated_per_100"] is None


def test_a_failed_question_is_wrong_and_counted(many: list[Item]) -> None:
    questions = _questions(many)[:4]
    responses = [_said(q, q.answer) for q in questions[:3]] + [Response(questions[3].id, "letters", error="It broke.")]
    found = summary(judge("terrascope", questions, responses))
    assert found["micro_accuracy"] == 0.75
    assert found["failed"] == 1


def test_counts_and_labels() -> None:
    counts = [Question(str(k), "count", "How many?", "free", (), answer) for k, answer in enumerate(("0", "13", "7"))]
    said = [_said(q, answer) for q, answer in zip(counts, ("0", "40", "70"), strict=True)]
    found = summary(judge("rsvqa-lr", counts, said))
    assert found["micro_accuracy"] == pytest.approx(1 / 3)
    assert found["ranges"] == {"n": 3, "accuracy": pytest.approx(2 / 3)}
    known = ("Arable land", "Mixed forest", "Pastures")
    labels = [Question("a", "scene", "Which?", "labels", known, "Arable land; Pastures")]
    found = summary(judge("bigearthnet", labels, [_said(labels[0], "pastures and arable land")]))
    assert (found["micro_accuracy"], found["labels"]["micro_f1"]) == (1, 1)
    found = summary(judge("bigearthnet", labels, [_said(labels[0], "pastures and mixed forest")]))
    assert (found["micro_accuracy"], found["labels"]["micro_f1"]) == (0, 0.5)


def test_responses_are_read_as_they_were_written(many: list[Item]) -> None:
    masks = tuple(DrawnMask(mask.phrase, mask.image, mask.rle, 0.5) for mask in many[0].masks)
    response = Response("x", "letters", "a\nb", "C", masks, (Stated("answer", "3 %", None),), 1.5, "")
    assert "\n" not in response.line()
    assert Response.of_line(response.line()) == response
    for cut in ("", "{", response.line()[:-5], "[]", '{"id": 1}'):
        with pytest.raises(ValueError):
            Response.of_line(cut)
