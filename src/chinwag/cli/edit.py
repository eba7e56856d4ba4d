"""Commands that change what the story and the chat say: edit, question, moderator."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from chinwag.cli import changes, edit_story, options, say
from chinwag.config import read_settings
from chinwag.model import Chat
from chinwag.setup.clock import SystemClock
from chinwag.setup.person import find_person
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.edit_chat import (
    Particulars,
    drop_question,
    edit_chat,
    join_accounts,
    name_moderator,
    note_edit,
    set_particulars,
    unname_moderator,
    word_question,
)


@click.command(
    epilog=options.examples(
        "chinwag edit my-chat",
        "chinwag edit my-chat --export sheet.md",
        "chinwag edit my-chat --check sheet.md",
        "chinwag edit my-chat --apply sheet.md --by Ines",
        "chinwag edit my-chat --undo",
        "chinwag edit my-chat --picture room.jpg --shows 'The room' --under 2",
        "chinwag edit my-chat --title 'Libraries after dark'",
        "chinwag edit my-chat --from 2026-10-13T19:00 --to 2026-10-13T20:00 --tz Europe/London",
        "chinwag edit my-chat --contact hosts@chat.example",
    )
)
@options.folder
@click.option("--export", type=options.FOLDER, help="Write the sheet into this file; - prints it.")
@click.option("--apply", type=options.FOLDER, help="Take the edition from this file.")
@click.option("--check", type=options.FOLDER, help="Say what this file would do.")
@click.option("--undo", "back", is_flag=True, help="Go back to the edition before, or the draft.")
@click.option(
    "--picture",
    type=options.FOLDER,
    metavar="FILE",
    help="Put this picture into the story, drawn anew without what cameras hide in it.",
)
@click.option("--shows", help="What the picture shows, for those who do not see it.")
@click.option("--under", metavar="NUMBER", help="The picture's question; else it opens the story.")
@click.option("--title", help="The chat's title.")
@click.option("--series", help="What the series is called.")
@click.option("--contact", help="Where to write to the hosts: shown in the story.")
@click.option("--tz", help="The time zone in which the story shows its times: Europe/London.")
@click.option("--from", "start", help="When the chat began: 2026-10-13T19:00.")
@click.option("--to", "end", help="When it ended.")
@options.who
@options.note_only
@options.as_json
def edit(
    folder: Path,
    export: Path | None,
    apply: Path | None,
    check: Path | None,
    back: bool,
    picture: Path | None,
    shows: str | None,
    under: str | None,
    title: str | None,
    series: str | None,
    contact: str | None,
    tz: str | None,
    start: str | None,
    end: str | None,
    who: str,
    note_only: bool,
    as_json: bool,
) -> None:
    """Edit the story; or change the title, the hour, the time zone or the contact of its chat.

    Without an option the story opens in your editor ($VISUAL, else $EDITOR) as one text file, the
    sheet: strike, move, join, shorten or reword its points, write around them, hide a name. Save
    it, and the story stays so, whatever comes later. --export, --check and --apply do the same with
    a file; --undo goes back one edition; --picture puts a picture in. docs/hosts/editing.md tells
    more.

    The other options change what the chat itself says. Another hour takes posts in or leaves them
    out: the files are read again. Times without a zone are in that of --tz, else in the chat's.
    `chinwag undo` takes it back.
    """
    facts = (title, series, contact, tz, start, end)
    sheets = [one for one in (export, apply, check, back or None, picture) if one is not None]
    if len(sheets) > 1 or (sheets and any(fact is not None for fact in facts)):
        raise click.UsageError(
            "Give one of --export, --check, --apply, --undo and --picture, by itself."
        )
    if picture is None and (shows or under):
        raise click.UsageError("Name the picture with --picture.")
    if picture is not None:
        how = _plan(folder, who, note_only, as_json)
        edit_story.add_picture(how, picture, shows or "", under or "")
        return
    if all(fact is None for fact in facts):
        _edit_story(_plan(folder, who, note_only, as_json), export, apply, check, back)
        return
    zone = tz or ChatFolder.open(folder).read_chat().time_zone
    said = Particulars(
        title=title,
        series=series,
        contact=contact,
        time_zone=tz,
        start=options.read_moment("--from", start, zone),
        end=options.read_moment("--to", end, zone),
    )
    _carry_out(folder, partial(set_particulars, said=said), who, note_only, as_json)


def _plan(folder: Path, who: str, note_only: bool, as_json: bool) -> edit_story.Editing:
    return edit_story.Editing(
        folder=folder,
        who=find_person(read_settings(), who),
        at=SystemClock().now(),
        note_only=note_only,
        as_json=as_json,
    )


def _edit_story(
    how: edit_story.Editing, export: Path | None, apply: Path | None, check: Path | None, back: bool
) -> None:
    """Carry out the one thing that was asked for with the story's sheet."""
    if export is not None:
        edit_story.write_sheet_file(how, export)
    elif apply is not None:
        edit_story.apply_file(how, apply)
    elif check is not None:
        edit_story.check_file(how, check)
    elif back:
        edit_story.take_back(how)
    else:
        edit_story.open_sheet(how)


