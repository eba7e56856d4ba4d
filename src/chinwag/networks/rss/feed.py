"""Polling a feed of a hashtag: each entry that it shows, once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import msgspec

from chinwag.errors import InputError, NetworkError
from chinwag.http.client import Answer, Client
from chinwag.http.server_names import find_host
from chinwag.model import RawPost
from chinwag.networks.contract import Notice, Received, Watch, is_over, make_notice
from chinwag.networks.cursors import read_cursor, write_cursor
from chinwag.records.feed_entries import list_entries
from chinwag.records.xml_elements import Element, XmlFault, read_xml

MOST_KNOWN = 5_000
_TYPES = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.8"


class Cursor(msgspec.Struct, frozen=True):
    """The entries that were passed on, and the server's tag (ETag) of its last answer."""

    known: list[str] = []
    tag: str = ""


class FeedPoll:
    """Reads a feed every `pause` seconds; only what has changed, where the server can tell.

    Every entry is passed on once; entries that are dated before the chat are left out. Raises
    InputError for an invalid address.
    """

    network = "rss"
    kind = "poll"

    def __init__(self, address: str, *, pause: float = 60.0, operator: str = "") -> None:
        parts = urlsplit(address.strip())
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.username:
            raise InputError(
                "{address!r} is not the address of a feed.",
                code="feed-address-invalid",
                address=address,
            )
        self._server = f"{parts.scheme}://{parts.netloc}"
        self._path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        self._pause = pause
        self._operator = operator
        self.origin = find_host(self._server)
        self.name = f"rss:feed {self.origin}{self._path}"

    async def receive(self, watch: Watch, cursor: str) -> AsyncIterator[Received | Notice]:
        """Yield the entries that were not passed on yet. Raises NetworkError for anything else.

        A Notice says what no feed can show.
        """
        state = read_cursor(cursor, Cursor)
        is_told = False
        async with Client(self._server, operator=self._operator) as client:
            while True:
                is_last = is_over(watch)
                answer = await self._ask(client, watch, state.tag)
                if not is_told:
                    is_told = True
                    yield self._describe()
                if answer.status != 304:
                    raws, state = self._take(answer, watch, state)
                    yield Received(raws=raws, cursor=write_cursor(state))
                if is_last:
                    return
                await watch.pause(self._pause)

    async def _ask(self, client: Client, watch: Watch, tag: str) -> Answer:
        headers = {"Accept": _TYPES}
        if tag:
            headers["If-None-Match"] = tag
        return await client.get(watch, self._path, headers=headers)

    def _take(
        self, answer: Answer, watch: Watch, state: Cursor
    ) -> tuple[tuple[RawPost, ...], Cursor]:
        """Return the records of new entries, and the cursor after them."""
        known = dict.fromkeys(state.known)
        raws: list[RawPost] = []
        for entry in self._list_entries(answer.body):
            name = name_entry(entry)
            if name in known:
                continue
            known[name] = None
            moment = read_moment(entry)
            if moment is None or moment >= watch.since:
                raws.append(self._make_raw(entry, watch))
        tag = answer.headers.get("etag", "")
        return tuple(raws), Cursor(known=list(known)[-MOST_KNOWN:], tag=tag)

    def _make_raw(self, entry: Element, watch: Watch) -> RawPost:
        payload = {"feed": f"{self._server}{self._path}", "entry": entry}
        return RawPost(route="rss:feed", address=self._server, at=watch.now(), payload=payload)

    def _list_entries(self, body: bytes) -> list[Element]:
        """Return a feed's entries; feeds list the newest first, and here the oldest comes first."""
        try:
            top = read_xml(body)
        except XmlFault as fault:
            raise NetworkError(
                "{host} did not answer with a feed: {fault}.",
                code="feed-unreadable",
                host=self.origin,
                fault=str(fault),
            ) from None
        entries = list_entries(top)
        if entries is None:
            raise NetworkError(
                "{host} did not answer with a feed, but with <{element}>.",
                code="feed-of-other-kind",
                host=self.origin,
                element=_name(top)[:40],
            )
        return entries[::-1]

    def _describe(self) -> Notice:
        return make_notice(
            "lacking",
            "The feed of {host} shows its last posts alone: no replies, no edits, no deletions.",
            code="feed-shows-last-posts",
            host=self.origin,
        )


def name_entry(entry: Element) -> str:
    """Return what identifies an entry: its id, else its address, else all of it."""
    for name in ("guid", "id", "link"):
        texts = [_read_text(part) for part in _list_parts(entry, (name,))]
        if identifier := next(filter(None, texts), ""):
            return identifier
    return msgspec.json.encode(entry).decode()


def read_moment(entry: Element) -> datetime | None:
    """Return when an entry was written (Atom: ISO 8601; RSS: RFC 822), None without a time."""
    for part in _list_parts(entry, ("published", "pubDate")):
        for read in (datetime.fromisoformat, parsedate_to_datetime):
            with suppress(ValueError):
                moment = read(_read_text(part))
                return moment if moment.tzinfo else None
    return None


def _list_parts(element: Element, names: Collection[str]) -> list[Element]:
    return [part for part in element.get("parts", ()) if _name(part) in names]


def _read_text(element: Element) -> str:
    return str(element.get("text", "")).strip()


def _name(element: dict[str, Any]) -> str:
    return str(element.get("name", "")).rpartition(" ")[2]
