"""Searching X for a hashtag: the last seven days, page by page, for money.

Parameters and answers after docs.x.com, "Search recent Posts" (`/2/tweets/search/recent`) and
"Get Posts by IDs" (`/2/tweets`).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, timedelta
from typing import Any

import msgspec

from chinwag.errors import InputError, NetworkError
from chinwag.model import RawPost, Secret
from chinwag.networks.contract import Notice, Received, Watch
from chinwag.networks.cursors import read_cursor, write_cursor
from chinwag.networks.http import Client
from chinwag.records.ids import tell_time

REACH = timedelta(days=7)
OVERLAP = timedelta(minutes=1)  # a post may be found a little after a later one
PAGE = 100
NEWEST = timedelta(seconds=30)  # X takes no start that is nearer than ten seconds
MARGIN = timedelta(minutes=2)  # clocks differ, and a start beyond the reach is an error

_FIELDS = {
    "tweet.fields": "attachments,author_id,conversation_id,created_at,edit_history_tweet_ids,"
    "entities,in_reply_to_user_id,lang,note_tweet,public_metrics,referenced_tweets",
    "expansions": "attachments.media_keys,author_id,edit_history_tweet_ids,in_reply_to_user_id,"
    "referenced_tweets.id,referenced_tweets.id.author_id",
    "user.fields": "id,name,username",
    "media.fields": "alt_text,media_key,preview_image_url,type,url",
}


class Cursor(msgspec.Struct, frozen=True):
    """How far the search is: the newest post found, how many were read, the page that is next."""

    newest: int = 0
    read: int = 0
    next: str = ""
    reaching: int = 0  # the newest of the pages that are being read


class XSearch:
    """Searches every `pause` seconds, and stops for good after `most` posts were paid for.

    `price` is what a post read costs, in whatever currency; 0 where nobody said. At the end of the
    chat its posts are asked for once more, to learn which were deleted.
    """

    name = "x:search"
    network = "x"
    kind = "search"
    origin = "x"

    def __init__(
        self,
        token: Secret,
        *,
        most: int = 2_000,
        price: float = 0.0,
        pause: float = 60.0,
        address: str = "https://api.x.com",
        contact: str = "",
    ) -> None:
        if not token:
            raise InputError("There is no token for X.", code="x-token-missing")
        self._token, self._address, self._contact = token, address, contact
        self._most, self._price, self._pause = most, price, pause

    async def receive(self, watch: Watch, cursor: str) -> AsyncIterator[Received | Notice]:
        """Give the posts with the hashtag, those they refer to within them. Raises NetworkError.

        Replies without the hashtag are not searched for. Ends when the chat is over, or when
        `most` posts were read, with a Notice.
        """
        yield Notice(kind="connected", what=self._say_price(watch.hashtag))
        if watch.now() - watch.since > REACH:
            yield Notice(
                kind="lacking",
                what="X's search reaches back seven days; what is older cannot be had this way.",
                todo="Import a file that somebody saved then.",
            )
        state = read_cursor(cursor, Cursor)
        async with Client(self._address, bearer=self._token, contact=self._contact) as client:
            while True:
                is_last = watch.until is not None and watch.now() > watch.until
                while True:
                    if state.read >= self._most:
                        yield self._tell_limit(state.read)
                        return
                    raws, state = await self._read_page(client, watch, state)
                    yield Received(raws=raws, cursor=write_cursor(state))
                    if not state.next:
                        break
                if is_last:
                    async for received in self._read_again(client, watch):
                        yield received
                    return
                await watch.pause(self._pause)

    async def _read_page(
        self, client: Client, watch: Watch, state: Cursor
    ) -> tuple[tuple[RawPost, ...], Cursor]:
        """Give the next page of a search, newest first, and where to go on from.

        The newest post counts as the place to go on from only after the last page: a search that
        is broken off goes on with its next page. What an earlier search gave is not given again.
        """
        form = self._form(watch, state)
        page = await self._ask(client, watch, "/2/tweets/search/recent", form)
        meta = _as_dict(page.get("meta"))
        found = [one for one in _list_dicts(page, "data") if _as_id(one.get("id"))]
        new = [one for one in found if _as_id(one["id"]) > state.newest]
        page["data"] = [
            one
            for one in found
            if _is_in_time(one, watch) and (one in new or not watch.is_known(str(one["id"])))
        ]
        reaching = max(state.reaching, state.newest, _as_id(meta.get("newest_id")))
        token, read = meta.get("next_token"), state.read + len(new)
        raws = tuple(self._make_raws(page, watch))
        if not isinstance(token, str) or not token:
            return raws, Cursor(newest=reaching, read=read)
        return raws, Cursor(newest=state.newest, read=read, next=token, reaching=reaching)

    async def _read_again(self, client: Client, watch: Watch) -> AsyncIterator[Received]:
        """Ask for the chat's posts once more: what was deleted is told among the errors."""
        known = [id_ for id_, _ in watch.list_posts("x") if id_.isdecimal()]
        for start in range(0, len(known), PAGE):
            ids = ",".join(known[start : start + PAGE])
            page = await self._ask(client, watch, "/2/tweets", {"ids": ids, **_FIELDS})
            yield Received(raws=tuple(self._make_raws(page, watch)))

    async def _ask(
        self, client: Client, watch: Watch, path: str, params: Mapping[str, str | int]
    ) -> dict[str, Any]:
        page = (await client.get(watch, path, params)).read_json()
        if not isinstance(page, dict):
            raise NetworkError("X answered what is no page of posts.", code="x-answer-no-page")
        return page

    def _form(self, watch: Watch, state: Cursor) -> dict[str, str | int]:
        """Give a search's parameters: from the newest post on, or from the beginning."""
        form: dict[str, str | int] = {
            "query": f"#{watch.hashtag}",
            "max_results": max(10, min(PAGE, self._most - state.read)),
            **_FIELDS,
        }
        earliest = watch.now() - REACH + MARGIN
        newest = tell_time(str(state.newest))
        since = newest - OVERLAP if newest else watch.since
        start = min(max(since, watch.since, earliest), watch.now() - NEWEST)
        form["start_time"] = start.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return form | ({"next_token": state.next} if state.next else {})

    def _make_raws(self, page: dict[str, Any], watch: Watch) -> Iterator[RawPost]:
        """Give each post with what it refers to, and each error, as a record of its own.

        So one can be taken out without the others.
        """
        includes = _as_dict(page.get("includes"))
        payloads: list[dict[str, Any]] = [
            {"data": [post], "includes": pick_includes(post, includes)}
            for post in _list_dicts(page, "data")
        ]
        payloads += [{"errors": [error]} for error in _as_list(page.get("errors"))]
        for payload in payloads:
            yield RawPost(route="x:search", address=self._address, at=watch.now(), payload=payload)

    def _say_price(self, hashtag: str) -> str:
        costs = (
            f"at {self._price:g} a post, {self._most * self._price:.2f} at the most"
            if self._price
            else "at the price that your developer console says"
        )
        return (
            f"Searching X for #{hashtag}. Every post read costs money: {costs}"
            f" for {self._most} posts."
        )

    def _tell_limit(self, read: int) -> Notice:
        return Notice(
            kind="lacking",
            what=f"{read} posts were read on X, which is where it should stop.",
            todo="Raise the setting x_limit, and capture again, if you want to pay for more.",
        )


