"""Following replies on a Mastodon server: without the hashtag too, politely, until the end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

from tests.networks.fake_mastodon import CLOSED, FakeMastodon, after
from tests.networks.fake_server import START, run_server
from tests.networks.watching import FakeWatch, run_route

from chinwag.model import Post, Secret
from chinwag.networks.mastodon.server import MastodonServer
from chinwag.networks.mastodon.threads import MastodonThreads
from chinwag.records.mastodon_statuses import convert_record

Act = tuple[float, Callable[[], object]]  # at so many seconds, do this


def follow(
    fake: FakeMastodon,
    *acts: Act,
    posts: tuple[str, ...],
    minutes: float = 10,
    token: str = "",
    watch: FakeWatch | None = None,
) -> tuple[FakeWatch, list[tuple[str, float]]]:
    """Follow the threads of posts that the chat has already; give what was asked, and when."""
    watch = watch or FakeWatch(
        since=START - timedelta(minutes=5), until=after(minutes * 60), convert=convert_record
    )
    todo = sorted(acts, key=lambda act: act[0])
    pause = watch.pause
    asked: list[tuple[str, float]] = []

    async def act(seconds: float) -> None:
        await pause(seconds)
        while todo and watch.now() >= after(todo[0][0]):
            todo.pop(0)[1]()

    async def run() -> None:
        async with run_server(fake.say) as server:
            mastodon = MastodonServer(server.address, token=Secret(token))
            for number in posts:
                at = datetime.fromisoformat(fake.statuses[number]["created_at"])
                add_post(watch, mastodon.name_alias(number), at)
            say = server.say

            def note(heard):  # type: ignore[no-untyped-def]
                if heard.path.endswith("/context"):
                    number = heard.path.split("/")[-2]
                    asked.append((number, (watch.now() - START).total_seconds()))
                return say(heard)

            server.say = note
            await run_route(MastodonThreads(mastodon), watch)

    watch.pause = act  # type: ignore[method-assign]
    try:
        asyncio.run(run())
    finally:
        watch.pause = pause  # type: ignore[method-assign]
    assert not todo
    return watch, asked


def add_post(watch: FakeWatch, alias: str, at: datetime) -> None:
    """Let the chat know a post, as if another route had brought it."""
    watch.posts[alias] = Post(
        id=alias,
        author="ana",
        text="",
        created_at=at,
        reply_to=None,
        url="",
        source="mastodon:poll",
    )


def texts(watch: FakeWatch) -> list[str]:
    return sorted(post.text for post in watch.posts.values() if post.text)


def test_replies_come_without_the_hashtag_and_replies_to_them() -> None:
    fake = FakeMastodon()
    question = fake.post("Q1: What do you read? #InkChat")
    first = fake.post("A1: Poems", after(5), answers=question)
    watch, _ = follow(
        fake,
        (40, lambda: fake.post("Which ones?", after(39), author="bo", answers=first)),
        posts=(question,),
    )

    assert texts(watch) == ["A1: Poems", "Which ones?"]
    assert {raw.route for raw in watch.raws} == {"mastodon:thread"}


def test_unlisted_replies_are_kept_and_what_is_for_few_is_not() -> None:
    fake = FakeMastodon()
    question = fake.post("Q1 #InkChat")
    for visibility in ("public", "unlisted", "private", "direct", "local"):
        fake.post(visibility, after(5), answers=question, visibility=visibility)

    watch, _ = follow(fake, posts=(question,), token="t0k")

    assert texts(watch) == ["public", "unlisted"]


def test_a_thread_is_read_as_soon_as_the_page_counts_another_reply() -> None:
    fake = FakeMastodon()
    quiet, question = fake.post("Q0 #InkChat"), fake.post("Q1 #InkChat")
    acts = [
        (at, lambda at=at: fake.post(f"answer {at}", after(at), answers=question))
        for at in (100, 300, 1000)
    ]

    watch, asked = follow(fake, *acts, posts=(quiet, question), minutes=30)

    assert texts(watch) == ["answer 100", "answer 1000", "answer 300"]
    moments = [at for number, at in asked if number == question]
    for posted in (100, 300, 1000):
        assert min(at - posted for at in moments if at >= posted) <= 14  # a look, and a breath
    assert quiet not in {number for number, _ in asked}


def test_a_reply_to_a_reply_with_the_hashtag_is_read_with_its_thread() -> None:
    fake = FakeMastodon()
    question = fake.post("Q1 #InkChat")
    tagged = fake.post("A1: Poems #InkChat", after(1), answers=question)

    watch, asked = follow(
        fake,
        (400, lambda: fake.post("Which ones?", after(400), answers=tagged)),
        posts=(question, tagged),
    )

    assert "Which ones?" in texts(watch)
    assert {number for number, _ in asked} == {question}
    assert min(at - 400 for _, at in asked if at >= 400) <= 14


def test_at_the_end_every_page_is_counted_and_only_threads_with_replies_are_read() -> None:
    fake = FakeMastodon()
    posts = [fake.post(f"A1 {one} #InkChat", after(-250 + one)) for one in range(200)]
    watch, asked = follow(
        fake,
        (1, lambda: fake.post("late", after(1), answers=posts[3])),
        posts=tuple(posts),
        minutes=0.1,
    )

    assert texts(watch) == ["late"]
    assert {number for number, _ in asked} == {posts[3]}


def test_a_post_that_was_counted_and_is_on_no_page_is_read_once_at_the_end() -> None:
    fake = FakeMastodon()
    posts = [fake.post(f"A1 {one} #InkChat", after(one)) for one in range(3)]

    watch, asked = follow(
        fake, (30, lambda: fake.edit(posts[1], "No tag now", after(30))), posts=tuple(posts)
    )

    at_the_end = [number for number, at in asked if at > 600]
    assert at_the_end == [posts[1]]
    assert [notice.kind for notice in watch.notices] == ["connected"]


def test_where_the_page_is_closed_threads_are_read_by_the_clock() -> None:
    fake = FakeMastodon()
    fake.refusals["/api/v1/timelines/tag"] = CLOSED
    question = fake.post("Q1 #InkChat")
    watch, asked = follow(
        fake, (10, lambda: fake.post("A1", after(10), answers=question)), posts=(question,)
    )

    assert texts(watch) == ["A1"]
    assert next(at for _, at in asked) == 20
    assert [notice.kind for notice in watch.notices] == ["connected"]


def test_a_quiet_thread_is_asked_ever_more_seldom_and_once_at_the_end() -> None:
    fake = FakeMastodon(flavour="misskey")  # which counts no replies
    question = fake.post("Q1 #InkChat")

    _, asked = follow(fake, posts=(question,), minutes=60)

    moments = [at for _, at in asked]
    gaps = [later - sooner for sooner, later in pairwise(moments[:-1])]
    assert moments[0] == 20
    assert gaps == sorted(gaps)
    assert max(gaps) <= 15 * 60 + 6
    assert 3600 < moments[-1] <= 3610
    assert len(asked) < 25


def test_a_thread_that_moves_is_asked_for_more_often() -> None:
    fake = FakeMastodon()
    lively, quiet = fake.post("Q1 #InkChat"), fake.post("Q2 #InkChat")
    acts = [
        (at, lambda at=at: fake.post(f"answer {at}", after(at), answers=lively))
        for at in range(60, 1200, 60)
    ]

    _, asked = follow(fake, *acts, posts=(lively, quiet), minutes=20)

    counts = {number: [one for one, _ in asked].count(number) for number in (lively, quiet)}
    assert counts[lively] > 3 * counts[quiet]


def test_a_reply_that_its_root_brings_is_not_asked_for_itself() -> None:
    fake = FakeMastodon()
    question = fake.post("Q1 #InkChat")
    answers = [
        fake.post(f"A1 {one} #InkChat", after(one), answers=question) for one in range(1, 31)
    ]

    _, asked = follow(fake, posts=(*answers, question), minutes=2)

    assert {number for number, _ in asked} == {question}


def test_where_strangers_may_not_see_all_replies_each_is_followed() -> None:
    fake = FakeMastodon()
    question = fake.post("Q1 #InkChat")
    answers = [fake.post(f"A1 {one}", after(one), answers=question) for one in range(60)]

    talk = answers[7]
    fake.post("Really?", after(70), answers=talk)
    _, asked = follow(fake, posts=(question,), minutes=4)
    assert {number for number, _ in asked} == {question, talk}  # nobody has answered the others

    _, asked = follow(fake, posts=(question,), minutes=4, token="t0k")
    assert {number for number, _ in asked} == {question}


def test_edits_and_deletions_of_replies_are_found() -> None:
    fake = FakeMastodon()
    question = fake.post("Q1 #InkChat")
    edited = fake.post("A1: Poms", after(5), answers=question)
    deleted = fake.post("A1: Oops", after(6), answers=question)
    watch, _ = follow(
        fake,
        (60, lambda: fake.edit(edited, "A1: Poems", after(59))),
        (60, lambda: fake.delete(deleted)),
        posts=(question,),
    )

    kept = {post.text: post for post in watch.posts.values()}
    assert [one.text for one in kept["A1: Poems"].versions] == ["A1: Poms"]
    assert [alias.rpartition(":")[2] for alias in watch.deleted] == [deleted]


def test_a_post_that_is_gone_is_told_and_not_asked_for_again() -> None:
    fake = FakeMastodon()
    question = fake.post("Q1 #InkChat")
    watch, asked = follow(fake, (60, lambda: fake.delete(question)), posts=(question,))

    assert [alias.rpartition(":")[2] for alias in watch.deleted] == [question]
    assert len([at for _, at in asked if at > 60]) == 1


def test_what_stands_above_a_post_is_not_taken() -> None:
    fake = FakeMastodon()
    stranger = fake.post("Something quite else", after(-60))
    fake.post("A stranger's answer", after(-50), answers=stranger)
    ours = fake.post("That reminds me of #InkChat", after(1), answers=stranger)

    assert texts(follow(fake, posts=(ours,))[0]) == []


def test_it_goes_on_from_its_cursor_and_gives_nothing_again() -> None:
    fake = FakeMastodon()
    question = fake.post("Q1 #InkChat")
    fake.post("A1: Poems", after(5), answers=question)
    watch, _ = follow(fake, posts=(question,), minutes=2)
    watch.raws.clear()
    fake.post("A1: late", after(100), answers=question)
    watch.time = START + timedelta(days=1)

    _, asked = follow(fake, posts=(), watch=watch)

    assert [raw.payload["status"]["content"] for raw in watch.raws] == ["<p>A1: late</p>"]
    assert len(asked) == 1


def test_a_server_that_shows_threads_to_members_alone_is_told_and_left() -> None:
    fake = FakeMastodon(flavour="misskey")
    question = fake.post("Q1 #InkChat")
    fake.refusals["/api/v1/statuses"] = CLOSED

    watch, asked = follow(fake, posts=(question,))

    assert [notice.kind for notice in watch.notices] == ["connected", "lacking"]
    assert len(asked) == 1
