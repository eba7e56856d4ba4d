"""Jetstream: the network's events as JSON over a web socket, posts and reposts alone.

It reads two wires: `network.bsky.jetstream.subscribeEvents` (since August 2026), and `/subscribe`
where a host has only that. A place is a time and, with its host, a number: on the same host reading
goes on exactly there, on another host a few seconds earlier, so that events may come twice.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

import msgspec
from websockets.asyncio.client import ClientConnection

from chinwag.errors import NetworkError, Refused
from chinwag.http.bodies import decode_json
from chinwag.http.client import Client
from chinwag.http.server_names import find_host, name_server
from chinwag.networks.bluesky.people import People
from chinwag.networks.bluesky.sieve import Commit, Sieve
from chinwag.networks.bluesky.stream import (
    HEARTBEAT,
    Event,
    Place,
    Pump,
    from_microseconds,
    hydrate,
    is_past,
    open_socket,
    to_microseconds,
)
from chinwag.networks.contract import Notice, Received, Watch, make_notice
from chinwag.records.ids import BLUESKY_POST, BLUESKY_REPOST

NEWER = "/xrpc/network.bsky.jetstream.subscribeEvents"
OLDER = "/subscribe"
DICTIONARY = "/xrpc/network.bsky.jetstream.getZstdDictionary"
REWIND = timedelta(seconds=5)  # before the time at which reading on another host ended
LONGEST = 1 << 20  # bytes of an event; a post has one or two thousand

_NOTED = re.compile(rb'"kind":"identity"|subscribeEvents#(?:identity|info)"')
_CURSOR = re.compile(r"(?P<microseconds>[0-9]{1,17}) (?P<seq>[0-9]{1,15}) (?P<host>\S+)")
Unpack = Callable[[bytes], bytes]


class Start(msgspec.Struct, frozen=True):
    """The place to go on from, and the host on which its number is valid."""

    place: Place | None = None
    host: str = ""


class BlueskyJetstream:
    """Reads everything that is posted on the network, and yields the chat's.

    `hosts` are Jetstreams, tried one after the other; `app_view` has the profiles of people.
    `reposts` may be left out. Events come compressed where the host offers that and the package
    zstandard is installed. The cursor is the time, number and host of the last event. Ends when
    events are past the chat's end.
    """

    network = "bluesky"
    kind = "stream"
    origin = "bluesky relay"

    def __init__(
        self,
        hosts: Sequence[str],
        *,
        app_view: str,
        reposts: bool = True,
        operator: str = "",
        heartbeat: float = HEARTBEAT,
    ) -> None:
        self._hosts = tuple(name_server(re.sub(r"^ws", "http", host)) for host in hosts)
        self._app_view = name_server(app_view)
        self._collections = (BLUESKY_POST, BLUESKY_REPOST) if reposts else (BLUESKY_POST,)
        self._operator = operator
        self._heartbeat = heartbeat
        self._turn = 0  # which host is next
        self.name = f"bluesky:jetstream {find_host(self._hosts[0])}"

    async def receive(self, watch: Watch, cursor: str) -> AsyncIterator[Received | Notice]:
        """Yield the chat's posts, reposts, edits and deletions. Raises NetworkError.

        After a break the next start asks the next host.
        """
        host = self._hosts[self._turn % len(self._hosts)]
        self._turn += 1
        async with (
            Client(self._app_view, operator=self._operator) as app_view,
            AsyncExitStack() as on,
        ):
            people = People(app_view)
            socket, way, notices = await self._connect(host, cursor, watch, people, on)
            for notice in notices:
                yield notice
            pump = Pump(socket, way.wire, Sieve(watch), self._heartbeat)
            await on.enter_async_context(pump)
            async for batch in pump.run():
                while way.wire.told:
                    yield way.wire.told.pop(0)
                raws = await hydrate(batch.found, people, watch, way="jetstream", address=host)
                if raws or batch.place:
                    place = write_cursor(batch.place, host) if batch.place else None
                    yield Received(raws=raws, cursor=place)
                if is_past(batch.place, watch, is_idle=batch.is_idle):
                    return

    async def _connect(
        self, host: str, cursor: str, watch: Watch, people: People, on: AsyncExitStack
    ) -> tuple[ClientConnection, _Way, list[Notice]]:
        """Open the stream in the best way that the host knows; notices say what is missing."""
        start = read_cursor(cursor, watch)
        notices: list[Notice] = []
        ways = list(await self._list_ways(host, start, watch, people))
        while True:
            way = ways.pop(0)
            opening = open_socket(host + way.path, watch, operator=self._operator, longest=LONGEST)
            try:
                socket = await on.enter_async_context(opening)
            except Refused as no:
                if not ways or no.status not in (400, 404):
                    raise
                if no.status == 400:
                    notices.append(_tell_other_start(no))
                continue
            return socket, way, [*notices, _tell_connected(host, way.how)]

    async def _list_ways(
        self, host: str, start: Start, watch: Watch, people: People
    ) -> Sequence[_Way]:
        """Return the ways to ask a host for the stream, the best first."""
        dictionary, unpack = await fetch_dictionary(host, watch, self._operator)
        at = None if start.place is None else to_microseconds(start.place.at - REWIND)
        newer = {"kinds": ["commit", "identity"], "collections": self._collections}
        packed = {"zstdDictionary": dictionary} if unpack else {}
        wire, how = NewerWire(people, unpack), "compressed" if unpack else "uncompressed"
        ways = [_Way(_write_path(NEWER, at, {**newer, **packed}), wire, how)]
        if start.place is not None and start.place.seq and start.host == host:
            ways.insert(
                0, _Way(_write_path(NEWER, start.place.seq, {**newer, **packed}), wire, how)
            )
        older = _write_path(OLDER, at, {"wantedCollections": self._collections})
        return [*ways, _Way(older, OlderWire(people), "on the older wire")]


def _tell_other_start(no: Refused) -> Notice:
    return make_notice(
        "lacking",
        "{said} Reading goes on from a time instead.",
        code="jetstream-other-start",
        said=str(no),
    )


def _tell_connected(host: str, how: str) -> Notice:
    return make_notice(
        "connected",
        "Reading every post of the network at {host}, {how}.",
        code="jetstream-reads",
        host=find_host(host),
        how=how,
    )


class _Way(NamedTuple):
    """One way to ask for a stream, and the wire of its answer."""

    path: str
    wire: NewerWire | OlderWire
    how: str


class NewerWire:
    """`subscribeEvents`: frames of {"$type": "message", "payload": event}, perhaps compressed."""

    def __init__(self, people: People, unpack: Unpack | None = None) -> None:
        self._people = people
        self._unpack = unpack
        self.told: list[Notice] = []  # what the host said about the stream itself

    def read(self, frame: bytes, sieve: Sieve) -> Sequence[tuple[Commit, Event]]:
        """Return the event of a frame where it is the chat's. Raises NetworkError for an error."""
        if self._unpack is not None:
            frame = self._unpack(frame)
        if b'"error"' in frame[:40] and (error := _decode(frame)).get("$type") == "error":
            raise NetworkError(
                "The host ended the stream: {said}.",
                code="jetstream-ended",
                said=str(error.get("error"))[:200],
            )
        if not sieve.may_want(frame) and not _NOTED.search(frame):
            return ()
        event = _decode(frame).get("payload")
        if not isinstance(event, dict):
            return ()
        kind = str(event.get("$type"))
        if kind.endswith("#identity"):
            self._people.forget(str(event.get("did")))
        if kind.endswith("#info"):
            said = f"{event.get('name')}, {event.get('message')}"[:200]
            self.told.append(
                make_notice(
                    "lacking",
                    "The host does not go back as far as was asked: {said}.",
                    code="jetstream-reach",
                    said=str(said),
                )
            )
        return _keep(event, event, read_time(event.get("time")), sieve)

    def find_place(self, frame: bytes) -> Place | None:
        """Return the time and the number of a frame's event."""
        if self._unpack is not None and frame:
            frame = self._unpack(frame)
        event = _decode(frame).get("payload")
        if not isinstance(event, dict) or (at := read_time(event.get("time"))) is None:
            return None
        return Place(at=at, seq=_as_number(event.get("seq")))


