"""The hub: open pages, each told what it has not heard yet. Plain ASGI, no Django view."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import close_old_connections
from django.http import Http404, HttpRequest, parse_cookie
from django.http.request import split_domain_port, validate_host

from chinwag.web.chats import access
from chinwag.web.chats.models import Chat
from chinwag.web.intake import find_sender
from chinwag.web.live.frames import LANGUAGES, Frame, write_beat, write_reload
from chinwag.web.live.tail import Frames, Tail

RING = 500  # frames that are kept of a chat
BEAT = 15.0  # seconds between two signs of life
LONGEST = (
    15 * 60.0
)  # seconds after which a page has to connect again, so that its rights are checked
MOST_A_VISITOR = 4
MOST_PIECES = 8  # joined pieces that are held of a chat; those who wait ask for the same one

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

_HEADERS = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
)


class Ring:
    """The latest frames of one chat, and a bell for those who wait for the next.

    Thousands may wait, so that whatever is the same for all of them is done once: the piece that
    they are sent is joined for the first one, and one clock gives all of them signs of life. Few
    pieces are held: whoever asks from every number in turn fills no memory.
    """

    def __init__(self, last: int) -> None:
        self.last = last
        self.listeners = 0
        self._frames: deque[Frame] = deque(maxlen=RING)
        self._first = last + 1
        self._pieces: dict[tuple[int, str], bytes] = {}
        self._bell = asyncio.Event()
        self._rung_at = asyncio.get_running_loop().time()
        self._clock = asyncio.ensure_future(self._beat())

    def add(self, frames: Frames) -> None:
        """Keep frames, and wake whoever waits."""
        for frame in frames:
            if frame.clears:
                self._frames.clear()
            self._frames.append(frame)
        self._first, self.last = self._frames[0].seq, self._frames[-1].seq
        self._pieces.clear()
        self._ring()

    def read(self, after: int, language: str) -> bytes | None:
        """Return what follows a number as one piece; None where some of it is no longer kept."""
        if after + 1 < self._first:
            return None
        piece = self._pieces.get((after, language))
        if piece is None:
            new = (frame for frame in self._frames if frame.seq > after)
            piece = b"".join(frame.by_language[language] for frame in new)
            if len(self._pieces) >= MOST_PIECES:
                del self._pieces[next(iter(self._pieces))]
            self._pieces[after, language] = piece
        return piece

    async def wait(self, after: int) -> bool:
        """Wait for something newer, or a sign of life; return whether there is something newer."""
        if self.last <= after:
            await self._bell.wait()
        return self.last > after

    def close(self) -> None:
        """End the clock."""
        self._clock.cancel()

    def _ring(self) -> None:
        self._rung_at = asyncio.get_running_loop().time()
        bell, self._bell = self._bell, asyncio.Event()
        bell.set()

    async def _beat(self) -> None:
        """Wake whoever waits where nothing was said for a while."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(self._rung_at + BEAT - loop.time())
            if loop.time() >= self._rung_at + BEAT:
                self._ring()


