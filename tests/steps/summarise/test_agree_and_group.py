"""People stand behind a point when they say it or plainly agree, and never otherwise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from chinwag.model import Placement, Post, quote_note
from chinwag.steps.reading import ReadPost
from chinwag.steps.summarise.agree import Supporters, find_supporters, says_yes
from chinwag.steps.summarise.group import find_shared, group_statements
from chinwag.steps.summarise.pairs import find_same
from chinwag.steps.summarise.statement import Statement, make_statement
from chinwag.text.words import content_words, make_vector, weigh_words

START = datetime(2026, 3, 3, 18, 30, tzinfo=UTC)
POINT = "Late fines keep the poorest families away from our shelves."


def say(one: str, author: str, text: str, minute: int, **more: Any) -> Statement:
    more.setdefault("reply_to", None)
    post = Post(
        id=one,
        author=author,
        text=text,
        created_at=START + timedelta(minutes=minute),
        url="",
        source="test",
        **more,
    )
    placement = Placement(post=one, question="1", reason=quote_note(""), confidence=1, by="time")
    return make_statement([(ReadPost(post), placement)], "bookchat")


@pytest.mark.parametrize("text", ["Yes!", "So true.", "Exactly this", "+1", "💯", "Genau!", "Sí."])
def test_a_plain_yes(text: str) -> None:
    assert says_yes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Yes, but who pays for it?",
        "Agree with the aim, not with the way",
        "Interesting!",
        "Yes please, send me a copy",
        "True stories sell best",
        "Thanks for that",
        "",
    ],
)
def test_what_is_no_plain_yes(text: str) -> None:
    assert not says_yes(text)


def test_who_agrees_is_told_by_reply_quotation_passed_on_words_or_the_person_addressed() -> None:
    said = [
        say("p", "ann", POINT, 0),
        say("reply", "ben", "Yes! That is our town.", 1, reply_to="p"),
        say("quote", "cem", "So true.", 1, quote_of="p"),
        say("passed", "dee", "Exactly! RT @ann: Late fines keep the poorest families aw…", 2),
        say("named", "eve", "@ann agreed", 3),
        say("late", "fay", "@ann agreed", 30),
        say("twice", "ben", "Yes indeed", 4, reply_to="p"),
        say("self", "ann", "Yes, exactly", 5, reply_to="p"),
        say("lost", "gus", "Yes, exactly", 5, reply_to="p", text_lost=True),
        say("elsewhere", "hal", "Yes!", 6, reply_to="somewhere else"),
    ]
    supporters = find_supporters(said).by_post
    assert {post: [one.post.id for one in agreeing] for post, agreeing in supporters.items()} == {
        "p": ["reply", "quote", "passed", "named"]
    }


def test_where_nothing_else_tells_the_link_that_was_worked_out_does() -> None:
    said = [
        say("p", "ann", POINT, 0),
        say("r", "ann", "Amnesties brought four hundred novels back in one week.", 1),
        msgspec.structs.replace(say("named", "eve", "@ann agreed", 3), answers="r"),
        msgspec.structs.replace(say("told", "fay", "Yes!", 4, reply_to="p"), answers="r"),
        msgspec.structs.replace(say("away", "gus", "Yes!", 5), answers="elsewhere"),
    ]
    supporters = find_supporters(said).by_post
    assert {post: [one.post.id for one in agreeing] for post, agreeing in supporters.items()} == {
        "r": ["named"],
        "p": ["told"],
    }


def test_a_nameless_yes_counts_for_nothing_where_two_posts_could_be_meant() -> None:
    said = [
        say("p", "ann", POINT, 0),
        say("r", "ann", "Amnesties brought four hundred novels back in one week.", 1),
        say("named", "eve", "@ann agreed", 3),
    ]
    assert find_supporters(said) == Supporters({}, frozenset())


def group(*texts: str) -> list[list[str]]:
    statements = [say(str(at), f"person{at}", text, at) for at, text in enumerate(texts)]
    weights = weigh_words(map(content_words, texts))
    vectors = {one.post.id: make_vector(one.told, weights) for one in statements}
    shared = find_shared(statements, vectors)
    told = find_same(statements, shared, {}, "Why?")
    groups = group_statements(statements, shared, told.same)
    return [[one.text for one in found] for found in groups]


def test_the_same_said_in_much_the_same_words_is_one_group() -> None:
    fines = "Fines keep the poorest families away from the library"
    again = "Library fines keep poor families away, the poorest most of all"
    other = "Sewing machines are borrowed every single weekend in spring"
    assert group(fines, other, again) == [[fines, again], [other]]


def test_a_word_in_common_makes_no_group() -> None:
    texts = (
        "Families borrow cake tins before every birthday in our village",
        "Families with babies need the lift more than the long stairs",
        "Families from the estate walk past us to reach the swimming pool",
    )
    assert group(*texts) == [[text] for text in texts]
