"""Chats without numbered questions: what is asked of everybody, or else stretches of time.

A group opens with a question that a host, or somebody whom several take up, puts to all; what is
left is cut where people paused. A group holds at least three posts by two people, or joins its
neighbour.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

import msgspec

from chinwag.model import Chat, Question
from chinwag.steps.kinds.asking import asks_everybody, clean_question
from chinwag.steps.kinds.kinds import NOWHERE, tell_kind
from chinwag.steps.questions.group_names import STRETCH, name_stretches
from chinwag.steps.reading.read_post import ReadPost
from chinwag.steps.reading.view import WITHIN

_SHORTEST = timedelta(minutes=8)  # and, where people do not pause, no less
_APART = timedelta(minutes=6)  # two questions nearer than this open one group
_ANSWERING = timedelta(minutes=4)  # a question's group lasts no less
_PEOPLE_FOR_HOST = 2  # people who take up a host's question before it opens a group
_SEVERAL = 3  # posts of a group, at least; people who take up anybody else's question
_MOST = 12
_QUOTATION_MARKS = ("“", '"', "«", "„")


class _Group(msgspec.Struct):
    start: datetime
    opening: ReadPost | None
    posts: list[ReadPost]


def group_by_time(chat: Chat, posts: Sequence[ReadPost]) -> tuple[list[Question], list[str]]:
    """Return the groups of an un-numbered chat, and the moderators: who opens them or runs it.

    `posts` are in time order. A group's `text` is the question that opens it, else the time span,
    in the chat's time zone, and the words that stand out in it.
    """
    inside = [post for post in posts if _is_inside(chat, post)]
    kinds = {post.id: post.recall(tell_kind) for post in inside}
    talk = [post for post in inside if kinds[post.id] not in NOWHERE] or inside
    if not talk:
        return [], []
    runs, addressed = _find_hosts(inside, kinds)
    hosts = [*(one.author for one in chat.moderators), *runs, *addressed]
    groups = _merge_few(_merge_small(_cut(talk, _find_openings(inside, hosts))))
    for group in groups:
        group.opening = group.opening or _find_hosts_question(group, inside, hosts)
    asking = {group.opening.author for group in groups if group.opening}
    leaders = [host for host in hosts if host in asking or host in runs]
    return _name_groups(chat, groups), list(dict.fromkeys(leaders))


def _name_groups(chat: Chat, groups: Sequence[_Group]) -> list[Question]:
    """Return the groups as questions, numbered in time order."""
    names = name_stretches(chat, [group.posts for group in groups])
    return [
        Question(
            label=str(number),
            text=clean_question(group.opening.text) if group.opening else name,
            asked_at=group.start,
            posts=(group.opening.id,) if group.opening else (),
            by="time",
        )
        for number, (group, name) in enumerate(zip(groups, names, strict=True), 1)
    ]


def _is_inside(chat: Chat, post: ReadPost) -> bool:
    if post.is_silent:
        return False
    return chat.window is None or chat.window.start <= post.created_at <= chat.window.end


def _find_hosts(posts: Sequence[ReadPost], kinds: dict[str, str]) -> list[list[str]]:
    """Return who may run the chat: who says how it runs most often, and whom people answer most."""
    runs = Counter(post.author for post in posts if kinds[post.id] == "housekeeping")
    addressed: Counter[str] = Counter()
    people = {post.author.lower(): post.author for post in posts}
    for post in posts:
        names = {people[name] for name in post.addressed if name in people}
        addressed.update(names - {post.author})
    return [_find_most(runs, 2), _find_most(addressed, 5)]


def _find_most(counts: Counter[str], least: int) -> list[str]:
    """Return who is counted most, if often enough and in one case of five at least; else nobody."""
    if not counts:
        return []
    name, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return [name] if count >= least and count * 5 >= counts.total() else []


def _find_openings(posts: Sequence[ReadPost], hosts: Sequence[str]) -> list[ReadPost]:
    """Return the questions to everybody that several others take up in time, well apart."""
    scored: list[tuple[int, ReadPost]] = []
    for at, post in enumerate(posts):
        if not post.recall(asks_everybody):
            continue
        taking_up = _find_taking_up(posts, at)
        least = _PEOPLE_FOR_HOST if post.author in hosts else _SEVERAL
        if len(taking_up) >= least:
            scored.append((len(taking_up) + 2 * (post.author in hosts), post))
    chosen: list[ReadPost] = []
    for _, post in sorted(scored, key=lambda item: (-item[0], item[1].created_at, item[1].id)):
        if all(abs(post.created_at - other.created_at) >= _APART for other in chosen):
            chosen.append(post)
    return sorted(chosen[:_MOST], key=lambda post: post.created_at)


def _find_hosts_question(
    group: _Group, posts: Sequence[ReadPost], hosts: Sequence[str]
) -> ReadPost | None:
    """Return what a host asks of all in the first half of a group, if anybody takes it up."""
    half = {read.id for read in group.posts[: (len(group.posts) + 1) // 2]}
    asking = (
        read
        for at, read in enumerate(posts)
        if read.id in half
        and read.author in hosts
        and not read.text.startswith(_QUOTATION_MARKS)
        and read.recall(asks_everybody)
        and _find_taking_up(posts, at)
    )
    return next(asking, None)


def _find_taking_up(posts: Sequence[ReadPost], at: int) -> set[str]:
    """Return who speaks to the author of a question in the minutes after it."""
    post = posts[at]
    until = post.created_at + WITHIN
    author = post.author.lower()
    return {
        later.author
        for later in posts[at + 1 : at + 80]
        if later.created_at <= until
        and later.author != post.author
        and (later.post.reply_to == post.id or author in later.addressed)
    }


def _cut(talk: Sequence[ReadPost], openings: Sequence[ReadPost]) -> list[_Group]:
    """Cut the talk at its openings, and long pieces where people paused longest."""
    starts = [post.created_at for post in openings]
    pieces: list[_Group] = [_Group(talk[0].created_at, None, [])]
    pieces += [_Group(post.created_at, post, []) for post in openings]
    for post in talk:
        pieces[bisect_right(starts, post.created_at)].posts.append(post)
    groups: list[_Group] = []
    for piece in pieces:
        if piece.posts or piece.opening:
            groups += _cut_piece(piece)
    return groups


def _cut_piece(piece: _Group) -> list[_Group]:
    """Cut one piece: at every long silence, else at the longest pause that comes in time."""
    groups = [_Group(piece.start, piece.opening, [])]
    rest = piece.posts
    if piece.opening:
        # Talk drifts: what comes after the answers to a question is a group of its own.
        until = _find_end(piece.opening, rest)
        drift = next((i for i, post in enumerate(rest) if post.created_at > until), len(rest))
        after = _Group(until, None, rest[drift:])
        if drift and not _is_small(after):
            groups[0].posts = rest[:drift]
            after.start = after.posts[0].created_at
            return [*groups, *_cut_piece(after)]
    at = 0
    while at < len(rest):
        end = _find_cut(rest, at, groups[-1].start)
        groups[-1].posts += rest[at:end]
        at = end
        if at < len(rest):
            groups.append(_Group(rest[at].created_at, None, []))
    return groups


def _find_cut(posts: Sequence[ReadPost], first: int, start: datetime) -> int:
    """Return the place of the first post after the group that begins with post `first`."""
    fitting: list[int] = []
    for at in range(first + 1, len(posts)):
        if _pauses(posts[at - 1], posts[at]):
            return at
        if posts[at].created_at - start > STRETCH:
            near = fitting or [at]
            return max(near, key=lambda i: (_weigh_cut(posts, i), -i))
        if posts[at].created_at - start >= _SHORTEST:
            fitting.append(at)
    return len(posts)


def _find_end(opening: ReadPost, posts: Sequence[ReadPost]) -> datetime:
    """Return when the last person began to take a question up: those who go on have moved on."""
    end = opening.created_at + _ANSWERING
    author, seen = opening.author.lower(), {opening.author}
    for post in posts:
        if post.created_at > opening.created_at + WITHIN:
            break
        if post.author not in seen and author in post.addressed:
            end = max(end, post.created_at)
            seen.add(post.author)
    return end


def _weigh_cut(posts: Sequence[ReadPost], at: int) -> float:
    """Return how well the talk parts before a post: minutes of pause, less what answers across."""
    pause = (posts[at].created_at - posts[at - 1].created_at) / timedelta(minutes=1)
    before = {post.author.lower() for post in posts[max(0, at - 6) : at]}
    across = sum(not before.isdisjoint(post.addressed) for post in posts[at : at + 6])
    return pause - across / 2


def _pauses(before: ReadPost, after: ReadPost) -> bool:
    return after.created_at - before.created_at > STRETCH


def _merge_small(groups: list[_Group]) -> list[_Group]:
    """Join groups of too few posts or people to their neighbour: the one before, or else after."""
    merged: list[_Group] = []
    for group in groups:
        if merged and _is_small(group):
            merged[-1].posts += group.posts
        elif merged and _is_small(merged[-1]):
            merged[-1] = _join(merged[-1], group)
        else:
            merged.append(group)
    return merged


def _merge_few(groups: list[_Group]) -> list[_Group]:
    """Join the neighbours with fewest posts, those without a question first, until few are left."""
    merged = list(groups)
    while len(merged) > _MOST:
        sizes = [
            (second.opening is not None, len(first.posts) + len(second.posts))
            for first, second in pairwise(merged)
        ]
        at = min(range(len(sizes)), key=sizes.__getitem__)
        first, second = merged[at], merged.pop(at + 1)
        merged[at] = _Group(first.start, first.opening, [*first.posts, *second.posts])
    return merged


def _join(few: _Group, group: _Group) -> _Group:
    """Join a few first posts to the group after them; those long before it stay outside."""
    if group.opening or _pauses(few.posts[-1], group.posts[0]):
        return group
    return _Group(few.start, few.opening, [*few.posts, *group.posts])


def _is_small(group: _Group) -> bool:
    """Return whether posts or people are few, answers to other groups not counted."""
    speaking: set[str] = set()
    own = 0
    for post in group.posts:
        addressed = post.addressed
        if not addressed or speaking & set(addressed):
            own += 1
            speaking.add(post.author.lower())
    return own < _SEVERAL or len(speaking) < 2
