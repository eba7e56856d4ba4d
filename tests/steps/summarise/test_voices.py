"""A point is shared when different people say it: a copy or a bare yes is no second person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from chinwag.model import Bullet, Chat, Placement, Post, Question, QuestionSummary, quote_note
from chinwag.steps.summarise import summarise_chat
from chinwag.steps.tracing import find_untraceable

START = datetime(2026, 3, 3, 18, 30, tzinfo=UTC)
POINT = "Late fines keep the poorest families away from our shelves."
CHAT = Chat(
    series="#bookchat",
    hashtag="bookchat",
    title="Fines",
    questions=(Question(label="1", text="Who stays away?"),),
)
Row = tuple[str, str, str, str | None]  # id, author, text, what it replies to


def summarise(*rows: Row) -> QuestionSummary:
    posts = [
        Post(
            id=one,
            author=author,
            text=text,
            created_at=START + timedelta(minutes=minute),
            reply_to=parent,
            url="",
            source="test",
        )
        for minute, (one, author, text, parent) in enumerate(rows)
    ]
    placements = [
        Placement(post=post.id, question="1", reason=quote_note(""), confidence=1, by="time")
        for post in posts
    ]
    summary = summarise_chat(CHAT, posts, placements)
    assert find_untraceable(summary, posts) == ()
    return summary.questions[0]


def bullet(*posts: str, people: int, agreeing: tuple[str, ...] = ()) -> Bullet:
    return Bullet(
        text=POINT,
        posts=posts,
        people=people,
        kind="shared" if people > 1 else "single",
        quoted=posts[0],
        author="ann",
        agreed=len(agreeing),
        agreeing=agreeing,
    )


def test_who_only_agrees_is_counted_apart_and_does_not_make_a_point_shared() -> None:
    said: list[Row] = [("p", "ann", POINT, None), ("y", "ben", "Yes, exactly!", "p")]
    alone = summarise(*said)
    assert (alone.bullets, alone.left_out) == (
        (bullet("p", "y", people=1, agreeing=("y",)),),
        (),
    )
    joined = summarise(*said, ("z", "cem", "So true.", "p"))
    assert (joined.bullets, joined.left_out) == (
        (bullet("p", "y", "z", people=1, agreeing=("y", "z")),),
        (),
    )


def test_one_person_who_agrees_twice_is_one_person() -> None:
    copy = f"A1 {POINT}"
    found = summarise(
        ("p", "ann", POINT, None),
        ("c", "ann", copy, None),
        ("y", "ben", "Yes, exactly!", "p"),
        ("z", "ben", "So true.", "c"),
    )
    told = bullet("p", "c", "y", "z", people=1, agreeing=("y", "z"))
    assert found.bullets == (msgspec.structs.replace(told, agreed=1),)
    assert found.left_out == ()


def test_one_yes_counts_where_a_second_person_says_the_same() -> None:
    found = summarise(
        ("p", "ann", POINT, None),
        ("s", "dee", "Fines for late books keep the poorest families from our shelves.", None),
        ("y", "ben", "Yes, exactly!", "s"),
    )
    assert [(set(one.posts), one.people, one.agreed) for one in found.bullets] == [
        ({"p", "s", "y"}, 2, 1)
    ]
    assert found.left_out == ()


def test_the_same_text_under_a_second_account_is_one_voice() -> None:
    found = summarise(("p", "ann", POINT, None), ("c", "ann_elsewhere", POINT, None))
    assert (found.bullets, found.left_out) == ((bullet("p", people=1),), ("c",))


@pytest.mark.parametrize(
    "text",
    [
        "“late fines keep the poorest families away from our shelves” - seen in our town",
        "Well put: late fines keep the poorest families away from our doors",
        "“keep the poorest families away” ... fines do, and all our shelves suffer",
    ],
)
def test_words_passed_on_with_a_remark_are_no_second_voice(text: str) -> None:
    found = summarise(("p", "ann", POINT, None), ("c", "ben", text, None))
    assert [one.posts for one in found.bullets] == [("p",)]
    assert found.left_out == ("c",)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (POINT, "Fines keep the poorest families away from the shelves"),
        (
            "We unlocked the lift: no key, no code, until the last person leaves."
            " Complaints about the stairs fell in every branch.",
            "Complaints fell once our lift was unlocked, too: no key, no code, until the last"
            " person leaves, and somebody about.",
        ),
    ],
)
def test_two_people_may_hit_upon_the_same_words(first: str, second: str) -> None:
    found = summarise(("p", "ann", first, None), ("s", "ben", second, None))
    assert [(set(one.posts), one.people, one.kind) for one in found.bullets] == [
        ({"p", "s"}, 2, "shared")
    ]


def test_who_agrees_with_a_copy_agrees_with_the_point_and_who_copied_it_does_not_count() -> None:
    said: list[Row] = [
        ("p", "ann", POINT, None),
        ("c", "ann_elsewhere", POINT, None),
        ("self", "ann_elsewhere", "Yes, exactly!", "p"),
        ("y", "ben", "Yes, exactly!", "c"),
    ]
    alone = summarise(*said)
    assert alone.bullets == (bullet("p", "y", people=1, agreeing=("y",)),)
    assert alone.left_out == ("c", "self")
    joined = summarise(*said, ("z", "cem", "So true.", "p"))
    assert joined.bullets == (bullet("p", "y", "z", people=1, agreeing=("y", "z")),)
    assert joined.left_out == ("c", "self")
