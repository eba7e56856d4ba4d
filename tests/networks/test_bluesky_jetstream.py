"""Reading Jetstream from servers that break, refuse, speak the older wire or say nonsense."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import zstandard
from tests.networks.fake_server import START, answer, run_server
from tests.networks.watching import FakeWatch, read_notice, run_route
from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from chinwag.errors import NetworkError
from chinwag.http.client import Client
from chinwag.networks.bluesky.jetstream import LONGEST, BlueskyJetstream, OlderWire
from chinwag.networks.bluesky.people import People
from chinwag.networks.bluesky.sieve import Sieve
from chinwag.networks.bluesky.stream import Pump, open_socket
from chinwag.records import bluesky_posts
from chinwag.records.ids import BLUESKY_POST

ANA, BOB = "did:plc:ana", "did:plc:bob"
MICROSECONDS = int(START.timestamp()) * 1_000_000


def tell(seq: int, did: str, rkey: str, text: str | None, **record: Any) -> dict[str, Any]:
    """Give a post's event on the newer wire; one without a text is its deletion."""
    event = {
        "$type": "network.bsky.jetstream.subscribeEvents#commit",
        "seq": seq,
        "did": did,
        "time": f"2026-03-05T19:00:{seq:02}.000000Z",
        "rev": "3rev",
        "operation": "delete" if text is None else "create",
        "collection": BLUESKY_POST,
        "rkey": rkey,
    }
    if text is not None:
        said = {"text": text, "createdAt": f"2026-03-05T19:00:{seq:02}Z", **record}
        event |= {"record": {"$type": BLUESKY_POST, **said}, "cid": "bafyrei"}
    return {"$type": "message", "payload": event}


def tell_older(event: dict[str, Any]) -> dict[str, Any]:
    """Give the same on the older wire."""
    inside = dict(event["payload"])
    seq = inside.pop("seq")
    envelope = {"did": inside.pop("did"), "time_us": MICROSECONDS + seq * 1_000_000}
    del inside["$type"], inside["time"]
    return {**envelope, "kind": "commit", "commit": inside}


class Host:
    """A Jetstream that says some frames and closes; `asked` has the path and query of each try."""

    def __init__(
        self, *frames: Any, refuse: Callable[[str], Response | None] | None = None
    ) -> None:
        self.frames = frames
        self.asked: list[tuple[str, dict[str, list[str]]]] = []
        self.address = ""
        self.stays_open = False
        self.dictionary = b""  # of zstd, where it has one
        self._refuse = refuse or (lambda _: None)

    async def talk(self, connection: ServerConnection) -> None:
        for frame in self.frames:
            await connection.send(frame if isinstance(frame, str | bytes) else json.dumps(frame))
        if self.stays_open:
            await connection.wait_closed()

    def check(self, connection: ServerConnection, request: Request) -> Response | None:
        parts = urlsplit(request.path)
        if parts.path.endswith("getZstdDictionary"):
            if not self.dictionary:
                return refuse(404, "MethodNotImplemented")
            return Response(200, "OK", Headers([("Connection", "close")]), self.dictionary)
        self.asked.append((parts.path, parse_qs(parts.query)))
        return self._refuse(request.path)

    def cursors(self) -> list[str]:
        """Give the cursor of each try, "" where none was given."""
        return [query.get("cursor", [""])[0] for _, query in self.asked]


def refuse(status: int, name: str, message: str = "no") -> Response:
    kind = Headers([("Content-Type", "application/json")])
    body = json.dumps({"error": name, "message": message}).encode()
    return Response(status, "No", kind, body)


@asynccontextmanager
async def run_hosts(*hosts: Host, profiles: Any = None) -> AsyncIterator[BlueskyJetstream]:
    """Run hosts and an app view that knows Ana and Bob, and give the route that reads them."""
    known = profiles or [{"did": ANA, "handle": "ana.test"}, {"did": BOB, "handle": "bob.test"}]

    def say(heard: Any) -> bytes:
        if profiles == "down":
            return answer({"error": "Down"}, status="502 Bad Gateway")
        return answer({"profiles": known})

    async with run_server(say) as app_view:
        servers = [
            await serve(host.talk, "127.0.0.1", 0, process_request=host.check) for host in hosts
        ]
        for host, server in zip(hosts, servers, strict=True):
            host.address = f"http://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        yield BlueskyJetstream(
            [host.address for host in hosts], app_view=app_view.address, heartbeat=0.02
        )
        for server in servers:
            server.close()
            await server.wait_closed()


def make_watch() -> FakeWatch:
    return FakeWatch(convert=bluesky_posts.convert_record)


async def read(route: BlueskyJetstream, watch: FakeWatch) -> str:
    """Read until the stream breaks, and give why."""
    with pytest.raises(NetworkError) as caught:
        await run_route(route, watch)
    return str(caught.value)


