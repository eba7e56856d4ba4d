"""A Jetstream to test against, since no registry has the real one: fed by a real PDS's firehose.

Written from Jetstream's documentation and lexicons (August 2026). Serves both wires: `/subscribe`
(the older: `time_us`, `wantedCollections`, `wantedDids`) and
`/xrpc/network.bsky.jetstream.subscribeEvents` (the newer: `seq`, `kinds`, `collections`, `dids`,
dictionary-zstd). Both take a seq or unix microseconds as cursor, and replay all they have.
Runs in .networks/venv: `python jetstream.py PDS_ADDRESS PORT [RETENTION_SEQ]`.
"""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import libipld
import websockets
import zstandard
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

NEWER = "/xrpc/network.bsky.jetstream.subscribeEvents"
DICTIONARY = "/xrpc/network.bsky.jetstream.getZstdDictionary"
KINDS = ("commit", "identity", "account", "sync")
TIME_FROM = 10**15  # a cursor from here on is a time in microseconds, not a seq
DICTIONARY_ID = 20261124


class Event(NamedTuple):
    """One event with what filters look at, and its two wire forms."""

    seq: int
    time_us: int
    kind: str
    did: str
    collection: str
    older: bytes  # "" where the older wire leaves the kind out
    newer: bytes


class History:
    """Every event since the PDS began, in order; grows as the PDS goes on."""

    def __init__(self, retained_from: int) -> None:
        self.events: list[Event] = []
        self.retained_from = retained_from  # seqs below have been forgotten
        self.grown = asyncio.Condition()
        self._last_us = 0
        self._upstream = 0

    async def follow(self, pds: str) -> None:
        """Read the PDS's firehose for ever; connect again where it breaks off."""
        while True:
            address = f"{pds}/xrpc/com.atproto.sync.subscribeRepos?cursor={self._upstream}"
            try:
                async with connect(address, max_size=None) as firehose:
                    while True:
                        await self._take(await firehose.recv(decode=False))
            except (OSError, websockets.WebSocketException):
                await asyncio.sleep(0.1)

    async def _take(self, frame: bytes) -> None:
        head, body = libipld.decode_dag_cbor_multi(frame)
        kind = head.get("t", "").lstrip("#")
        if head.get("op") != 1 or kind not in KINDS:
            return
        async with self.grown:
            self._upstream = body["seq"]
            if kind == "commit":
                for one in read_commit(body):
                    self._add(kind, body["repo"], body["time"], one)
            else:
                self._add(kind, body["did"], body["time"], as_json(body))
            self.grown.notify_all()

    def _add(self, kind: str, did: str, time: str, inside: dict[str, Any]) -> None:
        """Stamp an event: as witnessed when the PDS said it, so that a restart changes nothing."""
        at = datetime.fromisoformat(time)
        self._last_us = max(self._last_us + 1, round(at.timestamp() * 1_000_000))
        seq = len(self.events) + 1
        envelope = {"did": did, "time_us": self._last_us, "cursor": seq, "kind": kind}
        older = b"" if kind == "sync" else dump({**envelope, kind: inside})
        shown = datetime.fromtimestamp(self._last_us / 1_000_000, tz=UTC)
        payload = {
            "$type": f"network.bsky.jetstream.subscribeEvents#{kind}",
            "seq": seq,
            "did": did,
            "time": shown.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            **(inside if kind == "commit" else {kind: inside}),
        }
        newer = dump({"$type": "message", "payload": payload})
        collection = inside.get("collection", "") if kind == "commit" else ""
        self.events.append(Event(seq, self._last_us, kind, did, collection, older, newer))

    async def wait_beyond(self, length: int) -> None:
        """Wait until there are more events than this."""
        async with self.grown:
            await self.grown.wait_for(lambda: len(self.events) > length)

    def find_start(self, cursor: int) -> int:
        """Give the index of the first event from a cursor on; the length for one in the future."""
        if cursor < TIME_FROM:
            return min(max(cursor, self.retained_from) - 1, len(self.events))
        later = (i for i, one in enumerate(self.events) if one.time_us >= cursor)
        return max(next(later, len(self.events)), self.retained_from - 1)


