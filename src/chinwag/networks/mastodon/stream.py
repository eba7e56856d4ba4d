"""Listening to a hashtag on one server, with a user's token, over a web socket or plain HTTP.

Mastodon requires a token for it since 4.2. Where the instance names a socket
(`configuration.urls.streaming`), that is used; otherwise, and where the socket cannot be opened,
server-sent events at `/api/v1/streaming/hashtag`. A stream that is alive sends at least a comment
every 15 or 30 seconds.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote

import httpx2
import msgspec
import websockets

from chinwag.errors import NetworkError, Refused
from chinwag.http.bodies import decode_json
from chinwag.http.client import LONGEST_LINE, Client, is_status, name_agent
from chinwag.http.faults import word_fault
from chinwag.http.server_names import find_host, is_loopback
from chinwag.http.transport import connect_socket
from chinwag.model import RawPost
from chinwag.networks.contract import Notice, Received, Watch, is_over, make_notice
from chinwag.networks.mastodon.server import (
    PUBLIC,
    MastodonServer,
    is_in_time,
    is_shown,
    name_number,
    read_history,
    read_instance,
)
from chinwag.networks.socket_log import open_socket_log
from chinwag.records.json_access import as_text, dig

HEARTBEAT = 15.0  # seconds after which a quiet socket counts as quiet
_EDITED = ("status.update", "status_update")
_socket_log = open_socket_log("chinwag.networks.mastodon.socket")


class Event(msgspec.Struct, frozen=True):
    """Something that a stream sends; an event without a name only shows that it is alive."""

    name: str = ""
    payload: str = ""


class MastodonStream:
    """Listens until the chat is over, or until polling finds that the stream is silent.

    Yields new statuses, edited ones with their history, and deletions, as the server sends them.
    """

    network = "mastodon"
    kind = "stream"

    def __init__(self, server: MastodonServer) -> None:
        self._server = server
        self.name = f"mastodon:stream {server.host}"
        self.origin = server.host

    async def receive(
        self,
        watch: Watch,
        cursor: str,  # noqa: ARG002 - a stream cannot go back; polling fills the gap
    ) -> AsyncIterator[Received | Notice]:
        """Yield what the stream sends. Raises NetworkError where it ends, breaks or falls silent.

        Where the server does not let us listen, the route yields a Notice and ends.
        """
        if is_over(watch):
            return
        try:
            async for item in self._receive(watch):
                yield item
        except Refused as refused:
            if not refused.is_final:
                raise
            yield make_notice(
                "lacking",
                "{host} does not let us listen: its page of the hashtag is read every few seconds"
                " instead. {said}",
                code="mastodon-stream-closed",
                host=self._server.host,
                said=str(refused),
            )

    async def _receive(self, watch: Watch) -> AsyncIterator[Received | Notice]:
        server, listening = self._server, self._server.listening
        async with server.open_client() as client, self._listen(client, watch) as (events, how):
            listening.begin()
            try:
                yield make_notice(
                    "connected",
                    "Listening to #{hashtag} on {host} {how}.",
                    code="mastodon-listens",
                    hashtag=watch.hashtag,
                    host=server.host,
                    how=how,
                )
                async for event in events:
                    if raws := await self._read(event, client, watch):
                        yield Received(raws=tuple(raws))
                    if is_over(watch):
                        return
                    if listening.is_silent:
                        raise NetworkError(
                            "The stream of {host} is silent and is opened again.",
                            code="mastodon-stream-silent",
                            host=server.host,
                        )
            finally:
                listening.end()
        raise NetworkError(
            "{host} ended its stream.", code="mastodon-stream-ended", host=server.host
        )

    @asynccontextmanager
    async def _listen(
        self, client: Client, watch: Watch
    ) -> AsyncIterator[tuple[AsyncIterator[Event], str]]:
        """Open the stream by the socket that the server names, otherwise over HTTP."""
        address = await self._find_socket(client, watch)
        if address:
            try:
                socket = await self._connect(address, watch)
            except NetworkError as error:  # many firewalls let no web socket through
                if is_status(error, (401,)):
                    raise
            else:
                async with socket:
                    yield _read_socket(socket, self._server), "over a web socket"
                return
        async with client.open_stream(
            watch, "/api/v1/streaming/hashtag", {"tag": watch.hashtag}
        ) as lines:
            yield _read_lines(lines, self._server.host), "over HTTP"

    async def _find_socket(self, client: Client, watch: Watch) -> str:
        """Return the address of the server's socket, "" where it names none that is its own."""
        described = await read_instance(client, watch)
        address = as_text(dig(described, "configuration", "urls", "streaming"))
        return address if is_own_socket(address, self._server.address) else ""

    async def _connect(self, address: str, watch: Watch) -> websockets.ClientConnection:
        path = f"/api/v1/streaming?stream=hashtag&tag={quote(watch.hashtag, safe='')}"
        server = self._server
        try:
            return await connect_socket(
                address.rstrip("/") + path,
                server.address,
                additional_headers=server.make_headers(),
                user_agent_header=name_agent(server.operator),
                max_size=LONGEST_LINE,
                logger=_socket_log,
            )
        except websockets.InvalidStatus as refused:
            status = refused.response.status_code
            raise Refused(
                "{host} refused to stream with {status}.",
                code="mastodon-stream-refused",
                status=status,
                is_final=status in (401, 403),
                host=find_host(address),
            ) from None
        except (OSError, TimeoutError, websockets.WebSocketException) as failure:
            raise NetworkError(
                "{host} cannot be reached: {fault}.",
                code="server-not-reached",
                host=find_host(address),
                fault=word_fault(failure) or type(failure).__name__,
            ) from None

    async def _read(self, event: Event, client: Client, watch: Watch) -> list[RawPost]:
        """Return the records of an event; polling finds the statuses that cannot be read here."""
        server = self._server
        if event.name == "delete":
            return [server.make_raw("stream", watch, event="delete", payload=event.payload)]
        if event.name not in ("update", *_EDITED):
            return []
        try:
            status = decode_json(event.payload)
        except ValueError:
            return []
        if not isinstance(status, dict) or not name_number(status):
            return []
        number = name_number(status)
        server.listening.heard.add(number)
        is_wanted = is_in_time(status, watch) or watch.is_known(server.name_alias(number))
        if not is_shown(status, PUBLIC) or not is_wanted:
            return []
        said: dict[str, Any] = {"status": status}
        if event.name in _EDITED:
            said["history"] = await read_history(client, watch, number)
        return [server.make_raw("stream", watch, **said)]


