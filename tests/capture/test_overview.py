"""What a host sees counts what stands: no deleted posts, and no answers of the hosts' own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

from chinwag.capture.overview import Moment, draw_overview
from chinwag.capture.state import Snapshot
from chinwag.capture.view import CaptureView, QuestionView
from chinwag.model import Chat, Ledger, Moderator, Placement, Post, Question, Window, make_note
from chinwag.steps.attend import Unreplied
from chinwag.steps.collect import Account

START = datetime(2026, 11, 24, 20, tzinfo=UTC)
NOW = START + timedelta(minutes=10)
CHAT = Chat(
    series="#inkchat",
    hashtag="inkchat",
    title="Ink",
    time_zone="Europe/London",
    window=Window(start=START, end=START + timedelta(hours=1), by="person"),
    moderators=(Moderator(author="host"),),
    questions=(
        Question(label="1", text="One empty room?", asked_at=START, posts=("p0", "p1")),
        Question(label="2", text="Which lamp?", by="agenda"),
    ),
)


def make_post(minute: int, author: str, **said: object) -> Post:
    post = Post(
        id=f"p{minute}",
        author=author,
        text="A1 chairs",
        created_at=START + timedelta(minutes=minute),
        reply_to=None,
        url="",
        source="mastodon:stream",
    )
    return msgspec.structs.replace(post, **said)


def place(post: str, question: str | None) -> Placement:
    return Placement(
        post=post, question=question, reason=make_note("asks-for"), confidence=1.0, by="label"
    )


POSTS = (
    make_post(0, "host"),
    make_post(1, "second-host"),  # the same question, asked from another account
    make_post(2, "host"),
    make_post(6, "ann"),
    make_post(7, "Ann"),
    make_post(8, "ben", reply_to="p6"),
    make_post(9, "cem", deleted=True, text=""),
    make_post(5, "essays", text="Essays written for you"),
)
PLACED = {f"p{minute}": place(f"p{minute}", "1") for minute in (0, 1, 2, 6, 7, 9)}

SPAM = msgspec.structs.replace(place("p5", None), kind="spam")


def draw(at: datetime = NOW, begun: datetime = START, more: tuple[Post, ...] = ()) -> CaptureView:
    snapshot = Snapshot(
        posts=(*POSTS, *more),
        chat=CHAT,
        written=CHAT,
        placed=PLACED | {"p8": place("p8", None), "p5": SPAM},
        account=Account(),
        ledger=Ledger(files=(), archived=0, folded=0, merged=0, outside=0, deleted=0, text_lost=0),
    )
    moment = Moment(at=at, begun=begun, closes=None, lag=0.5, problem=None)
    return draw_overview(snapshot, (), moment)


def test_the_whole_view() -> None:
    unreplied = (
        Unreplied(post=POSTS[5], asks=False, is_to_host=False, is_first=True),
        Unreplied(post=POSTS[4], asks=False, is_to_host=False, is_first=False),
        Unreplied(post=POSTS[1], asks=False, is_to_host=False, is_first=True),
    )
    assert draw() == CaptureView(
        at=NOW,
        hashtag="inkchat",
        time_zone="Europe/London",
        start=START,
        end=START + timedelta(hours=1),
        closes=None,
        posts=6,
        people=4,
        reposts=0,
        deleted=1,
        spam=1,
        last_spam=POSTS[7],
        rate=0.6,
        lag=0.5,
        last=POSTS[5],
        routes=(),
        questions=(
            QuestionView(
                label="1",
                text="One empty room?",
                asked_at=START,
                answers=2,
                people=1,
                last=START + timedelta(minutes=7),
            ),
            QuestionView(
                label="2", text="Which lamp?", asked_at=None, answers=0, people=0, last=None
            ),
        ),
        unplaced=1,
        unreplied=3,
        in_need=unreplied,
    )


def test_what_is_not_of_the_hour_is_counted_apart_as_the_folder_will_have_it() -> None:
    early, thanks = make_post(-3, "dee", text="Here already"), make_post(61, "ann", text="Thanks")
    answer = make_post(62, "eva", text="A1 benches #inkchat")
    before, after = draw(), draw(more=(early, thanks, answer))
    assert (after.posts, after.people, after.outside) == (before.posts + 1, before.people + 1, 2)
    assert after.last == answer
    assert draw(more=(early, thanks)).last == thanks


def test_the_rate_is_over_as_many_minutes_as_it_has_run_one_at_least_five_at_most() -> None:
    at = START + timedelta(minutes=8)
    rates = [draw(at, at - timedelta(seconds=run)).rate for run in (10, 120, 300, 3_600)]
    assert rates == [2.0, 1.5, 0.6, 0.6]
    waited = draw(START + timedelta(minutes=2), START - timedelta(minutes=20))
    assert waited.rate == draw(START + timedelta(minutes=2), START).rate > 0
