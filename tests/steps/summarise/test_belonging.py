"""What nobody else speaks of, or bears no number where people number, is doubted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from chinwag.model import Placement, Post, quote_note
from chinwag.steps.judging.surroundings import expects_labels
from chinwag.steps.reading import ReadPost
from chinwag.steps.summarise.belonging import doubt_strangers, find_elsewhere
from chinwag.steps.summarise.statement import Statement, make_statement
from chinwag.text.words import content_words, weigh_words

START = datetime(2026, 3, 3, 18, 30, tzinfo=UTC)
QUESTION = "How do late fines change who visits the library?"
ANSWERS = (
    ("ann", "Late fines keep the poorest families away from our shelves all winter."),
    ("ben", "Families who owe fines send children to the library without a card."),
    ("cem", "Without fines our library visits by families rose within a single term."),
    ("dee", "Fines teach teenagers that the library visits end in shame at the desk."),
    ("eva", "Poor readers hide their late books rather than visit and pay the fines."),
    ("fay", "Visitors return late books sooner since the library dropped its fines."),
)
ASIDE = ("gus", "My neighbour finally repaired that leaking kitchen roof yesterday morning.")


def make_post(number: int, author: str, text: str) -> Post:
    return Post(
        id=str(number),
        author=author,
        text=text,
        created_at=START + timedelta(minutes=number),
        reply_to=None,
        url="",
        source="test",
    )


def make_statements(rows: list[tuple[str, str]]) -> list[Statement]:
    posts = [make_post(number, *row) for number, row in enumerate(rows)]
    placements = [
        Placement(post=post.id, question="1", reason=quote_note(""), confidence=1, by="time")
        for post in posts
    ]
    return [
        make_statement([(ReadPost(post), placement)], "bookchat")
        for post, placement in zip(posts, placements, strict=True)
    ]


def list_doubted(rows: list[tuple[str, str]], *, numbers_expected: bool = False) -> list[str]:
    """Give whose points lose quality where all that was said stands under one question."""
    statements = make_statements(rows)
    weights = weigh_words(content_words(text) for _, text in rows)
    doubted = doubt_strangers(statements, weights, QUESTION, numbers_expected=numbers_expected)
    return [
        after.post.author
        for before, after in zip(statements, doubted, strict=True)
        if after.quality < before.quality
    ]


def number(rows: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return [(author, f"A1 {text}") for author, text in rows]


def test_where_people_number_their_answers_what_bears_no_number_is_doubted() -> None:
    assert list_doubted([*number(ANSWERS), ASIDE], numbers_expected=True) == ["gus"]
    assert list_doubted([*number(ANSWERS), *number((ASIDE,))], numbers_expected=True) == []


def test_where_nobody_numbers_what_nobody_else_speaks_of_is_doubted() -> None:
    kept = ("gus", "My neighbour visits the library only since the late fines were dropped there.")
    assert list_doubted([*ANSWERS, ASIDE])[-1] == "gus"
    assert "gus" not in list_doubted([*ANSWERS, kept])


def keep_shares(rows: list[tuple[str, str]], *, numbers_expected: bool = False) -> dict[str, float]:
    """Return the share of its quality that each person's point keeps, from 1 for every one."""
    statements = [msgspec.structs.replace(one, quality=1.0) for one in make_statements(rows)]
    weights = weigh_words(content_words(text) for _, text in rows)
    doubted = doubt_strangers(statements, weights, QUESTION, numbers_expected=numbers_expected)
    return {one.post.author: one.quality for one in doubted}


def test_without_a_number_a_point_keeps_two_thirds_where_numbers_are_expected() -> None:
    bare = ("hal", "Fines keep the families of our library away from the late visits.")
    shares = keep_shares([*number(ANSWERS), bare], numbers_expected=True)
    assert shares == dict.fromkeys((author for author, _ in ANSWERS), 1.0) | {"hal": 0.65}
    assert keep_shares([*number(ANSWERS), bare])["hal"] == 1.0


def test_what_shares_no_word_with_the_talk_keeps_six_tenths() -> None:
    assert keep_shares([*ANSWERS, ASIDE])["gus"] == pytest.approx(0.6)
    both = keep_shares([*number(ANSWERS), ASIDE], numbers_expected=True)
    assert both["gus"] == pytest.approx(0.65 * 0.6)


def test_a_few_posts_do_not_tell_what_the_talk_is_about() -> None:
    assert list_doubted([*ANSWERS[:4], ASIDE]) == []


def test_numbers_are_expected_where_three_people_write_them() -> None:
    posts = [
        ReadPost(make_post(at, *row)) for at, row in enumerate([*number(ANSWERS[:3]), *ANSWERS[3:]])
    ]
    assert expects_labels(posts) is True
    assert expects_labels(posts[1:]) is False
    assert expects_labels([]) is False


def find_apart(*texts: str, untagged: int = 1, answers: str | None = None) -> list[str]:
    """Give the texts that are said to another chat, beside twenty others of this one."""
    rows = [("ann", "We lend lamps #bookchat")] * (20 - untagged) + [("ann", "No")] * untagged
    posts = [make_post(at, *row) for at, row in enumerate([*rows, *(("ben", t) for t in texts)])]
    posts = [
        msgspec.structs.replace(post, reply_to=answers) if post.author == "ben" else post
        for post in posts
    ]
    apart = find_elsewhere([ReadPost(post) for post in posts], "#BookChat")
    return [post.text for post in posts if post.id in apart]


def test_what_bears_another_chats_tag_alone_is_said_there() -> None:
    there = "A2: Parents were afraid of chemistry #sciencenight"
    both = "A2: Parents were afraid of chemistry #sciencenight #bookchat"
    longer = "A2: Thanks for coming #mybookchatters"
    assert find_apart(there) == [there]
    assert find_apart(both) == find_apart(longer) == find_apart("A2: We closed") == []
    assert find_apart(there, answers="1") == find_apart(f"@ann {there}") == []


def test_where_a_tenth_of_the_posts_do_without_the_tag_nothing_is_said_elsewhere() -> None:
    there = "A2: Parents were afraid of chemistry #sciencenight"
    assert find_apart(there, untagged=1) == [there]
    assert find_apart(there, untagged=2) == []
