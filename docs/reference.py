"""The halves of two pages that are made from the programs: every command with its options, every HTTP request."""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from model_runtime.__main__ import _parser
from model_runtime.server.app import Runtime, build_app

Schema = dict[str, Any]


def command_line() -> str:
    """A chapter for each command and each command below it, from the parsers that read them."""
    parser = _parser()
    (commands,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    # Other commands take options of `ask` without saying again what they mean.
    known = {_called(action): action.help for action in commands.choices["ask"]._actions}
    return "\n".join(_commands(parser, "", 2, known))


def _commands(parser: argparse.ArgumentParser, name: str, level: int, known: dict[str, str | None]) -> Iterator[str]:
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction):
            continue
        told = {choice.dest: choice.help or "" for choice in action._choices_actions}
        for word, below in action.choices.items():
            whole = f"{name} {word}".strip()
            summary = (below.description or told.get(word, "")).replace("%%", "%").strip()
            yield f"\n{'#' * level} {whole}\n\n{_sentence(summary)}\n"
            yield from _options(below, known)
            yield from _commands(below, whole, min(level + 1, 4), known)


def _options(parser: argparse.ArgumentParser, known: dict[str, str | None]) -> Iterator[str]:
    rows = [
        (_called(action), _meaning(action, known))
        for action in parser._actions
        if not isinstance(action, (argparse._SubParsersAction, argparse._HelpAction))
        and action.help is not argparse.SUPPRESS
    ]
    if rows:
        yield "| argument | |\n|---|---|"
        yield from (f"| `{called}` | {meaning} |" for called, meaning in rows)


def _called(action: argparse.Action) -> str:
    value = ""
    if action.nargs != 0:
        choices = "|".join(map(str, action.choices)) if action.choices is not None else ""
        value = action.metavar if isinstance(action.metavar, str) else choices or action.dest.upper()
        value = " ".join(action.metavar) if isinstance(action.metavar, tuple) else value
        if action.nargs in ("*", "+"):
            value += " …"
        elif action.nargs == "?":
            value = f"[{value}]"
    names = ", ".join(action.option_strings)
    return f"{names} {value}".strip() if names else value  # it stands in code, where a | parts no cells


def _meaning(action: argparse.Action, known: dict[str, str | None]) -> str:
    words = action.help or known.get(_called(action)) or ""
    told = [words.replace("%(default)s", str(action.default)).replace("%%", "%")]
    if action.choices is not None and action.metavar is not None:
        told.append("one of " + ", ".join(map(str, action.choices)))
    if action.required and action.option_strings:
        told.append("has to be given")
    default = action.default
    is_told = default is None or default is argparse.SUPPRESS or isinstance(default, (bool, list, tuple))
    if action.nargs != 0 and not is_told and default not in ("", 0) and "default" not in told[0]:
        told.append(f"default: {default}")
    return _cell("; ".join(part for part in told if part))


def http_api() -> str:
    """The requests of a runtime and their bodies, from the OpenAPI documents of the applications themselves."""
    local, remote = (_document(limit) for limit in (None, 1))
    operations = [found for paths in (local, remote) for path in paths["paths"].values() for found in path.values()]
    refusals = Counter(
        (status, answer.get("description", ""))
        for operation in operations
        for status, answer in operation["responses"].items()
        if int(status) >= 400
    )
    everywhere = {status: told for (status, told), count in refusals.items() if 2 * count > len(operations)}
    lines = ["\n## Requests\n", "Each may be refused with these, unless its own table says otherwise:\n"]
    lines += ["| status | |\n|---|---|", *(f"| {status} | {_cell(told)} |" for status, told in everywhere.items())]
    for path in {**local["paths"], **remote["paths"]}:
        both = path in local["paths"] and path in remote["paths"]
        only = "" if both else "A remote runtime only. " if path in remote["paths"] else "A local runtime only. "
        for method, operation in {**remote["paths"].get(path, {}), **local["paths"].get(path, {})}.items():
            lines += [f"\n### {method.upper()} {path}\n", *_operation(operation, only, everywhere)]
    lines += ["\n## Messages\n"]
    schemas = {**remote["components"]["schemas"], **local["components"]["schemas"]}
    for name in sorted(schemas):
        lines += _message(name, schemas[name])
    return "\n".join(lines) + "\n"


def _document(upload_limit_bytes: int | None) -> Schema:
    runtime = Runtime("cpu", upload_limit_bytes)
    try:
        return build_app(runtime).openapi()
    finally:
        runtime.close()
        runtime.end()


def _operation(operation: Schema, only: str, everywhere: dict[str, str]) -> Iterator[str]:
    if only or operation.get("description"):
        yield _sentence(f"{only}{operation.get('description', '')}".strip()) + "\n"
    body = operation.get("requestBody", {}).get("content", {})
    for kind, content in body.items():
        yield f"Body, `{kind}`: {_type(content.get('schema', {}))}\n"
    yield "| status | answer |\n|---|---|"
    for status, answer in operation["responses"].items():
        if everywhere.get(status) == answer.get("description", ""):
            continue
        types = [_type(content.get("schema", {})) for content in answer.get("content", {}).values()]
        told = (
            answer.get("description", "")
            .replace("Successful Response", "")
            .replace("Validation Error", "it is malformed")
        )
        shown = dict.fromkeys([told, *(one for one in types if one and int(status) < 400)])
        yield f"| {status} | {_cell(': '.join(one for one in shown if one))} |"


def _message(name: str, schema: Schema) -> Iterator[str]:
    yield f"\n### {name}\n"
    told = schema.get("description", "").strip()
    if told:
        yield _sentence(re.sub(r"\s*\n\s*", " ", told)) + "\n"
    fields = schema.get("properties", {})
    if not fields:
        return
    yield "| field | type | |\n|---|---|---|"
    required = schema.get("required", [])
    for field, about in fields.items():
        notes = [about.get("description", "")]
        if "const" not in about and field not in required and about.get("default") not in (None, [], {}, ""):
            notes.append(f"default: {about['default']}")
        if field in required:
            notes.append("has to be given")
        yield f"| `{field}` | {_cell(_type(about))} | {_cell('; '.join(note for note in notes if note))} |"


def _type(schema: Schema) -> str:
    """A type in words; those of messages lead to their chapter."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return " or ".join(dict.fromkeys(_type(one) for one in schema[key]))
    kind = schema.get("type", "")
    if kind == "array":
        if "prefixItems" in schema:
            return "[" + ", ".join(_type(one) for one in schema["prefixItems"]) + "]"
        return f"list of {_type(schema.get('items', {})) or 'anything'}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"names to {_type(schema['additionalProperties'])}"
    return {"string": "text", "null": "null", "": ""}.get(kind, kind)


def _sentence(text: str) -> str:
    """With a capital and a full stop."""
    return text if not text else text[0].upper() + text[1:] + ("" if text.endswith((".", ":")) else ".")


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|").replace("<", "&lt;")
