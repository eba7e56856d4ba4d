"""One suite for every network: what its routes and its announcer promise in `networks/contract`.

A network joins with a `Stage`: how to run it on this machine, and what people do there. What is
said here of a chat's posts is read by the network's own conversion, as a capture does.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import pytest
from tests.networks.bluesky_people import Person
from tests.networks.fake_server import START
from tests.networks.gate import Gate
from tests.networks.local_servers import LocalServers
from tests.networks.mastodon_people import MastodonPeople
from tests.networks.watching import FakeWatch, run_route

from chinwag.errors import InputError, NetworkError
from chinwag.model import Deletion, Post, RawPost, Secret
from chinwag.networks.bluesky import (
    BlueskyAnnouncer,
    BlueskyFirehose,
    BlueskyJetstream,
    BlueskySearch,
    Session,
)
from chinwag.networks.contract import Announcement, Announcer, Picture, Route
from chinwag.networks.example import Board, BoardAnnouncer, BoardPoll, BoardStream
from chinwag.networks.mastodon import (
    MastodonPoll,
    MastodonServer,
    MastodonStream,
    open_announcer,
)
from chinwag.records import bluesky_posts, example_notes, mastodon_statuses
from chinwag.records.contract import ReadOptions
from chinwag.text.html import read_html


class Stage(Protocol):
    """A network on this machine, with people on it. Ids are those that its posts get."""

    @property
    def now(self) -> datetime:
        """Give what its server takes for now."""
        ...

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]: ...
    async def post(self, author: str, text: str, answers: str = "") -> str: ...
    async def edit(self, id: str, text: str) -> None: ...
    async def delete(self, id: str) -> None: ...
    async def shut(self) -> None:
        """Break every connection, and let nobody in."""

    async def open(self) -> None: ...
    def list_routes(self) -> Sequence[Route]:
        """Give every kind of route there is, each a new one, those that stream first."""

    async def make_announcer(self, watch: FakeWatch) -> Announcer: ...
    async def read(self, id: str) -> str:
        """Give a post's text as it stands on the server, "" where it is gone."""


class ExampleStage:
    """The invented noticeboard."""

    def __init__(self) -> None:
        self._board = Board("green")

    @property
    def now(self) -> datetime:
        return START

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
        return example_notes.convert_record(raw, options)

    async def post(self, author: str, text: str, answers: str = "") -> str:
        under = _number(answers) if answers else None
        return f"board://green/{self._board.pin(author, text, self.now, under)}"

    async def edit(self, id: str, text: str) -> None:
        self._board.amend(_number(id), text, self.now)

    async def delete(self, id: str) -> None:
        self._board.take_down(_number(id))

    async def shut(self) -> None:
        self._board.shut()

    async def open(self) -> None:
        self._board.open()

    def list_routes(self) -> Sequence[Route]:
        return BoardStream(self._board), BoardPoll(self._board)

    async def make_announcer(self, watch: FakeWatch) -> Announcer:
        return BoardAnnouncer(self._board, "host", watch)

    async def read(self, id: str) -> str:
        notes = {note["number"]: note["says"] for note in self._board.list_notes()}
        return str(notes.get(_number(id), ""))


def _number(id: str) -> int:
    return int(id.rpartition("/")[2])


@asynccontextmanager
async def run_example() -> AsyncIterator[Stage]:
    yield ExampleStage()


