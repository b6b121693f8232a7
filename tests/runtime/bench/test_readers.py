"""Readers of answers: the strict one takes nothing on trust, the published ones are as the release has them."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from model_runtime.bench.readers import figure_of, meant, paper, published, published_disasterm3, strict

SHARES = ("58%", "80%", "68%", "65%")
THINGS = ("A lake", "A river", "Bare soil", "Dense forest")
_WORDS = st.text(string.ascii_letters + string.digits + " .,%()-", max_size=40)


@pytest.mark.parametrize(
    ("response", "letter"),
    [
        ("<think>I mark the trees [SEG]</think><answer>C</answer><|im_end|>", "C"),
        ("<answer> c. </answer>", "C"),
        ("<answer>(B)</answer>", "B"),
        ("<answer>**D**</answer>", "D"),
        ("<answer>68%</answer>", "C"),
        ("<answer>C. 68%</answer>", "C"),
        ("<answer>A. 68%</answer>", None),
        ("<answer>E</answer>", None),
        ("<answer>about 68%</answer>", None),
        ("<answer>C or D</answer>", None),
        ("<answer>C</answer> no, <answer>D</answer>", None),
        ("<answer>C</answer> so <answer>C</answer>", "C"),
        ("<answer>C", None),
        ("C", "C"),
        ("C<|im_end|>", "C"),
        ("<think>B is wrong</think> C", "C"),
        ("The answer is C", None),
        ("", None),
    ],
)
def test_strict(response: str, letter: str | None) -> None:
    assert strict(response, SHARES) == letter


def test_an_article_is_no_option() -> None:
    assert strict("<answer>A lake</answer>", THINGS) == "A"  # its exact text
    assert strict("<answer>A lake</answer>", ("A river", "A wood", "B", "C")) is None
    assert published("<answer>A lake</answer>") == "A"
    assert published_disasterm3("It is a lake.") == "A"


@pytest.mark.parametrize(
    ("response", "letter"),
    [
        ("<answer>b) 80%</answer>", "B"),
        ("<ANSWER>\n C \n</ANSWER>", "C"),
        ("<answer>about 20%</answer>", "A"),
        ("Barren", "B"),
        ("<answer>developed</answer>", "D"),
        ("<answer>68%</answer>", None),
        ("The answer is C", None),
        ("<answer>E</answer>", None),
    ],
)
def test_published(response: str, letter: str | None) -> None:
    """The examples of SPEC section 8, defects included."""
    assert published(response) == letter


@pytest.mark.parametrize(
    ("response", "letter"),
    [
        ("<answer>C</answer>", "C"),
        ("<answer>Damaged: 4</answer>", "D"),
        ("<answer>4</answer> there was a fire", "A"),
        ("the option is e", "E"),
        ("12", None),
    ],
)
def test_published_disasterm3(response: str, letter: str | None) -> None:
    assert published_disasterm3(response) == letter


def test_paper() -> None:
    assert paper("The answer is C, not D.") == "C"
    assert paper("none of them") is None


@given(st.sampled_from("ABCD"), _WORDS, st.sampled_from(["{}", " {} ", "{}.", "({})", "{})", "\n{}\n"]))
def test_a_plain_letter_is_read_alike_by_all(letter: str, thought: str, form: str) -> None:
    response = f"<think>{thought}</think><answer>{form.format(letter)}</answer>"
    assert strict(response, SHARES) == letter
    assert published_disasterm3(response) == letter
    if not form.startswith("("):
        assert published(response) == letter


@given(_WORDS, st.lists(_WORDS.filter(str.strip), min_size=2, max_size=6, unique=True))
def test_strict_reads_only_letters_and_texts(answer: str, options: list[str]) -> None:
    """What it reads is, without its marks, a letter, an option's text, or the two together."""
    found = strict(f"<answer>{answer}</answer>", options)
    if found is None:
        return
    plain = re.sub(r"\W", "", answer).lower()
    text = re.sub(r"\W", "", options["ABCDEFGH".index(found)]).lower()
    assert plain in (found.lower(), text, found.lower() + text)


@given(st.lists(_WORDS.filter(lambda text: len(text.strip(" .")) > 2), min_size=2, max_size=6), st.data())
def test_the_exact_text_of_an_option_is_that_option(options: list[str], data: st.DataObject) -> None:
    plain = [" ".join(option.split()).removesuffix(".").strip().lower() for option in options]
    assume(len(set(plain)) == len(plain))
    at = data.draw(st.integers(0, len(options) - 1))
    assert strict(f"<answer>{options[at]}</answer>", options) == "ABCDEFGH"[at]


@given(_WORDS)
def test_published_is_the_released_expression(text: str) -> None:
    found = re.match(r"^\s*([A-Da-d])[\.\)]?\s*", text.strip())
    assert published(f"<answer>{text}</answer>") == (found[1].upper() if found else None)


@pytest.mark.parametrize(
    ("answer", "options", "letter"),
    [
        ("66.2 %", SHARES, "D"),
        ("about 90 %", SHARES, "B"),
        ("66.5 %", SHARES, None),
        ("12 ha", SHARES, None),
        ("12.3 ha", ("100,000 m2", "123,000 m2", "150,000 m2", "180,000 m2"), "B"),
        ("123000 m2", ("10 ha", "12.3 ha", "15 ha", "18 ha"), "B"),
        ("0.23 km", ("130 m", "230 m", "311 m", "400 m"), "B"),
        ("no water", ("130 m", "230 m", "311 m", "400 m"), None),
        ("4 of 16", ("10%", "25%", "40%", "50%"), "B"),
        ("4 of 16", ("4 buildings", "8 buildings", "10 buildings", "16 buildings"), "A"),
        ("9 buildings", ("4 buildings", "8 buildings", "12 buildings", "16 buildings"), "B"),
        ("30 %, 12 ha", ("10 ha", "12.3 ha", "15 ha", "18 ha"), "B"),
        ("trees", ("forest", "water"), "A"),
        ("water", ("forest", "open water"), "B"),
        ("equal", ("forest", "open water"), None),
        ("the trees are larger", ("forest", "open water"), "A"),
        ("trees and water", ("forest", "open water"), None),
        ("Yes, 34 % of it", ("No", "Yes"), "B"),
        ("No", ("No", "Yes"), "A"),
        ("not known", ("No", "Yes"), None),
    ],
)
def test_meant(answer: str, options: tuple[str, ...], letter: str | None) -> None:
    assert meant(answer, options) == letter


@given(st.floats(0.5, 99), st.permutations(SHARES))
def test_meant_is_the_nearest_figure(value: float, options: list[str]) -> None:
    figures = [float(text.rstrip("%")) for text in options]
    shown = round(value, 1)
    gaps = [abs(figure - shown) for figure in figures]
    assume(gaps.count(min(gaps)) == 1)
    assert meant(f"{shown} %", options) == "ABCD"[gaps.index(min(gaps))]


@pytest.mark.parametrize(
    ("answer", "unit", "value"),
    [
        ("12.3 ha", "m2", 123_000),
        ("1.5 km", "m", 1500),
        ("7", "buildings", 7),
        ("none", "%", None),
        ("3 %", "ha", None),
    ],
)
def test_figure_of(answer: str, unit: str, value: float | None) -> None:
    assert figure_of(answer, unit) == (None if value is None else pytest.approx(value))
