"""Drawing up what a host sees of a running capture, from a snapshot of its chat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from chinwag.capture.state import Snapshot, choose_posts
from chinwag.capture.view import CaptureView, QuestionView, RouteView
from chinwag.model import Chat, Note, Post, Question, Window
from chinwag.steps.attend import list_unreplied
from chinwag.steps.reading.people import People

_RATE_OVER = timedelta(minutes=5)
_IN_NEED = 5  # posts without a reply that are shown
_MINUTE = timedelta(minutes=1)


class Moment(NamedTuple):
    """What is shown beside the chat: the time, when the capture began, and when it ends.

    `lag` and `problem` are those of a CaptureView.
    """

    at: datetime
    begun: datetime
    closes: datetime | None
    lag: float | None
    problem: Note | None


def draw_overview(snapshot: Snapshot, routes: Sequence[RouteView], moment: Moment) -> CaptureView:
    """Return the capture as it is at a moment."""
    chat, chosen = snapshot.chat, choose_posts(snapshot)
    there = [post for post in snapshot.posts if _is_there(post)]
    said = [post for post in chosen if _is_there(post)]
    spam = [post for post in said if _is_spam(post, snapshot)]
    posts = [post for post in said if not _is_spam(post, snapshot)]
    accounts = People(chat, posts)
    unreplied = list_unreplied(chat, posts, snapshot.placed)
    by_question = _group_posts(posts, snapshot)
    window = chat.window if chat.window and chat.window.by == "person" else None
    return CaptureView(
        at=moment.at,
        hashtag=chat.hashtag,
        time_zone=chat.time_zone,
        start=window.start if window else None,
        end=window.end if window else None,
        closes=moment.closes,
        posts=len(posts),
        people=accounts.count(posts),
        reposts=sum(len(post.reposts) for post in posts),
        deleted=sum(post.deleted and not post.removed for post in chosen),
        removed=sum(bool(post.removed) for post in chosen),
        outside=len(there) - len(said),
        spam=len(spam),
        rate=_measure_rate(posts, moment, window),
        lag=moment.lag,
        last=_find_latest([post for post in there if not _is_spam(post, snapshot)]),
        routes=tuple(routes),
        questions=tuple(
            _draw_question(question, by_question[question.label], chat)
            for question in chat.questions
        ),
        unplaced=len(by_question[None]),
        unreplied=len(unreplied),
        in_need=unreplied[:_IN_NEED],
        problem=moment.problem,
        last_spam=_find_latest(spam),
    )


def _is_there(post: Post) -> bool:
    return not (post.deleted or post.repost_of)


def _find_latest(posts: Sequence[Post]) -> Post | None:
    return max(posts, key=lambda post: post.created_at, default=None)


def _is_spam(post: Post, snapshot: Snapshot) -> bool:
    placement = snapshot.placed.get(post.id)
    return placement is not None and placement.kind == "spam"


def _group_posts(posts: Sequence[Post], snapshot: Snapshot) -> defaultdict[str | None, list[Post]]:
    """Return the posts under each question, and under None; the latest may not be placed yet."""
    groups: defaultdict[str | None, list[Post]] = defaultdict(list)
    for post in posts:
        placement = snapshot.placed.get(post.id)
        if placement is not None:
            groups[placement.question].append(post)
    return groups


def _draw_question(question: Question, posts: Sequence[Post], chat: Chat) -> QuestionView:
    hosts = {moderator.author.casefold() for moderator in chat.moderators}
    answers = [
        post
        for post in posts
        if post.author.casefold() not in hosts and post.id not in question.posts
    ]
    return QuestionView(
        label=question.label,
        text=question.text,
        asked_at=question.asked_at,
        answers=len(answers),
        people=_count_people(answers),
        last=max((post.created_at for post in answers), default=None),
    )


def _count_people(posts: Sequence[Post]) -> int:
    return len({post.author.casefold() for post in posts})


def _measure_rate(posts: Sequence[Post], moment: Moment, window: Window | None) -> float:
    """Return the posts a minute over the last minutes, or over as many as the chat has run.

    The time before the hour, in which a capture waits, is none of them.
    """
    begun = moment.begun
    if window and begun < window.start <= moment.at:
        begun = window.start
    span = min(_RATE_OVER, max(_MINUTE, moment.at - begun))
    since = moment.at - span
    return sum(post.created_at >= since for post in posts) / (span / _MINUTE)
