"""A relay's firehose: the network's events as the protocol itself has them, in DAG-CBOR.

`com.atproto.sync.subscribeRepos` feeds every Jetstream. It is an alternative where no Jetstream can
be reached, at ten times the bytes, and needs the extra `firehose` (libipld). Its cursor is the
relay's number, kept for some days; it cannot go back to a time.
"""

from __future__ import annotations

import base64
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack
from typing import Any
from urllib.parse import urlencode

from chinwag.errors import InputError, NetworkError
from chinwag.http.client import Client
from chinwag.http.server_names import find_host, name_server
from chinwag.networks.bluesky.jetstream import read_time
from chinwag.networks.bluesky.people import People
from chinwag.networks.bluesky.sieve import Commit, Sieve
from chinwag.networks.bluesky.stream import (
    HEARTBEAT,
    Event,
    Place,
    Pump,
    hydrate,
    is_past,
    open_socket,
)
from chinwag.networks.contract import Notice, Received, Watch, make_notice
from chinwag.records.ids import BLUESKY_POST, BLUESKY_REPOST

LONGEST = 8 << 20  # bytes of a frame; the protocol's own limit is 5 MB

_PATH = "/xrpc/com.atproto.sync.subscribeRepos"
_ADDRESS = re.compile(rb"\x78([\x18-\xff])(?=at://)")  # a text of so many bytes follows
_COLLECTIONS = {
    BLUESKY_POST: f"{BLUESKY_POST}/".encode(),
    BLUESKY_REPOST: f"{BLUESKY_REPOST}/".encode(),
}
_SHA_256_CID = (36, b"\x01\x55\x12\x20", b"\x01\x71\x12\x20")


class BlueskyFirehose:
    """Reads everything that happens on the network, and yields the chat's posts and reposts.

    `relay` is a relay's address, or a data server's for its own people; `app_view` has the profiles
    of people. Raises InputError where libipld is not installed. Ends when events are past the
    chat's end.
    """

    network = "bluesky"
    kind = "stream"
    origin = "bluesky relay"

    def __init__(
        self,
        relay: str,
        *,
        app_view: str,
        reposts: bool = True,
        operator: str = "",
        heartbeat: float = HEARTBEAT,
    ) -> None:
        self._relay = name_server(re.sub(r"^ws", "http", relay))
        self._app_view = name_server(app_view)
        self._operator = operator
        self._heartbeat = heartbeat
        self._wire_options = (BLUESKY_POST, BLUESKY_REPOST) if reposts else (BLUESKY_POST,)
        self._decoder = load_decoder()
        self.name = f"bluesky:firehose {find_host(self._relay)}"

    async def receive(self, watch: Watch, cursor: str) -> AsyncIterator[Received | Notice]:
        """Yield the chat's posts, reposts, edits and deletions. Raises NetworkError."""
        seq = int(cursor) if cursor.isascii() and cursor.isdecimal() else None
        query = "" if seq is None else f"?{urlencode({'cursor': seq})}"
        async with AsyncExitStack() as on:
            people = People(
                await on.enter_async_context(Client(self._app_view, operator=self._operator))
            )
            opening = open_socket(
                f"{self._relay}{_PATH}{query}", watch, operator=self._operator, longest=LONGEST
            )
            socket = await on.enter_async_context(opening)
            wire = FirehoseWire(people, self._decoder, self._wire_options)
            yield make_notice(
                "connected",
                "Reading everything that happens at {host}.",
                code="firehose-reads",
                host=find_host(self._relay),
            )
            if seq is None and watch.since < watch.now():
                yield make_notice(
                    "lacking",
                    "{host} cannot go back to a time: what was said before now comes by other"
                    " routes.",
                    code="firehose-starts-now",
                    host=find_host(self._relay),
                )
            pump = await on.enter_async_context(Pump(socket, wire, Sieve(watch), self._heartbeat))
            async for batch in pump.run():
                raws = await hydrate(
                    batch.found, people, watch, way="firehose", address=self._relay
                )
                if raws or batch.place:
                    reached = str(batch.place.seq) if batch.place else None
                    yield Received(raws=raws, cursor=reached)
                if is_past(batch.place, watch, is_idle=batch.is_idle):
                    return


