"""A watch for tests: it knows the posts it is told of, and its clock moves when somebody waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import aclosing
from datetime import datetime, timedelta

from tests.networks.fake_server import START, FakeClock

from chinwag.messages import open_catalogue
from chinwag.model import Deletion, Post, RawPost
from chinwag.networks.contract import Notice, Received, Route
from chinwag.records.contract import ReadOptions

PATIENCE = 120.0  # seconds of the real clock after which a test that hangs is stopped

Convert = Callable[[RawPost, ReadOptions], Iterable[Post | Deletion]]


class FakeWatch(FakeClock):
    """Keeps what has been received as a capture does: posts by id and alias, deletions, cursors."""

    def __init__(
        self,
        hashtag: str = "InkChat",
        *,
        since: datetime = START,
        until: datetime | None = None,
        convert: Convert | None = None,
        real_pause: float = 0.0,
    ) -> None:
        super().__init__()
        self.hashtag = hashtag
        self.since = since
        self.until = until
        self.posts: dict[str, Post] = {}
        self.deleted: list[str] = []
        self.raws: list[RawPost] = []
        self.notices: list[Notice] = []
        self.cursor = ""
        self._convert = convert
        self._real_pause = real_pause

    def is_known(self, id: str) -> bool:
        return any(id in (post.id, *post.aliases) for post in self.posts.values())

    def list_posts(self, network: str) -> Sequence[tuple[str, datetime]]:
        return [
            (id_, post.created_at)
            for post in self.posts.values()
            if post.source.partition(":")[0] == network
            for id_ in (post.id, *post.aliases)
        ]

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.time += timedelta(seconds=seconds)
        await asyncio.sleep(self._real_pause)

    def keep(self, item: Received | Notice) -> None:
        """Keep what a route gave, and its cursor."""
        if isinstance(item, Notice):
            self.notices.append(item)
            return
        for raw in item.raws:
            self.raws.append(raw)
            for record in self._convert(raw, ReadOptions()) if self._convert else ():
                if isinstance(record, Deletion):
                    self.deleted.append(record.id)
                else:
                    self.posts[record.id] = record
        self.cursor = self.cursor if item.cursor is None else item.cursor


async def run_route(
    route: Route, watch: FakeWatch, is_enough: Callable[[], bool] = lambda: False
) -> None:
    """Run a route from the watch's cursor until it ends, breaks, or `is_enough` says so."""
    async with (
        asyncio.timeout(PATIENCE),
        aclosing(route.receive(watch, watch.cursor)) as items,  # type: ignore[type-var]
    ):
        async for item in items:
            watch.keep(item)
            if is_enough():
                return


def read_notice(notice: Notice) -> str:
    """Return a notice in English."""
    return open_catalogue().word_note(notice.note)
