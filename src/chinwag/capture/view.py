"""What a running capture shows: values for a live view, in the terminal, a page or a program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from chinwag.model import Note, Post, RouteRecord

QUIET = timedelta(seconds=30)  # a stream that gave nothing new for so long has no more to say


class RouteView(msgspec.Struct, frozen=True, kw_only=True):
    """How one route is doing.

    `state` is "starting", "running", "waiting" (for its next try), "ended" (it came to its end)
    or "failed" (it was given up for good). `note` says what is wrong, None where nothing is.
    """

    name: str
    state: str
    received: int
    last: datetime | None
    note: Note | None = None


class QuestionView(msgspec.Struct, frozen=True, kw_only=True):
    """How many posts stand under one question so far."""

    label: str
    text: str
    posts: int


class CaptureView(msgspec.Struct, frozen=True, kw_only=True):
    """The capture at one moment.

    `rate` is the posts a minute over the last five, `lag` the seconds from when the last post was
    written to when it was on the disk. `problem` says what is wrong with the folder, such as a
    full disk, and is None where nothing is.
    """

    at: datetime
    hashtag: str
    posts: int
    people: int
    reposts: int
    deleted: int
    rate: float
    lag: float | None
    last: Post | None
    routes: tuple[RouteView, ...]
    questions: tuple[QuestionView, ...]
    unplaced: int
    problem: Note | None = None


class Listener(Protocol):
    """Hears what a capture does: every method is called as it happens."""

    def hear_kept(self, posts: Sequence[str], at: datetime) -> None:
        """Take note that records of these posts (by id) were on the disk at this time."""
        ...

    def hear_notice(self, route: str, kind: str, note: Note) -> None:
        """Take note of something about a route, or about the folder where `route` is ""."""
        ...

    def see(self, view: CaptureView) -> None:
        """Look at the capture, about once a second."""
        ...


class RouteState:
    """How one route is doing, kept while it runs."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.state = "starting"
        self.note: Note | None = None
        self.heard: datetime | None = None  # when it last gave anything new, or was started

    def is_quiet(self, now: datetime) -> bool:
        """Return whether it has given nothing new for a while, though it could."""
        return self.heard is not None and now - self.heard >= QUIET

    def show(self, record: RouteRecord | None) -> RouteView:
        """Return what can be shown of it."""
        return RouteView(
            name=self.name,
            state=self.state,
            received=record.received if record else 0,
            last=record.last if record else None,
            note=self.note,
        )
