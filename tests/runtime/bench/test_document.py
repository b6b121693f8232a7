"""Reports as Markdown and as a page: texts stay texts, and all of a report is written or nothing."""

from __future__ import annotations

import io
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from model_runtime.bench.document import (
    Heading,
    Listing,
    Paragraph,
    Picture,
    Table,
    check_places,
    folder_of,
    markdown,
    page,
    write,
)
from model_runtime.errors import OutputError, RequestError

TEXTS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=30)


def _png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (4, 3)).save(file, "PNG")
    return file.getvalue()


class Reading(HTMLParser):
    """Tags with their attributes, and all text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@given(cells=st.lists(TEXTS, min_size=2, max_size=4))
def test_no_text_breaks_a_table(cells: list[str]) -> None:
    heads = tuple("abcd"[: len(cells)])
    lines = markdown([Table(heads, (tuple(cells),))], "x").removesuffix("\n").split("\n")
    assert len(lines) == 3
    for line in lines:
        unescaped = line.replace("\\\\", "").replace("\\|", "")
        assert unescaped.count("|") == len(cells) + 1


@given(text=TEXTS)
def test_a_page_shows_texts_as_they_are(text: str) -> None:
    reading = Reading(page([Heading(1, text), Listing((text,)), Paragraph(text)], text))
    assert reading.text.count(text) >= 4
    assert [tag for tag, _ in reading.tags if tag not in ("html", "head", "meta", "title", "style", "body")] == [
        "h1", "ul", "li", "p",
    ]  # fmt: skip


def test_what_a_model_writes_is_no_markup() -> None:
    said = "<answer>*A*</answer> [x](http://y) | `z`\n# big"
    text = markdown([Paragraph(said)], "x")
    assert text == "\\<answer\\>\\*A\\*\\</answer\\> \\[x\\](http://y) \\| \\`z\\` \\# big\n"
    assert markdown([Listing(("- one", "2. two"))], "x") == "- \\- one\n- 2\\. two\n"


def test_pictures_lie_beside_the_text_and_in_the_page(tmp_path: Path) -> None:
    blocks = [Heading(1, "Title"), Picture("one", _png(), 'a "b" <c>'), Table(("", "n"), (("a", "1"),))]
    out = tmp_path / "report.md"
    write(blocks, "Title", out, tmp_path / "report.html")
    assert "](report_files/one.png)" in out.read_text("utf-8")
    assert (tmp_path / "report_files" / "one.png").read_bytes() == _png()
    reading = Reading((tmp_path / "report.html").read_text("utf-8"))
    images = [attrs for tag, attrs in reading.tags if tag == "img"]
    assert [attrs["alt"] for attrs in images] == ['a "b" <c>']
    assert images[0]["src"].startswith("data:image/png;base64,")
    assert not {tag for tag, _ in reading.tags} & {"script", "link", "iframe", "a"}
    assert {path.name for path in tmp_path.iterdir()} == {"report.md", "report_files", "report.html"}


def test_a_new_report_takes_the_place_of_the_old_with_its_pictures(tmp_path: Path) -> None:
    out = tmp_path / "report.md"
    write([Picture("one", _png(), "one")], "", out, None)
    write([Picture("two", _png(), "two")], "", out, None)
    assert [path.name for path in folder_of(out).iterdir()] == ["two.png"]
    assert "one" not in out.read_text("utf-8")


def test_nothing_of_others_is_replaced_and_nothing_half_written_is_left(tmp_path: Path) -> None:
    out = tmp_path / "report.md"
    for path, other, sentence in (
        (tmp_path / "report.txt", None, "ends in .md"),
        (tmp_path / "none" / "report.md", None, "existing folder"),
        (out, tmp_path / "report.pdf", "ends in .html"),
    ):
        with pytest.raises(RequestError, match=sentence):
            check_places(path, other)
    folder_of(out).mkdir()
    (folder_of(out) / "mine.txt").write_text("x")
    with pytest.raises(RequestError, match="holds other things than the pictures"):
        check_places(out, None)
    (folder_of(out) / "mine.txt").unlink()
    (tmp_path / "page.html").mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        write([Picture("one", _png(), "one")], "", out, tmp_path / "page.html")
    assert {path.name for path in tmp_path.iterdir()} == {"report_files", "page.html"}
    assert not list(folder_of(out).iterdir())
