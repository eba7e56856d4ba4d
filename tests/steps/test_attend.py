"""Who has had no reply: those who ask a host first, and nobody who needs none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

from chinwag.model import Chat, Moderator, Placement, Post, make_note
from chinwag.steps.attend import Unreplied, list_unreplied

START = datetime(2026, 11, 24, 20, tzinfo=UTC)
CHAT = Chat(
    series="#inkchat",
    hashtag="inkchat",
    title="Ink",
    moderators=(Moderator(author="Host@glam.example", by="person"),),
)


def make_post(number: int, author: str, text: str, reply_to: int | None = None) -> Post:
    return Post(
        id=f"p{number}",
        author=author,
        text=text,
        created_at=START + timedelta(minutes=number),
        reply_to=f"p{reply_to}" if reply_to else None,
        url="",
        source="mastodon:stream",
    )


def place(post: str, kind: str) -> Placement:
    return Placement(
        post=post,
        question=None,
        reason=make_note("asks-for"),
        confidence=1.0,
        by="label",
        kind=kind,
    )


QUESTION = make_post(1, "host@glam.example", "Q1: What would you do with one empty room?")
ANSWERED = make_post(2, "ann", "A1 chairs", 1)
REPLY = make_post(3, "ben", "Which chairs? https://chairs.example/?id=3", 2)
LONELY = make_post(4, "cem", "A1 a quiet room https://quiet.example/?for=exams", 1)
TO_HOST = msgspec.structs.replace(
    make_post(6, "dee", "What was Q1 again?"), mentions=("host@GLAM.example",)
)
OWN_WORDS = make_post(7, "cem", "and a lamp", 4)
THANKS = make_post(8, "eli", "Thank you all!")
GONE = msgspec.structs.replace(make_post(9, "eli", "", 3), deleted=True)
POSTS = (QUESTION, ANSWERED, REPLY, LONELY, TO_HOST, OWN_WORDS, THANKS, GONE)


def test_who_asks_a_host_comes_first_then_who_asks_then_the_latest() -> None:
    placed = {"p8": place("p8", "thanks"), "p6": place("p6", "housekeeping")}
    assert list_unreplied(CHAT, POSTS, placed) == (
        Unreplied(post=TO_HOST, asks=True, is_to_host=True, is_first=True),
        Unreplied(post=REPLY, asks=True, is_to_host=False, is_first=True),
        Unreplied(post=OWN_WORDS, asks=False, is_to_host=False, is_first=False),
        Unreplied(post=LONELY, asks=False, is_to_host=False, is_first=True),
    )


def test_a_reply_by_another_name_of_the_post_or_a_quote_of_it_counts() -> None:
    known_as = msgspec.structs.replace(LONELY, aliases=("mastodon:glam:4",))
    reply = msgspec.structs.replace(make_post(10, "ann", "Yes"), reply_to="mastodon:glam:4")
    quote = msgspec.structs.replace(make_post(11, "ann", "See this"), quote_of="p6")
    left = list_unreplied(CHAT, (known_as, TO_HOST, reply, quote), {})
    assert [one.post.id for one in left] == ["p11", "p10"]


def test_a_reply_that_asks_nothing_wants_one_where_it_is_its_authors_first_post() -> None:
    answer, asks = (
        make_post(10, "ann", "A tailor, on Thursdays", 3),
        make_post(11, "ann", "Who?", 3),
    )
    first = make_post(12, "gil", "Ours were free", 2)
    posts = (*POSTS[:3], answer, asks, first)
    placed = {post.id: place(post.id, "reply") for post in posts[2:]}
    assert [one.post.id for one in list_unreplied(CHAT, posts, placed)] == ["p11", "p12"]


def test_a_host_is_asked_too_by_their_name_without_the_server() -> None:
    posts = (make_post(1, "ann", "@host what was Q1 again?"), make_post(2, "ben", "@hostess who?"))
    assert [one.is_to_host for one in list_unreplied(CHAT, posts, {})] == [True, False]


def test_nobody_replies_by_speaking_to_themselves() -> None:
    assert [one.post.id for one in list_unreplied(CHAT, (LONELY, OWN_WORDS), {})] == ["p7", "p4"]


def test_thanks_and_housekeeping_want_a_reply_where_they_ask_and_spam_never() -> None:
    thanks = make_post(1, "ann", "Thanks, everybody! Is it the same hour next month?")
    link = make_post(2, "ben", "The notes are at https://notes.example/?page=2")
    spam = make_post(3, "ads", "Do you need followers?")
    kinds = {"p1": "thanks", "p2": "housekeeping", "p3": "spam"}
    placed = {post: place(post, kind) for post, kind in kinds.items()}
    assert list_unreplied(CHAT, (thanks, link, spam), placed) == (
        Unreplied(post=thanks, asks=True, is_to_host=False, is_first=True),
    )
