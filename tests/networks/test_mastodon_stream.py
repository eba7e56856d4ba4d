"""Listening to a hashtag on a Mastodon server: what it says, how it breaks, when it falls silent."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from tests.networks.fake_mastodon import CLOSED, FakeMastodon, after
from tests.networks.fake_server import START, FakeServer, answer, run_server
from tests.networks.watching import FakeWatch, read_notice, run_route
from websockets import Request, Response, ServerConnection
from websockets.asyncio.server import serve

from chinwag.errors import NetworkError
from chinwag.http.client import LONGEST_LINE
from chinwag.model import Secret
from chinwag.networks.mastodon.server import MastodonServer
from chinwag.networks.mastodon.stream import MastodonStream, is_own_socket
from chinwag.records.mastodon_statuses import convert_record

TOKEN = Secret("tok-stream-7f3a")


def make_watch() -> FakeWatch:
    return FakeWatch(since=START - timedelta(minutes=5), convert=convert_record)


def listen(
    fake: FakeMastodon, play: Callable[[MastodonServer], Awaitable[None]], enough: int
) -> FakeWatch:
    """Listen until so many records have come; `play` begins when somebody listens."""
    watch = make_watch()

    async def run() -> None:
        async with run_server(fake.say) as server:
            mastodon = MastodonServer(server.address, token=TOKEN)
            running = asyncio.create_task(
                run_route(MastodonStream(mastodon), watch, lambda: len(watch.raws) >= enough)
            )
            while not watch.notices and not running.done():
                await asyncio.sleep(0.001)
            await asyncio.gather(running, play(mastodon))

    asyncio.run(run())
    return watch


def test_posts_edits_and_deletions_come_as_they_are_told() -> None:
    fake = FakeMastodon()

    async def play(_: MastodonServer) -> None:
        first, second = fake.post("Helo #InkChat"), fake.post("Oops #InkChat")
        fake.edit(first, "Hello #InkChat", after(20))
        fake.delete(second)

    watch = listen(fake, play, 4)

    kept = {post.text: post for post in watch.posts.values()}
    assert sorted(kept) == ["Hello #InkChat", "Oops #InkChat"]
    assert [one.text for one in kept["Hello #InkChat"].versions] == ["Helo #InkChat"]
    assert watch.deleted == list(kept["Oops #InkChat"].aliases[:1])
    assert {raw.route for raw in watch.raws} == {"mastodon:stream"}


def test_what_is_not_public_or_no_post_is_passed_over() -> None:
    fake = FakeMastodon()

    async def play(_: MastodonServer) -> None:
        fake.post("For friends #InkChat", visibility="private")
        fake.post("Years ago #InkChat", START - timedelta(days=700))
        fake.tell("filters_changed", "")
        fake.tell("update", "{half")
        fake.tell("update", "[]")
        fake.whisper(b": thump\n\nid: 7\nretry: 10\n\nevent: update\n\n")
        fake.post("Hello #InkChat")

    watch = listen(fake, play, 1)

    assert [post.text for post in watch.posts.values()] == ["Hello #InkChat"]


@pytest.mark.parametrize("last", [b'event: update\ndata: {"id": "9"', b"event: del", b""])
def test_a_stream_that_breaks_in_the_middle_of_an_event_gives_none_of_it(last: bytes) -> None:
    fake = FakeMastodon()
    watch = make_watch()

    async def run() -> None:
        async with run_server(fake.say) as server:
            mastodon = MastodonServer(server.address, token=TOKEN)
            running = asyncio.create_task(run_route(MastodonStream(mastodon), watch))
            while not watch.notices:
                await asyncio.sleep(0.001)
            fake.post("Hello #InkChat")
            fake.whisper(last)
            fake.whisper(None)
            with pytest.raises(NetworkError) as caught:
                await running
            assert str(caught.value) == f"{mastodon.host} ended its stream."
            assert not mastodon.listening.is_open

    asyncio.run(run())
    assert [post.text for post in watch.posts.values()] == ["Hello #InkChat"]
    assert len(watch.raws) == 1


@pytest.mark.parametrize("line", [b"data: " + b"x" * 65_536, b"data: x"])
def test_an_event_without_end_is_no_flood(line: bytes) -> None:
    fake = FakeMastodon()

    async def flood(_server: MastodonServer) -> None:
        lines = (line + b"\n") * max(1, 65_536 // len(line))
        for _ in range(4 * LONGEST_LINE // len(lines)):
            fake.whisper(lines)
            await asyncio.sleep(0)

    with pytest.raises(NetworkError, match=r"sent an event of more than 2 MB\."):
        listen(fake, flood, 1)


def test_a_stream_that_polling_found_silent_is_given_up() -> None:
    fake = FakeMastodon()

    async def play(mastodon: MastodonServer) -> None:
        mastodon.listening.is_silent = True
        fake.whisper(b":thump\n")

    with pytest.raises(NetworkError, match="is silent and is opened again"):
        listen(fake, play, 1)


def test_a_token_that_the_server_does_not_take_is_told_and_the_route_ends() -> None:
    fake = FakeMastodon()
    fake.refusals["/api/v1/streaming"] = CLOSED

    async def play(_: MastodonServer) -> None:
        return

    (notice,) = listen(fake, play, 1).notices
    assert (notice.kind, read_notice(notice).partition(" ")[2].rpartition(" with ")[2]) == (
        "lacking",
        "401 Unauthorized. It said: This method requires an authenticated user.",
    )
    assert notice.note.code == "mastodon-stream-closed"


def test_it_ends_when_the_chat_is_over() -> None:
    watch = FakeWatch(until=START - timedelta(seconds=1))

    async def run() -> None:
        await run_route(MastodonStream(MastodonServer("http://127.0.0.1:9", token=TOKEN)), watch)

    asyncio.run(run())
    assert (watch.raws, watch.notices) == ([], [])


# Web sockets


@asynccontextmanager
async def run_socket(
    say: Callable[[ServerConnection], Awaitable[None]], refuse: HTTPStatus | None = None
) -> AsyncIterator[tuple[str, list[Request]]]:
    """Run a server of web sockets on a free port; give its address and what was asked of it."""
    asked: list[Request] = []

    def note(connection: ServerConnection, request: Request) -> Response | None:
        asked.append(request)
        return connection.respond(refuse, "no") if refuse else None

    async with serve(say, "127.0.0.1", 0, process_request=note) as server:
        port = server.sockets[0].getsockname()[1]
        yield f"ws://127.0.0.1:{port}", asked


async def listen_to_socket(
    fake: FakeMastodon,
    say: Callable[[ServerConnection], Awaitable[None]],
    watch: FakeWatch,
    enough: int,
    refuse: HTTPStatus | None = None,
) -> tuple[list[Request], FakeServer]:
    async with run_socket(say, refuse) as (address, asked), run_server(fake.say) as server:
        fake.instance = {"configuration": {"urls": {"streaming": address}}}
        mastodon = MastodonServer(server.address, token=TOKEN)
        await run_route(MastodonStream(mastodon), watch, lambda: len(watch.raws) >= enough)
        return asked, server


def test_a_socket_that_the_instance_names_is_used_with_the_token_in_a_header() -> None:
    fake = FakeMastodon()
    number = fake.post("Hello #InkChat")
    watch = make_watch()

    async def say(socket: ServerConnection) -> None:
        status = json.dumps(fake.statuses[number])
        messages: list[Any] = [
            "no json",
            json.dumps({"event": "notification", "payload": "{}"}),
            json.dumps({"stream": ["hashtag", "inkchat"], "event": "update", "payload": status}),
            json.dumps({"event": "delete", "payload": number}),
        ]
        for message in messages:
            await socket.send(message)
        await socket.wait_closed()

    asked, _ = asyncio.run(listen_to_socket(fake, say, watch, 2))

    assert asked[0].path == "/api/v1/streaming?stream=hashtag&tag=InkChat"
    assert asked[0].headers["Authorization"] == f"Bearer {TOKEN.reveal()}"
    assert [post.text for post in watch.posts.values()] == ["Hello #InkChat"]
    assert watch.deleted[0].endswith(f":{number}")


def test_a_socket_that_closes_is_a_network_error() -> None:
    async def say(socket: ServerConnection) -> None:
        await socket.close(1011)

    async def say_goodbye(socket: ServerConnection) -> None:
        await socket.close(1000)

    for one, what in ((say, "The connection to the stream of"), (say_goodbye, "ended its stream")):
        with pytest.raises(NetworkError, match=what):
            asyncio.run(listen_to_socket(FakeMastodon(), one, make_watch(), 1))


@pytest.mark.parametrize(
    "refuse", [HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN, HTTPStatus.BAD_GATEWAY]
)
def test_where_no_socket_can_be_had_plain_http_is_used(refuse: HTTPStatus) -> None:
    fake = FakeMastodon()
    watch = make_watch()

    async def never(_: ServerConnection) -> None:
        raise AssertionError

    async def run() -> None:
        listening = asyncio.create_task(listen_to_socket(fake, never, watch, 1, refuse))
        while not watch.notices:
            await asyncio.sleep(0.001)
        fake.post("Hello #InkChat")
        await listening

    asyncio.run(run())
    assert read_notice(watch.notices[0]).endswith("over HTTP.")
    assert [post.text for post in watch.posts.values()] == ["Hello #InkChat"]


def test_a_token_that_the_socket_refuses_is_told_and_the_route_ends() -> None:
    async def never(_: ServerConnection) -> None:
        raise AssertionError

    watch = make_watch()
    asyncio.run(listen_to_socket(FakeMastodon(), never, watch, 1, HTTPStatus.UNAUTHORIZED))
    assert [notice.kind for notice in watch.notices] == ["lacking"]


def test_no_log_shows_the_token_of_a_socket(caplog: pytest.LogCaptureFixture) -> None:
    fake = FakeMastodon()
    number = fake.post("Hello #InkChat")

    async def say(socket: ServerConnection) -> None:
        await socket.send(json.dumps({"event": "delete", "payload": number}))
        await socket.wait_closed()

    with caplog.at_level(logging.DEBUG):
        logging.getLogger("websockets.server").disabled = True
        asyncio.run(listen_to_socket(fake, say, make_watch(), 1))
    logging.getLogger("websockets.server").disabled = False

    assert TOKEN.reveal() not in caplog.text


def test_a_token_that_the_server_repeats_is_in_no_record() -> None:
    fake = FakeMastodon()
    number = fake.post(f"You said {TOKEN.reveal()} #InkChat")
    watch = make_watch()

    async def say(socket: ServerConnection) -> None:
        status = json.dumps(fake.statuses[number])
        await socket.send(json.dumps({"event": "update", "payload": status}))
        await socket.wait_closed()

    asyncio.run(listen_to_socket(fake, say, watch, 1))
    assert [post.text for post in watch.posts.values()] == ["You said (secret) #InkChat"]
    assert TOKEN.reveal() not in str(watch.raws)


@pytest.mark.parametrize(
    ("socket", "is_own"),
    [
        ("wss://shelf.example", True),
        ("wss://streaming.shelf.example", True),
        ("wss://shelf.example:4000", True),
        ("ws://shelf.example", False),
        ("wss://elsewhere.example", False),
        ("wss://notshelf.example", False),
        ("wss://shelf.example.evil.example", False),
        ("wss://127.0.0.1:18999/internal?x=1#", False),
        ("wss://[fd00::1]:6443", False),
        ("https://shelf.example", False),
        ("wss://[", False),
        ("", False),
    ],
)
def test_a_token_goes_to_its_own_servers_socket_alone(socket: str, is_own: bool) -> None:
    assert is_own_socket(socket, "https://shelf.example") is is_own


@pytest.mark.parametrize("socket", ["ws://elsewhere.example", "wss://elsewhere.example", 7])
def test_where_the_named_socket_is_not_the_servers_own_plain_http_is_used(socket: object) -> None:
    fake = FakeMastodon()
    fake.instance = {"configuration": {"urls": {"streaming": socket}}}

    async def play(_: MastodonServer) -> None:
        fake.post("Hello #InkChat")

    assert read_notice(listen(fake, play, 1).notices[0]).endswith("over HTTP.")
    assert answer({}).startswith(b"HTTP/1.1 200")
