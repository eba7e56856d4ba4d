"""Take out what an author wants taken out: of the posts, the story, and the files as received."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from chinwag.capture.editions import clear_editions
from chinwag.capture.journals import list_gone
from chinwag.capture.received import clear_received
from chinwag.errors import Kept
from chinwag.model import Post, Removal
from chinwag.steps.collect import Removed, clear_chat, clear_rewordings
from chinwag.steps.deciding import keep_decisions
from chinwag.stores.folder import Change, ChatFolder, layout
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.clear_made import clear_made
from chinwag.workflows.find_named import find_named
from chinwag.workflows.import_files import Removals, forget_words, read_into
from chinwag.workflows.kept import tell_kept
from chinwag.workflows.make_again import make_again
from chinwag.workflows.progress import Progress, say_nothing
from chinwag.workflows.trace_removal import (
    Found,
    Held,
    Wanted,
    is_named,
    list_near,
    list_needles,
    refuse_unknown,
    trace_removal,
)


class RemovalReport(msgspec.Struct, frozen=True, kw_only=True):
    """What is taken out: posts, reposts, and how many files under `raw/` were rewritten.

    `while_captured` says that a capture was running: it clears its open journal within seconds.
    `is_noted` says that nothing has been taken out yet.
    """

    posts: int
    reposts: int
    files: int
    while_captured: bool = False
    is_noted: bool = False


def remove_posts(
    into: Path,
    said: Sequence[str],
    author: str = "",
    progress: Progress = say_nothing,
    *,
    at: datetime,
    who: str = "",
    as_spam: bool = False,
) -> RemovalReport:
    """Take out the posts that `said` names, and everything by `author`; return what that was.

    It is one change of the folder: whoever opens it later finds everything as before, or nothing of
    the words in any file of it. A tombstone stays for each post, with nothing in it; reposts of it
    go. Files under `raw/` that hold any of it are replaced by what else they hold. What others
    quote of it, or where they name somebody who is out, is replaced by a mark. The summary and the
    story are cut in the same change, and made again after it. Where a capture is running, its open
    journal follows within seconds, and the rest is made again when it ends.

    Raises InputError where no such post or author is there, and what reading the files raises; the
    folder is then as it was. Where only making the rest again fails, the error says so.
    """
    folder = ChatFolder.open(into)
    wanted = Wanted(said, author, as_spam)
    with folder.keep_captures_out() as is_free:
        before = {(file.raw, file.sha256) for file in folder.read_ledger().files}
        with folder.change() as change:
            found, removals = _note(change, folder, wanted, at=at, who=who)
            if is_free:
                carry_out(change, folder, removals, progress)
                files = 0
            else:
                files = cut(change, folder, removals)
    report = RemovalReport(
        posts=found.posts, reposts=found.reposts, files=files, while_captured=not is_free
    )
    if is_free:
        after = {(file.raw, file.sha256) for file in folder.read_ledger().files}
        with tell_kept(Kept.NOTED):
            make_again(into, progress)
        report = msgspec.structs.replace(report, files=len(before - after))
    return report


def note_removal(
    into: Path,
    said: Sequence[str],
    author: str = "",
    *,
    at: datetime,
    who: str = "",
    as_spam: bool = False,
) -> RemovalReport:
    """Note that the posts that `said` names, and everything by `author`, are to be taken out.

    The request stays in `removed.jsonl`, without a handle, so that files which come later do not
    bring them back. `who` noted it, which is never the author. Nothing is taken out yet: see
    `make_again`. Raises InputError where no such post or author is there.
    """
    folder = ChatFolder.open(into)
    with folder.change() as change:
        found, _ = _note(change, folder, Wanted(said, author, as_spam), at=at, who=who)
    return RemovalReport(posts=found.posts, reposts=found.reposts, files=0, is_noted=True)


def is_carried_out(removal: Removal, posts: Iterable[Post], key: bytes) -> bool:
    """Return whether nothing that a removal covers is left among the posts."""
    removed = Removed([removal], key)
    return not any(removed.take_out(post) is not post for post in posts if not post.deleted)


def _note(
    change: Change, folder: ChatFolder, wanted: Wanted, *, at: datetime, who: str
) -> tuple[Found, Removals]:
    """Note what is wanted in a change; return what was found of it, and all that is removed."""
    key = change.keep_removal_key()
    placements = folder.read_placements() if folder.has(layout.PLACEMENTS) else ()
    held = Held(folder.read_posts(), placements, folder.read_removals())
    found = trace_removal(held, wanted, key, who=who, at=at)
    needles, handles = list_needles(found.needles), list_needles(found.handles)
    files = find_named(folder.read_ledger().files, change.find_raw, needles, handles)
    if wanted.author and not (found.posts or found.reposts):
        # Whoever is only named may be taken out, but not in the place of an author who is meant.
        near = list_near(held.posts, wanted.author)
        if near or not (files or is_named(held.posts, wanted.author)):
            raise refuse_unknown(wanted.author, near)
    named = [msgspec.structs.replace(one, files=files) for one in found.removals]
    removals = _mask_files(add_removals(held.earlier, named), key)
    change.keep_note(layout.POSTS)
    change.write_removals(removals)
    return found, Removals(removals, key)


def _mask_files(removals: Sequence[Removal], key: bytes) -> list[Removal]:
    """Return the removals with the names that their files have when all are carried out."""
    removed = Removed(removals, key)
    return [
        msgspec.structs.replace(one, files=tuple(map(removed.mask_file_name, one.files)))
        for one in removals
    ]


def carry_out(change: Change, folder: ChatFolder, removals: Removals, progress: Progress) -> None:
    """Take out in a change what is removed, from everything that the folder holds."""
    made = read_into(change, folder, (), ChatDetails(), removals, progress)
    removed = Removed(removals.asked, removals.key)
    clear_made(change, folder, made.chat, made.posts, made.ledger, removed)


def cut(change: Change, folder: ChatFolder, removals: Removals) -> int:
    """Cut what is removed from all that a running capture does not hold open; return the files."""
    removed = Removed(removals.asked, removals.key)
    kept = (removed.take_out(post) for post in folder.read_posts())
    posts = tuple(post for post in kept if post is not None)
    chat = clear_chat(folder.read_chat(), removed)
    ledger, files = clear_received(change, folder, list_gone(posts, removals.asked, removals.key))
    clear_editions(change, folder, posts, removed)
    forget_words(change, folder, posts, removed, is_certain=False)
    clear_made(change, folder, chat, posts, ledger, removed)
    change.write_chat(chat)
    change.write_posts(posts)
    change.write_rewordings(clear_rewordings(folder.read_rewordings(), posts, removed))
    change.write_decisions(keep_decisions(folder.read_decisions(), posts))
    return len(files)


def add_removals(earlier: Sequence[Removal], new: Sequence[Removal]) -> list[Removal]:
    """Return the removals with the new ones; what was asked for before is not asked for twice."""
    known: dict[tuple[str, str, tuple[str, ...]], Removal] = {}
    for removal in (*earlier, *new):
        known.setdefault(identify(removal), removal)
    return list(known.values())


def identify(removal: Removal) -> tuple[str, str, tuple[str, ...]]:
    """Return what two requests for the same have in common."""
    return removal.post, removal.author, removal.digests
