"""Removing: leave out what an author asked to have taken out, wherever it comes from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec

from chinwag.model import Post, Removal
from chinwag.steps.collect.merge import make_tombstone


class Removed:
    """Everything that is to be left out of a chat."""

    def __init__(self, removals: Iterable[Removal]) -> None:
        asked = tuple(removals)
        self._posts = {removal.post for removal in asked} - {""}
        self._authors = {removal.author for removal in asked} - {""}

    def __bool__(self) -> bool:
        """Whether anybody asked for anything."""
        return bool(self._posts or self._authors)

    def covers(self, post: Post) -> bool:
        """Whether this post is to be left out: by its id, by its author, or as a repost of it."""
        ids = {post.id, post.repost_of, *post.aliases}
        return bool(ids & self._posts) or self.covers_author(post.author)

    def covers_author(self, handle: str) -> bool:
        """Whether everything by this author is to be left out."""
        return bool(self._authors) and hash_author(handle) in self._authors

    def take_out(self, post: Post) -> Post | None:
        """Return what may stay: a tombstone for a post, nothing for a repost.

        A post that stays keeps only those reposts whose authors stay.
        """
        if self.covers(post):
            return None if post.repost_of else make_tombstone(post)
        reposts = tuple(one for one in post.reposts if not self.covers_author(one.author))
        if len(reposts) == len(post.reposts):
            return post
        return msgspec.structs.replace(post, reposts=reposts)


def hash_author(handle: str) -> str:
    """Return what is kept of a handle: its SHA-256, in lower case and without `@`."""
    return hashlib.sha256(handle.strip().lstrip("@").casefold().encode()).hexdigest()
