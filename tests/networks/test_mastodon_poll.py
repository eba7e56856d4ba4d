"""Polling a tag page: nothing between two looks, nothing twice, and what changed or is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.networks.fake_mastodon import CLOSED, GONE, FakeMastodon, after
from tests.networks.fake_server import START, answer, run_server
from tests.networks.watching import FakeWatch, read_notice, run_route

from chinwag.errors import NetworkError, Refused
from chinwag.model import Secret
from chinwag.networks.contract import make_notice
from chinwag.networks.mastodon.poll import MastodonPoll
from chinwag.networks.mastodon.server import MastodonServer
from chinwag.records.mastodon_statuses import convert_record
from chinwag.steps.collect import merge_posts

Act = Callable[[], object]


def poll(
    fake: FakeMastodon,
    *acts: Act,
    minutes: float = 12,
    watch: FakeWatch | None = None,
    token: str = "",
    listening: bool = False,
    on_start: Callable[[MastodonServer], None] = lambda _: None,
) -> FakeWatch:
    """Poll a server for so many minutes, and do one act before each look after the first."""
    watch = watch or FakeWatch(
        since=START - timedelta(minutes=5),
        until=START + timedelta(minutes=minutes),
        convert=convert_record,
    )
    todo = list(acts)
    pause = watch.pause

    async def act(seconds: float) -> None:
        await pause(seconds)
        if todo:
            todo.pop(0)()

    watch.pause = act  # type: ignore[method-assign]

    async def run() -> None:
        async with run_server(fake.say) as server:
            mastodon = MastodonServer(server.address, token=Secret(token))
            if listening:
                mastodon.listening.begin()
            on_start(mastodon)
            await run_route(MastodonPoll(mastodon), watch)

    try:
        asyncio.run(run())
    finally:
        watch.pause = pause  # type: ignore[method-assign]
    assert not todo
    return watch


def texts(watch: FakeWatch) -> list[str]:
    return sorted(post.text for post in watch.posts.values())


def numbers(watch: FakeWatch) -> list[str]:
    return [raw.payload["status"]["id"] for raw in watch.raws if "status" in raw.payload]


def test_many_posts_between_two_looks_all_come_and_each_once() -> None:
    fake = FakeMastodon()
    for number in range(95):
        fake.post(f"#InkChat {number}", after(number / 10))

    def post_more() -> None:
        for number in range(95, 300):
            fake.post(f"#InkChat {number}", after(number / 10))

    watch = poll(fake, lambda: None, post_more)

    assert sorted(numbers(watch)) == sorted(fake.statuses)
    assert len(watch.posts) == 300


def test_a_post_that_reaches_the_server_late_stands_below_the_newest_and_is_found() -> None:
    fake = FakeMastodon()
    fake.post("#InkChat first", after(0), number="000100")
    watch = poll(
        fake,
        lambda: fake.post("#InkChat at once", after(8), number="000300"),
        lambda: (
            fake.post("#InkChat 15 s late", after(2), number="000200", home="far.example") and None
        ),
        *[lambda: None] * 40,
        lambda: (
            fake.post("#InkChat 7 min late", after(5), number="000250", home="far.example") and None
        ),
    )

    assert texts(watch) == ["#InkChat 15 s late", "#InkChat 7 min late", "#InkChat at once", "#InkChat first"]  # fmt: skip
    assert sorted(numbers(watch)) == ["000100", "000200", "000250", "000300"]


def test_an_edited_post_comes_again_with_what_it_said_before() -> None:
    fake = FakeMastodon()
    number = fake.post("Helo #InkChat")
    watch = poll(fake, lambda: fake.edit(number, "Hello #InkChat", after(30)))

    (post,) = watch.posts.values()
    assert (post.text, post.edited_at) == ("Hello #InkChat", after(30))
    assert [(one.text, one.at) for one in post.versions] == [("Helo #InkChat", START)]
    assert numbers(watch) == [number, number]


def test_a_deleted_post_is_found_missing_and_told() -> None:
    fake = FakeMastodon()
    number = fake.post("Oops #InkChat")
    fake.post("Hello #InkChat", after(1))
    watch = poll(fake, lambda: fake.delete(number))

    host = watch.raws[0].payload["server"]
    assert watch.deleted == [f"mastodon:{host}:{number}"]
    assert watch.raws[-1].payload["gone"]["status"] == 404


def test_a_post_that_loses_its_hashtag_is_kept_and_one_that_gets_it_is_found() -> None:
    fake = FakeMastodon()
    loses = fake.post("A1: bread #InkChat")
    gets = fake.post("A1: butter", after(1))
    watch = poll(
        fake,
        lambda: fake.edit(loses, "A1: bread", after(20)),
        lambda: fake.edit(gets, "A1: butter #InkChat", after(30)),
    )

    found = {post.text: post for post in watch.posts.values()}
    assert sorted(found) == ["A1: bread", "A1: butter #InkChat"]
    assert found["A1: bread"].hashtags == ()
    assert [version.text for version in found["A1: bread"].versions] == ["A1: bread #InkChat"]
    assert watch.deleted == []


@pytest.mark.parametrize("visibility", ["private", "direct", "local", "list:7", "unlisted"])
def test_what_is_not_public_is_never_received(visibility: str) -> None:
    fake = FakeMastodon()
    fake.post("Secret #InkChat", visibility=visibility)
    fake.post("Hello #InkChat", after(1))

    assert texts(poll(fake)) == ["Hello #InkChat"]


def test_posts_from_before_and_after_the_chat_are_left_out() -> None:
    fake = FakeMastodon()
    fake.post("#InkChat last month", START - timedelta(days=30))
    fake.post("#InkChat now", after(0))
    fake.post("#InkChat tomorrow", START + timedelta(days=1))

    assert texts(poll(fake)) == ["#InkChat now"]


def test_it_goes_on_from_its_cursor_and_finds_what_happened_meanwhile() -> None:
    fake = FakeMastodon()
    stays, goes = fake.post("#InkChat stays"), fake.post("#InkChat goes", after(1))
    watch = poll(fake, minutes=1)
    fake.delete(goes)
    comes = fake.post("#InkChat comes", after(50))
    watch.raws.clear()
    watch.time = START + timedelta(days=1)

    poll(fake, watch=watch)

    assert numbers(watch) == [comes]
    assert [id_.rpartition(":")[2] for id_ in watch.deleted] == [goes]
    assert stays in watch.cursor


def test_a_look_reads_few_pages_however_long_the_chat_is() -> None:
    fake = FakeMastodon()
    for number in range(400):
        fake.post(f"#InkChat {number}", after(number))
    watch = FakeWatch(
        since=START, until=after(500), convert=convert_record
    )  # fmt: skip
    watch.time = after(400)

    async def run() -> list[str]:
        async with run_server(fake.say) as server:
            await run_route(MastodonPoll(MastodonServer(server.address)), watch)
            return [one.query.get("min_id", "down") for one in server.heard if "tag" in one.path]

    asked = asyncio.run(run())
    assert len(numbers(watch)) == 400
    assert asked[:11] == ["down"] * 11  # the first look, to the page that is empty
    assert asked[11:15] == [f"{number:018}" for number in (391, 431, 471, 500)]  # two minutes
    assert asked[15] == f"{401:018}"


# What a server may do


@pytest.mark.parametrize(
    ("say", "wait"),
    [
        (answer({"error": "Too many"}, status="429 Too Many", headers={"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2026-03-05T19:05:10.000Z"}), 300.0),
        (answer("<html><title>Bad gateway</title>", status="502 Bad Gateway"), None),
        (answer({"error": "Internal"}, status="500 Oh"), None),
    ],
)  # fmt: skip
def test_a_server_that_fails_is_tried_again_by_whoever_runs_it(
    say: bytes, wait: float | None
) -> None:
    fake = FakeMastodon()
    fake.post("#InkChat one")
    watch = FakeWatch(since=START, until=after(60), convert=convert_record)

    def fail() -> None:
        fake.post("#InkChat two", after(1))
        fake.refusals["/api/v1/timelines"] = say

    with pytest.raises(Refused) as caught:
        poll(fake, fail, watch=watch)
    assert (caught.value.wait, caught.value.is_final) == (wait, False)

    fake.refusals.clear()
    poll(fake, watch=watch)
    assert texts(watch) == ["#InkChat one", "#InkChat two"]
    assert len(watch.raws) == 2


@pytest.mark.parametrize(
    "say",
    [
        answer(b'[{"id": "1", "content": "<p>half'),
        answer({"statuses": []}),
        answer("<html>Loading ...</html>"),
        b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\nConnection: close\r\n\r\n[{",
        b"",
    ],
)
def test_half_an_answer_is_an_error_and_costs_nothing(say: bytes) -> None:
    fake = FakeMastodon()
    fake.post("#InkChat one")
    fake.refusals["/api/v1/timelines"] = say + (b"" if say else b"\r\n\r\n")
    watch = FakeWatch(since=START, until=after(60), convert=convert_record)

    with pytest.raises(NetworkError) as caught:
        poll(fake, watch=watch)
    assert not caught.value.is_final

    fake.refusals.clear()
    assert texts(poll(fake, watch=watch)) == ["#InkChat one"]


def test_a_server_that_closes_its_tag_pages_is_told_and_left() -> None:
    fake = FakeMastodon()
    fake.refusals["/api/v1/timelines"] = CLOSED
    watch = poll(fake)

    host = read_notice(watch.notices[0]).split()[0]
    assert watch.notices == [
        make_notice(
            "lacking",
            "{host} cannot be read without an account there. It shows tag pages to its members"
            " alone.",
            code="mastodon-tag-closed",
            host=host,
        )
    ]


def test_a_server_that_hides_other_servers_posts_from_strangers_says_so() -> None:
    fake = FakeMastodon()
    feeds = {"local": "public", "remote": "authenticated"}
    fake.instance = {"configuration": {"timelines_access": {"hashtag_feeds": feeds}}}

    told = [read_notice(notice).partition(" ")[2] for notice in poll(fake).notices]
    assert told[0] == (
        "does not show strangers the posts of people on other servers on its tag pages."
    )
    assert len(poll(fake, token="t0k").notices) == 1


def test_pages_of_pleroma_and_misskey_are_read_as_well() -> None:
    for flavour in ("pleroma", "misskey"):
        fake = FakeMastodon("pond.example", flavour)
        edited = fake.post("#InkChat 0", after(0))
        for number in range(1, 120):
            fake.post(f"#InkChat {number}", after(number / 4))

        def post_more(fake: FakeMastodon = fake, edited: str = edited) -> None:
            for number in range(120, 260):
                fake.post(f"#InkChat {number}", after(number / 4))
            fake.edit(edited, "#InkChat nought", after(61))

        watch = poll(fake, post_more)

        assert len(watch.posts) == 260, flavour
        assert sorted(set(numbers(watch))) == sorted(fake.statuses), flavour
        assert "#InkChat nought" in texts(watch), flavour


def test_one_post_on_three_servers_is_one_post_with_three_sightings() -> None:
    watches = []
    for host, number, home in (
        ("a", "17", ""),
        ("b", "AbC5", "a.example"),
        ("c", "9h2", "a.example"),
    ):
        fake = FakeMastodon(f"{host}.example")
        fake.post("#InkChat Hello", number=number, home=home)
        (status,) = fake.statuses.values()
        status["uri"] = "https://a.example/users/ana/statuses/17"
        status["url"] = "https://a.example/@ana/17"
        watches.append(poll(fake, minutes=1))

    merged = merge_posts([post for watch in watches for post in watch.posts.values()])

    (post,) = merged.posts
    assert (post.id, post.author) == ("https://a.example/users/ana/statuses/17", "ana@a.example")
    assert [one.route for one in post.sightings] == ["mastodon:poll"] * 3
    assert "mastodon:a.example:17" in post.aliases
    assert len(post.aliases) == 4


# Beside a stream


def test_it_looks_more_seldom_while_a_stream_runs_and_at_once_when_it_has_broken() -> None:
    counts = []
    for listening, breaks in ((False, False), (True, False), (True, True)):
        fake = FakeMastodon()
        holder: list[MastodonServer] = []
        acts = [lambda: None] * 6 + [lambda holder=holder: holder[0].listening.end()] * breaks
        poll(fake, *acts, minutes=3, listening=listening, on_start=holder.append)
        counts.append(fake.pages)

    # Every 10 seconds; every 60; and every 60 for one minute, then every 10. Each to the end.
    assert counts == [20, 5, 15]


def test_a_stream_that_says_nothing_is_told_once_and_replaced() -> None:
    fake = FakeMastodon()
    later = [lambda: None] * 6
    watch = poll(
        fake,
        lambda: fake.post("#InkChat one", after(5)),
        *later,
        lambda: fake.post("#InkChat two", after(70)),
        minutes=8,
        listening=True,
    )

    told = [(one.kind, one.note.code, one.note.parts.get("number")) for one in watch.notices]
    assert told[1:] == [("silent", "mastodon-stream-lags", 1)]


def test_a_stream_is_not_blamed_for_what_was_posted_before_it_was_opened() -> None:
    fake = FakeMastodon()
    fake.post("#InkChat while nobody captured", after(-30))
    watch = poll(fake, minutes=8, listening=True)

    assert [post.text for post in watch.posts.values()] == ["#InkChat while nobody captured"]
    assert [one.note.code for one in watch.notices] == ["mastodon-reads"]


def test_a_stream_that_is_opened_again_is_not_blamed_for_what_the_last_one_missed() -> None:
    fake = FakeMastodon()
    holder: list[MastodonServer] = []
    watch = poll(
        fake,
        lambda: fake.post("#InkChat one", after(5)),
        *[lambda: None] * 6,
        lambda: holder[0].listening.begin(),
        minutes=6,
        listening=True,
        on_start=holder.append,
    )
    assert [notice.kind for notice in watch.notices] == ["connected"]


def test_a_cursor_of_another_version_costs_no_post() -> None:
    fake = FakeMastodon()
    fake.post("#InkChat one")
    watch = FakeWatch(since=START, until=after(1), convert=convert_record)
    watch.cursor = '{"marks": "of old"}'

    assert texts(poll(fake, watch=watch)) == ["#InkChat one"]


def test_a_status_that_cannot_be_read_again_is_not_called_deleted() -> None:
    fake = FakeMastodon()
    number = fake.post("#InkChat one")

    def close() -> None:
        del fake.statuses[number]
        fake.refusals[f"/api/v1/statuses/{number}"] = CLOSED

    watch = poll(fake, close)
    assert (texts(watch), watch.deleted) == (["#InkChat one"], [])
    assert GONE.startswith(b"HTTP/1.1 404")
