"""Chats without numbered questions: what moderators ask, or else stretches of time, as groups."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from chinwag.model import Chat, Post, Question
from chinwag.steps.place.asking import clean_wording, count_words

_STRETCH = timedelta(minutes=15)
_APART = timedelta(minutes=4)  # two questions nearer than this are one
_ANSWERED_BY = 2  # people whose posts respond to a question that opens a group
_MOST = 12
_INVITES = re.compile(
    r"(?:how|what|why|where|when|who|which|do|does|did|is|are|can|could|would|should|will|have|has|any|anyone"
    r"|comment|quel|que|wie|was|warum|cómo|qué|como|qual|come|cosa|perché|nasıl|neden)\b",
    re.IGNORECASE,
)


def group_by_time(chat: Chat, posts: Sequence[Post]) -> tuple[list[Question], list[str]]:
    """Give the groups of an un-numbered chat and the moderators who open them.

    `posts` are in time order. A group opens with a question that a moderator puts to everybody and
    that several people take up; where there are fewer than two such, groups are quarter hours.
    """
    inside = [post for post in posts if _is_inside(chat, post) and not post.repost_of]
    leader = _find_leader(inside)
    opening = _find_openings(inside, leader) if leader else []
    if len(opening) >= 2 and leader:
        return [
            Question(
                label=str(number),
                text=clean_wording(post.text),
                asked_at=post.created_at,
                posts=(post.id,),
                by="time",
            )
            for number, post in enumerate(opening, 1)
        ], [leader]
    return _cut_stretches(chat, inside), []


def _is_inside(chat: Chat, post: Post) -> bool:
    return chat.window is None or chat.window.start <= post.created_at <= chat.window.end


def _find_leader(posts: Sequence[Post]) -> str | None:
    """Give whom people answer most, where that is clear: a fifth of what mentions anybody."""
    counts: Counter[str] = Counter()
    people = {post.author for post in posts}
    for post in posts:
        counts.update({name for name in _addressed(post) if name in people and name != post.author})
    if not counts:
        return None
    leader, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return leader if count * 5 >= sum(counts.values()) and count >= 5 else None


def _addressed(post: Post) -> list[str]:
    if post.reply_to_author:
        return [post.reply_to_author]
    return re.findall(r"@([\w.@-]*\w)", post.text[:80])[:1]


def _find_openings(posts: Sequence[Post], leader: str) -> list[Post]:
    """Give the leader's questions to everybody that at least two others take up in time."""
    scored: list[tuple[int, Post]] = []
    for at, post in enumerate(posts):
        if post.author != leader or not _asks_everybody(post):
            continue
        answering = {
            later.author
            for later in posts[at + 1 : at + 60]
            if later.created_at <= post.created_at + timedelta(minutes=8)
            and later.author != leader
            and (later.reply_to == post.id or leader in _addressed(later))
        }
        if len(answering) >= _ANSWERED_BY:
            scored.append((len(answering), post))
    chosen: list[Post] = []
    for _, post in sorted(scored, key=lambda item: (-item[0], item[1].created_at)):
        if all(abs(post.created_at - other.created_at) >= _APART for other in chosen):
            chosen.append(post)
    return sorted(chosen[:_MOST], key=lambda post: post.created_at)


def _asks_everybody(post: Post) -> bool:
    text = post.text.strip()
    if post.deleted or post.text_lost or post.reply_to or text.startswith("@"):
        return False
    sentences = re.split(r"(?<=[.!?])\s+", text)
    asks = [sentence for sentence in sentences if "?" in sentence]
    return (
        bool(asks) and count_words(text) >= 5 and any(_INVITES.match(s) or "you" in s for s in asks)
    )


def _cut_stretches(chat: Chat, posts: Sequence[Post]) -> list[Question]:
    """Cut the hour into quarters that begin with their first post; empty ones are not made."""
    if not posts:
        return []
    zone = ZoneInfo(chat.time_zone)
    edges: list[datetime] = []
    for post in posts:
        if not edges or post.created_at >= edges[-1] + _STRETCH:
            edges.append(post.created_at)
    if len(edges) > _MOST:
        edges = edges[:: -(-len(edges) // _MOST)]
    ends = [*edges[1:], posts[-1].created_at]
    return [
        Question(
            label=str(number),
            text=f"{start.astimezone(zone):%H:%M} to {end.astimezone(zone):%H:%M}",
            asked_at=start,
            by="time",
        )
        for number, (start, end) in enumerate(zip(edges, ends, strict=True), 1)
    ]
