"""What was published on a blog, so that a later change edits the same post again."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Upload(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file on a blog: the key of its content, the blog's id of it, its address.

    `alt` says what a picture shows, "" for what is no picture.
    """

    key: str
    id: str
    url: str
    alt: str = ""


class Publication(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The chat's one post on one blog: a line of `published.jsonl`.

    `blog` is where ("wordpress https://blog.example"), and `slug` what the post's address ends in:
    the blog finds it by that where a try ended before the blog's `id` of it was known. `state` is
    "wanted" (not known to be there) or "out". `title`, `byline` and `excerpt` are the host's own
    words, "" for what the story says; `categories` and `tags` their names. `archive` is "upload",
    "none" or an address. `pictures` are the keys of those `uploads` that stand over the text, and
    `archived` the key of the one that holds the archive.

    `sent` is the digest of the words that the blog had after the last try that ended well, and
    `sending` of those that were sent to it last, whether or not that ended well: what has neither,
    somebody edited there.
    `removals` counts the removals that it has taken in. `at` is when that was.
    """

    blog: str
    slug: str
    state: str
    at: datetime
    id: str = ""
    url: str = ""
    edit_url: str = ""
    title: str = ""
    byline: str = ""
    excerpt: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    archive: str = "upload"
    archived: str = ""
    pictures: tuple[str, ...] = ()
    uploads: tuple[Upload, ...] = ()
    sent: str = ""
    sending: str = ""
    removals: int = 0
