"""The command that publishes: the story in its folder, and the write-up where people read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from chinwag.cli import describe, options, say
from chinwag.cli.blog import add_wishes, publish_on_blog, test_connection
from chinwag.workflows.export_story import FORMS, export_story, name_export, write_export
from chinwag.workflows.publish_chat import publish_chat
from chinwag.workflows.told_story import take_told_story

_STANDARD_OUTPUT = Path("-")


@click.command(
    epilog=options.examples(
        "chinwag publish my-chat",
        "chinwag publish my-chat --as html",
        "chinwag publish my-chat --as markdown --into -",
        "chinwag publish my-chat --as docx --into write-up.docx",
        "chinwag publish my-chat --as zip",
        "chinwag publish --to wordpress --test",
        "chinwag publish my-chat --to wordpress --category Chats --byline 'Written up by Ana'",
        "chinwag publish my-chat --to wordpress --publish",
    )
)
@click.argument("folder", type=options.FOLDER, metavar="DIR", required=False)
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
@add_wishes
@options.as_json
def publish(
    folder: Path | None,
    form: str | None,
    into: Path | None,
    replace: bool,
    blog: str | None,
    as_json: bool,
    **said: Any,
) -> None:
    """Make the story: a page, Markdown, JSON and CSV.

    With --as, take the write-up out of the folder in the form in which people read it elsewhere.
    With --to, make one post of it on your blog, and edit that post again whenever you repeat it:
    what you wished of it before is kept. docs/hosts/publishing.md tells how.
    """
    _refuse_strays(form, into or replace, blog, said)
    if blog and said["test"]:
        test_connection(blog, as_json=as_json)
        return
    if folder is None:
        raise click.UsageError("Name the chat's folder.")
    if blog:
        publish_on_blog(folder, {"blog": blog, **said}, as_json=as_json)
    elif form:
        _export(folder, form, into, replace=replace, as_json=as_json)
    else:
        take_told_story(folder)
        say.answer(as_json, {"story": str(publish_chat(folder))}, describe.describe_story)


def _refuse_strays(form: str | None, file: object, blog: str | None, said: dict[str, Any]) -> None:
    """Raise UsageError for options that mean nothing without another."""
    if form and blog:
        raise click.UsageError("Give --as or --to, not both.")
    if file and not form:
        raise click.UsageError("Say with --as in which form.")
    if not blog and (strays := [name for name, value in said.items() if value]):
        raise click.UsageError(f"Say with --to on which blog ({', '.join(strays)}).")


def _export(folder: Path, form: str, into: Path | None, *, replace: bool, as_json: bool) -> None:
    path = into or name_export(folder, form)
    with say.follow_progress(silent=as_json) as progress:
        content = export_story(folder, form, progress)
    if path == _STANDARD_OUTPUT:
        with click.open_file("-", "wb") as output:
            output.write(content)
        return
    write_export(path, content, replace=replace)
    say.answer(as_json, {"file": str(path)}, describe.describe_export)
