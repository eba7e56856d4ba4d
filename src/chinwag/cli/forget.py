"""The command that takes a file out of a chat again."""

from __future__ import annotations

from pathlib import Path

import click

from chinwag.cli import changes, options, say
from chinwag.config import read_settings
from chinwag.setup.clock import SystemClock
from chinwag.setup.person import find_person
from chinwag.workflows.forget_file import forget_file as forget


@click.command(
    "forget-file",
    epilog=options.examples(
        "chinwag forget-file my-chat wrong-week.csv",
        "chinwag forget-file my-chat raw/2-chat.csv.gz",
    ),
)
@options.folder
@click.argument("file", metavar="FILE")
@options.who
@options.as_json
def forget_file(folder: Path, file: str, who: str, as_json: bool) -> None:
    """Take a file out of a chat again.

    FILE is its name, or where it lies under raw/. The chat is then as if it had never come: its
    copy goes, and every post that no other file holds. What people said of the chat stays. It
    cannot be undone, but the file can be given again.
    """
    at, person = SystemClock().now(), find_person(read_settings(), who)
    with say.follow_progress(silent=as_json) as progress:
        report = forget(folder, file, at=at, who=person, progress=progress)
    say.answer(as_json, report, changes.describe_forgotten)
