"""One suite for every network: what its routes and its announcer promise in `networks/contract`.

A network joins with a file in `stages/`: how to run it on this machine, and what people do there.
What is said here of a chat's posts is read by the network's own conversion, as a capture does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from tests.contracts.stages.stage import Stage
from tests.networks.bluesky_people import Person
from tests.networks.watching import FakeWatch, run_route

from chinwag.errors import InputError, NetworkError
from chinwag.networks.contract import Announced, Announcement, Picture, Route
from chinwag.records.registry import CONVERTERS

STAGES = Path(__file__).parent / "stages"


def list_stages() -> list[Any]:
    """Return the networks that have a stage; some need servers that others wrote."""
    names = [name for name in CONVERTERS if (STAGES / f"{name}.py").exists()]
    return [
        pytest.param(name, marks=pytest.mark.networks) if _needs_servers(name) else name
        for name in names
    ]


def _needs_servers(name: str) -> bool:
    return hasattr(import_module(f"tests.contracts.stages.{name}"), "NEEDS_SERVERS")


@pytest.fixture(params=list_stages())
def perform(request: pytest.FixtureRequest) -> Callable[[Callable[[Stage], Awaitable[None]]], None]:
    """Return what runs a play on a network's stage."""
    room = import_module(f"tests.contracts.stages.{request.param}")

    def run(play: Callable[[Stage], Awaitable[None]]) -> None:
        async def act() -> None:
            async with room.open_stage(request) as stage:
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


def test_the_right_to_post_is_found_out_where_the_server_can_be_asked(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        announcer = await stage.make_announcer(make_watch(stage))
        await stage.shut()
        with pytest.raises(NetworkError):
            await announcer.check_rights()
        await stage.open()
        await announcer.check_rights()

    perform(play)


def test_what_is_out_is_found_again_and_what_is_gone_is_not(perform: Perform) -> None:
    async def play(stage: Stage) -> None:
        watch = make_watch(stage)
        announcer = await stage.make_announcer(watch)
        sent = await announcer.announce(QUESTION)
        found = await announcer.look_up(sent.id, QUESTION.text, watch.now())
        assert found == Announced(id=sent.id, url=sent.url, is_new=False)
        await announcer.delete(sent.id)
        assert await announcer.look_up(sent.id, QUESTION.text, watch.now()) is None

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
