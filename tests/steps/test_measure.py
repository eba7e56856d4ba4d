"""The figures of a chat."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from chinwag.model import Measures, Media, Placement, Post, Repost, quote_note
from chinwag.steps.measure import measure_chat

EIGHT = datetime(2026, 10, 13, 20, 0, tzinfo=UTC)


def make_post(id_: str, author: str, **more: Any) -> Post:
    said: dict[str, Any] = {"reply_to": None, "url": "", "source": "made", "text": "Maps!"}
    return Post(id=id_, author=author, created_at=EIGHT, **{**said, **more})


def place(post: str, question: str | None, by: str) -> Placement:
    return Placement(
        post=post, question=question, reason=quote_note("as made"), confidence=0.9, by=by
    )


def test_a_chat_is_counted() -> None:
    posts = [
        make_post(
            "1", "Ann", links=("https://a.example", "https://b.example"),
            reposts=tuple(Repost(id=f"r{n}", author=who, at=EIGHT) for n, who in enumerate("xyb")),
        ),
        make_post("2", "b", reply_to="1", links=("https://a.example",)),
        make_post("3", "ann", reply_to="99", media=(Media(url="https://p.example/1"),)),
        make_post("4", "cy", text_lost=True, links=("https://another.example",)),
        make_post("5", "", text="", deleted=True),
        make_post("6", "dee", repost_of="?"),
    ]  # fmt: skip
    placements = [
        place("1", "1", "label"), place("2", "1", "reply"), place("3", "2", "label"),
        place("4", None, "time"), place("5", "1", "reply"), place("6", "1", "time"),
    ]  # fmt: skip
    measures = measure_chat(posts, placements)
    assert measures == Measures(
        posts=4,
        people=3,
        reposts=4,
        reposters=3,
        replies=2,
        links=2,
        pictures=1,
        deleted=1,
        placed=3,
        by_method={"label": 2, "reply": 1},
        by_person={"Ann": 2, "b": 1, "cy": 1},
    )
    assert list(measures.by_person) == ["Ann", "b", "cy"]


def test_nothing_counts_nothing() -> None:
    assert measure_chat([], []) == Measures(
        posts=0, people=0, reposts=0, reposters=0, replies=0, links=0, pictures=0, deleted=0,
        placed=0, by_method={}, by_person={},
    )  # fmt: skip
