"""Invented posts in the shapes that importers give."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from chinwag.model import Post
from chinwag.steps.collect import Timeline

EIGHT = datetime(2026, 10, 13, 20, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return EIGHT + timedelta(minutes=minutes)


def make_post(id_: str, text: str = "Our shelves talk. #shelfchat", **more: Any) -> Post:
    said: dict[str, Any] = {
        "author": "ann",
        "created_at": EIGHT,
        "reply_to": None,
        "url": f"https://social.example/{id_}",
        "source": "made",
    }
    return Post(id=id_, text=text, **{**said, **more})


def make_chat(
    start: float, *, people: int = 12, posts: int = 120, tag: str = "shelfchat", name: str = "p"
) -> list[Post]:
    """Return an hour's chat that begins `start` minutes after eight."""
    return [
        make_post(
            f"{name}{start:.0f}-{n}",
            f"Thought {n} on shelves #{tag}",
            author=f"{name}{n % people}",
            created_at=at(start + 60 * n / posts),
        )
        for n in range(posts)
    ]


def fill_timeline(posts: list[Post]) -> Timeline:
    timeline = Timeline()
    for post in posts:
        timeline.add(post)
    return timeline
