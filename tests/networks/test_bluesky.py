"""Bluesky's routes and announcer against a whole AT Protocol network on this machine."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from tests.networks.bluesky_people import POST, Person
from tests.networks.local_servers import LocalServers
from tests.networks.watching import FakeWatch, read_notice, run_route

from chinwag.errors import InputError, NetworkError
from chinwag.model import Deletion, Post, RawPost, Secret
from chinwag.networks.bluesky.announce import BlueskyAnnouncer
from chinwag.networks.bluesky.firehose import BlueskyFirehose
from chinwag.networks.bluesky.jetstream import BlueskyJetstream
from chinwag.networks.bluesky.search import BlueskySearch
from chinwag.networks.bluesky.session import Session
from chinwag.networks.bluesky.threads import BlueskyThreads
from chinwag.networks.contract import Announced, Announcement, Notice, Picture, Received, Route
from chinwag.records import bluesky_posts
from chinwag.records.contract import ReadOptions, RowError

pytestmark = pytest.mark.networks

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)  # one dot


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
    assert "compressed" in read_notice(watch.notices[0])


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


def test_a_search_that_rests_since_its_last_is_signed_in_at_once(
    local_servers: LocalServers, bob: Person
) -> None:
    watch = RealWatch("RestChat")
    route = BlueskySearch(
        local_servers.addresses["pds"], bob.handle, Secret(bob.make_app_password())
    )

    async def hear_first() -> tuple[Received | Notice, list[float]]:
        items = route.receive(watch, watch.now().isoformat())
        assert isinstance(items, AsyncGenerator)
        async with aclosing(items):
            return await anext(items), list(watch.pauses)

    first, pauses = asyncio.run(hear_first())

    assert isinstance(first, Notice)
    assert (first.kind, first.note.code, pauses) == ("connected", "bluesky-searches", [])


def make_session(servers: LocalServers, person: Person, watch: FakeWatch) -> Session:
    return Session(
        servers.addresses["pds"], person.handle, Secret(person.make_app_password()), watch
    )


def look_at(servers: LocalServers, id: str) -> dict[str, Any]:
    """Give a post as the app view shows it to strangers."""
    servers.settle()
    address = f"{servers.addresses['appview']}/xrpc/app.bsky.feed.getPosts"
    answer = httpx2.get(address, params={"uris": id}, timeout=20)
    return dict(answer.json()["posts"][0])


def test_an_announcement_is_shown_with_its_picture_its_tag_and_whom_it_names_and_goes_out_once(
    local_servers: LocalServers, ana: Person, bob: Person
) -> None:
    watch = RealWatch("ShowChat")
    question = bob.post("What do you lend?")
    local_servers.settle()
    announcement = Announcement(
        key="q1",
        text="📚 Q1 @bob.test asks: see https://lib.example/q1. @nobody.test #ShowChat",
        hashtag="ShowChat",
        lang="en-GB",
        picture=Picture(data=PNG, media_type="image/png", alt="A shelf of tools"),
        reply_to=question["uri"],
    )

    async def announce() -> Announced:
        async with make_session(local_servers, ana, watch) as session:
            return await BlueskyAnnouncer(session, watch).announce(announcement)

    first, again = asyncio.run(announce()), asyncio.run(announce())

    shown = look_at(local_servers, first.id)
    assert again == Announced(id=first.id, url=first.url, is_new=False)
    assert first.url == f"https://bsky.app/profile/ana.test/post/{first.id.rpartition('/')[2]}"
    assert shown["record"]["text"] == announcement.text
    assert shown["record"]["langs"] == ["en-GB"]
    assert [facet["features"][0] for facet in shown["record"]["facets"]] == [
        {"$type": "app.bsky.richtext.facet#mention", "did": bob.did},
        {"$type": "app.bsky.richtext.facet#link", "uri": "https://lib.example/q1"},
        {"$type": "app.bsky.richtext.facet#tag", "tag": "ShowChat"},
    ]
    assert shown["record"]["reply"]["root"]["uri"] == question["uri"]
    picture = shown["embed"]["images"][0]
    assert (picture["alt"], picture["aspectRatio"]) == (
        "A shelf of tools",
        {"height": 1, "width": 1},
    )


def test_an_edit_keeps_picture_time_and_thread_and_readers_see_the_new_words(
    local_servers: LocalServers, ana: Person
) -> None:
    watch = RealWatch("MendChat")
    before = Announcement(
        key="mend",
        text="Q1: Waht? #MendChat",
        hashtag="MendChat",
        lang="en",
        picture=Picture(data=PNG, media_type="image/png", alt="A shelf"),
    )
    after = Announcement(key="mend", text="Q1: What? #MendChat", hashtag="MendChat", lang="en")

    async def announce_and_mend() -> Announced:
        async with make_session(local_servers, ana, watch) as session:
            announcer = BlueskyAnnouncer(session, watch)
            made = await announcer.announce(before)
            return await announcer.edit(made.id, after)

    mended = asyncio.run(announce_and_mend())

    shown = look_at(local_servers, mended.id)
    assert shown["record"]["text"] == "Q1: What? #MendChat"
    assert shown["embed"]["images"][0]["alt"] == "A shelf"


def test_a_post_of_another_account_cannot_be_changed_or_taken_back(
    local_servers: LocalServers, ana: Person, bob: Person
) -> None:
    watch = RealWatch("MineChat")
    post = bob.post("Mine #MineChat")
    words = Announcement(key="x", text="Yours #MineChat", hashtag="MineChat", lang="en")

    async def try_it() -> None:
        async with make_session(local_servers, ana, watch) as session:
            announcer = BlueskyAnnouncer(session, watch)
            with pytest.raises(InputError):
                await announcer.edit(post["uri"], words)
            with pytest.raises(InputError):
                await announcer.delete(post["uri"])

    asyncio.run(try_it())

    assert bob.read(post["uri"]) == "Mine #MineChat"


def test_a_session_that_has_ended_is_renewed_and_a_wrong_password_is_final(
    local_servers: LocalServers, ana: Person
) -> None:
    watch = RealWatch("AnyChat")

    async def stay() -> tuple[str, str]:
        async with make_session(local_servers, ana, watch) as session:
            first = await session.get("/xrpc/com.atproto.server.getSession")
            watch.later = timedelta(days=1)  # its token has ended by its own word
            again = await session.get("/xrpc/com.atproto.server.getSession")
            return str(first["did"]), str(again["did"])

    async def try_wrong() -> None:
        pds, wrong = local_servers.addresses["pds"], Secret("no-such-password")
        async with Session(pds, ana.handle, wrong, watch) as session:
            await session.sign_in()

    assert asyncio.run(stay()) == (ana.did, ana.did)
    with pytest.raises(NetworkError) as caught:
        asyncio.run(try_wrong())
    assert caught.value.is_final
    assert "no-such-password" not in str(caught.value)


def test_somebody_who_takes_another_handle_is_named_by_it_from_then_on(
    local_servers: LocalServers,
) -> None:
    with Person(local_servers.addresses["pds"], "old-name") as person:
        watch = RealWatch("NameChat")
        first = person.post("One #NameChat")
        local_servers.settle()
        run(make_jetstream(local_servers), watch, lambda: len(watch.posts) >= 1)
        person.rename("new-name")
        local_servers.settle()
        second = person.post("Two #NameChat")

        run(make_jetstream(local_servers), watch, lambda: len(watch.posts) >= 2)

    assert watch.posts[second["uri"]].author == "new-name.test"
    assert watch.posts[second["uri"]].author_id == watch.posts[first["uri"]].author_id


def test_the_firehose_brings_what_jetstream_brings(
    local_servers: LocalServers, ana: Person, bob: Person
) -> None:
    at = local_servers.addresses
    question = ana.post("Q1: What? 📚 #FireChat")
    answer = bob.post("A1, untagged", reply_to=question)
    ana.repost(answer)
    bob.post("Not this")
    bob.delete(answer)
    local_servers.settle()
    first, second = RealWatch("FireChat"), RealWatch("FireChat")
    second.cursor = "0"  # everything that the data server has
    firehose = BlueskyFirehose(at["pds"], app_view=at["appview"], heartbeat=0.5)

    run(make_jetstream(local_servers), first, lambda: bool(first.deleted))
    run(firehose, second, lambda: bool(second.deleted))

    assert first.said() == second.said() == ["Q1: What? 📚 #FireChat", "A1, untagged", ""]
    assert first.deleted == second.deleted == [answer["uri"]]
    assert second.cursor.isdecimal()
