"""`models download` on the command line: the token, the ways to end it, and what it says."""

from __future__ import annotations

import argparse
import os
import queue
import re
import stat
import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..errors import Cancelled, ModelError

if TYPE_CHECKING:
    from ..protocol import ModelSummary, Plan, StoreEvent
    from .reporting import Report

    Said = queue.SimpleQueue[StoreEvent | ModelSummary | BaseException | None]

_GLANCE_S = 0.1
_PATIENCE_S = 0.3
_TOKEN = re.compile(r"[!-~]{1,500}")


def register(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "download",
        help="fetch a model, or what is missing of it",
        description="Fetch a model: say how large it is and where it goes, fetch it, check every file. However it ends "
        "before that, the same command goes on where it stopped; a model that is here and damaged is mended.",
    )
    parser.add_argument("model", metavar="ID|OWNER/NAME", help="from the list, or a repository of the hub")
    parser.add_argument("--revision", metavar="COMMIT", help="40 hexadecimal digits; default: what main is at now")
    parser.add_argument("--plan", action="store_true", help="only say what would be fetched, and to where")
    parser.add_argument("--proxy", metavar="URL", help="default: HTTPS_PROXY, or the system's; put passwords there")
    parser.add_argument("--token-stdin", action="store_true", help="the hub's token is on stdin; default: HF_TOKEN")
    parser.add_argument("--json", action="store_true", help="one event per line; a pipe on stdin ends it by closing")
    parser.set_defaults(run=_run)


def _run(args: argparse.Namespace) -> None:
    from .download import download
    from .reporting import reporting

    with reporting(args.json) as report:
        token = _token(args.token_stdin)
        closed = threading.Event()
        if args.json:
            when_stdin_closes(closed.set)

        def cancelled() -> bool:
            return report.cancelled() or closed.is_set()

        # A thread of its own, because a connection that says nothing cannot be interrupted: it ends with the process.
        said: Said = queue.SimpleQueue()

        def work() -> None:
            try:
                said.put(
                    download(
                        args.model, emit=said.put, cancelled=cancelled, revision=args.revision, plan_only=args.plan,
                        token=token, proxy=args.proxy,
                    )
                )  # fmt: skip
            except BaseException as error:  # noqa: BLE001 - every one of them is raised again, by the main thread
                said.put(error)

        threading.Thread(target=work, name="download", daemon=True).start()
        _relay(args, report, said, cancelled)


def _relay(args: argparse.Namespace, report: Report, said: Said, cancelled: Callable[[], bool]) -> None:
    """Tell the user what the download says, until it ends or, a moment after it was told to, does not."""
    from .. import protocol

    begun, patience = False, None
    while True:
        try:
            item = said.get(timeout=_GLANCE_S)
        except queue.Empty:
            if not cancelled():
                continue
            patience = patience or time.monotonic() + _PATIENCE_S
            if time.monotonic() < patience:
                continue
            item = Cancelled()
        if isinstance(item, protocol.Progress):
            begun = True
            report.progress(item.stage)(item.fraction)
        elif isinstance(item, protocol.Warning):
            report.note(item.message)
        elif isinstance(item, protocol.Plan):
            report.event(item)
            report.say(_describe(args.model, item))
        elif isinstance(item, protocol.ModelSummary):
            report.event(protocol.Stored(entry=item))
            report.say(f"{item.name} is complete and checked; it is used with --model {item.id}.")
            return
        elif item is None:
            return
        else:
            if begun and isinstance(item, Cancelled):
                report.note("What has arrived is kept; the same command goes on from there.")
            raise item


def _describe(model: str, plan: Plan) -> str:
    from .download import amount

    return (
        f"{plan.repository} at commit {plan.revision}\n"
        f"    {plan.files} files, {amount(plan.total_bytes)}, of which {amount(plan.present_bytes)} are here;"
        f" {amount(plan.free_bytes)} are free on the disk\n"
        f"    into {plan.folder}\n"
        f"    the same again, whatever main is at by then: models download {model} --revision {plan.revision}"
    )


def _token(on_stdin: bool) -> str | None:
    """What the hub knows the user by: the first line of stdin, else HF_TOKEN; never an argument, which others can see.

    Raises:
        ModelError: it cannot be a token.
    """
    if on_stdin:
        text, handle = b"", sys.stdin.fileno()
        # Past the stream's buffer, so that what watches the end of stdin afterwards can do so too.
        while not text.endswith(b"\n") and len(text) < 1000 and (byte := os.read(handle, 1)):
            text += byte
        given = text.decode("utf-8", "replace").strip()
    else:
        given = os.environ.get("HF_TOKEN", "").strip()
        if not given:
            return None
    if not _TOKEN.fullmatch(given):
        where = "The first line of stdin" if on_stdin else "HF_TOKEN"
        raise ModelError(f"{where} is no token of the hub; copy it from your account's settings there.")
    return given


def when_stdin_closes(act: Callable[[], None]) -> None:
    """Act, in a thread, when the other end of stdin goes; a terminal, a file and nothing at all have no other end."""
    try:
        handle = sys.stdin.fileno()
        mode = os.fstat(handle).st_mode
    except (AttributeError, OSError, ValueError):
        return
    if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
        return

    def watch() -> None:
        while os.read(handle, 1024):
            continue
        act()

    threading.Thread(target=watch, name="stdin", daemon=True).start()
