"""The statuses that a route has passed on, so that it passes one on again only when it has changed.

They are kept in the route's cursor: after a kill a capture goes on where it was.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime

import msgspec

from chinwag.errors import Refused
from chinwag.http.client import Client
from chinwag.model import RawPost
from chinwag.networks.contract import Watch
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
from chinwag.records.json_access import as_count, as_text

MOST = 20_000  # statuses that are remembered


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """A status as it was passed on: when it was posted, last edited, how often it was boosted."""

    posted: datetime | None
    edited: str = ""
    boosts: int = 0


class Seen:
    """The statuses that were passed on, by their number at the server, oldest entry first."""

    def __init__(self, marks: Iterable[tuple[str, Mark]] = ()) -> None:
        self._marks: OrderedDict[str, Mark] = OrderedDict(marks)

    def __contains__(self, number: str) -> bool:
        return number in self._marks

    def take(self, status: Status) -> bool:
        """Note a status; return whether it is new or has changed."""
        number, mark = name_number(status), mark_status(status)
        changed = self._marks.get(number) != mark
        self._marks[number] = mark
        if len(self._marks) > MOST:
            self._marks.popitem(last=False)
        return changed

    def was_edited(self, status: Status) -> bool:
        """Return whether a status was edited since it was passed on, or before it was first met."""
        edited = mark_status(status).edited
        known = self._marks.get(name_number(status))
        return bool(edited) and (known is None or known.edited != edited)

    def forget(self, number: str) -> None:
        """Strike out a status that is gone."""
        self._marks.pop(number, None)

    def list_since(self, moment: datetime) -> list[str]:
        """Return the numbers of the statuses posted after a moment."""
        return [id_ for id_, mark in self._marks.items() if mark.posted and mark.posted > moment]

    def find_newest(self, moment: datetime) -> tuple[str, datetime] | None:
        """Return the last status posted at or before a moment: its number and its time."""
        before = (
            (mark.posted, id_)
            for id_, mark in self._marks.items()
            if mark.posted and mark.posted <= moment
        )
        newest = max(before, default=None)
        return (newest[1], newest[0]) if newest else None

    def list_marks(self) -> list[tuple[str, Mark]]:
        """Return everything that was noted, for the cursor."""
        return list(self._marks.items())


def mark_status(status: Status) -> Mark:
    """Return the mark of a status."""
    return Mark(
        posted=read_moment(status),
        edited=as_text(status.get("edited_at")),
        boosts=as_count(status.get("reblogs_count")),
    )


async def take_status(
    server: MastodonServer, client: Client, watch: Watch, seen: Seen, status: Status, way: str
) -> list[RawPost]:
    """Return a record of a status that is new or has changed, with its history if it was edited."""
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
    """Return a record of a status that is missing where it was: it is gone, or has changed."""
    status = await read_status(client, watch, number)
    if not isinstance(status, Refused):
        return await _take_moved(server, client, watch, seen, status, way)
    seen.forget(number)
    if status.status not in (404, 410):
        return []  # the server does not say that it is gone, only that we may not look
    gone = {"status": status.status, "said": str(status)}
    return [server.make_raw(way, watch, id=number, gone=gone)]


async def _take_moved(
    server: MastodonServer, client: Client, watch: Watch, seen: Seen, status: Status, way: str
) -> list[RawPost]:
    """Return a record of a status that is elsewhere now: without its hashtag, or its parent."""
    if not is_shown(status, REACHED):
        return []
    raws = await take_status(server, client, watch, seen, status, way)
    seen.forget(name_number(status))
    return raws
