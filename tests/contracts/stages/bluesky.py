"""The stage of Bluesky: a whole AT Protocol network (scripts/test-networks)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.contracts.stages.stage import Stage
from tests.networks.bluesky_people import Person
from tests.networks.gate import Gate
from tests.networks.local_servers import LocalServers
from tests.networks.watching import FakeWatch

from chinwag.model import Deletion, Post, RawPost, Secret
from chinwag.networks.bluesky.announce import BlueskyAnnouncer
from chinwag.networks.bluesky.firehose import BlueskyFirehose
from chinwag.networks.bluesky.jetstream import BlueskyJetstream
from chinwag.networks.bluesky.search import BlueskySearch
from chinwag.networks.bluesky.session import Session
from chinwag.networks.contract import Announcer, Route
from chinwag.records import bluesky_posts
from chinwag.records.contract import ReadOptions

NEEDS_SERVERS = True


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
async def open_stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    people: dict[str, Person] = request.getfixturevalue("bluesky_people")
    stage = BlueskyStage(request.getfixturevalue("local_servers"), people)
    await stage.prepare()
    try:
        yield stage
    finally:
        await stage.clear()
