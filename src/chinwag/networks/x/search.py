"""Searching X for a hashtag, over the last seven days, page by page; every post costs money.

Parameters and answers after docs.x.com, "Search recent Posts" (`/2/tweets/search/recent`) and
"Get Posts by IDs" (`/2/tweets`).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import UTC, timedelta
from typing import Any

import msgspec

from chinwag.errors import InputError, NetworkError
from chinwag.http.client import Client
from chinwag.model import RawPost, Secret
from chinwag.networks.contract import Notice, Received, Watch, covers, is_over, make_notice
from chinwag.networks.cursors import read_cursor, write_cursor
from chinwag.records.ids import tell_time
from chinwag.records.json_access import as_dict, as_dicts, as_list, as_text, dig

REACH = timedelta(days=7)
OVERLAP = timedelta(minutes=1)  # the search may find a post after a later one
PAGE = 100
NEWEST = timedelta(seconds=30)  # X accepts no start within the last ten seconds
MARGIN = timedelta(minutes=2)  # for clocks that differ: a start beyond the reach is an error

_FIELDS = {
    "tweet.fields": "attachments,author_id,conversation_id,created_at,edit_history_tweet_ids,"
    "entities,in_reply_to_user_id,lang,note_tweet,public_metrics,referenced_tweets",
    "expansions": "attachments.media_keys,author_id,edit_history_tweet_ids,in_reply_to_user_id,"
    "referenced_tweets.id,referenced_tweets.id.author_id",
    "user.fields": "id,name,username",
    "media.fields": "alt_text,media_key,preview_image_url,type,url",
}


class Cursor(msgspec.Struct, frozen=True):
    """How far the search is: the newest post, the number of posts read, the next page."""

    newest: int = 0
    read: int = 0
    next: str = ""
    reaching: int = 0  # the newest post of the search whose pages are being read


class XSearch:
    """Searches every `pause` seconds, and stops for good once `most` posts were paid for.

    `price` is the price of a post in any currency, 0 where it is unknown. At the end of the chat
    its posts are requested once more, to learn which were deleted.
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
        operator: str = "",
    ) -> None:
        if not token:
            raise InputError("There is no token for X.", code="x-token-missing")
        self._token, self._address, self._operator = token, address, operator
        self._most, self._price, self._pause = most, price, pause

    async def receive(self, watch: Watch, cursor: str) -> AsyncIterator[Received | Notice]:
        """Yield the posts with the hashtag, each with the posts that it refers to.

        Raises NetworkError. Replies without the hashtag are not searched for. Ends when the chat is
        over, or, with a Notice, when `most` posts were read.
        """
        yield self._tell_price(watch.hashtag)
        if watch.now() - watch.since > REACH:
            yield make_notice(
                "lacking",
                "X's search reaches back seven days; what is older cannot be had this way.",
                code="x-reach",
            )
        state = read_cursor(cursor, Cursor)
        async with Client(self._address, bearer=self._token, operator=self._operator) as client:
            while True:
                is_last = is_over(watch)
                is_whole = False
                while not is_whole:
                    if state.read >= self._most:
                        yield self._describe_limit(state.read)
                        return
                    raws, state = await self._read_page(client, watch, state)
                    yield Received(raws=raws, cursor=write_cursor(state))
                    is_whole = not state.next
                if is_last:
                    async for received in self._read_again(client, watch):
                        yield received
                    return
                await watch.pause(self._pause)

    async def _read_page(
        self, client: Client, watch: Watch, state: Cursor
    ) -> tuple[tuple[RawPost, ...], Cursor]:
        """Return the records of the next page of a search, newest first, and the cursor after it.

        The newest post becomes the cursor only after the last page: an interrupted search goes on
        with its next page. Posts that an earlier search brought are left out.
        """
        form = self._form(watch, state)
        page = await self._ask(client, watch, "/2/tweets/search/recent", form)
        meta = as_dict(page.get("meta"))
        found = [post for post in as_dicts(page.get("data")) if _as_id(post.get("id"))]
        new = [post for post in found if _as_id(post["id"]) > state.newest]
        wanted = new + [post for post in found if not watch.is_known(str(post["id"]))]
        page["data"] = [post for post in found if post in wanted and _is_in_time(post, watch)]
        reaching = max(state.reaching, state.newest, _as_id(meta.get("newest_id")))
        token, read = meta.get("next_token"), state.read + len(new)
        raws = tuple(self._make_raws(page, watch))
        if not isinstance(token, str) or not token:
            return raws, Cursor(newest=reaching, read=read)
        return raws, Cursor(newest=state.newest, read=read, next=token, reaching=reaching)

    async def _read_again(self, client: Client, watch: Watch) -> AsyncIterator[Received]:
        """Yield the chat's posts once more; X names those that were deleted among its errors."""
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
            raise NetworkError(
                "X answered with something other than a page of posts.", code="x-answer-no-page"
            )
        return page

    def _form(self, watch: Watch, state: Cursor) -> dict[str, str | int]:
        """Return a search's parameters, from the newest post on, or from the beginning."""
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
        """Yield a record for each post, with the posts that it refers to, and for each error.

        So any of them can be taken out without the others.
        """
        includes = as_dict(page.get("includes"))
        payloads: list[dict[str, Any]] = [
            {"data": [post], "includes": pick_includes(post, includes)}
            for post in as_dicts(page.get("data"))
        ]
        payloads += [{"errors": [error]} for error in as_list(page.get("errors"))]
        for payload in payloads:
            yield RawPost(route="x:search", address=self._address, at=watch.now(), payload=payload)

    def _tell_price(self, hashtag: str) -> Notice:
        if not self._price:
            return make_notice(
                "connected",
                "Searching X for #{hashtag}. Every post read costs money: at the price that your"
                " developer console says; {most} at the most will be read.",
                code="x-searches",
                hashtag=hashtag,
                most=self._most,
            )
        return make_notice(
            "connected",
            "Searching X for #{hashtag}. Every post read costs money: at {price:g} a post,"
            " {cost:.2f} at the most; {most} at the most will be read.",
            code="x-searches-at-price",
            hashtag=hashtag,
            price=self._price,
            cost=self._most * self._price,
            most=self._most,
        )

    def _describe_limit(self, read: int) -> Notice:
        return make_notice(
            "lacking",
            "X was read as far as it should be: {number} in all.",
            code="x-limit-reached",
            number=read,
        )


