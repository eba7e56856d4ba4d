"""What is read of posts ahead is what their summary asks of them, and no more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from chinwag.model import Chat, Placement, Post, Question, quote_note
from chinwag.steps.reading import Readings
from chinwag.steps.summarise import read_ahead, statement, summarise_chat

START = datetime(2026, 3, 5, 19, tzinfo=UTC)
SAID = (
    "A1 We lend the drying racks to every branch that was under water. #dampbooks",
    "A1 Freeze what you cannot dry on the day, and dry it later. Good night! #dampbooks",
    "A1 A fan and blotting paper saved our atlases last winter. #dampbooks",
)
CHAT = Chat(
    series="Damp books",
    hashtag="dampbooks",
    title="",
    time_zone="UTC",
    questions=(Question(label="1", text="What did the flood take?"),),
)
POSTS = tuple(
    Post(
        id=str(number),
        author=f"person{number}",
        reply_to=None,
        url="",
        source="test",
        text=text,
        created_at=START + timedelta(minutes=number),
    )
    for number, text in enumerate(SAID, 1)
)
PLACED = tuple(
    Placement(post=post.id, question="1", reason=quote_note("label"), confidence=1.0, by="label")
    for post in POSTS
)


def refuse(text: str, *, gaps: bool = True) -> None:
    raise AssertionError(f"{text!r} is read again")


def test_what_was_read_ahead_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made = summarise_chat(CHAT, POSTS, PLACED)
    readings = Readings()
    for read in readings.read_chat(POSTS):
        read_ahead(read, CHAT.hashtag)
    monkeypatch.setattr(statement, "pick_spans", refuse)
    assert summarise_chat(CHAT, POSTS, PLACED, readings=readings) == made
    assert [len(question.bullets) for question in made.questions] == [3]


def test_a_post_that_was_edited_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    readings = Readings()
    for read in readings.read_chat(POSTS):
        read_ahead(read, CHAT.hashtag)
    edited = Post(
        id="2",
        author="person2",
        reply_to=None,
        url="",
        source="test",
        text="A1 We only lost the old telephone books in the cellar. #dampbooks",
        created_at=POSTS[1].created_at,
    )
    posts = (POSTS[0], edited, POSTS[2])
    made = summarise_chat(CHAT, posts, PLACED, readings=readings)
    assert made == summarise_chat(CHAT, posts, PLACED)
    monkeypatch.setattr(statement, "pick_spans", refuse)
    assert summarise_chat(CHAT, posts, PLACED, readings=readings) == made
    readings.forget("2")
    with pytest.raises(AssertionError, match="telephone"):
        summarise_chat(CHAT, posts, PLACED, readings=readings)
