"""An encoder, where there is one, helps with the posts in doubt, and is asked for little else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from chinwag.errors import EngineError
from chinwag.model import Chat, Post, make_note
from chinwag.steps.placing import LivePlacer, place_posts
from chinwag.steps.questions import find_questions

MONEY = ("cost", "salaries", "dear", "wages", "pay", "budget", "heating")
DOORS = ("open", "close", "hours", "noon", "dusk", "midnight")


class TopicEncoder:
    """An encoder that knows two topics by their words, and notes what it was asked."""

    name = "two topics"
    languages = frozenset({"en"})

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        self.asked += texts
        return [
            [float(any(word in text.lower() for word in topic)) for topic in (MONEY, DOORS)] + [0.1]
            for text in texts
        ]


class BrokenEncoder(TopicEncoder):
    """One that gives no usable answer."""

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        raise EngineError("The encoder gave no answer.", code="no-answer")


def place(chat: Chat, posts: Sequence[Post], encoder: TopicEncoder | None = None) -> dict[str, Any]:
    placed = place_posts(find_questions(chat, posts), posts, encoder=encoder)
    return {one.post: (one.question, one.by, one.reason) for one in placed}


@pytest.fixture
def doubtful(slow: Any) -> Post:
    """An answer to the first question, when the second is out; it shares no word with either."""
    post: Post = slow.say(12.5, "gus", "From dawn to dusk, all year @ann http://gus.example/")
    return post


def test_a_post_in_doubt_goes_where_its_meaning_is(chat: Chat, slow: Any, doubtful: Post) -> None:
    assert place(chat, slow.posts)[doubtful.id] == (
        "2",
        "time",
        make_note("came-after", question="2", numbered=True, seconds=150),
    )
    assert place(chat, slow.posts, TopicEncoder())[doubtful.id] == (
        "1",
        "meaning",
        make_note("near-in-meaning", question="1", numbered=True),
    )


def test_what_its_author_numbered_stays(chat: Chat, slow: Any) -> None:
    numbered = slow.say(12, "gus", "A2: We open from dawn to dusk #shelfchat")
    slow.say(12.5, "hal", "From dawn to dusk, all year")
    assert place(chat, slow.posts, TopicEncoder())[numbered.id] == (
        "2",
        "label",
        make_note("says-label", label="A2"),
    )


def test_no_names_labels_tags_or_links_are_encoded(chat: Chat, slow: Any, doubtful: Post) -> None:
    encoder = TopicEncoder()
    place(chat, slow.posts, encoder)
    assert sorted(encoder.asked) == [
        "Better pay for weekends",
        "From dawn to dusk, all year",
        "How could volunteers or self-service help?",
        "Nine to five are our hours; the council decides.",
        "Security at night is dear",
        "Self-service at night works for us",
        "The heating budget!",
        "Two more salaries at least",
        "Until midnight before exams",
        "Volunteers need somebody to lead them",
        "We close for lunch, would you believe it?",
        "We open at noon on Sundays",
        "What would it cost to stay longer, in money or staff?",
        "When is your library open, and who decides?",
    ]


def test_where_nothing_is_in_doubt_nobody_is_asked(chat: Chat, slow: Any) -> None:
    encoder = TopicEncoder()
    assert place(chat, slow.posts, encoder) == place(chat, slow.posts)
    assert encoder.asked == []


def test_groups_of_a_chat_without_numbers_are_told_without_it(chat: Chat, talk: Any) -> None:
    for minute in range(40):
        talk.say(minute, f"p{minute % 5}", f"Our hours and wages, thought {minute}")
    encoder = TopicEncoder()
    assert place(chat, talk.posts, encoder) == place(chat, talk.posts)
    assert encoder.asked == []


def test_an_encoder_that_fails_is_not_hidden(chat: Chat, slow: Any, doubtful: Post) -> None:
    with pytest.raises(EngineError, match="gave no answer"):
        place(chat, slow.posts, BrokenEncoder())


def test_the_end_of_a_running_chat_is_the_batchs_with_the_same_encoder(
    chat: Chat, slow: Any, doubtful: Post
) -> None:
    encoder = TopicEncoder()
    placer = LivePlacer(chat, encoder=encoder)
    for post in slow.posts:
        placer.add(post)
    assert encoder.asked == []  # while the chat runs nobody waits for it
    posts = placer.posts
    batch = find_questions(chat, posts)
    assert placer.finish() == (batch, place_posts(batch, posts, encoder=TopicEncoder()))
    assert encoder.asked != []