QUESTION = tell(1, ANA, "3q", "Q1: What do you lend? #InkChat")
OTHER = tell(2, BOB, "3o", "Lovely weather")
ANSWER = tell(
    3,
    BOB,
    "3a",
    "A1: seeds",
    reply={
        "root": {"uri": f"at://{ANA}/{BLUESKY_POST}/3q"},
        "parent": {"uri": f"at://{ANA}/{BLUESKY_POST}/3q"},
    },
)
GONE = tell(4, BOB, "3a", None)


def test_what_is_kept_has_its_author_beside_it_and_the_place_is_told() -> None:
    async def play() -> None:
        host, watch = Host(QUESTION, OTHER, ANSWER, GONE), make_watch()
        async with run_hosts(host) as route:
            assert await read(route, watch) == "The stream was closed."

        assert [raw.payload for raw in watch.raws] == [
            {"event": QUESTION["payload"], "author": {"did": ANA, "handle": "ana.test"}},
            {"event": ANSWER["payload"], "author": {"did": BOB, "handle": "bob.test"}},
            {"event": GONE["payload"]},
        ]
        assert watch.cursor == f"{MICROSECONDS + 4_000_000} 4 {host.address}"
        assert watch.deleted == [f"at://{BOB}/{BLUESKY_POST}/3a"]

    asyncio.run(play())


def test_on_the_same_host_reading_goes_on_by_number_on_another_a_little_before_by_time() -> None:
    async def play() -> None:
        first, second, watch = Host(QUESTION), Host(ANSWER), make_watch()
        async with run_hosts(first, second) as route:
            for _ in range(3):
                await read(route, watch)

        rewound = str(MICROSECONDS - 4_000_000)  # five seconds before the question
        assert first.cursors() == [str(MICROSECONDS - 5_000_000), str(MICROSECONDS - 2_000_000)]
        assert second.cursors() == [rewound]

        again = Host(ANSWER)
        async with run_hosts(again) as route:
            watch.cursor = f"{MICROSECONDS} 3 {again.address}"
            await read(route, watch)
        assert again.cursors() == ["3"]

    asyncio.run(play())


def test_a_number_that_the_host_has_forgotten_is_told_and_a_time_taken_instead() -> None:
    def forget(path: str) -> Response | None:
        too_old = "cursor=3&" in f"{path}&"
        return refuse(400, "CursorTooOld", "seq 3 is below 900") if too_old else None

    async def play() -> None:
        host, watch = Host(ANSWER, refuse=forget), make_watch()
        async with run_hosts(host) as route:
            watch.cursor = f"{MICROSECONDS} 3 {host.address}"
            await read(route, watch)

        assert host.cursors() == ["3", str(MICROSECONDS - 5_000_000)]
        assert [notice.kind for notice in watch.notices] == ["lacking", "connected"]
        assert "seq 3 is below 900" in read_notice(watch.notices[0])

    asyncio.run(play())


def test_a_host_that_does_not_go_back_so_far_is_told_of() -> None:
    info = {
        "$type": "network.bsky.jetstream.subscribeEvents#info",
        "name": "OutdatedCursor",
        "message": "resumed from seq 900",
    }

    async def play() -> None:
        host, watch = Host({"$type": "message", "payload": info}, QUESTION), make_watch()
        async with run_hosts(host) as route:
            await read(route, watch)

        assert [(one.kind, "seq 900" in read_notice(one)) for one in watch.notices] == [
            ("connected", False),
            ("lacking", True),
        ]
        assert len(watch.posts) == 1

    asyncio.run(play())


def test_a_host_that_has_only_the_older_wire_is_read_by_it() -> None:
    def refuse_newer(path: str) -> Response | None:
        return None if path.startswith("/subscribe") else refuse(404, "NotFound")

    async def play() -> None:
        host = Host(*map(tell_older, (QUESTION, OTHER, ANSWER, GONE)), refuse=refuse_newer)
        watch = make_watch()
        async with run_hosts(host) as route:
            await read(route, watch)

        assert [post.text for post in watch.posts.values()] == [
            "Q1: What do you lend? #InkChat",
            "A1: seeds",
        ]
        assert watch.deleted == [f"at://{BOB}/{BLUESKY_POST}/3a"]
        assert watch.cursor == f"{MICROSECONDS + 4_000_000} 0 {host.address}"
        assert host.asked[-1][1]["wantedCollections"] == [BLUESKY_POST, "app.bsky.feed.repost"]

    asyncio.run(play())


