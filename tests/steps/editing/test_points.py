"""Points joined: whose voices stand behind them."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from chinwag.model import Bullet, Post, QuestionSummary, Quote, Summary
from chinwag.steps.editing.points import (
    join_points,
    put_behind,
    quote_post,
    take_point,
    word_point,
)
from chinwag.steps.tracing import check_summary

NOW = datetime(2026, 3, 3, 18, 30, tzinfo=UTC)
SAID = (("1", "ann", "We lend lamps"), ("2", "ben", "Yes!"), ("3", "cem", "Yes! And chairs"))


def test_who_only_agrees_is_still_no_voice_when_points_are_joined() -> None:
    posts = {
        one: Post(
            id=one, author=author, text=text, created_at=NOW, reply_to=None, url="", source="t"
        )
        for one, author, text in SAID
    }
    lamps = put_behind(quote_post(posts["1"]), ("1", "2", "3"), posts)
    lamps = put_behind(msgspec.structs.replace(lamps, agreeing=("2", "3")), lamps.posts, posts)
    assert (lamps.people, lamps.agreed, lamps.kind) == (1, 2, "single")
    joined = join_points([take_point(lamps), take_point(quote_post(posts["3"]))], posts).bullet
    assert (joined.people, joined.agreed, joined.agreeing) == (2, 1, ("2",))
    assert joined.kind == "shared"


WENT_ON = ("We lend lamps. All winter long.", "And chairs, to the hall.", "Nobody asks for tents.")


def go_on() -> tuple[Bullet, dict[str, Post]]:
    """Return a point of one author's three posts, and the posts."""
    posts = {
        str(number): Post(
            id=str(number), author="ann", text=f"A1: {text} #lend", created_at=NOW, reply_to=None,
            url="", source="t",
        )
        for number, text in enumerate(WENT_ON, 1)
    }  # fmt: skip
    parts = tuple(Quote(post=one, author="ann", text=WENT_ON[int(one) - 1]) for one in posts)
    bullet = Bullet(
        text=" ".join(WENT_ON), posts=tuple(posts), people=1, kind="single", quoted="1",
        author="ann", parts=parts,
    )  # fmt: skip
    return bullet, posts


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (
            "We lend lamps. […] And chairs, to the hall.",
            {"1": "We lend lamps.", "2": "And chairs, to the hall."},
        ),
        ("All winter long. And chairs", {"1": "All winter long.", "2": "And chairs"}),
        ("We lend lamps. […] Nobody asks", {"1": "We lend lamps.", "3": "Nobody asks"}),
        (
            "We lend […] All winter long. And […] Nobody asks",
            {"1": "We lend […] All winter long.", "2": "And", "3": "Nobody asks"},
        ),
        (
            "chairs, to the hall. Nobody asks",
            {"2": "chairs, to the hall.", "3": "Nobody asks"},
        ),
    ],
)
def test_a_point_of_several_posts_that_is_shortened_stays_a_quotation(
    words: str, parts: dict[str, str]
) -> None:
    bullet, posts = go_on()
    short = word_point([take_point(bullet)], words, posts).bullet
    assert (short.text, short.origin, short.quoted) == (words, "quoted", min(parts))
    assert {part.post: part.text for part in short.parts} == parts
    assert sorted(short.posts) == ["1", "2", "3"]
    question = QuestionSummary(
        label="1", text="?", posts=3, people=1, bullets=(short,), links=(), left_out=()
    )
    check_summary(Summary(questions=(question,), unplaced=()), tuple(posts.values()))


@pytest.mark.parametrize(
    "words",
    [
        "We lend lamps. And chairs, to the hall.",  # nothing says that words were left out
        "And chairs […] We lend lamps.",  # not in their order
        "We lend lamp […] Nobody asks",
        "We lend lamps. […]",
    ],
)
def test_a_point_of_several_posts_in_other_words_is_the_hosts(words: str) -> None:
    bullet, posts = go_on()
    assert word_point([take_point(bullet)], words, posts).bullet.origin == "person"
