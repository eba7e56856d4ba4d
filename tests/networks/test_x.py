"""Searching X with the group's own token: every page, no page twice, and never beyond the limit."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.networks.fake_server import START, Heard, answer, run_server
from tests.networks.watching import FakeWatch, read_notice, run_route

from chinwag.errors import InputError, Refused
from chinwag.model import Secret
from chinwag.networks.x.search import XSearch
from chinwag.records.tweets_v2 import convert_record

TOKEN = Secret("AAAA-x-token")


def name_post(at: datetime, number: int = 0) -> str:
    """Give an id as X makes them of the time."""
    return str(((int(at.timestamp() * 1000) - 1_288_834_974_657) << 22) + number)


class FakeX:
    """Holds posts, and gives them newest first, a few a page."""

    def __init__(self, page: int = 3) -> None:
        self.page = page
        self.posts: list[dict[str, Any]] = []
        self.deleted: set[str] = set()
        self.heard: list[Heard] = []
        self.refuse_at: dict[int, bytes] = {}

    def post(self, text: str, at: datetime, **more: Any) -> str:
        id_ = name_post(at, len(self.posts))
        said = {"id": id_, "text": text, "author_id": "7", "created_at": at.isoformat()}
        self.posts.insert(0, {**said, "edit_history_tweet_ids": [id_], **more})
        return id_

    def say(self, heard: Heard) -> bytes:
        self.heard.append(heard)
        if refusal := self.refuse_at.pop(len(self.heard), None):
            return refusal
        if heard.path == "/2/tweets":
            gone = [id_ for id_ in heard.query["ids"].split(",") if id_ in self.deleted]
            return answer({"errors": [_tell_gone(id_) for id_ in gone]})
        start = datetime.fromisoformat(heard.query["start_time"])
        found = [one for one in self.posts if datetime.fromisoformat(one["created_at"]) >= start]
        begin = int(heard.query.get("next_token", "p0")[1:])
        shown = found[begin : begin + self.page]
        meta = {"newest_id": shown[0]["id"], "result_count": len(shown)} if shown else {}
        if begin + self.page < len(found):
            meta["next_token"] = f"p{begin + self.page}"
        users = [{"id": "7", "username": "ana", "name": "Ana"}, {"id": "8", "username": "bo"}]
        return answer({"data": shown, "includes": {"users": users}, "meta": meta})


def _tell_gone(id_: str) -> dict[str, str]:
    return {
        "resource_type": "tweet",
        "resource_id": id_,
        "title": "Not Found Error",
        "type": "https://api.twitter.com/2/problems/resource-not-found",
    }


def search(fake: FakeX, watch: FakeWatch, **more: Any) -> FakeWatch:
    async def run() -> None:
        async with run_server(fake.say) as server:
            await run_route(XSearch(TOKEN, address=server.address, **more), watch)

    asyncio.run(run())
    return watch


def make_watch(minutes: float = 3, since: datetime = START) -> FakeWatch:
    """Watch a chat until so many minutes after its beginning; after the chat where that is 0."""
    until = START + timedelta(minutes=minutes or 5)
    watch = FakeWatch(since=since, until=until, convert=convert_record)
    if not minutes:
        watch.time = START + timedelta(minutes=10)
    return watch


def texts(watch: FakeWatch) -> list[str]:
    return sorted(post.text for post in watch.posts.values())


def test_every_page_is_read_and_each_post_is_a_record_of_its_own() -> None:
    fake = FakeX()
    for number in range(8):
        fake.post(f"A{number} #InkChat", START + timedelta(seconds=number))

    watch = search(fake, make_watch(minutes=0))

    assert texts(watch) == [f"A{number} #InkChat" for number in range(8)]
    assert {post.author for post in watch.posts.values()} == {"ana"}
    assert [len(raw.payload["data"]) for raw in watch.raws] == [1] * 8
    assert watch.raws[0].payload["includes"] == {
        "users": [{"id": "7", "username": "ana", "name": "Ana"}]
    }
    first = fake.heard[0]
    assert (first.query["query"], first.query["start_time"]) == ("#InkChat", "2026-03-05T19:00:00Z")
    assert first.headers["authorization"] == f"Bearer {TOKEN.reveal()}"


def test_later_looks_reach_back_a_minute_behind_the_newest() -> None:
    fake = FakeX()
    fake.post("A1 #InkChat", START + timedelta(seconds=90))

    watch = make_watch(minutes=3)
    watch.time = START + timedelta(minutes=1)
    search(fake, watch)

    assert [heard.query.get("start_time") for heard in fake.heard][:3] == [
        "2026-03-05T19:00:00Z",
        "2026-03-05T19:00:30Z",
        "2026-03-05T19:00:30Z",
    ]
    assert len(watch.raws) == 1


def test_a_search_that_is_broken_off_goes_on_with_its_next_page() -> None:
    fake = FakeX()
    for number in range(8):
        fake.post(f"A{number} #InkChat", START + timedelta(seconds=number))
    reset = str(int(START.timestamp()) + 600 + 700)
    limits = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": reset}
    fake.refuse_at[2] = answer({"title": "Too Many Requests"}, status="429 No", headers=limits)
    watch = make_watch(minutes=0)

    with pytest.raises(Refused) as caught:
        search(fake, watch)
    assert caught.value.wait == 700.0
    search(fake, watch)

    assert len(watch.raws) == len(watch.posts) == 8
    assert [heard.query.get("next_token") for heard in fake.heard[:4]] == [None, "p3", "p3", "p6"]


def test_it_says_what_it_costs_and_stops_at_the_limit() -> None:
    fake = FakeX()
    for number in range(30):
        fake.post(f"A{number} #InkChat", START + timedelta(seconds=number))

    watch = search(fake, make_watch(), most=12, price=0.005)

    assert [read_notice(notice) for notice in watch.notices] == [
        "Searching X for #InkChat. Every post read costs money: at 0.005 a post, 0.06 at the most"
        "; 12 at the most will be read.",
        "X was read as far as it should be: 12 in all.",
    ]
    assert len(watch.raws) == 12
    asked = len(fake.heard)
    search(fake, watch, most=12)
    assert len(fake.heard) == asked


def test_what_was_deleted_is_learnt_at_the_end() -> None:
    fake = FakeX()
    stays = fake.post("A1 #InkChat", START)
    goes = fake.post("A2 #InkChat", START + timedelta(seconds=1))
    fake.deleted.add(goes)

    watch = search(fake, make_watch(minutes=1))

    assert sorted(watch.posts) == [stays, goes]
    assert watch.deleted == [goes]


def test_what_was_said_before_the_chat_is_not_taken_and_a_chat_to_come_can_be_waited_for() -> None:
    fake = FakeX()
    fake.post("A0 #InkChat", START - timedelta(seconds=20))
    since = START + timedelta(minutes=2)
    watch = make_watch(minutes=3, since=since)
    fake.post("A1 #InkChat", since)

    search(fake, watch)

    assert texts(watch) == ["A1 #InkChat"]
    assert fake.heard[0].query["start_time"] == "2026-03-05T18:59:30Z"


def test_what_is_older_than_seven_days_is_said_to_be_out_of_reach() -> None:
    fake = FakeX()
    watch = search(fake, make_watch(-1, since=START - timedelta(days=30)))

    assert [notice.kind for notice in watch.notices] == ["connected", "lacking"]
    assert fake.heard[0].query["start_time"] == "2026-02-26T19:02:00Z"


@pytest.mark.parametrize("status", ["401 Unauthorized", "402 Payment Required", "403 Forbidden"])
def test_a_token_that_is_refused_is_final(status: str) -> None:
    fake = FakeX()
    fake.refuse_at[1] = answer(
        {"title": "No", "detail": "Your credits are used up."}, status=status
    )

    with pytest.raises(Refused, match="Your credits are used up") as caught:
        search(fake, make_watch())
    assert caught.value.is_final


def test_without_a_token_nothing_is_searched() -> None:
    with pytest.raises(InputError, match="There is no token for X"):
        XSearch(Secret())
