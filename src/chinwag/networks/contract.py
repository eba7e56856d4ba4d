"""What a network is: the promise that every folder of this room keeps.

A network offers routes. A route receives records until it is stopped or breaks; whoever runs it
(`workflows/capture_chat`) writes them to the disk, then keeps the cursor, and starts it again from
there after a break. So a route may give a record twice, and must never leave one out.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from chinwag.model import RawPost


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """Records as they came, and where to go on from once they are on the disk.

    `cursor` is the route's own text, given back to `receive` after a break; None leaves it as it
    was. A batch without records may move it ("nothing new until here").
    """

    raws: tuple[RawPost, ...] = ()
    cursor: str | None = None


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """Something about a route that a host may want to know, and the ledger counts.

    `kind` is "connected", "refused" (the server said no for now: 429, 5xx), "silent" (a stream
    said nothing while others found posts) or "lacking" (something cannot be had this way). `what`
    says it in a sentence; `todo`, where a person can do something, what.
    """

    kind: str
    what: str
    todo: str = ""


class Clock(Protocol):
    """The time, and a way to wait."""

    def now(self) -> datetime:
        """Return the time, in aware UTC."""
        ...

    async def pause(self, seconds: float) -> None:
        """Wait."""
        ...


class Watch(Clock, Protocol):
    """What a capture tells its routes, and what they may ask of it. No route reads the clock."""

    hashtag: str  # without "#"
    since: datetime  # nothing before this is wanted
    until: datetime | None  # nothing after this, None while nobody knows

    def is_known(self, id: str) -> bool:
        """Say whether a post of the chat, or an alias of one, has this id."""
        ...

    def list_posts(self, network: str) -> Sequence[tuple[str, datetime]]:
        """Give the chat's posts on a network, its threads included: each id and time.

        A post that is known by aliases too is given once under each of them.
        """
        ...


class Route(Protocol):
    """One way by which posts come: a stream, the polling of a server, the following of threads.

    `name` is the same at every start ("mastodon:stream mastodon.example"); the cursor and the
    ledger's account are kept under it. `network` is the folder's name. `kind` says what
    it can see, for the estimate of what was missed: "stream", "poll", "thread" or "search". Two
    routes with the same `origin` look through the same eyes, so that finding a post by both
    proves little.
    """

    name: str
    network: str
    kind: str
    origin: str

    def receive(self, watch: Watch, cursor: str) -> AsyncIterator[Received | Notice]:
        """Give what comes, from `cursor` on ("" at the first start), until it is stopped or breaks.

        A route that only fills in ends by itself. Every RawPost has `route` ("mastodon:stream"),
        `address` (the server's, never with a token in it), `at` (when it was received) and the
        `payload` as the server said it. Raises NetworkError where the connection or the server
        fails: whoever runs it waits and starts it again.
        """
        ...


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture to post. `alt` describes it for whoever does not see it, and is never empty."""

    data: bytes
    media_type: str
    alt: str


class Announcement(msgspec.Struct, frozen=True, kw_only=True):
    """What a host says to everybody: a question, or a part of one.

    `key` is the same for the same announcement, however often it is tried: a network posts it
    once. `text` is the words as they shall stand, the hashtag among them. `lang` is BCP 47.
    `reply_to` is the network's id of the post that it continues, "" where it continues none.
    `at` is when it shall go out, None for now.
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

    `is_new` is false where it had been posted already. While it waits at the server, `id` is what
    takes it back there and `url` is "".
    """

    id: str
    url: str
    is_new: bool


class Announcer(Protocol):
    """The writing half of a network, with the account of a host."""

    network: str

    def check(self, announcement: Announcement) -> str:
        """Say what would go out and how long it is; raises InputError for what cannot."""
        ...

    async def announce(self, announcement: Announcement) -> Announced:
        """Post it, once. Raises NetworkError; trying again with the same key is safe."""
        ...

    async def edit(self, id: str, announcement: Announcement) -> Announced:
        """Change what a post says. Raises NetworkError, InputError where the network cannot."""
        ...

    async def delete(self, id: str) -> None:
        """Take a post back. One that is gone already is no error. Raises NetworkError."""
        ...
