"""The command that captures a chat while it happens."""

from __future__ import annotations

import asyncio
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console

from chinwag.capture.view import Listener
from chinwag.capture.watch import CaptureEnd
from chinwag.cli import describe, networks, options, say
from chinwag.cli.ending import Ending, leave_now
from chinwag.cli.hashtag import read_hashtag
from chinwag.cli.listeners import JsonListener, LineListener, TerminalListener
from chinwag.config import read_settings
from chinwag.errors import NetworkError
from chinwag.networks.contract import Route
from chinwag.setup.clock import SystemClock
from chinwag.setup.routes import Named, make_routes
from chinwag.workflows.capture_chat import CaptureReport, capture_chat
from chinwag.workflows.chat_details import ChatDetails


@click.command(
    epilog=options.examples(
        "chinwag capture '#mychat' --into october",
        "chinwag capture '#mychat' --mastodon glammr.us --mastodon mastodon.social --bluesky"
        " --into october",
        "chinwag capture '#mychat' --from 2026-10-13T19:00 --to 2026-10-13T20:00"
        " --tz Europe/London --into october",
        "chinwag capture --into october --once",
    )
)
@click.argument("hashtag", default="", metavar="[#HASHTAG]")
@options.into
@networks.add_reading
@click.option(
    "--grace",
    type=click.FloatRange(min=0.0),
    metavar="MINUTES",
    help="How long after the end late answers, edits and deletions are still followed; 30 if never"
    " set. It holds for the next time, too.",
)
@click.option("--once", is_flag=True, help="Fill in what is missing, then end.")
@options.say_chat
@options.as_json
def capture(
    hashtag: str,
    into: Path,
    named: Named,
    grace: float | None,
    once: bool,
    as_json: bool,
    **said: Any,
) -> None:
    """Capture a chat while it happens, from several servers at once.

    Posts are in DIR within a second or two, replies without the hashtag too, each placed under its
    question. Start it before the hour; Ctrl-C ends it (a second one at once, without the write-up),
    or the end given with --to. Without
    any source named it reads the servers of your settings, and Bluesky. Whatever breaks,
    run it again: it goes on where it was. Then `chinwag recap --into DIR` writes the chat up.
    """
    details = options.gather_details(said | {"hashtag": read_hashtag(hashtag)})
    routes = make_routes(read_settings(), named)
    minutes = None if grace is None else timedelta(minutes=grace)
    ending = CaptureEnd(grace=minutes, once=once)
    with _listen(as_json=as_json) as listener:
        report = asyncio.run(run_capture(into, details, routes, listener, ending))
    if as_json:
        say.say_line({"event": "report", **msgspec.structs.asdict(report)})
    else:
        describe.describe_capture(report)
    if report.failed:
        sys.exit(NetworkError.exit_status)


async def run_capture(
    into: Path,
    details: ChatDetails,
    routes: tuple[Route, ...],
    listener: Listener,
    ending: CaptureEnd,
) -> CaptureReport:
    """Capture until it ends, or the terminal or the system asks it to."""
    stop = asyncio.Event()
    restore = listener.stop if isinstance(listener, TerminalListener) else _do_nothing
    with Ending(stop, partial(leave_now, into, restore)).listen():
        return await capture_chat(
            into,
            details,
            routes,
            clock=SystemClock(),
            listener=listener,
            stop=stop,
            jitter=random.random,
            ending=ending,
        )


def _do_nothing() -> None:
    """Restore nothing, where nothing was drawn."""


@contextmanager
def _listen(*, as_json: bool) -> Iterator[Listener]:
    console = Console(highlight=False)
    if as_json:
        yield JsonListener()
    elif console.is_terminal:
        with TerminalListener(console) as listener:
            yield listener
    else:
        yield LineListener()
