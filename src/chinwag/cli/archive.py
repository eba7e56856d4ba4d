"""The command that makes a write-up of files: recap."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from chinwag.cli import describe, options, say
from chinwag.cli.editor import describe_helped_recap, help_edit, open_helpers
from chinwag.cli.model import end_with
from chinwag.workflows.publish_chat import publish_chat
from chinwag.workflows.recap_each import recap_each
from chinwag.workflows.recap_files import recap_files


@click.command(
    epilog=options.examples(
        "chinwag recap chat.csv --into my-chat",
        "chinwag recap week.jsonl.gz --hashtag uklibchat --tz Europe/London --into may",
        "chinwag recap glam.json bluesky.json --agenda agenda.txt --into october",
        "chinwag recap chat.csv --into my-chat --editor llama3.2",
        "chinwag recap chat.csv --into my-chat --model llama3.2",
        "chinwag recap year.csv --each --into chats",
        "chinwag recap --into captured",
    )
)
@click.argument("files", nargs=-1, type=options.FOLDER, metavar="[FILE...]")
@options.into
@click.option(
    "--each", is_flag=True, help="Write up every chat in the files, each in a folder in DIR."
)
@options.details_options
@options.fewest
@options.most
@options.model
@options.editor
@options.yes
@options.as_json
def recap(
    files: tuple[Path, ...],
    into: Path,
    each: bool,
    model: str,
    editor: str,
    yes: bool,
    as_json: bool,
    **said: Any,
) -> None:
    """Turn files of a chat into a published write-up.

    Archives every post, places it under its question, summarises every question and makes a story
    that opens in a browser: DIR/story/index.html. Files of one chat may be of different formats.
    Run it again with more files to add them. Without a file it writes up what the folder holds,
    such as what `chinwag capture` has brought. With --model a language model words the points,
    and with --editor one chooses them.
    With --each every chat that the files hold gets a folder of its own in DIR, named after its day.
    """
    if each:
        _recap_each(files, into, as_json, said | {"model": model, "editor": editor})
        return
    helpers = open_helpers(model, editor)
    with say.follow_progress(silent=as_json) as progress:
        made = recap_files(files, into, options.gather_details(said), progress)
    if not helpers:
        say.answer(as_json, made, describe.describe_recap)
        return
    helped = help_edit(into, helpers, yes=yes)
    publish_chat(into)
    say.answer(as_json, {"recap": made, **helped.as_rows()}, describe_helped_recap)
    end_with(helped)


def _recap_each(files: tuple[Path, ...], into: Path, as_json: bool, said: dict[str, Any]) -> None:
    """Write up every chat in the files. What is said of one chat alone cannot be said of all."""
    of_one = [name for name in ("start", "end", "title", "agenda", "model", "editor") if said[name]]
    if of_one or not files:
        raise click.UsageError("--each takes files, and nothing that holds for one chat alone.")
    with say.follow_progress(silent=as_json) as progress:
        report = recap_each(files, into, options.gather_details(said), progress)
    say.answer(as_json, report, describe.describe_each)