class MastodonStage:
    """A Mastodon-compatible server that others wrote."""

    def __init__(self, servers: LocalServers) -> None:
        self._servers = servers
        self.people = MastodonPeople(servers.addresses["mastodon"])
        self._token = Secret()

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
        return mastodon_statuses.convert_record(raw, options)

    async def post(self, author: str, text: str, answers: str = "") -> str:
        return await self.people.post(author, text, answers)

    async def edit(self, id: str, text: str) -> None:
        await self.people.edit(id, text)

    async def delete(self, id: str) -> None:
        await self.people.delete(id)

    async def shut(self) -> None:
        await asyncio.to_thread(self._servers.stop, "mastodon")

    async def open(self) -> None:
        await asyncio.to_thread(self._servers.start, "mastodon")

    async def prepare(self) -> None:
        self._token = await self.people.sign_up("host")

    def list_routes(self) -> Sequence[Route]:
        server = MastodonServer(self.people.address, token=self._token)
        return MastodonStream(server), MastodonPoll(server)

    async def make_announcer(self, watch: FakeWatch) -> Announcer:
        return await open_announcer(MastodonServer(self.people.address, token=self._token), watch)

    async def read(self, id: str) -> str:
        return read_html(str((await self.people.find(id)).get("content", ""))).text


@asynccontextmanager
async def run_mastodon(servers: LocalServers) -> AsyncIterator[Stage]:
    stage = MastodonStage(servers)
    await stage.prepare()
    try:
        yield stage
    finally:
        await stage.people.close()


class BlueskyStage:
    """A whole AT Protocol network, behind gates that can be shut."""

    def __init__(self, servers: LocalServers, people: dict[str, Person]) -> None:
        self._servers = servers
        self._people = people
        self._began = datetime.now(UTC)
        self._gates: dict[str, Gate] = {}
        self._posts: dict[str, dict[str, Any]] = {}
        self._sessions = AsyncExitStack()

    @property
    def now(self) -> datetime:
        """Give a time before which, by five minutes, are the posts of other tests."""
        return self._began + timedelta(minutes=5)

    async def prepare(self) -> None:
        for name in ("jetstream", "pds", "appview"):
            self._gates[name] = await Gate.before(self._servers.addresses[name])
        self._host = await self._find(f"host-{len(self._people)}")
        self._password = Secret(self._host.make_app_password())

    async def clear(self) -> None:
        await self._sessions.aclose()
        for gate in self._gates.values():
            await gate.shut()

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
        return bluesky_posts.convert_record(raw, options)

    async def post(self, author: str, text: str, answers: str = "") -> str:
        person = await self._find(author)
        made = await asyncio.to_thread(person.post, text, self._posts.get(answers))
        self._posts[made["uri"]] = made
        await asyncio.to_thread(self._servers.settle)
        return str(made["uri"])

    async def edit(self, id: str, text: str) -> None:
        await asyncio.to_thread(self._find_author(id).change, self._posts[id], text)

    async def delete(self, id: str) -> None:
        await asyncio.to_thread(self._find_author(id).delete, self._posts[id])

    async def shut(self) -> None:
        for gate in self._gates.values():
            await gate.shut()

    async def open(self) -> None:
        for gate in self._gates.values():
            await gate.open()

    def list_routes(self) -> Sequence[Route]:
        app_view, pds = self._gates["appview"].address, self._gates["pds"].address
        return (
            BlueskyJetstream([self._gates["jetstream"].address], app_view=app_view),
            BlueskyFirehose(pds, app_view=app_view),
            BlueskySearch(pds, self._host.handle, self._password, every=1.0),
        )

    async def make_announcer(self, watch: FakeWatch) -> Announcer:
        opening = Session(self._gates["pds"].address, self._host.handle, self._password, watch)
        return BlueskyAnnouncer(await self._sessions.enter_async_context(opening), watch)

    async def read(self, id: str) -> str:
        return await asyncio.to_thread(self._host.read, id)

    async def _find(self, name: str) -> Person:
        if name not in self._people:
            pds = self._servers.addresses["pds"]
            self._people[name] = await asyncio.to_thread(Person, pds, f"{name}-on-stage")
        return self._people[name]

    def _find_author(self, id: str) -> Person:
        return next(one for one in self._people.values() if f"at://{one.did}/" in id)


@asynccontextmanager
async def run_bluesky(servers: LocalServers, people: dict[str, Person]) -> AsyncIterator[Stage]:
    stage = BlueskyStage(servers, people)
    await stage.prepare()
    try:
        yield stage
    finally:
        await stage.clear()


