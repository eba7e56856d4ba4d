"""Bluesky's search, to fill in what streams missed: never the only way to read a chat.

`app.bsky.feed.searchPosts` wants somebody signed in, turns pages by a cursor, and promises no
completeness: what it shows is what its index took in.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

from chinwag.errors import NetworkError
from chinwag.model import Secret
from chinwag.networks.bluesky.session import Session
from chinwag.networks.bluesky.sieve import Sieve
from chinwag.networks.bluesky.views import View, is_in_time, is_over, list_views, make_raw
from chinwag.networks.contract import Notice, Received, Watch
from chinwag.networks.http import find_host, name_server

PAGE = 100  # posts, the most that searchPosts gives at once
MOST_PAGES = 200  # of one search; a server that turns in a circle is left
EVERY = 300.0  # seconds between two searches while a chat runs
SETTLING = timedelta(minutes=2)  # what the index may be behind, for a last search after the end

_PATH = "/xrpc/app.bsky.feed.searchPosts"


class BlueskySearch:
    """Searches for the hashtag now and then, and once more when the chat is over.

    `server`, `handle` and `password` (an app password) are an account's. The cursor is when the
    last whole search was made. Raises InputError as `Session` does.
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
        contact: str = "",
    ) -> None:
        self._account = (server, handle, password)
        self._contact = contact
        self._every = every
        self._address = name_server(server)
        self.name = f"bluesky:search {find_host(self._address)}"

    async def receive(self, watch: Watch, cursor: str) -> AsyncIterator[Received | Notice]:
        """Give what the search finds, each post once. Raises NetworkError.

        Ends after a whole search that was made when the chat had been over for two minutes.
        """
        given: set[str] = set()
        async with Session(*self._account, watch, contact=self._contact) as session:
            if rest := self._find_rest(watch, cursor):
                await watch.pause(rest)
            await session.sign_in()
            yield Notice(kind="connected", what=f"Searching Bluesky as {session.handle}.")
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
                await watch.pause(SETTLING.total_seconds() if is_over(watch) else self._every)

    def _find_rest(self, watch: Watch, cursor: str) -> float:
        """Give the seconds until the next search is due, after the last whole one."""
        try:
            passed = (watch.now() - datetime.fromisoformat(cursor)).total_seconds()
        except (ValueError, TypeError):
            return 0.0
        return max(0.0, min(self._every, self._every - passed))

    async def _search_all(self, session: Session, watch: Watch) -> AsyncIterator[list[View]]:
        """Search for the tag as it is written and in small letters: not every index is folded."""
        for tag in dict.fromkeys((watch.hashtag, watch.hashtag.lower())):
            async for page in self._search(session, watch, tag):
                yield page

    async def _search(self, session: Session, watch: Watch, tag: str) -> AsyncIterator[list[View]]:
        """Give the posts of the chat on each page of one search, the newest first."""
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
            after = answer.get("cursor") if isinstance(answer, dict) else None
            if not page or not isinstance(after, str) or after == query.get("cursor"):
                return
            query["cursor"] = after
        raise NetworkError(
            "The search of {route} did not end after {pages} pages.",
            code="search-without-end",
            route=self.name,
            pages=MOST_PAGES,
        )


def _is_wanted(view: View, watch: Watch, sieve: Sieve) -> bool:
    record = view.get("record")
    has_tag = isinstance(record, dict) and sieve.has_tag(record)
    return has_tag and isinstance(view.get("uri"), str) and is_in_time(view, watch)


def _name_version(view: View) -> str:
    return f"{view.get('uri')} {view.get('cid')}"


def _write_time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
