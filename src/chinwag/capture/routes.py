"""Run the routes of a capture: each starts at once, breaks by itself, and is started again.

After a break a route waits as long as its server asked, else longer each time, but no longer than
until another route reaches that server again. Only what cannot be mended ends a route, with a
sentence; the others go on.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from typing import Any

import msgspec

from chinwag.backoff import draw_wait
from chinwag.capture.threads import stop_tasks
from chinwag.capture.view import Listener, RouteState
from chinwag.errors import NetworkError, Refused
from chinwag.model import Note, RawPost, make_worded_note, note_error
from chinwag.networks.contract import Notice, Received, Route, Watch
from chinwag.records.vocabulary import GIVES, NOTICE, ROUTE

FIRST_WAIT = 1.0  # seconds, before the first new try, at most
LONGEST_WAIT = 60.0
LAST_TRIES = 8  # failures in a row, after the chat is over, with which a server is given up
FIRST_TRIES = 4  # as many where it has never answered: its name is wrong, or there is no network

WORKS_AGAIN = make_worded_note("It works again.", code="route-works-again")

_log = logging.getLogger(__name__)

# Takes a route's name, its records and its cursor (None leaves it); waits where too much waits.
Take = Callable[[str, tuple[RawPost, ...], str | None], Awaitable[bool]]


class Recoveries:
    """Tells the routes that wait for a server when another route gets through to it again."""

    def __init__(self) -> None:
        self._next: dict[tuple[str, str], asyncio.Event] = {}

    def expect(self, route: Route) -> asyncio.Event:
        """Return what is set when a route with the same origin recovers."""
        return self._next.setdefault((route.network, route.origin), asyncio.Event())

    def tell(self, route: Route) -> None:
        """Say that a route which was in trouble works again."""
        if (expected := self._next.pop((route.network, route.origin), None)) is not None:
            expected.set()


class RouteRunner:
    """Runs one route until it ends by itself or for good, or is cancelled.

    `cursors` is where the route goes on from; `recoveries` is shared by all routes of a capture;
    `jitter` returns numbers from 0 to 1.
    """

    def __init__(
        self,
        route: Route,
        cursors: Mapping[str, str],
        take: Take,
        listener: Listener,
        recoveries: Recoveries,
        jitter: Callable[[], float],
    ) -> None:
        self.route = route
        self.state = RouteState(route)
        self.given_up: Note | None = None  # why it was not tried any more
        self._cursors = cursors
        self._take = take
        self._listener = listener
        self._recoveries = recoveries
        self._jitter = jitter
        self._failures = 0
        self._has_answered = False
        self._named: set[str] = set()
        # What the log calls it: no name, which may hold more of an address.
        self._label = f"{route.network} {route.kind} of {route.origin}"

    async def run(self, watch: Watch) -> None:
        """Start the route, and again after every break. Only a fault of ours raises anything."""
        try:
            await self._run(watch)
        finally:
            if self.state.state not in ("ended", "failed"):
                self.state.state = "failed"

    async def _run(self, watch: Watch) -> None:
        while True:
            self.state.heard = self.state.heard or watch.now()
            _log.info("%s started.", self._label)
            await self._note_start(watch)
            try:
                await self._receive(watch)
            except NetworkError as error:
                self._failures += 1
                if error.is_final or self._is_hopeless(watch):
                    await self._give_up(watch, error)
                    return
                await self._wait(watch, error)
            else:
                self.state.state = "ended"
                return

    async def _receive(self, watch: Watch) -> None:
        cursor = self._cursors.get(self.route.name, "")
        items = self.route.receive(watch, cursor)
        try:
            async for item in items:
                if isinstance(item, Notice):
                    await self._hear(watch, item)
                else:
                    await self._pass_on(watch, item)
        finally:
            await _close(items)

    async def _pass_on(self, watch: Watch, item: Received) -> None:
        events = [self._name(raw) for raw in item.raws if self._is_new(raw)]
        is_new = await self._take(self.route.name, (*events, *item.raws), item.cursor)
        if is_new:
            self.state.heard = watch.now()
        self._note_well()
        if item.raws:
            self._failures = 0

    async def _hear(self, watch: Watch, notice: Notice) -> None:
        if notice.kind == "connected":
            self._failures = 0
            self._note_well()
        elif notice.kind == "lacking":
            self.state.note_limit(notice.note)
        else:
            self.state.note_trouble(notice.note)
        await self._note(watch, notice.kind, notice.note)

    def _note_well(self) -> None:
        self._has_answered = True
        if self.state.is_troubled:
            _log.info("%s works again.", self._label)
            self._listener.hear_notice(self.route.name, "recovered", WORKS_AGAIN)
            self._recoveries.tell(self.route)
        self.state.note_well()

    async def _wait(self, watch: Watch, error: NetworkError) -> None:
        seconds = error.wait
        if seconds is None:
            seconds = draw_wait(
                self._failures, self._jitter, first=FIRST_WAIT, longest=LONGEST_WAIT
            )
        self.state.state = "waiting"
        self.state.note_trouble(note_error(error))
        kind = "refused" if isinstance(error, Refused) else "lost"
        _log.warning(
            "%s was %s (%s), try again in %.1f s.", self._label, kind, _describe(error), seconds
        )
        await self._note(watch, kind, note_error(error))
        if error.wait is None:
            await self._pause_or_recover(watch, seconds)
        else:
            await watch.pause(seconds)

    async def _pause_or_recover(self, watch: Watch, seconds: float) -> None:
        """Wait that long, or until shortly after another route reaches the same server."""
        recovered = self._recoveries.expect(self.route)
        pausing = asyncio.create_task(watch.pause(seconds))
        hearing = asyncio.create_task(recovered.wait())
        try:
            await asyncio.wait([pausing, hearing], return_when=asyncio.FIRST_COMPLETED)
        finally:
            await stop_tasks([pausing, hearing])
        if not pausing.cancelled():
            pausing.result()
        else:  # two routes that wake each other must not do so without a pause
            await watch.pause(self._jitter() * FIRST_WAIT)

    def _is_hopeless(self, watch: Watch) -> bool:
        """Return whether the chat is over, and this route has failed all along since."""
        is_over = watch.until is not None and watch.now() > watch.until
        most = LAST_TRIES if self._has_answered else FIRST_TRIES
        return is_over and self._failures >= most

    async def _give_up(self, watch: Watch, error: NetworkError) -> None:
        self.state.state = "failed"
        self.given_up = note_error(error)
        self.state.note_trouble(self.given_up)
        _log.error("%s was given up (%s).", self._label, _describe(error))
        await self._note(watch, "ended", self.given_up)

    async def _note(self, watch: Watch, kind: str, note: Note) -> None:
        self._listener.hear_notice(self.route.name, kind, note)
        await self._write(watch, NOTICE, {"kind": kind, "note": msgspec.to_builtins(note)})

    async def _note_start(self, watch: Watch) -> None:
        route = self.route
        payload = {"network": route.network, "kind": route.kind, "origin": route.origin}
        await self._write(watch, ROUTE, payload)

    async def _write(self, watch: Watch, event: str, payload: dict[str, Any]) -> None:
        event_raw = RawPost(
            route=event, address=self.route.name, line=0, payload=payload, at=watch.now()
        )
        await self._take(self.route.name, (event_raw,), None)

    def _is_new(self, raw: RawPost) -> bool:
        seen_as = f"{raw.route} {raw.address}"
        is_new = seen_as not in self._named
        self._named.add(seen_as)
        return is_new

    def _name(self, raw: RawPost) -> RawPost:
        """Return the record which says that what stands under this name came by this route."""
        payload = {"seen_as": f"{raw.route} {raw.address}"}
        return RawPost(route=GIVES, address=self.route.name, line=0, payload=payload, at=raw.at)


async def _close(items: AsyncIterator[Any]) -> None:
    """Let a route that is stopped close its connection now, not when memory is tidied."""
    if (close := getattr(items, "aclose", None)) is not None:
        await close()


def list_given_up(runners: Sequence[RouteRunner]) -> dict[str, Note]:
    """Return why routes were given up, by name, where no other looks in the same place.

    Searches and threads only fill in: for them another look at the network is enough.
    """
    working = [one.route for one in runners if not one.given_up and one.route.kind != "thread"]
    places = {(route.network, route.origin) for route in working}
    networks = {route.network for route in working}
    return {
        one.route.name: one.given_up
        for one in runners
        if one.given_up and not _is_replaced(one.route, places, networks)
    }


def _is_replaced(
    route: Route, places: Collection[tuple[str, str]], networks: Collection[str]
) -> bool:
    if (route.network, route.origin) in places:
        return True
    return route.kind in ("search", "thread") and route.network in networks


def _describe(error: NetworkError) -> str:
    """Return what the log may hold of a failure: no words of a server's, which may be anybody's."""
    return f"status {error.status}" if isinstance(error, Refused) else type(error).__name__