STAGES = [
    "example",
    pytest.param("bluesky", marks=pytest.mark.networks),
    pytest.param("mastodon", marks=pytest.mark.networks),
]


@pytest.fixture(params=STAGES)
def perform(request: pytest.FixtureRequest) -> Callable[[Callable[[Stage], Awaitable[None]]], None]:
    """Give what runs a play on a network's stage."""

    def open_stage() -> AbstractAsyncContextManager[Stage]:
        if request.param == "bluesky":
            people = request.getfixturevalue("bluesky_people")
            return run_bluesky(request.getfixturevalue("local_servers"), people)
        if request.param == "mastodon":
            return run_mastodon(request.getfixturevalue("local_servers"))
        return run_example()

    def run(play: Callable[[Stage], Awaitable[None]]) -> None:
        async def act() -> None:
            async with open_stage() as stage:
                await play(stage)

        asyncio.run(act())

    return run


@pytest.fixture(scope="module")
def bluesky_people() -> Iterator[dict[str, Person]]:
    people: dict[str, Person] = {}
    yield people
    for person in people.values():
        person.close()


Perform = Callable[[Callable[[Stage], Awaitable[None]]], None]


def make_watch(stage: Stage) -> FakeWatch:
    watch = FakeWatch(
        since=stage.now - timedelta(minutes=5), convert=stage.convert, real_pause=0.02
    )
    watch.time = stage.now
    return watch


def said(watch: FakeWatch) -> dict[str, str]:
    return {id_: post.text for id_, post in watch.posts.items()}


