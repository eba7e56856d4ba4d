"""The command that publishes: the story in its folder, and the write-up where people read."""

from __future__ import annotations

from pathlib import Path

import click

from chinwag.cli import describe, options, say
from chinwag.workflows.export_story import FORMS, export_story, name_export, write_export
from chinwag.workflows.publish_chat import publish_chat

_STANDARD_OUTPUT = Path("-")


@click.command(
    epilog=options.examples(
        "chinwag publish my-chat",
        "chinwag publish my-chat --as html",
        "chinwag publish my-chat --as markdown --into -",
        "chinwag publish my-chat --as docx --into write-up.docx",
        "chinwag publish my-chat --as zip",
    )
)
@options.folder
@click.option(
    "--as",
    "form",
    type=click.Choice(list(FORMS)),
    help="Write the write-up into a file of its own: html to paste into a page, markdown, docx for"
    " a word processor, epub for a reader, print for a few sheets of paper (open it in a browser"
    " and print it, or save it as a PDF), or zip, the whole story with its archive, which opens"
    " without a server.",
)
@click.option(
    "--into", type=options.FOLDER, metavar="FILE", help="That file; - is the standard output."
)
@click.option("--replace", is_flag=True, help="Write over a file that says something else.")
@options.as_json
def publish(
    folder: Path, form: str | None, into: Path | None, replace: bool, as_json: bool
) -> None:
    """Make the story: a page, Markdown, JSON and CSV.

    With --as, take the write-up out of the folder in the form in which people read it elsewhere.
    """
    if form is None:
        if into or replace:
            raise click.UsageError("Say with --as in which form.")
        say.answer(as_json, {"story": str(publish_chat(folder))}, describe.describe_story)
        return
    path = into or name_export(folder, form)
    with say.follow_progress(silent=as_json) as progress:
        content = export_story(folder, form, progress)
    if path == _STANDARD_OUTPUT:
        with click.open_file("-", "wb") as output:
            output.write(content)
        return
    write_export(path, content, replace=replace)
    say.answer(as_json, {"file": str(path)}, describe.describe_export)
