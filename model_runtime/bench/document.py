"""A report as blocks, written as Markdown with its pictures beside it, or as one HTML page that needs no other file."""

from __future__ import annotations

import base64
import html
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import OutputError, RequestError
from ..evidence.files import write_whole


@dataclass(frozen=True)
class Heading:
    """Of a level from 1 on."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Plain text."""

    text: str


@dataclass(frozen=True)
class Listing:
    """Short texts below one another."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows of texts; the first column names them."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A PNG.

    Attributes:
        name: Of its file, without an ending; unique in the report.
        png: The file.
        caption: What is to be seen, also for those who do not see it.
    """

    name: str
    png: bytes
    caption: str


Block = Heading | Paragraph | Listing | Table | Picture

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~$])")
_LISTED = re.compile(r"^(\d*)([-+.)] )")
"""The beginning of a list."""
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 62rem; margin: 2rem auto;
  padding: 0 1rem; }
h1, h2, h3, h4 { line-height: 1.2; margin: 2em 0 .6em; }
h1 { margin-top: 0; }
.wide { overflow-x: auto; margin: 1em 0; }
table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .75rem; border-bottom: 1px solid #d5d5d5; text-align: right; vertical-align: top; }
td { white-space: nowrap; }
th:first-child, td:first-child { text-align: left; white-space: normal; min-width: 8rem; }
thead th { border-bottom: 2px solid #1a1a1a; vertical-align: bottom; }
figure { margin: 1.5em 0; }
img { max-width: 100%; height: auto; }
figcaption, li { font-size: .9rem; }
figcaption { color: #4d4d4d; }
"""


def markdown(blocks: Sequence[Block], folder: str) -> str:
    """As Markdown (GitHub's tables); whatever texts hold stands there as it is.

    Args:
        blocks: from top to bottom.
        folder: of the pictures, from where the file lies.
    """
    return "\n\n".join(_markdown(block, folder) for block in blocks) + "\n"


def _markdown(block: Block, folder: str) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_plain(block.text)}"
    if isinstance(block, Paragraph):
        return _plain(block.text)
    if isinstance(block, Listing):
        return "\n".join(f"- {_plain(text)}" for text in block.texts)
    if isinstance(block, Picture):
        caption = _plain(block.caption)
        return f"![{caption}]({folder}/{block.name}.png)\n\n{caption}"
    lines = [block.heads, ("---", *["---:"] * (len(block.heads) - 1))]
    shown = [[_plain(text) for text in row] for row in (block.heads, *block.rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (shown[0], lines[1], *shown[1:]))


def _plain(text: str) -> str:
    """In one line, with nothing that Markdown takes for markup."""
    return _LISTED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(text.split())))


def page(blocks: Sequence[Block], title: str) -> str:
    """As one HTML page: pictures lie in it, and nothing in it runs or loads anything."""
    body = "\n".join(_html(block) for block in blocks)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _html(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{html.escape(block.text)}</h{block.level}>"
    if isinstance(block, Paragraph):
        return f"<p>{html.escape(block.text)}</p>"
    if isinstance(block, Listing):
        return "<ul>" + "".join(f"<li>{html.escape(text)}</li>" for text in block.texts) + "</ul>"
    if isinstance(block, Picture):
        data = base64.b64encode(block.png).decode()
        caption = html.escape(block.caption)
        source = f"data:image/png;base64,{data}"
        return f'<figure><img src="{source}" alt="{caption}"><figcaption>{caption}</figcaption></figure>'
    heads = "".join(f"<th>{html.escape(text)}</th>" for text in block.heads)
    rows = "\n".join(f"<tr>{''.join(f'<td>{html.escape(text)}</td>' for text in row)}</tr>" for row in block.rows)
    return f'<div class="wide"><table><thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>'


def check_places(out: Path, page_out: Path | None) -> None:
    """See that a report can be written, before work starts.

    Raises:
        RequestError: a name does not fit, a folder is missing, or the folder of the pictures holds something else.
    """
    for path, suffix in ((out, ".md"), (page_out, ".html")):
        if path and (path.suffix.lower() != suffix or not path.absolute().parent.is_dir()):
            raise RequestError(f"{path} cannot be written: choose a name that ends in {suffix}, in an existing folder.")
    folder = folder_of(out)
    if folder.exists() and not (folder.is_dir() and all(path.suffix == ".png" for path in folder.iterdir())):
        raise RequestError(f"{folder} holds other things than the pictures of a report: choose another name.")


def folder_of(out: Path) -> Path:
    """Where the pictures of a Markdown report lie."""
    return out.with_name(f"{out.stem}_files")


def write(blocks: Sequence[Block], title: str, out: Path, page_out: Path | None) -> None:
    """Write a report, whole or not at all; an earlier one of the same name is replaced with all its pictures.

    Args:
        blocks: from top to bottom.
        title: of the page.
        out: the Markdown file; see `folder_of`.
        page_out: the HTML page; None for none.

    Raises:
        OutputError: something cannot be written.
    """
    folder = folder_of(out)
    draft, old = (folder.with_name(f".{folder.name}.{secrets.token_hex(4)}") for _ in range(2))
    try:
        draft.mkdir()
        for picture in _pictures(blocks):
            (draft / f"{picture.name}.png").write_bytes(picture.png)
        if page_out:
            write_whole(page_out, page(blocks, title))
        if folder.exists():
            os.replace(folder, old)
        os.replace(draft, folder)
        write_whole(out, markdown(blocks, folder.name))
    except OSError as error:
        raise OutputError(f"{out} cannot be written ({error}): free space or choose another folder.") from error
    finally:
        for left in (draft, old):
            shutil.rmtree(left, ignore_errors=True)


def _pictures(blocks: Sequence[Block]) -> Iterator[Picture]:
    return (block for block in blocks if isinstance(block, Picture))
