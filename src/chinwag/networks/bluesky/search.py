"""Bluesky's search, for posts that the streams missed: never the only way to read a chat.

`app.bsky.feed.searchPosts` requires signing in, turns pages by a cursor, and does not promise to be
complete: it shows the posts that its index has.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

from chinwag.errors import NetworkError
from chinwag.http.server_names import find_host, name_server
from chinwag.model import Secret
from chinwag.networks.bluesky.session import Session
from chinwag.networks.bluesky.sieve import Sieve
from chinwag.networks.bluesky.views import View, is_in_time, list_views, make_raw
from chinwag.networks.contract import Notice, Received, Watch, make_notice
from chinwag.records.json_access import as_dict, as_text, dig

PAGE = 100  # posts, the most that searchPosts sends at once
MOST_PAGES = 200  # of one search, in case a server's pages form a circle
EVERY = 300.0  # seconds between two searches while a chat runs
SETTLING = timedelta(minutes=2)  # the delay of the index, before the last search after the end

_PATH = "/xrpc/app.bsky.feed.searchPosts"


def find_pause(watch: Watch, every: float) -> float:
    """Return the seconds until the next search: the last one comes no later than it must."""
    if watch.until is None:
        return every
    left = watch.until + SETTLING - watch.now()
    return min(every, max(0.0, left.total_seconds()) + 1.0)


class BlueskySearch:
    """Searches for the hashtag every few minutes, and once more when the chat is over.

    `server`, `handle` and `password` (an app password) are an account's. The cursor is the time of
    the last complete search. Raises InputError as `Session` does.
    """

    network = "bluesky"
    kind = "search"
    origin = "bluesky app view"

    def __init__(
        self,
        server: str,
        handle: str,
        password: Secret,
        *,
        every: float = EVERY,
        operator: str = "",
    ) -> None:
        self._account = (server, handle, password)
        self._operator = operator
        self._every = every
        self._address = name_server(server)
        self.name = f"bluesky:search {find_host(self._address)}"

    async def receive(self, watch: Watch, cursor: str) -> AsyncIterator[Received | Notice]:
        """Yield what the search finds, each post once. Raises NetworkError.

        Ends after a complete search, two minutes after the chat's end.
        """
        given: set[str] = set()
        async with Session(*self._account, watch, operator=self._operator) as session:
            await session.sign_in()  # before any rest: whether it will work is told at once
            yield make_notice(
                "connected",
                "Searching Bluesky as {handle}.",
                code="bluesky-searches",
                handle=session.handle,
            )
            if rest := self._find_rest(watch, cursor):
                await watch.pause(min(rest, find_pause(watch, self._every)))
            while True:
                began = watch.now()
                is_last = watch.until is not None and began > watch.until + SETTLING
                async for page in self._search_all(session, watch):
                    views = [view for view in page if _name_version(view) not in given]
                    given.update(map(_name_version, views))
                    raws = [
                        make_raw(view, watch, way="search", address=self._address) for view in views
                    ]
                    yield Received(raws=tuple(raws))
                yield Received(cursor=began.isoformat())
                if is_last:
                    return
                await watch.pause(find_pause(watch, self._every))

    def _find_rest(self, watch: Watch, cursor: str) -> float:
        """Return the seconds until the next search is due, after the last complete one."""
        try:
            passed = (watch.now() - datetime.fromisoformat(cursor)).total_seconds()
        except (ValueError, TypeError):
            return 0.0
        return max(0.0, min(self._every, self._every - passed))

    async def _search_all(self, session: Session, watch: Watch) -> AsyncIterator[list[View]]:
        """Yield the pages for the tag as written and in lower case: not every index folds it."""
        for tag in dict.fromkeys((watch.hashtag, watch.hashtag.lower())):
            async for page in self._search(session, watch, tag):
                yield page

    async def _search(self, session: Session, watch: Watch, tag: str) -> AsyncIterator[list[View]]:
        """Yield the posts of the chat on each page of one search, the newest first."""
        sieve = Sieve(watch)
        query: dict[str, Any] = {
            "q": f"#{tag}",
            "tag": tag,
            "sort": "latest",
            "since": _write_time(watch.since),
            "limit": PAGE,
        }
        if watch.until is not None:
            query["until"] = _write_time(watch.until + timedelta(seconds=1))
        for _ in range(MOST_PAGES):
            answer = await session.get(_PATH, query)
            page = list_views(answer, "posts")
            yield [view for view in page if _is_wanted(view, watch, sieve)]
            after = as_text(dig(answer, "cursor"))
            is_last = not page or after in ("", query.get("cursor"))
            if is_last:
                return
            query["cursor"] = after
        raise NetworkError(
            "The search of {route} did not end after {pages} pages.",
            code="search-without-end",
            route=self.name,
            pages=MOST_PAGES,
        )


def _is_wanted(view: View, watch: Watch, sieve: Sieve) -> bool:
    has_tag = sieve.has_tag(as_dict(view.get("record")))
    return has_tag and bool(as_text(view.get("uri"))) and is_in_time(view, watch)


def _name_version(view: View) -> str:
    return f"{view.get('uri')} {view.get('cid')}"


def _write_time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
