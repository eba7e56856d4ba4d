"""Polling a server's page of a hashtag, so that no post is missed between two looks.

A status that reaches a server late is numbered by the time at which it was posted (Mastodon's
lib/mastodon/snowflake.rb), so it appears *below* the newest ones. So each look reads the last
minutes again; every few minutes, and at the end, it reads everything since the chat began.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import msgspec

from chinwag.errors import Refused
from chinwag.http.client import Client
from chinwag.model import RawPost
from chinwag.networks.contract import Notice, Received, Watch, is_over, make_notice
from chinwag.networks.cursors import read_cursor, write_cursor
from chinwag.networks.mastodon.seen import Mark, Seen, check_status, take_status
from chinwag.networks.mastodon.server import (
    PUBLIC,
    MastodonServer,
    Status,
    is_in_time,
    is_shown,
    name_number,
    read_instance,
    read_moment,
    read_tag,
)
from chinwag.records.json_access import dig

OVERLAP = timedelta(minutes=2)  # how far each look reaches back behind the newest
WHOLE = timedelta(minutes=5)  # between two readings of the whole chat
PER_PAGE = timedelta(seconds=10)  # at least this long for each page of the chat
PATIENCE = timedelta(minutes=1)  # a stream that is further behind the page counts as silent
MOST_PAGES = 500  # of one look (20,000 statuses), in case a server's pages form a circle


class Cursor(msgspec.Struct, frozen=True):
    """How far the polling is: the statuses that were passed on."""

    marks: list[tuple[str, Mark]] = []


class MastodonPoll:
    """Looks at a server's tag page every `pause` seconds, less often while a stream runs.

    Yields new statuses, edited ones again with their history, and those that are gone. Ends when
    the chat is over, after a last look at all of it; started later, it adds what is missing.
    """

    network = "mastodon"
    kind = "poll"

    def __init__(
        self, server: MastodonServer, *, pause: float = 10.0, pause_beside_stream: float = 60.0
    ) -> None:
        self._server = server
        self._pause = pause
        self._pause_beside_stream = pause_beside_stream
        self.name = f"mastodon:poll {server.host}"
        self.origin = server.host

    async def receive(self, watch: Watch, cursor: str) -> AsyncIterator[Received | Notice]:
        """Yield what the tag page shows from `watch.since` on. Raises NetworkError.

        Where the server shows its tag pages to members alone, the route yields a Notice and ends.
        """
        async with self._server.open_client() as client:
            if notice := await _find_closed(client, watch, self._server):
                yield notice
            polling = _Polling(self._server, client, watch, cursor)
            is_told = False
            while True:
                is_last = is_over(watch)
                try:
                    async for item in polling.look(is_last=is_last):
                        yield item
                except Refused as refused:
                    if refused.status not in (401, 403, 422):
                        raise
                    yield _tell_closed(self._server, refused)
                    return
                if not is_told:
                    is_told = True
                    yield make_notice(
                        "connected",
                        "Reading #{hashtag} on {host}.",
                        code="mastodon-reads",
                        hashtag=watch.hashtag,
                        host=self._server.host,
                    )
                if is_last:
                    return
                for notice in polling.find_silence():
                    yield notice
                await self._wait(watch, polling)

    async def _wait(self, watch: Watch, polling: _Polling) -> None:
        """Wait until the next look: not long once a stream has broken, or misses posts."""
        waited = 0.0
        while True:
            await watch.pause(self._pause)
            waited += self._pause
            is_heard = self._server.listening.is_open and not polling.unheard
            if not is_heard or waited >= self._pause_beside_stream or is_over(watch):
                return


class _Polling:
    """One run of the polling: the statuses that it has seen, and its looks."""

    def __init__(self, server: MastodonServer, client: Client, watch: Watch, cursor: str) -> None:
        self._server, self._client, self._watch = server, client, watch
        known = read_cursor(cursor, Cursor)
        self._seen = Seen(known.marks)
        self._cursor = cursor
        self._whole_due = watch.now()
        # Statuses that the stream did not bring: since when, and in which opening of the stream.
        self.unheard: dict[str, tuple[datetime, int]] = {}
        # The opening of the stream at the last look and at this one: what the first look after an
        # opening finds may have been posted before it, and no stream brings that.
        self._looked_at, self._looking_at = 0, 0

    async def look(self, *, is_last: bool) -> AsyncIterator[Received | Notice]:
        """Yield what the last minutes of the page show, or the whole page where that is due."""
        now = self._watch.now()
        self._looked_at, self._looking_at = self._looking_at, self._server.listening.opening
        base = self._seen.find_newest(now - OVERLAP)
        is_whole = is_last or now >= self._whole_due
        start = self._watch.since if is_whole or base is None else base[1]
        found: set[str] = set()
        count = 0
        pages = self._read_down() if is_whole or base is None else self._read_up(base[0])
        async for page in pages:
            count += 1
            self._server.counts.note(page, now)
            found.update(map(name_number, page))
            if raws := [raw for status in page for raw in await self._take(status)]:
                yield Received(raws=tuple(raws))
        if gone := await self._check_missing(found, start):
            yield Received(raws=gone)
        if is_whole:
            self._whole_due = now + max(WHOLE, count * PER_PAGE)
        cursor = write_cursor(Cursor(self._seen.list_marks()))
        if cursor != self._cursor:
            self._cursor = cursor
            yield Received(cursor=cursor)

    def find_silence(self) -> list[Notice]:
        """Return a Notice, once, where a stream runs and does not bring what the page shows."""
        listening, now = self._server.listening, self._watch.now()
        self.unheard = {
            id_: (at, opening)
            for id_, (at, opening) in self.unheard.items()
            if listening.is_open and opening == listening.opening and id_ not in listening.heard
        }
        late = [id_ for id_, (at, _) in self.unheard.items() if now - at >= PATIENCE]
        if not late or listening.is_silent:
            return []
        listening.is_silent = True
        return [
            make_notice(
                "silent",
                "The stream of {host} runs, and did not bring all that its page of #{hashtag}"
                " shows (missing: {number}). Nothing is lost: the page is read every few seconds"
                " until the stream speaks again.",
                code="mastodon-stream-lags",
                host=self._server.host,
                hashtag=self._watch.hashtag,
                number=len(late),
            )
        ]

    async def _read_down(self) -> AsyncIterator[list[Status]]:
        """Yield all pages from the newest down to the beginning of the chat."""
        bound: dict[str, str] = {}
        for _ in range(MOST_PAGES):
            page = await read_tag(self._client, self._watch, self._watch.hashtag, **bound)
            if not page:
                return
            yield page
            moments = [read_moment(status) for status in page]
            oldest = {"max_id": name_number(_sort_page(page)[-1])}
            if all(moment and moment < self._watch.since for moment in moments) or bound == oldest:
                return
            bound = oldest

    async def _read_up(self, base: str) -> AsyncIterator[list[Status]]:
        """Yield all pages from a status upwards."""
        for _ in range(MOST_PAGES):
            page = await read_tag(self._client, self._watch, self._watch.hashtag, min_id=base)
            if not page:
                return
            yield page
            newest = name_number(_sort_page(page)[0])
            if newest == base:
                return
            base = newest

    async def _take(self, status: Status) -> list[RawPost]:
        """Return the records of a status: none where it has not changed or must not be kept."""
        if not is_shown(status, PUBLIC) or not is_in_time(status, self._watch):
            return []
        number = name_number(status)
        listening = self._server.listening
        if number not in self._seen and listening.is_open and self._looked_at == listening.opening:
            self.unheard[number] = (self._watch.now(), listening.opening)
        return await take_status(
            self._server, self._client, self._watch, self._seen, status, "poll"
        )

    async def _check_missing(self, found: set[str], start: datetime) -> tuple[RawPost, ...]:
        """Return the records of statuses that are missing on the pages that were read."""
        raws: list[RawPost] = []
        for number in self._seen.list_since(start):
            if number not in found:
                raws += await check_status(
                    self._server, self._client, self._watch, self._seen, number, "poll"
                )
        return tuple(raws)


def _sort_page(page: list[Status]) -> list[Status]:
    """Return a page newest first; servers of the Misskey family send some oldest first."""
    first, last = read_moment(page[0]), read_moment(page[-1])
    return page[::-1] if first and last and first < last else page


async def _find_closed(client: Client, watch: Watch, server: MastodonServer) -> Notice | None:
    """Return a Notice where strangers see only a part of the tag pages (Mastodon 4.5)."""
    feeds = dig(
        await read_instance(client, watch), "configuration", "timelines_access", "hashtag_feeds"
    )
    closed = [side for side in ("local", "remote") if dig(feeds, side) not in (None, "public")]
    is_member = server.token and "disabled" not in (dig(feeds, one) for one in closed)
    if not closed or len(closed) == 2 or is_member:
        return None
    whose = "its own members" if closed == ["local"] else "people on other servers"
    return make_notice(
        "lacking",
        "{host} does not show strangers the posts of {whose} on its tag pages.",
        code="mastodon-tag-half-closed",
        host=server.host,
        whose=whose,
    )


def _tell_closed(server: MastodonServer, refused: Refused) -> Notice:
    if server.token:
        return make_notice(
            "lacking",
            "{host} does not show its tag pages with this token. {said}",
            code="mastodon-tag-closed-to-token",
            host=server.host,
            said=str(refused),
        )
    return make_notice(
        "lacking",
        "{host} cannot be read without an account there. It shows tag pages to its members alone.",
        code="mastodon-tag-closed",
        host=server.host,
    )
