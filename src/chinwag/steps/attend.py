"""Attending: who has had no reply, so that a host can turn to them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from chinwag.model import Chat, Placement, Post
from chinwag.steps.reading.read_post import ReadPost

_SERVER = re.compile(r"[.@].*")
_QUESTION_MARKS = ("?", "؟", "？")
_WANTS_NO_REPLY = frozenset({"agreement", "announcement", "spam"})
_WANTS_ONE_IF_IT_ASKS = frozenset({"housekeeping", "thanks"})  # "What was Q2 again?"


class Unreplied(msgspec.Struct, frozen=True, kw_only=True):
    """A participant's post that nobody else has replied to.

    `asks` tells that it asks something, `is_to_host` that it names a host. `is_first` tells that it
    is the first post of its author in this chat.
    """

    post: Post
    asks: bool
    is_to_host: bool
    is_first: bool


def list_unreplied(
    chat: Chat, posts: Sequence[Post], placed: Mapping[str, Placement]
) -> tuple[Unreplied, ...]:
    """Return the participants' posts that nobody else has replied to.

    Posts that ask a host something come first, then posts that ask anybody, in each case the one
    that has waited longest first; then the other posts, the latest first. Posts of a kind that
    needs no reply are left out, and so are thanks and housekeeping that ask nothing, and replies
    that ask nothing by somebody who has spoken before. `placed` is by the post's id.
    """
    hosts = {moderator.author.casefold() for moderator in chat.moderators}
    short = {_SERVER.sub("", host) for host in hosts}  # as people type it who forget the server
    spoken = [post for post in posts if not (post.deleted or post.repost_of)]
    answered = _list_answered(spoken)
    firsts = _find_firsts(spoken)
    reads = (ReadPost(post) for post in spoken if post.id not in answered)
    found = [
        _describe(read, hosts, short, is_first=read.id in firsts)
        for read in reads
        if _wants_reply(read, hosts, placed.get(read.id), is_first=read.id in firsts)
    ]
    return tuple(sorted(found, key=_rank))


def _list_answered(posts: Sequence[Post]) -> set[str]:
    """Return the ids of the posts that somebody else answers or quotes."""
    by_id = {id_: post for post in posts for id_ in (post.id, *post.aliases)}
    answered = set()
    for post in posts:
        for named in (post.reply_to, post.quote_of):
            other = by_id.get(named or "")
            if other is not None and other.author.casefold() != post.author.casefold():
                answered.add(other.id)
    return answered


def _find_firsts(posts: Sequence[Post]) -> set[str]:
    """Return the id of each person's first post."""
    firsts: dict[str, Post] = {}
    for post in sorted(posts, key=lambda one: one.created_at):
        firsts.setdefault(post.author.casefold(), post)
    return {post.id for post in firsts.values()}


def _wants_reply(
    read: ReadPost, hosts: set[str], placement: Placement | None, *, is_first: bool
) -> bool:
    if read.author.casefold() in hosts:
        return False
    kind = placement.kind if placement else ""
    if kind == "reply" and not is_first:
        return _asks(read)
    return _asks(read) if kind in _WANTS_ONE_IF_IT_ASKS else kind not in _WANTS_NO_REPLY


def _describe(read: ReadPost, hosts: set[str], short: set[str], *, is_first: bool) -> Unreplied:
    named = {name.casefold() for name in (*read.given.mentions, read.given.reply_to_author)}
    return Unreplied(
        post=read.given,
        asks=_asks(read),
        is_to_host=not hosts.isdisjoint(named) or not short.isdisjoint(read.names.named),
        is_first=is_first,
    )


def _asks(read: ReadPost) -> bool:
    """Return whether there is a question mark in what a post says, and not in a link alone."""
    return read.asks and any(mark in read.speech for mark in _QUESTION_MARKS)


def _rank(one: Unreplied) -> tuple[bool, bool, float]:
    written = one.post.created_at.timestamp()
    if one.asks:
        return False, not one.is_to_host, written
    return True, False, -written