class FirehoseWire:
    """Frames of two values each, a header and a body (atproto.com/specs/event-stream).

    Only the records that a commit names are read of its blocks; nothing is verified.
    """

    def __init__(self, people: People, decoder: Any, collections: Sequence[str]) -> None:
        self._people = people
        self._decoder = decoder
        self._collections = collections
        self._marks = tuple(_COLLECTIONS[name] for name in collections)

    def read(self, frame: bytes, sieve: Sieve) -> Sequence[tuple[Commit, Event]]:
        """Return the chat's events in a frame. Raises NetworkError for an error frame."""
        if not self._may_want(frame, sieve):
            return ()
        kind, body = self._split(frame)
        if kind == "#identity":
            self._people.forget(str(body.get("did")))
        if kind != "#commit":
            return ()
        return [
            (commit, event)
            for commit, event in self._read_commit(body)
            if commit.collection in self._collections and sieve.wants(commit)
        ]

    def find_place(self, frame: bytes) -> Place | None:
        """Return a frame's time and number."""
        _, body = self._split(frame)
        at, seq = read_time(body.get("time")), body.get("seq")
        return Place(at=at, seq=seq) if at is not None and type(seq) is int else None

    def _may_want(self, frame: bytes, sieve: Sieve) -> bool:
        """Return whether a frame could hold something of the chat, by its bytes."""
        head = frame[:40]
        if b"#commit" not in head:
            return b"#identity" in head or not head.startswith(b"\xa2")
        if not any(mark in frame for mark in self._marks):
            return False
        return b"delete" in frame or sieve.may_want_addresses(frame, _list_addresses(frame))

    def _split(self, frame: bytes) -> tuple[str, dict[str, Any]]:
        """Return a frame's kind and body; "" and {} for a frame that cannot be read."""
        try:
            head, body = self._decoder.decode_dag_cbor_multi(frame)
            kind = str(head.get("t", ""))
            is_error = head.get("op") == -1
        except (ValueError, RecursionError, AttributeError):
            return "", {}
        if not isinstance(body, dict):
            return "", {}
        if is_error:
            raise NetworkError(
                "The relay ended the stream: {said}.",
                code="firehose-ended",
                said=str(body.get("error"))[:200],
            )
        return kind, body

    def _read_commit(self, body: dict[str, Any]) -> Iterator[tuple[Commit, Event]]:
        """Yield each change of a commit, with its record in its JSON form."""
        try:
            _, blocks = self._decoder.decode_car(body.get("blocks") or b"")
        except (ValueError, RecursionError, TypeError):
            blocks = {}
        operations = body.get("ops")
        for op in operations if isinstance(operations, list) else ():
            if not isinstance(op, dict) or not isinstance(op.get("path"), str):
                continue
            cid = op.get("cid")
            record = self._as_json(blocks.get(cid)) if isinstance(cid, bytes) else None
            collection, _, rkey = op["path"].partition("/")
            commit = Commit(
                did=str(body.get("repo")),
                operation=str(op.get("action")),
                collection=collection,
                rkey=rkey,
                record=record if isinstance(record, dict) else {},
                at=read_time(body.get("time")),
            )
            if commit.record or commit.operation == "delete":
                yield commit, self._make_event(body, op, commit)

    def _make_event(self, body: dict[str, Any], op: dict[str, Any], commit: Commit) -> Event:
        event: Event = {
            "$type": "com.atproto.sync.subscribeRepos#commit",
            "seq": body.get("seq"),
            "repo": commit.did,
            "time": body.get("time"),
            "rev": body.get("rev"),
            "op": {"action": commit.operation, "path": op["path"]},
        }
        if commit.operation != "delete":
            event |= {"record": commit.record, "cid": self._as_json(op["cid"])["$link"]}
        return event

    def _as_json(self, value: Any) -> Any:
        """Return the JSON form of a value of the data model (atproto.com/specs/data-model).

        libipld returns links as bytes: bytes in the form of a CID of a record or a blob are taken
        for one.
        """
        length, *starts = _SHA_256_CID
        if isinstance(value, bytes):
            if len(value) == length and value[:4] in starts:
                return {"$link": self._decoder.encode_cid(value)}
            return {"$bytes": base64.b64encode(value).decode().rstrip("=")}
        if isinstance(value, dict):
            return {key: self._as_json(one) for key, one in value.items()}
        return [self._as_json(one) for one in value] if isinstance(value, list) else value


def load_decoder() -> Any:
    """Return the package that reads DAG-CBOR. Raises InputError where it is not installed."""
    try:
        import libipld  # noqa: PLC0415 - an extra, which only the firehose needs
    except ImportError:
        raise InputError(
            "Reading a relay's firehose needs the package libipld, which is not installed.",
            code="libipld-not-installed",
        ) from None
    return libipld


def _list_addresses(frame: bytes) -> Iterator[bytes]:
    for found in _ADDRESS.finditer(frame):
        yield frame[found.end() : found.end() + found[1][0]]
