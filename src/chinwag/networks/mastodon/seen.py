"""What a route has given already, so that it gives a status again only when it says more.

It is kept in the route's cursor: a capture that was killed goes on where it stood.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime

import msgspec

from chinwag.errors import Refused
from chinwag.model import RawPost
from chinwag.networks.contract import Watch
from chinwag.networks.http import Client
from chinwag.networks.mastodon.server import (
    REACHED,
    MastodonServer,
    Status,
    is_shown,
    name_number,
    read_history,
    read_moment,
    read_status,
)

MOST = 20_000  # statuses; of what is older only the server can tell whether it was given


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """How a status stood when it was given: when it was posted, last edited, how often boosted."""

    posted: datetime | None
    edited: str = ""
    boosts: int = 0


class Seen:
    """The statuses that were given, by their number at the server, oldest entry first."""

    def __init__(self, marks: Iterable[tuple[str, Mark]] = ()) -> None:
        self._marks: OrderedDict[str, Mark] = OrderedDict(marks)

    def __contains__(self, number: str) -> bool:
        return number in self._marks

    def take(self, status: Status) -> bool:
        """Note a status; say whether it is new, or says something else than before."""
        number, mark = name_number(status), mark_status(status)
        changed = self._marks.get(number) != mark
        self._marks[number] = mark
        if len(self._marks) > MOST:
            self._marks.popitem(last=False)
        return changed

    def was_edited(self, status: Status) -> bool:
        """Say whether a status has been edited since it was given, or before it was seen at all."""
        edited = mark_status(status).edited
        known = self._marks.get(name_number(status))
        return bool(edited) and (known is None or known.edited != edited)

    def forget(self, number: str) -> None:
        """Strike out a status that is gone."""
        self._marks.pop(number, None)

    def list_since(self, moment: datetime) -> list[str]:
        """Give the numbers of those posted after a moment."""
        return [id_ for id_, mark in self._marks.items() if mark.posted and mark.posted > moment]

    def find_newest(self, moment: datetime) -> tuple[str, datetime] | None:
        """Give the last one posted at or before a moment, and when it was."""
        before = (
            (mark.posted, id_)
            for id_, mark in self._marks.items()
            if mark.posted and mark.posted <= moment
        )
        newest = max(before, default=None)
        return (newest[1], newest[0]) if newest else None

    def list_marks(self) -> list[tuple[str, Mark]]:
        """Give everything that was noted, for the cursor."""
        return list(self._marks.items())


def mark_status(status: Status) -> Mark:
    """Give how a status stands."""
    boosts, edited = status.get("reblogs_count"), status.get("edited_at")
    return Mark(
        posted=read_moment(status),
        edited=edited if isinstance(edited, str) else "",
        boosts=boosts if isinstance(boosts, int) else 0,
    )


async def take_status(
    server: MastodonServer, client: Client, watch: Watch, seen: Seen, status: Status, way: str
) -> list[RawPost]:
    """Give a status as a record where it is new or has changed, an edited one with its history."""
    edited = seen.was_edited(status)
    if not seen.take(status):
        return []
    if not edited:
        return [server.make_raw(way, watch, status=status)]
    history = await read_history(client, watch, name_number(status))
    said = {"history": history} if history else {}
    return [server.make_raw(way, watch, status=status, **said)]


async def check_status(
    server: MastodonServer, client: Client, watch: Watch, seen: Seen, number: str, way: str
) -> list[RawPost]:
    """Read a status again that is missing where it stood: it is gone, or stands otherwise."""
    status = await read_status(client, watch, number)
    if not isinstance(status, Refused):
        if not is_shown(status, REACHED):
            return []
        raws = await take_status(server, client, watch, seen, status, way)
        seen.forget(number)  # it is elsewhere now: its hashtag was taken out, or its parent is gone
        return raws
    seen.forget(number)
    if status.status not in (404, 410):
        return []  # nobody says that it is gone, only that we may not look
    gone = {"status": status.status, "said": str(status)}
    return [server.make_raw(way, watch, id=number, gone=gone)]
