"""Take out what an author wants taken out: of the posts, the story, and the files as received."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from chinwag.errors import InputError, Kept
from chinwag.model import Post, Removal
from chinwag.steps.collect import Removed, hash_author
from chinwag.stores.folder import ChatFolder, layout
from chinwag.workflows.find_post import find_post
from chinwag.workflows.kept import tell_kept
from chinwag.workflows.make_again import make_again
from chinwag.workflows.progress import Progress, say_nothing


class RemovalReport(msgspec.Struct, frozen=True, kw_only=True):
    """What is taken out: posts, reposts, and how many files under `raw/` were written anew.

    `while_captured` says that a capture was running: it takes them out within seconds. `is_noted`
    says that nothing has been taken out yet.
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
) -> RemovalReport:
    """Note a removal as `note_removal` does, and carry it out; return what that was.

    A tombstone stays for each post, with nothing in it; reposts of it go. Files under `raw/` that
    hold any of it are replaced by what else they hold. What was made of the chat before is made
    again. Where a capture is running, it does all that. Raises what both parts raise; the removal
    is noted where only carrying it out fails, and the error says so.
    """
    noted = note_removal(into, said, author, at=at, who=who)
    folder = ChatFolder.open(into)
    if folder.is_captured:
        return msgspec.structs.replace(noted, while_captured=True, is_noted=False)
    before = folder.read_ledger().files
    with tell_kept(Kept.NOTED):
        remade = make_again(into, progress)
    after = {file.raw for file in folder.read_ledger().files}
    files = sum(file.raw not in after for file in before)
    return msgspec.structs.replace(noted, files=files, is_noted=layout.POSTS in remade.left)


def note_removal(
    into: Path, said: Sequence[str], author: str = "", *, at: datetime, who: str = ""
) -> RemovalReport:
    """Note that the posts that `said` names, and everything by `author`, are to be taken out.

    The request stays in `removed.jsonl`, without a handle, so that files which come later do not
    bring them back. `who` noted it, which is never the author. Nothing is taken out yet: see
    `make_again`. Raises InputError where no such post or author is there.
    """
    folder = ChatFolder.open(into)
    with folder.change() as change:
        posts, earlier = folder.read_posts(), folder.read_removals()
        removals = [Removal(post=find_post(posts, name).id) for name in said]
        removals += [Removal(author=hash_author(author))] if author else []
        removed = Removed(removals)
        taken = [post for post in posts if removed.covers(post) and not post.deleted]
        passed_on = [repost for post in taken for repost in post.reposts]
        reposts = _count_reposts(posts, removed) + len(passed_on)
        if author and not taken and not reposts:
            raise InputError(
                "Nobody called {author!r} wrote or reposted anything in this chat.",
                code="author-unknown",
                author=author,
            )
        # What others passed on of theirs are their words, too.
        removals += [Removal(post=repost.id) for repost in passed_on]
        new = [msgspec.structs.replace(one, who=who, at=at) for one in removals]
        change.keep_note(layout.POSTS)
        change.write_removals(_add(earlier, new))
    return RemovalReport(posts=len(taken), reposts=reposts, files=0, is_noted=True)


def is_carried_out(removal: Removal, posts: Iterable[Post]) -> bool:
    """Return whether nothing that a removal covers is left among the posts."""
    removed = Removed([removal])
    return not any(removed.take_out(post) is not post for post in posts if not post.deleted)


def _add(earlier: Sequence[Removal], new: Sequence[Removal]) -> list[Removal]:
    """Return the removals with the new ones; what was asked for before is not asked for twice."""
    known: dict[tuple[str, str], Removal] = {}
    for removal in (*earlier, *new):
        known.setdefault((removal.post, removal.author), removal)
    return list(known.values())


def _count_reposts(posts: Sequence[Post], removed: Removed) -> int:
    return sum(removed.covers_author(repost.author) for post in posts for repost in post.reposts)