class Hub:
    """Serves the live stream of every chat of this process."""

    def __init__(self) -> None:
        self._rings: dict[int, Ring] = {}
        self._tail: Tail | None = None
        self._visitors: dict[str, int] = {}

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request for a stream; one for another site than this is turned away."""
        if not _names_this_site(scope):
            await _turn_away(send, 421)
            return
        series, day = scope["path"].strip("/").split("/")[:2]
        try:
            chat = await _find_chat(scope, series, day)
        except (Http404, PermissionDenied):
            await _turn_away(send, 404)
            return
        keys = _name_visitor(scope)
        if any(self._visitors.get(key, 0) >= most for key, most in keys.items()):
            await _turn_away(send, 429)
            return
        ring = self._join(chat, keys)
        try:
            await self._stream(scope, receive, send, ring, chat.last_seq)
        finally:
            self._leave(chat.pk, ring, keys)

    def close(self) -> None:
        """End the reading of events."""
        if self._tail:
            self._tail.stop()

    async def _stream(
        self, scope: Scope, receive: Receive, send: Send, ring: Ring, last: int
    ) -> None:
        after = _read_after(scope, last)
        if after > last:
            after = -1  # a number from another database: the page looks again
        gone = asyncio.ensure_future(_wait_until_gone(receive))
        telling = asyncio.ensure_future(_tell(send, ring, after, _read_language(scope)))
        try:
            await asyncio.wait({gone, telling}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            telling.cancel()
            await asyncio.gather(gone, telling, return_exceptions=True)

    def _join(self, chat: Chat, keys: Mapping[str, int]) -> Ring:
        ring = self._rings.get(chat.pk)
        if ring is None:
            since = max(0, chat.last_seq - RING)  # for a page that comes back to a quiet chat
            ring = self._rings[chat.pk] = Ring(since)
            self._open_tail().follow(chat.pk, since)
        ring.listeners += 1
        for key in keys:
            self._visitors[key] = self._visitors.get(key, 0) + 1
        return ring

    def _leave(self, chat_id: int, ring: Ring, keys: Mapping[str, int]) -> None:
        for key in keys:
            self._visitors[key] -= 1
            if not self._visitors[key]:
                del self._visitors[key]
        ring.listeners -= 1
        if not ring.listeners:
            self._rings.pop(chat_id).close()
            self._open_tail().leave(chat_id)

    def _open_tail(self) -> Tail:
        if self._tail is None:
            loop = asyncio.get_running_loop()

            def deliver(chat_id: int, frames: Frames) -> None:
                loop.call_soon_threadsafe(self._deliver, chat_id, frames)

            self._tail = Tail(deliver)
            self._tail.start()
        return self._tail

    def _deliver(self, chat_id: int, frames: Frames) -> None:
        if chat_id in self._rings:
            self._rings[chat_id].add(frames)


async def _tell(send: Send, ring: Ring, after: int, language: str) -> None:
    """Send what the page has not heard, as it comes, until it has been open for long."""
    await send({"type": "http.response.start", "status": 200, "headers": list(_HEADERS)})
    await _say(send, f"retry: {random.randint(2000, 6000)}\n\n".encode())  # noqa: S311
    loop = asyncio.get_running_loop()
    until = loop.time() + LONGEST
    while loop.time() < until:
        if not await ring.wait(after):
            await _say(send, write_beat())
            continue
        piece = ring.read(after, language)
        await _say(send, write_reload(ring.last) if piece is None else piece)
        after = ring.last
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _say(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _turn_away(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _wait_until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


@sync_to_async(thread_sensitive=True)
def _find_chat(scope: Scope, series: str, day: str) -> Chat:
    session = SessionStore(_read_cookies(scope).get(settings.SESSION_COOKIE_NAME))
    request = HttpRequest()
    request.session = session
    try:
        return access.find_chat(get_user(request), series, day)
    finally:
        close_old_connections()  # no request of Django's does it here


def _read_headers(scope: Scope) -> dict[bytes, bytes]:
    return dict(scope["headers"])


def _names_this_site(scope: Scope) -> bool:
    """Return whether a request is meant for this site, as Django asks of every other one.

    A web site could otherwise point its own name at this machine and read along (DNS rebinding).
    """
    host, _port = split_domain_port(_read_headers(scope).get(b"host", b"").decode("latin-1"))
    return bool(host) and validate_host(host, settings.ALLOWED_HOSTS)


def _read_cookies(scope: Scope) -> dict[str, str]:
    return parse_cookie(_read_headers(scope).get(b"cookie", b"").decode("latin-1"))


def _read_language(scope: Scope) -> str:
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("language", [""])[0]
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _read_after(scope: Scope, last: int) -> int:
    """Return the number of the last event that the page has heard."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("after", [""])[0]
    said = _read_headers(scope).get(b"last-event-id", b"").decode("latin-1") or asked
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else last


def _name_visitor(scope: Scope) -> dict[str, int]:
    """Return the names by which a visitor's streams are counted, and how many each may have."""
    session = _read_cookies(scope).get(settings.SESSION_COOKIE_NAME)
    names = {f"session {session}": MOST_A_VISITOR} if session else {}
    return names | {f"address {_find_address(scope)}": settings.LIVE_STREAMS_AN_ADDRESS}


def _find_address(scope: Scope) -> str:
    forwarded = _read_headers(scope).get(b"x-forwarded-for", b"").decode("latin-1")
    return find_sender((scope.get("client") or ("?",))[0], forwarded, settings.SITE.proxies)
