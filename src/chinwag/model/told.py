"""A story that somebody told of posts elsewhere: their own words, and the posts between them."""

from __future__ import annotations

from datetime import datetime

import msgspec


class ToldPart(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One piece of it. `kind` is "heading", "paragraph", "post" or "link".

    `text` is a heading as plain text, a paragraph as Markdown, or the words of a link, whose
    `address` leads to it. `post` is the id that the importer gives a post.
    """

    kind: str
    text: str = ""
    post: str = ""
    address: str = ""


class ToldStory(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A story as one file holds it: who told it, where and when (aware UTC), and its parts."""

    parts: tuple[ToldPart, ...]
    title: str = ""
    author: str = ""
    author_name: str = ""
    address: str = ""
    at: datetime | None = None
