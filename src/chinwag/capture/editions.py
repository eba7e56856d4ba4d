"""Taking what is gone out of the hosts' editions, in the change that takes out the posts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from chinwag.model import Edition, Post
from chinwag.steps.collect import Removed
from chinwag.steps.editing import clear_edition, find_gone
from chinwag.stores.folder import Change, ChatFolder, layout


def clear_editions(
    change: Change, folder: ChatFolder, posts: Sequence[Post], removed: Removed | None = None
) -> None:
    """Clear every edition of the posts that are gone from `posts`, which the change writes.

    The folder still holds the posts as they were, so whose words they are is known. Where people
    asked for it (`removed`), what others quoted of them goes, too.
    """
    editions, standing = folder.read_editions(), folder.read_edition()
    if (not editions and standing is None) or not folder.has(layout.POSTS):
        return
    asked = removed or Removed()
    before = [_rename(post, asked) for post in folder.read_posts()]
    gone = find_gone(before, posts)
    if not gone and not asked:
        return

    def clear(edition: Edition) -> Edition:
        return _mask(clear_edition(_mask_ids(edition, asked), gone, posts), asked)

    change.write_editions(map(clear, editions))
    if standing is not None:
        change.write_edition(clear(standing))


def _rename(post: Post, removed: Removed) -> Post:
    """Return a post as it was, under the id of the tombstone that may stand for it."""
    return msgspec.structs.replace(post, id=removed.rename(post.id))


def _mask_ids(edition: Edition, removed: Removed) -> Edition:
    return _change_texts(edition, removed.rename) if removed else edition


def _mask(edition: Edition, removed: Removed) -> Edition:
    """Return an edition without the words and names of what is gone, wherever they stand."""
    if not removed:
        return edition
    names = {who: name for who, name in edition.names.items() if not removed.covers_author(who)}
    kept = msgspec.structs.replace(edition, names=names)
    return _change_texts(kept, removed.mask)


def _change_texts(edition: Edition, change: Any) -> Edition:
    return msgspec.convert(_walk(msgspec.to_builtins(edition), change), Edition)


def _walk(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list | tuple):
        return [_walk(one, change) for one in value]
    return (
        {key: _walk(one, change) for key, one in value.items()}
        if isinstance(value, dict)
        else value
    )
