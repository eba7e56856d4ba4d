"""A route that waits for its server is tried again as soon as another route gets through to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from tests.networks.watching import PATIENCE, FakeWatch

from chinwag.capture.routes import FIRST_WAIT, Recoveries, RouteRunner
from chinwag.capture.state import ChatState
from chinwag.capture.view import CaptureView
from chinwag.errors import NetworkError
from chinwag.model import Note, RawPost
from chinwag.networks.contract import Notice, Received, Watch, make_notice


class Deaf:
    """Listens to nothing."""

    def hear_kept(self, posts: Sequence[str], at: datetime) -> None: ...

    def hear_notice(self, route: str, kind: str, note: Note) -> None: ...

    def hear_written(self, state: ChatState) -> None: ...

    def see(self, view: CaptureView) -> None: ...


class Server:
    """A server that its routes reach while it is up; down, it may say how long to wait."""

    def __init__(self, wait: float | None = None) -> None:
        self.is_up = False
        self.wait = wait


class ServerRoute:
    """A route that says that it is connected, and then nothing."""

    network = "example"
    kind = "stream"

    def __init__(self, name: str, server: Server, origin: str = "green") -> None:
        self.name = name
        self.origin = origin
        self.tries = 0
        self._server = server

    async def receive(self, watch: Watch, cursor: str) -> AsyncIterator[Received | Notice]:
        self.tries += 1
        if not self._server.is_up:
            raise NetworkError("It is down.", code="network-unreachable", wait=self._server.wait)
        yield make_notice("connected", "Connected.", code="example-connected")
        await asyncio.Event().wait()


class LongPauses(FakeWatch):
    """A watch whose pauses of over a second last until the test ends them."""

    def __init__(self) -> None:
        super().__init__()
        self.waits = asyncio.Event()
        self.goes_on = asyncio.Event()

    async def pause(self, seconds: float) -> None:
        await super().pause(seconds)
        if seconds > FIRST_WAIT:
            self.waits.set()
            await self.goes_on.wait()


async def take(route: str, raws: Sequence[RawPost], cursor: str | None) -> bool:
    return True


async def recover_beside(server: Server, origin: str) -> tuple[int, list[float]]:
    """Let one route reach "green" again while another waits; give the other's new tries, pauses."""
    recoveries = Recoveries()
    first, other = ServerRoute("first", server), ServerRoute("other", server, origin)
    watches = LongPauses(), LongPauses()
    tasks = [
        asyncio.create_task(
            RouteRunner(route, {}, take, Deaf(), recoveries, lambda: 0.75).run(watch)
        )
        for route, watch in zip((first, other), watches, strict=True)
    ]
    async with asyncio.timeout(PATIENCE):
        for watch in watches:
            await watch.waits.wait()
        tries, pauses = other.tries, len(watches[1].pauses)
        server.is_up = True
        watches[0].goes_on.set()
        for _ in range(100):  # until nobody has anything left to do
            await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return other.tries - tries, watches[1].pauses[pauses:]


def test_a_route_that_waits_is_tried_again_when_another_reaches_the_same_server() -> None:
    assert asyncio.run(recover_beside(Server(), "green")) == (1, [0.75 * FIRST_WAIT])


def test_it_goes_on_waiting_where_the_other_reached_another_server() -> None:
    assert asyncio.run(recover_beside(Server(), "blue")) == (0, [])


def test_it_goes_on_waiting_as_long_as_its_server_asked() -> None:
    assert asyncio.run(recover_beside(Server(wait=30.0), "green")) == (0, [])
