"""An invented Storify: what its author wrote between the posts, and the posts, as it was exported."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

STARTS = datetime(2012, 4, 13, 18, 0, tzinfo=UTC)
FIRST = 20070000000000000
SAID = (
    ("ana_r", "Welcome to #roomchat, our first hour! I am Ana, a librarian from Porto. #roomchat"),
    ("ana_r", "Q1: What would you do with two empty rooms in your library? #roomchat"),
    ("ben", "A1: A quiet room for exams, with lockers for phones and long hours #roomchat"),
    ("cleo", "A1: We made ours a workshop for mending clothes, every Saturday #roomchat"),
    ("dev", "A1: Who pays for the tools in such a workshop? We looked for sponsors #roomchat"),
    ("ana_r", "Q2: How do you find out what people want from the rooms? #roomchat"),
    ("ben", "A2: Ask at the bus stop, not in the library: some never come #roomchat"),
    ("cleo", "A2: A box with cards beside the coffee machine gave us ideas #roomchat"),
)
OPENING = (
    "<p>We met about <b>two empty rooms</b>. Here is the <a href='http://a.example/p'>plan</a>.</p>"
)
TOLD: tuple[str | int | dict[str, Any], ...] = (
    OPENING,
    0,
    "<h2>Q1: Two empty rooms</h2>",
    1,
    2,
    3,
    "<h3>Who pays</h3><p>edition: money came up at once, as dev said.</p>",
    4,
    2,
    "<h2>Asking people</h2>",
    5,
    6,
    7,
    {"type": "link", "permalink": "http://a.example/tools", "data": {"link": {"title": "Tools"}}},
    "<p>What became of it:</p><ul><li>a workshop</li><li>a room</li></ul>",
)


def write_words(html: str) -> dict[str, Any]:
    """Return an element of the author's own words: Storify names the author there, too."""
    return {
        "type": "text",
        "permalink": "http://storify.com/ana_r/two-rooms/elements/1",
        "data": {"text": html},
        "source": {"name": "storify", "username": "ana_r"},
        "attribution": {"name": "Ana Reis", "username": "ana_r"},
    }


def write_post(number: int) -> dict[str, Any]:
    """Return one post as Storify quotes it."""
    author, text = SAID[number]
    return {
        "type": "quote",
        "permalink": f"http://twitter.com/{author}/status/{FIRST + number}",
        "posted_at": f"{STARTS + timedelta(minutes=4 * number):%Y-%m-%dT%H:%M:%S.000Z}",
        "source": {"name": "twitter", "username": author},
        "attribution": {"name": author.capitalize(), "username": author},
        "data": {"quote": {"username": author, "text": text}},
        "meta": {},
    }


def write_story(path: Path, told: Sequence[str | int | dict[str, Any]] = TOLD) -> Path:
    """Write a story of HTML, posts by their numbers, and other elements; return its file."""
    elements = [
        write_words(one)
        if isinstance(one, str)
        else write_post(one)
        if isinstance(one, int)
        else {"source": {}, "attribution": {}, **one}
        for one in told
    ]
    story = {
        "title": "Two rooms",
        "permalink": "http://storify.com/ana_r/two-rooms",
        "author": {"username": "ana_r", "name": "Ana Reis"},
        "date": {"published": "2012-04-14T08:00:00.000Z"},
        "elements": elements,
    }
    path.write_text(json.dumps({"code": 200, "content": story}))
    return path
