"""Resources are listed once, without tracking; pictures, posts and notices are none."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from chinwag.model import Media, Placement, Post, SharedLink, quote_note
from chinwag.steps.reading import ReadPost
from chinwag.steps.summarise.links import gather_links
from chinwag.text.links import strip_tracking


def place(one: str, text: str, kind: str = "answer", **more: Any) -> tuple[ReadPost, Placement]:
    post = Post(
        id=one,
        author=f"by{one}",
        text=text,
        created_at=datetime(2026, 3, 3, tzinfo=UTC),
        reply_to=None,
        url="",
        source="t",
        **more,
    )
    placement = Placement(
        post=one, question="1", reason=quote_note(""), confidence=1, by="time", kind=kind
    )
    return ReadPost(post), placement


def test_the_most_shared_comes_first() -> None:
    placed = [
        place("1", "See https://a.example/x?utm_source=t"),
        place("2", "Our guide: https://b.example/guide?page=2&fbclid=1."),
        place("3", "short.example", links=("https://b.example/guide?page=2",)),
        place(
            "4", "My cat pic.twitter.com/abc https://t.co/abc", media=(Media(url="https://p/1"),)
        ),
        place("5", "As said https://twitter.com/ann/status/123"),
        place("6", "Join us https://chat.example/next", kind="announcement"),
        place("7", "Cut off https://c.example/lo…"),
        place("8", "https://d.example/lost", text_lost=True),
    ]
    assert gather_links(placed) == (
        SharedLink(url="https://b.example/guide?page=2", posts=("2", "3")),
        SharedLink(url="https://a.example/x", posts=("1",)),
    )


@pytest.mark.parametrize(
    ("link", "stripped"),
    [
        ("https://a.example/p?utm_medium=x&id=7#part", "https://a.example/p?id=7#part"),
        ("https://a.example/p?ref=nav", "https://a.example/p?ref=nav"),
        ("https://a.example/p?a=%20&b", "https://a.example/p?a=%20&b"),
        ("t.co/x1", "https://t.co/x1"),
        ("https://[broken", "https://[broken"),
    ],
)
def test_only_tracking_goes(link: str, stripped: str) -> None:
    assert strip_tracking(link) == stripped
