"""The host's version of the story: its sheet written, read back, and kept as an edition."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from chinwag.errors import InputError, Kept
from chinwag.messages import open_catalogue
from chinwag.model import Chat, Edition, Placement, Post, Summary, is_kept_picture, make_note
from chinwag.steps.editing import (
    EditOutcome,
    Material,
    Mistake,
    ReadSheet,
    compare_editions,
    find_edition,
    gather_material,
    keep_edition,
    number_next,
    read_sheet,
    write_sheet,
)
from chinwag.steps.summarise import list_candidates
from chinwag.stores.folder import Change, ChatFolder, layout
from chinwag.workflows.edit_blocks import BroughtPicture, add_picture
from chinwag.workflows.kept import tell_kept
from chinwag.workflows.make_again import Remade, make_again
from chinwag.workflows.make_of_reading import Digests, make_of_reading
from chinwag.workflows.progress import Progress, say_nothing

_SOURCES = (
    layout.CHAT,
    layout.POSTS,
    layout.PLACEMENTS,
    layout.SUMMARY,
    layout.EDITION,
    layout.EDITIONS,
    layout.KEPT_FILES,
)


class EditionReport(msgspec.Struct, frozen=True, kw_only=True):
    """What an edit did, the edition that stands after it, and what was made again.

    `edition` is None where nothing was edited, or where the draft stands again.
    """

    edition: Edition | None
    outcome: EditOutcome | None
    remade: Remade


class _Inputs(NamedTuple):
    chat: Chat
    posts: tuple[Post, ...]
    placements: tuple[Placement, ...]
    summary: Summary
    edition: Edition | None
    editions: tuple[Edition, ...]
    pictures: dict[str, str]


class _Made(NamedTuple):
    outcome: EditOutcome
    edition: Edition | None
    editions: tuple[Edition, ...]


def export_sheet(into: Path) -> str:
    """Return the sheet of the edition that stands, or of the draft.

    Raises FolderError where the chat has not been summarised yet.
    """
    folder = ChatFolder.open(into)
    return write_sheet(_gather(folder.read_steadily(lambda: _read(folder))))


def check_sheet(into: Path, sheet: str) -> EditOutcome:
    """Return what applying a sheet would do; nothing is written. Raises as `note_sheet` does."""
    folder = ChatFolder.open(into)
    return _edit(folder.read_steadily(lambda: _read(folder)), sheet, who="", at=None).outcome


def apply_sheet(
    into: Path, sheet: str, *, at: datetime, who: str = "", progress: Progress = say_nothing
) -> EditionReport:
    """Keep what a sheet says as the edition that stands, and make the story again.

    Raises what both raise; the edition is kept where only the making again fails, and the error
    says so.
    """
    made = note_sheet(into, sheet, at=at, who=who)
    with tell_kept(Kept.NOTED):
        remade = make_again(into, progress)
    return msgspec.structs.replace(made, remade=remade)


def note_sheet(into: Path, sheet: str, *, at: datetime, who: str = "") -> EditionReport:
    """Keep what a sheet says as a new edition, by `who`; a sheet that changes nothing makes none.

    Raises InputError for a sheet with mistakes, which names each with its line, and for one that
    was made from another edition than the one that stands; nothing is changed then.
    """
    folder = ChatFolder.open(into)
    made = make_of_reading(
        folder,
        _SOURCES,
        lambda: _read(folder),
        lambda given: _edit(given, sheet, who=who, at=at),
        _write,
    )
    return EditionReport(edition=made.edition, outcome=made.outcome, remade=Remade())


def put_in_picture(
    into: Path,
    picture: BroughtPicture,
    *,
    at: datetime,
    who: str = "",
    progress: Progress = say_nothing,
) -> EditionReport:
    """Keep a picture, show it in the story, and make the story again. Raises as `add_picture`."""
    made = note_picture(into, picture, at=at, who=who)
    with tell_kept(Kept.NOTED):
        return msgspec.structs.replace(made, remade=make_again(into, progress))


def note_picture(
    into: Path, picture: BroughtPicture, *, at: datetime, who: str = ""
) -> EditionReport:
    """Keep a picture, and an edition that shows it. Raises as `add_picture`."""
    edition = add_picture(into, picture, at=at, who=who)
    return EditionReport(edition=edition, outcome=None, remade=Remade())


def undo_edition(into: Path, progress: Progress = say_nothing) -> EditionReport:
    """Let the edition stand again from which the present one was made, or the draft.

    Every edition is kept, the one taken back too. Raises InputError where the draft stands.
    """
    folder = ChatFolder.open(into)
    with folder.change() as change:
        standing = folder.read_edition()
        if standing is None:
            raise InputError("Nobody has edited this story.", code="edition-none")
        before = find_edition(folder.read_editions(), standing.before)
        change.write_edition(before)
    with tell_kept(Kept.NOTED):
        return EditionReport(edition=before, outcome=None, remade=make_again(into, progress))


def _read(folder: ChatFolder) -> _Inputs:
    return _Inputs(
        folder.read_chat(),
        folder.read_posts(),
        folder.read_placements(),
        folder.read_summary(),
        folder.read_edition(),
        folder.read_editions(),
        {one.name: one.words for one in folder.read_kept_files() if is_kept_picture(one)},
    )


def _gather(given: _Inputs) -> Material:
    edition = given.edition and keep_edition(given.edition, given.posts)
    candidates = list_candidates(given.chat, given.posts, given.placements)
    material = (given.chat, given.posts, given.summary, candidates, edition)
    return gather_material(*material, pictures=given.pictures)


def _edit(given: _Inputs, sheet: str, *, who: str, at: datetime | None) -> _Made:
    """Return the edition that a sheet makes, and what it does to the one before."""
    material = _gather(given)
    read = read_sheet(sheet, material)
    standing = material.edition
    _refuse_mistakes(read, standing.number)
    edition = Edition(
        number=number_next(given.editions),
        blocks=read.blocks,
        who=who,
        at=at,
        before=standing.number,
        hidden=read.hidden,
        names=read.names,
        seen=material.list_seen(),
    )
    outcome = compare_editions(standing, edition)
    if not outcome.is_changed:
        return _Made(outcome, None, given.editions)
    return _Made(outcome, edition, (*given.editions, edition))


def _refuse_mistakes(read: ReadSheet, standing: int) -> None:
    mistakes = list(read.mistakes)
    if read.made_from is not None and read.made_from != standing:
        other = make_note("sheet-edition-other", made_from=read.made_from, standing=standing)
        mistakes.append(Mistake(line=0, why=other))
    if not mistakes:
        return
    mistakes.sort(key=lambda one: one.line)
    told = [_word_mistake(one) for one in mistakes]
    raise InputError(
        "The sheet cannot be used yet. {told}",
        code="sheet-mistaken",
        kept=Kept.UNCHANGED,
        told=" ".join(told),
        lines=[one.line for one in mistakes],
    )


def _word_mistake(mistake: Mistake) -> str:
    words = open_catalogue().word_note(mistake.why)
    return f"Line {mistake.line}: {words}." if mistake.line else f"{words.capitalize()}."


def _write(change: Change, made: _Made, _read: Digests) -> None:
    if made.edition is not None:
        change.write_edition(made.edition)
        change.write_editions(made.editions)
