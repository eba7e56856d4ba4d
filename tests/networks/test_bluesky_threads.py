"""Following threads on app views that a test scripts: what is asked for, how often, what is gone."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.networks.fake_server import START, Heard, answer, run_server
from tests.networks.watching import FakeWatch, run_route

from chinwag.model import RawPost
from chinwag.networks.bluesky.threads import BlueskyThreads
from chinwag.networks.contract import Received
from chinwag.records import bluesky_posts
from chinwag.records.ids import BLUESKY_POST

ROOT, REPLY, DEEP = (f"at://did:plc:{who}/{BLUESKY_POST}/3{who}" for who in ("ana", "bob", "cyd"))


def view(id: str, text: str, parent: str = "", replies: int = 0, **author: Any) -> dict[str, Any]:
    """Give a post as an app view shows it, a minute after the start."""
    did = id.split("/")[2]
    record: dict[str, Any] = {"text": text, "createdAt": (START + timedelta(minutes=1)).isoformat()}
    if parent:
        record["reply"] = {"root": {"uri": ROOT}, "parent": {"uri": parent}}
    whose = {"did": did, "handle": f"{did[8:]}.test", **author}
    return {"uri": id, "cid": "c1", "author": whose, "record": record, "replyCount": replies}


class AppView:
    """Shows what `posts` and the shape of the thread say; `asked` lists whose thread was read."""

    def __init__(self, *posts: dict[str, Any], has_newer_only: bool = False) -> None:
        self.posts = {post["uri"]: post for post in posts}
        self.asked: list[str] = []
        self.has_newer_only = has_newer_only

    def say(self, heard: Heard) -> bytes:
        if heard.path.endswith("getPosts"):
            return answer({"posts": list(self.posts.values())})
        if heard.path.endswith("getPostThreadV2"):
            self.asked.append(heard.query["anchor"])
            return answer({"thread": list(self._list(heard.query["anchor"], 0))})
        if self.has_newer_only:
            return answer({"error": "MethodNotImplemented"}, status="501 Not Implemented")
        self.asked.append(heard.query["uri"])
        if heard.query["uri"] not in self.posts:
            told = {"error": "NotFound", "message": f"Post not found: {heard.query['uri']}"}
            return answer(told, status="400 Bad Request")
        return answer({"thread": self._nest(heard.query["uri"])})

    def _below(self, id: str) -> list[str]:
        parents = {
            one: post["record"].get("reply", {}).get("parent", {}).get("uri")
            for one, post in self.posts.items()
        }
        return [one for one, parent in parents.items() if parent == id]

    def _nest(self, id: str) -> dict[str, Any]:
        return {"post": self.posts[id], "replies": [self._nest(one) for one in self._below(id)]}

    def _list(self, id: str, depth: int) -> Any:
        value = {"$type": "app.bsky.unspecced.defs#threadItemPost", "post": self.posts[id]}
        yield {"uri": id, "depth": depth, "value": value}
        for one in self._below(id):
            yield from self._list(one, depth + 1)


def make_watch(*known: str) -> FakeWatch:
    watch = FakeWatch(convert=bluesky_posts.convert_record)
    for id_ in known:
        learn(watch, id_, START)
    return watch


def learn(watch: FakeWatch, id: str, at: datetime) -> None:
    _, _, did, collection, rkey = id.split("/")
    event = {
        "did": did,
        "operation": "create",
        "collection": collection,
        "rkey": rkey,
        "record": {"text": "known", "createdAt": at.isoformat()},
    }
    watch.keep(Received(raws=(RawPost(route="bluesky:test", address="", payload=event),)))
    watch.raws.clear()


def follow(app_view: AppView, watch: FakeWatch, *, minutes: float) -> None:
    """Follow until the chat is over, so many minutes after the start."""

    async def play() -> None:
        async with run_server(app_view.say) as server:
            await run_route(BlueskyThreads(server.address, breath=0.0), watch)

    watch.until = START + timedelta(minutes=minutes)
    asyncio.run(play())


THREAD = (
    view(ROOT, "Q1 #InkChat", replies=1),
    view(REPLY, "A1", ROOT, replies=1),
    view(DEEP, "Me too", REPLY),
)


@pytest.mark.parametrize("has_newer_only", [False, True])
def test_replies_and_replies_to_them_are_given_once(has_newer_only: bool) -> None:
    app_view, watch = AppView(*THREAD, has_newer_only=has_newer_only), make_watch(ROOT)

    follow(app_view, watch, minutes=30)

    assert [raw.payload["post"]["uri"] for raw in watch.raws] == [REPLY, DEEP]
    assert set(app_view.asked) == {ROOT}
    assert len(app_view.asked) < 20  # twice a minute at first, ever more seldom then


def test_a_reply_that_a_stream_brought_is_read_with_its_tree_from_then_on() -> None:
    app_view, watch = AppView(*THREAD), make_watch(ROOT, REPLY, DEEP)

    follow(app_view, watch, minutes=30)

    assert watch.raws == []
    assert app_view.asked.count(REPLY) <= 1
    assert app_view.asked.count(DEEP) <= 1


def test_a_reply_that_its_tree_hides_is_followed_by_itself() -> None:
    hidden = view(REPLY, "A1", "at://did:plc:zoe/app.bsky.feed.post/3gone", replies=1)
    app_view, watch = AppView(THREAD[0], hidden, THREAD[2]), make_watch(ROOT, REPLY)

    follow(app_view, watch, minutes=30)

    assert [raw.payload["post"]["uri"] for raw in watch.raws] == [DEEP]
    assert app_view.asked.count(REPLY) > 1


def test_a_post_that_is_gone_is_told_once_and_one_that_was_never_shown_for_two_minutes_is_not() -> (
    None
):
    app_view, watch = AppView(*THREAD[:1]), make_watch(ROOT, REPLY)
    learn(watch, DEEP, START + timedelta(minutes=29))

    follow(app_view, watch, minutes=30)

    assert watch.deleted == [REPLY]


def test_an_app_view_that_shows_nothing_deletes_nobody() -> None:
    many = [f"at://did:plc:ana/{BLUESKY_POST}/3{number:03}" for number in range(10)]
    app_view, watch = AppView(), make_watch(*many)

    follow(app_view, watch, minutes=30)

    assert watch.deleted == []


def test_a_post_is_given_again_when_it_looks_different() -> None:
    app_view, watch = AppView(*THREAD), make_watch(ROOT)

    class Renaming(AppView):
        def say(self, heard: Heard) -> bytes:
            if watch.now() > START + timedelta(minutes=10):
                self.posts[REPLY] = view(REPLY, "A1", ROOT, replies=1, handle="new.test")
            return super().say(heard)

    follow(Renaming(*THREAD), watch, minutes=30)

    handles = [raw.payload["post"]["author"]["handle"] for raw in watch.raws]
    assert handles == ["bob.test", "cyd.test", "new.test"]
    assert app_view.asked == []


def test_replies_that_are_counted_and_not_shown_are_told() -> None:
    app_view, watch = AppView(view(ROOT, "Q1 #InkChat", replies=3), THREAD[1]), make_watch(ROOT)

    follow(app_view, watch, minutes=30)

    assert [notice.kind for notice in watch.notices] == ["connected", "lacking"]
    assert watch.notices[-1].note.parts["number"] == 3
