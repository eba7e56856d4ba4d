"""What a blog is: the promise that every folder of this room keeps.

A blog keeps one post for each key, however often it is tried, and touches nothing else: no other
post, no comment, no category that somebody chose.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A file that belongs to a post. `key` is always the same for the same content.

    `ending` is that of its name (".png"), `title` what it is called, and `alt` what a picture
    shows, "" for what is no picture.
    """

    key: str
    ending: str
    media_type: str
    data: bytes
    title: str
    alt: str = ""


class Uploaded(msgspec.Struct, frozen=True, kw_only=True):
    """A file that is there: its id on the blog, and its address."""

    id: str
    url: str


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A post as it should be. `html` is a fragment with headings from h2, without style and script.

    `slug` is what its address ends in: the same at every try. `categories` and `tags` are names:
    those that are not there are made, and others that the post has stay.
    """

    slug: str
    title: str
    html: str
    excerpt: str
    categories: Sequence[str] = ()
    tags: Sequence[str] = ()


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A post as the blog has it; its words are those that somebody edits there.

    `state` is "draft", "publish" or another of the blog's own. `edit_url` is where a person edits
    it. `changed` is when it was last changed, in the blog's own words.
    """

    id: str
    url: str
    state: str
    title: str
    html: str
    excerpt: str
    edit_url: str = ""
    changed: str = ""
    categories: Sequence[int] = ()
    tags: Sequence[int] = ()


class Rights(msgspec.Struct, frozen=True, kw_only=True):
    """Who the blog says that the account is, and what it may do there."""

    user: str
    may_publish: bool
    may_upload: bool
    may_make_categories: bool


class Blog(Protocol):
    """A blog, with an account that may write there.

    Everything raises NetworkError where the blog, or the way to it, fails; trying again is safe.
    """

    name: str  # tells it from every other: "wordpress https://library.example/blog"

    async def test(self) -> Rights:
        """Return what the account may do, and change nothing.

        Raises NetworkError with the cause: the address, the account, or its rights.
        """
        ...

    async def find(self, id: str, slug: str) -> Standing | None:
        """Return the post of this id, or without an id that of this slug; None where it is gone."""
        ...

    async def create(self, article: Article, *, publish: bool) -> Standing:
        """Make the post: a draft, unless it is to be public at once."""
        ...

    async def change(self, before: Standing, article: Article, *, publish: bool) -> Standing:
        """Put other words into a post; a draft stays one, unless it is to be public."""
        ...

    async def count_comments(self, id: str) -> int:
        """Return how many comments everybody can read under a post."""
        ...

    async def upload(self, file: File) -> Uploaded:
        """Upload a file, once: where one of the same key is there already, return that."""
        ...

    async def delete_upload(self, id: str) -> None:
        """Delete a file for good. It may be gone already."""
        ...

    async def forget_earlier(self, id: str) -> int:
        """Delete what the blog keeps of a post's earlier wordings; return how many there were."""
        ...
