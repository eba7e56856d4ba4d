"""A chat becomes a summary whose bullets stand in its posts, the same in whatever order."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from chinwag.model import (
    KINDS,
    Bullet,
    Chat,
    Moderator,
    Placement,
    Post,
    Question,
    QuestionSummary,
    SharedLink,
    Summary,
    make_note,
    quote_note,
)
from chinwag.steps.summarise import summarise_chat
from chinwag.steps.tracing import find_untraceable

START = datetime(2026, 3, 3, 18, 30, tzinfo=UTC)
CHAT = Chat(
    series="#bookchat",
    hashtag="bookchat",
    title="Borrowing",
    moderators=(Moderator(author="host"),),
    questions=(
        Question(label="1", text="What do your readers borrow beside books?", posts=("q1",)),
        Question(label="2", text="What stops them?", posts=("q2",)),
    ),
)
# id, author, text, question, kind, what it replies to
ROWS = [
    ("hi", "ann", "Hello all, Ann from Leeds #bookchat", None, "greeting", None),
    (
        "q1",
        "host",
        "Q1: What do your readers borrow beside books? #bookchat",
        "1",
        "question",
        None,
    ),
    (
        "a1",
        "ann",
        "A1: Sewing machines and cake tins are borrowed every weekend. #bookchat",
        "1",
        "answer",
        "q1",
    ),
    (
        "a2",
        "ben",
        "A1 Cake tins and sewing machines, borrowed every single weekend! #bookchat",
        "1",
        "answer",
        "q1",
    ),
    ("y1", "cem", "@ann Yes, exactly! #bookchat", "1", "agreement", "a1"),
    (
        "a3",
        "dee",
        "A1. Telescopes: our astronomy club paid for six."
        " https://example.org/stars?utm_source=x #bookchat",
        "1",
        "answer",
        "q1",
    ),
    ("a4", "eve", "@dee This! So much. #bookchat", "1", "reply", "a3"),
    ("n1", "cem", "Which is why the (1/2) #bookchat", "1", "answer", None),
    (
        "t1",
        "ben",
        "Thanks everyone for a lovely hour of chat tonight! #bookchat",
        "1",
        "thanks",
        None,
    ),
    ("q2", "host", "Q2: What stops them? #bookchat", "2", "question", None),
    ("s1", "spam", "Cheap watches for every library lover, buy now", None, "spam", None),
]


def make_posts() -> list[Post]:
    return [
        Post(
            id=one,
            author=author,
            text=text,
            created_at=START + timedelta(minutes=minute),
            reply_to=parent,
            url="",
            source="test",
        )
        for minute, (one, author, text, _, _, parent) in enumerate(ROWS)
    ]


def make_placements() -> list[Placement]:
    return [
        Placement(
            post=one, question=label, reason=quote_note("test"), confidence=1, by="time", kind=kind
        )
        for one, _, _, label, kind, _ in ROWS
    ]


EXPECTED = Summary(
    questions=(
        QuestionSummary(
            label="1",
            text="What do your readers borrow beside books?",
            posts=7,
            people=5,
            bullets=(
                Bullet(
                    text="Sewing machines and cake tins are borrowed every weekend.",
                    posts=("a1", "a2", "y1"),
                    people=2,
                    kind="shared",
                    quoted="a1",
                    author="ann",
                    agreed=1,
                    agreeing=("y1",),
                ),
                Bullet(
                    text="Telescopes: our astronomy club paid for six.",
                    posts=("a3",),
                    people=1,
                    kind="single",
                    quoted="a3",
                    author="dee",
                ),
            ),
            links=(SharedLink(url="https://example.org/stars", posts=("a3",)),),
            left_out=("a4", "n1", "t1"),
        ),
        QuestionSummary(
            label="2",
            text="What stops them?",
            posts=0,
            people=0,
            bullets=(),
            links=(),
            left_out=(),
            lead=(make_note("silent"),),
        ),
    ),
    unplaced=("hi", "s1"),
    lead=(
        make_note("chat-answered", people=6, posts=10, questions=1),
        make_note(
            "chat-said",
            quote="Sewing machines and cake tins are borrowed every weekend.",
            author="ann",
        ),
    ),
)


def test_a_whole_chat() -> None:
    assert summarise_chat(CHAT, make_posts(), make_placements()) == EXPECTED


def test_the_order_of_posts_and_placements_changes_nothing() -> None:
    posts, placements = make_posts(), make_placements()
    for seed in range(5):
        random.Random(seed).shuffle(posts)
        random.Random(seed + 1).shuffle(placements)
        assert summarise_chat(CHAT, posts, placements) == EXPECTED


def test_every_post_stands_in_one_place() -> None:
    summary = summarise_chat(CHAT, make_posts(), make_placements())
    listed = [
        post
        for question in summary.questions
        for posts in (*(bullet.posts for bullet in question.bullets), question.left_out)
        for post in posts
    ]
    assert sorted([*listed, *summary.unplaced, "q1", "q2"]) == sorted(row[0] for row in ROWS)


def test_a_summary_of_nothing_says_that_nothing_was_said() -> None:
    assert summarise_chat(CHAT, [], []) == Summary(
        questions=tuple(
            QuestionSummary(
                label=question.label,
                text=question.text,
                posts=0,
                people=0,
                bullets=(),
                links=(),
                left_out=(),
                lead=(make_note("silent"),),
            )
            for question in CHAT.questions
        ),
        unplaced=(),
        lead=(make_note("chat-silent"),),
    )


def test_lost_deleted_and_passed_on_words_are_never_quoted() -> None:
    posts = make_posts()
    lost = msgspec.structs.replace(posts[2], text_lost=True)
    deleted = msgspec.structs.replace(posts[3], text="", deleted=True)
    passed_on = msgspec.structs.replace(posts[5], repost_of="?")
    posts[2], posts[3], posts[5] = lost, deleted, passed_on
    first = summarise_chat(CHAT, posts, make_placements()).questions[0]
    assert first.bullets == ()
    assert first.links == ()
    assert first.left_out == ("a1", "a2", "y1", "a3", "a4", "n1", "t1")


def test_a_placement_on_a_question_that_the_chat_does_not_know_is_kept() -> None:
    placements = [
        msgspec.structs.replace(one, question="7", by="person") if one.post == "a3" else one
        for one in make_placements()
    ]
    summary = summarise_chat(CHAT, make_posts(), placements)
    assert [question.label for question in summary.questions] == ["1", "2", "7"]
    assert [bullet.quoted for bullet in summary.questions[2].bullets] == ["a3"]


def test_no_more_bullets_than_asked_for() -> None:
    summary = summarise_chat(CHAT, make_posts(), make_placements(), fewest=1, most=1)
    assert [bullet.quoted for bullet in summary.questions[0].bullets] == ["a1"]


def test_one_person_does_not_hold_more_than_a_third_where_many_spoke() -> None:
    chat = msgspec.structs.replace(CHAT, questions=(Question(label="1", text="Why?"),))
    topics = (
        "Seeds|Lend packets of heritage seeds to allotment growers every spring",
        "Tools|Hammers and drills cost little and leave the building daily",
        "Music|Ukuleles gather children after school for loud concerts",
        "Maps|Walking routes printed locally bring tourists through the doors",
        "Light|Therapy lamps help exhausted students through dark winters",
        "Games|Board evenings introduce pensioners to teenage strategists",
        "Bikes|Cargo cycles carry large families to distant swimming pools",
        "Film|Projectors turn village halls into cheap weekend cinemas",
        "Heat|Thermal cameras show tenants where warmth escapes outside",
    )
    authors = ["loud"] * 5 + ["ann", "ben", "cem", "dee"]
    posts = [
        Post(
            id=str(number),
            author=author,
            text=f"A1: {topic.split('|')[1]}.",
            created_at=START + timedelta(minutes=number),
            reply_to=None,
            url="",
            source="test",
        )
        for number, (author, topic) in enumerate(zip(authors, topics, strict=True))
    ]
    placements = [
        Placement(post=post.id, question="1", reason=quote_note(""), confidence=1, by="time")
        for post in posts
    ]
    summary = summarise_chat(chat, posts, placements, fewest=3, most=8)
    held = [bullet.author for bullet in summary.questions[0].bullets]
    assert sorted(held) == ["ann", "ben", "cem", "dee", "loud", "loud"]
    assert find_untraceable(summary, posts) == ()


PRINT_SUMMARY = """
import importlib.util, msgspec, sys
spec = importlib.util.spec_from_file_location("this_test", sys.argv[1])
test = importlib.util.module_from_spec(spec)
spec.loader.exec_module(test)
summary = test.summarise_chat(test.CHAT, test.make_posts(), test.make_placements())
print(msgspec.json.encode(summary).decode())
"""


def test_the_hash_seed_changes_nothing() -> None:
    printed = [
        subprocess.run(
            [sys.executable, "-c", PRINT_SUMMARY, str(Path(__file__))],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert [msgspec.json.decode(one, type=Summary) for one in printed] == [EXPECTED, EXPECTED]


_PIECES = st.sampled_from(
    [
        "Yes! ",
        "@ann ",
        "A1: ",
        "Cake tins are borrowed every weekend. ",
        "Does that help? ",
        "(1/2)",
        "RT @ben: ",
        "図書館は夜も開いています。",
        "… ",
        "\n",
        "https://example.org/x ",
        "#bookchat ",
        "sewing machines ",
    ]
)
_ROWS = st.lists(
    st.tuples(
        st.sampled_from(["ann", "ben", "cem", "dee"]),
        st.lists(_PIECES | st.text(max_size=12), max_size=8).map("".join),
        st.sampled_from([None, "1", "2", "9"]),
        st.sampled_from(KINDS),
        st.none() | st.integers(0, 11),
        st.sampled_from(["", "text_lost", "deleted"]),
    ),
    max_size=12,
)


@given(_ROWS)
def test_whatever_is_said_every_bullet_is_traced_and_no_post_is_lost(
    rows: list[tuple[str, str, str | None, str, int | None, str]],
) -> None:
    posts, placements = [], []
    for number, (author, text, label, kind, parent, state) in enumerate(rows):
        posts.append(
            Post(
                id=str(number),
                author=author,
                text=text,
                created_at=START + timedelta(seconds=number),
                reply_to=None if parent is None else str(parent),
                url="",
                source="test",
                deleted=state == "deleted",
                text_lost=state == "text_lost",
            )
        )
        placements.append(
            Placement(
                post=str(number),
                question=label,
                reason=quote_note(""),
                confidence=1,
                by="time",
                kind=kind,
            )
        )
    summary = summarise_chat(CHAT, posts, placements)
    assert find_untraceable(summary, posts) == ()
    listed = [one.post for one in placements if one.kind == "question" and one.question]
    for question in summary.questions:
        listed += [post for bullet in question.bullets for post in bullet.posts]
        listed += [reply.post for bullet in question.bullets for reply in bullet.replies]
        listed += question.left_out
    assert sorted([*listed, *summary.unplaced]) == sorted(post.id for post in posts)
