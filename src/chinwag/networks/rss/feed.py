"""Polling a feed of a hashtag: what it shows now, once each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import msgspec

from chinwag.errors import InputError, NetworkError
from chinwag.model import RawPost
from chinwag.networks.contract import Notice, Received, Watch
from chinwag.networks.cursors import read_cursor, write_cursor
from chinwag.networks.http import Answer, Client, find_host
from chinwag.networks.rss.xml import Element, XmlFault, read_xml

ENTRIES = ("item", "entry")  # RSS 2.0, Atom
MOST_KNOWN = 5_000
_TYPES = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.8"


class Cursor(msgspec.Struct, frozen=True):
    """What was given already, and how the server called what it answered last."""

    known: list[str] = []
    tag: str = ""


class FeedPoll:
    """Reads a feed every `pause` seconds, and asks only whether it changed where the server can.

    Every entry is given once; those that say of themselves that they are from before the chat are
    left out. Raises InputError for an address that cannot be.
    """

    network = "rss"
    kind = "poll"

    def __init__(self, address: str, *, pause: float = 60.0, contact: str = "") -> None:
        parts = urlsplit(address.strip())
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.username:
            raise InputError(
                "{address!r} is no address of a feed.", code="feed-address-invalid", address=address
            )
        self._server = f"{parts.scheme}://{parts.netloc}"
        self._path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        self._pause = pause
        self._contact = contact
        self.origin = find_host(self._server)
        self.name = f"rss:feed {self.origin}{self._path}"

    async def receive(self, watch: Watch, cursor: str) -> AsyncIterator[Received | Notice]:
        """Give the entries that were not given yet. Raises NetworkError for what is no feed.

        Says how far back the feed reaches where that is not to the chat's beginning.
        """
        state = read_cursor(cursor, Cursor)
        is_told = False
        async with Client(self._server, contact=self._contact) as client:
            while True:
                is_last = watch.until is not None and watch.now() > watch.until
                headers = {"Accept": _TYPES} | ({"If-None-Match": state.tag} if state.tag else {})
                answer = await client.get(watch, self._path, headers=headers)
                if not is_told:
                    is_told = True
                    yield self._tell()
                if answer.status != 304:
                    raws, state = self._take(answer, watch, state)
                    yield Received(raws=raws, cursor=write_cursor(state))
                if is_last:
                    return
                await watch.pause(self._pause)

    def _take(
        self, answer: Answer, watch: Watch, state: Cursor
    ) -> tuple[tuple[RawPost, ...], Cursor]:
        """Give the entries that are new, and what is known from now on."""
        known = dict.fromkeys(state.known)
        raws: list[RawPost] = []
        for entry in self._list_entries(answer.body):
            name = name_entry(entry)
            if name in known:
                continue
            known[name] = None
            moment = read_moment(entry)
            if moment is not None and moment < watch.since:
                continue
            payload = {"feed": f"{self._server}{self._path}", "entry": entry}
            raws.append(
                RawPost(route="rss:feed", address=self._server, at=watch.now(), payload=payload)
            )
        tag = answer.headers.get("etag", "")
        return tuple(raws), Cursor(known=list(known)[-MOST_KNOWN:], tag=tag)

    def _list_entries(self, body: bytes) -> list[Element]:
        """Give a feed's entries, the oldest first as a rule."""
        try:
            top = read_xml(body)
        except XmlFault as fault:
            raise NetworkError(
                "{host} answered no feed: {fault}.",
                code="feed-unreadable",
                host=self.origin,
                fault=str(fault),
            ) from None
        if _name(top) not in ("rss", "feed", "RDF"):
            raise NetworkError(
                "{host} answered no feed, but <{element}>.",
                code="feed-of-other-kind",
                host=self.origin,
                element=_name(top)[:40],
            )
        channels = [part for part in top.get("parts", ()) if _name(part) == "channel"]
        parts = [part for one in (top, *channels) for part in one.get("parts", ())]
        return [part for part in parts if _name(part) in ENTRIES][::-1]

    def _tell(self) -> Notice:
        return Notice(
            kind="lacking",
            what=f"The feed of {self.origin} shows its last posts alone: no replies, no edits, no"
            " deletions.",
            todo="Read the server itself, if it lets you.",
        )


def name_entry(entry: Element) -> str:
    """Give what tells an entry from others: its id, else its address, else all of it."""
    for name in ("guid", "id", "link"):
        for part in entry.get("parts", ()):
            said = part.get("text", "").strip() if _name(part) == name else ""
            if said:
                return str(said)
    return msgspec.json.encode(entry).decode()


def read_moment(entry: Element) -> datetime | None:
    """Give when an entry was written (Atom: ISO 8601; RSS: RFC 822), None where it does not say."""
    for part in entry.get("parts", ()):
        if _name(part) in ("published", "pubDate"):
            said = part.get("text", "").strip()
            for read in (datetime.fromisoformat, parsedate_to_datetime):
                try:
                    moment = read(said)
                except ValueError:
                    continue
                return moment if moment.tzinfo else None
    return None


def _name(element: dict[str, Any]) -> str:
    return str(element.get("name", "")).rpartition(" ")[2]
