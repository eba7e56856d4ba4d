"""Commands that look at a chat folder, or at the settings: show, check, settings, serve."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import click

from chinwag.cli import changes, describe, options, say
from chinwag.config import list_settings
from chinwag.model import Secret
from chinwag.workflows.announcement_words import find_time_zone
from chinwag.workflows.check_folder import accept_files, check_folder
from chinwag.workflows.show_folder import (
    show_changes,
    show_folder,
    show_people,
    show_post,
    show_question,
)


@click.command(
    epilog=options.examples(
        "chinwag show my-chat",
        "chinwag show my-chat --question 3",
        "chinwag show my-chat --question none",
        "chinwag show my-chat --post 8121601",
        "chinwag show my-chat --people",
        "chinwag show my-chat --aside",
        "chinwag show my-chat --changes",
    )
)
@options.folder
@click.option(
    "--question", help="List the posts of this question; `none` lists those under no question."
)
@click.option("--post", help="Show one post, and why it is placed where it is.")
@click.option("--aside", is_flag=True, help="List the rows that were kept aside.")
@click.option(
    "--changes",
    "changed",
    is_flag=True,
    help="List the changes that people made, and who made them.",
)
@click.option("--people", is_flag=True, help="List the people, with how much they wrote on what.")
@options.as_json
def show(
    folder: Path,
    question: str | None,
    post: str | None,
    aside: bool,
    changed: bool,
    people: bool,
    as_json: bool,
) -> None:
    """Show what a chat folder holds."""
    if post:
        zone = find_time_zone(folder)
        say.answer(as_json, show_post(folder, post), partial(describe.describe_post, zone=zone))
    elif question:
        label = None if question.lower() == "none" else question.lstrip("Qq")
        placed, zone = show_question(folder, label), find_time_zone(folder)
        say.answer(as_json, placed, partial(describe.describe_posts, zone=zone))
    elif changed:
        zone = find_time_zone(folder)
        described = partial(changes.describe_changes, zone=zone)
        say.answer(as_json, show_changes(folder), described)
    elif people:
        say.answer(as_json, show_people(folder), describe.describe_people)
    elif aside:
        say.answer(as_json, show_folder(folder).aside, describe.describe_aside)
    else:
        say.answer(as_json, show_folder(folder), describe.describe_folder)


@click.command(
    epilog=options.examples(
        "chinwag check my-chat", "chinwag check my-chat --accept", "chinwag check my-chat --json"
    )
)
@options.folder
@click.option(
    "--accept",
    is_flag=True,
    help="Take files that people wrote as they are now: corrections.jsonl, say, which you deleted.",
)
@options.as_json
def check(folder: Path, accept: bool, as_json: bool) -> None:
    """Verify that all is there and unchanged, that the files agree, and that bullets can be traced.

    Every file is compared with those that it was made of. Ends with status 3 where something is
    wrong or out of date, and says what to do.
    """
    accepted = accept_files(folder) if accept else ()
    report = check_folder(folder)
    if accepted and not as_json:
        describe.describe_accepted(accepted)
    say.answer(as_json, report, describe.describe_check)
    if report.faults:
        sys.exit(3)


@click.command(epilog=options.examples("chinwag settings", "chinwag settings --json"))
@options.as_json
def settings(as_json: bool) -> None:
    """List the settings, their values, and where each value is set.

    Secrets are not shown. docs/hosts/settings.md tells how to set them.
    """
    listed = [
        {"name": one.name, "value": _show(one.value), "said_by": one.said_by, "help": one.help}
        for one in list_settings()
    ]
    say.answer(as_json, listed, describe.describe_settings)


def _show(value: object) -> str:
    """Return a value as a person reads it: "" for a secret that is not set."""
    if isinstance(value, Secret):
        return str(value) if value else ""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {one}" for name, one in value.items())
    return ", ".join(value) if isinstance(value, tuple) else str(value)
