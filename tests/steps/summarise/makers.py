"""Statements whose words and worth are given, so that nothing learned is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from chinwag.model import Post
from chinwag.steps.summarise.choose import Point
from chinwag.steps.summarise.statement import Statement
from chinwag.text.words import Vector, make_vector, weigh_words

START = datetime(2026, 3, 3, 18, 30, tzinfo=UTC)
_OF_POST = ("reply_to", "quote_of", "text_lost", "reposts", "repost_count")


def make_statement(number: float, words: Sequence[str], author: str = "", **more: Any) -> Statement:
    """Return what one post says `number` minutes after the start; each letter is a word."""
    own: dict[str, Any] = {"reply_to": None, "url": "", "source": "test"}
    own |= {name: more.pop(name) for name in _OF_POST if name in more}
    text = more.pop("text", " ".join(words))
    post = Post(
        id=f"p{number}",
        author=author or f"person{number}",
        text=text,
        created_at=START + timedelta(minutes=number),
        **own,
    )
    usual: dict[str, Any] = {"quality": 0.8, "kind": "answer", "point": text, "text": text}
    told = tuple(words)
    return Statement(post=post, said=told, told=told, words=told, **usual | more)


def make_point(number: float, words: str, *behind: Statement, **more: Any) -> Point:
    """Return a point with a statement quoted and those behind it."""
    quoted = make_statement(number, words, **more)
    people = len({one.post.author for one in (quoted, *behind)})
    return Point(quoted=quoted, behind=(quoted, *behind), people=people)


def weigh(statements: Sequence[Statement]) -> dict[str, Vector]:
    """Return the vectors of some statements, by their posts."""
    weights = weigh_words(one.said for one in statements)
    return {one.post.id: make_vector(one.said, weights) for one in statements}
