"""Bluesky's routes and announcer against a whole AT Protocol network on this machine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.networks.bluesky_people import POST, Person
from tests.networks.local_servers import LocalServers
from tests.networks.watching import FakeWatch, run_route

from chinwag.importers import ReadOptions, bluesky_posts
from chinwag.importers.contract import RowError
from chinwag.model import Deletion, Post, RawPost, Secret
from chinwag.networks.bluesky import BlueskyJetstream, BlueskySearch, BlueskyThreads
from chinwag.networks.contract import Received, Route

pytestmark = pytest.mark.networks


class RealWatch(FakeWatch):
    """A watch by the real clock, for servers that have no other."""

    def __init__(self, hashtag: str) -> None:
        now = datetime.now(UTC)
        super().__init__(hashtag, since=now - timedelta(minutes=1), convert=self._convert_or_not)
        self.aside: list[str] = []
        self.later = timedelta()  # by how much its clock is ahead

    def _convert_or_not(self, raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion]:
        try:
            return bluesky_posts.convert_record(raw, options)
        except RowError as error:
            self.aside.append(str(error))
            return ()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.later

    def learn(self, post: dict[str, Any]) -> None:
        """Know a post, as if another route had brought it."""
        _, _, did, _, rkey = post["uri"].split("/")
        event = {
            "did": did,
            "operation": "create",
            "collection": POST,
            "rkey": rkey,
            "record": post["record"],
        }
        self.keep(Received(raws=(RawPost(route="bluesky:test", address="", payload=event),)))
        self.raws.clear()

    def said(self) -> list[str]:
        """Give what has been said, in order."""
        return [post.text for post in self.posts.values()]


@pytest.fixture(scope="module")
def ana(local_servers: LocalServers) -> Iterator[Person]:
    with Person(local_servers.addresses["pds"], "ana") as person:
        yield person


@pytest.fixture(scope="module")
def bob(local_servers: LocalServers) -> Iterator[Person]:
    with Person(local_servers.addresses["pds"], "bob") as person:
        yield person


def run(route: Route, watch: FakeWatch, is_enough: Callable[[], bool] = lambda: False) -> None:
    asyncio.run(run_route(route, watch, is_enough))


def make_jetstream(servers: LocalServers) -> BlueskyJetstream:
    at = servers.addresses
    return BlueskyJetstream([at["jetstream"]], app_view=at["appview"], heartbeat=0.5)


def make_threads(servers: LocalServers) -> BlueskyThreads:
    return BlueskyThreads(servers.addresses["appview"], pause=0.1, breath=0.0)


def test_jetstream_brings_the_hashtag_its_threads_quotes_and_reposts_and_nothing_else(
    local_servers: LocalServers, ana: Person, bob: Person
) -> None:
    question = ana.post("Q1: What do you lend? #JetChat")
    bob.post("Lovely weather")
    answer = bob.post("A1: seeds, mostly", reply_to=question)
    ana.post("And tools?", reply_to=answer)
    bob.post("Look at this question", quoting=question)
    ana.repost(answer)
    bob.post("Tagged beside the words", tags=["jetchat"])
    local_servers.settle()
    watch = RealWatch("JetChat")

    run(make_jetstream(local_servers), watch, lambda: len(watch.posts) >= 6)

    assert watch.said() == [
        "Q1: What do you lend? #JetChat",
        "A1: seeds, mostly",
        "And tools?",
        "Look at this question",
        "",
        "Tagged beside the words",
    ]
    assert [post.author for post in watch.posts.values()] == [
        *("ana.test", "bob.test", "ana.test", "bob.test", "ana.test", "bob.test")
    ]


def test_jetstream_goes_on_from_its_cursor_and_honours_deletions_and_changes(
    local_servers: LocalServers, ana: Person, bob: Person
) -> None:
    watch = RealWatch("GoOnChat")
    ana.post("One #GoOnChat")
    second = bob.post("Two #GoOnChat")
    local_servers.settle()
    run(make_jetstream(local_servers), watch, lambda: len(watch.posts) >= 2)

    local_servers.restart("jetstream")
    bob.change(second, "Two, said better #GoOnChat")
    third = ana.post("Three #GoOnChat")
    ana.delete(third)
    local_servers.settle()
    before = len(watch.raws)
    run(make_jetstream(local_servers), watch, lambda: len(watch.deleted) >= 1)

    assert watch.said() == ["One #GoOnChat", "Two, said better #GoOnChat", "Three #GoOnChat"]
    assert watch.deleted == [third["uri"]]
    assert len(watch.raws) - before == 3 + 1  # the last event comes again: from it on is asked for
    assert "compressed" in watch.notices[0].what


def test_of_who_asks_not_to_be_shown_to_strangers_nothing_is_kept(
    local_servers: LocalServers, ana: Person
) -> None:
    with Person(local_servers.addresses["pds"], "shy-person") as shy:
        shy.set_profile(displayName="Shy", labels=["!no-unauthenticated"])
        question = ana.post("Q1 #ShyChat")
        shy.post("My secret #ShyChat", reply_to=question)
        ana.post("A1 #ShyChat", reply_to=question)
        local_servers.settle()
    streaming, following = RealWatch("ShyChat"), RealWatch("ShyChat")
    following.learn(question)

    run(make_jetstream(local_servers), streaming, lambda: len(streaming.posts) >= 2)
    run(make_threads(local_servers), following, lambda: len(following.posts) >= 2)

    for watch in (streaming, following):
        assert watch.said() == ["Q1 #ShyChat", "A1 #ShyChat"]
        assert watch.aside == [bluesky_posts.NO_STRANGERS]
        assert "My secret" not in repr(watch.raws)


def test_threads_bring_replies_without_the_hashtag_and_find_what_is_gone(
    local_servers: LocalServers, ana: Person, bob: Person
) -> None:
    question = ana.post("Q1 #ThreadChat")
    answer = bob.post("A1, without the tag", reply_to=question)
    deep = ana.post("Quite", reply_to=answer)
    bob.post("Not to the question")
    local_servers.settle()
    watch = RealWatch("ThreadChat")
    watch.learn(question)
    watch.until = watch.now() + timedelta(seconds=1)

    run(make_threads(local_servers), watch)

    assert watch.said() == ["Q1 #ThreadChat", "A1, without the tag", "Quite"]
    assert watch.posts[deep["uri"]].reply_to == answer["uri"]

    bob.delete(answer)
    local_servers.settle()
    watch.later = timedelta(minutes=5)
    run(make_threads(local_servers), watch)

    assert watch.deleted == [answer["uri"]]


def test_search_fills_in_with_a_signed_in_account_and_turns_every_page(
    local_servers: LocalServers, ana: Person, bob: Person
) -> None:
    texts = [f"Number {number} #PageChat" for number in range(105)]
    for text in texts:
        ana.post(text)
    bob.post("PageChat without its sign")
    local_servers.settle()
    watch = RealWatch("PageChat")
    watch.until = watch.now()
    watch.later = timedelta(minutes=5)
    route = BlueskySearch(
        local_servers.addresses["pds"], bob.handle, Secret(bob.make_app_password())
    )

    run(route, watch)

    assert sorted(watch.said()) == sorted(texts)
