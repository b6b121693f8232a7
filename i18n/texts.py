#!/usr/bin/env python3
"""The texts of the plugin and their translations: `python3 i18n/texts.py` brings the .ts files up to date.

Qt's `lupdate` does not read Python, and what does (pylupdate) comes with no Debian QGIS: so the texts are found here
with `ast`. The .qm files, which QGIS loads, are written for a checkout here and for the ZIP by `dev.py package`;
git keeps none. Translations of texts that are still there stay;
a new text is added as unfinished; one that is gone goes. Standard library only.
"""

from __future__ import annotations

import ast
import re
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

FOLDER = Path(__file__).resolve().parent
SOURCE = FOLDER.parent / "terrascope_qgis"

Text = tuple[str, str]  # context and source


class NotLiteralError(ValueError):
    """A text that a translator would never see."""


def texts(source: Path = SOURCE) -> list[Text]:
    """All texts of the plugin, sorted, each once.

    PyQt's `tr` goes by the class of the object and not by the class that calls it: a text is that of all subclasses.

    Raises:
        NotLiteralError: one is made when the program runs; says where.
    """
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(source.rglob("*.py"))}
    classes = [node for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    bases = {one.name: [getattr(base, "id", "") for base in one.bases] for one in classes}

    def family(name: str) -> set[str]:
        return {name}.union(*(family(one) for one, above in bases.items() if name in above))

    found = (text for path, tree in trees.items() for text in _texts_of(tree, path, ""))
    return sorted({(name, text) for context, text in found for name in family(context)})


def _texts_of(node: ast.AST, path: Path, context: str) -> Iterator[Text]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef) and child.name == "tr":
            continue  # one of our own, which hands its argument on
        if isinstance(child, ast.Call) and (given := _given(child, context)) is not None:
            if not all(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in given):
                raise NotLiteralError(
                    f"{path.name}:{child.lineno}: only a literal is found; use .format() outside of it"
                )
            yield given[0].value, given[1].value
        yield from _texts_of(child, path, child.name if isinstance(child, ast.ClassDef) else context)


def _given(call: ast.Call, context: str) -> list[ast.Constant] | None:
    """Context and source of a call that translates; None for another call."""
    named = call.func
    name = named.attr if isinstance(named, ast.Attribute) else getattr(named, "id", "")
    if name == "tr" and isinstance(named, ast.Attribute):
        return [ast.Constant(context), *call.args[:1]]
    return call.args[:2] if name == "translate" else None


def read(path: Path) -> dict[Text, str]:
    """The finished translations of a .ts file."""
    kept = {}
    for context in ElementTree.parse(path).getroot().iter("context"):  # noqa: S314 - a file of ours
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None and translation.get("type") is None and translation.text:
                kept[context.findtext("name", ""), message.findtext("source", "")] = translation.text
    return kept


def write(path: Path, language: str, wanted: list[Text], translations: Mapping[Text, str]) -> None:
    """Write a .ts file as Qt Linguist does; a text without a translation is unfinished."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>", f'<TS version="2.1" language="{language}">']
    before = None
    for context, source in wanted:
        if context != before:
            lines += ["</context>"] if before is not None else []
            lines += ["<context>", f"    <name>{escape(context)}</name>"]
            before = context
        told = translations.get((context, source), "")
        lines += ["    <message>", f"        <source>{escape(source)}</source>"]
        unfinished = '        <translation type="unfinished"></translation>'
        lines += [f"        <translation>{escape(told)}</translation>" if told else unfinished, "    </message>"]
    lines += ["</context>", "</TS>", ""]
    path.write_bytes("\n".join(lines).encode("utf-8"))


def placeholders(text: str) -> list[str]:
    """What `.format` fills in, sorted."""
    return sorted(re.findall(r"\{[^{}]*\}", text))


def compiled(translations: Mapping[Text, str]) -> bytes:
    """Translations as Qt loads them (.qm; qtbase/src/corelib/kernel/qtranslator.cpp tells the format)."""
    messages, hashes = bytearray(), []
    for (context, source), translation in sorted(translations.items()):
        hashes.append((_elf_hash(source.encode("utf-8")), len(messages)))
        told = translation.encode("utf-16-be")
        messages += struct.pack(">BI", 0x03, len(told)) + told
        for tag, text in ((0x06, source), (0x07, context)):
            content = text.encode("utf-8")
            messages += struct.pack(">BI", tag, len(content)) + content
        messages += b"\x01"  # the end of this one
    table = b"".join(struct.pack(">II", *one) for one in sorted(hashes))
    magic = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
    sections = ((0x42, table), (0x69, bytes(messages)))
    return magic + b"".join(struct.pack(">BI", tag, len(content)) + content for tag, content in sections)


def _elf_hash(name: bytes) -> int:
    value = 0
    for byte in name:
        value = (value << 4) + byte
        high = value & 0xF0000000
        value = (value ^ (high >> 24)) & ~high & 0xFFFFFFFF
    return value or 1


def main() -> None:
    """Bring every .ts and .qm file up to date, and tell what is left to translate."""
    wanted = texts()
    for path in sorted(FOLDER.glob("terrascope_qgis_*.ts")):
        translations = read(path)
        write(path, path.stem.rpartition("_")[2], wanted, translations)
        left = sum(text not in translations for text in wanted)
        path.with_suffix(".qm").write_bytes(compiled(read(path)))
        print(f"{path.name}: {len(wanted)} texts, {left} to translate")


if __name__ == "__main__":
    main()
