"""What an editor would strike stands in no point; the same, mended, does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from chinwag.model import Chat, Moderator, Placement, Post, Question, quote_note
from chinwag.steps.summarise import summarise_chat

START = datetime(2026, 3, 3, 18, 30, tzinfo=UTC)
CHAT = Chat(
    series="#stallchat",
    hashtag="stallchat",
    title="Stalls in winter",
    moderators=(Moderator(author="host"),),
    questions=(Question(label="3", text="What keeps a market stall going through the winter?"),),
)
TALK = (
    ("ann", "A3 We string lamps along the awning and takings rose by a third in December."),
    ("ben", "A3 Hot soup at the counter: people stay, and then they buy the bread."),
    ("cem", "A3 Windbreaks from old sails cost us nothing and kept the herbs alive."),
)

Said = Sequence[tuple[str, str]]


def list_points(*said: tuple[str, str]) -> list[str]:
    """Give the points of a question's talk beside those of TALK, half a minute between posts."""
    posts = [
        Post(
            id=str(number),
            author=author,
            text=text,
            created_at=START + timedelta(seconds=30 * number),
            reply_to=None,
            url="",
            source="test",
        )
        for number, (author, text) in enumerate((*TALK, *said))
    ]
    placements = [
        Placement(post=one.id, question="3", reason=quote_note(""), confidence=1, by="label")
        for one in posts
    ]
    (question,) = summarise_chat(CHAT, posts, placements).questions
    own = {str(number) for number in range(len(TALK))}
    return [bullet.text for bullet in question.bullets if bullet.quoted not in own]


WARM = "Braziers beside the stall warm the queue and the seller."


@pytest.mark.parametrize(
    ("kind", "struck", "mended"),
    [
        (
            "a fragment",
            "A3 Because of the braziers beside the stall, and then",
            "A3 Because of the braziers beside the stall nobody leaves the queue.",
        ),
        (
            "half of two",
            "A3 We tried braziers beside the stall, and the council told us (1/2)",
            "A3 We tried braziers beside the stall, and the council told us to stop.",
        ),
        (
            "half of two, the count in front",
            "A3 1/2 We tried braziers beside the stall, and the council told us",
            "A3 We tried braziers beside the stall, and the council told us to stop.",
        ),
        (
            "a bare joke",
            "A3 Gin. Gin keeps my stall going through the winter, haha",
            "A3 Gin. Gin keeps my stall going through the winter, a bottle a week.",
        ),
        (
            "a smile and no more",
            "A3 Stubbornness keeps our stall going 😂",
            "A3 Stubbornness keeps our stall going, and a paraffin stove.",
        ),
        (
            "a pointer to what is not there",
            "A3 Braziers beside the stall, as in this ⬆️",
            f"A3 {WARM}",
        ),
        (
            "an arrow at the thread below",
            "A3 How we keep the stall alive through the winter 👇",
            "A3 How we keep the stall alive through the winter: braziers, and soup at noon.",
        ),
        (
            "what is left of a label",
            "A3 was that braziers beside the stall warm the queue",
            f"A3 {WARM}",
        ),
        (
            "somebody's words with a name in front",
            "A3 @gus:  braziers  beside the stall warm the queue and the seller.",
            f"A3 {WARM}",
        ),
        (
            "a quotation that never ends",
            'A3 My gran said "braziers beside the stall warm the queue',
            'A3 My gran said "braziers beside the stall warm the queue" every winter.',
        ),
        (
            "a quotation that never began",
            "A3 Braziers beside the stall” warm the queue, my gran said",
            "A3 “Braziers beside the stall” warm the queue, my gran said",
        ),
    ],
)
def test_struck(kind: str, struck: str, mended: str) -> None:
    assert list_points(("gus", struck)) == [], kind
    assert list_points(("gus", mended)) == [mended.removeprefix("A3 ")], kind


def test_inches_open_no_quotation_and_a_long_laugh_may_say_something() -> None:
    said = (
        ("gus", 'A3 A stove of 12" under the counter warms the seller and the queue.'),
        (
            "hal",
            "A3 We sold ice by mistake for a week, haha, and the fishmonger next door has bought"
            " all of it since.",
        ),
    )
    assert list_points(*said) == [text.removeprefix("A3 ") for _, text in said]


@pytest.mark.parametrize(
    "prompt",
    [
        "What else keeps your stall alive in winter? Tell us about your lamps and soup!",
        "@ann Tell us more about the lamps along the awning, please",
    ],
)
def test_a_hosts_prompt_is_no_point(prompt: str) -> None:
    assert list_points(("host", prompt)) == []


def test_an_unrelated_next_post_is_not_joined_on() -> None:
    said = (("gus", f"A3 {WARM}"), ("gus", "Has anybody seen my dog by the harbour?"))
    assert list_points(*said) == [WARM]


def test_the_chats_tag_does_not_stand_where_two_posts_meet() -> None:
    said = (
        ("gus", "A3 Braziers beside the stall warm the queue #stallchat (1/2)"),
        ("gus", "#stallchat A3 (2/2) and the seller's fingers, which matter most in the snow"),
    )
    assert list_points(*said) == [
        "Braziers beside the stall warm the queue and the seller's fingers, which matter most in"
        " the snow"
    ]


def test_a_near_repeat_is_one_point() -> None:
    said = (("gus", f"A3 {WARM}"), ("gus", "A3: Braziers beside the stall: they warm the queue!"))
    assert list_points(*said) == [WARM]