def read_commit(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the operations of a commit as Jetstream tells them."""
    blocks = libipld.decode_car(body["blocks"])[1] if body["blocks"] else {}
    for op in body["ops"]:
        collection, _, rkey = op["path"].partition("/")
        said: dict[str, Any] = {
            "rev": body["rev"],
            "operation": op["action"],
            "collection": collection,
            "rkey": rkey,
        }
        if op["action"] != "delete" and op["cid"] in blocks:
            said["record"] = as_json(blocks[op["cid"]])
            said["cid"] = libipld.encode_cid(op["cid"])
        yield said


def as_json(value: Any) -> Any:
    """Give a value of the data model as its JSON form has it."""
    if isinstance(value, bytes):
        if len(value) == 36 and value[0] == 1:
            return {"$link": libipld.encode_cid(value)}
        return {"$bytes": base64.b64encode(value).decode().rstrip("=")}
    if isinstance(value, dict):
        return {key: as_json(one) for key, one in value.items()}
    return [as_json(one) for one in value] if isinstance(value, list) else value


def dump(value: Any) -> bytes:
    """Write JSON as the server does, in UTF-8 and without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


class Wish(NamedTuple):
    """What a subscriber asked for."""

    is_newer: bool
    cursor: int | None
    kinds: frozenset[str]
    dids: frozenset[str]
    collections: tuple[str, ...]
    longest: int
    dictionary: int

    def wants(self, event: Event) -> bool:
        """Say whether an event passes the filters of its wire."""
        text = event.newer if self.is_newer else event.older
        if not text or (self.longest and len(text) > self.longest):
            return False
        if self.kinds and event.kind not in self.kinds:
            return False
        if self.dids and event.did not in self.dids:
            return False
        return event.kind != "commit" or not self.collections or self._has(event.collection)

    def _has(self, collection: str) -> bool:
        return any(
            collection.startswith(one[:-1]) if one.endswith("*") else collection == one
            for one in self.collections
        )


class Refusal(Exception):
    """What is refused before the upgrade: the name of the error, and its message."""


def read_wish(path: str) -> Wish:
    """Read the query of a request for a stream; raises Refusal for what the wire refuses."""
    parts = urlsplit(path)
    query = parse_qs(parts.query)
    is_newer = parts.path == NEWER
    if is_newer and (wrong := [name for name in query if name.startswith("wanted")]):
        raise Refusal("InvalidRequest", f"{wrong[0]} is of the older wire; say dids or collections")
    prefix = ("collections", "dids") if is_newer else ("wantedCollections", "wantedDids")
    collections, dids = tuple(query.get(prefix[0], ())), query.get(prefix[1], ())
    if len(collections) > 100 or len(dids) > 10_000:
        raise Refusal("InvalidRequest", "too many collections or dids")
    kinds = frozenset(query.get("kinds", ())) if is_newer else frozenset[str]()
    if kinds - set(KINDS) or (collections and kinds and "commit" not in kinds):
        raise Refusal("InvalidRequest", "these kinds cannot be")
    if not is_newer and query.get("compress") == ["true"]:
        raise Refusal("InvalidRequest", "this stand-in has not the older wire's dictionary")
    dictionary = int(query.get("zstdDictionary", ["0"])[0])
    if dictionary not in (0, DICTIONARY_ID):
        raise Refusal("UnknownZstdDictionary", f"the current dictionary is {DICTIONARY_ID}")
    try:
        cursor = int(query["cursor"][0]) if "cursor" in query else None
    except ValueError:
        raise Refusal("InvalidRequest", "the cursor is no number") from None
    return Wish(
        is_newer=is_newer,
        cursor=cursor,
        kinds=kinds,
        dids=frozenset(dids),
        collections=collections,
        longest=int(query.get("maxMessageSizeBytes", ["0"])[0]),
        dictionary=dictionary,
    )


class Jetstream:
    """The server: answers HTTP where no stream is asked for, and pumps events where one is."""

    def __init__(self, history: History) -> None:
        self.history = history
        words = [f'{{"$type":"message","payload":{{"n":{n},"text":"Q{n}"}}}}' for n in range(2000)]
        samples: list[bytes | bytearray | memoryview[int]] = [(word * 3).encode() for word in words]
        trained = zstandard.train_dictionary(4096, samples, dict_id=DICTIONARY_ID)
        self.dictionary = trained.as_bytes()

    def check(self, connection: ServerConnection, request: Request) -> Response | None:
        """Answer what is refused before the upgrade, and the request for the dictionary."""
        path = urlsplit(request.path)
        if path.path == DICTIONARY:
            wanted = parse_qs(path.query).get("id", [str(DICTIONARY_ID)])[0]
            if wanted != str(DICTIONARY_ID):
                return self._refuse("DictionaryNotFound", "there is no such dictionary")
            kind = Headers([("Content-Type", "application/octet-stream")])
            return Response(200, "OK", kind, self.dictionary)
        if path.path not in (NEWER, "/subscribe"):
            return connection.respond(HTTPStatus.NOT_FOUND, "Not Found\n")
        try:
            wish = read_wish(request.path)
        except Refusal as refusal:
            return self._refuse(*refusal.args)
        floor = self.history.retained_from
        if wish.is_newer and wish.cursor is not None and wish.cursor < floor > 1:
            return self._refuse("CursorTooOld", f"seq {wish.cursor} is below the floor {floor}")
        return None

    @staticmethod
    def _refuse(name: str, message: str) -> Response:
        kind = Headers([("Content-Type", "application/json")])
        return Response(400, "Bad Request", kind, dump({"error": name, "message": message}))

    async def pump(self, connection: ServerConnection) -> None:
        """Send the events that a subscriber wants, from its cursor on."""
        assert connection.request is not None
        wish = read_wish(connection.request.path)
        events = self.history.events
        at = len(events) if wish.cursor is None else self.history.find_start(wish.cursor)
        compress = self._start_compressing() if wish.dictionary else None
        listening = asyncio.create_task(self._close_on_words(connection))
        try:
            if wish.is_newer and wish.cursor and at == self.history.retained_from - 1 > 0:
                info = {"name": "OutdatedCursor", "message": f"resumed from seq {at + 1}"}
                payload = {"$type": "network.bsky.jetstream.subscribeEvents#info", **info}
                await self._send(
                    connection, dump({"$type": "message", "payload": payload}), compress
                )
            while True:
                await self.history.wait_beyond(at)
                while at < len(events):
                    event, at = events[at], at + 1
                    if wish.wants(event):
                        text = event.newer if wish.is_newer else event.older
                        await self._send(connection, text, compress)
        except websockets.ConnectionClosed:
            pass
        finally:
            listening.cancel()

    def _start_compressing(self) -> Callable[[bytes], bytes]:
        dictionary = zstandard.ZstdCompressionDict(self.dictionary)
        return zstandard.ZstdCompressor(dict_data=dictionary).compress

    @staticmethod
    async def _send(
        connection: ServerConnection, text: bytes, compress: Callable[[bytes], bytes] | None
    ) -> None:
        await connection.send(compress(text) if compress else text.decode())

    @staticmethod
    async def _close_on_words(connection: ServerConnection) -> None:
        """Close on whatever a client says: the newer wire is the server's alone."""
        try:
            await connection.recv()
            await connection.close(1008, "this stream takes no messages")
        except websockets.ConnectionClosed:
            pass


async def main() -> None:
    """Follow the PDS and serve until the process is ended."""
    pds, port, *rest = sys.argv[1:]
    history = History(retained_from=int(rest[0]) if rest else 1)
    jetstream = Jetstream(history)
    async with serve(
        jetstream.pump,
        "127.0.0.1",
        int(port),
        process_request=jetstream.check,
        compression=None,
    ):
        print(json.dumps({"jetstream": f"ws://127.0.0.1:{port}"}), flush=True)  # noqa: T201
        await history.follow(pds.replace("http", "ws", 1))


if __name__ == "__main__":
    asyncio.run(main())
