"""What a capture tells its routes: the hashtag, from when to when, and what is known already."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from chinwag.capture.live_chat import LiveChat
from chinwag.model import Chat, Window
from chinwag.records.vocabulary import name_network

GRACE = timedelta(minutes=30)  # where nobody said how long late answers are followed
LONG_AGO = timedelta(days=1)  # a chat without a given beginning begins a day before its capture


class Clock(Protocol):
    """The time, and a way to wait."""

    def now(self) -> datetime:
        """Return the time, in aware UTC."""
        ...

    async def pause(self, seconds: float) -> None:
        """Wait."""
        ...


class CaptureEnd(msgspec.Struct, frozen=True, kw_only=True):
    """When a capture ends: `grace` after the chat's end, or, with `once`, when it has caught up.

    Where `grace` is None, it is as long as the chat says.
    """

    grace: timedelta | None = None
    once: bool = False


class ChatWatch:
    """Keeps the promise of `networks.contract.Watch` from the chat in memory.

    `since` is where a chat begins whose window nobody gave.
    """

    def __init__(
        self, chat: LiveChat, clock: Clock, ending: CaptureEnd, since: datetime | None = None
    ) -> None:
        window = _find_given_window(chat.chat)
        self._chat = chat
        self._clock = clock
        self._begun = clock.now()
        self._ending = ending
        self.hashtag = chat.chat.hashtag
        self.since = since or (window.start if window else self._begun - LONG_AGO)
        self.until = _find_end(chat.chat, self._begun, ending)

    def follow(self, chat: Chat) -> None:
        """Take the chat's hour as it stands now: it may have been moved."""
        self.until = _find_end(chat, self._begun, self._ending)

    def is_over(self) -> bool:
        """Return whether nothing later than now is wanted any more."""
        return self.until is not None and self.now() > self.until

    def now(self) -> datetime:
        """Return the time, in aware UTC."""
        return self._clock.now()

    async def pause(self, seconds: float) -> None:
        """Wait between two requests."""
        await self._clock.pause(seconds)

    def is_known(self, id: str) -> bool:
        """Return whether a post of the chat, or an alias of one, has this id."""
        return self._chat.knows(id)

    def list_posts(self, network: str) -> list[tuple[str, datetime]]:
        """Return every id and alias, and the time, of the chat's posts on a network."""
        return [
            (id_, post.created_at)
            for post in self._chat.collection.posts
            if not post.deleted and name_network(post.source) == network
            for id_ in (post.id, *post.aliases)
        ]


def _find_given_window(chat: Chat) -> Window | None:
    """Return the window that a person gave, None where nobody did."""
    window = chat.window
    return window if window is not None and window.by == "person" else None


def _find_end(chat: Chat, now: datetime, ending: CaptureEnd) -> datetime | None:
    """Return when the capture ends, None while nobody knows.

    Late answers are wanted too, and what happens to posts after they were written.
    """
    window = _find_given_window(chat)
    end = window.end + _find_grace(chat, ending) if window else None
    if not ending.once:
        return end
    return min(end, now) if end else now


def _find_grace(chat: Chat, ending: CaptureEnd) -> timedelta:
    if ending.grace is not None:
        return ending.grace
    return GRACE if chat.grace is None else timedelta(minutes=chat.grace)
