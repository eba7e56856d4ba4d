"""Commands that bring files in, and wait for no more than that: import, formats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from chinwag.cli import describe, options, say
from chinwag.importers import list_formats
from chinwag.workflows.import_files import import_files


@click.command(
    "import",
    epilog=options.examples(
        "chinwag import chat.csv --into my-chat",
        "chinwag import log.csv --column text=Message --column author=Who --into my-chat",
        "chinwag import room.log --date 2026-10-13 --tz Europe/London --into my-chat",
    ),
)
@click.argument("files", nargs=-1, required=True, type=options.FOLDER, metavar="FILE...")
@options.into
@options.details_options
@options.as_json
def import_command(files: tuple[Path, ...], into: Path, as_json: bool, **said: Any) -> None:
    """Archive the posts of files in a chat folder."""
    with say.follow_progress(silent=as_json) as progress:
        report = import_files(list(files), into, options.gather_details(said), progress)
    say.answer(as_json, report, describe.describe_import)


@click.command(epilog=options.examples("chinwag formats", "chinwag formats --json"))
@options.as_json
def formats(as_json: bool) -> None:
    """List the formats that can be imported."""
    known = [{"name": one.name, "title": one.title, "about": one.about} for one in list_formats()]
    say.answer(as_json, known, describe.describe_formats)
