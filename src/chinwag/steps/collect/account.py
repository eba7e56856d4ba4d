"""The account of a capture: per route what came, when, and what went wrong.

It is kept record by record from the capture's journals, from which it can be made again at any
time: a capture notes what happens to its routes in the journal itself, as records of the route
"capture:...", so that the ledger rests on the same lines as the posts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import datetime, timedelta
from typing import Any

import msgspec

from chinwag.model import (
    CaptureRecord,
    Gap,
    Note,
    Post,
    RawPost,
    RouteNotice,
    RouteRecord,
    make_note,
    quote_note,
)
from chinwag.records.vocabulary import BEGUN, GIVES, NOTICE, ROUTE, TORN
from chinwag.steps.collect.completeness import estimate_completeness
from chinwag.steps.collect.tagging import lost_tag

LATE = timedelta(minutes=5)  # a post first seen so long after it was written came late
_MOST_NOTICES = 20  # a route's different sentences that are kept


class Account:
    """Counts what a capture's journals hold: `see` takes every record, in order."""

    def __init__(self) -> None:
        self._runs = self._torn = 0
        self._first: datetime | None = None
        self._last: datetime | None = None
        self._routes: dict[str, RouteRecord] = {}
        self._names: dict[str, str] = {}  # "ROUTE ADDRESS": the route's name
        self._since: dict[str, datetime] = {}  # since when a route has said nothing new

    def see(self, raw: RawPost) -> None:
        """Count one record: a post's, or what the capture noted down."""
        if raw.at is not None:
            self._first = self._first or raw.at
            self._last = raw.at
        if raw.route == BEGUN:
            self._runs += 1
            self._break_silences()
        elif raw.route == TORN:
            self._torn += 1
        elif raw.route == ROUTE:
            self._start(raw.address, raw.payload)
        elif raw.route == GIVES:
            self._name(raw.address, raw.payload["seen_as"])
        elif raw.route == NOTICE:
            self._note(raw.address, raw.payload, raw.at)
        elif raw.at is not None:
            self._receive(f"{raw.route} {raw.address}", raw.at)

    def list_routes(self) -> tuple[RouteRecord, ...]:
        """Return the account of every route, in the order in which they were first started."""
        return tuple(self._routes.values())

    def copy(self) -> Account:
        """Return an account that stays as this one is now."""
        same = copy(self)
        same._routes, same._names = dict(self._routes), dict(self._names)
        same._since = dict(self._since)
        return same

    def knows(self, seen_as: str) -> bool:
        """Return whether it is known which route gives records under this "ROUTE ADDRESS"."""
        return seen_as in self._names

    def sum_up(self, posts: Sequence[Post], hashtag: str) -> CaptureRecord:
        """Return the account of the capture, with what became of the chat's posts."""
        return CaptureRecord(
            runs=self._runs,
            first=self._first,
            last=self._last,
            torn=self._torn,
            routes=self.list_routes(),
            late=find_late(posts),
            edited=tuple(post.id for post in posts if post.edited_at or post.versions),
            tag_removed=find_untagged(posts, hashtag),
            completeness=estimate_completeness(posts, self.list_routes(), hashtag),
        )

    def _start(self, name: str, said: dict[str, Any]) -> None:
        known = self._routes.get(name) or RouteRecord(
            name=name, network=said["network"], kind=said["kind"], origin=said["origin"]
        )
        self._routes[name] = msgspec.structs.replace(known, starts=known.starts + 1)

    def _name(self, name: str, seen_as: str) -> None:
        self._names[seen_as] = name
        route = self._routes[name]
        if seen_as not in route.seen_as:
            self._change(name, seen_as=(*route.seen_as, seen_as))

    def _receive(self, seen_as: str, at: datetime) -> None:
        name = self._names.get(seen_as)
        if name is None:
            return
        route = self._routes[name]
        changes: dict[str, Any] = {"received": route.received + 1, "last": at}
        changes["first"] = route.first or at
        since = self._since.get(name)
        if since and (at - since).total_seconds() > route.longest_silence:
            changes["longest_silence"] = round((at - since).total_seconds(), 1)
            changes["silent_from"] = since
        self._since[name] = at
        self._change(name, **changes)

    def _note(self, name: str, said: dict[str, Any], at: datetime | None) -> None:
        route = self._routes.get(name)
        if route is None or at is None:
            return
        counted = {"connected": "connections", "lost": "losses", "refused": "refusals"}
        if field := counted.get(said["kind"]):
            self._change(name, **{field: getattr(route, field) + 1})
        if said["kind"] != "connected":
            self._change(name, notices=_add_notice(route.notices, said, at))

    def _change(self, name: str, **changes: Any) -> None:
        self._routes[name] = msgspec.structs.replace(self._routes[name], **changes)

    def _break_silences(self) -> None:
        """Leave out of all silences the time in which no capture ran."""
        self._since.clear()


def tell_capture(capture: CaptureRecord) -> tuple[tuple[Gap, ...], tuple[Note, ...]]:
    """Return what a host should know about a capture: what is or may be missing, and other notes.

    What a host can do about a gap stays in the notice of the route: readers do not need it.
    """
    gaps = [Gap(what=notice.what) for notice in _list_lacking(capture)]
    notes = []
    for estimate in capture.completeness:
        if estimate.estimate is None or estimate.high > estimate.found:
            gaps.append(Gap(what=estimate.said, why=estimate.why))
        else:
            notes.append(estimate.said)
    if capture.late:
        notes.append(make_note("posts-late", posts=len(capture.late)))
    if capture.tag_removed:
        notes.append(make_note("posts-untagged", posts=len(capture.tag_removed)))
    return tuple(dict.fromkeys(gaps)), tuple(notes)


def _list_lacking(capture: CaptureRecord) -> list[RouteNotice]:
    """Return the notices that something cannot be had, or is no longer tried."""
    notices = [notice for route in capture.routes for notice in route.notices]
    return [notice for notice in notices if notice.kind in ("lacking", "ended")]


def find_late(posts: Iterable[Post]) -> tuple[str, ...]:
    """Return the ids of posts that were first seen over five minutes after they were written."""
    return tuple(post.id for post in posts if _came_late(post))


def _came_late(post: Post) -> bool:
    """Return whether every sighting of a post has its time, and all of them are late."""
    seen = [sighting.at for sighting in post.sightings if sighting.at]
    if not seen or len(seen) < len(post.sightings):
        return False
    return min(seen) - post.created_at > LATE


def find_untagged(posts: Iterable[Post], hashtag: str) -> tuple[str, ...]:
    """Return the ids of posts that once carried the hashtag, and no longer do after an edit."""
    return tuple(post.id for post in posts if lost_tag(post, hashtag))


def _add_notice(
    notices: tuple[RouteNotice, ...], said: dict[str, Any], at: datetime
) -> tuple[RouteNotice, ...]:
    """Count a notice that was given before, or add it; the oldest one makes room."""
    kind, what = said["kind"], _read_note(said)
    for place, known in enumerate(notices):
        if (known.kind, known.what) == (kind, what):
            again = msgspec.structs.replace(known, times=known.times + 1, last=at)
            return (*notices[:place], again, *notices[place + 1 :])
    todo = quote_note(said["todo"]) if said.get("todo") else None
    new = RouteNotice(kind=kind, what=what, todo=todo, times=1, first=at, last=at)
    return (*notices, new)[-_MOST_NOTICES:]


def _read_note(said: dict[str, Any]) -> Note:
    """Return what a notice of a journal says; older journals have it as a sentence."""
    return msgspec.convert(said["note"], Note) if "note" in said else quote_note(said["what"])
