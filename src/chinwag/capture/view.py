"""What a running capture shows: values for a live view, in the terminal, a page or a program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from chinwag.capture.state import ChatState
from chinwag.model import Note, Post, RouteRecord
from chinwag.networks.contract import Route
from chinwag.steps.attend import Unreplied

QUIET = timedelta(seconds=30)  # a stream that gave nothing new for so long has no more to say


class RouteView(msgspec.Struct, frozen=True, kw_only=True):
    """How one route is doing.

    `state` is "starting", "running", "waiting" (for its next try), "ended" (it came to its end)
    or "failed" (it was given up for good). `note` says what is wrong, None where nothing is;
    `is_wrong` is False where that is only a limit of what can be had this way.
    """

    name: str
    network: str
    origin: str
    state: str
    received: int
    last: datetime | None
    note: Note | None = None
    is_wrong: bool = False


class QuestionView(msgspec.Struct, frozen=True, kw_only=True):
    """How one question is doing: its answers without the hosts' own posts, and who gave them.

    `last` is when the last answer was written, None where nobody has answered yet.
    """

    label: str
    text: str
    asked_at: datetime | None
    answers: int
    people: int
    last: datetime | None


class CaptureView(msgspec.Struct, frozen=True, kw_only=True):
    """The capture at one moment. What was deleted or taken out is counted
    nowhere but in `deleted` and `removed`, what reads like spam nowhere but in `spam`, whose
    latest post is `last_spam`, and what is not of the chat's hour (the greetings before it, what
    came later and answers nothing in it) nowhere but in `outside`; `last` may be one of these.

    `rate` is the posts a minute over the last five minutes, or over as many as it has run. `lag` is
    the seconds from when the last new post was written to when it was on the disk. `start` and
    `end` are the chat's hour, `closes` is when the capture ends by itself; None where nobody has
    said so. `unreplied` is how many posts of participants have no reply, `in_need` the few of them
    that need one most. `problem` says what is wrong with the folder, such as a full disk, and is
    None where nothing is.
    """

    at: datetime
    hashtag: str
    time_zone: str
    start: datetime | None
    end: datetime | None
    closes: datetime | None
    posts: int
    people: int
    reposts: int
    deleted: int
    removed: int = 0
    spam: int = 0
    outside: int = 0
    rate: float
    lag: float | None
    last: Post | None
    routes: tuple[RouteView, ...]
    questions: tuple[QuestionView, ...]
    unplaced: int
    unreplied: int
    in_need: tuple[Unreplied, ...]
    problem: Note | None = None
    last_spam: Post | None = None


class Listener(Protocol):
    """Hears what a capture does: every method is called as it happens."""

    def hear_kept(self, posts: Sequence[str], at: datetime) -> None:
        """Take note that records of these posts (by id) were on the disk at this time."""
        ...

    def hear_notice(self, route: str, kind: str, note: Note) -> None:
        """Take note of something about a route, or about the folder where `route` is "".

        `kind` is that of a notice (`networks.contract`), "lost" and "recovered" around a break,
        "ended" for a route that was given up, or "full", "room" and "damaged" for the folder.
        """
        ...

    def hear_written(self, state: ChatState) -> None:
        """Take note of what the folder's files say now. Called in a thread; it may take a while."""
        ...

    def see(self, view: CaptureView) -> None:
        """Look at the capture, about once a second."""
        ...


class RouteState:
    """How one route is doing, kept while it runs."""

    def __init__(self, route: Route) -> None:
        self.state = "starting"
        self.heard: datetime | None = None  # when it last gave anything new, or was started
        self._route = route
        self._trouble: Note | None = None  # what is wrong until the route works again
        self._limit: Note | None = None  # what cannot be had this way, however well it works

    @property
    def is_troubled(self) -> bool:
        """Whether something is wrong that may pass."""
        return self._trouble is not None

    def note_trouble(self, note: Note) -> None:
        """Note what is wrong until it works again."""
        self._trouble = note

    def note_limit(self, note: Note) -> None:
        """Note what cannot be had this way."""
        self._limit = note

    def note_well(self) -> None:
        """Note that it works."""
        self.state = "running"
        self._trouble = None

    def is_quiet(self, now: datetime) -> bool:
        """Return whether it has given nothing new for a while, though it could."""
        return self.heard is not None and now - self.heard >= QUIET

    def show(self, record: RouteRecord | None) -> RouteView:
        """Return what can be shown of it, with what the account has counted."""
        return RouteView(
            name=self._route.name,
            network=self._route.network,
            origin=self._route.origin,
            state=self.state,
            received=record.received if record else 0,
            last=record.last if record else None,
            note=self._trouble or self._limit,
            is_wrong=self.is_troubled,
        )
