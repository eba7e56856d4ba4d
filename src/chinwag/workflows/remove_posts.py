"""Take out what an author wants taken out: of the posts, the story, and the files as received."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from chinwag.errors import InputError
from chinwag.model import Post, Removal
from chinwag.steps.collect import Removed, hash_author
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.chat_details import ChatDetails
from chinwag.workflows.find_post import find_post
from chinwag.workflows.import_files import import_files
from chinwag.workflows.make_again import make_again
from chinwag.workflows.progress import Progress, say_nothing


class RemovalReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken out: posts, reposts, and how many files under `raw/` were written anew.

    `while_captured` says that a capture was running: it takes them out within seconds.
    """

    posts: int
    reposts: int
    files: int
    while_captured: bool = False


def remove_posts(
    into: Path, said: Sequence[str], author: str = "", progress: Progress = say_nothing
) -> RemovalReport:
    """Take out the posts that `said` names, and everything by `author`; give what that was.

    A tombstone stays for each post, with nothing in it; reposts of it go. Files under `raw/` that
    hold any of it are replaced by what else they hold. The wish is kept (`removed.jsonl`, without
    a handle), so that files which come later do not bring it back. What was made of the chat
    before is made again. Where a capture is running, it does all that. Raises InputError where no
    such post or author is there.
    """
    folder = ChatFolder.open(into)
    posts, before = folder.read_posts(), folder.read_ledger().files
    removals = [Removal(post=find_post(posts, name).id) for name in said]
    removals += [Removal(author=hash_author(author))] if author else []
    removed = Removed(removals)
    taken = [post for post in posts if removed.covers(post) and not post.deleted]
    reposts = _count_reposts(posts, removed)
    if author and not taken and not reposts:
        raise InputError(
            "Nobody called {author!r} wrote or reposted anything in this chat.",
            code="author-unknown",
            author=author,
        )
    # What others passed on of theirs are their words, too.
    removals += [Removal(post=repost.id) for post in taken for repost in post.reposts]
    reposts += sum(len(post.reposts) for post in taken)
    if folder.is_captured:
        with folder.change() as change:
            change.write_removals(dict.fromkeys((*folder.read_removals(), *removals)))
        return RemovalReport(posts=len(taken), reposts=reposts, files=0, while_captured=True)
    import_files([], into, ChatDetails(), progress, removals=removals)
    make_again(into)
    after = {file.raw for file in folder.read_ledger().files}
    files = sum(file.raw not in after for file in before)
    return RemovalReport(posts=len(taken), reposts=reposts, files=files)


def _count_reposts(posts: Sequence[Post], removed: Removed) -> int:
    return sum(removed.covers_author(repost.author) for post in posts for repost in post.reposts)
