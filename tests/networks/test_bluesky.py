"""Bluesky's routes and announcer against a whole AT Protocol network on this machine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from tests.networks.bluesky_people import Person
from tests.networks.local_servers import LocalServers
from tests.networks.watching import FakeWatch, run_route

from chinwag.importers import bluesky_posts
from chinwag.networks.bluesky import BlueskyJetstream
from chinwag.networks.contract import Route

pytestmark = pytest.mark.networks


class RealWatch(FakeWatch):
    """A watch by the real clock, for servers that have no other."""

    def __init__(self, hashtag: str) -> None:
        now = datetime.now(UTC)
        super().__init__(
            hashtag, since=now - timedelta(minutes=1), convert=bluesky_posts.convert_record
        )

    def now(self) -> datetime:
        return datetime.now(UTC)

    def said(self) -> list[str]:
        """Give what has been said, in order."""
        return [post.text for post in self.posts.values()]


@pytest.fixture(scope="module")
def ana(local_servers: LocalServers) -> Iterator[Person]:
    with Person(local_servers.addresses["pds"], "ana") as person:
        yield person


@pytest.fixture(scope="module")
def bo(local_servers: LocalServers) -> Iterator[Person]:
    with Person(local_servers.addresses["pds"], "bob") as person:
        yield person


def run(route: Route, watch: FakeWatch, is_enough: Callable[[], bool] = lambda: False) -> None:
    asyncio.run(run_route(route, watch, is_enough))


def make_jetstream(servers: LocalServers) -> BlueskyJetstream:
    at = servers.addresses
    return BlueskyJetstream([at["jetstream"]], app_view=at["appview"], heartbeat=0.5)


def test_jetstream_brings_the_hashtag_its_threads_quotes_and_reposts_and_nothing_else(
    local_servers: LocalServers, ana: Person, bo: Person
) -> None:
    question = ana.post("Q1: What do you lend? #JetChat")
    bo.post("Lovely weather")
    answer = bo.post("A1: seeds, mostly", reply_to=question)
    ana.post("And tools?", reply_to=answer)
    bo.post("Look at this question", quoting=question)
    ana.repost(answer)
    bo.post("Tagged beside the words", tags=["jetchat"])
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
