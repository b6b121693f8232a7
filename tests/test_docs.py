"""The manual: it can be built, all of it is in the menu, every link leads somewhere, and what it tells of is there."""

from __future__ import annotations

import argparse
import ast
import html
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

import pytest

import dev
from model_runtime.__main__ import _parser
from model_runtime.evidence.columns import distance_columns, step_columns
from model_runtime.protocol import json_schema

MAX_BYTES = 2_000_000
LOADED = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "object": "data"}


class Page(HTMLParser):
    """What a page links to, loads and can be linked at."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.tags: set[str] = set()
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        self.handlers += [name for name in found if name.startswith("on") or name == "style"]
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        if tag in LOADED and found.get(LOADED[tag]):
            self.loads.append(found[LOADED[tag]])
        if found.get("id"):
            self.ids.append(found["id"])


@pytest.fixture(scope="module")
def manual() -> dict[str, bytes]:
    return dev.manual()


@pytest.fixture(scope="module")
def pages(manual: dict[str, bytes]) -> dict[str, Page]:
    return {name: Page(content.decode()) for name, content in manual.items() if name.endswith(".html")}


def text_of(manual: dict[str, bytes], page: str) -> str:
    """A page as it is read."""
    content = manual[f"help/{page}.html"].decode().partition("<main>")[2]
    return html.unescape(re.sub(r"<[^>]+>", "", content))


def test_the_copy_for_the_plugin_is_small_and_plain(manual: dict[str, bytes]) -> None:
    assert {PurePosixPath(name).suffix for name in manual} == {".html", ".css", ".png"}
    assert all(name.startswith("help/") for name in manual)
    assert sum(map(len, manual.values())) < MAX_BYTES
    assert "help/index.html" in manual


def test_it_runs_nothing_and_loads_nothing_from_elsewhere(manual: dict[str, bytes], pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert not {"script", "iframe", "object", "embed", "form"} & page.tags, name
        assert page.handlers == [], name
        assert page.loads, name
        for loaded in page.loads:
            assert str(PurePosixPath(name).parent / loaded) in manual, (name, loaded)
    assert not re.search(rb"url\(|@import", manual["help/plain.css"])


def test_every_link_and_anchor_leads_somewhere(manual: dict[str, bytes], pages: dict[str, Page]) -> None:
    count = 0
    for name, page in pages.items():
        for link in page.links:
            if link.startswith("https://"):
                continue
            target, _, anchor = link.partition("#")
            there = str(PurePosixPath(name).parent / target) if target else name
            assert there in manual, (name, link)
            assert not anchor or anchor in pages[there].ids, (name, link)
            count += 1
    assert count > 500


def test_links_to_the_homepage_are_to_files_that_are_there(pages: dict[str, Page]) -> None:
    found = {link for page in pages.values() for link in page.links if "/blob/main/" in link}
    assert found
    for link in found:
        assert (dev.ROOT / link.partition("/blob/main/")[2].partition("#")[0]).exists(), link


def test_the_readme_leads_to_pages_and_chapters_that_are_there(pages: dict[str, Page]) -> None:
    links = re.findall(r"\]\(([^)]+)\)", (dev.ROOT / "README.md").read_text("utf-8"))
    assert len(links) > 10
    for link in links:
        target, _, anchor = link.partition("#")
        assert link.startswith("https://") or (dev.ROOT / target).is_file(), link
        assert not anchor or anchor in pages[f"help/{Path(target).stem}.html"].ids, link


def test_no_anchor_is_there_twice(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name


def test_every_page_is_in_the_menu_of_every_page(pages: dict[str, Page]) -> None:
    names = {PurePosixPath(name).name for name in pages}
    assert {path.stem for path in (dev.ROOT / "docs").glob("*.md")} <= {PurePosixPath(name).stem for name in names}
    for name, page in pages.items():
        linked = {link.partition("#")[0] for link in page.links}
        assert names - linked <= {PurePosixPath(name).name}, name


def test_markdown_is_read_as_it_was_meant(manual: dict[str, bytes]) -> None:
    """A list or table without an empty line before it is one on GitHub, and a paragraph here."""
    for name in (name for name in manual if name.endswith(".html")):
        for paragraph in re.findall(r"<(?:p|li)>(.*?)</", manual[name].decode(), re.DOTALL):
            assert not re.search(r"^(?:- |\* |\||```)|\*\*", paragraph, re.MULTILINE), (name, paragraph)


def commands(parser: argparse.ArgumentParser, above: str = "") -> dict[str, argparse.ArgumentParser]:
    found = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, below in action.choices.items():
                found[f"{above}{word}"] = below
                found.update(commands(below, f"{above}{word} "))
    return found


def test_every_command_and_option_is_told(manual: dict[str, bytes], pages: dict[str, Page]) -> None:
    text, found = text_of(manual, "command_line"), commands(_parser())
    assert {"ask", "bench run", "data sources", "models download", "train finetune"} <= set(found)
    for name, parser in found.items():
        assert name.replace(" ", "-") in pages["help/command_line.html"].ids, name
        for action in parser._actions:
            for option in action.option_strings if action.help != argparse.SUPPRESS else ():
                assert option in ("-h", "--help") or option in text, (name, option)


def test_every_event_and_field_is_told(manual: dict[str, bytes], pages: dict[str, Page]) -> None:
    text, schema = text_of(manual, "http_api"), json_schema()
    messages = {**schema["event"]["$defs"], "AskRequest": schema["ask"], "Health": schema["health"]}
    assert {"Done", "Error", "Report", "Step"} <= set(messages)
    for name, message in messages.items():
        assert name.lower() in pages["help/http_api.html"].ids, name
        assert [field for field in message.get("properties", {}) if field not in text] == [], name
    for path in ("GET /v1/health", "POST /v1/ask", "PUT /v1/uploads/{digest}"):
        assert path in text


def test_the_fields_of_a_report_are_told(manual: dict[str, bytes]) -> None:
    text = text_of(manual, "reports")
    for field in (*step_columns([]), *distance_columns([])):
        assert re.search(rf"\b{field}\b", text), field


def folder(at: Path) -> Path:
    """What the building of the manual reads, apart from the program."""
    shutil.copytree(dev.ROOT / "docs", at / "docs", ignore=shutil.ignore_patterns("screens", "__pycache__"))
    for name in ("metadata.txt", "README.md", "CHANGELOG.md", "benchmarks", "resources"):
        source = dev.ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, at / name)
    (at / "docs" / "screens").mkdir()
    return at


def test_what_leads_nowhere_ends_the_build(tmp_path: Path) -> None:
    docs = folder(tmp_path) / "docs"
    wrong = ("[x](nowhere.md)", "[x](models.md#no-such-chapter)", "[x](../no_file.txt)")
    with (docs / "ask.md").open("a", encoding="utf-8") as file:
        file.write("\n".join(["", *wrong, ""]))
    (docs / "in_no_menu.md").write_text("# New\n", encoding="utf-8")
    done = subprocess.run(
        [dev.ensure_environment(dev.DOCS), docs / "manual.py", "plain", tmp_path / "out"],
        env=dev.clean_environment(PYTHONPATH=str(dev.ROOT)),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 1
    for said in ("nowhere.md", "no-such-chapter", "no_file.txt", "in_no_menu.md"):
        assert said in done.stderr


def test_the_site_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    dev.build_manual("site", tmp_path / "site")
    found = sorted((tmp_path / "site").glob("*.html"))
    assert len(found) > 30
    for path in found:
        page = Page(path.read_text("utf-8"))
        assert [loaded for loaded in page.loads if re.match(r"(?:\w+:)?//", loaded)] == [], path.name
    assert (tmp_path / "site" / "search" / "search_index.json").is_file()


def test_the_two_halves_are_made_with_the_versions_of_the_runtime() -> None:
    def pins(name: str) -> dict[str, str]:
        text = (dev.ROOT / name).read_text("utf-8")
        return {found[0].lower().replace("_", "-"): found[1] for found in re.findall(r"^([\w.-]+)==(\S+)", text, re.M)}

    ours, locked = pins("tests/requirements-docs.txt"), pins("model_runtime/requirements.lock")
    shared = set(ours) & set(locked)
    assert {"fastapi", "pydantic", "numpy"} <= shared
    assert {name: ours[name] for name in shared} == {name: locked[name] for name in shared}


# ---- trouble


def said() -> set[str]:
    """Every text of the plugin and of the runtime, with … where something is filled in."""
    found: set[str] = set()
    for path in (path for folder in ("terrascope_qgis", "model_runtime") for path in (dev.ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                found.add("".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(re.sub(r"\{\w+\}", "…", node.value))
    return found


def messages(page: str) -> list[str]:
    """What the first columns of the tables say that a message says, piece by piece."""
    rows = re.findall(r"^\| ((?!it says).*?) \|", page, re.MULTILINE)
    return [piece for row in rows for piece in re.split(r"[;,] ", row)]


def is_said(message: str, texts: set[str]) -> bool:
    pattern = re.compile(".*".join(map(re.escape, message.split("…"))), re.IGNORECASE)
    return any(pattern.search(text) for text in texts)


def test_trouble_tells_of_messages_that_there_are() -> None:
    texts, told = said(), messages((dev.ROOT / "docs" / "trouble.md").read_text("utf-8"))
    assert len(told) > 70
    assert [message for message in told if not is_said(message, texts)] == []
    assert not is_said("the moon was taken for … km of water", texts)
    assert is_said("lies about … m", {"'…' lies about … m (… pixels) off '…'"})
