"""Drawing up what a host sees of a running capture, from a snapshot of its chat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from chinwag.capture.state import Snapshot
from chinwag.capture.view import CaptureView, QuestionView, RouteView
from chinwag.model import Note, Post

_RATE_OVER = timedelta(minutes=5)


def draw_overview(
    snapshot: Snapshot,
    routes: Sequence[RouteView],
    *,
    at: datetime,
    lag: float | None,
    problem: Note | None,
) -> CaptureView:
    """Return the capture as it is at a moment."""
    posts = [post for post in snapshot.posts if not (post.deleted or post.repost_of)]
    counts = Counter(placement.question for placement in snapshot.placed.values())
    return CaptureView(
        at=at,
        hashtag=snapshot.chat.hashtag,
        posts=len(posts),
        people=len({post.author.casefold() for post in posts}),
        reposts=sum(len(post.reposts) for post in posts),
        deleted=sum(post.deleted for post in snapshot.posts),
        rate=_measure_rate(snapshot.posts, at),
        lag=lag,
        last=max(posts, key=lambda post: post.created_at, default=None),
        routes=tuple(routes),
        questions=tuple(
            QuestionView(label=question.label, text=question.text, posts=counts[question.label])
            for question in snapshot.chat.questions
        ),
        unplaced=counts[None],
        problem=problem,
    )


def _measure_rate(posts: Sequence[Post], at: datetime) -> float:
    """Return the posts a minute over the last minutes."""
    since = at - _RATE_OVER
    return sum(post.created_at >= since for post in posts) / (_RATE_OVER / timedelta(minutes=1))
