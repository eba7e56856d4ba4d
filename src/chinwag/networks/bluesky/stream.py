"""Reading a socket that brings everybody's events, as fast as they come, and keeping the chat's.

One task takes frames off the socket and drops what is not the chat's. The route yields the rest in
batches, each with the place that it reaches.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import msgspec
import websockets
from websockets.asyncio.client import ClientConnection

from chinwag.errors import NetworkError, Refused
from chinwag.http.bodies import describe_body
from chinwag.http.client import name_agent
from chinwag.http.faults import word_fault
from chinwag.http.limits import find_wait
from chinwag.http.server_names import find_host
from chinwag.http.transport import connect_socket
from chinwag.model import RawPost
from chinwag.networks.bluesky.people import People
from chinwag.networks.bluesky.sieve import Commit, Sieve, is_shy
from chinwag.networks.contract import Watch, is_over
from chinwag.networks.socket_log import open_socket_log

HEARTBEAT = 15.0  # seconds after which a quiet socket counts as quiet
SILENCES = 4  # heartbeats without an event, after which a stream counts as broken
MARK_EVERY = 500  # events that are not the chat's, after which the place is passed on all the same
MOST_WAITING = 1_000  # batches; then the socket has to wait
_DAWN = datetime(1970, 1, 1, tzinfo=UTC)
_socket_log = open_socket_log("chinwag.networks.bluesky.socket")

Event = dict[str, Any]


class Place(msgspec.Struct, frozen=True):
    """How far a stream has been read: the last event's time, and its number on that host."""

    at: datetime
    seq: int = 0


class Batch(msgspec.Struct, frozen=True):
    """The chat's events since the last batch, in order, and the place after them."""

    found: tuple[tuple[Commit, Event], ...]
    place: Place | None
    is_idle: bool = False  # nothing came for a heartbeat


class Wire(Protocol):
    """The encoding of one kind of stream."""

    def read(self, frame: bytes, sieve: Sieve) -> Sequence[tuple[Commit, Event]]:
        """Return the chat's events in a frame. Raises NetworkError for an error frame."""
        ...

    def find_place(self, frame: bytes) -> Place | None:
        """Return the place of a frame, None where it has none."""
        ...


class Pump:
    """Takes frames off a socket: `async with Pump(...) as pump: async for batch in pump.run()`."""

    def __init__(
        self, socket: ClientConnection, wire: Wire, sieve: Sieve, heartbeat: float = HEARTBEAT
    ) -> None:
        self._socket, self._wire, self._sieve = socket, wire, sieve
        self._heartbeat = heartbeat
        self._waiting: asyncio.Queue[tuple[Sequence[tuple[Commit, Event]], bytes]] = asyncio.Queue(
            MOST_WAITING
        )
        self._last = b""
        self._task = asyncio.create_task(self._take_frames())

    async def __aenter__(self) -> Pump:
        return self

    async def __aexit__(self, *fault: object) -> None:
        self._task.cancel()
        await asyncio.wait([self._task])

    async def run(self) -> AsyncIterator[Batch]:
        """Yield batches as they come, and an idle one where nothing came for a heartbeat.

        Raises NetworkError when the connection ends, and after four silent heartbeats.
        """
        silences = 0
        while True:
            taken = await self._wait()
            if taken:
                silences = 0
                found = tuple(one for some, _ in taken for one in some)
                yield Batch(found, self._wire.find_place(taken[-1][1]))
                continue
            self._raise_if_ended()
            place, self._last = self._wire.find_place(self._last), b""
            silences = 0 if place else silences + 1
            if silences >= SILENCES:
                raise NetworkError(
                    "The stream has said nothing for a minute.", code="bluesky-stream-silent"
                )
            yield Batch((), place, is_idle=place is None)

    async def _wait(self) -> list[tuple[Sequence[tuple[Commit, Event]], bytes]]:
        """Return what came from the socket; nothing after a heartbeat, or at the end."""
        taken: list[tuple[Sequence[tuple[Commit, Event]], bytes]] = []
        if self._waiting.empty() and not self._task.done():
            getting = asyncio.ensure_future(self._waiting.get())
            try:
                await asyncio.wait(
                    [getting, self._task],
                    timeout=self._heartbeat,
                    return_when=asyncio.FIRST_COMPLETED,
                )
            finally:  # whoever stops the stream leaves nothing behind that waits
                getting.cancel()
            await asyncio.wait([getting])
            if not getting.cancelled():
                taken.append(getting.result())
        while not self._waiting.empty():
            taken.append(self._waiting.get_nowait())
        return taken

    def _raise_if_ended(self) -> None:
        if not self._task.done():
            return
        try:
            self._task.result()
        except websockets.ConnectionClosed as closed:
            said = closed.rcvd or closed.sent
            raise _make_closed(said.reason if said is not None else "") from None

    async def _take_frames(self) -> None:
        """Queue the chat's events for ever, and now and then the place that was reached."""
        unmarked = 0
        while True:
            frame = await self._socket.recv(decode=False)
            self._last = frame
            unmarked += 1
            found = self._wire.read(frame, self._sieve)
            for commit, _ in found:
                self._sieve.keep(commit.id)
            if found or unmarked >= MARK_EVERY:
                unmarked = 0
                self._last = b""
                await self._waiting.put((found, frame))