async def _read_lines(lines: AsyncIterator[str], host: str) -> AsyncIterator[Event]:
    """Yield server-sent events; one that breaks off before its blank line is left out.

    Raises NetworkError for an event without end.
    """
    name, data, size = "", list[str](), 0
    async for line in lines:
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "event":
            name = value
        elif field == "data":
            data.append(value)
            size += len(line) + 1
            _refuse_endless(size, host)
        elif line and not field:
            yield Event()  # a comment
        elif not line:
            yield Event(name, "\n".join(data)) if data else Event()
            name, data, size = "", [], 0


def _refuse_endless(size: int, host: str) -> None:
    if size > LONGEST_LINE:
        raise NetworkError(
            "{host} sent an event of more than {megabytes} MB.",
            code="event-too-long",
            host=host,
            megabytes=LONGEST_LINE >> 20,
        )


async def _read_socket(
    socket: websockets.ClientConnection, server: MastodonServer
) -> AsyncIterator[Event]:
    """Yield the messages of a socket as events, and an empty event after each quiet while."""
    while True:
        try:
            async with asyncio.timeout(HEARTBEAT):
                message = await socket.recv()
        except TimeoutError:
            yield Event()
            continue
        except websockets.ConnectionClosedOK:
            return
        except websockets.ConnectionClosed:
            raise NetworkError(
                "The connection to the stream of {host} broke.",
                code="mastodon-stream-broke",
                host=server.host,
            ) from None
        data = message.encode() if isinstance(message, str) else message
        yield _open_message(server.token.hide_in(data))


def _open_message(message: bytes) -> Event:
    try:
        value = decode_json(message)
    except ValueError:
        return Event()
    name, payload = dig(value, "event"), dig(value, "payload")
    if not isinstance(name, str):
        return Event()
    is_text = isinstance(payload, str)
    return Event(name, payload if is_text else msgspec.json.encode(payload).decode())


def is_own_socket(address: str, server: str) -> bool:
    """Return whether a server's token may be sent to a socket that the server names.

    The socket has to be on the server's host or on a host below it ("streaming.mastodon.example"),
    and encrypted unless both are on this machine.
    """
    try:
        socket, own = httpx2.URL(address), httpx2.URL(server)
    except httpx2.InvalidURL:
        return False
    is_below = socket.host == own.host or socket.host.endswith(f".{own.host}")
    if socket.scheme == "ws":
        return is_below and is_loopback(address)
    return is_below and socket.scheme == "wss"
