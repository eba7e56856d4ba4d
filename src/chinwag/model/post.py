"""A post: first as it was received (RawPost), then in the words every room shares (Post)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec


class RawPost(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One record as received: `payload` is what the file or the network said, untouched.

    `route` names the format or network, `address` the file (its name, not its path) or the URL,
    and `line` the 1-based line or record in it, 0 from a network. `at` is when a network gave it
    (UTC), None in a file that was given. A live route is named by its network and how it came
    ("mastodon:stream").
    """

    route: str
    address: str
    line: int = 0
    payload: Any
    at: datetime | None = None


class Sighting(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """Where a post was seen: the importer or network, its file or address, and the line in it.

    `at` is when a network gave it (UTC), None for a file that was given.
    """

    route: str
    address: str
    line: int = 0
    at: datetime | None = None


class Media(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A picture, film or sound. `alt` is its description, empty where its author gave none."""

    url: str
    alt: str = ""
    kind: str = "image"


class Version(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """What an edited post said before, and since when (UTC; None where nobody says)."""

    text: str
    at: datetime | None
    id: str = ""  # where an edit makes a new id (Twitter): the id that this version had


class Repost(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One repost that was folded under its original: its own id, by whom and when (UTC)."""

    id: str
    author: str
    at: datetime


class Post(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """One post in network-neutral words: a line of `posts.jsonl`.

    `id` is the network's own. `author` is the handle without `@`. `text` is plain text as said:
    no HTML, entities undone, lines kept, links written out in full where the source tells them.
    `created_at` is aware UTC. `reply_to` is the id of the post that this one answers, or None.
    `url` is the permalink, "" where there is none. `source` is the route of the first sighting.
    """

    id: str
    author: str
    text: str
    created_at: datetime
    reply_to: str | None
    url: str
    source: str

    author_name: str = ""
    author_id: str = ""
    reply_to_author: str = ""  # the handle, where the source names it; the parent may be missing
    thread: str = ""  # id of the conversation's first post, where the source tells
    lang: str = ""  # BCP 47, as the source says
    hashtags: tuple[str, ...] = ()  # as written, without "#"
    mentions: tuple[str, ...] = ()  # handles without "@"
    links: tuple[str, ...] = ()  # full addresses, in order of appearance
    media: tuple[Media, ...] = ()
    content_warning: str = ""
    quote_of: str = ""  # id of the post that this one quotes
    repost_of: str = ""  # set on a repost that has not been folded: id of its original, or "?"
    reposts: tuple[Repost, ...] = ()  # reposts folded under this post
    repost_count: int = 0  # how often the network says it was reposted; 0 where it says nothing
    edited_at: datetime | None = None
    versions: tuple[Version, ...] = ()  # what it said before, oldest first
    deleted: bool = False  # a tombstone: its text is gone
    removed: str = ""  # on a tombstone that was taken out, not deleted: why (model/removal.py)
    text_lost: bool = False  # `text` is known not to be its own: never summarised, never quoted
    repairs: tuple[
        str, ...
    ] = ()  # what was mended on the way in, by the names of importers/repairs
    sightings: tuple[Sighting, ...] = ()
    # Other ids under which sources know this same post ("mastodon:HOST:LOCALID"): a `reply_to`,
    # `quote_of` or `repost_of` that names one of them means this post.
    aliases: tuple[str, ...] = ()

    @property
    def is_spoken(self) -> bool:
        """Whether its author said it here, and it stands: no tombstone, and nobody else's words."""
        return not (self.deleted or self.repost_of)


class Deletion(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A source says that a post was deleted: whatever is known of it becomes a tombstone.

    `author` and `reply_to` are "" and None where the source does not tell them.
    """

    id: str
    source: str
    author: str = ""
    reply_to: str | None = None
    sighting: Sighting | None = None
