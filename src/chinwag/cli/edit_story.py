"""The hosts' edition at the command line: its sheet in an editor or a file, and the way back."""

from __future__ import annotations

import shlex
import sys
import tempfile
from datetime import datetime
from pathlib import Path

import click
import msgspec

from chinwag.cli import say
from chinwag.cli.changes import NOTED, say_remade
from chinwag.cli.notes import WORDS
from chinwag.config import find_editor
from chinwag.errors import InputError
from chinwag.setup.pictures import read_fit_picture
from chinwag.setup.text_file import read_text
from chinwag.steps.editing import EditOutcome
from chinwag.workflows.edit_blocks import BroughtPicture
from chinwag.workflows.edit_story import (
    EditionReport,
    apply_sheet,
    check_sheet,
    export_sheet,
    note_picture,
    note_sheet,
    put_in_picture,
    undo_edition,
)

_SHEET = "edition.md"


class Editing(msgspec.Struct, frozen=True, kw_only=True):
    """How an edit of the story is to be made: by whom, when, and what is made after it."""

    folder: Path
    who: str
    at: datetime
    note_only: bool
    as_json: bool


def open_sheet(how: Editing) -> None:
    """Let the host edit the sheet in an editor, and apply it; one with mistakes is kept to mend."""
    editor = find_editor()
    if not editor and not sys.stdin.isatty():
        raise click.UsageError(
            "There is no terminal for an editor. Give --export, or the change: --title and so on."
        )
    path = Path(tempfile.mkdtemp(prefix="chinwag-")) / _SHEET
    before = export_sheet(how.folder)
    path.write_text(before, "utf-8")
    while True:
        click.edit(editor=editor or None, filename=str(path))
        if path.read_text("utf-8") == before:
            _discard(path)
            say.say("Nothing is changed.")
            return
        try:
            apply_file(how, path)
        except InputError as error:
            if not _wants_to_mend(error):
                say.say(f"Your sheet is kept: {path}")
                raise
        else:
            _discard(path)
            return


def _wants_to_mend(error: InputError) -> bool:
    """Return whether the host opens the sheet again; without a terminal nobody is asked."""
    if not sys.stdin.isatty():
        return False
    say.say_error(error, as_json=False)
    return click.confirm("Open it again to correct it?", default=True)


def _discard(path: Path) -> None:
    path.unlink()
    path.parent.rmdir()


def write_sheet_file(how: Editing, path: Path) -> None:
    """Write the sheet into a file. Raises InputError where a file stands there already."""
    sheet = export_sheet(how.folder)
    if str(path) == "-":
        click.echo(sheet, nl=False)
        return
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(sheet)
    except FileExistsError:
        raise InputError("{path} is there already.", code="sheet-file-there", path=path) from None
    except OSError as fault:
        raise InputError(
            "{path} cannot be written: {fault}.",
            code="sheet-not-written",
            path=path,
            fault=fault.strerror or str(fault),
        ) from fault
    answer = {"sheet": str(path)}
    then = shlex.join(("chinwag", "edit", str(how.folder), "--apply", str(path)))
    told = f"The sheet is in {path}. When you have edited it: `{then}`."
    say.answer(how.as_json, answer, lambda _: say.say(told))


def apply_file(how: Editing, path: Path) -> None:
    """Apply the sheet in a file, and say what it did."""
    sheet = read_text(path, "sheet")
    if how.note_only:
        say.answer(how.as_json, note_sheet(how.folder, sheet, at=how.at, who=how.who), _describe)
        return
    with say.follow_progress(silent=how.as_json) as progress:
        report = apply_sheet(how.folder, sheet, at=how.at, who=how.who, progress=progress)
    say.answer(how.as_json, report, _describe)


def check_file(how: Editing, path: Path) -> None:
    """Say what applying the sheet in a file would do."""
    say.answer(how.as_json, check_sheet(how.folder, read_text(path, "sheet")), _describe_outcome)


def add_picture(how: Editing, path: Path, words: str, under: str) -> None:
    """Put a picture into the story, and make the story again, unless it is only to be noted."""
    shown = " ".join(words.split())
    if not shown:
        raise InputError("The picture has no description.", code="story-picture-undescribed")
    picture = read_fit_picture(path)
    label = under.strip().lstrip("Qq")
    brought = BroughtPicture(picture.data, picture.media_type, shown, label)
    if how.note_only:
        noted = note_picture(how.folder, brought, at=how.at, who=how.who)
        say.answer(how.as_json, noted, _describe)
        return
    with say.follow_progress(silent=how.as_json) as progress:
        report = put_in_picture(how.folder, brought, at=how.at, who=how.who, progress=progress)
    say.answer(how.as_json, report, _describe)


def take_back(how: Editing) -> None:
    """Go back one edition, and say which stands."""
    with say.follow_progress(silent=how.as_json) as progress:
        report = undo_edition(how.folder, progress)
    say.answer(how.as_json, report, _describe_undone)


def _describe(report: EditionReport) -> None:
    if report.outcome is not None:
        _describe_outcome(report.outcome)
    if report.edition is None:
        return
    say.say(f"This is edition {report.edition.number}. `chinwag edit --undo` goes back one.")
    if report.remade.made or report.remade.by_other:
        say_remade(report.remade)
    else:
        say.say(NOTED)


def _describe_undone(report: EditionReport) -> None:
    if report.edition is None:
        say.say("The draft stands again. The editions are kept in editions.jsonl.")
    else:
        say.say(f"Edition {report.edition.number} stands again.")
    say_remade(report.remade)


def _describe_outcome(outcome: EditOutcome) -> None:
    if not outcome.is_changed:
        say.say("The sheet changes nothing.")
        return
    points = WORDS.count(outcome.points, "point")
    counted = (
        (outcome.left_out, "left out"),
        (outcome.added, "taken in"),
        (outcome.joined, "joined from several"),
        (outcome.moved, "moved to another question"),
        (outcome.apart, "quoted apart"),
        (outcome.answers, "put under a point as an answer"),
        (outcome.shortened, "quoted otherwise"),
        (outcome.reworded, "in your own words"),
    )
    told = [f"{number} {what}" for number, what in counted if number]
    if outcome.paragraphs:
        told.append(WORDS.count(outcome.paragraphs, "own_paragraph"))
    say.say(f"{points}: {', '.join(told)}." if told else f"{points}, in another order or form.")
    for handle in outcome.hidden:
        say.say(f"@{handle} is not named, and nothing leads to where they wrote.")
