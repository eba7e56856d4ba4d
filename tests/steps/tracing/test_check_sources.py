"""A bullet that its posts do not carry is refused, with the bullet and the post named."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from chinwag.errors import TraceError
from chinwag.model import Bullet, Post, QuestionSummary, Quote, Summary
from chinwag.steps.tracing import check_summary, find_untraceable

NOW = datetime(2026, 3, 3, 18, 30, tzinfo=UTC)


def make_post(one: str, author: str, text: str, **more: Any) -> Post:
    return Post(
        id=one, author=author, text=text, created_at=NOW, reply_to=None, url="", source="t", **more
    )


POSTS = (
    make_post("1", "ann", "A1: Fines never worked,\nand “we” stopped. #bookchat"),
    make_post("2", "ben", "A1 fines never worked"),
    make_post("3", "cem", "", deleted=True),
    make_post("4", "dee", "Fines never worked", text_lost=True),
    make_post("5", "eve", "Fines never worked", repost_of="1"),
    make_post("6", "ann", "A1 (2/2): We ask people to bring a friend. Nobody misses them."),
)
GOOD = Bullet(
    text="Fines never worked, and “we” stopped.",
    posts=("1", "2"),
    people=2,
    kind="shared",
    quoted="1",
    author="ann",
)


def summarise(bullet: Bullet) -> Summary:
    question = QuestionSummary(
        label="1", text="Fines?", posts=5, people=5, bullets=(bullet,), links=(), left_out=()
    )
    return Summary(questions=(question,), unplaced=())


def test_a_bullet_that_stands_in_its_post_passes() -> None:
    assert find_untraceable(summarise(GOOD), POSTS) == ()
    check_summary(summarise(GOOD), POSTS)


def test_one_person_and_one_who_agrees_are_a_single_idea() -> None:
    agreed = msgspec.structs.replace(GOOD, people=1, agreed=1, agreeing=("2",), kind="single")
    assert find_untraceable(summarise(agreed), POSTS) == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            {"text": "Fines never work, and “we” stopped."},
            "its words do not stand in post 1, which says:"
            " “A1: Fines never worked,\nand “we” stopped. #bookchat”.",
        ),
        (
            {"text": "ines never worked"},
            "its words do not stand in post 1, which says:"
            " “A1: Fines never worked,\nand “we” stopped. #bookchat”.",
        ),
        (
            {"text": ""},
            "its words do not stand in post 1, which says:"
            " “A1: Fines never worked,\nand “we” stopped. #bookchat”.",
        ),
        ({"posts": ("1", "9")}, "post 9 is not among the chat's posts."),
        ({"posts": ("2", "1")}, "post 1, which it quotes, is not the first of its posts."),
        ({"posts": ("1", "2", "2")}, "it names a post twice."),
        ({"author": "ben"}, "post 1 is by ann, not by ben."),
        ({"agreed": 1}, "it counts 1 who only agrees, and there are 0."),
        ({"agreeing": ("2",)}, "it counts 2 people, and its posts are by 1."),
        (
            {"agreeing": ("1",)},
            "the posts that only agree with it are not those behind the one that it quotes.",
        ),
        ({"people": 3}, "it counts 3 people, and its posts are by 2."),
        ({"kind": "single"}, "it is called single, and its posts are by 2 people."),
        ({"posts": ("1", "3")}, "post 3 was deleted by its author."),
        ({"posts": ("1", "4")}, "the text of post 4 is known not to be its own."),
        ({"posts": ("1", "5")}, "post 5 is a repost of somebody else's words."),
    ],
)
def test_any_other_bullet_is_refused(change: dict[str, Any], reason: str) -> None:
    bullet = msgspec.structs.replace(GOOD, **change)
    assert [one.reason for one in find_untraceable(summarise(bullet), POSTS)] == [reason]
    with pytest.raises(TraceError) as caught:
        check_summary(summarise(bullet), POSTS)
    assert str(caught.value) == (
        f"A bullet on question 1 cannot be traced: {reason} The bullet says: “{bullet.text}”."
        " Bullets that cannot be traced: 1."
    )


PARTS = (
    Quote(post="1", author="ann", text="Fines never worked, […] “we” stopped."),
    Quote(post="6", author="ann", text="We ask people to bring a friend."),
)
JOINED = Bullet(
    text="Fines never worked, […] “we” stopped. We ask people to bring a friend.",
    posts=("1", "6"),
    people=1,
    kind="single",
    quoted="1",
    author="ann",
    parts=PARTS,
    replies=(Quote(post="2", author="ben", text="fines never worked"),),
)


def test_parts_replies_and_gaps_that_stand_in_their_posts_pass() -> None:
    gap = msgspec.structs.replace(GOOD, text="Fines never worked, […] stopped.")
    assert find_untraceable(summarise(gap), POSTS) == ()
    assert find_untraceable(summarise(JOINED), POSTS) == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"text": "Fines never worked."}, "its words are not those of its parts."),
        (
            {"replies": (Quote(post="2", author="ben", text="Fines work"),)},
            "its words do not stand in post 2, which says: “A1 fines never worked”.",
        ),
        (
            {"replies": (Quote(post="2", author="dee", text="fines never worked"),)},
            "post 2 is by ben, not by dee.",
        ),
        (
            {"replies": (Quote(post="3", author="cem", text=""),)},
            "post 3 was deleted by its author.",
        ),
        (
            {"replies": (Quote(post="9", author="", text=""),)},
            "post 9 is not among the chat's posts.",
        ),
        (
            {"posts": ("1",)},
            "post 6, of which it quotes a part, is not among its posts.",
        ),
        (
            {"parts": (*PARTS[:1], Quote(post="6", author="ann", text="Nobody […] friend."))},
            "its words do not stand in post 6, which says:"
            " “A1 (2/2): We ask people to bring a friend. Nobody misses them.”.",
        ),
        ({"origin": "nobody"}, "nobody knows whose words “nobody” are."),
    ],
)
def test_parts_and_replies_that_do_not_are_refused(change: dict[str, Any], reason: str) -> None:
    bullet = msgspec.structs.replace(JOINED, **change)
    assert [one.reason for one in find_untraceable(summarise(bullet), POSTS)][:1] == [reason]


def test_a_persons_text_is_free_and_the_words_it_rests_on_are_not() -> None:
    worded = msgspec.structs.replace(JOINED, text="Fines failed, so they went.", origin="person")
    assert find_untraceable(summarise(worded), POSTS) == ()
    made_up = msgspec.structs.replace(
        worded, parts=(Quote(post="6", author="ann", text="We love fines."),)
    )
    assert [one.reason for one in find_untraceable(summarise(made_up), POSTS)] == [
        "its words do not stand in post 6, which says:"
        " “A1 (2/2): We ask people to bring a friend. Nobody misses them.”."
    ]
    empty = msgspec.structs.replace(worded, text=" ")
    assert [one.reason for one in find_untraceable(summarise(empty), POSTS)] == ["it says nothing."]
