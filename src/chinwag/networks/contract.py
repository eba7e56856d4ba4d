"""What a network is: the promise that every folder of this room keeps.

A network offers routes. A route receives records until it is stopped or breaks. The capture that
runs it writes the records to the disk, then keeps the cursor, and starts the route again from there
after a break. So a route may give a record twice, and must never leave one out.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from chinwag.http.clock import Clock
from chinwag.model import Note, Part, RawPost, make_worded_note


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """Records as they came, and the cursor to keep once they are on the disk.

    `cursor` is the route's own text, handed to `receive` after a break; None leaves it as it was.
    A batch without records may move it ("nothing new until here").
    """

    raws: tuple[RawPost, ...] = ()
    cursor: str | None = None


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """Something about a route that a host may want to know and that the ledger counts.

    `kind` is "connected", "refused" (the server said no for now: 429, 5xx), "silent" (a stream
    said nothing while others found posts) or "lacking" (something cannot be had this way).
    """

    kind: str
    note: Note


def make_notice(kind: str, message: str, /, *, code: str, **parts: Part) -> Notice:
    """Return a notice of a kind: its code, its parts, and an English message that names them."""
    return Notice(kind=kind, note=make_worded_note(message, code=code, **parts))


class Watch(Clock, Protocol):
    """What a capture wants, and what it knows already. Routes read the time through it alone."""

    hashtag: str  # without "#"
    since: datetime  # nothing before this is wanted
    until: datetime | None  # nothing after this, None while nobody knows

    def is_known(self, id: str) -> bool:
        """Return whether a post of the chat, or an alias of one, has this id."""
        ...

    def list_posts(self, network: str) -> Sequence[tuple[str, datetime]]:
        """Return the id and the time of each of the chat's posts on a network, threads included.

        A post with aliases is there once under each of them.
        """
        ...


def covers(watch: Watch, at: datetime) -> bool:
    """Return whether a post of this time is of the chat's time."""
    if at < watch.since:
        return False
    return watch.until is None or at <= watch.until


def is_over(watch: Watch) -> bool:
    """Return whether the chat's time has passed."""
    return watch.until is not None and watch.now() > watch.until


class Route(Protocol):
    """One way by which posts come: a stream, the polling of a server, the following of threads.

    `name` is the same at every start ("mastodon:stream mastodon.example"); the cursor and the
    ledger's account are kept under it. `network` is the folder's name. `kind` is what the route can
    see, for the estimate of what was missed: "stream", "poll", "thread" or "search". Two routes
    with the same `origin` read the same source, so a post that both find proves little about what
    was missed.
    """

    name: str
    network: str
    kind: str
    origin: str

    def receive(self, watch: Watch, cursor: str) -> AsyncIterator[Received | Notice]:
        """Yield what comes after `cursor` ("" at the first start), until it is stopped or breaks.

        A route that only fills gaps ends by itself. Every RawPost has `route` ("mastodon:stream"),
        `address` (the server's, never with a token in it), `at` (when it was received) and the
        `payload` as the server said it. Raises NetworkError where the connection or the server
        fails: the capture then waits and starts the route again.
        """
        ...


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture to post. `alt` describes it for people who cannot see it, and is never empty."""

    data: bytes
    media_type: str
    alt: str


class Announcement(msgspec.Struct, frozen=True, kw_only=True):
    """A post by a host: a question, a part of one, or other words to everybody.

    `key` stays the same however often the announcement is tried, and a network posts it once.
    `text` is the whole text, with the hashtag in it. `lang` is a BCP 47 tag. `reply_to` is the
    network's id of the post that this one continues, "" for none.
    `at` is when it should go out, None for now.
    """

    key: str
    text: str
    hashtag: str
    lang: str
    picture: Picture | None = None
    reply_to: str = ""
    at: datetime | None = None


class Announced(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an announcement: the post's id and permalink.

    `is_new` is false where it had been posted before. While the server holds it back until it is
    due, `url` is "" and `id` serves to delete it.
    """

    id: str
    url: str
    is_new: bool


class Announcer(Protocol):
    """Posting on a network with a host's account."""

    network: str

    def check(self, announcement: Announcement) -> str:
        """Return what would go out and how long it is. Raises InputError for what cannot go out."""
        ...

    async def check_rights(self) -> None:
        """Find out whether the account may post, and post nothing. Raises NetworkError if not."""
        ...

    async def announce(self, announcement: Announcement) -> Announced:
        """Post it, once. Raises NetworkError; trying again with the same key is safe."""
        ...

    async def look_up(self, id: str, text: str, at: datetime) -> Announced | None:
        """Return what has become of an announcement that waited at the server until `at`.

        Its `url` is "" while it still waits. None stands for one that is neither there nor out.
        Raises NetworkError.
        """
        ...

    async def edit(self, id: str, announcement: Announcement) -> Announced:
        """Replace a post's text. Raises NetworkError, and InputError where that is impossible."""
        ...

    async def delete(self, id: str) -> None:
        """Delete a post. It may be gone already. Raises NetworkError."""
        ...