def test_every_route_says_what_it_is(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        routes = stage.list_routes()

        assert len({route.name for route in routes}) == len(routes)
        for route in routes:
            assert route.name.startswith(f"{route.network}:")
            assert route.kind in ("stream", "poll", "thread", "search")
            assert route.origin

    perform(play)


def test_every_route_brings_the_posts_of_the_hashtag_and_no_others(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        for number, route in enumerate(stage.list_routes()):
            watch = make_watch(stage)
            running = asyncio.create_task(
                run_route(route, watch, lambda: len(watch.posts) >= 2)  # noqa: B023
            )
            await _wait_until(lambda: bool(watch.raws or watch.notices or watch.pauses), running)  # noqa: B023
            await stage.post("mo", "Lovely weather")
            first = await stage.post("ana", f"Hello #InkChat {number}")
            second = await stage.post("bo", f"A1: me too #inkchat {number}")
            await running

            found = {first: f"Hello #InkChat {number}", second: f"A1: me too #inkchat {number}"}
            assert {id_: text for id_, text in said(watch).items() if id_ in found} == found
            assert all("inkchat" in text.lower() for text in said(watch).values())
            assert {raw.route.partition(":")[0] for raw in watch.raws} == {route.network}
            assert all(raw.at is not None and raw.at.tzinfo for raw in watch.raws)
            await stage.delete(first)
            await stage.delete(second)

    perform(play)


def test_what_is_said_while_a_connection_is_broken_comes_by_some_route(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        watch = make_watch(stage)
        first = await stage.post("ana", "Before #InkChat")
        for route in stage.list_routes():
            watch.cursor = ""
            await _run_for_a_while(route, watch)
        second = await stage.post("bo", "While nobody listened #InkChat")
        for route in stage.list_routes():
            await _run_for_a_while(route, watch)

        assert said(watch) == {
            first: "Before #InkChat",
            second: "While nobody listened #InkChat",
        }

    perform(play)


def test_a_server_that_is_down_is_a_network_error(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        watch = make_watch(stage)
        await stage.shut()
        for route in stage.list_routes():
            with pytest.raises(NetworkError) as caught:
                await run_route(route, watch)
            assert str(caught.value).endswith(".")
            assert not caught.value.is_final
        await stage.open()

    perform(play)


def test_a_connection_that_breaks_is_a_network_error(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        watch = make_watch(stage)
        running = asyncio.create_task(run_route(stage.list_routes()[0], watch))
        await _wait_until(lambda: bool(watch.notices), running)
        await asyncio.sleep(0.02)
        await stage.shut()
        with pytest.raises(NetworkError):
            await running
        await stage.open()

    perform(play)


def test_an_edit_and_a_deletion_come_by_the_first_route(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        watch = make_watch(stage)
        running = asyncio.create_task(
            run_route(stage.list_routes()[0], watch, lambda: bool(watch.deleted))
        )
        await _wait_until(lambda: bool(watch.notices), running)
        first = await stage.post("ana", "Helo #InkChat")
        second = await stage.post("bo", "Oops #InkChat")
        await _wait_until(lambda: len(watch.posts) == 2, running)
        await stage.edit(first, "Hello #InkChat")
        await stage.delete(second)
        await running

        assert said(watch)[first] == "Hello #InkChat"
        assert watch.posts[first].edited_at is not None
        names = (second, *watch.posts[second].aliases)
        assert watch.deleted[0] in names

    perform(play)


# Announcing

QUESTION = Announcement(
    key="q1", text="Q1: What do you read first? #InkChat", hashtag="InkChat", lang="en"
)
TALL = Picture(data=b"\x89PNG\r\n", media_type="image/png", alt=" ")


def test_an_announcement_goes_out_once_however_often_it_is_tried(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        announcer = await stage.make_announcer(make_watch(stage))

        first = await announcer.announce(QUESTION)
        again = await announcer.announce(QUESTION)

        assert (first.is_new, again.is_new) == (True, False)
        assert (first.id, first.url) == (again.id, again.url)
        assert await stage.read(first.id) == QUESTION.text

    perform(play)


def test_an_announcement_goes_on_under_another_is_edited_and_taken_back(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        announcer = await stage.make_announcer(make_watch(stage))
        first = await announcer.announce(QUESTION)
        part = Announcement(
            key="q1.2", text="Q1 part 2 #InkChat", hashtag="InkChat", lang="en", reply_to=first.id
        )
        second = await announcer.announce(part)
        assert await stage.read(second.id) == "Q1 part 2 #InkChat"

        changed = Announcement(
            key="q1.2", text="Q1, part two #InkChat", hashtag="InkChat", lang="en"
        )
        edited = await announcer.edit(second.id, changed)
        assert await stage.read(edited.id) == "Q1, part two #InkChat"

        await announcer.delete(edited.id)
        await announcer.delete(edited.id)  # gone already
        assert await stage.read(edited.id) == ""

    perform(play)


def test_what_would_go_out_is_told_and_nothing_goes(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        announcer = await stage.make_announcer(make_watch(stage))

        assert QUESTION.text in announcer.check(QUESTION)
        for wrong in (
            Announcement(key="a", text="  ", hashtag="InkChat", lang="en"),
            Announcement(key="b", text="x" * 100_000, hashtag="InkChat", lang="en"),
            Announcement(key="c", text="Q", hashtag="InkChat", lang="en", picture=TALL),
        ):
            with pytest.raises(InputError):
                announcer.check(wrong)
            with pytest.raises(InputError):
                await announcer.announce(wrong)

    perform(play)


async def _wait_until(is_so: Callable[[], bool], running: asyncio.Task[None]) -> None:
    """Let others work until something is so; a route that ends before is a failure."""
    async with asyncio.timeout(20):
        while not is_so():
            if running.done():
                running.result()
                raise AssertionError("the route ended")
            await asyncio.sleep(0.01)


async def _run_for_a_while(route: Route, watch: FakeWatch) -> None:
    """Run a route until a stream is connected, or others have looked once and wait; break it."""
    told, waited = len(watch.notices), len(watch.pauses)
    running = asyncio.create_task(run_route(route, watch))
    if route.kind == "stream":
        await _wait_until(lambda: len(watch.notices) > told, running)
    else:
        await _wait_until(lambda: len(watch.pauses) > waited or running.done(), running)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
