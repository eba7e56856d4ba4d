"""On real chats every bullet is traced, no lost or passed-on text is cited, no post is lost."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from chinwag.model import Chat, Placement, Post, Question, Summary, quote_note
from chinwag.steps.summarise import summarise_chat
from chinwag.steps.tracing import find_untraceable
from chinwag.text.labels import find_labels

LABELS = tuple(str(number) for number in range(13))


def read_posts(path: Path) -> list[Post]:
    rows: dict[str, dict[str, Any]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if isinstance(row["text"], str):
            rows.setdefault(row["id"], row)
    return [
        Post(
            id=row["id"],
            author=row["author"],
            text=row["text"],
            created_at=read_time(row["created_at"]),
            reply_to=row.get("reply_to_id"),
            url="",
            source="test",
            text_lost=bool(row.get("text_lost")),
            repost_of="?" if row.get("is_rt") else "",
        )
        for row in rows.values()
    ]


def read_time(text: str) -> datetime:
    time = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def place_roughly(posts: list[Post]) -> list[Placement]:
    """Place each post under its own label, else under the latest one seen."""
    latest = "0"
    placements = []
    for post in sorted(posts, key=lambda one: (one.created_at, one.id)):
        labels = [one for one in find_labels(post.text) if str(one.number) in LABELS]
        latest = str(labels[0].number) if labels else latest
        asks = bool(labels) and labels[0].role == "question" and "?" in post.text
        placements.append(
            Placement(
                post=post.id,
                question=latest,
                reason=quote_note("the latest label"),
                confidence=0.5,
                by="label",
                kind="question" if asks else "answer",
            )
        )
    return placements


def summarise(path: Path) -> tuple[Summary, list[Post], list[Placement]]:
    posts = read_posts(path)
    placements = place_roughly(posts)
    chat = Chat(
        series="#chat",
        hashtag=path.name.split("-")[0],
        title=path.stem,
        questions=tuple(Question(label=label, text="") for label in LABELS),
    )
    return summarise_chat(chat, posts, placements), posts, placements


@pytest.fixture(scope="module")
def summaries(shared_data: Path) -> list[tuple[Summary, list[Post], list[Placement]]]:
    return [summarise(path) for path in sorted((shared_data / "chats").glob("*.jsonl"))]


def test_every_bullet_stands_in_its_posts(
    summaries: list[tuple[Summary, list[Post], list[Placement]]],
) -> None:
    assert sum(len(one.bullets) for summary, _, _ in summaries for one in summary.questions) > 1000
    assert [find_untraceable(summary, posts) for summary, posts, _ in summaries] == [
        () for _ in summaries
    ]


def test_lost_and_passed_on_texts_are_never_cited(
    summaries: list[tuple[Summary, list[Post], list[Placement]]],
) -> None:
    silent = {post.id for _, posts, _ in summaries for post in posts if post.text_lost}
    silent |= {post.id for _, posts, _ in summaries for post in posts if post.repost_of}
    cited = {
        post
        for summary, _, _ in summaries
        for question in summary.questions
        for bullet in question.bullets
        for post in bullet.posts
    }
    assert len(silent) > 1000
    assert cited & silent == set()


def test_every_post_stands_in_exactly_one_place(
    summaries: list[tuple[Summary, list[Post], list[Placement]]],
) -> None:
    for summary, posts, placements in summaries:
        listed = [one.post for one in placements if one.kind == "question"]
        for question in summary.questions:
            listed += [post for bullet in question.bullets for post in bullet.posts]
            listed += [reply.post for bullet in question.bullets for reply in bullet.replies]
            listed += question.left_out
        assert sorted([*listed, *summary.unplaced]) == sorted(post.id for post in posts)


def test_no_question_has_more_than_eight_bullets_or_one_voice_in_most_of_them(
    summaries: list[tuple[Summary, list[Post], list[Placement]]],
) -> None:
    for summary, _, _ in summaries:
        for question in summary.questions:
            held = [bullet.author for bullet in question.bullets]
            assert len(held) <= 8
            if len(set(held)) > 4:
                assert max(held.count(author) for author in held) <= max(1, len(held) // 3)