def pick_includes(post: Mapping[str, Any], includes: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return what a page includes for one post: posts it refers to, their authors, its pictures."""
    tweets = _pick(includes, "tweets", "id", _list_references(post))
    people: list[Any] = []
    keys: list[Any] = []
    for one in (post, *tweets):
        people += (one.get("author_id"), one.get("in_reply_to_user_id"))
        keys += as_list(dig(one, "attachments", "media_keys"))
    picked = {
        "users": _pick(includes, "users", "id", people),
        "tweets": tweets,
        "media": _pick(includes, "media", "media_key", keys),
    }
    return {name: found for name, found in picked.items() if found}


def _list_references(post: Mapping[str, Any]) -> list[Any]:
    """Return the ids of the posts that a post refers to, and of its other versions."""
    answered = [reference.get("id") for reference in as_dicts(post.get("referenced_tweets"))]
    return [*answered, *as_list(post.get("edit_history_tweet_ids"))]


def _pick(
    includes: Mapping[str, Any], kind: str, key: str, wanted: Sequence[Any]
) -> list[dict[str, Any]]:
    """Return what a page includes of a kind, in its order, where its key is wanted."""
    known = list(filter(None, wanted))
    return [one for one in as_dicts(includes.get(kind)) if one.get(key) in known]


def _is_in_time(post: Mapping[str, Any], watch: Watch) -> bool:
    at = tell_time(str(post.get("id")))
    return at is None or covers(watch, at)


def _as_id(value: Any) -> int:
    """Return an id as a number, 0 for anything else."""
    text = as_text(value)
    is_id = text.isascii() and text.isdecimal() and len(text) < 20
    return int(text) if is_id else 0
