"""The stage of Mastodon: a compatible server that others wrote (scripts/test-networks)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from tests.contracts.stages.stage import Stage
from tests.networks.local_servers import LocalServers
from tests.networks.mastodon_people import MastodonPeople
from tests.networks.watching import FakeWatch

from chinwag.model import Deletion, Post, RawPost, Secret
from chinwag.networks.contract import Announcer, Route
from chinwag.networks.mastodon.announce import open_announcer
from chinwag.networks.mastodon.poll import MastodonPoll
from chinwag.networks.mastodon.server import MastodonServer
from chinwag.networks.mastodon.stream import MastodonStream
from chinwag.records import mastodon_statuses
from chinwag.records.contract import ReadOptions
from chinwag.text.html import read_html

NEEDS_SERVERS = True


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
async def open_stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    stage = MastodonStage(request.getfixturevalue("local_servers"))
    await stage.prepare()
    try:
        yield stage
    finally:
        await stage.people.close()
