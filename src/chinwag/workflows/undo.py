"""Take back what people said: a correction, an edit, a removal that is not carried out yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from chinwag.errors import InputError, Kept
from chinwag.model import Correction, Edit, Edition, Post, Removal
from chinwag.steps.collect import Removed
from chinwag.steps.editing import find_edition
from chinwag.stores.folder import Change, ChatFolder
from chinwag.workflows.find_post import find_post
from chinwag.workflows.forget_file import FILES
from chinwag.workflows.given_facts import put_back
from chinwag.workflows.kept import tell_kept
from chinwag.workflows.make_again import Remade, make_again
from chinwag.workflows.progress import Progress, say_nothing
from chinwag.workflows.remove_posts import is_carried_out

One = TypeVar("One")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)  # for what was noted without its time


class Undone(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken back: what one person noted at one moment."""

    corrections: tuple[Correction, ...] = ()
    removals: tuple[Removal, ...] = ()
    edits: tuple[Edit, ...] = ()
    editions: tuple[Edition, ...] = ()


class UndoReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken back, and what has been made again after it."""

    undone: Undone
    remade: Remade


def undo(into: Path, said: Sequence[str] = (), progress: Progress = say_nothing) -> UndoReport:
    """Take back as `note_undo` does, and make again what follows from it.

    Raises what both raise; it is taken back where only the making again fails, and the error says
    so.
    """
    undone = note_undo(into, said)
    with tell_kept(Kept.NOTED):
        return UndoReport(undone=undone, remade=make_again(into, progress))


def note_undo(into: Path, said: Sequence[str] = ()) -> Undone:
    """Take back the latest change that anybody made, or the latest of the posts `said`.

    That is everything that one command noted: several corrections, a removal, an edit, an edition.
    What was said before of a post stands again. Raises InputError where there is nothing to take
    back, and where the latest is a removal that is carried out: its words are gone for good.
    """
    folder = ChatFolder.open(into)
    with folder.change() as change:
        posts = folder.read_posts()
        noted = Undone(
            corrections=folder.read_corrections(),
            removals=folder.read_removals(),
            edits=folder.read_edits(),
            editions=tuple(filter(None, (folder.read_edition(),))),
        )
        key = folder.read_removal_key()
        if said:
            undone = _find_of_posts(noted, [find_post(posts, name).id for name in said], key)
        else:
            undone = _find_latest(noted)
        if undone == Undone():
            raise InputError("There is nothing to undo.", code="nothing-to-undo")
        _refuse_carried_out(folder, undone.removals, posts)
        _refuse_forgotten(undone.edits)
        _take_back(change, folder, noted, undone)
    return undone


def _find_latest(noted: Undone) -> Undone:
    """Return what the latest command noted."""
    everything: list[Correction | Removal | Edit | Edition]
    everything = [*noted.corrections, *noted.removals, *noted.edits, *noted.editions]
    if not everything:
        return Undone()
    latest = max(one.at or _LONG_AGO for one in everything)

    def is_latest(one: Correction | Removal | Edit | Edition) -> bool:
        return (one.at or _LONG_AGO) == latest

    return Undone(
        corrections=tuple(filter(is_latest, noted.corrections)),
        removals=tuple(filter(is_latest, noted.removals)),
        edits=tuple(filter(is_latest, noted.edits)),
        editions=tuple(filter(is_latest, noted.editions)),
    )


def _find_of_posts(noted: Undone, ids: Sequence[str], key: bytes) -> Undone:
    """Return the latest correction of each post, and removals that name one."""
    latest = {one.post: one for one in noted.corrections if one.post in ids}
    removals = tuple(
        one for one in noted.removals if any(Removed([one], key).covers_id(id_) for id_ in ids)
    )
    return Undone(corrections=tuple(latest.values()), removals=removals)


def _refuse_carried_out(
    folder: ChatFolder, removals: Sequence[Removal], posts: Sequence[Post]
) -> None:
    if not removals:
        return
    # A running capture carries a removal out in memory first.
    is_done = folder.is_captured or all(
        is_carried_out(one, posts, folder.read_removal_key()) for one in removals
    )
    if is_done:
        raise InputError(
            "The latest change is a removal, and it has been carried out: the words are gone.",
            code="removal-carried-out",
        )


def _refuse_forgotten(edits: Sequence[Edit]) -> None:
    files = [name for edit in edits for name in edit.before.get(FILES, ())]
    if files:
        raise InputError(
            "The latest change is that {files} was taken out of the chat: its copy is gone.",
            code="file-forgotten",
            files=", ".join(files),
        )


def _take_back(change: Change, folder: ChatFolder, noted: Undone, undone: Undone) -> None:
    if undone.corrections:
        change.write_corrections(_leave_out(noted.corrections, undone.corrections))
    if undone.removals:
        change.write_removals(_leave_out(noted.removals, undone.removals))
    for edition in undone.editions:
        change.write_edition(find_edition(folder.read_editions(), edition.before))
    if undone.edits:
        chat = folder.read_chat()
        for edit in reversed(undone.edits):
            chat = put_back(chat, edit.before)
        change.write_chat(chat)
        change.write_edits(_leave_out(noted.edits, undone.edits))


def _leave_out(all_: Sequence[One], some: Sequence[One]) -> list[One]:
    chosen = {id(one) for one in some}
    return [one for one in all_ if id(one) not in chosen]
