"""A small invented chat about a library's door, its summary, and models to word it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from chinwag.errors import EngineError
from chinwag.model import (
    Bullet,
    Chat,
    ModelAnswer,
    Placement,
    Post,
    Question,
    QuestionSummary,
    Summary,
    quote_note,
)

START = datetime(2026, 10, 13, 18, 0, tzinfo=UTC)


def make_post(
    number: int, author: str, text: str, *, reply_to: str | None = None, **more: Any
) -> Post:
    return Post(
        id=str(number),
        author=author,
        author_name=author.capitalize(),
        text=text,
        created_at=START + timedelta(minutes=number),
        reply_to=reply_to,
        url=f"https://glam.example/{number}",
        source="test",
        **more,
    )


POSTS = (
    make_post(
        1, "tamsin", "A1: We lock the toilets at six because nobody is there to check them. #doors"
    ),
    make_post(2, "seun", "A1 We lock our toilets at six too, nobody is there to check. #doors"),
    make_post(3, "kit", "A1: The café stays open until nine on Fridays. #doors"),
    make_post(4, "ravi", "A2: A solar lamp for the car park cost us £70. #doors"),
)
PLACEMENTS = tuple(
    Placement(
        post=one,
        question=label,
        reason=quote_note("label"),
        confidence=1,
        by="label",
        kind="answer",
    )
    for one, label in (("1", "1"), ("2", "1"), ("3", "1"), ("4", "2"))
)
CHAT = Chat(
    series="#doors",
    hashtag="doors",
    title="Doors",
    questions=(
        Question(label="1", text="What is shut after dark, and why?"),
        Question(label="2", text="What did it cost?"),
    ),
)
TOILETS = Bullet(
    text="We lock the toilets at six because nobody is there to check them.",
    posts=("1", "2"),
    people=2,
    kind="shared",
    quoted="1",
    author="tamsin",
)
CAFE = Bullet(
    text="The café stays open until nine on Fridays.",
    posts=("3",),
    people=1,
    kind="single",
    quoted="3",
    author="kit",
)
LAMP = Bullet(
    text="A solar lamp for the car park cost us £70.",
    posts=("4",),
    people=1,
    kind="single",
    quoted="4",
    author="ravi",
)
SUMMARY = Summary(
    questions=(
        QuestionSummary(
            label="1",
            text="What is shut after dark, and why?",
            posts=3,
            people=3,
            bullets=(TOILETS, CAFE),
            links=(),
            left_out=(),
        ),
        QuestionSummary(
            label="2", text="What did it cost?", posts=1, people=1, bullets=(LAMP,), links=(),
            left_out=(),
        ),
    ),
    unplaced=(),
)  # fmt: skip


def quote_posts(*posts: Post) -> tuple[Summary, tuple[Placement, ...]]:
    """Give a summary of one question in which each post is a bullet, and its placements."""
    bullets = tuple(
        Bullet(
            text=" ".join(post.text.split()), posts=(post.id,), people=1, kind="single",
            quoted=post.id, author=post.author,
        )
        for post in posts
    )  # fmt: skip
    question = msgspec.structs.replace(
        SUMMARY.questions[0], bullets=bullets, posts=len(posts), people=len(posts)
    )
    placed = tuple(
        Placement(
            post=post.id,
            question="1",
            reason=quote_note(""),
            confidence=1,
            by="label",
            kind="answer",
        )
        for post in posts
    )
    return Summary(questions=(question,), unplaced=()), placed


Writes = Callable[[dict[str, Any]], str]


class FakeModel:
    """A model whose answers a function writes from the points that it was sent, as JSON.

    What it was asked stands in `asked`. An EngineError in the place of an answer is raised.
    """

    name = "fake"

    def __init__(self, writes: Writes | EngineError) -> None:
        self.writes = writes
        self.asked: list[dict[str, Any]] = []

    def answer(
        self, instructions: str, message: str, schema: Mapping[str, Any], most_tokens: int
    ) -> ModelAnswer:
        sent = msgspec.json.decode(message, type=dict[str, Any])
        self.asked.append(sent)
        if isinstance(self.writes, EngineError):
            raise self.writes
        return ModelAnswer(text=self.writes(sent), tokens_in=100, tokens_out=20)


def say_for_each(sentence: Callable[[str], str]) -> Writes:
    """Give a writer that says something of the words of every point, naming its own post."""

    def write(sent: dict[str, Any]) -> str:
        rows = [
            {
                "point": point["id"],
                "posts": [point["posts"][0]["id"]],
                "sentence": sentence(point["posts"][0]["text"]),
            }
            for point in sent["points"]
        ]
        return msgspec.json.encode({"sentences": rows}).decode()

    return write