class OlderWire:
    """`/subscribe`: frames of {"did", "time_us", "kind", "commit"}."""

    def __init__(self, people: People) -> None:
        self._people = people
        self.told: list[Notice] = []  # this wire says nothing about itself

    def read(self, frame: bytes, sieve: Sieve) -> Sequence[tuple[Commit, Event]]:
        """Return the event of a frame where it is the chat's."""
        if not sieve.may_want(frame) and not _NOTED.search(frame):
            return ()
        event = _decode(frame)
        if event.get("kind") == "identity":
            self._people.forget(str(event.get("did")))
        inside = event.get("commit")
        if not isinstance(inside, dict):
            return ()
        place = self._place(event)
        return _keep(event, inside, place.at if place else None, sieve)

    def find_place(self, frame: bytes) -> Place | None:
        """Return the time of a frame's event; this wire has no reliable numbers."""
        return self._place(_decode(frame))

    @staticmethod
    def _place(event: Event) -> Place | None:
        count = _as_number(event.get("time_us"))
        return Place(at=from_microseconds(count)) if count else None


def _keep(
    event: Event, inside: dict[str, Any], at: datetime | None, sieve: Sieve
) -> Sequence[tuple[Commit, Event]]:
    try:
        commit = msgspec.convert({**inside, "did": event.get("did"), "at": at}, Commit)
    except msgspec.ValidationError:
        return ()
    return [(commit, event)] if sieve.wants(commit) else ()