@pytest.mark.parametrize(
    "nonsense",
    [
        "no json #InkChat",
        b"\xff\xfe #InkChat",
        [],
        {"$type": "message", "payload": None, "x": "#InkChat"},
        {"$type": "message", "payload": {**QUESTION["payload"], "rkey": 7}},
        {"$type": "message", "payload": {**QUESTION["payload"], "record": "#InkChat"}},
        {"$type": "message", "payload": {**QUESTION["payload"], "time": "never #InkChat"}},
    ],
)
def test_nonsense_is_passed_over_and_what_follows_is_read(nonsense: Any) -> None:
    async def play() -> None:
        host, watch = Host(nonsense, QUESTION), make_watch()
        async with run_hosts(host) as route:
            await read(route, watch)
        assert [post.text for post in watch.posts.values()] == ["Q1: What do you lend? #InkChat"]

    asyncio.run(play())


def make_dictionary() -> zstandard.ZstdCompressionDict:
    samples: list[bytes | bytearray | memoryview] = [
        json.dumps(tell(seq, ANA, f"3k{seq}", f"A1: {seq}")).encode() for seq in range(1, 60)
    ]
    return zstandard.train_dictionary(4_000, samples * 20)


def pack(frame: bytes, dictionary: zstandard.ZstdCompressionDict) -> bytes:
    return bytes(zstandard.ZstdCompressor(dict_data=dictionary).compress(frame))


def test_events_are_unpacked_with_the_hosts_dictionary() -> None:
    async def play() -> None:
        dictionary, watch = make_dictionary(), make_watch()
        host = Host(pack(json.dumps(QUESTION).encode(), dictionary))
        host.dictionary = dictionary.as_bytes()
        async with run_hosts(host) as route:
            await read(route, watch)
        assert host.asked[0][1]["zstdDictionary"] == [str(dictionary.dict_id())]
        assert [post.text for post in watch.posts.values()] == ["Q1: What do you lend? #InkChat"]

    asyncio.run(play())


@pytest.mark.parametrize(
    "broken", [b"\x37\xa4\x30\xec" + bytes(range(256)) * 8, b"\x37\xa4\x30\xec", b"<html>"]
)
def test_with_a_broken_dictionary_events_come_unpacked(broken: bytes) -> None:
    async def play() -> None:
        host, watch = Host(QUESTION), make_watch()
        host.dictionary = broken
        async with run_hosts(host) as route:
            await read(route, watch)
        assert "zstdDictionary" not in host.asked[0][1]
        assert [post.text for post in watch.posts.values()] == ["Q1: What do you lend? #InkChat"]

    asyncio.run(play())


def test_no_packed_event_swells_beyond_what_an_event_may_have() -> None:
    async def play() -> None:
        dictionary = make_dictionary()
        host = Host(pack(b" " * (LONGEST + 1), dictionary))
        host.dictionary = dictionary.as_bytes()
        async with run_hosts(host) as route:
            told = await read(route, make_watch())
        assert told.endswith("sent something that cannot be unpacked: an event of more than 1 MB.")

    asyncio.run(play())


def test_an_error_of_the_stream_is_told() -> None:
    async def play() -> None:
        host = Host({"$type": "error", "error": "ConsumerTooSlow", "message": "too slow"})
        async with run_hosts(host) as route:
            assert "ConsumerTooSlow" in await read(route, make_watch())

    asyncio.run(play())


def test_a_stream_that_says_nothing_counts_as_broken_and_one_after_the_chat_ends() -> None:
    async def play() -> None:
        host, watch = Host(QUESTION), make_watch()
        host.stays_open = True
        async with run_hosts(host) as route:
            assert await read(route, watch) == "The stream has said nothing for a minute."
            watch.until = watch.time
            watch.time = watch.until.replace(hour=20)
            await run_route(route, watch)  # ends by itself

        assert [post.text for post in watch.posts.values()] == ["Q1: What do you lend? #InkChat"]

    asyncio.run(play())


def test_no_post_is_given_before_its_authors_wish_can_be_asked() -> None:
    async def play() -> None:
        host, watch = Host(QUESTION), make_watch()
        async with run_hosts(host, profiles="down") as route:
            assert "502" in await read(route, watch)

        assert watch.raws == []
        assert watch.cursor == ""
        assert watch.pauses == [1.0, 2.0, 4.0]

    asyncio.run(play())


def test_a_stream_that_is_stopped_while_it_waits_leaves_nothing_behind_that_waits() -> None:
    async def play() -> None:
        host, watch = Host(), make_watch()
        host.stays_open = True
        async with serve(host.talk, "127.0.0.1", 0) as server:
            address = f"http://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
            async with (
                Client(address) as app_view,
                open_socket(address, watch, operator="", longest=LONGEST) as socket,
            ):
                before = asyncio.all_tasks()
                wire = OlderWire(People(app_view))
                async with Pump(socket, wire, Sieve(watch), heartbeat=3600.0) as pump:
                    waiting = asyncio.ensure_future(anext(pump.run()))
                    for _ in range(10):
                        await asyncio.sleep(0)
                    waiting.cancel()
                    await asyncio.wait([waiting])
                await asyncio.sleep(0)
                assert asyncio.all_tasks() - before == set()

    asyncio.run(play())
