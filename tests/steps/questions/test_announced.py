"""What a host announced asks its question, on every network where it is out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

from chinwag.model import Chat, Post, Question, Sent
from chinwag.steps.questions import mark_announced

START = datetime(2026, 11, 24, 18, tzinfo=UTC)


def make_post(id_: str, minutes: int, **said: object) -> Post:
    post = Post(
        id=id_,
        author="host",
        text="What would you do?",
        created_at=START + timedelta(minutes=minutes),
        reply_to=None,
        url="",
        source="mastodon:stream",
    )
    return msgspec.structs.replace(post, **said)


def make_sent(id_: str, question: str) -> Sent:
    return Sent(
        key=id_, account="a", question=question, text="", state="out", at=START, id=id_, url="x"
    )


CHAT = Chat(
    series="#inkchat",
    hashtag="inkchat",
    title="Rooms",
    questions=(
        Question(label="1", text="What?", asked_at=START + timedelta(minutes=9), posts=("late",)),
        Question(label="2", text="Why?", asked_at=START, posts=("at://1",)),
    ),
)


def test_announcements_are_the_first_askings_of_their_question() -> None:
    posts = [
        make_post("https://glam.example/1", 3, aliases=("mastodon:glam.example:1",)),
        make_post("at://1", 2),
        make_post("late", 9),
    ]
    sent = [make_sent("mastodon:glam.example:1", "1"), make_sent("at://1", "1")]
    first, second = mark_announced(CHAT, posts, sent).questions

    assert (first.posts, first.asked_at) == (
        ("at://1", "https://glam.example/1", "late"),
        START + timedelta(minutes=2),
    )
    assert second.posts == ()


def test_a_question_that_was_asked_before_it_was_announced_was_asked_then() -> None:
    posts = [make_post("at://1", 2), make_post("late", 9)]
    asked = msgspec.structs.replace(CHAT.questions[0], asked_at=START)
    chat = msgspec.structs.replace(CHAT, questions=(asked,))
    (marked,) = mark_announced(chat, posts, [make_sent("at://1", "1")]).questions
    assert (marked.posts, marked.asked_at) == (("at://1", "late"), START)


def test_what_is_not_among_the_posts_changes_nothing() -> None:
    gone = make_post("at://1", 2, deleted=True)
    assert mark_announced(CHAT, [gone], [make_sent("at://1", "1"), make_sent("y", "")]) == CHAT