async def fetch_dictionary(
    host: str, watch: Watch, operator: str = ""
) -> tuple[int, Unpack | None]:
    """Return the number of a host's zstd dictionary, and a function that unpacks frames with it.

    They are 0 and None where the host has none, or the package zstandard is not installed. Raises
    NetworkError where the host cannot be reached.
    """
    try:
        import zstandard  # noqa: PLC0415 - an extra; without it events come uncompressed
    except ImportError:
        return 0, None
    async with Client(host, operator=operator) as client:
        try:
            packed = (await client.get(watch, DICTIONARY)).body
        except Refused:
            return 0, None
    dictionary = zstandard.ZstdCompressionDict(packed)
    try:
        unpacking = zstandard.ZstdDecompressor(dict_data=dictionary)
        unpacking.decompress(zstandard.ZstdCompressor(dict_data=dictionary).compress(b"{}"))
    except zstandard.ZstdError:
        return 0, None  # the dictionary is broken
    if not dictionary.dict_id():
        return 0, None

    def unpack(frame: bytes) -> bytes:
        try:
            if zstandard.frame_content_size(frame) > LONGEST:  # else room is made for all of it
                raise _make_unpacking_error(host, f"an event of more than {LONGEST >> 20} MB")
            return unpacking.decompress(frame, max_output_size=LONGEST)
        except zstandard.ZstdError as fault:
            raise _make_unpacking_error(host, str(fault)) from None

    return dictionary.dict_id(), unpack


def _make_unpacking_error(host: str, fault: str) -> NetworkError:
    return NetworkError(
        "{host} sent something that cannot be unpacked: {fault}.",
        code="jetstream-not-unpacked",
        host=find_host(host),
        fault=fault,
    )


def write_cursor(place: Place, host: str) -> str:
    """Return a place as text: its time in microseconds, its number, and its host."""
    return f"{to_microseconds(place.at)} {place.seq} {host}"


def read_cursor(cursor: str, watch: Watch) -> Start:
    """Return the place of a cursor; at the first start the chat's beginning, or now if sooner."""
    kept = _CURSOR.fullmatch(cursor)
    if kept is None:
        began = watch.since <= watch.now()
        return Start(place=Place(at=watch.since) if began else None)
    at = from_microseconds(int(kept["microseconds"]))
    return Start(place=Place(at=at, seq=int(kept["seq"])), host=kept["host"])


def read_time(said: object) -> datetime | None:
    """Return a time of the newer wire (RFC 3339), None for anything else."""
    try:
        at = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None
    return at if at is not None and at.tzinfo else None


def _write_path(path: str, cursor: int | None, query: dict[str, Any]) -> str:
    told = {**query, **({} if cursor is None else {"cursor": cursor})}
    return f"{path}?{urlencode({**told, 'maxMessageSizeBytes': LONGEST}, doseq=True)}"


def _decode(frame: bytes) -> dict[str, Any]:
    """Return a frame's object, {} for anything else."""
    try:
        value = decode_json(frame) if frame else {}
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _as_number(value: object) -> int:
    return value if type(value) is int and value > 0 else 0