@click.command(
    epilog=options.examples(
        "chinwag question my-chat 3 'Who pays for the evening hours?'",
        "chinwag question my-chat 9 'What will you try first?'",
        "chinwag question my-chat 4 --take-out",
    )
)
@options.folder
@click.argument("label", metavar="NUMBER")
@click.argument("text", required=False, metavar="[WORDS]")
@click.option("--take-out", is_flag=True, help="Take the question out: the chat had none.")
@options.who
@options.note_only
@options.as_json
def question(
    folder: Path,
    label: str,
    text: str | None,
    take_out: bool,
    who: str,
    note_only: bool,
    as_json: bool,
) -> None:
    """Reword a question, add one, or take one out.

    NUMBER is the question's: 3, or 9.2 for the second part of Q9. With WORDS the question is
    reworded, or added where there is none of that number. Posts are placed again. `chinwag undo`
    takes it back.
    """
    if (text is None) != take_out:
        raise click.UsageError("Give the question's words, or --take-out.")
    number = label.strip().lstrip("Qq")
    change = (
        partial(drop_question, label=number)
        if text is None
        else partial(word_question, label=number, text=text)
    )
    _carry_out(folder, change, who, note_only, as_json)


@click.command(
    epilog=options.examples(
        "chinwag moderator my-chat ines@glam.example",
        "chinwag moderator my-chat ines.bsky.social --same-as ines@glam.example",
        "chinwag moderator my-chat bo_stacks --not",
    )
)
@options.folder
@click.argument("handle", metavar="HANDLE")
@click.option("--not", "is_none", is_flag=True, help="Say that this is no moderator.")
@click.option("--same-as", metavar="HANDLE", help="This is the same person as HANDLE.")
@options.who
@options.note_only
@options.as_json
def moderator(
    folder: Path,
    handle: str,
    is_none: bool,
    same_as: str | None,
    who: str,
    note_only: bool,
    as_json: bool,
) -> None:
    """Name a moderator of the chat, or say who is none.

    Moderators ask the questions: their posts are not counted as answers where they only host. The
    accounts of one person count once; --same-as says so where they share neither name nor handle.
    `chinwag undo` takes it back.
    """
    if is_none and same_as:
        raise click.UsageError("Give --not or --same-as.")
    change = (
        partial(join_accounts, author=handle, other=same_as)
        if same_as
        else partial(unname_moderator if is_none else name_moderator, author=handle)
    )
    _carry_out(folder, change, who, note_only, as_json)


def _carry_out(
    folder: Path, change: Callable[[Chat], Chat], who: str, note_only: bool, as_json: bool
) -> None:
    at, person = SystemClock().now(), find_person(read_settings(), who)
    if note_only:
        noted = note_edit(folder, change, at=at, who=person)
        say.answer(as_json, noted, changes.describe_noted_edit)
        return
    with say.follow_progress(silent=as_json) as progress:
        report = edit_chat(folder, change, at=at, who=person, progress=progress)
    say.answer(as_json, report, changes.describe_edit)