@asynccontextmanager
async def open_socket(
    address: str, watch: Watch, *, operator: str, longest: int
) -> AsyncIterator[ClientConnection]:
    """Open a web socket. Raises Refused, or NetworkError where the host cannot be reached."""
    host = find_host(address)
    try:
        socket = await connect_socket(
            address.replace("http", "ws", 1),
            address,
            user_agent_header=name_agent(operator),
            compression=None,  # the streams have a compression of their own, or none
            max_size=longest,
            logger=_socket_log,
        )
    except websockets.InvalidStatus as no:
        raise _refuse(host, no, watch) from None
    except (OSError, websockets.WebSocketException) as fault:
        raise NetworkError(
            "{host} cannot be reached: {fault}.",
            code="server-not-reached",
            host=host,
            fault=word_fault(fault) or str(fault) or type(fault).__name__,
        ) from None
    try:
        yield socket
    finally:
        await socket.close()


def _make_closed(said: str) -> NetworkError:
    if not said:
        return NetworkError("The stream was closed.", code="bluesky-stream-closed")
    return NetworkError(
        "The stream was closed: {said}.", code="bluesky-stream-closed-with-reason", said=said
    )


def _refuse(host: str, no: websockets.InvalidStatus, watch: Watch) -> Refused:
    headers = {name.lower(): value for name, value in no.response.headers.raw_items()}
    said = describe_body(headers, bytes(no.response.body or b""))
    return Refused(
        "{host} refused the stream with {status}: {said}.",
        code="bluesky-stream-refused",
        status=no.response.status_code,
        wait=find_wait(headers, watch.now()),
        host=host,
        said=said or "nothing more",
    )


async def hydrate(
    found: Sequence[tuple[Commit, Event]], people: People, watch: Watch, *, way: str, address: str
) -> tuple[RawPost, ...]:
    """Return events as records, each with its author's profile beside it.

    Of people who ask not to be shown to strangers only the fact that they posted is kept. Raises
    NetworkError where the app view cannot be asked for a profile.
    """
    speaking = [commit.did for commit, _ in found if commit.operation != "delete"]
    profiles = await people.find(watch, speaking)
    raws: list[RawPost] = []
    for commit, event in found:
        payload: dict[str, Any] = {"event": event}
        if commit.operation != "delete" and (profile := profiles.get(commit.did)):
            payload = _introduce(event, dict(profile))
        raws.append(
            RawPost(route=f"bluesky:{way}", address=address, at=watch.now(), payload=payload)
        )
    return tuple(raws)


def _introduce(event: Event, author: dict[str, Any]) -> dict[str, Any]:
    return {"event": forget_record(event) if is_shy(author) else event, "author": author}


def forget_record(event: Event) -> Event:
    """Return an event without its record."""
    bare = {key: value for key, value in event.items() if key not in ("record", "cid")}
    if isinstance(bare.get("commit"), dict):
        bare["commit"] = forget_record(bare["commit"])
    return bare


def is_past(place: Place | None, watch: Watch, *, is_idle: bool) -> bool:
    """Return whether a stream has been read to the end of the chat."""
    if is_idle and is_over(watch):
        return True
    return place is not None and watch.until is not None and place.at > watch.until


def from_microseconds(count: int) -> datetime:
    """Return the time of so many microseconds since 1970."""
    return _DAWN + timedelta(microseconds=count)


def to_microseconds(at: datetime) -> int:
    """Return a time in microseconds since 1970."""
    return (at - _DAWN) // timedelta(microseconds=1)
