"""Taking what is gone out of the hosts' editions, in the change that takes out the posts."""

from __future__ import annotations

from collections.abc import Sequence

from chinwag.model import Post
from chinwag.steps.editing import clear_edition, find_gone
from chinwag.stores.folder import Change, ChatFolder, layout


def clear_editions(change: Change, folder: ChatFolder, posts: Sequence[Post]) -> None:
    """Clear every edition of the posts that are gone from `posts`, which the change writes.

    The folder still holds the posts as they were: so it is known whose words they are.
    """
    editions, standing = folder.read_editions(), folder.read_edition()
    if (not editions and standing is None) or not folder.has(layout.POSTS):
        return
    gone = find_gone(folder.read_posts(), posts)
    if not gone:
        return
    change.write_editions(clear_edition(edition, gone, posts) for edition in editions)
    if standing is not None:
        change.write_edition(clear_edition(standing, gone, posts))