def pick_includes(post: Mapping[str, Any], includes: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Give what a page includes for one post: posts it refers to, their authors, its pictures."""
    posts = {one["id"]: one for one in _list_dicts(includes, "tweets") if "id" in one}
    wanted = [one.get("id") for one in _list_dicts(post, "referenced_tweets")]
    wanted += _as_list(post.get("edit_history_tweet_ids"))
    tweets = [posts[id_] for id_ in wanted if id_ in posts]
    all_ = (post, *tweets)
    people = {id_ for one in all_ for id_ in (one.get("author_id"), one.get("in_reply_to_user_id"))}
    keys = {
        key for one in all_ for key in _as_list(_as_dict(one.get("attachments")).get("media_keys"))
    }
    picked = {
        "users": [one for one in _list_dicts(includes, "users") if one.get("id") in people],
        "tweets": tweets,
        "media": [one for one in _list_dicts(includes, "media") if one.get("media_key") in keys],
    }
    return {name: found for name, found in picked.items() if found}


def _is_in_time(post: Mapping[str, Any], watch: Watch) -> bool:
    at = tell_time(str(post.get("id")))
    return at is None or (watch.since <= at and (watch.until is None or at <= watch.until))


def _as_dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _list_dicts(value: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    return [one for one in _as_list(value.get(key)) if isinstance(one, dict)]


def _as_id(value: Any) -> int:
    said = str(value)
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 20 else 0
