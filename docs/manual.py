"""Builds the manual from the Markdown of `docs/`: as a site with search, or as plain pages for the plugin's ZIP.

Run in the environment of `tests/requirements-docs.txt`; `dev.py docs` and `dev.py package` do. Pages are gathered in
one folder first: those of `docs/`, some that lie elsewhere in the repository, and two whose second half is made from
the programs themselves. Links to other files of the repository lead to its homepage then. A link or anchor that leads
nowhere, and a page that is in no menu, end the build.
"""

from __future__ import annotations

import argparse
import configparser
import logging
import re
import shutil
import sys
import tempfile
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from reference import command_line, http_api

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
# Pages that lie elsewhere, since they belong to what they tell of.
ELSEWHERE = {
    "CHANGELOG.md": "changelog.md",
    "resources/models/terrascope-nano/MODEL_CARD.md": "model_card.md",
    "benchmarks/RESULTS.md": "results.md",
}
MADE = {"command_line.md": command_line, "http_api.md": http_api}
MARK = "<!-- made -->"
"""where in such a page the made half begins"""
PLAIN_PICTURES = "walkthrough"
"""the one folder whose pictures are small enough to come with the plugin"""

_LINK = re.compile(r"(?P<image>!?)\[(?P<text>[^\[\]]*)\]\((?P<target>[^()\s]+)\)")
_CELLS = re.compile(r"^\|.*$", re.MULTILINE)
_CODE = re.compile(r"^(?:```.*?^```|(?: {4}|\t)[^\n]*)$", re.MULTILINE | re.DOTALL)


class Gathering:
    """Copies pages and their pictures into one folder.

    Args:
        folder: to copy to.
        plain: leave out the pictures of all folders but `PLAIN_PICTURES`.
    """

    def __init__(self, folder: Path, plain: bool) -> None:
        self._folder = folder
        self._plain = plain
        self._names = {path: path.name for path in sorted(DOCS.glob("*.md"))}
        self._names.update({ROOT / source: name for source, name in ELSEWHERE.items()})
        manifest = configparser.ConfigParser(interpolation=None)
        manifest.read(ROOT / "metadata.txt", encoding="utf-8")
        self._homepage = manifest["general"]["homepage"]

    def run(self) -> None:
        """Copy everything."""
        if not self._plain:
            shutil.copyfile(DOCS / "site.css", self._folder / "site.css")
        for source, name in self._names.items():
            text = source.read_text(encoding="utf-8")
            if name in MADE:
                before, mark, _ = text.partition(MARK)
                if not mark:
                    raise SystemExit(f"docs/{name} has no {MARK}: put it where the made half begins.")
                text = before + MADE[name]()
            (self._folder / name).write_text(self._with_links(text, source), encoding="utf-8")

    def _with_links(self, text: str, source: Path) -> str:
        """The text with links that hold in the one folder; what is code stays."""
        pieces, end = [], 0
        for code in _CODE.finditer(text):
            pieces += [_LINK.sub(lambda link: self._link(link, source), text[end : code.start()]), code[0]]
            end = code.end()
        pieces.append(_LINK.sub(lambda link: self._link(link, source), text[end:]))
        return _CELLS.sub(_without_escapes, "".join(pieces))

    def _link(self, link: re.Match[str], source: Path) -> str:
        target, sign, anchor = link["target"].partition("#")
        if not target or re.match(r"\w+:", target):
            return link[0]
        path = (source.parent / target).resolve()
        if not path.exists() or ROOT not in path.parents:
            return link[0]  # MkDocs says so, and ends
        inside = path.relative_to(ROOT).as_posix()
        if path in self._names:
            return f"[{link['text']}]({self._names[path]}{sign}{anchor})"
        if not link["image"]:
            return f"[{link['text']}]({self._homepage}/blob/main/{inside}{sign}{anchor})"
        if self._plain and path.parent.name != PLAIN_PICTURES:
            return f"[{link['text'] or path.stem}, a picture]({self._homepage}/blob/main/{inside})"
        name = f"{path.parent.name}/{path.name}"
        (self._folder / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(path, self._folder / name)
        return f"![{link['text']}]({name})"


def _without_escapes(row: re.Match[str]) -> str:
    """GitHub wants a | in code of a table escaped; Python-Markdown takes it as it is, and would show the escape."""
    return re.sub(r"`[^`]*`", lambda code: code[0].replace("\\|", "|"), row[0])


def make(out: Path, plain: bool) -> None:
    """Build into a folder, which is emptied first.

    Raises:
        Abort: something in the pages is wrong; it has been printed.
    """
    with tempfile.TemporaryDirectory(prefix="terrascope-docs-") as name:
        Gathering(Path(name), plain).run()
        settings: dict[str, object] = {"docs_dir": name, "site_dir": str(out)}
        if plain:
            settings["theme"] = {"name": None, "custom_dir": str(DOCS / "plain")}
            settings["plugins"] = []
        build(load_config(str(DOCS / "mkdocs.yml"), **settings))
    if plain:
        for path in out.glob("sitemap.xml*"):
            path.unlink()


def main() -> int:
    """Build what the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("kind", choices=("site", "plain"))
    parser.add_argument("out", type=Path, help="folder, emptied first")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s", stream=sys.stderr)
    try:
        make(arguments.out.resolve(), arguments.kind == "plain")
    except Abort as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
