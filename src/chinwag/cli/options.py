"""Options that several commands share, and the types of what people type."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from chinwag.cli.stopped import remember_folder
from chinwag.errors import InputError
from chinwag.model import Question
from chinwag.records.times import find_zone
from chinwag.workflows.chat_details import ChatDetails

_EXAMPLE = 70  # columns of an example's line, beside its margin and a backslash
FOLDER = click.Path(path_type=Path)
as_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
folder = click.argument("folder", type=FOLDER, metavar="DIR", callback=remember_folder)
into = click.option(
    "--into", required=True, type=FOLDER, help="The chat folder.", callback=remember_folder
)
fewest = click.option(
    "--fewest", type=int, help="The fewest bullets for a question; 3 if never set."
)
model = click.option(
    "--model",
    default="",
    metavar="NAME",
    help="Let this language model word the points, at the address in the settings.",
)
editor = click.option(
    "--editor",
    default="",
    metavar="NAME",
    help="Let this language model choose the points and place posts in doubt, as an editor would.",
)
encoder = click.option(
    "--encoder",
    type=click.Choice(["installed", "words", "address"]),
    default="installed",
    show_default=True,
    help="How to tell that posts mean nearly the same: by the encoder installed here (if any), by"
    " words alone, or by the encoder at the address in the settings.",
)
who = click.option(
    "--by",
    "who",
    default="",
    help="Who asks for this; by default the name in the settings, else your login.",
)
note_only = click.option(
    "--note-only",
    is_flag=True,
    help="Only note it. `chinwag update` makes the rest again, whenever you like.",
)
yes = click.option("--yes", is_flag=True, help="Send without asking, whatever it costs.")
most = click.option("--most", type=int, help="The most bullets for a question; 8 if never set.")


def examples(*lines: str) -> str:
    """Return the examples for a command's help, each on a line of its own.

    One that is too long goes on below, as a shell reads it: behind a backslash, and indented.
    """
    return "\b\nExamples:\n" + "\n".join(f"  {_fold(line)}" for line in lines)


def _fold(command: str) -> str:
    """Return a command in lines that fit into 80 columns, cut before its options."""
    parts = re.split(" (?=--)", command)
    lines = [parts[0]]
    for part in parts[1:]:
        if len(lines[-1]) + 1 + len(part) > _EXAMPLE:
            lines.append(part)
        else:
            lines[-1] += f" {part}"
    return " \\\n      ".join(lines)


def details_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options in which a person says something about the chat."""
    for option in reversed(_OF_FILES):
        command = option(command)
    return command


def say_chat(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options in which a person says something about a chat that is to come."""
    for option in reversed(_OF_CHAT):
        command = option(command)
    return command


_OF_CHAT = [
    click.option(
        "--agenda", type=FOLDER, help="A file with the questions: a numbered list, or TOML."
    ),
    click.option("--tz", help="The time zone, such as Europe/London, of times that state none."),
    click.option("--from", "start", help="When the chat began, such as 2026-10-13T19:00."),
    click.option("--to", "end", help="When the chat ended."),
    click.option(
        "--moderator", "moderators", multiple=True, help="Who asks the questions; may be repeated."
    ),
    click.option("--series", default="", help="The name of the series; by default #HASHTAG."),
    click.option(
        "--contact", default="", help="Where readers can write to the hosts; the story shows it."
    ),
    click.option(
        "--title", default="", help="The chat's title; by default the series and the date."
    ),
]
_OF_FILES = [
    click.option("--hashtag", default="", help="The chat's hashtag; by default it is found."),
    *_OF_CHAT,
    click.option(
        "--format", help="The files' format; by default it is found. `chinwag formats` lists them."
    ),
    click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="FIELD=NAME",
        help="Which column or key holds a field, such as --column text=Message.",
    ),
    click.option(
        "--date", default="", help="The day of a log that gives only times, such as 2026-10-13."
    ),
    click.option(
        "--anyway", is_flag=True, help="Take a file in although it seems to be of another chat."
    ),
]


def gather_details(said: dict[str, Any]) -> ChatDetails:
    """Return the details that the options of `details_options` state.

    Raises InputError for what cannot be understood, with the value as typed.
    """
    zone = said["tz"]
    return ChatDetails(
        hashtag=said["hashtag"].lstrip("#"),
        series=said["series"],
        title=said["title"],
        contact=said["contact"],
        time_zone=_check_zone(zone),
        start=read_moment("--from", said["start"], zone),
        end=read_moment("--to", said["end"], zone),
        moderators=said["moderators"],
        agenda=_read_agenda(said["agenda"]) if said["agenda"] else (),
        format=said.get("format"),
        columns=dict(_split_column(column) for column in said.get("columns", ())),
        date=said.get("date", ""),
        fewest=said.get("fewest"),
        most=said.get("most"),
        anyway=said.get("anyway", False),
    )


def _check_zone(zone: str | None) -> str | None:
    if zone is not None:
        find_zone(zone)
    return zone


def read_moment(option: str, said: str | None, zone: str | None) -> datetime | None:
    """Return the moment that was typed, aware, or None. Raises InputError for other text."""
    if said is None:
        return None
    try:
        moment = datetime.fromisoformat(said.strip())
    except ValueError:
        raise InputError(
            "{option} {said!r} is not a date and time.",
            code="option-no-moment",
            option=option,
            said=said,
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=find_zone(zone or "UTC"))


def _read_agenda(path: Path) -> tuple[Question, ...]:
    from chinwag.setup.text_file import read_text  # noqa: PLC0415 - few commands are given one
    from chinwag.steps.collect import read_agenda  # noqa: PLC0415

    return read_agenda(read_text(path, "agenda"))


def _split_column(said: str) -> tuple[str, str]:
    field, equals, name = said.partition("=")
    if not equals or not field or not name:
        raise InputError(
            "--column {said!r} does not say which field stands where.",
            code="option-no-column",
            said=said,
        )
    return field.strip(), name
